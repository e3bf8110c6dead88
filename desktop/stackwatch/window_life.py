"""What surrounds a window: one of a data folder at a time, and what is said when a run meets a fault."""

import logging
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtWidgets import QApplication

from stackwatch import __version__
from stackwatch.domain.errors import BadInputError, StackwatchError
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.wording import reason_words
from stackwatch.storage.locations import UserFolders
from stackwatch.system.alert_turn import WINDOW_LOCK
from stackwatch.system.crash_log import CrashLog
from stackwatch.system.file_lock import FileLock

if TYPE_CHECKING:  # neither Qt's network nor its boxes are loaded before the first paint
    from PySide6.QtWidgets import QMessageBox

    from stackwatch.ui.frame.instance_listener import InstanceListener
    from stackwatch.ui.frame.window import MainWindow

_log = logging.getLogger(__name__)

_AGAIN = 0.05  # seconds: a `watch` that looks whether a window is open has the lock for a moment


class WindowLife:
    """Begun before anything is loaded, ended when the window is closed; ``single`` asks for the only one."""

    def __init__(self, folders: UserFolders, *, single: bool) -> None:
        self._folders = folders
        self._single = single
        self._lock = FileLock(folders.data / WINDOW_LOCK)
        self._crash = CrashLog(folders.logs, __version__)
        self._listener: InstanceListener | None = None
        self._report = False

    def begin(self) -> bool:
        """Return whether this is the first; if not, the other came forward. Raises BadInputError."""
        if self._single and not self._alone():
            from stackwatch.ui.frame.instance_listener import address, call_instance  # see above

            if not call_instance(address(self._folders.data)):
                raise BadInputError(
                    "Stackwatch is open already and does not answer. Close it, or end it with the system's "
                    "task manager, and start it again"
                )
            return False
        self._report = self._crash.begin() is not None
        return True

    def attach(self, window: "MainWindow") -> None:
        """Let second starts bring the window forward, and tell it of a fault of the run before."""
        if self._single:
            from stackwatch.ui.frame.instance_listener import InstanceListener, address  # see above

            self._listener = InstanceListener(address(self._folders.data))
            self._listener.called.connect(window.come_forward)
        if self._report:
            window.show_notice(
                "Stackwatch met a fault when it last ran. A report is in the log folder; nothing was sent.",
                QUrl.fromLocalFile(str(self._folders.logs)),
            )

    def end(self) -> None:
        """Let the next window open; a run without a fault leaves no report."""
        self._crash.end()
        if self._listener is not None:
            self._listener.close()
        self._lock.release()

    def _alone(self) -> bool:
        try:
            if self._lock.acquire():
                return True
            time.sleep(_AGAIN)
            return self._lock.acquire()
        except OSError as fault:  # the store will say more
            _log.warning("the data folder cannot be locked: %s", fault.strerror)
            return True


def system_language() -> Language:
    """Return the language of the user's system, English where the program does not speak it."""
    spoken = QLocale.system().name().partition("_")[0]
    return next((language for language in Language if language.value == spoken), Language.ENGLISH)


def tell_fault(fault: StackwatchError, language: Language) -> None:
    """Say a fault in a window too, where somebody can see one: a double click has no terminal."""
    if QApplication.platformName() not in ("offscreen", "minimal"):
        fault_box(fault, language).exec()


def fault_box(fault: StackwatchError, language: Language) -> "QMessageBox":
    """Return what tells a fault; its words may be those of a file, and are no markup."""
    from PySide6.QtWidgets import QMessageBox  # see above

    box = QMessageBox(QMessageBox.Icon.Critical, "Stackwatch", "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(reason_words(str(fault), language))
    return box
