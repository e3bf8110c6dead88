"""Bars, corporate actions and retention in the store; alerts as text beside it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.store_samples import BAR, HEADLINE, NOW, QUOTE, STORY, alert

from stackwatch.domain.errors import StoreError
from stackwatch.domain.quote import CorporateActions, Dividend, MinuteBar, Split
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.engine.ports import History
from stackwatch.engine.store_ports import HistoryReach
from stackwatch.storage.sqlite import alert_tables, retention
from stackwatch.storage.sqlite.store import SqliteStore
from stackwatch.storage.table_file import read_headlines

DAY = date(2025, 7, 21)
ACTIONS = CorporateActions((Split(DAY, 10.0),), (Dividend(DAY, 0.01),))
MINUTE = MinuteBar(NOW, 167.0, 167.5, 166.5, 167.2, 1000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stackwatch.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path, NOW)) as opened:
        yield opened


def minutes(count: int, start: datetime = NOW) -> list[MinuteBar]:
    return [replace(MINUTE, start=start + timedelta(minutes=n)) for n in range(count)]


def test_that_a_history_is_known_from_the_day_it_was_asked_for(store: SqliteStore) -> None:
    assert store.bars.reach("NVDA") is None
    store.bars.keep_history("NVDA", History((BAR,), ACTIONS), date(2025, 1, 1))
    assert store.bars.reach("NVDA") == HistoryReach(date(2025, 1, 1), DAY, DAY)
    later = replace(BAR, day=date(2025, 7, 22))
    store.bars.keep_history("NVDA", History((later,)), date(2025, 7, 10))
    assert store.bars.reach("NVDA") == HistoryReach(date(2025, 1, 1), DAY, later.day)
    assert store.bars.load_daily("NVDA", date.min) == (BAR, later)
    assert store.bars.daily_days("NVDA") == {DAY, later.day}
    assert store.bars.load_actions() == {"NVDA": ACTIONS}


def test_that_a_replaced_history_leaves_nothing_of_the_one_before(store: SqliteStore) -> None:
    store.bars.keep_history(
        "NVDA", History((BAR, replace(BAR, day=date(2025, 7, 18))), ACTIONS), date(2025, 1, 1)
    )
    store.bars.save_minutes("NVDA", 1, [MINUTE])
    store.bars.note_holes("NVDA", [date(2025, 7, 17)])
    store.bars.keep_history("AMD", History((BAR,)), date(2025, 1, 1))
    store.bars.replace_history("NVDA", History((replace(BAR, close=17.1),)), date(2020, 1, 1))
    assert [bar.close for bar in store.bars.load_daily("NVDA", date.min)] == [17.1]
    assert store.bars.load_minutes("NVDA", 1, NOW) == ()
    assert store.bars.holes("NVDA", 1) == frozenset()
    assert store.bars.load_actions() == {}
    assert store.bars.load_daily("AMD", date.min) == (BAR,)


def test_that_a_history_is_replaced_whole_or_not_at_all(store: SqliteStore) -> None:
    store.bars.keep_history("NVDA", History((BAR,), ACTIONS), date(2025, 1, 1))
    with pytest.raises(StoreError):
        store.bars.replace_history("NVDA", History((replace(BAR, volume=2**63),)), date(2020, 1, 1))
    assert store.bars.load_daily("NVDA", date.min) == (BAR,)
    assert store.bars.load_actions() == {"NVDA": ACTIONS}


def test_that_holes_are_counted(store: SqliteStore) -> None:
    store.bars.note_holes("NVDA", [DAY])
    store.bars.note_holes("NVDA", [DAY, date(2025, 7, 22)])
    assert store.bars.holes("NVDA", 1) == {DAY, date(2025, 7, 22)}
    assert store.bars.holes("NVDA", 2) == {DAY}
    assert store.bars.holes("AMD", 1) == frozenset()


def test_that_minute_bars_of_two_lengths_are_kept_apart(store: SqliteStore) -> None:
    store.bars.save_minutes("NVDA", 1, minutes(3))
    store.bars.save_minutes("NVDA", 15, [replace(MINUTE, close=1.0)])
    store.bars.save_minutes("NVDA", 1, [replace(MINUTE, close=167.4)])
    assert [bar.close for bar in store.bars.load_minutes("NVDA", 1, NOW)] == [167.4, 167.2, 167.2]
    assert store.bars.load_minutes("NVDA", 1, NOW + timedelta(seconds=30))[0].start == NOW + timedelta(
        minutes=1
    )
    assert store.bars.load_minutes("NVDA", 1, NOW)[0].start.tzinfo is UTC
    assert [bar.close for bar in store.bars.load_minutes("NVDA", 15, NOW)] == [1.0]


def test_that_what_is_old_leaves_and_the_rest_stays(store: SqliteStore) -> None:
    old = NOW - timedelta(days=1) - max(retention.HEADLINES_KEPT, retention.STORIES_KEPT)
    store.bars.save_minutes("NVDA", 1, [*minutes(5, NOW - timedelta(days=31)), *minutes(5)])
    store.quotes.save([QUOTE, replace(QUOTE, symbol="GONE")])
    store.news.save_headlines([HEADLINE, replace(HEADLINE, id="old", published=old)])
    store.news.save_stories([STORY, replace(STORY, id="old", lead=replace(HEADLINE, published=old))])
    store.bars.save_daily("GONE", [replace(BAR, day=date(2019, 1, 2))])
    store.alerts.save([replace(alert(), fired_at=old - timedelta(days=900))])
    list(store.tidy(NOW, {"NVDA"}))
    assert len(store.bars.load_minutes("NVDA", 1, NOW - timedelta(days=32))) == 5
    assert store.quotes.load() == (QUOTE,)
    assert store.news.load_stories(old) == (STORY,)
    assert store.news.save_headlines([HEADLINE]) == ()
    assert len(store.bars.load_daily("GONE", date.min)) == 1
    assert len(store.alerts.load()) == 1


def test_that_an_archive_of_headlines_that_was_imported_does_not_grow_too_old(
    store: SqliteStore, tmp_path: Path
) -> None:
    fetched = replace(HEADLINE, published=NOW - retention.HEADLINES_KEPT - timedelta(days=1))
    rows = f"published,publisher,title,link\n{fetched.published.isoformat()},WSJ,Nvidia falls,https://a.b/1\n"
    (table := tmp_path / "own.csv").write_text(rows, encoding="utf-8")
    imported = read_headlines(table, NOW, lambda rows: None).headlines
    store.news.save_headlines([fetched, *imported])
    list(store.tidy(NOW, {"NVDA"}))
    assert store.news.load_headlines(fetched.published - timedelta(days=1), NOW) == tuple(imported)


def test_that_a_clock_years_ahead_of_every_price_costs_no_archive(store: SqliteStore) -> None:
    store.quotes.save([QUOTE])
    store.news.save_headlines([HEADLINE])
    store.news.save_stories([STORY])
    store.bars.save_minutes("NVDA", 1, minutes(5))
    list(store.tidy(NOW + timedelta(days=3650), {"NVDA"}))
    assert store.news.save_headlines([HEADLINE]) == ()
    assert store.news.load_stories(NOW - timedelta(days=30)) == (STORY,)
    assert len(store.bars.load_minutes("NVDA", 1, NOW)) == 5


def test_that_the_file_shrinks_to_its_bound_oldest_bars_first_and_alerts_last(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        store.bars.save_minutes(f"S{n}", 1, minutes(5000, NOW - timedelta(days=n)))
    store.news.save_headlines([HEADLINE])
    store.alerts.save([alert()])
    store.file._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.stat().st_size
    monkeypatch.setattr(retention, "MOST_BYTES", before // 2)
    slices = sum(1 for _ in store.tidy(NOW + timedelta(days=4), set()))
    assert slices > 10  # short ones: the core does other things between them
    store.file._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert path.stat().st_size <= before // 2
    assert store.bars.load_minutes("S5", 1, NOW - timedelta(days=6)) == ()
    assert store.bars.load_minutes("S0", 1, NOW) != ()
    assert store.alerts.load() == (alert(),)
    assert store.news.save_headlines([HEADLINE]) == ()


def test_that_alerts_are_text_too_and_the_newest_line_of_each_counts(store: SqliteStore, path: Path) -> None:
    store.alerts.save([alert("a1", value=-1.0)])
    store.alerts.save([alert("a2")])
    store.alerts.save([alert("a1", value=-9.0)])
    text = path.with_suffix(".alerts.jsonl").read_text("utf-8")
    assert len(text.splitlines()) == 3
    assert "NVDA −2.54\u202f%, within its usual range" in text
    store.close()
    path.write_bytes(b"damaged" * 999)
    with closing(SqliteStore(path, NOW)) as again:
        assert again.restored == 2
        assert {a.id: a.value for a in again.alerts.load()} == {"a1": -9.0, "a2": -2.54}
        assert all(a.shown_at == NOW for a in again.alerts.load())


def test_that_a_line_torn_by_a_kill_costs_no_other(store: SqliteStore, path: Path) -> None:
    text = path.with_suffix(".alerts.jsonl")
    store.alerts.save([alert("a1")])
    with text.open("ab") as file:
        file.write(b'{"id":"torn","rule_')
    store.alerts.save([alert("a2")])
    store.close()
    path.write_bytes(b"damaged" * 999)
    with closing(SqliteStore(path, NOW)) as again:
        assert {a.id for a in again.alerts.load()} == {"a1", "a2"}


def test_that_the_text_is_bounded_and_keeps_the_newest(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_tables, "MOST_BYTES", 20_000)
    for n in range(60):
        store.alerts.save([alert(f"a{n:02}")])
    files = list(path.parent.glob("*.jsonl"))
    assert len(files) == 2
    assert sum(file.stat().st_size for file in files) < 50_000
    assert '"a59"' in path.with_suffix(".alerts.jsonl").read_text("utf-8").splitlines()[-1]


def test_that_an_alert_whose_text_cannot_be_written_is_not_stored(store: SqliteStore, path: Path) -> None:
    path.with_suffix(".alerts.jsonl").mkdir()
    with pytest.raises(StoreError, match=r"cannot be written \(stackwatch.alerts.jsonl: [^':]+\)"):
        store.alerts.save([alert()])
    assert store.alerts.load() == ()


def test_that_alerts_are_restored_although_the_first_start_after_the_damage_was_killed(
    store: SqliteStore, path: Path
) -> None:
    store.alerts.save([alert("a1")])
    store.close()
    path.rename(path.with_name(f"{path.name}.damaged-20250722T140000"))
    with closing(SqliteStore(path, NOW)) as again:
        assert (again.set_aside, again.restored) == (None, 1)
        assert again.alerts.load() == (alert("a1"),)


def test_that_the_first_alert_of_all_is_recorded_once_though_it_was_killed_before_its_transaction_ended(
    store: SqliteStore, path: Path, tmp_path: Path
) -> None:
    store.alerts.save([alert("a1")])
    young = tmp_path / "young" / path.name
    with closing(SqliteStore(young, NOW)) as killed:
        killed.bars.save_daily("NVDA", [BAR])
    shutil.copy(path.with_suffix(".alerts.jsonl"), young.parent)
    with closing(SqliteStore(young, NOW)) as again:
        assert (again.alerts.load(), again.damage) == ((), None)


@pytest.mark.parametrize("gone", [Path.unlink, lambda path: path.write_bytes(b"")])
def test_that_alerts_of_a_database_that_is_gone_or_empty_come_back_from_their_text_and_it_is_told(
    store: SqliteStore, path: Path, gone: Callable[[Path], object]
) -> None:
    store.alerts.save([alert("a1"), alert("a2")])
    store.close()
    gone(path)
    with closing(SqliteStore(path, NOW)) as again:
        assert {each.id for each in again.alerts.load()} == {"a1", "a2"}
        told = again.damage
    assert told is not None
    assert told.startswith("The database was gone or empty; 2 alerts were restored from text")
    assert "알림 2건" in reason_words(told, Language.KOREAN)
    with closing(SqliteStore(path, NOW)) as later:
        assert later.damage is None
