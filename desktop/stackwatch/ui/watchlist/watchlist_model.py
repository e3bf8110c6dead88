"""The list as Qt sees it: cells are written when values change, not when painted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import zip_longest

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from stackwatch.domain.events import ClockTicked, Event, QuotesChanged
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.kit import motion
from stackwatch.ui.kit.tips import as_tip
from stackwatch.ui.watchlist.watchlist_cells import AnyCell, Column
from stackwatch.ui.watchlist.watchlist_flash import Flashes
from stackwatch.ui.watchlist.watchlist_heads import alignment, column_help, heads, spoken_head
from stackwatch.ui.watchlist.watchlist_knowledge import Knowledge, take_quotes
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind, Rows, RowWriter
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sorts, ordered

_COLUMNS = len(Column)
ROW_TYPE = "application/x-stackwatch-row"
_STAYS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
_CAN_BE_DRAGGED = _STAYS | Qt.ItemFlag.ItemIsDragEnabled
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class WatchlistModel(QAbstractItemModel):
    """Two levels, groups and rows.

    Rows outside ``shown`` (None means every row is shown) keep their values and are written when asked for.
    ``rewritten`` tells the cells that read differently, all of one event at once: a list of rows, each with
    the first and the last of a run of columns. Qt's own signal would be one for every run.
    """

    rewritten = Signal(object)

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        super().__init__()
        self._ecosystem = ecosystem
        self._rows = Rows(watchlist)
        self._writer = RowWriter(ecosystem, self._rows)
        self.sorts = Sorts()
        self._knowledge = Knowledge(ecosystem)
        self.shown: Callable[[], AbstractSet[Node]] | None = None
        self._flashes = Flashes(self._end_flashes, self)

    # Qt's questions

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        """Return the index of a child."""
        if parent.isValid() and parent.column() != 0:
            return QModelIndex()
        siblings = self.node(parent).children if parent.isValid() else self._rows.groups
        if not (0 <= row < len(siblings) and 0 <= column < _COLUMNS):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: _Index = _ROOT) -> QModelIndex:  # type: ignore[override]
        """Return the group of a row."""
        group = self.node(index).parent if index.isValid() else None
        return QModelIndex() if group is None else self._index(group, 0)

    def sibling(self, row: int, column: int, index: _Index) -> QModelIndex:
        """Return a neighbour; Qt asks for one per painted cell."""
        node = self.node(index)
        if row == node.position and 0 <= column < _COLUMNS:
            return self.createIndex(row, column, node)
        return self.index(row, column, self.parent(index))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of children."""
        if not parent.isValid():
            return len(self._rows.groups)
        return len(self.node(parent).children) if parent.column() == 0 else 0

    def columnCount(self, parent: _Index = _ROOT) -> int:  # noqa: ARG002 - the same everywhere
        """Return the number of columns."""
        return _COLUMNS

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks of a cell; the delegate takes the cells themselves."""
        if not index.isValid():
            return None
        node, column = self.node(index), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(node)[column].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(self.tip(node))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._accessible(node, column)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column is Column.BELL:
            return ", ".join(self.tip(node).split("\n")[1:])  # its first line is the name, which was said
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: rows and layers can be dragged, groups dropped on."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _STAYS if self.node(index).kind is NodeKind.PRIVATE_GROUP else _CAN_BE_DRAGGED

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved; the view says where to."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return how a dragged row is called."""
        return [ROW_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return a dragged row: its id, and as text what another program may like."""
        data = QMimeData()
        node = self.node(indexes[0])
        data.setData(ROW_TYPE, node.id.encode())
        data.setText(self.text_to_copy(node))
        return data

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < _COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heads()[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_tip(column_help(Column(section)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_head(Column(section), self.sorts.of(EVERY))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(Column(section))
        return None

    # Values

    def node(self, index: _Index) -> Node:
        """Return the row behind a valid index."""
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node

    def is_own(self, entity_id: str) -> bool:
        """Whether it is a private entity of the user's own."""
        return entity_id in self._ecosystem.own

    def ships(self, entity_id: str) -> bool:
        """Whether one of the user's own stands in for a shipped one."""
        return self.is_own(entity_id) and self._ecosystem.own[entity_id].ships

    def index_of(self, entity_id: str) -> QModelIndex:
        """Return the first row of a symbol, private entity or layer."""
        nodes = self._rows.of(entity_id)
        return self._index(nodes[0], 0) if nodes else QModelIndex()

    @property
    def groups(self) -> Sequence[Node]:
        """The groups in order, with their rows as children."""
        return self._rows.groups

    def nodes_of(self, entity_id: str) -> Sequence[Node]:
        """Return the rows of an id, none when the list does not hold it."""
        return self._rows.of(entity_id)

    def watched(self, entity_id: str) -> Node | None:
        """Return what the list knows of an id, also in a hidden layer, None when it does not hold it."""
        return next(iter(self._rows.watched(entity_id)), None)

    def set_watchlist(self, watchlist: Watchlist) -> None:
        """Show another list; what is known of its names stays."""
        self.beginResetModel()
        self._flashes.clear()
        self._rows = Rows(watchlist, self._rows)
        self._writer.rows = self._rows
        self._take_order([self._ordered(group) for group in self._rows.groups])
        self.endResetModel()

    def show_columns(self, further: frozenset[Column]) -> None:
        """Write also the columns that are not always there."""
        if further - self._writer.further:
            for nodes in self._rows.by_id.values():
                for node in nodes:
                    node.stale = True
        self._writer.further = further

    def resort(self) -> bool:
        """Order the rows of every layer by the newest values; returns whether any row moved."""
        orders = [self._ordered(group) for group in self._rows.groups]
        if all(rows == group.children for group, rows in zip(self._rows.groups, orders, strict=True)):
            return False
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        nodes = [self.node(index) for index in before]
        self._take_order(orders)
        after = [self._index(node, index.column()) for node, index in zip(nodes, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        return True

    def _take_order(self, orders: Iterable[list[Node]]) -> None:
        for group, rows in zip(self._rows.groups, orders, strict=True):
            group.children = rows
            for position, node in enumerate(rows):
                node.position = position

    def _ordered(self, group: Node) -> list[Node]:
        return list(ordered(group, self.sorts.of(group.id), self.name))

    def name(self, node: Node) -> str:
        """Return the name of what a row stands for, in the language in use."""
        return self._writer.name(node)

    def text_to_copy(self, node: Node) -> str:
        """Return the symbol of a share, which can be pasted into a list, else the name."""
        return node.id if node.kind is NodeKind.SHARE else self.name(node)

    def index_of_node(self, node: Node) -> QModelIndex:
        """Return the index of a row."""
        return self._index(node, 0)

    def cells(self, node: Node) -> list[AnyCell]:
        """Return the written cells of a row, writing them first if values came while it was hidden."""
        if node.stale:
            node.cells = self._writer.write(node)
            node.stale = False
        return node.cells

    def tip(self, node: Node) -> str:
        """Describe a row in plain text: source, time, state, and why a figure is missing."""
        self.cells(node)  # a missing figure is read from them
        return self._knowledge.tip(node, self.name(node))

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case QuotesChanged():
                self._write_quotes(take_quotes(event, self._rows))
            case ClockTicked():
                self._take_time(event)
            case _:
                self._renew(self._knowledge.take(event, self._rows))

    def retranslate(self) -> None:
        """Write every cell anew in the language in use."""
        self._renew(tuple(self._rows.by_id))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, _COLUMNS - 1)

    def _take_time(self, event: ClockTicked) -> None:
        before = self._knowledge.now
        self._knowledge.take(event, self._rows)
        self._writer.now = event.now
        turned = f"{before:%j%H}" != f"{event.now:%j%H}"  # in one of the hours each exchange's day turns
        if turned and Column.AS_OF in self._writer.further:
            self._renew(tuple(self._rows.by_id))

    # Writing

    def _write_quotes(self, told: set[Node]) -> None:
        """Rewrite the rows of new prices that are on screen; those that were there before flash."""
        shown = self.shown() if self.shown else None
        visible = [node for node in told if node.parent is not None] if shown is None else told & shown
        for node in told.difference(visible):
            node.stale = True
        written = any(node.cells for node in visible)
        self._refresh(visible, flash=written and motion.is_wanted())

    def _renew(self, ids: Sequence[str]) -> None:
        """Rewrite the rows of ``ids`` that are on screen and mark the others for later."""
        if not ids:
            return
        shown = self.shown() if self.shown else None
        nodes = [node for entity_id in ids for node in self._rows.of(entity_id)]
        for node in nodes:
            node.stale = True
        self._refresh([node for node in nodes if shown is None or node in shown], flash=False)

    def _refresh(self, nodes: Iterable[Node], *, flash: bool) -> None:
        """Rewrite rows, of those not stale the figures, and announce exactly the cells that differ."""
        told: list[tuple[Node, int, int]] = []
        for node in nodes:
            before = node.cells
            after = self._writer.write(node) if node.stale else self._writer.figures(node)
            if flash:
                self._flashes.note(node, after)
            node.cells, node.stale = after, False
            differ = [
                column
                for column, (old, new) in enumerate(zip_longest(before, after))
                if old is not new and old != new
            ]
            told += [(node, first, last) for first, last in _runs(differ)]
        if told:
            self.rewritten.emit(told)

    def _end_flashes(self, nodes: Sequence[Node]) -> None:
        # Its ground reaches a little over the cell of the price, whichever column stands beside that.
        self.rewritten.emit([(node, min(Column), max(Column)) for node in nodes])

    def _index(self, node: Node, column: int) -> QModelIndex:
        return self.createIndex(node.position, column, node)

    def _accessible(self, node: Node, column: Column) -> str:
        from stackwatch.ui.watchlist import watchlist_spoken as spoken  # after the first paint

        if column is Column.BELL:  # where the keyboard stands in a row
            return spoken.row_words(node, self.name(node), self.cells(node))
        return spoken.cell_words(column, self.cells(node)[column])


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of every run of neighbours among columns in order."""
    first = last = -1
    for column in columns:
        if last < 0:
            first = column
        elif column != last + 1:
            yield first, last
            first = column
        last = column
    if last >= 0:
        yield first, last
