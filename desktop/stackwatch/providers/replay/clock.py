"""The clock of a replay: real seconds times a speed that can change, or steps taken by hand."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta


class ReplayClock:
    """Runs from ``begins`` to ``end`` at ``speed`` replayed seconds per real second; 0 pauses. Thread-safe.

    It stands at its beginning until it is started: a day must not pass while the program still opens.
    """

    def __init__(
        self, begins: datetime, end: datetime, speed: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        """Stand at ``begins``; ``monotonic`` gives real seconds."""
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._base = begins
        self._since: float | None = None
        self._speed = speed
        self.end = end

    def start(self) -> None:
        """Run from now on."""
        with self._lock:
            self._base, self._since = self._now(), self._monotonic()

    def now(self) -> datetime:
        """Return the replayed time; it stands still at the end."""
        with self._lock:
            return self._now()

    @property
    def speed(self) -> float:
        """The pace in replayed seconds per second."""
        with self._lock:
            return self._speed

    @property
    def finished(self) -> bool:
        """Whether the end was reached."""
        return self.now() >= self.end

    def set_speed(self, speed: float) -> None:
        """Change the pace from now on."""
        with self._lock:
            self._go_on_from(self._now())
            self._speed = max(speed, 0.0)

    def jump(self, to: datetime) -> None:
        """Stand at a later time at once and go on from there; never back, never past the end."""
        with self._lock:
            self._go_on_from(min(max(self._now(), to), self.end))

    def _go_on_from(self, at: datetime) -> None:
        self._base = at
        if self._since is not None:
            self._since = self._monotonic()

    def _now(self) -> datetime:
        elapsed = 0.0 if self._since is None else (self._monotonic() - self._since) * self._speed
        return min(self._base + timedelta(seconds=elapsed), self.end)


class SteppedClock:
    """A clock that moves only when told to: replays without waiting, and tests."""

    def __init__(self, start: datetime) -> None:
        """Stand at ``start``."""
        self._now = start

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def advance(self, span: timedelta) -> None:
        """Move forward."""
        self._now += span
