"""Headlines as they came, what their titles say, and the stories that were made of them."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from stackwatch.domain.news import Headline, Reading, Story
from stackwatch.storage.sqlite.store_file import StoreFile, stamp

_OF_READ = (
    "SELECT {} FROM headline JOIN reading USING (id) WHERE id IN (SELECT value FROM json_each(?)) "
    "ORDER BY headline.published, id"
)
IMPORTED = "import"  # source of the headlines of a user's own table, and how their ids begin
# Tables may be newest first: of rows with one address the first report counts. Live that one came first.
_EARLIER = (
    "UPDATE headline SET published = ?2, publisher = ?3, title = ?4, url = ?5, body = ?6 "
    "WHERE id = ?1 AND (published, title) > (?2, ?4)"
)


class NewsTables:
    """Headlines and stories. They come again from their source: nobody waits for the disk."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._version = file.version()

    def together(self) -> AbstractContextManager[sqlite3.Cursor]:
        """Make one transaction of all that is written meanwhile."""
        return self._file.transaction(durable=False)

    def save_headlines(self, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Keep headlines and return those that were not known."""
        json = self._file.json
        rows = [(h.id, stamp(h.published), h.publisher, h.title, h.url, json(h)) for h in headlines]
        new = []
        with self.together() as cursor:
            for headline, row in zip(headlines, rows, strict=True):
                cursor.execute("INSERT OR IGNORE INTO headline VALUES (?, ?, ?, ?, ?, ?)", row)
                if cursor.rowcount:
                    new.append(headline)
                elif headline.source == IMPORTED:
                    cursor.execute(_EARLIER, row)
        return tuple(new)

    def load_headlines(self, since: datetime, until: datetime) -> tuple[Headline, ...]:
        """Return the headlines published in [since, until], oldest first."""
        query = "SELECT body FROM headline WHERE published >= ? AND published <= ? ORDER BY published"
        return self._file.load(query, (stamp(since), stamp(until)), Headline)

    def keep_readings(
        self, edition: str, headlines: Sequence[Headline], readings: Mapping[str, Reading]
    ) -> None:
        """Keep what titles say, by the ids of their headlines; those without a reading name nobody."""
        rows = []
        for headline in headlines:
            reading = readings.get(headline.id)
            names, body = (
                ("", "") if reading is None else (" ".join(reading.entities), self._file.json(reading))
            )
            rows.append((headline.id, stamp(headline.published), edition, names, body))
        with self.together() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?)", rows)

    def unread(self, edition: str, since: datetime, until: datetime, most: int) -> tuple[Headline, ...]:
        """Return so many headlines of [since, until) at most that ``edition`` did not read."""
        read = "SELECT 1 FROM reading WHERE reading.id = headline.id AND edition = ?"
        of_them = "published >= ? AND published < ?"
        query = f"SELECT body FROM headline WHERE {of_them} AND NOT EXISTS ({read}) LIMIT ?"  # noqa: S608
        return self._file.load(query, (stamp(since), stamp(until), edition, most), Headline)

    def load_readings(
        self, edition: str, since: datetime, until: datetime, about: Collection[str] | None
    ) -> tuple[tuple[Headline, Reading], ...] | None:
        """Return the headlines published in [since, until] that name anybody (of ``about``), oldest first.

        None where the title of any of that time was not read by ``edition``.
        """
        span = (stamp(since), stamp(until))
        all_of_them = "SELECT count(*) FROM headline WHERE published >= ? AND published <= ?"
        read = "SELECT id, entities FROM reading WHERE published >= ? AND published <= ? AND edition = ?"
        rows = self._file.rows(read, (*span, edition))
        if len(rows) != self._file.rows(all_of_them, span)[0][0]:
            return None
        wanted = None if about is None else frozenset(about)
        named = ((key, names.split()) for key, names in rows if names)
        ids = self._file.json([k for k, names in named if wanted is None or not wanted.isdisjoint(names)])
        unreadable = self._file.unreadable
        headlines = self._file.load(_OF_READ.format("headline.body"), (ids,), Headline)
        readings = self._file.load(_OF_READ.format("reading.body"), (ids,), Reading)
        return None if self._file.unreadable > unreadable else tuple(zip(headlines, readings, strict=True))

    def first_headline(self, since: datetime, until: datetime) -> datetime | None:
        """Return when the first headline of [since, until] was published, None without any."""
        query = "SELECT min(published) FROM headline WHERE published >= ? AND published <= ?"
        first = self._file.rows(query, (stamp(since), stamp(until)))[0][0]
        return None if first is None else datetime.fromisoformat(first)

    def save_stories(self, stories: Sequence[Story], dropped: Sequence[str] = ()) -> None:
        """Insert or replace stories, and forget others by their ids; headlines stay."""
        json = self._file.json
        rows = [(s.id, stamp(s.lead.published), json(s)) for s in stories]
        rows.sort()  # the file's order
        with self.together() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO story VALUES (?, ?, ?)", rows)
            cursor.executemany("DELETE FROM story WHERE id = ?", [(each,) for each in dropped])

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote into the store since this was last asked."""
        before, self._version = self._version, self._file.version()
        return self._version != before

    def story_times(self, since: datetime) -> dict[str, datetime]:
        """Return by id when the first headline was published of stories not older than ``since``."""
        rows = self._file.rows("SELECT id, published FROM story WHERE published >= ?", (stamp(since),))
        return {key: datetime.fromisoformat(published) for key, published in rows}

    def find_stories(self, ids: Sequence[str]) -> tuple[Story, ...]:
        """Return the stories with some ids, oldest first; those that are not stored are left out."""
        query = "SELECT body FROM story WHERE id IN (SELECT value FROM json_each(?)) ORDER BY published"
        return self._file.load(query, (self._file.json(list(ids)),), Story)

    def load_stories(self, since: datetime) -> tuple[Story, ...]:
        """Return stories whose first headline is not older than ``since``, oldest first."""
        query = "SELECT body FROM story WHERE published >= ? ORDER BY published"
        return self._file.load(query, (stamp(since),), Story)
