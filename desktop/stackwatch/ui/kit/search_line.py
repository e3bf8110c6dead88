"""A field whose words narrow what is shown beside it."""

import re
import unicodedata

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from stackwatch.domain.words.typed import keyed
from stackwatch.ui.kit.typed_line import TypedLine

_ACCENT = re.compile("[\u0300-\u036f]")
_NEAR = -6  # Qt leaves so much more between an icon and the words of a field than the window's head does


def put_glass(field: QLineEdit, glass: QIcon) -> QAction:
    """Put an icon before the words of a field."""
    field.setTextMargins(_NEAR, 0, 0, 0)
    return field.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)


class SearchLine(TypedLine):
    """Escape empties it, and leaves it only when it is empty: a forgotten word would hide the rest."""

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window does."""
        if event.type() is QEvent.Type.ShortcutOverride and self._empties(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the field with Escape."""
        if self._empties(event):
            self.clear()
        else:
            super().keyPressEvent(event)

    def _empties(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and bool(self.text())


def folded(text: str) -> str:
    """Return a text as it is searched: without case and accents, full and half width and all quotes alike."""
    if text.isascii():
        return text.casefold()
    letters = _ACCENT.sub("", unicodedata.normalize("NFKD", text))
    return keyed(unicodedata.normalize("NFC", letters).casefold())  # syllables whole again
