"""The chart: its tools, flags in a lane above, and the plot that is built when the first bars arrive."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from stackwatch.domain.comparison import Against, Comparison
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.words import format as write
from stackwatch.ui.chart.chart_flags import Flag, FlagKind, FlagLane
from stackwatch.ui.chart.chart_items import AlertLine, BarSeries, decimals_of
from stackwatch.ui.chart.chart_overlay import Overlay
from stackwatch.ui.chart.chart_picture import picture_of
from stackwatch.ui.chart.chart_tools import ChartTools
from stackwatch.ui.kit.file_place import ask_to_save
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menus import add_choice, menu_once
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.spans import span_name
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.kit.timers import once_after

if TYPE_CHECKING:
    from stackwatch.ui.chart.chart_plot import PricePlot

_PATIENCE_MS = 20_000  # until it is said that a comparison did not come


class _Stand(QWidget):
    """Holds the plot, or the sentence that stands for it, and meanwhile its keyboard."""

    def __init__(self) -> None:
        super().__init__()
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
        empty_state(painter, self.rect(), "chart-line", self.sentence)
        if self.hasFocus():
            painter.setPen(QPen(current_theme().you, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


class Chart(QWidget):
    """Prices of one instrument over a span, or how it compares."""

    range_chosen = Signal(ChartRange)
    story_picked = Signal(str)
    alert_picked = Signal(str)
    against_chosen = Signal(Against)
    alert_wanted = Signal(float)
    alert_moved = Signal(str, float)
    rule_wanted = Signal(str, str)  # its id, and its symbol
    local_time_chosen = Signal(bool)
    failed = Signal(object)  # Words

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: BarSeries | None = None
        self._whose = ("", "")
        self._last: tuple[float | None, str] = (None, "")
        self._flags: tuple[Flag, ...] = ()
        self._alerts: tuple[AlertLine, ...] = ()
        self._selected = ""
        self._made_up = False
        self._comparison: tuple[Comparison, tuple[str, ...]] | None = None
        self._missing: tuple[str, ...] = ()
        self._patience = once_after(self, _PATIENCE_MS, self._lose_patience)
        self._late = False
        self._overlay: Overlay | None = None
        self._as_line = self._local_time = False
        self.plot: PricePlot | None = None
        self.tools = ChartTools()
        self.tools.range_chosen.connect(self.range_chosen)
        self.tools.against_chosen.connect(self._choose_against)
        self.tools.menu_wanted.connect(self._open_menu)
        self.lane = FlagLane()
        self.lane.picked.connect(self._pick)
        self._stand = _Stand()
        vbox((self.tools, self.lane, (self._stand, 1)), margins=(12, 0, 0, 0), into=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._note_state()
        self.wait_for_bars()

    @property
    def series(self) -> BarSeries | None:
        """The bars shown, if any."""
        return self._series

    def belong_to(self, symbol: str, name: str) -> None:
        """Know whose prices these are: a picture of them says so."""
        self._whose = (symbol, name)

    def wait_for_bars(self) -> None:
        """Clear the chart until bars arrive."""
        self._series = self._comparison = self._overlay = None
        self._made_up, self._awaits_bars = False, True
        self._say(self.tr("Waiting for prices"))

    def show_bars(self, series: BarSeries, *, reconstructed: bool, fault: str = "") -> None:
        """Show bars, or ``fault`` where there are none; ``reconstructed`` says so on the chart."""
        self._made_up, self._awaits_bars = reconstructed, False
        if not series.bars:
            self._series = None
            self._say(fault or self.tr("No prices for this span so far"))
            return
        before, self._series = self._series, series
        self._name_chart()
        if self.plot is None:  # the import of numpy must not hold up the event that brought the bars
            QTimer.singleShot(0, self, self._draw)
        elif before is not None and before.chart_range is series.chart_range:
            self.grow(series)  # they came once more
        else:
            self._draw()

    def grow(self, series: BarSeries) -> None:
        """Show the same bars anew, with newer ones behind them; what was looked at stays in view."""
        if self._series is None:
            return
        self._series = series
        if self.plot is not None:
            self.plot.grow(series)
            self._lay_over()
            self._place_flags()

    def show_comparison(
        self, comparison: Comparison, names: Sequence[str], missing: Sequence[str] = ()
    ) -> None:
        """Draw what was asked for instead of prices; names of its lines, and of those without prices."""
        if comparison.against != self.tools.against:  # an answer that came late
            return
        self._comparison, self._missing = (comparison, tuple(names)), tuple(missing)
        self._lay_over()
        self._place_flags()

    def show_last(self, last: float | None, label: str) -> None:
        """Move the tag of the last price."""
        self._last = (last, label)
        self._name_chart()
        if self.plot is not None and self._series is not None:
            self.plot.set_last(last, label)

    def _name_chart(self) -> None:
        """Say what the picture shows: the last price, and the way of prices over the span."""
        label = self._last[1]
        name = self.tr("Chart, last price {0}").format(label or write.NOTHING)
        path = None if self._series is None else self._series.accessible_text(decimals_of(label))
        keyed = self.plot is not None and path is not None  # the plot has the keyboard, and is not said twice
        self._stand.setAccessibleName("" if keyed else f"{name}; {path or self._stand.sentence}")
        if self.plot is not None:
            self.plot.setAccessibleName(f"{name}; {path}" if keyed else "")

    def show_alerts(self, alerts: Sequence[AlertLine]) -> None:
        """Draw lines at prices; they can be dragged."""
        self._alerts = tuple(alerts)
        if self.plot is not None:
            self.plot.set_alerts(self._alerts)

    def show_flags(self, flags: Sequence[Flag], selected: str) -> None:
        """Show what happened at which bar; ``selected`` is the id with the violet border."""
        self._flags, self._selected = tuple(flags), selected
        self._place_flags()

    def restyle(self) -> None:
        """Colour the plot anew, and give its axes other sizes."""
        if self.plot is not None:
            self._draw()

    def retranslate(self) -> None:
        """Word everything anew."""
        self._note_state()
        self._name_chart()
        if self._awaits_bars:
            self.wait_for_bars()
        elif self.plot is not None:
            self._draw()

    def take_focus(self) -> None:
        """Give the keyboard to the plot, where there is one."""
        if self.plot is not None and self.plot.isVisible():
            self.plot.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save_picture(self, path: Path) -> None:
        """Write the chart as a PNG; says so where that fails."""
        if not self._picture().save(str(path), "PNG"):
            self.failed.emit(lambda: self.tr("The picture could not be written to {0}.").format(path))

    def copy_picture(self) -> None:
        """Put the chart on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self._picture())

    def _picture(self) -> QPixmap:
        """Return the chart without its buttons and the pointer, under whose it is and of when."""
        keyed = self.plot is not None and self.plot.hasFocus()
        if self.plot is not None:
            self.plot.forget_point()  # it reads another day than the heading says
            self.plot.clearFocus()  # and takes its frame away
        against, series = self.tools.against, self._series
        parts = (
            " ".join(self._whose).strip(),
            span_name(self.tools.span),
            self.tools.adjusted.text() if against.adjusted else "",
            "" if series is None else series.time_words(len(series.bars) - 1),
            self.tr("reconstructed") if self._made_up else "",
        )
        top = self.tools.height()
        shown = QRect(0, top, self.width(), self.height() - top)
        picture = picture_of(self, shown, " \u00b7 ".join(part for part in parts if part))
        if keyed:
            self.take_focus()
        return picture

    def _draw(self) -> None:
        if self._series is None:
            return
        if self.plot is None:
            from stackwatch.ui.chart.chart_plot import PricePlot  # brings numpy, after the first paint

            self.plot = PricePlot(self._series)
            self.plot.view_changed.connect(self._place_flags)
            self.plot.alert_moved.connect(self.alert_moved)
            self.plot.menu_wanted.connect(self._open_menu)
            self._stand.hold(self.plot)
            self.lane.stand_before(self.plot)
            self._name_chart()
        self.plot.show()
        if self._stand.hasFocus():
            self.take_focus()
        self.plot.set_last(*self._last)
        self.plot.set_alerts(self._alerts)
        self.plot.show_series(self._series, as_line=self._as_line)
        self._lay_over()
        self._place_flags()

    def _lay_over(self) -> None:
        """Draw the comparison over the bars, when it is the one asked for and has lines."""
        self._overlay = self._make_overlay()
        self._note_state()
        if self.plot is not None and self._series is not None:
            self.plot.show_overlay(self._overlay)

    def _make_overlay(self) -> Overlay | None:
        """Return the lines to be drawn instead of prices, if there are any."""
        if self._series is None or self._comparison is None:
            return None
        comparison, names = self._comparison
        if comparison.against != self.tools.against or not comparison.lines:
            return None
        return Overlay.of(comparison, names, self._series)

    def _choose_against(self, against: Against) -> None:
        self._comparison = None
        self._lay_over()
        self.against_chosen.emit(against)

    def _note_state(self) -> None:
        """Say what of the chart is not as a provider gave it, is on its way, or could not be shown."""
        if self._waits():
            late = self.tr("no comparison so far")
            self.tools.note(late if self._late else self.tr("comparison on its way"), "", icon="hourglass")
            return
        missing: tuple[str, ...] = ()
        minutes = False
        if self._comparison is not None and self._series is not None:
            comparison = self._comparison[0]
            minutes = comparison.span.intraday  # of which a layer has none, though each of its names has
            nothing = comparison.against.adjusted and not comparison.lines
            missing = self._missing or ((comparison.symbol,) if nothing else ())
        overlay = self._overlay
        if missing:
            words = self.tr("no prices by the minute: {0}") if minutes else self.tr("no prices: {0}")
            if not overlay:
                words = self.tr("no comparison, {reason}").format(reason=words)
            self.tools.note(words.format(", ".join(missing)), "", icon="warning")
            return
        said = []  # with its tip
        if overlay is not None and (apart := [line.name for line in overlay.lines if line.end is None]):
            never = self.tr("no prices in this span: {0}").format(", ".join(apart))
            said.append((never, never))  # as of an exchange that was shut all the time
        if self._made_up and self._series is not None:
            real = self.tr("Made from documented prices of the day; the path between is not real")
            said.append((self.tr("reconstructed"), real))
        if overlay is not None and self._series is not None and overlay.late:
            since = self.tr("from {0}").format(self._series.time_words(overlay.begin))
            few = self.tr("Before that day there are too few sessions to judge one by")
            short = self.tr("Not every line has prices before that")
            said.append((since, f"{since}: {few if overlay.usual else short}"))  # the words may have no room
        self.tools.note(", ".join(each for each, _ in said), "\n".join(tip for _, tip in said))

    def _waits(self) -> bool:
        """Whether candles stand for a comparison that has not come; from then on patience runs out."""
        against = self.tools.against
        asked = bool(against.others or against.adjusted)
        waits = asked and self._comparison is None and self._series is not None
        if not waits:
            self._late = False
            self._patience.stop()
        elif not self._late and not self._patience.isActive():
            self._patience.start()
        return waits

    def _lose_patience(self) -> None:
        self._late = True
        self._note_state()

    def _say(self, sentence: str) -> None:
        self._stand.sentence = sentence
        self._name_chart()
        self._note_state()
        if self.plot is not None:
            if self.plot.hasFocus():
                self._stand.setFocus()  # which gives it back with the next bars
            self.plot.hide()
        self.lane.put((), "")
        self._stand.update()

    def _place_flags(self) -> None:
        if self.plot is None or self._series is None:
            return
        places = dict.fromkeys(flag.place for flag in self._flags)
        seen = {place: round(x) for place in places if (x := self.plot.x_of(place)) is not None}
        marks = [(seen[flag.place], flag) for flag in self._flags if flag.place in seen]
        self.lane.put(marks, self._selected)
        self.plot.set_leaders(tuple(seen))

    def _pick(self, kind: str, flag_id: str) -> None:
        self._selected = flag_id
        self._place_flags()
        if kind == FlagKind.STORY:
            self.story_picked.emit(flag_id)
        elif kind == FlagKind.ALERT:
            self.alert_picked.emit(flag_id)

    def menu(self, price: float | None) -> QMenu:
        """Return what can be done with the chart; ``price`` is where the pointer was."""
        menu = menu_once(self)
        at = self._last[0] if price is None else price
        if at is not None and self.plot is not None:
            decimals = decimals_of(self._last[1])
            words = self.tr("New alert at {0}").format(f"{at:,.{decimals}f}")
            menu.addAction(words, lambda: self.alert_wanted.emit(round(at, decimals)))
            rule_id = None if price is None else self.plot.rule_near(price)
            if rule_id is not None:
                edit = partial(self.rule_wanted.emit, rule_id, self._whose[0])
                menu.addAction(self.tr("Edit this alert"), edit)
            menu.addSeparator()
        for word, on, choose in (
            (self.tr("Line instead of candles"), self._as_line, self._set_as_line),
            (self.tr("Local time"), self._local_time, self._set_local_time),
        ):
            add_choice(menu, word, partial(choose, not on), on=on)
        if self.plot is not None:
            menu.addAction(self.tr("Whole span"), self.plot.show_all)
        menu.addSeparator()
        menu.addAction(self.tr("Copy picture"), self.copy_picture)
        menu.addAction(self.tr("Save picture\u2026"), self._ask_where)
        return menu

    def _open_menu(self, at: QPoint, price: float | None = None) -> None:
        self.menu(price).popup(at)

    def _set_as_line(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self._as_line = on
        self._draw()

    def _set_local_time(self, on: bool) -> None:  # noqa: FBT001 - a slot
        self._local_time = on
        self.local_time_chosen.emit(on)

    def _ask_where(self) -> None:
        name = "-".join(part for part in (self._whose[0], self.tools.span.value) if part)
        ask_to_save(self, self.tr("Save picture"), f"{name}.png", ("PNG (*.png)",), self.save_picture)
