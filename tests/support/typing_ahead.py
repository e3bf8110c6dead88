"""Keys and clicks as a desktop delivers them: queued, not handed to a widget as QTest does."""

import ctypes
from pathlib import Path

import PySide6
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken

_QT_GUI = Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"
_SYSTEM = "_ZN22QWindowSystemInterface"
_LATER = "INS_20AsynchronousDeliveryEEEbP7QWindow"
_FLAGS = "6QFlagsIN2Qt16KeyboardModifierEE"
_KEY = f"{_SYSTEM}14handleKeyEvent{_LATER}N6QEvent4TypeEi{_FLAGS}RK7QStringbt"
_MOUSE = (
    f"{_SYSTEM}16handleMouseEvent{_LATER}RK7QPointFS6_6QFlagsIN2Qt11MouseButtonEES9_N6QEvent4TypeES7_"
    "INS8_16KeyboardModifierEENS8_16MouseEventSourceE"
)


def offered() -> bool:
    """Whether Qt's library is one that takes them from here."""
    return _QT_GUI.is_file() and all(hasattr(ctypes.CDLL(str(_QT_GUI)), name) for name in (_KEY, _MOUSE))


class Desktop:
    """Queues what a user does over a window."""

    def __init__(self, window: QWidget) -> None:
        self._gui = ctypes.CDLL(str(_QT_GUI))
        self._window = window
        handle = window.windowHandle()
        assert handle is not None
        self._handle = ctypes.c_void_p(Shiboken.getCppPointer(handle)[0])
        self._kept: list[object] = []  # Qt does not copy the letters

    def type(self, letters: str) -> None:
        """Queue a press and a release for each letter."""
        for letter in letters:
            data = ctypes.create_string_buffer(letter.encode("utf-16-le") + b"\0\0")
            text = (ctypes.c_void_p * 3)(None, ctypes.addressof(data), 1)
            self._kept += [data, text]
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self._gui[_KEY](self._handle, kind.value, ord(letter.upper()), 0, text, False, 1)

    def click(self, part: QWidget) -> None:
        """Queue a click in the middle of a part of the window."""
        local = part.mapTo(self._window, part.rect().center())
        places = [_point(local), _point(self._window.mapToGlobal(local))]
        left, none = Qt.MouseButton.LeftButton.value, Qt.MouseButton.NoButton.value
        for kind, held in ((QEvent.Type.MouseButtonPress, left), (QEvent.Type.MouseButtonRelease, none)):
            self._gui[_MOUSE](self._handle, *places, held, left, kind.value, 0, 0)


def _point(place: QPoint) -> "ctypes.Array[ctypes.c_double]":
    return (ctypes.c_double * 2)(place.x(), place.y())
