"""The store keeps what it was given, through faults, kills and upgrades."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.integration.store_samples import BAR, HEADLINE, NOW, QUOTE, STATE, STORY, alert

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.earnings import Earnings
from stackwatch.domain.errors import StoreError
from stackwatch.domain.market import Region
from stackwatch.domain.news import Headline, Life, Story, StoryTurn
from stackwatch.domain.quote import DailyBar, Quote
from stackwatch.domain.rule import RuleState
from stackwatch.storage.sqlite import database
from stackwatch.storage.sqlite.store import SqliteStore

GOLDEN = Path(__file__).parents[1] / "golden"
NEWEST = database.migrations()[-1].number
ROOT = Path(__file__).parents[2]
NOBODY = 65534

TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - with zones
for kind, values in {
    datetime: TIMES,
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(2**53), 2**53),
    str: st.text(max_size=20),
}.items():
    st.register_type_strategy(kind, values)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "stackwatch.sqlite3"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore(path, NOW)) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared() -> Iterator[SqliteStore]:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(SqliteStore(Path(folder) / "s.sqlite3", NOW)) as opened,
    ):
        yield opened


@settings(max_examples=40)
@given(st.builds(Quote))
def test_that_a_quote_comes_back_as_it_was(shared: SqliteStore, quote: Quote) -> None:
    shared.begin_replay()
    shared.quotes.save([quote])
    assert shared.quotes.load() == (quote,)


@settings(max_examples=40)
@given(st.lists(st.builds(DailyBar), max_size=5, unique_by=lambda bar: bar.day))
def test_that_daily_bars_come_back_oldest_first(shared: SqliteStore, bars: list[DailyBar]) -> None:
    shared.begin_replay()
    shared.bars.save_daily("NVDA", bars)
    assert shared.bars.load_daily("NVDA", date.min) == tuple(sorted(bars, key=lambda bar: bar.day))


@settings(max_examples=40)
@given(st.lists(st.builds(Headline), max_size=3, unique_by=lambda h: h.id))
def test_that_headlines_are_new_once(shared: SqliteStore, headlines: list[Headline]) -> None:
    shared.begin_replay()
    assert shared.news.save_headlines(headlines) == tuple(headlines)
    assert shared.news.save_headlines(headlines) == ()


@settings(max_examples=40)
@given(st.builds(Story))
def test_that_a_story_comes_back_as_it_was(shared: SqliteStore, story: Story) -> None:
    shared.begin_replay()
    shared.news.save_stories([story])
    assert shared.news.load_stories(story.lead.published) == (story,)
    assert shared.news.load_stories(story.lead.published + timedelta(microseconds=1)) == ()


@settings(max_examples=40)
@given(st.builds(RuleState))
def test_that_a_rule_state_comes_back_as_it_was(shared: SqliteStore, state: RuleState) -> None:
    shared.begin_replay()
    shared.alerts.save((), [state])
    assert shared.alerts.load_states() == (state,)


@settings(max_examples=40)
@given(st.builds(Alert), st.builds(RuleState))
def test_that_an_alert_and_its_state_come_back_as_they_were(
    shared: SqliteStore, fired: Alert, state: RuleState
) -> None:
    shared.begin_replay()
    shared.alerts.save([fired], [state])
    assert fired in shared.alerts.load()
    assert shared.alerts.load_states() == (state,)


def test_that_an_older_quote_does_not_replace_a_newer_one(store: SqliteStore) -> None:
    store.quotes.save([QUOTE])
    store.quotes.save([replace(QUOTE, price=1.0, as_of=NOW - timedelta(seconds=1))])
    assert store.quotes.load() == (QUOTE,)
    later = NOW + timedelta(seconds=1)
    newer = replace(QUOTE, price=168.0, as_of=later, earnings=Earnings(last=NOW, first=later, until=later))
    store.quotes.save([newer])
    assert store.quotes.load() == (newer,)


def test_that_alerts_come_newest_first_and_are_replaced_by_id(store: SqliteStore) -> None:
    for n in range(5):
        store.alerts.save([alert(f"a{n}", fired_at=NOW + timedelta(minutes=n))])
    store.alerts.save([alert("a0", value=-9.0)])
    assert [a.id for a in store.alerts.load()] == ["a4", "a3", "a2", "a1", "a0"]
    assert store.alerts.load()[-1].value == -9.0
    assert len(store.alerts.load(limit=2)) == 2


def test_that_a_replay_begins_empty_but_keeps_its_alerts(store: SqliteStore) -> None:
    store.quotes.save([QUOTE])
    store.bars.save_daily("NVDA", [BAR])
    store.news.save_headlines([HEADLINE])
    store.news.save_stories([STORY])
    store.alerts.save([alert()], [STATE])
    store.begin_replay()
    assert (store.quotes.load(), store.bars.load_daily("NVDA", date.min), store.alerts.load_states()) == (
        (),
        (),
        (),
    )
    assert store.news.load_stories(datetime.min.replace(tzinfo=UTC)) == ()
    assert store.news.save_headlines([HEADLINE]) == (HEADLINE,)
    assert store.alerts.load() == (alert(),)


@pytest.mark.parametrize(
    "broken",
    [
        replace(QUOTE, price=float("nan")),
        replace(QUOTE, price=float("inf")),
        replace(QUOTE, name="\ud800"),
    ],
)
def test_that_what_cannot_be_read_back_is_refused_and_the_store_goes_on(
    store: SqliteStore, broken: Quote
) -> None:
    with pytest.raises(StoreError, match="Quote"):
        store.quotes.save([QUOTE, broken])
    assert store.quotes.load() == ()
    store.quotes.save([QUOTE])
    assert store.quotes.load() == (QUOTE,)


@pytest.mark.parametrize("volume", [2**63, -(2**70)])
def test_that_a_number_too_large_is_refused_whole(store: SqliteStore, volume: int) -> None:
    with pytest.raises(StoreError):
        store.bars.save_daily("NVDA", [BAR, replace(BAR, day=date(2025, 7, 22), volume=volume)])
    assert store.bars.load_daily("NVDA", date.min) == ()
    store.bars.save_daily("NVDA", [BAR])


def test_that_an_alert_its_text_and_its_states_are_written_together_or_not_at_all(
    store: SqliteStore, path: Path
) -> None:
    with pytest.raises(StoreError):
        store.alerts.save([alert()], [STATE, replace(STATE, symbol="AMD", rule_version=2**63)])
    assert store.alerts.load() == ()
    assert store.alerts.load_states() == ()
    assert not path.with_suffix(".alerts.jsonl").exists()


def _fill(store: SqliteStore) -> int:
    """Write alerts until the disk is full; return how many were kept."""
    for n in range(100):
        try:
            store.alerts.save([alert(f"a{n:03}")], [STATE])
        except StoreError as fault:
            assert "full" in str(fault)  # noqa: PT017 - which write is refused depends on the page size
            return n
    raise AssertionError("the disk never filled")


def test_that_a_full_disk_is_said_and_loses_nothing(store: SqliteStore) -> None:
    pages = store.file._connection.execute("PRAGMA page_count").fetchone()[0]
    store.file._connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    kept = _fill(store)
    assert kept > 0
    assert len(store.alerts.load()) == kept
    assert store.file.check() == "ok"
    store.file._connection.execute("PRAGMA max_page_count = 100000")
    store.alerts.save([alert("after")])
    assert len(store.alerts.load()) == kept + 1


def test_that_a_store_locked_by_another_program_is_said(store: SqliteStore, path: Path) -> None:
    store.file._connection.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            store.quotes.save([QUOTE])
    store.quotes.save([QUOTE])


@pytest.fixture
def sealed() -> Iterator[Path]:
    """A folder that this process may read and not write, with a sound store in it."""
    if sys.platform == "win32":
        pytest.skip("folders have no write bit on Windows")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(SqliteStore(folder / "s.sqlite3", NOW)) as opened:
            opened.alerts.save([alert()])
        (folder / "s.sqlite3").chmod(0o444)
        folder.chmod(0o555)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_that_a_read_only_folder_is_said_and_its_store_left_alone(sealed: Path) -> None:
    before = (sealed / "s.sqlite3").read_bytes()
    for name in ("s.sqlite3", "new.sqlite3"):
        with pytest.raises(StoreError, match="the data folder cannot be written"):
            SqliteStore(sealed / name, NOW)
    with pytest.raises(StoreError, match="cannot be made"):
        SqliteStore(sealed / "sub" / "s.sqlite3", NOW)
    assert (sealed / "s.sqlite3").read_bytes() == before
    assert {p.name for p in sealed.iterdir()} == {"s.sqlite3", "s.alerts.jsonl"}


def test_that_a_path_that_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match="file: a file stands where the data folder should be"):
            SqliteStore(folder / "s.sqlite3", NOW)
    (tmp_path / "folder.sqlite3").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteStore(tmp_path / "folder.sqlite3", NOW)


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES])
def test_that_a_folder_that_takes_no_file_is_named_with_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(**_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(database.tempfile, "TemporaryFile", refuse)
    with pytest.raises(StoreError) as caught:
        SqliteStore(tmp_path / "s.sqlite3", NOW)
    assert str(caught.value) == f"{tmp_path}: the data folder cannot be written ({os.strerror(number)})"


def test_that_a_disk_without_room_keeps_no_store_from_being_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(database.tempfile, "TemporaryFile", full)
    SqliteStore(tmp_path / "s.sqlite3", NOW).close()


def _damage_header(path: Path) -> None:
    path.write_bytes(b"not a database" * 500)


def _damage_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 : len(content) - 4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


@pytest.mark.parametrize("damage", [_damage_header, _damage_middle, _truncate])
def test_that_a_damaged_file_is_set_aside_and_a_new_store_made(path: Path, damage: object) -> None:
    kept: set[Path] = set()
    for _ in range(2):  # twice in the same second
        with closing(SqliteStore(path, NOW)) as first:
            for n in range(30):
                first.alerts.save([alert(f"a{n}")])
        damage(path)  # type: ignore[operator]
        content = path.read_bytes()
        with closing(SqliteStore(path, NOW)) as second:
            assert second.restored == 30
            assert set(second.alerts.load()) == {alert(f"a{n}") for n in range(30)}
            assert second.file.check() == "ok"
            assert second.set_aside is not None
            assert second.set_aside.read_bytes() == content
            kept.add(second.set_aside)
    assert len(kept) == 2
    assert all(p.exists() and "damaged-20250722T140000" in p.name for p in kept)


def test_that_a_full_disk_after_setting_a_damaged_file_aside_is_said_and_loses_no_alert(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(SqliteStore(path, NOW)) as first:
        first.alerts.save([alert()])
    _damage_header(path)
    connect, calls = database._connect, []

    def full(wanted: Path) -> sqlite3.Connection:
        calls.append(wanted)
        if len(calls) == 2:
            raise sqlite3.OperationalError("database or disk is full")
        return connect(wanted)

    monkeypatch.setattr(database, "_connect", full)
    with pytest.raises(StoreError, match="cannot be opened \\(database or disk is full\\)"):
        SqliteStore(path, NOW)
    with closing(SqliteStore(path, NOW)) as again:
        assert again.alerts.load() == (alert(),)


def test_that_a_store_on_a_full_disk_is_said_to_be_on_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_wanted: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")  # as SQLite says it

    monkeypatch.setattr(database, "_connect", refused)
    with pytest.raises(StoreError, match="cannot be opened \\(disk I/O error\\)"):
        SqliteStore(path, NOW)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=4096))
    with pytest.raises(StoreError, match="cannot be opened \\(No space left on device\\)"):
        SqliteStore(path, NOW)


def test_that_programs_that_begin_a_write_ahead_log_at_once_wait_for_each_other(tmp_path: Path) -> None:
    refused: list[Exception] = []

    def begin(path: Path, together: threading.Barrier) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA user_version").fetchone()
            together.wait()
            try:
                database._write_ahead(connection)
            except sqlite3.Error as fault:
                refused.append(fault)

    for number in range(30):  # SQLite refuses one of four in every third round
        path = tmp_path / f"{number}.sqlite3"
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript("CREATE TABLE quote (symbol TEXT)")
        together = threading.Barrier(4)
        programs = [threading.Thread(target=begin, args=(path, together)) for _ in range(4)]
        for program in programs:
            program.start()
        for program in programs:
            program.join()
    assert refused == []


OPENER = """
import sys, time
from pathlib import Path
from stackwatch.storage.sqlite.store import SqliteStore
from tests.integration.store_samples import NOW
print("ready", flush=True)
start = float(sys.stdin.readline())
while time.time() < start:
    pass
SqliteStore(Path(sys.argv[1]), NOW).close()
"""


@pytest.mark.parametrize("older", [False, True])
def test_that_several_programs_may_open_a_new_or_an_older_store_at_once(path: Path, *, older: bool) -> None:
    path.parent.mkdir()
    if older:
        with closing(sqlite3.connect(path)) as raw:
            raw.executescript(f"{database.migrations()[0].sql} PRAGMA user_version = 1;")
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(path)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT / "desktop"), str(ROOT)))},
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    assert [program.stdout and program.stdout.readline() for program in programs] == ["ready\n"] * 4
    start = f"{time.time() + 0.2}\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write(start)
        program.stdin.flush()
    assert [program.communicate(timeout=180)[1] for program in programs] == [""] * 4
    kept = list(path.parent.glob("*.before-*"))
    assert len(kept) == older
    for before in kept:
        with closing(sqlite3.connect(before)) as raw:
            assert raw.execute("PRAGMA user_version").fetchone() == (1,)


def test_that_a_store_made_anew_by_another_program_meanwhile_is_not_set_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database" * 500)
    connect, calls = database._connect, []

    def late(wanted: Path) -> sqlite3.Connection:
        calls.append(wanted)
        if len(calls) == 1:  # it is damaged; the other program sees that, too, and is faster
            wanted.rename(wanted.with_name("aside"))
            with closing(connect(wanted)) as other:
                other.execute("CREATE TABLE theirs (x INTEGER)")
            raise sqlite3.DatabaseError("file is not a database")
        return connect(wanted)

    monkeypatch.setattr(database, "_connect", late)
    with closing(SqliteStore(path, NOW)) as opened:
        assert opened.set_aside is None
        assert opened.file.rows("SELECT count(*) FROM theirs", ()) == [(0,)]


def test_that_an_empty_file_becomes_a_store(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with closing(SqliteStore(path, NOW)) as opened:
        assert opened.set_aside is None
        opened.quotes.save([QUOTE])


def test_that_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    with closing(SqliteStore(path, NOW)) as opened:
        opened.alerts.save([alert()])
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=rf"newer Stackwatch \(schema 99, .* {NEWEST}\)"):
        SqliteStore(path, NOW)
    assert [p.name for p in path.parent.iterdir() if "damaged" in p.name] == []
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM alert").fetchone() == (1,)
        assert raw.execute("PRAGMA user_version").fetchone() == (99,)


def test_that_migrations_run_once_in_order_after_a_backup(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(SqliteStore(path, NOW)) as opened:
        opened.alerts.save([alert()])
    with closing(SqliteStore(path, NOW)) as opened:
        assert opened.alerts.load() == (alert(),)
    assert list(path.parent.glob("*.before-*")) == []
    steps = (
        *database.migrations(),
        database.Migration(NEWEST + 1, "ALTER TABLE quote ADD COLUMN note TEXT;"),
    )
    monkeypatch.setattr(database, "migrations", lambda: steps)
    for _ in range(2):
        with closing(SqliteStore(path, NOW)) as opened:
            assert opened.alerts.load() == (alert(),)
            assert opened.file._connection.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
    with closing(sqlite3.connect(path.with_name(f"{path.name}.before-{NEWEST + 1:04}"))) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (NEWEST,)
        assert backup.execute("SELECT count(*) FROM alert").fetchone() == (1,)


@pytest.mark.parametrize("left", [b"no database " * 999, None])
def test_that_a_copy_that_is_none_keeps_no_older_store_from_moving_up(path: Path, left: bytes | None) -> None:
    path.parent.mkdir()
    shutil.copy(GOLDEN / f"schema_{NEWEST - 1:04}.sqlite3", path)
    copy = path.with_name(f"{path.name}.before-{NEWEST:04}")
    if left is None:
        copy.mkdir()
        with pytest.raises(StoreError, match=rf"cannot be written \({copy.name}: [^':]+\)$"):
            SqliteStore(path, NOW)
        return
    copy.write_bytes(left)
    SqliteStore(path, NOW).close()
    with closing(sqlite3.connect(copy)) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (NEWEST - 1,)


def test_that_a_migration_that_fails_leaves_the_schema_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(SqliteStore(path, NOW)) as opened:
        opened.alerts.save([alert()])
    broken = "CREATE TABLE extra (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"
    steps = (*database.migrations(), database.Migration(NEWEST + 1, broken))
    monkeypatch.setattr(database, "migrations", lambda: steps)
    with pytest.raises(StoreError, match="nowhere"):
        SqliteStore(path, NOW)
    monkeypatch.undo()
    with closing(SqliteStore(path, NOW)) as opened:
        assert opened.alerts.load() == (alert(),)
        names = {row[0] for row in opened.file._connection.execute("SELECT name FROM sqlite_master")}
        assert "extra" not in names


WRITER = """
import sys
from pathlib import Path
from datetime import timedelta
from stackwatch.storage.sqlite.store import SqliteStore
from tests.integration.store_samples import NOW, QUOTE, STATE, alert
store = SqliteStore(Path(sys.argv[1]), NOW)
n = 0
while True:
    key = f"{sys.argv[2]}-{n:06}"
    store.alerts.save([alert(key)], [STATE])
    store.quotes.save([QUOTE])
    print(key, flush=True)
    n += 1
"""


@pytest.mark.parametrize("written", [1, 7, 40])
def test_that_a_killed_writer_loses_nothing_it_had_reported(path: Path, written: int) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "desktop"), str(ROOT)])}
    command = [sys.executable, "-c", WRITER, str(path), str(written)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        reported = [writer.stdout.readline().strip() for _ in range(written)]
        writer.kill()
        reported += writer.stdout.read().split()
    with closing(SqliteStore(path, NOW)) as opened:
        assert opened.set_aside is None
        assert opened.file.check() == "ok"
        stored = {a.id for a in opened.alerts.load(100_000)}
    assert {key for key in reported if len(key) == len(reported[0])} <= stored


def test_that_the_schema_is_the_one_on_record(store: SqliteStore) -> None:
    rows = store.file._connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name"
    ).fetchall()
    dump = "\n\n".join(row[0] + ";" for row in rows) + "\n"
    assert dump == (GOLDEN / f"schema_{NEWEST:04}.sql").read_text("utf-8")


def test_that_an_alert_stored_by_the_first_version_can_be_read(store: SqliteStore) -> None:
    body = (GOLDEN / "alert_0001.json").read_text("utf-8")
    values = ("a1", NOW.isoformat(), "nvidia-falls-with-news", "NVDA", "seen", None, None, body)
    store.file._connection.execute("INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    assert store.alerts.load() == (alert(),)
    store.alerts.save([alert()])
    (stored,) = store.file._connection.execute("SELECT body FROM alert").fetchone()
    assert _holds(json.loads(stored), json.loads(body))


@pytest.mark.parametrize(("written", "region"), [("true", Region.ASIA), ("false", Region.AMERICA)])
def test_that_an_alert_of_asia_is_one_still_if_it_was_stored_before_europe_had_sessions(
    store: SqliteStore, path: Path, written: str, region: Region
) -> None:
    store.alerts.save([replace(alert(), message='so called "asian":true')])
    told, asian = '"region":"america"', f'"asian":{written}'
    store.file._connection.execute("UPDATE alert SET body = replace(body, ?, ?)", (told, asian))
    text = path.with_suffix(".alerts.jsonl")
    text.write_text(text.read_text("utf-8").replace(told, asian), encoding="utf-8")
    kept = replace(alert(), message='so called "asian":true', region=region)
    assert store.alerts.load() == (kept,)
    assert store.alerts.load_between(NOW - timedelta(days=1), NOW + timedelta(days=1)) == (kept,)
    store.close()
    path.write_bytes(b"damaged" * 999)
    with closing(SqliteStore(path, NOW)) as again:
        assert [each.region for each in again.alerts.load()] == [region]


def _holds(more: object, less: object) -> bool:
    """Whether a JSON value has everything another has; fields may have been added."""
    if isinstance(more, dict) and isinstance(less, dict):
        return all(key in more and _holds(more[key], value) for key, value in less.items())
    if isinstance(more, list) and isinstance(less, list):
        return len(more) == len(less) and all(map(_holds, more, less))
    return more == less


def test_that_a_stored_value_that_cannot_be_read_costs_no_other_and_stays(
    store: SqliteStore, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.alerts.save((), [STATE])
    store.file._connection.execute("INSERT INTO rule_state VALUES ('r', 1, 'X', 'armed', '{\"rule_id\": 1}')")
    assert store.alerts.load_states() == (STATE,)
    assert store.unreadable == 1
    assert f"{path.name}: a stored RuleState cannot be read" in caplog.text
    assert store.file._connection.execute("SELECT count(*) FROM rule_state").fetchone() == (2,)


def test_that_a_closed_store_says_so(path: Path) -> None:
    opened = SqliteStore(path, NOW)
    opened.close()
    with pytest.raises(StoreError):
        opened.quotes.load()
    with pytest.raises(StoreError):
        opened.quotes.save([QUOTE])


def test_that_headlines_and_what_was_made_of_them_are_kept_together_or_not_at_all(store: SqliteStore) -> None:
    unstorable = replace(STORY, lead=replace(HEADLINE, title="\ud800"))

    def keep() -> None:
        with store.news.together():
            store.news.save_headlines([HEADLINE])
            store.news.save_stories([unstorable])

    with pytest.raises(StoreError):
        keep()
    assert store.news.save_headlines([HEADLINE]) == (HEADLINE,)


def test_that_only_what_comes_again_from_its_source_may_be_lost_with_the_power(store: SqliteStore) -> None:
    said: list[str] = []
    store.file._connection.set_trace_callback(said.append)

    def waits_for_the_disk(save: Callable[[], object]) -> bool:
        said.clear()
        save()
        assert said[-1] == "COMMIT"
        return int(store.file._connection.execute("PRAGMA synchronous").fetchone()[0]) == 2  # FULL

    assert waits_for_the_disk(lambda: store.alerts.save([alert("a")]))
    assert not waits_for_the_disk(lambda: store.quotes.save([QUOTE]))
    assert not waits_for_the_disk(lambda: store.news.save_headlines([HEADLINE]))
    assert waits_for_the_disk(lambda: store.alerts.save((), [STATE]))
    assert not waits_for_the_disk(lambda: store.news.save_stories([STORY]))
    assert waits_for_the_disk(lambda: store.alerts.save([alert("a")]))


def test_that_an_alert_by_which_something_is_silent_is_loaded_however_many_came_since(
    store: SqliteStore,
) -> None:
    told = [alert(f"a{number}", fired_at=NOW + timedelta(minutes=number)) for number in range(5)]
    silent = replace(told[1], state=AlertState.SNOOZED, snoozed_until=NOW + timedelta(days=90))
    store.alerts.save([told[0], silent, *told[2:]])
    assert [each.id for each in store.alerts.load(2)] == ["a4", "a3", "a1"]
    assert [each.id for each in store.alerts.load(4)] == ["a4", "a3", "a2", "a1"]
    assert [each.id for each in store.alerts.load(9)] == ["a4", "a3", "a2", "a1", "a0"]


def test_that_stories_that_were_taken_further_take_little_more_room_than_their_text(
    store: SqliteStore, path: Path
) -> None:
    turn = StoryTurn(kind=Life.UPDATED, at=NOW, story_id="h0", publisher="WSJ", title="")
    turns = [(replace(turn, title="It goes on " * (6 + number)),) * 3 for number in range(7)]
    told = [replace(STORY, id=f"h{number}", turns=turns[number % 7]) for number in range(1_000)]
    store.news.save_stories(told)
    store.file._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    text = sum(len(body) for (body,) in store.file.rows("SELECT body FROM story", ()))
    assert path.stat().st_size < 1.5 * text
