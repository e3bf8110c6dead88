"""What a run that ended badly leaves: a report in the log folder, told at the next start and sent nowhere."""

import contextlib
import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from stackwatch.system.file_lock import FileLock
from stackwatch.system.logs import without_private

_log = logging.getLogger(__name__)

_RUNNING, _REPORT = "running-*.log", "crash-{}.txt"
_KEPT = 5
_MOST_BYTES = 200_000


class CrashLog:
    """Writes down what kills this run; whatever is left of a run before becomes a report."""

    def __init__(self, folder: Path, version: str) -> None:
        """Write nothing yet; ``version`` is named in the report."""
        self._folder = folder
        self._version = version
        self._path = folder / f"running-{os.getpid()}.log"
        self._lock = FileLock(self._path)
        self._file: TextIO | None = None
        self._noted = False
        self._usual = (sys.excepthook, threading.excepthook)

    def begin(self) -> Path | None:
        """Watch this run; returns the report of an earlier one that met a fault, if any.

        A folder that cannot be written means no report, and is no fault.
        """
        try:
            report = self._collect()
            self._lock.acquire()
            self._file = self._path.open("w", encoding="utf-8", errors="replace")
            now = datetime.now(UTC).isoformat(timespec="seconds")
            self._file.write(f"Stackwatch {self._version}, {platform_words()}, {now}\n")
            self._file.flush()
        except OSError as fault:
            _log.warning("no crash report can be kept: %s", fault.strerror)
            self._let_go()
            return None
        faulthandler.enable(self._file)
        sys.excepthook, threading.excepthook = self._note, self._note_thread
        return report

    def end(self) -> None:
        """Stop watching; a run without a fault leaves nothing.

        What the system alone told was not fatal then: on Windows a file dialog of its own raises, and
        handles, errors that look so.
        """
        if self._file is None:
            return
        faulthandler.disable()
        sys.excepthook, threading.excepthook = self._usual
        self._let_go()

    def _let_go(self) -> None:
        """Close the file; what a full disk does not take of it is lost."""
        with contextlib.suppress(OSError):
            if self._file is not None:
                self._file.close()
        self._file = None
        self._lock.release()
        with contextlib.suppress(OSError):
            if not self._noted:
                self._path.unlink()

    def _collect(self) -> Path | None:
        """Turn what runs that ended left into reports, and keep the newest few."""
        newest = None
        for left in sorted(self._folder.glob(_RUNNING)):
            lock = FileLock(left)
            if not lock.acquire():  # that run goes on
                continue
            lock.release()
            if _met_fault(left):
                when = datetime.fromtimestamp(left.stat().st_mtime, UTC)
                newest = self._folder / _REPORT.format(when.strftime("%Y%m%d-%H%M%S"))
                with left.open(encoding="utf-8", errors="replace") as told:
                    newest.write_text(without_private(told.read(_MOST_BYTES)), encoding="utf-8")
            left.unlink()
        for old in sorted(self._folder.glob(_REPORT.format("*")))[:-_KEPT]:
            old.unlink()
        return newest

    def _note(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        self._write(kind, error, where)
        self._usual[0](kind, error, where)

    def _note_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._write(told.exc_type, told.exc_value, told.exc_traceback)
        self._usual[1](told)

    def _write(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        self._noted = True
        _log.critical("an unexpected fault", exc_info=(kind, error, where))
        if self._file is not None:
            self._file.write("".join(traceback.format_exception(kind, error, where)))
            self._file.flush()


def platform_words() -> str:
    """Name the system and Python; ``platform.system()`` is not asked, it can hang on Windows."""
    return f"{sys.platform} {platform.machine()}, Python {sys.version.split()[0]}"


def _met_fault(path: Path) -> bool:
    """Whether more than the first line was written; a run that was killed wrote that only."""
    with path.open(encoding="utf-8", errors="replace") as told:
        told.readline()
        return bool(told.read(1))
