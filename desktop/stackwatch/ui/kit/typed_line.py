"""A field that is searched by, also while an input method still composes the last syllable of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from stackwatch.domain.words.typed import narrow, one_line


class TypedLine(QLineEdit):
    """``typed`` carries what is seen in the field; its text alone lacks what is being composed."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed, self._told = "", ""
        self.textChanged.connect(lambda _text: self._tell(""))

    @property
    def seen(self) -> str:
        """The text with what is being composed in it, in one line and letters of the usual width."""
        text, at = self.text(), self.cursorPosition()
        return one_line(narrow(text[:at] + self._composed + text[at:]))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take in what an input method composed or composes."""
        super().inputMethodEvent(event)
        self._tell(event.preeditString())

    def _tell(self, composed: str) -> None:
        self._composed = composed
        if self.seen != self._told:
            self._told = self.seen
            self.typed.emit(self._told)
