"""Trading days from exchange_calendars, corrected by our own table and cached on disk."""

import json
import logging
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import SessionOverride, TradingSession
from stackwatch.providers.web.kept_file import keep_file

_log = logging.getLogger(__name__)

_FORMAT = 2  # since 2 a row may hold a break


_Row = tuple[int, ...]  # open and close, then begin and end of a break where there is one; seconds since 1970
_LATEST = 2**32
_PLAIN = 2  # times in a row without a break


@dataclass(frozen=True, slots=True)
class _Table:
    """The trading days of whole years, overrides applied: ISO ``days``, oldest first, and their rows.

    Only days that are asked for become values: a calendar has a thousand, and few are ever looked at.
    """

    first_year: int
    last_year: int
    days: tuple[str, ...]
    rows: Mapping[str, _Row]

    def covers(self, start: date, end: date) -> bool:
        """Whether [start, end] lies in the years of the table."""
        return self.first_year <= start.year and end.year <= self.last_year

    def between(self, start: date, end: date) -> tuple[TradingSession, ...]:
        """Return the trading days in [start, end], oldest first."""
        days = self.days[bisect_left(self.days, start.isoformat()) : bisect_right(self.days, end.isoformat())]
        return tuple(_session(day, self.rows[day]) for day in days)


def _session(day: str, row: _Row) -> TradingSession:
    return TradingSession(date.fromisoformat(day), *(datetime.fromtimestamp(time, UTC) for time in row))


class ExchangeCalendars:
    """Trading days by exchange_calendars code; thread safe.

    The years that ship are read from ``shipped``; others are built the first time they are asked for (seconds
    for Seoul) and kept as JSON in ``cache_dir``. Who asks for years that are known never waits for a build.
    """

    def __init__(
        self, cache_dir: Path, overrides: Sequence[SessionOverride] = (), *, shipped: Path | None = None
    ) -> None:
        """Keep tables in ``cache_dir``; ``overrides`` win over what the library says."""
        self._cache_dir = cache_dir
        self._shipped = shipped
        self._overrides = tuple(overrides)
        self._tables: dict[str, _Table] = {}
        self._locks: dict[str, threading.Lock] = {}

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        """Return the trading days in [start, end], oldest first; raise ProviderError for an unknown code."""
        table = self._tables.get(calendar)
        if table is None or not table.covers(start, end):
            with self._locks.setdefault(calendar, threading.Lock()):
                table = self._tables.get(calendar)  # another thread may have seen to it meanwhile
                if table is None or not table.covers(start, end):
                    first = min(start.year, table.first_year) if table else start.year
                    last = max(end.year, table.last_year) if table else end.year
                    table = self._tables[calendar] = self._load(calendar, first, last)
        return table.between(start, end)

    def _load(self, calendar: str, first: int, last: int) -> _Table:
        """Take the years that ship, and before and behind them what is on the disk or has to be built."""
        found = None if self._shipped is None else _read(self._shipped / f"{calendar}.json")
        if found is None:
            zone, rows = self._built(calendar, first, last)
        else:
            zone, rows = found
            from_year, to_year = _years(rows)
            if first < from_year:
                rows = self._built(calendar, first, from_year - 1)[1] | rows
            if last > to_year:
                rows |= self._built(calendar, to_year + 1, last)[1]
            first, last = min(first, from_year), max(last, to_year)
        for override in self._overrides:
            if override.calendar == calendar and first <= override.day.year <= last:
                _apply(override, zone, rows)
        return _Table(first, last, tuple(sorted(rows)), rows)

    def _built(self, calendar: str, first: int, last: int) -> tuple[str, dict[str, _Row]]:
        """Take whole years from the disk, or build and keep them."""
        from importlib.metadata import version  # brings the reader of e-mail along

        build = f"{version('exchange_calendars')}-{_FORMAT}"
        path = self._cache_dir / f"{calendar}-{first}-{last}-{build}.json"
        found = _read(path)
        if found is None:
            found = build_table(calendar, first, last)
            write_table(path, *found)
        return found


def _years(rows: Mapping[str, _Row]) -> tuple[int, int]:
    """Return the first and the last year of a table."""
    return int(min(rows)[:4]), int(max(rows)[:4])


def _apply(override: SessionOverride, zone: str, rows: dict[str, _Row]) -> None:
    """Close a day or change its hours in ``rows``."""
    day = override.day.isoformat()
    known = rows.pop(day, None)
    if override.closed:
        return
    opens = _at(override.day, override.open, zone) or (known and known[0])
    closes = _at(override.day, override.close, zone) or (known and known[1])
    if opens and closes:
        pause = () if known is None else known[_PLAIN:]  # the usual lunch break, where it still lies inside
        rows[day] = (opens, closes, *pause) if _in_order((opens, closes, *pause)) else (opens, closes)


def _at(day: date, hour: time | None, zone: str) -> int | None:
    """Return an exchange's local hour in seconds since 1970."""
    return None if hour is None else int(datetime.combine(day, hour, ZoneInfo(zone)).timestamp())


def build_table(calendar: str, first: int, last: int) -> tuple[str, dict[str, _Row]]:
    """Compute the zone and the rows of whole years, by ISO date."""
    import exchange_calendars  # brings pandas along
    from exchange_calendars.errors import InvalidCalendarName
    from pandas import isna

    try:
        built = exchange_calendars.get_calendar(calendar, start=date(first, 1, 1), end=date(last, 12, 31))
    except InvalidCalendarName as error:
        raise ProviderError(f"calendars: no exchange is called {calendar}") from error
    except ValueError as error:
        raise ProviderError(f"calendars: {calendar} is not known for {first} to {last}") from error
    columns = (built.sessions, built.opens, built.closes, built.break_starts, built.break_ends)
    return str(built.tz), {
        day.date().isoformat(): tuple(int(time.timestamp()) for time in times if not isna(time))
        for day, *times in zip(*columns, strict=True)
    }


def _read(path: Path) -> tuple[str, dict[str, _Row]] | None:
    """Read a cached table; None when there is none or it is not sound."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        zone = ZoneInfo(stored["zone"]).key
        rows = {date.fromisoformat(day).isoformat(): tuple(times) for day, *times in stored["sessions"]}
        sound = bool(rows) and list(rows) == sorted(rows) and all(map(_in_order, rows.values()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("The calendar cache %s is unreadable and is built again: %s", path.name, error)
        return None
    return (zone, rows) if sound else None


def _in_order(row: _Row) -> bool:
    """Whether a row has an open and a later close, and its break, where it has one, lies between."""
    if len(row) == _PLAIN:
        return 0 < row[0] < row[1] < _LATEST
    opens, closes, begins, ends = row  # raises ValueError for a row of another length
    return 0 < opens < begins < ends < closes < _LATEST


def write_table(path: Path, zone: str, rows: Mapping[str, _Row]) -> None:
    """Keep a table; a cache that cannot be written only costs time."""
    text = json.dumps({"zone": zone, "sessions": [[day, *row] for day, row in rows.items()]})
    try:
        keep_file(path, text)
    except OSError as error:
        _log.warning("The calendar cache %s was not written: %s", path.name, error)
