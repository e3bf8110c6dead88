"""Ties the headlines to the rest of the window: a publisher that is blocked, and how many are."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.preferences.settings_controller import SettingsController


class HeadlinesController(QObject):
    """Blocks a publisher on request and says how to allow it again."""

    def __init__(
        self, view: HeadlinesView, settings_controller: SettingsController, say: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self._view, self._settings_controller, self._say = view, settings_controller, say
        self._blocked = ""  # the publisher that was blocked last, as long as nothing else became of it
        view.block_wanted.connect(self._block)
        settings_controller.changed.connect(self._show_blocked)
        self._show_blocked()

    def _block(self, publisher: str) -> None:
        if self._settings_controller.block(publisher):
            self._blocked = publisher
            words = keys_here(
                self.tr("{source} is blocked. Undo (Ctrl+Z) or Settings, Data allows it again.")
            )
            self._say(words.format(source=publisher))

    def take_back(self) -> bool:
        """Allow the publisher again that was blocked last, where that is seen; returns whether it did."""
        if not self._view.isVisible() or not self._settings_controller.allow(self._blocked):
            return False
        self._say(self.tr("{source} is allowed again.").format(source=self._blocked))
        self._blocked = ""
        return True

    def _show_blocked(self) -> None:
        self._view.set_blocked(len(self._settings_controller.settings.blocked_sources))
