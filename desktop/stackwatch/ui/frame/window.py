"""The main window: first its header and its list, and once they are painted what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMoveEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from stackwatch.domain.alert import PopupPause, pause_end, pause_left
from stackwatch.domain.events import AlertRaised, AwayDigest, Event
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.words.wording import home_zone
from stackwatch.ui.frame.header import Header
from stackwatch.ui.frame.notice_bar import NoticeBar
from stackwatch.ui.frame.offline_bar import OfflineBar
from stackwatch.ui.frame.usual_sizes import SMALLEST, usual_sizes
from stackwatch.ui.frame.window_parts import Trustline, WindowParts
from stackwatch.ui.kit.dress import dress, reword
from stackwatch.ui.kit.home_zone import use_zone
from stackwatch.ui.kit.language import Words, current_language
from stackwatch.ui.kit.layout import keep_on_screen, screen_room, vbox
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.preferences.settings import UiSettings, ViewChoice, shown_first
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_view import WatchlistView

if TYPE_CHECKING:  # everything but header and list is loaded after the first paint
    from stackwatch.ui.frame.action import Action
    from stackwatch.ui.frame.window_contents import WindowContents
    from stackwatch.ui.frame.window_state import WindowState

_SIZE = (1440, 900)
_CANNOT_RAISE = ("offscreen", "minimal", "wayland")  # beginnings of the names of Qt's platforms


def _nothing() -> None:
    """Build in one go."""


class MainWindow(QMainWindow):
    """The one window of the program; ``furnish`` builds what stands around its list.

    ``notification_wanted`` carries title, text and alert id of a popup that cannot be seen, no id for a
    digest; ``notification_clicked`` may be emitted from any thread with the alert id.
    """

    replay_requested = Signal(object)  # the id of a documented day, empty for the usual one, None for live
    notification_wanted = Signal(str, str, str)
    notification_clicked = Signal(str)

    def __init__(self, parts: WindowParts) -> None:
        super().__init__()
        self._parts = parts
        self._settings = parts.settings
        parts.translations.use(parts.settings.language)
        self._build()
        self._lay_out()
        self._contents: WindowContents | None = None
        self._state: WindowState | None = None
        self._early: list[Event] = []  # told before the contents were there
        self._restore()
        if parts.settings.view is not ViewChoice.LIST:
            self.furnish()  # what is seen first is not the list

    # Building

    def _build(self) -> None:
        # From the outside in: a widget that gets another parent is styled anew with all that is in it.
        parts = self._parts
        use_zone(home_zone(parts.ecosystem, parts.watchlist))
        self.body = QWidget()
        self.setCentralWidget(self.body)
        self._stage = QWidget(self.body)
        self.header = Header(parts.watchlist, self.body, replay=parts.replay)
        self.header.build_settings_menu(parts.settings.mode, parts.settings.palette)
        self.offline = OfflineBar(self.body, replay=parts.replay)
        self.notice = NoticeBar(self.body)
        self.list = WatchlistView(parts.ecosystem, parts.watchlist, self._stage)
        if parts.replay:
            self.list.columns.spare(Column.YEAR)  # it has half a year of prices
        self._trustline = Trustline(self.body, replay=parts.replay)
        self.setWindowIcon(parts.icon)
        self.setWindowTitle("Stackwatch")

    def _lay_out(self) -> None:
        self._bars = (self.header, self._trustline, self.notice, self.offline)
        vbox((self.list,), into=self._stage)
        self._column = vbox((*self._bars, (self._stage, 1)), into=self.body)
        keep_on_screen(self, QSize(*SMALLEST))

    def furnish(self, breathe: Callable[[], None] = _nothing) -> None:
        """Build what stands around the list, once, and tell it what was told before.

        ``breathe`` is called every few hundredths of a second, for instance to paint.
        """
        if self._contents is not None:
            return
        from stackwatch.ui.frame.find_index import FindIndex  # after the first paint
        from stackwatch.ui.frame.window_contents import build_contents, build_state, connect

        parts, settings = self._parts, self._settings
        self.find_index = FindIndex(parts.ecosystem, parts.watchlist)
        self.header.finder.set_index(self.find_index)
        before = current_theme()
        contents = self._contents = build_contents(self, parts, settings, breathe)
        self.views, self.detail, self.inbox = contents.views, contents.detail, contents.inbox
        self.toasts = contents.toasts
        self.lists, self.controllers = contents.lists, contents.controllers
        self.tray, self.placement = contents.tray, contents.placement
        self.settings_controller = contents.settings_controller
        self.rules_controller = contents.rules_controller
        self.following = contents.following
        with self.list.staying():
            self._column.replaceWidget(self._stage, self.placement.rows)
            self.placement.rows.show()
            self._column.activate()  # else a picture would show it in the wrong place
            self._stage.deleteLater()
            self._listen()
            self.actions_known: tuple[Action, ...] = connect(self, contents, parts)
            self.find_index.set_actions(self.actions_known)
            self.placement.restore(settings.columns, settings.rows)
            self.views.rules.halves.restore(settings.editor_rows)
            self.views.rules.edits.restore(settings.unsaved_rules, replay=parts.replay)
            self._share_out()
        self._catch_up(contents)
        if current_theme() is not before:  # the system turned dark or light meanwhile
            dress(self)
        self._state = build_state(self, contents, parts.settings_file, self._chosen)

    def _catch_up(self, contents: WindowContents) -> None:
        """Tell what was just built what was told before, and show it as the user left it."""
        settings = self._settings
        for event in self._early:
            contents.apply(event)
        self._early.clear()
        if (first := self.list.selected_id or self._settings.selected) is not None:
            self.following.follow(first)
            self.views.set_current(first)
        self.views.restore(settings.view, settings.heat_by, settings.heat_size)
        paused_until = pause_left(settings.popups_paused_until, self.notice.now)
        if paused_until is not None and not self._parts.replay:  # which has a time of its own
            self._pause(paused_until)

    @property
    def furnished(self) -> bool:
        """Whether everything is there."""
        return self._contents is not None

    @property
    def front(self) -> QWidget:
        """The view that is painted first."""
        return self.list if self._contents is None else self.views.shown

    def _listen(self) -> None:
        """Hear what comes from outside, and from the list."""
        parts = self._parts
        parts.bridge.events.connect(self._take)
        parts.appearance.changed.connect(lambda: self.settings_controller.set_look(self._settings))
        self.offline.retry_requested.connect(self._parts.commands().refresh)
        self.offline.replay_requested.connect(self.replay_requested)
        self.list.refresh_requested.connect(self.refresh)
        self.list.typed.connect(self._find)

    # Events

    def _take(self, events: Sequence[Event]) -> None:
        for event in events:
            self.apply(event)

    def apply(self, event: Event) -> None:
        """Take in one event of the core, on the GUI thread."""
        known = self._parts.ecosystem
        elsewhere = isinstance(event, WatchlistChanged) and use_zone(home_zone(known, event.watchlist))
        for part in (*self._bars, self.list):
            part.apply(event)
        if self._contents is None:
            self._early.append(event)
            return
        self._contents.apply(event)
        if elsewhere:
            reword(self)
        match event:
            case AwayDigest() | AlertRaised(popup=True) if not self._sees_toasts():
                self._notify(event)

    def show_notice(self, text: Words, link: QUrl | None = None) -> None:
        """Say something that stays until it is closed, as plain text; a second text joins the first."""
        self.notice.add(text, link)

    def _sees_toasts(self) -> bool:
        """Whether a toast appears where the user looks: Wayland places it at will."""
        hidden = self.isMinimized() or not self.isVisible()
        return not hidden and not QGuiApplication.platformName().startswith("wayland")

    def _notify(self, event: AlertRaised | AwayDigest) -> None:
        from stackwatch.ui.alerts.notification import notification_of  # after the first paint

        parts = self._parts
        self.notification_wanted.emit(
            *notification_of(event, parts.ecosystem, self.notice.now, replay=parts.replay)
        )

    # What is brought forward

    def open_alert(self, alert_id: str) -> None:
        """Bring the window forward with an alert selected in the inbox."""
        self.inbox.show()
        self.inbox.select_alert(alert_id)
        self.come_forward()

    def open_rule(self, rule_id: str, subject: str) -> None:
        """Bring the window forward with a rule in the editor, where it stands for a subject."""
        self.rules_controller.open(rule_id, subject)
        self.come_forward()

    # Choices

    def _chosen(self) -> UiSettings:
        """Return what was chosen by name, and which name is looked at."""
        return replace(self._settings, selected=self.following.entity)

    def note_view(self, view: ViewChoice) -> None:
        """Make room for another view."""
        self._settings = replace(self._settings, view=view)
        self.header.views.show_view(view)
        self.rules_controller.make_room(*self._room())
        self.placement.place(*self._room())

    def change_look(self, changes: Mapping[str, Any]) -> None:
        """Use other values of some of the interface's settings."""
        before, settings = self._settings, replace(self._settings, **changes)
        self._settings = settings
        if settings.language is not current_language():
            self._parts.translations.use(settings.language)
            reword(self)
        self._parts.appearance.choose(settings.mode, settings.palette, settings.text_px, settings.density)
        if settings.text_px != before.text_px:
            self._share_out()  # larger text needs more room
        self.controllers.set_look(settings)
        self.header.build_settings_menu(settings.mode, settings.palette)
        self.settings_controller.set_look(settings)
        self._save()

    # Window

    def come_forward(self) -> None:
        """Show the window in front of others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        if not QGuiApplication.platformName().startswith(_CANNOT_RAISE):
            self.raise_()
        self.activateWindow()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the top of the list, or further down where the followed row is not there."""
        super().showEvent(event)
        if not event.spontaneous():
            self.list.scrollToTop()
            self.list.scrollTo(self.list.currentIndex())

    def moveEvent(self, event: QMoveEvent) -> None:
        """Need no more room than there is on the screen that the window came to."""
        super().moveEvent(event)
        keep_on_screen(self, QSize(*SMALLEST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give list and inbox their usual sizes until the user moves a splitter."""
        super().resizeEvent(event)
        if self._contents is not None:
            self._share_out()
            self.toasts.arrange()
            return
        width = self.width()
        listed, below = usual_sizes(*self._room())
        listed = (*self._settings.columns, listed)[0]
        below = (*self._settings.rows[1:2], below)[0]
        self._stage.setContentsMargins(0, 0, max(width - listed, 0), max(below, 0))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay in the tray where that is wanted; else remember the window and let nothing more in."""
        if self._contents is None:  # closed before it was built
            super().closeEvent(event)
            return
        if self.controllers.tray.keeps():
            event.ignore()
            return
        if self.settings_controller.dialog is not None:
            # else it takes back what was chosen when nothing is there any more
            self.settings_controller.dialog.accept()
        self.settings_controller.write_left()
        self._parts.bridge.close()
        self.toasts.close_all()
        if self._state is not None:
            self._state.end()
        self.tray.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        settings = self._settings
        self.resize(*(self._parts.size or _SIZE))
        left = QByteArray.fromBase64(settings.geometry.encode("ascii"))
        # Qt takes none that was left on a screen of quite another size, as a large one beside a laptop's
        if self._parts.size is None and not self.restoreGeometry(left):
            self._fit_screen()
        self.list.restore_columns(settings.list_columns)
        self.list.set_folded(settings.folded)
        first = shown_first(None if self._parts.replay else settings.selected, self.list.watchlist)
        self._settings = replace(settings, selected=first)
        if first is not None:
            self.list.begin_with(first)
        self.list.setFocus()

    def _fit_screen(self) -> None:
        """Fill a screen that has less room than the window would take."""
        room = screen_room(self) or self.size()
        if self.size().boundedTo(room) != self.size():
            self.resize(room)  # the size that it has once it is maximized no longer
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _room(self) -> tuple[int, int, ViewChoice]:
        """Return the width, the height below the bars, and what they are for."""
        taken = sum(bar.minimumHeight() for bar in self._bars if not bar.isHidden())
        return self.width(), self.height() - taken, self._settings.view

    def _share_out(self) -> None:
        """Give the parts of the window their places and sizes in it."""
        self.placement.fit(*self._room())
        self.rules_controller.make_room(*self._room())

    def _save(self) -> None:
        if self._state is not None:
            self._state.keep()

    def _find(self, text: str) -> None:
        self.header.finder.begin()
        self.header.finder.setText(text)

    # What a key or a command does

    def refresh(self) -> None:
        """Fetch quotes and headlines now."""
        self._parts.commands().refresh()

    def pause_popups(self, span: PopupPause) -> None:
        """Switch popups off for a while, over a restart too, or on again."""
        until = pause_end(span, self.notice.now)
        self._pause(until)
        if not self._parts.replay:
            self._settings = replace(self._settings, popups_paused_until=until)
            self._save()

    def _pause(self, until: datetime | None) -> None:
        """Switch popups off, and say so in a bar that can be closed and at the bell, which stays."""
        self._parts.commands().pause_popups(until)
        for part in (self.notice, self.header):
            part.tell_pause(until)

    def new_alert(self) -> None:
        """Begin a rule about what is selected."""
        self.rules_controller.new_for_selected()

    def toggle_inbox(self) -> None:
        """Show or hide the alerts."""
        self.placement.narrow.toggle_inbox()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def escape(self) -> None:
        """Close what lies over the view, leave the full screen, go back to the view."""
        if self.views.close_card():
            return
        if self.isFullScreen() and self.views.holds_focus():
            self.showNormal()
        self.views.take_focus()

    def show_keys(self) -> None:
        """Show the list of keys."""
        from stackwatch.ui.frame.keys_dialog import KeysDialog  # after the first paint
        from stackwatch.ui.kit.dim_overlay import open_over

        open_over(self, KeysDialog(self.key_rows(), self))

    def key_rows(self) -> list[tuple[str, str]]:
        """Return every key with what it does."""
        from stackwatch.ui.frame.action import key_rows  # after the first paint

        return key_rows(self.actions_known)
