"""The root certificates that secure connections are checked against, on every system."""

import ssl
import sys
from collections.abc import Callable
from pathlib import Path

from curl_cffi.curl import DEFAULT_CACERT


def trusting() -> ssl.SSLContext:
    """Return a context that trusts the system's roots, and those that curl is given.

    A frozen program looks for the former where OpenSSL was built to look: on macOS, and on many a Linux,
    nothing is there.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=Path(DEFAULT_CACERT).read_text("ascii", errors="ignore"))
    return context


def _short_name(path: str) -> str:
    """Return the name of eight letters and three that Windows gives a file, where it does."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - on Windows alone

        room = ctypes.create_unicode_buffer(32_768)
        if ctypes.windll.kernel32.GetShortPathNameW(path, room, len(room)):
            return room.value
    return path


def curl_file(path: str, short_name: Callable[[str], str] = _short_name) -> str | bytes:
    """Return a file's name as curl opens it: on Windows in the system's code page, never as UTF-8.

    Without that nobody whose name is not English, and so the folder that the program is in, gets a price.
    """
    if sys.platform == "win32" and not path.isascii():
        short = short_name(path)
        return short if short.isascii() else path.encode("mbcs", errors="replace")
    return path
