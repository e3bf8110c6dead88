"""The table of alerts: its columns, its keys and the actions of a row."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from stackwatch.domain.alert import Alert
from stackwatch.ui.alerts.inbox_delegate import AlertHead, InboxDelegate, RowAction, action_at
from stackwatch.ui.alerts.inbox_model import InboxColumn, InboxModel
from stackwatch.ui.kit.menus import row_asked
from stackwatch.ui.kit.row_table import RowTable
from stackwatch.ui.kit.theme import current_theme, px

_STATE_SHARE, _WIDEST_STATE = 0.145, 240
_SUBJECT_SHARE, _WIDEST_SUBJECT = 0.12, 300
_OTHERS, _TWO = 68, 52  # percent that subject, state and rule, or no rule, have of the words at most
_WORDS = (InboxColumn.SUBJECT, InboxColumn.RULE, InboxColumn.STATE)
_ALL_WORDS = 480  # below it four columns of words are all cut
_WIDTHS = {
    InboxColumn.SEVERITY: 30,
    InboxColumn.TIME: 74,
    InboxColumn.SUBJECT: 244,
    InboxColumn.MOVE: 84,
    InboxColumn.SAR: 104,
    InboxColumn.RULE: 170,
    InboxColumn.STATE: 206,
    InboxColumn.ACTIONS: 86,
}


class InboxView(RowTable):
    """The table; its keys and row actions speak of alert ids, ``walked`` of the row that a user went to.

    ``words`` tells an alert as text.
    """

    asked = Signal(str, int)
    walked = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self, model: InboxModel, delegate: InboxDelegate, head: AlertHead, words: Callable[[Alert], str]
    ) -> None:
        super().__init__(model, delegate, head)
        self._inbox = model
        self._words = words
        self._head = head
        self.doubleClicked.connect(self._open)
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.set_row_height(current_theme().row_height)
        self._head.setMinimumSectionSize(10)
        for column in InboxColumn:
            if column in _WIDTHS:
                self._head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(column, px(_WIDTHS[column]))
        self._head.setSectionResizeMode(InboxColumn.FOUND, QHeaderView.ResizeMode.Stretch)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns of words what the window has for them."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give state and subject the room of their words, and what was found as much as the others.

        Where all of it has little room the rule, which says least of what happened, is left to the tip.
        """
        width = self.viewport().width()
        figures = sum(px(_WIDTHS[column]) for column in _WIDTHS if column not in _WORDS)
        spare = width - figures >= px(_ALL_WORDS)
        self.setColumnHidden(InboxColumn.RULE, not spare)
        wanted = {column: px(_WIDTHS[column]) for column in _WORDS if spare or column is not InboxColumn.RULE}
        for column, share, widest in (
            (InboxColumn.STATE, _STATE_SHARE, _WIDEST_STATE),
            (InboxColumn.SUBJECT, _SUBJECT_SHARE, _WIDEST_SUBJECT),
        ):
            wanted[column] = max(wanted[column], min(round(width * share), px(widest)))
        room = (width - figures) * (_OTHERS if spare else _TWO) // 100
        taken = sum(wanted.values())
        for column, most in wanted.items():
            self.setColumnWidth(column, min(most, most * max(room, 0) // taken))

    def holding(self, change: Callable[[], None]) -> None:
        """Let a change move no row that is in sight, unless the newest are."""
        bar, row = self.verticalScrollBar(), self.rowAt(0)
        if not bar.value() or row < 0:
            change()
            return
        top, shift = self._inbox.shown()[row].id, self.rowViewportPosition(row)
        change()
        if (place := self._inbox.place_of(top)) is not None:
            self.updateGeometries()
            bar.setValue(place * self.rowHeight(place) - shift)

    def current_id(self) -> str | None:
        """Return the id of the current alert."""
        index = self.currentIndex()
        return self._inbox.row(index.row()).key if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, snooze with S, mark seen with Space."""
        keys = {
            Qt.Key.Key_Return: RowAction.OPEN,
            Qt.Key.Key_Enter: RowAction.OPEN,
            Qt.Key.Key_S: RowAction.SNOOZE,
            Qt.Key.Key_Space: RowAction.SEEN,
        }
        action, alert_id = keys.get(Qt.Key(event.key())), self.current_id()
        if action is None or alert_id is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            if (gone_to := self.current_id()) not in (None, alert_id):
                self.walked.emit(gone_to)
            return
        self.asked.emit(alert_id, action)

    def keyboardSearch(self, _text: str) -> None:
        """Leave a letter alone: Qt would word every alert to find one whose severity begins with it."""

    def copied(self, row: int) -> str:
        """Return an alert in the words that its menu copies."""
        return self._words(self._inbox.row(row).alert)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row under the pointer, or of the current one."""
        index, place = row_asked(self, event)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self._inbox.row(index.row()).key, place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the clicked row, or do what the clicked action icon stands for."""
        super().mouseReleaseEvent(event)
        point: QPoint = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        alert_id = self._inbox.row(index.row()).key
        if index.column() != InboxColumn.ACTIONS:
            self.walked.emit(alert_id)
        elif (action := action_at(self.visualRect(index), point.x())) is not None:
            self.asked.emit(alert_id, action)

    def _open(self) -> None:
        alert_id = self.current_id()
        if alert_id is not None:
            self.asked.emit(alert_id, RowAction.OPEN)
