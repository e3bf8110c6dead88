"""Alerts that another program records, told by one that watches the same data folder."""

from collections.abc import Callable
from datetime import timedelta

from stackwatch.domain.alert import Alert
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.engine.ports import Clock
from stackwatch.engine.store_ports import AlertStore

_LATE = timedelta(minutes=10)  # within which what fired is stored, and clocks of one machine agree


class OthersAlerts:
    """Tells each alert that was stored since it was made, once and without a popup; on the core thread."""

    def __init__(self, store: AlertStore, clock: Clock, tell: Callable[[Event], None]) -> None:
        """Know what is stored by now."""
        self._store, self._clock, self._tell = store, clock, tell
        self._told = frozenset(alert.id for alert in self._recent())

    def look(self) -> None:
        """Tell what was stored since the last look, oldest first."""
        alerts = self._recent()
        for alert in reversed(alerts):
            if alert.id not in self._told:
                self._tell(AlertRaised(alert, popup=False))
        self._told = frozenset(alert.id for alert in alerts)

    def _recent(self) -> tuple[Alert, ...]:
        now = self._clock.now()
        return self._store.load_between(now - _LATE, now + _LATE)
