"""Menus, and entries that are marked while they are in use."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QCursor, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu, QWidget

from stackwatch.ui.kit.theme import px

_NEAR = 8  # pixels between the pointer and a menu that it opened


class Menu(QMenu):
    """A menu that marks its first entry when the keyboard opened it, as menus of systems do."""

    def showEvent(self, event: QShowEvent) -> None:
        """Mark the first entry, unless the pointer is where it would have opened the menu."""
        super().showEvent(event)
        if not self._is_by_pointer():
            self.mark_first()

    def mark_first(self) -> None:
        """Mark the first entry, unless one is marked."""
        first = next((each for each in self.actions() if each.isEnabled() and not each.isSeparator()), None)
        if first is not None and self.activeAction() is None:
            self.setActiveAction(first)

    def _is_by_pointer(self) -> bool:
        pointer = QCursor.pos()
        on_button = isinstance(QApplication.widgetAt(pointer), QAbstractButton)
        return on_button or (pointer - self.pos()).manhattanLength() <= px(_NEAR)


def menu_once(parent: QWidget) -> QMenu:
    """Return a menu that is gone when it is closed."""
    menu = Menu(parent)
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
