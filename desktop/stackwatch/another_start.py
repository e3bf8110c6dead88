"""How the program is started once more: at login, to replay a day, to go back to live prices."""

import sys

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


def replay_arguments(options: Options, episode: str = "") -> list[str]:
    """Return what to call this program with to replay a day in the same folders and language."""
    return [*own_arguments(options), "--demo", *((episode,) if episode else ())]


def start_anew(app: QApplication, window: MainWindow, options: Options, episode: str | None) -> None:
    """Start a replay, or the live program, as one of its own: their data must never mix."""
    arguments = own_arguments(options) if episode is None else replay_arguments(options, episode)
    started, _ = QProcess.startDetached(own_program(), arguments)
    if started:
        app.quit()
    else:
        window.show_notice(f"The replay could not be started: {own_program()} does not run.")
