"""The buttons at the side of a mouse lead back and forward, wherever in the window the pointer is."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

_STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
_DOWN = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class SideButtons(QObject):
    """Hears them before the widgets of a window do: a list would select the row below the pointer."""

    def __init__(self, window: QWidget, go: Callable[[int], None]) -> None:
        """``go`` takes -1 for back and 1 for forward."""
        super().__init__(window)
        self._go = go
        window.winId()  # else there is nothing to listen to
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go where a button of the side leads, and let everything else pass."""
        if not isinstance(event, QMouseEvent) or (step := _STEPS.get(event.button())) is None:
            return False
        if event.type() in _DOWN:
            self._go(step)
        return True
