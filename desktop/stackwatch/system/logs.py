"""Logging: warnings to standard error, everything to a rotating file; nothing private in either."""

import logging
import logging.handlers
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_FILE_BYTES, _FILES = 1_000_000, 3
_QUIET = ("apscheduler", "yfinance", "peewee", "curl_cffi", "qtawesome", "desktop_notifier", "asyncio")
_LOGIN_OR_QUERY = re.compile(r"(https?://)(?:[^\s/@]+@)?([^\s?#'\"]*)(?:[?#][^\s'\")]*)?")


def without_private(text: str) -> str:
    """Return text without the user's name in paths, and without what addresses carry besides a place."""
    home = str(Path.home())
    if len(home) > 1:
        text = _home_pattern(home).sub("~", text)
    return _LOGIN_OR_QUERY.sub(r"\1\2", text)


@cache
def _home_pattern(home: str) -> re.Pattern[str]:
    r"""Match a home folder; on Windows also as Qt (/) and Python's quotes (\\\\) write it, in any case."""
    windows = "\\" in home
    between = r"(?:\\{1,2}|/)" if windows else "/"
    parts = re.split(r"[\\/]", home) if windows else home.split("/")
    return re.compile(between.join(map(re.escape, parts)), re.IGNORECASE if windows else 0)


class _Rotating(logging.handlers.RotatingFileHandler):
    """Turns to a new file, unless a second program of the user's writes into the old one.

    Windows lets nobody rename a file that is open; what is written then goes on at its end.
    A file that cannot be written, or no more since the disk is full, is said once.
    """

    _refused = False

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        """Begin a new file; where that cannot be done, not again in this run: older files would move on."""
        try:
            super().doRollover()
        except OSError:
            self.maxBytes = 0
            self.stream = self._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Say that nothing can be written; the library would print how it came to that, at every line."""
        fault = sys.exc_info()[1]
        if not isinstance(fault, OSError):
            super().handleError(record)
        elif not self._refused:
            self._refused = True
            _say_unwritten(Path(self.baseFilename).parent, fault)


class _Spoken(logging.Formatter):
    """Writes for whoever started the program, in their words."""

    def __init__(self, words: Callable[[str], str]) -> None:
        super().__init__("%(levelname)s: %(message)s")
        self._words = words

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the line of a message."""
        record.message = self._words(record.message)
        return super().formatMessage(record)


class _Discreet(logging.Formatter):
    """Writes what is logged, tracebacks too, without anything private."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines."""
        return without_private(super().format(record))


def set_up_logging(folder: Path, *, verbose: bool = False, words: Callable[[str], str] = str) -> None:
    """Log to ``folder``/stackwatch.log, and to standard error, in the user's ``words``, where there is one.

    A folder that cannot be written is said once on standard error; the program goes on.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for handler in list(root.handlers):
        root.removeHandler(handler)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    if sys.stderr is not None:  # a windowed Windows build has none
        console = logging.StreamHandler(sys.stderr)
        console.setLevel(logging.INFO if verbose else logging.ERROR)
        console.setFormatter(_Spoken(words))
        root.addHandler(console)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _Rotating(
            folder / "stackwatch.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
    except OSError as fault:
        _say_unwritten(folder, fault)
        return
    file.setFormatter(_Discreet(_FORMAT))
    root.addHandler(file)


def _say_unwritten(folder: Path, fault: OSError) -> None:
    logging.getLogger().warning("no log file in %s: %s", folder, fault.strerror)
