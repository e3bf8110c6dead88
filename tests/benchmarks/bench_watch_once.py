"""One refresh from the command line."""

import json
from pathlib import Path

from tests.benchmarks.setting import folder, python
from tests.wire.server import YahooServer, environment
from tests.wire.world import default_world

DESCRIPTION = (
    "watch --once --json over 84 symbols against the local server, with an empty and a filled data folder"
)


def run() -> dict[str, float]:
    with folder() as data, folder() as keys, YahooServer(keys, default_world()) as server:
        cold, cold_requests, quotes = _once(data, server)
        warm, warm_requests, _ = _once(data, server)
        _, imports = python("-c", "import numpy, yfinance")
    return {
        "cold_s": cold,
        "warm_s": warm,
        "import_yfinance_s": imports,
        "warm_ratio": warm / imports,
        "quotes": float(quotes),
        "quote_requests_cold": float(cold_requests["quote"]),
        "quote_requests_warm": float(warm_requests["quote"]),
        "all_requests_cold": float(sum(cold_requests.values())),
        "all_requests_warm": float(sum(warm_requests.values())),
    }


def _once(data: Path, server: YahooServer) -> tuple[float, dict[str, int], int]:
    """Return the seconds, the requests by endpoint and the quotes printed."""
    server.reset_counts()
    command = ("-m", "stackwatch", "--data-dir", str(data), "watch", "--once", "--json")
    printed, seconds = python(*command, env=environment(server))
    events = [json.loads(line) for line in printed.splitlines()]
    return seconds, server.counts, len({e["symbol"] for e in events if e["type"] == "quote"})
