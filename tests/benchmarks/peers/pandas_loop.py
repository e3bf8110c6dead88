"""A loop in pandas, share by share and day by day: how far each of 130 names is from its last 120 returns."""

import time

import pandas as pd
from tests.benchmarks.made import closes
from tests.benchmarks.probe import report

_WINDOW, _FAR = 120, 3.0


def unusual(prices: pd.Series) -> int:
    """Return on how many days a return was three deviations from the mean of those before it."""
    returns = prices.pct_change().dropna()
    found = 0
    for day in range(_WINDOW, len(returns)):
        before = returns.iloc[day - _WINDOW : day]
        found += abs(returns.iloc[day] - before.mean()) >= _FAR * before.std()
    return found


table = pd.DataFrame(closes(5))
unusual(table[0])  # the first is not measured
began = time.perf_counter()
beyond = sum(unusual(table[name]) for name in table)
report({"ms": (time.perf_counter() - began) * 1000.0, "beyond_3": float(beyond)})
