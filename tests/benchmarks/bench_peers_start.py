"""How soon something is on the screen, and what it weighs: the program and what a user would pick instead."""

import json
import statistics
import time
from functools import partial
from pathlib import Path

from tests.benchmarks.bench_first_paint import CAN_EVICT, evict, probe
from tests.benchmarks.peers_setting import folder as peers_folder
from tests.benchmarks.peers_setting import peer, times
from tests.benchmarks.setting import folder, python, store_known_state

DESCRIPTION = (
    "process start to a painted list of 84 rows (ours; vnpy's main window) and to 1,260 painted candles (our"
    " chart alone; finplot, mplfinance, lightweight-charts), warm and from a cold file cache; memory after"
    " 3 s; `_times`: the peer's figure / ours, for candles to our list and to our chart"
)
_TURNS = 3
_CHARTS = ("finplot", "mplfinance", "lightweight")


def run() -> dict[str, float]:
    with folder() as data:
        store_known_state(data)
        shown = _warm(data)
        cold = _cold(data) if CAN_EVICT else {}
    charts = {name: shown[name] for name in _CHARTS}
    return (
        {f"{name}_s": seconds for name, seconds in shown.items()}
        | times(shown["list"], {"vnpy": shown["vnpy"]} | {f"{name}_list": charts[name] for name in charts})
        | times(shown["candles"], {f"{name}_candles": charts[name] for name in charts})
        | cold
        | _memory()
    )


def _warm(data: Path) -> dict[str, float]:
    """Return the median seconds of each; they take turns, and the first turn only fills the file cache."""
    shows = {"list": lambda: _own_list(data), "vnpy": lambda: _peer("vnpy_window"), "candles": _own_candles}
    shows |= {name: partial(_peer, f"{name}_chart") for name in _CHARTS}
    turns = [{name: show() for name, show in shows.items()} for _ in range(1 + _TURNS)]
    return {name: statistics.median(turn[name] for turn in turns[1:]) for name in shows}


def _cold(data: Path) -> dict[str, float]:
    """Return the seconds from a cold file cache."""
    shown = {}
    for name, show in (
        ("list", lambda: _own_list(data)),
        ("vnpy", lambda: _peer("vnpy_window")),
        ("finplot", lambda: _peer("finplot_chart")),
    ):
        evict(data, peers_folder())
        shown[f"cold_{name}"] = show()
    own = shown["cold_list"]
    figures = {f"{name}_s": seconds for name, seconds in shown.items()}
    return figures | times(own, {name: seconds for name, seconds in shown.items() if name != "cold_list"})


def _memory() -> dict[str, float]:
    """Return the megabytes of each after three seconds; ours replays a day meanwhile."""
    with folder() as data:
        printed, _ = python("-m", "tests.benchmarks.window_probe", "memory", str(data), "8", "720")
    own = json.loads(printed)["after_3_s_mb"]
    programs = {"vnpy": "vnpy_window", "finplot": "finplot_chart", "lightweight": "lightweight_chart"}
    peers = {f"{name}_mb": peer(program, "memory")["mb"] for name, program in programs.items()}
    return {"list_mb": own} | peers | times(own, peers)


def _own_list(data: Path) -> float:
    return probe("first-paint", data)["seconds"]


def _own_candles() -> float:
    env = {"STARTED": repr(time.time())}
    printed, _ = python("-m", "tests.benchmarks.candles_probe", env=env)
    return float(json.loads(printed)["seconds"])


def _peer(program: str) -> float:
    return peer(program, "start", env={"STARTED": repr(time.time())})["seconds"]
