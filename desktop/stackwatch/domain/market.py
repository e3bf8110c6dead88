"""Where a market stands in its trading day, and which day it is where no market is meant."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from stackwatch.domain.quote import Session

NEW_YORK = "America/New_York"


class Region(StrEnum):
    """Where exchanges open one after the other on a date."""

    ASIA = "asia"  # which shuts before New York opens
    EUROPE = "europe"  # which opens before it, and goes on beside it
    AMERICA = "america"


def program_day(moment: datetime) -> date:
    """Return New York's day of an aware time: what is no session's, such as today's links, goes by it."""
    return moment.astimezone(ZoneInfo(NEW_YORK)).date()


def day_begins(day: date) -> datetime:
    """Return when a day of ``program_day`` begins, aware UTC."""
    return datetime.combine(day, time(), ZoneInfo(NEW_YORK)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class TradingSession:
    """One trading day of an exchange, with its lunch break where there is one; times are aware UTC."""

    day: date
    open: datetime
    close: datetime
    break_start: datetime | None = None
    break_end: datetime | None = None

    @property
    def stretches(self) -> tuple[tuple[datetime, datetime], ...]:
        """Return begin and end of each uninterrupted stretch of trading."""
        if self.break_start is None or self.break_end is None:
            return ((self.open, self.close),)
        return ((self.open, self.break_start), (self.break_end, self.close))


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOverride:
    """A day on which an exchange is closed, or keeps other hours (local to the exchange).

    ``closed`` leaves ``open`` and ``close`` unread; an hour that is None stays as the calendar says.
    """

    calendar: str
    day: date
    closed: bool = False
    open: time | None = None
    close: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketClock:
    """The phase of a market now, when it next changes and when it next begins to trade (aware UTC).

    ``label`` is what the header shows, for example NYSE.
    """

    calendar: str
    label: str
    phase: Session
    next_change: datetime | None
    next_opens: bool
    next_opening: datetime | None = None
