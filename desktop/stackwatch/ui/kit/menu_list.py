"""What small lists that open over the window share: rows of a menu's height on a raised ground."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from stackwatch.ui.kit.theme import Theme

MENU_ROW = 26


class MenuDelegate(QStyledItemDelegate):
    """Gives rows the height of a menu's; what they show is painted by those who derive from it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of a menu's row."""
        return QSize(0, self.theme.px(MENU_ROW))


def raise_ground(frame: QWidget, name: str, view: type[QWidget], theme: Theme) -> None:
    """Give a frame its line and raised ground, and the list of a kind inside it the same ground."""
    raised, line = theme.raised.name(), theme.line2.name()
    frame.setObjectName(name)
    frame.setStyleSheet(
        f"#{name} {{ background: {raised}; border: 1px solid {line}; }}"
        f"{view.__name__} {{ background: {raised}; }}"
    )
