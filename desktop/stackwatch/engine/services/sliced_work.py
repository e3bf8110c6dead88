"""Long work of the core in slices, each behind what waits by then."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from stackwatch.domain.errors import StoreError

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

Post = Callable[[Callable[["Engine"], None]], None]


class SlicedWork:
    """Does one work at a time. Runs on the core thread."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._work: Iterator[None] | None = None

    @property
    def running(self) -> bool:
        """Whether a work is under way."""
        return self._work is not None

    def begin(self, engine: "Engine", work: Iterator[None]) -> None:
        """Do a work, in place of the one that is under way; a store that fails is told, and ends it."""
        running, self._work = self.running, work
        if not running:
            self._step(engine)

    def _step(self, engine: "Engine") -> None:
        assert self._work is not None
        try:
            next(self._work)
        except StopIteration:
            self._work = None
        except StoreError as fault:
            self._work = None
            engine.writer.failed(fault)
        else:
            self._post(self._step)
