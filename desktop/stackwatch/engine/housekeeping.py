"""Once a day: what need not be kept leaves the store, a slice between other tasks of the core."""

from datetime import date
from typing import TYPE_CHECKING

from stackwatch.engine.sliced_work import Post, SlicedWork

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine


class Housekeeping:
    """Tidies the store. Runs on the core thread."""

    def __init__(self, post: Post) -> None:
        self._slices = SlicedWork(post)
        self._day: date | None = None

    def tidy_due(self, engine: "Engine") -> None:
        """Begin when today's has not been done."""
        now = engine.parts.clock.now()
        if self._slices.running or now.date() == self._day or engine.parts.replay:
            return
        self._day = now.date()
        self._slices.begin(engine, engine.parts.store.tidy(now, engine.parts.ecosystem.instruments))
