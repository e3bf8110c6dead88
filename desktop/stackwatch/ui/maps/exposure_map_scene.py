"""Where the nodes and links of the exposure map lie, for a size and a place of the scroll bar."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPoint, QPointF, QRect

from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.maps.exposure_map_graph import Edge, Graph

_SAMPLES = 24
_REACH = 5.0  # pixels beside a line that still count as on it
_TOP = 12
_BOX, _BOX_GAP, _ROW_GAP, _HEAD = 46, 10, 2, 22
_HANDLES = (150, 170)


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic link in the view's pixels; ``heading`` is 1 where it ends to the right, -1 to the left."""

    start: QPointF
    first: QPointF
    second: QPointF
    end: QPointF
    heading: int

    def points(self) -> tuple[tuple[float, float], ...]:
        """Return points along the link."""
        points = (self.at(step / _SAMPLES) for step in range(_SAMPLES + 1))
        return tuple((point.x(), point.y()) for point in points)

    def at(self, t: float) -> QPointF:
        """Return the point at ``t``, 0 to 1."""
        u = 1.0 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return self.start * a + self.first * b + self.second * c + self.end * d


class Scene:
    """Two columns that share one scroll bar: each is at its end when the bar is."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.heads: tuple[tuple[str, QRect], ...] = ()
        self._rects: dict[str, QRect] = {}
        self._left = frozenset(graph.left)
        self._heights = (0, 0)
        self._width = self._height = 1
        self._scroll = 0
        self._ports: dict[tuple[str, Edge], float] = {}
        self._paths: dict[Edge, tuple[tuple[float, float], ...]] = {}  # those looked at since it last moved

    @property
    def length(self) -> int:
        """How far the scroll bar goes."""
        return max(*self._heights, self._height) - self._height

    @property
    def gap(self) -> QRect:
        """The room between the columns."""
        left, right = self.columns
        return QRect(left.right() + 1, 0, right.left() - left.right() - 1, self._height)

    @property
    def columns(self) -> tuple[QRect, QRect]:
        """The room of the entities and that of the listed names."""
        width = self._width
        left = min(max(round(width * 0.22), px(132)), px(190))
        right = min(max(round(width * 0.45), px(224)), px(396))
        return QRect(12, 0, left, self._height), QRect(width - right - 12, 0, right, self._height)

    def resize(self, width: int, height: int) -> None:
        """Lay both columns out."""
        self._width, self._height = max(width, 1), max(height, 1)
        left, right = self.columns
        self._rects, self._paths = {}, {}
        boxes = self._boxes(left)
        rows = self._rows(right)
        self._heights = boxes, rows
        self._scroll = min(self._scroll, self.length)
        self._spread()

    def scroll_to(self, value: int) -> None:
        """Move both columns."""
        self._scroll = value
        self._paths = {}

    def scroll_for(self, entity_id: str) -> int:
        """Return the place of the scroll bar nearest to the present one that shows a node whole."""
        rect = self._rects[entity_id]
        total = self._heights[0 if entity_id in self._left else 1]
        if total <= self._height or not self.length:
            return self._scroll
        share = (total - self._height) / self.length
        low, high = rect.bottom() + 30 - self._height, rect.top() - 30
        return round(min(max(self._scroll, low / share), high / share, self.length)) if share else 0

    def nodes(self) -> Sequence[str]:
        """Return every node, the left column first."""
        return tuple(self._rects)

    def is_left(self, entity_id: str) -> bool:
        """Whether a node is a private company or project."""
        return entity_id in self._left

    def rect(self, entity_id: str) -> QRect:
        """Return where a node is now."""
        return self._rects[entity_id].translated(0, -self._shift(entity_id in self._left))

    def head_rects(self) -> tuple[tuple[str, QRect, bool], ...]:
        """Return the names of layers, where they are now, and whether each is the first in sight."""
        shift = self._shift(False)
        above = sum(rect.top() < shift for _, rect in self.heads)
        heads = enumerate(self.heads)
        return tuple((layer, rect.translated(0, -shift), n == above) for n, (layer, rect) in heads)

    def node_at(self, point: QPoint) -> str | None:
        """Return the node under a point."""
        return next((node for node in self._rects if self.rect(node).contains(point)), None)

    def edge_at(self, point: QPoint, edges: Collection[Edge]) -> Edge | None:
        """Return the link nearest to a point between the columns, within a few pixels."""
        if not self.gap.contains(point):
            return None
        best, least = None, _REACH
        for edge in edges:
            if edge not in self._paths:
                self._paths[edge] = self.curve(edge).points()
            away = _distance(point, self._paths[edge])
            if away < least:
                best, least = edge, away
        return best

    def curve(self, edge: Edge) -> Curve:
        """Return how a link runs now."""
        source, target = edge.ends
        start_left, end_left = source in self._left, target in self._left
        start, end = self._port(source, edge), self._port(target, edge)
        width = self.gap.width()
        if start_left != end_left:
            way = 1 if start_left else -1
            near, far = (way * min(handle, width * 0.45) for handle in _HANDLES)
            return Curve(start, start + QPointF(near, 0), end - QPointF(far, 0), end, way)
        way = 1 if start_left else -1  # both ends in one column: an arc beside it
        bulge = way * min(24 + abs(end.y() - start.y()) * 0.3, width * 0.6)
        return Curve(start, start + QPointF(bulge, 0), end + QPointF(bulge, 0), end, -way)

    def sees(self, edge: Edge) -> bool:
        """Whether a link runs through what is seen: not with both ends above it, or both below."""
        ends = [self.rect(end) for end in edge.ends]
        return min(end.top() for end in ends) < self._height and max(end.bottom() for end in ends) >= 0

    def hidden(self, nodes: Collection[str]) -> tuple[int, int]:
        """Count the listed names of ``nodes`` that are above and below what is seen."""
        rects = [self.rect(node) for node in nodes if node not in self._left]
        return sum(r.center().y() < 0 for r in rects), sum(r.center().y() > self._height for r in rects)

    def _shift(self, left: bool) -> int:  # noqa: FBT001 - one of two columns
        total = self._heights[0 if left else 1]
        if total <= self._height or not self.length:
            return 0
        return round(self._scroll * (total - self._height) / self.length)

    def _boxes(self, column: QRect) -> int:
        """Lay the entities out, over the whole height where they fit, and return their height."""
        names = self.graph.left
        height, gap = px(_BOX), px(_BOX_GAP)
        needed = 2 * _TOP + len(names) * (height + gap) - gap
        free = max(self._height - needed, 0)
        gap += min(free // max(len(names), 1), px(46))
        used = len(names) * (height + gap) - gap
        top = max((max(self._height, needed) - used) // 2, _TOP) if free else _TOP
        for name in names:
            self._rects[name] = QRect(column.left(), top, column.width(), height)
            top += height + gap
        return needed

    def _rows(self, column: QRect) -> int:
        """Lay the listed names out under their layers and return their height."""
        top, heads = 4, []
        height = current_theme().row_height
        for layer, names in self.graph.groups:
            heads.append((layer, QRect(column.left(), top, column.width(), px(_HEAD))))
            top += px(_HEAD)
            for name in names:
                self._rects[name] = QRect(column.left(), top, column.width(), height)
                top += height + _ROW_GAP
            top += 6
        self.heads = tuple(heads)
        return top + 6

    def _spread(self) -> None:
        """Give every link its own place at a node, in the order in which the other ends lie."""
        at_node: dict[str, list[tuple[int, int, Edge]]] = defaultdict(list)
        for number, edge in enumerate(self.graph.edges):
            for end in edge.ends:
                at_node[end].append((self._rects[edge.other(end)].center().y(), number, edge))
        self._ports = {}
        for node, ends in at_node.items():
            ends.sort(key=lambda end: end[:2])
            room = self._rects[node].height() * (0.7 if node in self._left else 0.5)
            for place, (_, _, edge) in enumerate(ends):
                self._ports[node, edge] = room * ((place + 1) / (len(ends) + 1) - 0.5)

    def _port(self, node: str, edge: Edge) -> QPointF:
        rect = self.rect(node)
        x = rect.right() + 1 if node in self._left else rect.left() - 1
        return QPointF(x, rect.center().y() + self._ports[node, edge])


def _distance(point: QPoint, path: Sequence[tuple[float, float]]) -> float:
    """Return how far a point is from a path; infinity where it is clearly beside it."""
    x, y = point.x(), point.y()
    near = (
        _to_segment(x, y, a, b)
        for a, b in pairwise(path)
        if min(a[1], b[1]) - _REACH <= y <= max(a[1], b[1]) + _REACH
    )
    return min(near, default=float("inf"))


def _to_segment(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if not length else ((x - a[0]) * dx + (y - a[1]) * dy) / length
    t = min(max(t, 0.0), 1.0)
    return hypot(x - a[0] - t * dx, y - a[1] - t * dy)
