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
_Column = Callable[[Sequence[tuple[Quote, Move]]], Sequence[float | None]]  # None becomes NaN


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
    """What was read of shares: their rows, and their values with a reason above 0 where there is none.

    ``values`` and ``reasons`` have the shape (shares, sources); a value that is missing is NaN. ``turned``
    are the rows whose trading day is another one than when they were read before.
    """

    rows: NDArray[np.intp]
    values: NDArray[np.float64]
    reasons: NDArray[np.int16]
    turned: Sequence[int]


class BatchReader:
    """Reads every source of a batch of shares, column by column where a share trades as usual."""

    def __init__(self, readings: Readings, sources: Sequence[Source], symbols: Sequence[str]) -> None:
        self._readings = readings
        self._sources = sources
        self._symbols = symbols  # by row
        self._columns = [_column(source) for source in sources]
        self._codes: dict[str, int] = {}
        self._days: list[date | None] = [None] * len(symbols)

    def read(self, rows: Sequence[int]) -> Batch:
        """Read the shares of some rows; each value is what ``Readings.read`` gives for it."""
        usual: list[tuple[Quote, Move]] = []
        odd: list[int] = []  # places
        turned: list[int] = []
        symbols, days = self._symbols, self._days
        quotes, moves = self._readings.quotes, self._readings.moves
        for place, row in enumerate(rows):
            symbol = symbols[row]
            quote, move = quotes.get(symbol), moves.get(symbol)
            if (
                quote is not None
                and move is not None
                and quote.session is _REGULAR
                and (quote.state is _LIVE or quote.state is _DELAYED)
            ):
                usual.append((quote, move))
                day = move.session_date
            else:
                odd.append(place)
                day = self._readings.day(symbol)
            if days[row] != day:
                days[row] = day
                turned.append(row)
        values = self._read_usual(usual, odd, len(rows))
        return Batch(np.array(rows, dtype=np.intp), values, self._fill(rows, values), turned)

    def _read_usual(
        self, usual: Sequence[tuple[Quote, Move]], odd: Sequence[int], size: int
    ) -> NDArray[np.float64]:
        values = np.full((size, len(self._sources)), math.nan)
        where = np.ones(size, dtype=np.bool_)
        where[odd] = False
        for number, column in enumerate(self._columns):
            if column is not None:
                values[where, number] = np.array(column(usual), dtype=np.float64)
        return values

    def _fill(self, rows: Sequence[int], values: NDArray[np.float64]) -> NDArray[np.int16]:
        """Read what is missing yet one by one, and say why where it stays missing."""
        reasons = np.zeros(values.shape, dtype=np.int16)
        missing = np.isnan(values)
        if not missing.any():
            return reasons
        for place, number in np.argwhere(missing).tolist():
            source, symbol = self._sources[number], self._symbols[rows[place]]
            value, reason = self._readings.read(source.condition, source.sessions, symbol)
            if value is not None:
                values[place, number] = value
            else:
                reasons[place, number] = self._codes.setdefault(reason or "no value", len(self._codes) + 1)
        return reasons


def _column(source: Source) -> _Column | None:
    """Return what reads a source of shares that trade in their regular session, None where none is plain."""
    condition = source.condition
    if source.sessions is SessionScope.EXTENDED:
        return None
    if condition.kind is RuleKind.PERCENT_MOVE and condition.since is Since.CLOSE:
        return _percents
    if condition.kind is RuleKind.ABNORMAL_MOVE:
        return _sars
    return _prices if condition.kind is RuleKind.PRICE_LEVEL else None


def _percents(shares: Sequence[tuple[Quote, Move]]) -> Sequence[float | None]:
    return [move.move_pct for _, move in shares]


def _sars(shares: Sequence[tuple[Quote, Move]]) -> Sequence[float | None]:
    return [move.sar for _, move in shares]


def _prices(shares: Sequence[tuple[Quote, Move]]) -> Sequence[float | None]:
    return [quote.price for quote, _ in shares]
