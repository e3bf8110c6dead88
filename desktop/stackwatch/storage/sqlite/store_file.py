"""One opened database: transactions, rows and stored values, with every fault told as StoreError."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from errno import ENOENT
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from stackwatch.domain.errors import StoreError
from stackwatch.storage.whole_file import why

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
GONE = "the file is gone; put it back, or start the program again"


class StoreFile:
    """A connection to a file, used by one thread.

    Every failure to read or write is raised as StoreError; nothing is half written. What is ``durable``
    outlives a power cut; what a source gives again need not, and nobody waits for the disk. ``unreadable``
    counts the stored values that were left out because they could not be read; their rows stay as they are.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.unreadable = 0
        self._connection = connection
        self._durable = True  # as the file is opened

    def check(self) -> str:
        """Return SQLite's own verdict on the file, ``ok`` when it is sound."""
        return str(self.rows("PRAGMA integrity_check(1)", ())[0][0])

    def close(self) -> None:
        """Flush and close."""
        self._connection.close()

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Cursor]:
        """Keep all that is written meanwhile, or nothing; within another one it is part of that."""
        try:
            cursor = self._connection.cursor()
            if self._connection.in_transaction:
                yield cursor
                return
            if not self.path.exists():  # the system goes on taking what is written into a file that is gone
                raise FileNotFoundError(ENOENT, GONE)
            if durable is not self._durable:
                cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            finally:
                self._connection.rollback()  # nothing where it was committed
        except (sqlite3.Error, OverflowError, UnicodeError, OSError) as fault:
            raise StoreError(f"{self.path}: the store cannot be written ({why(fault)})") from fault

    def run(self, statement: str) -> None:
        """Run a statement to its end, outside a transaction; ``execute`` would stop at its first step."""
        try:
            self._connection.executescript(statement)
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: the store cannot be written ({fault})") from fault

    def version(self) -> int:
        """Return a number that changes whenever another connection has written."""
        return int(self.rows("PRAGMA data_version", ())[0][0])

    def rows(self, query: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        try:
            return self._connection.execute(query, parameters).fetchall()
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: the store cannot be read ({fault})") from fault

    def load(self, query: str, parameters: tuple[object, ...], shape: type[_T]) -> tuple[_T, ...]:
        """Return stored values; one that cannot be read is left out, counted and logged."""
        decoder = msgspec.json.Decoder(shape)
        values = []
        for (body,) in self.rows(query, parameters):
            try:
                values.append(decoder.decode(body))
            except (msgspec.DecodeError, UnicodeError) as fault:
                self.unreadable += 1
                _log.error(
                    "%s: a stored %s cannot be read and is left out: %s", self.path, shape.__name__, fault
                )
        return tuple(values)

    def json(self, value: object) -> str:
        """Encode a value and make sure that it can be read back: JSON knows no infinity."""
        try:
            body = msgspec.json.encode(value)
            msgspec.json.decode(body, type=type(value))
        except (msgspec.MsgspecError, UnicodeError) as fault:
            raise StoreError(f"{self.path}: a {type(value).__name__} cannot be stored ({fault})") from fault
        return body.decode()


def stamp(moment: datetime) -> str:
    """Write a time so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
