"""Paints the tiles of the heat map and its legend: a line of text shows whole or not at all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.words.format import shows_zero
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.maps.heat_map_face import TileFace
from stackwatch.ui.watchlist.watchlist_cells import Mark

_INSET = 7
_SLOT = 11  # of the triangle
_NARROW = 52
_MOST_LINES = 3
_SHARE = 0.5  # of a name that may stand for it
_EDGE, _HEAD_EDGE = 4, 2  # the least inset of a name, and of a block's
_SPARE = 2  # above and below all lines together
_APART = 6  # of a name and the figure beside it
LINE, LOW = 16, 13  # pixels of a line of text, and of the lowest tile that has one
TIGHT, TINY = 14, 12  # of lines where a figure would have none otherwise: a name's, and two of its words'
_BETWEEN = re.compile(r" |(?<=[A-Za-z])(?=[가-힣])")  # words of a name: SK and 하이닉스 are two
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class TileLook:
    """How the pointer and the keyboard stand to a tile."""

    current: bool = False
    hovered: bool = False
    active: bool = False  # the keyboard is on the map


@dataclass(frozen=True, slots=True)
class TileText:
    """What a tile tells: its lines, of one height, those of its name, and its figure, empty without room."""

    height: int
    lines: int
    inset: int
    labels: tuple[tuple[str, Role], ...]
    figure: tuple[str, Role]

    @property
    def has_line(self) -> bool:
        """Whether a line is left for the figure."""
        return self.lines > len(self.labels)


def step_fill(step: int) -> QColor:
    """Return the fill of a step from -3 to 3."""
    theme = current_theme()
    if step == 0:
        return theme.band
    return (theme.up_steps if step > 0 else theme.down_steps)[abs(step) - 1]


class ToolRow(LinedPanel):
    """The row over a map."""

    def __init__(self) -> None:
        super().__init__(Qt.Edge.BottomEdge)
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.setFixedHeight(px(40))


class TilePainter:
    """Paints tiles and heads of blocks in one theme; fonts are measured once."""

    def __init__(self) -> None:
        self._fonts = {
            role: current_theme().font(role) for role in (Role.STRONG, Role.BODY, Role.CAPTION, Role.TINY)
        }
        self._metrics = {role: QFontMetrics(font) for role, font in self._fonts.items()}
        self._needs: dict[tuple[str, str], tuple[int, ...]] = {}

    def head(self, painter: QPainter, rect: QRect, name: str, value: str) -> None:
        """Paint the name of a block, and its average where there is room for both."""
        theme, caption = current_theme(), self._metrics[Role.CAPTION]
        free = rect.adjusted(_HEAD_EDGE, 0, -_HEAD_EDGE, 0)
        taken = caption.horizontalAdvance(value) + 8
        if self._metrics[Role.STRONG].horizontalAdvance(name) + taken <= free.width():
            figure(painter, free, value, theme.t3, self._fonts[Role.CAPTION])
        self._label(painter, free, theme.t1, self.label(name, "", free.width(), 0.0))

    def head_need(self, name: str) -> int:
        """Return the least width of a block that is named."""
        tries = self._tries(name, "", 0.0)
        return min(self._metrics[role].horizontalAdvance(text) for text, role in tries) + 2 * _HEAD_EDGE

    def label(self, name: str, symbol: str, room: int, share: float = _SHARE) -> tuple[str, Role]:
        """Return what names a tile or block within ``room``, and its role of type; empty where nothing fits.

        A name shows whole; else the symbol, the symbol without its exchange, the name in small, or the words
        it begins with where they are ``share`` of it: less would name something else.
        """
        tries = self._tries(name, symbol, share)
        fitting = (t for t in tries if self._metrics[t[1]].horizontalAdvance(t[0]) <= room)
        return next(fitting, ("", Role.STRONG))

    @staticmethod
    def _tries(name: str, symbol: str, share: float) -> list[tuple[str, Role]]:
        parts = [part for part in re.split(r"[\s·(]+", name) if part]
        begun = [name[: name.rindex(part)].rstrip(" ·&(-,") for part in reversed(parts[1:])]
        ticker = symbol.partition(".")[0]
        symbols = [(symbol, Role.STRONG), (ticker, Role.STRONG)]
        tries = [(name, Role.STRONG), (name, Role.CAPTION), (name, Role.TINY)]
        tries[1:1] = () if ticker.isdigit() else symbols
        roles = (Role.STRONG,) if symbol else (Role.STRONG, Role.CAPTION, Role.TINY)  # a block has no symbol
        tries += [(begin, role) for begin in begun if len(begin) >= share * len(name) for role in roles]
        tries += symbols if ticker.isdigit() else ()  # nobody knows a share by its number
        return [each for each in tries if each[0]]

    def labels(self, face: TileFace, room: int, lines: int) -> list[tuple[str, Role]]:
        """Return the lines that name a tile: more than one where a name needs them and there are as many.

        The figure keeps a line while the name can be told without it.
        """
        whole = self._metrics[Role.STRONG].horizontalAdvance(face.name) <= room
        if not whole and lines >= _MOST_LINES and (pair := self._parted(face.name, room, 2)):
            return pair
        label = self.label(face.name, face.symbol, room)
        if label[0]:
            return [label]
        parted = (self._parted(face.name, room, count) for count in range(2, lines + 1))
        return next((parts for parts in parted if parts), [label])

    def _parted(self, name: str, room: int, count: int) -> list[tuple[str, Role]]:
        """Return a name parted between its words into so many lines that fit, empty where it cannot be."""
        ways = _ways(name, count)
        for role in (Role.STRONG, Role.CAPTION, Role.TINY):
            for parts in ways:
                if all(self._metrics[role].horizontalAdvance(part) <= room for part in parts):
                    return [(part, role) for part in parts]
        return []

    def needs(self, face: TileFace) -> tuple[int, ...]:
        """Return the least width of a tile that is named, in one of 1, 2 and 3 lines."""
        known = self._needs.get((face.name, face.symbol))
        if known is None:
            known = self._needs[face.name, face.symbol] = tuple(self._least(face))
        return known

    def _least(self, face: TileFace) -> Iterator[int]:
        tries = self._tries(face.name, face.symbol, _SHARE)
        least = min(self._metrics[role].horizontalAdvance(text) for text, role in tries)
        tiny = self._metrics[Role.TINY]
        for count in range(1, _MOST_LINES + 1):
            ways = _ways(face.name, count) if count > 1 else ()
            least = min((least, *(max(map(tiny.horizontalAdvance, parts)) for parts in ways)))
            yield least + 2 * _EDGE

    def _label(self, painter: QPainter, rect: QRect, ink: QColor, label: tuple[str, Role]) -> None:
        painter.setFont(self._fonts[label[1]])
        painter.setPen(ink)
        painter.drawText(rect, _LEFT, label[0])

    def tile(self, painter: QPainter, rect: QRect, face: TileFace, look: TileLook) -> None:
        """Paint a tile."""
        theme = current_theme()
        fill = theme.panel if face.bare else step_fill(face.step)
        if look.hovered and (face.bare or face.step == 0):
            fill = theme.hover if face.bare else theme.band2
        border = theme.line2 if face.bare else theme.t2 if look.hovered else None
        box(painter, rect, 3, fill, border)
        if face.hatched:
            corner = min(rect.width() // 2, rect.height() // 2, px(22))
            foot = QRect(rect.right() - corner - 3, rect.bottom() - corner - 3, corner, corner)
            paint.hatch(painter, foot, theme)
            painter.setBackground(fill)
            painter.setBackgroundMode(Qt.BGMode.OpaqueMode)  # no stroke runs through a digit
        self._lines(painter, rect, face)
        painter.setBackgroundMode(Qt.BGMode.TransparentMode)
        if look.current:
            paint.outline(painter, rect, 3, theme.you if look.active else theme.t2, 2)
        if face.unusual:  # within the mark of the current one
            inner = rect.adjusted(2, 2, -2, -2) if look.current else rect
            paint.outline(painter, inner, 3, theme.t1, 1 if look.current else 2)

    def _lines(self, painter: QPainter, rect: QRect, face: TileFace) -> None:
        """Paint name, figure and the line below, each only where it fits whole."""
        told = self.told(face, rect.size())
        if told is None:
            return
        top = rect.top() + min(4, (rect.height() - told.lines * told.height) // 2)
        line = QRect(rect.left() + told.inset, top, rect.width() - told.inset - _EDGE, told.height)
        for label in told.labels:
            self._label(painter, line, current_theme().t1, label)
            line.translate(0, told.height)
        slot, left = _slot(face, rect.width()), told.lines - len(told.labels)
        if left == 0:
            line.translate(0, -told.height)
            self._figure_at_right(painter, line, face, told.figure, slot)
            return
        self._below(painter, line.adjusted(0, 0, _EDGE - told.inset, 0), face, slot, left, told.figure)

    def told(self, face: TileFace, size: QSize) -> "TileText | None":
        """Return what a tile tells: its figure below its name, beside it, in lower lines, or none."""
        high = size.height()
        usual = self._told(face, size, px(LINE), high)
        if usual is None or usual.figure[0]:
            return self._within(face, size, usual)
        tight = (self._told(face, size, px(TIGHT), high), self._told(face, size, px(TINY), high, Role.TINY))
        return next((way for way in tight if way is not None and way.has_line and way.figure[0]), usual)

    def _within(self, face: TileFace, size: QSize, usual: "TileText | None") -> "TileText | None":
        """Return the same lines closer together where they would touch the edges, or the frame."""
        if usual is None or usual.lines == 1 or size.height() - usual.lines * usual.height >= px(_SPARE):
            return usual
        closer = self._told(face, size, px(TIGHT), size.height())
        same = closer is not None and closer.lines == usual.lines and closer.labels == usual.labels
        return closer if same else usual

    def _told(
        self, face: TileFace, size: QSize, height: int, high: int, role: Role | None = None
    ) -> "TileText | None":
        """Return what a tile tells in lines of one height, all in one ``role`` where one is given."""
        edge = int(height == px(LINE))  # a pixel that higher lines have to spare
        lines = min((high + edge) // height, _MOST_LINES)
        if lines == 0 and high >= px(LOW):  # a higher text would touch the edges
            height, lines, role = high, 1, Role.TINY
        if lines == 0:
            return None
        inset = _INSET if size.width() >= px(68) else _EDGE
        labels = self.labels(face, size.width() - inset - _EDGE, lines)
        if not labels[0][0]:
            inset = _EDGE
            labels = self.labels(face, size.width() - 2 * _EDGE, lines)
        if role is not None:
            labels = [(text, role) for text, _ in labels]
        room = size.width() - inset - _EDGE - _slot(face, size.width())
        if lines > len(labels):
            figure = self._fitting(face, room + _EDGE - inset, role or Role.BODY)
        else:
            figure = self.beside(face, labels[-1], room, role=role or Role.BODY)
        if lines > len(labels):  # those that stay empty are no reason to stand at the frame
            free = lines - len(labels) - bool(figure[0])
            below = bool(figure[0]) + (free > 0 and self._has_detail(face, size.width() - 2 * inset))
            lines = len(labels) + below
        return TileText(height, lines, inset, tuple(labels), figure)

    def _has_detail(self, face: TileFace, room: int) -> bool:
        """Whether what is said of the figure fits below it."""
        return bool(face.detail) and self._metrics[Role.CAPTION].horizontalAdvance(face.detail) <= room

    def beside(self, face: TileFace, label: tuple[str, Role], room: int, *, role: Role) -> tuple[str, Role]:
        """Return the figure that stands at the right of a name where it has no line of its own.

        ``room`` is that of name and figure; empty where it has none, or no name to stand beside.
        """
        taken = self._metrics[label[1]].horizontalAdvance(label[0]) + _APART
        return self._fitting(face, room - taken, role) if label[0] else ("", role)

    def _fitting(self, face: TileFace, room: int, role: Role) -> tuple[str, Role]:
        """Return the figure, without its last decimal where it must, or nothing."""
        metrics = self._metrics[role]
        fitting = (v for v in (face.value, face.short) if metrics.horizontalAdvance(v) <= room)
        return next(fitting, ""), role

    def _figure_at_right(
        self, painter: QPainter, line: QRect, face: TileFace, figure: tuple[str, Role], slot: int
    ) -> None:
        if figure[0]:
            width = slot + self._metrics[figure[1]].horizontalAdvance(figure[0])
            place = QRect(line.right() + 1 - width, line.top(), width, line.height())
            self._figure(painter, place, face, figure, slot)

    def _below(
        self, painter: QPainter, line: QRect, face: TileFace, slot: int, lines: int, figure: tuple[str, Role]
    ) -> None:
        """Paint the figure below the name, and what is said of it."""
        if figure[0]:
            self._figure(painter, line, face, figure, slot)
            line.translate(0, line.height())
            lines -= 1
        theme = current_theme()
        if lines and self._has_detail(face, line.width()):
            ink = theme.t2 if face.bare else theme.t1
            self._label(painter, line, ink, (face.detail, Role.CAPTION))

    def _figure(
        self, painter: QPainter, rect: QRect, face: TileFace, value: tuple[str, Role], slot: int
    ) -> None:
        theme = current_theme()
        ink = theme.t2 if face.bare else theme.t1
        if face.mark is not Mark.NONE:
            mark = theme.trust if face.mark in (Mark.STALE, Mark.WITHHELD) else theme.t2
            place = QRect(rect.left() - 1, rect.top(), px(11), rect.height())
            draw_icon(painter, face.mark.value, mark, place, px(11))
        elif face.arrow and not shows_zero(value[0]):  # without its last decimal it may be nought
            middle = rect.center().y() + 1
            paint.triangle(
                painter, rect.left(), middle, up=face.arrow > 0, colour=ink, filled=not face.hollow
            )
        self._label(painter, rect.adjusted(slot, 0, 0, 0), ink, value)


def _ways(name: str, count: int) -> list[list[str]]:
    """Return the ways in which a name is parted into so many lines, the longest first lines first."""
    begins = [mark.end() for mark in _BETWEEN.finditer(name)]
    cuts = ((0, *sorted(places), len(name)) for places in combinations(begins[::-1], count - 1))
    return [[name[begin:end].rstrip() for begin, end in pairwise(cut)] for cut in cuts]


def _slot(face: TileFace, width: int) -> int:
    """Return the room of the triangle or mark before a figure, less of it in a narrow tile."""
    if not face.arrow and face.mark is Mark.NONE:
        return 0
    return px(_SLOT) if width >= px(_NARROW) else px(_SLOT) - 2


@dataclass(frozen=True, slots=True)
class LegendItem:
    """A colour of the map and what it means, in full and in short; without a step an outlined swatch."""

    step: int | None
    long: str
    short: str
    strong: bool = False  # the border of an unusual tile


class Legend(QWidget):
    """What the colours mean, in words, or by the bounds of the steps where there is less room."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[LegendItem, ...] = ()
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def put(self, items: Sequence[LegendItem], note: str) -> None:
        """Show other colours; ``note`` says at the left how large tiles are."""
        self._items, self._note = tuple(items), note
        told = "; ".join(item.long for item in items)
        self.setAccessibleName(f"{note}. {told}")
        self.setToolTip(note)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a foot row."""
        return QSize(200, px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the legend at the right and the note at the left where both fit."""
        painter = QPainter(self)
        theme, height = current_theme(), self.height()
        painter.fillRect(self.rect(), theme.panel)
        paint.hairline(painter, QRect(0, 0, self.width(), 1), theme.line)
        font = theme.font(Role.CAPTION)
        metrics = QFontMetrics(font)
        swatch, free = px(14), self.width() - 24
        long = sum(swatch + 5 + metrics.horizontalAdvance(i.long) + 11 for i in self._items) - 11
        shown = [(i, i.long if long <= free else i.short) for i in self._items]
        total = sum(swatch + 5 + metrics.horizontalAdvance(word) + 11 for _, word in shown) - 11
        if metrics.horizontalAdvance(self._note) + total + 24 <= free:
            words(painter, QRect(12, 0, free, height), self._note, theme.t3, font)
        left = self.width() - 12 - total
        for item, word in shown:
            spot = QRect(left, height // 2 - 5, swatch, 11)
            fill = theme.panel if item.step is None else step_fill(item.step)
            box(painter, spot, 2, fill, theme.t1 if item.strong else theme.line2)
            if item.strong:
                box(painter, spot.adjusted(1, 1, -1, -1), 2, None, theme.t1)
            left = words(painter, QRect(left + swatch + 5, 0, free, height), word, theme.t2, font) + 11
