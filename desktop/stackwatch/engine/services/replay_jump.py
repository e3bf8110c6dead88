"""The way to the next event of a replay: minute by minute, as fast as the core can, leaving nothing out."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.alert import WAITS
from stackwatch.domain.errors import ProviderError
from stackwatch.engine.ports import ReplayTime

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)
_STEP = timedelta(minutes=1)


class ReplayJump:
    """Takes one step a task, so that the core answers in between. Nothing is left out on the way."""

    def __init__(self, clock: ReplayTime, post: Callable[[Callable[["Engine"], None]], None]) -> None:
        self._clock, self._post = clock, post
        self._going = False

    def start(self, engine: "Engine") -> None:
        """Go on to the next headline or alert, or to the end; a second wish on the way changes nothing."""
        if not self._going:
            self._going = True
            self._step(engine, _events(engine))

    def _step(self, engine: "Engine", before: tuple[int, int]) -> None:
        self._clock.jump(self._clock.now() + _STEP)
        try:
            engine.take_quotes(engine.parts.quotes.quotes(engine.quoted_symbols))
            for source in engine.parts.news:
                engine.take_headlines(source.headlines(()), source.name)
        except ProviderError as fault:
            _log.warning("the way to the next event ended: %s", fault)
            self._going = False
            return
        engine.tick()
        if _events(engine) != before or self._clock.finished:
            self._going = False
        else:
            self._post(lambda engine: self._step(engine, before))


def _events(engine: "Engine") -> tuple[int, int]:
    """Count what a reader would stop for: alerts that are told, and headlines."""
    told = sum(alert.suppressed_by != WAITS for alert in engine.delivery.alerts)
    return told, sum(story.copies for story in engine.newsroom.stories)
