"""The exposure map itself: two columns of nodes, the links between, one scroll bar."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.kit.tips import as_tip
from stackwatch.ui.maps.exposure_map_graph import Edge, Graph, LinkStanding, LinkStyle
from stackwatch.ui.maps.exposure_map_paint import BoxWords, MapPainter, NodeLook, RowWords
from stackwatch.ui.maps.exposure_map_scene import Scene
from stackwatch.ui.maps.exposure_map_walk import STEPS, across, beside, next_link
from stackwatch.ui.maps.exposure_map_words import MapWords
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

_BEAT_MS = 33
_WHEEL_ROWS = 3
_TAG_AT = 0.72
_TAG_EDGE, _MORE = 14.0, 26.0  # from the edge of the view to the middle of a tag, and what pushes it in


class ExposureArea(QAbstractScrollArea):
    """Nodes and links; what the pointer or the keyboard is on is lit and the rest dimmed."""

    chosen = Signal(str)
    opened = Signal(str)
    edge_picked = Signal(object, QPoint)
    resized = Signal()

    def __init__(self, model: WatchlistModel, said: MapWords, graph: Graph) -> None:
        super().__init__()
        self._model, self._said, self._graph = model, said, graph
        self._hidden, self._with_later = frozenset[LinkStyle](), False
        self._current: str | None = None
        self._cursor: str | None = None
        self._hovered: str | None = None
        self._over: Edge | None = None
        self._picked: Edge | None = None
        self._changed: set[str] = set()
        self._stale = True
        self._boxes: dict[str, BoxWords] = {}
        self._names: dict[str, RowWords] = {}
        self._beat = once_after(self, _BEAT_MS, self.settle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.restyle()

    # What is shown

    @property
    def scene(self) -> Scene:
        """Where everything lies."""
        return self._scene

    @property
    def origin(self) -> str | None:
        """The node whose links are lit."""
        keyed = self._cursor if self.hasFocus() else None
        return self._hovered or keyed or self._current

    @property
    def cursor_id(self) -> str | None:
        """The node the keyboard is on."""
        return self._cursor

    def edges(self) -> tuple[Edge, ...]:
        """Return the links that are drawn: those of the left column, and those of the lit node."""
        later = {LinkStanding.LATER} if self._with_later else set()
        drawn = {LinkStanding.USED, LinkStanding.READ_ACROSS} | later
        kept = (e for e in self._graph.edges if e.standing in drawn and e.style not in self._hidden)
        origin, left = self.origin, set(self._graph.left)
        return tuple(e for e in kept if left.intersection(e.ends) or origin in e.ends)

    def lit_edges(self) -> tuple[Edge, ...]:
        """Return the links of the node that is looked at."""
        return tuple(edge for edge in self.edges() if self.origin in edge.ends)

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self._painter = MapPainter()
        self._lay_out()

    def set_graph(self, graph: Graph) -> None:
        """Show other nodes and links."""
        self._graph = graph
        self._over = None
        self.pick(None)
        self._lay_out()

    def set_filter(self, hidden: Iterable[LinkStyle], *, with_later: bool) -> None:
        """Leave kinds of links out, or draw those that were reported later too."""
        self._hidden, self._with_later = frozenset(hidden), with_later
        self._over = None
        if self._picked not in self.edges():
            self.pick(None)
        self.viewport().update()

    def set_current(self, entity_id: str) -> None:
        """Light the node of an entity; one that the map does not hold lights nothing."""
        held = entity_id in self._scene.nodes()
        self._current = entity_id if held else None
        if held and self._cursor != entity_id:
            self._cursor = entity_id
            self._show_node(entity_id)
            self._say()
        self.viewport().update()

    def pick(self, edge: Edge | None, at: QPoint | None = None) -> None:
        """Show the evidence of a link, or of none."""
        self._picked = edge
        self.edge_picked.emit(edge, at or QPoint())
        self.viewport().update()

    def retranslate(self) -> None:
        """Write every word anew, in the language in use."""
        self._boxes, self._names, self._stale = {}, {}, True
        if self.isVisible():  # else what is written now is written again when it is looked at
            self.settle()
        self._say()
        self.viewport().update()

    def note(self, ids: Iterable[str]) -> None:
        """Look at the rows of ``ids`` again with the next beat; nothing is done while the map is hidden."""
        self._changed.update(ids)
        if self.isVisible() and not self._beat.isActive():
            self._beat.start()

    def settle(self) -> None:
        """Write the nodes that changed and repaint exactly those."""
        changed, self._changed = self._changed, set()
        everything, self._stale = self._stale, False
        for entity in self._graph.left:
            if everything or entity in changed:
                box = self._said.entity(entity, self._graph)
                if box != self._boxes.get(entity):
                    self._boxes[entity] = box
                    self.viewport().update(self._scene.rect(entity))
        for symbol in self._graph.right:
            if everything or symbol in changed:
                row = self._said.name(symbol, self._graph)
                if row != self._names.get(symbol):
                    self._names[symbol] = row
                    self.viewport().update(self._scene.rect(symbol))
        if not self.hasFocus():  # else every price would be read out
            self._say()

    # Places

    def _lay_out(self) -> None:
        """Give every node its place; the current one stays in sight, wherever that now is."""
        view, current = self.viewport().rect(), self._current
        seen = current is not None and view.contains(self.scene.rect(current))
        self._scene = Scene(self._graph)
        self._hovered = None
        held = set(self._graph.left) | set(self._graph.right)
        self._cursor = self._cursor if self._cursor in held else None
        self._current = self._current if self._current in held else None
        self._resize()
        if seen and self._current is not None:
            self._show_node(self._current)
        self.retranslate()

    def _resize(self) -> None:
        self._scene.resize(self.viewport().width(), self.viewport().height())
        bar = self.verticalScrollBar()
        bar.setRange(0, self._scene.length)
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(current_theme().row_height * _WHEEL_ROWS)
        self._scene.scroll_to(bar.value())

    def _scrolled(self, value: int) -> None:
        self._scene.scroll_to(value)
        self._hover(None, None)
        self.viewport().update()

    def _show_node(self, entity_id: str) -> None:
        self.verticalScrollBar().setValue(self._scene.scroll_for(entity_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the columns out for another size."""
        super().resizeEvent(event)
        self._resize()
        if self._current is not None:
            self._show_node(self._current)
        self.resized.emit()

    def middle(self, edge: Edge) -> QPoint:
        """Return the middle of a link, or where it leaves the view."""
        return self._seen(self._scene.curve(edge).at(0.5)).toPoint()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the map was hidden."""
        super().showEvent(event)
        self._stale = True
        self.settle()
        self._say()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what needs it: a changed node leaves the links alone."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), current_theme().panel)
        lit = self.lit_edges()
        if event.rect().intersects(self._scene.gap):
            self._paint_edges(painter, lit)
        near = {end for edge in lit for end in edge.ends}
        picked = set(self._picked.ends) if self._picked else set()
        for node in self._scene.nodes():
            rect = self._scene.rect(node)
            if not event.rect().intersects(rect):
                continue
            look = self._look(node, near, picked)
            if self._scene.is_left(node):
                self._painter.entity(painter, rect, self._boxes[node], look)
            else:
                self._painter.name(painter, rect, self._names[node], look)
        self._paint_heads(painter, event.rect())
        self._paint_more(painter)

    def _look(self, node: str, near: set[str], picked: set[str]) -> NodeLook:
        origin = self.origin
        return NodeLook(
            lit=node in near or node == origin,
            dim=origin is not None and node != origin and node not in near,
            origin=node == origin,
            current=node == self._current or node in picked,
            focused=node == self._cursor and self.hasFocus(),
            hovered=node == self._hovered,
        )

    def _paint_edges(self, painter: QPainter, lit: tuple[Edge, ...]) -> None:
        theme, scene = current_theme(), self._scene
        painter.save()
        painter.setClipRect(scene.gap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bright = set(lit)
        quiet = theme.line if bright else theme.line2
        for edge in self.edges():
            if edge not in bright and scene.sees(edge):
                self._painter.edge(painter, edge, scene.curve(edge), quiet, strong=False)
        for edge in lit:
            colour = theme.line2 if edge.standing is LinkStanding.LATER else theme.t2
            self._painter.edge(painter, edge, scene.curve(edge), colour, strong=False)
        over = self._over if self._over is not self._picked else None
        for marked, colour in ((over, theme.t1), (self._picked, theme.you)):
            if marked is not None:
                self._paint_marked(painter, marked, colour)
        painter.restore()

    def _paint_marked(self, painter: QPainter, edge: Edge, colour: QColor) -> None:
        curve, strong = self._scene.curve(edge), edge is self._picked
        self._painter.edge(painter, edge, curve, colour, strong=strong)
        middle, word = self._seen(curve.at(_TAG_AT)), self._said.relation(edge)
        self._painter.tag(painter, middle, word, self._scene.gap.right(), strong=strong)

    def _seen(self, point: QPointF) -> QPointF:
        """Keep a tag inside the view when its link leaves it, clear of the words on names out of sight."""
        above, below = (_TAG_EDGE + bool(count) * _MORE for count in self._out_of_sight())
        return QPointF(point.x(), min(max(point.y(), above), self.viewport().height() - below))

    def _out_of_sight(self) -> tuple[int, int]:
        """Return how many lit names are above and below what is seen."""
        near = {end for edge in self.lit_edges() for end in edge.ends}
        return self._scene.hidden(near - {self.origin or ""})

    def _paint_heads(self, painter: QPainter, region: QRect) -> None:
        for layer, rect, first in self._scene.head_rects():
            if region.intersects(rect):
                self._painter.head(painter, rect, self._said.layer(layer))
                if first:
                    self._painter.labels(painter, rect, self.tr("Change"), self.tr("Abnormal"))
        if not self._graph.left:
            said, ground = self._said.nobody(self._graph), self.viewport().rect()
            self._painter.nobody(painter, ground, said, focused=self.hasFocus(), alone=not self._graph.edges)

    def _paint_more(self, painter: QPainter) -> None:
        above, below = self._out_of_sight()
        gap, height = self._scene.gap, self.viewport().height()
        if above:
            text = self.tr("{count} linked above").format(count=above)
            self._painter.more(painter, QRect(gap.left(), 6, gap.width() - 10, 20), text)
        if below:
            text = self.tr("{count} linked below").format(count=below)
            self._painter.more(painter, QRect(gap.left(), height - 26, gap.width() - 10, 20), text)

    # Input

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the node or link under the pointer."""
        point = event.position().toPoint()
        node = self._scene.node_at(point)
        self._hover(node, None if node else self._scene.edge_at(point, self.edges()))

    def _hover(self, node: str | None, edge: Edge | None) -> None:
        if (node, edge) != (self._hovered, self._over):
            self._hovered, self._over = node, edge
            pointing = Qt.CursorShape.PointingHandCursor if edge else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(pointing)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a node, show the evidence of a link, or close what is shown."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        node = self._scene.node_at(point)
        if node is not None:
            self._cursor = node
            self._say()
            self.pick(None)
            self.chosen.emit(node)
            return
        self.pick(self._scene.edge_at(point, self.edges()), point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a node."""
        node = self._scene.node_at(event.position().toPoint())
        if node is not None:
            self.opened.emit(node)

    def viewportEvent(self, event: QEvent) -> bool:
        """Put the light out when the pointer leaves; show tips."""
        if event.type() is QEvent.Type.Leave:
            self._hover(None, None)
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), as_tip(self.tip_at(event.pos())), self.viewport())
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """Return the facts of the node, or the sentence of the link, at a point."""
        node = self._scene.node_at(point)
        if node is not None:
            return self._model.tip(self._model.nodes_of(node)[0])
        edge = self._scene.edge_at(point, self.edges())
        return "" if edge is None else self._said.link(edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through nodes and along links; Enter selects, Space shows a link's evidence."""
        key, node = Qt.Key(event.key()), self._cursor
        if key in STEPS:
            self._put_cursor(beside(self._scene, node, STEPS[key]))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            to_left = key is Qt.Key.Key_Left
            lit, picked = self.lit_edges(), self._picked
            end = node and across(self._scene, node, lit, to_left=to_left, picked=picked)
            self._put_cursor(end or node)
        elif key is Qt.Key.Key_Space and node is not None:
            edge = next_link(self._scene, node, self.lit_edges(), self._picked)
            self._show_node(node if edge is None else edge.other(node))  # the end is seen beside its evidence
            self.pick(edge, None if edge is None else self.middle(edge))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and node is not None:
            self.chosen.emit(node)
        else:
            event.ignore()

    def _put_cursor(self, node: str | None) -> None:
        self._cursor = node
        self._hovered = None
        if node is not None:
            self._show_node(node)
        self._say()
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        if self._cursor is None and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._cursor = next(iter(self._scene.nodes()), None)
        self._say()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard left."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _say(self) -> None:
        """Name the node of the keyboard for a screen reader, which Qt tells of another name."""
        name, node = self.tr("Exposure map"), self._cursor
        said = None if node is None else self._boxes.get(node) or self._names.get(node)
        self.setAccessibleName(f"{name}: {said.accessible_text}" if said else name)
