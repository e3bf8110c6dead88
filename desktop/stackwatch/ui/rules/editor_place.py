"""Where editor and preview of a rule stand."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class EditorPlace(QScrollArea):
    """Holds editor and preview; what large text makes wider than the window is pushed sideways."""

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(held)

    def minimumSizeHint(self) -> QSize:
        """Return the height of what is held: it is cut nowhere but at its side."""
        return QSize(0, self._held.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is held as high as this is: each part has a way of its own with less."""
        self._held.setMaximumHeight(self.viewport().height())
        super().resizeEvent(event)
