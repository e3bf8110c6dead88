"""What a rule would have fired in the past, and how that would have been grouped into popups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stackwatch.analysis.rules.rule_preview import years
from stackwatch.domain.market import Region
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Condition, Direction, Join, Rule, RuleKind
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.popup_groups import MANY_LAYERS, group_of

Held = Sequence[tuple[Condition, float]]
"""Conditions of a rule that hold, and their values."""
Popup = tuple[date, Region, PopupGroup]
"""A popup: its day, which of that day's sessions, and its group."""


@dataclass(frozen=True, slots=True)
class TestFire:
    """A firing: whose, when (the close of its session, aware UTC), the value, and the story behind it.

    ``title`` is that of a story that fits: the one behind the move, else one by which a condition held.
    ``met`` are the kinds of the conditions that held, and ``cause`` is the entity whose news it fired for.
    """

    __test__ = False  # pytest would take the name for a test

    symbol: str
    time: datetime
    day: date
    value: float
    story: StoryMatch | None = None
    title: str | None = None
    met: frozenset[RuleKind] = frozenset()
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """What a rule would have done between two days (inclusive); ``symbols`` is how many subjects it watched.

    ``start`` is the first day that counted: for a rule that needs stories the first with headlines, which are
    known from ``news_since`` on. ``judged`` counts closes that said enough to judge it. ``groups`` are fires
    grouped as popups are, by session and group; ``with_story`` counts those with a story, None without
    headlines.
    """

    rule: Rule
    start: date
    end: date
    symbols: int
    judged: int
    fires: tuple[TestFire, ...]
    groups: frozenset[Popup]
    with_story: int | None
    news_since: date | None

    @property
    def popups(self) -> int:
        """How many popups there would have been."""
        return len(self.groups)

    @property
    def days_with_popup(self) -> int:
        """On how many days there would have been one."""
        return len({day for day, _, _ in self.groups})

    @property
    def per_symbol_year(self) -> float:
        """How often it fired per subject and year."""
        return rate(len(self.fires), self.symbols, self.start, self.end)


@dataclass(frozen=True, slots=True)
class NearestSubject:
    """The subject nearest to firing at its last close: its value, and how much is left in the rule's unit."""

    symbol: str
    day: date
    value: float
    remaining: float


def held_of(rule: Rule, seen: Sequence[tuple[float, float]]) -> Held:
    """Return the conditions that held and their values; where one is enough, the strongest first."""
    held = [(way, c, value) for c, (value, way) in zip(rule.all_conditions, seen, strict=True) if way >= 1.0]
    if rule.join is Join.ANY:
        held.sort(key=lambda each: -each[0])
    return [(condition, value) for _, condition, value in held]


def awaited(rule: Rule, subject: str, held: Held) -> str | None:
    """Return whose news a rule about news alone fired for, None for any other."""
    return (held[0][0].about or subject) if rule.news_only and held else None


def popups_of(
    fires: Sequence[TestFire], rule: Rule, watchlist: Watchlist, region: Callable[[str], Region]
) -> set[Popup]:
    """Return popups, grouped as the rule's alerts are; many layers one way in a session are one.

    ``region`` says of a subject where it trades.
    """
    layers = watchlist.layer_of
    moved: dict[tuple[date, Region, Direction | None], set[Popup]] = {}
    popups: set[Popup] = set()
    for fire in fires:
        layer = layers.get(fire.symbol)
        group = group_of(rule, fire.symbol, fire.value, met=fire.met, cause=fire.cause, layer=layer)
        where = Region.AMERICA if rule.news_only else region(fire.symbol)
        if group.kind is GroupKind.LAYER:
            moved.setdefault((fire.day, where, group.way), set()).add((fire.day, where, group))
        else:
            popups.add((fire.day, where, group))
    for (day, where, way), groups in moved.items():
        whole = {(day, where, PopupGroup(GroupKind.LIST, watchlist.id, way))}
        popups |= groups if len(groups) < MANY_LAYERS else whole
    return popups


def rate(fires: int, subjects: int, start: date, end: date) -> float:
    """Return how often a rule fired per subject and year between two days (inclusive)."""
    return fires / (max(subjects, 1) * years(start, end))
