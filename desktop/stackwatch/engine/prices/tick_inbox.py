"""Where pushed prices wait for the core: however many came meanwhile are taken in together."""

import time
from collections.abc import Callable, Sequence
from threading import Lock, Timer

from stackwatch.domain.quote import Session
from stackwatch.engine.core import Task
from stackwatch.engine.ports import Tick

_REGULAR = Session.REGULAR
_SHARE = 0.08  # of a core for a busy market: more would bring nothing that anybody could read
_SAVED = 0.1  # seconds: who rested before need not rest after one busy moment
_LONGEST_REST = 0.5
_BREATH = 0.01  # between two looks at prices that matter: a crash is full of them


class TickInbox:
    """Gathers ticks from any thread; of a symbol's prices that wait the newest counts, and each that matters.

    A busy core finds one task, not a queue. How long it rests between two follows from the processor time
    that they took, so that a single price in a calm market is taken in at once. A price that a rule waits for
    does not wait for the rest, nor for the others, and none that comes after it takes its place.
    """

    def __init__(
        self,
        post: Callable[[Task], None],
        take: Callable[[Sequence[Tick]], None],
        *,
        matters: Callable[[str, float], bool],
        monotonic: Callable[[], float] = time.monotonic,
        worked: Callable[[], float] = time.thread_time,
        later: Callable[[float, Task], None] | None = None,
    ) -> None:
        """Let ``post`` run a task on the core, which hands the ticks to ``take``, oldest symbol first.

        ``matters`` says of a symbol's regular price whether a rule may wait for it. ``worked`` is how many
        seconds the calling thread has worked, ``later`` calls a task after some seconds, from any thread.
        """
        self._post, self._take, self._matters = post, take, matters
        self._monotonic, self._worked = monotonic, worked
        self._later = later or _in_a_while
        self._lock = Lock()
        self._waiting: dict[tuple[str, object], Tick] = {}
        self._urgent: list[Tick] = []
        self._asked = False  # a task is under way, or will be
        self._rested_at = self._hurries_at = 0.0

    def put(self, ticks: Sequence[Tick]) -> None:
        """Add ticks; returns at once."""
        with self._lock:
            hurried = bool(self._urgent)
            for tick in ticks:
                if tick.session is _REGULAR and self._matters(tick.symbol, tick.price):
                    self._waiting.pop((tick.symbol, tick.session), None)
                    self._urgent.append(tick)
                else:
                    self._waiting[tick.symbol, tick.session] = tick
            hurry = bool(self._urgent) and not hurried
            wanted = not self._asked and bool(self._waiting)
            self._asked = self._asked or wanted
        if hurry:
            self._ask(self._hurry, self._hurries_at)
        if wanted:
            self._ask(self._drain, self._rested_at)

    def _ask(self, task: Task, at: float) -> None:
        rest = at - self._monotonic()
        if rest > 0.0:
            self._later(rest, lambda: self._post(task))
        else:
            self._post(task)

    def _drain(self) -> None:
        try:
            self._hurry()  # they are older than what waits
            with self._lock:
                ticks, self._waiting = tuple(self._waiting.values()), {}
            if ticks:
                self._work(ticks)
        finally:
            with self._lock:
                self._asked = bool(self._waiting)
            if self._asked:
                self._ask(self._drain, self._rested_at)

    def _hurry(self) -> None:
        """Hand on the prices that matter, each by itself where a symbol has several: a rule sees all.

        Nobody rests for them: the list would stand still after an alert.
        """
        with self._lock:
            urgent, self._urgent = self._urgent, []
        if urgent:
            self._hurries_at = self._monotonic() + _BREATH
        together: dict[str, Tick] = {}
        for tick in urgent:
            if tick.symbol in together:
                self._take(tuple(together.values()))
                together.clear()
            together[tick.symbol] = tick
        if together:
            self._take(tuple(together.values()))

    def _work(self, ticks: Sequence[Tick]) -> None:
        began, worked = self._monotonic(), self._worked()
        try:
            self._take(ticks)
        finally:
            cost = min((self._worked() - worked) / _SHARE, _LONGEST_REST)
            self._rested_at = max(self._rested_at, began - _SAVED) + cost


def _in_a_while(seconds: float, task: Task) -> None:
    timer = Timer(seconds, task)
    timer.daemon = True
    timer.start()
