"""The one thread that owns all state, and the small pool that waits for the network on its behalf."""

import logging
import queue
import sys
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
Task = Callable[[], None]
# Only one thread computes at a time; one that wants to waits until the other blocks or its turn is over, by
# default after 5 ms. With 500 names x 20 prices a second the window was late by 11 ms so, by 8 ms with this
# (95th percentile, medians of 6 and 7 runs whose ranges overlap); with 84 x 10 there was no difference.
_TURN_SECONDS = 0.001


class Core(Protocol):
    """Runs tasks one after another on the thread that owns the state."""

    def post(self, task: Task) -> None:
        """Queue a task; returns at once."""


class Pool(Protocol):
    """Runs slow calls elsewhere and hands their outcome back to the core."""

    def submit(
        self,
        call: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        *,
        background: bool = False,
    ) -> None:
        """Run ``call`` and post ``done(result)`` or ``failed(error)`` to the core.

        What nobody waits for is ``background``: it never holds up anything else.
        """


class CoreThread:
    """A daemon thread draining an inbox of tasks. A failing task is logged and reported, never swallowed.

    While it computes, other threads get their turn within a millisecond: the window's must not wait for it.
    """

    def __init__(self, on_crash: Callable[[Exception], None]) -> None:
        self._inbox: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._on_crash = on_crash
        self._thread = threading.Thread(target=self._run, name="core", daemon=True)

    def start(self) -> None:
        """Begin running tasks, those queued before included."""
        sys.setswitchinterval(_TURN_SECONDS)
        self._thread.start()

    def post(self, task: Task) -> None:
        """Queue a task from any thread."""
        self._inbox.put(task)

    def stop(self, last: Task, timeout: float) -> bool:
        """Run ``last`` after what is queued, then end; returns whether it ended in time."""
        self._inbox.put(last)
        self._inbox.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (task := self._inbox.get()) is not None:
            try:
                task()
            except Exception as error:  # noqa: BLE001 - one bad task must not end the core
                _log.exception("a task of the core failed")
                self._on_crash(error)


class FetchPool:
    """A few daemon threads for slow calls; a hanging request never keeps the program alive.

    Background calls have a queue and threads of their own: a chart that is opened waits behind no history.
    """

    def __init__(self, core: Core, workers: int = 4, background: int = 2) -> None:
        self._core = core
        self._jobs: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._background: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._queues = (self._jobs,) * workers + (self._background,) * background
        self._closing = False
        for index, jobs in enumerate(self._queues):
            threading.Thread(target=self._run, args=(jobs,), name=f"fetch-{index}", daemon=True).start()

    def submit(
        self,
        call: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        *,
        background: bool = False,
    ) -> None:
        """Run ``call`` on a worker; nothing is posted after ``close``."""

        def job() -> None:
            try:
                result = call()
            except Exception as error:  # noqa: BLE001 - handed to the core, which knows what to do
                fault = error
                self._post(lambda: failed(fault))
            else:
                self._post(lambda: done(result))

        (self._background if background else self._jobs).put(job)

    def close(self) -> None:
        """Let idle workers end and drop what is still queued."""
        self._closing = True
        for jobs in self._queues:
            jobs.put(None)

    def _post(self, task: Task) -> None:
        if not self._closing:
            self._core.post(task)

    def _run(self, jobs: queue.SimpleQueue[Task | None]) -> None:
        while (job := jobs.get()) is not None:
            if not self._closing:
                job()


class InlineCore:
    """Runs tasks where they are posted, in order: headless runs and tests need no thread."""

    def __init__(self) -> None:
        self._waiting: list[Task] = []
        self._running = False

    def post(self, task: Task) -> None:
        """Run the task now, or after the one that posted it."""
        self._waiting.append(task)
        if self._running:
            return
        self._running = True
        try:
            while self._waiting:
                self._waiting.pop(0)()
        finally:
            self._running = False


class InlinePool:
    """Calls at once and hands the outcome to the core."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def submit(
        self,
        call: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        *,
        background: bool = False,
    ) -> None:
        """Run ``call`` now, ``background`` or not."""
        del background
        try:
            result = call()
        except Exception as error:  # noqa: BLE001 - handed to the core, which knows what to do
            fault = error
            self._core.post(lambda: failed(fault))
        else:
            self._core.post(lambda: done(result))
