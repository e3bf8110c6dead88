"""The chart: spans, flags in a lane above, and the plot that is built when the first bars arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from stackwatch.domain import format as write
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.watchlist import Language
from stackwatch.ui.chart.chart_items import Series
from stackwatch.ui.kit.chips import Mark, Text, as_tip, box, draw_icon
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Role, Theme

if TYPE_CHECKING:
    from stackwatch.ui.chart.chart_plot import PricePlot

_FLAG = 16
_GAP = 2
_MOST_FLAGS = 3
RANGES = tuple(ChartRange)


class FlagKind(StrEnum):
    """What a flag stands for."""

    STORY = "story"
    ALERT = "alert"
    SPLIT = "split"
    DIVIDEND = "dividend"

    @property
    def letter(self) -> str:
        """The letter drawn for a corporate action, nothing for what has an icon."""
        return {FlagKind.SPLIT: "S", FlagKind.DIVIDEND: "D"}.get(self, "")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened at a bar; ``words`` is plain text."""

    kind: FlagKind
    id: str
    place: int
    words: str


@dataclass(frozen=True, slots=True)
class PlacedFlags:
    """One flag, or a count of several, at its left edge in the lane."""

    left: int
    flags: tuple[Flag, ...]


def place_flags(marks: Sequence[tuple[int, Flag]], width: int) -> list[PlacedFlags]:
    """Move overlapping flags sideways; more than three at one place become a count.

    ``marks`` holds the middle of each flag in pixels.
    """
    clusters: list[list[tuple[int, Flag]]] = []
    for mark in sorted(marks, key=lambda m: m[0]):
        if clusters and mark[0] - clusters[-1][-1][0] < _FLAG + _GAP:
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    placed: list[PlacedFlags] = []
    edge = 0
    for cluster in clusters:
        flags = tuple(flag for _, flag in cluster)
        middle = sum(x for x, _ in cluster) // len(cluster)
        groups = [flags] if len(flags) > _MOST_FLAGS else [(flag,) for flag in flags]
        extent = len(groups) * (_FLAG + _GAP) - _GAP
        left = max(min(middle - extent // 2, width - extent), edge)
        for group in groups:
            placed.append(PlacedFlags(left, group))
            left += _FLAG + _GAP
        edge = left
    return placed


class FlagLane(QWidget):
    """The lane above the plot; a click on a flag opens its story or selects its alert."""

    picked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._placed: list[PlacedFlags] = []
        self._selected = ""
        self.setFixedHeight(_FLAG + 4)
        self.setMouseTracking(True)

    @property
    def placed(self) -> tuple[PlacedFlags, ...]:
        """The flags as drawn."""
        return tuple(self._placed)

    def put(self, marks: Sequence[tuple[int, Flag]], selected: str, theme: Theme) -> None:
        """Show flags at the middles given in pixels."""
        self._theme, self._selected = theme, selected
        self._placed = place_flags(marks, self.width())
        self.setAccessibleName(", ".join(flag.words for placed in self._placed for flag in placed.flags))
        self.update()

    def rect_of(self, placed: PlacedFlags) -> QRect:
        """Return where a flag is drawn."""
        return QRect(placed.left, 1, _FLAG, _FLAG)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the flags."""
        painter = QPainter(self)
        theme = self._theme
        for placed in self._placed:
            rect = self.rect_of(placed)
            selected = any(flag.id == self._selected for flag in placed.flags)
            box(painter, rect, 4, theme.raised, theme.you if selected else theme.line2)
            if len(placed.flags) > 1:
                painter.setFont(theme.font(Role.TINY))
                painter.setPen(theme.t1)
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(len(placed.flags)))
            elif letter := placed.flags[0].kind.letter:
                painter.setFont(theme.font(Role.TINY))
                painter.setPen(theme.t2)
                painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), letter)
            elif placed.flags[0].kind is FlagKind.ALERT:
                draw_icon(painter, "bell-fill", theme.t1, rect, 11)
            else:
                draw_icon(painter, "newspaper", theme.t1 if selected else theme.t2, rect, 11)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say which flag was clicked; of a count, the newest."""
        placed = self._at(event.position().toPoint().x())
        if placed is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(placed.flags[-1].kind.value, placed.flags[-1].id)

    def event(self, event: QEvent) -> bool:
        """Tell what a flag stands for."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            placed = self._at(event.pos().x())
            lines = "\n".join(flag.words for flag in placed.flags) if placed else ""
            QToolTip.showText(event.globalPos(), as_tip(lines) if lines else "", self)
            return True
        return super().event(event)

    def _at(self, x: int) -> PlacedFlags | None:
        return next((p for p in self._placed if p.left <= x < p.left + _FLAG), None)


class _Stand(QWidget):
    """Holds the plot, or the sentence that stands for it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.sentence = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, plot: QWidget) -> None:
        """Take the plot in."""
        self._column.addWidget(plot)

    def minimumSizeHint(self) -> QSize:
        """Return the height under which a chart says nothing."""
        return QSize(200, 96)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sentence; the plot covers it."""
        painter = QPainter(self)
        empty_state(painter, self.rect(), "chart-line", self.sentence, self.theme)
        painter.end()


class Chart(QWidget):
    """Prices of one instrument over a span."""

    range_chosen = Signal(ChartRange)
    story_picked = Signal(str)
    alert_picked = Signal(str)

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._language = theme, language
        self._series: Series | None = None
        self._last: tuple[float | None, str] = (None, "")
        self._flags: tuple[Flag, ...] = ()
        self._selected = ""
        self._made_up = False
        self.plot: PricePlot | None = None
        self.spans = Segments(len(RANGES), theme)
        for place, span in enumerate(RANGES):
            self.spans.label(place, span.value)
        self.spans.chosen.connect(lambda place: self.range_chosen.emit(RANGES[place]))
        self._trust, self._note, self._volume = Mark(12), Text(), Text(fixed=True)
        self.lane = FlagLane(theme)
        self.lane.picked.connect(self._pick)
        self._stand = _Stand(theme)
        tools = QHBoxLayout()
        tools.setContentsMargins(0, 7, 0, 5)
        tools.setSpacing(6)
        tools.addWidget(self.spans)
        tools.addSpacing(8)
        tools.addWidget(self._trust)
        tools.addWidget(self._note)
        tools.addStretch(1)
        tools.addWidget(self._volume)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(0)
        tools.setContentsMargins(0, 7, 12, 5)
        column.addLayout(tools)
        column.addWidget(self.lane)
        column.addWidget(self._stand, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.set_look(theme, language)
        self.wait_for_bars()

    @property
    def series(self) -> Series | None:
        """The bars shown, if any."""
        return self._series

    def set_range(self, span: ChartRange) -> None:
        """Mark a span as the chosen one."""
        self.spans.choose(RANGES.index(span))

    def wait_for_bars(self) -> None:
        """Clear the chart until bars arrive."""
        self._series = None
        self._made_up = False
        self._say(self.tr("Waiting for prices"))

    def show_bars(self, series: Series, *, reconstructed: bool) -> None:
        """Show bars; ``reconstructed`` says so on the chart."""
        self._made_up = reconstructed
        if not series.bars:
            self._series = None
            self._say(self.tr("No prices for this span"))
            return
        self._series = series
        if self.plot is None:  # the import of numpy must not hold up the event that brought the bars
            QTimer.singleShot(0, self, self._draw)
        else:
            self._draw()

    def grow(self, series: Series) -> None:
        """Show the same bars with newer ones behind them; what was looked at stays in view."""
        if self._series is None:
            return
        self._series = series
        if self.plot is not None:
            self.plot.grow(series, self._language)
            self._place_flags()

    def show_last(self, last: float | None, label: str) -> None:
        """Move the tag of the last price."""
        self._last = (last, label)
        self._stand.setAccessibleName(self.tr("Chart, last price {0}").format(label or write.NOTHING))
        if self.plot is not None and self._series is not None:
            self.plot.set_last(last, label)

    def show_volume(self, sentence: str) -> None:
        """Say how much was traded."""
        self._volume.put(sentence, self._theme.t2, self._theme.font(Role.CAPTION))

    def show_flags(self, flags: Sequence[Flag], selected: str) -> None:
        """Show what happened at which bar; ``selected`` is the id with the violet border."""
        self._flags, self._selected = tuple(flags), selected
        self._place_flags()

    def set_look(self, theme: Theme, language: Language) -> None:
        """Use other colours, sizes or words."""
        self._theme, self._language = theme, language
        self.spans.setAccessibleName(self.tr("Span of the chart"))
        self.spans.set_theme(theme)
        self._stand.theme = theme
        self._note_if_made_up()
        if self._series is None:
            self._say(self.tr("Waiting for prices"))
        elif self.plot is not None:
            self._draw()

    def _draw(self) -> None:
        if self._series is None:
            return
        if self.plot is None:
            from stackwatch.ui.chart.chart_plot import PricePlot  # noqa: PLC0415 - brings numpy, after the first paint

            self.plot = PricePlot(self._series, self._theme, self._language)
            self.plot.view_changed.connect(self._place_flags)
            self._stand.hold(self.plot)
        self._note_if_made_up()
        self.plot.show()
        self.plot.show_series(self._series, *self._last, self._theme, self._language)
        self._place_flags()

    def _note_if_made_up(self) -> None:
        sentence = self.tr("reconstructed") if self._made_up and self._series is not None else ""
        self._trust.put("clock-counter-clockwise" if sentence else "", self._theme.trust)
        self._note.put(sentence, self._theme.trust, self._theme.font(Role.CAPTION))
        self._note.setToolTip(
            as_tip(self.tr("Made from documented prices of the day; the path between is not real"))
        )

    def _say(self, sentence: str) -> None:
        self._stand.sentence = sentence
        self._note_if_made_up()
        if self.plot is not None:
            self.plot.hide()
        self.lane.put((), "", self._theme)
        self._stand.update()

    def _place_flags(self) -> None:
        if self.plot is None or self._series is None:
            return
        seen = [(self.plot.x_of(flag.place), flag) for flag in self._flags]
        self.lane.put([(round(x), flag) for x, flag in seen if x is not None], self._selected, self._theme)
        self.plot.set_leaders(tuple(dict.fromkeys(flag.place for x, flag in seen if x is not None)))

    def _pick(self, kind: str, flag_id: str) -> None:
        self._selected = flag_id
        self._place_flags()
        if kind == FlagKind.STORY:
            self.story_picked.emit(flag_id)
        elif kind == FlagKind.ALERT:
            self.alert_picked.emit(flag_id)
