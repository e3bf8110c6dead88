"""The root certificates that secure connections are checked against, on every system."""

import contextlib
import logging
import socket
import ssl
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from curl_cffi import Curl, CurlECode, CurlError, CurlOpt
from curl_cffi.curl import DEFAULT_CACERT

from stackwatch.providers.web.kept_file import keep_file

_log = logging.getLogger(__name__)

_LOOK_MS = 3_000


def trusting() -> ssl.SSLContext:
    """Return a context that trusts the system's roots, and those that curl is given.

    A frozen program looks for the former where OpenSSL was built to look: on macOS, and on many a Linux,
    nothing is there.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=Path(DEFAULT_CACERT).read_text("ascii", errors="ignore"))
    return context


def roots_for_curl(path: Path | None) -> str | bytes:
    """Return the file of roots that curl is given: what ``trusting`` trusts, written to ``path``.

    Many a company and many a virus scanner look into secure connections with a root that the system knows and
    curl does not. Without ``path``, and where it cannot be written, curl has its own roots alone.
    """
    if path is None:
        return curl_file(DEFAULT_CACERT)
    own = Path(DEFAULT_CACERT).read_text("ascii", errors="ignore")
    system = map(ssl.DER_cert_to_PEM_cert, ssl.create_default_context().get_ca_certs(binary_form=True))
    try:
        _write_once(path, "\n".join((own, *(root for root in system if root not in own))))
    except OSError as fault:
        _log.warning("root certificates: cannot be written (%s)", fault.strerror)
        return curl_file(DEFAULT_CACERT)
    return curl_file(str(path))


def _write_once(path: Path, text: str) -> None:
    """Write a file unless it says so already: on Windows one that somebody reads cannot be replaced."""
    with contextlib.suppress(OSError):  # none yet
        if path.read_text("ascii", errors="replace") == text:
            return
    keep_file(path, text)


def _short_name(path: str) -> str:
    """Return the name of eight letters and three that Windows gives a file, where it does."""
    if sys.platform == "win32":
        import ctypes  # on Windows alone

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


def curl_reads(path: str) -> bool:
    """Whether curl can read a bundle: it says so when a connection begins, here to one that breaks off."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_hang_up, args=(server,), daemon=True).start()
        curl = Curl()
        for option, value in (
            (CurlOpt.URL, f"https://127.0.0.1:{server.getsockname()[1]}/".encode()),
            (CurlOpt.CAINFO, curl_file(path)),
            (CurlOpt.PROXY, b""),
            (CurlOpt.TIMEOUT_MS, _LOOK_MS),
        ):
            curl.setopt(option, value)
        try:
            curl.perform()
        except CurlError as fault:
            return fault.code != CurlECode.SSL_CACERT_BADFILE
        finally:
            curl.close()
    return True


def _hang_up(server: socket.socket) -> None:
    with contextlib.suppress(OSError):  # nobody came: curl stopped before
        server.accept()[0].close()
