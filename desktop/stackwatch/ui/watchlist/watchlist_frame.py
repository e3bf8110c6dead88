"""What stands around the rows of the list: heads of columns, a thin scroll bar, the height of a row."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_painter import CURRENCY_INSET, DAYS_ROOM, RIGHT_INSET, YEAR_INSET
from stackwatch.ui.watchlist.watchlist_sort import Sort

_HEAD_HEIGHT = 24
_INSETS = {
    Column.YEAR: YEAR_INSET,
    Column.DAY: YEAR_INSET,
    Column.CURRENCY: CURRENCY_INSET,
}
_Index = QModelIndex | QPersistentModelIndex


class ColumnHeads(QHeaderView):
    """The heads of the columns, aligned with their cells."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(8)
        self.last = Column.NEWS
        self._pressed = -1  # the column under the pressed pointer
        self._line = -1  # where the dragged column would go
        self.leading: tuple[Column, ...] = ()  # the columns that stay first
        self.sort: Sort | None = None
        self.restyle()

    def restyle(self) -> None:
        """Be as high as the text needs."""
        self.setFixedHeight(px(_HEAD_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one head."""
        theme = current_theme()
        painter.fillRect(rect, theme.panel)
        paint.hairline(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line)
        column = Column(section)
        room = rect.adjusted(_INSETS.get(column, 0), 0, -RIGHT_INSET if column is self.last else 0, 0)
        if column is Column.DAYS:
            room.setLeft(room.right() + 1 - px(DAYS_ROOM))
        role = Qt.ItemDataRole
        text = str(self.model().headerData(section, self.orientation(), role.DisplayRole) or "")
        side = cast(
            "Qt.AlignmentFlag", self.model().headerData(section, self.orientation(), role.TextAlignmentRole)
        )
        sorted_by = self.sort is not None and self.sort.column is column
        painter.setFont(theme.font(Role.CAPTION))
        painter.setPen(theme.t1 if sorted_by else theme.t3)
        flags = int(side) | int(Qt.TextFlag.TextSingleLine) | int(Qt.TextFlag.TextDontClip)
        painter.drawText(room, flags, text)
        if sorted_by and self.sort is not None:
            self._mark(painter, room, text, right=bool(side & Qt.AlignmentFlag.AlignRight))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which column may be dragged."""
        self._pressed = self.logicalIndexAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a dragged column would go, and where it cannot."""
        super().mouseMoveEvent(event)
        dragged = bool(event.buttons() & Qt.MouseButton.LeftButton)
        dragged = dragged and self.cursor().shape() is not Qt.CursorShape.SplitHCursor
        self._set_line(self._goal(round(event.position().x())) if dragged else -1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of a column."""
        super().mouseReleaseEvent(event)
        self._pressed = -1
        self._set_line(-1)

    def _goal(self, x: int) -> int:
        """Return the edge at which a column dragged to ``x`` would stand; -1 where it stays."""
        over = self.logicalIndexAt(x, 0)
        if over < 0 or self._pressed < 0 or over == self._pressed:
            return -1
        if {Column(over), Column(self._pressed)} & set(self.leading):
            return -1
        left, size = self.sectionViewportPosition(over), self.sectionSize(over)
        right = self.visualIndex(over) > self.visualIndex(self._pressed)
        beyond = x > left + size / 2 if right else x < left + size / 2
        edge = self._beside(over, -1 if right else 1) if not beyond else over
        if edge == self._pressed:
            return -1
        return self.sectionViewportPosition(edge) + (self.sectionSize(edge) if right else 0)

    def _beside(self, section: int, step: int) -> int:
        """Return the shown column next to one, on the side of the dragged one."""
        place = self.visualIndex(section) + step
        while self.isSectionHidden(self.logicalIndex(place)):
            place += step
        return self.logicalIndex(place)

    def _set_line(self, at: int) -> None:
        if at != self._line:
            self._line = at
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heads, and the line where a dragged column would go."""
        super().paintEvent(event)
        if self._line >= 0:
            painter = QPainter(self.viewport())
            left = min(max(self._line - 1, 0), self.width() - 2)
            painter.fillRect(left, 0, 2, self.height(), current_theme().you)

    def _mark(self, painter: QPainter, room: QRect, text: str, *, right: bool) -> None:
        """Draw which way the rows are sorted, beside the head."""
        width = painter.fontMetrics().horizontalAdvance(text)
        left = room.right() + 1 - width - px(paint.TRIANGLE) - 3 if right else room.left() + width + 4
        rising = self.sort is not None and not self.sort.descending
        paint.triangle(
            painter, left, room.center().y() + 2, up=rising, colour=current_theme().t1, filled=True
        )


class OverlayBar(QScrollBar):
    """A scroll bar over the right inset, so that showing it moves no column."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._followed = view.verticalScrollBar()
        self._followed.rangeChanged.connect(self._follow)
        self._followed.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._followed.setValue)
        self._follow()

    def _follow(self) -> None:
        self.setRange(self._followed.minimum(), self._followed.maximum())
        self.setPageStep(self._followed.pageStep())
        self.setVisible(self._followed.maximum() > 0)


class SidewaysBar(QScrollBar):
    """A scroll bar along the foot for columns out of view; a place of it is a column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setPageStep(1)
        self.hide()

    def follow(self, first: int, most: int) -> None:
        """Stand where the columns are."""
        self.setRange(0, most)
        self.setValue(first)
        self.setVisible(most > 0)


class RowHeight(QStyledItemDelegate):
    """Gives every row one height; the view paints the rows itself."""

    height = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the one height of every row."""
        return QSize(0, self.height)
