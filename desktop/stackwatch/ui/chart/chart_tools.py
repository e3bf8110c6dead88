"""The row above the chart: span, what to compare with, the market taken out, and a menu for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.comparison import MOST_COMPARED, Against
from stackwatch.domain.quote import ChartRange
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.fields import CheckBox
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.menus import add_choice, menu_once
from stackwatch.ui.kit.spans import span_name
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, current_theme
from stackwatch.ui.kit.tips import set_tip

RANGES = tuple(ChartRange)
_SPACING = 6
_MARGIN = 30  # at the right, and between the groups


@dataclass(frozen=True, slots=True)
class Peer:
    """Something to compare with."""

    id: str
    name: str


class ChartTools(QWidget):
    """Says what the chart is to show; knows nothing of prices."""

    range_chosen = Signal(ChartRange)
    against_chosen = Signal(Against)
    peer_wanted = Signal()
    menu_wanted = Signal(QPoint)
    refused = Signal(object)  # Words: why there is nothing more to compare with

    def __init__(self) -> None:
        super().__init__()
        self._peers: tuple[Peer, ...] = ()
        self._against = Against()
        self.spans = Segments(len(RANGES))
        self.spans.chosen.connect(lambda place: self.range_chosen.emit(RANGES[place]))
        self.compare = ActionButton(framed=False)
        self.compare.clicked.connect(self._open_compare)
        self.adjusted = CheckBox("", quiet=True)
        self.adjusted.clicked.connect(lambda on: self._choose(Against(adjusted=on)))
        self.more = ActionButton(framed=False)
        self.more.clicked.connect(lambda: self.menu_wanted.emit(self._below(self.more)))
        self._trust, self._note, self._volume = Glyph(12), ElidedText(), ElidedText(fixed=True)
        self._noted = self._traded = ""
        self._note_ink = Ink.TRUST
        left = (self.spans, 4, self.compare, self.adjusted, self._trust, self._note)
        hbox((*left, None, self._volume, self.more), gap=_SPACING, margins=(0, 7, 12, 5), into=self)
        self.retranslate()

    @property
    def against(self) -> Against:
        """What the chart is compared with now."""
        return self._against

    @property
    def span(self) -> ChartRange:
        """The span that is chosen."""
        return RANGES[self.spans.current]

    def set_range(self, span: ChartRange) -> None:
        """Mark a span as the chosen one; inside a session the market cannot be taken out."""
        self.spans.choose(RANGES.index(span))
        self.adjusted.setEnabled(not span.intraday)
        self._tell_adjusted()

    def _tell_adjusted(self) -> None:
        tip = self.tr("The sum of abnormal moves: what the market does not explain")
        late = self.tr("For one month or more: within a session there is no model")
        set_tip(self.adjusted, tip if self.adjusted.isEnabled() else late)

    def offer(self, peers: Sequence[Peer]) -> None:
        """Offer what a chart can be compared with, the likeliest first."""
        self._peers = tuple(peers)

    def set_against(self, against: Against) -> None:
        """Show what the chart is compared with."""
        self._against = against
        self.adjusted.setChecked(against.adjusted)
        self._name_compare()

    def add_peer(self, entity_id: str) -> None:
        """Compare with one more, where there is room for it."""
        if entity_id in self._against.others:
            return
        if self._full:
            self.refused.emit(self._most)
        else:
            self._choose(Against((*self._against.others, entity_id)))

    def note(self, sentence: str, tip: str, *, icon: str = "clock-counter-clockwise") -> None:
        """Say that what is shown is not what a provider gave; an hourglass says quietly that it comes."""
        self._noted, self._note_ink = sentence, Ink.T2 if icon == "hourglass" else Ink.TRUST
        self._trust.put(icon if sentence else "", self._note_ink)
        for part in (self._trust, self._note):
            set_tip(part, tip)
        self._fit()

    def show_volume(self, sentence: str) -> None:
        """Say how much was traded, where there is room for all of it."""
        self._traded = sentence
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the words of the note, and the volume, out where they would be cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font = current_theme().font(Role.CAPTION)
        parts = (self.spans, self.compare, self.adjusted, self._trust, self.more)
        taken = sum(part.sizeHint().width() + _SPACING for part in parts if not part.isHidden())
        room = self.width() - taken - _MARGIN
        for part, text, ink in (
            (self._note, self._noted, self._note_ink),
            (self._volume, self._traded, Ink.T2),
        ):
            width = QFontMetrics(font).horizontalAdvance(text) + _SPACING
            part.put(text if width <= room else "", ink, Role.CAPTION)
            room -= width if width <= room else 0

    def retranslate(self) -> None:
        """Use the words of the language in use."""
        self.spans.label(map(span_name, RANGES), self.tr("Span of the chart"))
        self.more.setToolTip(self.tr("More about this chart"))
        self.more.put("", "dots-three")
        self.more.setAccessibleName(self.tr("More about this chart"))
        self.adjusted.setText(self.tr("Market-adjusted"))
        self.adjusted.setAccessibleName(self.adjusted.text())
        self._tell_adjusted()
        self._name_compare()

    @property
    def _full(self) -> bool:
        return len(self._against.others) >= MOST_COMPARED

    def _most(self) -> str:
        return self.tr("The chart compares at most {count} names: take one away first").format(
            count=MOST_COMPARED
        )

    def _name_compare(self) -> None:
        count = len(self._against.others)
        word = self.tr("Compare")
        self.compare.put(f"{word} {count}" if count else word, "plus")

    def _open_compare(self) -> None:
        menu = menu_once(self)
        offered = {peer.id: peer.name for peer in self._peers}
        for other in self._against.others:
            offered.setdefault(other, other)  # typed, and to be taken away like the offered
        for entity_id, name in offered.items():
            on = entity_id in self._against.others
            turn = self._take_away if on else self.add_peer
            add_choice(menu, name, partial(turn, entity_id), on=on).setEnabled(on or not self._full)
        menu.addSeparator()
        if self._full:
            menu.addAction(self._most()).setEnabled(False)
        menu.addAction(self.tr("Another name\u2026"), self.peer_wanted.emit).setEnabled(not self._full)
        if self._against.others:
            menu.addAction(self.tr("Compare with nothing"), lambda: self._choose(Against()))
        menu.popup(self._below(self.compare))

    def _take_away(self, entity_id: str) -> None:
        self._choose(Against(tuple(other for other in self._against.others if other != entity_id)))

    def _choose(self, against: Against) -> None:
        self.set_against(against)
        self.against_chosen.emit(against)

    @staticmethod
    def _below(widget: QWidget) -> QPoint:
        return widget.mapToGlobal(QPoint(0, widget.height() + 2))
