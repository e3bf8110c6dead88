"""How often a match this strong is coincidence: a share's news of other sessions, held against its move.

Target-decoy calibration: a share's news of 8 to 55 sessions earlier cannot be the reason of today's move,
so how often it would match as well says how much a match is worth (Elias and Gygi 2007, "Target-decoy
search strategy", Nature Methods 4, for the idea). Where a share has little news of its own behind it, the
usual rates count; they were measured on 1,237 stories of February and March 2026 and ten large names.
"""

import math
from collections.abc import Sequence

import numpy as np

LINKED_BELOW = 0.35  # a match that is coincidence more often than this ties nothing
DECOYS_FROM, DECOYS_TO = 8, 55  # sessions back
DECOYS = DECOYS_TO - DECOYS_FROM + 1
# Strength, and the share of other sessions with a match at least as strong.
_USUAL = (
    (0.0, 0.90), (0.1, 0.43), (0.15, 0.35), (0.2, 0.31), (0.25, 0.25), (0.3, 0.19), (0.35, 0.14), (0.4, 0.10),
    (0.5, 0.055), (0.6, 0.033), (1.0, 0.02),
)  # fmt: skip
_STRENGTHS = [strength for strength, _ in _USUAL]
_LOG_RATES = [math.log(rate) for _, rate in _USUAL]
_PRIOR = 20.0  # sessions the usual rate weighs
_CAUSED = 0.20  # share of moves that a story of the feed stands behind; measured on sharp ones


def usual_rate(strength: float) -> float:
    """Return the share of any share's sessions that have a match of at least this strength."""
    return math.exp(float(np.interp(strength, _STRENGTHS, _LOG_RATES)))


def coincidence(strength: float, decoys: Sequence[float], share: float = 1.0) -> float:
    """Return the chance, 0 to 1, that a match of ``strength`` is no more than coincidence.

    ``decoys`` are the strengths of the same share's matches in other sessions; the fewer there are, the more
    the usual rate counts. ``share`` of a session's news is as timely as what matched.
    """
    usual = usual_rate(strength)
    as_strong = sum(1 for decoy in decoys if decoy >= strength)
    rate = share * (as_strong + _PRIOR * usual) / (len(decoys) + _PRIOR)
    return rate / (rate + (1.0 - rate) * _CAUSED)
