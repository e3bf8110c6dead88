"""Open the SQLite file safely: migrate it, refuse what is newer, set aside what is damaged."""

import logging
import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from stackwatch.domain.errors import StoreError

_log = logging.getLogger(__name__)
_CHECK_SECONDS = 0.02
_CHECK_STEPS = 1_000  # of the virtual machine between two looks at the clock
_INCREMENTAL = 2  # SQLite's number for a file that can be shortened step by step
_NAME = re.compile(r"(?P<number>\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    sql: str


def migrations() -> tuple[Migration, ...]:
    """Return the shipped migrations in order."""
    folder = resources.files("stackwatch.storage") / "migrations"
    found = []
    for file in folder.iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match.group("number")), file.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def open_database(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """Open ``path`` at the current schema; also returns where a damaged file was set aside, if it was.

    Raises StoreError when the folder cannot be written, the file is in use or from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"{path.parent}: the data folder cannot be made ({fault.strerror})") from fault
    connection, aside = _open_sound(path, now)
    try:
        _migrate(connection, path)
    except sqlite3.Error as fault:
        connection.close()
        raise StoreError(f"{path}: the store cannot be written ({fault})") from fault
    return connection, aside


def _open_sound(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """Open a file, or a new one in the place of a damaged one; raises StoreError where neither works."""
    try:
        try:
            return _connect(path), None
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            aside = _set_aside(path, now)
        return _connect(path), aside
    except sqlite3.Error as fault:
        raise StoreError(f"{path}: the store cannot be opened ({fault})") from fault


def _connect(path: Path) -> sqlite3.Connection:
    """Connect and check the file; raises sqlite3.DatabaseError when it is not sound."""
    connection = sqlite3.connect(path, timeout=5.0, isolation_level=None)
    try:
        _refuse_newer(connection, path)  # before anything, the journal mode too, is changed in it
        if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
            connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        problems = _problems(connection)
        if problems is not None:
            raise sqlite3.DatabaseError(problems)  # noqa: TRY301 - closed like any other fault
    except (sqlite3.DatabaseError, StoreError):
        connection.close()
        raise
    return connection


def _problems(connection: sqlite3.Connection) -> str | None:
    """Check the file for as long as a start may wait; what is not reached then is told where it is read."""
    deadline = time.monotonic() + _CHECK_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, _CHECK_STEPS)
    try:
        found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return None
    finally:
        connection.set_progress_handler(None, 0)
    return None if found == "ok" else found


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    newest = migrations()[-1].number
    if version > newest:
        raise StoreError(
            f"{path}: written by a newer Stackwatch (schema {version}, this program knows {newest}); "
            "update the program or choose another --data-dir"
        )


def _set_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged database (and its log) so that nothing of it is overwritten."""
    target = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}-{number}")
    try:
        path.rename(target)
        for suffix in ("-wal", "-shm"):
            log = path.with_name(path.name + suffix)
            if log.exists():
                log.rename(target.with_name(target.name + suffix))
    except OSError as fault:
        raise StoreError(
            f"{path}: the store is damaged and cannot be set aside ({fault.strerror})"
        ) from fault
    return target


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, one transaction a step, after a backup of what was there."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    steps = migrations()
    newest = steps[-1].number
    if 0 < version < newest:
        with closing(sqlite3.connect(path.with_name(f"{path.name}.before-{newest:04d}"))) as backup:
            connection.backup(backup)
    for step in steps:
        if step.number > version:
            connection.executescript(f"BEGIN;\n{step.sql}\nPRAGMA user_version = {step.number};\nCOMMIT;")
    if version < newest and connection.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
        _make_shrinkable(connection, path)


def _make_shrinkable(connection: sqlite3.Connection, path: Path) -> None:
    """Rewrite a file of the first schema, which could not give space back; needs its size once more."""
    try:
        connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        connection.execute("VACUUM")
    except sqlite3.OperationalError as fault:
        _log.warning("%s: will not become smaller on the disk: %s", path, fault)
