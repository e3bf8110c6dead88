"""The list of the window: groups and rows, walked by mouse and keyboard."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import Event
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.preferences.settings import ColumnChoice
from stackwatch.ui.watchlist.empty_list import EmptyList
from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas
from stackwatch.ui.watchlist.watchlist_cells import EMPTY, Cell, Column
from stackwatch.ui.watchlist.watchlist_columns import FURTHER
from stackwatch.ui.watchlist.watchlist_drops import DropTarget
from stackwatch.ui.watchlist.watchlist_edits import key_edit, moves
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort, Sorts, next_sort
from stackwatch.ui.watchlist.watchlist_sorter import Sorter

_Index = QModelIndex | QPersistentModelIndex


class WatchlistView(WatchlistCanvas):
    """Shows the watchlist; says which entity is followed and which is opened."""

    entity_selected = Signal(str)
    emptied = Signal()  # no name is left to follow
    entity_opened = Signal(str)
    refresh_requested = Signal()
    typed = Signal(str)
    alert_wanted = Signal(str)
    compare_wanted = Signal(str)
    ordered = Signal()  # otherwise than before, by the user
    menu_wanted = Signal(QModelIndex, QPoint)  # of a row, or beside them, at a place of the screen
    rename_wanted = Signal(object)  # a Node

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist, parent: QWidget | None = None) -> None:
        super().__init__(WatchlistModel(ecosystem, watchlist), watchlist, parent)
        self.charted: Callable[[], str | None] = self._chosen_share  # of which there is a chart beside
        self.about_popups: Callable[[str], tuple[str, Callable[[], None]] | None] = lambda _name: None
        self._sorter = Sorter(self)
        self._drops = DropTarget(self)
        self._empty = EmptyList(self)
        self._quiet = False
        self._folds: dict[str, tuple[str, ...]] = {}  # of lists that were shown before
        self.expandAll()
        self.collapsed.connect(self._keep_in_view)
        self._heads.sectionClicked.connect(self._sort_by)
        self._heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._heads.customContextMenuRequested.connect(self.choose_columns)
        self.columns.changed.connect(self._note_columns)
        self._name_list()

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        if isinstance(event, WatchlistChanged):
            self.show_list(event.watchlist)
            return
        self._list.apply(event)
        self._sorter.note()

    def change_of(self, entity_id: str) -> Cell:
        """Return the change of a name as its row shows it, an empty cell where there is no row."""
        for node in self._list.nodes_of(entity_id):
            cell = self._list.cells(node)[Column.CHANGE]
            assert isinstance(cell, Cell)
            return cell
        return EMPTY

    def show_list(self, watchlist: Watchlist) -> None:
        """Show another list, or this one as it was changed: selection, folding and place stay.

        A current row that was in view stays in view, wherever it was moved.
        """
        if watchlist == self.watchlist:
            return
        before, named = self.watchlist.id, self._named
        same = watchlist.id == before
        seen = same and self._shows_current(self.viewport().height())
        folded, top, current = (
            self.folded(),
            self.verticalScrollBar().value(),
            self.node_at(self.currentIndex()),
        )
        beside = self._beside(current) if current is not None else ()
        shown = {group.id for group in self._list.groups}
        away = tuple(group for group in self._folds.get(before, ()) if group not in shown)
        self.watchlist = watchlist
        self._look_again()
        self._list.set_watchlist(watchlist)
        self._folds[before] = (*folded, *away)  # a layer that comes back is folded as it was
        self.set_folded(self._folds.get(watchlist.id, ()))
        self._look_again()
        for entity_id in (current.id if current else "", *beside):
            index = self._list.index_of(entity_id)
            if index.isValid():
                if current is not None and entity_id == current.id:
                    self.stand_on(entity_id)
                else:
                    self.setCurrentIndex(index)
                break
        else:
            self.select_first()
            if named and not self._named:
                self.emptied.emit()
        self.verticalScrollBar().setValue(top if same else 0)
        if seen:
            self.scrollTo(self.currentIndex())
        self._name_list()
        self.viewport().update()

    @property
    def _named(self) -> bool:
        """Whether any name is shown."""
        return any(group.children for group in self._list.groups)

    def _beside(self, node: Node) -> tuple[str, ...]:
        """Return the rows that may follow one that leaves: those after it, then those before."""
        siblings = self._list.groups if node.parent is None else node.parent.children
        after = [other.id for other in siblings[node.position + 1 :]]
        return (*after, *(other.id for other in reversed(siblings[: node.position])))

    def _name_list(self) -> None:
        self.setAccessibleName(self.watchlist.names.get(current_language()))
        self._empty.look(self.watchlist)

    def retranslate(self) -> None:
        """Word everything anew."""
        self._list.retranslate()
        self._name_list()
        self.viewport().update()

    # Columns and order

    @property
    def column_choice(self) -> ColumnChoice:
        """The columns and the order of rows, to be remembered."""
        return replace(self.columns.choice, sorts=self._list.sorts.as_text())

    def restore_columns(self, choice: ColumnChoice) -> None:
        """Show the columns and the order that were remembered."""
        self.columns.restore(choice)
        self._list.sorts = Sorts.of_text(choice.sorts)
        self._note_columns()
        self._sorter.sort()

    def sort(self, layer_id: str, sort: Sort | None) -> None:
        """Order one layer, or with EVERY all of them, from now on; None is the user's own order."""
        self._list.sorts.set(layer_id, sort)
        self._sorter.sort()
        self._heads.sort = self._list.sorts.of(EVERY)
        self._heads.viewport().update()
        self.ordered.emit()

    def choose_columns(self, where: QPoint | None = None) -> None:
        """Offer the columns at a place of their heads."""
        from stackwatch.ui.watchlist.column_chooser import ColumnChooser  # after the first paint

        chooser = ColumnChooser(self.columns, self)
        chooser.show_at(self._heads.mapToGlobal(where or QPoint(0, self._heads.height())))

    def _sort_by(self, section: int) -> None:
        self.sort(EVERY, next_sort(Column(section), self._list.sorts.of(EVERY)))

    def _note_columns(self) -> None:
        self._list.show_columns(self.columns.chosen & FURTHER)
        self._heads.sort = self._list.sorts.of(EVERY)
        self._look_again()
        self.viewport().update()

    # Selection and folding

    @property
    def selected_id(self) -> str | None:
        """The symbol or private entity of the current row."""
        node = self.node_at(self.currentIndex())
        return None if node is None or node.group else node.id

    def _chosen_share(self) -> str | None:
        node = self.node_at(self.currentIndex())
        return node.id if node is not None and node.kind is NodeKind.SHARE else None

    def select(self, entity_id: str) -> bool:
        """Make an entity's row current, opening its group; return whether the list has it."""
        index = self._list.index_of(entity_id)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def stand_on(self, row_id: str) -> None:
        """Make a row current that nobody is to follow, if the list has it."""
        index = self._list.index_of(row_id)
        if index.isValid():
            self._quiet = True
            self.setCurrentIndex(index)
            self._quiet = False

    def begin_with(self, entity_id: str) -> bool:
        """Follow an entity, in a folded layer too: then the keyboard is on the layer, which stays folded.

        Returns whether the list has it.
        """
        index = self._list.index_of(entity_id)
        group = index.parent()
        if not index.isValid():
            return False
        if not group.isValid() or self.isExpanded(group):
            self.setCurrentIndex(index)
        else:
            self.stand_on(self._list.node(group).id)
            self.entity_selected.emit(entity_id)
        return True

    def select_first(self) -> None:
        """Follow the first listed share, else the first private name."""
        children = [node for group in self._list.groups for node in group.children]
        first = next((node for node in children if node.kind is NodeKind.SHARE), next(iter(children), None))
        if first is not None:
            self.begin_with(first.id)

    def folded(self) -> tuple[str, ...]:
        """Return the ids of closed groups."""
        groups = [self._list.index(row, 0) for row in range(self._list.rowCount())]
        return tuple(self._list.node(group).id for group in groups if not self.isExpanded(group))

    def _keep_in_view(self, group: QModelIndex) -> None:
        """Let the keyboard go from a row to its layer, where that is folded: what is followed stays."""
        if self.currentIndex().parent() == group:
            self.stand_on(self._list.node(group).id)

    def set_folded(self, ids: Sequence[str]) -> None:
        """Close the groups of ``ids`` and open the others."""
        for row in range(self._list.rowCount()):
            group = self._list.index(row, 0)
            self.setExpanded(group, self._list.node(group).id not in ids)

    def fold_all(self, *, folded: bool) -> None:
        """Close every group, or open every one."""
        groups = (self._list.index(row, 0) for row in range(self._list.rowCount()))
        self.set_folded([self._list.node(each).id for each in groups] if folded else ())
        self.scrollTo(self.currentIndex())

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Follow the current row."""
        super().currentChanged(current, previous)
        node = self.node_at(current)
        if node is not None and not node.group and not self._quiet:
            self.entity_selected.emit(node.id)

    # Input

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, arrows fold, with Shift slide columns, with Alt move; Del takes out, F2 renames."""
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if side is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.columns.slide(side)
            return
        node = self.node_at(self.currentIndex())
        if node is not None and (edit := key_edit(self, node, event)) is not None:
            self.edit_wanted.emit(edit)
            return
        if moves(event):
            return  # at an end it goes nowhere, and neither does the keyboard
        if event.matches(QKeySequence.StandardKey.Copy) and node is not None:
            QGuiApplication.clipboard().setText(self._list.text_to_copy(node))
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and node is not None:
            self.open_row(self.currentIndex(), node)
            return
        if event.key() == Qt.Key.Key_F2 and node is not None:
            self.rename_wanted.emit(node)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Hand typed letters to the find field."""
        self.typed.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold a group whose caret is clicked; the other button opens a menu and selects nothing."""
        if event.button() is Qt.MouseButton.RightButton:
            event.accept()
            return
        index = self.indexAt(event.position().toPoint())
        node = self.node_at(index)
        on_caret = event.position().x() < self.columnWidth(Column.BELL)
        if node is not None and node.group and on_caret and event.button() is Qt.MouseButton.LeftButton:
            self.toggle(index)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a row or fold a group."""
        index = self.indexAt(event.position().toPoint())
        node = self.node_at(index)
        if node is not None and event.button() is Qt.MouseButton.LeftButton:
            self.open_row(index, node)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let what can be done with a row be offered."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        self.menu_wanted.emit(index, event.globalPos())

    def open_row(self, index: QModelIndex, node: Node) -> None:
        """Open a row, or fold a group."""
        if node.group:
            self.toggle(index)
        else:
            self.entity_opened.emit(node.id)

    def toggle(self, index: QModelIndex) -> None:
        """Fold a group or unfold it."""
        group = index.siblingAtColumn(0)
        self.setExpanded(group, not self.isExpanded(group))

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take rows of the list, files and text."""
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where a row would go; at the edges the list scrolls."""
        super().dragMoveEvent(event)
        self._drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the place."""
        super().dragLeaveEvent(event)
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the row, import the file, add the symbols."""
        self._drops.drop(event)

    def paint_over(self, painter: QPainter) -> None:
        """Paint where a dragged row would go."""
        self._drops.paint(painter)

    @contextmanager
    def staying(self) -> Iterator[None]:
        """Show the same rows after what is laid out meanwhile, the current one too if it was in view."""
        top, seen = self.verticalScrollBar().value(), self._shows_current(self.viewport().height())
        yield
        self.verticalScrollBar().setValue(top)
        if seen:
            self.scrollTo(self.currentIndex())

    def _shows_current(self, height: int) -> bool:
        """Whether the current row is in view, in a list so high."""
        current = self.currentIndex()
        return current.isValid() and 0 <= self.visualRect(current).top() < height

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what an empty list says in the middle, and the current row in view where it was."""
        seen = self._shows_current(event.oldSize().height())
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())
        self._empty.place()
