"""The surface of the list: paints the cells that changed, knows which row is where, takes what is dropped."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from stackwatch.domain.watchlist import Watchlist
from stackwatch.ui.kit.announce import is_heard, read_current
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_columns import ColumnLayout
from stackwatch.ui.watchlist.watchlist_frame import ColumnHeads, OverlayBar, RowHeight, SidewaysBar
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind
from stackwatch.ui.watchlist.watchlist_painter import Columns, RowLook, RowPainter

_BAR_WIDTH = 8
_DRAGGED_NAME = 110
_FOOT_BAR = 5  # lies over the foot of the last row, below its figures
_NOTCH = 120  # of a wheel
_SHARE = NodeKind.SHARE
_Index = QModelIndex | QPersistentModelIndex


class WatchlistCanvas(QTreeView):
    """Paints rows itself: Qt would paint every cell of a row of which one changed."""

    edit_wanted = Signal(object)  # an Edit
    add_wanted = Signal(str)  # the id of a layer, TOP for any
    link_wanted = Signal(str)
    follow_wanted = Signal(str)  # a private company of the user's own for a layer, TOP for above them
    entity_edit_wanted = Signal(str)  # the id of one of the user's own
    entity_removal_wanted = Signal(str)
    file_dropped = Signal(object)  # its path
    import_wanted = Signal()
    pasted = Signal(str)

    def __init__(self, model: WatchlistModel, watchlist: Watchlist, parent: QWidget | None) -> None:
        super().__init__(parent)
        # One of Python's own: to find what Qt's is, PySide would make each class of widget that there is.
        self.setViewport(QWidget())
        self.watchlist = watchlist
        self._list = model
        model.setParent(self)
        self._rows = RowPainter(model)
        self._row_height = RowHeight(self)
        self._row_height.height = current_theme().row_height
        self._heads = ColumnHeads(self)
        self._on_screen: dict[Node, int] | None = None
        self._columns_on_screen: Columns = ()
        self._with_cells = QRect()
        self._spans: dict[tuple[int, int], tuple[int, int]] = {}  # of columns on screen, by first and last
        self._pointer_y: int | None = None
        self.setHeader(self._heads)
        self.setModel(model)
        self.setItemDelegate(self._row_height)
        self._behave()
        self.columns = ColumnLayout(self, self._heads)
        self.columns.slid.connect(self._note_slide)
        self.sideways.valueChanged.connect(self.columns.slide_to)
        scrolled = self.verticalScrollBar()
        moves = (scrolled.valueChanged, scrolled.rangeChanged, self.expanded, self.collapsed)
        for moved in (*moves, self._heads.sectionResized, self._heads.sectionMoved, model.layoutChanged):
            moved.connect(self._look_again)
        model.shown = lambda: self.rows_on_screen().keys()
        model.rewritten.connect(self._repaint)

    def _behave(self) -> None:
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing behind it is painted
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self._bar = OverlayBar(self)
        self.sideways = SidewaysBar(self)
        self._turned = 0

    @property
    def list_model(self) -> WatchlistModel:
        """The model shown."""
        return self._list

    @property
    def row_height(self) -> int:
        """The height of every row, in pixels."""
        return current_theme().row_height

    @property
    def pointed_at(self) -> bool:
        """Whether the pointer is over the rows."""
        return self._pointer_y is not None

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self._rows.restyle()
        self._row_height.height = current_theme().row_height
        self._look_again()
        self.scheduleDelayedItemsLayout()

    def node_at(self, index: _Index) -> Node | None:
        """Return the row of an index, None for an invalid one."""
        return self._list.node(index) if index.isValid() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the columns for which there is no room."""
        super().resizeEvent(event)
        self._look_again()
        self._bar.setGeometry(
            self.width() - _BAR_WIDTH, self._heads.height(), _BAR_WIDTH, self.viewport().height()
        )
        self.sideways.setGeometry(0, self.height() - _FOOT_BAR, self.width() - _BAR_WIDTH, _FOOT_BAR)
        self.columns.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Slide the columns with a wheel that turns sideways, or with Shift."""
        turn = event.angleDelta()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        sideways = turn.x() if abs(turn.x()) > abs(turn.y()) else turn.y() if shifted else 0
        if not sideways:
            super().wheelEvent(event)
            return
        self._turned -= sideways
        steps = int(self._turned / _NOTCH)
        self._turned -= steps * _NOTCH
        self.columns.slide(steps)
        event.accept()

    def _note_slide(self, first: int, most: int) -> None:
        self.sideways.follow(first, most)
        self._look_again()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the size at a window of 1440 x 900."""
        return QSize(px(712), px(680))

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the current row, as far as its name goes, below the pointer: the place stays in view."""
        index = self.currentIndex()
        if not self._list.flags(index) & Qt.ItemFlag.ItemIsDragEnabled:
            return
        drag = QDrag(self)
        drag.setMimeData(self._list.mimeData([index]))
        width = self.columnViewportPosition(Column.NAME) + px(_DRAGGED_NAME)
        row = QRect(0, self.visualRect(index).top(), width, current_theme().row_height)
        drag.setPixmap(self.viewport().grab(row))
        drag.setHotSpot(QPoint(-px(12), -px(8)))
        drag.exec(actions, Qt.DropAction.MoveAction)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that need it."""
        painter = QPainter(self.viewport())
        for part in cast("Iterable[QRect]", event.region()):  # PySide's stubs do not say that it can
            self._paint_part(painter, part)
        self.paint_over(painter)

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        """Paint the cells that a part of the surface touches, and the ground where there is none."""
        theme = current_theme()
        height = theme.row_height
        above, below = part.top() - height, part.bottom()
        begin, end = part.left(), part.right()
        rows = [(node, top) for node, top in self.rows_on_screen().items() if above < top <= below]
        if not self._with_cells.contains(part):
            painter.fillRect(part, theme.panel)
        columns = [c for c in self._columns_on_screen if c[1] <= end and c[1] + c[2] > begin]
        current = self.node_at(self.currentIndex())
        active = self.hasFocus()
        pointer = -height if self._pointer_y is None else self._pointer_y
        for node, top in rows:
            expanded = node.group and self.isExpanded(self._list.index_of_node(node))
            look = RowLook(node is current, top <= pointer < top + height, active, expanded)
            whole = node.kind is not _SHARE
            self._rows.paint_row(painter, node, top, self._columns_on_screen if whole else columns, look)

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the rows; there is nothing by itself."""

    def _repaint(self, cells: Sequence[tuple[Node, int, int]]) -> None:
        """Ask for changed cells to be painted, and let a screen reader know."""
        viewport, rows, height = self.viewport(), self.rows_on_screen(), current_theme().row_height
        heard = is_heard()
        for node, first, last in cells:
            if heard:
                index = self._list.index_of_node(node)
                self.dataChanged(index.siblingAtColumn(first), index.siblingAtColumn(last))
            top = rows.get(node)
            if top is None:
                continue
            if first <= Column.LAST <= last and self._rows.reach(node):
                first = Column.NAME  # noqa: PLW2901 - which ends before the price
            begin, width = self._span(first, last) if node.kind is _SHARE else (0, viewport.width())
            if width:
                viewport.update(begin, top, width, height)

    def _span(self, first: int, last: int) -> tuple[int, int]:
        """Return left edge and width of what is shown of neighbouring columns, in pixels."""
        known = self._spans.get((first, last))
        if known is None:
            shown = [(left, left + width) for c, left, width in self._columns_on_screen if first <= c <= last]
            begin, end = min((s[0] for s in shown), default=0), max((s[1] for s in shown), default=0)
            known = self._spans[first, last] = (begin, end - begin)
        return known

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Read the row on which the keyboard comes to the list."""
        super().focusInEvent(event)
        read_current(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        super().mouseMoveEvent(event)
        self._point_at(round(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, y: int | None) -> None:
        height = current_theme().row_height
        before, self._pointer_y = self._pointer_y, y
        tops = [
            next(
                (
                    top
                    for top in self.rows_on_screen().values()
                    if at is not None and top <= at < top + height
                ),
                None,
            )
            for at in (before, y)
        ]
        if tops[0] != tops[1]:
            for top in tops:
                if top is not None:
                    self.viewport().update(0, top, self.viewport().width(), height)

    def rows_on_screen(self) -> dict[Node, int]:
        """Return the rows on screen, whose cells are worth writing now, and where each begins."""
        if self._on_screen is not None:
            return self._on_screen
        tops: dict[Node, int] = {}
        height = max(current_theme().row_height, 1)
        index = self.indexAt(QPoint(0, 0))
        top = self.visualRect(index).top()
        while index.isValid() and top < self.viewport().height():
            tops[self._list.node(index)] = top
            top += height
            index = self.indexBelow(index)
        self._columns_on_screen = tuple(
            (column, self._heads.sectionViewportPosition(column), self._heads.sectionSize(column))
            for column in self.columns.order
            if not self._heads.isSectionHidden(column)
        )
        right = sum(self._columns_on_screen[-1][1:]) if self._columns_on_screen else 0
        self._with_cells = QRect(0, 0, right, len(tops) * height)
        self._spans.clear()
        self._rows.last = self._heads.last
        beside = pairwise(self._columns_on_screen)
        rooms = (right[2] for left, right in beside if (left[0], right[0]) == (Column.NAME, Column.LAST))
        self._rows.price_room = next(rooms, None)
        self._on_screen = tops
        return tops

    def _look_again(self) -> None:
        self._on_screen = None
