"""What small lists that open over the window share: rows of a menu's height on a raised ground."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from stackwatch.ui.kit.row_list import ModelIndex
from stackwatch.ui.kit.theme import px

MENU_ROW = 26


class MenuDelegate(QStyledItemDelegate):
    """Gives rows the height of a menu's; what they show is painted by those who derive from it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: ModelIndex) -> QSize:
        """Return the height of a menu's row."""
        return QSize(0, px(MENU_ROW))
