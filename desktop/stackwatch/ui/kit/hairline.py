"""Lines of one pixel: along an edge of a part, or a part of its own that moves with what it is between."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.theme import current_theme


class LinedPanel(QWidget):
    """A part on the ground of panels with a line along an ``edge``, a ``strong`` one between panes."""

    def __init__(self, edge: Qt.Edge, parent: QWidget | None = None, *, strong: bool = False) -> None:
        super().__init__(parent)
        self._edge, self._strong = edge, strong

    def set_edge(self, edge: Qt.Edge) -> None:
        """Draw the line along another edge."""
        self._edge = edge
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground and draw the line."""
        line, edge = self.rect(), self._edge
        if edge in (Qt.Edge.TopEdge, Qt.Edge.BottomEdge):
            line.setTop(line.top() if edge is Qt.Edge.TopEdge else line.bottom())
            line.setHeight(1)
        else:
            line.setLeft(line.left() if edge is Qt.Edge.LeftEdge else line.right())
            line.setWidth(1)
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(self.rect(), theme.panel)
        paint.hairline(painter, line, theme.line2 if self._strong else theme.line)


class Hairline(QWidget):
    """A line across, in the middle of its ``room``."""

    def __init__(self, room: int = 1) -> None:
        super().__init__()
        self.setFixedHeight(room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        middle = QRect(0, self.height() // 2, self.width(), 1)
        paint.hairline(QPainter(self), middle, current_theme().line)
