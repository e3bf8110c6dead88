"""Equal-weight moves of layers and of the baskets tied to private entities.

A group may span time zones. Its percent, abnormal move and SAR are those of the market that trades now, or
traded last, so that a close in Tokyo is not averaged with a morning in New York; breadth counts all members.
One that did not trade on its market's newest day, as for a halt or a holiday, has no move of that day and
counts nowhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import median_low

import numpy as np

from stackwatch.analysis.moves.breadth import LEAST, moves_as_one
from stackwatch.analysis.moves.market_model import Fit, known_market, portfolio_fit
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.market import Region
from stackwatch.domain.move import EarlyMove, Move, Rollup
from stackwatch.domain.quote import NOT_JUDGED, Quote, Session
from stackwatch.domain.venues import market_of, region_of
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.prices.market_data import MarketData

_JUDGED_SHARE = 0.5
_Market = tuple[str, bool]  # as market_of tells it


@dataclass(frozen=True, slots=True)
class _Group:
    """The members of one rollup, those with a move that counts, and of these those in its main market."""

    id: str
    members: tuple[str, ...]
    moved: tuple[str, ...]
    main: tuple[str, ...]
    benchmark: str


class Rollups:
    """Computes the rollups of a watchlist from the newest moves."""

    def __init__(
        self, watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph, market: MarketData
    ) -> None:
        self._watchlist = watchlist
        self._ecosystem = ecosystem
        self._graph = graph
        self._market = market
        self._fits: dict[tuple[str, date], Fit | None] = {}
        self._market_of: dict[str, _Market] = {}  # of each name that was asked for
        self.current: Mapping[str, Rollup] = {}
        self._averaged: Mapping[str, tuple[str, ...]] = {}  # the symbols that current averages are of

    def follow(self, watchlist: Watchlist) -> None:
        """Compute the rollups of another list from now on."""
        self._watchlist = watchlist
        self._fits.clear()
        self._market_of.clear()
        self.current = {}
        self._averaged = {}

    def forget_fits(self) -> None:
        """Drop estimated portfolio models, because history changed."""
        self._fits.clear()

    def members(self, group_id: str, today: date) -> tuple[str, ...]:
        """Return the symbols of a layer, or those tied to a private entity on a day."""
        if (layer := self._watchlist.layer(group_id)) is not None:
            return layer.symbols
        return tuple(
            link.target
            for link in self._graph.linked(group_id, today)
            if link.target in self._ecosystem.instruments
        )

    def moved(self, group_id: str, today: date, since: date) -> tuple[Move, ...]:
        """Return the moves that a group's breadth counts; of sessions before ``since`` none."""
        group = self._group(group_id, self.members(group_id, today), since)
        return tuple(self._market.moves[symbol] for symbol in group.moved)

    def averaged(self, group_id: str) -> tuple[Move, ...]:
        """Return the moves that a group's current average is of: those in one market, not withheld since."""
        moves = (self._market.moves.get(symbol) for symbol in self._averaged.get(group_id, ()))
        return tuple(move for move in moves if move is not None)

    def region(self, name: str) -> Region:
        """Return where a share trades, or the names that a group is measured by."""
        listed = self._ecosystem.instruments
        return region_of(listed, (name,) if name in listed else self._averaged.get(name, ()))

    def refresh(self, today: date, ruled: Iterable[str]) -> tuple[Rollup, ...]:
        """Compute every rollup anew, and return those that are others than before.

        ``ruled`` are private entities that rules are about, on the list or not.
        """
        groups = self._groups(today, ruled)
        computed = tuple(map(self._rollup, groups))
        self._averaged = {group.id: group.main for group in groups}
        changed = tuple(rollup for rollup in computed if self.current.get(rollup.id) != rollup)
        self.current = {rollup.id: rollup for rollup in computed}
        return changed

    def moving_as_one(self) -> dict[str, Rollup]:
        """Return by share what its layer's members in its own market did, where these move as one.

        What others did in a session before or after it is no part of its move.
        """
        found: dict[str, Rollup] = {}
        for layer in self._watchlist.layers:
            for market, symbols in self._markets(layer.symbols, date.min).items():
                if len(symbols) < LEAST:
                    continue
                there = self._there(layer.symbols, market)
                rollup = self.current.get(layer.id) if len(there) == len(layer.symbols) else None
                if rollup is None:
                    group = _Group(layer.id, there, tuple(symbols), tuple(symbols), market[0])
                    rollup = self._rollup(group)
                if _as_one(rollup, [self._market.moves[symbol] for symbol in symbols], len(there)):
                    found |= dict.fromkeys(symbols, rollup)
        return found

    def compute(self, today: date, since: date) -> tuple[Rollup, ...]:
        """Return the rollup of every layer and private entity of the list.

        A move of a session before ``since``, as where a market rests, counts nowhere.
        """
        return tuple(map(self._rollup, self._groups(today, (), since)))

    def _groups(self, today: date, others: Iterable[str], since: date = date.min) -> list[_Group]:
        layers = (layer.id for layer in self._watchlist.layers)
        ids = dict.fromkeys((*layers, *self._watchlist.entities, *others))
        return [self._group(group_id, self.members(group_id, today), since) for group_id in ids]

    def moves_as_one(self, rollup: Rollup) -> bool:
        """Whether a current one is a layer's, and most of its members in its market moved its way."""
        layer, averaged = self._watchlist.layer(rollup.id), self.averaged(rollup.id)
        if layer is None or not averaged:
            return False
        there = self._there(layer.symbols, self._market_name(averaged[0].symbol))
        return _as_one(rollup, averaged, len(there))

    def _there(self, symbols: Iterable[str], market: _Market) -> tuple[str, ...]:
        """Return those of one market, with a price or without."""
        return tuple(symbol for symbol in symbols if self._market_name(symbol) == market)

    def _markets(self, members: Sequence[str], since: date) -> dict[_Market, list[str]]:
        """Return the members with a move that counts by their market."""
        markets: dict[_Market, list[str]] = {}
        for symbol in members:
            move = self._market.moves.get(symbol)
            if move is not None and move.session_date >= since:
                markets.setdefault(self._market_name(symbol), []).append(symbol)
        return {market: self._in_step(symbols) for market, symbols in markets.items()}

    def _market_name(self, symbol: str) -> _Market:
        if symbol not in self._market_of:
            self._market_of[symbol] = market_of(self._ecosystem.instruments, symbol)
        return self._market_of[symbol]

    def _group(self, group_id: str, members: Sequence[str], since: date) -> _Group:
        """Choose the market to measure a group in: the largest that is open, else the one open last."""
        markets = self._markets(members, since)
        if not markets:
            return _Group(group_id, tuple(members), (), (), "")

        def rank(market: _Market) -> tuple[bool, datetime, int]:
            quotes = [self._market.quotes[symbol] for symbol in markets[market]]
            is_open = any(map(_trades, quotes))
            latest = max(quote.as_of for quote in quotes)
            return (is_open, datetime.min.replace(tzinfo=UTC) if is_open else latest, len(quotes))

        main = max(markets, key=rank)
        moved = tuple(symbol for symbols in markets.values() for symbol in symbols)
        return _Group(group_id, tuple(members), moved, tuple(markets[main]), main[0])

    def _in_step(self, symbols: list[str]) -> list[str]:
        """Return those of one market that traded on its newest day, or may still begin to."""
        moves = self._market.moves
        if len({moves[symbol].session_date for symbol in symbols}) == 1:
            return symbols
        days = {symbol: moves[symbol].session_date for symbol in symbols}
        newest = max(days.values())
        quotes = self._market.quotes
        trades = any(_trades(quotes[s]) for s, day in days.items() if day == newest)
        return [
            symbol
            for symbol, day in days.items()
            if day == newest
            or (
                trades
                and quotes[symbol].state not in NOT_JUDGED
                and self._market.book.may_trade_on(symbol, newest)
            )
        ]

    def _rollup(self, group: _Group) -> Rollup:
        moves = {symbol: self._market.moves[symbol] for symbol in group.moved}
        main = [moves[symbol] for symbol in group.main]
        judged = [move for move in moves.values() if move.sar is not None]
        abnormal, sar = self._portfolio(group, main)
        return Rollup(
            id=group.id,
            move_pct=_mean([move.move_pct for move in main]),
            abnormal_pct=abnormal,
            sar=sar,
            up=sum(round(move.move_pct, 2) > 0 for move in moves.values()),
            down=sum(round(move.move_pct, 2) < 0 for move in moves.values()),
            averaged=len(main),
            counted=len(moves),
            judged=len(judged),
            unusual=sum(move.unusual for move in judged),
            total=len(group.members),
            stale=bool(main) and all(self._market.quotes[m.symbol].state in NOT_JUDGED for m in main),
            early=self._early(group),
        )

    def _early(self, group: _Group) -> EarlyMove | None:
        """Return what the main market's members do before it opens, where most of them have a price."""
        quotes = [self._market.quotes[symbol] for symbol in group.main]
        moves = [quote.shown_change_pct for quote in quotes if quote.early]
        average = _mean(moves)
        if average is None or len(moves) < _JUDGED_SHARE * len(quotes):
            return None
        rounded = [round(move, 2) for move in moves]
        return EarlyMove(average, sum(m > 0 for m in rounded), sum(m < 0 for m in rounded), len(moves))

    def _portfolio(self, group: _Group, main: Sequence[Move]) -> tuple[float | None, float | None]:
        """Return abnormal percent and SAR of the equal-weight portfolio of the main market's members."""
        usable = [move for move in main if move.benchmark_move_pct is not None and move.sar is not None]
        day = max((move.session_date for move in usable), default=date.min)
        same_day = [move for move in usable if move.session_date == day]
        if not same_day or len(same_day) < _JUDGED_SHARE * len(main):
            return None, None  # the few whose history is there do not speak for the others
        key = (group.id + "/" + ",".join(sorted(move.symbol for move in same_day)), day)
        if key not in self._fits:
            closes = {
                m.symbol: self._market.closes[m.symbol] for m in same_day if m.symbol in self._market.closes
            }
            market = self._market.closes.get(group.benchmark)
            if market is not None and closes:  # all of one market: the days of a new listing are not its days
                longest = max(closes, key=lambda symbol: closes[symbol].days.size)
                market = known_market(self._ecosystem.instruments, longest, closes[longest], market)
            self._fits[key] = None if market is None else portfolio_fit(closes, market, day)
        fitted = self._fits[key]
        move_pct = _mean([move.move_pct for move in same_day])
        if fitted is None or move_pct is None:
            return None, None
        # Of a member that did not trade the day before it spans more days.
        benchmark_move = median_low(
            m.benchmark_move_pct for m in same_day if m.benchmark_move_pct is not None
        )
        share, market_move = move_pct / 100.0, benchmark_move / 100.0
        return fitted.abnormal(share, market_move) * 100.0, fitted.sar(share, market_move)


def _as_one(rollup: Rollup, moves: Iterable[Move], total: int) -> bool:
    """Whether a layer moves as one by the moves of its members in one market, of a ``total`` there."""
    if rollup.sar is None:
        return False
    judged = [(move.session_date, move.sar) for move in moves if move.sar is not None]
    newest = max((day for day, _ in judged), default=date.min)
    sars = [sar for day, sar in judged if day == newest]
    return bool(moves_as_one(np.array([rollup.sar]), np.array([sars]), total)[0])


def _trades(quote: Quote) -> bool:
    """Whether a price is one of a session that runs: one that stopped coming in it says so over night."""
    return quote.session is Session.REGULAR and not quote.over and quote.state not in NOT_JUDGED


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
