"""What happened while nobody was looking: gathered after a start, a sleep and quiet hours, told at once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert, AlertState, AwayReason
from stackwatch.domain.events import AwayDigest
from stackwatch.engine.alerts.mutes import ALREADY_TRUE, OFF

_SETTLED = timedelta(minutes=1)  # after a start or a wake, when the first prices and headlines are in
_OLDEST = timedelta(days=7)


class DigestCollector:
    """Gathers for one digest what fired while nobody looked. Owned by the core thread.

    ``is_quiet`` says whether popups are off, as in quiet hours; ``alerts`` gives every alert kept.
    """

    def __init__(self, is_quiet: Callable[[], bool], alerts: Callable[[], Sequence[Alert]]) -> None:
        self._is_quiet = is_quiet
        self._alerts = alerts
        self._pending: tuple[AwayReason, datetime, datetime] | None = None  # why, since, until
        self._back_at: datetime | None = None
        self._quiet_since: datetime | None = None
        self._last_tick: datetime | None = None
        self._told: set[str] = set()

    def back(self, reason: AwayReason, now: datetime, since: datetime | None = None) -> None:
        """Note that somebody looks again, after ``since`` or else the last tick.

        One that is not told yet, as of a sleep after which the clock is set, begins and ends where it did.
        """
        self._pending = self._pending or (reason, since or self._last_tick or now, now)
        self._back_at = now

    def note(self, alert: Alert) -> None:
        """Note an alert that was told: popups may be off for it, and on again before the next tick."""
        if alert.suppressed_by in OFF:
            self._quiet_since = self._quiet_since or alert.fired_at

    def tick(self, now: datetime) -> AwayDigest | None:
        """Return what is to be told now, if anything."""
        self._last_tick = now
        quiet = self._is_quiet()
        if quiet:
            self._quiet_since = self._quiet_since or now
            return None
        if self._pending is not None and self._back_at is not None and now - self._back_at >= _SETTLED:
            (reason, since, until), self._pending = self._pending, None
            return self._digest(reason, since, until, now)
        if self._quiet_since is not None:
            since, self._quiet_since = self._quiet_since, None
            return self._digest(AwayReason.QUIET_HOURS, since, now, now)
        return None

    def _digest(
        self, reason: AwayReason, since: datetime, until: datetime, now: datetime
    ) -> AwayDigest | None:
        """Gather what was muted for want of somebody looking, and was never shown nor seen in the list."""
        missed = tuple(
            alert
            for alert in self._alerts()
            if alert.id not in self._told
            and alert.shown_at is None
            and alert.state is not AlertState.SEEN
            and alert.fired_at >= now - _OLDEST
            and (
                alert.suppressed_by in OFF
                or (alert.suppressed_by == ALREADY_TRUE and alert.fired_at >= until)
            )
        )
        self._told.update(alert.id for alert in missed)
        if any(alert.suppressed_by in OFF and alert.fired_at > until for alert in missed):
            until = now  # somebody came back while popups were off
        return AwayDigest(reason, since, until, missed) if missed else None
