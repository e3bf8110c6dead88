"""What a measured process says about itself; nothing here needs a window."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def report(values: Mapping[str, float]) -> None:
    """Print the figures."""
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def since_start() -> float:
    """Return the seconds since the process was started: STARTED holds the clock's time of that."""
    return time.time() - float(os.environ["STARTED"])


def end_when_painted(
    kind: type,
    paint: str,
    ready: Callable[[Any], bool] = lambda _painted: True,
    also: Callable[[], dict[str, float]] = dict,
) -> None:
    """Let the process end, and report when that was, once one of a kind was painted and is ready.

    A filter on the application would see every event of Qt's own objects, too: wrapping them costs 60 ms.
    """
    plain = getattr(kind, paint)

    def painted(self: object, *arguments: object) -> None:
        plain(self, *arguments)
        if ready(self):
            report({"seconds": since_start()} | also())
            os._exit(0)

    setattr(kind, paint, painted)


def resident_mb() -> float:
    """Return the resident memory of the process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def wakeups() -> float:
    """Return how often the process's threads slept and were woken so far."""
    return sum(
        float(line.split()[1])
        for task in Path("/proc/self/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches")
    )
