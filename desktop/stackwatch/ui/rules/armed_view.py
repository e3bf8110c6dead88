"""The table of armed rules as it is drawn and walked."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from stackwatch.domain.armed import RuleStanding
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.keys import takes_out
from stackwatch.ui.kit.menus import row_asked
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_table import RowTable, TableDelegate, TableHead
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.timers import every
from stackwatch.ui.rules.armed_model import ArmedColumn, ArmedModel, Key, RowText

_WIDTHS = {
    ArmedColumn.BELL: 30,
    ArmedColumn.SUBJECT: 230,
    ArmedColumn.RULE: 200,
    ArmedColumn.TRIGGER: 116,
    ArmedColumn.NOW: 100,
    ArmedColumn.DISTANCE: 100,
    ArmedColumn.BAR: 200,
    ArmedColumn.ENDS: 104,
}
_NARROW_WIDTHS = {
    ArmedColumn.SUBJECT: 190,
    ArmedColumn.RULE: 170,
    ArmedColumn.TRIGGER: 110,
    ArmedColumn.NOW: 84,
    ArmedColumn.BAR: 150,
}
_STATUS = 200  # below which the bar gives way to the words
_LEAST_STATUS = 84  # below which the table is wider than its place
_NARROW = 1400
_ROW = 24
_BAR = 120
_GAP = 20  # before what stands left of a right-aligned figure
_RIGHT = (ArmedColumn.TRIGGER, ArmedColumn.NOW, ArmedColumn.DISTANCE, ArmedColumn.ENDS)
_SORT_MS = 1000
_QUIET = (RuleStanding.OFF, RuleStanding.EXPIRED)


class ArmedDelegate(TableDelegate):
    """Draws one cell."""

    def draw_cell(self, painter: QPainter, rect: QRect, row: object, column: int, *, busy: bool) -> None:
        """Draw the content of a cell."""
        assert isinstance(row, RowText)
        theme = current_theme()
        quiet = row.row.standing in _QUIET
        font, ink = theme.font(), theme.t3 if quiet else theme.t2
        match ArmedColumn(column):
            case ArmedColumn.BELL:
                colour = theme.t3 if quiet or row.waits_for_market else theme.you
                colour = theme.trust if row.doubtful else colour
                draw_icon(painter, row.bell, colour, rect.adjusted(px(4), 0, 0, 0), px(12))
            case ArmedColumn.SUBJECT:
                room = rect.adjusted(px(4), 0, -px(8), 0)
                end = words(
                    painter, room, row.subject, theme.t3 if quiet else theme.t1, theme.font(Role.SYMBOL)
                )
                left = QRect(end + px(5), rect.top(), rect.right() - px(8) - end - px(5), rect.height())
                if left.width() > px(16):
                    words(painter, left, row.what, ink, font)
            case ArmedColumn.BAR:
                self._draw_bar(painter, rect, row, theme.band2 if busy else theme.band)
            case ArmedColumn.STATUS:
                told = theme.trust if row.doubtful else ink
                words(painter, rect.adjusted(0, 0, -px(8), 0), row.status, told, font)
            case ArmedColumn.NOW | ArmedColumn.DISTANCE as shown:
                asleep = row.row.standing is RuleStanding.NO_DATA
                known = not quiet and not asleep and row.row.value is not None
                fired = row.row.standing is RuleStanding.FIRED and shown is ArmedColumn.DISTANCE
                face = theme.font(Role.STRONG if fired else Role.SYMBOL) if known or fired else font
                figure(painter, rect, row.cell(shown), theme.t1 if known or fired else theme.t3, face)
            case ArmedColumn.TRIGGER:
                figure(painter, rect, row.trigger, ink, font)
            case ArmedColumn.ENDS:
                figure(painter, rect.adjusted(0, 0, -px(10), 0), row.ends, ink, font)
            case _:
                words(painter, rect.adjusted(0, 0, -px(8), 0), row.rule, ink, font)

    def _draw_bar(self, painter: QPainter, rect: QRect, row: RowText, ground: QColor) -> None:
        """Draw how far a value is to its trigger, and the trigger."""
        theme = current_theme()
        if rect.width() <= px(_GAP):
            return
        track = QRect(rect.left() + px(_GAP), rect.center().y() - 1, px(_BAR), 4)
        painter.fillRect(track, ground)
        if row.near is None:
            return
        painter.fillRect(QRect(track.left(), track.top(), round(track.width() * row.near), 4), theme.t2)
        painter.fillRect(QRect(track.right() - 1, track.top() - 3, 2, 10), theme.you)


class _Head(TableHead):
    def draw_label(self, painter: QPainter, rect: QRect, section: int, label: str) -> None:
        """Draw the name of a column; none over the bar that gave way."""
        theme = current_theme()
        font, column = theme.font(Role.CAPTION), ArmedColumn(section)
        if column is ArmedColumn.BAR and rect.width() <= px(_GAP):
            return
        if column in _RIGHT:
            end = px(10) if column is ArmedColumn.ENDS else 0
            figure(painter, rect.adjusted(0, 0, -end, 0), label, theme.t3, font)
        else:
            left = {ArmedColumn.SUBJECT: px(4), ArmedColumn.BAR: px(_GAP)}.get(column, 0)
            words(painter, rect.adjusted(left, 0, 0, 0), label, theme.t3, font)


class ArmedView(RowTable):
    """The table; it sorts itself once a second unless somebody points at it, scrolls or has its menu open."""

    chosen = Signal(str, str)
    menu_wanted = Signal(str, str, QPoint)
    delete_wanted = Signal(str)

    def __init__(self, model: ArmedModel) -> None:
        self._head = _Head()
        self._head.setMinimumSectionSize(10)
        super().__init__(model, ArmedDelegate(), self._head)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(RowTable.ScrollMode.ScrollPerPixel)
        self._armed = model
        self.held = False
        self.clicked.connect(lambda index: self._choose(index.row()))
        self._sorter = every(self, _SORT_MS, self._sort)
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.set_row_height(px(_ROW))
        self._size_columns()

    def watch(self, *, shown: bool) -> None:
        """Sort while the table is looked at."""
        if shown:
            self._sorter.start()
        else:
            self._sorter.stop()

    def key(self) -> Key | None:
        """Return which rule and subject the current row is about."""
        index = self.currentIndex()
        return self._armed.row(index.row()).key if index.isValid() else None

    def _sort(self) -> None:
        if not (self.pointed or self.held or self.verticalScrollBar().isSliderDown()):
            self._armed.sort_nearest()

    def _choose(self, place: int) -> None:
        self.chosen.emit(*self._armed.row(place).key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit with Enter, delete with Del."""
        key = self.key()
        if key is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(*key)
        elif key is not None and takes_out(event.key()):
            self.delete_wanted.emit(key[0])
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a rule."""
        index, place = row_asked(self, event)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(*self._armed.row(index.row()).key, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns less where there is less."""
        super().resizeEvent(event)
        self._size_columns()

    def _size_columns(self) -> None:
        narrow = self.width() < px(_NARROW)
        head = self.horizontalHeader()
        for column, width in (_WIDTHS | (_NARROW_WIDTHS if narrow else {})).items():
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, px(width))
        taken = sum(self.columnWidth(column) for column in ArmedColumn if column is not ArmedColumn.STATUS)
        if self.width() - taken < px(_STATUS):
            taken += px(_GAP) - self.columnWidth(ArmedColumn.BAR)
            self.setColumnWidth(ArmedColumn.BAR, px(_GAP))
        wide = self.width() - taken < px(_LEAST_STATUS)
        modes = head.ResizeMode
        head.setSectionResizeMode(ArmedColumn.STATUS, modes.Fixed if wide else modes.Stretch)
        if wide:
            self.setColumnWidth(ArmedColumn.STATUS, px(_STATUS))
