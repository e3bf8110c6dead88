"""What the tables of rows share: whole rows, no grid, a light under the pointer, a sentence when empty."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.row_list import (
    ROW_ROLE,
    ModelIndex,
    RowDelegate,
    empty_state,
    ground,
    has_focus,
    show_current,
)
from stackwatch.ui.kit.theme import current_theme, px


class TableDelegate(RowDelegate):
    """Paints cells; ``hover_row`` is the row under the pointer, -1 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.hover_row = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        """Draw a cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        hovered, pointed = QStyle.StateFlag.State_MouseOver, index.row() == self.hover_row
        look = state | hovered if pointed else state & ~hovered
        painter.save()
        ground(painter, rect, look, focused=has_focus(option), bar=index.column() == 0)
        busy = pointed or bool(state & QStyle.StateFlag.State_Selected)
        self.draw_cell(painter, rect, index.data(ROW_ROLE), index.column(), busy=busy)
        painter.restore()

    def draw_cell(self, painter: QPainter, rect: QRect, row: object, column: int, *, busy: bool) -> None:
        """Draw the content of a cell; ``busy`` where its row is chosen or under the pointer."""
        raise NotImplementedError


class TableHead(QHeaderView):
    """Column heads that align with their cells."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        """Return the height of a column head."""
        return QSize(100, px(24))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one head."""
        theme = current_theme()
        painter.fillRect(rect, theme.panel)
        paint.hairline(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line)
        label = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        self.draw_label(painter, rect, section, label)

    def draw_label(self, painter: QPainter, rect: QRect, section: int, label: str) -> None:
        """Draw the name of a column."""
        raise NotImplementedError


class RowTable(QTableView):
    """A table whose rows are walked and chosen whole; ``empty_words`` stand where there are none."""

    def __init__(self, model: QAbstractItemModel, delegate: TableDelegate, head: TableHead) -> None:
        super().__init__()
        self._cells = delegate
        self.empty_words = ""
        self.pointed = False  # whether the pointer is over the table
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setHorizontalHeader(head)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_row_height(self, pixels: int) -> None:
        """Make every row as high as that."""
        self.verticalHeader().setMinimumSectionSize(pixels)
        self.verticalHeader().setDefaultSectionSize(pixels)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        show_current(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row in words: Qt would copy its first cell, which is a picture."""
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy) and index.isValid():
            QGuiApplication.clipboard().setText(self.copied(index.row()))
            return
        super().keyPressEvent(event)

    def copied(self, row: int) -> str:
        """Return a row in words, as its first cell says it to a screen reader."""
        return str(self.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first and the last row with Home and End: rows are walked whole."""
        moves, last = QAbstractItemView.CursorAction, self.model().rowCount() - 1
        row = {moves.MoveHome: 0, moves.MoveEnd: last}.get(action, -1)
        if row < 0:
            return super().moveCursor(action, modifiers)
        return self.model().index(row, max(self.currentIndex().column(), 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        self.pointed = True
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        self.pointed = False
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._cells.hover_row:
            self._cells.hover_row = row
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or the sentence that stands for them."""
        super().paintEvent(event)
        if self.model().rowCount() == 0:
            painter = QPainter(self.viewport())
            empty_state(painter, self.viewport().rect(), "bell", self.empty_words, focused=self.hasFocus())
