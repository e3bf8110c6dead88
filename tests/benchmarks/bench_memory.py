"""How much memory the window takes, and whether it grows."""

import json

from tests.benchmarks.setting import folder, python

DESCRIPTION = "resident memory of the window: three seconds after the start, and over eight replayed hours"
_HOURS, _SECONDS = 8.0, 40.0  # a replayed day begins before the open and ends after the close


def run() -> dict[str, float]:
    probe = ("-m", "tests.benchmarks.window_probe")
    with folder() as data:
        printed, _ = python(*probe, "memory", str(data), str(_SECONDS), str(_HOURS * 3600 / _SECONDS))
    figures: dict[str, float] = json.loads(printed)
    bare, _ = python(*probe, "bare-memory")
    growth = (figures["end_mb"] / figures["half_way_mb"] - 1.0) * 100.0
    return figures | {"growth_pct": growth} | json.loads(bare)
