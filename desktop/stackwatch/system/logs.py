"""Logging: warnings to standard error, everything to a rotating file; nothing private in either."""

import logging
import logging.handlers
import re
import sys
from pathlib import Path

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_FILE_BYTES, _FILES = 1_000_000, 3
_QUIET = ("apscheduler", "yfinance", "peewee", "curl_cffi", "qtawesome", "desktop_notifier", "asyncio")
_LOGIN_OR_QUERY = re.compile(r"(https?://)(?:[^\s/@]+@)?([^\s?#'\"]*)(?:[?#][^\s'\")]*)?")


def without_private(text: str) -> str:
    """Return text without the user's name in paths, and without what addresses carry besides a place."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~").replace(home.replace("\\", "\\\\"), "~")
    return _LOGIN_OR_QUERY.sub(r"\1\2", text)


class _Discreet(logging.Formatter):
    """Writes what is logged, tracebacks too, without anything private."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines."""
        return without_private(super().format(record))


def set_up_logging(folder: Path, *, verbose: bool = False) -> None:
    """Log to ``folder``/stackwatch.log, and to standard error where there is one.

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
        console.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        root.addHandler(console)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            folder / "stackwatch.log", maxBytes=_FILE_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
    except OSError as fault:
        root.warning("no log file in %s: %s", folder, fault.strerror)
        return
    file.setFormatter(_Discreet(_FORMAT))
    root.addHandler(file)
