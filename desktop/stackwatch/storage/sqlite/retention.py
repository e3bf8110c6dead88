"""What leaves the store, in slices short enough to stand between two prices."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from stackwatch.storage.sqlite.news_tables import IMPORTED
from stackwatch.storage.sqlite.store_file import StoreFile, stamp

MINUTES_KEPT = timedelta(days=30)
STORIES_KEPT = timedelta(days=90)
HEADLINES_KEPT = timedelta(days=1100)  # the archive past days are explained from
MOST_BYTES = 400_000_000  # of what is in use; minute bars go first, then headlines, oldest first
_UNHEARD = timedelta(days=7)  # without a price, after which the clock alone is not believed
_ROWS = 1000  # of one slice
_PAGES = 100


def _oldest(table: str, key: str, time: str, only: str = "") -> str:
    """Return the statement that deletes the oldest rows of a table before a time, so many at most."""
    rows = f"SELECT {key} FROM {table} WHERE {time} < ? {only} ORDER BY {time} LIMIT ?"  # noqa: S608 - names below
    return f"DELETE FROM {table} WHERE ({key}) IN ({rows})"  # noqa: S608


_MINUTES = _oldest("minute_bar", "symbol, minutes, start", "start")
_HEADLINES = _oldest("headline", "id", "published")
_FETCHED_HEADLINES = _oldest("headline", "id", "published", f"AND id NOT GLOB '{IMPORTED}-*'")
_STORIES = _oldest("story", "id", "published")
_SAID = _oldest("said", "symbol, day, at", "at")
_ONSETS = _oldest("onset", "symbol, day", "at")


class Retention:
    """Keeps the file small. Alerts, rule states and daily bars stay."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file

    def tidy(self, now: datetime, known: Collection[str]) -> Iterator[None]:
        """Drop what is old, quotes of symbols not ``known``, and what is over the bound, a slice a step.

        Nothing is locked between two steps. Old is what the newest price says, too: a machine whose clock is
        years ahead for an hour must not lose its archive. Raises StoreError.
        """
        heard = self._file.rows("SELECT max(as_of) FROM quote", ())[0][0]
        if heard is not None:
            now = min(now, datetime.fromisoformat(heard) + _UNHEARD)
        yield from self._drop(_MINUTES, now - MINUTES_KEPT)
        yield from self._drop(_FETCHED_HEADLINES, now - HEADLINES_KEPT)  # an archive of the user's stays
        for query in (_STORIES, _SAID, _ONSETS):
            yield from self._drop(query, now - STORIES_KEPT)
        with self._file.transaction() as cursor:
            strangers = [row for row in cursor.execute("SELECT symbol FROM quote") if row[0] not in known]
            cursor.executemany("DELETE FROM quote WHERE symbol = ?", strangers)
        yield
        yield from self._fit(now)
        while self._pragma("freelist_count") > 0 and self._pragma("auto_vacuum"):
            self._file.run(f"PRAGMA incremental_vacuum({_PAGES})")
            yield

    def _fit(self, now: datetime) -> Iterator[None]:
        """Drop the oldest of what can be fetched again until the rest fits the bound."""
        if self._used <= MOST_BYTES:
            return
        for query in (_MINUTES, _HEADLINES, _STORIES):
            for _ in self._drop(query, now):
                yield
                if self._used <= MOST_BYTES:
                    return

    def _drop(self, query: str, before: datetime) -> Iterator[None]:
        time = int(before.timestamp()) if query is _MINUTES else stamp(before)
        gone = _ROWS
        while gone == _ROWS:
            with self._file.transaction() as cursor:
                gone = cursor.execute(query, (time, _ROWS)).rowcount
            yield

    @property
    def _used(self) -> int:
        """The bytes in use."""
        return (self._pragma("page_count") - self._pragma("freelist_count")) * self._pragma("page_size")

    def _pragma(self, name: str) -> int:
        return int(self._file.rows(f"PRAGMA {name}", ())[0][0])
