"""Last prices, daily and minute bars, corporate actions, and what is known of the gaps between them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from stackwatch.domain.quote import CorporateActions, DailyBar, Dividend, MinuteBar, Quote, Split
from stackwatch.engine.store_ports import HistoryReach
from stackwatch.storage.sqlite.store_file import StoreFile, stamp

if TYPE_CHECKING:  # not before the first paint
    from stackwatch.engine.ports import History


class QuoteTable:
    """Last prices. They come again from their source: nobody waits for the disk."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def save(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""
        rows = [(q.symbol, stamp(q.as_of), self._file.json(q)) for q in quotes]
        query = (
            "INSERT INTO quote VALUES (?, ?, ?) ON CONFLICT (symbol)"
            " DO UPDATE SET as_of = excluded.as_of, body = excluded.body WHERE excluded.as_of >= as_of"
        )
        with self._file.transaction(durable=False) as cursor:
            cursor.executemany(query, rows)

    def load(self) -> tuple[Quote, ...]:
        """Return the last known quotes."""
        return self._file.load("SELECT body FROM quote ORDER BY symbol", (), Quote)


class BarTables:
    """Bars by symbol, splits and dividends, and what was asked for and left out."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._version = file.version()

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote into the store since this was last asked."""
        before, self._version = self._version, self._file.version()
        return self._version != before

    def save_daily(self, symbol: str, bars: Sequence[DailyBar]) -> None:
        """Insert or replace daily bars."""
        with self._file.transaction() as cursor:
            _put_daily(cursor, symbol, bars)

    def load_daily(self, symbol: str, start: date) -> tuple[DailyBar, ...]:
        """Return stored daily bars from ``start`` on, oldest first."""
        query = (
            "SELECT day, open, high, low, close, volume FROM daily_bar"
            " WHERE symbol = ? AND day >= ? ORDER BY day"
        )
        rows = self._file.rows(query, (symbol, start.isoformat()))
        return tuple(DailyBar(date.fromisoformat(row[0]), *row[1:]) for row in rows)

    def keep_history(self, symbol: str, history: History, since: date) -> None:
        """Add what a provider answered when asked from ``since`` on; days it left out stay as they are."""
        with self._file.transaction() as cursor:
            _put_daily(cursor, symbol, history.bars)
            _put_actions(cursor, symbol, history.actions)
            cursor.execute(
                "INSERT INTO history_span VALUES (?, ?) ON CONFLICT (symbol)"
                " DO UPDATE SET since = min(since, excluded.since)",
                (symbol, since.isoformat()),
            )

    def replace_history(self, symbol: str, history: History, since: date) -> None:
        """Keep a whole history in place of the one before, whose prices were adjusted otherwise."""
        with self._file.transaction() as cursor:
            for table in ("daily_bar", "minute_bar", "corporate_action", "history_hole"):
                cursor.execute(f"DELETE FROM {table} WHERE symbol = ?", (symbol,))  # noqa: S608 - ours
            _put_daily(cursor, symbol, history.bars)
            _put_actions(cursor, symbol, history.actions)
            cursor.execute("INSERT OR REPLACE INTO history_span VALUES (?, ?)", (symbol, since.isoformat()))

    def reach(self, symbol: str) -> HistoryReach | None:
        """Return from which to which day the history of a symbol is kept, None without any."""
        query = (
            "SELECT min(day), max(day), (SELECT since FROM history_span WHERE symbol = ?)"
            " FROM daily_bar WHERE symbol = ?"
        )
        first, last, since = self._file.rows(query, (symbol, symbol))[0]
        if first is None:
            return None
        return HistoryReach(*(date.fromisoformat(day) for day in (since or first, first, last)))

    def daily_days(self, symbol: str) -> frozenset[date]:
        """Return the days that have a bar."""
        rows = self._file.rows("SELECT day FROM daily_bar WHERE symbol = ?", (symbol,))
        return frozenset(date.fromisoformat(row[0]) for row in rows)

    def load_actions(self) -> Mapping[str, CorporateActions]:
        """Return the stored splits and dividends per symbol, oldest first."""
        found: dict[str, tuple[list[Split], list[Dividend]]] = defaultdict(lambda: ([], []))
        query = "SELECT symbol, day, kind, amount FROM corporate_action ORDER BY symbol, day"
        for symbol, day, kind, amount in self._file.rows(query, ()):
            splits, dividends = found[symbol]
            if kind == "split":
                splits.append(Split(date.fromisoformat(day), amount))
            else:
                dividends.append(Dividend(date.fromisoformat(day), amount))
        return {s: CorporateActions(tuple(splits), tuple(paid)) for s, (splits, paid) in found.items()}

    def note_holes(self, symbol: str, days: Iterable[date]) -> None:
        """Count one more answer that went past ``days`` without a bar of them."""
        rows = [(symbol, day.isoformat()) for day in days]
        query = "INSERT INTO history_hole VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET tries = tries + 1"
        with self._file.transaction() as cursor:
            cursor.executemany(query, rows)

    def holes(self, symbol: str, tries: int) -> frozenset[date]:
        """Return the days that at least ``tries`` answers left out."""
        query = "SELECT day FROM history_hole WHERE symbol = ? AND tries >= ?"
        return frozenset(date.fromisoformat(row[0]) for row in self._file.rows(query, (symbol, tries)))

    def save_minutes(self, symbol: str, minutes: int, bars: Sequence[MinuteBar]) -> None:
        """Insert or replace bars of so many minutes."""
        rows = [
            (symbol, minutes, int(b.start.timestamp()), b.open, b.high, b.low, b.close, b.volume)
            for b in bars
        ]
        with self._file.transaction() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO minute_bar VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def load_minutes(self, symbol: str, minutes: int, since: datetime) -> tuple[MinuteBar, ...]:
        """Return stored bars of so many minutes that start at ``since`` or later, oldest first."""
        query = (
            "SELECT start, open, high, low, close, volume FROM minute_bar"
            " WHERE symbol = ? AND minutes = ? AND start >= ? ORDER BY start"
        )
        rows = self._file.rows(query, (symbol, minutes, int(since.timestamp())))
        return tuple(MinuteBar(datetime.fromtimestamp(row[0], UTC), *row[1:]) for row in rows)


def _put_daily(cursor: sqlite3.Cursor, symbol: str, bars: Sequence[DailyBar]) -> None:
    rows = [(symbol, b.day.isoformat(), b.open, b.high, b.low, b.close, b.volume) for b in bars]
    cursor.executemany("INSERT OR REPLACE INTO daily_bar VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _put_actions(cursor: sqlite3.Cursor, symbol: str, actions: CorporateActions) -> None:
    rows = [(symbol, s.day.isoformat(), "split", s.factor) for s in actions.splits]
    rows += [(symbol, d.day.isoformat(), "dividend", d.amount) for d in actions.dividends]
    cursor.executemany("INSERT OR REPLACE INTO corporate_action VALUES (?, ?, ?, ?)", rows)
