"""What the controllers of the user's own names and links share."""

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.language import Words
from stackwatch.ui.watchlist.list_controller import ListController


class OwnController(QObject):
    """The base of the controllers of the user's own links and private companies.

    ``said`` tells the user what is gone, ``unsaid`` that it is back and the words are true no longer.
    """

    said = Signal(object)  # Words
    unsaid = Signal(object)

    def __init__(
        self, lists: ListController, ecosystem: Ecosystem, commands: Commands, window: QWidget
    ) -> None:
        super().__init__(window)
        self._lists, self._ecosystem, self._commands = lists, ecosystem, commands
        self._window = window
        self._told: dict[Hashable, Words] = {}

    def _tell_gone(self, about: Hashable, words: Words) -> None:
        self._told[about] = words
        self.said.emit(words)

    def _tell_back(self, about: Hashable) -> None:
        if about in self._told:
            self.unsaid.emit(self._told.pop(about))
