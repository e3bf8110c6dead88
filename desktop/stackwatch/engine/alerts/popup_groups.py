"""Which alerts share a popup, and when it is due: one cause, one popup, after a short wait for the others."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert

WAIT = timedelta(seconds=30)  # for others of the same cause
UPDATE = timedelta(minutes=5)  # at least between two popups, or two updates, of one group
MANY_LAYERS = 3  # layers moving one way in a session that are told as one


@dataclass(slots=True)
class _Waiting:
    due: datetime
    ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GroupKey:
    """One popup of one trading day."""

    group: str
    session_key: str


def subject_of(group: str) -> str:
    """Return the id of what a group is about: an entity, a layer, a list or a symbol."""
    kind, _, rest = group.partition(":")
    return rest if kind == "cause" else rest.rpartition(":")[0]


class PopupGroups:
    """Alerts that wait for the others of their group. Owned by the core thread."""

    def __init__(self, list_id: str) -> None:
        self.list_id = list_id
        self._waiting: dict[GroupKey, _Waiting] = {}
        self._layers: dict[tuple[str, str], set[str]] = {}  # by session and direction
        self._merged: set[tuple[str, str]] = set()

    def add(self, alert: Alert, now: datetime, *, at_once: bool) -> None:
        """Let an alert wait; ``at_once`` ends the wait of its whole group."""
        key = GroupKey(alert.group, alert.session_key)
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

    def take_due(self, now: datetime, *, everything: bool = False) -> dict[GroupKey, list[str]]:
        """Return the alerts whose wait is over, by popup; where many layers move one way they are one."""
        due = {key: w.ids for key, w in self._waiting.items() if everything or w.due <= now}
        for key in due:
            del self._waiting[key]
        for key in due:
            self._note(key.group, key.session_key)
        merged: dict[GroupKey, list[str]] = {}
        for key, ids in due.items():
            merged.setdefault(self._popup_of(key), []).extend(ids)
        return merged

    def remember(self, alert: Alert) -> None:
        """Know of a popup that was shown before the program was started."""
        kind, _, rest = alert.group.partition(":")
        if kind == "list":
            self._merged.add((alert.session_key, rest.rpartition(":")[2]))
        self._note(alert.group, alert.session_key)

    def _note(self, group: str, session_key: str) -> None:
        """Count the layers that move one way in a session."""
        kind, _, rest = group.partition(":")
        if kind != "layer":
            return
        layer, _, direction = rest.rpartition(":")
        side = (session_key, direction)
        layers = self._layers.setdefault(side, set())
        layers.add(layer)
        if len(layers) >= MANY_LAYERS:
            self._merged.add(side)

    def _popup_of(self, key: GroupKey) -> GroupKey:
        kind, _, rest = key.group.partition(":")
        direction = rest.rpartition(":")[2]
        if kind != "layer" or (key.session_key, direction) not in self._merged:
            return key
        return GroupKey(f"list:{self.list_id}:{direction}", key.session_key)
