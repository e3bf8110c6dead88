"""The whole program under pushed prices: window, bridge, core thread, rules, roll-ups and store.

Ticks come as from the stream, gathered over 50 ms, from a thread of their own; a timer on the GUI thread
measures how late it is called, and every tenth tick is followed until the list, which is sorted by change,
has taken its price in. ``feed_pct`` of the processor time are the made-up stream's own; the timer, which
wakes the thread 200 times a second, runs for ``cpu_with_clock_pct`` and lateness only. Then, while the prices
go on, some shares pass a level one after the other: from that price to its alert on the disk, and in the
window.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as datetime_time
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from tests.benchmarks.heartbeat import beat, wait
from tests.benchmarks.made import Stream
from tests.benchmarks.setting import folder
from tests.support.fakes import FakeMarket
from tests.support.rig import history

from stackwatch.app import load_world
from stackwatch.domain.events import AlertRaised, Event, QuotesChanged
from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, Severity, SubjectKind
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Layer, Watchlist
from stackwatch.engine.core import CoreThread, FetchPool
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.ports import Tick
from stackwatch.engine.runtime import Runtime
from stackwatch.readers import build_reader
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.sqlite.store import SqliteStore
from stackwatch.system.clock import SystemClock
from stackwatch.ui.bridge import Bridge
from stackwatch.ui.frame.appearance import Appearance
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort

DESCRIPTION = (
    "84 names x 10 ticks a second and 500 x 20 through the whole program; alerts to disk and screen meanwhile"
)
_CASES = ((84, 10), (500, 20))
_SECONDS = 8.0
_GATHER = 0.05
_PER_LAYER = 10
_ALERTS = 20
_LEVEL = 104.0


def run() -> dict[str, float]:
    """Measure every case: share of one core, lateness of the GUI thread and tick to list in milliseconds."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    figures: dict[str, float] = {}
    for names, rate in _CASES:
        with folder() as data:
            measured = _Program(app, data, names, rate).measure()
        figures |= {f"{names}x{rate}_{key}": value for key, value in measured.items()}
    return figures


class _Program:
    """The window on an engine of its own, with a fake where the network is."""

    def __init__(self, app: QApplication, data: Path, names: int, rate: int) -> None:
        self._app = app
        folders = user_folders(data)
        world = load_world(folders)
        self.symbols = [f"S{number:03d}" for number in range(names)]
        ecosystem, watchlist = _made_up(world.ecosystem, self.symbols)
        self.stream = Stream(self.symbols, rate, _GATHER)
        self.feed = _Feed()
        self._file = folders.store
        self.market = FakeMarket(SystemClock())
        for symbol in (*self.symbols, "QQQ"):
            self.market.set(symbol, 100.0)
        numbers = iter(range(10**9))
        levels = [
            Rule(
                id=f"level-{symbol}", name_en="level", name_ko="가격", kind=RuleKind.PRICE_LEVEL,
                direction=Direction.UP, threshold=_LEVEL, subject_kind=SubjectKind.SYMBOL, subject=symbol,
                severity=Severity.ALERT,
            ) for symbol in self.symbols[:_ALERTS]
        ]  # fmt: skip
        shared = [replace(rule, enabled=rule.subject == "*") for rule in world.rules]
        self.parts = EngineParts(
            ecosystem=ecosystem, watchlist=watchlist, rules=(*shared, *levels),
            reader=build_reader(ecosystem), tiers={}, clock=SystemClock(), store=cast("SqliteStore", None),
            calendars=_Always(), quotes=self.market,
            bars=self.market, stream=self.feed, news=(), new_id=lambda: str(next(numbers)),
        )  # fmt: skip
        self.core = CoreThread(_broken)
        self.pool = FetchPool(self.core)
        self.runtime = Runtime(self.core, self.pool)
        self.bridge = Bridge()
        self.fed = 0.0  # seconds that the made-up stream worked
        self.on_disk: dict[str, float] = {}  # when the alert of a share was
        self.on_screen: dict[str, float] = {}
        self.window = MainWindow(
            WindowParts(
                ecosystem=ecosystem, watchlist=watchlist, commands=lambda: self.runtime, bridge=self.bridge,
                appearance=Appearance(app, ModeChoice.DARK), settings=UiSettings(), settings_file=None,
                translations=Translations(app, shipped("resources") / "translations"), icon=QIcon(),
                size=(1440, 900),
            )
        )  # fmt: skip
        self.window.furnish()
        self.window.list.sort(EVERY, Sort(Column.CHANGE, descending=True))
        self.bridge.events.connect(self._arrived)

    def measure(self) -> dict[str, float]:
        """Run for some seconds and return the figures."""
        self.core.post(self._build)
        self.core.start()
        self.window.show()
        wait(3.0)
        stop = threading.Event()
        stream, feed = self.stream, threading.Thread(target=self._send, args=(stop,), daemon=True)
        feed.start()
        wait(1.5)  # the first prices are not the steady state
        share, feed_share, rate = self._busy(stream)
        late: list[float] = []
        timer = beat(late)  # which costs something itself
        stream.delays.clear()
        clocked, _, _ = self._busy(stream)
        timer.stop()
        delays = list(stream.delays)
        backlog = self._backlog()
        disk, screen = self._alerts()
        stop.set()
        feed.join()
        self.bridge.close()
        self.window.close()
        self.core.stop(self.store.close, 5.0)
        self.pool.close()
        return {
            "cpu_pct": share,
            "cpu_with_clock_pct": clocked,
            "feed_pct": feed_share,
            "late_p95_ms": statistics.quantiles(late, n=20)[-1],
            "tick_to_list_p95_ms": statistics.quantiles(delays, n=20)[-1],
            "ticks_per_s": rate,
            "backlog_ms": backlog,
            "alert_on_disk_ms": statistics.median(disk),
            "alert_on_disk_p95_ms": statistics.quantiles(disk, n=20)[-1],
            "alert_on_screen_ms": statistics.median(screen),
            "alert_on_screen_p95_ms": statistics.quantiles(screen, n=20)[-1],
        }

    def _busy(self, stream: Stream) -> tuple[float, float, float]:
        """Return percent of a core, what the made-up stream takes of it, and ticks a second."""
        busy, began, before, fed = time.process_time(), time.perf_counter(), stream.sent, self.fed
        wait(_SECONDS)
        wall = time.perf_counter() - began
        busy, fed = time.process_time() - busy, self.fed - fed
        return busy / wall * 100.0, fed / wall * 100.0, (stream.sent - before) / wall

    def _build(self) -> None:
        now = self.parts.clock.now()
        self.store = SqliteStore(self._file, now)  # it belongs to the core's thread
        engine = Engine(replace(self.parts, store=self.store), self._told)
        self.runtime.attach(engine)
        histories = {s: history(now, seed=n) for n, s in enumerate((*self.symbols, "QQQ"))}
        engine.take_histories(histories)
        gc.freeze()  # as the program does when its engine is there
        self.runtime.quotes.fetch(engine)
        self.runtime.quotes.start_stream(engine, self.runtime._post)

    def _told(self, event: Event) -> None:
        if isinstance(event, AlertRaised) and event.alert.rule_id.startswith("level"):
            self.on_disk.setdefault(event.alert.subject, time.perf_counter())  # told only once it is stored
        self.bridge.post(event)

    def _send(self, stop: threading.Event) -> None:
        """Hand over what the program's stream would have gathered."""
        worked, number = time.thread_time(), 0
        for prices in self.stream.batches(stop):
            now = self.parts.clock.now()
            ticks = [
                Tick(symbol, price, now, Session.REGULAR, 1_000 + number + place)
                for place, (symbol, price) in enumerate(prices, start=1)
            ]
            number += len(ticks)
            self.fed += time.thread_time() - worked
            self.feed.push(ticks)
            worked = time.thread_time()

    def _arrived(self, events: Sequence[Event]) -> None:
        """Note when the window has taken a followed price in, or shown the alert."""
        now = time.perf_counter()
        for event in events:
            if isinstance(event, QuotesChanged):
                for quote in event.quotes:
                    self.stream.arrived(quote.symbol, quote.price)
            elif isinstance(event, AlertRaised) and event.alert.rule_id.startswith("level"):
                self.on_screen.setdefault(event.alert.subject, now)

    def _backlog(self) -> float:
        """Return the milliseconds that a task waits in the core's inbox."""
        done = threading.Event()
        began = time.perf_counter()
        self.core.post(done.set)
        done.wait(10.0)
        return (time.perf_counter() - began) * 1000.0

    def _alerts(self) -> tuple[list[float], list[float]]:
        """Push one share after the other over its level; return milliseconds to disk and to window."""
        disk, screen = [], []
        for place, symbol in enumerate(self.symbols[:_ALERTS]):
            pushed = time.perf_counter()
            self.feed.push([Tick(symbol, _LEVEL + 1.0, self.parts.clock.now(), Session.REGULAR, 10**6)])
            for _ in range(100):
                wait(0.02)
                if symbol in self.on_screen:
                    break
            else:
                raise RuntimeError(f"the level of {symbol} did not fire")
            disk.append((self.on_disk[symbol] - pushed) * 1000.0)
            screen.append((self.on_screen[symbol] - pushed) * 1000.0)
            wait(0.2 + 0.007 * (place % 7))  # at another moment of the stream's beat each time
        return disk, screen


class _Feed:
    """A stream that pushes what it is given."""

    def __init__(self) -> None:
        self.push: Callable[[Sequence[Tick]], None] = lambda ticks: None

    def start(
        self, symbols: Sequence[str], on_ticks: Callable[[Sequence[Tick]], None], on_health: object
    ) -> None:
        del symbols, on_health
        self.push = on_ticks

    def follow(self, symbols: Sequence[str]) -> None:
        """Nobody changes the list."""

    def stop(self) -> None:
        """Nothing to stop."""


class _Always:
    """New York is open whenever this runs."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        del calendar
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        return tuple(
            TradingSession(day, midnight, midnight + timedelta(hours=23, minutes=59))
            for day in days
            if (
                midnight := datetime.combine(day, datetime_time(), ZoneInfo("America/New_York")).astimezone(
                    UTC
                )
            )
        )


def _broken(error: Exception) -> None:
    raise error


def _made_up(shipped_names: Ecosystem, symbols: Sequence[str]) -> tuple[Ecosystem, Watchlist]:
    model, index = shipped_names.instruments["NVDA"], shipped_names.instruments["QQQ"]
    instruments = {
        s: replace(model, symbol=s, names=BilingualName(f"Name of {s}", s), benchmark="QQQ") for s in symbols
    }
    parts = [tuple(symbols[at : at + _PER_LAYER]) for at in range(0, len(symbols), _PER_LAYER)]
    layers = tuple(
        Layer(id=f"l{n}", names=BilingualName(f"Layer {n}", "층"), symbols=part)
        for n, part in enumerate(parts)
    )
    ecosystem = Ecosystem(
        instruments={**instruments, "QQQ": index},
        private={},
        exposures=(),
        aliases=(),
        layers={layer.id: layer.names for layer in layers},
    )
    return ecosystem, Watchlist(id="bench", names=BilingualName("Bench", "Bench"), layers=layers, private=())
