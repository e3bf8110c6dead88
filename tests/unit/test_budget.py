"""What a list needs an hour, from the schedule that is really kept."""

from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.budget import budget, need
from stackwatch.engine.runtime import LIVE


def test_that_the_plan_follows_the_schedule() -> None:
    assert (LIVE.quotes, LIVE.news) == (15, 60)
    assert need(88, 10, 4000, streaming=False).quotes == 2 * 240
    assert need(88, 10, 4000, streaming=True).quotes == 2 * 60
    assert need(88, 10, 4000, streaming=True).feeds == 60


def test_that_the_shipped_list_fits() -> None:
    found = budget(88, 10, 4000, {})
    assert (found.polling.total, found.streaming.total) == (1408, 1048)
    assert found.warning is None


def test_that_500_names_fit_what_is_usually_allowed_and_are_warned_of_below() -> None:
    assert budget(504, 10, 4000, {}).warning is None
    polling = budget(504, 10, 2500, {}).warning
    assert polling is not None
    assert "504 names" in polling
    assert "while the price stream is down" in polling
    both = budget(504, 10, 1000, {}).warning
    assert both is not None
    assert "even with the price stream" in both


def test_that_headlines_give_way_before_prices_do() -> None:
    assert need(504, 10, 3300, streaming=False).quotes == need(504, 10, 9000, streaming=False).quotes
    assert need(504, 10, 3300, streaming=False).news < need(504, 10, 9000, streaming=False).news


@given(st.integers(1, 2000), st.integers(0, 50), st.integers(100, 7200), st.booleans())
def test_that_a_plan_fits_whenever_prices_and_one_headline_a_minute_do(
    symbols: int,
    feeds: int,
    allowed: int,
    streaming: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    found = need(symbols, feeds, allowed, streaming=streaming)
    least = found.quotes + found.feeds + found.history + 60
    assert found.total <= max(allowed, least)
    assert found.news >= 60
