"""Noticing that the program did not run for a while, or that the clock was set."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

LATE = timedelta(seconds=60)
_SET_BACK = timedelta(seconds=5)  # more than a time server corrects at once


@dataclass(frozen=True, slots=True)
class UnwatchedGap:
    """Time that nobody watched: ``missed`` of it; ``set_back`` when the clock went backwards instead."""

    missed: timedelta
    set_back: bool = False


class WakeWatch:
    """Compares the wall clock with one that only runs forward. Used on the core thread.

    A machine that sleeps stops the one (Linux, macOS) or both with the program (Windows): then the next look
    comes late by either clock. ``monotonic`` counts seconds.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last: tuple[datetime, float] | None = None

    def look(self, now: datetime, expected: timedelta) -> UnwatchedGap | None:
        """Note the time; returns a gap when ``expected`` and a minute more went by since the last look."""
        ticks = self._monotonic()
        before, self._last = self._last, (now, ticks)
        if before is None:
            return None
        wall, steady = now - before[0], timedelta(seconds=ticks - before[1])
        if wall < -_SET_BACK:
            return UnwatchedGap(steady, set_back=True)
        missed = max(wall, steady) - expected
        return UnwatchedGap(missed) if missed > LATE else None
