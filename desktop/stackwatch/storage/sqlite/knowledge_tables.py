"""When moves began, what was said about them, and companies' statements."""

import sqlite3
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import date

from stackwatch.domain.move import ExplanationRecord, Onset
from stackwatch.domain.substance import Statements
from stackwatch.storage.sqlite.store_file import StoreFile, stamp


class KnowledgeTables:
    """What explanations begin with and said, and what companies report."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def together(self) -> AbstractContextManager[sqlite3.Cursor]:
        """Make one transaction of all that is written meanwhile."""
        return self._file.transaction()

    def save_onsets(self, onsets: Sequence[Onset]) -> None:
        """Keep when moves began; what is known of a session's move stays."""
        rows = [(o.symbol, o.session_date.isoformat(), stamp(o.at), self._file.json(o)) for o in onsets]
        with self._file.transaction(durable=False) as cursor:
            cursor.executemany("INSERT OR IGNORE INTO onset VALUES (?, ?, ?, ?)", rows)

    def load_onsets(self, since: date) -> tuple[Onset, ...]:
        """Return when the moves of the sessions from ``since`` on began."""
        return self._file.load("SELECT body FROM onset WHERE day >= ?", (since.isoformat(),), Onset)

    def keep_said(self, symbol: str, day: date, said: Sequence[ExplanationRecord]) -> None:
        """Keep what was said about a session's move in place of what was kept of it before."""
        rows = [(symbol, day.isoformat(), stamp(one.at), self._file.json(one)) for one in said]
        with self._file.transaction() as cursor:
            cursor.execute("DELETE FROM said WHERE symbol = ? AND day = ?", (symbol, day.isoformat()))
            cursor.executemany("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?)", rows)

    def load_said(self, symbol: str, day: date) -> tuple[ExplanationRecord, ...]:
        """Return what was said about a session's move, oldest first."""
        query = "SELECT body FROM said WHERE symbol = ? AND day = ? ORDER BY at"
        return self._file.load(query, (symbol, day.isoformat()), ExplanationRecord)

    def save_statements(self, statements: Statements) -> None:
        """Keep a company's statements in place of those before."""
        row = (statements.symbol, stamp(statements.fetched), self._file.json(statements))
        with self._file.transaction() as cursor:
            cursor.execute("INSERT OR REPLACE INTO statement VALUES (?, ?, ?)", row)

    def load_statements(self, symbols: Collection[str]) -> tuple[Statements, ...]:
        """Return the stored statements of symbols."""
        places = ", ".join("?" * len(symbols))
        query = f"SELECT body FROM statement WHERE symbol IN ({places}) ORDER BY symbol"  # noqa: S608 - places only
        return self._file.load(query, tuple(symbols), Statements)
