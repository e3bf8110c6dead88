"""Timers that run once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once_after(parent: QObject, milliseconds: int, run: Callable[[], None]) -> QTimer:
    """Return a timer that runs something once, so long after it was last started."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer
