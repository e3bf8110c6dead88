from datetime import date
from itertools import accumulate
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.factories import bars

from stackwatch.analysis.moves import base_rates as module
from stackwatch.analysis.moves.base_rates import HORIZONS, base_rates
from stackwatch.analysis.moves.market_model import Closes, Floats, fit_before, judge_all
from stackwatch.domain.move import BaseRate, RateVerdict

LAST = date(2025, 7, 21)
DAY = date(2025, 7, 22)


def series(seed: int, n: int = 900, shock_every: int = 0, after: float = 0.0) -> tuple[Closes, Closes]:
    """A share and its market; every so many sessions a fall of eight percent, then ``after``."""
    rng = np.random.default_rng(seed)
    market = rng.normal(0.0, 0.01, n)
    share = 1.2 * market + rng.normal(0.0, 0.01, n)
    if shock_every:
        shocks = np.arange(200, n - 3, shock_every) + rng.integers(0, 3, len(range(200, n - 3, shock_every)))
        share[shocks] -= 0.08
        share[shocks + 1] += after
    return Closes.of(bars(share, LAST)), Closes.of(bars(market, LAST))


def rate(rates: tuple[BaseRate, ...], horizon: int) -> BaseRate:
    return next(one for one in rates if one.horizon_days == horizon)


def test_that_a_move_like_any_day_is_compared_with_nothing() -> None:
    share, market = series(1)
    assert base_rates(share, market, DAY, 0.9) == ()
    assert base_rates(share, market, DAY, None) == ()


def test_that_every_horizon_counts_cases_and_those_that_do_not_overlap() -> None:
    share, market = series(2, shock_every=10)
    rates = base_rates(share, market, DAY, -3.0)
    assert tuple(one.horizon_days for one in rates) == HORIZONS
    cases = np.flatnonzero(judge_all(share, market).sar <= -2.0) + 1
    for one in rates:
        complete = [c for c in cases.tolist() if c + one.horizon_days < share.values.size]
        kept: list[int] = []
        for case in complete:
            if not kept or case - kept[-1] >= one.horizon_days:
                kept.append(case)
        assert (one.n, one.n_effective) == (len(cases), len(kept))
        if one.verdict is not RateVerdict.ONLY_COUNTED:
            forward = [share.values[c + one.horizon_days] / share.values[c] - 1.0 for c in kept]
            assert one.median == pytest.approx(np.median(forward) * 100)
            assert one.share_up == pytest.approx(np.mean(np.array(forward) > 0))


def test_that_too_few_cases_are_only_counted() -> None:
    share, market = series(3, 320, shock_every=60)
    long = rate(base_rates(share, market, DAY, -3.0), 20)
    assert long.n_effective < 8
    assert long.verdict is RateVerdict.ONLY_COUNTED
    assert long.median is long.ci_low is long.ci_high is long.placebo_p is long.placebo_q is None


def test_that_eight_to_nineteen_cases_are_shown_as_too_few_to_rely_on() -> None:
    share, market = series(4, shock_every=55)
    one = rate(base_rates(share, market, DAY, -3.0), 5)
    assert 8 <= one.n_effective < 20
    assert one.verdict is RateVerdict.TOO_FEW


def test_that_what_always_follows_is_found_and_noise_is_not() -> None:
    share, market = series(5, shock_every=20, after=0.03)
    found = rate(base_rates(share, market, DAY, -3.0), 1)
    assert found.verdict is RateVerdict.SHOWN
    assert found.median is not None
    assert found.ci_low is not None
    assert found.usual_median is not None
    assert found.median > 2.0 > found.usual_median
    assert found.ci_low > found.usual_median
    assert found.placebo_p is not None
    assert found.placebo_p == pytest.approx(
        max(round(found.placebo_p * 500), 1) / 500
    )  # of 499 shifts and itself
    assert found.placebo_q is not None
    assert found.placebo_q < 0.05
    noise = base_rates(*series(6, shock_every=20), DAY, -3.0)
    assert all(one.placebo_q is None or one.placebo_q > 0.05 for one in noise)


def test_that_nothing_from_the_day_on_counts() -> None:
    share, market = series(7, shock_every=12)
    cut = date.fromordinal(int(share.days[700]))
    whole = base_rates(share, market, cut, -3.0)
    assert whole == base_rates(share.before(cut), market.before(cut), cut, -3.0)
    assert any(one.n for one in whole)


def test_that_the_other_direction_and_a_lesser_move_have_cases_of_their_own() -> None:
    share, market = series(8, shock_every=15)
    fell, rose, notable = (base_rates(share, market, DAY, sar)[0].n for sar in (-2.5, 2.5, -1.5))
    assert fell > rose
    assert notable > fell


@pytest.mark.parametrize("n", range(8, 20))
def test_that_the_interval_of_few_cases_is_that_of_order_statistics(n: int) -> None:
    tails = list(accumulate(comb(n, k) * 0.5**n for k in range(n + 1)))
    rank = max(k for k in range(n // 2) if k == 0 or tails[k] <= 0.025)
    values = np.arange(float(n))
    assert module._interval(values) == (float(rank), float(n - 1 - rank))
    covered = 1.0 - 2.0 * (tails[rank] if tails[rank] <= 0.025 else tails[0])
    assert covered >= 0.95


def test_that_the_interval_of_many_cases_covers_their_median_and_is_the_same_every_time() -> None:
    values = np.random.default_rng(9).normal(0.0, 1.0, 60)
    low, high = module._interval(values)
    assert low < float(np.median(values)) < high
    assert module._interval(values) == (low, high)
    assert high - low == pytest.approx(2 * 1.96 * 1.2533 / np.sqrt(60), rel=0.5)


def test_that_adjusted_values_are_benjamini_and_hochbergs() -> None:
    made = [
        BaseRate(n=30, n_effective=30, horizon_days=h, verdict=RateVerdict.SHOWN, placebo_p=p)
        for h, p in zip(HORIZONS, (0.04, 0.01, 0.03), strict=True)
    ]
    assert [one.placebo_q for one in module._adjusted(made)] == pytest.approx([0.04, 0.03, 0.04])


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.integers(0, 60))
def test_that_all_sessions_are_judged_as_each_one_alone(seed: int, holes: int) -> None:
    rng = np.random.default_rng(seed)
    market = rng.standard_t(4, 260) * 0.01
    share = 1.3 * market + rng.standard_t(4, 260) * 0.015
    left, right = Closes.of(bars(share, LAST)), Closes.of(bars(market, LAST))
    left, right = without(left, rng, holes), without(right, rng, holes // 2)
    judged = judge_all(left, right)
    for i in range(0, judged.days.size, 7):
        fitted, n = fit_before(left, right, date.fromordinal(int(judged.days[i])))
        if fitted is None:
            assert n < 60
            assert np.isnan(judged.sar[i])
            continue
        alone = fitted.sar(float(judged.moves[i]), float(judged.market[i]))
        assert judged.sar[i] == pytest.approx(alone, rel=1e-12, abs=1e-12)
        abnormal = fitted.abnormal(float(judged.moves[i]), float(judged.market[i]))
        assert judged.abnormal[i] == pytest.approx(abnormal, rel=1e-12, abs=1e-15)


def test_that_a_share_that_is_its_benchmark_or_has_no_history_is_not_judged() -> None:
    share, market = series(10, 200)
    assert np.isnan(judge_all(market, market).sar).all()
    assert judge_all(Closes(share.days[:1], share.values[:1]), market).sar.size == 0
    assert np.isnan(judge_all(Closes(share.days[:60], share.values[:60]), market).sar).all()


def without(closes: Closes, rng: np.random.Generator, holes: int) -> Closes:
    """Leave some days out."""
    kept = np.ones(closes.days.size, dtype=bool)
    kept[rng.choice(closes.days.size, holes, replace=False)] = False
    values: Floats = closes.values[kept]
    return Closes(closes.days[kept], values)
