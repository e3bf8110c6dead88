"""The list of keys, shown by the question mark."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from stackwatch.ui.kit.theme import Role, current_theme


class KeysDialog(QDialog):
    """What each key does, in two columns of pairs."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription("; ".join(f"{keys}: {words}" for keys, words in rows))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nothing in it takes the keyboard
        self.setFocus()
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 16, 24, 16)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(8)
        half = (len(rows) + 1) // 2
        for place, (keys, words) in enumerate(rows):
            row, column = place % half, 2 * (place // half)
            name = QLabel(keys)
            name.setFont(current_theme().font(Role.SYMBOL))
            layout.addWidget(name, row, column)
            layout.addWidget(QLabel(words), row, column + 1)
