"""After a sleep, a set clock or a lost connection: everything is asked for once, before its turn."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.engine.services.bar_loading import BarLoading
from stackwatch.engine.services.news_polling import NewsPolling
from stackwatch.engine.services.quote_polling import QuotePolling
from stackwatch.engine.wake import UnwatchedGap, WakeWatch

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_LONG = timedelta(minutes=2)  # without prices, after which a chart lacks bars: it is drawn anew
_DONE_FOR = timedelta(seconds=10)  # jobs that were late together find the catch-up done


class CatchUp:
    """Notices gaps and returns, whichever job comes first after one. Runs on the core thread."""

    def __init__(self, quotes: QuotePolling, news: NewsPolling, bars: BarLoading, every: timedelta) -> None:
        """Expect to look at least ``every`` so often."""
        self._quotes, self._news, self._bars = quotes, news, bars
        self._every = every
        self._watch = WakeWatch(time.monotonic)
        self._done_at: datetime | None = None
        self._lost_at: datetime | None = None

    def look(self, engine: "Engine") -> None:
        """Catch up where that is due; a replay has a time of its own."""
        if not engine.parts.replay:
            self._notice_gap(engine)
            self._notice_return(engine)

    def unless_done(self, task: Callable[["Engine"], None]) -> Callable[["Engine"], None]:
        """Leave out a job that was late together with the clock's: one catch-up is enough."""

        def run(engine: "Engine") -> None:
            self.look(engine)
            since = None if self._done_at is None else engine.parts.clock.now() - self._done_at
            if since is None or not timedelta(0) <= since < _DONE_FOR:
                task(engine)

        return run

    def _notice_gap(self, engine: "Engine") -> None:
        """After a sleep or a set clock: rules begin anew, and everything is asked for once."""
        gap = self._watch.look(engine.parts.clock.now(), self._every)
        if gap is not None:
            _log.info("%s", _told(gap))
            engine.mark_gap()
            if gap.set_back:  # one that was ahead took what is stored for too old to be held in memory
                engine.take_histories(engine.histories.recall(engine.symbols))
            self._done_at = engine.parts.clock.now()
            self._quotes.fetch_now(engine)
            self._news.fetch(engine)
            self._bars.reload_chart(engine)

    def _notice_return(self, engine: "Engine") -> None:
        """When one source answers again, the others are asked without waiting for their next try.

        There is no hook into the system's network: a failure and then an answer is how a return is seen.
        """
        healthy, now = self._quotes.healthy, engine.parts.clock.now()
        returned = healthy and self._lost_at is not None
        away = now - (self._lost_at or now)
        self._lost_at = None if healthy else self._lost_at or now
        if returned:
            self._news.fetch(engine)
            if away >= _LONG:
                self._bars.reload_chart(engine)
        elif not healthy and self._news.answered_again():
            self._quotes.fetch_now(engine)


def _told(gap: UnwatchedGap) -> str:
    if gap.set_back:
        return "the clock was set back; rules begin anew"
    return f"nothing ran for {gap.missed}; rules begin anew and everything is asked for once"
