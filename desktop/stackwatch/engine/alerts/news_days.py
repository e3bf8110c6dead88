"""What a rule about news alone saw in the days of the past: news comes at any hour, and not at the close."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

import numpy as np

from stackwatch.analysis.moves.market_model import Floats
from stackwatch.analysis.rules.rule_machine import strength
from stackwatch.analysis.why.move_window import Window
from stackwatch.domain.market import program_day
from stackwatch.domain.rule import Join, Rule

_MINUTE = 60.0
Times = Sequence[float]  # in seconds of the epoch, oldest first


def count_news(rule: Rule, times: Sequence[Times], windows: Sequence[Window | None]) -> tuple[Floats, Floats]:
    """Return counts and strengths of a rule's conditions, shape ``(conditions, days)``, NaN without a window.

    ``times`` are those of the reports that each condition counts. A day goes from one close to the next.
    It is judged as its reports came: when the rule fired, else when it was nearest to it. Where none came,
    but on the day on which it fired last, it is not on its way.
    """
    shape = (len(times), len(windows))
    values, ways = np.full(shape, np.nan), np.full(shape, np.nan)
    fold = min if rule.join is Join.ALL else max
    fired_on: date | None = None
    for row, window in enumerate(windows):
        if window is None:
            continue
        ends = window.now.timestamp()
        values[:, row], ways[:, row] = _counts(rule, times, ends), 0.0
        nearest = -1.0
        for moment in _moments(times, window.previous_close.timestamp(), ends, fired_on):
            counts = _counts(rule, times, moment)
            reached = [strength(c, n) for c, n in zip(rule.all_conditions, counts, strict=True)]
            if (way := fold(reached)) > nearest:
                nearest, values[:, row], ways[:, row] = way, counts, reached
            if way >= 1.0:
                fired_on = _day(moment)
                break
    return values, ways


def _moments(times: Sequence[Times], since: float, until: float, fired_on: date | None) -> Iterator[float]:
    """Yield when something came in (since, until], but on the day on which the rule fired already."""
    came = (each[bisect_right(each, since) : bisect_right(each, until)] for each in times)
    return (at for at in sorted(at for some in came for at in some) if _day(at) != fired_on)


def _day(moment: float) -> date:
    return program_day(datetime.fromtimestamp(moment, UTC))


def _counts(rule: Rule, times: Sequence[Times], moment: float) -> list[int]:
    """Return how many reports each condition counts at a moment."""
    spans = (condition.news_minutes * _MINUTE for condition in rule.all_conditions)
    return [
        bisect_right(each, moment) - bisect_right(each, moment - span)
        for each, span in zip(times, spans, strict=True)
    ]
