"""Stored daily (and minute) bars of every name of a list as arrays, and what conditions see in them."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.breadth import moves_as_one
from stackwatch.analysis.moves.intraday import full_days
from stackwatch.analysis.moves.market_model import Closes, Floats, JudgedSessions, judge_all, known_market
from stackwatch.analysis.rules.rule_preview import (
    Panel,
    abnormal_values,
    basket_returns,
    basket_sar,
    price_values,
)
from stackwatch.analysis.why.move_window import LONGEST_HALT, SessionWindows
from stackwatch.domain.move import Move
from stackwatch.domain.quote import DailyBar, MinuteBar
from stackwatch.domain.rule import SHOCK_MEMBERS, Condition, Direction, RuleKind, Since
from stackwatch.domain.venues import market_of, trade_together
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.group_readings import SHOCK_BREADTH
from stackwatch.engine.bars.day_history import BAR_MINUTES
from stackwatch.engine.ports import Calendars
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.engine.store_ports import BarStore

_EARLIER = timedelta(days=3 * 366 // 2)  # what a 52-week range and an estimation window need before the start
_AROUND = timedelta(days=120)  # whose sessions a move is held against, and a short day is told by
Counts = NDArray[np.int64]
_Bools = NDArray[np.bool_]


class PastPrices:
    """The prices of a list from well before ``start`` to ``end``."""

    def __init__(
        self,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        store: BarStore,
        calendars: Calendars,
        *,
        start: date,
        end: date,
    ) -> None:
        self._ecosystem = ecosystem
        self._store = store
        self._calendars = calendars
        self._start, self._end = start, end
        self._layers = {layer.id: layer.symbols for layer in watchlist.layers}
        listed = dict.fromkeys((*watchlist.symbols, *ecosystem.instruments))
        histories = {s: self._load(s) for s in listed}
        self.symbols = tuple(symbol for symbol, bars in histories.items() if bars)
        self._place = {symbol: place for place, symbol in enumerate(self.symbols)}
        self.panel = _panel([histories[symbol] for symbol in self.symbols])
        first, last = np.searchsorted(self.panel.days, (start.toordinal(), end.toordinal() + 1))
        self.rows = slice(int(first), int(last))
        self._closes: dict[str, Closes] = {}
        self._judged: dict[str, JudgedSessions] = {}
        self._sars: dict[str, Floats] = {}
        self._baskets: dict[str, tuple[Floats, _Bools]] = {}
        self._windows: dict[str, SessionWindows] = {}
        self._half: dict[str, _Bools] = {}
        self._sessions: dict[str, Counts] = {}

    def day(self, row: int) -> date:
        """Return the day of a row."""
        return date.fromordinal(int(self.panel.days[row]))

    def values(self, condition: Condition, symbols: Sequence[str]) -> Floats:
        """Return what a condition about single shares sees of symbols."""
        if condition.kind is RuleKind.ABNORMAL_MOVE:
            return self.sars(symbols)
        if condition.since is Since.MINUTES:
            return self._minute_moves(condition, symbols)
        values = price_values(condition, self._of(symbols))
        if condition.kind is RuleKind.VOLUME_SPIKE:
            for place, symbol in enumerate(symbols):  # a rule does not judge their volume either
                values[self._half_days(self._ecosystem.instruments[symbol].calendar), place] = np.nan
        return values

    def sars(self, symbols: Sequence[str]) -> Floats:
        """Return the SAR of symbols against their own benchmarks."""
        missing = [symbol for symbol in dict.fromkeys(symbols) if symbol not in self._sars]
        if missing:
            found = abnormal_values(self._of(missing), [self._benchmark(symbol) for symbol in missing])
            self._sars.update(zip(missing, found.T, strict=True))
        return np.column_stack([self._sars[symbol] for symbol in symbols])

    def layer(self, layer_id: str) -> tuple[Floats, _Bools]:
        """Return a layer's SAR, and whether it moved as a whole."""
        if layer_id not in self._baskets:
            symbols = self._layers.get(layer_id, ())
            members = self.in_main_market(symbols)
            sar = self._group_sar(members, np.ones((self.panel.days.size, len(members)), dtype=np.bool_))
            wide = sar > np.inf
            if members:
                market = self._market_of(members[0])
                there = sum(self._market_of(symbol) == market for symbol in symbols)
                wide = moves_as_one(sar, self.sars(members), there)
            self._baskets[layer_id] = (sar, wide)
        return self._baskets[layer_id]

    def peers(self, symbols: Sequence[str], tied: Mapping[str, _Bools] | None) -> Floats:
        """Return the SAR of each symbol's layer, or of the names ``tied`` to an entity (by day).

        It is that of the largest market that trades while the symbol's does: what others did in its night
        it could not follow.
        """
        listed = self._ecosystem.instruments
        layer_of = {symbol: layer for layer, names in self._layers.items() for symbol in names}
        found: dict[tuple[str, ...], Floats] = {}
        groups = []
        for symbol in symbols:
            names = self._layers.get(layer_of.get(symbol, ""), ()) if tied is None else tuple(tied)
            members = self.in_main_market([name for name in names if trade_together(listed, symbol, name)])
            groups.append(key := tuple(members))
            if key not in found:
                every = np.ones(self.panel.days.size, dtype=np.bool_)
                days = [every if tied is None else tied[name] for name in members]
                found[key] = self._group_sar(members, np.array(days, dtype=np.bool_).T)
        return np.column_stack([found[key] for key in groups])

    def basket(self, tied: Mapping[str, _Bools]) -> tuple[Floats, _Bools]:
        """Return the percent move of the names tied to an entity (by day), and whether most went that way.

        Both are of the market most of them trade in, as live.
        """
        members = self.in_main_market(list(tied))
        if not members:
            empty = np.full(self.panel.days.size, np.nan)
            return empty, empty > 0
        panel, days = self._of(members), np.column_stack([tied[symbol] for symbol in members])
        moves = np.where(days, price_values(Condition(kind=RuleKind.PERCENT_MOVE), panel), np.nan)
        value = basket_returns(panel, days) * 100.0
        with np.errstate(invalid="ignore"):
            same_way = (np.round(moves, 2) * np.sign(value)[:, None] > 0).sum(axis=1)
        counted = np.isfinite(moves).sum(axis=1)
        return value, same_way >= np.maximum(SHOCK_MEMBERS, SHOCK_BREADTH * counted)

    def strongest(self, symbols: Sequence[str], row: int, count: int) -> list[str]:
        """Return the symbols that moved most on a day."""
        moves = [move for s in symbols if (move := self.move(s, row)) is not None]
        return [m.symbol for m in sorted(moves, key=lambda move: -abs(move.move_pct))[:count]]

    def move(self, symbol: str, row: int) -> Move | None:
        """Return a share's move on a day against its market model, None when it did not trade."""
        if symbol not in self._place:
            return None
        judged = self._judge(symbol)
        place = int(np.searchsorted(judged.days, self.panel.days[row]))
        if place >= judged.days.size or judged.days[place] != self.panel.days[row]:
            return None
        known = bool(np.isfinite(judged.sar[place]))
        return Move(
            symbol=symbol,
            session_date=self.day(row),
            move_pct=float(judged.moves[place]) * 100.0,
            benchmark=self._ecosystem.instruments[symbol].benchmark,
            before_pct=self._before_pct(symbol, row),
            benchmark_move_pct=float(judged.market[place]) * 100.0,
            abnormal_pct=float(judged.abnormal[place]) * 100.0 if known else None,
            sar=float(judged.sar[place]) if known else None,
        )

    def _before_pct(self, symbol: str, row: int) -> float | None:
        """Return the move of a share's session before a day, None without one."""
        own = self._closes_of(symbol)
        last = int(np.searchsorted(own.days, self.panel.days[row])) - 1
        return float(own.values[last] / own.values[last - 1] - 1.0) * 100.0 if last > 0 else None

    def windows(self, calendar: str) -> SessionWindows:
        """Return the windows of an exchange's sessions from well before the start to the end."""
        if calendar not in self._windows:
            sessions = known_sessions(self._calendars, calendar, self._start - _AROUND, self._end)
            self._windows[calendar] = SessionWindows(sessions)
        return self._windows[calendar]

    def sessions(self, symbol: str) -> Counts:
        """Return over how many sessions each day's move of a share is: more than one after a halt."""
        if symbol not in self._sessions:
            own = self._closes_of(symbol).days
            days = [
                day.toordinal() for day in self.windows(self._ecosystem.instruments[symbol].calendar).days
            ]
            since = np.maximum(own[:-1], own[1:] - LONGEST_HALT.days)
            over = np.searchsorted(days, own[1:]) - np.searchsorted(days, since, side="right") + 1
            counts = np.ones(self.panel.days.size, dtype=np.int64)
            counts[np.searchsorted(self.panel.days, own[1:])] = np.maximum(over, 1)
            self._sessions[symbol] = counts
        return self._sessions[symbol]

    def _half_days(self, calendar: str) -> _Bools:
        """Return on which days an exchange traded for a part of the day."""
        if calendar not in self._half:
            sessions = known_sessions(self._calendars, calendar, self._start - _AROUND, self._end)
            full = {session.day for session in full_days(sessions)}
            short = [session.day.toordinal() for session in sessions if session.day not in full]
            self._half[calendar] = np.isin(self.panel.days, short)
        return self._half[calendar]

    def in_main_market(self, symbols: Sequence[str]) -> list[str]:
        """Return the members of the market that most of a group trades in."""
        markets: dict[tuple[str, bool], list[str]] = {}
        for symbol in symbols:
            if symbol in self._place:
                markets.setdefault(self._market_of(symbol), []).append(symbol)
        return max(markets.values(), key=len, default=[])

    def _market_of(self, symbol: str) -> tuple[str, bool]:
        return market_of(self._ecosystem.instruments, symbol)

    def have_minutes(self, symbols: Sequence[str]) -> bool:
        """Whether minute bars since the start are stored of any of the symbols."""
        since = datetime.combine(self._start, time(), UTC)
        return any(self._store.load_minutes(s, length, since) for s in symbols for length in BAR_MINUTES)

    def _load(self, symbol: str) -> tuple[DailyBar, ...]:
        bars = self._store.load_daily(symbol, self._start - _EARLIER)
        return tuple(bar for bar in bars if bar.day <= self._end)

    def _of(self, symbols: Sequence[str]) -> Panel:
        places = [self._place[symbol] for symbol in symbols]
        p = self.panel
        columns = (a[:, places] for a in (p.open, p.high, p.low, p.close, p.volume))
        return Panel(p.days, *columns)

    def _closes_of(self, symbol: str) -> Closes:
        if symbol not in self._closes:
            place = self._place.get(symbol)
            self._closes[symbol] = Closes.of(()) if place is None else self.panel.closes(place)
        return self._closes[symbol]

    def _benchmark(self, symbol: str) -> Closes:
        market = self._closes_of(self._ecosystem.instruments[symbol].benchmark)
        return known_market(self._ecosystem.instruments, symbol, self._closes_of(symbol), market)

    def _judge(self, symbol: str) -> JudgedSessions:
        if symbol not in self._judged:
            self._judged[symbol] = judge_all(self._closes_of(symbol), self._benchmark(symbol))
        return self._judged[symbol]

    def _group_sar(self, members: Sequence[str], days: _Bools) -> Floats:
        if not members:
            return np.full(self.panel.days.size, np.nan)
        returns = basket_returns(self._of(members), days)
        longest = max(members, key=lambda symbol: self._closes_of(symbol).days.size)
        return basket_sar(self.panel.days, returns, self._benchmark(longest))

    def _minute_moves(self, condition: Condition, symbols: Sequence[str]) -> Floats:
        """Return the largest move over a span of minutes inside each session that has stored minute bars."""
        values = np.full((self.panel.days.size, len(symbols)), np.nan)
        since = datetime.combine(self._start, time(), UTC)
        for name, symbol in enumerate(symbols):
            for minutes in BAR_MINUTES:
                lag = condition.minutes // minutes
                bars = self._store.load_minutes(symbol, minutes, since)
                if bars and lag:
                    for row, closes in self._by_session(symbol, bars):
                        if closes.size > lag:
                            moves = closes[lag:] / closes[:-lag] - 1.0
                            values[row, name] = _largest(moves, condition) * 100.0
                    break
            known = np.flatnonzero(np.isfinite(values[:, name]))
            if known.size and known[0]:  # a session begins without a move: its largest is not the first look
                values[known[0] - 1, name] = 0.0
        return values

    def _by_session(self, symbol: str, bars: Sequence[MinuteBar]) -> Iterator[tuple[int, Floats]]:
        """Return the closes inside each session by its row: charts keep bars from before and after it too."""
        windows = self.windows(self._ecosystem.instruments[symbol].calendar)
        starts = [bar.start for bar in bars]
        closes = np.array([bar.close for bar in bars])
        for row in range(self.rows.start, self.rows.stop):
            window = windows.on(self.day(row))
            if window is not None:
                yield row, closes[bisect_left(starts, window.opened) : bisect_left(starts, window.now)]


def _largest(moves: Floats, condition: Condition) -> float:
    if condition.direction is Direction.UP:
        return float(moves.max())
    if condition.direction is Direction.DOWN:
        return float(moves.min())
    return float(moves[np.abs(moves).argmax()])


def _panel(histories: Sequence[Sequence[DailyBar]]) -> Panel:
    """Put bars of several names on one axis of days."""
    days = np.array(sorted({bar.day.toordinal() for bars in histories for bar in bars}), dtype=np.int64)
    arrays = np.full((5, days.size, len(histories)), np.nan)
    for name, bars in enumerate(histories):
        rows = np.searchsorted(days, [bar.day.toordinal() for bar in bars])
        figures = [(b.open, b.high, b.low, b.close, b.volume) for b in bars]
        arrays[:, rows, name] = np.array(figures, dtype=np.float64).reshape(-1, 5).T
    return Panel(days, *arrays)
