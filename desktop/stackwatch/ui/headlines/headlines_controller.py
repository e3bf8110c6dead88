"""Ties the headlines to the rest of the window: a publisher that is blocked, and how many are."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.preferences.settings_controller import SettingsController


class HeadlinesController(QObject):
    """Blocks a publisher on request and says how to allow it again."""

    def __init__(
        self, view: HeadlinesView, settings_controller: SettingsController, say: Callable[[str], None]
    ) -> None:
        super().__init__(view)
        self._view, self._settings_controller, self._say = view, settings_controller, say
        view.block_wanted.connect(self._block)
        settings_controller.changed.connect(self._show_blocked)
        self._show_blocked()

    def _block(self, publisher: str) -> None:
        if self._settings_controller.block(publisher):
            self._say(
                self.tr("{source} is blocked. Settings, Data allows it again.").format(source=publisher)
            )

    def _show_blocked(self) -> None:
        self._view.set_blocked(len(self._settings_controller.settings.blocked_sources))
