"""What survives a restart: quotes, bars, headlines, stories, rule states and alerts.

One connection, used by one thread. Values are stored as JSON beside the columns that are searched.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import StoreError
from stackwatch.domain.news import Headline, Story
from stackwatch.domain.quote import DailyBar, Quote
from stackwatch.domain.rule import RuleState
from stackwatch.storage.database import open_database

_T = TypeVar("_T")
_PUT_STATE = "INSERT OR REPLACE INTO rule_state VALUES (?, ?, ?, ?, ?)"


class SqliteStore:
    """The store in one SQLite file; implements the engine's Store port.

    Every failure to read or write is raised as StoreError; nothing is half written.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        """Open or make the file; ``set_aside`` is where a damaged one was put, if it was."""
        self.path = path
        self._connection, self.set_aside = open_database(path, now)

    def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""
        rows = [(q.symbol, _stamp(q.as_of), self._json(q)) for q in quotes]
        query = (
            "INSERT INTO quote VALUES (?, ?, ?) ON CONFLICT (symbol)"
            " DO UPDATE SET as_of = excluded.as_of, body = excluded.body WHERE excluded.as_of >= as_of"
        )
        with self._transaction() as cursor:
            cursor.executemany(query, rows)

    def load_quotes(self) -> tuple[Quote, ...]:
        """Return the last known quotes."""
        return self._load("SELECT body FROM quote ORDER BY symbol", (), Quote)

    def save_daily(self, symbol: str, bars: Sequence[DailyBar]) -> None:
        """Insert or replace daily bars."""
        rows = [(symbol, b.day.isoformat(), b.open, b.high, b.low, b.close, b.volume) for b in bars]
        with self._transaction() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO daily_bar VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def load_daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Return stored daily bars from ``start`` on, oldest first."""
        query = (
            "SELECT day, open, high, low, close, volume FROM daily_bar"
            " WHERE symbol = ? AND day >= ? ORDER BY day"
        )
        rows = self._rows(query, (symbol, start.isoformat()))
        return tuple(DailyBar(date.fromisoformat(row[0]), *row[1:]) for row in rows)

    def save_headlines(self, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Keep headlines and return those that were not known."""
        rows = [(h.id, _stamp(h.published), h.publisher, h.title, h.url, self._json(h)) for h in headlines]
        new = []
        with self._transaction() as cursor:
            for headline, row in zip(headlines, rows, strict=True):
                cursor.execute("INSERT OR IGNORE INTO headline VALUES (?, ?, ?, ?, ?, ?)", row)
                if cursor.rowcount:
                    new.append(headline)
        return tuple(new)

    def prune_news(self, before: datetime) -> None:
        """Drop headlines and stories first published before a time."""
        with self._transaction() as cursor:
            for table in ("headline", "story"):
                cursor.execute(f"DELETE FROM {table} WHERE published < ?", (_stamp(before),))  # noqa: S608 - ours

    def save_stories(self, stories: Sequence[Story]) -> None:
        """Insert or replace stories with what was read out of them."""
        rows = [(s.id, _stamp(s.lead.published), self._json(s)) for s in stories]
        with self._transaction() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO story VALUES (?, ?, ?)", rows)

    def load_stories(self, since: datetime) -> tuple[Story, ...]:
        """Return stories whose first headline is not older than ``since``, oldest first."""
        query = "SELECT body FROM story WHERE published >= ? ORDER BY published"
        return self._load(query, (_stamp(since),), Story)

    def save_states(self, states: Sequence[RuleState]) -> None:
        """Insert or replace rule states."""
        rows = self._state_rows(states)
        with self._transaction() as cursor:
            cursor.executemany(_PUT_STATE, rows)

    def load_states(self) -> tuple[RuleState, ...]:
        """Return every stored rule state."""
        return self._load("SELECT body FROM rule_state", (), RuleState)

    def begin_replay(self) -> None:
        """Forget what an earlier replay left, except its alerts: a replay begins with no state."""
        with self._transaction() as cursor:
            for table in ("rule_state", "quote", "daily_bar", "headline", "story"):
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above

    def save_alert(self, alert: Alert, states: Sequence[RuleState] = ()) -> None:
        """Insert or replace an alert and the states that belong to it, in one transaction."""
        row = (
            alert.id,
            _stamp(alert.fired_at),
            alert.rule_id,
            alert.subject,
            alert.state.value,
            None if alert.shown_at is None else _stamp(alert.shown_at),
            alert.suppressed_by,
            self._json(alert),
        )
        state_rows = self._state_rows(states)
        with self._transaction() as cursor:
            cursor.execute("INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            cursor.executemany(_PUT_STATE, state_rows)

    def load_alerts(self, limit: int = 1000) -> tuple[Alert, ...]:
        """Return alerts, newest first."""
        return self._load("SELECT body FROM alert ORDER BY fired_at DESC, id DESC LIMIT ?", (limit,), Alert)

    def check(self) -> str:
        """Return SQLite's own verdict on the file, ``ok`` when it is sound."""
        return str(self._rows("PRAGMA integrity_check(1)", ())[0][0])

    def close(self) -> None:
        """Flush and close."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        try:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.rollback()
        except (sqlite3.Error, OverflowError, UnicodeError) as fault:
            raise StoreError(f"{self.path}: the store cannot be written ({fault})") from fault

    def _rows(self, query: str, parameters: tuple[object, ...]) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, parameters).fetchall()
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: the store cannot be read ({fault})") from fault

    def _load(self, query: str, parameters: tuple[object, ...], shape: type[_T]) -> tuple[_T, ...]:
        decoder = msgspec.json.Decoder(shape)
        values = []
        for (body,) in self._rows(query, parameters):
            try:
                values.append(decoder.decode(body))
            except msgspec.DecodeError as fault:
                raise StoreError(
                    f"{self.path}: a stored {shape.__name__} cannot be read ({fault})"
                ) from fault
        return tuple(values)

    def _state_rows(self, states: Sequence[RuleState]) -> list[tuple[object, ...]]:
        return [(s.rule_id, s.rule_version, s.symbol, s.phase.value, self._json(s)) for s in states]

    def _json(self, value: object) -> str:
        """Encode a value and make sure that it can be read back: JSON knows no infinity."""
        try:
            body = msgspec.json.encode(value)
            msgspec.json.decode(body, type=type(value))
        except (msgspec.MsgspecError, UnicodeError) as fault:
            raise StoreError(f"{self.path}: a {type(value).__name__} cannot be stored ({fault})") from fault
        return body.decode()


def _stamp(moment: datetime) -> str:
    """Write a time so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
