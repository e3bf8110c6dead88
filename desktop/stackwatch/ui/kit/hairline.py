"""A line of one pixel between parts: a part of its own, so that it moves with what it stands between."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.theme import Theme


def fill_ground(part: QWidget, theme: Theme, edge: Qt.Edge, ink: QColor | None = None) -> None:
    """Fill the ground of a part, with a line along one of its edges."""
    line = part.rect()
    if edge in (Qt.Edge.TopEdge, Qt.Edge.BottomEdge):
        line.setTop(line.top() if edge is Qt.Edge.TopEdge else line.bottom())
        line.setHeight(1)
    else:
        line.setLeft(line.left() if edge is Qt.Edge.LeftEdge else line.right())
        line.setWidth(1)
    painter = QPainter(part)
    painter.fillRect(part.rect(), theme.panel)
    paint.hairline(painter, line, ink or theme.line)


class Hairline(QWidget):
    """A line across, in the middle of its ``room``."""

    def __init__(self, theme: Theme, room: int = 1) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(room)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        paint.hairline(painter, QRect(0, self.height() // 2, self.width(), 1), self._theme.line)
