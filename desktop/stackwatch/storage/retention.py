"""What leaves the store, in slices short enough to stand between two prices."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from stackwatch.storage.store_file import StoreFile, stamp

MINUTES_KEPT = timedelta(days=30)
STORIES_KEPT = timedelta(days=90)
HEADLINES_KEPT = timedelta(days=1100)  # the archive past days are explained from
MOST_BYTES = 400_000_000  # of what is in use; minute bars go first, then headlines, oldest first
_UNHEARD = timedelta(days=7)  # without a price, after which the clock alone is not believed
_ROWS = 1000  # of one slice
_PAGES = 100

_MINUTES = (
    "DELETE FROM minute_bar WHERE (symbol, minutes, start) IN"
    " (SELECT symbol, minutes, start FROM minute_bar WHERE start < ? ORDER BY start LIMIT ?)"
)
_NEWS = "DELETE FROM {0} WHERE id IN (SELECT id FROM {0} WHERE published < ? ORDER BY published LIMIT ?)"
_SAID = (
    "DELETE FROM said WHERE (symbol, day, at) IN"
    " (SELECT symbol, day, at FROM said WHERE at < ? ORDER BY at LIMIT ?)"
)


_ONSET = (
    "DELETE FROM onset WHERE (symbol, day) IN"
    " (SELECT symbol, day FROM onset WHERE at < ? ORDER BY at LIMIT ?)"
)


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
        yield from self._drop_minutes(now - MINUTES_KEPT)
        yield from self._drop_news("headline", now - HEADLINES_KEPT)
        yield from self._drop_news("story", now - STORIES_KEPT)
        for query in (_SAID, _ONSET):
            yield from self._drop(query, stamp(now - STORIES_KEPT))
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
        for slices in (
            self._drop_minutes(now),
            self._drop_news("headline", now),
            self._drop_news("story", now),
        ):
            for _ in slices:
                yield
                if self._used <= MOST_BYTES:
                    return

    def _drop_minutes(self, before: datetime) -> Iterator[None]:
        yield from self._drop(_MINUTES, int(before.timestamp()))

    def _drop_news(self, table: str, before: datetime) -> Iterator[None]:
        yield from self._drop(_NEWS.format(table), stamp(before))

    def _drop(self, query: str, before: object) -> Iterator[None]:
        gone = _ROWS
        while gone == _ROWS:
            with self._file.transaction() as cursor:
                gone = cursor.execute(query, (before, _ROWS)).rowcount
            yield

    @property
    def _used(self) -> int:
        """The bytes in use."""
        return (self._pragma("page_count") - self._pragma("freelist_count")) * self._pragma("page_size")

    def _pragma(self, name: str) -> int:
        return int(self._file.rows(f"PRAGMA {name}", ())[0][0])
