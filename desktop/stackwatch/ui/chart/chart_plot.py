"""The pyqtgraph side of the chart; imported when the first bars arrive, because numpy comes with it."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stackwatch.domain.watchlist import Language
from stackwatch.ui.chart.chart_items import VOLUME_HEIGHT, ChartCanvas, Drawing, Series, price_ticks, thinned
from stackwatch.ui.kit.chips import Text, box
from stackwatch.ui.kit.theme import Role, Theme

_AXIS_WIDTH = 60
_AXIS_HEIGHT = 20
_TAG_HEIGHT = 16
_LABEL_HALF = 7
_FEWEST_BARS = 8


def tag_width(label: str, theme: Theme) -> int:
    """Return the room of a price in its tag."""
    return QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance(label) + 12


class PriceTag(QWidget):
    """The last price on the axis."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def put(self, label: str, middle: int, left: int, theme: Theme) -> None:
        """Show a price at a height."""
        self._label, self._theme = label, theme
        width = max(tag_width(label, theme), _AXIS_WIDTH - 2)
        self.setGeometry(left, middle - _TAG_HEIGHT // 2, width, _TAG_HEIGHT)
        self.setAccessibleName(label)
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tag."""
        painter = QPainter(self)
        theme = self._theme
        box(painter, self.rect(), 3, theme.t1, None)
        painter.setFont(theme.font(Role.STRONG))
        painter.setPen(theme.panel)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._label)
        painter.end()


class PricePlot(QWidget):
    """One series with its axes, crosshair and last price; the pointer drags and zooms time only."""

    view_changed = Signal()

    def __init__(
        self, series: Series, theme: Theme, language: Language, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._series, self._theme, self._language = series, theme, language
        self._times = series.time_ticks(language)
        self._has_volume = True
        self._last: float | None = None
        self._label = ""
        self._leaders: tuple[int, ...] = ()
        self._cross: tuple[int, float] | None = None
        self._settling = False
        self._canvas = ChartCanvas(Drawing(series=series, theme=theme))
        self._widget = pg.PlotWidget()
        self._plot = self._widget.getPlotItem()
        self._box = self._plot.getViewBox()
        self._tag = PriceTag(theme, self._widget)
        self._readout = Text(self._widget)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._prepare()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._widget)
        self._readout.hide()

    def _prepare(self) -> None:
        plot, view = self._plot, self._box
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.hideAxis("left")
        plot.showAxis("right")
        plot.setMouseEnabled(x=True, y=False)
        plot.layout.setContentsMargins(0, 0, 0, 0)
        plot.getAxis("right").setWidth(_AXIS_WIDTH)
        plot.getAxis("bottom").setHeight(_AXIS_HEIGHT)
        view.disableAutoRange()
        view.setDefaultPadding(0)
        view.addItem(self._canvas, ignoreBounds=True)
        view.sigXRangeChanged.connect(self._settle)
        view.sigResized.connect(self._settle)
        self._widget.scene().sigMouseMoved.connect(self._point)
        self._widget.viewport().installEventFilter(self)
        self._widget.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self._widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_series(
        self, series: Series, last: float | None, label: str, theme: Theme, language: Language
    ) -> None:
        """Show bars from the first to the last, with a tag at the last price."""
        self._times = series.time_ticks(language)
        self._has_volume = any(bar.volume for bar in series.bars)
        fresh = series is not self._series or theme is not self._theme
        self._series, self._theme, self._language = series, theme, language
        self._last, self._label = last, label
        self._widen_axis()
        self._cross = None
        self._readout.hide()
        if fresh or not self._box.state["viewRange"][0][1] > 1:
            count = len(series.bars)
            self._box.setLimits(xMin=-1, xMax=count, minXRange=min(_FEWEST_BARS, count + 1))
            self._box.setXRange(-0.8, count - 0.2, padding=0)
        self._colour()
        self._settle()

    def grow(self, series: Series, language: Language) -> None:
        """Show the same bars with newer ones behind them, which come into view where the last one was."""
        more = len(series.bars) - len(self._series.bars)
        left, right = self._box.state["viewRange"][0]
        followed = right >= len(self._series.bars) - 1
        self._series = series
        self._times = series.time_ticks(language)
        self._has_volume = any(bar.volume for bar in series.bars)
        count = len(series.bars)
        self._box.setLimits(xMin=-1, xMax=count, minXRange=min(_FEWEST_BARS, count + 1))
        if more and followed:
            whole = left <= 0
            self._box.setXRange(left if whole else left + more, right + more, padding=0)
        self._settle()

    def set_last(self, last: float | None, label: str) -> None:
        """Move the tag."""
        if (last, label) == (self._last, self._label):
            return
        self._last, self._label = last, label
        self._widen_axis()
        view = self._box.viewRect()
        if last is None or view.top() <= last <= view.bottom():
            self._draw()
            self._place_tag()
        else:
            self._settle()

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

    def _widen_axis(self) -> None:
        """Give the axis the room of the tag: prices in won are longer than those in dollars."""
        width = max(tag_width(self._label, self._theme) + 4, _AXIS_WIDTH)
        axis = self._plot.getAxis("right")
        if width > axis.width():
            axis.setWidth(width)

    def _colour(self) -> None:
        theme = self._theme
        self._widget.setBackground(theme.panel)
        for name in ("right", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setPen(pg.mkPen(QColor(0, 0, 0, 0)))
            axis.setTickPen(pg.mkPen(theme.panel))
            axis.setTextPen(pg.mkPen(theme.t2))
            axis.setStyle(tickFont=theme.font(Role.CAPTION), tickLength=0, tickTextOffset=5)

    def _settle(self) -> None:
        """Fit prices to the bars in view and place ticks and tag."""
        if self._settling or not self._series.bars or self._box.height() <= VOLUME_HEIGHT * 2:
            return
        self._settling = True
        view = self._box.viewRect()
        low, high = self._series.bounds(int(view.left()) - 1, int(view.right()) + 1)
        if self._last is not None and view.right() >= len(self._series.bars) - 1:
            low, high = min(low, self._last), max(high, self._last)
        span = (high - low) or abs(high) * 0.01 or 1.0
        strip = VOLUME_HEIGHT + 14 if self._has_volume else 8
        room = strip / self._box.height()
        self._box.setYRange(low - span * room / (1 - room), high + span * 0.04, padding=0)
        self._settling = False
        self._draw()
        self._place_tag()
        self.view_changed.emit()

    def _draw(self) -> None:
        view = QRectF(self._box.viewRect())
        pitch = self._box.width() / max(view.width(), 1e-9)
        times = thinned(self._times, pitch)
        prices = price_ticks(view.top(), view.bottom(), self._box.height())
        per_price = self._box.height() / max(view.height(), 1e-12)
        floor_price = view.top() + (VOLUME_HEIGHT if self._has_volume else 0) / per_price
        prices = [tick for tick in prices if tick.at > floor_price]
        shown = [
            t
            for t in prices
            if (view.bottom() - t.at) * per_price > _LABEL_HALF
            and (self._last is None or abs(t.at - self._last) * per_price > _TAG_HEIGHT - 2)
        ]
        self._plot.getAxis("right").setTicks([[(tick.at, tick.label) for tick in shown]])
        self._plot.getAxis("bottom").setTicks([[(tick.at, tick.label) for tick in times]])
        self._canvas.put(
            Drawing(
                series=self._series,
                theme=self._theme,
                times=tuple(times),
                prices=tuple(prices),
                last=self._last,
                leaders=self._leaders,
                cross=self._cross,
            ),
            view,
        )

    def _place_tag(self) -> None:
        if self._last is None or not self._label:
            self._tag.hide()
            return
        view = self._box.viewRect()
        if not view.top() <= self._last <= view.bottom():
            self._tag.hide()
            return
        at = self._widget.mapFromScene(self._box.mapViewToScene(QPointF(view.right(), self._last)))
        self._tag.put(self._label, int(at.y()), int(at.x()) + 2, self._theme)

    def _point(self, at: QPointF) -> None:
        """Follow the pointer with the crosshair."""
        if not self._series.bars or not self._box.sceneBoundingRect().contains(at):
            self._forget_point()
            return
        here = self._box.mapSceneToView(at)
        place = min(max(round(here.x()), 0), len(self._series.bars) - 1)
        self._cross = (place, here.y())
        self._readout.put(
            self._series.words(place, self._language), self._theme.t1, self._theme.font(Role.CAPTION)
        )
        self._readout.setGeometry(QRect(4, 2, self._readout.sizeHint().width(), 16))
        self._draw()

    def _forget_point(self) -> None:
        if self._cross is not None:
            self._cross = None
            self._readout.hide()
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop the crosshair when the pointer leaves."""
        if event.type() is QEvent.Type.Leave:
            self._forget_point()
        return super().eventFilter(watched, event)
