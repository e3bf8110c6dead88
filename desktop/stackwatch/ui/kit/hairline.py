"""A line of one pixel between parts: a part of its own, so that it moves with what it stands between."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.theme import Theme


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
        painter.end()
