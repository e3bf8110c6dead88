"""Load the table of trading days that the calendar library does not know."""

from datetime import date, time
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, field

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.market import SessionOverride
from stackwatch.storage.toml.toml_fields import Text
from stackwatch.storage.toml.toml_files import place, read_toml


class _Row(Struct, forbid_unknown_fields=True, frozen=True):
    calendar: Annotated[str, Meta(pattern="^[A-Z]{4}$")]
    day: date = field(name="date")  # Python 3.14 would take a field of this name for the type
    reason: Text
    source: Text
    closed: bool = False
    open: time | None = None
    close: time | None = None


class SessionsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``sessions.toml`` holds."""

    version: int
    session: tuple[_Row, ...] = ()


def load_session_overrides(path: Path) -> tuple[SessionOverride, ...]:
    """Load closed days and changed hours; raises BadInputError for a row that says neither."""
    overrides = []
    for index, row in enumerate(read_toml(path, SessionsFile).session):
        fault = ""
        if row.closed == (row.open is not None or row.close is not None):
            fault = "expected either closed = true or hours"
        elif row.open is not None and row.close is not None and row.open >= row.close:
            fault = "expected open before close"
        if fault:
            where = place(path, "session", index)
            raise BadInputError(f"{where}: session {index + 1} ({row.calendar} {row.day}): {fault}")
        overrides.append(
            SessionOverride(
                calendar=row.calendar,
                day=row.day,
                closed=row.closed,
                open=row.open,
                close=row.close,
            )
        )
    return tuple(overrides)
