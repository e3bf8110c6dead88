"""A dialog over its dimmed window: as large as what is in it, with its buttons at the end."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from stackwatch.ui.kit.dim_overlay import DimOverlay
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.theme import px


class Sheet(QDialog):
    """Dims the window behind it until it is finished; ``column`` takes its parts from top to bottom."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        DimOverlay(window, self)
        self.finished.connect(self.deleteLater)
        self.column = vbox(gap=px(8), margins=(px(24),) * 4, into=self)
        self.column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def add_foot(self, *buttons: QWidget, aside: QWidget | None = None) -> None:
        """Add buttons at the right, last of all: Tab comes to them after what was added before."""
        left = () if aside is None else (aside,)
        hbox((*left, None, *buttons), gap=px(8), into=self.column)
