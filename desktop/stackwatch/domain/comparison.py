"""A chart's other view: several names on one scale, or a share with its market taken out."""

from dataclasses import dataclass, replace
from datetime import datetime

from stackwatch.domain.quote import ChartRange

MOST_COMPARED = 4  # lines that can still be told apart without colour


@dataclass(frozen=True, slots=True)
class Against:
    """What a chart is compared with: symbols, layers and private entities by id; or its market taken out."""

    others: tuple[str, ...] = ()
    adjusted: bool = False


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """Percent since the span began, at aware UTC times; a trading day stands at its midnight.

    ``base`` is the price that these are percents of, None where they are of many.
    """

    id: str
    times: tuple[datetime, ...]
    values: tuple[float, ...]
    base: float | None = None

    def with_price(self, at: datetime, price: float) -> "ComparedLine":
        """Return the line as it goes on with a price, which takes the place of one of the same time."""
        if self.base is None or at < self.times[-1]:
            return self
        kept = len(self.times) - (at == self.times[-1])
        value = (price / self.base - 1.0) * 100.0
        return replace(self, times=(*self.times[:kept], at), values=(*self.values[:kept], value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The lines of a symbol (first) and what it is compared with.

    With ``against.adjusted`` there is one line, the sum of abnormal returns in percent, and ``usual`` is the
    half width of its usual range at each of its times. ``missing`` are ids without prices for the span.
    """

    symbol: str
    span: ChartRange
    against: Against
    lines: tuple[ComparedLine, ...]
    usual: tuple[float, ...] = ()
    missing: tuple[str, ...] = ()
