"""A field with a list of answers, which it walks while it keeps the keyboard itself."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMoveEvent
from PySide6.QtWidgets import QFrame, QWidget

from stackwatch.ui.kit.announce import announce, speak_for
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import px
from stackwatch.ui.kit.typed_line import TypedLine

if TYPE_CHECKING:  # the header is painted without the answers
    from PySide6.QtWidgets import QListWidgetItem

    from stackwatch.ui.kit.answer_list import AnswerList

_NAMES_AT = 132
_EDGE = 16  # from the edge of the window
_PAGE = 8
_STEPS: Mapping[int, int] = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerLine(TypedLine):
    """A line to search by and the list of its ``answers``, which lies where who derives from it puts it."""

    def __init__(self, parent: QWidget | None = None, *, names_at: int = _NAMES_AT) -> None:
        """Begin names beside symbols at ``names_at``, for text of 12 pixels."""
        super().__init__(parent)
        self.nothing = ""  # what is said where nothing is found
        self._names_at = names_at
        self.typed.connect(self.search)

    @cached_property
    def answers(self) -> "AnswerList":
        """The list of answers, made when somebody first searches."""
        from stackwatch.ui.kit.answer_list import AnswerList  # see above

        answers = AnswerList(self._names_at)
        answers.itemClicked.connect(self._choose)
        speak_for(self, answers)
        self.lay(answers)
        return answers

    @property
    def given(self) -> tuple[object, ...]:
        """What choosing each row would give."""
        return tuple(row.gives for row in self.answers.rows)

    def lay(self, answers: "AnswerList") -> None:
        """Put the answers, which were just made, where they will be seen."""

    def look_for(self, text: str) -> Sequence[Answer]:
        """Return the answers to a text."""
        raise NotImplementedError

    def take(self, gives: object) -> None:
        """Do what an answer that was chosen stands for."""
        raise NotImplementedError

    def search(self) -> None:
        """Show the answers to what is seen in the field."""
        rows = self.look_for(self.seen)
        if not rows and self.seen != self.text():  # a syllable that is not whole finds nothing
            rows = self.look_for(self.text())
        if not rows and self.seen.strip() and self.nothing:
            rows = [Answer(None, self.nothing)]
            announce(self, self.nothing)
        self.answers.show_rows(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the answers with the arrows, and take one with Enter."""
        by = _STEPS.get(event.key())
        if by is not None and self.answers.count():
            self.answers.step(by)
        elif event.key() in _ENTER:
            self._choose(self.answers.currentItem())
        else:
            super().keyPressEvent(event)

    def _choose(self, item: "QListWidgetItem | None") -> None:
        if item is not None and (gives := self.answers.row_of(item).gives) is not None:
            self.take(gives)


class AnswerField(AnswerLine):
    """A line whose answers open below it, over what is there, for as long as somebody searches."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        """Open answers of at least a ``width``, for text of 12 pixels."""
        super().__init__(parent)
        self._width = width
        self._frame = QFrame(self)
        self._frame.setProperty("raised", "true")
        self._frame.hide()
        self.destroyed.connect(self._frame.deleteLater)  # it lies in the window by then

    @property
    def searching(self) -> bool:
        """Whether answers are shown."""
        return self._frame.isVisible()

    def lay(self, answers: "AnswerList") -> None:
        """Put them into the frame that opens below."""
        vbox((answers,), margins=(1, 4, 1, 4), into=self._frame)

    def search(self) -> None:
        """Show the answers, or none."""
        super().search()
        self._place()

    def leave(self) -> bool:
        """Give up what was typed; whether anything was."""
        typed = bool(self.text())
        self.clear()
        return typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the answers again with an arrow, take only what is seen, and leave with Esc."""
        key, hidden = event.key(), self._frame.isHidden()
        if key == Qt.Key.Key_Escape and self.leave():
            return
        if hidden and key in _STEPS:
            self.search()
        elif not (hidden and key in _ENTER):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, whose own would leave the text."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            if event.isAccepted():
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the answers away."""
        super().focusOutEvent(event)
        self._frame.hide()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Take the answers along."""
        super().moveEvent(event)
        if self.searching:
            self._place()

    def _place(self) -> None:
        """Open the frame below, inside the window."""
        rows = range(self.answers.count())
        if not rows:
            self._frame.hide()
            return
        window = self.window()
        self._frame.setParent(window)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        width = min(max(self.width(), px(self._width)), window.width())
        height = sum(map(self.answers.sizeHintForRow, rows)) + 12
        room = max(window.height() - corner.y() - px(_EDGE), self.answers.row_height)
        left = max(min(corner.x(), window.width() - width - px(_EDGE)), 0)
        self._frame.setGeometry(left, corner.y(), width, min(height, room))
        self._frame.show()
        self._frame.raise_()
