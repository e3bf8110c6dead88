"""What a rule would have done: the figures of a noise preview."""

from dataclasses import dataclass
from datetime import date

from stackwatch.domain.rule import Rule


@dataclass(frozen=True, slots=True)
class NoiseDay:
    """A day on which a rule would have fired: for how many subjects, in how many popups, and the main cause.

    ``cause`` is the id of the entity that most of the day's stories are about.
    """

    day: date
    fires: int
    popups: int
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class NoiseFire:
    """One of the last firings: whose, when, and the value in the rule's unit."""

    symbol: str
    day: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseCount:
    """How often a rule would have fired, on how many days with a popup, and per subject and year."""

    rule: Rule
    fires: int
    days: int
    per_symbol_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NoisePreview:
    """What a rule would have done between two days (inclusive), and what others would have done.

    ``start`` is the first day that counted: for a rule that needs stories none before ``news_since``.
    ``symbols`` had enough history. ``with_story`` is None where no headlines are stored, or while they are
    still being read (``news_pending``); popups are grouped by cause only once they are. ``others`` holds
    the rule itself too, in order of threshold. ``reconstructed`` counts a replay's made-up prices.
    """

    count: NoiseCount
    start: date
    end: date
    symbols: int
    popups: int
    with_story: int | None
    days: tuple[NoiseDay, ...]
    last: tuple[NoiseFire, ...]
    others: tuple[NoiseCount, ...]
    news_since: date | None = None
    news_pending: bool = False
    reconstructed: bool = False
