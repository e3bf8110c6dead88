"""The database file: transactions, rows and stored values, with every fault told as StoreError."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from stackwatch.domain.errors import StoreError
from stackwatch.storage.database import open_database

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class StoreFile:
    """One SQLite connection, used by one thread.

    Every failure to read or write is raised as StoreError; nothing is half written. What is ``durable``
    outlives a power cut; what a source gives again need not, and nobody waits for the disk. ``unreadable``
    counts the stored values that were left out because they could not be read; their rows stay as they are.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        """Open or make the file; ``set_aside`` is where a damaged one was put, if it was."""
        self.path = path
        self.unreadable = 0
        self._connection, self.set_aside = open_database(path, now)
        self._joint: sqlite3.Cursor | None = None  # of the transaction that others join
        self._durable = True  # as the file is opened

    def check(self) -> str:
        """Return SQLite's own verdict on the file, ``ok`` when it is sound."""
        return str(self._rows("PRAGMA integrity_check(1)", ())[0][0])

    def close(self) -> None:
        """Flush and close."""
        self._connection.close()

    @contextmanager
    def together(self, *, durable: bool = True) -> Iterator[None]:
        """Make one transaction of all that is written meanwhile: everything of it is kept, or nothing."""
        with self._transaction(durable=durable) as cursor:
            self._joint = cursor
            try:
                yield
            finally:
                self._joint = None

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Cursor]:
        if self._joint is not None:
            yield self._joint
            return
        try:
            cursor = self._connection.cursor()
            if durable is not self._durable:
                cursor.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
                self._durable = durable
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.rollback()
        except (sqlite3.Error, OverflowError, UnicodeError, OSError) as fault:
            raise StoreError(f"{self.path}: the store cannot be written ({fault})") from fault

    def _run(self, statement: str) -> None:
        """Run a statement to its end, outside a transaction; ``execute`` would stop at its first step."""
        try:
            self._connection.executescript(statement)
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: the store cannot be written ({fault})") from fault

    def _rows(self, query: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, parameters).fetchall()
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: the store cannot be read ({fault})") from fault

    def _load(self, query: str, parameters: tuple[object, ...], shape: type[_T]) -> tuple[_T, ...]:
        """Return stored values; one that cannot be read is left out, counted and logged."""
        decoder = msgspec.json.Decoder(shape)
        values = []
        for (body,) in self._rows(query, parameters):
            try:
                values.append(decoder.decode(body))
            except (msgspec.DecodeError, UnicodeError) as fault:
                self.unreadable += 1
                _log.error(
                    "%s: a stored %s cannot be read and is left out: %s", self.path, shape.__name__, fault
                )
        return tuple(values)

    def _json(self, value: object) -> str:
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
