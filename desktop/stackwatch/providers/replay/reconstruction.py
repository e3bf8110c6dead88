"""Make the history and the minutes that a documented day does not record.

Closes and moves are facts. The 120 returns before them are drawn so that ordinary least squares on them
gives back each share's documented alpha, beta and residual deviation, and with these its SAR. The path
inside the day is a Brownian bridge between two closes; its drift begins at the open, or with the first report
where that came inside the session. Everything is seeded: a replay is the same each time.
"""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import WINDOW
from stackwatch.domain.episode import Episode, EpisodeShare

Floats = NDArray[np.float64]

_FREE_DAYS = 4  # between the window and the documented day before
_OPEN_SHARE = 0.4  # of the day's move that is there at the open
_EARLY = 0.4  # the rest comes early rather than late
_IDLE_SD = 0.012  # daily deviation of a share whose model is not documented


@dataclass(frozen=True, slots=True)
class ReturnHistory:
    """Daily returns (fractions) that end with the day before the episode, oldest first."""

    returns: Floats


def generator(*parts: str) -> np.random.Generator:
    """Return a generator seeded by names, so that nothing depends on the order of calls."""
    return np.random.default_rng(zlib.crc32("/".join(parts).encode()))


def market_history(episode: Episode) -> ReturnHistory:
    """Return the benchmark's returns; the first 120 have the documented mean and sum of squares."""
    random = generator(episode.id, episode.market.symbol, "history")
    window = random.standard_t(5, WINDOW)
    window -= window.mean()
    window *= np.sqrt(episode.market.sxx / float(window @ window))
    window += episode.market.mean
    free = random.normal(0.0, float(window.std()) * 0.5, _FREE_DAYS)
    return ReturnHistory(np.concatenate([window, free, [episode.market.moves_pct[0] / 100.0]]))


def share_history(episode: Episode, share: EpisodeShare, market: ReturnHistory) -> ReturnHistory:
    """Return a share's returns; regressed on the benchmark's they give its documented model exactly."""
    random = generator(episode.id, share.symbol, "history")
    n = min(share.n_estimation, WINDOW)
    x = market.returns[WINDOW - n : WINDOW]
    noise = random.standard_t(5, n)
    noise -= noise.mean()
    deviation = x - x.mean()
    noise -= deviation * float(noise @ deviation) / float(deviation @ deviation)
    noise *= share.resid_sd * np.sqrt((n - 2) / float(noise @ noise))
    window = share.alpha + share.beta * x + noise
    free = share.beta * market.returns[WINDOW : WINDOW + _FREE_DAYS]
    free = free + random.normal(0.0, share.resid_sd * 0.5, _FREE_DAYS)
    returns = np.concatenate([window, free, [share.move_before_pct / 100.0]])
    return ReturnHistory(np.maximum(returns, -0.9))


def closes_before(history: ReturnHistory, last_close: float) -> Floats:
    """Return the closes that lead to ``last_close``, oldest first, one more than there are returns."""
    growth = np.concatenate([[1.0], np.cumprod(1.0 + history.returns)])
    closes: Floats = growth / growth[-1] * last_close
    return closes


def bridge(random: np.random.Generator, steps: int) -> Floats:
    """Return a standard Brownian bridge from 0 to 0 in ``steps`` steps, shape ``(steps + 1,)``."""
    walk = np.concatenate([[0.0], np.cumsum(random.normal(0.0, 1.0 / np.sqrt(steps), steps))])
    tied: Floats = walk - np.linspace(0.0, 1.0, steps + 1) * walk[-1]
    return tied


def day_path(
    episode: Episode, symbol: str, *, previous: float, close: float, minutes: int, waits: int
) -> Floats:
    """Return a session's minute prices from the open to ``close``, shape ``(minutes + 1,)``.

    The day's move begins after ``waits`` minutes: where the first report came inside the session.
    """
    share = next((row for row in episode.shares if row.symbol == symbol), None)
    total = float(np.log(close / previous))
    market_sd = float(np.sqrt(episode.market.sxx / WINDOW))
    common = bridge(generator(episode.id, "market", "day"), minutes) * market_sd * 0.35
    random = generator(episode.id, symbol, "day")
    beta, own_sd = (share.beta, share.resid_sd) if share else (0.0, _IDLE_SD)
    if symbol == episode.market.symbol:
        beta, own_sd = 1.0, 0.0
    noise = beta * common + bridge(random, minutes) * own_sd * 0.35
    since = np.linspace(0.0, 1.0, minutes - waits + 1)
    drift = np.concatenate((np.zeros(waits), total * (_OPEN_SHARE + (1.0 - _OPEN_SHARE) * since**_EARLY)))
    path: Floats = previous * np.exp(drift + noise)
    path[-1] = close
    return path
