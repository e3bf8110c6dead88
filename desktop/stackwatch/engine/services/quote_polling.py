"""When quotes are asked for: often without a stream, as a cross-check beside it, later after failures."""

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.budget import CHECK_SECONDS
from stackwatch.domain.health import HealthState
from stackwatch.engine.fetching import Fetching, asked_wait, expect, state_of, wait_after
from stackwatch.engine.ports import QuoteBatch
from stackwatch.engine.prices.tick_inbox import TickInbox
from stackwatch.engine.services.sliced_work import Post

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_CROSS_CHECK = timedelta(seconds=CHECK_SECONDS)
_CLOSED_EVERY = timedelta(minutes=10)


class QuotePolling:
    """Asks for quotes when they are due and follows the price stream. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._due: datetime | None = None
        self._failures = 0
        self._fault: Exception | None = None
        self._next_try: datetime | None = None
        self._failed_at = datetime.min.replace(tzinfo=UTC)
        self._asked_wait = timedelta(0)  # for which the provider asked to be left alone then
        self._streaming = False
        self._looked_at: tuple[str, ...] = ()  # a share, and its benchmark, whatever the list holds
        self.hours_known = False

    @property
    def healthy(self) -> bool:
        """Whether the provider answered the last time."""
        return self._failures == 0

    def fetch(self, engine: "Engine") -> None:
        """Fetch every quote in as few requests as the provider allows."""
        symbols = tuple(dict.fromkeys((*engine.quoted_symbols, *self._looked_at)))
        source = engine.parts.quotes
        if not symbols or self._is_left_alone(engine):  # an empty list is no failure
            return

        def done(batch: QuoteBatch) -> None:
            self._failures, self._fault = 0, None
            self._asked_wait = timedelta(0)
            engine.take_quotes(batch)
            if not {*self._looked_at, *engine.feed.boards.symbols}.issubset(symbols):  # wanted since
                self.fetch(engine)

        def failed(error: Exception) -> None:
            self._failed(engine, error)

        self._fetching.start("quotes", lambda: source.quotes(symbols), done, failed)

    def look_at(self, engine: "Engine", entity_id: str | None) -> None:
        """Ask for a share as long as it is looked at, at once where nothing else does.

        Its stored history is taken in. A provider that does not answer is asked again when that is due.
        """
        share = None if entity_id is None else engine.parts.ecosystem.instruments.get(entity_id)
        before, self._looked_at = self._looked_at, () if share is None else (share.symbol, share.benchmark)
        if share is None or self._looked_at == before or share.symbol in engine.symbols:
            return
        lacking = [symbol for symbol in self._looked_at if symbol not in engine.market.closes]
        engine.take_histories(engine.histories.recall(lacking))
        if self.healthy:
            self.fetch(engine)

    def fetch_now(self, engine: "Engine") -> None:
        """Fetch without waiting for what is due."""
        self._due = None
        self.fetch(engine)

    def fetch_due(self, engine: "Engine") -> None:
        """Fetch quotes when a market is open, now and then while all are shut, later after failures."""
        self._tell_fault(engine)
        now = engine.parts.clock.now()
        if self._due is not None and now < self._due:
            return
        if not engine.parts.replay:
            self._due = now + self._rest(engine, now)
        self.fetch(engine)

    def _is_left_alone(self, engine: "Engine") -> bool:
        """Whether the provider asked for a time without requests that is not over, whoever wants one now."""
        return timedelta(0) <= engine.parts.clock.now() - self._failed_at < self._asked_wait

    def start_stream(self, engine: "Engine", post: Post) -> None:
        """Let the provider push prices; polling then only checks them."""
        if engine.parts.stream is None:
            return

        def on_health(state: HealthState, detail: str) -> None:
            post(lambda engine: self._stream_changed(engine, state, detail))

        inbox = TickInbox(
            lambda drain: post(lambda _: drain()), engine.take_ticks, matters=engine.alerting.matters
        )
        engine.parts.stream.start(engine.symbols, inbox.put, on_health)

    def _rest(self, engine: "Engine", now: datetime) -> timedelta:
        """Return how long the next poll may wait: no longer than until a market opens."""
        pushed = _CROSS_CHECK if self._streaming else timedelta(0)
        if not self.hours_known:
            return pushed
        return engine.hours.until_an_opening(now, pushed if engine.any_market_open else _CLOSED_EVERY)

    def _failed(self, engine: "Engine", error: Exception) -> None:
        expect(error)
        wait = wait_after(self._failures, error)
        self._failures += 1
        self._failed_at, self._asked_wait = engine.parts.clock.now(), asked_wait(error)
        self._due = self._next_try = self._failed_at + wait
        self._fault = error
        _log.warning("quotes: %s; next try in %s", error, wait)
        self._tell_fault(engine)

    def _tell_fault(self, engine: "Engine") -> None:
        """Tell that nobody answers; while prices are pushed all the same, that is but a part."""
        if self._fault is None:
            return
        pushed = self._streaming and engine.feed.is_pushed
        state = HealthState.DEGRADED if pushed else state_of(self._fault)
        engine.health.note("quotes", state, str(self._fault), self._next_try)

    def _stream_changed(self, engine: "Engine", state: HealthState, detail: str) -> None:
        before, self._streaming = self._streaming, state is HealthState.OK
        if before and not self._streaming and self._due is not None and self.healthy:
            now = engine.parts.clock.now()
            self._due = min(self._due, now + self._rest(engine, now))  # it was the rest beside a stream
        engine.feed.stream_changed(streaming=self._streaming)
        engine.health.note("stream", state, detail)
        self._tell_fault(engine)
