"""``stackwatch watch``: the engine without a window."""

import queue
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    find_replay,
    live_parts,
    load_world,
    open_store,
    replay_parts,
)
from stackwatch.commands.output import (
    alert_json,
    emit,
    health_json,
    quote_json,
    quote_line,
    say,
    stamp,
    story_json,
)
from stackwatch.domain.errors import NothingFetchedError
from stackwatch.domain.events import AlertRaised, Event, HealthChanged, QuotesChanged, StoriesChanged
from stackwatch.domain.health import HealthState
from stackwatch.engine.alerts.mutes import REPEATS
from stackwatch.engine.core import CoreThread, FetchPool, InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.ports import Clock
from stackwatch.engine.runtime import LIVE, REPLAY, Pace, Runtime
from stackwatch.providers.replay.clock import ReplayClock, SteppedClock
from stackwatch.system.clock import SystemClock
from stackwatch.system.scheduler import BackgroundJobs

_STEP = timedelta(minutes=1)


@dataclass
class Printer:
    """Prints events as they come; alerts that only repeat another one are stored and not printed."""

    clock: Clock
    as_json: bool
    quotes: bool = True
    started: bool = False
    failures: list[str] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        """Print one event."""
        if not self.started:
            return
        now = stamp(self.clock.now())
        if isinstance(event, QuotesChanged):
            for quote in event.quotes if self.quotes else ():
                self._print({"type": "quote", "time": now, **quote_json(quote)}, quote_line(quote))
        elif isinstance(event, StoriesChanged):
            for story in event.stories:
                text = f"headline   {stamp(story.lead.published)}  {story.lead.publisher}: {story.lead.title}"
                self._print({"type": "headline", "time": now, **story_json(story)}, text)
        elif isinstance(event, AlertRaised):
            if event.alert.suppressed_by not in REPEATS:
                alert = event.alert
                fields = {"type": "alert", "time": stamp(alert.fired_at), **alert_json(alert)}
                self._print(
                    fields, f"ALERT      {stamp(alert.fired_at)}  [{alert.severity.word}] {alert.message}"
                )
        elif isinstance(event, HealthChanged):
            health = event.health
            if health.state is not HealthState.OK:
                self.failures.append(health.detail)
            fields = {"type": "health", "time": now, **health_json(health)}
            self._print(fields, f"health     {health.source}: {health.state.value} {health.detail}")

    def _print(self, fields: dict[str, object], text: str) -> None:
        if self.as_json:
            emit(fields)
        else:
            say(text)


def watch(options: Options, *, episode: str | None, speed: float, once: bool) -> int:
    """Run the engine and print what happens; once through, or until it is interrupted."""
    if episode is not None:
        return _replay_once(options, episode) if once else _replay(options, episode, speed)
    return _live_once(options) if once else _live(options)


def _live_once(options: Options) -> int:
    world = load_world(options.folders, options.watchlist)
    clock = SystemClock()
    store = open_store(options.folders, clock, replay=False)
    parts, refuse = live_parts(world, options.folders, store, clock)
    printer = Printer(clock, options.json)
    core = InlineCore()
    runtime = Runtime(core, InlinePool(core))
    try:
        engine = Engine(parts, printer)
        runtime.attach(engine)
        printer.started = True
        runtime.refresh_once(engine)
        if not engine.quotes_fetched:
            raise NothingFetchedError("; ".join(printer.failures) or "no source gave an answer")
        engine.tell_all()
    finally:
        refuse()
        store.close()
    return 0


def _replay_once(options: Options, name: str) -> int:
    world = load_world(options.folders, options.watchlist)
    episode = find_replay(name or DEFAULT_EPISODE)
    clock = SteppedClock(episode.starts)
    store = open_store(options.folders, clock, replay=True)
    printer = Printer(clock, options.json, quotes=False)
    core = InlineCore()
    runtime = Runtime(core, InlinePool(core))
    try:
        engine = Engine(replay_parts(world, options, episode, store, clock), printer)
        runtime.attach(engine)
        printer.started = True
        runtime.bars.fetch_all(engine)
        while clock.now() < episode.ends:
            runtime.quotes.fetch(engine)
            runtime.news.fetch(engine)
            clock.advance(_STEP)
        engine.tell_all()
        printer.quotes = True
        printer(QuotesChanged(tuple(engine.market.quotes.values())))
    finally:
        store.close()
    return 0


def _live(options: Options) -> int:
    world = load_world(options.folders, options.watchlist)
    clock = SystemClock()

    def build(publish: Callable[[Event], None]) -> tuple[Engine, Callable[[], None]]:
        store = open_store(options.folders, clock, replay=False)
        parts, refuse = live_parts(world, options.folders, store, clock)
        return Engine(parts, publish), refuse

    return _run(Printer(clock, options.json), build, LIVE, lambda: False)


def _replay(options: Options, name: str, speed: float) -> int:
    world = load_world(options.folders, options.watchlist)
    episode = find_replay(name or DEFAULT_EPISODE)
    clock = ReplayClock(episode.starts, episode.ends, speed)

    def build(publish: Callable[[Event], None]) -> tuple[Engine, Callable[[], None]]:
        store = open_store(options.folders, clock, replay=True)
        return Engine(replay_parts(world, options, episode, store, clock), publish), lambda: None

    return _run(Printer(clock, options.json), build, REPLAY, lambda: clock.finished)


def _run(
    printer: Printer,
    build: Callable[[Callable[[Event], None]], tuple[Engine, Callable[[], None]]],
    pace: Pace,
    finished: Callable[[], bool],
) -> int:
    """Run core, pool and scheduler until interrupted, a replay ends, or the core fails."""
    crashes: queue.SimpleQueue[Exception] = queue.SimpleQueue()
    core = CoreThread(crashes.put)
    pool = FetchPool(core)
    runtime = Runtime(core, pool)
    scheduler = BackgroundJobs()
    closing = ExitStack()

    def begin() -> None:
        engine, refuse = build(printer)
        closing.callback(engine.parts.store.close)
        closing.callback(refuse)
        runtime.attach(engine)
        printer.started = True
        if engine.parts.replay:
            runtime.prepare_replay()
        runtime.schedule(scheduler, pace)
        scheduler.start()

    core.post(begin)
    core.start()
    try:
        while not finished():
            try:
                crash = crashes.get(timeout=0.5)
            except queue.Empty:
                continue
            raise crash
    finally:
        scheduler.stop()
        pool.close()
        core.stop(closing.close, timeout=2.0)
    return 0
