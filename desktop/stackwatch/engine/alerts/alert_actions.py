"""What the user does with alerts, and with popups as a whole."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from stackwatch.domain.alert import (
    Alert,
    AlertState,
    Snooze,
    SnoozeScope,
    newest_groups,
    snoozes_of_name,
)
from stackwatch.domain.events import Event
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.ports import Clock


class AlertActions:
    """Keeps what was seen and snoozed, and tells it. Owned by the core thread."""

    def __init__(self, delivery: Delivery, clock: Clock, publish: Callable[[Event], None]) -> None:
        self._delivery = delivery
        self._clock = clock
        self._publish = publish

    def mark_seen(self, *alert_ids: str) -> None:
        """Mark alerts as seen, and those shown with them; ends their snoozes, and none that was another."""
        self._keep_together(seen for each in alert_ids for seen in self._seen(each))

    def _seen(self, alert_id: str) -> Iterator[Alert]:
        chosen = self._delivery.with_folded(alert_id)
        for alert in chosen:
            kept = [each for each in alert.snoozes if each not in chosen[0].snoozes]
            if not kept or len(kept) < len(alert.snoozes):
                yield alert.with_snoozes(kept, AlertState.SEEN)

    def mark_new(self, *alert_ids: str) -> None:
        """Take back that alerts were seen; those that were shown with them stay as they are."""
        chosen = (alert for each in alert_ids for alert in self._delivery.with_folded(each)[:1])
        seen = (alert for alert in chosen if alert.state is AlertState.SEEN)
        self._keep_together(replace(alert, state=AlertState.NEW) for alert in seen)

    def snooze(self, alert_id: str, until: datetime, scope: SnoozeScope, name: str) -> None:
        """Silence an alert's group, its rule, or one name until a time.

        What was shown with it is snoozed, too, where it is of the same, and keeps a snooze of another kind.
        A time that has passed meanwhile, as of a snooze that is taken back late, silences nothing.
        """
        if until <= self._clock.now():
            return
        chosen = self._delivery.with_folded(alert_id)
        whole = scope is SnoozeScope.CAUSE or all(alert.subject == name for alert in chosen)
        others = [a for a in chosen[1:] if a.snoozed_until is None or a.snooze_scope is scope]
        for alert in (*chosen[:1], *(others if whole else ())):
            self._keep(alert.with_snooze(Snooze(until, scope, name)))

    def end_snoozes(self, rule_id: str, name: str) -> None:
        """End the snoozes of alerts by which a rule about a name is silent."""
        alerts = self._delivery.alerts
        group = newest_groups(alerts).get((rule_id, name))
        for alert in alerts:
            if ended := alert.snoozes_about(rule_id, name, group):
                self._end(alert, ended)

    def end_snoozes_of_name(self, name: str) -> None:
        """End the snoozes of a name, whatever the rule, and none of a rule or a cause."""
        for alert in snoozes_of_name(name, self._delivery.alerts, self._clock.now()):
            self._end(alert, [each for each in alert.snoozes if each.about == name])

    def _end(self, alert: Alert, ended: Collection[Snooze]) -> None:
        kept = [each for each in alert.snoozes if each not in ended]
        self._keep(alert.with_snoozes(kept, AlertState.SEEN))

    def note_shown(self, alert_id: str) -> None:
        """Record that an alert's popup was on screen."""
        for alert in self._delivery.with_folded(alert_id)[:1]:
            if alert.shown_at is None:
                self._keep(replace(alert, shown_at=self._clock.now()))

    def pause_popups(self, until: datetime | None) -> None:
        """Switch popups off until a time, or on again; what fires meanwhile is told in one digest."""
        self._delivery.mutes.pause(until)

    def wake(self) -> None:
        """Make alerts new again that were put off; one by which a rule or a name was silenced was seen.

        Of several snoozes that ended while nobody looked the last one decides, as it does for who looks.
        """
        now = self._clock.now()
        for alert in self._delivery.snoozed:
            lasting = [each for each in alert.snoozes if each.until > now]
            if len(lasting) < len(alert.snoozes):
                put_off = max(alert.snoozes, key=lambda each: each.until).scope is SnoozeScope.CAUSE
                self._keep(alert.with_snoozes(lasting, AlertState.NEW if put_off else AlertState.SEEN))

    def _keep_together(self, alerts: Iterable[Alert]) -> None:
        """Keep what may be thousands, for which the disk is waited once."""
        with self._delivery.together():
            told = [self._delivery.keep(alert) for alert in alerts]
        for update in told:
            self._publish(update)

    def _keep(self, alert: Alert) -> None:
        self._publish(self._delivery.keep(alert))
