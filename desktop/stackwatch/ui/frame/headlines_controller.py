"""Ties the headlines to the rest of the window: a publisher that is blocked, and how many are."""

from functools import partial

from PySide6.QtCore import QObject

from stackwatch.ui.frame.notice_bar import NoticeBar
from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import Words
from stackwatch.ui.preferences.settings_controller import SettingsController


class HeadlinesController(QObject):
    """Blocks a publisher on request and says how to allow it again."""

    def __init__(
        self, view: HeadlinesView, settings_controller: SettingsController, notice: NoticeBar
    ) -> None:
        super().__init__(view)
        self._view, self._settings_controller, self._notice = view, settings_controller, notice
        self._told: dict[str, Words] = {}  # what was said of publishers that were blocked, in turn
        view.block_wanted.connect(self._block)
        settings_controller.changed.connect(self._show_blocked)
        self._show_blocked()

    def _block(self, publisher: str) -> None:
        if self._settings_controller.block(publisher):
            self._told[publisher] = partial(self._blocked_words, publisher)
            self._notice.add(self._told[publisher])

    def _blocked_words(self, publisher: str) -> str:
        words = self.tr("{source} is blocked. Undo (Ctrl+Z) or Settings, Data allows it again.")
        return keys_here(words).format(source=publisher)

    def take_back(self) -> bool:
        """Allow the publisher again that was blocked last, where that is seen; returns whether it did."""
        publisher = next(reversed(self._told), "")
        if not self._view.isVisible() or not self._settings_controller.allow(publisher):
            return False
        self._notice.add(lambda: self.tr("{source} is allowed again.").format(source=publisher))
        return True

    def _show_blocked(self) -> None:
        blocked = self._settings_controller.settings.blocked_sources
        self._view.set_blocked(len(blocked))
        for publisher in self._told.keys() - set(blocked):  # allowed again, here or in the settings
            self._notice.take_back(self._told.pop(publisher))
