"""Daily volatility that a single wild day does not run away with."""

import numpy as np
from numpy.typing import NDArray

LAMBDA = 0.94  # RiskMetrics (1996) decay for daily returns
WINSOR = 16.0  # a day counts for at most 4 sigma
SEED_RETURNS = 60
FLOOR = 0.0020  # 20 basis points


def ewma_volatility(returns: NDArray[np.float64]) -> float | None:
    """Return the winsorised EWMA standard deviation of daily returns (fractions), oldest first.

    Seeded with the variance of the first 60 returns; None with fewer. Never below 20 basis points: a share
    that stood still would otherwise stay at zero for ever, because the winsor of zero is zero.
    """
    if returns.size < SEED_RETURNS:
        return None
    variance = max(float(returns[:SEED_RETURNS].var()), FLOOR**2)
    for value in returns[SEED_RETURNS:].tolist():
        squared = min(value**2, WINSOR * variance)
        variance = max(LAMBDA * variance + (1.0 - LAMBDA) * squared, FLOOR**2)
    return float(np.sqrt(variance))
