"""Trading days from exchange_calendars, corrected by our own table and cached on disk."""

import contextlib
import json
import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import SessionOverride, TradingSession

_log = logging.getLogger(__name__)

_FORMAT = 2  # since 2 a row may hold a break


@dataclass(frozen=True, slots=True)
class _Table:
    """The trading days of whole years, oldest first, overrides applied."""

    first_year: int
    last_year: int
    sessions: tuple[TradingSession, ...]

    def covers(self, start: date, end: date) -> bool:
        """Whether [start, end] lies in the years of the table."""
        return self.first_year <= start.year and end.year <= self.last_year


class ExchangeCalendars:
    """Trading days by exchange_calendars code; thread safe.

    The years that ship are read from ``shipped``; others are built the first time they are asked for (seconds
    for Seoul) and kept as JSON in ``cache_dir``.
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
        with self._locks.setdefault(calendar, threading.Lock()):
            table = self._tables.get(calendar)
            if table is None or not table.covers(start, end):
                first = min(start.year, table.first_year) if table else start.year
                last = max(end.year, table.last_year) if table else end.year
                table = self._load(calendar, first, last)
                self._tables[calendar] = table
        return tuple(s for s in table.sessions if start <= s.day <= end)

    def _load(self, calendar: str, first: int, last: int) -> _Table:
        """Take the years from what ships or from the disk, or build and keep them."""
        found = None if self._shipped is None else _read(self._shipped / f"{calendar}.json")
        if found is not None and found[1][0].day.year <= first and last <= found[1][-1].day.year:
            first, last = found[1][0].day.year, found[1][-1].day.year
        else:
            build = f"{version('exchange_calendars')}-{_FORMAT}"
            path = self._cache_dir / f"{calendar}-{first}-{last}-{build}.json"
            found = _read(path)
            if found is None:
                found = build_table(calendar, first, last)
                write_table(path, *found)
        zone, sessions = found
        by_day = {s.day: s for s in sessions}
        for override in self._overrides:
            if override.calendar == calendar and first <= override.day.year <= last:
                _apply(override, zone, by_day)
        return _Table(first, last, tuple(by_day[day] for day in sorted(by_day)))


def _apply(override: SessionOverride, zone: str, by_day: dict[date, TradingSession]) -> None:
    """Close a day or change its hours in ``by_day``."""
    known = by_day.pop(override.day, None)
    if override.closed:
        return
    opens = _at(override.day, override.open, zone) or (known and known.open)
    closes = _at(override.day, override.close, zone) or (known and known.close)
    if opens and closes:
        pause = _break_within(known, opens, closes)
        by_day[override.day] = TradingSession(override.day, opens, closes, *pause)


def _break_within(
    known: TradingSession | None, opens: datetime, closes: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return the usual lunch break where it still lies inside a day of other hours."""
    if known is None or known.break_start is None or known.break_end is None:
        return None, None
    inside = opens < known.break_start and known.break_end < closes
    return (known.break_start, known.break_end) if inside else (None, None)


def _at(day: date, hour: time | None, zone: str) -> datetime | None:
    """Return an exchange's local hour as UTC."""
    return None if hour is None else datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)


def build_table(calendar: str, first: int, last: int) -> tuple[str, tuple[TradingSession, ...]]:
    """Compute the trading days of whole years."""
    import exchange_calendars  # noqa: PLC0415 - brings pandas along
    from exchange_calendars.errors import InvalidCalendarName  # noqa: PLC0415
    from pandas import isna  # noqa: PLC0415

    try:
        built = exchange_calendars.get_calendar(calendar, start=date(first, 1, 1), end=date(last, 12, 31))
    except InvalidCalendarName as error:
        raise ProviderError(f"calendars: no exchange is called {calendar}") from error
    except ValueError as error:
        raise ProviderError(f"calendars: {calendar} is not known for {first} to {last}") from error
    rows = zip(built.sessions, built.opens, built.closes, built.break_starts, built.break_ends, strict=True)
    return str(built.tz), tuple(
        TradingSession(
            day.date(),
            opens.to_pydatetime().astimezone(UTC),
            closes.to_pydatetime().astimezone(UTC),
            *(None if isna(time) else time.to_pydatetime().astimezone(UTC) for time in pause),
        )
        for day, opens, closes, *pause in rows
    )


def _read(path: Path) -> tuple[str, tuple[TradingSession, ...]] | None:
    """Read a cached table; None when there is none or it is not sound."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        zone = ZoneInfo(stored["zone"]).key
        sessions = tuple(
            TradingSession(date.fromisoformat(day), *(datetime.fromtimestamp(time, UTC) for time in times))
            for day, *times in stored["sessions"]
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("The calendar cache %s is unreadable and is built again: %s", path.name, error)
        return None
    days = [s.day for s in sessions]
    sound = days and days == sorted(set(days)) and all(_in_order(s) for s in sessions)
    return (zone, sessions) if sound else None


def _in_order(session: TradingSession) -> bool:
    moments = [moment for stretch in session.stretches for moment in stretch]
    return all(one < other for one, other in pairwise(moments))


def write_table(path: Path, zone: str, sessions: tuple[TradingSession, ...]) -> None:
    """Keep a table; a cache that cannot be written only costs time."""
    rows = [
        [s.day.isoformat(), *(int(t.timestamp()) for t in (s.open, s.close, s.break_start, s.break_end) if t)]
        for s in sessions
    ]
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps({"zone": zone, "sessions": rows}), "utf-8")
        draft.replace(path)
    except OSError as error:
        _log.warning("The calendar cache %s was not written: %s", path.name, error)
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
