"""Work on a thread that may wait: its answer comes to the GUI thread, unless who asked is gone by then."""

from collections.abc import Callable
from functools import cache, partial
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

Result = TypeVar("Result")


class GuiThread(QObject):
    """Runs what other threads hand it. No window owns it: the signal of a closed one cannot be sent."""

    _handed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._handed.connect(self._run)

    def call(self, owner: QObject, act: Callable[[], object]) -> None:
        """Let something be done soon, unless its owner is gone by then; any thread may ask."""
        self._handed.emit((owner, act))

    def _run(self, handed: tuple[QObject, Callable[[], object]]) -> None:
        owner, act = handed
        if isValid(owner):
            act()


@cache
def gui_thread() -> GuiThread:
    """Return the one of the program; the first call is the GUI thread's own."""
    return GuiThread()


def is_gone(owner: QObject) -> bool:
    """Whether a part of a window was closed and taken away since."""
    return not isValid(owner)


def in_background(owner: QObject, work: Callable[[], Result], then: Callable[[Result], object]) -> None:
    """Do work on a thread that may wait, then something with its result, unless the owner is gone by then."""
    home = gui_thread()

    def run() -> None:
        result = work()
        home.call(owner, partial(then, result))

    QThreadPool.globalInstance().start(run)
