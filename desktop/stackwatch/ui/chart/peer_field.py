"""A field under the chart's tools: type a symbol or name to compare with."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from stackwatch.domain.watchlist import Names
from stackwatch.ui.kit.announce import announce, speak_for
from stackwatch.ui.kit.initials import initial_consonants
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import words
from stackwatch.ui.kit.row_list import ground
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine

_WIDTH, _ROWS, _SYMBOL = 300, 8, 84
_MOST_LETTERS = 40
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ID = Qt.ItemDataRole.UserRole


class _Names(MenuDelegate):
    """Draws a symbol and its name in columns; a row without a symbol is a sentence."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a name."""
        theme, rect = current_theme(), QRect(option.rect)
        symbol = index.data(_ID)
        if symbol is None:
            words(painter, rect.adjusted(10, 0, -8, 0), str(index.data()), theme.t2, theme.font())
            return
        ground(painter, rect, option.state, focused=True)
        left, name = rect.left() + 10, rect.left() + 10 + px(_SYMBOL)
        column = QRect(left, rect.top(), name - left - 6, rect.height())
        words(painter, column, str(symbol), theme.t1, theme.font(Role.SYMBOL))
        rest = QRect(name, rect.top(), rect.right() - name - 8, rect.height())
        words(painter, rest, str(index.data()), theme.t2, theme.font())


class PeerField(QFrame):
    """Chooses one of some names by any part of it; Escape leaves it."""

    chosen = Signal(str)

    def __init__(self, names: Mapping[str, Names], parent: QWidget) -> None:
        """Offer ids by their ``names``, which are searched in both languages."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._shown = {key: each.get(current_language()) for key, each in names.items()}
        self._searched = {
            key: f"{key} {each.en} {each.ko} {initial_consonants(each.ko)}".casefold()
            for key, each in names.items()
        }
        self.setProperty("raised", "true")
        self.field, self.list = TypedLine(), QListWidget()
        self.field.setMaxLength(_MOST_LETTERS)
        self.field.setPlaceholderText(self.tr("Symbol or name"))
        self.field.setAccessibleName(self.tr("Compare with"))
        self.field.typed.connect(self._narrow)
        self.field.installEventFilter(self)
        self.list.setItemDelegate(_Names(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Names to compare with"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedHeight(px(MENU_ROW) * _ROWS)
        self.list.itemClicked.connect(self._choose)
        speak_for(self.field, self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self.setFixedWidth(px(_WIDTH))
        self.setFocusProxy(self.field)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._narrow("")

    def open_at(self, anchor: QWidget) -> None:
        """Show the field below a widget."""
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows walk the list and Return take what is current in it."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, typed: str) -> None:
        wanted, found = self._matching(typed)
        if not found:  # a syllable that is not whole finds nothing
            wanted, found = self._matching(self.field.text())
        self.list.clear()
        for entity_id in sorted(found, key=lambda each: self._rank(each, wanted)):
            name = self._shown[entity_id]
            item = QListWidgetItem(name)
            item.setData(_ID, entity_id)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entity_id} {name}")
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)
            return
        item = QListWidgetItem(self.tr("Nothing has that name"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)
        announce(self.field, item.text())

    def _matching(self, typed: str) -> tuple[str, list[str]]:
        wanted = typed.strip().casefold()
        return wanted, [entity_id for entity_id, words in self._searched.items() if wanted in words]

    def _rank(self, entity_id: str, wanted: str) -> tuple[bool, bool, bool]:
        """Put first what is the symbol typed, then what begins with it, then names with a word that does."""
        symbol = entity_id.casefold()
        begins = f" {wanted}" in f" {self._searched[entity_id]}"
        return symbol != wanted, not symbol.startswith(wanted), not begins

    def _choose(self, item: QListWidgetItem | None) -> None:
        entity_id = None if item is None else item.data(_ID)
        if entity_id is None:
            return
        self.chosen.emit(entity_id)
        self.close()
