"""Daily volatility that a single wild day does not run away with."""

import numpy as np
from numpy.typing import NDArray

LAMBDA = 0.94  # RiskMetrics (1996) decay for daily returns
WINSOR = 16.0  # a day counts for at most 4 sigma
SEED_RETURNS = 60
FLOOR = 0.0020  # 20 basis points


def ewma_volatility(returns: NDArray[np.float64], *, tick: float = 0.0) -> float | None:
    """Return the winsorised EWMA standard deviation of daily returns (fractions), oldest first.

    Seeded with the variance of the first 60 returns; None with fewer, because seeding with zero would stay
    at zero for ever. Never below ``max(20 bp, tick)``, ``tick`` as a fraction of the price.
    """
    if returns.size < SEED_RETURNS:
        return None
    variance = float(returns[:SEED_RETURNS].var())
    for value in returns[SEED_RETURNS:]:
        variance = LAMBDA * variance + (1.0 - LAMBDA) * min(float(value) ** 2, WINSOR * variance)
    return max(float(np.sqrt(variance)), FLOOR, tick)
