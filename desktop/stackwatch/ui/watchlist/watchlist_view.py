"""The list of the window: groups and rows, walked by mouse and keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTreeView,
    QWidget,
)

from stackwatch.domain.events import Event
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_frame import ColumnHeads, OverlayBar, RowHeight
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP, Kind, Node
from stackwatch.ui.watchlist.watchlist_painter import (
    LEFT_INSET,
    RIGHT_INSET,
    SYMBOL_WIDTH,
    Columns,
    Look,
    RowPainter,
)

_WIDTHS = {
    Column.BELL: LEFT_INSET + 20,
    Column.SYMBOL: SYMBOL_WIDTH,
    Column.LAST: 74,
    Column.CHANGE: 76,
    Column.ABNORMAL: 66,
    Column.SAR: 96,
    Column.YEAR: 68,
    Column.DAYS: 66,
    Column.NEWS: 30 + RIGHT_INSET,
}
_NARROW_WIDTHS = {Column.CHANGE: 74, Column.ABNORMAL: 62, Column.SAR: 94, Column.NEWS: 38 + RIGHT_INSET}
_WIDE_ONLY = (Column.YEAR, Column.DAYS)
_WIDE_FROM = 640
_BAR_WIDTH = 8
_Index = QModelIndex | QPersistentModelIndex


class WatchlistView(QTreeView):
    """Shows the watchlist; says which entity is followed and which is opened."""

    entity_selected = Signal(str)
    entity_opened = Signal(str)
    refresh_requested = Signal()
    typed = Signal(str)
    alert_wanted = Signal(str)

    def __init__(
        self,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._list = WatchlistModel(ecosystem, watchlist, language, self)
        self._rows = RowPainter(theme, self._list)
        self._row_height = RowHeight(self)
        self._row_height.height = theme.row_height
        self._heads = ColumnHeads(theme, self)
        self.setHeader(self._heads)
        self.setModel(self._list)
        self.setItemDelegate(self._row_height)
        self._behave()
        self._size_columns()
        self.expandAll()
        self._on_screen: dict[Node, int] | None = None
        self._columns_on_screen: Columns = ()
        self._pointer_y: int | None = None
        scrolled = self.verticalScrollBar()
        moves = (scrolled.valueChanged, scrolled.rangeChanged, self.expanded, self.collapsed)
        for moved in (*moves, self._heads.sectionResized):
            moved.connect(self._look_again)
        self._list.shown = lambda: self._screen().keys()
        self.setAccessibleName(watchlist.names.get(language))

    def _behave(self) -> None:
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = OverlayBar(self)

    @property
    def list_model(self) -> WatchlistModel:
        """The model shown."""
        return self._list

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        self._list.apply(event)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._theme = theme
        self._rows.set_theme(theme)
        self._row_height.height = theme.row_height
        self._heads.set_theme(theme)
        self._size_columns()
        self._look_again()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def set_language(self, language: Language) -> None:
        """Use another language."""
        self._list.set_language(language)
        self.viewport().update()

    # Selection and folding

    @property
    def selected_id(self) -> str | None:
        """The symbol or private entity of the current row."""
        node = self._node(self.currentIndex())
        return None if node is None or node.group else node.id

    def select(self, entity_id: str) -> bool:
        """Make an entity's row current, opening its group; return whether the list has it."""
        index = self._list.index_of(entity_id)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_first(self) -> None:
        """Make the first listed share current."""
        for row in range(self._list.rowCount()):
            group = self._list.index(row, 0)
            for child in range(self._list.rowCount(group)):
                index = self._list.index(child, 0, group)
                if self._list.node(index).kind is Kind.SHARE:
                    self.setCurrentIndex(index)
                    return

    def folded(self) -> tuple[str, ...]:
        """Return the ids of closed groups."""
        groups = [self._list.index(row, 0) for row in range(self._list.rowCount())]
        return tuple(self._list.node(group).id for group in groups if not self.isExpanded(group))

    def set_folded(self, ids: Sequence[str]) -> None:
        """Close the groups of ``ids`` and open the others."""
        for row in range(self._list.rowCount()):
            group = self._list.index(row, 0)
            self.setExpanded(group, self._list.node(group).id not in ids)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Follow the current row."""
        super().currentChanged(current, previous)
        node = self._node(current)
        if node is not None and not node.group:
            self.entity_selected.emit(node.id)

    # Input

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; left and right fold."""
        node = self._node(self.currentIndex())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and node is not None:
            self._open(self.currentIndex(), node)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Hand typed letters to the find field."""
        self.typed.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a group whose caret is clicked."""
        index = self.indexAt(event.position().toPoint())
        node = self._node(index)
        on_caret = event.position().x() < self.columnWidth(Column.BELL)
        if node is not None and node.group and on_caret and event.button() is Qt.MouseButton.LeftButton:
            self._toggle(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row or fold a group."""
        index = self.indexAt(event.position().toPoint())
        node = self._node(index)
        if node is not None and event.button() is Qt.MouseButton.LeftButton:
            self._open(index, node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a row."""
        index = (
            self.currentIndex()
            if event.reason() is QContextMenuEvent.Reason.Keyboard
            else self.indexAt(event.pos())
        )
        node = self._node(index)
        if node is not None:
            self.row_menu(index, node).popup(event.globalPos())

    def row_menu(self, index: QModelIndex, node: Node) -> QMenu:
        """Build the menu of a row."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if node.group:
            words = self.tr("Fold") if self.isExpanded(index) else self.tr("Unfold")
            menu.addAction(words, lambda: self._toggle(index))
            if node.id != PRIVATE_GROUP:
                menu.addAction(self.tr("New alert"), lambda: self.alert_wanted.emit(node.id))
        else:
            menu.addAction(self.tr("Open"), lambda: self._open(index, node))
            menu.addAction(self.tr("New alert"), lambda: self.alert_wanted.emit(node.id))
            label = self.tr("Copy symbol") if node.kind is Kind.SHARE else self.tr("Copy name")
            text = node.id if node.kind is Kind.SHARE else self._list.cells(node)[Column.SYMBOL].text
            menu.addAction(label, lambda: QGuiApplication.clipboard().setText(text))
        menu.addSeparator()
        menu.addAction(self.tr("Refresh"), self.refresh_requested.emit)
        return menu

    def _open(self, index: QModelIndex, node: Node) -> None:
        if node.group:
            self._toggle(index)
        else:
            self.entity_opened.emit(node.id)

    def _toggle(self, index: QModelIndex) -> None:
        group = index.siblingAtColumn(0)
        self.setExpanded(group, not self.isExpanded(group))

    def _node(self, index: _Index) -> Node | None:
        return self._list.node(index) if index.isValid() else None

    # Geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Drop the drawn columns where there is no room for them."""
        super().resizeEvent(event)
        self._look_again()
        self._bar.setGeometry(
            self.width() - _BAR_WIDTH, self._heads.height(), _BAR_WIDTH, self.viewport().height()
        )
        self._size_columns()

    def sizeHint(self) -> QSize:
        """Return the size at a window of 1440 x 900."""
        return QSize(self._theme.px(712), self._theme.px(680))

    def _size_columns(self) -> None:
        narrow = self.width() < self._theme.px(_WIDE_FROM)
        for column, width in (_WIDTHS | (_NARROW_WIDTHS if narrow else {})).items():
            self._heads.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self._heads.resizeSection(column, self._theme.px(width))
        for column in _WIDE_ONLY:
            self.setColumnHidden(column, narrow)
        self._heads.setStretchLastSection(False)
        self._heads.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)

    # Painting: Qt would paint every cell of a row of which one changed

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells that need it."""
        painter = QPainter(self.viewport())
        region = event.region()
        height, width = self._theme.row_height, self.viewport().width()
        current = self._node(self.currentIndex())
        active = self.hasFocus()
        pointer = -height if self._pointer_y is None else self._pointer_y
        for node, top in self._screen().items():
            if not region.intersects(QRect(0, top, width, height)):
                continue
            expanded = node.group and self.isExpanded(self._list.index_of_node(node))
            look = Look(node is current, top <= pointer < top + height, active, expanded)
            self._rows.paint_row(painter, node, top, self._columns_on_screen, region, look)

    def dataChanged(self, first: _Index, last: _Index, roles: Sequence[int] = ()) -> None:
        """Ask for the changed cells to be painted."""
        if QAccessible.isActive():
            super().dataChanged(first, last, roles)
        node = self._list.node(first)
        top = self._screen().get(node)
        if top is None:
            return
        if node.kind is not Kind.SHARE:
            self.viewport().update(0, top, self.viewport().width(), self._theme.row_height)
            return
        shown = [
            (left, width)
            for column, left, width in self._columns_on_screen
            if first.column() <= column <= last.column()
        ]
        if shown:
            (left, _), (final, width) = shown[0], shown[-1]
            self.viewport().update(left, top, final + width - left, self._theme.row_height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row under the pointer."""
        super().mouseMoveEvent(event)
        self._point_at(round(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, y: int | None) -> None:
        height = self._theme.row_height
        before, self._pointer_y = self._pointer_y, y
        tops = [
            next(
                (top for top in self._screen().values() if at is not None and top <= at < top + height), None
            )
            for at in (before, y)
        ]
        if tops[0] != tops[1]:
            for top in tops:
                if top is not None:
                    self.viewport().update(0, top, self.viewport().width(), height)

    def _screen(self) -> dict[Node, int]:
        """Return the rows on screen, whose cells are worth writing now, and where each begins."""
        if self._on_screen is not None:
            return self._on_screen
        tops: dict[Node, int] = {}
        height = max(self._theme.row_height, 1)
        index = self.indexAt(QPoint(0, 0))
        top = self.visualRect(index).top()
        while index.isValid() and top < self.viewport().height():
            tops[self._list.node(index)] = top
            top += height
            index = self.indexBelow(index)
        self._columns_on_screen = tuple(
            (column, self._heads.sectionViewportPosition(column), self._heads.sectionSize(column))
            for column in Column
            if not self._heads.isSectionHidden(column)
        )
        self._on_screen = tops
        return tops

    def _look_again(self) -> None:
        self._on_screen = None
