"""When an entry of a feed was published, also where its date names no zone or is written as in Korea.

The reader of feeds takes a zone that it does not know for UTC, refuses some dates without one, and reads
``2025.07.22`` as a day in November.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_SEOUL = timedelta(hours=9)
_ZONES = {  # ahead of UTC; the reader knows those of America
    "kst": _SEOUL,
    "jst": _SEOUL,
    "hkt": timedelta(hours=8),
    "cest": timedelta(hours=2),
    "cet": timedelta(hours=1),
    "bst": timedelta(hours=1),
}
_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|[A-Za-z]+)\s*$")
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
_YEAR_FIRST = re.compile(
    r"\s*(\d{4})\s?[-./년]\s?(\d\d?)\s?[-./월]\s?(\d\d?)일?(?:\s?\([월화수목금토일]\))?[T\s]\s*"
    r"(오전|오후)?\s*(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*"
)
_NOON = 12


def entry_time(entry: Mapping[str, object]) -> datetime | None:
    """Return an entry's time as aware UTC; None when it has no sound one."""
    for name in ("published", "updated"):
        text = entry.get(name)
        if isinstance(text, str) and (moment := _time(text, entry.get(f"{name}_parsed"), entry)) is not None:
            return moment
    return None


def _time(text: str, parsed: object, entry: Mapping[str, object]) -> datetime | None:
    try:
        moment = _year_first(text)
        if moment is None and isinstance(parsed, tuple):
            moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        if moment is None:
            moment = parsedate_to_datetime(text)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        return moment.replace(tzinfo=UTC) - _unread_zone(text, entry)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):  # of what is no date, any of them
        return None


def _year_first(text: str) -> datetime | None:
    """Read a date of figures without a zone."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is None:
        return None
    year, month, day, half, hour, minute, second = found.groups()
    hours = int(hour) if half is None else int(hour) % _NOON + _NOON * (half == "오후")
    return datetime(int(year), int(month), int(day), hours, int(minute), int(second or 0), tzinfo=UTC)


def _unread_zone(date: str, entry: Mapping[str, object]) -> timedelta:
    """Return how far ahead of UTC a date is that was read as if it were UTC's.

    Korean papers leave their own zone out (``2025-07-22 18:02:00``).
    """
    zone = date.rpartition(" ")[2].lower()
    if zone in _ZONES or _ZONE.search(date):
        return _ZONES.get(zone, timedelta(0))
    return _SEOUL if _HANGUL.search(f"{date}{entry.get('title')}") else timedelta(0)
