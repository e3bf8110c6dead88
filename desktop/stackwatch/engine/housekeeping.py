"""Once a day: what need not be kept leaves the store, a slice between other tasks of the core."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from stackwatch.domain.errors import StoreError

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

Post = Callable[[Callable[["Engine"], None]], None]


class Housekeeping:
    """Tidies the store. Runs on the core thread."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._day: date | None = None
        self._slices: Iterator[None] | None = None

    def tidy_due(self, engine: "Engine") -> None:
        """Begin when today's has not been done; each slice queues the next behind what waits."""
        today = engine.parts.clock.now().date()
        if self._slices is not None or today == self._day or engine.parts.replay:
            return
        self._day = today
        self._slices = engine.parts.store.tidy(engine.parts.clock.now(), engine.parts.ecosystem.instruments)
        self._step(engine)

    def _step(self, engine: "Engine") -> None:
        assert self._slices is not None
        try:
            next(self._slices)
        except StopIteration:
            self._slices = None
        except StoreError as fault:
            self._slices = None
            engine.keeper.failed(fault)
        else:
            self._post(self._step)
