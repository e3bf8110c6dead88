"""Load the table of trading days that the calendar library does not know."""

from datetime import date, time
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.market import SessionOverride
from stackwatch.storage.toml_fields import Text
from stackwatch.storage.toml_files import read_toml


class _Row(Struct, forbid_unknown_fields=True, frozen=True):
    calendar: Annotated[str, Meta(pattern="^[A-Z]{4}$")]
    date: date
    reason: Text
    source: Text
    closed: bool = False
    open: time | None = None
    close: time | None = None


class _SessionsFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    session: tuple[_Row, ...] = ()


def load_session_overrides(path: Path) -> tuple[SessionOverride, ...]:
    """Load closed days and changed hours; raises BadInputError for a row that says neither."""
    overrides = []
    for number, row in enumerate(read_toml(path, _SessionsFile).session, 1):
        place = f"{path}: session {number} ({row.calendar} {row.date})"
        if row.closed == (row.open is not None or row.close is not None):
            raise BadInputError(f"{place}: expected either closed = true or hours")
        if row.open is not None and row.close is not None and row.open >= row.close:
            raise BadInputError(f"{place}: expected open before close")
        overrides.append(
            SessionOverride(
                calendar=row.calendar,
                day=row.date,
                reason=row.reason,
                source=row.source,
                closed=row.closed,
                open=row.open,
                close=row.close,
            )
        )
    return tuple(overrides)
