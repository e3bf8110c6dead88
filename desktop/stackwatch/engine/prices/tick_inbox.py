"""Where pushed prices wait for the core: however many came meanwhile are taken in together."""

import time
from collections.abc import Callable, Sequence
from threading import Lock, Timer

from stackwatch.engine.core import Task
from stackwatch.engine.ports import Tick

_SHARE = 0.2  # of a core for a busy market: the window has the rest
_SAVED = 0.05  # seconds: who rested before need not rest after one busy moment
_LONGEST_REST = 0.5


class TickInbox:
    """Gathers ticks from any thread; of a symbol's prices that wait the newest counts.

    A busy core finds one task, not a queue. How long it rests between two follows from the processor time
    that they took, so that a single price in a calm market is taken in at once.
    """

    def __init__(
        self,
        post: Callable[[Task], None],
        take: Callable[[Sequence[Tick]], None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.thread_time,
        later: Callable[[float, Task], None] | None = None,
    ) -> None:
        """Let ``post`` run a task on the core, which hands the ticks to ``take``, oldest symbol first.

        ``worked`` is how many seconds the calling thread has worked, ``later`` calls a task after some
        seconds, from any thread.
        """
        self._post, self._take, self._monotonic, self._worked = post, take, monotonic, worked
        self._later = later or _in_a_while
        self._lock = Lock()
        self._waiting: dict[tuple[str, object], Tick] = {}
        self._asked = False  # a task is under way, or will be
        self._rested_at = 0.0

    def put(self, ticks: Sequence[Tick]) -> None:
        """Add ticks; returns at once."""
        with self._lock:
            for tick in ticks:
                self._waiting[tick.symbol, tick.session] = tick
            wanted = not self._asked and bool(self._waiting)
            self._asked = self._asked or wanted
        if wanted:
            self._ask()

    def _ask(self) -> None:
        rest = self._rested_at - self._monotonic()
        if rest > 0.0:
            self._later(rest, lambda: self._post(self._drain))
        else:
            self._post(self._drain)

    def _drain(self) -> None:
        with self._lock:
            ticks, self._waiting = tuple(self._waiting.values()), {}
        began, worked = self._monotonic(), self._worked()
        try:
            self._take(ticks)
        finally:
            cost = min((self._worked() - worked) / _SHARE, _LONGEST_REST)
            self._rested_at = max(self._rested_at, began - _SAVED) + cost
            with self._lock:
                self._asked = bool(self._waiting)
            if self._asked:
                self._ask()


def _in_a_while(seconds: float, task: Task) -> None:
    timer = Timer(seconds, task)
    timer.daemon = True
    timer.start()
