"""Which rules a batch of new values concerns, answered in arrays: most values change nothing.

For every pair of a rule and a subject the table keeps the open interval of values within which the rule's
state stays as it is (``quiet_band``). Only pairs whose value left it, or that could not be judged and now
can, or the other way round, are handed on to be stepped one by one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stackwatch.domain.rule import COUNTED_KINDS, Direction, Frequency, Join, Phase, Rule, RuleKind, RuleState

_HAIR = 1e-8  # by which an interval ends before a threshold or step, as floating point may
_UNSEEN = -1  # a pair that was never stepped, or must be again
_ALWAYS = (math.inf, -math.inf)  # an empty interval: every value concerns it
_NEVER = (-math.inf, math.inf)


def quiet_band(rule: Rule, state: RuleState, session_key: str) -> tuple[float, float]:
    """Return the open interval of the rule's own value in which its state stays as it is, whatever the news.

    Holds for a state that was just stepped with a value, and while the session lasts.
    """
    if state.phase is Phase.EXPIRED:
        return _NEVER
    if not state.seeded or (rule.conditions and rule.join is Join.ANY):
        return _ALWAYS
    if state.phase is Phase.ARMED:
        return _below(rule)
    fired_today = state.session_key == session_key
    if state.phase is Phase.PENDING or not fired_today or rule.frequency is Frequency.EVERY_REARM:
        return _ALWAYS
    peak = math.inf if state.peak is None else abs(state.peak)
    # A value that went further while a story or another condition was missing escalates when that comes.
    steps = rule.threshold + (state.level + 1 - _HAIR) * rule.escalate_step if rule.escalates else math.inf
    return -min(peak, steps), min(math.nextafter(peak, math.inf), steps)


def _below(rule: Rule) -> tuple[float, float]:
    """Return the interval in which a rule's own condition does not hold."""
    hair = _HAIR * max(rule.threshold, 1.0)
    threshold = rule.threshold - hair
    if rule.kind in COUNTED_KINDS or rule.direction is Direction.UP:
        return -math.inf, threshold
    if rule.direction is Direction.EITHER:
        return -threshold, threshold
    return (rule.threshold + hair if rule.kind is RuleKind.PRICE_LEVEL else -threshold), math.inf


@dataclass(frozen=True, slots=True)
class QuietInterval:
    """What no rule of a source is concerned by: an open interval of values, or one reason above 0.

    ``reason`` is -1 where everything concerns one of them.
    """

    source: int
    low: float
    high: float
    reason: int = 0


class RuleTable:
    """Quiet intervals of rules (columns) and subjects (rows), against values by source.

    ``sources[r]`` says which of ``n_sources`` values of a subject rule ``r`` compares; each is compared by
    one rule at least. What all rules of a source leave as it is, is told (``calm``): most values need be held
    against that alone.
    """

    def __init__(self, n_subjects: int, sources: Sequence[int], n_sources: int) -> None:
        shape = (n_subjects, len(sources))
        self._sources = np.array(sources, dtype=np.intp)
        self._by_source = np.argsort(self._sources, kind="stable")
        self._starts = np.searchsorted(self._sources[self._by_source], np.arange(n_sources))
        self._low = np.full(shape, -math.inf)
        self._high = np.full(shape, math.inf)
        self._known = np.full(shape, _UNSEEN, dtype=np.int16)
        self._watched = np.zeros(shape, dtype=np.bool_)
        self._reasons = np.zeros((n_subjects, n_sources), dtype=np.int16)
        self._stepped: set[int] = set()  # subjects whose calm must be found anew

    def watch(self, subjects: Sequence[int], rule: int) -> None:
        """Let a rule watch subjects; it concerns none to begin with."""
        rows = list(subjects)
        self._watched[rows, rule] = True
        self._low[rows, rule], self._high[rows, rule] = _ALWAYS
        self._stepped.update(rows)

    def forget_subject(self, subject: int) -> None:
        """Have every rule of a subject stepped anew: another session has begun."""
        self._known[subject] = _UNSEEN
        self._stepped.add(subject)

    def settle(self, subject: int, rule: int, band: tuple[float, float]) -> None:
        """Note that a pair was stepped with the value and reason it has now."""
        reason = self._reasons[subject, self._sources[rule]]
        known = (self._low[subject, rule], self._high[subject, rule], self._known[subject, rule])
        if known == (*band, reason):
            return
        self._low[subject, rule], self._high[subject, rule] = band
        self._known[subject, rule] = reason
        self._stepped.add(subject)
        if band == _NEVER:
            self._watched[subject, rule] = False

    def calm(self) -> dict[int, list[QuietInterval]]:
        """Return what concerns no rule, by subject stepped since the last call, for each source watched."""
        if not self._stepped:
            return {}
        rows = np.array(sorted(self._stepped), dtype=np.intp)
        self._stepped.clear()
        ordered, starts = self._by_source, self._starts
        watched = self._watched[rows]
        low = np.maximum.reduceat(self._low[rows][:, ordered], starts, axis=1)
        high = np.minimum.reduceat(self._high[rows][:, ordered], starts, axis=1)
        reasons = self._reasons[rows]
        same = (self._known[rows] == reasons[:, self._sources]) | ~watched
        agreed = np.logical_and.reduceat(same[:, ordered], starts, axis=1)
        reasons = np.where(agreed, reasons, _UNSEEN)
        anyone = np.logical_or.reduceat(watched[:, ordered], starts, axis=1)
        calm: dict[int, list[QuietInterval]] = {row: [] for row in rows.tolist()}
        places, sources = np.nonzero(anyone)
        found = (rows[places], sources, low[anyone], high[anyone], reasons[anyone])
        for row, *interval in zip(*(column.tolist() for column in found), strict=True):
            calm[row].append(QuietInterval(*interval))
        return calm

    def concerned(
        self, subjects: NDArray[np.intp], values: NDArray[np.float64], reasons: NDArray[np.int16]
    ) -> NDArray[np.intp]:
        """Return the pairs to step, shape ``(n, 2)``: subject and rule, of subjects whose values are new.

        Both have the shape ``(subjects, n_sources)``; a value that is NaN has a reason above 0, else 0.
        """
        self._reasons[subjects] = reasons
        values, reasons = values[:, self._sources], reasons[:, self._sources]
        left = ~((values > self._low[subjects]) & (values < self._high[subjects]))
        found = ((reasons != self._known[subjects]) | (left & (reasons == 0))) & self._watched[subjects]
        rows, rules = np.nonzero(found)
        return np.column_stack((subjects[rows], rules))
