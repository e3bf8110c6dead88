"""Bars that grow with prices: never backwards, never with volume that was not seen."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from stackwatch.domain.quote import MinuteBar
from stackwatch.engine.bars.bar_builder import BarBuilder

OPEN = datetime(2026, 3, 10, 13, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(seconds: float) -> datetime:
    return OPEN + timedelta(seconds=seconds)


def bar(minute: int, price: float = 100.0, volume: int = 0) -> MinuteBar:
    return MinuteBar(OPEN + minute * MINUTE, price, price, price, price, volume)


def test_that_prices_of_a_minute_make_its_bar_with_the_volume_between_them() -> None:
    builder = BarBuilder((), MINUTE)
    for seconds, price, volume in ((1, 100.0, 5000), (20, 101.0, 5300), (40, 99.0, 5350), (65, 99.5, 5400)):
        assert builder.add(price, volume, at(seconds))
    assert builder.bars == (
        MinuteBar(OPEN, 100.0, 101.0, 99.0, 99.0, 350),
        MinuteBar(OPEN + MINUTE, 99.5, 99.5, 99.5, 99.5, 50),
    )


def test_that_quarter_hours_begin_on_the_quarter() -> None:
    builder = BarBuilder((), timedelta(minutes=15))
    builder.add(100.0, None, OPEN + timedelta(minutes=44))
    assert builder.bars[0].start == OPEN + timedelta(minutes=30)


def test_that_an_older_price_changes_no_bar_and_the_same_price_says_nothing_new() -> None:
    builder = BarBuilder((bar(5),), MINUTE)
    assert not builder.add(50.0, None, at(60))
    assert not builder.add(100.0, None, at(301))
    assert builder.bars == (bar(5),)


def test_that_volume_of_a_time_nobody_followed_belongs_to_no_bar() -> None:
    builder = BarBuilder((), MINUTE)
    builder.add(100.0, 1000, at(0))
    builder.add(101.0, 900_000, at(600))
    builder.add(101.5, 900_100, at(610))
    builder.add(101.5, 900_150, at(730))  # two bars later, at the most
    builder.add(101.5, 900_200, at(851))
    assert [b.volume for b in builder.bars] == [0, 100, 50, 0]


def test_that_a_new_days_volume_never_counts_backwards() -> None:
    builder = BarBuilder((), MINUTE)
    builder.add(100.0, 5000, at(0))
    builder.add(101.0, 10, at(30))
    assert builder.bars[0].volume == 0


def test_that_a_providers_bars_win_and_what_grew_beyond_them_stays() -> None:
    builder = BarBuilder((), MINUTE)
    for minute in range(4):
        builder.add(100.0 + minute, None, at(60 * minute))
    builder.fill((bar(0, 90.0, 7), bar(1, 91.0, 8)))
    assert [(b.close, b.volume) for b in builder.bars] == [(90.0, 7), (91.0, 8), (102.0, 0), (103.0, 0)]
    builder.add(104.0, None, at(181))
    assert builder.bars[-1].high == 104.0


@given(
    st.lists(
        st.tuples(st.floats(0.01, 1e6), st.none() | st.integers(0, 10**9), st.floats(0, 7200)),
        max_size=60,
    )
)
def test_that_bars_are_always_in_order_and_hold_their_prices(
    trades: list[tuple[float, int | None, float]],
) -> None:
    builder = BarBuilder((), MINUTE)
    for price, volume, seconds in trades:
        builder.add(price, volume, at(seconds))
    starts = [b.start for b in builder.bars]
    assert starts == sorted(set(starts))
    assert all(b.low <= min(b.open, b.close) <= max(b.open, b.close) <= b.high for b in builder.bars)
    assert all(b.volume >= 0 and (b.start - OPEN) % MINUTE == timedelta(0) for b in builder.bars)
