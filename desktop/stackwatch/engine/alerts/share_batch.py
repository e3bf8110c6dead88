"""What rules compare of many shares at once: of a batch of new prices, those that may concern a rule."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.rules.rule_table import QuietInterval
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Condition, Rule, RuleKind, SessionScope, Since
from stackwatch.engine.alerts.readings import Readings

_REGULAR, _LIVE, _DELAYED = Session.REGULAR, QuoteState.LIVE, QuoteState.DELAYED
_ANY, _NONE = (-math.inf, math.inf), (math.inf, -math.inf)
_Quiet = tuple[float, float, float, float, float, float, tuple[QuietInterval, ...]]
"""Intervals of percent move, price and SAR in which nothing changes, and those of other values."""
_LOUD: _Quiet = (*_NONE, *_NONE, *_NONE, ())


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
class ShareBatch:
    """What was read of shares: their rows, and their values with a reason above 0 where there is none.

    ``values`` and ``reasons`` have the shape (shares, sources); a value that is missing is NaN. ``turned``
    are the rows whose trading day is another one than when they were read before.
    """

    rows: NDArray[np.intp]
    values: NDArray[np.float64]
    reasons: NDArray[np.int16]
    turned: Sequence[int]


class BatchReader:
    """Reads the sources of a batch of shares, those left out whose values cannot concern a rule."""

    def __init__(self, readings: Readings, sources: Sequence[Source], rows: Mapping[str, int]) -> None:
        self._readings = readings
        self._sources = sources
        self._rows = rows  # by symbol
        self._plain = [_plain(source) for source in sources]
        self._quiet = [_LOUD] * len(rows)
        # Most shares have the same, which is read faster from one place.
        self._alike: dict[_Quiet, _Quiet] = {}
        self._codes: dict[str | None, int] = {}
        self._days: list[date | None] = [None] * len(rows)
        self._names = tuple(rows)
        self._calm_prices: dict[str, tuple[float, float]] = {}

    def matters(self, symbol: str, price: float) -> bool:
        """Whether a regular price may change a rule about percent or price, as far as was known a moment ago.

        Any thread may ask: intervals are replaced, never changed.
        """
        low, high = self._calm_prices.get(symbol, _ANY)
        return not low < price < high

    def expect(self, calm: Mapping[int, Sequence[QuietInterval]]) -> None:
        """Know what concerns no rule of shares, by row, whose rules were stepped."""
        if len(self._alike) > len(self._rows):  # those of earlier states
            self._alike.clear()
        for row, each in calm.items():
            bounds = [_ANY, _ANY, _ANY]
            rest = []
            for one in each:
                plain = self._plain[one.source]
                if plain is None:
                    rest.append(one)
                elif one.reason:
                    bounds[plain] = _NONE
                else:
                    bounds[plain] = max(bounds[plain][0], one.low), min(bounds[plain][1], one.high)
            quiet = (*bounds[0], *bounds[1], *bounds[2], tuple(rest))
            self._quiet[row] = self._alike.setdefault(quiet, quiet)
            self._note_prices(self._names[row], bounds[0], bounds[1])

    def _note_prices(self, symbol: str, percent: tuple[float, float], price: tuple[float, float]) -> None:
        """Know within which prices no rule of a share changes; one that looks at every price says nothing."""
        quote = self._readings.quotes.get(symbol)
        low, high = price if price[0] < price[1] else _ANY
        if quote is not None and percent[0] < percent[1]:
            close = quote.previous_close
            low, high = max(low, close * (1 + percent[0] / 100)), min(high, close * (1 + percent[1] / 100))
        self._calm_prices[symbol] = (low, high)

    def read(self, symbols: Iterable[str]) -> ShareBatch:
        """Read what is known of shares, but not of those that trade as usual and are quiet.

        Each value is what ``Readings.read`` gives for it.
        """
        left: dict[str, int] = {}
        turned: list[int] = []
        rows, days, quiet = self._rows, self._days, self._quiet
        quotes, moves = self._readings.quotes, self._readings.moves
        for symbol in symbols:
            row = rows.get(symbol)
            if row is None:
                continue
            quote, move = quotes.get(symbol), moves.get(symbol)
            if (
                quote is not None
                and move is not None
                and quote.session is _REGULAR
                and (quote.state is _LIVE or quote.state is _DELAYED)
            ):
                day = move.session_date
                low, high, price_low, price_high, sar_low, sar_high, rest = quiet[row]
                if (
                    low < move.move_pct < high
                    and price_low < quote.price < price_high
                    and (sar := move.sar) is not None
                    and sar_low < sar < sar_high
                    and days[row] == day
                    and (not rest or self._are_calm(rest, symbol))
                ):
                    continue
            else:
                day = self._readings.day(symbol)
            if days[row] != day:
                days[row] = day
                turned.append(row)
            left[symbol] = row
        return self._read(left, turned)

    def _are_calm(self, rest: Sequence[QuietInterval], symbol: str) -> bool:
        for calm in rest:
            value, reason = self._look(calm.source, symbol)
            if reason != calm.reason or (reason == 0 and not calm.low < value < calm.high):
                return False
        return True

    def _read(self, shares: Mapping[str, int], turned: Sequence[int]) -> ShareBatch:
        values = np.empty((len(shares), len(self._sources)))
        reasons = np.zeros(values.shape, dtype=np.int16)
        for place, symbol in enumerate(shares):
            for source in range(len(self._sources)):
                values[place, source], reasons[place, source] = self._look(source, symbol)
        return ShareBatch(np.array(list(shares.values()), dtype=np.intp), values, reasons, turned)

    def _look(self, source: int, symbol: str) -> tuple[float, int]:
        """Return a value and 0, or NaN and the number of the reason."""
        asked = self._sources[source]
        value, reason = self._readings.read(asked.condition, asked.sessions, symbol)
        if value is not None:
            return value, 0
        return math.nan, self._codes.setdefault(reason, len(self._codes) + 1)


def _plain(source: Source) -> int | None:
    """Return which of percent, price and SAR a share's source is in its regular session, None if neither."""
    condition = source.condition
    if source.sessions is SessionScope.EXTENDED:
        return None
    if condition.kind is RuleKind.PERCENT_MOVE and condition.since is Since.CLOSE:
        return 0
    return {RuleKind.PRICE_LEVEL: 1, RuleKind.ABNORMAL_MOVE: 2}.get(condition.kind)
