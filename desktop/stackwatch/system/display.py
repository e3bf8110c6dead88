"""Is there a screen? Qt aborts the process when there is none; this says so first."""

import contextlib
import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

from stackwatch.domain.errors import BadInputError

QT_LIBRARIES = (  # what a bare Debian or Ubuntu lacks of what Qt needs
    "apt install libegl1 libgl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)
_WAY_OUT = (
    "Start it from a desktop session, set QT_QPA_PLATFORM=offscreen for a picture (--screenshot), "
    "or use it without a window: stackwatch watch"
)


_USER_INITIATED_MAY_SLEEP = 0x00EFFFFF  # macOS' NSActivityUserInitiatedAllowingIdleSystemSleep


def require_display() -> None:
    """Raise BadInputError naming the way out when no window can be opened on this machine."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY")
    if not display:
        raise BadInputError(f"there is no display (DISPLAY and WAYLAND_DISPLAY are not set). {_WAY_OUT}")
    if not _answers(display):
        raise BadInputError(f"the display {display} does not answer. {_WAY_OUT}")
    _require_xcb()


def _require_xcb() -> None:
    """Load what Qt draws on an X server with: where a library of it is missing Qt would end the process."""
    found = importlib.util.find_spec("PySide6")
    for place in (found.submodule_search_locations or ()) if found else ():
        library = Path(place, "Qt", "lib", "libQt6XcbQpa.so.6")
        try:
            if library.is_file():
                ctypes.CDLL(str(library))
        except OSError as fault:
            raise BadInputError(f"Qt cannot draw ({fault}). On Debian or Ubuntu: {QT_LIBRARIES}") from fault


def find_fonts() -> None:
    """Tell Qt where Windows keeps its fonts: off screen it would look beside itself, and draw no letter."""
    if sys.platform == "win32":
        windows = os.environ.get("SYSTEMROOT", r"C:\Windows")
        os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(windows, "Fonts"))  # noqa: PTH118 - as it is kept


def name_process(name: str) -> None:
    """Tell Windows under which name its task bar and its notifications know this program."""
    if sys.platform == "win32":
        import ctypes  # on this path only

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(name)


def stay_awake() -> object:
    """Ask macOS not to slow this program down while its window is hidden: alerts would come late.

    That holds while what is returned is kept. The machine may sleep all the same.
    """
    if sys.platform == "darwin":
        objc = importlib.import_module("rubicon.objc")  # the notifications bring it
        process = objc.ObjCClass("NSProcessInfo").processInfo
        return process.beginActivityWithOptions(_USER_INITIATED_MAY_SLEEP, reason="watching prices")
    return None


def _answers(display: str) -> bool:
    """Whether an X server listens where DISPLAY says."""
    import socket  # on this path only

    match = re.fullmatch(r"(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?", display)
    if match is None:
        return False
    number = int(match["number"])
    if match["host"] not in ("", "unix"):
        with (
            contextlib.suppress(OSError),
            socket.create_connection((match["host"], 6000 + number), timeout=2.0),
        ):
            return True
        return False
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    for address in (f"\0{path}", path):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2.0)
            probe.connect(address)
            return True
    return False
