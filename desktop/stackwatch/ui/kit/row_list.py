"""A list of one-line rows with own painting: model, view and the base of its delegates."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.announce import read_current
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.menus import row_asked
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.tips import as_tip

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
ModelIndex = QModelIndex | QPersistentModelIndex


class ListRow(Protocol):
    """What a list needs to know of a row."""

    @property
    def key(self) -> str:
        """What stays the same while the row's content changes."""

    @property
    def accessible_text(self) -> str:
        """The row in one sentence, for the screen reader and the tip."""


class RowModel(QAbstractListModel):
    """Rows of one kind; a change of content alone does not reset the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[ListRow, ...] = ()

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The rows as shown."""
        return self._rows

    def set_rows(self, rows: Sequence[ListRow]) -> bool:
        """Show other rows; returns whether any came, left or moved."""
        new = tuple(rows)
        if [row.key for row in new] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = new
            self.endResetModel()
            return True
        changed = [i for i, (old, row) in enumerate(zip(self._rows, new, strict=True)) if old != row]
        self._rows = new
        for i in changed:
            self.dataChanged.emit(self.index(i), self.index(i))
        return False

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row itself or its sentence."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.accessible_text
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(row.accessible_text)
        return None


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row and leaves its content to ``draw``."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: ModelIndex) -> QSize:
        """Return the height of a row."""
        return QSize(100, current_theme().row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        """Draw a row."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        ground(painter, rect, state, focused=has_focus(option))
        self.draw(painter, rect, index.data(ROW_ROLE))
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw the content of a row."""
        raise NotImplementedError


def has_focus(option: QStyleOptionViewItem) -> bool:
    """Whether the keyboard is on the view that an item is painted for."""
    view: object = option.widget
    return isinstance(view, QWidget) and view.hasFocus()


def ground(
    painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, focused: bool, bar: bool = True
) -> None:
    """Fill a row's ground by its state; a selection has a bar, violet where the keyboard is."""
    theme = current_theme()
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.selected)
        if bar:
            ink = theme.you if focused else theme.line2
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ink)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.hover)


class RowList(QListView):
    """A list of rows; Enter and a double click open one."""

    opened = Signal(str)

    def __init__(self, delegate: RowDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = RowModel(self)
        self._empty = ("", "")
        self.setModel(self._rows)
        self.setItemDelegate(delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def rows_model(self) -> RowModel:
        """Return the model."""
        return self._rows

    def set_rows(self, rows: Sequence[ListRow], empty_icon: str, empty_words: str) -> None:
        """Show rows, or a sentence when there are none; the current row and what is in sight stay."""
        before, current = self._rows.rows, self.currentIndex().row()
        looked_at = self.verticalScrollBar().value() > 0 or self.underMouse()
        top = self.indexAt(QPoint(0, 0)).row() if looked_at else -1
        self._empty = (empty_icon, empty_words)
        if self._rows.set_rows(rows):
            places = {row.key: place for place, row in enumerate(rows)}
            chosen = places.get(before[current].key) if current >= 0 else None
            if chosen is not None:
                choose_quietly(self, self._rows.index(chosen))
            if top >= 0:
                behind = (places[row.key] for row in before[top:] if row.key in places)
                self.scrollTo(self._rows.index(next(behind, 0)), QListView.ScrollHint.PositionAtTop)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        show_current(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or the sentence that stands for them."""
        super().paintEvent(event)
        icon, sentence = self._empty
        if self._rows.rows or not sentence:
            return
        painter = QPainter(self.viewport())
        empty_state(painter, self.viewport().rect(), icon, sentence, focused=self.hasFocus())

    def _open(self, index: ModelIndex) -> None:
        self.opened.emit(self._rows.rows[index.row()].key)


class MenuList(RowList):
    """A list of rows that have a menu each; ``menu_wanted`` carries a row's key and where to open it."""

    menu_wanted = Signal(str, QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the one with the keyboard."""
        index, place = row_asked(self, event)
        if index.isValid():
            self.menu_wanted.emit(self.rows_model().rows[index.row()].key, place)


def choose_quietly(view: QAbstractItemView, index: ModelIndex) -> None:
    """Make a row the current one without scrolling to it."""
    scrolls = view.hasAutoScroll()
    view.setAutoScroll(False)
    view.setCurrentIndex(index)
    view.setAutoScroll(scrolls)


def show_current(view: QAbstractItemView) -> None:
    """Select and read the row on which the keyboard comes to a view: Qt makes it current, unseen."""
    index, chosen = view.currentIndex(), view.selectionModel()
    if index.isValid() and not chosen.hasSelection():
        flag = QItemSelectionModel.SelectionFlag
        chosen.select(index, flag.ClearAndSelect | flag.Rows)
    read_current(view)


def empty_state(painter: QPainter, rect: QRect, icon: str, sentence: str, *, focused: bool = False) -> None:
    """Draw an icon over a sentence in the middle of an empty pane, and a ring where the keyboard is."""
    theme = current_theme()
    if focused:
        paint.ring(painter, rect, theme.you)
    middle = rect.center().y()
    tall = rect.height() >= 90  # noqa: PLR2004 - room for icon and sentence
    if tall and icon:
        place = QRect(rect.left(), middle - 6 - px(30), rect.width(), px(30))
        draw_icon(painter, icon, theme.t3, place, px(26))
    line = QRect(rect.left() + 12, middle + 2, rect.width() - 24, px(20)) if tall else rect
    font = theme.font(Role.BODY)
    if tall and QFontMetrics(font).horizontalAdvance(sentence) > line.width():
        line.setBottom(rect.bottom())
        paint.wrapped(painter, line, sentence, theme.t2, font)
    else:
        paint.centred(painter, line, sentence, theme.t2, font)
