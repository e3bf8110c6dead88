"""backtesting.py asked on which days of two years 130 names moved by 4 %; it trades nothing."""

import os
import time

os.environ["TQDM_DISABLE"] = "1"  # no bar of progress

import numpy as np
import pandas as pd
from backtesting import Backtest, Strategy
from tests.benchmarks.made import THRESHOLD_PCT, closes
from tests.benchmarks.probe import report


class Moves(Strategy):
    """Counts the days on which the close moved far from the one before."""

    fires = 0

    def init(self) -> None:
        """Work the moves out, as arrays."""
        self.move = self.I(lambda close: (close / np.r_[np.nan, close[:-1]] - 1.0) * 100.0, self.data.Close)

    def next(self) -> None:
        """Look at one day."""
        Moves.fires += abs(self.move[-1]) >= THRESHOLD_PCT


def look(values: np.ndarray) -> None:
    """Go through the days of one name."""
    columns = dict.fromkeys(("Open", "High", "Low", "Close"), values)
    Backtest(pd.DataFrame(columns, index=days), Moves, cash=1e6).run()


table = closes(2)
days = pd.bdate_range("2024-01-01", periods=len(table))
look(table[:, 0])  # the first is not measured
Moves.fires, began = 0, time.perf_counter()
for name in range(table.shape[1]):
    look(table[:, name])
report({"ms": (time.perf_counter() - began) * 1000.0, "fires": float(Moves.fires)})
