"""Where pushed prices wait for the core: however many came meanwhile are taken in together."""

from collections.abc import Callable, Sequence
from threading import Lock

from stackwatch.engine.ports import Tick


class TickInbox:
    """Gathers ticks from any thread; nothing is dropped, and a busy core finds one task, not a queue."""

    def __init__(
        self, post: Callable[[Callable[[], None]], None], take: Callable[[Sequence[Tick]], None]
    ) -> None:
        """Let ``post`` run a task on the core, which hands the ticks to ``take`` in the order they came."""
        self._post, self._take = post, take
        self._lock = Lock()
        self._waiting: list[Tick] = []

    def put(self, ticks: Sequence[Tick]) -> None:
        """Add ticks; returns at once."""
        with self._lock:
            first = not self._waiting
            self._waiting.extend(ticks)
        if first and ticks:
            self._post(self._drain)

    def _drain(self) -> None:
        with self._lock:
            ticks, self._waiting = self._waiting, []
        self._take(ticks)
