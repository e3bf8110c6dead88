"""When companies report their results."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_SOON, _LATELY = timedelta(days=14), timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningsReport:
    """A report that is due between two days of its exchange, or ``over``; ``estimated`` by the provider."""

    first: date
    until: date
    over: bool = False
    estimated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """When a company reports, as the provider has it: aware UTC, good for the day at best.

    ``last`` is of the newest report, ``first`` and ``until`` are the days between which the next is due, one
    and the same where its day is known; ``estimated`` where the provider only supposes it.
    """

    last: datetime | None = None
    first: datetime | None = None
    until: datetime | None = None
    estimated: bool = False

    def near(self, now: datetime, zone: str) -> EarningsReport | None:
        """Return the report of the last two days, or the one of the next two weeks; days are the zone's."""
        place = ZoneInfo(zone)
        today = now.astimezone(place).date()
        if self.last is not None and self.last <= now:
            day = self.last.astimezone(place).date()
            if today - day <= _LATELY:
                return EarningsReport(first=day, until=day, over=True)
        if self.first is None or self.until is None:
            return None
        first, until = (each.astimezone(place).date() for each in (self.first, self.until))
        if until < today or first - today > _SOON:
            return None
        return EarningsReport(first=first, until=until, estimated=self.estimated)
