"""What rules compare of many shares at once: a batch of new prices read into arrays."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stackwatch.domain.move import Move
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.rule import Condition, Rule, RuleKind, SessionScope, Since
from stackwatch.engine.alerts.readings import Readings

_REGULAR, _LIVE, _DELAYED = Session.REGULAR, QuoteState.LIVE, QuoteState.DELAYED
_Column = Callable[[Sequence[Quote], Sequence[Move]], Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Source:
    """A number of a share that rules compare, read once for all of them."""

    condition: Condition
    sessions: SessionScope


def source_of(rule: Rule) -> Source:
    """Return what a rule compares, without its threshold: rules that compare the same share it."""
    kind = RuleKind.PERCENT_MOVE if rule.kind is RuleKind.TIED_MOVE else rule.kind
    sided = kind is RuleKind.YEAR_EXTREME
    condition = (
        Condition(kind=kind, direction=rule.direction)
        if sided
        else Condition(kind=kind, since=rule.since, minutes=rule.minutes)
    )
    return Source(condition, rule.sessions)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read: the trading day of each share, its values, and reasons above 0 where there is none.

    ``values`` and ``reasons`` have the shape (shares, sources); a value that is missing is NaN.
    """

    days: Sequence[date]
    values: NDArray[np.float64]
    reasons: NDArray[np.int16]


class BatchReader:
    """Reads every source of a batch of shares, column by column where a share trades as usual."""

    def __init__(self, readings: Readings, sources: Sequence[Source]) -> None:
        self._readings = readings
        self._sources = sources
        self._columns = [_column(source) for source in sources]
        self._codes: dict[str, int] = {}

    def read(self, symbols: Sequence[str]) -> Batch:
        """Read shares; each value is what ``Readings.read`` gives for it."""
        days: list[date] = []
        quotes: list[Quote] = []
        moves: list[Move] = []
        usual: list[int] = []
        all_quotes, all_moves = self._readings.quotes, self._readings.moves
        for place, symbol in enumerate(symbols):
            quote, move = all_quotes.get(symbol), all_moves.get(symbol)
            if quote is None or move is None or not _trades(quote):
                days.append(self._readings.day(symbol))
                continue
            days.append(move.session_date)
            quotes.append(quote)
            moves.append(move)
            usual.append(place)
        values = np.full((len(symbols), len(self._sources)), math.nan)
        for number, column in enumerate(self._columns):
            if column is not None:
                values[usual, number] = np.array(column(quotes, moves), dtype=np.float64)
        return Batch(days, values, self._fill(symbols, values))

    def _fill(self, symbols: Sequence[str], values: NDArray[np.float64]) -> NDArray[np.int16]:
        """Read what is missing yet one by one, and say why where it stays missing."""
        reasons = np.zeros(values.shape, dtype=np.int16)
        missing = np.isnan(values)
        if missing.any():
            for place, number in np.argwhere(missing).tolist():
                source = self._sources[number]
                value, reason = self._readings.read(source.condition, source.sessions, symbols[place])
                if value is not None:
                    values[place, number] = value
                else:
                    code = self._codes.setdefault(reason or "no value", len(self._codes) + 1)
                    reasons[place, number] = code
        return reasons


def _trades(quote: Quote) -> bool:
    return quote.session is _REGULAR and (quote.state is _LIVE or quote.state is _DELAYED)


def _column(source: Source) -> _Column | None:
    """Return what reads a source of shares that trade in their regular session, None where none is plain."""
    condition = source.condition
    if source.sessions is SessionScope.EXTENDED:
        return None
    if condition.kind is RuleKind.PERCENT_MOVE and condition.since is Since.CLOSE:
        return lambda _quotes, moves: [move.move_pct for move in moves]
    if condition.kind is RuleKind.ABNORMAL_MOVE:
        return lambda _quotes, moves: [move.sar for move in moves]
    if condition.kind is RuleKind.PRICE_LEVEL:
        return lambda quotes, _moves: [quote.price for quote in quotes]
    return None
