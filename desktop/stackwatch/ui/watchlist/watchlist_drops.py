"""Where a dragged row would go: between the rows of a layer or just into it, or a layer between layers."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QRect
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter, QPen

from stackwatch.domain.lists.list_editing import TOP
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas
from stackwatch.ui.watchlist.watchlist_edits import ListEdit, moving, moving_layer
from stackwatch.ui.watchlist.watchlist_model import ROW_TYPE
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP, Node, NodeKind


@dataclass(frozen=True, slots=True)
class _Place:
    """A change that a drop would make, and what shows it: a line at a height, or a frame round a layer."""

    edit: ListEdit
    line: int = 0
    into: Node | None = None


class DropTarget:
    """Follows a drag over one list."""

    def __init__(self, view: WatchlistCanvas) -> None:
        self._view = view
        self._place: _Place | None = None

    def enter(self, event: QDragMoveEvent) -> None:
        """Say whether something is taken at all."""
        if _is_ours(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def move(self, event: QDragMoveEvent) -> None:
        """Look where the pointer is now."""
        data = event.mimeData()
        self._set(self._find(data, round(event.position().y())) if data.hasFormat(ROW_TYPE) else None)
        if self._place is not None or (_is_ours(data) and not data.hasFormat(ROW_TYPE)):
            event.acceptProposedAction()
        else:
            event.ignore()

    def leave(self) -> None:
        """Forget the place."""
        self._set(None)

    def drop(self, event: QDropEvent) -> None:
        """Make the change, or hand files and text on."""
        data = event.mimeData()
        place = self._find(data, round(event.position().y())) if data.hasFormat(ROW_TYPE) else None
        self._set(None)
        event.acceptProposedAction()
        if place is not None:
            self._view.edit_wanted.emit(place.edit)
        elif files := dropped_files(data):
            for file in files:
                self._view.file_dropped.emit(file)
        elif data.hasText() and not data.hasFormat(ROW_TYPE):
            self._view.pasted.emit(data.text())

    def paint(self, painter: QPainter) -> None:
        """Draw the line where the row would go, or the frame of the layer that takes it where it belongs."""
        if self._place is None:
            return
        width, ink = self._view.viewport().width(), current_theme().you
        if self._place.into is None:
            painter.fillRect(0, max(self._place.line - 1, 0), width, 2, ink)
            return
        tops = [top for node, top in self._view.rows_on_screen().items() if _within(node, self._place.into)]
        if tops:  # else it was scrolled away under the pointer
            frame = QRect(0, tops[0], width, tops[-1] + self._view.row_height - tops[0])
            painter.setPen(QPen(ink, 2))
            painter.drawRect(frame.adjusted(1, 1, -1, -1))

    def _set(self, place: _Place | None) -> None:
        if place != self._place:
            self._place = place
            self._view.viewport().update()

    def _find(self, data: QMimeData, y: int) -> _Place | None:
        dragged = self._view.list_model.nodes_of(bytes(data.data(ROW_TYPE).data()).decode("utf-8", "replace"))
        rows = self._view.rows_on_screen()
        if not dragged or not rows:
            return None
        height = self._view.row_height
        node, top = next(((n, t) for n, t in rows.items() if t <= y < t + height), list(rows.items())[-1])
        after = y >= top + height / 2
        if dragged[0].kind is NodeKind.LAYER:
            return self._layer_place(dragged[0], node, top, after=after)
        return self._row_place(dragged[0], node, top, after=after)

    def _layer_place(self, dragged: Node, over: Node, top: int, *, after: bool) -> _Place | None:
        """Let a layer go before or after the one that is under the pointer."""
        group = over.parent or over
        ids = [layer.id for layer in self._view.watchlist.layers]
        shown = [layer.id for layer in self._view.watchlist.shown.layers]
        lower = over.parent is not None or after
        top = group.kind is NodeKind.PRIVATE_GROUP
        place, seen = (0, 0) if top else (each.index(group.id) + lower for each in (ids, shown))
        if seen - shown.index(dragged.id) in (0, 1):
            return None  # it is there
        tops = self._view.rows_on_screen()
        height = self._view.row_height
        ends = [tops[n] + height for n in (group, *group.children) if n in tops]
        line = max(ends, default=top + height) if lower else tops.get(group, top)
        return _Place(moving_layer(dragged.id, place), line)

    def _row_place(self, dragged: Node, over: Node, top: int, *, after: bool) -> _Place | None:
        """Let a row go among those of its kind in the group under the pointer."""
        group, height = over.parent or over, self._view.row_height
        private = dragged.kind is NodeKind.PRIVATE
        if group.kind is NodeKind.PRIVATE_GROUP and not private:
            return None
        home = TOP if group.id == PRIVATE_GROUP else group.id
        first = sum(node.kind is NodeKind.PRIVATE for node in group.children)
        count = first if private else len(group.children) - first
        if self._view.list_model.sorts.of(group.id) is not None:
            # values order it
            return None if dragged.parent is group else _Place(moving(dragged, home), into=group)
        if over is group:
            edit = moving(dragged, home, 0)
            below = 1 if private else 1 + first
            return _Place(edit, top + height * below) if self._is_open(group) else _Place(edit, into=group)
        before = 0 if private else first
        pointed = over.position + after - before
        at = min(max(pointed, 0), count)
        if dragged.parent is group and dragged.position in (at + before - 1, at + before):
            return None  # it is there
        return _Place(moving(dragged, home, at), top + height * (after + at - pointed))

    def _is_open(self, group: Node) -> bool:
        return self._view.isExpanded(self._view.list_model.index_of_node(group))


def _within(node: Node, group: Node) -> bool:
    return group in (node, node.parent)


def _is_ours(data: QMimeData) -> bool:
    return data.hasFormat(ROW_TYPE) or data.hasUrls() or data.hasText()


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files of this machine that are dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
