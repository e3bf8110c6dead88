import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackwatch.analysis.why.coincidence import LINKED_BELOW, coincidence, usual_rate

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


@pytest.mark.parametrize(
    ("strength", "rate"),
    [(0.0, 0.90), (0.1, 0.43), (0.15, 0.35), (0.2, 0.31), (0.25, 0.25), (0.3, 0.19), (0.35, 0.14),
     (0.4, 0.10), (0.5, 0.055), (0.6, 0.033), (1.0, 0.02)],
)  # fmt: skip
def test_that_the_usual_rate_is_the_one_that_was_measured(strength: float, rate: float) -> None:
    assert usual_rate(strength) == pytest.approx(rate)


def test_that_between_two_measured_strengths_the_rate_falls_by_equal_parts() -> None:
    assert usual_rate(0.45) == pytest.approx((0.10 * 0.055) ** 0.5)
    assert usual_rate(0.8) == pytest.approx((0.033 * 0.02) ** 0.5)


@pytest.mark.parametrize(
    ("decoys", "share", "rate"),
    [
        ([], 1.0, 0.10),
        ([0.0] * 40, 1.0, 2 / 60),  # twenty sessions of the usual rate beside forty of its own
        ([0.4] * 4 + [0.39] * 36, 1.0, 6 / 60),  # one just as strong counts, a weaker one does not
        ([0.9] * 20, 1.0, 22 / 40),
        ([0.9] * 20, 0.5, 11 / 40),
    ],
)
def test_that_a_shares_own_sessions_count_beside_twenty_usual_ones(
    decoys: list[float], share: float, rate: float
) -> None:
    assert coincidence(0.4, decoys, share) == pytest.approx(rate / (rate + (1 - rate) * 0.2))
