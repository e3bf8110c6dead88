"""The shares that a story touches: name, path, change, SAR and, with room, the abnormal move in columns."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.move import is_unusual
from stackwatch.ui.headlines.reached_shares import ReachedRow
from stackwatch.ui.kit.paint import figure, move, words
from stackwatch.ui.kit.row_list import ListRow, RowDelegate
from stackwatch.ui.kit.theme import Role, current_theme, px

_NAME, _CHANGE, _ABNORMAL, _SAR = 68, 66, 66, 42


class ReachedDelegate(RowDelegate):
    """Draws name, path, change, abnormal move and SAR; the paths of all rows begin at one place."""

    def __init__(self) -> None:
        super().__init__()
        self._longest = (0, 0)  # pixels of the longest name and path

    def measure(self, rows: Sequence[ReachedRow]) -> None:
        """Know the rows that are shown, for their common columns."""
        theme = current_theme()
        names, paths = QFontMetrics(theme.font(Role.SYMBOL)), QFontMetrics(theme.font())
        longest = max((names.horizontalAdvance(row.name) for row in rows), default=0)
        self._longest = longest, max((paths.horizontalAdvance(row.path) for row in rows), default=0)

    def figures(self, width: int) -> tuple[int, int]:
        """Return where change and abnormal move end: at one place where the latter would cut a path."""
        change, abnormal = width - px(_SAR + _ABNORMAL), width - px(_SAR)
        needed = px(4) + min(px(_NAME), self._longest[0] + 2) + px(10) + self._longest[1]
        return (abnormal if change - px(_CHANGE) < needed else change), abnormal

    def columns(self, rect: QRect) -> tuple[QRect, QRect]:
        """Return where name and path of a row stand: the name gives way, so that every path is whole."""
        end = self.figures(rect.right() + 1)[0] - px(_CHANGE)
        longest, left = self._longest[0] + 2, end - px(14) - self._longest[1]
        wide = max(min(px(_NAME), longest), min(max(px(_NAME), longest), left))
        name = QRect(px(4), rect.top(), wide, rect.height())
        begin = name.right() + px(10)
        return name, QRect(begin, rect.top(), end - begin, rect.height())

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a share."""
        assert isinstance(row, ReachedRow)
        theme = current_theme()
        top, height, right = rect.top(), rect.height(), rect.right() + 1
        change, abnormal = self.figures(right)
        name, path = self.columns(rect)
        words(painter, name, row.name, theme.t1, theme.font(Role.SYMBOL))
        words(painter, path, row.path, theme.t2, theme.font())
        move(painter, QRect(0, top, change, height), row.move, row.move_text, theme)
        unusual = is_unusual(row.sar)
        ink = theme.direction(row.sar) if unusual else theme.t2
        font = theme.font(Role.STRONG if unusual else Role.BODY)
        if change < abnormal:
            figure(painter, QRect(0, top, abnormal, height), row.abnormal_text, ink, font)
        figure(painter, QRect(0, top, abnormal + px(_SAR - 2), height), row.sar_text, ink, font)


class ReachedHead(QWidget):
    """The title of the shares, and the heads over their figures."""

    def __init__(self, cells: ReachedDelegate) -> None:
        super().__init__()
        self._cells = cells
        self._title, self._heads = "", ("", "", "")

    def put(self, title: str, heads: tuple[str, str, str]) -> None:
        """Say what the shares and their figures are."""
        self._title, self._heads = title, heads
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row."""
        return QSize(0, current_theme().row_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw title and heads, none over the title."""
        painter, theme = QPainter(self), current_theme()
        words(painter, self.rect(), self._title, theme.t1, theme.font(Role.STRONG))
        change, abnormal = self._cells.figures(self.width())
        ends = [(change, self._heads[0]), (self.width() - 2, self._heads[2])]
        if change < abnormal:
            ends.append((abnormal, self._heads[1]))
        titled = QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance(self._title) + px(6)
        caption = QFontMetrics(theme.font(Role.CAPTION))
        for end, head in ends:
            if end - caption.horizontalAdvance(head) >= titled:
                figure(painter, QRect(0, 0, end, self.height()), head, theme.t3, theme.font(Role.CAPTION))
