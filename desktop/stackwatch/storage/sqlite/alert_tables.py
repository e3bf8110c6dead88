"""Alerts and rule states, with the text that a lost database is rebuilt from."""

import contextlib
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.errors import StoreError
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.rule import RuleState
from stackwatch.storage.sqlite.store_file import StoreFile, stamp

_log = logging.getLogger(__name__)

MOST_BYTES = 4_000_000  # of one file of text; the one before it is kept too
_PUT_ALERT = "INSERT OR REPLACE INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
# How Asia's sessions were written before there were Europe's; within a text the quotes would be escaped.
_ASIAN, _IN_ASIA = '"asian":true', '"region":"asia"'
_BODY = f"replace(body, '{_ASIAN}', '{_IN_ASIA}')"


class AlertTables:
    """Alerts, as text beside the database too (``<name>.alerts.jsonl``), and rule states."""

    def __init__(self, file: StoreFile) -> None:
        self._file = file
        self._text = AlertLog(file.path.with_suffix(".alerts.jsonl"))

    def save(self, alerts: Sequence[Alert], states: Sequence[RuleState] = ()) -> None:
        """Insert or replace alerts and rule states in one transaction.

        The text has the alerts before it ends: what is committed can always be restored.
        """
        rows = [self._row(alert) for alert in alerts]
        state_rows = [(*state.key, state.phase.value, self._file.json(state)) for state in states]
        with self._file.transaction() as cursor:
            cursor.executemany(_PUT_ALERT, rows)
            cursor.executemany("INSERT OR REPLACE INTO rule_state VALUES (?, ?, ?, ?, ?)", state_rows)
            self._text.append([str(row[-1]) for row in rows])

    def load(self, limit: int = 5000) -> tuple[Alert, ...]:
        """Return so many alerts, newest first, and behind them older ones by which something is silent."""
        order = "ORDER BY fired_at DESC, id DESC"
        newest = self._file.load(f"SELECT {_BODY} FROM alert {order} LIMIT ?", (limit,), Alert)  # noqa: S608
        if len(newest) < limit:
            return newest
        last = newest[-1]
        older = f"SELECT {_BODY} FROM alert WHERE state = ? AND (fired_at, id) < (?, ?) {order}"  # noqa: S608
        wanted = (AlertState.SNOOZED.value, stamp(last.fired_at), last.id)
        return (*newest, *self._file.load(older, wanted, Alert))

    def load_between(self, since: datetime, until: datetime) -> tuple[Alert, ...]:
        """Return every alert that fired in [since, until] (aware), newest first."""
        query = f"SELECT {_BODY} FROM alert WHERE fired_at BETWEEN ? AND ? ORDER BY fired_at DESC, id DESC"  # noqa: S608
        return self._file.load(query, (stamp(since), stamp(until)), Alert)

    def load_states(self) -> tuple[RuleState, ...]:
        """Return every stored rule state."""
        return self._file.load("SELECT body FROM rule_state", (), RuleState)

    def restore(self) -> int:
        """Put the alerts of the text into a new database; a line that cannot be read is left out."""
        decoder = msgspec.json.Decoder(Alert)
        alerts: dict[str, Alert] = {}
        try:
            for line in self._text.lines():
                try:
                    alert = decoder.decode(line.replace(_ASIAN.encode(), _IN_ASIA.encode()))
                except (msgspec.DecodeError, UnicodeError) as fault:
                    _log.warning("%s: a line cannot be read: %s", self._text.path, fault)
                else:
                    alerts[alert.id] = alert
        except OSError as fault:
            raise StoreError(f"{self._text.path}: cannot be read ({fault.strerror})") from fault
        if not alerts:
            return 0
        with self._file.transaction() as cursor:
            cursor.executemany(_PUT_ALERT, [self._row(alert) for alert in alerts.values()])
        return len(alerts)

    def _row(self, alert: Alert) -> tuple[object, ...]:
        return (
            alert.id,
            stamp(alert.fired_at),
            alert.rule_id,
            alert.subject,
            alert.state.value,
            None if alert.shown_at is None else stamp(alert.shown_at),
            alert.suppressed_by,
            self._file.json(
                replace(
                    alert,
                    match=_lean(alert.match),
                    opposing=_lean(alert.opposing),
                    untied=_lean(alert.untied),
                )
            ),
        )


def _lean(match: StoryMatch | None) -> StoryMatch | None:
    """Leave out the copies of a story one by one: the story has them, an alert need not."""
    if match is None or not match.story.told:
        return match
    return replace(match, story=replace(match.story, told=()))


class AlertLog:
    """A line of JSON for every change of an alert, oldest first; the newest line of an id counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = path.with_suffix(f".1{path.suffix}")

    def append(self, lines: Sequence[str]) -> None:
        """Write lines; raises OSError. The database waits for the disk, this text beside it need not."""
        if not lines:
            return
        if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
            with contextlib.suppress(PermissionError):  # open elsewhere, on Windows: it grows until then
                self.path.replace(self._before)
        with self.path.open("ab+") as file:
            text = "".join(f"{line}\n" for line in lines).encode()
            end = file.seek(0, os.SEEK_END)
            if end:
                file.seek(end - 1)
                if file.read(1) != b"\n":  # the program was killed while it wrote
                    text = b"\n" + text
            file.write(text)

    def lines(self) -> Iterator[bytes]:
        """Return every line kept, oldest first; raises OSError."""
        for path in (self._before, self.path):
            if path.exists():
                with path.open("rb") as file:
                    yield from (line.rstrip(b"\n") for line in file if line.strip())
