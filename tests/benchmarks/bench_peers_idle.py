"""What an open window costs while nothing happens: the program beside vnpy, in the same seconds."""

from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks.bench_idle import FRIDAYS_CLOSE, SATURDAY, settled
from tests.benchmarks.peers_setting import peer, times

DESCRIPTION = (
    "the window over 20 s in which nothing happens: ours live on a Saturday after every market shut; vnpy's"
    " with 84 rows and no gateway; `_times`: vnpy's figure / ours"
)
_SETTLE, _SECONDS = 90, 20  # as window_probe


def run() -> dict[str, float]:
    with ThreadPoolExecutor() as both:  # each a process that mostly sleeps
        program = both.submit(settled, "own", SATURDAY, traded=FRIDAYS_CLOSE)
        vnpy = both.submit(peer, "vnpy_window", "idle", _SETTLE, _SECONDS)
    own, other = program.result(), vnpy.result()
    figures: dict[str, float] = {}
    for key in ("core_share_pct", "wakeups_per_s"):
        figures |= {f"own_{key}": own[f"own_{key}"], f"vnpy_{key}": other[key]}
        figures |= times(own[f"own_{key}"], {f"vnpy_{key}": other[key]})
    return figures
