"""The machine around the program: scheduler, log file, display."""

import contextlib
import logging
import socket
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from stackwatch.commands.korean_lines import in_language
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language
from stackwatch.system.display import require_display
from stackwatch.system.logs import set_up_logging
from stackwatch.system.scheduler import BackgroundJobs


def test_that_jobs_stopped_while_they_start_end_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended, faults = threading.Event(), threading.Event(), list[Exception]()

    class Slow(threading.Thread):
        def start(self) -> None:
            begun.set()
            ended.wait(0.1)  # who does not wait for the start has ended by then
            super().start()

    monkeypatch.setattr("apscheduler.schedulers.background.Thread", Slow)
    jobs, before = BackgroundJobs(), set(threading.enumerate())

    def stop() -> None:
        try:
            jobs.stop()
        except RuntimeError as fault:
            faults.append(fault)
        ended.set()

    starter, stopper = threading.Thread(target=jobs.start), threading.Thread(target=stop)
    starter.start()
    assert begun.wait(5.0)
    stopper.start()
    for thread in (starter, stopper):
        thread.join(5.0)
        assert not thread.is_alive()
    assert faults == []
    assert "APScheduler" not in {thread.name for thread in set(threading.enumerate()) - before}


def test_that_jobs_stopped_before_they_start_never_run() -> None:
    ran = threading.Event()
    jobs = BackgroundJobs()
    jobs.every(1.0, ran.set, name="job")
    jobs.stop()
    jobs.start()
    assert not ran.wait(0.1)


def test_that_a_job_runs_at_once_and_again_and_never_twice_at_the_same_time() -> None:
    jobs = BackgroundJobs()
    ran, inside = threading.Semaphore(0), threading.Lock()
    overlaps: list[bool] = []

    def job() -> None:
        overlaps.append(not inside.acquire(blocking=False))
        ran.release()
        inside.release()

    jobs.every(0.05, job, name="job")
    jobs.start()
    for _ in range(3):
        assert ran.acquire(timeout=5)
    jobs.stop()
    assert overlaps[:3] == [False, False, False]


def test_that_stopping_the_scheduler_does_not_wait_for_a_job_that_hangs() -> None:
    jobs = BackgroundJobs()
    started, release = threading.Event(), threading.Event()

    def hang() -> None:
        started.set()
        release.wait(timeout=30)

    jobs.every(60, hang, name="hang")
    jobs.start()
    assert started.wait(timeout=5)
    stopper = threading.Thread(target=jobs.stop)
    stopper.start()
    stopper.join(timeout=2)
    alive = stopper.is_alive()
    release.set()
    assert not alive


@pytest.mark.parametrize("step", [timedelta(hours=-9), timedelta(days=20 * 365)])
def test_that_jobs_go_on_when_the_clock_is_set(monkeypatch: pytest.MonkeyPatch, step: timedelta) -> None:
    ahead = timedelta()

    class SetClock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", SetClock)
    monkeypatch.setattr("stackwatch.system.scheduler.datetime", SetClock)
    jobs = BackgroundJobs(look_seconds=0.05)
    ran = threading.Semaphore(0)
    jobs.every(0.2, ran.release, name="job")
    jobs.start()
    assert ran.acquire(timeout=5)
    ahead = step
    time.sleep(0.4)
    while ran.acquire(blocking=False):  # what was due by the clock before
        pass
    came = [ran.acquire(timeout=5) for _ in range(3)]
    jobs.stop()
    assert came == [True, True, True]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program on Windows keeps the zone it began in")
def test_that_the_zone_is_that_of_where_the_machine_came_to(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs, noon = BackgroundJobs(), datetime(2026, 1, 6, 12, tzinfo=UTC)
    seen = []
    for zone in ("Asia/Seoul", "Europe/Berlin"):
        monkeypatch.setenv("TZ", zone)
        jobs.look_at_clock()
        seen.append(noon.astimezone().hour)
    monkeypatch.undo()
    time.tzset()
    assert seen == [21, 13]


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    """Give the root logger back as it was."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield root
    for handler in root.handlers:
        if handler not in before:
            handler.close()
    root.handlers[:] = before
    root.setLevel(level)


@pytest.mark.usefixtures("root_logger")
def test_that_the_log_goes_to_a_file_and_only_errors_to_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logging(tmp_path / "logs")
    logging.getLogger("stackwatch.test").info("quiet")
    logging.getLogger("stackwatch.test").error("loud")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "loud" in captured.err
    assert "quiet" not in captured.err
    text = (tmp_path / "logs" / "stackwatch.log").read_text("utf-8")
    assert "quiet" in text
    assert "loud" in text


@pytest.mark.usefixtures("root_logger")
def test_that_a_log_file_that_cannot_be_written_is_said_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "stackwatch.log").mkdir()  # as good as a file that this user may not write
    set_up_logging(tmp_path, verbose=True)
    for said in ("first", "second"):
        logging.getLogger("stackwatch.test").info(said)
    err = capsys.readouterr().err
    assert err.count("no log file in") == 1
    assert "Traceback" not in err
    assert ("first" in err, "second" in err) == (True, True)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="Python has no sockets of files here")
@pytest.mark.parametrize("display", ["", ":987", "nonsense", "127.0.0.1:987"])
def test_that_a_display_that_is_not_there_is_named_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, display: str
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if display:
        monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(BadInputError, match="stackwatch watch") as told:
        require_display()
    assert "창 없이 stackwatch watch를 쓰세요" in in_language(str(told.value), Language.KOREAN)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X servers are a matter of Linux")
def test_that_a_library_that_qt_draws_with_is_named_where_it_cannot_be_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "PySide6" / "Qt" / "lib" / "libQt6XcbQpa.so.6"
    library.parent.mkdir(parents=True)
    (tmp_path / "PySide6" / "__init__.py").touch()
    library.write_text("no library")
    listener = socket.socket(socket.AF_UNIX)
    with contextlib.closing(listener):
        listener.bind("\0/tmp/.X11-unix/X987")
        listener.listen()
        monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.setenv("DISPLAY", ":987")
        monkeypatch.delitem(sys.modules, "PySide6")
        monkeypatch.syspath_prepend(tmp_path)
        with pytest.raises(BadInputError, match=r"libQt6XcbQpa.*apt install .*libxcb-shape0") as told:
            require_display()
    assert in_language(str(told.value), Language.KOREAN).startswith("Qt가 화면에 그리지 못함(")


def test_that_a_platform_chosen_by_the_user_is_not_questioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    require_display()
