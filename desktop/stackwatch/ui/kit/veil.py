"""The veil over a window behind a dialog of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.dress import Themed
from stackwatch.ui.kit.theme import Mode, Theme

_VEIL = {Mode.DARK: 0.55, Mode.LIGHT: 0.35}


class Veil(Themed):
    """Dims a window until it is deleted."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(theme, window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is behind."""
        ground = QColor(self.theme.window)
        ground.setAlphaF(_VEIL[self.theme.mode])
        QPainter(self).fillRect(event.rect(), ground)
