"""The list of keys, shown by the question mark."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from stackwatch.ui.frame.key_names import key_names
from stackwatch.ui.kit.theme import Role, Theme


class KeysDialog(QDialog):
    """What each key does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard"))
        layout = QGridLayout(self)
        layout.setContentsMargins(16, 16, 24, 16)
        layout.setHorizontalSpacing(24)
        layout.setVerticalSpacing(8)
        for row, (keys, words) in enumerate(key_names()):
            name = QLabel(keys)
            name.setFont(theme.font(Role.SYMBOL))
            layout.addWidget(name, row, 0)
            layout.addWidget(QLabel(words), row, 1)


def show_keys(theme: Theme, parent: QWidget) -> None:
    """Show the list of keys."""
    dialog = KeysDialog(theme, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
