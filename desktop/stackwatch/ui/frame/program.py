"""The application around the window."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Says that somebody wants it to end, before its windows are asked whether they may be closed."""

    quit_asked = Signal()

    def __init__(self, arguments: Sequence[str]) -> None:
        # Not by setStyle: it returns the style, for which PySide would make all classes of styles.
        super().__init__([*arguments, "-style", "Fusion"])

    def event(self, event: QEvent) -> bool:
        """Hear of the wish to end."""
        if event.type() is QEvent.Type.Quit:
            self.quit_asked.emit()
        return super().event(event)
