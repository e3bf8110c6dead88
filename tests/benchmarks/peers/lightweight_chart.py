"""lightweight-charts with 1,260 candles in Qt's web engine: ``start`` until they are painted, ``memory``
after three seconds, its engine's processes with it."""

import os
import sys

os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"  # as root it starts in none

import pandas as pd
import psutil
from lightweight_charts.widgets import QtChart
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tests.benchmarks.made import candles
from tests.benchmarks.probe import report, resident_mb, since_start

_SAY_PAINTED = "requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'painted' }))"


def titled(title: str) -> None:
    """End once the page has said that it is painted."""
    if title == "painted":
        report({"seconds": since_start()})
        os._exit(0)


def weigh() -> None:
    """Report the megabytes; what the engine's processes share is counted once."""
    engine = psutil.Process().children(recursive=True)
    report({"mb": resident_mb() + sum(process.memory_full_info().pss for process in engine) / 1e6})
    os._exit(0)


app = QApplication(sys.argv[:1])
bars = candles(1_260)
table = pd.DataFrame(bars, columns=["open", "high", "low", "close", "volume"])
table.insert(0, "time", pd.date_range("2021-01-01", periods=len(bars)).as_unit("ns"))
chart = QtChart()
chart.set(table)
chart.fit()
view = chart.get_webview()
view.resize(1440, 900)
if sys.argv[1] == "start":
    view.titleChanged.connect(titled)
    chart.win.run_script(_SAY_PAINTED, run_last=True)
else:
    QTimer.singleShot(3_000, weigh)
view.show()
app.exec()
