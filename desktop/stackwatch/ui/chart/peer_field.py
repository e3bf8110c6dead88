"""A field under the chart's tools: type a symbol or name to compare with."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from stackwatch.domain.watchlist import Ecosystem
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.answer_field import AnswerLine
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menu_list import MENU_ROW
from stackwatch.ui.kit.theme import px
from stackwatch.ui.name_search import Hit, find_names, named
from stackwatch.ui.spellings import Spellings

_WIDTH, _ROWS, _SYMBOL = 300, 8, 84
_MOST_LETTERS = 40


class PeerField(AnswerLine):
    """Chooses one of some names as Find finds them, in a frame of its own that Escape closes."""

    chosen = Signal(str)

    def __init__(self, offered: Iterable[str], ecosystem: Ecosystem, parent: QWidget) -> None:
        super().__init__(names_at=_SYMBOL)
        self.nothing = self.tr("Nothing has that name")
        self._ecosystem = ecosystem
        self._named = [named(entity_id, ecosystem) for entity_id in offered]
        self._spellings = Spellings(ecosystem)
        self.setMaxLength(_MOST_LETTERS)
        self.setPlaceholderText(self.tr("Symbol or name"))
        self.setAccessibleName(self.tr("Compare with"))
        self.answers.setAccessibleName(self.tr("Names to compare with"))
        self.answers.setFixedHeight(px(MENU_ROW) * _ROWS)
        self._frame = QFrame(parent, Qt.WindowType.Popup)
        self._frame.setProperty("raised", "true")
        self._frame.setFixedWidth(px(_WIDTH))
        self._frame.setFocusProxy(self)
        self._frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        vbox((self, self.answers), gap=6, margins=(8, 8, 8, 8), into=self._frame)
        self.search()

    def open_at(self, anchor: QWidget) -> None:
        """Show the field below a widget."""
        self._frame.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
        self._frame.show()
        self.setFocus()

    def look_for(self, text: str) -> Sequence[Answer]:
        """Return the names that a text fits, best first; all while nothing is typed."""
        if not text.strip():
            return [self._answer(each.id) for each in self._named]
        return [self._answer(hit.id, hit) for hit in find_names(self._named, text, self._spellings)]

    def _answer(self, entity_id: str, hit: Hit | None = None) -> Answer:
        name = self._ecosystem.names_of(entity_id).get(current_language())
        note = f"{name} \u00b7 {hit.spelling}" if hit is not None and hit.spelling else name
        return Answer(entity_id, entity_id, note, symbol=True)

    def take(self, gives: object) -> None:
        """Compare with a name."""
        self.chosen.emit(gives)
        self._frame.close()
