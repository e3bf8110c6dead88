"""Which alerts share a popup, and when it is due: one cause, one popup, after a short wait for the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Direction, RuleKind

WAIT = timedelta(seconds=30)  # for others of the same cause
UPDATE = timedelta(minutes=5)  # at least between two popups, or two updates, of one group
ALONE = frozenset({RuleKind.PRICE_LEVEL, RuleKind.PEER_DIVERGENCE})  # of one share, whatever its layer does
MANY_LAYERS = 3  # layers moving one way in a session that are told as one


_Side = tuple[str, Direction | None]  # a session, and which way


@dataclass(slots=True)
class _Waiting:
    due: datetime
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One popup of one trading day."""

    group: PopupGroup
    session_key: str


class PopupGroups:
    """Alerts that wait for the others of their group. Owned by the core thread."""

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        self._waiting: dict[GroupKey, _Waiting] = {}
        self._layers: dict[_Side, set[str]] = {}
        self._merged: set[_Side] = set()

    def add(self, alert: Alert, now: datetime, *, at_once: bool) -> None:
        """Let an alert wait; ``at_once`` ends the wait of its whole group."""
        key = GroupKey(alert.popup_group, alert.session_key)
        waiting = self._waiting.setdefault(key, _Waiting(now + WAIT))
        waiting.ids.append(alert.id)
        if at_once:
            waiting.due = now

    def put_off(self, key: GroupKey, ids: Sequence[str], until: datetime) -> None:
        """Let alerts of a group wait longer."""
        self._waiting[key] = _Waiting(until, list(ids))

    def begin_anew(self, now: datetime) -> None:
        """Let no wait end later than one that begins now: the clock may have been set back."""
        for waiting in self._waiting.values():
            waiting.due = min(waiting.due, now + WAIT)

    def take_due(self, now: datetime, *, everything: bool) -> dict[GroupKey, list[str]]:
        """Return the alerts whose wait is over, by popup; where many layers move one way they are one."""
        due = {key: w.ids for key, w in self._waiting.items() if everything or w.due <= now}
        for key in due:
            del self._waiting[key]
            self._note(key)
        merged: dict[GroupKey, list[str]] = {}
        for key, ids in due.items():
            merged.setdefault(self._popup_of(key), []).extend(ids)
        return merged

    def remember(self, alert: Alert) -> None:
        """Know of a popup that was shown before the program was started."""
        key = GroupKey(alert.popup_group, alert.session_key)
        if key.group.kind is GroupKind.LIST:
            self._merged.add((key.session_key, key.group.way))
        self._note(key)

    def _note(self, key: GroupKey) -> None:
        """Count the layers that move one way in a session."""
        if key.group.kind is not GroupKind.LAYER:
            return
        side = (key.session_key, key.group.way)
        layers = self._layers.setdefault(side, set())
        layers.add(key.group.id)
        if len(layers) >= MANY_LAYERS:
            self._merged.add(side)

    def _popup_of(self, key: GroupKey) -> GroupKey:
        group, side = key.group, (key.session_key, key.group.way)
        if group.kind is not GroupKind.LAYER or side not in self._merged:
            return key
        return GroupKey(PopupGroup(GroupKind.LIST, self.list_id, group.way), key.session_key)
