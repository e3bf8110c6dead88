"""How the shares tied to a private entity did beyond their markets, and how its news sounded."""

from dataclasses import dataclass
from datetime import date

from stackwatch.domain.quote import ChartRange

SPANS = (ChartRange.MONTH_1, ChartRange.MONTH_6, ChartRange.YEAR_1)


@dataclass(frozen=True, slots=True)
class BasketDay:
    """A session: the mean abnormal return of the names counted, and the sum of these means since the start.

    Both in percent; ``names`` is how many were counted.
    """

    day: date
    abnormal_pct: float
    cumulative_pct: float
    names: int


@dataclass(frozen=True, slots=True)
class ToneBar:
    """The stories of the days [first, last]: how many were good for the entity, bad, or neither."""

    first: date
    last: date
    good: int
    bad: int
    neutral: int

    @property
    def stories(self) -> int:
        """How many stories there were."""
        return self.good + self.bad + self.neutral


@dataclass(frozen=True, slots=True, kw_only=True)
class Barometer:
    """A private entity over a span that ends today.

    ``counted`` are the linked names whose abnormal return is in it on some day; ``missing`` are linked names
    without enough prices, ``apart`` those that were linked on no session there is, as since this morning;
    ``reconstructed`` says that a replay made the prices.
    """

    entity_id: str
    span: ChartRange
    first: date
    last: date
    days: tuple[BasketDay, ...] = ()
    tones: tuple[ToneBar, ...] = ()
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    reconstructed: bool = False

    def told_on(self, day: date) -> ToneBar | None:
        """Return the stories of a day, or of its week, None without any."""
        return next((bar for bar in self.tones if bar.first <= day <= bar.last), None)

    @property
    def total_pct(self) -> float | None:
        """The cumulative abnormal return of the whole span, None without a session."""
        return self.days[-1].cumulative_pct if self.days else None

    @property
    def stories(self) -> int:
        """How many stories there were."""
        return sum(bar.stories for bar in self.tones)

    @property
    def tone(self) -> float | None:
        """The mean tone of all stories, None without any."""
        count = self.stories
        return sum(bar.good - bar.bad for bar in self.tones) / count if count else None
