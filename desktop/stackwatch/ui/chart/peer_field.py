"""A field under the chart's tools: type a symbol or name to compare with."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.answer_field import AnswerLine
from stackwatch.ui.kit.initials import initial_consonants
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menu_list import MENU_ROW
from stackwatch.ui.kit.theme import px

_WIDTH, _ROWS, _SYMBOL = 300, 8, 84
_MOST_LETTERS = 40


class PeerField(AnswerLine):
    """Chooses one of some names by any part of it, in a frame of its own that Escape closes."""

    chosen = Signal(str)

    def __init__(self, names: Mapping[str, BilingualName], parent: QWidget) -> None:
        """Offer ids by their ``names``, which are searched in both languages."""
        super().__init__(names_at=_SYMBOL)
        self.nothing = self.tr("Nothing has that name")
        self._shown = {key: each.get(current_language()) for key, each in names.items()}
        self._searched = {
            key: f"{key} {each.en} {each.ko} {initial_consonants(each.ko)}".casefold()
            for key, each in names.items()
        }
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
        """Return the names that a text is part of, best first."""
        wanted = text.strip().casefold()
        found = [entity_id for entity_id, words in self._searched.items() if wanted in words]
        found.sort(key=lambda each: self._rank(each, wanted))
        return [Answer(each, each, self._shown[each], symbol=True) for each in found]

    def take(self, gives: object) -> None:
        """Compare with a name."""
        self.chosen.emit(gives)
        self._frame.close()

    def _rank(self, entity_id: str, wanted: str) -> tuple[bool, bool, bool]:
        """Put first what is the symbol typed, then what begins with it, then names with a word that does."""
        symbol = entity_id.casefold()
        begins = f" {wanted}" in f" {self._searched[entity_id]}"
        return symbol != wanted, not symbol.startswith(wanted), not begins
