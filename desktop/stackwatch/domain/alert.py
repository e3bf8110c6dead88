"""What fired: the record that is kept whether or not a popup was shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from stackwatch.domain.market import Region
from stackwatch.domain.move import StoryMatch, Verdict
from stackwatch.domain.popup_group import PopupGroup
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import NEWS_KINDS, Condition, RuleKind, Severity

BREAKER = "rule fired 15 times in 3 minutes"
"""The reason for not popping up that speaks about a rule, and is told by a popup of its own."""
WAITS = "waits for others of its cause"
"""The reason of an alert whose popup is not decided yet."""
_LONGEST_DAY = timedelta(hours=25)  # on which clocks are put back


class AlertState(StrEnum):
    """What the user has done with an alert."""

    NEW = "new"
    SEEN = "seen"
    SNOOZED = "snoozed"


class SnoozeScope(StrEnum):
    """What a snooze of an alert silences."""

    CAUSE = "cause"  # its group
    RULE = "rule"
    NAME = "name"  # one symbol, whatever the rule


class PopupPause(StrEnum):
    """For how long popups are switched off."""

    HOUR = "hour"
    TOMORROW = "tomorrow"  # until the machine's own midnight
    OVER = "over"  # no longer


def silent_until(now: datetime, days: int = 1, zone: tzinfo | None = None) -> datetime:
    """Return the midnight so many days on, with the offset of that day; without a zone the machine's own.

    Where clocks are put forward at midnight that is the first moment of the day.
    """
    midnight = datetime.combine(now.astimezone(zone).date() + timedelta(days=days), time())
    if zone is not None:
        return midnight.replace(tzinfo=zone)
    return datetime.fromtimestamp(midnight.timestamp(), UTC).astimezone()  # which alone is an hour early


def pause_end(span: PopupPause, now: datetime) -> datetime | None:
    """Return when a pause of popups that begins now is over, None for the end of one."""
    ends = {PopupPause.HOUR: now + timedelta(hours=1), PopupPause.TOMORROW: silent_until(now)}
    return ends.get(span)


def pause_left(until: datetime | None, now: datetime) -> datetime | None:
    """Return the end of a pause that was begun before a restart, None where it is over.

    One that is longer than any that can be chosen, in whatever zone, was begun by a clock that was ahead.
    """
    return until if until is not None and now < until <= now + _LONGEST_DAY else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One name inside an alert; ``sar`` None means it could not be judged."""

    symbol: str
    move_pct: float
    abnormal_pct: float | None = None
    sar: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetCondition:
    """A condition that held, and the value that it saw, in its unit.

    One that was ``touched`` was left again by the time it was seen.
    """

    condition: Condition
    value: float
    touched: bool = False


@dataclass(frozen=True, slots=True)
class Snooze:
    """What does not pop up until a time; ``name`` is the one symbol of a snooze of a name."""

    until: datetime
    scope: SnoozeScope = SnoozeScope.CAUSE
    name: str = ""

    @property
    def about(self) -> str:
        """The name that it is of; empty for one of a cause or a rule."""
        return self.name if self.scope is SnoozeScope.NAME else ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A session, or the hours before or after it: alerts of one are told together, those of two are not.

    Of one date there are three: Asia's, Europe's until New York opens, and New York's with Europe's.
    """

    session_key: str
    hours: Session
    region: Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One firing of a rule.

    ``subject`` is the symbol, private id or layer id it is about; ``value`` is in the rule's own unit.
    ``met`` are the conditions for which it fired, none in the record of a popup for several alerts.
    ``move_pct``, ``abnormal_pct`` and ``sar`` are the subject's own at the fire, for a group those of its
    equal-weight basket; those of pre- or post-market (``hours``) are since the last close. ``session_key``
    is the day of its session, ``region`` which of that day's. ``group`` is a PopupGroup as text; alerts
    of one group share one popup, whose record names the others in ``folded`` (ids), has as ``members`` those
    that went its way, and counts all in ``linked_total``. Until ``snoozed_until`` what ``snooze_scope`` says
    does not pop up; ``snoozed_name`` is the one symbol of a snooze of a name, and ``name_snoozes`` are
    further ones, each of another name. ``untied`` is what was read of a share and is no reason, where there
    is no ``match``. ``suppressed_by`` is the named reason for not popping up, None if it did or will.
    ``message`` is the English sentence that was stored; the interface, and an export, word it anew in their
    own language.
    """

    id: str
    rule_id: str
    rule_version: int
    rule_name_en: str
    rule_name_ko: str
    subject: str
    severity: Severity
    value: float
    message: str
    group: str
    fired_at: datetime
    session_key: str
    met: tuple[MetCondition, ...] = ()
    move_pct: float | None = None
    abnormal_pct: float | None = None
    sar: float | None = None
    members: tuple[Member, ...] = ()
    linked_total: int = 0
    verdict: Verdict = Verdict.UNEXPLAINED
    match: StoryMatch | None = None
    opposing: StoryMatch | None = None
    untied: StoryMatch | None = None
    state: AlertState = AlertState.NEW
    snoozed_until: datetime | None = None
    snooze_scope: SnoozeScope = SnoozeScope.CAUSE
    snoozed_name: str = ""
    name_snoozes: tuple[Snooze, ...] = ()
    shown_at: datetime | None = None
    folded: tuple[str, ...] = ()
    sound: bool = True
    suppressed_by: str | None = None
    replay: bool = False
    hours: Session = Session.REGULAR
    region: Region = Region.AMERICA

    @property
    def occasion(self) -> Occasion:
        """The session, or the hours around it, that it is of."""
        return Occasion(self.session_key, self.hours, self.region)

    @property
    def snoozes(self) -> tuple[Snooze, ...]:
        """Its snoozes, also those that are over: its own, and further ones of names."""
        if self.snoozed_until is None:
            return ()
        return Snooze(self.snoozed_until, self.snooze_scope, self.snoozed_name), *self.name_snoozes

    def snoozes_about(self, rule_id: str, name: str, group: str | None) -> tuple[Snooze, ...]:
        """Return those of its snoozes that are about a rule, a name whatever the rule, or a group."""
        silent = {
            SnoozeScope.CAUSE: self.group == group,
            SnoozeScope.RULE: self.rule_id == rule_id,
        }
        return tuple(each for each in self.snoozes if silent.get(each.scope, each.name == name))

    def with_snooze(self, snooze: Snooze) -> "Alert":
        """Return the alert with a snooze: of its cause or rule it has one, of each name one."""
        others = [each for each in self.snoozes if each.about != snooze.about]
        return self.with_snoozes((*others, snooze), self.state)

    def with_snoozes(self, snoozes: Iterable[Snooze], state: AlertState) -> "Alert":
        """Return the alert with these snoozes, in a ``state`` where there are none."""
        ordered = sorted(snoozes, key=lambda each: each.about != "")
        if not ordered:
            return replace(self, state=state, snoozed_until=None, name_snoozes=())
        own, *further = ordered
        return replace(
            self,
            state=AlertState.SNOOZED,
            snoozed_until=own.until,
            snooze_scope=own.scope,
            snoozed_name=own.name,
            name_snoozes=tuple(further),
        )

    @property
    def crossed_level(self) -> bool:
        """Whether it fired for a price that somebody named, which nothing else that fired says."""
        return any(met.condition.kind is RuleKind.PRICE_LEVEL for met in self.met)

    @property
    def tells_news(self) -> bool:
        """Whether it fired for news alone, which a popup of moves does not say."""
        return bool(self.met) and all(met.condition.kind in NEWS_KINDS for met in self.met)

    def concerns(self, name: str) -> bool:
        """Whether it is about a name, or has it as a member."""
        return self.subject == name or any(member.symbol == name for member in self.members)

    @property
    def own_move(self) -> Member | None:
        """The figures of its own subject: a share's, or those of a group's basket."""
        if self.move_pct is not None:
            return Member(
                symbol=self.subject, move_pct=self.move_pct, abnormal_pct=self.abnormal_pct, sar=self.sar
            )
        return next((m for m in self.members if m.symbol == self.subject), None)

    @property
    def popup_group(self) -> PopupGroup:
        """What the alert shares a popup for."""
        return PopupGroup.of(self.group)


def newest_groups(alerts: Iterable[Alert]) -> dict[tuple[str, str], str]:
    """Return the group of the newest alert of each rule about each subject."""
    ordered = sorted(alerts, key=lambda alert: alert.fired_at)
    return {(alert.rule_id, alert.subject): alert.group for alert in ordered}


def snoozes_of(rule_id: str, name: str, alerts: Collection[Alert]) -> tuple[Alert, ...]:
    """Return the alerts by which a rule about a name is silent, be it by the cause of what it told last."""
    group = newest_groups(alerts).get((rule_id, name))
    return tuple(alert for alert in alerts if alert.snoozes_about(rule_id, name, group))


def snoozes_of_name(name: str, alerts: Iterable[Alert], now: datetime) -> tuple[Alert, ...]:
    """Return the alerts by which a name is silent now, whatever the rule."""
    return tuple(a for a in alerts if any(each.about == name and each.until > now for each in a.snoozes))


class AwayReason(StrEnum):
    """Why nobody looked."""

    START = "start"
    WAKE = "wake"
    QUIET_HOURS = "quiet hours"
