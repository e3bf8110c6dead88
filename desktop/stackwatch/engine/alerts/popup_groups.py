"""Which alerts share a popup, and when it is due: one cause, one popup, after a short wait for the others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert, Occasion
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.engine.alerts.group_readings import way_of

WAIT = timedelta(seconds=30)  # for others of the same cause
UPDATE = timedelta(minutes=5)  # at least between two popups, or two updates, of one group
ALONE = frozenset({RuleKind.PRICE_LEVEL, RuleKind.PEER_DIVERGENCE})  # of one share, whatever its layer does
MANY_LAYERS = 3  # layers moving one way that are told as one, from then on
TOGETHER = timedelta(minutes=30)  # within which they do
FEW_SHARES = 3  # popups of single shares that moved one way within UPDATE; more of them are told as one


_Side = tuple[Occasion, Direction | None]  # a session, or the hours around it, and which way


@dataclass(slots=True)
class _Waiting:
    due: datetime
    ids: list[str] = field(default_factory=list)
    alone: bool = False  # whatever else moves


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One popup of one session, or of the hours around it: what it counts differs."""

    group: PopupGroup
    occasion: Occasion

    @classmethod
    def of(cls, alert: Alert) -> "GroupKey":
        """Return the popup that an alert belongs to."""
        return cls(alert.popup_group, alert.occasion)


class PopupGroups:
    """Alerts that wait for the others of their group. Owned by the core thread."""

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        self._waiting: dict[GroupKey, _Waiting] = {}
        self._layers: dict[_Side, dict[str, datetime]] = {}  # when a layer moved last
        self._merged: set[_Side] = set()
        self._single: dict[_Side, list[datetime]] = {}  # when shares popped up alone

    def add(self, alert: Alert, now: datetime, *, at_once: bool) -> None:
        """Let an alert wait; ``at_once`` ends the wait of its whole group."""
        key = GroupKey.of(alert)
        waiting = self._waiting.setdefault(key, _Waiting(now + WAIT))
        waiting.ids.append(alert.id)
        waiting.alone |= _is_alone(alert)
        self._note(key, now)
        if at_once:
            waiting.due = now

    def put_off(self, key: GroupKey, ids: Sequence[str], until: datetime) -> None:
        """Let alerts of a group wait longer, with those that wait already."""
        self._waiting.setdefault(key, _Waiting(until)).ids.extend(ids)

    def begin_anew(self, now: datetime) -> None:
        """Let no wait end later than one that begins now: the clock may have been set back."""
        for waiting in self._waiting.values():
            waiting.due = min(waiting.due, now + WAIT)

    def take_due(self, now: datetime, *, everything: bool) -> dict[GroupKey, list[str]]:
        """Return the alerts whose wait is over, by popup.

        Where many layers move one way they are one, and so are shares of which too many would pop up alone.
        """
        due = {key: w for key, w in self._waiting.items() if everything or w.due <= now}
        for key in due:
            del self._waiting[key]
        crowds = self._crowds([key for key, waiting in due.items() if not waiting.alone], now)
        merged: dict[GroupKey, list[str]] = {}
        for key, waiting in due.items():
            many = {GroupKind.LAYER: self._merged, GroupKind.SYMBOL: crowds}.get(key.group.kind, set())
            together = _side(key) in many and not waiting.alone
            merged.setdefault(self._of_list(key) if together else key, []).extend(waiting.ids)
        return merged

    def remember(self, alert: Alert, now: datetime) -> None:
        """Know of a popup that was shown before the program was started."""
        key = GroupKey.of(alert)
        if key.group.kind is GroupKind.LIST:
            self._merged.add(_side(key))
        elif key.group.kind is GroupKind.SYMBOL and not _is_alone(alert) and _is_recent(alert.fired_at, now):
            self._single.setdefault(_side(key), []).append(alert.fired_at)
        self._note(key, alert.fired_at)

    def _note(self, key: GroupKey, at: datetime) -> None:
        """Count the layers that move one way at about one time."""
        if key.group.kind is not GroupKind.LAYER:
            return
        side = _side(key)
        layers = self._layers.setdefault(side, {})
        layers[key.group.id] = at
        if sum(abs(at - moved) < TOGETHER for moved in layers.values()) >= MANY_LAYERS:
            self._merged.add(side)

    def _crowds(self, due: Sequence[GroupKey], now: datetime) -> set[_Side]:
        """Return the sides on which more shares would pop up alone than a user can read."""
        shares: dict[_Side, int] = {}
        for key in due:
            if key.group.kind is GroupKind.SYMBOL and key.group.way is not None:
                shares[_side(key)] = shares.get(_side(key), 0) + 1
        crowds = set()
        for side, count in shares.items():
            lately = [at for at in self._single.get(side, ()) if _is_recent(at, now)]
            if len(lately) + count > FEW_SHARES:
                crowds.add(side)
            else:
                lately += [now] * count
            self._single[side] = lately
        return crowds

    def _of_list(self, key: GroupKey) -> GroupKey:
        return replace(key, group=PopupGroup(GroupKind.LIST, self.list_id, key.group.way))


def group_of(
    rule: Rule,
    subject: str,
    value: float,
    *,
    met: Collection[RuleKind],
    cause: str | None,
    layer: str | None,
) -> PopupGroup:
    """Return what a firing is grouped by: the entity behind it, else its layer and direction.

    ``met`` are the kinds of the conditions that hold, ``layer`` is the one of its subject, if any.
    A name that is in no layer of the list is one of those tied to the entity that its rule is about. Who
    crossed a level, or stood still beside its peers, is in no popup of those that moved; nor is a share
    that somebody made a rule for, unless the news is somebody else's.
    """
    way = way_of(rule, value)
    alone = PopupGroup(GroupKind.SYMBOL, subject, way)
    if not ALONE.isdisjoint(met):
        return alone
    if rule.kind is RuleKind.ENTITY_SHOCK:
        return PopupGroup(GroupKind.CAUSE, subject)
    if rule.subject_kind is SubjectKind.SYMBOL and cause in (None, subject):
        return alone
    if cause is not None:
        return PopupGroup(GroupKind.CAUSE, cause)
    layer = subject if rule.kind is RuleKind.LAYER_MOVE else layer
    if layer is None:
        by_entity = rule.subject_kind is SubjectKind.PRIVATE and rule.subject != "*"
        return PopupGroup(GroupKind.CAUSE, rule.subject) if by_entity else alone
    return PopupGroup(GroupKind.LAYER, layer, way)


def _is_alone(alert: Alert) -> bool:
    return any(met.condition.kind in ALONE for met in alert.met)


def _is_recent(shown: datetime, now: datetime) -> bool:
    return abs(now - shown) < UPDATE


def _side(key: GroupKey) -> _Side:
    return key.occasion, key.group.way
