"""What a rule would have fired in the past, and how that would have been grouped into popups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stackwatch.analysis.rules.rule_preview import years
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Direction, Rule, RuleKind
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.group_readings import way_of
from stackwatch.engine.alerts.popup_groups import ALONE, MANY_LAYERS


@dataclass(frozen=True, slots=True)
class TestFire:
    """A firing: whose, when (the close of its session, aware UTC), the value, and the story behind it.

    ``title`` is that of a story that fits: the one behind the move, else one that the rule itself asked for.
    """

    __test__ = False  # pytest would take the name for a test

    symbol: str
    time: datetime
    day: date
    value: float
    story: StoryMatch | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """What a rule would have done between two days (inclusive); ``symbols`` is how many subjects it watched.

    ``start`` is the first day that counted: for a rule that needs stories the first with headlines, which are
    known from ``news_since`` on. ``judged`` counts closes that said enough to judge it. ``groups`` are fires
    grouped as popups are, by day and group; ``with_story`` counts those with a story, None without headlines.
    """

    rule: Rule
    start: date
    end: date
    symbols: int
    judged: int
    fires: tuple[TestFire, ...]
    groups: frozenset[tuple[date, PopupGroup]]
    with_story: int | None
    news_since: date | None

    @property
    def popups(self) -> int:
        """How many popups there would have been."""
        return len(self.groups)

    @property
    def days_with_popup(self) -> int:
        """On how many days there would have been one."""
        return len({day for day, _ in self.groups})

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


def popups_of(fires: Sequence[TestFire], rule: Rule, watchlist: Watchlist) -> set[tuple[date, PopupGroup]]:
    """Return popups as day and group: one a cause, else one a layer and way, else one a way.

    Of a level, or a share beside its peers, one a share.
    """
    layers = watchlist.layer_of
    moved: dict[tuple[date, Direction], set[tuple[date, PopupGroup]]] = {}
    popups: set[tuple[date, PopupGroup]] = set()
    for fire in fires:
        way = way_of(rule, fire.value)
        if rule.kind is RuleKind.ENTITY_SHOCK:
            popups.add((fire.day, PopupGroup(GroupKind.CAUSE, fire.symbol)))
        elif rule.kind in ALONE:
            popups.add((fire.day, PopupGroup(GroupKind.SYMBOL, fire.symbol, way)))
        elif fire.story is not None:
            popups.add((fire.day, PopupGroup(GroupKind.CAUSE, fire.story.path[0])))
        else:
            group = PopupGroup(GroupKind.LAYER, layers.get(fire.symbol, fire.symbol), way)
            moved.setdefault((fire.day, way), set()).add((fire.day, group))
    for (day, way), groups in moved.items():
        whole = {(day, PopupGroup(GroupKind.LIST, watchlist.id, way))}
        popups |= groups if len(groups) < MANY_LAYERS else whole
    return popups


def rate(fires: int, subjects: int, start: date, end: date) -> float:
    """Return how often a rule fired per subject and year between two days (inclusive)."""
    return fires / (max(subjects, 1) * years(start, end))
