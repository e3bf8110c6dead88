"""What the open window costs while nothing happens."""

import json

from tests.benchmarks.setting import folder, python, store_known_state
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

DESCRIPTION = "processor share of the settled live window over 20 s, prices unchanged, and its threads"


def run() -> dict[str, float]:
    with folder() as data, folder() as keys, YahooServer(keys, default_world()) as server:
        store_known_state(data)
        printed, _ = python("-m", "tests.benchmarks.window_probe", "idle", str(data), env=environment(server))
        requests = sum(server.counts.values())
    values: dict[str, float] = json.loads(printed)
    return values | {"requests_of_the_run": float(requests)}
