"""How the program is started once more: at login, to replay a day, to go back to live prices."""

import shutil
import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from stackwatch.app import Options
from stackwatch.domain.errors import StackwatchError
from stackwatch.storage.locations import user_folders
from stackwatch.system.autostart import own_program
from stackwatch.ui.frame.window import MainWindow


def own_arguments(options: Options) -> list[str]:
    """Return what to call this program with for a window in the same folders and language."""
    arguments = [] if getattr(sys, "frozen", False) else ["-m", "stackwatch"]
    if options.folders != user_folders():
        arguments += ["--data-dir", str(options.folders.data.absolute())]  # it is begun anywhere
    if options.language is not None:
        arguments += ["--lang", options.language.value]
    return arguments


def anew_arguments(options: Options, look: Sequence[str], episode: str | None) -> list[str]:
    """Return what to call this program with for a window like this one: live with None, else to replay a day.

    ``look`` are the arguments that say what this run looks like; the usual day is the empty one.
    """
    listed = [] if options.watchlist is None else ["--watchlist", str(options.watchlist.absolute())]
    day = [] if episode is None else ["--demo", *((episode,) if episode else ())]
    return [*own_arguments(options), *listed, *look, *day]


class AnotherStart:
    """A replay, or the live program, as one of its own: their data must never mix.

    It is begun once this one has given back its store and what it keeps: it would have to take another.
    """

    def __init__(self) -> None:
        self._arguments: Sequence[str] | None = None

    def ask(self, app: QApplication, window: MainWindow, arguments: Sequence[str]) -> None:
        """End this run for another one, where the program can be run at all."""
        if shutil.which(own_program()) is None:
            window.show_notice(f"{_not_started()}.")
            return
        self._arguments = arguments
        app.quit()

    def begin(self) -> None:
        """Start what was asked for; raises StackwatchError where the system does not."""
        if self._arguments is not None and not QProcess.startDetached(own_program(), self._arguments)[0]:
            raise StackwatchError(_not_started())


def _not_started() -> str:
    return f"The replay could not be started: {own_program()} does not run"
