"""One life of the program on a busy replayed day: a child that may be killed at any moment.

The world (list, reader, replayed prices) is made once by the parent; each life is a fork of it that opens
the store itself. It writes what it did to a pipe: ``T`` a minute that is done, ``P`` an alert put on screen,
``S`` one whose being shown is stored, ``A`` one that was recorded, ``E`` the end of the day.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.fakes import WeekdayCalendars

from stackwatch.app import find_replay, load_world
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.providers.replay.source import ReplaySource
from stackwatch.readers import build_reader
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.sqlite.store import SqliteStore

EPISODE = "2025-01-27-deepseek"
GROUP = "group"
STEP = timedelta(minutes=5)
_BEFORE_OPEN, _SPAN = timedelta(minutes=5), timedelta(hours=2)  # the busiest part of the day


class Day:
    """A documented day, prepared once and lived many times."""

    def __init__(self, folder: Path) -> None:
        self._loaded = load_world(user_folders(folder))
        self._reader = build_reader(self._loaded.ecosystem)
        self._episode = find_replay(EPISODE)
        self._clock = SteppedClock(self._episode.starts)
        self._source = ReplaySource(
            self._episode, self._loaded.ecosystem.instruments, WeekdayCalendars(), self._clock
        )
        self._tiers = load_feeds(shipped("watchlists") / "feeds.toml").tiers
        opening = WeekdayCalendars().sessions("XNYS", self._episode.day, self._episode.day)[0].open
        self.starts, self.ends = opening - _BEFORE_OPEN, opening + _SPAN
        listed = {share.symbol for share in self._episode.shares} & self._loaded.ecosystem.instruments.keys()
        self._replayed = (self._episode.market.symbol, *sorted(listed))
        self._bars = {
            symbol: self._source.daily_history(symbol, self._episode.day - timedelta(days=400)).bars
            for symbol in self._replayed
        }

    def parts(self, store: SqliteStore) -> EngineParts:
        """Assemble an engine's parts as the live program does: states and alerts are kept."""
        return EngineParts(
            ecosystem=self._loaded.ecosystem,
            watchlist=self._loaded.watchlist,
            rules=self._loaded.rules,
            reader=self._reader,
            tiers=self._tiers,
            clock=self._clock,
            store=store,
            calendars=WeekdayCalendars(),
            quotes=self._source,
            bars=self._source,
            news=(self._source,),
            new_id=lambda: os.urandom(12).hex(),
        )

    def live(self, store_file: Path, since: datetime, tell: Callable[[str], object]) -> None:
        """Run from ``since`` to the end of the day."""
        self._clock.advance(since - self._clock.now())
        store = SqliteStore(store_file, since)
        raised: list[AlertRaised] = []

        def publish(event: Event) -> None:
            if isinstance(event, AlertRaised):
                raised.append(event)

        engine = Engine(self.parts(store), publish)
        core = InlineCore()
        runtime = Runtime(core, InlinePool(core))
        runtime.attach(engine)
        new = {s: bars for s, bars in self._bars.items() if s not in engine.market.closes}
        for symbol, bars in new.items():
            store.bars.save_daily(symbol, bars)
        engine.take_histories(new)
        while self._clock.now() < self.ends:
            runtime.quotes.fetch(engine)
            runtime.news.fetch(engine)
            for event in raised:
                self._show(engine, event, tell)
            raised.clear()
            tell(f"T {self._clock.now().isoformat()}")
            self._clock.advance(STEP)
        engine.alerts.tell_all()
        for event in raised:
            self._show(engine, event, tell)
        store.close()
        tell("E")

    @staticmethod
    def _show(engine: Engine, event: AlertRaised, tell: Callable[[str], object]) -> None:
        alert = event.alert
        rule = GROUP if alert.folded else alert.rule_id  # a popup for several, beside their own records
        what = f"{alert.id} {rule} {alert.subject} {alert.value:.6f}"
        tell(f"A {what}")
        if event.popup:
            tell(f"P {what}")
            engine.alert_actions.note_shown(alert.id)
            tell(f"S {what}")
