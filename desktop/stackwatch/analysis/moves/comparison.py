"""Names on one scale: percent since a day, equal-weight groups, and the sum of a share's abnormal returns."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import Closes, Floats, judge_all
from stackwatch.domain.move import UNUSUAL_SAR

Days = NDArray[np.int64]
_MOST_ASKED = 0.5  # share of a group's members that must have traded for a day to count


def relative(closes: Closes, first: date) -> tuple[Days, Floats]:
    """Return the days from ``first`` on (ordinals) and the percent since the first of them."""
    start = int(np.searchsorted(closes.days, first.toordinal()))
    days, values = closes.days[start:], closes.values[start:]
    return days, (values / values[0] - 1.0) * 100.0 if values.size else values


def group_relative(members: Mapping[str, Closes], first: date) -> tuple[Days, Floats]:
    """Return the same for an equal-weight portfolio of ``members``, rebalanced daily.

    A member counts from the second session it has; days on which fewer than half of the members traded are
    left out, so that one exchange's holiday does not stand for all.
    """
    every = [closes.days[closes.days >= first.toordinal()] for closes in members.values()]
    days = np.unique(np.concatenate(every)) if every else np.empty(0, dtype=np.int64)
    if days.size == 0:
        return days, np.empty(0)
    returns = np.full((len(members), days.size), np.nan)
    for row, closes in enumerate(members.values()):
        start = int(np.searchsorted(closes.days, first.toordinal()))
        own = closes.values[start:]
        if own.size > 1:
            returns[row, np.searchsorted(days, closes.days[start + 1 :])] = np.diff(own) / own[:-1]
    counted = np.isfinite(returns).sum(axis=0)
    kept = counted >= max(1.0, _MOST_ASKED * len(members))
    kept[0] = True  # where every line begins
    mean = np.nansum(returns, axis=0) / np.maximum(counted, 1)
    mean[0] = 0.0
    return days[kept], (np.cumprod(1.0 + mean[kept]) - 1.0) * 100.0


def adjusted(share: Closes, market: Closes, first: date) -> tuple[Days, Floats, Floats]:
    """Return days, the sum of abnormal returns since ``first`` in percent, and its usual range (half width).

    Each session is judged from its own window before it, as everywhere; sessions that cannot be judged are
    left out. The range is two standard errors of the sum, the sessions taken as independent.
    """
    judged = judge_all(share, market, joined=True)
    kept = np.isfinite(judged.sar) & (judged.days >= first.toordinal()) & (judged.sar != 0.0)
    abnormal = judged.abnormal[kept] * 100.0
    errors = abnormal / judged.sar[kept]
    return judged.days[kept], np.cumsum(abnormal), UNUSUAL_SAR * np.sqrt(np.cumsum(errors**2))


def at_common_start(lines: Sequence[tuple[Days, Floats]]) -> list[tuple[Days, Floats]]:
    """Let every line begin at 0 on the first day that all have; one without such a day stays as it is."""
    starts = [int(days[0]) for days, _ in lines if days.size]
    if not starts:
        return list(lines)
    start = max(starts)
    moved = []
    for days, values in lines:
        place = int(np.searchsorted(days, start))
        if place >= days.size:
            moved.append((days, values))
            continue
        base = 1.0 + values[place] / 100.0
        moved.append((days[place:], ((1.0 + values[place:] / 100.0) / base - 1.0) * 100.0))
    return moved
