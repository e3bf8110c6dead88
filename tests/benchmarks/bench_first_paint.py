"""How long until the list is on the screen."""

import json
import time
from pathlib import Path

from tests.benchmarks.setting import UNREACHABLE, folder, python, store_known_state

DESCRIPTION = (
    "process start to the first painted watchlist from a stored database, and a bare tree of 84 rows"
)


def run() -> dict[str, float]:
    with folder() as data:
        store_known_state(data)
        _probe("first-paint", data)  # once for the file cache
        painted = _probe("first-paint", data)
    bare = _probe("bare")
    own, plain = painted.pop("seconds"), bare["seconds"]
    return {"first_paint_s": own, "bare_tree_s": plain, "ratio": own / plain, **painted}


def _probe(task: str, data: Path | None = None) -> dict[str, float]:
    arguments = [] if data is None else [str(data)]
    env = UNREACHABLE | {"STARTED": repr(time.time())}
    printed, _ = python("-m", "tests.benchmarks.window_probe", task, *arguments, env=env)
    values: dict[str, float] = json.loads(printed)
    return values
