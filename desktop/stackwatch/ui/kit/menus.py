"""Menus, and entries that are marked while they are in use."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def menu_once(parent: QWidget) -> QMenu:
    """Return a menu that is gone when it is closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def in_menu(words: str) -> str:
    """Return words as a menu shows them letter by letter."""
    return words.replace("&", "&&")


def add_choice(menu: QMenu, words: str, then: Callable[[], object], *, on: bool) -> QAction:
    """Add an entry that is marked where it is ``on``."""
    action = menu.addAction(in_menu(words), then)
    action.setCheckable(True)
    action.setChecked(on)
    return action
