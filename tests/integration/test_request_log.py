"""Counts of the last hour, who asked to be left alone, and the cache folder of one process."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.server import YahooServer

from stackwatch.providers.web.limits import TokenBucket
from stackwatch.providers.web.request_log import Meter, RequestLog
from stackwatch.providers.yahoo.cache_folder import CacheFolder
from stackwatch.providers.yahoo.session import QUERY, GuardedSession


def test_that_an_hour_slides(tmp_path: Path) -> None:
    now = [1_000_000.0]
    log = RequestLog(tmp_path / "requests.json", clock=lambda: now[0])
    for _ in range(3):
        log.note("quote")
    now[0] += 1800
    log.note("news")
    assert log.last_hour() == {"quote": 3, "news": 1}
    now[0] += 1830
    assert log.last_hour() == {"news": 1}
    now[0] -= 7200  # the clock is set back: what lies ahead of it is forgotten
    assert log.last_hour() == {}


def test_that_another_process_reads_what_was_sent(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "requests.json"
    log = RequestLog(file, clock=lambda: 1_000_000.0)
    log.note("quote")
    log.note("quote")
    log.flush()
    assert RequestLog(file, clock=lambda: 1_000_030.0).last_hour() == {"quote": 2}


def test_that_a_server_that_asked_to_be_left_alone_is_known_after_a_restart(tmp_path: Path) -> None:
    file, now = tmp_path / "cache" / "requests.json", [1_000_000.0]
    log = RequestLog(file, clock=lambda: now[0])
    assert log.wait_of("query1.finance.yahoo.com") is None
    log.leave_alone("query1.finance.yahoo.com", 600.0, 429)
    now[0] += 10
    again = RequestLog(file, clock=lambda: now[0])
    assert again.wait_of("query1.finance.yahoo.com") == (590.0, 429)
    assert again.wait_of("feeds.example.org") is None
    now[0] -= 3 * 3600  # the clock was wrong, and would have nobody ask for three hours
    assert log.wait_of("query1.finance.yahoo.com") is None
    assert again.wait_of("query1.finance.yahoo.com") is None
    assert RequestLog(file, clock=lambda: now[0]).wait_of("query1.finance.yahoo.com") is None
    now[0] += 3 * 3600 + 600
    assert again.wait_of("query1.finance.yahoo.com") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"a": 1}',
        '{"1": {"q": 2}}',
        '{"minutes": {"1": {"q": "x"}}, "waits": {}}',
        '{"minutes": {}, "waits": {"h": 3}}',
        '{"minutes": {}, "waits": {"h": [1, Infinity, 1]}}',
        '{"minutes": {}, "waits": {"h": [1, 429]}}',
        "\x00",
    ],
)
def test_that_a_damaged_file_counts_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "requests.json"
    file.write_text(text)
    log = RequestLog(file)
    log.note("quote")
    assert log.last_hour() == {"quote": 1}


def test_that_a_file_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    log = RequestLog(tmp_path / "cache" / "requests.json")
    log.note("quote")
    assert log.last_hour() == {"quote": 1}


def test_that_the_meter_sets_the_pace_of_the_one_bucket() -> None:
    now = [0.0]
    bucket = TokenBucket(1, 1.0, max_wait=100, clock=lambda: now[0])
    Meter(bucket, RequestLog()).allow(360)
    assert bucket.take() == 0.0
    assert bucket.take() == pytest.approx(10.0)


def test_that_every_process_has_a_cache_folder_of_its_own(tmp_path: Path) -> None:
    one, other = CacheFolder(tmp_path), CacheFolder(tmp_path)
    assert one.make() == one.make() != other.make()
    assert str(os.getpid()) in one.make().name
    one.remove()
    other.remove()
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_in_the_way_is_set_aside(tmp_path: Path) -> None:
    base = tmp_path / "yahoo"
    base.write_text("corrupt")
    folder = CacheFolder(base)
    assert folder.make().parent == base
    (aside,) = tmp_path.glob("yahoo.damaged-*")
    assert aside.read_text() == "corrupt"


@pytest.mark.parametrize("state", ["locked", "corrupt"])
def test_that_a_locked_or_corrupt_cache_of_another_process_costs_nothing(
    tmp_path: Path, state: str, yahoo_server: YahooServer, yahoo_env: dict[str, str]
) -> None:
    assert yahoo_env
    left = tmp_path / "yahoo" / "yfinance"
    left.mkdir(parents=True)
    files = [left / name for name in ("tkr-tz.db", "cookies.db", "isin-tkr.db")]
    held = []
    for file in files:
        if state == "corrupt":
            file.write_bytes(b"no database at all" * 99)
        else:
            held.append(sqlite3.connect(file, isolation_level=None))
            held[-1].execute("create table t(x)")
            held[-1].execute("begin exclusive")
    session = GuardedSession(tmp_path / "yahoo")
    assert session.get_json("quote", f"{QUERY}/v7/finance/quote", {"symbols": "NVDA"})
    session.close()
    for connection in held:
        connection.close()
    assert yahoo_server.counts["quote"] == 1


def test_that_a_process_that_ends_meanwhile_does_not_cost_the_others_their_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tmp_path / "yahoo"
    running = CacheFolder(base).make()
    listed = Path.iterdir

    def with_one_that_goes(folder: Path) -> Iterator[Path]:
        yield folder / "process-1-gone"
        yield from listed(folder)

    monkeypatch.setattr(Path, "iterdir", with_one_that_goes)
    assert CacheFolder(base).make().parent == base
    assert running.exists()
    assert [path.name for path in listed(tmp_path)] == ["yahoo"]
