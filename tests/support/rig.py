"""An engine on a real store and the real ecosystem, with fakes at the network's and the clock's place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import numpy as np
from tests.support.fakes import FakeClock, FakeMarket, WeekdayCalendars
from tests.support.shared import empty_store, reader_of

from stackwatch.app import Options, load_world, with_user_files
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.rule import Rule
from stackwatch.domain.settings import Settings
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.ports import Calendars
from stackwatch.engine.runtime import Runtime
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.sqlite.database import make_data_folder
from stackwatch.storage.sqlite.store import SqliteStore

TUESDAY = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)  # 11:00 in New York


@dataclass
class Rig:
    """A running engine and everything a test wants to touch."""

    clock: FakeClock
    market: FakeMarket
    store: SqliteStore
    engine: Engine
    runtime: Runtime
    events: list[Event]
    heard: list[Callable[[Event], None]]  # who is told every event

    def refresh(self) -> None:
        """Fetch quotes and headlines once."""
        self.runtime.quotes.fetch(self.engine)
        self.runtime.news.fetch(self.engine)

    def wait_for_group(self) -> None:
        """Let the time pass that alerts wait for others of their cause."""
        self.clock.advance(seconds=30)
        self.engine.tick()

    def raised(self) -> list[AlertRaised]:
        """Return the alerts told so far."""
        return [event for event in self.events if isinstance(event, AlertRaised)]

    def of(self, kind: type[Event]) -> list[Event]:
        """Return the events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


_close: list[Callable[[], None]] = []  # what the rigs of the test that runs have opened


def close_rigs() -> None:
    """Close the databases that the rigs of a test opened."""
    while _close:
        _close.pop()()


def _open_store(file: Path, now: datetime) -> SqliteStore:
    if not file.exists():
        make_data_folder(file.parent)
        file.write_bytes(empty_store())
    return SqliteStore(file, now)


def build_rig(
    folder: Path,
    rules: tuple[Rule, ...] | None = None,
    now: datetime = TUESDAY,
    *,
    store: SqliteStore | None = None,
    calendars: Calendars | None = None,
    settings: Settings | None = None,
) -> Rig:
    """Build an engine in ``folder`` with the shipped rules or ``rules``; who gives a ``store`` closes it."""
    folders = user_folders(folder)
    world = load_world(Options(folders=folders).folders)
    clock = FakeClock(now)
    market = FakeMarket(clock)
    kept = _open_store(folders.store, now) if store is None else store
    if store is None:
        _close.append(kept.close)
    numbers = count(1)
    parts = EngineParts(
        ecosystem=world.ecosystem,
        watchlist=world.watchlist,
        rules=world.rules if rules is None else rules,
        reader=reader_of(world.ecosystem),
        tiers=load_feeds(shipped("watchlists") / "feeds.toml").tiers,
        clock=clock,
        store=kept,
        calendars=calendars or WeekdayCalendars(),
        settings=settings or Settings(),
        quotes=market,
        bars=market,
        news=(market,),
        new_id=lambda: f"{now:%H%M%S}-{next(numbers)}",
    )
    parts = with_user_files(parts, world, folders)
    events: list[Event] = []
    heard: list[Callable[[Event], None]] = [events.append]

    def tell(event: Event) -> None:
        for hear in heard:
            hear(event)

    engine = Engine(parts, tell)
    core = InlineCore()
    runtime = Runtime(core, InlinePool(core))
    runtime.attach(engine)
    _close.append(runtime.noise.forget)
    return Rig(clock, market, kept, engine, runtime, events, heard)


def history(
    day: datetime, *, sd: float = 0.01, beta: float = 1.0, seed: int = 1, sessions: int = 140
) -> tuple[DailyBar, ...]:
    """Return daily bars before ``day`` whose returns are ``beta`` times a common market plus own noise."""
    common = np.random.default_rng(7).normal(0.0, 0.01, sessions)
    own = np.random.default_rng(seed).normal(0.0, sd, sessions) if seed else np.zeros(sessions)
    closes = 100.0 * np.cumprod(1.0 + beta * common + own)
    closes *= 100.0 / closes[-1]
    days: list[date] = []
    current = day.date() - timedelta(days=1)
    while len(days) < sessions:
        if current.weekday() < 5:
            days.append(current)
        current -= timedelta(days=1)
    return tuple(
        DailyBar(when, float(c), float(c) * 1.01, float(c) * 0.99, float(c), 1_000)
        for when, c in zip(reversed(days), closes, strict=True)
    )
