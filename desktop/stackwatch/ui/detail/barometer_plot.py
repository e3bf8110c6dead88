"""What the barometer draws: two plots over one span of days, which are read by pointer and keys."""

from datetime import date, timedelta
from itertools import product

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from stackwatch.domain.barometer import Barometer
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.words import format as text
from stackwatch.domain.words.substance_words import day_text
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_overlay import percent_ticks
from stackwatch.ui.chart.chart_ticks import AxisTick, TimeTicks
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.theme import Role, current_theme, px

_AXIS, _HEAD = 64, 16
_LINE_SHARE = 0.62
_LEFT = 2
_WIDEST_DAY = 10  # of a bar: half of it stands beyond the last day, before the axis


class BarometerPlot(QWidget):
    """Two plots over one span of days; the arrow keys and the pointer read a day."""

    read = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._barometer: Barometer | None = None
        self._sentence = ""
        self._labels = ("", "", "", "")
        self._ticks: TimeTicks | None = None
        self._place: int | None = None
        self._said = ("", "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)

    def put(self, barometer: Barometer | None, sentence: str, labels: tuple[str, str, str, str]) -> None:
        """Show a barometer or a sentence; ``labels`` name both plots and say what each lacks."""
        same = barometer is self._barometer
        self._barometer, self._sentence, self._labels = barometer, sentence, labels
        self._ticks = None if barometer is None else _ticks_of(barometer)
        if not same:
            self._place = None
        self.update()

    @property
    def place(self) -> int | None:
        """The session that is read, as its number from the start."""
        return self._place

    def say(self, sentences: tuple[str, str]) -> None:
        """Write a sentence over each plot, in place of its name; an empty one gives the name back."""
        self._said = sentences
        self.update()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while a session is read."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape and self._place is not None)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the session before or after, the first or the newest."""
        days = self._barometer.days if self._barometer is not None else ()
        last = len(days) - 1
        start = len(days) if self._place is None else self._place
        places = {
            Qt.Key.Key_Left: max(start - 1, 0),
            Qt.Key.Key_Right: min(start + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in places and days:
            self._read(places[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape and self._place is not None:
            self._read(None)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the session under the pointer."""
        if self._barometer is None or not self._barometer.days:
            return
        x = event.position().x()
        days = self._barometer.days
        self._read(min(range(len(days)), key=lambda n: abs(self._x(days[n].day) - x)))

    def leaveEvent(self, event: QEvent) -> None:
        """Stop reading."""
        self._read(None)
        super().leaveEvent(event)

    def _read(self, place: int | None) -> None:
        if place != self._place:
            self._place = place
            self.read.emit(place)
            self.update()

    def _x(self, day: date) -> float:
        assert self._barometer is not None
        return _LEFT + (day - self._barometer.first).days * self._pitch()

    def _pitch(self) -> float:
        """Return the pixels of a day."""
        assert self._barometer is not None
        days = (_end_of(self._barometer) - self._barometer.first).days
        return (self.width() - px(_AXIS) - _LEFT - 4) / max(days, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both plots, or the sentence that stands for them."""
        painter = QPainter(self)
        theme, barometer = current_theme(), self._barometer
        if barometer is None or not (barometer.days or barometer.tones):
            empty_state(painter, self.rect(), "chart-line", self._sentence)
            return
        foot = px(18)
        line_height = round((self.height() - foot) * _LINE_SHARE)
        line = QRect(0, 0, self.width(), line_height - 6)
        bars = QRect(0, line_height, self.width(), self.height() - foot - line_height)
        for x, plot in product((x for x, _ in self._days()), (line, bars)):
            paint.hairline(
                painter, QRect(x, plot.top() + px(_HEAD), 1, plot.height() - px(_HEAD)), theme.line
            )
        self._draw_line(painter, line, barometer)
        self._draw_tones(painter, bars, barometer)
        self._draw_days(painter, QRect(0, self.height() - foot, self.width(), foot), barometer)
        if self._place is not None and self._place < len(barometer.days):
            x = round(self._x(barometer.days[self._place].day))
            paint.hairline(painter, QRect(x, 0, 1, self.height() - foot), theme.you)
        if self.hasFocus():
            painter.setPen(QPen(theme.you, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _head(self, painter: QPainter, area: QRect, label: str, said: str) -> QRect:
        """Write the plot's name over it, or what is read of it, and return what is left."""
        height, theme = px(_HEAD), current_theme()
        row = QRect(area.left() + _LEFT, area.top(), area.width() - _LEFT, height)
        words(painter, row, said or label, theme.t1 if said else theme.t3, theme.font(Role.CAPTION))
        return area.adjusted(0, height, 0, 0)

    def _draw_line(self, painter: QPainter, area: QRect, barometer: Barometer) -> None:
        theme = current_theme()
        plot = self._head(painter, area, self._labels[0], self._said[0])
        if not barometer.days:
            words(painter, plot.adjusted(_LEFT, 0, 0, 0), self._labels[2], theme.t2, theme.font())
            return
        values = [day.cumulative_pct for day in barometer.days]
        low, high = min(0.0, *values), max(0.0, *values)
        span = (high - low) or 1.0
        room = plot.height() - 10

        def y(value: float) -> float:
            return plot.bottom() - 5 - (value - low) / span * room

        last = values[-1]
        ticks = percent_ticks(low, high, room) or [AxisTick(0.0, text.percent(0.0, 0))]
        for tick in ticks:
            ink = theme.line if tick.at else theme.line2
            paint.hairline(painter, QRect(_LEFT, round(y(tick.at)), self._wide(), 1), ink)
            if abs(y(tick.at) - y(last)) > px(14):
                self._tick(painter, y(tick.at), tick.label, theme.t3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.t1, 1.4))
        points = [QPointF(self._x(day.day), y(day.cumulative_pct)) for day in barometer.days]
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._tick(painter, y(last), text.percent(last, 1), theme.t1)

    def _draw_tones(self, painter: QPainter, area: QRect, barometer: Barometer) -> None:
        theme = current_theme()
        plot = self._head(painter, area, self._labels[1], self._said[1])
        if not barometer.tones:
            words(painter, plot.adjusted(_LEFT, 0, 0, 0), self._labels[3], theme.t2, theme.font())
            return
        middle, half = plot.center().y(), max(plot.height() // 2 - 3, 4)
        paint.hairline(painter, QRect(_LEFT, middle, self._wide(), 1), theme.line2)
        most = max(1, *(max(bar.good, bar.bad) for bar in barometer.tones))
        for place in (middle - half, middle + half):
            self._tick(painter, place, str(most), theme.t3)
        for bar in barometer.tones:
            left, right = self._x(max(bar.first, barometer.first)), self._x(bar.last)
            width = max(round((right - left) * 0.7), 3)
            if bar.first == bar.last:  # about the place of the day, which its session has in the line
                width = max(min(round(self._pitch() * 0.7), px(_WIDEST_DAY)), 3)
                left -= width / 2
            up, down = round(bar.good / most * half), round(bar.bad / most * half)
            painter.fillRect(QRect(round(left), middle - up, width, up), theme.t1)
            painter.fillRect(QRect(round(left), middle + 1, width, down), theme.t1)
            if not (up or down):
                painter.fillRect(QRect(round(left), middle - 1, width, 3), theme.t3)

    def _draw_days(self, painter: QPainter, area: QRect, barometer: Barometer) -> None:
        theme, language = current_theme(), current_language()
        font, ink = theme.font(Role.CAPTION), theme.t2
        ends = [day_text(day, language) for day in (barometer.first, barometer.last)]
        wide, gap = QFontMetrics(font).horizontalAdvance, px(10)
        words(painter, area.adjusted(_LEFT, 0, 0, 0), ends[0], ink, font)
        end = QRect(area.topLeft(), QPoint(round(self._x(barometer.last)), area.bottom()))
        figure(painter, end, ends[1], ink, font)
        room = range(_LEFT + wide(ends[0]) + gap, end.right() - wide(ends[1]) - gap)
        for x, label in self._days():
            left = x - wide(label) // 2
            if left in room and left + wide(label) in room:
                words(painter, area.adjusted(left, 0, 0, 0), label, theme.t3, font)

    def _days(self) -> list[tuple[int, str]]:
        """Return where weeks or months begin, as many as have room for their names."""
        if self._ticks is None or self._barometer is None:
            return []
        first, days = self._barometer.first, (self._barometer.last - self._barometer.first).days
        ticks = self._ticks.within(0.0, float(days), self._pitch())
        return [(round(self._x(first + timedelta(days=int(tick.at)))), tick.label) for tick in ticks]

    def _wide(self) -> int:
        """Return the width of the plots, without the axis."""
        return self.width() - px(_AXIS) - _LEFT

    def _tick(self, painter: QPainter, y: float, label: str, ink: QColor) -> None:
        height = px(14)
        place = QRect(self.width() - px(_AXIS) + 4, round(y) - height // 2, px(_AXIS) - 4, height)
        words(painter, place, label, ink, current_theme().font(Role.CAPTION))


def _end_of(barometer: Barometer) -> date:
    """Return the last day that has a place: a week goes on after today."""
    tones = barometer.tones
    return max(barometer.last, tones[-1].last) if tones else barometer.last


def _ticks_of(barometer: Barometer) -> TimeTicks:
    """Return the ticks of an axis on which, unlike a chart's, every day has a place."""
    days = (barometer.first + timedelta(days=n) for n in range((barometer.last - barometer.first).days + 1))
    bars = [DailyBar(day, 1.0, 1.0, 1.0, 1.0, 0) for day in days]
    return TimeTicks(BarSeries.of(bars, barometer.span, "UTC"))
