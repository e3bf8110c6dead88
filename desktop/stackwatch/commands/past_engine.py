"""An engine that knows a past day and nothing later: from the store, or from a documented day."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.app import (
    Options,
    World,
    archive_parts,
    build_calendars,
    find_replay,
    open_store,
    replay_parts,
)
from stackwatch.domain.events import Event
from stackwatch.domain.news import Headline
from stackwatch.domain.watchlist import Language
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.past_day import closing_quotes, concerned_names, session_close
from stackwatch.engine.ports import Clock
from stackwatch.engine.services.bar_loading import load_histories
from stackwatch.engine.store_ports import NewsStore
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.readers import late_reader
from stackwatch.storage.episode_file import list_episodes
from stackwatch.storage.locations import shipped
from stackwatch.system.clock import SystemClock

if TYPE_CHECKING:  # a stored day needs none
    from stackwatch.engine.runtime import Runtime

_STEP = timedelta(minutes=1)
_AROUND = timedelta(days=3)  # before a documented report; who kept a headline then kept those of that time


def documented_days() -> str:
    """Name the days that ship with the program."""
    known = ", ".join(e[:10] for e in list_episodes(shipped("watchlists") / "episodes"))
    return f"documented days: {known}"


def documented_id(day: date) -> str | None:
    """Return the id of what ships about a day, None for another day."""
    ids = list_episodes(shipped("watchlists") / "episodes")
    return next((episode_id for episode_id in ids if episode_id.startswith(day.isoformat())), None)


@contextmanager
def stored_day(
    options: Options, world: World, symbol: str, day: date, *, whole: bool = False
) -> Iterator[Engine | None]:
    """Give an engine at the close of ``symbol`` on a day, from what is stored; None without its prices.

    It knows the news that reach the symbol and the prices these concern, or everything with ``whole``; of a
    documented day whose headlines nobody kept, the documented reports.
    """
    live = SystemClock()
    with closing(open_store(options.folders, live, replay=False)) as store:
        bars = store.bars
        calendars = build_calendars(options.folders)
        clock = SteppedClock(session_close(world.ecosystem.instruments[symbol], day, calendars))
        if not bars.load_daily(symbol, day) or clock.now() > live.now():
            yield None
            return
        reader = late_reader(world.ecosystem)
        engine = Engine(archive_parts(world, options.folders, store, clock, reader), unheard)
        start = engine.histories.start  # as on the day itself: a share that was halted for long needs more
        listed = world.ecosystem.instruments
        concerned = concerned_names(symbol, day, world.watchlist, world.ecosystem, engine.graph)
        names = [name for name in listed if whole or name in concerned]
        histories = {name: found for name in names if (found := bars.load_daily(name, start))}
        histories[symbol] = bars.load_daily(symbol, date.min)  # its volatility begins with its first returns
        engine.take_histories(histories)
        told = _reports_nobody_kept(options, day, store.news, clock)
        engine.newsroom.read_archive(None if whole else engine.graph.reaching(symbol, day), told)
        engine.look_back(closing_quotes(histories, day, world.ecosystem, calendars))
        yield engine


def _reports_nobody_kept(options: Options, day: date, news: NewsStore, clock: Clock) -> tuple[Headline, ...]:
    """Return the documented reports of a day that are out, if no headline of around then is stored."""
    if (found := documented_id(day)) is None:
        return ()
    from stackwatch.providers.replay.source import reports_by  # most days need none

    told = reports_by(clock.now(), find_replay(found), options.language or Language.ENGLISH)
    since = min((report.published for report in told), default=clock.now()) - _AROUND
    return () if news.load_headlines(since, clock.now()) else told


@contextmanager
def documented_day(options: Options, world: World, symbol: str, day: date) -> Iterator[Engine | None]:
    """Give an engine at the close of a day that ships with the program, None for another day.

    It knows the list, and ``symbol`` whether it is on the list or not.
    """
    if (found := documented_id(day)) is None:
        yield None
        return
    episode = find_replay(found)
    clock = SteppedClock(episode.ends + timedelta(minutes=1))
    with closing(open_store(options.folders, clock, replay=True)) as store:
        engine = Engine(replay_parts(world, options, episode, store, clock), unheard)
        runtime = at_once(engine)
        names = dict.fromkeys((*engine.symbols, symbol, world.ecosystem.instruments[symbol].benchmark))
        load_histories(engine, names, engine.histories.start)
        engine.take_quotes(engine.parts.quotes.quotes(tuple(names)))
        runtime.news.fetch(engine)
        yield engine


def last_to_close(options: Options, world: World, day: date) -> str | None:
    """Return which name of the list with stored prices of a day closed last on it, None without any."""
    calendars = build_calendars(options.folders)
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        traded = [
            s for s in world.watchlist.symbols if any(b.day == day for b in store.bars.load_daily(s, day)[:1])
        ]
    listed = world.ecosystem.instruments
    return max(traded, key=lambda symbol: session_close(listed[symbol], day, calendars), default=None)


def is_first_stored(options: Options, symbol: str, day: date) -> bool:
    """Whether the prices of a symbol that are stored begin with a day, before which a move needs one."""
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        return min((bar.day for bar in store.bars.load_daily(symbol, date.min)), default=None) == day


def last_stored(options: Options, symbol: str, day: date) -> date | None:
    """Return the last day before ``day`` with stored prices of a symbol, None without any."""
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        return max((b.day for b in store.bars.load_daily(symbol, date.min) if b.day < day), default=None)


def at_once(engine: Engine) -> "Runtime":
    """Return what does an engine's work where it is asked for, without a thread."""
    from stackwatch.engine.runtime import Runtime  # a stored day needs none

    runtime = Runtime(core := InlineCore(), InlinePool(core))
    runtime.attach(engine)
    return runtime


def play_through(
    runtime: "Runtime", engine: Engine, clock: SteppedClock, ends: datetime, step: timedelta = _STEP
) -> None:
    """Play a documented day to its end, a step at a time, until nothing waits to be told."""
    runtime.bars.fetch_all(engine)
    while clock.now() < ends:
        runtime.quotes.fetch(engine)
        runtime.news.fetch(engine)
        clock.advance(step)
    engine.alerts.tell_all()


def unheard(event: Event) -> None:
    """Nobody listens: the answer is asked for, not told."""
