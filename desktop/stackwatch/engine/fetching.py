"""One slow call at a time per purpose: the pool waits for it, the core takes its outcome in."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.health import HealthState
from stackwatch.engine.core import Pool

_T = TypeVar("_T")
_BACKOFF = timedelta(seconds=30)
_DOUBLINGS = 10  # more would not fit a span of time after hours without a connection
_MAX_BACKOFF = timedelta(minutes=10)


class Fetching:
    """Runs calls on the pool, never two of one key at once. Used on the core thread."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._under_way: set[str] = set()

    def start(
        self,
        key: str,
        call: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        *,
        background: bool = False,
    ) -> None:
        """Fetch unless the same is under way; ``done`` or ``failed`` runs on the core thread.

        What nobody waits for is ``background``.
        """
        if key in self._under_way:
            return
        self._under_way.add(key)

        def succeeded(result: _T) -> None:
            self._under_way.discard(key)
            done(result)

        def broke(error: Exception) -> None:
            self._under_way.discard(key)
            failed(error)

        self._pool.submit(call, succeeded, broke, background=background)


def expect(error: Exception) -> None:
    """Let faults of the surroundings pass; anything else is a bug and goes up."""
    if not isinstance(error, ProviderError | StoreError):
        raise error


def backoff(failures: int) -> timedelta:
    """Return how long to leave a provider alone that failed so often before: 30 s, doubling to 10 minutes."""
    doubled: timedelta = _BACKOFF * 2 ** min(failures, _DOUBLINGS)
    return min(doubled, _MAX_BACKOFF)


def wait_after(failures: int, error: Exception) -> timedelta:
    """Return how long to leave a provider alone, and never less than it asked."""
    return max(backoff(failures), asked_wait(error))


def asked_wait(error: Exception) -> timedelta:
    """Return for how long a provider asked to be left alone, nothing where it did not."""
    seconds = error.retry_after if isinstance(error, ProviderError) else None
    return timedelta(seconds=seconds or 0.0)


def state_of(error: Exception) -> HealthState:
    """Return the health state a fault stands for."""
    if isinstance(error, ProviderError):
        if error.rate_limited:
            return HealthState.RATE_LIMITED
        if error.offline:
            return HealthState.OFFLINE
    return HealthState.FAILED
