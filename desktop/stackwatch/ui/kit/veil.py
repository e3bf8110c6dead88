"""The veil over a window behind a dialog of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.theme import Mode, current_theme

_VEIL = {Mode.DARK: 0.55, Mode.LIGHT: 0.35}


class Veil(QWidget):
    """Dims a window until it is deleted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is behind."""
        theme = current_theme()
        ground = QColor(theme.window)
        ground.setAlphaF(_VEIL[theme.mode])
        QPainter(self).fillRect(event.rect(), ground)
