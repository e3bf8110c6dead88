"""Draws what is in view of a chart in whole device pixels; imported with the plot, because of numpy."""

from dataclasses import dataclass
from itertools import chain
from math import ceil, floor
from operator import attrgetter

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLine, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from stackwatch.ui.chart.chart_items import AlertLine, BarSeries
from stackwatch.ui.chart.chart_overlay import Overlay
from stackwatch.ui.chart.chart_ticks import AxisTick
from stackwatch.ui.kit.theme import Role, current_theme, px

VOLUME_HEIGHT = 30
_BODY = 0.62
_WIDEST_BODY = 25
_NARROW_BODY = 4.0  # times a line that a bar has below which a body is one pixel wide
LINE_BELOW = 1.7  # pixels a bar has below which candles would be a smear
_LINE_WIDTH = 1.3
_DOT = 2.0
_NOTE_AT = (0.35, 0.5, 0.2, 0.65, 0.05, 0.8)  # of the width: the first without candles
_NOTE_GAP = 4
_FOCUS = 2
_READOUT = 18  # pixels at the top where the bar under the pointer is written

Floats = NDArray[np.float64]
_FIGURES = attrgetter("open", "high", "low", "close", "volume")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartDrawing:
    """All that the canvas shows; replaced as one value."""

    series: BarSeries
    as_line: bool = False
    volume: bool = True
    overlay: Overlay | None = None
    times: tuple[AxisTick, ...] = ()
    prices: tuple[AxisTick, ...] = ()
    last: float | None = None
    alerts: tuple[AlertLine, ...] = ()
    leaders: tuple[int, ...] = ()
    cross: tuple[int, float] | None = None
    focused: bool = False


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """The figures of a series by place."""

    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats

    @classmethod
    def of(cls, series: BarSeries) -> "SeriesFigures":
        """Take the figures of a series' bars."""
        figures = chain.from_iterable(map(_FIGURES, series.bars))
        rows = np.fromiter(figures, np.float64, 5 * len(series.bars)).reshape(-1, 5)
        return cls(*np.ascontiguousarray(rows.T))


class _Pixels:
    """From places and values to whole pixels: those of the screen where its scale is no whole number.

    ``scale`` of them, else 1, are one of the window; ``thin`` of them is a line wide, ``pitch`` a bar.
    """

    def __init__(self, transform: QTransform, view: QRectF, ratio: float) -> None:
        self.scale = 1.0 if ratio.is_integer() else ratio
        self.thin = int(self.scale)
        self._transform = transform * QTransform.fromScale(self.scale, self.scale)
        self.frame = self._transform.mapRect(view).toRect()
        self.pitch = abs(self._transform.m11())

    def x(self, places: Floats) -> NDArray[np.int64]:
        """Return pixels from the left."""
        return np.rint(self._transform.m11() * places + self._transform.dx()).astype(np.int64)

    def y(self, values: Floats) -> NDArray[np.int64]:
        """Return pixels from the top."""
        return np.rint(self._transform.m22() * values + self._transform.dy()).astype(np.int64)

    def at(self, place: float, value: float) -> QPoint:
        """Return one point."""
        return self._transform.map(QPointF(place, value)).toPoint()

    def area(self, rect: QRectF) -> QRectF:
        """Return the places and values in a rectangle of the window's pixels."""
        scaled = QTransform.fromScale(self.scale, self.scale).mapRect(rect)
        return self._transform.inverted()[0].mapRect(scaled)

    def polygon(self, places: Floats, values: Floats) -> QPolygonF:
        """Return a line through points, at most four to a column of pixels: first, lowest, highest, last."""
        if not places.size:  # pyqtgraph refuses to make an empty one
            return QPolygonF()
        if self.pitch * 2 < 1:
            per = ceil(1 / self.pitch)
            count = places.size // per * per
            table = values[:count].reshape(-1, per)
            rows = np.arange(table.shape[0]) * per
            picked = np.sort(
                np.stack((rows, rows + table.argmin(axis=1), rows + table.argmax(axis=1), rows + per - 1)),
                axis=0,
            ).T.ravel()
            picked = np.concatenate((picked, np.arange(count, places.size)))
            places, values = places[picked], values[picked]
        xs = self._transform.m11() * places + self._transform.dx()
        ys = self._transform.m22() * values + self._transform.dy()
        line: QPolygonF = pg.functions.arrayToQPolygonF(xs, ys)
        return line

    def body(self) -> int:
        """Return the width of a body: 62 % of the pitch, odd, so that the wick stands in its middle."""
        if self.pitch < _NARROW_BODY * self.thin:
            return 1
        return min(round(self.pitch * _BODY), round(_WIDEST_BODY * self.scale)) | 1


class ChartCanvas(QGraphicsItem):
    """Draws the visible bars; its own coordinates are (place, price or percent)."""

    def __init__(self, drawing: ChartDrawing) -> None:
        super().__init__()
        self._drawing, self._series = drawing, drawing.series
        self._columns, self._extended = SeriesFigures.of(drawing.series), drawing.series.extended()
        self._view = QRectF(0, 0, 1, 1)

    def put(self, drawing: ChartDrawing, view: QRectF) -> None:
        """Show other content in the rectangle ``view`` of own coordinates."""
        if view != self._view:
            self.prepareGeometryChange()
            self._view = QRectF(view)
        self.take(drawing.series)
        self._drawing = drawing
        self.update()

    def take(self, series: BarSeries) -> None:
        """Know the figures of a series, which is drawn with the next drawing."""
        if series is not self._series:
            self._series = series
            self._columns, self._extended = SeriesFigures.of(series), series.extended()

    def bounds(self, first: int, last: int) -> tuple[float, float]:
        """Return the lowest and highest price of the bars from ``first`` to ``last``."""
        seen = slice(max(first, 0), last + 1)
        low, high = self._columns.low[seen], self._columns.high[seen]
        if low.size == 0:
            low, high = self._columns.low, self._columns.high
        return float(low.min()), float(high.max())

    def boundingRect(self) -> QRectF:
        """Return what is in view."""
        return self._view

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw ground, grid, bars or lines, and marks."""
        drawing = self._drawing
        if not drawing.series.bars:
            return
        to = _Pixels(painter.worldTransform(), self._view, painter.device().devicePixelRatioF())
        painter.save()
        painter.resetTransform()
        painter.scale(1 / to.scale, 1 / to.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        first = max(floor(self._view.left()), 0)
        last = min(ceil(self._view.right()), len(drawing.series.bars) - 1)
        self._draw_ground(painter, to)
        if first <= last:
            seen = np.arange(first, last + 1, dtype=np.float64)
            if drawing.overlay is not None:
                self._draw_overlay(painter, to, drawing.overlay, seen)
            else:
                if drawing.volume:
                    self._draw_volume(painter, to, seen)
                if drawing.as_line or to.pitch < LINE_BELOW * to.scale:
                    self._draw_line(painter, to, seen)
                else:
                    self._draw_candles(painter, to, seen)
        self._draw_marks(painter, to)
        painter.restore()

    def _draw_ground(self, painter: QPainter, to: _Pixels) -> None:
        """Shade the extended hours and draw the grid, which is stronger on them so as to be seen."""
        theme, frame = current_theme(), to.frame
        self._draw_grid(painter, to, theme.line)
        for first, last in self._extended:
            left, right = to.at(first - 0.5, 0).x(), to.at(last + 0.5, 0).x()
            stretch = QRect(left, frame.top(), right - left, frame.height()).intersected(frame)
            painter.fillRect(stretch, theme.band)
            painter.setClipRect(stretch)
            self._draw_grid(painter, to, theme.line2)
            painter.setClipping(False)

    def _draw_grid(self, painter: QPainter, to: _Pixels, ink: QColor) -> None:
        frame = to.frame
        painter.setPen(QPen(ink, to.thin))
        for tick in self._drawing.times:
            x = to.at(tick.at, 0).x()
            painter.drawLine(x, frame.top(), x, frame.bottom())
        for tick in self._drawing.prices:
            y = to.at(0, tick.at).y()
            painter.drawLine(frame.left(), y, frame.right(), y)

    def is_extended(self, place: int) -> bool:
        """Whether a bar lies outside the regular hours."""
        return any(first <= place <= last for first, last in self._extended)

    def _draw_volume(self, painter: QPainter, to: _Pixels, seen: Floats) -> None:
        volume = self._columns.volume[int(seen[0]) : int(seen[-1]) + 1]
        most = float(volume.max())
        if most <= 0:
            return
        width, floor_y = to.body(), to.frame.bottom() + 1
        xs = to.x(seen)
        starts = np.concatenate(([0], np.flatnonzero(np.diff(xs)) + 1))  # of several in a pixel the largest
        shares = np.maximum.reduceat(volume, starts) / most
        heights = np.rint(VOLUME_HEIGHT * to.scale * shares).astype(np.int64)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().line2)
        columns = zip(xs[starts].tolist(), heights.tolist(), strict=True)
        painter.drawRects([QRect(x - width // 2, floor_y - h, width, h) for x, h in columns])

    def _draw_candles(self, painter: QPainter, to: _Pixels, seen: Floats) -> None:
        theme, part = current_theme(), slice(int(seen[0]), int(seen[-1]) + 1)
        opened, closed = self._columns.open[part], self._columns.close[part]
        rising = closed >= opened
        tops, bottoms = to.y(np.maximum(opened, closed)), to.y(np.minimum(opened, closed))
        rows = np.stack(
            (to.x(seen), to.y(self._columns.high[part]), tops, bottoms, to.y(self._columns.low[part]))
        )
        for wanted, ink in ((True, theme.up), (False, theme.down)):
            self._draw_bodies(painter, to, rows[:, rising == wanted], ink, hollow=wanted)

    def _draw_bodies(
        self, painter: QPainter, to: _Pixels, rows: NDArray[np.int64], ink: QColor, *, hollow: bool
    ) -> None:
        """Draw wicks and bodies of one direction; ``rows`` are x, high, top, bottom and low in pixels."""
        width = to.body()
        half = width // 2
        bars = rows.T.tolist()
        painter.setPen(QPen(ink, to.thin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawLines(
            [
                line
                for x, high, top, foot, low in bars
                for line in (QLine(x, high, x, top), QLine(x, foot, x, low))
            ]
        )
        bodies = [QRect(x - half, top, width, max(foot - top, 1)) for x, _, top, foot, _ in bars]
        inside = [rect for rect in bodies if hollow and width > 2 and rect.height() > 1]  # noqa: PLR2004
        if inside:
            painter.setBrush(current_theme().panel)
            painter.drawRects([rect.adjusted(0, 0, -1, -1) for rect in inside])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRects([rect for rect in bodies if not (hollow and width > 2 and rect.height() > 1)])  # noqa: PLR2004

    def _draw_line(self, painter: QPainter, to: _Pixels, seen: Floats) -> None:
        closes = self._columns.close[int(seen[0]) : int(seen[-1]) + 1]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = _LINE_WIDTH * to.scale if to.pitch >= 1 else 1  # Qt draws a line of one pixel far faster
        painter.setPen(QPen(current_theme().t1, width))
        painter.drawPolyline(to.polygon(seen, closes))
        if closes.size == 1:  # the first minute of a day
            painter.setBrush(current_theme().t1)
            painter.drawEllipse(QPointF(to.at(seen[0], closes[0])), _DOT * to.scale, _DOT * to.scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_overlay(self, painter: QPainter, to: _Pixels, overlay: Overlay, seen: Floats) -> None:
        """Draw the usual range, the zero line and the lines, the first one on top."""
        theme, part = current_theme(), slice(int(seen[0]), int(seen[-1]) + 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        usual = np.array([np.nan if v is None else v for v in overlay.usual[part]], dtype=np.float64)
        if usual.size:
            known = np.isfinite(usual)
            edge = to.polygon(seen[known], usual[known])
            lower = to.polygon(seen[known][::-1], -usual[known][::-1])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.band)
            painter.drawPolygon(QPolygonF([*edge.toList(), *lower.toList()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        zero = to.at(0, 0.0).y()
        painter.setPen(QPen(theme.line2, to.thin))
        painter.drawLine(to.frame.left(), zero, to.frame.right(), zero)
        for line in reversed(overlay.lines):
            values = np.array([np.nan if v is None else v for v in line.values[part]], dtype=np.float64)
            known = np.isfinite(values)
            pen = QPen(theme.t2 if line.dash else theme.t1, _LINE_WIDTH * to.scale)
            if line.dash:
                pen.setDashPattern(list(line.dash))
            painter.setPen(pen)
            painter.drawPolyline(to.polygon(seen[known], values[known]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _draw_marks(self, painter: QPainter, to: _Pixels) -> None:
        drawing, frame = self._drawing, to.frame
        written: list[QRect] = []
        theme = current_theme()
        for alert in drawing.alerts:
            y = to.at(0, alert.price).y()
            pen = QPen(theme.you, to.thin)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawLine(frame.left(), y, frame.right(), y)
            self._draw_note(painter, alert.note, to, y, written)
        painter.setPen(QPen(theme.t3, to.thin, Qt.PenStyle.DotLine))
        if drawing.last is not None:
            y = to.at(0, drawing.last).y()
            painter.drawLine(frame.left(), y, frame.right(), y)
        for place in drawing.leaders:
            bar, overlay = drawing.series.bars[place], drawing.overlay
            top = bar.high if overlay is None else overlay.at(place)
            foot = to.at(place, top)
            painter.drawLine(QPoint(foot.x(), frame.top()), foot - QPoint(0, 3))
        if drawing.cross is not None:
            at = to.at(*drawing.cross)
            painter.drawLine(at.x(), frame.top(), at.x(), frame.bottom())
            painter.drawLine(frame.left(), at.y(), frame.right(), at.y())
        if drawing.focused:
            wide = round(_FOCUS * to.scale)
            painter.setPen(QPen(theme.you, wide, j=Qt.PenJoinStyle.MiterJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(frame.adjusted(wide // 2, wide // 2, -wide // 2, -wide // 2))

    def _draw_note(self, painter: QPainter, note: str, to: _Pixels, at: int, written: list[QRect]) -> None:
        """Write what an alert line is about where no candle is, else on a ground of its own.

        Those ``written`` before it are not covered: it stands beside them.
        """
        if not note:
            return
        theme = current_theme()
        painter.save()
        painter.scale(to.scale, to.scale)  # text is measured in pixels of the window
        line, left, wide, high = (
            round(edge / to.scale) for edge in (at, to.frame.left(), to.frame.width(), to.frame.top())
        )
        painter.setFont(theme.font(Role.CAPTION))
        metrics = painter.fontMetrics()
        above = line - 4 - metrics.height() > high + px(_READOUT)
        base = line - 4 if above else line + 3 + metrics.ascent()
        around = metrics.boundingRect(note).adjusted(-3, 0, 3, 0)
        feet = [QPoint(left + round(wide * share), base) for share in _NOTE_AT]
        rooms = [_beside(around.translated(foot), written) for foot in feet]
        rooms = [room for room in rooms if room.right() <= left + wide]
        if rooms:  # else there is none left: the tag says the price
            room = next((each for each in rooms if self._is_free(each, to)), rooms[0])
            written.append(room)
            painter.fillRect(room, theme.panel)
            painter.drawText(room.topLeft() - around.topLeft(), note)
        painter.restore()

    def _is_free(self, room: QRect, to: _Pixels) -> bool:
        """Whether no bar stands in a rectangle of the window's pixels."""
        area = to.area(QRectF(room))
        seen = slice(max(floor(area.left()), 0), max(ceil(area.right()), 0) + 1)
        low, high = self._columns.low[seen], self._columns.high[seen]
        return not bool(((high >= area.top()) & (low <= area.bottom())).any())


def _beside(room: QRect, written: list[QRect]) -> QRect:
    """Return a rectangle moved to the right of those that it would cover."""
    while before := next((each for each in written if each.intersects(room)), None):
        room = room.translated(before.right() + _NOTE_GAP - room.left(), 0)
    return room
