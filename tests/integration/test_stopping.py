"""A command that is stopped, or that nobody reads: its exit code, one line, and nothing half kept."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.wire.faults import Fault
from tests.wire.server import YahooServer, environment

from stackwatch.app import open_store
from stackwatch.domain.quote import DailyBar
from stackwatch.engine.news.newsroom import Newsroom
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.price_tables import BarTables
from stackwatch.system.clock import SystemClock

ROOT = Path(__file__).resolve().parents[2]
HEAD = "Symbol,Date,Close\n"
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends a program none of these signals"
)


@pytest.fixture(autouse=True)
def heard_interrupts() -> Iterator[None]:
    """Let ``Ctrl+C`` reach a command, also where the suite runs in the background and is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    hung_up = signal.signal(signal.SIGHUP, signal.SIG_DFL) if sys.platform != "win32" else None
    yield
    signal.signal(signal.SIGINT, before)
    if sys.platform != "win32":
        signal.signal(signal.SIGHUP, hung_up)


def start(*arguments: str, data: Path, env: Mapping[str, str] | None = None) -> "subprocess.Popen[str]":
    """Begin a command whose input stays open."""
    return subprocess.Popen(
        [sys.executable, "-m", "stackwatch", "--data-dir", str(data), *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(ROOT / "desktop")} | dict(env or {}),
    )  # fmt: skip


@posix_only
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["watch", "--demo", "--speed", "60"], "stopped"),
        (["watch", "--demo", "--speed", "60", "--lang", "ko"], "멈춤"),
        (["link"], "stopped"),
    ],
)
def test_that_a_command_that_is_stopped_says_so_in_one_line(
    tmp_path: Path, arguments: list[str], said: str, name: str, code: int
) -> None:
    with start(*arguments, data=tmp_path) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("Nvidia signs a contract\n")
        program.stdin.flush()
        assert program.stdout.readline()  # it is at work
        program.send_signal(getattr(signal, name))
        _, told = program.communicate(timeout=180)
    assert (program.returncode, told) == (code, f"stackwatch: {said}\n")


@posix_only
def test_that_a_command_that_shall_outlive_its_terminal_does(
    tmp_path: Path,
) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does, and a program inherits
    with start("link", data=tmp_path) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write("Nvidia signs a contract\n")
        program.stdin.flush()
        assert program.stdout.readline()
        program.send_signal(signal.SIGHUP)
        out, told = program.communicate("AMD sues a rival\n", timeout=180)
    assert (program.returncode, told) == (0, "")
    assert "AMD sues a rival" in out


@posix_only
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_that_an_import_that_is_stopped_keeps_whole_symbols_and_says_how_many(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    first = date(2025, 1, 6)
    days = [first + timedelta(days=n) for n in range(50)]
    rows = [f"{symbol},{day},10\n" for symbol in ("AMD", "MU", "NVDA") for day in days]
    (path := tmp_path / "prices.csv").write_text(HEAD + "".join(rows), encoding="utf-8")

    class StoppedAtTheThird(BarTables):
        def save_daily(self, symbol: str, bars: Sequence[DailyBar]) -> None:
            if symbol == "NVDA":
                signal.raise_signal(getattr(signal, name))
            super().save_daily(symbol, bars)

    monkeypatch.setattr("stackwatch.storage.sqlite.store.BarTables", StoppedAtTheThird)
    ended, out, err = run("import", "prices", str(path))
    assert (ended, out) == (code, "")
    assert err == (
        "stackwatch: stopped; 2 of 3 symbols are kept, and importing the file again keeps the rest\n"
    )
    monkeypatch.undo()
    with closing(open_store(user_folders(tmp_path / "data"), SystemClock(), replay=False)) as store:
        kept = {symbol: len(store.bars.load_daily(symbol, first)) for symbol in ("AMD", "MU", "NVDA")}
    assert kept == {"AMD": 50, "MU": 50, "NVDA": 0}
    assert run("import", "prices", str(path))[1].startswith("150 daily prices of 3 symbols are kept.")


@posix_only
def test_that_an_import_that_is_stopped_keeps_the_stories_of_whole_days(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = SystemClock().now()
    titles = ("Nvidia wins a contract", "AMD sues a rival over patents", "Oracle cuts 900 jobs")
    rows = (
        f"{(now - timedelta(days=number)).isoformat()},Reuters,{title},https://example.com/{number}\n"
        for number, title in enumerate(titles, 2)
    )
    head = "published,publisher,title,link\n"
    (path := tmp_path / "headlines.csv").write_text(head + "".join(rows), encoding="utf-8")
    data, taken_up = user_folders(tmp_path / "data"), Newsroom.take_up

    def stopped_at_amd(room: Newsroom, since: datetime, until: datetime, about: Collection[str]) -> object:
        if since <= now - timedelta(days=3) <= until:
            signal.raise_signal(signal.SIGINT)
        return taken_up(room, since, until, about)

    def stories() -> list[str]:
        with closing(open_store(data, SystemClock(), replay=False)) as store:
            return [story.lead.title for story in store.news.load_stories(now - timedelta(days=60))]

    monkeypatch.setattr(Newsroom, "take_up", stopped_at_amd)
    ended, _, err = run("import", "headlines", str(path))
    monkeypatch.undo()
    assert ended == 130
    assert "of 90 days of stories are kept, and importing the file again keeps the rest" in err
    assert stories() == ["Oracle cuts 900 jobs"]
    assert run("import", "headlines", str(path))[0] == 0
    assert stories() == [*reversed(titles)]


@posix_only
def test_that_an_import_goes_on_when_nobody_reads_how_far_it_is(tmp_path: Path) -> None:
    first = date(1990, 1, 1)
    rows = (f"S{n},{first + timedelta(days=day)},10\n" for n in range(6) for day in range(10_000))
    (path := tmp_path / "prices.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    with start("import", "prices", str(path), data=tmp_path / "data") as program:
        assert program.stderr is not None
        assert program.stdout is not None
        program.stderr.close()
        out = program.stdout.read()
    assert program.returncode == 0
    assert out.startswith("60,000 daily prices of 6 symbols are kept.")


@posix_only
@pytest.mark.parametrize(
    ("arguments", "hanging", "name", "code"),
    [
        (["watch", "--once"], "feed", "SIGINT", 130),
        (["quotes"], "quote", "SIGTERM", 143),
        (["doctor"], "feed", "SIGTERM", 143),
    ],
)
def test_that_a_command_that_waits_for_an_answer_ends_within_two_seconds(
    tmp_path: Path, yahoo_server: YahooServer, arguments: list[str], hanging: str, name: str, code: int
) -> None:
    yahoo_server.fail(hanging, Fault(hang=True))
    with start(*arguments, data=tmp_path, env=environment(yahoo_server)) as program:
        assert yahoo_server.wait_for(hanging)
        began = time.monotonic()
        program.send_signal(getattr(signal, name))
        _, told = program.communicate(timeout=180)
        took = time.monotonic() - began
    assert (program.returncode, told) == (code, "stackwatch: stopped\n")
    assert took < 2.0
