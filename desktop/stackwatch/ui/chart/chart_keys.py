"""What a key does to a chart: which bars are in view after it, and which one is read."""

from dataclasses import dataclass, replace
from math import ceil, floor

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

EDGE = 0.8  # of a bar, between the outermost bars and the edges of the plot
_FEWEST = 8.0  # bars in view, where there are as many
_PAN = 0.2  # of what is in view
_ZOOM = 1.5
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_ZOOMS = {
    Qt.Key.Key_Up: 1 / _ZOOM,
    Qt.Key.Key_Plus: 1 / _ZOOM,
    Qt.Key.Key_Equal: 1 / _ZOOM,  # the key of + without Shift
    Qt.Key.Key_Down: _ZOOM,
    Qt.Key.Key_Minus: _ZOOM,
}


@dataclass(frozen=True, slots=True)
class TimeView:
    """What is in view from ``left`` to ``right``, and the ``place`` that is read, if any.

    Bars stand from ``begin`` to before ``count``.
    """

    left: float
    right: float
    place: int | None
    begin: int
    count: int

    def read(self, place: int) -> "TimeView":
        """Read a bar and bring it into view."""
        place = min(max(place, self.begin), self.count - 1)
        left = min(max(self.left, place + EDGE - self.width), place - EDGE)
        return replace(self.moved(left - self.left), place=place)

    def moved(self, by: float) -> "TimeView":
        """Look further back or on, no further than there are bars; one in view is read."""
        return self._within(self.left + by, self.width)

    def zoomed(self, factor: float) -> "TimeView":
        """Show more bars or fewer; the one that is read, else the right edge, stays where it is."""
        fixed = self.right if self.place is None else self.place
        width = min(max(self.width * factor, self.least), self.whole)
        return self._within(fixed - (fixed - self.left) * width / self.width, width)

    @property
    def width(self) -> float:
        """How many bars are in view."""
        return self.right - self.left

    @property
    def whole(self) -> float:
        """How many there would be in view of the whole span."""
        return self.count - self.begin - 1 + 2 * EDGE

    @property
    def least(self) -> float:
        """How few may be in view."""
        return min(_FEWEST, self.whole)

    @property
    def seen(self) -> tuple[int, int]:
        """The first and the last bar in view."""
        return max(ceil(self.left), self.begin), min(floor(self.right), self.count - 1)

    def _within(self, left: float, width: float) -> "TimeView":
        left = max(min(left, self.count - 1 + EDGE - width), self.begin - EDGE)
        after = replace(self, left=left, right=left + width)
        first, last = after.seen
        return replace(after, place=None if self.place is None else min(max(self.place, first), last))


def after_key(view: TimeView, event: QKeyEvent) -> TimeView | None:
    """Return what is in view and read after a key; None for one that is not for the chart."""
    key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier) or not view.count:
        return None
    shift = held == Qt.KeyboardModifier.ShiftModifier
    if key in _SIDES and shift:
        return view.moved(_SIDES[key] * max(1.0, view.width * _PAN))
    if key in _SIDES:
        return view.read(view.seen[1] if view.place is None else view.place + _SIDES[key])
    if key in _ENDS and not shift:
        return view.read(view.begin if key is Qt.Key.Key_Home else view.count - 1)
    if key in _ZOOMS and (not shift or key not in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
        return view.zoomed(_ZOOMS[key])
    return view.zoomed(view.whole / view.width) if key is Qt.Key.Key_0 and not shift else None
