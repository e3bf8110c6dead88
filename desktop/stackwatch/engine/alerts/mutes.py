"""Why an alert may not pop up: every reason has a name, which is stored with the alert."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from stackwatch.analysis.moves.breadth import BREADTH
from stackwatch.domain.alert import BREAKER, WAITS, Alert, Snooze, SnoozeScope
from stackwatch.domain.popup_group import GroupKind
from stackwatch.domain.rule import Rule, Severity, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.ports import Clock

ALREADY_TRUE = "already true when first seen"
SAME_CAUSE = "shown with its cause"
LAYER_WIDE = "part of a layer-wide move"
SAME_MOVE = "said by another rule"
REPEATS = frozenset({SAME_CAUSE, LAYER_WIDE, SAME_MOVE})  # reasons that only say it was said already
SNOOZED = "snoozed"
_SNOOZED = {
    SnoozeScope.CAUSE: SNOOZED,
    SnoozeScope.RULE: "its rule was snoozed",
    SnoozeScope.NAME: "its name was snoozed",
}
NO_POPUP = "its rule had no popup"
TOO_SLIGHT = "less severe than what pops up"
QUIET_HOURS = "quiet hours"
PAUSED = "popups were paused"
FULL_SCREEN = "another program had the whole screen"
OFF = frozenset({QUIET_HOURS, PAUSED, FULL_SCREEN})  # reasons that end with a digest
_BREAKER_FIRES, _BREAKER_SPAN = 15, timedelta(minutes=3)


class Mutes:
    """Decides whether a new alert may pop up at all. Owned by the core thread."""

    def __init__(
        self,
        settings: Settings,
        layer_of: Mapping[str, str],
        clock: Clock,
        *,
        replay: bool,
        presenting: Callable[[], bool],
    ) -> None:
        """``presenting`` says whether another program has the whole screen now."""
        self._settings = settings
        self._layer_of = layer_of
        self._clock = clock
        self._replay = replay
        self._presenting = presenting
        self._paused_until: datetime | None = None
        self._rules_until: dict[str, datetime] = {}  # snoozes of rules
        self._fires: dict[str, deque[tuple[datetime, str]]] = {}  # of a rule: when, and for whom

    def use(self, settings: Settings) -> None:
        """Keep other quiet hours from now on."""
        self._settings = settings

    def heed(self, rules: Iterable[Rule]) -> None:
        """Know other rules' snoozes from now on."""
        self._rules_until = {rule.id: rule.snoozed_until for rule in rules if rule.snoozed_until is not None}

    def follow(self, layer_of: Mapping[str, str]) -> None:
        """Know other layers from now on, by their symbols."""
        self._layer_of = layer_of

    def begin_anew(self) -> None:
        """Forget how often rules fired: the clock may have been set."""
        self._fires.clear()

    def pause(self, until: datetime | None) -> None:
        """Switch popups off until a time, or on again."""
        self._paused_until = until

    @property
    def least(self) -> Severity:
        """The least severity that pops up."""
        return self._settings.popup_from

    @property
    def off(self) -> str | None:
        """Why no popup at all may be shown now, None when it may; a replay knows the pause only."""
        now = self._clock.now()
        if self._paused_until is not None and now < self._paused_until:
            return PAUSED
        if self._replay:
            return None
        if self._settings.is_quiet(now.astimezone().time()):
            return QUIET_HOURS
        return FULL_SCREEN if self._presenting() else None

    def reason(
        self, alert: Alert, firing: Firing, others: Sequence[Alert], snoozed: Iterable[Alert]
    ) -> str | None:
        """Return the named reason for not popping an alert up, None when it may.

        ``others`` are the alerts of the same hours of its session, ``snoozed`` those with a snooze, of
        whatever session.
        """
        broken = self._broken(alert)
        if (silent := self._snoozed(alert, snoozed)) is not None:
            return silent
        if not firing.rule.popup:
            return NO_POPUP
        if alert.severity < self.least:
            return TOO_SLIGHT
        if (said := self._said(alert, firing, others)) is not None:
            return said
        if broken or firing.fire.already_true:
            joined = any(
                o.group == alert.group and _pops_up(o) and o.severity >= alert.severity for o in others
            )
            return SAME_CAUSE if joined else BREAKER if broken else ALREADY_TRUE
        return self.off

    def reason_by_now(self, alert: Alert, snoozed: Iterable[Alert]) -> str | None:
        """Return why an alert may not pop up any more that might when it fired, None when it still may."""
        return self._snoozed(alert, snoozed) or self.off

    def _snoozed(self, alert: Alert, snoozed: Iterable[Alert]) -> str | None:
        """Return which snooze holds for an alert now, if any."""
        now = self._clock.now()
        until = self._rules_until.get(alert.rule_id)
        if until is not None and until > now:
            return _SNOOZED[SnoozeScope.RULE]
        silent = next((each for other in snoozed for each in _lasting(other, alert, now)), None)
        return None if silent is None else _SNOOZED[silent.scope]

    def _said(self, alert: Alert, firing: Firing, others: Iterable[Alert]) -> str | None:
        """Return why what an alert says was said already, if so.

        Nothing else says that a level was crossed, that there is news, or that a rule fired which was made
        for one share.
        """
        if alert.crossed_level or alert.tells_news or firing.rule.subject_kind is SubjectKind.SYMBOL:
            return None
        sign, layer = rises(alert), self._layer_of.get(alert.subject)
        for other in others:
            if other.subject not in (alert.subject, layer):  # most, of the hundreds a session may have
                continue
            of_layer = other.subject == layer
            inside = any(member.symbol == alert.subject for member in other.members)
            # What most of a layer is told in speaks for those that follow, too.
            inside = inside or (of_layer and len(other.members) >= BREADTH * other.linked_total)
            if not inside or rises(other) != sign or not _pops_up(other):
                continue
            if of_layer and alert.severity is Severity.NOTICE:
                return LAYER_WIDE
            alone = other.popup_group.kind is GroupKind.SYMBOL  # which joins no others
            told = other.suppressed_by is None or alone
            if other.subject != alert.subject or not told:
                continue
            if other.severity >= alert.severity and not firing.fire.level:
                return SAME_MOVE
        return None

    def _broken(self, alert: Alert) -> bool:
        """Whether a rule fired 15 times in 3 minutes before this fire.

        Not counted is the first time of each name but one: a rule about a list may fire for all of it at an
        open, which the popups of groups tell. News has a popup each.
        """
        now = self._clock.now()
        fires = self._fires.setdefault(alert.rule_id, deque())
        fires.append((now, alert.subject))
        while fires and now - fires[0][0] > _BREAKER_SPAN:
            fires.popleft()
        first = 1 if alert.tells_news else len({name for _, name in fires})
        return len(fires) - first >= _BREAKER_FIRES


def _pops_up(alert: Alert) -> bool:
    return alert.suppressed_by in (None, WAITS)


def is_told(alert: Alert) -> bool:
    """Whether an alert pops up, alone or within what said it: of others nobody heard at the time."""
    return _pops_up(alert) or alert.suppressed_by in REPEATS


def rises(alert: Alert) -> bool:
    """Whether what an alert is about went up; the value of a price level says nothing of that."""
    return (alert.value if alert.move_pct is None else alert.move_pct) > 0


def _lasting(other: Alert, alert: Alert, now: datetime) -> list[Snooze]:
    """Return those snoozes of one alert that hold for another."""
    about = other.snoozes_about(alert.rule_id, alert.subject, alert.group)
    return [snooze for snooze in about if snooze.until > now]
