"""Open the SQLite file safely: migrate it, refuse what is newer, set aside what is damaged."""

import contextlib
import errno
import logging
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from stackwatch.domain.errors import StoreError
from stackwatch.storage.whole_file import replacing, why

_log = logging.getLogger(__name__)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_CHECK_SECONDS = 0.02
_TRIES = 3
_PATIENCE, _AGAIN = 5.0, 0.02  # seconds for another program to let go, and between two tries
_CHECK_STEPS = 1_000  # of the virtual machine between two looks at the clock
_LEAST_ROOM = 65_536  # bytes, of the files beside the database
_INCREMENTAL = 2  # SQLite's number for a file that can be shortened step by step
_PAGE = 8_192  # bytes: of a row by its key a quarter of a page stays with it, and a story has a kilobyte
_NAME = re.compile(r"(?P<number>\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Return the shipped migrations in order."""
    found = []
    for file in Path(__file__).with_name("migrations").iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match.group("number")), file.read_text(encoding="utf-8")))
    return tuple(sorted(found, key=lambda migration: migration.number))


def read_only(path: Path) -> str:
    """Return the address by which SQLite opens a file for reading only.

    It knows no server in an address, which Python writes for a file in a shared folder of Windows (also one
    with a letter of its own): such a folder is a path that begins with two strokes.
    """
    address = path.resolve().as_uri().removeprefix("file://")
    return f"file://{address if address.startswith('/') else f'//{address}'}?mode=ro"


def make_data_folder(folder: Path) -> None:
    """Make the data folder where there is none; raises StoreError where it cannot be one, or not be written.

    A full disk is no such fault: what waits for room is told while the program runs.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as fault:  # which of them, differs by system
        file = next(
            (path for path in (folder, *folder.parents) if path.exists() or path.is_symlink()), folder
        )
        raise StoreError(f"{file}: a file stands where the data folder should be") from fault
    except OSError as fault:
        raise StoreError(f"{folder}: the data folder cannot be made ({fault.strerror})") from fault
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as fault:
        if fault.errno not in _FULL:
            raise StoreError(f"{folder}: the data folder cannot be written ({fault.strerror})") from fault


def expect_reachable(file: Path) -> None:
    """Raise StoreError where the system lets nobody look for a file; that there is none is no fault."""
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as fault:
        raise StoreError(f"{file.parent}: the data folder cannot be read ({fault.strerror})") from fault


def open_database(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """Open ``path`` at the current schema; also returns where a damaged file was set aside, if it was.

    Raises StoreError when the folder cannot be written, the file is in use or from a newer version.
    """
    make_data_folder(path.parent)
    connection, aside = _open_sound(path, now)
    try:
        _migrate(connection, path)
    except (sqlite3.Error, OSError) as fault:
        connection.close()
        raise StoreError(f"{path}: the store cannot be written ({why(fault)})") from fault
    return connection, aside


def _open_sound(path: Path, now: datetime) -> tuple[sqlite3.Connection, Path | None]:
    """Open a file, or a new one in the place of a damaged one; raises StoreError where neither works.

    Another program may do the same at the same time: what it put there meanwhile is looked at anew.
    """
    aside: Path | None = None
    for tries in range(_TRIES, 0, -1):
        seen = _identity(path)
        try:
            return _connect(path), aside
        except sqlite3.DatabaseError as fault:
            moved = _identity(path) != seen
            if tries == 1 or (isinstance(fault, sqlite3.OperationalError) and not moved):
                raise StoreError(f"{path}: the store cannot be opened ({_reason(path, fault)})") from fault
            if not moved:
                aside = _set_aside(path, now) or aside
    raise AssertionError("the last try returns or raises")


def _reason(path: Path, fault: sqlite3.Error) -> str:
    """Return why a file cannot be opened: of a full disk SQLite may know an error of input or output only."""
    full = shutil.disk_usage(path.parent).free < _LEAST_ROOM
    return os.strerror(errno.ENOSPC) if full else str(fault)


def _identity(path: Path) -> int | None:
    """Return which file stands at a place."""
    try:
        return path.stat().st_ino
    except OSError:
        return None


def _connect(path: Path) -> sqlite3.Connection:
    """Connect and check the file; raises sqlite3.DatabaseError when it is not sound."""
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    with contextlib.ExitStack() as at_fault:
        at_fault.callback(connection.close)
        _refuse_newer(connection, path)  # before anything, the journal mode too, is changed in it
        if connection.execute("PRAGMA page_count").fetchone()[0] == 0:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        problems = _problems(connection)
        if problems is not None:
            raise sqlite3.DatabaseError(problems)
        at_fault.pop_all()
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log; of programs that begin one at once SQLite refuses some without waiting."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_AGAIN)
        else:
            return


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
    version = _version(connection)
    newest = migrations()[-1].number
    if version > newest:
        raise StoreError(
            f"{path}: written by a newer Stackwatch (schema {version}, this program knows {newest}); "
            "update the program or choose another --data-dir"
        )


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Rename a damaged database (and its log) so that nothing of it is overwritten; None if another did."""
    target = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}-{number}")
    try:
        path.rename(target)
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(target.with_name(target.name + suffix))
    except FileNotFoundError:
        return None
    except OSError as fault:
        raise StoreError(
            f"{path}: the store is damaged and cannot be set aside ({fault.strerror})"
        ) from fault
    return target


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date in one transaction, after a copy was made of what was there.

    Another program may do the same at the same time: what it did is not done again.
    """
    steps = migrations()
    newest = steps[-1].number
    if _version(connection) == newest:
        return
    with _alone(connection):
        version = _version(connection)
        if 0 < version < newest:
            with replacing(path.with_name(f"{path.name}.before-{newest:04d}")) as draft:
                _copy(path, draft)
        for step in steps:
            if step.number > version:
                for statement in _statements(step.sql):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {step.number}")
    if connection.execute("PRAGMA auto_vacuum").fetchone()[0] != _INCREMENTAL:
        _make_shrinkable(connection, path)


def _copy(path: Path, target: Path) -> None:
    """Copy a database; a connection that holds the file for itself could not, and would wait for ever."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _alone(connection: sqlite3.Connection) -> Iterator[None]:
    """Let nobody else write meanwhile; a fault takes everything back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        connection.rollback()  # nothing where it was committed


def _statements(sql: str) -> Iterator[str]:
    """Return the statements of a text; a semicolon in a comment ends none."""
    statement = ""
    for piece in sql.split(";")[:-1]:
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _make_shrinkable(connection: sqlite3.Connection, path: Path) -> None:
    """Rewrite a file of the first schema, which could not give space back; needs its size once more."""
    try:
        connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
        connection.execute("VACUUM")
    except sqlite3.OperationalError as fault:
        _log.warning("%s: will not become smaller on the disk: %s", path, fault)
