"""What happened while nobody was looking: gathered after a start, a sleep and quiet hours, told at once."""

from datetime import datetime, timedelta

from stackwatch.domain.alert import Alert, AlertState, AwayReason
from stackwatch.domain.events import AwayDigest
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.mutes import ALREADY_TRUE, OFF
from stackwatch.engine.alerts.while_away import WhileAway

_SETTLED = timedelta(minutes=1)  # after the first prices since a start or a wake: headlines are in, too
_PATIENCE = timedelta(minutes=10)  # without any
_OLDEST = timedelta(days=7)


class DigestCollector:
    """Gathers for one digest what happened while nobody looked. Owned by the core thread.

    ``delivery`` has every alert kept and says whether popups are off, as in quiet hours; ``while_away`` finds
    what no rule was there to see.
    """

    def __init__(self, delivery: Delivery, while_away: WhileAway) -> None:
        self._delivery, self._while_away = delivery, while_away
        self._pending: tuple[AwayReason, datetime, datetime] | None = None  # why, since, first back
        self._back_at: datetime | None = None
        self._heard_at: datetime | None = None
        self._quiet_since: datetime | None = None
        self._last_tick: datetime | None = None
        self._told: set[str] = set()

    def back(self, reason: AwayReason, now: datetime, since: datetime | None = None) -> None:
        """Note that somebody looks again, after ``since`` or else the last tick.

        One that is not told yet begins where it did, as of a sleep after which the clock is set, or in which
        the machine woke for a moment.
        """
        if self._pending is None:
            self._pending = reason, since or self._last_tick or now, now
            self._while_away.leave()
        self._back_at, self._heard_at = now, None

    def heard(self, now: datetime) -> None:
        """Note that prices came: with the first ones since somebody is back the picture fills."""
        self._heard_at = self._heard_at or now

    def note(self, alert: Alert) -> None:
        """Note an alert that was told: popups may be off for it, and on again before the next tick."""
        if alert.suppressed_by in OFF:
            self._quiet_since = self._quiet_since or alert.fired_at

    def tick(self, now: datetime) -> AwayDigest | None:
        """Return what is to be told now, if anything."""
        self._last_tick = now
        quiet = self._delivery.mutes.off is not None
        if quiet:
            self._quiet_since = self._quiet_since or now
            return None
        if self._pending is not None:
            return self._after_absence(*self._pending, now) if self._is_settled(now) else None
        if self._quiet_since is not None:
            since, self._quiet_since = self._quiet_since, None
            alerts, until = self._missed(now, now, now)
            return AwayDigest(AwayReason.QUIET_HOURS, since, until, alerts) if alerts else None
        return None

    def _is_settled(self, now: datetime) -> bool:
        if self._heard_at is not None:
            return now - self._heard_at >= _SETTLED
        return self._back_at is not None and now - self._back_at >= _PATIENCE

    def _after_absence(
        self, reason: AwayReason, since: datetime, first: datetime, now: datetime
    ) -> AwayDigest | None:
        self._pending, until = None, self._back_at or first
        moves = self._while_away.moves(since, until, now)
        passed = self._while_away.passed(first, now)
        alerts, until = self._missed(first, until, now)
        told = alerts or moves or passed
        return AwayDigest(reason, since, until, alerts, moves, passed) if told else None

    def _missed(self, first: datetime, until: datetime, now: datetime) -> tuple[tuple[Alert, ...], datetime]:
        """Gather what was muted for want of somebody looking, and was never shown nor seen in the list.

        Returned with the end of the time in which nobody did.
        """
        missed = tuple(
            alert
            for alert in self._delivery.alerts
            if alert.id not in self._told
            and alert.shown_at is None
            and alert.state is not AlertState.SEEN
            and alert.fired_at >= now - _OLDEST
            and (
                alert.suppressed_by in OFF
                or (alert.suppressed_by == ALREADY_TRUE and alert.fired_at >= first)
            )
        )
        self._told.update(alert.id for alert in missed)
        if any(alert.suppressed_by in OFF and alert.fired_at > until for alert in missed):
            until = now  # somebody came back while popups were off
        return missed, until
