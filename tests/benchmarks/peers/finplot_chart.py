"""finplot with 1,260 candles: ``start`` until they are painted, ``memory`` after three seconds."""

import os
import sys

import finplot
import pandas as pd
from pyqtgraph.Qt.QtCore import QTimer
from tests.benchmarks.made import candles
from tests.benchmarks.probe import end_when_painted, report, resident_mb


def weigh() -> None:
    """Report the megabytes."""
    report({"mb": resident_mb()})
    os._exit(0)


if sys.argv[1] == "start":
    end_when_painted(finplot.CandlestickItem, "paint", lambda item: item.scene().views()[0].isVisible())
bars = candles(1_260)
days = pd.date_range("2021-01-01", periods=len(bars))
table = pd.DataFrame(bars[:, [0, 3, 1, 2]], columns=["Open", "Close", "High", "Low"], index=days)
finplot.winw, finplot.winh = 1440, 900
finplot.create_plot("1,260 days", maximize=False)
finplot.candlestick_ochl(table)
if sys.argv[1] == "memory":
    QTimer.singleShot(3_000, weigh)
finplot.show()
