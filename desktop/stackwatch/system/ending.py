"""Told by the system to end, a command stops as with Ctrl+C: what it was at is whole, or was not begun."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = ("SIGTERM", "SIGHUP")  # the end of a session; its terminal was closed, or its line broke
_STOPPED_BY = 128  # and the number of a signal is the exit code, as shells count


class Terminated(KeyboardInterrupt):
    """The system asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def heeding_the_system() -> Iterator[None]:
    """Raise Terminated where the program is when the system asks it to end.

    A signal that the program was begun deaf to, as by ``nohup``, goes on being none.
    """
    usual = {number: signal.getsignal(number) for name in _SIGNALS if (number := getattr(signal, name, None))}
    heeded = {number: handler for number, handler in usual.items() if handler is not signal.SIG_IGN}
    for number in heeded:
        signal.signal(number, _terminate)
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)


def exit_code(stop: KeyboardInterrupt) -> int:
    """Return the exit code of a program that was stopped."""
    return _STOPPED_BY + (stop.number if isinstance(stop, Terminated) else signal.SIGINT)


def _terminate(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)
