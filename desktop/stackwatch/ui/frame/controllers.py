"""The controllers of the window: what needs several of its parts, each in a module of its own."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import Event
from stackwatch.ui.alerts.tray import Tray
from stackwatch.ui.frame.alert_count import AlertCount
from stackwatch.ui.frame.briefing_controller import BriefingController
from stackwatch.ui.frame.header import Header
from stackwatch.ui.frame.headlines_controller import HeadlinesController
from stackwatch.ui.frame.notice_bar import NoticeBar
from stackwatch.ui.frame.replay_controller import ReplayController
from stackwatch.ui.frame.tour import Tour
from stackwatch.ui.frame.tray_controller import TrayController
from stackwatch.ui.frame.views import Views
from stackwatch.ui.frame.welcome import StartChoice, Welcome
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.kit import motion
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.preferences.settings import UiSettings
from stackwatch.ui.preferences.settings_controller import SettingsController
from stackwatch.ui.watchlist.list_controller import ListController


class Controllers(QObject):
    """Makes the controllers, and hands them events and what the user chose."""

    def __init__(
        self,
        window: QWidget,
        parts: WindowParts,
        header: Header,
        views: Views,
        settings_controller: SettingsController,
        notice: NoticeBar,
        tray: Tray,
    ) -> None:
        super().__init__(window)
        self._window, self._parts, self._settings_controller = window, parts, settings_controller
        self._count = AlertCount(header, tray)
        self.tour: Tour | None = None
        self.tray = TrayController(window, tray, wanted=parts.settings.tray)
        motion.choose(wanted=parts.settings.motion)
        header.progress.stopped.connect(parts.commands().stop_histories)
        self._views = views
        self.headlines = HeadlinesController(views.headlines, settings_controller, notice)
        self.briefing = BriefingController(window, parts.commands(), parts.ecosystem, parts.watchlist)
        self.briefing.write = parts.write_briefing
        self.briefing.said.connect(notice.add)
        self.replay = ReplayController(window, header.badge, parts.commands(), parts.episodes, parts.episode)
        header.briefing_requested.connect(self.briefing.ask)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        self.briefing.apply(event)
        self._count.apply(event)

    def set_look(self, settings: UiSettings) -> None:
        """Follow what the user chose of the interface."""
        self.tray.set_wanted(settings.tray)
        motion.choose(wanted=settings.motion)

    def welcome(self, lists: ListController, *targets: QWidget) -> Welcome:
        """Ask a new user for a list and colours, then show round.

        Where the program ends before an answer, as for a replay, the next start asks again.
        """
        parts = self._parts
        dialog = Welcome(parts.watchlist, parts.settings, self._window)
        dialog.ui_changed.connect(self._settings_controller.ui_changed)
        dialog.replay_wanted.connect(lambda: self.replay.start_requested.emit(""))

        def go_on() -> None:
            if dialog.start is StartChoice.IMPORT:
                asked = lists.ask_for_import()
                asked.finished.connect(lambda: self.begin_tour(*targets))  # a file was chosen, or none
                return
            if dialog.start is StartChoice.EMPTY:
                lists.new(self.tr("My list"))
            self.begin_tour(*targets)

        def leave() -> None:
            if self._window.isVisible():
                go_on()

        dialog.accepted.connect(go_on)
        # then: who quits, or watches a replay first, closes this before the window
        dialog.rejected.connect(once_after(self, 0, leave).start)
        dialog.open()
        return dialog

    def begin_tour(self, *targets: QWidget) -> Tour:
        """Show a new user three things, once; it ends by itself, or when it is skipped."""
        # now: a program that is killed asks no second time
        self._settings_controller.ui_changed.emit({"toured": True})
        self.tour = Tour(self._window, targets)
        self.tour.ended.connect(self._end_tour)
        return self.tour

    def _end_tour(self) -> None:
        self.tour = None
        self._views.take_focus()
