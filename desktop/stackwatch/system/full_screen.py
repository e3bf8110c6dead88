"""Does another program have the whole screen? Known on Windows and under X11; elsewhere the answer is no."""

import ctypes
import ctypes.util
import logging
import os
import sys
from collections.abc import Callable
from typing import Any

_log = logging.getLogger(__name__)

_BUSY_STATES = frozenset({2, 3, 4})  # Windows: a full-screen program, one with Direct3D, a presentation
_MOST_LONGS = 64


def full_screen_check() -> Callable[[], bool]:
    """Return what answers now and then; it never raises, and costs well under a millisecond."""
    if sys.platform == "win32":
        return _on_windows
    wayland = bool(os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and os.environ.get("DISPLAY") and not wayland:
        try:
            return _X11().is_full_screen
        except (OSError, AttributeError) as fault:
            _log.info("full screen of other programs cannot be seen: %s", fault)
    return lambda: False


def _on_windows() -> bool:
    shell: Any = ctypes.CDLL("shell32")
    state = ctypes.c_int(0)
    failed = shell.SHQueryUserNotificationState(ctypes.byref(state))
    return not failed and state.value in _BUSY_STATES and _foreground_process() != os.getpid()


def _foreground_process() -> int:
    """Return the process of the window in front: this program's own full screen hides nothing from itself."""
    user: Any = ctypes.CDLL("user32")
    user.GetForegroundWindow.restype = ctypes.c_void_p
    process = ctypes.c_ulong(0)
    user.GetWindowThreadProcessId(ctypes.c_void_p(user.GetForegroundWindow()), ctypes.byref(process))
    return process.value


class _X11:
    """Reads the state of the active window of an X server; used by one thread."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("X11")
        if name is None:
            raise OSError("there is no libX11")
        self._lib: Any = ctypes.CDLL(name)
        self._lib.XOpenDisplay.restype = ctypes.c_void_p
        self._lib.XDefaultRootWindow.restype = ctypes.c_ulong
        self._lib.XInternAtom.restype = ctypes.c_ulong
        self._handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _d, _e: 0)
        self._display = self._lib.XOpenDisplay(None)
        if not self._display:
            raise OSError("the display does not answer")

    def is_full_screen(self) -> bool:
        """Whether the active window covers the screen and is not of this program."""
        root = self._lib.XDefaultRootWindow(ctypes.c_void_p(self._display))
        active = self._longs(root, "_NET_ACTIVE_WINDOW")
        if not active or not active[0]:
            return False
        if self._longs(active[0], "_NET_WM_PID") == (os.getpid(),):
            return False
        return self._atom("_NET_WM_STATE_FULLSCREEN") in self._longs(active[0], "_NET_WM_STATE")

    def _atom(self, name: str) -> int:
        return int(self._lib.XInternAtom(ctypes.c_void_p(self._display), name.encode("ascii"), 0))

    def _longs(self, window: int, name: str) -> tuple[int, ...]:
        """Return a property's numbers; a window that is gone by now has none."""
        kind, size = ctypes.c_ulong(), ctypes.c_int()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_ulong)()
        before = self._lib.XSetErrorHandler(self._handler)  # the usual one ends the process
        failed = self._lib.XGetWindowProperty(
            ctypes.c_void_p(self._display), ctypes.c_ulong(window), ctypes.c_ulong(self._atom(name)),
            ctypes.c_long(0), ctypes.c_long(_MOST_LONGS), 0, ctypes.c_ulong(0), ctypes.byref(kind),
            ctypes.byref(size), ctypes.byref(count), ctypes.byref(left), ctypes.byref(data),
        )  # fmt: skip
        self._lib.XSetErrorHandler(ctypes.cast(before, ctypes.c_void_p) if before else None)
        if failed or not size.value:
            return ()
        found = tuple(int(data[place]) for place in range(count.value)) if size.value == 32 else ()  # noqa: PLR2004 - bits
        self._lib.XFree(data)
        return found
