"""Parts beside each other whose common border is moved with the pointer or with the arrow keys."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from stackwatch.ui.kit.tips import set_tip

_STEP = 16  # pixels that one key press moves a border
_WAYS = {
    Qt.Orientation.Horizontal: {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1},
    Qt.Orientation.Vertical: {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1},
}


class Divider(QSplitterHandle):
    """A border of a pixel that takes the keyboard, and is thicker and violet while it has it."""

    def __init__(self, orientation: Qt.Orientation, parent: "Splitter") -> None:
        super().__init__(orientation, parent)
        self._parts = parent
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows that point across the border; Enter puts it back."""
        way = _WAYS[self.orientation()].get(Qt.Key(event.key()))
        if way is not None:
            line = self.contentsRect().translated(self.pos())  # inside the room for the pointer
            place = line.x() if self.orientation() is Qt.Orientation.Horizontal else line.y()
            self.moveSplitter(place + way * _STEP)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._parts.usual_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Put the border back."""
        self._parts.usual_wanted.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self._widen()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be a line again."""
        super().focusOutEvent(event)
        self._widen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay thick with the keyboard on it: Qt makes it a line with every new size."""
        super().resizeEvent(event)
        if self.hasFocus():
            self._widen()

    def _widen(self) -> None:
        """Show all of the border, or but the line inside the room that the pointer has for it."""
        if self.hasFocus():
            self.clearMask()
        else:
            self.setMask(self.contentsRect())
        for part in self._parts.findChildren(QWidget):  # Qt leaves what lay under the border as it was
            part.update(QRect(part.mapFrom(self._parts, self.pos()), self.size()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, or the whole border with the keyboard on it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.fillRect(self.rect(), self.palette().link().color())


class Splitter(QSplitter):
    """Parts beside or above each other, a pixel apart."""

    usual_wanted = Signal()  # a border is to be where it usually is

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def createHandle(self) -> QSplitterHandle:
        """Make a border."""
        return Divider(self.orientation(), self)

    def name(self, part: QWidget, name: str) -> None:
        """Name the border before a part, where the part stands here, and say how it is moved."""
        place = self.indexOf(part)
        if place > 0:
            border = self.handle(place)
            border.setAccessibleName(name)
            set_tip(border, self.tr("Drag, or use the arrow keys; a double click or Enter puts it back"))
