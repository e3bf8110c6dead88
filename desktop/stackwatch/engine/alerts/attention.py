"""What the user does with alerts, and with popups as a whole."""

from collections.abc import Callable, Iterable
from datetime import datetime

from stackwatch.domain.alert import SnoozeScope
from stackwatch.domain.events import AlertUpdated, Event
from stackwatch.engine.alerts.delivery import Delivery


class Attention:
    """Keeps what was seen and snoozed, and tells it. Owned by the core thread."""

    def __init__(self, delivery: Delivery, publish: Callable[[Event], None]) -> None:
        self._delivery = delivery
        self._publish = publish

    def mark_seen(self, alert_id: str) -> None:
        """Mark an alert as seen."""
        self._tell(self._delivery.mark_seen(alert_id))

    def mark_new(self, alert_id: str) -> None:
        """Take back that an alert was seen."""
        self._tell(self._delivery.mark_new(alert_id))

    def snooze(
        self, alert_id: str, until: datetime, scope: SnoozeScope = SnoozeScope.CAUSE, name: str = ""
    ) -> None:
        """Silence an alert's group, its rule, or one name until a time."""
        self._tell(self._delivery.snooze(alert_id, until, scope, name))

    def note_shown(self, alert_id: str) -> None:
        """Record that an alert's popup was on screen."""
        self._tell(self._delivery.note_shown(alert_id))

    def pause_popups(self, until: datetime | None) -> None:
        """Switch popups off until a time, or on again; what fires meanwhile is told in one digest."""
        self._delivery.mutes.pause(until)

    def wake(self) -> None:
        """Make alerts new again whose snooze is over."""
        self._tell(self._delivery.wake())

    def _tell(self, updates: Iterable[AlertUpdated]) -> None:
        for update in updates:
            self._publish(update)
