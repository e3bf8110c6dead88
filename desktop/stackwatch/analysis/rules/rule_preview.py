"""What a rule would have done, from daily arrays: the values its condition had, and the days it fired.

A day is one look, at the close of its session: what came and went inside a day is not seen, and holds, which
are shorter, count as kept. Everything a day is judged by was known at its close. ``daily_fires`` agrees with
stepping the state machine (``rule_machine.step``) once a day.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from stackwatch.analysis.moves.breadth import BREADTH
from stackwatch.analysis.moves.intraday import LEAST_SESSIONS, MOST_SESSIONS
from stackwatch.analysis.moves.market_model import Closes, Floats, judge_all
from stackwatch.analysis.moves.volatility import FLOOR, LAMBDA, SEED_RETURNS, WINSOR
from stackwatch.analysis.rules.rule_machine import DECIMALS, LEVEL_BAND
from stackwatch.domain.rule import COUNTED_KINDS, Condition, Direction, Frequency, Rule, RuleKind, Since

# Of the live rules too: what a preview promises, a rule must do.
YEAR, LEAST_YEAR = 252, 250  # sessions of a 52-week range, and those it needs
_MINUTES_A_DAY = 1440.0
_Bools = NDArray[np.bool_]
_Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Panel:
    """Daily bars of several names on one axis of days (ordinals, increasing).

    Arrays have the shape ``(days, names)`` and are NaN where a name did not trade.
    """

    days: _Indexes
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats

    def closes(self, name: int) -> Closes:
        """Return the closes of one name."""
        known = np.isfinite(self.close[:, name])
        return Closes(self.days[known], self.close[known, name])


@dataclass(frozen=True, slots=True)
class Fires:
    """Firings in order of day: indexes of day and name, and the value in the rule's unit."""

    day: _Indexes
    name: _Indexes
    value: Floats


def price_values(condition: Condition, panel: Panel) -> Floats:
    """Return what a condition about single shares sees at each close, shape ``(days, names)``.

    Abnormal moves need benchmarks (``abnormal_values``), spans of minutes need minutes: not here.
    """
    before = _last_before(panel.close)
    with np.errstate(divide="ignore", invalid="ignore"):
        opened = np.where(panel.high > panel.low, panel.open, np.nan)  # of a close alone it is not known
        match condition.kind:
            case RuleKind.PERCENT_MOVE | RuleKind.TIED_MOVE:
                base = opened if condition.since is Since.OPEN else before
                return (panel.close / base - 1.0) * 100.0
            case RuleKind.GAP:
                return (opened / before - 1.0) * 100.0
            case RuleKind.PRICE_LEVEL:
                return panel.close
            case RuleKind.SIGMA_MOVE:
                return np.log(panel.close / before) / _sigmas(panel.close / before - 1.0)
            case RuleKind.VOLUME_SPIKE:
                return panel.volume / _trailing(panel.volume, MOST_SESSIONS, LEAST_SESSIONS, np.nanmedian)
            case RuleKind.YEAR_EXTREME:
                up = condition.direction is Direction.UP
                extreme = _trailing(
                    panel.high if up else panel.low, YEAR, LEAST_YEAR, np.nanmax if up else np.nanmin
                )
                return (panel.close / extreme - 1.0) * 100.0
            case _:
                raise ValueError(f"{condition.kind} is not about a single share's daily bars")


def abnormal_values(panel: Panel, benchmarks: Sequence[Closes]) -> Floats:
    """Return the SAR of every name against its own benchmark, shape ``(days, names)``."""
    values = np.full(panel.close.shape, np.nan)
    for name, benchmark in enumerate(benchmarks):
        judged = judge_all(panel.closes(name), benchmark)
        values[np.searchsorted(panel.days, judged.days), name] = judged.sar
    return values


def basket_returns(panel: Panel, members: _Bools) -> Floats:
    """Return the equal-weight return (fraction) of the members of each day, NaN with too few of them.

    ``members`` has the shape ``(days, names)``.
    """
    returns = panel.close / _last_before(panel.close) - 1.0
    known = np.isfinite(returns) & members
    count = known.sum(axis=1)
    enough = (count > 0) & (count >= np.ceil(BREADTH * members.sum(axis=1)))
    total = np.where(known, returns, 0.0).sum(axis=1)
    return np.where(enough, total / np.maximum(count, 1), np.nan)


def basket_sar(days: _Indexes, returns: Floats, benchmark: Closes) -> Floats:
    """Return the SAR of a portfolio's own returns, which carry the correlation of its members."""
    known = np.flatnonzero(np.isfinite(returns))
    known = known[known > 0]
    values = np.full(returns.size, np.nan)
    levels = np.concatenate(([1.0], np.cumprod(1.0 + returns[known])))
    judged = judge_all(Closes(np.concatenate((days[known[:1] - 1], days[known])), levels), benchmark)
    values[np.searchsorted(days, judged.days)] = judged.sar
    return values


def strengths(condition: Condition, values: Floats) -> Floats:
    """Return how far values are on their way to firing: 1 is at the threshold."""
    return np.round(_strengths(condition, values), DECIMALS)


def _strengths(condition: Condition, values: Floats) -> Floats:
    up = condition.direction is Direction.UP
    if condition.kind is RuleKind.PRICE_LEVEL:
        way = values / condition.threshold - 1.0
        return 1.0 + (way if up else -way) / LEVEL_BAND
    if condition.crossing:
        return 1.0 + ((values if up else -values) - condition.threshold) / (LEVEL_BAND * 100.0)
    if condition.kind in COUNTED_KINDS or up:
        return values / condition.threshold
    signed = np.abs(values) if condition.direction is Direction.EITHER else -values
    return signed / condition.threshold


def from_last_look(values: Floats, ways: Floats, first: int) -> tuple[Floats, Floats]:
    """Return values and strengths from row ``first`` on; a name unseen there has those last seen before.

    Exchanges keep different holidays: the day before may be one of a name's own.
    """
    last = last_seen(np.isfinite(values[: first + 1]) & np.isfinite(ways[: first + 1]))
    names = np.arange(values.shape[1])
    return (
        np.vstack((values[last, names], values[first + 1 :])),
        np.vstack((ways[last, names], ways[first + 1 :])),
    )


def last_seen(seen: _Bools) -> _Indexes:
    """Return the last row on which each name was seen, the last of all for one that never was."""
    last: _Indexes = seen.shape[0] - 1 - seen[::-1].argmax(axis=0)
    return last


def daily_fires(rule: Rule, days: _Indexes, values: Floats, ways: Floats) -> Fires:
    """Return the firings of a rule looked at once a day, without those already true at the first look.

    ``days`` are ordinals; ``values`` and ``ways`` (strengths) have the shape ``(days, names)`` and are
    NaN without data.
    """
    seen = np.isfinite(values) & np.isfinite(ways)
    if rule.expires is not None:
        seen &= (days <= rule.expires.toordinal())[:, None]
    beyond = seen & (ways >= 1.0)
    first = _first(seen)
    fired = _crossings(rule, days, ways, seen, first) if rule.crossing else beyond
    fired &= ~first
    if rule.frequency is Frequency.ONCE:
        fired = _first(fired)
    day, name = np.nonzero(fired)
    return Fires(day, name, values[day, name])


def _first(where: _Bools) -> _Bools:
    """Return the first day of each name on which ``where`` is true."""
    first = np.zeros(where.shape, dtype=np.bool_)
    names = np.flatnonzero(where.any(axis=0))
    if names.size:
        first[where[:, names].argmax(axis=0), names] = True
    return first


def _crossings(rule: Rule, days: _Indexes, ways: Floats, seen: _Bools, first: _Bools) -> _Bools:
    """Return when a level was passed by names that had been on its other side."""
    waiting = np.zeros(ways.shape[1], dtype=np.bool_)
    fired_on = np.full(ways.shape[1], -np.inf)
    fired = np.zeros(ways.shape, dtype=np.bool_)
    back = seen & (ways < 1.0) & (ways <= 1.0 - rule.hysteresis)
    beyond = seen & (ways >= 1.0)
    for row in np.flatnonzero((beyond | back).any(axis=1)):
        cooled = (days[row] - fired_on) * _MINUTES_A_DAY >= rule.cooldown_minutes
        waiting &= ~(back[row] & cooled)
        passed = beyond[row] & ~waiting
        fired[row] = passed & ~first[row]
        fired_on[fired[row]] = days[row]
        waiting |= passed
    return fired


def _last_before(values: Floats) -> Floats:
    """Return each name's last known value before each day."""
    known = np.isfinite(values)
    last = np.where(known, values, np.nan)
    holes = ~known & np.logical_or.accumulate(known, axis=0)
    for row in np.flatnonzero(holes.any(axis=1)):  # days on which some exchange was shut
        last[row] = np.where(holes[row], last[row - 1], last[row])
    return np.vstack((np.full((1, values.shape[1]), np.nan), last[:-1]))


def _trailing(values: Floats, window: int, least: int, fold: Callable[..., Floats]) -> Floats:
    """Fold the last ``window`` known values before each day; NaN with fewer than ``least`` of them."""
    out = np.full(values.shape, np.nan)
    for name in range(values.shape[1]):
        known = np.flatnonzero(np.isfinite(values[:, name]) & (values[:, name] > 0))
        column = np.concatenate((np.full(window, np.nan), values[known, name]))
        if known.size <= least:
            continue
        windows = sliding_window_view(column, window)[least : known.size]
        out[known[least:], name] = fold(windows, axis=1)
    return out


def _sigmas(returns: Floats) -> Floats:
    """Return the winsorised EWMA deviation known before each day (``volatility.ewma_volatility``)."""
    out = np.full(returns.shape, np.nan)
    for name in range(returns.shape[1]):
        known = np.flatnonzero(np.isfinite(returns[:, name]))
        if known.size <= SEED_RETURNS:
            continue
        own = returns[known, name].tolist()
        variance = max(float(np.var(own[:SEED_RETURNS])), FLOOR**2)
        for place in range(SEED_RETURNS, known.size):
            out[known[place], name] = variance
            squared = min(own[place] ** 2, WINSOR * variance)
            variance = max(LAMBDA * variance + (1.0 - LAMBDA) * squared, FLOOR**2)
    return np.asarray(np.sqrt(out))


def years(start: date, end: date) -> float:
    """Return the length of [start, end] in years."""
    return ((end - start).days + 1) / 365.25
