"""Where the keys lead on the exposure map: within a column, along links, from link to link."""

from collections.abc import Collection

from PySide6.QtCore import Qt

from stackwatch.ui.maps.exposure_map_graph import Edge
from stackwatch.ui.maps.exposure_map_scene import Scene

_FAR = 1_000_000  # places: no column has as many
STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -10,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_Home: -_FAR,
    Qt.Key.Key_End: _FAR,
}


def beside(scene: Scene, node: str | None, step: int) -> str | None:
    """Return the node ``step`` places further in its column; the first of all without a node."""
    nodes = scene.nodes()
    if node is None:
        return nodes[0] if nodes else None
    column = [other for other in nodes if scene.is_left(other) is scene.is_left(node)]
    place = column.index(node) + step
    return column[min(max(place, 0), len(column) - 1)]


def across(
    scene: Scene, node: str, edges: Collection[Edge], *, to_left: bool, picked: Edge | None = None
) -> str | None:
    """Return the other end of a link into the other column, of ``picked`` or the nearest, if there is one."""
    if scene.is_left(node) is to_left:
        return None
    if picked in edges and picked is not None and scene.is_left(end := picked.other(node)) is to_left:
        return end
    here = scene.rect(node).center().y()
    ends = (edge.other(node) for edge in edges)
    there = (end for end in ends if scene.is_left(end) is to_left)
    return min(there, key=lambda end: abs(scene.rect(end).center().y() - here), default=None)


def next_link(scene: Scene, node: str, edges: Collection[Edge], picked: Edge | None) -> Edge | None:
    """Return the link after ``picked`` from top to bottom, the first at the start, None after the last."""
    ordered = sorted(edges, key=lambda edge: scene.rect(edge.other(node)).y())
    place = ordered.index(picked) + 1 if picked in ordered else 0
    return ordered[place] if place < len(ordered) else None
