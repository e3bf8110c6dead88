"""Where a market stands in its trading day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from stackwatch.domain.quote import Session


@dataclass(frozen=True, slots=True)
class TradingSession:
    """One trading day of an exchange; open and close are aware UTC."""

    day: date
    open: datetime
    close: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionOverride:
    """A day on which an exchange is closed, or keeps other hours (local to the exchange).

    ``closed`` leaves ``open`` and ``close`` unread; an hour that is None stays as the calendar says.
    """

    calendar: str
    day: date
    reason: str
    source: str
    closed: bool = False
    open: time | None = None
    close: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketClock:
    """The phase of a market now and when it next changes (aware UTC).

    ``label`` is what the header shows, for example NYSE.
    """

    calendar: str
    label: str
    phase: Session
    next_change: datetime | None
    next_opens: bool
