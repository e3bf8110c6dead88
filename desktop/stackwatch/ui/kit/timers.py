"""Timers that run once, and again and again."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once_after(parent: QObject, milliseconds: int, run: Callable[[], None]) -> QTimer:
    """Return a timer that runs something once, so long after it was last started."""
    timer = every(parent, milliseconds, run)
    timer.setSingleShot(True)
    return timer


def every(parent: QObject, milliseconds: int, run: Callable[[], object]) -> QTimer:
    """Return a timer that runs something again and again while it is started."""
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.timeout.connect(run)
    return timer
