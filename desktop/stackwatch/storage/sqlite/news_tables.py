"""Headlines as they were read, and the stories that were made of them."""

import sqlite3
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from stackwatch.domain.news import Headline, Story
from stackwatch.storage.sqlite.store_file import StoreFile, stamp

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
