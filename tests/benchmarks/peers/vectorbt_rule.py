"""vectorbt asked on which days of two years 130 names moved by 4 %, then with a portfolio of them."""

import statistics
import time
from collections.abc import Callable

import pandas as pd
import vectorbt as vbt
from tests.benchmarks.made import THRESHOLD_PCT, closes
from tests.benchmarks.probe import report

_ROUNDS = 15
_FIRST_LOOK = 2  # a rule says nothing of what was true when it was first looked at


def moved() -> pd.DataFrame:
    """Return on which days which name moved."""
    return (table.vbt.pct_change().abs() * 100.0 >= THRESHOLD_PCT).iloc[_FIRST_LOOK:]


def fires() -> float:
    """Return how often."""
    return float(moved().vbt.signals.total().sum())


def trade() -> float:
    """Return how many orders a portfolio makes of it."""
    enter = moved()
    held = vbt.Portfolio.from_signals(table.iloc[_FIRST_LOOK:], enter, enter.vbt.fshift(1))
    return float(held.orders.count().sum())


def milliseconds(work: Callable[[], float]) -> float:
    """Return how long it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000.0


table = pd.DataFrame(closes(2))
first = {"first_ms": milliseconds(fires), "portfolio_first_ms": milliseconds(trade)}
later = {
    "ms": statistics.median(milliseconds(fires) for _ in range(_ROUNDS)),
    "portfolio_ms": statistics.median(milliseconds(trade) for _ in range(_ROUNDS)),
}
report(first | later | {"fires": fires()})
