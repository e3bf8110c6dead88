"""Tags on the price axis: the last price, the trigger of an alert, the end of a compared line."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.theme import Role, current_theme, px

AXIS_WIDTH = 60
WIDEST_TAG = 142
GAP = 2  # pixels between the plot and its tags
EDGE = 4  # between a tag and the end of the axis
NUMBER_HALF = 7  # half the height of a number on the axis
_INSET, _BETWEEN = 6, 8
TAG_HEIGHT = 16
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TagKind(Enum):
    """What a tag stands for."""

    LAST = "last"
    ALERT = "alert"
    LINE = "line"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class ChartTag:
    """Words at a height in pixels; ``figure`` stands behind the label and is never cut."""

    kind: TagKind
    label: str
    middle: int
    figure: str = ""


def tag_width(label: str, figure: str) -> int:
    """Return the room of a label and its figure in their tag."""
    metrics = QFontMetrics(current_theme().font(Role.STRONG))
    spare = 2  # widths are rounded, and a label that lacks half a pixel is cut
    width = metrics.horizontalAdvance(label) + 2 * _INSET + spare
    return width + (metrics.horizontalAdvance(figure) + _BETWEEN if figure else 0)


def axis_width(tags: Sequence[tuple[str, str]], widest: int) -> int:
    """Return the width of an axis with these labels and figures in its tags, none above ``widest``."""
    return max([AXIS_WIDTH, *(GAP + min(tag_width(*tag), widest) + EDGE for tag in tags)])


def spread(tags: Sequence[ChartTag], height: int, tall: int) -> list[int]:
    """Return the tops of tags, in their order, moved apart where they would overlap."""
    order = sorted(range(len(tags)), key=lambda place: tags[place].middle)
    tops = [0] * len(tags)
    reached = 0
    for place in order:
        tops[place] = reached = max(tags[place].middle - tall // 2, reached)
        reached += tall + 1
    limit = height
    for place in reversed(order):  # what ran out at the foot moves up again
        tops[place] = min(tops[place], limit - tall)
        limit = tops[place] - 1
    return tops


class TagLane(QWidget):
    """Every tag of the plot, in a strip over its price axis."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tags: tuple[ChartTag, ...] = ()
        self.cross: ChartTag | None = None
        self._tops: list[int] = []
        self._tall = TAG_HEIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def tags(self) -> tuple[ChartTag, ...]:
        """The tags shown."""
        return self._tags

    def covers(self, y: int) -> bool:
        """Whether a number at a height would touch a tag."""
        clear = px(NUMBER_HALF)
        return any(top - clear < y < top + self._tall + clear for top in self._tops)

    def put(self, tags: Sequence[ChartTag], strip: QRect, cross: ChartTag | None) -> None:
        """Show tags in a strip of the parent; their middles count from its top.

        That of the crosshair lies over the others, which do not give way to the pointer.
        """
        self._tags, self.cross = tuple(tags), cross
        self._tall = px(TAG_HEIGHT)
        self._tops = spread(tags, strip.height(), self._tall)
        self.setGeometry(strip)
        self.setAccessibleName(", ".join(f"{tag.label} {tag.figure}".strip() for tag in tags))
        self.setVisible(bool(tags) or cross is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tags."""
        painter, theme = QPainter(self), current_theme()
        painter.setFont(theme.font(Role.STRONG))
        looks = {
            TagKind.LAST: (theme.t1, None, theme.panel),
            TagKind.ALERT: (theme.youfill, theme.you, theme.you),
            TagKind.LINE: (theme.panel, theme.line2, theme.t1),
            TagKind.CROSS: (theme.raised, theme.control, theme.t1),
        }
        placed = list(zip(self._tags, self._tops, strict=True))
        if self.cross is not None:
            placed.append(
                (self.cross, min(max(self.cross.middle - self._tall // 2, 0), self.height() - self._tall))
            )
        for tag, top in placed:
            fill, border, ink = looks[tag.kind]
            width = max(tag_width(tag.label, ""), AXIS_WIDTH - GAP - EDGE)
            room = self.width() - EDGE  # figures stand under each other, at the edge
            rect = QRect(0, top, room if tag.figure else min(width, room), self._tall)
            box(painter, rect, 3, fill, border)
            painter.setPen(ink)
            inner = rect.adjusted(_INSET, 0, -_INSET, 0)
            room = inner.width()
            if tag.figure:
                room -= painter.fontMetrics().horizontalAdvance(tag.figure) + _BETWEEN
                painter.drawText(inner, int(_RIGHT), tag.figure)
            shown = painter.fontMetrics().elidedText(tag.label, Qt.TextElideMode.ElideRight, room)
            painter.drawText(inner, int(_LEFT if tag.figure else Qt.AlignmentFlag.AlignCenter), shown)
