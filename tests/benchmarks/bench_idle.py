"""What the open window costs while nothing happens."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.benchmarks.setting import folder, python
from tests.wire.server import YahooServer, environment
from tests.wire.world import World

from stackwatch.app import load_world
from stackwatch.domain.quote import DailyBar
from stackwatch.engine.ports import History
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

DESCRIPTION = (
    "the settled live window over 20 s: on a Saturday after every market shut, and while New York is open,"
    " prices unchanged"
)
SATURDAY = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
FRIDAYS_CLOSE = datetime(2026, 3, 13, 20, 0, tzinfo=UTC)
_WEDNESDAY = datetime(2026, 3, 11, 15, 0, tzinfo=UTC)
_FIVE_YEARS = timedelta(days=5 * 366)


def run() -> dict[str, float]:
    with ThreadPoolExecutor() as both:  # each a process that mostly sleeps
        closed = both.submit(settled, "closed", SATURDAY, traded=FRIDAYS_CLOSE)
        opened = both.submit(settled, "open", _WEDNESDAY)
        return closed.result() | opened.result()


def settled(name: str, now: datetime, traded: datetime | None = None) -> dict[str, float]:
    """Return what a window costs at a time; with ``traded`` every market shut after a last trade then."""
    ahead = now - datetime.now(UTC)
    world = World(lambda: datetime.now(UTC) + ahead)
    with folder() as data, folder() as keys, YahooServer(keys, world) as server:
        _store_histories(data, world, now)
        if traded is not None:
            _shut(data, world, traded)
        command = ("-m", "tests.benchmarks.window_probe", "idle", str(data), now.isoformat())
        printed, _ = python(*command, env=environment(server))
        requests = sum(server.counts.values())
    values: dict[str, float] = json.loads(printed)
    return {f"{name}_{key}": value for key, value in values.items()} | {f"{name}_requests": float(requests)}


def _shut(data: Path, world: World, traded: datetime) -> None:
    """Let every share have traded last then; without that its price would be as of every request's time."""
    for symbol in load_world(user_folders(data)).ecosystem.instruments:
        world.edit(symbol, marketState="CLOSED", regularMarketTime=int(traded.timestamp()))


def _store_histories(data: Path, world: World, now: datetime) -> None:
    """Keep the bars that the server would answer with, so that none is fetched any more."""
    folders = user_folders(data)
    known = load_world(folders)
    instruments = known.ecosystem.instruments
    symbols = known.watchlist.symbols
    store = SqliteStore(folders.store, now)
    for symbol in dict.fromkeys((*symbols, *(instruments[s].benchmark for s in symbols))):
        bars = tuple(DailyBar(*row) for row in world.daily(symbol))
        store.bars.keep_history(symbol, History(bars), (now - _FIVE_YEARS).date())
    store.close()
