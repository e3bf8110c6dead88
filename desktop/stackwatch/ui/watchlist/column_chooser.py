"""Choosing and arranging the columns of the list, by mouse and by keyboard."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyleOptionViewItem,
    QWidget,
)

from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.menu_list import MENU_ROW, MenuDelegate
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import ground, has_focus
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_columns import FIXED, ColumnLayout
from stackwatch.ui.watchlist.watchlist_heads import column_name

_WIDTH = 320
_COLUMN = Qt.ItemDataRole.UserRole
_NOTE = Qt.ItemDataRole.UserRole + 1
_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Rows(MenuDelegate):
    """Draws a tick, the name of a column, and why it is not to be seen."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a column."""
        theme, rect = current_theme(), QRect(option.rect)
        ground(painter, rect, option.state, focused=has_focus(option))
        if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value:
            tick = QRect(rect.left() + 8, rect.top(), px(14), rect.height())
            draw_icon(painter, "check", theme.you, tick, px(13))
        room = rect.adjusted(px(30), 0, -8, 0)
        words(painter, room, str(index.data()), theme.t1, theme.font())
        figure(painter, room, str(index.data(_NOTE)), theme.t3, theme.font(Role.CAPTION))


class ColumnChooser(QFrame):
    """A small list of all columns: Space or a click shows and hides, Alt with an arrow or dragging moves."""

    def __init__(self, columns: ColumnLayout, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("raised", "true")
        self._columns = columns
        self.rows = QListWidget()
        self.rows.setItemDelegate(_Rows(self.rows))
        self.rows.setAccessibleName(self.tr("Columns"))
        self.rows.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemClicked.connect(self._toggle)
        self.rows.model().rowsMoved.connect(self._dragged)
        self.rows.installEventFilter(self)
        self.usual = QPushButton(self.tr("Usual columns"))
        self.usual.clicked.connect(self._reset)
        hint = ElidedText(fixed=True)
        hint.put(self.tr("Space shows or hides, Alt with an arrow moves"), Ink.T3, Role.CAPTION)
        vbox((self.rows, hint, self.usual), gap=8, margins=(8, 8, 8, 8), into=self)
        self._fill()
        self.setFixedWidth(px(_WIDTH))
        self.rows.setFixedHeight(px(MENU_ROW) * self.rows.count() + 4)

    def show_at(self, place: QPoint) -> None:
        """Open at a place of the screen, inside it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        if (over := self.height() - screen.height()) > 0:  # the rows scroll, the button stays
            self.rows.setFixedHeight(self.rows.height() - over)
            self.adjustSize()
        left = min(place.x(), screen.right() - self.width())
        top = min(place.y(), screen.bottom() - self.height())
        self.move(max(left, screen.left()), max(top, screen.top()))
        self.show()
        self.rows.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the rows."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            item = self.rows.currentItem()
            key = Qt.Key(event.key())
            if key in (Qt.Key.Key_Space, Qt.Key.Key_Return) and item is not None:
                self._toggle(item)
                return True
            if key in _KEYS and event.modifiers() & Qt.KeyboardModifier.AltModifier and item is not None:
                self._columns.move(Column(item.data(_COLUMN)), _KEYS[key])
                self._fill()
                return True
            if key is Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        """List the columns in order, with the one that was current, or the first, current again."""
        kept = {item.data(_COLUMN) for item in self.rows.selectedItems()}
        aside = self._columns.without_room
        away = self.tr("out of view") if self._columns.slides else self.tr("no room now")
        self.rows.clear()
        for column in self._columns.order:
            if column in FIXED:
                continue
            made = QListWidgetItem(column_name(column))
            shown = column in self._columns.chosen
            made.setData(_COLUMN, int(column))
            made.setData(_NOTE, away if column in aside else "")
            made.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            self.rows.addItem(made)
            if column in kept or not kept:
                kept = kept or {int(column)}
                self.rows.setCurrentItem(made)

    def _toggle(self, item: QListWidgetItem) -> None:
        column = Column(item.data(_COLUMN))
        self._columns.choose(column, shown=column not in self._columns.chosen)
        self._fill()

    def _dragged(self) -> None:
        items = (self.rows.item(row) for row in range(self.rows.count()))
        self._columns.arrange([Column(item.data(_COLUMN)) for item in items])

    def _reset(self) -> None:
        self._columns.usual()
        self._fill()
