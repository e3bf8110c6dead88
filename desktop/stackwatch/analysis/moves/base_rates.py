"""What followed earlier sessions like this one: counts, medians, intervals, and when to say nothing.

Never a forecast: prices of names that survived, no costs. Medians and their intervals are of cases that do
not overlap (gaps of at least the horizon). The interval is a bootstrap of the median, below twenty cases
that of order statistics (Conover 1999, "Practical Nonparametric Statistics", section 3.2). The placebo
shifts the cases round the calendar; Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, is applied over
everything shown.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import Closes, Floats, judge_all
from stackwatch.domain.move import COMPARED, UNUSUAL_SAR, BaseRate, RateVerdict, is_unusual

HORIZONS = (1, 5, 20)  # sessions
TOO_FEW = 20  # non-overlapping cases to rely on
NOTABLE = 1.0  # |SAR| from which a case counts where the move itself is not unusual
_SHIFTS = 499
_RESAMPLES = 999
_SEED = 20250722  # the same answer every time
_Indexes = NDArray[np.int64]


def base_rates(share: Closes, market: Closes, day: date, sar: float | None) -> tuple[BaseRate, ...]:
    """Return what followed, per horizon, earlier sessions whose SAR was as far the same way as on ``day``.

    Only what was known before ``day`` is used. Empty below |SAR| 1, which is like any day.
    """
    if sar is None or abs(sar) < NOTABLE:
        return ()
    least = UNUSUAL_SAR if is_unusual(sar) else NOTABLE
    judged = judge_all(share.before(day), market.before(day))
    alike = np.flatnonzero(judged.sar * math.copysign(1.0, sar) >= least)
    prices = share.before(day)
    rows = np.searchsorted(prices.days, judged.days)
    known = int(rows[np.isfinite(judged.sar)][0]) if np.isfinite(judged.sar).any() else prices.days.size
    rates = [_rate(prices.values, rows[alike], horizon, known) for horizon in HORIZONS]
    return _adjusted(rates)


def _rate(prices: Floats, cases: _Indexes, horizon: int, first: int) -> BaseRate:
    """Return the base rate of one horizon; ``cases`` and ``first``, the first judged, index ``prices``."""
    complete = cases[cases + horizon < prices.size]
    apart = _apart(complete, horizon)
    if apart.size < COMPARED:
        few = RateVerdict.ONLY_COUNTED
        return BaseRate(n=int(cases.size), n_effective=int(apart.size), horizon_days=horizon, verdict=few)
    forward = prices[horizon:] / prices[:-horizon] - 1.0
    returns = forward[apart]
    usual = float(np.median(forward[first:]))
    low, high = _interval(returns)
    return BaseRate(
        n=int(cases.size),
        n_effective=int(apart.size),
        horizon_days=horizon,
        median=float(np.median(returns)) * 100.0,
        ci_low=low * 100.0,
        ci_high=high * 100.0,
        usual_median=usual * 100.0,
        share_up=float(np.mean(returns > 0)),
        placebo_p=_placebo(forward[first:], apart - first, float(np.median(returns)), usual),
        verdict=RateVerdict.TOO_FEW if apart.size < TOO_FEW else RateVerdict.SHOWN,
    )


def _apart(cases: _Indexes, gap: int) -> _Indexes:
    """Return the first case and each next one at least ``gap`` sessions after the last kept."""
    kept: list[int] = []
    for case in cases.tolist():
        if not kept or case - kept[-1] >= gap:
            kept.append(case)
    return np.array(kept, dtype=np.int64)


def _interval(values: Floats) -> tuple[float, float]:
    """Return a 95 % interval of the median."""
    n = values.size
    if n < TOO_FEW:
        ordered = np.sort(values)
        rank = _rank(n)
        return float(ordered[rank]), float(ordered[n - 1 - rank])
    rng = np.random.default_rng(_SEED)
    medians = np.median(values[rng.integers(0, n, size=(_RESAMPLES, n))], axis=1)
    low, high = np.quantile(medians, (0.025, 0.975))
    return float(low), float(high)


def _rank(n: int) -> int:
    """Return the rank (from 0) whose order statistic bounds the median below with 97.5 %."""
    tail, rank = 0.0, 0
    for k in range(n // 2):
        tail += math.comb(n, k) * 0.5**n
        if tail > 0.025:  # noqa: PLR2004 - half of five percent
            break
        rank = k
    return rank


def _placebo(forward: Floats, cases: _Indexes, median: float, usual: float) -> float:
    """Return the share of circular shifts whose median lies at least as far from the usual one."""
    size = forward.size
    shifts = np.random.default_rng(_SEED).integers(1, size, size=_SHIFTS)
    medians = np.median(forward[(cases[None, :] + shifts[:, None]) % size], axis=1)
    as_far = int(np.sum(np.abs(medians - usual) >= abs(median - usual)))
    return (as_far + 1.0) / (_SHIFTS + 1.0)


def _adjusted(rates: Sequence[BaseRate]) -> tuple[BaseRate, ...]:
    """Put the Benjamini-Hochberg adjusted value beside each placebo value."""
    tested = sorted((rate.placebo_p, i) for i, rate in enumerate(rates) if rate.placebo_p is not None)
    adjusted: dict[int, float] = {}
    smallest = 1.0
    for rank in range(len(tested), 0, -1):
        value, i = tested[rank - 1]
        smallest = min(smallest, value * len(tested) / rank)
        adjusted[i] = smallest
    return tuple(replace(rate, placebo_q=adjusted.get(i)) for i, rate in enumerate(rates))
