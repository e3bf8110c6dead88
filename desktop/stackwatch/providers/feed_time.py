"""When an entry of a feed was published, also where its date names no zone or is written as in Korea.

The reader of feeds takes a zone that it does not know for UTC and one of hours alone (``+09``) for minutes,
refuses some dates without one, loses the hour of others, leaves ``PM`` out, and reads ``2025.07.22`` as a day
in November.
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
    "sgt": timedelta(hours=8),
    "aest": timedelta(hours=10),
    "aedt": timedelta(hours=11),
    "ist": timedelta(hours=5, minutes=30),
    "eest": timedelta(hours=3),
    "eet": timedelta(hours=2),
    "cest": timedelta(hours=2),
    "cet": timedelta(hours=1),
    "bst": timedelta(hours=1),
    "edt": timedelta(hours=-4),
    "est": timedelta(hours=-5),
    "pdt": timedelta(hours=-7),
    "pst": timedelta(hours=-8),
}
_READ = frozenset({"edt", "est", "pdt", "pst"})
_ZONE = re.compile(r"(?:[+-]\d\d:?\d\d|(?<![A-Za-z])(?![AP]M\s*$)[A-Za-z]+)\s*$", re.IGNORECASE)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])(\d\d?)(?::?(\d\d))?", re.IGNORECASE)
_HOURS_ALONE = re.compile(r"(?<=:\d\d)\s*(?:UTC|GMT)?\s?([+-])(\d\d?)\s*", re.IGNORECASE)
_HALF = re.compile(r":\d\d\s?([AP])M\b", re.IGNORECASE)
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff]")
_DAY = r"\s*(\d{4})\s?[-./년]\s?(\d\d?)\s?[-./월]\s?(\d\d?)일?(?:\s?\([월화수목금토일]\))?[T\s]\s*"
_HOUR = r"(오전|오후)?\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(AM|PM)?\s*"
_BEHIND = r"([A-Za-z]{1,5}|(?:UTC|GMT)?\s?[+-]\d\d?(?::?\d\d)?)?(?:\[[\w/]+\])?\s*"
_YEAR_FIRST = re.compile(_DAY + _HOUR + _BEHIND, re.IGNORECASE)
_FIGURES = re.compile(r"\s*(\d{4})(\d\d)(\d\d)[T\s]?(\d\d)(\d\d)(\d\d)?\s*")
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
        written = _year_first(text)
        if written is not None:
            moment, zone = written
            return moment - (_unnamed(text, entry) if zone is None else zone)
        if (hours := _HOURS_ALONE.search(text)) is not None and hours.end() == len(text):
            return parsedate_to_datetime(f"{text[: hours.start()]} +0000") - _offset(*hours.groups())
        return _read(text, parsed, entry)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):  # of what is no date, any of them
        return None


def _year_first(text: str) -> tuple[datetime, timedelta | None] | None:
    """Read a date of figures as if it were UTC's, and how far ahead its zone is, None where it has none."""
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        year, month, day, before, hour, minute, second, behind, zone = found.groups()
    else:
        found = _FIGURES.fullmatch(text)
        if found is None:
            return None
        year, month, day, hour, minute, second = found.groups()
        before = behind = zone = None
    hours = int(hour)
    if before or behind:
        hours = hours % _NOON + _NOON * (before == "오후" or (behind or "").upper() == "PM")
    moment = datetime(int(year), int(month), int(day), hours, int(minute), int(second or 0), tzinfo=UTC)
    return moment, None if zone is None else _named(zone)


def _read(text: str, parsed: object, entry: Mapping[str, object]) -> datetime:
    """Return a date as the reader of feeds, or else the library, reads it, in its right zone."""
    if isinstance(parsed, tuple):
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    else:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
        moment = moment.replace(tzinfo=UTC)
    half = _HALF.search(text)
    if half is not None:
        moment += timedelta(hours=moment.hour % _NOON - moment.hour + _NOON * (half[1].upper() == "P"))
    zone = text.rpartition(" ")[2].lower()
    if zone in _READ:
        return moment
    if zone in _ZONES or _ZONE.search(text):
        return moment - _ZONES.get(zone, timedelta(0))
    return moment - _unnamed(text, entry)


def _named(zone: str) -> timedelta:
    """Return how far ahead of UTC a zone is; one that nobody knows is taken for UTC."""
    found = _OFFSET.fullmatch(zone)
    return _ZONES.get(zone.lower(), timedelta(0)) if found is None else _offset(*found.groups())


def _offset(sign: str, hours: str, minutes: str | None = None) -> timedelta:
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return -ahead if sign == "-" else ahead


def _unnamed(date: str, entry: Mapping[str, object]) -> timedelta:
    """Return how far ahead of UTC a date without a zone is.

    Korean papers leave their own zone out (``2025-07-22 18:02:00``).
    """
    return _SEOUL if _HANGUL.search(f"{date}{entry.get('title')}") else timedelta(0)
