"""The pyqtgraph side of the chart; imported when the first bars arrive, because numpy comes with it."""

from dataclasses import replace
from math import ceil, log10

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QWidget

from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_canvas import VOLUME_HEIGHT, ChartCanvas, ChartDrawing
from stackwatch.ui.chart.chart_items import AlertLine, AxisTick, BarSeries, decimals_of, price_ticks, thinned
from stackwatch.ui.chart.chart_overlay import Overlay, percent_ticks
from stackwatch.ui.chart.chart_readout import Readout
from stackwatch.ui.chart.chart_tags import (
    AXIS_WIDTH,
    GAP,
    WIDEST_TAG,
    ChartTag,
    TagKind,
    TagLane,
    axis_width,
)
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import Role, current_theme, px

_AXIS_HEIGHT = 20
_LABEL_HALF = 7
_FEWEST_BARS = 8
_TAGS_SHARE = 28  # percent of the width that the names of compared lines may take
_GRAB = 4  # pixels from an alert line within which it can be taken


class PricePlot(QWidget):
    """One series with its axes, crosshair and tags; the pointer drags and zooms time only.

    An alert line can be dragged to another price; a right click tells the price it was at, if it was one.
    """

    view_changed = Signal()
    alert_moved = Signal(str, float)
    menu_wanted = Signal(QPoint, object)

    def __init__(self, series: BarSeries) -> None:
        super().__init__()
        self._series = series
        self._times: list[AxisTick] = []
        self._has_volume = True
        self._overlay: Overlay | None = None
        self._begin = 0  # the first place that has something to show
        self._as_line = False
        self._last: float | None = None
        self._label = ""
        self._alerts: tuple[AlertLine, ...] = ()
        self._dragged: AlertLine | None = None
        self._taken_at, self._pulled = 0.0, False  # where the pointer took it, and whether it went on
        self._leaders: tuple[int, ...] = ()
        self._cross: tuple[int, float] | None = None
        self._pointer = QPointF()  # where the crosshair was asked for
        self._settling = False
        self._canvas = ChartCanvas(ChartDrawing(series=series))
        # Box and axes without a PlotItem: its menus and forms, which nobody sees, would double the time.
        self._widget = pg.GraphicsView()
        self._box = pg.ViewBox(enableMenu=False)
        self._right = pg.AxisItem("right", linkView=self._box)
        self._bottom = pg.AxisItem("bottom", linkView=self._box)
        self.tags, self._readout = TagLane(self._widget), Readout(self._widget)
        self._prepare()
        vbox((self._widget,), into=self)
        self._readout.hide()

    def _prepare(self) -> None:
        view = self._box
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for part, row, column in ((view, 0, 0), (self._right, 0, 1), (self._bottom, 1, 0)):
            grid.addItem(part, row, column)
        plot = pg.GraphicsWidget()
        plot.setLayout(grid)
        self._widget.setCentralItem(plot)
        self._right.setWidth(AXIS_WIDTH)
        view.setMouseEnabled(x=True, y=False)
        view.disableAutoRange()
        view.setDefaultPadding(0)
        view.addItem(self._canvas, ignoreBounds=True)
        view.sigXRangeChanged.connect(self._settle)
        view.sigResized.connect(self._settle)
        self._widget.scene().sigMouseMoved.connect(self._point)
        self._widget.viewport().installEventFilter(self)
        self._widget.setFrameShape(QFrame.Shape.NoFrame)
        for part in (self._widget, self._widget.viewport()):  # no key acts there
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_series(self, series: BarSeries, *, as_line: bool) -> None:
        """Show bars from the first to the last."""
        self._times = series.time_ticks()
        self._has_volume = any(bar.volume for bar in series.bars)
        fresh = series is not self._series
        self._series, self._as_line = series, as_line
        self._bottom.setHeight(px(_AXIS_HEIGHT))
        self._widen_axis()
        self._cross = None
        self._readout.hide()
        if fresh or not self._box.state["viewRange"][0][1] > 1:
            self._settling = True  # once, when all is known
            self.show_all()
            self._settling = False
        self._colour()
        self._settle()

    def show_all(self) -> None:
        """Bring every bar into view, or of compared lines all there is."""
        count = len(self._series.bars)
        self._limit(count)
        self._box.setXRange(self._begin - 0.8, count - 0.2, padding=0)

    def _limit(self, count: int) -> None:
        """Let the view go no further than there is something to see."""
        least = min(_FEWEST_BARS, count - self._begin + 1)
        self._box.setLimits(xMin=self._begin - 1, xMax=count, minXRange=least)

    def show_overlay(self, overlay: Overlay | None) -> None:
        """Draw lines in percent instead of prices, or prices again."""
        other = (overlay is None) is not (self._overlay is None)
        if other:
            self.forget_point()  # it read a price where percents stand, or the other way round
        self._overlay = overlay
        self._widen_axis(anew=other)  # prices need less room
        begin = 0 if overlay is None else overlay.begin
        if begin != self._begin:
            self._begin = begin
            self.show_all()
        self._settle()

    def grow(self, series: BarSeries) -> None:
        """Show the same bars with newer ones behind them, which come into view where the last one was."""
        more = len(series.bars) - len(self._series.bars)
        left, right = self._box.state["viewRange"][0]
        followed = right >= len(self._series.bars) - 1
        self._series = series
        self._times = series.time_ticks()
        self._has_volume = any(bar.volume for bar in series.bars)
        self._limit(len(series.bars))
        if more and followed:
            whole = left <= self._begin
            self._box.setXRange(left if whole else left + more, right + more, padding=0)
        self._settle()

    def set_last(self, last: float | None, label: str) -> None:
        """Move the tag of the last price."""
        if (last, label) == (self._last, self._label):
            return
        self._last, self._label = last, label
        self._widen_axis()
        view = self._box.viewRect()
        if last is None or view.top() <= last <= view.bottom():
            self._draw()
        else:
            self._settle()

    def set_alerts(self, alerts: tuple[AlertLine, ...]) -> None:
        """Draw lines at the prices where rules fire."""
        self._alerts = alerts
        self._widen_axis()
        self._draw()

    def set_leaders(self, places: tuple[int, ...]) -> None:
        """Draw dotted lines down to these bars."""
        self._leaders = places
        self._draw()

    def x_of(self, place: int) -> float | None:
        """Return a bar's distance from the left edge in pixels; None when it is out of view."""
        rect = self._box.viewRect()
        if not rect.left() <= place <= rect.right():
            return None
        point = self._widget.mapFromScene(self._box.mapViewToScene(QPointF(place, 0)))
        return float(point.x())

    def y_of(self, price: float) -> int:
        """Return a price's distance from the top edge in pixels."""
        at = self._widget.mapFromScene(self._box.mapViewToScene(QPointF(self._box.viewRect().left(), price)))
        return int(at.y())

    def price_at(self, y: float) -> float:
        """Return the price at a distance from the top edge, as exact as a pixel is."""
        scene = self._widget.mapToScene(QPoint(0, int(y)))
        exact = float(self._box.mapSceneToView(scene).y())
        per_pixel = self._box.viewRect().height() / max(self._box.height(), 1.0)
        decimals = min(ceil(-log10(max(per_pixel, 1e-9))), decimals_of(self._label))  # 268,734 won is 268,700
        return round(exact, decimals)

    def _write(self, value: float) -> str:
        """Write a place on the axis as the axis means it."""
        if self._overlay is not None:
            return text.percent(value)
        return f"{value:,.{decimals_of(self._label)}f}"

    def _widen_axis(self, *, anew: bool = False) -> None:
        """Give the axis the room of its tags: prices in won are long, names of layers longer."""
        lines = () if self._overlay is None else self._overlay.lines
        tags = [(line.name, line.figure) for line in lines]
        tags = tags or [(label, "") for label in (self._label, *(alert.label for alert in self._alerts))]
        axis = self._right
        wanted = axis_width(tags, max(WIDEST_TAG, self.width() * _TAGS_SHARE // 100))
        if anew or self._overlay is not None or wanted > axis.width():
            axis.setWidth(wanted)

    def _colour(self) -> None:
        theme = current_theme()
        self._widget.setBackground(theme.panel)
        self._readout.setStyleSheet(f"background: {theme.panel.name()};")  # candles stand behind it
        for axis in (self._right, self._bottom):
            axis.setPen(pg.mkPen(QColor(0, 0, 0, 0)))
            axis.setTickPen(pg.mkPen(theme.panel))
            axis.setTextPen(pg.mkPen(theme.t2))
            axis.setStyle(tickFont=theme.font(Role.CAPTION), tickLength=0, tickTextOffset=5)

    @property
    def _strip(self) -> int:
        """The height at the foot that the volume takes; in a low plot the prices have all of it."""
        wanted = self._has_volume and self._overlay is None and self._box.height() >= VOLUME_HEIGHT * 4
        return VOLUME_HEIGHT if wanted else 0

    def _settle(self) -> None:
        """Fit prices to the bars in view and place ticks and tags."""
        if self._settling or not self._series.bars or self._box.height() <= VOLUME_HEIGHT * 2:
            return
        self._settling = True
        view = self._box.viewRect()
        first, last = int(view.left()) - 1, int(view.right()) + 1
        if self._overlay is not None:
            low, high = self._overlay.bounds(first, last)
        else:
            self._canvas.take(self._series)
            low, high = self._canvas.bounds(first, last)
            if self._last is not None and view.right() >= len(self._series.bars) - 1:
                low, high = min(low, self._last), max(high, self._last)
        span = (high - low) or abs(high) * 0.01 or 1.0
        room = (self._strip + 14 if self._strip else 8) / self._box.height()
        self._box.setYRange(low - span * room / (1 - room), high + span * 0.04, padding=0)
        self._settling = False
        if self._cross is not None:  # other bars came under a pointer that rests
            self._read()
        self._draw()
        self.view_changed.emit()

    def _draw(self) -> None:
        view = QRectF(self._box.viewRect())
        pitch = self._box.width() / max(view.width(), 1e-9)
        times = thinned(self._times, pitch)
        per_price = max(self._box.height(), 1.0) / max(view.height(), 1e-12)  # there may be no room at all
        make = price_ticks if self._overlay is None else percent_ticks
        floor_price = view.top() + self._strip / per_price
        ticks = [t for t in make(view.top(), view.bottom(), self._box.height()) if t.at > floor_price]
        self._place_tags(view)
        self._label_axes(ticks, times)
        prices = self._overlay is None
        self._canvas.put(
            ChartDrawing(
                series=self._series,
                as_line=self._as_line or self._series.as_line,
                volume=self._strip > 0,
                overlay=self._overlay,
                times=tuple(times),
                prices=tuple(ticks),
                last=self._last if prices else None,
                alerts=self._shown_alerts(view),
                leaders=tuple(place for place in self._leaders if place < len(self._series.bars)),
                cross=self._cross,
            ),
            view,
        )

    def _label_axes(self, ticks: list[AxisTick], times: list[AxisTick]) -> None:
        """Write the ticks that no tag covers."""
        placed = ((tick, self.y_of(tick.at)) for tick in ticks)
        shown = [tick for tick, y in placed if y > _LABEL_HALF and not self.tags.covers(y)]
        self._right.setTicks([[(tick.at, tick.label) for tick in shown]])
        self._bottom.setTicks([[(tick.at, tick.label) for tick in times]])

    def _shown_alerts(self, view: QRectF) -> tuple[AlertLine, ...]:
        """Return the alert lines in view, the dragged one where the pointer has it; none over percents."""
        if self._overlay is not None:
            return ()
        moved = self._dragged
        alerts = [moved if moved and moved.rule_id == a.rule_id else a for a in self._alerts]
        return tuple(alert for alert in alerts if view.top() <= alert.price <= view.bottom())

    def _place_tags(self, view: QRectF) -> None:
        right = self._widget.mapFromScene(self._box.mapViewToScene(QPointF(view.right(), view.top()))).x()
        left = int(right) + GAP
        strip = QRect(left, 0, self.width() - left, int(self._box.height()))
        tags: list[ChartTag] = []
        if self._overlay is not None:
            tags += [
                ChartTag(TagKind.LINE, line.name, self.y_of(line.end), line.figure)
                for line in self._overlay.lines
                if line.end is not None
            ]
        elif self._last is not None and self._label and view.top() <= self._last <= view.bottom():
            tags.append(ChartTag(TagKind.LAST, self._label, self.y_of(self._last)))
        tags += [ChartTag(TagKind.ALERT, a.label, self.y_of(a.price)) for a in self._shown_alerts(view)]
        cross = None
        if self._cross is not None:
            at = self._cross[1]
            cross = ChartTag(TagKind.CROSS, self._write(at), self.y_of(at))
        self.tags.put(tags, strip, cross)

    def _point(self, at: QPointF) -> None:
        """Follow the pointer with the crosshair."""
        if not self._series.bars or not self._box.sceneBoundingRect().contains(at):
            self.forget_point()
            return
        self._pointer = at
        self._read()
        self._draw()

    def _read(self) -> None:
        """Tell of what is under the pointer."""
        here = self._box.mapSceneToView(self._pointer)
        place = min(max(round(here.x()), 0), len(self._series.bars) - 1)
        self._cross = (place, here.y())
        words = [self._series.words(place, decimals_of(self._label))]
        if self._overlay is not None:
            words = [self._series.time_words(place), *self._overlay.words(place)]
        if self._canvas.is_extended(place):
            words.append(self.tr("extended hours"))
        self._readout.tell(words, int(self._box.width()))

    def forget_point(self) -> None:
        """Take the crosshair away."""
        if self._cross is not None:
            self._cross = None
            self._readout.hide()
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop the crosshair when the pointer leaves; drag alert lines; ask for the menu."""
        # A menu has the pointer while another view takes the chart's place.
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self.forget_point()
        if event.type() is QEvent.Type.Hide:
            self._dragged = None  # another share takes its place, on whose scale its price means nothing
        if isinstance(event, QMouseEvent) and self._take_mouse(event):
            return True
        return super().eventFilter(watched, event)

    def _take_mouse(self, event: QMouseEvent) -> bool:
        """Take a pointer event that is about an alert line or the menu; others move the view."""
        y = event.position().y()
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.RightButton:
            price = self.price_at(y) if self._overlay is None and y < self._box.height() else None
            self.menu_wanted.emit(event.globalPosition().toPoint(), price if price and price > 0 else None)
            return True
        if kind is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._dragged = self._alert_near(y)
            if self._dragged is not None:
                self.forget_point()  # no move of the pointer reaches it until the line is let go
                self._taken_at, self._pulled = y, False
            return self._dragged is not None
        if kind is QEvent.Type.MouseMove and self._dragged is None:
            over = Qt.CursorShape.ArrowCursor if self._alert_near(y) is None else Qt.CursorShape.SizeVerCursor
            self._widget.viewport().setCursor(over)
            return False
        if self._dragged is None:
            return False
        self._pulled = self._pulled or abs(y - self._taken_at) >= _GRAB  # a click is no pull
        if self._pulled:
            self._pull(y)
        if kind is QEvent.Type.MouseButtonRelease:
            let_go, self._dragged = self._dragged, None
            if self._pulled:
                self.alert_moved.emit(let_go.rule_id, let_go.price)
        return True

    def _pull(self, y: float) -> None:
        """Have the line that is dragged at the pointer, within the plot and above zero."""
        assert self._dragged is not None
        least = 10.0 ** -decimals_of(self._label)
        price = max(self.price_at(min(max(y, 0.0), self._box.height() - 1)), least)
        away = "" if self._last is None else text.percent((price / self._last - 1.0) * 100.0, 1)
        self._dragged = replace(self._dragged, price=price, label=self._write(price), note=away)
        self._draw()

    def rule_near(self, price: float) -> str | None:
        """Return the rule whose line is at a price, within the reach of a pointer."""
        near = self._alert_near(self.y_of(price))
        return None if near is None else near.rule_id

    def _alert_near(self, y: float) -> AlertLine | None:
        shown = self._shown_alerts(QRectF(self._box.viewRect()))
        return next((alert for alert in shown if abs(self.y_of(alert.price) - y) <= _GRAB), None)
