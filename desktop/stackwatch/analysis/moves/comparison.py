"""Names on one scale: percent since a day, equal-weight groups, and the sum of a share's abnormal returns."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import partial, reduce

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import Closes, Floats, judge_all
from stackwatch.domain.move import UNUSUAL_SAR

Days = NDArray[np.int64]
Line = tuple[Days, Floats]
Belong = Mapping[date, AbstractSet[str]]
_MOST_ASKED = 0.5  # share of a group's members that must have traded for a day to count


def relative(closes: Closes, first: date) -> Line:
    """Return the days from ``first`` on (ordinals) and the percent since the first of them."""
    start = int(np.searchsorted(closes.days, first.toordinal()))
    days, values = closes.days[start:], closes.values[start:]
    return days, (values / values[0] - 1.0) * 100.0 if values.size else values


def group_relative(members: Mapping[str, Closes], first: date, belong: Belong | None = None) -> Line:
    """Return the same for an equal-weight portfolio of ``members``, rebalanced daily.

    ``belong`` says who belongs to it on each day; without it all do. A member counts from the second session
    it has; days on which fewer than half of those who belong traded are left out, so that one exchange's
    holiday does not stand for all. What a member did on such a day is in its next return.
    """
    since = first.toordinal()
    owned = [Closes(c.days[c.days >= since], c.values[c.days >= since]) for c in members.values()]
    days = np.unique(np.concatenate([own.days for own in owned])) if owned else np.empty(0, dtype=np.int64)
    if days.size == 0:
        return days, np.empty(0)
    belongs = _belonging(tuple(members), days, belong)
    traded = np.array([np.isin(days, own.days) for own in owned]) & belongs
    kept = traded.any(axis=0) & (traded.sum(axis=0) >= _MOST_ASKED * belongs.sum(axis=0))
    if not kept.any():
        kept[0] = True  # where the line begins
    days, belongs = days[kept], belongs[:, kept]
    returns = np.full((len(owned), days.size), np.nan)
    for row, own in enumerate(owned):
        shown = np.isin(own.days, days)
        values = own.values[shown]
        if values.size > 1:
            returns[row, np.searchsorted(days, own.days[shown][1:])] = np.diff(values) / values[:-1]
    returns[~belongs] = np.nan
    mean = np.nansum(returns, axis=0) / np.maximum(np.isfinite(returns).sum(axis=0), 1)
    return days, (np.cumprod(1.0 + mean) - 1.0) * 100.0


def _belonging(names: Sequence[str], days: Days, belong: Belong | None) -> NDArray[np.bool_]:
    """Return who belongs to a group on which day, shape ``(names, days)``."""
    if belong is None:
        return np.ones((len(names), days.size), dtype=np.bool_)
    of_days = [belong.get(date.fromordinal(day), frozenset()) for day in days.tolist()]
    return np.array([[name in tied for tied in of_days] for name in names])


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


def at_common_start(lines: Sequence[Line]) -> list[Line]:
    """Let every line begin at 0 on the first day that all have; without such a day they stay as they are."""
    told = [days for days, _ in lines if days.size]
    common = reduce(partial(np.intersect1d, assume_unique=True), told) if told else np.empty(0)
    if not common.size:
        return list(lines)
    moved = []
    for days, values in lines:
        place = int(np.searchsorted(days, common[0]))
        growth = 1.0 + values[place:] / 100.0
        moved.append((days[place:], (growth / growth[:1] - 1.0) * 100.0))
    return moved
