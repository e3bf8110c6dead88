"""Hears that a terminal or the system wants the program to end, so that its window is closed in order."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

# Ctrl+C, the end of a session, a terminal that was closed, Ctrl+Break of Windows
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class EndSignals(QObject):
    """Says ``asked`` at once: by itself Python hears a signal when it runs next, which Qt puts off."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._woken = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in _NAMES if _is_heard(name)]
        self._usual = {number: signal.signal(number, _wait_for_the_notifier) for number in numbers}

    def close(self) -> None:
        """Let signals do again what they did."""
        for number, handler in self._usual.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._woken)
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()

    def _hear(self) -> None:
        self._near.recv(64)
        self.asked.emit()


def _is_heard(name: str) -> bool:
    """Whether the system has a signal, and the program was not begun to outlive its terminal (``nohup``)."""
    if not hasattr(signal, name):
        return False
    return name != "SIGHUP" or signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN


def _wait_for_the_notifier(_number: int, _frame: FrameType | None) -> None:
    """Raise nothing where Python happens to be."""
