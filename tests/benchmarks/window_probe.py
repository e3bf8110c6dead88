"""A process with a window that reports on itself.

``first-paint DATA``, ``bare``, ``idle DATA NOW`` with the program's clock set to NOW at the start, and
``memory DATA SECONDS``, a replay whose resident memory is printed after three seconds and at the end. The
environment variable STARTED holds the clock time at which the process was started.
"""

import gc
import json
import os
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView

HEAVY = ("numpy", "pandas", "yfinance", "pyqtgraph")
SETTLE_SECONDS, MEASURED_SECONDS = 90.0, 20.0  # by then every history was looked at
_ROWS, _COLUMNS = 84, 8


class FirstPaint(QObject):
    """Ends the process at the first event after a tree was painted, reporting when that was."""

    def __init__(self) -> None:
        super().__init__()
        self._painted = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            view = watched.parent() if watched.isWidgetType() else None
            is_list = isinstance(view, QAbstractItemView) and view.model() is not None
            self._painted = self._painted or (is_list and view.model().rowCount() > 0)
        elif self._painted:
            report({"seconds": time.time() - float(os.environ["STARTED"])} | loaded())
            os._exit(0)
        return False


def loaded() -> dict[str, float]:
    """Return which of the heavy libraries are imported by now."""
    return {f"{name}_imported": float(name in sys.modules) for name in HEAVY}


def report(values: dict[str, float]) -> None:
    """Print the figures."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def bare(app: QApplication) -> None:
    """Show the plainest window with as many rows."""
    model = QStandardItemModel(_ROWS, _COLUMNS)
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row}.{column}"))
    view = QTreeView()
    view.setUniformRowHeights(True)
    view.setModel(model)
    view.resize(1440, 900)
    view.show()
    app.exec()


def idle(now: datetime) -> None:
    """Report the processor time and the wake-ups of a settled window, its clock set to ``now``."""
    from stackwatch.system.clock import SystemClock  # noqa: PLC0415 - after the window's own imports

    ahead = now - datetime.now(UTC)
    SystemClock.now = lambda _self: datetime.now(UTC) + ahead  # type: ignore[method-assign]
    began = {"wall": 0.0, "processor": 0.0, "wakeups": 0.0}

    def begin() -> None:
        began.update(wall=time.perf_counter(), processor=time.process_time(), wakeups=wakeups())
        QTimer.singleShot(round(MEASURED_SECONDS * 1000), end)

    def end() -> None:
        seconds = time.perf_counter() - began["wall"]
        report(
            {
                "core_share_pct": (time.process_time() - began["processor"]) / seconds * 100.0,
                "wakeups_per_s": (wakeups() - began["wakeups"]) / seconds,
                "python_threads": float(threading.active_count()),
            }
        )

    QTimer.singleShot(round(SETTLE_SECONDS * 1000), begin)


def wakeups() -> float:
    """Return how often the process's threads slept and were woken so far."""
    return sum(
        float(line.split()[1])
        for task in Path("/proc/self/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )


def memory(seconds: float) -> None:
    """Report the resident megabytes three seconds after the start, and after some seconds."""
    figures: dict[str, float] = {}

    def note(name: str) -> None:
        gc.collect()
        figures[name] = resident_mb()
        if len(figures) == 3:
            report(figures)

    QTimer.singleShot(3_000, lambda: note("after_3_s_mb"))
    QTimer.singleShot(round(seconds * 500), lambda: note("half_way_mb"))
    QTimer.singleShot(round(seconds * 1000), lambda: note("end_mb"))


def resident_mb() -> float:
    """Return the resident memory of the process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Open the window that was asked for."""
    task, *arguments = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    if task in ("first-paint", "bare"):
        watcher = FirstPaint()
        app.installEventFilter(watcher)
    if task.startswith("bare"):
        if task == "bare-memory":
            QTimer.singleShot(3_000, lambda: (report({"bare_mb": resident_mb()}), app.quit()))
        bare(app)
        return
    from stackwatch.cli import main as stackwatch  # noqa: PLC0415 - part of what is measured

    data, options = arguments[0], ["--quit-after", str(SETTLE_SECONDS + MEASURED_SECONDS + 5.0)]
    if task == "idle":
        idle(datetime.fromisoformat(arguments[1]))
    elif task == "memory":
        memory(float(arguments[1]))
        options = ["--demo", "--speed", arguments[2], "--quit-after", str(float(arguments[1]) + 3.0)]
    sys.exit(stackwatch(["--data-dir", data, *options]))


if __name__ == "__main__":
    main()
