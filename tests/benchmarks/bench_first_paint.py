"""How long until the list is on the screen, and the chart beside it; the former also from a cold file cache.

Files leave the cache by ``posix_fadvise``, so that the cold figures are there on Linux only; what another
process has mapped stays.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.setting import BYTECODE, ROOT, UNREACHABLE, folder, python, store_known_state

DESCRIPTION = (
    "process start to the first painted watchlist from a stored database, warm and from a cold file cache,"
    " and to the chart; beside a bare tree of 84 rows, and one with a plot"
)
CAN_EVICT = hasattr(os, "posix_fadvise")
_LIBRARIES = Path("/usr/lib")
_FONTS = Path("/usr/share/fonts")


def run() -> dict[str, float]:
    with folder() as data:
        store_known_state(data)
        probe("first-paint", data)  # once for the file cache
        painted = probe("first-paint", data)
        live = probe("live", data)["seconds"]
        cold = _cold(data) if CAN_EVICT else {}
    own, bare, plot = painted.pop("seconds"), probe("bare")["seconds"], probe("bare-plot")["seconds"]
    figures = {"first_paint_s": own, "bare_tree_s": bare, "ratio": own / bare, **painted}
    return figures | cold | {"chart_s": live, "bare_plot_s": plot, "chart_ratio": live / plot}


def _cold(data: Path) -> dict[str, float]:
    """Return the seconds from a cold file cache."""
    evict(data)
    painted = probe("first-paint", data)["seconds"]
    evict(data)
    bare = probe("bare")["seconds"]
    return {"cold_s": painted, "cold_bare_s": bare, "cold_ratio": painted / bare}


def evict(*also: Path) -> None:
    """Let the system forget what it has read of Python, its packages, libraries, fonts and the program."""
    for path in _files(*also, Path(sys.prefix), Path(sys.base_prefix), ROOT, BYTECODE, _LIBRARIES, _FONTS):
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:  # a dangling link, a socket
            continue
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def _files(*folders: Path) -> Iterator[str]:
    for place in folders:
        for inside, _, names in os.walk(place):
            yield from (f"{inside}/{name}" for name in names)


def probe(task: str, data: Path | None = None) -> dict[str, float]:
    """Return what a window says about itself."""
    arguments = [] if data is None else [str(data)]
    env = UNREACHABLE | {"STARTED": repr(time.time())}
    printed, _ = python("-m", "tests.benchmarks.window_probe", task, *arguments, env=env)
    values: dict[str, float] = json.loads(printed)
    return values
