"""What surrounds a window: one of a data folder at a time, and a report when a run meets a fault."""

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from stackwatch import __version__
from stackwatch.domain.errors import BadInputError
from stackwatch.storage.locations import UserFolders
from stackwatch.system.crash_log import CrashLog
from stackwatch.system.file_lock import FileLock

if TYPE_CHECKING:  # Qt's network is not loaded before the first paint
    from stackwatch.ui.frame.doorbell import Doorbell
    from stackwatch.ui.frame.window import MainWindow

_log = logging.getLogger(__name__)

_LOCK = "window.lock"


class WindowLife:
    """Begun before anything is loaded, ended when the window is closed; ``single`` asks for the only one."""

    def __init__(self, folders: UserFolders, *, single: bool) -> None:
        self._folders = folders
        self._single = single
        self._lock = FileLock(folders.data / _LOCK)
        self._crash = CrashLog(folders.logs, __version__)
        self._bell: Doorbell | None = None
        self._report = False

    def begin(self) -> bool:
        """Return whether this is the first; if not, the other came forward. Raises BadInputError."""
        if self._single and not self._alone():
            from stackwatch.ui.frame.doorbell import address, ring  # noqa: PLC0415 - see above

            if not ring(address(self._folders.data)):
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
            from stackwatch.ui.frame.doorbell import Doorbell, address  # noqa: PLC0415 - see above

            self._bell = Doorbell(address(self._folders.data))
            self._bell.rung.connect(window.come_forward)
        if self._report:
            window.show_notice(
                "Stackwatch met a fault when it last ran. A report is in the log folder; nothing was sent.",
                QUrl.fromLocalFile(str(self._folders.logs)),
            )

    def end(self) -> None:
        """Let the next window open; a run without a fault leaves no report."""
        self._crash.end()
        if self._bell is not None:
            self._bell.close()
        self._lock.release()

    def _alone(self) -> bool:
        try:
            return self._lock.acquire()
        except OSError as fault:  # the store will say more
            _log.warning("the data folder cannot be locked: %s", fault.strerror)
            return True
