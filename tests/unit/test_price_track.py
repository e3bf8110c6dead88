"""What a price was some minutes ago: by the newest that is old enough, and by none where nobody looked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.engine.prices.price_track import PriceTrack

NOON = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
QUOTE = Quote(
    symbol="NVDA", price=100.0, currency="USD", previous_close=99.0, as_of=NOON, session=Session.REGULAR,
    source="test", state=QuoteState.LIVE,
)  # fmt: skip


def watched(*prices: float, every: float = 60, longest: int = 10) -> PriceTrack:
    """Return a track that heard prices from noon on, each some seconds after the one before."""
    track = PriceTrack(longest)
    for place, price in enumerate(prices):
        track.note((replace(QUOTE, price=price),), NOON + timedelta(seconds=every * place))
    return track


def before(track: PriceTrack, minutes: int, after: float) -> float | None:
    """Return the price of so many minutes before a moment some seconds after noon."""
    return track.price_before("NVDA", minutes, NOON + timedelta(seconds=after))


@pytest.mark.parametrize(
    ("after", "price"), [(59, None), (60, 100.0), (119, 100.0), (120, 101.0), (180, 102.0), (300, 103.0)]
)
def test_that_the_newest_price_counts_that_is_old_enough(after: float, price: float | None) -> None:
    assert before(watched(100.0, 101.0, 102.0, 103.0), 1, after) == price


def test_that_a_price_more_than_two_refreshes_older_than_the_span_says_nothing() -> None:
    track = watched(100.0)
    assert (before(track, 5, 300 + 120), before(track, 5, 300 + 121)) == (100.0, None)


def test_that_nothing_is_known_of_a_share_that_was_not_heard_of() -> None:
    assert PriceTrack(10).price_before("NVDA", 1, NOON) is None


def test_that_a_price_is_remembered_for_as_long_as_the_longest_rule_looks_back() -> None:
    track = watched(*(100.0 + n for n in range(60)), every=10, longest=5)
    assert (before(track, 5, 590), before(track, 8, 590)) == (129.0, None)
    assert before(watched(100.0, 101.0, every=419, longest=5), 5, 419) == 100.0  # late, but believed


def test_that_prices_within_five_seconds_are_one() -> None:
    assert before(watched(100.0, 101.0, 102.0, every=4), 1, 66) == 100.0


def test_that_a_price_that_is_not_live_ends_what_was_known_before_it() -> None:
    track = watched(100.0, 101.0)
    track.note((replace(QUOTE, state=QuoteState.STALE),), NOON + timedelta(seconds=120))
    track.note((replace(QUOTE, price=103.0),), NOON + timedelta(seconds=180))
    assert [before(track, 1, after) for after in (180, 240)] == [None, 103.0]


def test_that_nothing_is_remembered_while_no_rule_asks() -> None:
    track = watched(100.0, longest=0)
    assert before(track, 1, 60) is None
    track.remember(5)
    track.note((QUOTE,), NOON)
    assert before(track, 1, 60) == 100.0
