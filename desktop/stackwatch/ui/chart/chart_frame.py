"""What pyqtgraph gives the plot: a box whose time can be moved and zoomed, and its two axes."""

from collections.abc import Sequence
from math import ceil, log10

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsGridLayout, QGraphicsItem

from stackwatch.ui.chart.chart_tags import AXIS_WIDTH, axis_width
from stackwatch.ui.chart.chart_ticks import AxisTick
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px

_AXIS_HEIGHT = 20
_CORNER, _DEEPER = 5, 3  # pixels from the plot to what stands beside its foot, which is level with the ticks


class PlotFrame(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A box with an axis of prices at the right and one of time at the foot.

    No PlotItem: its menus and forms, which nobody sees, would double the time.
    """

    def __init__(self, canvas: QGraphicsItem) -> None:
        super().__init__()
        self.box = pg.ViewBox(enableMenu=False)
        self.right = pg.AxisItem("right", linkView=self.box)
        self.bottom = pg.AxisItem("bottom", linkView=self.box)
        grid = QGraphicsGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        for part, row, column in ((self.box, 0, 0), (self.right, 0, 1), (self.bottom, 1, 0)):
            grid.addItem(part, row, column)
        plot = pg.GraphicsWidget()
        plot.setLayout(grid)
        self.setCentralItem(plot)
        self.right.setWidth(AXIS_WIDTH)
        self.box.setMouseEnabled(x=True, y=False)
        self.box.disableAutoRange()
        self.box.setDefaultPadding(0)
        self.box.addItem(canvas, ignoreBounds=True)
        self.zone = ElidedText(self)  # whose hours the axis tells
        self.setFrameShape(QFrame.Shape.NoFrame)
        for part in (self, self.viewport()):  # keys are the plot's
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def view(self) -> QRectF:
        """The places and prices in view."""
        return QRectF(self.box.viewRect())

    @property
    def times(self) -> tuple[float, float]:
        """The places at the left and the right edge."""
        left, right = self.box.state["viewRange"][0]
        return left, right

    def colour(self) -> None:
        """Follow the theme and the size of the text."""
        theme = current_theme()
        self.setBackground(theme.panel)
        self.bottom.setHeight(px(_AXIS_HEIGHT))
        for axis in (self.right, self.bottom):
            axis.setPen(pg.mkPen(QColor(0, 0, 0, 0)))
            axis.setTickPen(pg.mkPen(theme.panel))
            axis.setTextPen(pg.mkPen(theme.t2))
            axis.setStyle(tickFont=theme.font(Role.CAPTION), tickLength=0, tickTextOffset=5)

    def widen(self, tags: Sequence[tuple[str, str]], widest: int, *, anew: bool) -> None:
        """Give the price axis the room of its tags, none above ``widest``; it shrinks only ``anew``."""
        wanted = axis_width(tags, widest)
        if anew or wanted > self.right.width():
            self.right.setWidth(wanted)

    def write(self, prices: Sequence[AxisTick], times: Sequence[AxisTick]) -> None:
        """Write the ticks."""
        self.right.setTicks([[(tick.at, tick.label) for tick in prices]])
        self.bottom.setTicks([[(tick.at, tick.label) for tick in times]])
        left, top = int(self.box.width()) + _CORNER, int(self.box.height())
        self.zone.setGeometry(left, top + _DEEPER, self.width() - left, px(_AXIS_HEIGHT))

    def name_zone(self, words: str) -> None:
        """Say in the corner between the axes whose hours are told."""
        self.zone.put(words, Ink.T2, Role.CAPTION)

    def point_of(self, place: float, value: float) -> QPointF:
        """Return where a place and a price are in this widget's pixels."""
        return QPointF(self.mapFromScene(self.box.mapViewToScene(QPointF(place, value))))

    def value_at(self, y: float, decimals: int) -> float:
        """Return the price at a height, as exact as a pixel is: of 268,734 won 268,700."""
        exact = float(self.box.mapSceneToView(self.mapToScene(QPoint(0, int(y)))).y())
        return round(exact, min(ceil(log10(max(self.per_price, 1e-9))), decimals))

    def fit(self, low: float, high: float, head: int, foot: int) -> None:
        """Bring prices into view, with so many pixels free above and below them."""
        span = (high - low) or abs(high) * 0.01 or 1.0
        pixel = span / (self.box.height() - head - foot)
        self.box.setYRange(low - foot * pixel, high + head * pixel, padding=0)

    @property
    def per_price(self) -> float:
        """How many pixels are one of price; there may be no room at all."""
        return float(max(self.box.height(), 1.0) / max(self.view.height(), 1e-12))

    @property
    def pitch(self) -> float:
        """How many pixels a bar has."""
        return float(self.box.width() / max(self.view.width(), 1e-9))
