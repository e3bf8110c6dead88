"""How the program is started once more: at login, to replay a day, to go back to live prices."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from stackwatch.app import Options
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


def start_anew(app: QApplication, window: MainWindow, arguments: Sequence[str]) -> None:
    """Start a replay, or the live program, as one of its own: their data must never mix."""
    started, _ = QProcess.startDetached(own_program(), arguments)
    if started:
        app.quit()
    else:
        window.show_notice(f"The replay could not be started: {own_program()} does not run.")
