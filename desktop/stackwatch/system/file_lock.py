"""A lock that the system takes back when its process ends, however it ends: nothing stale can block."""

import os
import sys
from pathlib import Path

_FAR = 1 << 30  # Windows locks bytes: one that no content reaches


class FileLock:
    """A lock on a file; held from ``acquire`` to ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        """Touch nothing yet."""
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Take the lock, and make the file where there is none; False when another holds it.

        On a disk that knows no locks everybody gets it. Raises OSError where the file cannot be opened.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _taken(file):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Give the lock back; the file stays."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _taken(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # the disk knows no locks
            return True
        return True
