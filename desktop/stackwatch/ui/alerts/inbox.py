"""The inbox: the record of everything that fired, also while popups were silenced."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.alert import Alert, AlertState, SnoozeScope, silent_until, snoozes_of, snoozes_of_name
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    AwayDigest,
    ClockTicked,
    Event,
    HealthChanged,
)
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import wording
from stackwatch.domain.words.alert_words import told_in, told_story
from stackwatch.domain.words.format import local_days, zoned_clock
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.alerts.alert_menu import alert_menu, alert_text
from stackwatch.ui.alerts.digest import digest_title
from stackwatch.ui.alerts.digest_dialog import DigestDialog
from stackwatch.ui.alerts.inbox_delegate import AlertHead, InboxDelegate, RowAction
from stackwatch.ui.alerts.inbox_head import InboxHead
from stackwatch.ui.alerts.inbox_model import AlertCriteria, Filter, InboxModel, waiting_words
from stackwatch.ui.alerts.inbox_view import InboxView
from stackwatch.ui.alerts.snooze_menu import snooze_sections
from stackwatch.ui.kit.background import in_background
from stackwatch.ui.kit.dim_overlay import open_over
from stackwatch.ui.kit.file_place import ask_to_save
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.row_list import choose_quietly
from stackwatch.ui.kit.theme import px
from stackwatch.ui.snapshot import Snapshot

SNOOZE = timedelta(hours=1)
_DAY = timedelta(days=1)
Exporter = Callable[[Path, Sequence[Alert]], str | None]
"""Writes alerts to a file by its name; returns why it could not, if so."""


class InboxPanel(LinedPanel):
    """The list of alerts with its filters.

    ``exporter`` writes alerts to a file, on a thread that may wait; without one there is no export.
    ``said`` says that it did, or why it could not.
    """

    entity_activated = Signal(str)
    story_chosen = Signal(str, str)  # whom an alert is about, and its story, where that is all it says
    entity_wanted = Signal(str)  # whom the row is about that a user went to
    alert_activated = Signal(str)
    rule_requested = Signal(str, str)  # its id, and the subject of the alert
    said = Signal(object)  # Words
    snooze_ended = Signal(object, object, object)  # Words of a step, what makes it and what takes it back

    def __init__(
        self,
        ecosystem: Ecosystem,
        commands: Commands,
        watchlist: Watchlist,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Edge.TopEdge, parent, strong=True)
        self._ecosystem, self._commands = ecosystem, commands
        self._snapshot = Snapshot(ecosystem)
        self._days: tuple[date, ...] = ()
        self._digest: AwayDigest | None = None
        self._unread = False  # it was not opened yet
        self._marked: tuple[str, ...] = ()
        self._were_new: frozenset[str] = frozenset()
        self.digest_dialog: DigestDialog | None = None
        self.exporter: Exporter | None = None
        self.model = InboxModel(ecosystem, self)
        words = partial(alert_text, ecosystem=ecosystem)
        self.view = InboxView(self.model, InboxDelegate(), AlertHead(), words)
        self.view.asked.connect(self._do)
        self.view.walked.connect(self._follow)
        self.view.menu_wanted.connect(self.show_menu)
        self.head = InboxHead(watchlist)
        self._connect()
        vbox((self.head, self.view), margins=(0, 1, 0, 0), into=self)
        self._name_parts()

    def _connect(self) -> None:
        head = self.head
        head.criteria_changed.connect(self._choose)
        head.digest_requested.connect(self.show_digest)
        head.all_seen.connect(self._see_all)
        head.seen_undone.connect(self._undo_seen)
        head.export_requested.connect(self._ask_export)
        head.close_requested.connect(self.hide)

    def sizeHint(self) -> QSize:
        """Return the height at which five alerts are seen."""
        return QSize(800, px(170))

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        if isinstance(event, AlertsLoaded | AlertRaised | AlertUpdated | ClockTicked | HealthChanged):
            self._snapshot.apply(event)  # of what else is told nothing is asked here
        now = self._snapshot.now
        match event:
            case AlertsLoaded(alerts=alerts):
                self._keeping_the_row(lambda: self.model.load(alerts, now))
            case AlertRaised(alert=alert) | AlertUpdated(alert=alert):
                self.view.holding(lambda: self.model.put(alert, now))
            case WatchlistChanged():
                self.head.follow(event.watchlist)
            case AwayDigest():
                unread = self._digest if self._unread else None
                self._digest = event if unread is None else event.with_earlier(unread)
                self._unread = True
            case HealthChanged(health=health) if health.source == "store":
                self.view.viewport().update()
            case ClockTicked():
                days = local_days(now, current_zone())
                if days == self._days:
                    return
                self._days = days
                self.model.word_again(now)
            case _:
                return
        self._name_parts()

    def retranslate(self) -> None:
        """Word everything anew."""
        self.model.word_again(self._snapshot.now)
        self._name_parts()

    def select_alert(self, alert_id: str) -> None:
        """Make an alert the current row, also one that the filters hide, or will once it is seen."""
        if alert_id in self._snapshot.alerts and self.model.place_of(alert_id) is None:
            self.head.show_all()
        elif self.head.criteria.state is Filter.NEW:
            self.head.show_every_state()
        if (place := self.model.place_of(alert_id)) is not None:
            self.view.setCurrentIndex(self.model.index(place, 0))

    def open_noticed(self, alert_id: str) -> None:
        """Do what the popup does that the system told of: open an alert, or without an id read the digest."""
        if alert_id in self._snapshot.alerts:
            self._do(alert_id, RowAction.OPEN)
        elif not alert_id:
            self.show_digest()

    def show_menu(self, alert_id: str, place: QPoint) -> None:
        """Open the menu of an alert."""
        self.row_menu(alert_id).popup(place)

    def row_menu(self, alert_id: str) -> QMenu:
        """Build the menu of an alert."""
        alert = self._snapshot.alerts[alert_id]
        return alert_menu(
            self,
            alert,
            snooze_sections(alert, self._snapshot.now, self._snapshot.markets, self._ecosystem),
            self._ecosystem,
            do=partial(self._do, alert_id),
            snooze=lambda chosen: self._commands.snooze(alert_id, chosen.until, chosen.scope, chosen.name),
            edit=lambda: self.rule_requested.emit(alert.rule_id, alert.subject),
        )

    def show_digest(self) -> None:
        """Show what happened while nobody looked."""
        if self._digest is None:
            return
        self._unread = False
        dialog = DigestDialog(self._digest, self._ecosystem, self._snapshot.now, self.window())
        dialog.alert_opened.connect(lambda key: self._do(key, RowAction.OPEN))
        dialog.name_opened.connect(self.entity_activated)
        self.digest_dialog = dialog
        open_over(self.window(), dialog)

    def end_snoozes(self, rule_id: str, subject: str) -> None:
        """End the snoozes of alerts by which a rule about a subject is silent, so that it can be undone."""
        silent = snoozes_of(rule_id, subject, self._snapshot.alerts.values())
        if silent:
            self._end(silent, partial(self._commands.end_snoozes, rule_id, subject))

    def about_popups(self, name: str) -> tuple[str, Callable[[], None]] | None:
        """Return what a menu offers about the popups of a name: its words, and what it does.

        That is to have none for the rest of the day where it trades, or them again. None where no alert of a
        day is about the name: a snooze is that of an alert.
        """
        now, alerts = self._snapshot.now, self._snapshot.alerts_of(name)
        silent = snoozes_of_name(name, self._snapshot.alerts.values(), now)
        if silent:
            show = partial(self._commands.end_snoozes_of_name, name)
            return self.tr("Show its popups again"), partial(self._end, silent, show)
        recent = [alert for alert in alerts if now - alert.fired_at < _DAY]
        if not recent:
            return None
        # One that is snoozed already keeps that, too, but its row tells one snooze only.
        newest = min(recent, key=lambda each: (each.state is AlertState.SNOOZED, each.subject != name))
        zone = wording.zone_of(name, self._ecosystem, current_zone())
        until = silent_until(now, 1, ZoneInfo(zone))
        words = f"{self.tr('No more popups today')}\t{zoned_clock(until, now, zone, current_language())}"
        return words, partial(self._commands.snooze, newest.id, until, SnoozeScope.NAME, name)

    def _end(self, snoozed: Sequence[Alert], end: Callable[[], None]) -> None:
        def again() -> None:
            for alert in snoozed:
                for each in alert.snoozes:
                    self._commands.snooze(alert.id, each.until, each.scope, each.name)

        self.snooze_ended.emit(lambda: self.tr("End a snooze"), end, again)

    def export(self, path: Path) -> None:
        """Write the alerts that are shown, on a thread of its own."""
        exporter, alerts, language = self.exporter, self.model.shown(), current_language()
        if exporter is None:
            return

        def done() -> str:
            return self.tr("Alerts written to {file}: {count}").format(file=path, count=len(alerts))

        def write() -> str | None:
            return exporter(path, [told_in(language, alert, self._ecosystem) for alert in alerts])

        in_background(self, write, lambda fault: self.said.emit(fault or done))

    def _name_parts(self) -> None:
        digest = "" if self._digest is None else digest_title(self._digest)
        self.head.put(self.model, digest=digest)
        self.head.export.setVisible(self.exporter is not None)
        self.view.setAccessibleName(self.tr("Alerts"))
        if self._snapshot.alerts_wait:
            self.view.empty_words = waiting_words()
        elif self.head.criteria.narrows:
            self.view.empty_words = self.tr("No alert matches")
        elif self.head.criteria.state is Filter.ALL:
            self.view.empty_words = self.tr("Nothing has fired yet. Every alert is kept here, shown or not")
        else:
            self.view.empty_words = self.tr("No alert in this state")

    def _choose(self, criteria: AlertCriteria) -> None:
        self._keeping_the_row(lambda: self.model.show(criteria))
        self._name_parts()

    def _keeping_the_row(self, change: Callable[[], None]) -> None:
        """Show other alerts; the current row stays so where it is among them."""
        current = self.view.current_id()
        change()
        if (place := self.model.place_of(current)) is not None:
            choose_quietly(self.view, self.model.index(place, 0))

    def _see_all(self) -> None:
        self._marked = self.model.unread()
        every = self._snapshot.alerts.values()
        self._were_new = frozenset(alert.id for alert in every if alert.state is AlertState.NEW)
        self._commands.mark_seen(*self._marked)

    def _undo_seen(self) -> None:
        alerts = self._snapshot.alerts
        # What a filter hides was seen with the popup that it was shown in.
        seen = dict.fromkeys(key for marked in self._marked for key in (marked, *alerts[marked].folded))
        self._commands.mark_new(*(key for key in seen if key in self._were_new))
        self._marked = ()

    def _ask_export(self) -> None:
        kinds = ("CSV (*.csv)", "JSON (*.json)")
        ask_to_save(self, self.tr("Export these alerts"), "alerts.csv", kinds, self.export)

    def _do(self, alert_id: str, action: int) -> None:
        alert = self._snapshot.alerts[alert_id]
        match RowAction(action):
            case RowAction.SNOOZE:
                self._commands.snooze(alert_id, self._snapshot.now + SNOOZE)
            case RowAction.SEEN if alert.state is AlertState.SNOOZED:
                self._end((alert,), partial(self._commands.mark_seen, alert_id))
            case RowAction.SEEN:
                self._commands.mark_seen(alert_id)
            case RowAction.OPEN:
                if alert.state is AlertState.NEW:
                    self._commands.mark_seen(alert_id)
                self.alert_activated.emit(alert_id)
                if not self._snapshot.knows(alert.subject):
                    return
                if (story := told_story(alert, self._ecosystem)) is not None:
                    self.story_chosen.emit(alert.subject, story.id)
                else:
                    self.entity_activated.emit(alert.subject)

    def _follow(self, alert_id: str) -> None:
        """Let whom an alert is about be shown, where that is a name."""
        subject = self._snapshot.alerts[alert_id].subject
        if self._snapshot.knows(subject):
            self.entity_wanted.emit(subject)
