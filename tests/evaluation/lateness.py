"""How late the window is while faults strike: ``python -m tests.evaluation.lateness [FAULT...] [--write]``.

Runs the real program with its window, offscreen, in a process of its own against the local server. A timer
of 10 ms on its GUI thread measures how late it is called, while quotes, charts, headlines and feeds are
refreshed several times a second and one fault after the other strikes every endpoint. Program and server
live on a Wednesday on which New York trades. ``--write`` puts the figures of all faults into
docs/evaluation.md.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.evaluation import faults_catalogue, faults_other
from tests.evaluation.faults_catalogue import CALLS, Case
from tests.evaluation.page import ask, put, table
from tests.wire.server import YahooServer, environment
from tests.wire.world import World

from stackwatch.app import fetched_symbols, load_world
from stackwatch.storage.locations import user_folders
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.preferences.settings import SettingsStore, UiSettings

ROOT = Path(__file__).resolve().parents[2]
GOAL_MS = 50.0
_WEDNESDAY = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
_SETTLE_SECONDS = 8.0
_FAULT_SECONDS = 0.6
_PROGRAM = """
import sys, threading, time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stackwatch import window_app
from stackwatch.app import Options
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock
from stackwatch.ui.frame.window import MainWindow

ahead = timedelta(seconds=float(sys.argv[3]))
SystemClock.now = lambda _self: datetime.now(UTC) + ahead
app = QApplication([])
cell, samples, last = ["start"], [], [0.0]

def read():
    for line in sys.stdin:
        cell[0] = line.strip()
    cell[0] = "end"

def measure():
    now = time.perf_counter()
    if last[0]:
        samples.append((max((now - last[0]) * 1000 - 10, 0.0), cell[0]))
    last[0] = now
    if cell[0] == "end":
        app.closeAllWindows()

def refresh():
    for window in app.topLevelWidgets():
        if isinstance(window, MainWindow) and window.isVisible():
            QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(window, Qt.Key.Key_1)
            QTest.keyClick(window, Qt.Key.Key_3)

threading.Thread(target=read, daemon=True).start()
gauge, press = QTimer(), QTimer()
gauge.setTimerType(Qt.TimerType.PreciseTimer)
gauge.timeout.connect(measure)
press.timeout.connect(refresh)
gauge.start(10)
press.start(200)
options = Options(folders=user_folders(Path(sys.argv[1])))
window_app.run(options, episode=None, speed=1.0, screenshot=None, quit_after=3600.0)
with open(sys.argv[2], "w") as file:
    file.writelines(f"{late}\\t{name}\\n" for late, name in samples)
"""


@contextmanager
def program(folder: Path, server: YahooServer, ahead: timedelta) -> Iterator[subprocess.Popen[str]]:
    """Run the program, its clock ``ahead``, with the largest purse; leaves what it measured in ``folder``."""
    data = folder / "data"
    data.mkdir()
    (data / "settings.toml").write_text("version = 1\nrequests_per_hour = 7200\n", encoding="utf-8")
    SettingsStore(data, write_own).save(UiSettings(toured=True))  # the welcome would keep the keys
    variables = os.environ | environment(server)
    variables |= {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"}
    command = [
        sys.executable,
        "-c",
        _PROGRAM,
        str(data),
        str(folder / "late.tsv"),
        str(ahead.total_seconds()),
    ]
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(60)
        if process.returncode != 0:
            raise RuntimeError(f"the program ended with {process.returncode}")


def measure(wanted: list[str]) -> tuple[list[tuple[float, str]], int]:
    """Return how late each call of the timer was, in milliseconds, during which fault; and the requests."""
    cases = [c for c in (*faults_catalogue.CASES, *faults_other.CASES) if _is_wanted(c, wanted)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "wire").mkdir()
        ahead = _WEDNESDAY - datetime.now(UTC)
        world = World(lambda: datetime.now(UTC) + ahead)
        with YahooServer(folder / "wire", world) as server, program(folder, server, ahead) as process:
            assert process.stdin is not None
            time.sleep(_SETTLE_SECONDS)
            symbols = fetched_symbols(load_world(user_folders(folder / "nothing")), _WEDNESDAY.date())
            for number, case in enumerate(cases):
                _stir(server.world, symbols, 1.003 if number % 2 else 0.997)
                process.stdin.write(f"{case.name}\n")
                process.stdin.flush()
                for call in CALLS:
                    if call in case.calls:
                        server.fail(case.at or call, case.fault)
                time.sleep(_FAULT_SECONDS)
                server.heal()
            requests = sum(server.counts.values())
        if requests < len(cases):
            raise RuntimeError(f"{requests} requests were made: the program did not run as it should")
        rows = [line.rstrip("\n").split("\t") for line in (folder / "late.tsv").open(encoding="utf-8")]
    return [(float(late), case) for late, case in rows], requests


def _stir(world: World, symbols: Sequence[str], factor: float) -> None:
    """Let every price move, so that each refresh changes every row."""
    for symbol in symbols:
        listing = world.listing(symbol)
        world.listings[symbol] = replace(listing, price=listing.price * factor)


def _is_wanted(case: Case, wanted: list[str]) -> bool:
    return not case.proxy and (not wanted or any(word in case.name for word in wanted))


def main() -> int:
    """Print the figures; fails when the window was later than the goal after it had opened."""
    parser = ask("lateness", __doc__)
    parser.add_argument("wanted", nargs="*", metavar="FAULT", help="part of a fault's name; default: all")
    given = parser.parse_args()
    wanted = given.wanted
    with machine() as idle:
        rows, requests = measure(wanted)
        told = idle.communicate("end")[0].strip()
    worst: dict[str, float] = {}
    for milliseconds, name in rows:
        worst[name] = max(worst.get(name, 0.0), milliseconds)
    late = sorted(ms for ms, name in rows if name != "start")
    sums = [
        f"{len(worst) - 1} faults, {requests} requests, {len(late):,} calls of the timer:",
        "",
        *table(("How late, in ms", "p50", "p99", "p99.9", "Worst"), _lateness(late, worst["start"], told)),
    ]
    sys.stdout.writelines(f"{line}\n" for line in sums)
    if given.write and not wanted:
        put("lateness", sums)
    over = sorted(
        ((ms, name) for name, ms in worst.items() if ms > GOAL_MS and name != "start"), reverse=True
    )
    for milliseconds, name in over[:20]:
        sys.stdout.write(f"  {milliseconds:6.1f} ms  {name}\n")
    return min(len(over), 100)


def _lateness(late: Sequence[float], opening: float, told: str) -> Iterator[Sequence[str]]:
    """Yield the rows of the table: the window, its opening, and the machine meanwhile."""
    places = [min(int(len(late) * part), len(late) - 1) for part in (0.5, 0.99, 0.999)]
    yield ("the window while faults strike", *(f"{late[place]:.1f}" for place in places), f"{late[-1]:.1f}")
    yield ("the window while the program opens", "", "", "", f"{opening:.1f}")
    yield ("a process that only sleeps", *told.split())


_MACHINE = """
import select, sys, time
late, last = [], time.perf_counter()
while not select.select([sys.stdin], [], [], 0)[0]:
    time.sleep(0.01)
    now = time.perf_counter()
    late.append((now - last) * 1000 - 10)
    last = now
late.sort()
print(*(f"{late[int(len(late) * part)]:.1f}" for part in (0.5, 0.99, 0.999)), f"{late[-1]:.1f}")
"""


@contextmanager
def machine() -> Iterator[subprocess.Popen[str]]:
    """Run a process that only sleeps: how late it wakes is the machine's own lateness."""
    command = [sys.executable, "-c", _MACHINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


if __name__ == "__main__":
    sys.exit(main())
