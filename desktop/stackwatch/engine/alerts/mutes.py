"""Why an alert may not pop up: every reason has a name, which is stored with the alert."""

from collections import deque
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert
from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import Settings
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.ports import Clock

ALREADY_TRUE = "already true when first seen"
SAME_CAUSE = "shown with its cause"
LAYER_WIDE = "part of a layer-wide move"
SAME_MOVE = "said by another rule"
REPEATS = frozenset({SAME_CAUSE, LAYER_WIDE, SAME_MOVE})  # reasons that only say it was said already
SNOOZED = "snoozed"
NO_POPUP = "its rule has no popup"
QUIET_HOURS = "quiet hours"
BREAKER = "rule fired 15 times in 3 minutes"
WAITS = "waits for others of its cause"
_BREAKER_FIRES, _BREAKER_SPAN = 15, timedelta(minutes=3)


class Mutes:
    """Decides whether a new alert may pop up at all. Owned by the core thread."""

    def __init__(self, settings: Settings, layers: Collection[str], clock: Clock, *, replay: bool) -> None:
        self._settings = settings
        self._layers = layers
        self._clock = clock
        self._replay = replay
        self._fires: dict[str, deque[datetime]] = {}

    def use(self, settings: Settings) -> None:
        """Keep other quiet hours from now on."""
        self._settings = settings

    def begin_anew(self) -> None:
        """Forget how often rules fired: the clock may have been set."""
        self._fires.clear()

    @property
    def is_quiet(self) -> bool:
        """Whether these are quiet hours on this machine; a replay has none."""
        return not self._replay and self._settings.is_quiet(self._clock.now().astimezone().time())

    def reason(self, alert: Alert, firing: Firing, today: Iterable[Alert]) -> str | None:
        """Return the named reason for not popping an alert up, None when it may.

        ``today`` are the alerts of its session.
        """
        broken = self._broken(alert.rule_id)
        others = list(today)
        until = firing.rule.snoozed_until
        if (until is not None and until > alert.fired_at) or any(_silences(o, alert) for o in others):
            return SNOOZED
        if not firing.rule.popup:
            return NO_POPUP
        if (said := self._said(alert, firing, others)) is not None:
            return said
        if broken or firing.fire.already_true:
            joined = any(
                o.group == alert.group and _pops_up(o) and o.severity >= alert.severity for o in others
            )
            return SAME_CAUSE if joined else BREAKER if broken else ALREADY_TRUE
        return QUIET_HOURS if self.is_quiet else None

    def _said(self, alert: Alert, firing: Firing, others: Iterable[Alert]) -> str | None:
        """Return why what an alert says was said already, if so."""
        sign = _rises(alert)
        for other in others:
            inside = any(member.symbol == alert.subject for member in other.members)
            if not inside or _rises(other) != sign or not _pops_up(other):
                continue
            if other.subject in self._layers and alert.severity is Severity.NOTICE:
                return LAYER_WIDE
            if other.subject != alert.subject or other.suppressed_by is not None:
                continue
            if other.severity >= alert.severity and not firing.fire.level:
                return SAME_MOVE
        return None

    def _broken(self, rule_id: str) -> bool:
        """Whether a rule fired 15 times in 3 minutes before this fire."""
        now = self._clock.now()
        fires = self._fires.setdefault(rule_id, deque())
        fires.append(now)
        while fires and now - fires[0] > _BREAKER_SPAN:
            fires.popleft()
        return len(fires) > _BREAKER_FIRES


def _pops_up(alert: Alert) -> bool:
    return alert.suppressed_by in (None, WAITS)


def _rises(alert: Alert) -> bool:
    """Whether what an alert is about went up; the value of a price level says nothing of that."""
    return (alert.value if alert.move_pct is None else alert.move_pct) > 0


def _silences(other: Alert, alert: Alert) -> bool:
    until = other.snoozed_until
    return other.group == alert.group and until is not None and until > alert.fired_at
