"""Market model of a share against its benchmark, and what a session's move is worth in it.

MacKinlay (1997), "Event Studies in Economics and Finance", Journal of Economic Literature 35:
ordinary least squares on daily returns of an estimation window that ends before the event.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stackwatch.domain.quote import DailyBar
from stackwatch.domain.venues import shuts_first
from stackwatch.domain.watchlist import Instrument

Floats = NDArray[np.float64]

WINDOW = 120  # returns in the estimation window
GAP = 5  # sessions between its end and the event
MINIMUM = 60  # returns below which nothing is judged
MIN_BENCHMARK_VARIANCE = 1e-12
MIN_RESIDUAL_SD = 1e-9  # below it the share is the benchmark, or does not trade
_TRADED = 0.6  # share of a portfolio's members that a day needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """An estimated market model; ``alpha`` and ``sd`` are of daily returns as fractions."""

    alpha: float
    beta: float
    beta_se: float
    sd: float
    n: int
    mean: float
    sxx: float

    def prediction_sd(self, market: float) -> float:
        """Return the standard error of a predicted return, given the benchmark's return."""
        return self.sd * math.sqrt(1.0 + 1.0 / self.n + (market - self.mean) ** 2 / self.sxx)

    def abnormal(self, move: float, market: float) -> float:
        """Return the abnormal return of a move, as a fraction."""
        return move - self.alpha - self.beta * market

    def sar(self, move: float, market: float) -> float:
        """Return the standardised abnormal return of a move."""
        return self.abnormal(move, market) / self.prediction_sd(market)


def fit(share: Floats, market: Floats) -> Fit | None:
    """Estimate the model from paired daily returns (fractions), shape ``(n,)`` each.

    Returns None below 60 returns, where the benchmark does not vary, and where nothing is left to explain.
    """
    n = share.size
    if n < MINIMUM:
        return None
    mean = float(market.mean())
    deviation = market - mean
    sxx = float(deviation @ deviation)
    if sxx / n < MIN_BENCHMARK_VARIANCE:
        return None
    beta = float(deviation @ share) / sxx
    alpha = float(share.mean()) - beta * mean
    residuals = share - alpha - beta * market
    sd = float(np.sqrt(residuals @ residuals / (n - 2)))
    if sd < MIN_RESIDUAL_SD:
        return None
    return Fit(alpha=alpha, beta=beta, beta_se=sd / float(np.sqrt(sxx)), sd=sd, n=n, mean=mean, sxx=sxx)


@dataclass(frozen=True, slots=True)
class Closes:
    """Closes of one instrument by day: ``days`` as ordinals, increasing, ``values`` > 0."""

    days: NDArray[np.int64]
    values: Floats

    @classmethod
    def of(cls, bars: Sequence[DailyBar]) -> "Closes":
        """Take the closes of bars given oldest first."""
        return cls(
            np.array([bar.day.toordinal() for bar in bars], dtype=np.int64),
            np.array([bar.close for bar in bars], dtype=np.float64),
        )

    def before(self, day: date) -> "Closes":
        """Return the closes of earlier days only."""
        end = int(np.searchsorted(self.days, day.toordinal()))
        return Closes(self.days[:end], self.values[:end])


def seen_by(share: Closes, market: Closes) -> Closes:
    """Return a benchmark's closes by the days of a share whose exchange shuts before the benchmark's opens.

    On each of them stands the last close of an earlier day, which is what was known when the share traded.
    """
    place = np.searchsorted(market.days, share.days) - 1
    known = place >= 0
    return Closes(share.days[known], market.values[place[known]])


def known_market(instruments: Mapping[str, Instrument], symbol: str, share: Closes, market: Closes) -> Closes:
    """Return the closes of a share's benchmark by day, as they were known while the share traded."""
    return seen_by(share, market) if shuts_first(instruments, symbol) else market


def estimation_window(share: Closes, market: Closes, day: date) -> tuple[Floats, Floats]:
    """Return the paired returns i-125 ... i-6 of the event ``day`` (index i among common sessions).

    A return spans two sessions that both instruments traded, so that a holiday of one never pairs
    returns of different lengths.
    """
    share, market = share.before(day), market.before(day)
    _, left, right = np.intersect1d(share.days, market.days, assume_unique=True, return_indices=True)
    share_returns = np.diff(share.values[left]) / share.values[left][:-1]
    market_returns = np.diff(market.values[right]) / market.values[right][:-1]
    end = max(share_returns.size - GAP, 0)
    start = max(end - WINDOW, 0)
    return share_returns[start:end], market_returns[start:end]


def fit_before(share: Closes, market: Closes, day: date) -> tuple[Fit | None, int]:
    """Estimate the model for an event ``day``; also returns the number of returns there were."""
    share_returns, market_returns = estimation_window(share, market, day)
    return fit(share_returns, market_returns), int(share_returns.size)


def why_no_fit(n: int) -> str:
    """Say why ``n`` returns gave no model."""
    return f"{n} of {MINIMUM} days" if n < MINIMUM else "it or its benchmark stood still, or both went alike"


@dataclass(frozen=True, slots=True)
class JudgedSessions:
    """Every session of a share judged against its benchmark: ``days`` as ordinals, returns as fractions.

    ``sar`` is NaN where fewer than 60 returns came before, or nothing was left to explain.
    """

    days: NDArray[np.int64]
    moves: Floats
    market: Floats
    abnormal: Floats
    sar: Floats


def judge_all(share: Closes, market: Closes, *, joined: bool = False) -> JudgedSessions:
    """Return the abnormal move and SAR of every session that both traded, each from its own window before it.

    The same figures as ``fit_before`` day by day, from running sums over the 120 returns i-125 ... i-6. A
    session's move is that since the share's session before, as it is told on the day; ``joined`` takes in the
    sessions since both last traded, for sums that are to leave nothing out.
    """
    alike = np.array_equal(share.days, market.days)
    if alike:  # as of one exchange; finding the common days takes longest
        common, shared, paired = share.days, share.values, market.values
    else:
        common, left, right = np.intersect1d(share.days, market.days, assume_unique=True, return_indices=True)
        shared, paired = share.values[left], market.values[right]
    if common.size < 2:  # noqa: PLR2004 - one close makes no return
        empty = np.empty(0)
        return JudgedSessions(np.empty(0, dtype=np.int64), empty, empty, empty, empty)
    y, x = np.diff(shared) / shared[:-1], np.diff(paired) / paired[:-1]
    index = np.arange(y.size)
    end = np.maximum(index - GAP, 0)
    start = np.maximum(end - WINDOW, 0)
    n = (end - start).astype(np.float64)
    running = np.zeros((5, y.size + 1))
    np.cumsum((x, y, x * x, x * y, y * y), axis=1, out=running[:, 1:])
    sum_x, sum_y, sum_xx, sum_xy, sum_yy = running.take(end, axis=1) - running.take(start, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean_x, mean_y = sum_x / n, sum_y / n
        sxx = sum_xx - n * mean_x**2
        sxy = sum_xy - n * mean_x * mean_y
        syy = sum_yy - n * mean_y**2
        beta = sxy / sxx
        alpha = mean_y - beta * mean_x
        sd = np.sqrt(np.maximum(syy - beta * sxy, 0.0) / (n - 2.0))
        if not (alike or joined):
            y, x = _told_moves(share, market, common)
        abnormal = y - alpha - beta * x
        sar = abnormal / (sd * np.sqrt(1.0 + 1.0 / n + (x - mean_x) ** 2 / sxx))
    known = (n >= MINIMUM) & (sxx / np.maximum(n, 1.0) >= MIN_BENCHMARK_VARIANCE) & (sd >= MIN_RESIDUAL_SD)
    return JudgedSessions(common[1:], y, x, np.where(known, abnormal, np.nan), np.where(known, sar, np.nan))


def _told_moves(share: Closes, market: Closes, common: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the moves of the ``common`` days but the first since the share's session before each.

    Where the benchmark did not trade on that session, its own is since its last close before.
    """
    place = np.searchsorted(share.days, common[1:])
    then = np.searchsorted(market.days, share.days[place - 1], side="right") - 1
    now = np.searchsorted(market.days, common[1:])
    return share.values[place] / share.values[place - 1] - 1.0, market.values[now] / market.values[then] - 1.0


def portfolio_fit(members: Mapping[str, Closes], market: Closes, day: date) -> Fit | None:
    """Estimate the model of the equal-weight portfolio of ``members``.

    Averaging the members' own SARs as if they were independent raises too many alarms; the
    portfolio's returns carry their correlation. Days on which fewer than 60 % of the members traded are left
    out.
    """
    if not members:
        return None
    market = market.before(day)
    if market.days.size <= MINIMUM + GAP:
        return None
    rows = np.full((len(members), market.days.size - 1), np.nan)
    for index, closes in enumerate(members.values()):
        _, own, common = np.intersect1d(closes.days, market.days, assume_unique=True, return_indices=True)
        aligned = np.full(market.days.size, np.nan)
        aligned[common] = closes.values[own]
        rows[index] = np.diff(aligned) / aligned[:-1]
    counted = np.isfinite(rows).sum(axis=0)
    usable = counted >= max(1, int(np.ceil(_TRADED * len(members))))
    returns = np.nansum(rows, axis=0) / np.maximum(counted, 1)
    market_returns = np.diff(market.values) / market.values[:-1]
    end = max(returns.size - GAP, 0)
    window = slice(max(end - WINDOW, 0), end)
    kept = usable[window]
    return fit(returns[window][kept], market_returns[window][kept])
