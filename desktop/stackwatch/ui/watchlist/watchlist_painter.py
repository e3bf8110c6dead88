"""Paints the rows of the list: flat fills, 1 px lines, text that was written before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QStaticText,
    QTextLayout,
    QTransform,
)

from stackwatch.ui.kit import icons, paint
from stackwatch.ui.kit.paint import Box
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.watchlist.watchlist_cells import (
    AnyCell,
    Bell,
    BellCell,
    Cell,
    Column,
    Mark,
    PathCell,
    RangeCell,
    SarCell,
    translate,
)
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind

LEFT_INSET = 8
SYMBOL_WIDTH = 70
RIGHT_INSET = 10
YEAR_INSET = 14
DAYS_ROOM = 62  # of the line of 20 days, at the right of its column
CURRENCY_INSET = 14

_GAP = 4
_REMEMBERED = 4096
_UNBROKEN = 10_000
_KIND_WIDTH = 112  # below it, private rows say the number of names only
_PRIVATE_GROUP, _NO_MARK = NodeKind.PRIVATE_GROUP, Mark.NONE
_BELL, _NAME, _LAST = Column.BELL, Column.NAME, Column.LAST
_WORDED = frozenset({Column.SYMBOL, Column.NAME, Column.CURRENCY})  # whose text begins at the left
_TALL_LETTERS = "\u2e80"  # from here on: Korean and its like, whose fonts have a taller ascent

Columns = Sequence[tuple[Column, int, int]]


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands in the list; ``active`` is False while another window has the keyboard."""

    selected: bool
    hovered: bool
    active: bool
    expanded: bool


class RowPainter:
    """Paints rows; a share's row cell by cell, other rows whole, since their names run over several columns.

    ``columns`` everywhere are the shown ones, left to right: column, left edge and width in pixels.
    """

    def __init__(self, model: WatchlistModel) -> None:
        self._list = model
        self.last = Column.NEWS  # the column at the right edge, which keeps clear of the scroll bar
        self.price_room: int | None = None  # of the price where it stands beside the name
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        theme = current_theme()
        self._fonts: dict[Role, QFont] = {role: theme.font(role) for role in Role}
        self._metrics = {role: QFontMetrics(font) for role, font in self._fonts.items()}
        self._inks: dict[Ink, QColor] = {ink: theme.ink(ink) for ink in Ink}
        self._sar_width = px(50)  # two digits of a SAR have room beside it
        self._arrow_width = px(paint.TRIANGLE)
        self._elided: dict[tuple[str, int, Role], str] = {}
        self._texts: dict[tuple[str, Role], tuple[QStaticText, int, int]] = {}

    def paint_row(self, painter: QPainter, node: Node, top: int, columns: Columns, look: RowLook) -> None:
        """Paint some columns of the row that begins at ``top``."""
        theme = current_theme()
        height = theme.row_height
        cells = self._list.cells(node)
        fill = self._fill(node, look)
        begin, end = columns[0][1], columns[-1][1] + columns[-1][2]
        painter.fillRect(begin, top, end - begin, height, fill)
        headless = node.kind is not _PRIVATE_GROUP
        for column, left, width in columns:
            if column is _NAME:  # a symbol that is too long ends here
                painter.fillRect(left, top, width, height, fill)
            box = (left, top, width - RIGHT_INSET if column is self.last else width, height)
            if column is _BELL:
                self._lead(painter, box, node, look)
            elif headless:
                self._cell(painter, box, column, node, cells[column], selected=look.selected)
        if node.group:
            if node.kind is NodeKind.PRIVATE_GROUP:
                self._private_head(painter, (0, top, end, height), cells[Column.SYMBOL].text)
            if top > 0:  # else the line of the column heads is right above
                paint.hairline(painter, QRect(0, top, end, 1), theme.line)
            below = look.expanded and node.children
            if below or node is self._list.groups[-1]:  # else the next head has a line
                paint.hairline(painter, QRect(0, top + height - 1, end, 1), theme.line)

    def _fill(self, node: Node, look: RowLook) -> QColor:
        theme = current_theme()
        if look.selected:
            return theme.selected
        if look.hovered:
            return theme.hover
        return theme.raised if node.group else theme.panel

    def _lead(self, painter: QPainter, box: Box, node: Node, look: RowLook) -> None:
        """Paint the bar of a selected row, and its bell or a group's caret."""
        left, top, _, height = box
        theme = current_theme()
        if look.selected:
            bar = theme.you if look.active else theme.line2
            painter.fillRect(left, top, 2, height, bar)
        centre, middle = left + LEFT_INSET + px(10), _middle(box)
        if node.group:
            name = "caret-down" if look.expanded else "caret-right"
            self._glyph(painter, name, theme.t3, centre, middle)
        elif node.bell is not Bell.NONE:
            self._glyph(painter, node.bell.value, theme.you, centre, middle)

    def _private_head(self, painter: QPainter, box: Box, title: str) -> None:
        """Paint the first group's head over the whole width: its name, and what its percent means."""
        left, top, width, height = box
        begin = left + LEFT_INSET + px(20)
        self._text(painter, (begin, top, width, height), title, Ink.T1, Role.STRONG)
        start = begin + self._advance(title, Role.STRONG) + 16
        room = left + width - RIGHT_INSET - start
        words = self._fit(
            translate("Watchlist", "average move of the listed names each is tied to"), room, Role.CAPTION
        )
        self._text(painter, (start, top, room, height), words, Ink.T3, Role.CAPTION, right=True)

    def _cell(
        self, painter: QPainter, box: Box, column: int, node: Node, cell: AnyCell, *, selected: bool
    ) -> None:
        left, top, width, height = box
        match cell:
            case Cell() if column not in _WORDED:  # most often
                self._number(painter, box, cell, flash=node.flash and column is _LAST)
            case SarCell():
                self._sar(painter, box, cell, selected=selected)
            case RangeCell():
                self._range(painter, (left + YEAR_INSET, top, width - YEAR_INSET - 2, height), cell)
            case PathCell():
                if node.kind is NodeKind.SHARE:
                    room = QRect(left + width - px(DAYS_ROOM), _middle(box) - 7, px(60), 16)
                    paint.sparkline(painter, room, cell.closes, current_theme())
            case BellCell():
                pass
            case Cell() if column is Column.CURRENCY:
                self._text(painter, (left + CURRENCY_INSET, top, 0, height), cell.text, cell.ink, cell.role)
            case Cell():
                self._name(painter, box, column, node, cell)

    def _range(self, painter: QPainter, box: Box, cell: RangeCell) -> None:
        """Paint where a price stands in its year, or the dash of a range that is not known."""
        theme = current_theme()
        if cell.place is not None:
            paint.range_mark(painter, QRect(*box), 0.0, 1.0, cell.place, theme.t2, theme)
        elif cell.text:
            left, top, width, height = box
            begin = left + width // 2 - self._advance(cell.text, Role.BODY) // 2
            self._text(painter, (begin, top, 0, height), cell.text, Ink.T3, Role.BODY)

    def _name(self, painter: QPainter, box: Box, column: int, node: Node, cell: Cell) -> None:
        """Paint symbol or name; a name without a symbol runs on through the name column."""
        if column == Column.SYMBOL:
            if (
                node.kind is NodeKind.SHARE
            ):  # any other name runs on through the next column and is painted there
                self._text(painter, box, cell.text, cell.ink, cell.role)
            return
        left, top, width, height = box
        end = left + width - _GAP - self.reach(node)
        if node.group and not node.children:  # what it says has the place of the price, too
            end += self.price_room or 0
        if node.kind is not NodeKind.SHARE:
            title = node.cells[Column.SYMBOL].text
            role = Role.STRONG if node.group else Role.SYMBOL
            begin = left - px(SYMBOL_WIDTH)
            whole = (begin, top, end - begin, height)
            self._text(painter, whole, self._fit(title, end - begin, role), Ink.T1, role)
            left = max(left, begin + self._advance(title, role) + 2 * _GAP)
        room = end - left
        text = cell.short if cell.short and room < px(_KIND_WIDTH) else cell.text
        if text and room > 0:
            shown = self._fit(text, room, cell.role)
            self._text(painter, (left, top, room, height), shown, cell.ink, cell.role)

    def reach(self, node: Node) -> int:
        """Return how far a long price with its mark reaches into the name beside it, in pixels."""
        cell = node.cells[_LAST]
        if self.price_room is None or node.kind is not NodeKind.SHARE or not isinstance(cell, Cell):
            return 0
        mark = 6 + px(11) if cell.mark is not _NO_MARK else 0
        box = 14 + self._advance(cell.box, Role.TINY) if cell.box else 0
        return max(self._advance(cell.text, cell.role) + max(mark, box) - self.price_room, 0)

    def _number(self, painter: QPainter, box: Box, cell: Cell, *, flash: bool) -> None:
        """Paint a right-aligned figure with its triangle, state mark, box or flash."""
        if not cell.text:
            return
        static, width, drop = self._laid_out(cell.text, cell.role)
        left, top, room, height = box
        left += room - width
        theme = current_theme()
        if flash:
            painter.fillRect(left - _GAP, top + 3, width + 2 * _GAP, height - 6, theme.flash)
        ink = self._inks[cell.ink]
        painter.setFont(self._fonts[cell.role])
        painter.setPen(ink)
        painter.drawStaticText(left, top + drop, static)
        middle = top + height // 2
        if cell.arrow:
            self._triangle(painter, left - _GAP - self._arrow_width, middle, cell)
        elif cell.mark is not _NO_MARK:
            trust = cell.mark in (Mark.STALE, Mark.WITHHELD)
            size = px(11)
            self._glyph(
                painter,
                cell.mark.value,
                theme.trust if trust else theme.t2,
                left - 6 - size // 2,
                middle,
            )
        elif cell.box:
            self._minutes(painter, left - 6, _middle(box), cell.box)

    def _triangle(self, painter: QPainter, left: int, middle: int, cell: Cell) -> None:
        paint.triangle(
            painter, left, middle, up=cell.arrow > 0, colour=self._inks[cell.ink], filled=not cell.hollow
        )

    def _minutes(self, painter: QPainter, right: int, middle: int, minutes: str) -> None:
        """Paint by how many minutes a price is delayed, in a small box."""
        width = self._advance(minutes, Role.TINY) + 8
        box = QRect(right - width, middle - 6, width, 14)
        theme = current_theme()
        painter.setPen(QPen(theme.line2, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 3, 3)
        painter.setPen(theme.t2)
        painter.setFont(self._fonts[Role.TINY])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), minutes)

    def _sar(self, painter: QPainter, box: Box, cell: SarCell, *, selected: bool) -> None:
        left, _, width, _ = box
        top, long = _middle(box) - 5, self._sar_width
        theme = current_theme()
        if cell.hatched:
            paint.hatch(painter, QRect(left + width - long, top, long, 11), theme)
            return
        bar = QRect(left + 8, top, long, 12)
        paint.sar_bar(painter, bar, cell.value, theme, on_selected=selected)
        self._text(painter, box, cell.text, cell.ink, cell.role, right=True)

    def _text(
        self, painter: QPainter, box: Box, text: str, ink: Ink, role: Role, *, right: bool = False
    ) -> None:
        """Write a text on the line of a row."""
        static, width, drop = self._laid_out(text, role)
        painter.setFont(self._fonts[role])
        painter.setPen(self._inks[ink])
        left, top, room, _ = box
        painter.drawStaticText(left + room - width if right else left, top + drop, static)

    def _glyph(self, painter: QPainter, name: str, colour: QColor, centre: int, middle: int) -> None:
        size = px(11)
        drawn = icons.pixmap(name, colour, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(centre - size // 2, middle - size // 2, drawn)

    def _laid_out(self, text: str, role: Role) -> tuple[QStaticText, int, int]:
        """Return a text ready to draw, its width, and how far below the top of a row it begins."""
        key = (text, role)
        known = self._texts.get(key)
        if known is None:
            if len(self._texts) > _REMEMBERED:
                self._texts.clear()
            static = QStaticText(text)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.prepare(QTransform(), self._fonts[role])
            metrics = self._metrics[role]
            baseline = (current_theme().row_height - metrics.height()) // 2 + metrics.ascent()
            drop = baseline - self._ascent(text, role)  # Korean letters have a taller ascent
            known = self._texts[key] = (static, metrics.horizontalAdvance(text), drop)
        return known

    def _ascent(self, text: str, role: Role) -> int:
        if not text or max(text) < _TALL_LETTERS:
            return self._metrics[role].ascent()
        layout = QTextLayout(text, self._fonts[role])
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_UNBROKEN)
        ascent = round(line.ascent())
        layout.endLayout()
        return ascent

    def _advance(self, text: str, role: Role) -> int:
        return self._laid_out(text, role)[1]

    def _fit(self, text: str, width: int, role: Role) -> str:
        """Return the text cut to a width, remembered."""
        key = (text, width, role)
        if key not in self._elided:
            if len(self._elided) > _REMEMBERED:
                self._elided.clear()
            self._elided[key] = self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, width)
        return self._elided[key]


def _middle(box: Box) -> int:
    """Return the row of pixels in the middle of a box, as ``QRect.center`` has it."""
    return box[1] + (box[3] - 1) // 2
