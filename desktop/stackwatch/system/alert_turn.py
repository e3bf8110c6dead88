"""Of the programs that watch one data folder one records alerts: its window, else the first ``watch``."""

from pathlib import Path

from stackwatch.system.file_lock import FileLock

WINDOW_LOCK = "window.lock"  # held by the open window
_WATCH_LOCK = "watch.lock"


class AlertTurn:
    """Says whether a ``watch`` is the one that records alerts; from its first question to ``close``."""

    def __init__(self, folder: Path) -> None:
        """Touch nothing yet."""
        self._watch = FileLock(folder / _WATCH_LOCK)
        self._window = FileLock(folder / WINDOW_LOCK)
        self._first = False

    def is_ours(self) -> bool:
        """Whether no window is open and no other ``watch`` was begun before and still runs."""
        try:
            self._first = self._first or self._watch.acquire()
            return self._first and self._is_shut()
        except OSError:  # the store says what is wrong with the folder
            return True

    def close(self) -> None:
        """Leave the alerts to the next ``watch``."""
        self._watch.release()
        self._first = False

    def _is_shut(self) -> bool:
        """Whether no window is open; one that starts at this very moment tries again."""
        shut = self._window.acquire()
        self._window.release()
        return shut
