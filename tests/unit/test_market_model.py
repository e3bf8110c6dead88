from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.unit.factories import bars

from stackwatch.analysis.moves.market_model import (
    Closes,
    estimation_window,
    fit,
    fit_before,
    judge_all,
    portfolio_fit,
)

EVENT = date(2025, 7, 22)
Pair = tuple[NDArray[np.float64], NDArray[np.float64]]


def draw(seed: int, n: int = 200) -> Pair:
    random = np.random.default_rng(seed)
    market = random.normal(0.0005, 0.012, n)
    return 0.001 + 1.4 * market + random.normal(0.0, 0.02, n), market


def closes(returns: NDArray[np.float64], last: date = EVENT) -> Closes:
    return Closes.of(bars(returns, last))


@pytest.mark.parametrize(("seed", "n"), [(1, 120), (2, 60), (3, 97)])
def test_that_the_model_equals_ordinary_least_squares(seed: int, n: int) -> None:
    from statsmodels.regression.linear_model import OLS  # seconds, which others need not wait
    from statsmodels.tools import add_constant

    share, market = draw(seed, n)
    found = fit(share, market)
    assert found is not None
    oracle = OLS(share, add_constant(market)).fit()
    assert found.alpha == pytest.approx(oracle.params[0], abs=1e-12)
    assert found.beta == pytest.approx(oracle.params[1], abs=1e-12)
    assert found.beta_se == pytest.approx(oracle.bse[1], abs=1e-12)
    assert found.sd == pytest.approx(np.sqrt(oracle.mse_resid), abs=1e-12)
    move, benchmark = -0.0254, -0.00518
    predicted = oracle.get_prediction([[1.0, benchmark]])
    error = float(np.sqrt(predicted.var_pred_mean[0] + oracle.mse_resid))
    assert found.prediction_sd(benchmark) == pytest.approx(error, abs=1e-12)
    assert found.sar(move, benchmark) == pytest.approx(
        (move - predicted.predicted_mean[0]) / error, abs=1e-12
    )


def test_that_the_window_is_the_120_returns_that_end_six_sessions_before_the_event() -> None:
    share, market = draw(4)
    left, right = estimation_window(closes(share), closes(market), EVENT)
    i = share.size - 1  # the event's own return
    np.testing.assert_allclose(left, share[i - 125 : i - 5], rtol=1e-9)
    np.testing.assert_allclose(right, market[i - 125 : i - 5], rtol=1e-9)


def test_that_fewer_than_sixty_returns_give_no_model() -> None:
    share, market = draw(5, 59)
    assert fit(share, market) is None
    share, market = draw(5, 65)  # 65 returns up to the event leave 59 five sessions before it
    assert fit_before(closes(share), closes(market), EVENT) == (None, 59)
    share, market = draw(5, 66)
    found, n = fit_before(closes(share), closes(market), EVENT)
    assert n == 60
    assert found is not None


def test_that_a_flat_benchmark_gives_no_model() -> None:
    share, _ = draw(6, 120)
    assert fit(share, np.full(120, 0.0003)) is None


def test_that_the_benchmark_has_no_model_against_itself() -> None:
    _, market = draw(7, 120)
    assert fit(market, market) is None
    assert fit(0.001 + 1.7 * market, market) is None


def test_that_a_share_that_never_traded_differently_has_no_model() -> None:
    _, market = draw(7, 120)
    assert fit(np.zeros(120), market) is None


@settings(max_examples=30)
@given(st.integers(0, 10), st.floats(0.5, 2.0), st.integers(0, 99))
def test_that_no_later_close_changes_the_model(later: int, factor: float, seed: int) -> None:
    share, market = (bars(returns, EVENT + timedelta(days=10)) for returns in draw(seed))
    changed = tuple(
        replace(bar, close=bar.close * factor) if bar.day >= EVENT + timedelta(days=later) else bar
        for bar in share
    )
    before = fit_before(Closes.of(share), Closes.of(market), EVENT)
    assert fit_before(Closes.of(changed), Closes.of(market), EVENT) == before
    assert fit_before(Closes.of(share[: -10 + later or None]), Closes.of(market), EVENT) == before


def test_that_the_last_five_sessions_before_the_event_do_not_count() -> None:
    share, market = (bars(returns, EVENT) for returns in draw(8))
    changed = (*share[:-5], *(replace(bar, close=bar.close * 1.3) for bar in share[-5:]))
    assert fit_before(Closes.of(changed), Closes.of(market), EVENT) == fit_before(
        Closes.of(share), Closes.of(market), EVENT
    )


def test_that_a_holiday_of_one_market_never_pairs_returns_of_different_lengths() -> None:
    random = np.random.default_rng(9)
    market = random.normal(0.0, 0.01, 200)
    market_bars = bars(market, EVENT)
    share_bars = bars(2.0 * market, EVENT)  # twice the market, to the last digit
    holiday = tuple(bar for bar in share_bars if bar.day != EVENT - timedelta(days=60))
    left, right = estimation_window(Closes.of(holiday), Closes.of(market_bars), EVENT)
    assert left.size == right.size == 120
    assert np.abs(left - 2.0 * right).max() < 1e-3  # the joined day spans two sessions on both sides
    assert np.count_nonzero(np.abs(left - 2.0 * right) > 1e-12) == 1


def test_that_a_portfolio_is_the_equal_weight_mean_of_its_members() -> None:
    _, market = draw(10)
    rows = {f"S{k}": draw(20 + k)[0] for k in range(4)}
    found = portfolio_fit({name: closes(r) for name, r in rows.items()}, closes(market), EVENT)
    mean = np.mean(list(rows.values()), axis=0)
    expected = fit(mean[-126:-6], market[-126:-6])
    assert found is not None
    assert expected is not None
    assert found.beta == pytest.approx(expected.beta, abs=1e-9)
    assert found.sd == pytest.approx(expected.sd, abs=1e-9)


def test_that_a_portfolio_leaves_out_days_on_which_few_members_traded() -> None:
    _, market = draw(11)
    long, short = draw(12)[0], draw(13)[0][-40:]
    members = {"A": closes(long), "B": closes(short), "C": closes(short)}
    assert portfolio_fit(members, closes(market), EVENT) is None  # 34 days with most of them
    found = portfolio_fit({**members, "D": closes(long), "E": closes(long)}, closes(market), EVENT)
    assert found is not None
    assert found.n == 120


def test_that_a_portfolio_of_nothing_or_on_no_history_has_no_model() -> None:
    share, market = draw(14, 30)
    assert portfolio_fit({}, closes(market), EVENT) is None
    assert portfolio_fit({"A": closes(share)}, closes(market), EVENT) is None
    empty = Closes.of(())
    assert portfolio_fit({"A": empty}, empty, EVENT) is None
    assert fit_before(empty, empty, EVENT) == (None, 0)
    assert portfolio_fit({"A": empty}, closes(draw(15)[1]), EVENT) is None


def test_that_the_portfolio_does_not_look_ahead() -> None:
    share, market = (bars(returns, EVENT) for returns in draw(16))
    wild = (*share[:-1], replace(share[-1], close=share[-1].close * 3))
    assert portfolio_fit({"A": Closes.of(share)}, Closes.of(market), EVENT) == portfolio_fit(
        {"A": Closes.of(wild)}, Closes.of(market), EVENT
    )


def test_that_a_session_after_the_benchmarks_holiday_is_judged_alone_and_joined_only_for_sums() -> None:
    share_bars, market_bars = (bars(returns, EVENT) for returns in draw(17))
    holiday = share_bars[-40].day
    share = Closes.of(share_bars)
    market = Closes.of(tuple(bar for bar in market_bars if bar.day != holiday))
    day = share_bars[-39].day
    told, joined = judge_all(share, market), judge_all(share, market, joined=True)
    (place,) = np.flatnonzero(told.days == day.toordinal())
    before, now = market_bars[-41].close, market_bars[-39].close
    assert [told.market[place], joined.market[place]] == pytest.approx([now / before - 1.0] * 2)
    assert told.moves[place] == pytest.approx(share_bars[-39].close / share_bars[-40].close - 1.0)
    assert joined.moves[place] == pytest.approx(share_bars[-39].close / share_bars[-41].close - 1.0)
    fitted, _ = fit_before(share, market, day)
    assert fitted is not None
    assert told.sar[place] == pytest.approx(fitted.sar(told.moves[place], told.market[place]), abs=1e-9)
    others = np.arange(told.days.size) != place
    assert np.allclose(told.sar[others], joined.sar[others], equal_nan=True)
