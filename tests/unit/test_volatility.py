import numpy as np
import pytest

from stackwatch.analysis.moves.volatility import FLOOR, ewma_volatility


def test_that_fewer_than_sixty_returns_have_no_volatility() -> None:
    assert ewma_volatility(np.full(59, 0.01)) is None


def test_that_a_share_that_stood_still_for_sixty_days_does_not_stay_at_the_floor() -> None:
    random = np.random.default_rng(1)
    returns = np.concatenate([np.zeros(60), random.normal(0.0, 0.03, 120)])
    found = ewma_volatility(returns)
    assert found is not None
    assert 0.02 < found < 0.04


def test_that_the_floor_is_twenty_basis_points() -> None:
    assert ewma_volatility(np.zeros(100)) == pytest.approx(FLOOR)


def test_that_one_wild_day_counts_for_four_sigma_at_most() -> None:
    returns = np.random.default_rng(2).normal(0.0, 0.01, 200)
    calm = ewma_volatility(returns)
    wild = ewma_volatility(np.append(returns, 10 * 0.01))
    absurd = ewma_volatility(np.append(returns, 5.0))
    assert calm is not None
    assert wild is not None
    assert wild / calm == pytest.approx(1.38, abs=0.01)
    assert absurd == pytest.approx(wild)


def test_that_it_is_the_exponentially_weighted_mean_square_on_ordinary_days() -> None:
    returns = np.random.default_rng(3).uniform(-0.015, 0.015, 150)
    variance = returns[:60].var()
    for value in returns[60:]:
        variance = 0.94 * variance + 0.06 * value**2
    assert ewma_volatility(returns) == pytest.approx(np.sqrt(variance), rel=1e-12)
