"""Once a day, in slices: what need not be kept leaves the store, and titles are read for past days."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from stackwatch.engine.news.kept_readings import read_unread
from stackwatch.engine.services.sliced_work import Post, SlicedWork

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_READ_BACK = timedelta(days=500)  # a rule is tried on a year, and that on what was told before
_A_DAY, _AT_ONCE = 20_000, 50  # titles, and those of ten milliseconds


class Housekeeping:
    """Tidies the store between other tasks. Runs on the core thread."""

    def __init__(self, post: Post) -> None:
        self._slices = SlicedWork(post)
        self._day: date | None = None

    def tidy_due(self, engine: "Engine") -> None:
        """Begin when today's has not been done."""
        now = engine.parts.clock.now()
        if self._slices.running or now.date() == self._day or engine.parts.replay:
            return
        self._day = now.date()
        tidied = engine.parts.store.tidy(now, engine.parts.ecosystem.instruments)
        self._slices.begin(engine, chain(tidied, _titles_read(engine, now)))


def _titles_read(engine: "Engine", now: datetime) -> Iterator[None]:
    """Keep what titles say that no import read, or that were read by other lists than those of now."""
    for count in read_unread(engine.parts.store.news, engine.parts.reader, now - _READ_BACK, now, _AT_ONCE):
        if count >= _A_DAY:
            return
        yield
