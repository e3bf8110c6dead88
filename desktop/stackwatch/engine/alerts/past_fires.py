"""What a rule would have fired in the past, and how that would have been grouped into popups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
