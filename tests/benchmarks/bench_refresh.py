"""One refresh of the whole list, from the wire to the quotes, in a process that has done it before."""

import json

from tests.benchmarks.setting import folder, python
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

DESCRIPTION = "a refresh of the list and its benchmarks by the real provider: requests and processor time"
_PROBE = """
import json, sys, time
from pathlib import Path
from stackwatch.app import load_world
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.session import GuardedSession
from stackwatch.storage.locations import user_folders
from stackwatch.system.clock import SystemClock
folders = user_folders(Path(sys.argv[1]))
world = load_world(folders)
instruments = world.ecosystem.instruments
listed = world.watchlist.symbols
symbols = tuple(dict.fromkeys((*listed, *(instruments[s].benchmark for s in listed))))
session = GuardedSession(folders.cache)
quotes = YahooQuotes(session, SystemClock(), {s: i.currency for s, i in instruments.items()})
quotes.quotes(symbols)
began, busy = time.perf_counter(), time.process_time()
batch = quotes.quotes(symbols)
figures = {"cpu_ms": time.process_time() - busy, "wall_ms": time.perf_counter() - began}
figures = {key: value * 1000.0 for key, value in figures.items()}
print(json.dumps(figures | {"quotes": float(len(batch.quotes))}))
"""


def run() -> dict[str, float]:
    with folder() as data, folder() as keys, YahooServer(keys, default_world()) as server:
        printed, _ = python("-c", _PROBE, str(data), env=environment(server))
        requests = server.counts["quote"]
    figures: dict[str, float] = json.loads(printed)
    return figures | {"quote_requests": requests / 2.0}
