"""A private entity's barometer: its linked names beyond their markets, and the tone of its news."""

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.barometer import SPANS, Barometer, BasketDay
from stackwatch.domain.events import ClockTicked, Event, HistoryChanged, StoriesChanged
from stackwatch.domain.list_events import LinksChanged
from stackwatch.domain.market import program_day
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.domain.words.substance_words import day_text
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.spans import span_name
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.snapshot import Snapshot

_AXIS = 64
_LINE_SHARE = 0.62
_LEFT = 2
_NAMED = 8


class BarometerPlot(QWidget):
    """Two plots over one span of days; the arrow keys and the pointer read a day."""

    read = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._barometer: Barometer | None = None
        self._sentence = ""
        self._labels = ("", "", "", "")
        self._place: int | None = None
        self._said = ("", "")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)

    def put(self, barometer: Barometer | None, sentence: str, labels: tuple[str, str, str, str]) -> None:
        """Show a barometer or a sentence; ``labels`` name both plots and say what each lacks."""
        same = barometer is self._barometer
        self._barometer, self._sentence, self._labels = barometer, sentence, labels
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
        """Read the next or previous session."""
        days = self._barometer.days if self._barometer is not None else ()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and days:
            start = len(days) if self._place is None else self._place
            self._read(min(max(start + steps[Qt.Key(event.key())], 0), len(days) - 1))
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
        first, tones = self._barometer.first, self._barometer.tones
        last = (
            max(self._barometer.last, tones[-1].last) if tones else self._barometer.last
        )  # a week that goes on
        return _LEFT + (day - first).days / max((last - first).days, 1) * (self.width() - _AXIS - _LEFT - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both plots, or the sentence that stands for them."""
        painter = QPainter(self)
        theme, barometer = current_theme(), self._barometer
        if barometer is None or not (barometer.days or barometer.tones):
            empty_state(painter, self.rect(), "chart-line", self._sentence)
            return
        foot = px(18)
        line_height = round((self.height() - foot) * _LINE_SHARE)
        self._draw_line(painter, QRect(0, 0, self.width(), line_height - 6), barometer)
        bars = QRect(0, line_height, self.width(), self.height() - foot - line_height)
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
        height, theme = px(16), current_theme()
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

        paint.hairline(painter, QRect(_LEFT, round(y(0.0)), self.width() - _AXIS - _LEFT, 1), theme.line2)
        self._tick(painter, y(0.0), "0", theme.t3)
        extreme = max((low, high), key=abs)
        last = values[-1]
        apart = px(14)
        if abs(y(extreme) - y(last)) > apart and abs(y(extreme) - y(0.0)) > apart:
            self._tick(painter, y(extreme), text.percent(extreme, 1), theme.t3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.t1, 1.4))
        points = [QPointF(self._x(day.day), y(day.cumulative_pct)) for day in barometer.days]
        painter.drawPolyline(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if abs(y(last) - y(0.0)) > apart:
            self._tick(painter, y(last), text.percent(last, 1), theme.t1)

    def _draw_tones(self, painter: QPainter, area: QRect, barometer: Barometer) -> None:
        theme = current_theme()
        plot = self._head(painter, area, self._labels[1], self._said[1])
        if not barometer.tones:
            words(painter, plot.adjusted(_LEFT, 0, 0, 0), self._labels[3], theme.t2, theme.font())
            return
        middle, half = plot.center().y(), max(plot.height() // 2 - 3, 4)
        paint.hairline(painter, QRect(_LEFT, middle, self.width() - _AXIS - _LEFT, 1), theme.line2)
        most = max(1, *(max(bar.good, bar.bad) for bar in barometer.tones))
        for place in (middle - half, middle + half):
            self._tick(painter, place, str(most), theme.t3)
        for bar in barometer.tones:
            left, right = self._x(max(bar.first, barometer.first)), self._x(bar.last)
            width = max(round((right - left) * 0.7), 3)
            up, down = round(bar.good / most * half), round(bar.bad / most * half)
            painter.fillRect(QRect(round(left), middle - up, width, up), theme.t1)
            painter.fillRect(QRect(round(left), middle + 1, width, down), theme.t1)
            if not (up or down):
                painter.fillRect(QRect(round(left), middle - 1, width, 3), theme.t3)

    def _draw_days(self, painter: QPainter, area: QRect, barometer: Barometer) -> None:
        theme, language = current_theme(), current_language()
        font, ink = theme.font(Role.CAPTION), theme.t2
        words(painter, area.adjusted(_LEFT, 0, 0, 0), day_text(barometer.first, language), ink, font)
        end = QRect(area.topLeft(), QPoint(round(self._x(barometer.last)), area.bottom()))
        figure(painter, end, day_text(barometer.last, language), ink, font)

    def _tick(self, painter: QPainter, y: float, label: str, ink: QColor) -> None:
        height = px(14)
        place = QRect(self.width() - _AXIS + 4, round(y) - height // 2, _AXIS - 8, height)
        words(painter, place, label, ink, current_theme().font(Role.CAPTION))


class BarometerPanel(QWidget):
    """The barometer of a private entity, with its spans and the names it counts."""

    span_chosen = Signal(ChartRange)
    outdated = Signal()

    def __init__(self, snapshot: Snapshot, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._entity = ""
        self.span = ChartRange.MONTH_6
        self._stands_for = ""  # what is said where there are no figures
        self.spans = Segments(len(SPANS))
        self.spans.choose(SPANS.index(self.span))
        self.spans.chosen.connect(lambda place: self.span_chosen.emit(SPANS[place]))
        self._trust, self._made_up, self._note = Glyph(12), ElidedText(fixed=True), ElidedText()
        self._total = ElidedText(fixed=True)
        self.plot = BarometerPlot()
        self.plot.read.connect(lambda _place: self._say_figures())
        tools = hbox(
            (self.spans, self._trust, self._made_up, self._note, None, self._total),
            gap=10,
            margins=(0, 7, 12, 5),
        )
        vbox((tools, (self.plot, 1)), margins=(12, 0, 0, 4), into=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which both plots can be read."""
        return QSize(300, 160)

    def set_span(self, chart_range: ChartRange) -> None:
        """Mark a span of the chart as chosen; one that there is no barometer of is the nearest there is."""
        ranges = list(ChartRange)
        place = ranges.index(chart_range)
        self.span = min(SPANS, key=lambda span: abs(ranges.index(span) - place))
        self.spans.choose(SPANS.index(self.span))

    def render_entity(self, entity_id: str) -> None:
        """Show the barometer of an entity as far as it has arrived."""
        self._entity = entity_id
        self.spans.label(map(span_name, SPANS), self.tr("Span of the barometer"))
        known = self._known()
        untold = self.tr("No linked name with enough prices in this span")
        if known is None:
            sentence = self.tr("Waiting for the barometer")
        elif not _linked(known):
            sentence = self.tr("No link to a listed name yet, and no story; the tab Exposure adds one")
        elif known.apart:
            sentence = untold = self.tr("No session of this span on which a name was linked")
        else:
            sentence = self.tr("No linked name with enough prices, and no story in this span")
        labels = (
            self.tr("Linked names beyond their markets, summed abnormal returns"),
            self.tr("Its stories: good ones up, bad ones down, a mark where all are neutral"),
            untold,
            self.tr("No story in this span"),
        )
        self._stands_for = sentence
        self.plot.put(known, sentence, labels)
        self._say_names(known)
        self._say_figures()

    def apply(self, event: Event) -> None:
        """Notice what changes what the barometer that is shown is made of."""
        if self._is_outdated_by(event):
            self.outdated.emit()

    def _is_outdated_by(self, event: Event) -> bool:
        if self._entity not in self._snapshot.ecosystem.private:
            return False
        match event:
            case LinksChanged():
                return True
            case HistoryChanged(summaries=summaries):
                concerned = self._snapshot.concerned_by(self._entity)
                return any(summary.symbol in concerned for summary in summaries)
            case StoriesChanged(stories=stories, dropped=dropped):
                return bool(dropped) or any(self._entity in story.entities for story in stories)
            case ClockTicked(now=now):
                known = self._known()
                return known is not None and known.last < program_day(now)
        return False

    def _known(self) -> Barometer | None:
        return self._snapshot.barometers.get((self._entity, self.span))

    def _say_names(self, known: Barometer | None) -> None:
        made_up = known is not None and known.reconstructed and bool(known.days)
        self._trust.put("clock-counter-clockwise" if made_up else "", Ink.TRUST)
        self._made_up.put(self.tr("reconstructed") if made_up else "", Ink.TRUST, Role.CAPTION)
        ecosystem, language = self._snapshot.ecosystem, current_language()
        if known is None or not _linked(known):
            self._note.put("", Ink.T3, Role.CAPTION)
            return
        total = len(_linked(known))
        names = [wording.short_name(name, ecosystem, language) for name in known.counted]
        shown = ", ".join(names[:_NAMED]) + (" \u2026" if len(names) > _NAMED else "")
        note = self.tr("{0} of {1} linked names counted").format(len(names), total)
        sentence = f"{note}: {shown}" if shown else note
        self._note.put(sentence, Ink.T2, Role.CAPTION)
        lines = [f"{note}: {', '.join(names)}"]
        if known.missing:
            left_out = ", ".join(wording.short_name(name, ecosystem, language) for name in known.missing)
            lines.append(self.tr("too little price history: {0}").format(left_out))
        if known.apart:
            apart = ", ".join(wording.short_name(name, ecosystem, language) for name in known.apart)
            lines.append(self.tr("linked on no session of this span: {0}").format(apart))
        set_tip(self._note, ". ".join(lines))

    def _say_figures(self) -> None:
        """Say the whole span's figures, and over the plots those of the session that is read."""
        known, place = self._known(), self.plot.place
        total = "" if known is None else self._whole(known)
        self._total.put(total, Ink.T2, Role.CAPTION)
        read: tuple[str, str] = ("", "")
        if known is not None and place is not None and place < len(known.days):
            read = self._session(known, known.days[place])
        self.plot.say(read)
        said = "; ".join(filter(None, read)) or total or self._stands_for
        self.plot.setAccessibleName(f"{self.tr('Barometer')}: {said}")

    def _whole(self, known: Barometer) -> str:
        total = "" if known.total_pct is None else text.percent(known.total_pct, 1)
        if known.tone is None:
            return total
        one, many = self.tr("tone {0} of 1 story"), self.tr("tone {0} of {1} stories")
        tone = (one if known.stories == 1 else many).format(text.signed(known.tone, 1), known.stories)
        return ", ".join(filter(None, (total, tone)))

    def _session(self, known: Barometer, day: BasketDay) -> tuple[str, str]:
        """Return what a session's figures are, and what was told on its day or in its week."""
        one = self.tr("{0}: {1} that day, {2} since the start, 1 name")
        many = self.tr("{0}: {1} that day, {2} since the start, {3} names")
        figures = (one if day.names == 1 else many).format(
            day_text(day.day, current_language()),
            text.percent(day.abnormal_pct),
            text.percent(day.cumulative_pct),
            day.names,
        )
        bar = known.told_on(day.day)
        if bar is None:
            return figures, self.tr("No story")
        heard = self.tr("News of its week: {0} good, {1} bad, {2} neutral")
        if bar.first == bar.last:
            heard = self.tr("News of that day: {0} good, {1} bad, {2} neutral")
        return figures, heard.format(bar.good, bar.bad, bar.neutral)


def _linked(known: Barometer) -> tuple[str, ...]:
    """Return every name that was linked on a day of the span."""
    return (*known.counted, *known.missing, *known.apart)
