"""What survives a restart: quotes, bars, headlines, stories, rule states and alerts.

One connection, used by one thread. Values are stored as JSON beside the columns that are searched.
"""

import logging
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import StoreError
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Headline, Story
from stackwatch.domain.quote import Quote
from stackwatch.domain.rule import RuleState
from stackwatch.storage.alert_log import AlertLog
from stackwatch.storage.retention import Retention
from stackwatch.storage.store_file import stamp

_log = logging.getLogger(__name__)
_PUT_STATE = "INSERT OR REPLACE INTO rule_state VALUES (?, ?, ?, ?, ?)"
_PUT_ALERT = "INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class SqliteStore(Retention):
    """The store in one SQLite file; implements the engine's Store port.

    Alerts are also kept as text beside it (``<name>.alerts.jsonl``). A damaged file is set aside, and the
    alerts of that text are put into the new one; ``restored`` is how many.
    """

    def __init__(self, path: Path, now: datetime) -> None:
        super().__init__(path, now)
        self._lines: list[str] = []  # of the alerts that the transaction under way changes
        self.alert_log = AlertLog(path.with_suffix(".alerts.jsonl"))
        try:
            self.restored = self._restore_alerts() if self._lost_alerts() else 0
        except StoreError:
            self.close()
            raise

    @property
    def damage(self) -> str | None:
        """What is said of a damaged file that this one replaced, None where it was sound."""
        if self.set_aside is None:
            return None
        return (
            f"The database was damaged and has been set aside as {self.set_aside.name} in the data folder; "
            f"{self.restored} alerts were restored from their text, prices and headlines are fetched again."
        )

    @contextmanager
    def _transaction(self, *, durable: bool = True) -> Iterator[sqlite3.Cursor]:
        joins = self._joint is not None
        with super()._transaction(durable=durable) as cursor:
            try:
                yield cursor
                if not joins:
                    self.alert_log.append(self._lines)
            finally:
                if not joins:
                    self._lines.clear()

    def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote per symbol."""
        rows = [(q.symbol, stamp(q.as_of), self._json(q)) for q in quotes]
        query = (
            "INSERT INTO quote VALUES (?, ?, ?) ON CONFLICT (symbol)"
            " DO UPDATE SET as_of = excluded.as_of, body = excluded.body WHERE excluded.as_of >= as_of"
        )
        with self._transaction(durable=False) as cursor:
            cursor.executemany(query, rows)

    def load_quotes(self) -> tuple[Quote, ...]:
        """Return the last known quotes."""
        return self._load("SELECT body FROM quote ORDER BY symbol", (), Quote)

    def save_headlines(self, headlines: Sequence[Headline]) -> tuple[Headline, ...]:
        """Keep headlines and return those that were not known."""
        rows = [(h.id, stamp(h.published), h.publisher, h.title, h.url, self._json(h)) for h in headlines]
        new = []
        with self._transaction(durable=False) as cursor:
            for headline, row in zip(headlines, rows, strict=True):
                cursor.execute("INSERT OR IGNORE INTO headline VALUES (?, ?, ?, ?, ?, ?)", row)
                if cursor.rowcount:
                    new.append(headline)
        return tuple(new)

    def load_headlines(self, since: datetime, until: datetime) -> tuple[Headline, ...]:
        """Return the headlines published in [since, until], oldest first."""
        query = "SELECT body FROM headline WHERE published >= ? AND published <= ? ORDER BY published"
        return self._load(query, (stamp(since), stamp(until)), Headline)

    def save_stories(self, stories: Sequence[Story]) -> None:
        """Insert or replace stories with what was read out of them."""
        rows = sorted((s.id, stamp(s.lead.published), self._json(s)) for s in stories)  # the file's order
        with self._transaction(durable=False) as cursor:
            cursor.executemany("INSERT OR REPLACE INTO story VALUES (?, ?, ?)", rows)

    def drop_stories(self, story_ids: Collection[str]) -> None:
        """Forget stories; their headlines stay."""
        with self._transaction(durable=False) as cursor:
            cursor.executemany("DELETE FROM story WHERE id = ?", [(each,) for each in story_ids])

    def load_stories(self, since: datetime) -> tuple[Story, ...]:
        """Return stories whose first headline is not older than ``since``, oldest first."""
        query = "SELECT body FROM story WHERE published >= ? ORDER BY published"
        return self._load(query, (stamp(since),), Story)

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
        tables = (
            *("rule_state", "quote", "daily_bar", "headline", "story"),
            *("minute_bar", "history_span", "history_hole", "corporate_action"),
            *("said", "onset", "statement"),
        )
        with self._transaction() as cursor:
            for table in tables:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the tuple above

    def save_alert(self, alert: Alert, states: Sequence[RuleState] = ()) -> None:
        """Insert or replace an alert and the states that belong to it, in one transaction.

        The text has the alert before the transaction ends: what is committed can always be restored.
        """
        row = self._alert_row(alert)
        state_rows = self._state_rows(states)
        with self._transaction() as cursor:
            cursor.execute(_PUT_ALERT, row)
            cursor.executemany(_PUT_STATE, state_rows)
            self._lines.append(str(row[-1]))

    def load_alerts(self, limit: int = 1000) -> tuple[Alert, ...]:
        """Return alerts, newest first."""
        return self._load("SELECT body FROM alert ORDER BY fired_at DESC, id DESC LIMIT ?", (limit,), Alert)

    def _lost_alerts(self) -> bool:
        """Whether the file is new because one was damaged, now or when a start ended before it was filled."""
        if self.set_aside is not None:
            return True
        return not self.load_alerts(1) and any(self.path.parent.glob(f"{self.path.name}.damaged-*"))

    def _restore_alerts(self) -> int:
        """Put the alerts of the text into a new database; a line that cannot be read is left out."""
        decoder = msgspec.json.Decoder(Alert)
        alerts: dict[str, Alert] = {}
        try:
            for line in self.alert_log.lines():
                try:
                    alert = decoder.decode(line)
                except (msgspec.DecodeError, UnicodeError) as fault:
                    _log.warning("%s: a line cannot be read: %s", self.alert_log.path, fault)
                else:
                    alerts[alert.id] = alert
        except OSError as fault:
            raise StoreError(f"{self.alert_log.path}: cannot be read ({fault.strerror})") from fault
        with self._transaction() as cursor:
            cursor.executemany(_PUT_ALERT, [self._alert_row(alert) for alert in alerts.values()])
        return len(alerts)

    def _alert_row(self, alert: Alert) -> tuple[object, ...]:
        return (
            alert.id,
            stamp(alert.fired_at),
            alert.rule_id,
            alert.subject,
            alert.state.value,
            None if alert.shown_at is None else stamp(alert.shown_at),
            alert.suppressed_by,
            self._json(replace(alert, match=_lean(alert.match), opposing=_lean(alert.opposing))),
        )

    def _state_rows(self, states: Sequence[RuleState]) -> list[tuple[object, ...]]:
        return [(s.rule_id, s.rule_version, s.symbol, s.phase.value, self._json(s)) for s in states]


def _lean(match: StoryMatch | None) -> StoryMatch | None:
    """Leave out the copies of a story one by one: the story has them, an alert need not."""
    if match is None or not match.story.told:
        return match
    return replace(match, story=replace(match.story, told=()))
