"""Whether a layer moves as one: by the SAR of its average, and by how many of its members go its way."""

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import Floats

_SAR = 2.0  # of the layer
_MEMBER_SAR = 1.0  # of a member that goes its way
BREADTH = 0.6  # share of the members that must be judged, and of these that must go its way
LEAST = 3  # members that are judged


def moves_as_one(sar: Floats, members: Floats, total: int) -> NDArray[np.bool_]:
    """Return when a layer moved as one: ``sar`` of shape ``(times,)``, ``members`` ``(times, names)``.

    A member that cannot be judged is NaN; ``total`` counts those without prices, too.
    """
    judged = np.isfinite(members)
    with_it = (members * np.sign(sar)[:, None] >= _MEMBER_SAR) & judged
    count = judged.sum(axis=1)
    enough = count >= max(LEAST, BREADTH * total)
    return np.asarray((np.abs(sar) >= _SAR) & enough & (with_it.sum(axis=1) >= BREADTH * count))
