"""What dims a window behind a dialog of it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from stackwatch.ui.kit.theme import ThemeMode, current_theme

_VEIL = {ThemeMode.DARK: 0.55, ThemeMode.LIGHT: 0.35}


def open_over(window: QWidget, dialog: QDialog) -> None:
    """Open a dialog over its dimmed window; it goes once it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    DimOverlay(window, dialog)
    dialog.open()


class DimOverlay(QWidget):
    """Dims a window, of any size that it takes, until a dialog over it is finished."""

    def __init__(self, window: QWidget, dialog: QDialog) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        for then in (self.hide, self.deleteLater):
            dialog.finished.connect(then)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the window."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what is behind."""
        theme = current_theme()
        ground = QColor(theme.window)
        ground.setAlphaF(_VEIL[theme.mode])
        QPainter(self).fillRect(event.rect(), ground)
