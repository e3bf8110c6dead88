"""What survives a restart, in one SQLite file: its tables, by what they are about."""

import sqlite3
from datetime import datetime
from functools import cached_property
from pathlib import Path

from stackwatch.domain.errors import StoreError
from stackwatch.engine import store_ports
from stackwatch.storage.sqlite.alert_tables import AlertTables
from stackwatch.storage.sqlite.database import open_database, read_only
from stackwatch.storage.sqlite.news_tables import NewsTables
from stackwatch.storage.sqlite.price_tables import BarTables, QuoteTable
from stackwatch.storage.sqlite.retention import Retention
from stackwatch.storage.sqlite.store_file import StoreFile

# Of a program that ever ran: prices come before alerts, and these are never deleted.
_ANYTHING = " UNION ALL ".join(
    f"SELECT 1 FROM (SELECT 1 FROM {table} LIMIT 1)"  # noqa: S608 - names of its own tables
    for table in ("alert", "rule_state", "quote", "daily_bar")
)


class SqliteStore:
    """Holds the parts of one file; implements the engine's Store port.

    A damaged file is set aside (``set_aside`` is where). Into one that holds nothing the alerts of the text
    beside it are put; ``restored`` is how many. The text has an alert before its transaction ends: after a
    kill in between, the rule fires anew, and would twice if the alert came back without the rule's state.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        connection, self.set_aside = open_database(path, now)
        self.file = StoreFile(path, connection)
        self.tidy = Retention(self.file).tidy
        self.quotes: store_ports.QuoteStore = QuoteTable(self.file)
        self.bars: store_ports.BarStore = BarTables(self.file)
        self.news: store_ports.NewsStore = NewsTables(self.file)
        alerts = AlertTables(self.file)
        self.alerts: store_ports.AlertStore = alerts
        try:
            self.restored = 0 if self.file.rows(_ANYTHING, ()) else alerts.restore()
        except StoreError:
            self.close()
            raise

    @cached_property
    def knowledge(self) -> store_ports.KnowledgeStore:
        """What was said, found out and fetched about companies."""
        from stackwatch.storage.sqlite.knowledge_tables import KnowledgeTables  # after the first paint

        return KnowledgeTables(self.file)

    @property
    def unreadable(self) -> int:
        """How many stored values were left out because they could not be read."""
        return self.file.unreadable

    @property
    def damage(self) -> str | None:
        """What is said of a file that was damaged, or gone without its alerts; None of any other."""
        if self.set_aside is not None:
            found = f"damaged and has been set aside as {self.set_aside.name} in the data folder"
        elif self.restored:
            found = "gone or empty"
        else:
            return None
        alerts = "1 alert was" if self.restored == 1 else f"{self.restored} alerts were"
        return (
            f"The database was {found}; {alerts} restored from text, prices and headlines are fetched again."
        )

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def probe(self) -> None:
        """Write what changes nothing; raises StoreError while the file or the disk refuses."""
        with self.file.transaction() as cursor:
            version = int(cursor.execute("PRAGMA user_version").fetchone()[0])
            cursor.execute(f"PRAGMA user_version = {version}")

    def begin_replay(self) -> None:
        """Forget what an earlier replay left, except its alerts: a replay begins with no state."""
        tables = (
            *("rule_state", "quote", "daily_bar", "headline", "story"),
            *("minute_bar", "history_span", "history_hole", "corporate_action"),
            *("said", "onset", "statement"),
        )
        with self.file.transaction() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above


class SqliteArchive:
    """The store of the live program for reading only: not migrated, repaired or locked.

    Implements the engine's Archive port, for one thread at a time; raises StoreError when there is no file.
    """

    def __init__(self, path: Path) -> None:
        try:
            address = read_only(path)
            connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as fault:
            raise StoreError(f"{path}: the store cannot be opened ({fault})") from fault
        file = StoreFile(path, connection)
        self.close = file.close
        self.bars: store_ports.BarStore = BarTables(file)
        self.news: store_ports.NewsStore = NewsTables(file)
