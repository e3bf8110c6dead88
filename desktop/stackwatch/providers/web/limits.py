"""How long, how large and how many: the limits of every request."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from stackwatch.domain.errors import ProviderError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds to connect, seconds for everything, and the bytes of an answer after unpacking."""

    connect_seconds: float = 5.0
    total_seconds: float = 10.0
    body_bytes: int = 20_000_000


class TokenBucket:
    """Lets ``capacity`` requests through at once and ``per_second`` in the long run; thread safe.

    One bucket pays for every request of the program.
    """

    def __init__(
        self,
        capacity: float = 120.0,
        per_second: float = 2.0,
        *,
        max_wait: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Fill the bucket; ``clock`` counts seconds, and nobody waits for more than ``max_wait`` of them."""
        self._capacity = capacity
        self._per_second = per_second
        self._max_wait = max_wait
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = capacity
        self._filled = clock()

    def allow(self, per_hour: int) -> None:
        """Let another number of requests an hour through from now on."""
        with self._lock:
            self._per_second = max(per_hour, 1) / 3600.0

    def take(self) -> float:
        """Spend one token and return the seconds to wait first; raise ProviderError when that is too long."""
        with self._lock:
            now = self._clock()
            gained = max(now - self._filled, 0.0) * self._per_second
            self._tokens = min(self._capacity, self._tokens + gained)
            self._filled = now
            wait = max(1.0 - self._tokens, 0.0) / self._per_second
            if wait > self._max_wait:
                raise ProviderError("the program's own request budget is spent", rate_limited=True)
            self._tokens -= 1.0
            return wait
