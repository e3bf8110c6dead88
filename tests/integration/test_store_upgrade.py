"""Stores of every earlier schema open, move up, and lose nothing."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.store_samples import BAR, HEADLINE, NOW, QUOTE, STATE, STORY, alert

from stackwatch.domain.alert import AlertState
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.rule import Phase
from stackwatch.engine.store_ports import HistoryReach
from stackwatch.storage.sqlite import database
from stackwatch.storage.sqlite.store import SqliteStore

GOLDEN = Path(__file__).parents[1] / "golden"
EARLIER = sorted(GOLDEN.glob("schema_*.sqlite3"))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def test_that_every_earlier_schema_has_a_golden_file() -> None:
    newest = database.migrations()[-1].number
    assert [file.stem for file in EARLIER] == [f"schema_{n:04}" for n in range(1, newest)]


@pytest.mark.parametrize("golden", EARLIER, ids=lambda file: file.stem)
def test_that_a_golden_file_moves_up_and_every_row_reads_back_the_same(golden: Path, tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    shutil.copy(golden, path)
    older = replace(QUOTE, symbol="AMD", price=155.0, extended_price=154.5, extended_as_of=NOW)
    snoozed = replace(
        alert("a2", -3.5),
        shown_at=None,
        suppressed_by="snoozed",
        state=AlertState.SNOOZED,
        snoozed_until=NOW + timedelta(hours=1),
    )
    for _ in range(2):
        with closing(SqliteStore(path, NOW)) as store:
            assert store.quotes.load() == (older, QUOTE)
            first = DailyBar(date(2025, 7, 18), 171.0, 174.25, 169.5, 172.41, 146_456_400)
            assert store.bars.load_daily("NVDA", date.min) == (first, BAR)
            assert store.bars.reach("NVDA") == HistoryReach(first.day, first.day, BAR.day)
            assert store.news.save_headlines([HEADLINE]) == ()
            assert store.news.load_stories(LONG_AGO) == (STORY,)
            assert set(store.alerts.load_states()) == {STATE, replace(STATE, symbol="AMD", phase=Phase.ARMED)}
            assert set(store.alerts.load()) == {alert(), snoozed}
            assert (store.unreadable, store.file.check()) == (0, "ok")
    with closing(sqlite3.connect(next(tmp_path.glob("*.before-*")))) as backup:
        assert backup.execute("SELECT count(*) FROM alert").fetchone() == (2,)


@pytest.mark.parametrize("golden", EARLIER, ids=lambda file: file.stem)
def test_that_a_store_that_moved_up_has_the_schema_of_a_new_one_and_can_shrink(
    golden: Path, tmp_path: Path
) -> None:
    shutil.copy(golden, tmp_path / "old.sqlite3")
    schemas = []
    for name in ("old", "new"):
        with closing(SqliteStore(tmp_path / f"{name}.sqlite3", NOW)) as store:
            query = "SELECT name, sql FROM sqlite_master ORDER BY name"
            schemas.append(store.file._connection.execute(query).fetchall())
            assert store.file._connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
    assert schemas[0] == schemas[1]
