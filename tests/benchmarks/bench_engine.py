"""What one refresh costs once its answer is here."""

import random
import time

from tests.benchmarks.setting import folder
from tests.support.rig import Rig, build_rig, history

from stackwatch.domain.quote import Quote

DESCRIPTION = "changed quotes of the 84 names and their benchmarks through engine, shipped rules and store"
_ROUNDS = 30


def run() -> dict[str, float]:
    with folder() as data:
        rig = build_rig(data)
        rig.engine.start()
        symbols = rig.engine.symbols
        rig.engine.take_histories(
            {s: history(rig.clock.now(), seed=index) for index, s in enumerate(symbols)}
        )
        rounds = sorted(_refresh(rig, symbols, number) for number in range(_ROUNDS))
        stored = sorted(_store(rig) for _ in range(_ROUNDS))
        rig.store.close()
    refresh, store = rounds[_ROUNDS // 2], stored[_ROUNDS // 2]
    return {
        "refresh_ms": refresh * 1000.0,
        "slowest_refresh_ms": rounds[-1] * 1000.0,
        "store_alone_ms": store * 1000.0,
        "ratio_to_store": refresh / store,
        "quotes": float(len(symbols)),
        "alerts": float(len(rig.raised())),
    }


def _refresh(rig: Rig, symbols: tuple[str, ...], number: int) -> float:
    """Return the seconds of one refresh in which every price changed."""
    rig.clock.advance(seconds=15)
    for index, symbol in enumerate(symbols):
        draw = random.Random(f"{number}/{index}")  # noqa: S311 - the same prices each time
        rig.market.set(symbol, 100.0 + draw.gauss(0, 0.8))
    began = time.perf_counter()
    rig.runtime.quotes.fetch(rig.engine)
    return time.perf_counter() - began


def _store(rig: Rig) -> float:
    """Return the seconds of writing as many quotes and nothing else."""
    quotes: tuple[Quote, ...] = tuple(rig.market.prices.values())
    began = time.perf_counter()
    rig.store.quotes.save(quotes)
    return time.perf_counter() - began
