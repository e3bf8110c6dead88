"""How late the window is while faults strike: ``python -m tests.evaluation.lateness [FAULT...]``.

The whole fault matrix runs on a thread beside a real window, offscreen, that hears every event over the real
bridge; a timer of 10 ms on the GUI thread measures how late it is called. Providers, engine, store and the
server that plays Yahoo all run in this one process and share its interpreter with the window, which is more
than the program itself carries.
"""

import gc
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from tests.evaluation import faults, faults_stream
from tests.evaluation.faults_bench import Bench, setting
from tests.ui.scene import RecordedCommands

from stackwatch.ui.appearance import Appearance
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.settings import ModeChoice, UiSettings
from stackwatch.ui.translation import Translations
from stackwatch.ui.window import MainWindow
from stackwatch.ui.window_parts import WindowParts

EVERY_MS = 10
GOAL_MS = 50.0
_SETTLE_MS = 1000


@dataclass
class Lateness:
    """Milliseconds by which each call of the timer came late, and during which cell."""

    samples: list[float] = field(default_factory=list)
    worst: dict[str, float] = field(default_factory=dict)

    def note(self, cell: str, milliseconds: float) -> None:
        """Keep one call."""
        self.samples.append(milliseconds)
        self.worst[cell] = max(self.worst.get(cell, 0.0), milliseconds)

    def share(self, part: float) -> float:
        """Return a quantile in milliseconds."""
        ordered = sorted(self.samples)
        return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


class Gauge(QObject):
    """Times the GUI thread until the matrix ends."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lateness = Lateness()
        self.cell = "start"
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._measure)

    def begin(self) -> None:
        """Measure from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def _measure(self) -> None:
        now = time.perf_counter()
        self.lateness.note(self.cell, max((now - self._last) * 1000 - EVERY_MS, 0.0))
        self._last = now


def cells(bench: Bench, wanted: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield name and faults of every cell; those of the stream last."""
    cases = [c for c in faults.CASES if not wanted or any(word in c.name for word in wanted)]
    plain = ((f"{c.call}: {c.fault}", c.bad) for c in faults.matrix(bench, cases))
    stream = ((f"stream: {name}", bad) for name, _, bad, _ in faults_stream.matrix(bench))
    return chain(plain, stream) if not wanted else plain


def build_window(app: QApplication, bridge: Bridge) -> MainWindow:
    """Open the window on the shipped list."""
    loaded, _ = setting()
    resources = Path(__file__).resolve().parents[2] / "resources"
    return MainWindow(
        WindowParts(
            ecosystem=loaded.ecosystem,
            watchlist=loaded.watchlist,
            commands=RecordedCommands(),
            bridge=bridge,
            appearance=Appearance(app, ModeChoice.DARK),
            translations=Translations(app, resources / "translations"),
            settings=UiSettings(mode=ModeChoice.DARK, selected="NVDA"),
            settings_file=None,
            icon=QIcon(),
        )
    )


def measure(wanted: list[str]) -> tuple[Lateness, int, int]:
    """Run the matrix beside a window; returns the lateness, the number of cells, and how many were bad."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    bridge = Bridge()
    window = build_window(app, bridge)
    window.show()
    gauge = Gauge()
    counted = [0, 0]

    def run() -> None:
        try:
            with faults.benches(bridge.post) as bench:
                gc.freeze()  # as the program does when its engine is built
                for name, bad in cells(bench, wanted):
                    gauge.cell = name
                    counted[0] += 1
                    counted[1] += bool(bad)
                    if bad:
                        sys.stdout.write(f"BAD {name}: {bad[0]}\n")
                        sys.stdout.flush()
        finally:
            gauge.finished.emit()

    gauge.finished.connect(app.quit, Qt.ConnectionType.QueuedConnection)
    worker = threading.Thread(target=run, name="matrix", daemon=True)
    QTimer.singleShot(_SETTLE_MS, lambda: (gauge.begin(), worker.start()))
    app.exec()
    worker.join()
    window.close()
    return gauge.lateness, counted[0], counted[1]


_MACHINE = """
import select, sys, time
late, last = [], time.perf_counter()
while not select.select([sys.stdin], [], [], 0)[0]:
    time.sleep(0.01)
    now = time.perf_counter()
    late.append((now - last) * 1000 - 10)
    last = now
late.sort()
print(f"p99 {late[int(len(late) * 0.99)]:.1f}, worst {late[-1]:.1f}")
"""


@contextmanager
def machine() -> Iterator[subprocess.Popen[str]]:
    """Run a process that only sleeps: how late it wakes is the machine's own lateness."""
    command = [sys.executable, "-c", _MACHINE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def main() -> int:
    """Print the figures; fails when the window was later than the goal, or a cell was bad."""
    logging.disable(logging.CRITICAL)
    with machine() as idle:
        lateness, count, bad = measure(sys.argv[1:])
        told = idle.communicate("end")[0].strip()
    sys.stdout.write(
        f"{count} cells ({bad} bad), {len(lateness.samples)} calls of the timer: "
        f"p50 {lateness.share(0.5):.1f}, p99 {lateness.share(0.99):.1f}, p99.9 {lateness.share(0.999):.1f}, "
        f"worst {max(lateness.samples):.1f} ms late\n"
    )
    sys.stdout.write(f"a process that only sleeps was late on this machine meanwhile: {told} ms\n")
    late = sorted(((ms, name) for name, ms in lateness.worst.items() if ms > GOAL_MS), reverse=True)
    for milliseconds, name in late[:20]:
        sys.stdout.write(f"  {milliseconds:6.1f} ms  {name}\n")
    return min(len(late) + bad, 100)


if __name__ == "__main__":
    sys.exit(main())
