"""The program around the window: sessions, the first paint, the replay as a program of its own."""

import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from PySide6.QtWidgets import QApplication
from tests.ui import scene

from stackwatch.another_start import AnotherStart, anew_arguments
from stackwatch.app import Options, find_replay, load_world, open_store
from stackwatch.commands.usage import build_parser
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import BarsLoaded, Event, HealthChanged, HistoryProgress, QuotesChanged
from stackwatch.domain.quote import ChartRange, DailyBar
from stackwatch.domain.watchlist import Language
from stackwatch.engine.ports import History
from stackwatch.engine_run import EngineRun
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock
from stackwatch.ui.frame.window import MainWindow
from stackwatch.window_app import _Look, run

Open = Callable[..., MainWindow]
ROOT = Path(__file__).resolve().parents[2]
SECONDS = 15.0


def _options(folder: Path) -> Options:
    return Options(folders=user_folders(folder))


def _wait_for(heard: "SimpleQueue[Event]", wanted: Callable[[Event], bool]) -> Event:
    end = time.monotonic() + SECONDS
    while True:
        try:
            event = heard.get(timeout=max(end - time.monotonic(), 0.0))
        except Empty:
            pytest.fail("the event did not come")
        if wanted(event):
            return event


def _workers() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if t.name == "core" or t.name.startswith("fetch-")}


def test_that_a_replay_tells_prices_and_stops(tmp_path: Path) -> None:
    before = _workers()
    options = _options(tmp_path)
    engine_run = EngineRun(options, load_world(options.folders), find_replay("2025-07-22-stargate"), 5000.0)
    heard: SimpleQueue[Event] = SimpleQueue()
    engine_run.start(heard.put)
    _wait_for(heard, lambda event: isinstance(event, QuotesChanged) and bool(event.quotes))
    assert engine_run.stop()  # in time
    for thread in _workers() - before:
        thread.join(2.0)
    assert _workers() <= before


def test_that_what_the_window_asks_for_before_the_start_is_answered(tmp_path: Path) -> None:
    options = _options(tmp_path)
    engine_run = EngineRun(options, load_world(options.folders), find_replay("2025-07-22-stargate"), 1.0)
    engine_run.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    heard: SimpleQueue[Event] = SimpleQueue()
    engine_run.start(heard.put)
    _wait_for(heard, lambda event: isinstance(event, BarsLoaded) and event.symbol == "NVDA")
    assert engine_run.stop()


def test_that_the_first_histories_are_set_aside_from_the_collector_once_all_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asides: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: asides.append(True))
    options = _options(tmp_path)
    engine_run = EngineRun(options, load_world(options.folders), find_replay("2025-07-22-stargate"), 1.0)
    engine_run._told(HistoryProgress(1, 2))
    assert asides == []
    engine_run._told(HistoryProgress(2, 2))
    assert asides == [True]


def test_that_stopping_at_once_leaves_nothing_running(tmp_path: Path) -> None:
    before = _workers()
    options = _options(tmp_path)
    engine_run = EngineRun(options, load_world(options.folders), find_replay("2025-07-22-stargate"), 5000.0)
    engine_run.start(lambda _event: None)
    engine_run.stop()
    for thread in _workers() - before:
        thread.join(SECONDS)
    assert _workers() <= before
    assert "APScheduler" not in {thread.name for thread in threading.enumerate()}


def test_that_a_core_that_is_built_too_late_begins_no_jobs(tmp_path: Path) -> None:
    options = _options(tmp_path)
    engine_run = EngineRun(options, load_world(options.folders), find_replay("2025-07-22-stargate"), 5000.0)
    built = threading.Event()
    engine_run._ending = True  # as where stop waited for two seconds, and the disk was slow
    engine_run.start(lambda _event: None)
    engine_run._core.post(built.set)
    assert built.wait(SECONDS)
    assert "APScheduler" not in {thread.name for thread in threading.enumerate()}
    engine_run.stop()


def test_that_the_first_paint_has_the_last_known_prices_before_the_core_starts(
    tmp_path: Path, open_window: Open
) -> None:
    options = _options(tmp_path)
    store = open_store(options.folders, SystemClock(), replay=False)
    store.quotes.save((scene.quote("NVDA", 171.38, 1.0),))
    store.close()
    engine_run = EngineRun(options, load_world(options.folders), None, 1.0)
    window = open_window()
    for event in engine_run.known("NVDA", ChartRange.MONTH_6):
        window.apply(event)
    assert window.list.list_model.index_of("NVDA").siblingAtColumn(3).data() == "171.38"
    window.grab()
    assert "core" not in {thread.name for thread in threading.enumerate()}
    engine_run.stop()


def test_that_the_first_paint_makes_few_of_qts_classes(tmp_path: Path) -> None:
    code = (
        "import os, sys, stackwatch.cli\n"
        "from PySide6 import QtWidgets\n"
        "from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas as List\n"
        "paint = List.paintEvent\n"
        "def painted(self, event):\n"
        "    paint(self, event)\n"
        "    idle = {'QStyle', 'QListWidget', 'QTabWidget', 'QCalendarWidget'} & set(vars(QtWidgets))\n"
        "    print(self.model().rowCount() > 0, sorted(idle), flush=True)\n"
        "    os._exit(0)\n"
        "List.paintEvent = painted\n"
        "stackwatch.cli.main(['--data-dir', sys.argv[1]])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=True)
    assert done.stdout.strip() == "True []"


def test_that_the_first_chart_comes_from_the_store(tmp_path: Path, open_window: Open) -> None:
    options = _options(tmp_path)
    today = datetime.now(UTC).date()
    bars = tuple(DailyBar(today - timedelta(days=n), 100.0, 101.0, 99.0, 100.0, 1) for n in (200, 5, 4))
    store = open_store(options.folders, SystemClock(), replay=False)
    store.bars.keep_history("NVDA", History(bars), bars[0].day)
    store.close()
    engine_run = EngineRun(options, load_world(options.folders), None, 1.0)
    window = open_window()
    for event in engine_run.known("NVDA", ChartRange.MONTH_6):
        window.apply(event)
    shown = window.detail.chart.series
    assert shown is not None
    assert shown.bars == bars[1:]
    engine_run.stop()


@pytest.mark.parametrize("fails", [False, True])
def test_that_the_collector_rests_until_the_core_is_built_or_failed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails: bool,  # noqa: FBT001 - a table
) -> None:
    rested: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: rested.append(not gc.isenabled()))
    options = _options(tmp_path / "data")
    world = load_world(options.folders)
    if fails:
        (tmp_path / "data").write_text("a file where the folder should be")
    engine_run = EngineRun(options, world, find_replay("2025-07-22-stargate"), 1.0)
    gc.disable()
    try:
        engine_run.start(lambda _event: None)
        engine_run.stop()
        assert rested == [True]
        assert gc.isenabled()
    finally:
        gc.enable()


def test_that_a_damaged_database_is_told_with_the_name_it_was_given(tmp_path: Path) -> None:
    options = _options(tmp_path)
    options.folders.store.write_bytes(b"not a database at all" * 400)
    engine_run = EngineRun(options, load_world(options.folders), None, 1.0)
    health = next(
        event.health
        for event in engine_run.known("NVDA", ChartRange.MONTH_6)
        if isinstance(event, HealthChanged)
    )
    engine_run.stop()
    (aside,) = tmp_path.glob("*.damaged-*")
    assert health.source == "store"
    assert aside.name in health.detail


def test_that_a_store_that_cannot_be_opened_is_told_by_the_core(tmp_path: Path) -> None:
    options = _options(tmp_path / "data")
    world = load_world(options.folders)
    (tmp_path / "data").write_text("a file where the folder should be")
    engine_run = EngineRun(options, world, find_replay("2025-07-22-stargate"), 1.0)
    heard: SimpleQueue[Event] = SimpleQueue()
    engine_run.start(heard.put)
    event = _wait_for(heard, lambda e: isinstance(e, HealthChanged) and e.health.source == "quotes")
    assert isinstance(event, HealthChanged)
    assert "data" in event.health.detail
    assert engine_run.stop()


def test_that_the_replay_is_called_with_the_same_folder(tmp_path: Path) -> None:
    assert anew_arguments(_options(tmp_path), (), "") == [
        "-m", "stackwatch", "--data-dir", str(tmp_path), "--demo",
    ]  # fmt: skip
    assert anew_arguments(Options(folders=user_folders()), (), "") == ["-m", "stackwatch", "--demo"]


def test_that_what_was_asked_for_on_the_command_line_outlives_another_start(tmp_path: Path) -> None:
    asked = ["--theme", "light", "--palette", "korean", "--view", "heat", "--size", "1280x720"]
    parser = build_parser()
    given = parser.parse_args([*asked, "--watchlist", str(tmp_path / "mine.toml"), "--lang", "ko"])
    look = _Look(size=given.size, theme=given.theme, palette=given.palette, view=given.view)
    options = replace(_options(tmp_path), watchlist=given.watchlist, language=Language(given.lang))
    for episode in (None, "", "2025-07-22-stargate"):
        again = parser.parse_args(anew_arguments(options, look.arguments, episode)[2:])
        assert vars(again) == vars(given) | {"data_dir": tmp_path, "demo": episode}
    assert _Look(size=None, theme=None, palette=None, view=None).arguments == []


_ENDS_FOR_ANOTHER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from stackwatch import another_start, window_app
from stackwatch.app import Options
from stackwatch.storage.locations import user_folders

data, look_at_the_lock, port = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
another_start.anew_arguments = lambda *_: ["-c", look_at_the_lock, str(data), port]
begin = window_app._live

def live(app, window, *others):
    def look():
        if window.header.badge.isVisible() and (data / "replay.lock").exists():
            window.replay_requested.emit("")
            window.replay_requested.emit("")  # a second click of one who is not patient
        else:
            QTimer.singleShot(100, look)
    QTimer.singleShot(100, look)
    return begin(app, window, *others)

window_app._live = live
options = Options(folders=user_folders(data))
raise SystemExit(window_app.run(
    options, episode="", speed=600.0, screenshot=None, quit_after=30.0, size=(1280, 720)
))
"""

_LOOKS_AT_THE_LOCK = """
import socket, sys
from pathlib import Path
from stackwatch.system.file_lock import FileLock

free = FileLock(Path(sys.argv[1]) / "replay.lock").acquire()
with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as line:
    line.sendall(f"free={free}".encode())
"""


def test_that_a_replay_gives_back_its_store_before_it_begins_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    environment = os.environ | {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(SECONDS)
        port = str(listener.getsockname()[1])
        command = [sys.executable, "-c", _ENDS_FOR_ANOTHER, str(data), _LOOKS_AT_THE_LOCK, port]
        done = subprocess.run(command, env=environment, capture_output=True, timeout=180, check=False)
        assert done.returncode == 0, done.stderr.decode()
        line, _ = listener.accept()
        with line:
            assert line.recv(100) == b"free=True"
    assert not list(data.glob("replay-2*"))


def test_that_a_program_that_does_not_run_is_said_and_the_window_stays(open_window: Open) -> None:
    window = open_window()
    asked = AnotherStart()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before, sys.executable = sys.executable, "/nowhere/stackwatch"
    try:
        asked.ask(app, window, ["--demo"])
    finally:
        sys.executable = before
    assert window.notice.text.startswith("The replay could not be started: /nowhere/stackwatch does not run")
    asked.begin()  # nothing


def test_that_a_picture_is_taken_at_the_asked_size_and_leaves_no_settings(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    command = [
        sys.executable, "-m", "stackwatch", "--data-dir", str(tmp_path / "data"), "--demo", "--speed", "5000",
        "--size", "1280x720", "--theme", "light", "--screenshot", str(picture), "--quit-after", "1",
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr.decode()
    header = picture.read_bytes()[:24]
    assert (int.from_bytes(header[16:20]), int.from_bytes(header[20:24])) == (1280, 720)
    assert not (tmp_path / "data" / "interface.json").exists()


def test_that_a_picture_for_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="the folder does not exist"):
        run(_options(tmp_path), episode=None, speed=1.0, screenshot=tmp_path / "no" / "a.png", quit_after=1.0)


def test_that_a_picture_for_a_folder_that_cannot_be_reached_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / ("x" * 300) / "a.png"
    with pytest.raises(BadInputError, match=r"a\.png: "):
        run(_options(tmp_path), episode=None, speed=1.0, screenshot=picture, quit_after=1.0)
