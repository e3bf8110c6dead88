"""The live store opened for reading only, beside the connection that writes."""

import sqlite3
from pathlib import Path

from stackwatch.domain.errors import StoreError
from stackwatch.storage.database import read_only
from stackwatch.storage.store import SqliteStore


class Archive(SqliteStore):
    """A read-only view of a store's file: not migrated, repaired or locked. For one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises StoreError when there is none."""
        self.path = path
        self.unreadable = 0
        self.set_aside = None
        self.restored = 0
        try:
            self._connection = sqlite3.connect(
                read_only(path),
                uri=True,
                timeout=5.0,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as fault:
            raise StoreError(f"{path}: the store cannot be opened ({fault})") from fault
