"""What is drawn instead of candles: compared lines in percent, and the usual range of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stackwatch.domain.comparison import Comparison
from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_ticks import AxisTick, price_ticks

DASHES: tuple[tuple[float, ...], ...] = ((), (5, 3), (1.5, 2.5), (9, 3, 1.5, 3), (3, 3))

_LATE = 0.02  # of the span, from which on a beginning is late: other holidays alone are not told of

_MOST_DECIMALS, _NOISE = 4, 1e-9  # of a percent

Value = float | None


@dataclass(frozen=True, slots=True)
class OverlayLine:
    """A line by place, None where it has no value; ``name`` stands at its end."""

    name: str
    values: tuple[Value, ...]
    dash: tuple[float, ...]

    @property
    def end(self) -> Value:
        """The last value."""
        return next((value for value in reversed(self.values) if value is not None), None)

    @property
    def figure(self) -> str:
        """The last value in words, nothing where there is none."""
        return "" if self.end is None else text.percent(self.end)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Lines over the places of a series, in percent; ``usual`` is half the width of a range around zero."""

    lines: tuple[OverlayLine, ...]
    usual: tuple[Value, ...] = ()

    @classmethod
    def of(cls, comparison: Comparison, names: Sequence[str], series: BarSeries) -> "Overlay":
        """Lay a comparison over a series; ``names`` are its lines' names."""
        lines = tuple(
            OverlayLine(name, _by_place(line.times, line.values, series), dash)
            for name, line, dash in zip(names, comparison.lines, DASHES, strict=False)
        )
        usual: tuple[Value, ...] = ()
        if comparison.usual:
            usual = _by_place(comparison.lines[0].times, comparison.usual, series)
        return cls(lines, usual)

    def bounds(self, first: int, last: int) -> tuple[float, float]:
        """Return the lowest and highest percent from place ``first`` to ``last``, zero among them."""
        seen = [0.0]
        below = tuple(None if half is None else -half for half in self.usual)
        for values in (*(line.values for line in self.lines), self.usual, below):
            seen += [value for value in values[max(first, 0) : last + 1] if value is not None]
        return min(seen), max(seen)

    @property
    def begin(self) -> int:
        """The place where the lines begin."""
        known = (p for line in self.lines for p, value in enumerate(line.values) if value is not None)
        return min(known, default=0)

    @property
    def late(self) -> bool:
        """Whether so much of the span lies before the lines that it is told of."""
        return bool(self.lines) and self.begin > len(self.lines[0].values) * _LATE

    def at(self, place: int) -> float:
        """Return the percent of the first line at a place, zero where it has none."""
        values = self.lines[0].values if self.lines else ()
        return (values[place] if place < len(values) else None) or 0.0

    def words(self, place: int) -> list[str]:
        """Return every line's name and value at a place."""
        told = ((line.name, line.values[place] if place < len(line.values) else None) for line in self.lines)
        return [f"{name} {text.percent(value)}" for name, value in told]


def percent_ticks(low: float, high: float, pixels: float) -> list[AxisTick]:
    """Return round percents between ``low`` and ``high``."""
    ticks = price_ticks(low, high, pixels)
    decimals = 0  # as many as tell each from the next: +0.25 is not +0.2
    while decimals < _MOST_DECIMALS and any(abs(round(t.at, decimals) - t.at) > _NOISE for t in ticks):
        decimals += 1
    return [AxisTick(tick.at, text.percent(tick.at, decimals)) for tick in ticks]


def _by_place(times: Sequence[datetime], values: Sequence[float], series: BarSeries) -> tuple[Value, ...]:
    """Return the values at the places of a series; of several in one bar (a week) the last."""
    placed: list[Value] = [None] * len(series.bars)
    for place, value in zip(series.places_of_bars(times), values, strict=True):
        if place is not None:
            placed[place] = value
    return tuple(placed)
