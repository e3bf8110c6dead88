"""How many alerts nobody has looked at, at the bell and in the tray."""

from stackwatch.domain.alert import AlertState
from stackwatch.domain.events import AlertRaised, AlertsLoaded, AlertUpdated, Event
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.frame.header import Header


class AlertCount:
    """Counts new alerts by their ids."""

    def __init__(self, header: Header, tray: Tray) -> None:
        self._header, self._tray = header, tray
        self._new: set[str] = set()

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case AlertRaised(alert=alert) | AlertUpdated(alert=alert) if alert.state is AlertState.NEW:
                self._new.add(alert.id)
            case AlertRaised(alert=alert) | AlertUpdated(alert=alert):
                self._new.discard(alert.id)
            case AlertsLoaded():
                self._new = {alert.id for alert in event.alerts if alert.state is AlertState.NEW}
            case _:
                return
        self._header.set_new_alerts(len(self._new))
        self._tray.set_new_alerts(len(self._new))
