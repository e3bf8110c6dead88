"""Every abnormal move of 130 names over two years: the market model as in the program, and as plain sums."""

import statistics
import time

import numpy as np

from stackwatch.analysis.moves.market_model import Closes, judge_all

DESCRIPTION = "abnormal moves and SAR of 130 names x 2 years, each session from its own 120 returns before it"
NAMES, DAYS, ROUNDS, WINDOW, GAP = 130, 504, 15, 120, 5


def run() -> dict[str, float]:
    draw = np.random.default_rng(5)
    days = np.arange(DAYS, dtype=np.int64) + 738_000
    market = Closes(days, 100.0 * np.exp(np.cumsum(draw.normal(0.0, 0.01, DAYS))))
    names = [Closes(days, 50.0 * np.exp(np.cumsum(draw.normal(0.0, 0.02, DAYS)))) for _ in range(NAMES)]
    own, floor, found = [], [], 0
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = sum(int((np.abs(judge_all(name, market).sar) >= 3.0).sum()) for name in names)
        own.append(time.perf_counter() - began)
        began = time.perf_counter()
        _floor(np.stack([name.values for name in names]), market.values)
        floor.append(time.perf_counter() - began)
    middle, least = statistics.median(own) * 1000.0, statistics.median(floor) * 1000.0
    return {"judge_ms": middle, "floor_ms": least, "ratio_to_floor": middle / least, "beyond_3": float(found)}


def _floor(closes: np.ndarray, market: np.ndarray) -> np.ndarray:
    """Return the same figures of names that all trade every day, in one table."""
    y, x = np.diff(closes, axis=1) / closes[:, :-1], np.diff(market) / market[:-1]
    end = np.maximum(np.arange(x.size) - GAP, 0)
    start = np.maximum(end - WINDOW, 0)
    n = (end - start).astype(float)

    def over(values: np.ndarray) -> np.ndarray:
        total = np.concatenate((np.zeros((*values.shape[:-1], 1)), np.cumsum(values, axis=-1)), axis=-1)
        return total[..., end] - total[..., start]

    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = over(x) / n, over(y) / n
        sxx = over(x * x) - n * mean_x**2
        sxy = over(x * y) - n * mean_x * mean_y
        syy = over(y * y) - n * mean_y**2
        beta = sxy / sxx
        sd = np.sqrt(np.maximum(syy - beta * sxy, 0.0) / (n - 2.0))
        abnormal = y - (mean_y - beta * mean_x) - beta * x
        return abnormal / (sd * np.sqrt(1.0 + 1.0 / n + (x - mean_x) ** 2 / sxx))
