"""The pyqtgraph side of the chart; imported when the first bars arrive, because numpy comes with it."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_canvas import VOLUME_HEIGHT, ChartCanvas, ChartDrawing
from stackwatch.ui.chart.chart_frame import PlotFrame
from stackwatch.ui.chart.chart_held_line import GRAB, HeldLine
from stackwatch.ui.chart.chart_items import AlertLine, BarSeries, decimals_of
from stackwatch.ui.chart.chart_keys import EDGE, TimeView, after_key
from stackwatch.ui.chart.chart_overlay import Overlay, percent_ticks
from stackwatch.ui.chart.chart_readout import READOUT_HEIGHT, Readout
from stackwatch.ui.chart.chart_tags import GAP, NUMBER_HALF, WIDEST_TAG, ChartTag, TagKind, TagLane
from stackwatch.ui.chart.chart_ticks import TimeTicks, price_ticks
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import px

_TAGS_SHARE = 28  # percent of the width that the names of compared lines may take


class PricePlot(QWidget):
    """One series with its axes, crosshair and tags; the pointer and keys move and zoom time only.

    An alert line can be dragged to another price; a right click tells the price it was at, if it was one, the
    menu key the close of the bar that is read.
    """

    view_changed = Signal()
    alert_moved = Signal(str, float)
    menu_wanted = Signal(QPoint, object)

    def __init__(self, series: BarSeries) -> None:
        super().__init__()
        self._series = series
        self._times = TimeTicks(series)
        self._has_volume = True
        self._overlay: Overlay | None = None
        self._begin = 0  # the first place that has something to show
        self._as_line = False
        self._last: float | None = None
        self._label = ""
        self._alerts: tuple[AlertLine, ...] = ()
        self._held: HeldLine | None = None
        self._leaders: tuple[int, ...] = ()
        self._cross: tuple[int, float] | None = None
        self._pointer: QPointF | None = None  # where the crosshair was asked for; None where it was by key
        self._settling = False
        self._canvas = ChartCanvas(ChartDrawing(series=series))
        self._widget = PlotFrame(self._canvas)
        self._box = self._widget.box
        self._box.sigXRangeChanged.connect(self._settle)
        self._box.sigResized.connect(self._settle)
        self._widget.scene().sigMouseMoved.connect(self._point)
        self._widget.viewport().installEventFilter(self)
        self.tags, self._readout = TagLane(self._widget), Readout(self._widget)
        vbox((self._widget,), into=self)
        self._readout.hide()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the list

    def show_series(self, series: BarSeries, *, as_line: bool) -> None:
        """Show bars from the first to the last."""
        fresh = series is not self._series
        self._take(series)
        self._as_line = as_line
        self._widget.colour()
        self._readout.colour()
        self._widen_axis()
        self._cross = self._pointer = None
        self._readout.hide()
        if fresh or not self._widget.times[1] > 1:
            self._settling = True  # once, when all is known
            self.show_all()
            self._settling = False
        self._settle()

    def _take(self, series: BarSeries) -> None:
        self._series, self._times = series, TimeTicks(series)
        self._widget.name_zone(series.zone_words)
        self._has_volume = any(bar.volume for bar in series.bars)

    def show_all(self) -> None:
        """Bring every bar into view, or of compared lines all there is."""
        count = len(self._series.bars)
        self._box.setLimits(xMin=self._begin - 1, xMax=count, minXRange=self._look.least)
        self._box.setXRange(self._begin - EDGE, count - 1 + EDGE, padding=0)

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
        """Show the same bars anew, some behind them or others before; what was looked at stays in view.

        New ones come into view where the last one was.
        """
        before, (left, right) = self._series, self._widget.times
        more = len(series.bars) - len(before.bars)
        whole, followed = left <= self._begin, right >= len(before.bars) - 1
        moved = more if followed else series.shift_of(before, round(left))
        if self._cross is not None:
            place, at = self._cross
            self._cross = (place + series.shift_of(before, place), at)
        self._take(series)
        self._box.setLimits(xMax=len(series.bars), minXRange=self._look.least)
        if moved:
            self._box.setXRange(left if whole and followed else left + moved, right + moved, padding=0)
        self._settle()

    def set_last(self, last: float | None, label: str) -> None:
        """Move the tag of the last price."""
        if (last, label) == (self._last, self._label):
            return
        self._last, self._label = last, label
        self._widen_axis()
        view = self._widget.view
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
        left, right = self._widget.times
        return self._widget.point_of(place, 0).x() if left <= place <= right else None

    def y_of(self, price: float) -> int:
        """Return a price's distance from the top edge in pixels."""
        return int(self._widget.point_of(0, price).y())

    def price_at(self, y: float) -> float:
        """Return the price at a distance from the top edge, as exact as a pixel is."""
        return self._widget.value_at(y, decimals_of(self._label))

    def _write(self, value: float) -> str:
        """Write a place on the axis as the axis means it."""
        return text.percent(value) if self._overlay else f"{value:,.{decimals_of(self._label)}f}"

    def _widen_axis(self, *, anew: bool = False) -> None:
        """Give the axis the room of its tags: prices in won are long, names of layers longer."""
        lines = () if self._overlay is None else self._overlay.lines
        tags = [(line.name, line.figure) for line in lines]
        tags = tags or [(label, "") for label in (self._label, *(alert.label for alert in self._alerts))]
        widest = max(WIDEST_TAG, self.width() * _TAGS_SHARE // 100)
        self._widget.widen(tags, widest, anew=anew or self._overlay is not None)

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
        view = self._widget.view
        first, last = int(view.left()) - 1, int(view.right()) + 1
        if self._overlay is not None:
            low, high = self._overlay.bounds(first, last)
        else:
            self._canvas.take(self._series)
            low, high = self._canvas.bounds(first, last)
            if self._last is not None and view.right() >= len(self._series.bars) - 1:
                low, high = min(low, self._last), max(high, self._last)
        head = round(min(px(READOUT_HEIGHT) + 2, self._box.height() / 6))  # what is read covers no bar
        self._widget.fit(low, high, head, self._strip + 14 if self._strip else 8)
        self._settling = False
        self._read()  # other bars came under a pointer that rests
        self._draw()
        self.view_changed.emit()

    def _draw(self) -> None:
        view = self._widget.view
        make = percent_ticks if self._overlay else partial(price_ticks, decimals=decimals_of(self._label))
        lowest = view.top() + self._strip / self._widget.per_price
        ticks = [t for t in make(view.top(), view.bottom(), self._box.height()) if t.at > lowest]
        times = self._times.within(*self._widget.times, self._widget.pitch)
        self._place_tags(view)
        edge, high = px(NUMBER_HALF), self._box.height()
        clear = [t for t in ticks if edge < (y := self.y_of(t.at)) < high - edge and not self.tags.covers(y)]
        self._widget.write(clear, times)
        self._canvas.put(
            ChartDrawing(
                series=self._series,
                as_line=self._as_line or self._series.as_line,
                volume=self._strip > 0,
                overlay=self._overlay,
                times=tuple(times),
                prices=tuple(ticks),
                last=self._last if self._overlay is None else None,
                alerts=self._shown_alerts(view),
                leaders=tuple(place for place in self._leaders if place < len(self._series.bars)),
                cross=self._cross,
                focused=self.hasFocus(),
            ),
            view,
        )

    def _shown_alerts(self, view: QRectF) -> tuple[AlertLine, ...]:
        """Return the alert lines in view, one that is held where the pointer has it; none over percents."""
        if self._overlay is not None:
            return ()
        held = None if self._held is None else self._held.line
        alerts = (held if held and held.rule_id == a.rule_id else a for a in self._alerts)
        return tuple(alert for alert in alerts if view.top() <= alert.price <= view.bottom())

    def _place_tags(self, view: QRectF) -> None:
        left = int(self._widget.point_of(view.right(), view.top()).x()) + GAP
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
        at = None if self._cross is None else self._cross[1]
        cross = None if at is None else ChartTag(TagKind.CROSS, self._write(at), self.y_of(at))
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
        """Tell of the bar under the pointer, or of the one that a key led to."""
        last = len(self._series.bars) - 1
        if self._pointer is not None:
            here = self._box.mapSceneToView(self._pointer)
            self._cross = (min(max(round(here.x()), 0), last), here.y())
        elif self._cross is not None:
            place, overlay = min(self._cross[0], last), self._overlay
            self._cross = (place, self._series.bars[place].close if overlay is None else overlay.at(place))
        if self._cross is not None:
            self._readout.tell(self._words(self._cross[0]), int(self._box.width()))

    def _words(self, place: int, *, spoken: bool = False) -> list[str]:
        write = self._series.spoken if spoken else self._series.words
        words = [write(place, decimals_of(self._label))]
        if self._overlay is not None:
            words = [self._series.time_words(place), *self._overlay.words(place)]
        if self._canvas.is_extended(place):
            words.append(self.tr("extended hours"))
        return words

    @property
    def _look(self) -> TimeView:
        """What is in view, and the bar that is read."""
        place = None if self._cross is None else self._cross[0]
        return TimeView(*self._widget.times, place, self._begin, len(self._series.bars))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read bar by bar, move and zoom; Escape stops reading."""
        before = self._look
        after = after_key(before, event)
        if event.key() == Qt.Key.Key_Escape and self._cross is not None:
            self.forget_point()
        elif after is None:
            super().keyPressEvent(event)
        else:
            self._follow(before, after)

    def _follow(self, before: TimeView, after: TimeView) -> None:
        """Show what a key led to, and say it: the bar that is read, else the days in view."""
        self._pointer = None
        self._cross = None if after.place is None else (after.place, 0.0)
        self._box.setXRange(after.left, after.right, padding=0)
        self._read()
        self._draw()
        if after.place is not None and after.place != before.place:
            announce(self, ", ".join(self._words(after.place, spoken=True)))
        elif after != before:
            ends = (self._series.time_words(place) for place in after.seen)
            announce(self, self.tr("{0} to {1}").format(*ends))

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while a bar is read."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape and self._cross is not None)
            return event.isAccepted()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys act here."""
        super().focusInEvent(event)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop reading; a menu only borrows the keyboard."""
        super().focusOutEvent(event)
        if self._pointer is None and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.forget_point()
        self._draw()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu by key, at the bar that is read."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = QPointF(self.rect().center()) if self._cross is None else self._widget.point_of(*self._cross)
            price = None if self._cross is None or self._overlay is not None else self._cross[1]
            self.menu_wanted.emit(self.mapToGlobal(at.toPoint()), price)

    def forget_point(self) -> None:
        """Take the crosshair away."""
        if self._cross is not None:
            self._cross = self._pointer = None
            self._readout.hide()
            self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Drop the crosshair when the pointer leaves; drag alert lines; ask for the menu."""
        # A menu has the pointer while another view takes the chart's place.
        hidden = event.type() is QEvent.Type.Hide
        if hidden or (event.type() is QEvent.Type.Leave and self._pointer is not None):
            self.forget_point()
        if hidden:
            self._held = None  # another share takes its place, on whose scale its price means nothing
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
            near = self._alert_near(y)
            self._held = None if near is None else HeldLine(near, y)
            if near is not None:
                self.forget_point()  # no move of the pointer reaches it until the line is let go
            return near is not None
        if self._held is None:
            if kind is QEvent.Type.MouseMove:
                near = self._alert_near(y)
                over = Qt.CursorShape.ArrowCursor if near is None else Qt.CursorShape.SizeVerCursor
                self._widget.viewport().setCursor(over)
            return False
        if self._held.pull(y, self._price_held(y), self._last, self._write):
            self._draw()
        if kind is QEvent.Type.MouseButtonRelease:
            let_go, self._held = self._held, None
            if let_go.pulled:
                self.alert_moved.emit(let_go.line.rule_id, let_go.line.price)
        return True

    def _price_held(self, y: float) -> float:
        """Return where a line that is held stands: within the plot and above zero."""
        return max(self.price_at(min(max(y, 1.0), self._box.height() - 1)), 10.0 ** -decimals_of(self._label))

    def rule_near(self, price: float) -> str | None:
        """Return the rule whose line is at a price, within the reach of a pointer."""
        near = self._alert_near(self.y_of(price))
        return None if near is None else near.rule_id

    def _alert_near(self, y: float) -> AlertLine | None:
        shown = self._shown_alerts(self._widget.view)
        return next((alert for alert in shown if abs(self.y_of(alert.price) - y) <= GRAB), None)
