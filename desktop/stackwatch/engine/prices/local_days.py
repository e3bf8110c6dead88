"""Which day it is somewhere: asked for with every price, and the same until midnight there."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class LocalDays:
    """Remembers the newest answer per name that asks, with its begin and end."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[datetime, datetime, date]] = {}

    def of(self, name: str, zone: str, moment: datetime) -> date:
        """Return the date of an aware time in a zone; ``name`` asks for times that mostly fall on one day."""
        known = self._known.get(name)
        if known is None or not known[0] <= moment < known[1]:
            known = self._known[name] = _day(ZoneInfo(zone), moment)
        return known[2]


def _day(zone: ZoneInfo, moment: datetime) -> tuple[datetime, datetime, date]:
    day = moment.astimezone(zone).date()
    ends = (datetime.combine(d, time(), zone).astimezone(UTC) for d in (day, day + timedelta(days=1)))
    return next(ends), next(ends), day
