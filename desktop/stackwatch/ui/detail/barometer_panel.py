"""A private entity's barometer: its linked names beyond their markets, and the tone of its news."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.barometer import SPANS, Barometer, BasketDay
from stackwatch.domain.events import ClockTicked, Event, HistoryChanged, StoriesChanged
from stackwatch.domain.list_events import LinksChanged
from stackwatch.domain.market import program_day
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.domain.words.substance_words import day_text
from stackwatch.ui.detail.barometer_plot import BarometerPlot
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.spans import span_name
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.snapshot import Snapshot

_NAMED = 8


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
