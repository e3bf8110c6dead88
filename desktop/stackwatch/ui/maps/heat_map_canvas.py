"""The heat map itself: one painted widget that repaints only the tiles whose face changed."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words.substance_words import amount
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.kit.tips import as_tip
from stackwatch.ui.maps.heat_map_face import TileFace, face_of
from stackwatch.ui.maps.heat_map_layout import (
    TRIES,
    ArrowDirection,
    Box,
    NameWidths,
    TileBlock,
    lay_out,
    neighbour,
)
from stackwatch.ui.maps.heat_map_paint import LINE, LOW, TIGHT, TINY, TileLook, TilePainter
from stackwatch.ui.maps.heat_map_weights import lay_out_by_weight
from stackwatch.ui.preferences.settings import HeatBy, HeatSize
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import Node

_BEAT_MS, _REST_MS = 33, 100
_HEAD, _GAP, _MARGIN = 19, 4, 8
_SMALLEST = (52, 30)  # width and height of a tile that can still be named
_KEYS = {
    Qt.Key.Key_Left: ArrowDirection.LEFT,
    Qt.Key.Key_Right: ArrowDirection.RIGHT,
    Qt.Key.Key_Up: ArrowDirection.UP,
    Qt.Key.Key_Down: ArrowDirection.DOWN,
}


@dataclass(slots=True)
class _Tile:
    node: Node
    face: TileFace
    rect: QRect


@dataclass(slots=True)
class _Head:
    group: Node
    name: str
    value: str
    rect: QRect


class HeatCanvas(QWidget):
    """Tiles of every row of the list, in blocks by layer; the rows' own values, cells and tips."""

    chosen = Signal(str)
    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    drawn = Signal()

    def __init__(self, model: WatchlistModel, ecosystem: Ecosystem) -> None:
        super().__init__()
        self._model, self._ecosystem = model, ecosystem
        self._by, self._size = HeatBy.ABNORMAL, HeatSize.VALUE
        self._values: Mapping[str, float] = {}
        self._tiles: list[_Tile] = []
        self._heads: list[_Head] = []
        self._changed: set[str] = set()
        self._all_changed = True
        self._current = -1
        self._marked: str | None = None  # the id of the current tile, also before there are tiles
        self._hovered = -1
        self._beat = once_after(self, _BEAT_MS, self.settle)
        self._tries = TRIES
        self._rest = once_after(self, _REST_MS, self._take_care)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.restyle()

    # What is shown

    @property
    def shown(self) -> tuple[tuple[str, TileFace, QRect], ...]:
        """The tiles as shown: id, face and place."""
        return tuple((tile.node.id, tile.face, tile.rect) for tile in self._tiles)

    @property
    def current_id(self) -> str | None:
        """The id of the current tile."""
        return self._tiles[self._current].node.id if self._current >= 0 else None

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self._painter = TilePainter()
        self.renew()

    def retranslate(self) -> None:
        """Write in the language in use: names need other widths."""
        self.renew()
        self._say()

    def colour_by(self, by: HeatBy) -> None:
        """Colour by another figure."""
        self._by = by
        self._all_changed = True
        if self.isVisible():
            self.settle()
            self.update()

    def set_size(self, size: HeatSize) -> None:
        """Let the size of tiles say something else."""
        if size is not self._size:
            self._size = size
            self.renew()

    def set_values(self, values: Mapping[str, float]) -> None:
        """Know what companies are worth, by symbol, in one currency."""
        self._values = values
        if self._size is HeatSize.VALUE:
            self.renew()

    def renew(self) -> None:
        """Lay everything out anew, when it is looked at: that takes long."""
        self._marked = self.current_id or self._marked
        self._tiles, self._heads, self._current = [], [], -1
        if self.isVisible():
            self._place()

    def note(self, ids: Iterable[str]) -> None:
        """Look at the rows of ``ids`` again with the next beat; nothing is done while the map is hidden."""
        self._changed.update(ids)
        if self.isVisible() and not self._beat.isActive():
            self._beat.start()

    def set_current(self, entity_id: str) -> None:
        """Mark the tile of an entity without announcing it."""
        if self.current_id == entity_id:
            return
        self._marked = entity_id
        if not self._tiles:
            return
        found = (i for i, tile in enumerate(self._tiles) if tile.node.id == entity_id)
        self._mark(next(found, -1))

    def settle(self) -> None:
        """Write the faces that changed and repaint exactly those tiles."""
        if not self._tiles:
            self._place()
        changed, self._changed = self._changed, set()
        everything, self._all_changed = self._all_changed, False
        for tile in self._tiles:
            if everything or tile.node.id in changed:
                face = self._face(tile.node)
                if face != tile.face:
                    tile.face = face
                    self.update(tile.rect)
        for head in self._heads:
            if everything or head.group.id in changed:
                name, value = self._head_words(head.group)
                if (name, value) != (head.name, head.value):
                    head.name, head.value = name, value
                    self.update(head.rect)
        if not self.hasFocus():  # else every price would be read out
            self._say()
        self.drawn.emit()

    def _face(self, node: Node) -> TileFace:
        return face_of(node, self._model.cells(node), self._by, self._ecosystem)

    def _head_words(self, group: Node) -> tuple[str, str]:
        rollup = group.rollup
        value = None if rollup is None else rollup.move_pct
        if rollup is not None and self._by is not HeatBy.CHANGE:
            value = None if rollup.stale else rollup.abnormal_pct
        return self._model.name(group), "" if value is None else write.signed(value, 2)

    # Places

    def _place(self) -> None:
        """Lay blocks and tiles out anew; a change of values never does."""
        groups = [group for group in self._model.groups if group.children]
        edge = px(_MARGIN)
        area = Box(edge, 2, max(self.width() - 2 * edge, 1), max(self.height() - 2 - edge, 1))
        faces = [[self._face(node) for node in group.children] for group in groups]
        blocks = self._blocks(groups, faces, area)
        self._tiles = [
            _Tile(node, face, _rect(spot))
            for group, shown, block in zip(groups, faces, blocks, strict=True)
            for node, face, spot in zip(group.children, shown, block.tiles, strict=True)
        ]
        self._heads = [
            _Head(group, *self._head_words(group), _rect(block.head))
            for group, block in zip(groups, blocks, strict=True)
        ]
        self._hovered = -1
        self._current = next((i for i, tile in enumerate(self._tiles) if tile.node.id == self._marked), -1)
        self._say()
        self.update()

    @property
    def by_value(self) -> bool:
        """Whether the size of tiles says what a company is worth."""
        return self._size is HeatSize.VALUE and bool(self._values)

    def _blocks(
        self, groups: Sequence[Node], faces: Sequence[Sequence[TileFace]], area: Box
    ) -> tuple[TileBlock, ...]:
        """Size tiles by the root of the market value, the smallest where there is none, or all alike."""
        line, low, head = (px(size) for size in (LINE, LOW, _HEAD))
        tall = (2 * px(TIGHT), 3 * px(TINY))
        names = [
            NameWidths(line, low, tuple(map(self._painter.needs, block)), tall, self._painter.head_need(name))
            for name, block in zip(map(self._model.name, groups), faces, strict=True)
        ]
        counts, tries = [len(block) for block in faces], self._tries
        if not self.by_value:
            return lay_out(counts, area, head=head, gap=_GAP, names=names, tries=tries)
        weights = [[math.sqrt(self._values.get(node.id, 0.0)) for node in group.children] for group in groups]
        least = px(_SMALLEST[0]) * px(_SMALLEST[1])
        return lay_out_by_weight(weights, area, head=head, gap=_GAP, least=least, names=names, tries=tries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the tiles out for another size: at a glance while an edge is dragged, with care after it."""
        super().resizeEvent(event)
        if self.isVisible():
            self._tries = 1
            self._rest.start()
        self.renew()

    def _take_care(self) -> None:
        self._tries = TRIES
        self.renew()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the map was hidden."""
        super().showEvent(event)
        self._all_changed = True
        self.settle()
        self._say()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles that need it."""
        painter = QPainter(self)
        region = event.region()
        painter.fillRect(event.rect(), current_theme().window)
        for head in self._heads:
            if region.intersects(head.rect):
                self._painter.head(painter, head.rect, head.name, head.value)
        active = self.hasFocus()
        for index, tile in enumerate(self._tiles):
            if region.intersects(tile.rect):
                look = TileLook(index == self._current, index == self._hovered, active)
                self._painter.tile(painter, tile.rect, tile.face, look)
        if not self._tiles:
            words = keys_here(self.tr("This list shows no names. Ctrl K finds one to add."))
            empty_state(painter, self.rect(), "squares-four", words, focused=active)

    # Input

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the tile under the pointer."""
        self._hover(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Put the light out."""
        super().leaveEvent(event)
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the tile that is clicked."""
        index = self._at(event.position().toPoint())
        if index >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self._choose(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the tile that is clicked twice."""
        index = self._at(event.position().toPoint())
        if index >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self._tiles[index].node.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the row of the list offers, over the name of a layer what its row offers."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            node = self._node_at(event.pos())
            if node is not None:
                self.menu_wanted.emit(node.id, event.globalPos())
        elif self._current >= 0:
            tile = self._tiles[self._current]
            self.menu_wanted.emit(tile.node.id, self.mapToGlobal(tile.rect.center()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from tile to tile; Enter opens."""
        key = Qt.Key(event.key())
        if key in _KEYS and self._tiles:
            boxes = [Box(t.rect.x(), t.rect.y(), t.rect.width(), t.rect.height()) for t in self._tiles]
            start = max(self._current, 0)
            self._choose(start if self._current < 0 else neighbour(boxes, start, _KEYS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._tiles:
            self._choose(0 if key is Qt.Key.Key_Home else len(self._tiles) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id is not None:
            self.opened.emit(self.current_id)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if self._current < 0 and self._tiles and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._current = 0
        self._repaint(self._current)
        self._say()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard left."""
        super().focusOutEvent(event)
        self._repaint(self._current)

    def event(self, event: QEvent) -> bool:
        """Show the tip of the row a tile stands for."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), as_tip(self.tip_at(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, point: QPoint) -> str:
        """Return the facts of the row, or of the layer whose name is at a point; empty between tiles."""
        node = self._node_at(point)
        if node is None:
            return ""
        value, tip = self._values.get(node.id), self._model.tip(node)
        if value is None:
            return tip
        worth = self.tr("Market value {value}").format(value=amount(value, "USD", current_language()))
        return f"{tip}\n{worth}"

    def _choose(self, index: int) -> None:
        self._mark(index)
        self.chosen.emit(self._tiles[index].node.id)

    def _mark(self, index: int) -> None:
        before, self._current = self._current, index
        self._repaint(before)
        self._repaint(index)
        self._say()

    def _say(self) -> None:
        """Name the current tile and its layer for a screen reader, which Qt tells of another name."""
        name = self.tr("Heat map")
        if self._current >= 0:
            tile = self._tiles[self._current]
            name = f"{name}: {tile.face.accessible_text}, {self._model.name(tile.node.parent or tile.node)}"
        self.setAccessibleName(name)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            before, self._hovered = self._hovered, index
            self._repaint(before)
            self._repaint(index)

    def _repaint(self, index: int) -> None:
        if 0 <= index < len(self._tiles):
            self.update(self._tiles[index].rect)

    def _node_at(self, point: QPoint) -> Node | None:
        """Return whose tile is at a point, or the layer whose name is there."""
        index = self._at(point)
        if index >= 0:
            return self._tiles[index].node
        return next((head.group for head in self._heads if head.rect.contains(point)), None)

    def _at(self, point: QPoint) -> int:
        return next((i for i, tile in enumerate(self._tiles) if tile.rect.contains(point)), -1)


def _rect(spot: Box) -> QRect:
    return QRect(int(spot.left), int(spot.top), int(spot.width), int(spot.height))
