"""Shift+F10 opens the menu of what has the keyboard; Qt itself does so only where the system asks for it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from stackwatch.ui.kit.menus import Menu


def open_menu() -> None:
    """Ask the widget with the keyboard for its menu, at its cursor, unless a menu is open."""
    widget = QApplication.focusWidget()
    if widget is None or QApplication.activePopupWidget() is not None:
        return
    where: QPoint = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, widget.mapToGlobal(where))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    if isinstance(menu, Menu):  # wherever the pointer is
        menu.mark_first()
