"""A process with a window that reports on itself: ``first-paint DATA``, ``bare`` or ``idle DATA``.

The environment variable STARTED holds the clock time at which the process was started.
"""

import json
import os
import sys
import threading
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTreeView

HEAVY = ("numpy", "pandas", "yfinance", "pyqtgraph")
SETTLE_SECONDS, MEASURED_SECONDS = 15.0, 20.0
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


def idle() -> None:
    """Report the processor time of a settled window."""
    began = {"wall": 0.0, "processor": 0.0}

    def begin() -> None:
        began.update(wall=time.perf_counter(), processor=time.process_time())
        QTimer.singleShot(round(MEASURED_SECONDS * 1000), end)

    def end() -> None:
        wall = time.perf_counter() - began["wall"]
        share = (time.process_time() - began["processor"]) / wall
        report({"core_share_pct": share * 100.0, "python_threads": float(threading.active_count())})

    QTimer.singleShot(round(SETTLE_SECONDS * 1000), begin)


def main() -> None:
    """Open the window that was asked for."""
    task, data = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    app = QApplication(sys.argv[:1])
    if task != "idle":
        watcher = FirstPaint()
        app.installEventFilter(watcher)
    if task == "bare":
        bare(app)
        return
    from stackwatch.cli import main as stackwatch  # noqa: PLC0415 - part of what is measured

    if task == "idle":
        idle()
    sys.exit(stackwatch(["--data-dir", data, "--quit-after", str(SETTLE_SECONDS + MEASURED_SECONDS + 5.0)]))


if __name__ == "__main__":
    main()
