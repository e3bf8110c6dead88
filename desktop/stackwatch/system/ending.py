"""Told by the system to end, a command stops as with Ctrl+C: what it was at is whole, or was not begun."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

INTERRUPTED, TERMINATED = 130, 143  # exit codes, as shells count signals


class Terminated(KeyboardInterrupt):
    """The system asked the program to end."""


@contextmanager
def heeding_the_system() -> Iterator[None]:
    """Raise Terminated where the program is when the system asks it to end."""
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def exit_code(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a program that was stopped."""
    return TERMINATED if isinstance(stop, Terminated) else INTERRUPTED


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated
