"""One run of the engine behind a window: it is built on the core thread, after the first paint."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from stackwatch.app import Options, World, live_parts, open_store, replay_parts, with_user_files
from stackwatch.domain.errors import StackwatchError
from stackwatch.domain.events import (
    AlertsLoaded,
    BarsLoaded,
    ClockTicked,
    Event,
    HealthChanged,
    HistoryProgress,
    QuotesChanged,
)
from stackwatch.domain.health import Health, HealthState
from stackwatch.engine.core import CoreThread, FetchPool
from stackwatch.providers.replay.clock import ReplayClock
from stackwatch.system.clock import SystemClock

if TYPE_CHECKING:
    from stackwatch.domain.episode import Episode
    from stackwatch.domain.quote import ChartRange
    from stackwatch.engine.ports import Scheduler
    from stackwatch.engine.runtime import Runtime
    from stackwatch.storage.sqlite.store import SqliteStore

STOP_SECONDS = 2.0
_FIRST_ALERTS = 1_000  # before the first paint; the engine tells the others soon after


class EngineRun:
    """One run of the engine behind a window: live, or a replayed day."""

    def __init__(self, options: Options, world: World, episode: Episode | None, speed: float) -> None:
        self._options = options
        self._world = world
        self._episode = episode
        self._clock: ReplayClock | SystemClock = (
            SystemClock() if episode is None else ReplayClock(episode.starts, episode.ends, speed)
        )
        self._publish: Callable[[Event], None] = _unheard
        self._core = CoreThread(self._failed)
        self._pool = FetchPool(self._core)
        self._scheduler: Scheduler | None = None
        self._built = self._ending = False
        self._refuse: Callable[[], None] = _nothing
        self._close_store: Callable[[], None] = _nothing

    @property
    def episode_id(self) -> str | None:
        """The id of the day that is replayed, None for live prices."""
        return None if self._episode is None else self._episode.id

    @cached_property
    def runtime(self) -> Runtime:
        """What drives the engine and answers the window: loaded once the list is painted."""
        from stackwatch.engine.runtime import Runtime  # brings much of the engine along

        return Runtime(self._core, self._pool, self._clock if isinstance(self._clock, ReplayClock) else None)

    def known(self, selected: str, span: ChartRange) -> tuple[Event, ...]:
        """Return what the store remembers, for the first paint and the first chart. Raises StoreError."""
        if self._episode is not None:
            return ()
        with closing(open_store(self._options.folders, self._clock, replay=False)) as store:
            known = self._world.ecosystem.instruments
            events = self._set_aside(store)
            quotes = tuple(quote for quote in store.quotes.load() if quote.symbol in known)
            alerts = store.alerts.load(_FIRST_ALERTS)
            bars = store.bars.load_daily(selected, self._clock.now().date() - span.length)
        events.append(AlertsLoaded(alerts))
        if quotes:
            events.append(QuotesChanged(quotes))
        if bars:
            events.append(BarsLoaded(selected, span, bars))
        return tuple(events)

    def start(self, publish: Callable[[Event], None]) -> None:
        """Start the core; it loads the heavy parts on its own thread and tells ``publish`` what it learns."""
        self._publish = publish
        self._core.post(partial(self._begin, self.runtime))
        self._core.start()

    def stop(self) -> bool:
        """Stop within two seconds even while a request hangs; returns whether the core ended in time."""
        self._ending = True
        if self._scheduler is not None:
            self._scheduler.stop()
        self._refuse()  # frees workers that wait for the network
        self._pool.close()
        self.runtime.save_lists()
        return self._core.stop(self._end, STOP_SECONDS)

    def _end(self) -> None:
        """End what was built after stop was called, and the store, which belongs to the core thread."""
        if self._scheduler is not None:
            self._scheduler.stop()
        self._refuse()
        self._close_store()

    def _begin(self, runtime: Runtime) -> None:
        """Build the engine; the collector, which rested until now, leaves what is loaded by then alone.

        While tens of thousands of stories were loaded it walked them several times, and the window waited.
        """
        try:
            self._build(runtime)
        finally:
            gc.freeze()
            gc.enable()

    def _build(self, runtime: Runtime) -> None:
        from stackwatch.engine.engine import Engine  # heavy, on the core thread
        from stackwatch.engine.runtime import LIVE, REPLAY
        from stackwatch.system.scheduler import BackgroundJobs

        store = open_store(self._options.folders, self._clock, replay=self._episode is not None)
        self._close_store = store.close
        for event in self._set_aside(store):
            self._publish(event)
        if self._episode is None:
            parts, self._refuse = live_parts(self._world, self._options.folders, store, self._clock)
        else:
            parts = replay_parts(self._world, self._options, self._episode, store, self._clock)
        parts = with_user_files(parts, self._world, self._options.folders)
        engine = Engine(parts, self._told)
        runtime.attach(engine)
        self._built = True
        if self._episode is not None:
            runtime.prepare_replay()
        if self._ending:  # stop did not wait for this: jobs would begin while Python ends
            return
        self._scheduler = BackgroundJobs()
        runtime.schedule(self._scheduler, LIVE if self._episode is None else REPLAY)
        self._scheduler.start()
        if isinstance(self._clock, ReplayClock):
            self._clock.start()

    def _set_aside(self, store: SqliteStore) -> list[Event]:
        """Say that a damaged database was replaced by a new one, if it was."""
        detail = store.damage
        if detail is None:
            return []
        now = self._clock.now()
        return [HealthChanged(Health(source="store", state=HealthState.DEGRADED, since=now, detail=detail))]

    def _told(self, event: Event) -> None:
        if isinstance(event, ClockTicked) and isinstance(self._clock, ReplayClock):
            event = replace(event, speed=self._clock.speed, finished=self._clock.finished)
        if isinstance(event, HistoryProgress) and event.done == event.total:
            gc.freeze()  # a year of bars of every name, which a full collection would walk, too
        self._publish(event)

    def _failed(self, error: Exception) -> None:
        """Say that the core failed where the user looks; the log has the rest."""
        detail = str(error) if isinstance(error, StackwatchError) else f"Internal fault: {error!r}"
        sources = ["core"] if self._built else ["core", "quotes"]  # without an engine no price will come
        for source in sources:
            health = Health(source=source, state=HealthState.FAILED, since=self._clock.now(), detail=detail)
            self._publish(HealthChanged(health))


def _nothing() -> None:
    """Do nothing: there is nothing to close yet."""


def _unheard(event: Event) -> None:
    """Nobody listens before the window is there."""
