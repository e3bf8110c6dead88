"""A whole documented day without waiting."""

import json

from tests.benchmarks.setting import UNREACHABLE, folder, python

DESCRIPTION = "the replayed 22 July 2025, a step a minute, headless: seconds for the process"
_REPLAYED_SECONDS = 400 * 60.0


def run() -> dict[str, float]:
    with folder() as data:
        command = ("-m", "stackwatch", "--data-dir", str(data), "watch", "--demo", "--once", "--json")
        python(*command, env=UNREACHABLE)  # builds the trading calendars
        printed, seconds = python(*command, env=UNREACHABLE)
    events = [json.loads(line) for line in printed.splitlines()]
    return {
        "seconds": seconds,
        "times_real_time": _REPLAYED_SECONDS / seconds,
        "alerts": float(sum(event["type"] == "alert" for event in events)),
    }
