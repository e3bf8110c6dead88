"""The table of alerts: its columns, its keys and the actions of a row."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from stackwatch.ui.alerts.inbox_delegate import Action, ColumnHeads, InboxDelegate, action_at
from stackwatch.ui.alerts.inbox_model import Column, InboxModel
from stackwatch.ui.kit.row_list import empty_state, show_current
from stackwatch.ui.kit.theme import Theme

_STATE_SHARE, _WIDEST_STATE = 0.16, 240
_OTHERS = 68  # percent that subject, rule and state have of the words at most; the rest is what was found
_WIDTHS = {
    Column.SEVERITY: 30,
    Column.TIME: 56,
    Column.SUBJECT: 220,
    Column.MOVE: 84,
    Column.SAR: 104,
    Column.RULE: 170,
    Column.STATE: 130,
    Column.ACTIONS: 86,
}


class InboxView(QTableView):
    """The table; its keys and row actions speak of alert ids."""

    asked = Signal(str, int)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, model: InboxModel, delegate: InboxDelegate, head: ColumnHeads) -> None:
        super().__init__()
        self._delegate = delegate
        self._inbox = model
        self.empty_words = ""
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setHorizontalHeader(head)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._open)
        self.set_theme(delegate.theme)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._delegate.theme = theme
        head = self.horizontalHeader()
        assert isinstance(head, ColumnHeads)
        head.theme = theme
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, theme.panel)
        self.setPalette(palette)
        self.verticalHeader().setMinimumSectionSize(theme.row_height)
        self.verticalHeader().setDefaultSectionSize(theme.row_height)
        head.setMinimumSectionSize(10)
        for column in Column:
            if column in _WIDTHS:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, theme.px(_WIDTHS[column]))
        head.setSectionResizeMode(Column.FOUND, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns of words what the window has for them."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the state its reason's room, and what was found at least as much as the others."""
        px, width = self._delegate.theme.px, self.viewport().width()
        wanted = {column: px(_WIDTHS[column]) for column in (Column.SUBJECT, Column.RULE, Column.STATE)}
        share = round(width * _STATE_SHARE)
        wanted[Column.STATE] = max(wanted[Column.STATE], min(share, px(_WIDEST_STATE)))
        figures = sum(px(_WIDTHS[column]) for column in _WIDTHS if column not in wanted)
        room = (width - figures) * _OTHERS // 100
        taken = sum(wanted.values())
        for column, most in wanted.items():
            self.setColumnWidth(column, min(most, most * max(room, 0) // taken))

    def current_id(self) -> str | None:
        """Return the id of the current alert."""
        index = self.currentIndex()
        return self._inbox.row(index.row()).key if index.isValid() else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        show_current(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, snooze with S, mark seen with Space."""
        keys = {
            Qt.Key.Key_Return: Action.OPEN,
            Qt.Key.Key_Enter: Action.OPEN,
            Qt.Key.Key_S: Action.SNOOZE,
            Qt.Key.Key_Space: Action.SEEN,
        }
        action, alert_id = keys.get(Qt.Key(event.key())), self.current_id()
        if action is None or alert_id is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.asked.emit(alert_id, action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            below = self.viewport().mapToGlobal(self.visualRect(index.siblingAtColumn(1)).bottomLeft())
            self.menu_wanted.emit(self._inbox.row(index.row()).key, below if by_key else event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the pointer."""
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        self._hover(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what the clicked action icon stands for."""
        super().mouseReleaseEvent(event)
        point: QPoint = event.position().toPoint()
        index = self.indexAt(point)
        if (
            not index.isValid()
            or index.column() != Column.ACTIONS
            or event.button() != Qt.MouseButton.LeftButton
        ):
            return
        action = action_at(self.visualRect(index), point.x())
        if action is not None:
            self.asked.emit(self._inbox.row(index.row()).key, action)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or the sentence that stands for them."""
        super().paintEvent(event)
        if self._inbox.rowCount() == 0:
            painter = QPainter(self.viewport())
            ground, theme = self.viewport().rect(), self._delegate.theme
            empty_state(painter, ground, "bell", self.empty_words, theme, focused=self.hasFocus())
            painter.end()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hover_row:
            self._delegate.hover_row = row
            self.viewport().update()

    def _open(self) -> None:
        alert_id = self.current_id()
        if alert_id is not None:
            self.asked.emit(alert_id, Action.OPEN)
