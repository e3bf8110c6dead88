"""What the tables of rows share: whole rows, no grid, a light under the pointer, a sentence when empty."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from stackwatch.ui.kit.row_list import RowDelegate, empty_state, show_current
from stackwatch.ui.kit.theme import Theme


class TableDelegate(RowDelegate):
    """Paints cells; ``hover_row`` is the row under the pointer, -1 for none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.hover_row = -1


class RowTable(QTableView):
    """A table whose rows are walked and chosen whole; ``empty_words`` stand where there are none."""

    def __init__(self, model: QAbstractItemModel, delegate: TableDelegate, head: QHeaderView) -> None:
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

    def set_ground(self, theme: Theme, row_height: int) -> None:
        """Use other colours, and rows of a height in pixels."""
        self._cells.theme = theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.panel)
        self.setPalette(palette)
        self.verticalHeader().setMinimumSectionSize(row_height)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        show_current(self)

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
            ground, theme = self.viewport().rect(), self._cells.theme
            empty_state(painter, ground, "bell", self.empty_words, theme, focused=self.hasFocus())
            painter.end()
