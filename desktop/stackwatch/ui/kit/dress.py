"""Colours and sizes that change while the window is open: handed to every part by one walk."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.theme import Theme


def dress(part: QObject, theme: Theme) -> None:
    """Hand a theme to all that is in a part and has a ``set_theme``, and to the part itself last."""
    for inner in part.children():
        dress(inner, theme)
    take = getattr(part, "set_theme", None)
    if take is not None:
        take(theme)


class Themed(QWidget):
    """A part that is painted with its ``theme``."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self.theme = theme
        self.updateGeometry()
        self.update()
