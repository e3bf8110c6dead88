"""The name of the list in the header, and the menu behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QMenu

from stackwatch.ui.kit.chips import PaintedButton, box
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menus import add_choice, menu_once
from stackwatch.ui.kit.paint import words
from stackwatch.ui.kit.theme import Role, Theme, current_theme, px
from stackwatch.ui.kit.tips import as_tip

if TYPE_CHECKING:
    from stackwatch.ui.watchlist.list_controller import ListController

_CARET, _GAP, _WIDEST = 12, 6, 240


class ListButton(PaintedButton):
    """Shows which list this is; a click or Enter opens what can be done with lists."""

    radius = 6

    def __init__(self) -> None:
        super().__init__()
        self._controller: ListController | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.open_menu)

    def use(self, controller: ListController) -> None:
        """Offer the lists of a controller."""
        self._controller = controller
        controller.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write the name anew."""
        if self._controller is not None:
            self.show_name(self._controller.current.names.get(current_language()))

    def show_name(self, name: str) -> None:
        """Write the name of the list."""
        self.setText(name)
        lists = self.tr("Lists")
        self.setToolTip(lists if self._wanted() <= px(_WIDEST) else as_tip(f"{name}\n{lists}"))
        self.setAccessibleDescription(lists)  # else the tip's markup would be read
        self.setAccessibleName(self.tr("List: {name}").format(name=name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of name and caret."""
        return QSize(min(self._wanted(), px(_WIDEST)) + _GAP + px(_CARET) + 12, px(28))

    def _wanted(self) -> int:
        """Return the width of the whole name."""
        return QFontMetrics(current_theme().font(Role.TITLE)).horizontalAdvance(self.text()) + 2

    def minimumSizeHint(self) -> QSize:
        """Return the same: a name never gives way."""
        return self.sizeHint()

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw name and caret."""
        if self.underMouse() or self.isDown():
            box(painter, self.rect(), 6, theme.hover, None)
        side = px(_CARET)
        room = self.rect().adjusted(6, 0, -6 - side - _GAP, 0)
        words(painter, room, self.text(), theme.t1, theme.font(Role.TITLE))
        caret = self.rect().adjusted(self.width() - 6 - side, 0, -6, 0)
        draw_icon(painter, "caret-down", theme.t3, caret, px(11))

    def menu(self) -> QMenu:
        """Build the menu of lists."""
        controller = self._controller
        menu = menu_once(self)
        if controller is None:
            return menu
        for each in controller.lists.values():
            name = each.names.get(current_language())
            add_choice(menu, name, partial(controller.switch, each.id), on=each.id == controller.current.id)
        menu.addSeparator()
        copy = controller.name_of_copy.get(current_language())
        for label, title, name, then in (
            (self.tr("New list\u2026"), self.tr("New list"), "", controller.new),
            (self.tr("Duplicate\u2026"), self.tr("Duplicate"), copy, controller.duplicate),
        ):
            menu.addAction(label, partial(self._ask, title, name, then))
        menu.addAction(self.tr("Rename\u2026"), QKeySequence("F2"), partial(self._rename, controller))
        menu.addAction(self.tr("Delete"), controller.delete)
        menu.addSeparator()
        menu.addAction(self.tr("Import\u2026"), controller.ask_for_import)
        menu.addAction(self.tr("Export\u2026"), controller.export_file)
        menu.addSeparator()
        stack = controller.stack
        back, again = stack.undoText(), stack.redoText()
        label = self.tr("Undo: {what}").format(what=back) if back else self.tr("Undo")
        undo = menu.addAction(label, stack.undo)
        label = self.tr("Redo: {what}").format(what=again) if again else self.tr("Redo")
        redo = menu.addAction(label, stack.redo)
        undo.setShortcut(QKeySequence("Ctrl+Z"))
        redo.setShortcut(QKeySequence("Ctrl+Shift+Z"))
        undo.setEnabled(stack.canUndo())
        redo.setEnabled(stack.canRedo())
        return menu

    def open_menu(self) -> None:
        """Show the menu below the name."""
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Rename the list with F2, as where files are."""
        if event.key() == Qt.Key.Key_F2 and self._controller is not None:
            self._rename(self._controller)
        else:
            super().keyPressEvent(event)

    def _rename(self, controller: ListController) -> None:
        self._ask(self.tr("Rename"), self.text(), controller.rename)

    def _ask(self, title: str, text: str, then: Callable[[str], None]) -> None:
        from stackwatch.ui.watchlist.name_dialog import ask_name  # when it is wanted

        ask_name(self, title, text, then)
