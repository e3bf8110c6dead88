import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.analysis.coincidence import LINKED_BELOW, coincidence, usual_rate

STRENGTH = st.floats(0.0, 1.0)
DECOYS = st.lists(STRENGTH, max_size=48)


@given(STRENGTH, STRENGTH, DECOYS)
def test_that_a_stronger_match_is_never_more_likely_coincidence(
    one: float, other: float, decoys: list[float]
) -> None:
    weak, strong = sorted((one, other))
    assert coincidence(strong, decoys) <= coincidence(weak, decoys) + 1e-12


@given(STRENGTH, DECOYS)
def test_that_one_more_decoy_as_strong_makes_it_more_likely_and_a_weaker_one_less(
    strength: float, decoys: list[float]
) -> None:
    assert coincidence(strength, [*decoys, strength]) >= coincidence(strength, decoys)
    if strength > 0:
        assert coincidence(strength, [*decoys, 0.0]) <= coincidence(strength, decoys)


@given(STRENGTH, DECOYS)
def test_that_it_is_a_chance(strength: float, decoys: list[float]) -> None:
    assert 0.0 < coincidence(strength, decoys) < 1.0
    assert coincidence(strength, [1.0] * 10_000) > 0.99


@given(STRENGTH, DECOYS)
def test_that_the_fewer_of_the_news_are_as_timely_the_less_likely_it_is(
    strength: float, decoys: list[float]
) -> None:
    assert coincidence(strength, decoys, 0.25) < coincidence(strength, decoys)


@pytest.mark.parametrize("strength", [0.0, 0.1, 0.27, 0.4, 0.9, 1.0])
def test_that_without_decoys_the_usual_rate_counts(strength: float) -> None:
    rate = usual_rate(strength)
    assert coincidence(strength, ()) == pytest.approx(rate / (rate + (1 - rate) * 0.2))


def test_that_the_usual_rate_falls_and_joins_its_points() -> None:
    rates = [usual_rate(n / 200) for n in range(201)]
    assert rates == sorted(rates, reverse=True)
    assert (usual_rate(0.0), usual_rate(0.4), usual_rate(1.0)) == pytest.approx((0.9, 0.1, 0.02))


def test_that_a_weak_match_ties_nothing_and_a_strong_one_among_quiet_news_does() -> None:
    assert coincidence(0.2, [0.0] * 40) > LINKED_BELOW
    assert coincidence(0.5, [0.0] * 40) < LINKED_BELOW
    assert coincidence(0.5, [0.6] * 40) > LINKED_BELOW
