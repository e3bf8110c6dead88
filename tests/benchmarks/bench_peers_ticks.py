"""Many prices a second: the whole program beside vnpy's window under the same stream."""

import json

from tests.benchmarks.peers_setting import peer, times
from tests.benchmarks.setting import python

DESCRIPTION = (
    "84 names x 10 ticks a second and 500 x 20, the list sorted, by the benchmark `ticks` and in vnpy's main"
    " window: each tick when it comes, and `gathered` over 50 ms as the program's stream hands them on; share"
    " of a core, made stream included, also `with_clock`, the timer that measures lateness 200 times a"
    " second; lateness of the GUI thread; `_times`: vnpy's figure / ours"
)
_CASES = ((84, 10), (500, 20))
_STREAMS = {"vnpy": 0.0, "vnpy_gathered": 0.05}
_SECONDS = 8
_COMPARED = ("cpu_pct", "cpu_with_clock_pct", "late_p95_ms", "tick_to_list_p95_ms")


def run() -> dict[str, float]:
    printed, _ = python("-m", "tests.benchmarks", "--one", "ticks")
    own = json.loads(printed)
    figures: dict[str, float] = {}
    for names, rate in _CASES:
        case = f"{names}x{rate}"
        peers = {
            name: peer("vnpy_window", "ticks", names, rate, gathered, _SECONDS)
            for name, gathered in _STREAMS.items()
        }
        for key in _COMPARED:
            ours = own[f"{case}_{key}"]
            others = {f"{case}_{name}_{key}": measured[key] for name, measured in peers.items()}
            figures |= {f"{case}_own_{key}": ours} | others | times(ours, others)
        figures |= {f"{case}_{name}_taken_per_s": measured["taken_per_s"] for name, measured in peers.items()}
    return figures
