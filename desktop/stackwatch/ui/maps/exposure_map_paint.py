"""Paints nodes and links of the exposure map."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.maps.exposure_map_graph import Edge, LinkStanding, LinkStyle
from stackwatch.ui.maps.exposure_map_scene import Curve
from stackwatch.ui.maps.heat_map_face import TileFace
from stackwatch.ui.maps.heat_map_paint import step_fill
from stackwatch.ui.watchlist.watchlist_cells import Cell, SarCell

_DASHES = {
    LinkStyle.SUPPLIER: (9, 4),
    LinkStyle.PARTNER: (3, 3),
    LinkStyle.LENDER: (9, 3, 2, 3),
    LinkStyle.REGULATOR: (14, 4),
    LinkStyle.COMPETITOR: (1, 4),
    LinkStyle.READ_ACROSS: (1, 3, 1, 8),
}
_HEAD = 6


@dataclass(frozen=True, slots=True)
class NodeLook:
    """How a node stands: ``lit`` belongs to what is looked at, ``dim`` does not."""

    lit: bool = False
    dim: bool = False
    origin: bool = False  # what is looked at
    current: bool = False  # what the detail shows
    focused: bool = False  # where the keyboard is
    hovered: bool = False


@dataclass(frozen=True, slots=True)
class BoxWords:
    """The words of an entity; of ``facts`` the last are left out where there is no room."""

    name: str
    kind: str
    facts: tuple[str, ...]
    move: str
    arrow: int
    accessible_text: str


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of a listed name; ``note`` stands in place of figures."""

    symbol: str
    name: str
    change: Cell
    abnormal: Cell
    sar: SarCell
    face: TileFace
    note: str
    accessible_text: str


def pen_of(style: LinkStyle, colour: QColor, width: float) -> QPen:
    """Return the pen of a kind of link; dashes keep their length whatever the width."""
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    dashes = _DASHES.get(style)
    if dashes:
        pen.setDashPattern([length / max(width, 1.0) for length in dashes])
    return pen


class MapPainter:
    """Paints in one theme; fonts are measured once."""

    def __init__(self) -> None:
        roles = (Role.STRONG, Role.SYMBOL, Role.BODY, Role.CAPTION)
        self._fonts = {role: current_theme().font(role) for role in roles}
        self._metrics = {role: QFontMetrics(font) for role, font in self._fonts.items()}

    def edge(self, painter: QPainter, edge: Edge, curve: Curve, colour: QColor, *, strong: bool) -> None:
        """Paint a link and, unless it is known only later, the head that says where it goes."""
        width = 2.0 if strong or edge.style is LinkStyle.EQUITY else 1.0 + 0.4 * (edge.weight - 1)
        path = QPainterPath(curve.start)
        way = QPointF(_HEAD * curve.heading, 0)
        path.cubicTo(curve.first, curve.second - way, curve.end - way)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen_of(edge.style, colour, width))
        painter.drawPath(path)
        if edge.standing is LinkStanding.LATER:
            return
        foot = curve.end - way
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([curve.end, foot + QPointF(0, 3), foot - QPointF(0, 3)]))

    def tag(self, painter: QPainter, middle: QPointF, word: str, end: int, *, strong: bool) -> None:
        """Paint a word on a link, before the names that begin behind ``end``."""
        theme = current_theme()
        width = self._metrics[Role.CAPTION].horizontalAdvance(word) + 14
        rect = QRect(round(middle.x()) - width // 2, round(middle.y()) - 9, width, 18)
        rect.moveRight(min(rect.right(), end - 2))
        box(painter, rect, 4, theme.youfill if strong else theme.raised, theme.you if strong else theme.line2)
        paint.centred(painter, rect, word, theme.you if strong else theme.t1, self._fonts[Role.CAPTION])

    def entity(self, painter: QPainter, rect: QRect, said: BoxWords, look: NodeLook) -> None:
        """Paint a private company or project."""
        theme = current_theme()
        fill = theme.selected if look.origin else theme.hover if look.hovered else theme.raised
        box(painter, rect, 6, fill, theme.line if look.dim else theme.line2)
        self._frame(painter, rect, look, 6)
        inner = rect.adjusted(10, 5, -10, -5)
        half = inner.height() // 2
        top = QRect(inner.left(), inner.top(), inner.width(), half)
        foot = QRect(inner.left(), inner.top() + half, inner.width(), half)
        caption, strong = self._fonts[Role.CAPTION], self._metrics[Role.STRONG]
        ink = theme.t3 if look.dim else theme.t1
        if strong.horizontalAdvance(said.name) + self._width(said.kind) + 8 <= top.width():
            figure(painter, top, said.kind, theme.t3, caption)
        words(painter, top, said.name, ink, self._fonts[Role.STRONG])
        figure(painter, foot, said.move, theme.t3 if look.dim else theme.t2, caption)
        taken = self._width(said.move) + (px(paint.TRIANGLE) + 6 if said.arrow else 4)
        if said.arrow:
            at = foot.right() - taken + 2
            paint.triangle(
                painter, at, foot.center().y(), up=said.arrow > 0, colour=theme.t3 if look.dim else theme.t2
            )
        free = foot.adjusted(0, 0, -taken - 4, 0)
        shown = said.facts
        while len(shown) > 1 and self._width(", ".join(shown)) > free.width():
            shown = shown[:-1]
        words(painter, free, ", ".join(shown), theme.t3 if look.dim else theme.t2, caption)

    def name(self, painter: QPainter, rect: QRect, said: RowWords, look: NodeLook) -> None:
        """Paint a listed name with its figures, as many as fit."""
        theme = current_theme()
        tinted = look.lit and not look.origin and not said.face.bare and not said.note
        fill = step_fill(said.face.step) if tinted else theme.panel
        if look.origin:
            fill = theme.selected
        elif look.hovered and not tinted:
            fill = theme.hover
        box(painter, rect, 3, fill, theme.line2 if look.lit else theme.line)
        self._frame(painter, rect, look, 3)
        inner = rect.adjusted(9, 0, -9, 0)
        dim = look.dim or bool(said.note)
        ink, soft = (theme.t3, theme.t3) if dim else (theme.t1, theme.t1 if tinted else theme.t2)
        symbol = px(78)
        words(
            painter,
            QRect(inner.left(), inner.top(), symbol - 6, inner.height()),
            said.symbol,
            ink,
            self._fonts[Role.SYMBOL],
        )
        right = self._note(painter, inner, said) if said.note else self._figures(painter, inner, said, soft)
        free = QRect(inner.left() + symbol, inner.top(), right - inner.left() - symbol - 8, inner.height())
        if free.width() >= px(46):
            words(painter, free, said.name, soft, self._fonts[Role.BODY])

    def head(self, painter: QPainter, rect: QRect, name: str) -> None:
        """Paint the name of a layer."""
        words(painter, rect.adjusted(0, 2, 0, 0), name, current_theme().t3, self._fonts[Role.CAPTION])

    def labels(self, painter: QPainter, rect: QRect, change: str, abnormal: str) -> None:
        """Name the columns of figures that are shown."""
        font, inner = self._fonts[Role.CAPTION], rect.adjusted(9, 2, -9, 0)
        theme = current_theme()
        if inner.width() >= px(250):
            figure(painter, inner, "SAR", theme.t3, font)
            inner.adjust(0, 0, -px(44), 0)
        if rect.width() - 18 >= px(330):
            figure(painter, inner, abnormal, theme.t3, font)
            inner.adjust(0, 0, -px(68), 0)
        figure(painter, inner, change, theme.t3, font)

    def nobody(self, painter: QPainter, rect: QRect, said: str, *, focused: bool, alone: bool) -> None:
        """Say why there is no private entity: in the middle where nothing else is, else in their place."""
        if alone:
            empty_state(painter, rect, "share-network", said, focused=focused)
            return
        theme = current_theme()
        words(painter, rect.adjusted(12, 0, -12, 0), said, theme.t3, self._fonts[Role.BODY])
        if focused:
            paint.ring(painter, rect, theme.you)

    def more(self, painter: QPainter, rect: QRect, word: str) -> None:
        """Paint how many lit names are out of sight."""
        width = self._width(word) + 16
        spot = QRect(rect.right() - width, rect.top(), width, 20)
        theme = current_theme()
        box(painter, spot, 10, theme.youfill, None)
        paint.centred(painter, spot, word, theme.you, self._fonts[Role.CAPTION])

    def _figures(self, painter: QPainter, inner: QRect, said: RowWords, ink: QColor) -> int:
        """Paint SAR, abnormal and change from the right and return where they begin."""
        font, right = self._fonts[Role.BODY], inner.right() + 1
        wide = inner.width() >= px(330)
        if inner.width() >= px(250):
            spot = QRect(right - px(40), inner.top(), px(40), inner.height())
            figure(painter, spot, said.sar.text, ink, self._fonts[said.sar.role])
            right -= px(44)
        if wide:
            spot = QRect(right - px(66), inner.top(), px(66), inner.height())
            figure(painter, spot, said.abnormal.text, ink, self._fonts[said.abnormal.role])
            right -= px(68)
        spot = QRect(right - px(62), inner.top(), px(62), inner.height())
        figure(painter, spot, said.change.text, ink, font)
        if said.change.arrow:
            left = right - self._metrics[Role.BODY].horizontalAdvance(said.change.text)
            left -= px(paint.TRIANGLE) + 4
            up = said.change.arrow > 0
            paint.triangle(
                painter, left, inner.center().y() + 1, up=up, colour=ink, filled=not said.change.hollow
            )
        return right - px(74)

    def _note(self, painter: QPainter, inner: QRect, said: RowWords) -> int:
        figure(painter, inner, said.note, current_theme().t3, self._fonts[Role.CAPTION])
        return inner.right() - self._width(said.note)

    def _frame(self, painter: QPainter, rect: QRect, look: NodeLook, radius: int) -> None:
        if not (look.origin or look.current or look.focused):
            return
        theme = current_theme()
        ink = theme.you if look.focused or look.current else theme.t2
        paint.outline(painter, rect, radius, ink, 2 if look.focused else 1)

    def _width(self, text: str) -> int:
        return self._metrics[Role.CAPTION].horizontalAdvance(text)
