"""Replays from the window: their keys, and the menu of documented days."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.episode import EpisodeName
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words import format as write
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.frame.leave_live import LeaveLive
from stackwatch.ui.frame.replay_badge import ReplayBadge
from stackwatch.ui.kit.background import in_background
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.menus import Menu, add_choice


def day_names(day: EpisodeName) -> BilingualName:
    """Return the date of a documented day with what it is about."""
    return BilingualName(*(f"{write.date_text(day.day, each)}, {day.title.get(each)}" for each in Language))


class ReplayController(QObject):
    """Offers the documented days. ``start_requested`` carries the id of one, or None for live prices.

    Live prices never make way unasked: whoever chooses a day from them is asked first.
    ``titled`` tells what the documented days are about, once that is read.
    """

    start_requested = Signal(object)
    titled = Signal(object)

    def __init__(
        self,
        window: QWidget,
        badge: ReplayBadge,
        commands: Commands,
        episodes: Callable[[], tuple[EpisodeName, ...]],
        episode: str | None,
    ) -> None:
        super().__init__(window)
        self._window, self._badge = window, badge
        self._episodes, self._episode = episodes, episode
        self._read = False
        self.menu: QMenu | None = None
        self.question: LeaveLive | None = None
        badge.speed_chosen.connect(commands.set_replay_speed)
        badge.next_wanted.connect(commands.jump_replay)
        badge.days_wanted.connect(self.show_menu)
        if episode is not None:
            QShortcut(QKeySequence("F7"), window).activated.connect(badge.toggle)
            QShortcut(QKeySequence("F8"), window).activated.connect(commands.jump_replay)

    @property
    def replaying(self) -> bool:
        """Whether this window is a replay itself."""
        return self._episode is not None

    def show_menu(self, place: QPoint) -> None:
        """Offer the documented days, the one that runs again, and the way back to live prices."""
        menu = Menu(self._window)
        if self._episode is not None:
            menu.addAction(self.tr("Again from the start"), lambda: self.start_requested.emit(self._episode))
            menu.addAction(self.tr("Back to live prices"), lambda: self.start_requested.emit(None))
        menu.addSection(self.tr("Watch a documented day again"))
        for each in self._episodes():
            names = day_names(each)
            choose = partial(self.choose, each.id, names)
            add_choice(menu, names.get(current_language()), choose, on=each.id == self._episode)
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu
        menu.popup(place)

    def choose(self, episode: str, names: BilingualName, *_checked: bool) -> None:
        """Start a day; from live prices only when the user says so once more."""
        start = partial(self.start_requested.emit, episode)
        if self._episode is not None:
            start()
            return
        self.question = LeaveLive(names.get(current_language()), self._window)
        self.question.accepted.connect(start)
        self.question.open()

    def read_titles(self) -> None:
        """Read what the days are about, once, on a thread that may wait."""
        if not self._read:
            self._read = True
            in_background(self, self._episodes, self.titled.emit)

    def ask(self) -> None:
        """Offer the days, below the badge or where it would be."""
        if self._episode is not None:
            self._badge.ask_for_days()
        else:
            self.show_menu(self._window.mapToGlobal(QPoint(self._window.width() // 3, 44)))
