"""Which rules a batch of new values concerns, answered in arrays: most values change nothing.

For every pair of a rule and a subject the table keeps the open interval of values within which the rule's
state stays as it is (``quiet_band``). Only pairs whose value left it, or that could not be judged and now
can, or the other way round, are handed on to be stepped one by one.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stackwatch.domain.rule import COUNTED_KINDS, Direction, Frequency, Join, Phase, Rule, RuleKind, RuleState

_UNSEEN = -1  # a pair that was never stepped, or must be again
_ALWAYS = (math.inf, -math.inf)  # an empty interval: every value concerns it
_NEVER = (-math.inf, math.inf)


def quiet_band(rule: Rule, state: RuleState, session_key: str) -> tuple[float, float]:
    """Return the open interval of the rule's own value in which its state stays as it is.

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
    return -peak, math.nextafter(peak, math.inf)


def _below(rule: Rule) -> tuple[float, float]:
    """Return the interval in which a rule's own condition does not hold."""
    threshold = rule.threshold
    if rule.kind in COUNTED_KINDS or rule.direction is Direction.UP:
        return -math.inf, threshold
    if rule.direction is Direction.EITHER:
        return -threshold, threshold
    return (threshold if rule.kind is RuleKind.PRICE_LEVEL else -threshold), math.inf


class RuleTable:
    """Quiet intervals of rules (columns) and subjects (rows), against values by source.

    ``sources[r]`` says which of ``n_sources`` values of a subject rule ``r`` compares; each is compared by
    one rule at least. What all rules of a source leave as it is, is kept beside them: most values are judged
    by that alone.
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
        shape = (n_subjects, n_sources)
        self._values = np.full(shape, math.nan)
        self._reasons = np.zeros(shape, dtype=np.int16)
        self._calm_low = np.full(shape, math.inf)
        self._calm_high = np.full(shape, -math.inf)
        self._calm_reason = np.full(shape, _UNSEEN, dtype=np.int16)
        self._stepped: set[int] = set()  # subjects whose calm must be found anew

    def watch(self, subjects: Sequence[int], rule: int) -> None:
        """Let a rule watch subjects; it concerns none to begin with."""
        rows = list(subjects)
        self._watched[rows, rule] = True
        self._low[rows, rule], self._high[rows, rule] = _ALWAYS
        self._stepped.update(rows)

    def put(
        self, subjects: NDArray[np.intp], values: NDArray[np.float64], reasons: NDArray[np.int16]
    ) -> None:
        """Take in every value of subjects, shapes ``(n, n_sources)``; NaN has a reason above 0, else 0."""
        self._values[subjects] = values
        self._reasons[subjects] = reasons

    def forget_subject(self, subject: int) -> None:
        """Have every rule of a subject stepped anew: another session has begun."""
        self._known[subject] = _UNSEEN
        self._stepped.add(subject)

    def settle(self, subject: int, rule: int, band: tuple[float, float]) -> None:
        """Note that a pair was stepped with the value and reason it has now."""
        self._low[subject, rule], self._high[subject, rule] = band
        self._known[subject, rule] = self._reasons[subject, self._sources[rule]]
        self._stepped.add(subject)
        if band == _NEVER:
            self._watched[subject, rule] = False

    def concerned(self, subjects: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return the pairs to step, shape ``(n, 2)``: subject and rule, of subjects whose values are new."""
        self._find_calm()
        values, reasons = self._values[subjects], self._reasons[subjects]
        calm = (values > self._calm_low[subjects]) & (values < self._calm_high[subjects]) | (reasons != 0)
        calm &= reasons == self._calm_reason[subjects]
        if calm.all():
            return np.empty((0, 2), dtype=np.intp)
        return self._among(subjects[~calm.all(axis=1)])

    def _among(self, subjects: NDArray[np.intp]) -> NDArray[np.intp]:
        values = self._values[subjects][:, self._sources]
        reasons = self._reasons[subjects][:, self._sources]
        left = ~((values > self._low[subjects]) & (values < self._high[subjects]))
        found = ((reasons != self._known[subjects]) | (left & (reasons == 0))) & self._watched[subjects]
        rows, rules = np.nonzero(found)
        return np.column_stack((subjects[rows], rules))

    def _find_calm(self) -> None:
        """Find the interval and reason that no rule of a source is concerned by, where pairs were stepped."""
        if not self._stepped:
            return
        rows = np.array(sorted(self._stepped), dtype=np.intp)
        self._stepped.clear()
        ordered, starts = self._by_source, self._starts
        self._calm_low[rows] = np.maximum.reduceat(self._low[rows][:, ordered], starts, axis=1)
        self._calm_high[rows] = np.minimum.reduceat(self._high[rows][:, ordered], starts, axis=1)
        reasons = self._reasons[rows]
        same = (self._known[rows] == reasons[:, self._sources]) | ~self._watched[rows]
        agreed = np.logical_and.reduceat(same[:, ordered], starts, axis=1)
        self._calm_reason[rows] = np.where(agreed, reasons, _UNSEEN)
