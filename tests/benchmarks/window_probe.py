"""A process with a window that reports on itself.

``first-paint DATA`` until the list is painted, ``live DATA`` until the chart is, too, ``bare`` and
``bare-plot`` the same of the plainest widgets, ``idle DATA NOW`` with the program's clock set to NOW at the
start, and ``memory DATA SECONDS``, a replay whose resident memory is printed after three seconds and at the
end. The environment variable STARTED holds the clock time at which the process was started.
"""

import gc
import sys
from datetime import UTC, datetime

if not sys.argv[1].startswith("bare"):
    gc.disable()  # as the program does first
    import stackwatch.app  # noqa: F401 - before Qt, as in the program
    import stackwatch.cli

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QSplitter, QTreeView
from tests.benchmarks.heartbeat import resting
from tests.benchmarks.probe import end_when_painted, report, resident_mb

HEAVY = ("numpy", "pandas", "yfinance", "pyqtgraph")
SETTLE_SECONDS, MEASURED_SECONDS = 90.0, 20.0  # by then every history was looked at
_ROWS, _COLUMNS, _BARS = 84, 8, 260


def has_rows(view: QTreeView) -> bool:
    """Whether a tree has something to show."""
    return view.model().rowCount() > 0


class Tree(QTreeView):
    """The plainest tree."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as Qt does."""
        super().paintEvent(event)


def loaded() -> dict[str, float]:
    """Return which of the heavy libraries are imported by now."""
    return {f"{name}_imported": float(name in sys.modules) for name in HEAVY}


def bare(app: QApplication, *, plot: bool) -> None:
    """Show the plainest window with as many rows, and a plot beside it."""
    model = QStandardItemModel(_ROWS, _COLUMNS)
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            model.setItem(row, column, QStandardItem(f"{row}.{column}"))
    window, view = QSplitter(), Tree()
    view.setUniformRowHeights(True)
    view.setModel(model)
    window.addWidget(view)
    if plot:
        import pyqtgraph as pg  # part of what is measured

        end_when_painted(pg.PlotWidget, "paintEvent", lambda widget: widget.isVisible())
        window.addWidget(pg.PlotWidget(y=range(_BARS)))
    window.resize(1440, 900)
    window.show()
    app.exec()


def idle(now: datetime) -> None:
    """Report the processor time and the wake-ups of a settled window, its clock set to ``now``."""
    from stackwatch.system.clock import SystemClock  # after the window's own imports

    ahead = now - datetime.now(UTC)
    SystemClock.now = lambda self: datetime.now(UTC) + ahead  # type: ignore[method-assign]
    QTimer.singleShot(round(SETTLE_SECONDS * 1000), lambda: report(resting(MEASURED_SECONDS)))


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


def main() -> None:
    """Open the window that was asked for."""
    task, *arguments = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    if task.startswith("bare"):
        if task == "bare":
            end_when_painted(Tree, "paintEvent", has_rows)
        elif task == "bare-memory":
            QTimer.singleShot(3_000, lambda: (report({"bare_mb": resident_mb()}), app.quit()))
        bare(app, plot=task == "bare-plot")
        return
    if task == "first-paint":
        from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas

        end_when_painted(WatchlistCanvas, "paintEvent", has_rows, loaded)
    elif task == "live":
        from stackwatch.ui.chart.chart_canvas import ChartCanvas

        end_when_painted(ChartCanvas, "paint")
    data, options = arguments[0], ["--quit-after", str(SETTLE_SECONDS + MEASURED_SECONDS + 5.0)]
    if task == "idle":
        idle(datetime.fromisoformat(arguments[1]))
    elif task == "memory":
        memory(float(arguments[1]))
        options = ["--demo", "--speed", arguments[2], "--quit-after", str(float(arguments[1]) + 3.0)]
    sys.exit(stackwatch.cli.main(["--data-dir", data, *options]))


if __name__ == "__main__":
    main()
