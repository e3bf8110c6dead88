"""What 24 simulated hours cost: ``python -m tests.evaluation.soak [HOURS] [--write]``, in minutes.

The real providers, stream, engine and store run on a clock that the driver moves; the scheduler's jobs are
called when they are due. A second table counts requests per hour, streaming and polling, for the shipped
list and for 500 symbols. ``--write`` puts both into docs/evaluation.md.
"""

import gc
import logging
import os
import queue
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tests.evaluation.faults_bench import setting
from tests.evaluation.page import ask, put, table
from tests.support.fakes import FakeClock, FakeScheduler
from tests.support.rig import build_rig
from tests.wire.faults import Fault
from tests.wire.fixtures import forget_yfinance
from tests.wire.server import YahooServer, environment
from tests.wire.world import Article, World

from stackwatch.app import build_calendars
from stackwatch.domain.alert import Alert
from stackwatch.domain.events import AlertRaised, Event, HealthChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Layer, Watchlist
from stackwatch.engine.core import InlinePool, Task
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.runtime import LIVE, Runtime
from stackwatch.providers.rss import RssFeed
from stackwatch.providers.web.limits import TokenBucket
from stackwatch.providers.web.page_fetcher import PageFetcher
from stackwatch.providers.yahoo.bars import YahooBars
from stackwatch.providers.yahoo.news import YahooNews
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.session import GuardedSession
from stackwatch.providers.yahoo.stream import YahooStream
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.storage.sqlite.store import SqliteStore

STARTS = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # Seoul and Tokyo trade
STEP = timedelta(seconds=3)
LIMITED = ("quote", "news", "chart")
_MOVED = ("NVDA", "AMD", "QQQ", "MSFT", "005930.KS", "000660.KS")
CROSSING = Rule(
    id="crossing",
    name_en="crossing",
    name_ko="crossing",
    kind=RuleKind.PRICE_LEVEL,
    subject_kind=SubjectKind.SYMBOL,
    subject="NVDA",
    direction=Direction.UP,
    threshold=1.0,
    frequency=Frequency.EVERY_REARM,
    cooldown_minutes=0,
)


class SimulatedBucket(TokenBucket):
    """The program's own request budget on the simulated clock: a wait costs no real time."""

    def take(self) -> float:
        """Spend a token without waiting for it."""
        super().take()
        return 0.0


class DrivenCore:
    """Runs tasks when the driver says so; anyone may post."""

    def __init__(self) -> None:
        self._inbox: queue.SimpleQueue[Task] = queue.SimpleQueue()

    def post(self, task: Task) -> None:
        """Queue a task."""
        self._inbox.put(task)

    def drain(self) -> None:
        """Run what is queued."""
        while not self._inbox.empty():
            self._inbox.get()()

    def wait(self, seconds: float) -> None:
        """Run the next task as soon as there is one."""
        try:
            self._inbox.get(timeout=seconds)()
        except queue.Empty:
            return


@dataclass
class Told:
    """What the engine said, in figures: events are not kept."""

    alerts: list[Alert] = field(default_factory=list)
    states: dict[str, HealthState] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)

    def __call__(self, event: Event) -> None:
        """Count one event."""
        self.events[type(event).__name__] += 1
        if isinstance(event, AlertRaised):
            self.alerts.append(event.alert)
        elif isinstance(event, HealthChanged):
            self.states[event.health.source] = event.health.state


class Simulation:
    """A live program whose time is moved by hand."""

    def __init__(self, folder: Path, server: YahooServer, *, streaming: bool, symbols: int = 0) -> None:
        forget_yfinance()
        self.server = server
        self.clock = FakeClock(STARTS)
        server.world = World(self.clock.now)
        server.reset_counts()
        self.told = Told()
        self.core = DrivenCore()
        self.scheduler = FakeScheduler()
        loaded, reader = setting()
        ecosystem, watchlist = loaded.ecosystem, loaded.watchlist
        if symbols:
            ecosystem, watchlist = widened(ecosystem, watchlist, symbols)
        bucket = SimulatedBucket(clock=lambda: self.clock.now().timestamp())
        self.session = GuardedSession(folder / "cache", budget=bucket)
        self.pages = PageFetcher(budget=SimulatedBucket(clock=lambda: self.clock.now().timestamp()))
        self.stream = YahooStream(self.clock, lambda: 30.0, pause=lambda stop, _: stop.wait(0.05))
        self.level = round(server.world.listing("NVDA").previous_close * 1.05, 2)
        self._numbers = count(1)
        currencies = {symbol: i.currency for symbol, i in ecosystem.instruments.items()}
        feeds = load_feeds(shipped("watchlists") / "feeds.toml")
        rss = (RssFeed(f.id, f.url, f.publisher, self.pages, self.clock) for f in feeds.shipped if f.enabled)
        self.store = SqliteStore(folder / "store.sqlite3", STARTS)
        parts = EngineParts(
            ecosystem=ecosystem,
            watchlist=watchlist,
            rules=(*loaded.rules, replace(CROSSING, threshold=self.level)),
            reader=reader,
            tiers=feeds.tiers,
            clock=self.clock,
            store=self.store,
            calendars=build_calendars(user_folders(folder)),
            quotes=YahooQuotes(self.session, self.clock, currencies),
            bars=YahooBars(self.session, self.clock, currencies),
            news=(YahooNews(self.session, self.clock), *rss),
            new_id=lambda: f"alert-{next(self._numbers)}",
            stream=self.stream if streaming else None,
        )
        self.engine = Engine(parts, self.told)
        self.runtime = Runtime(self.core, InlinePool(self.core))
        self.runtime.attach(self.engine)
        self.runtime.schedule(self.scheduler, LIVE)
        self._due = dict.fromkeys(self.scheduler.jobs, STARTS)
        self.core.drain()

    def run(self, span: timedelta, each_minute: Callable[[int], None] = lambda minute: None) -> None:
        """Let time pass; every job runs when it is due, once however late it is."""
        ends, minute = self.clock.now() + span, -1
        while self.clock.now() < ends:
            now = self.clock.now()
            for name, job in self.scheduler.jobs.items():
                if now >= self._due[name]:
                    self._due[name] = now + timedelta(seconds=self.scheduler.seconds[name])
                    job()
                    self.core.drain()
            if int(now.timestamp()) // 60 != minute:
                minute = int(now.timestamp()) // 60
                each_minute(minute)
            self.core.drain()
            self.clock.advance(seconds=STEP.total_seconds())

    def trade(self, minute: int) -> None:
        """Move a few prices and push them; a headline now and then."""
        world = self.server.world
        for place, symbol in enumerate(_MOVED):
            before = world.listing(symbol).previous_close
            change = ((minute * 7 + place * 3) % 40 - 20) / 1000
            world.listings[symbol] = replace(world.listing(symbol), price=round(before * (1 + change), 2))
        if minute % 5 == 0:
            article = Article(
                id=f"article-{minute}",
                title=f"Nvidia signs contract number {minute} with OpenAI",
                publisher="Example",
                published=self.clock.now() - timedelta(minutes=5),
                symbols=_MOVED[:3],
            )
            world.articles = [article, *world.articles[:19]]
        self.server.push(*_MOVED)

    def wait_for(self, source: str, state: HealthState) -> bool:
        """Let the stream's thread speak until a source is in a state."""
        deadline = time.monotonic() + 10.0
        while self.told.states.get(source) is not state and time.monotonic() < deadline:
            self.core.wait(0.2)
        return self.told.states.get(source) is state

    def close(self) -> None:
        """End stream, session and store."""
        self.stream.stop()
        self.session.close()
        self.pages.close()
        self.store.close()


def widened(ecosystem: Ecosystem, watchlist: Watchlist, size: int) -> tuple[Ecosystem, Watchlist]:
    """Return a list of ``size`` symbols: the shipped one and made-up shares."""
    model = ecosystem.instruments["NVDA"]
    extra = [f"X{number:03}" for number in range(size - len(watchlist.symbols))]
    made = {symbol: replace(model, symbol=symbol) for symbol in extra}
    layer = Layer(id="extra", names=BilingualName("Extra", "Extra"), symbols=tuple(extra))
    return (
        replace(ecosystem, instruments={**ecosystem.instruments, **made}),
        replace(watchlist, layers=(*watchlist.layers, layer)),
    )


@dataclass(frozen=True, slots=True)
class Sample:
    """The process at the end of an hour: megabytes, threads, open files, requests so far."""

    hour: int
    megabytes: float
    threads: int
    files: int
    requests: int


def sample(hour: int, server: YahooServer) -> Sample:
    """Measure this process (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    files = sum(1 for _ in Path("/proc/self/fd").iterdir())
    megabytes = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return Sample(hour, megabytes, threading.active_count(), files, sum(server.counts.values()))


def soak(folder: Path, server: YahooServer, hours: int) -> tuple[list[str], list[str]]:
    """Run the day and print it; returns its table and the promises that were broken."""
    simulation = Simulation(folder, server, streaming=True)
    bad: list[str] = []
    if not simulation.wait_for("stream", HealthState.OK):
        bad.append("the stream did not start")
    samples: list[Sample] = []
    storms = {hours // 4, hours * 3 // 4}
    sleep = hours // 3
    hour = 0
    while hour < hours:
        if hour == sleep:
            bad += _sleep(simulation)
            hour += 8
            continue
        if hour in storms:
            bad += _storm(simulation)
        else:
            simulation.run(timedelta(minutes=10), simulation.trade)
        server.drop_streams()
        bad += [] if simulation.wait_for("stream", HealthState.DEGRADED) else ["a drop was not noticed"]
        bad += [] if simulation.wait_for("stream", HealthState.OK) else ["the stream did not come back"]
        simulation.run(timedelta(minutes=50), simulation.trade)
        hour += 1
        samples.append(sample(hour, server))
        _say(samples[-1])
    first, last = samples[0], samples[-1]
    growth = (last.megabytes / first.megabytes - 1) * 100
    bad += [f"memory grew by {growth:.1f} %"] if growth >= 5.0 else []
    bad += ["threads grew"] if last.threads > first.threads else []
    bad += ["open files grew"] if last.files > first.files else []
    sys.stdout.write(f"memory {growth:+.1f} % after the first hour; events {dict(simulation.told.events)}\n")
    simulation.close()
    figures = (
        ("MB", f"{first.megabytes:.1f}", f"{last.megabytes:.1f} ({growth:+.1f} %)"),
        ("threads", first.threads, last.threads),
        ("open files", first.files, last.files),
        ("requests", first.requests, f"{last.requests:,}"),
    )
    return table((f"Of {hours} hours", "After the first", "At the end"), figures), bad


def _say(taken: Sample) -> None:
    sys.stdout.write(
        f"hour {taken.hour:2}: {taken.megabytes:6.1f} MB, {taken.threads} threads,"
        f" {taken.files} files, {taken.requests} requests\n"
    )
    sys.stdout.flush()


def _storm(simulation: Simulation) -> list[str]:
    """Refuse everything for ten minutes; the program must ask less, not more."""
    before = Counter(simulation.server.counts)
    for endpoint in LIMITED:
        simulation.server.fail(endpoint, Fault(status=429, body=b"Too Many Requests"))
    simulation.run(timedelta(minutes=10), simulation.trade)
    asked = Counter(simulation.server.counts) - before
    state = simulation.told.states.get("quotes")
    simulation.server.heal()
    sys.stdout.write(f"  storm of 429 for 10 minutes: {dict(asked)}; quotes are {state}\n")
    bad = [] if state is HealthState.RATE_LIMITED else [f"a storm left quotes {state}"]
    return bad + (["a storm was answered with more quote requests"] if asked["quote"] > 20 else [])


def _sleep(simulation: Simulation) -> list[str]:
    """Sleep for 8 hours while a level is crossed; count what waking up asks for."""
    crossings = len([a for a in simulation.told.alerts if a.rule_id == CROSSING.id])
    simulation.clock.advance(hours=8)
    world = simulation.server.world
    world.listings["NVDA"] = replace(world.listing("NVDA"), price=round(simulation.level * 1.01, 2))
    before = Counter(simulation.server.counts)
    simulation.run(timedelta(minutes=1))
    asked = Counter(simulation.server.counts) - before
    fired = len([a for a in simulation.told.alerts if a.rule_id == CROSSING.id]) - crossings
    sys.stdout.write(
        f"  woke after 8 hours: {dict(asked)} in the first minute; crossing rule fired {fired}\n"
    )
    bad = ["a crossing rule fired for what happened while asleep"] if fired else []
    return bad + (["waking up asked too much"] if sum(asked.values()) > 60 else [])


def waking(folder: Path, order: Sequence[str]) -> int:
    """Return how often a crossing rule fires for a level passed in a gap, by which job runs first."""
    rig = build_rig(folder, (replace(CROSSING, threshold=105.0),))
    scheduler = FakeScheduler()
    rig.runtime.schedule(scheduler, LIVE)
    rig.market.set("NVDA", 97.0)
    scheduler.jobs["quotes"]()
    rig.clock.advance(hours=3)
    rig.market.set("NVDA", 106.0)
    for name in order:
        scheduler.jobs[name]()
    rig.store.close()
    return len(rig.raised())


def requests(
    folder: Path, server: YahooServer, *, streaming: bool, symbols: int
) -> tuple[str, str, str, str, str]:
    """Return a row: the requests of the first hour, history included, and of the second."""
    simulation = Simulation(folder, server, streaming=streaming, symbols=symbols)
    if streaming:
        simulation.wait_for("stream", HealthState.OK)
    started = time.process_time()
    hours = []
    for _ in range(2):
        before = Counter(server.counts)
        simulation.run(timedelta(hours=1), simulation.trade)
        hours.append(Counter(server.counts) - before)
    size = len(simulation.engine.symbols)
    cpu = (time.process_time() - started) / 2 / 36
    mode = "streaming" if streaming else "polling"
    sys.stdout.write(f"{size} symbols, {mode}: quotes are {simulation.told.states['quotes']}\n")
    simulation.close()
    first, then = (sum(counted.values()) for counted in hours)
    kinds = ", ".join(f"{name} {hours[1][name]}" for name in sorted(hours[1]))
    return (f"{size}, {mode}", f"{first:,}", f"{then:,}", kinds, f"{cpu:.1f}")


_HEADS = ("Names, how", "In the first hour", "In the second", "of these", "% of a core, with the server")


def main() -> int:
    """Print all figures; the exit code counts broken promises."""
    parser = ask("soak", __doc__)
    parser.add_argument("hours", nargs="?", type=int, metavar="HOURS", default=24)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    bad: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for order in (("clock", "quotes"), ("quotes", "clock")):
            fired = waking(folder / order[0], order)
            bad += [f"fired for a level crossed in a gap of 3 h, {order[0]} job first"] if fired else []
        with YahooServer(folder) as server:
            os.environ.update(environment(server))
            day, broken = soak(folder / "soak", server, given.hours)
            rows = [
                requests(folder / f"{symbols}-{streaming}", server, streaming=streaming, symbols=symbols)
                for symbols in (0, 500)
                for streaming in (False, True)
            ]
    bad += broken
    sums = [*day, "", *table(_HEADS, rows), "", f"Promises broken: {len(bad)}."]
    sys.stdout.writelines(f"{line}\n" for line in (*sums, *(f"BAD {words}" for words in bad)))
    if given.write:
        put("soak", sums)
    return min(len(bad), 100)


if __name__ == "__main__":
    sys.exit(main())
