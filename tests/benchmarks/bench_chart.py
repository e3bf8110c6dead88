"""The chart beside the way pyqtgraph's own example draws candles: one picture of all of them."""

import os
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtWidgets import QApplication, QGraphicsItem, QWidget
from tests.benchmarks.made import candles

from stackwatch.domain.quote import Bar, ChartRange, DailyBar, MinuteBar
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_plot import PricePlot
from stackwatch.ui.kit.theme import ThemeMode, build_theme, use_theme

DESCRIPTION = "the chart: built and painted, and one frame of it, beside candles as one QPicture"
_CASES = ((1_260, False), (100_000, True))
_FRAMES = 20
_SIZE = (700, 260)


def run() -> dict[str, float]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    figures: dict[str, float] = {}
    own_chart(bars_of(50, minutes=False)).close()  # imports and fonts are not what is compared
    for count, minutes in _CASES:
        bars = bars_of(count, minutes=minutes)
        for name, make in (("", own_chart), ("peer_", _peer)):
            build, frame = _times(app, partial(make, bars))
            figures |= {f"{count}_{name}build_ms": build, f"{count}_{name}frame_ms": frame}
    return figures


def _times(app: QApplication, make: Callable[[], QWidget]) -> tuple[float, float]:
    """Return milliseconds from the bars to the first picture, and of painting once more."""
    began = time.perf_counter()
    widget = make()
    widget.resize(*_SIZE)
    widget.show()
    app.processEvents()
    widget.grab()
    build = time.perf_counter() - began
    frames = []
    for _ in range(_FRAMES):
        began = time.perf_counter()
        widget.grab()
        frames.append(time.perf_counter() - began)
    widget.close()
    return build * 1000.0, statistics.median(frames) * 1000.0


def bars_of(count: int, *, minutes: bool) -> tuple[Bar, ...]:
    start, first = datetime(2025, 1, 2, 14, 30, tzinfo=UTC), date(2021, 1, 1)
    made: list[Bar] = []
    for n, row in enumerate(candles(count)):
        opened, high, low, close = map(float, row[:4])
        if minutes:
            made.append(MinuteBar(start + timedelta(minutes=n), opened, high, low, close, int(row[4])))
        else:
            made.append(DailyBar(first + timedelta(days=n), opened, high, low, close, int(row[4])))
    return tuple(made)


def own_chart(bars: tuple[Bar, ...]) -> QWidget:
    minutes = isinstance(bars[0], MinuteBar)
    series = BarSeries(bars, ChartRange.DAY_5 if minutes else ChartRange.YEAR_1, "America/New_York")
    use_theme(build_theme(ThemeMode.DARK))
    plot = PricePlot(series)
    plot.resize(*_SIZE)
    plot.show_series(series, as_line=False)
    return plot


class _Candles(QGraphicsItem):
    """Every candle in one picture, played back whole."""

    def __init__(self, bars: tuple[Bar, ...]) -> None:
        super().__init__()
        self._picture = QPicture()
        painter = QPainter(self._picture)
        for place, bar in enumerate(bars):
            painter.setPen(pg.mkPen("w"))
            painter.drawLine(QPointF(place, bar.low), QPointF(place, bar.high))
            painter.setBrush(pg.mkBrush("r" if bar.open > bar.close else "g"))
            painter.drawRect(QRectF(place - 0.3, bar.open, 0.6, bar.close - bar.open))
        painter.end()

    def paint(self, painter: QPainter, *_: object) -> None:
        painter.drawPicture(0, 0, self._picture)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        return QRectF(self._picture.boundingRect())


def _peer(bars: tuple[Bar, ...]) -> QWidget:
    plot = pg.PlotWidget()
    plot.addItem(_Candles(bars))
    return plot
