"""Menus, and entries that are marked while they are in use."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget


def menu_once(parent: QWidget) -> QMenu:
    """Return a menu that is gone when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def row_asked(view: QAbstractItemView, event: QContextMenuEvent) -> tuple[QModelIndex, QPoint]:
    """Return the row whose menu is wanted, which may be none, and where on the screen to open it.

    That is at the pointer, and below the current row where a key asks for it.
    """
    if event.reason() is not QContextMenuEvent.Reason.Keyboard:
        return view.indexAt(event.pos()), event.globalPos()
    index = view.currentIndex()
    return index, view.viewport().mapToGlobal(view.visualRect(index).bottomLeft())


def in_menu(words: str) -> str:
    """Return words as a menu shows them letter by letter."""
    return words.replace("&", "&&")


def add_choice(menu: QMenu, words: str, then: Callable[[], object], *, on: bool) -> QAction:
    """Add an entry that is marked where it is ``on``."""
    action = menu.addAction(in_menu(words), then)
    action.setCheckable(True)
    action.setChecked(on)
    return action
