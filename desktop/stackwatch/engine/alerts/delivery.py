"""From a firing to an alert: muted where it only repeats, stored, grouped by cause, then shown."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta

from stackwatch.domain.alert import WAITS, Alert, AlertState, Occasion, SnoozeScope
from stackwatch.domain.events import AlertRaised, AlertUpdated
from stackwatch.domain.news import Story
from stackwatch.domain.popup_group import GroupKind
from stackwatch.domain.rule import RuleKind, RuleState, Severity, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.alert_builder import AlertBuilder
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.alerts.mutes import SAME_CAUSE, SNOOZED, Mutes, is_told, rises
from stackwatch.engine.alerts.named_stories import better, renewed, without_chance
from stackwatch.engine.alerts.popup_groups import UPDATE, GroupKey, PopupGroups
from stackwatch.engine.ports import Clock
from stackwatch.engine.store_writer import StoreWriter

_OPEN = timedelta(hours=12)  # how long a better story may come
_JUDGED = timedelta(minutes=15)  # how long history may come after an alert that it judges
Told = AlertRaised | AlertUpdated


class Delivery:
    """Turns firings into stored alerts and says which of them may pop up. Owned by the core thread.

    An alert is on the disk at once. Then it waits half a minute for others of its cause, unless its rule is
    about one symbol, and what they have in common pops up once.
    """

    def __init__(  # noqa: PLR0913 - one keyword per collaborator
        self,
        *,
        builder: AlertBuilder,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        known: Sequence[Alert],
        writer: StoreWriter,
        clock: Clock,
        replay: bool,
        settings: Settings,
        presenting: Callable[[], bool],
    ) -> None:
        self._builder = builder
        self._ecosystem = ecosystem
        self._writer = writer
        self.together = writer.together
        self._clock = clock
        self._replay = replay
        self.mutes = Mutes(settings, watchlist.layer_of, clock, replay=replay, presenting=presenting)
        self._groups = PopupGroups(watchlist.id)
        self._alerts: dict[str, Alert] = {alert.id: alert for alert in known}
        self._judged: set[str] = set()  # alerts that history came for after they fired
        self._held: list[str] = []  # not on the disk yet, and so not told
        self._grown: dict[str, datetime] = {}  # popups that others joined, and when that may be told
        for alert in reversed(known):
            if alert.suppressed_by == WAITS:  # the program ended before its popup was due
                self._groups.add(alert, clock.now(), at_once=False)
            elif alert.suppressed_by is None:
                self._groups.remember(alert, clock.now())

    def follow(self, watchlist: Watchlist) -> None:
        """Word and group alerts about another list from now on."""
        self._builder.follow(watchlist)
        self.mutes.follow(watchlist.layer_of)
        self._groups.list_id = watchlist.id

    def begin_anew(self) -> None:
        """Wait for no time that a clock which was set back reaches only much later."""
        now = self._clock.now()
        self.mutes.begin_anew()
        self._groups.begin_anew(now)
        self._grown = {key: min(at, now + UPDATE) for key, at in self._grown.items()}

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert kept and told, newest first."""
        told = (alert for alert in self._alerts.values() if not self._is_kept_back(alert))
        return tuple(sorted(told, key=lambda a: (a.fired_at, a.id), reverse=True))

    @property
    def snoozed(self) -> list[Alert]:
        """Every alert with a snooze, also one that is over."""
        return [alert for alert in self._alerts.values() if alert.snoozed_until is not None]

    def fired_today(self) -> frozenset[str]:
        """Return the subjects that fired within the last 24 hours."""
        since = self._clock.now() - timedelta(hours=24)
        return frozenset(alert.subject for alert in self._alerts.values() if alert.fired_at >= since)

    def silent_names(self) -> frozenset[str]:
        """Return the names whose popups are snoozed now, whatever the rule."""
        now = self._clock.now()
        lasting = (each for alert in self.snoozed for each in alert.snoozes if each.until > now)
        return frozenset(each.about for each in lasting if each.about)

    def deliver(self, firings: Sequence[Firing], states: Sequence[RuleState]) -> tuple[Told, ...]:
        """Store an alert for each firing, with the other states that changed; returns what to tell now.

        Firings of one evaluation are taken causes first, so that a single share's notice finds its cause.
        What the disk does not take is held back until it does.
        """
        with self._writer.together():
            if states:
                self._writer.save_states(states)
            told = [*self._record(firings), *self._due(everything=False)]
        return self._on_disk(told)

    def _record(self, firings: Sequence[Firing]) -> Iterator[Told]:
        snoozed = self.snoozed if firings else []  # most prices fire nothing: no walk through all alerts
        today: dict[Occasion, list[Alert]] = {}  # an open may have hundreds of firings
        for firing in sorted(firings, key=_importance):
            alert = self._builder.alert(firing)
            if alert.occasion not in today:
                today[alert.occasion] = self._of_session(alert.occasion)
            others = today[alert.occasion]
            if firing.fire.already_true and self._was_said(alert):
                self._writer.save_states((firing.state,))
                continue
            said = [*others, *self._builder.sessions.of_morning(alert, self._alerts.values())]
            reason = self.mutes.reason(alert, firing, said, snoozed)
            alert = replace(alert, suppressed_by=reason or WAITS)
            self._alerts[alert.id] = alert
            others.append(alert)
            self._writer.save_alert(alert, (firing.state,))
            if reason is None:
                direct = firing.rule.subject_kind is SubjectKind.SYMBOL
                self._groups.add(alert, self._clock.now(), at_once=direct)
            else:
                yield AlertRaised(alert, popup=False)
            if reason == SAME_CAUSE and (shown := _popup_of(alert.group, others)) is not None:
                self._fold(self._alerts[shown.id], (alert,))

    def end_waits(self) -> tuple[Told, ...]:
        """Return every alert that waits for the disk or for others of its cause: nobody will ask again."""
        with self._writer.together():
            told = self._due(everything=True)
        return self._on_disk(told)

    def _on_disk(self, told: Sequence[Told]) -> tuple[Told, ...]:
        """Return what may be told; an alert that is not on the disk is told once it is."""
        ready: list[Told] = []
        for event in told:
            if isinstance(event, AlertRaised) and self._writer.waits(event.alert.id):
                self._held.append(event.alert.id)
            else:
                ready.append(event)
        return tuple(ready)

    def _due(self, *, everything: bool) -> list[Told]:
        ready = [self._alerts[key] for key in self._held if not self._writer.waits(key)]
        self._held = [key for key in self._held if self._writer.waits(key)]
        told: list[Told] = []
        for alert in ready:
            waiting = [alert] if alert.suppressed_by is None else []
            silenced = self._silence(GroupKey.of(alert), waiting)
            told += silenced or [AlertRaised(alert, popup=alert.suppressed_by is None)]
        now = self._clock.now()
        for key, ids in self._groups.take_due(now, everything=everything).items():
            told += self._silence(key, [self._alerts[i] for i in ids])
            alerts = [alert for i in ids if (alert := self._alerts[i]).suppressed_by == WAITS]
            if alerts:
                told += self._decide(key, alerts, everything=everything)
        for alert_id in [i for i, at in self._grown.items() if everything or at <= now]:
            del self._grown[alert_id]
            told.append(self._grow(self._alerts[alert_id]))
        return told

    def _silence(self, key: GroupKey, alerts: Sequence[Alert]) -> list[AlertRaised]:
        """Keep those alerts from popping up that something silenced while they waited."""
        snoozed, told = self.snoozed, list[AlertRaised]()
        for alert in alerts:
            if (reason := self.mutes.reason_by_now(alert, snoozed)) is not None:
                told += self._mute(key, [alert], reason)
        return told

    def _decide(self, key: GroupKey, alerts: Sequence[Alert], *, everything: bool) -> Iterator[Told]:
        """Let alerts of one group pop up as one, or join the popup that said it."""
        now = self._clock.now()
        others = self._of_session(key.occasion)
        shown = _popup_of(str(key.group), others)
        fresh = shown is not None and _is_fresh(shown, now)
        alone = key.group.kind is GroupKind.SYMBOL or any(alert.tells_news for alert in alerts)
        # Shares that would pop up alone join others for as long as too many do: their rules say how often.
        again = alone or (not fresh and any(self._is_told_alone(alert, others) for alert in alerts))
        worst = max(alert.severity for alert in alerts)
        if shown is None or again or worst > shown.severity:
            if self._is_snoozed(str(key.group), now):
                yield from self._mute(key, alerts, SNOOZED)
            elif (
                shown is not None
                and fresh
                and worst < Severity.SEVERE  # which nobody should hear of minutes late
                and not (alone or everything)
            ):
                self._groups.put_off(key, [alert.id for alert in alerts], shown.fired_at + UPDATE)
            else:
                yield from self._pop_up(key, alerts, first=shown is None)
            return
        yield from self._mute(key, alerts, SAME_CAUSE)
        self._fold(shown, alerts)

    def _fold(self, shown: Alert, alerts: Sequence[Alert]) -> None:
        """Put alerts into a popup of their group: told later, but no end of the program may part them."""
        folded = tuple(dict.fromkeys((*shown.folded, *(alert.id for alert in alerts))))
        self.keep(replace(shown, folded=folded))
        self._grown.setdefault(shown.id, self._clock.now() + UPDATE)

    def _is_snoozed(self, group: str, now: datetime) -> bool:
        """Whether a group is snoozed, in whichever session: alerts that wait are of the layers of a list."""
        snoozes = (each for alert in self.snoozed if alert.group == group for each in alert.snoozes)
        return any(each.scope is SnoozeScope.CAUSE and each.until > now for each in snoozes)

    def _is_told_alone(self, alert: Alert, others: Sequence[Alert]) -> bool:
        """Whether it pops up a while after its group did: of a rule for it, or severe the first time."""
        if alert.popup_group.kind is GroupKind.SYMBOL:
            return True
        if alert.severity is not Severity.SEVERE or alert.subject not in self._ecosystem.instruments:
            return False
        before = (a for a in others if a.fired_at < alert.fired_at and is_told(a))
        return not any(a.subject == alert.subject and rises(a) == rises(alert) for a in before)

    def _pop_up(self, key: GroupKey, alerts: Sequence[Alert], *, first: bool) -> Iterator[Told]:
        """Choose what stands for a group: the alert about all of it, a record of its own, or its largest."""
        subject = key.group.id
        strongest = max(alerts, key=lambda a: (a.severity, abs(a.sar or 0.0), a.value))
        whole = [alert for alert in alerts if alert.subject == subject]
        leader = max(whole, key=lambda alert: alert.severity) if whole else strongest
        others = [alert for alert in alerts if alert is not leader]
        # The first of many layers stands for all of them: others follow, of which nothing more pops up.
        many = first and key.group.kind is GroupKind.LIST
        many = many and any(alert.popup_group.kind is GroupKind.LAYER for alert in alerts)
        several = many or len({a.subject for a in alerts}) > 1
        if not whole and several and subject not in self._ecosystem.instruments:
            leader = self._builder.of_group(key.group, leader, alerts)
            others = list(alerts)
        elif others:
            leader = self._builder.regrouped(leader, others)
        leader = replace(leader, group=str(key.group), suppressed_by=None)
        self._alerts[leader.id] = leader
        self._writer.save_alert(leader)
        yield AlertRaised(leader, popup=True)
        yield from self._mute(key, others, SAME_CAUSE)

    def _mute(self, key: GroupKey, alerts: Sequence[Alert], reason: str) -> Iterator[AlertRaised]:
        for alert in alerts:
            muted = replace(alert, group=str(key.group), suppressed_by=reason)
            self._alerts[alert.id] = muted
            self._writer.save_alert(muted)
            yield AlertRaised(muted, popup=False)

    def _grow(self, shown: Alert) -> AlertUpdated:
        """Put what joined a popup since into it."""
        joined = [self._alerts[key] for key in shown.folded if key in self._alerts]
        return self.keep(self._builder.regrouped(shown, joined))

    def _of_session(self, occasion: Occasion) -> list[Alert]:
        """Return the alerts of a session, or of the hours before it: what they count is not the same."""
        alerts = (alert for alert in self._alerts.values() if alert.session_key == occasion.session_key)
        return [alert for alert in alerts if alert.occasion == occasion and alert.replay == self._replay]

    def _was_said(self, alert: Alert) -> bool:
        """Whether a rule that waited for a share's history only finds what another one had told meanwhile."""
        return any(
            other.subject == alert.subject
            and rises(other) == rises(alert)
            and other.fired_at >= alert.fired_at - _JUDGED
            for key in self._judged
            if (other := self._alerts[key]).session_key == alert.session_key
        )

    def judge(self) -> tuple[AlertUpdated, ...]:
        """Give shares' alerts their figures that fired a while before the history came that they need."""
        since = self._clock.now() - _JUDGED
        updates = []
        for alert in list(self._alerts.values()):
            if alert.sar is not None or alert.fired_at < since:
                continue
            if (told := self._builder.judged(alert)) is not None:
                self._judged.add(alert.id)
                update = self.keep(told)
                if not self._is_kept_back(alert):
                    updates.append(update)
        return tuple(updates)

    def _is_kept_back(self, alert: Alert) -> bool:
        """Whether nobody was told of an alert yet, because it is not on the disk."""
        return alert.id in self._held or (alert.suppressed_by == WAITS and self._writer.waits(alert.id))

    def with_folded(self, alert_id: str) -> list[Alert]:
        """Return an alert and those that were shown with it; none where it is not known."""
        alert = self._alerts.get(alert_id)
        if alert is None:
            return []
        return [alert, *(self._alerts[key] for key in alert.folded if key in self._alerts)]

    def refresh(self) -> tuple[AlertUpdated, ...]:
        """Give today's alerts the better story that has come since; figures stay those of the fire.

        Not where its subject has turned since: the story would be that of another move. One that was seen
        keeps the story that it named.
        """
        updates = []
        since = self._clock.now() - _OPEN
        for alert in list(self._alerts.values()):
            read = alert.state is AlertState.SEEN and alert.match is not None
            if read or alert.fired_at < since or self._is_kept_back(alert):
                continue
            if self._builder.has_turned(alert):
                continue
            fresh = self._builder.told(alert, None)
            match = better(alert.match, fresh.match, self._clock.now())
            tied_before = fresh.match is None and alert.match is not None
            opposing = alert.opposing if tied_before else fresh.opposing  # it stands beside its reason
            untied = fresh.untied if match is None else None
            if (match, opposing, untied) == (alert.match, alert.opposing, alert.untied):
                continue
            told = replace(alert, match=match, opposing=opposing, untied=untied, verdict=fresh.verdict)
            updates.append(self.keep(self._builder.worded(told)))
        return tuple(updates)

    def retell(self, stories: Sequence[Story]) -> tuple[AlertUpdated, ...]:
        """Open alerts again whose story was denied, corrected or taken further; figures stay as they were."""
        newest = {story.id: story for story in stories if story.turns}
        updates = []
        for alert in list(self._alerts.values()):
            match, opposing = renewed(alert.match, newest), renewed(alert.opposing, newest)
            untied = renewed(alert.untied, newest)
            if (match, opposing, untied) == (alert.match, alert.opposing, alert.untied):
                continue
            told = replace(alert, match=match, opposing=opposing, untied=untied)
            if alert.fired_at >= self._clock.now() - _OPEN:
                fresh = self._builder.told(told, None)
                match = without_chance(match, fresh.match, self._clock.now())
                told = replace(told, match=match, verdict=fresh.verdict)
            update = self.keep(self._builder.worded(told))
            if not self._is_kept_back(alert):
                updates.append(update)
        return tuple(updates)

    def change_publishers(self, gone: AbstractSet[str], back: AbstractSet[str]) -> tuple[AlertUpdated, ...]:
        """Tell the day's alerts anew whose stories left with a publisher or came back; figures stay."""
        updates = []
        for alert in list(self._alerts.values()):
            if alert.fired_at < self._clock.now() - _OPEN:
                continue
            fresh = self._builder.told(alert, None)
            if _stories(alert).isdisjoint(gone) and _stories(fresh).isdisjoint(back):
                continue
            told = replace(
                alert,
                match=fresh.match,
                opposing=fresh.opposing,
                untied=fresh.untied,
                verdict=fresh.verdict,
            )
            update = self.keep(self._builder.worded(told))
            if not self._is_kept_back(alert):
                updates.append(update)
        return tuple(updates)

    def keep(self, alert: Alert) -> AlertUpdated:
        """Keep an alert as it is now; returns what is to be told of it."""
        self._alerts[alert.id] = alert
        self._writer.save_alert(alert)
        return AlertUpdated(alert)


def _popup_of(group: str, alerts: Sequence[Alert]) -> Alert | None:
    """Return the newest popup of a group."""
    same = (alert for alert in alerts if alert.group == group and alert.suppressed_by is None)
    return max(same, key=lambda alert: (alert.fired_at, alert.severity), default=None)


def _is_fresh(shown: Alert, now: datetime) -> bool:
    """Whether another popup of its group would come too soon."""
    return timedelta(0) <= now - shown.fired_at < UPDATE


def _stories(alert: Alert) -> set[str]:
    """Return the ids of the stories that an alert names."""
    return {match.story.id for match in (alert.match, alert.opposing, alert.untied) if match is not None}


def _importance(firing: Firing) -> tuple[bool, int, int, str]:
    """Order rules of one share first, then groups, shares with a story, the rest, which may say the same."""
    kinds = (RuleKind.PRICE_LEVEL, RuleKind.LAYER_MOVE, RuleKind.ENTITY_SHOCK, RuleKind.TIED_MOVE)
    order = {kind: place for place, kind in enumerate(kinds)}
    rule = firing.rule
    others = rule.subject_kind is not SubjectKind.SYMBOL
    return (others, order.get(rule.kind, len(kinds)), -int(rule.severity), firing.subject)
