"""The inbox: the record of everything that fired, also while popups were silenced."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from stackwatch.domain.alert import Alert, AlertState
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    AwayDigest,
    ClockTicked,
    Event,
    WatchlistChanged,
)
from stackwatch.domain.market import MarketClock
from stackwatch.domain.watchlist import Ecosystem, Language, Layer
from stackwatch.engine.commands import Commands
from stackwatch.ui.alerts.alert_menu import alert_menu
from stackwatch.ui.alerts.digest_dialog import DigestDialog
from stackwatch.ui.alerts.inbox_delegate import Action, ColumnHeads, InboxDelegate, action_at
from stackwatch.ui.alerts.inbox_head import InboxHead
from stackwatch.ui.alerts.inbox_model import Column, Filter, InboxModel, Sieve
from stackwatch.ui.alerts.snooze_menu import snooze_sections
from stackwatch.ui.kit.row_list import empty_state
from stackwatch.ui.kit.theme import Theme
from stackwatch.ui.snapshot import Snapshot

SNOOZE = timedelta(hours=1)
Exporter = Callable[[Path, Sequence[Alert]], str | None]
"""Writes alerts to a file by its name; returns why it could not, if so."""
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
            empty_state(painter, self.viewport().rect(), "bell", self.empty_words, self._delegate.theme)
            painter.end()

    def _hover(self, row: int) -> None:
        if row != self._delegate.hover_row:
            self._delegate.hover_row = row
            self.viewport().update()

    def _open(self) -> None:
        alert_id = self.current_id()
        if alert_id is not None:
            self.asked.emit(alert_id, Action.OPEN)


class InboxPanel(QWidget):
    """The list of alerts with its filters.

    ``exporter`` writes alerts to a file, on a thread that may wait; without one there is no export.
    ``said`` says that it did, or why it could not.
    """

    entity_activated = Signal(str)
    alert_activated = Signal(str)
    rule_requested = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        ecosystem: Ecosystem,
        commands: Commands,
        theme: Theme,
        language: Language,
        parent: QWidget | None = None,
        *,
        layers: Sequence[Layer] = (),
    ) -> None:
        super().__init__(parent)
        self._ecosystem, self._commands, self._theme = ecosystem, commands, theme
        self._language = language
        self._snapshot = Snapshot(ecosystem)
        self._day = ""
        self._markets: tuple[MarketClock, ...] = ()
        self._digest: AwayDigest | None = None
        self._marked: tuple[str, ...] = ()
        self.digest_dialog: DigestDialog | None = None
        self.exporter: Exporter | None = None
        self.model = InboxModel(ecosystem, language, self)
        self.view = InboxView(self.model, InboxDelegate(theme, self), ColumnHeads(theme))
        self.view.asked.connect(self._do)
        self.view.menu_wanted.connect(lambda alert_id, place: self.row_menu(alert_id).popup(place))
        self.head = InboxHead(layers, theme, language)
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.view)
        self._name_parts()

    def _connect(self) -> None:
        head = self.head
        head.sieve_changed.connect(self._choose)
        head.digest_requested.connect(self.show_digest)
        head.all_seen.connect(self._see_all)
        head.seen_undone.connect(self._undo_seen)
        head.export_requested.connect(self._ask_export)
        head.close_requested.connect(self.hide)

    def sizeHint(self) -> QSize:
        """Return the height at which five alerts are seen."""
        return QSize(800, self._theme.px(170))

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        self._snapshot.apply(event)
        now = self._snapshot.now
        match event:
            case AlertsLoaded(alerts=alerts):
                self.model.load(alerts, now)
            case AlertRaised(alert=alert) | AlertUpdated(alert=alert):
                self.model.put(alert, now)
            case WatchlistChanged():
                self.head.follow(event.watchlist.layers)
            case AwayDigest():
                self._digest = event
            case ClockTicked():
                self._markets = event.markets
                day = f"{now:%Y%j%H}"
                if day == self._day:
                    return
                self._day = day
                self.model.load(self._snapshot.alerts.values(), now)
            case _:
                return
        self._name_parts()

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes."""
        self._theme = theme
        self.view.set_theme(theme)
        self.head.set_theme(theme)
        self._name_parts()
        self.update()

    def set_language(self, language: Language) -> None:
        """Use another language."""
        self._language = language
        self.model.set_language(language, self._snapshot.now)
        self._name_parts()

    def select_alert(self, alert_id: str) -> None:
        """Make an alert the current row."""
        for place in range(self.model.rowCount()):
            if self.model.row(place).key == alert_id:
                self.view.setCurrentIndex(self.model.index(place, 0))

    def row_menu(self, alert_id: str) -> QMenu:
        """Build the menu of an alert."""
        alert = self._snapshot.alerts[alert_id]
        spans = snooze_sections(alert, self._snapshot.now, self._markets, self._ecosystem, self._language)
        return alert_menu(
            self,
            alert,
            spans[0].choices,
            self._ecosystem,
            self._language,
            do=partial(self._do, alert_id),
            snooze=lambda span: self._commands.snooze(alert_id, span.until),
            edit=lambda: self.rule_requested.emit(alert.rule_id),
        )

    def show_digest(self) -> None:
        """Show what fired while nobody looked."""
        if self._digest is None:
            return
        dialog = DigestDialog(
            self._digest, self._ecosystem, self._theme, self._language, self._snapshot.now, self.window()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.alert_opened.connect(lambda key: self._do(key, Action.OPEN))
        self.digest_dialog = dialog
        dialog.open()

    def export(self, path: Path) -> None:
        """Write the alerts that are shown, on a thread of its own."""
        exporter, alerts = self.exporter, self.model.shown()
        if exporter is None:
            return
        done = self.tr("Alerts written to {file}: {count}").format(file=path, count=len(alerts))

        def write() -> None:
            self.said.emit(exporter(path, alerts) or done)

        QThreadPool.globalInstance().start(write)

    def _name_parts(self) -> None:
        self.head.put(self.model, self._language, missed=self._digest is not None)
        self.head.export.setVisible(self.exporter is not None)
        self.view.setAccessibleName(self.tr("Alerts"))
        if self.head.sieve.narrows:
            self.view.empty_words = self.tr("No alert matches")
        elif self.head.sieve.state is Filter.ALL:
            self.view.empty_words = self.tr("Nothing has fired yet. Every alert is kept here, shown or not")
        else:
            self.view.empty_words = self.tr("No alert in this state")

    def _choose(self, sieve: Sieve) -> None:
        self.model.show(sieve, self._snapshot.now)
        self._name_parts()

    def _see_all(self) -> None:
        self._marked = self.model.unread()
        for alert_id in self._marked:
            self._commands.mark_seen(alert_id)

    def _undo_seen(self) -> None:
        for alert_id in self._marked:
            self._commands.mark_new(alert_id)
        self._marked = ()

    def _ask_export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export these alerts"), "alerts.csv", "CSV (*.csv);;JSON (*.json)"
        )
        if chosen:
            self.export(Path(chosen))

    def _do(self, alert_id: str, action: int) -> None:
        alert = self._snapshot.alerts[alert_id]
        match Action(action):
            case Action.SNOOZE:
                self._commands.snooze(alert_id, self._snapshot.now + SNOOZE)
            case Action.SEEN:
                self._commands.mark_seen(alert_id)
            case Action.OPEN:
                if alert.state is AlertState.NEW:
                    self._commands.mark_seen(alert_id)
                self.alert_activated.emit(alert_id)
                if self._snapshot.knows(alert.subject):
                    self.entity_activated.emit(alert.subject)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.panel)
        painter.fillRect(QRect(0, 0, self.width(), 1), self._theme.line2)
        painter.end()
