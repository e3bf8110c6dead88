"""Pushed prices against polled ones on a running engine."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig

from stackwatch.domain.events import HealthChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import Session
from stackwatch.engine.ports import Tick
from stackwatch.engine.prices.feed_watch import CROSS_CHECK


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    made = build_rig(tmp_path, ())
    made.market.set("NVDA", 100.0)
    made.refresh()
    return made


def push(rig: Rig, price: float, *, late: float = 0.0) -> None:
    rig.engine.take_ticks([Tick("NVDA", price, rig.clock.now() - timedelta(seconds=late), Session.REGULAR)])


def poll(rig: Rig, price: float, *, late: float = 0.0) -> None:
    rig.market.set("NVDA", price, as_of=rig.clock.now() - timedelta(seconds=late))
    rig.refresh()


def price(rig: Rig) -> float:
    return rig.engine.market.quotes["NVDA"].price


def healths(rig: Rig) -> list[tuple[HealthState, str]]:
    told = [e.health for e in rig.events if isinstance(e, HealthChanged)]
    return [(health.state, health.detail) for health in told if health.source == CROSS_CHECK]


def test_that_the_newer_time_of_the_exchange_wins(rig: Rig) -> None:
    rig.clock.advance(seconds=30)
    push(rig, 101.0)
    poll(rig, 100.9, late=5)
    assert price(rig) == 101.0
    rig.clock.advance(seconds=30)
    push(rig, 101.2, late=8)
    poll(rig, 101.3, late=2)
    assert price(rig) == 101.3
    assert rig.engine.market.book.stream_check.count == 0


def test_that_a_poll_within_the_same_second_confirms_what_was_pushed(rig: Rig) -> None:
    rig.clock.advance(seconds=30, milliseconds=700)
    push(rig, 101.0)
    poll(rig, 101.0, late=0.7)
    for _ in range(5):
        rig.clock.advance(minutes=1)
        rig.refresh()
        rig.market.set("QQQ", 100.0)
    assert rig.engine.market.quotes["NVDA"].state == "live"


def test_that_one_disagreement_is_logged_with_both_numbers_and_counted(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    rig.clock.advance(seconds=30)
    push(rig, 101.0)
    with caplog.at_level(logging.WARNING):
        poll(rig, 100.0)
        rig.clock.advance(seconds=30)
        push(rig, 101.0)
        poll(rig, 101.0)
    said = [r.getMessage() for r in caplog.records if "pushed" in r.getMessage()]
    assert said == ["NVDA: polled 100, pushed 101 at the same time"]
    assert healths(rig) == [(HealthState.OK, "pushed and polled prices disagreed, times: 1")]


def test_that_a_stream_two_polls_contradict_is_not_believed_for_a_quarter_of_an_hour(rig: Rig) -> None:
    for _ in range(2):
        rig.clock.advance(seconds=30)
        push(rig, 101.0)
        poll(rig, 100.0, late=3)  # older than what was pushed, and still believed in the end
    assert price(rig) == 100.0
    assert healths(rig)[-1][0] is HealthState.DEGRADED
    assert "pushed 101, polled 100" in healths(rig)[-1][1]
    rig.clock.advance(minutes=14)
    push(rig, 102.0)
    assert price(rig) == 100.0
    poll(rig, 100.5)
    assert price(rig) == 100.5
    rig.clock.advance(minutes=2)
    push(rig, 100.6)
    assert price(rig) == 100.6
    poll(rig, 100.6)
    assert healths(rig)[-1][0] is HealthState.OK


def test_that_a_distrust_ends_with_a_clock_set_back(rig: Rig) -> None:
    for _ in range(2):
        rig.clock.advance(seconds=30)
        push(rig, 101.0)
        poll(rig, 100.0, late=3)
    check = rig.engine.market.book.stream_check
    assert check.distrusts("NVDA", rig.clock.now())
    assert not check.distrusts("NVDA", rig.clock.now() - timedelta(hours=9))


@pytest.mark.parametrize(("polled", "disagreements"), [(100.0, 1), (100.6, 0), (102.9, 0), (103.1, 1)])
def test_that_a_poll_disagrees_with_what_lies_half_a_percent_beyond_the_prices_pushed_around_it(
    rig: Rig, polled: float, disagreements: int
) -> None:
    rig.clock.advance(seconds=30)
    push(rig, 101.0, late=4)
    push(rig, 102.5, late=2)
    poll(rig, polled)
    assert rig.engine.market.book.stream_check.count == disagreements


def test_that_prices_of_different_times_are_not_compared(rig: Rig) -> None:
    rig.clock.advance(seconds=60)
    push(rig, 104.0)
    poll(rig, 100.0, late=40)
    assert rig.engine.market.book.stream_check.count == 0


def test_that_a_price_pushed_after_the_close_is_not_compared_with_the_last_regular_one(rig: Rig) -> None:
    rig.clock.advance(seconds=30)
    rig.engine.take_ticks([Tick("NVDA", 104.0, rig.clock.now(), Session.POST)])
    poll(rig, 100.0, late=3)
    assert rig.engine.market.book.stream_check.count == 0


def test_that_a_refused_poll_does_not_speak_against_the_stream(rig: Rig) -> None:
    for _ in range(3):
        rig.clock.advance(seconds=30)
        push(rig, 101.0)
        poll(rig, 0.0)
    assert rig.engine.market.book.stream_check.count == 0
    assert price(rig) == 101.0


def test_that_a_price_pushed_out_of_hours_for_an_exchange_without_them_is_left_out(rig: Rig) -> None:
    rig.market.set("005930.KS", 100.0, currency="KRW")
    rig.refresh()
    rig.engine.take_ticks([Tick("005930.KS", 101.0, TUESDAY + timedelta(seconds=1), Session.PRE)])
    assert rig.engine.market.quotes["005930.KS"].extended_price is None
