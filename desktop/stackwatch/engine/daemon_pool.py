"""Calls that the main thread waits for: who stops the program is heard meanwhile; none keeps it alive."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

_T = TypeVar("_T")
_LISTEN_SECONDS = 0.5  # Windows hears Ctrl+C between two waits only


class DaemonPool:
    """A few daemon threads; those of Python's own pools are waited for when a program ends."""

    def __init__(self, workers: int) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._workers = workers
        for _ in range(workers):
            threading.Thread(target=self._run, name="waited-for", daemon=True).start()

    def submit(self, call: Callable[[], _T]) -> Future[_T]:
        """Call on one of the threads; returns at once."""
        future: Future[_T] = Future()

        def job() -> None:
            try:
                future.set_result(call())
            except Exception as error:  # noqa: BLE001 - raised where it is waited for
                future.set_exception(error)

        self._jobs.put(job)
        return future

    def close(self) -> None:
        """Let the threads end once what was asked for is done."""
        for _ in range(self._workers):
            self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def outcome(future: Future[_T]) -> _T:
    """Wait for a call, and return or raise what it did."""
    while not wait((future,), _LISTEN_SECONDS).done:
        pass
    return future.result()
