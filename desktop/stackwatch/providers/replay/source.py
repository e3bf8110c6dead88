"""A documented day as a source of quotes, bars and headlines, known only up to the clock's time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from stackwatch.domain.episode import Episode
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar, MinuteBar, Quote, QuoteState, Session
from stackwatch.domain.watchlist import Instrument, Language
from stackwatch.engine.ports import Calendars, Clock, QuoteBatch, RejectedValue
from stackwatch.engine.ports import History as Bars
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.providers.replay.reconstruction import (
    Floats,
    ReturnHistory,
    closes_before,
    day_path,
    generator,
    market_history,
    share_history,
)

NAME = "replay"
_INDEX_BASE = 100.0
_LOOKBACK = timedelta(days=260)


@dataclass(frozen=True, slots=True)
class _Day:
    """One instrument's replayed session: its hours, its minute prices and the close before."""

    session: TradingSession
    previous_session: TradingSession
    previous_close: float
    path: Floats
    index_level: bool


def reports_by(now: datetime, episode: Episode, language: Language) -> tuple[Headline, ...]:
    """Return an episode's reports that were published by a time."""
    return tuple(
        Headline(
            id=f"{episode.id}-{index}",
            title=row.title.get(language),
            publisher=row.publisher,
            url=row.url,
            published=row.published,
            received=now,
            source=NAME,
        )
        for index, row in enumerate(episode.headlines)
        if row.published <= now
    )


class ReplaySource:
    """Implements the engine's quote, bar and news ports from an episode; never looks ahead of its clock."""

    name = NAME
    per_symbol = False

    def __init__(
        self,
        episode: Episode,
        instruments: Mapping[str, Instrument],
        calendars: Calendars,
        clock: Clock,
        language: Language = Language.ENGLISH,
    ) -> None:
        """Make the history of ``episode``; ``clock`` decides how much of the day is known."""
        self._language = language
        self._episode = episode
        self._instruments = instruments
        self._calendars = calendars
        self._clock = clock
        self._market = market_history(episode)
        self._shares = {share.symbol: share for share in episode.shares}
        self._closes: dict[str, list[tuple[date, float]]] = {}
        for row in sorted(episode.closes, key=lambda row: row.day):
            self._closes.setdefault(row.symbol, []).append((row.day, row.close))
        self._days: dict[str, _Day | None] = {}
        self._before: dict[tuple[str, date], tuple[TradingSession, ...]] = {}  # many share an exchange

    def quotes(self, symbols: Sequence[str]) -> QuoteBatch:
        """Return the prices of the replayed minute; a share without a documented move is refused."""
        now = self._clock.now()
        quotes, rejected = [], []
        for symbol in symbols:
            day = self._day(symbol)
            before = None if day is None else self._close_before(symbol, day, now)
            if day is None or before is None:
                rejected.append(
                    RejectedValue(symbol, f"no documented price on {self._episode.day.isoformat()}")
                )
            else:
                quotes.append(self._quote(symbol, day, before, now))
        return QuoteBatch(tuple(quotes), tuple(rejected))

    def daily_history(self, symbol: str, start: date) -> Bars:
        """Return reconstructed daily bars up to the session before the replayed one."""
        return Bars(self._daily(symbol, start))

    def _daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        day = self._day(symbol)
        if day is None:
            return ()
        history = self._history(symbol)
        if history is None:
            return self._documented_bars(symbol, start)
        closes = closes_before(history, day.previous_close)
        sessions = self._sessions(symbol, before=day.session.day)[-closes.size :]
        random = generator(self._episode.id, symbol, "bars")
        spread = np.abs(random.normal(0.0, float(history.returns.std()) * 0.35, (closes.size, 3)))
        bars = []
        for index, session in enumerate(sessions):
            close = float(closes[index])
            opened = (
                float(closes[index - 1]) * (1 + (spread[index, 2] - spread[index, 0]) * 0.5)
                if index
                else close
            )
            high, low = (
                max(opened, close) * (1 + spread[index, 0]),
                min(opened, close) * (1 - spread[index, 1]),
            )
            bars.append(DailyBar(session.day, opened, float(high), float(low), close, 0))
        return tuple(bar for bar in bars if bar.day >= start)

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        """Return the replayed session's minutes so far; ``days`` before it are not reconstructed."""
        if days < 1:
            raise ProviderError("at least one day must be asked for")
        day = self._day(symbol)
        if day is None:
            return ()
        count = self._minutes_passed(day, self._clock.now())
        return tuple(
            MinuteBar(
                day.session.open + timedelta(minutes=k),
                float(day.path[k]),
                float(max(day.path[k : k + 2])),
                float(min(day.path[k : k + 2])),
                float(day.path[k + 1]),
                0,
            )
            for k in range(count)
        )

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:  # noqa: ARG002 - one general feed
        """Return the episode's reports that were published by now."""
        return reports_by(self._clock.now(), self._episode, self._language)

    def _quote(self, symbol: str, day: _Day, before: float, now: datetime) -> Quote:
        instrument = self._instruments[symbol]
        started = now >= day.session.open
        ended = now >= day.session.close
        passed = self._minutes_passed(day, now)
        so_far = day.path[: passed + 1] if started else np.array([day.previous_close])
        return Quote(
            symbol=symbol,
            price=float(so_far[-1]),
            currency=instrument.currency,
            previous_close=before,
            as_of=day.session.open + timedelta(minutes=passed) if started else day.previous_session.close,
            session=Session.REGULAR if started and not ended else Session.CLOSED,
            source=NAME,
            state=QuoteState.LIVE if started and not ended else QuoteState.CLOSED,
            open=float(so_far[0]) if started else None,
            day_high=float(so_far.max()) if started else None,
            day_low=float(so_far.min()) if started else None,
            index_level=day.index_level,
        )

    def _minutes_passed(self, day: _Day, now: datetime) -> int:
        passed = int((now - day.session.open).total_seconds() // 60)
        return min(max(passed, 0), day.path.size - 1)

    def _close_before(self, symbol: str, day: _Day, now: datetime) -> float | None:
        """Return the close that a quote's change counts from, None where none is documented."""
        if now >= day.session.open:
            return day.previous_close
        earlier = [close for when, close in self._closes.get(symbol, ()) if when < day.previous_session.day]
        if earlier:
            return earlier[-1]
        if symbol == self._episode.market.symbol:
            return day.previous_close / (1.0 + self._episode.market.moves_pct[0] / 100.0)
        share = self._shares.get(symbol)
        return None if share is None else day.previous_close / (1.0 + share.move_before_pct / 100.0)

    def _day(self, symbol: str) -> _Day | None:
        if symbol not in self._days:
            self._days[symbol] = self._build_day(symbol)
        return self._days[symbol]

    def _build_day(self, symbol: str) -> _Day | None:
        sessions = self._sessions(symbol, before=self._episode.day + timedelta(days=1))
        if len(sessions) < 2 or sessions[-1].day != self._episode.day:  # noqa: PLR2004 - a day and one before
            return None
        previous_session, session = sessions[-2], sessions[-1]
        known = dict(self._closes.get(symbol, ()))
        close, previous = known.get(session.day), known.get(previous_session.day)
        documented = close is not None and previous is not None
        if close is None or previous is None:
            move = self._move(symbol)
            if move is None:
                return None
            previous = previous if previous is not None else _INDEX_BASE
            close = previous * (1.0 + move / 100.0)
        minutes = int((session.close - session.open).total_seconds() // 60)
        first = min((told.published for told in self._episode.headlines), default=session.open)
        waits = (
            int((first - session.open).total_seconds() // 60) if session.open < first < session.close else 0
        )
        path = day_path(self._episode, symbol, previous=previous, close=close, minutes=minutes, waits=waits)
        return _Day(session, previous_session, previous, path, index_level=not documented)

    def _move(self, symbol: str) -> float | None:
        if symbol == self._episode.market.symbol:
            return self._episode.market.moves_pct[1]
        share = self._shares.get(symbol)
        return share.move_pct if share else None

    def _history(self, symbol: str) -> ReturnHistory | None:
        if symbol == self._episode.market.symbol:
            return self._market
        share = self._shares.get(symbol)
        return None if share is None else share_history(self._episode, share, self._market)

    def _documented_bars(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Return the documented closes alone, as bars without a range."""
        return tuple(
            DailyBar(when, close, close, close, close, 0)
            for when, close in self._closes.get(symbol, ())
            if start <= when < self._episode.day
        )

    def _sessions(self, symbol: str, *, before: date) -> tuple[TradingSession, ...]:
        instrument = self._instruments.get(symbol)
        if instrument is None:
            return ()
        asked = instrument.calendar, before
        if not self._before.get(asked):
            end = before - timedelta(days=1)
            self._before[asked] = known_sessions(self._calendars, instrument.calendar, end - _LOOKBACK, end)
        return self._before[asked]
