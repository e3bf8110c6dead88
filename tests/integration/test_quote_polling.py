"""When quotes are asked for: after failures, beside a stream, while every market is shut."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import QuotesChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.lists.list_editing import remove
from stackwatch.domain.quote import Session
from stackwatch.engine.ports import QuoteBatch, Tick


def waits(rig: Rig, failures: int, **fault: object) -> list[float]:
    """Let the provider fail time after time; returns for how many seconds it is left alone after each."""
    rig.market.fault = ProviderError("quote: answered 503", **fault)  # type: ignore[arg-type]
    told = []
    for _ in range(failures):
        rig.runtime.quotes.fetch_now(rig.engine)
        health = rig.engine.health.of("quotes")
        assert health is not None
        assert health.next_try is not None
        told.append((health.next_try - rig.clock.now()).total_seconds())
    return told


def asked_after(rig: Rig, seconds: float) -> int:
    """Return how often quotes were asked for in so many seconds, by the job that runs every second."""
    before = len(rig.market.asked)
    for _ in range(round(seconds)):
        rig.clock.advance(seconds=1)
        rig.runtime.quotes.fetch_due(rig.engine)
    return len(rig.market.asked) - before


def test_that_the_wait_after_a_failure_doubles_from_half_a_minute_to_ten(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    assert waits(rig, 7) == [30.0, 60.0, 120.0, 240.0, 480.0, 600.0, 600.0]
    assert waits(rig, 1500)[-1] == 600.0, "a night without a connection is no number too large"
    assert not rig.runtime.quotes.healthy
    rig.market.fault = None
    rig.runtime.quotes.fetch_now(rig.engine)
    assert rig.runtime.quotes.healthy
    assert waits(rig, 2) == [30.0, 60.0]


def test_that_the_job_asks_when_the_wait_is_over_and_not_before(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    assert waits(rig, 2) == [30.0, 60.0]
    assert asked_after(rig, 59) == 0
    assert asked_after(rig, 1) == 1


def test_that_a_wait_that_was_asked_for_counts_where_it_is_longer(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    assert waits(rig, 1, retry_after=90.0) == [90.0]
    rig.clock.advance(seconds=90)
    assert waits(rig, 1, retry_after=1.0) == [60.0]
    rig.clock.advance(seconds=1)
    rig.market.fault = None
    rig.runtime.refresh()
    assert rig.runtime.quotes.healthy, "who asks by hand waits only as long as the provider wants"


def test_that_a_clock_that_was_set_back_leaves_nobody_alone_for_longer(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    waits(rig, 1, retry_after=1800.0)
    rig.market.fault = None
    rig.clock.advance(hours=-3)
    rig.runtime.quotes.fetch_now(rig.engine)
    assert rig.runtime.quotes.healthy
    rig.clock.advance(hours=3)
    asked = len(rig.market.asked)
    rig.runtime.quotes.fetch_now(rig.engine)
    assert len(rig.market.asked) == asked + 1, "it has answered since"


def test_that_quotes_are_asked_for_once_a_minute_beside_a_stream_and_always_without(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.runtime.quotes.hours_known = True
    rig.market.set("NVDA", 100.0)
    rig.runtime.quotes.fetch(rig.engine)
    assert asked_after(rig, 5) == 5
    rig.runtime.quotes._stream_changed(rig.engine, HealthState.OK, "")
    rig.runtime.quotes.fetch_due(rig.engine)
    assert asked_after(rig, 120) == 2
    rig.runtime.quotes._stream_changed(rig.engine, HealthState.FAILED, "gone")
    assert asked_after(rig, 5) == 5


def test_that_prices_that_are_pushed_are_not_called_missing_while_nobody_answers_polls(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 100.0)
    rig.refresh()

    def state() -> HealthState:
        health = rig.engine.health.of("quotes")
        assert health is not None
        assert health.detail == "quote: answered 503"
        assert health.next_try is not None
        return health.state

    def push(seconds: float) -> None:
        rig.clock.advance(seconds=seconds)
        rig.engine.take_ticks([Tick("NVDA", 101.0, rig.clock.now(), Session.REGULAR)])

    rig.runtime.quotes._stream_changed(rig.engine, HealthState.OK, "streaming")
    push(5)
    waits(rig, 1)
    assert state() is HealthState.DEGRADED
    rig.clock.advance(seconds=150)  # the line is open, and says nothing
    waits(rig, 1)
    assert state() is HealthState.FAILED
    push(5)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert state() is HealthState.DEGRADED
    rig.runtime.quotes._stream_changed(rig.engine, HealthState.DEGRADED, "stream: no connection")
    assert state() is HealthState.FAILED
    rig.market.fault = None
    rig.runtime.refresh()
    health = rig.engine.health.of("quotes")
    assert health is not None
    assert health.detail != "quote: answered 503"


def test_that_while_every_market_is_shut_ten_minutes_lie_between(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (), now=TUESDAY - timedelta(days=2))
    rig.runtime.quotes.hours_known = True
    rig.runtime.quotes.fetch_due(rig.engine)
    assert asked_after(rig, 599) == 0
    assert asked_after(rig, 1) == 1


def test_that_a_stream_that_breaks_while_every_market_is_shut_brings_no_poll_forward(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (), now=TUESDAY - timedelta(days=2))
    rig.runtime.quotes.hours_known = True
    rig.runtime.quotes._stream_changed(rig.engine, HealthState.OK, "")
    rig.runtime.quotes.fetch_due(rig.engine)
    for _ in range(3):
        rig.runtime.quotes._stream_changed(rig.engine, HealthState.FAILED, "gone")
        rig.runtime.quotes._stream_changed(rig.engine, HealthState.OK, "")
        assert asked_after(rig, 30) == 0


def test_that_a_share_without_a_row_is_quoted_and_judged_while_it_is_looked_at(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    assert "AAPL" not in rig.engine.symbols
    for symbol, seed in (("AAPL", 2), ("QQQ", 3)):
        rig.store.bars.save_daily(symbol, history(rig.clock.now(), seed=seed))
        rig.market.set(symbol, 100.0)
    rig.market.set("AAPL", 91.0)
    asked = len(rig.market.asked)
    rig.runtime.select("AAPL")
    assert "AAPL" in rig.market.asked[asked]
    told = [move for event in rig.of(QuotesChanged) for move in event.moves if move.symbol == "AAPL"]
    assert round(told[-1].move_pct, 2) == -9.0
    assert told[-1].sar is not None
    rig.market.set("AAPL", 90.0)
    rig.refresh()
    assert rig.engine.market.quotes["AAPL"].price == 90.0  # as long as it is looked at
    rig.runtime.select("NVDA")
    rig.refresh()
    assert "AAPL" not in rig.market.asked[-1]


def test_that_a_share_that_is_looked_at_while_prices_are_asked_for_is_asked_for_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("AAPL", 91.0)
    answer = rig.market.quotes

    def slowly(symbols: Sequence[str]) -> QuoteBatch:
        if "AAPL" not in symbols:
            rig.runtime.select("AAPL")  # meanwhile
        return answer(symbols)

    monkeypatch.setattr(rig.market, "quotes", slowly)
    rig.refresh()
    assert rig.engine.market.quotes["AAPL"].price == 91.0


def test_that_a_row_that_is_chosen_asks_for_no_quotes_of_its_own(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.refresh()
    asked = len(rig.market.asked)
    for entity in ("NVDA", "openai"):
        rig.runtime.select(entity)
    assert len(rig.market.asked) == asked


def test_that_who_looks_at_shares_without_a_connection_does_not_lengthen_the_wait(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    assert waits(rig, 1, offline=True) == [30.0]
    asked = len(rig.market.asked)
    for share in ("AAPL", "TSLA", "AAPL"):
        rig.runtime.select(share)
    assert len(rig.market.asked) == asked
    rig.market.fault = None
    rig.market.set("AAPL", 91.0)
    assert asked_after(rig, 30) == 1
    assert rig.engine.market.quotes["AAPL"].price == 91.0


def test_that_a_share_that_is_looked_at_brings_no_further_poll_forward(tmp_path: Path) -> None:
    saturday = TUESDAY + timedelta(days=4)
    rig = build_rig(tmp_path, (), now=saturday)
    rig.market.set("AAPL", 91.0)
    rig.runtime.quotes.hours_known = True
    rig.runtime.quotes.fetch_due(rig.engine)
    asked = len(rig.market.asked)
    for _ in range(2):
        rig.runtime.select("AAPL")  # a second time says nothing new
    assert len(rig.market.asked) == asked + 1
    assert asked_after(rig, 599) == 0


def test_that_a_share_that_leaves_the_list_while_it_is_looked_at_is_quoted_on(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("KLAC", 91.0)
    rig.runtime.select("KLAC")
    shown = remove(rig.engine.parts.watchlist, {"KLAC"})
    rig.engine.follow(shown)
    assert "KLAC" not in rig.engine.symbols
    rig.refresh()
    assert "KLAC" in rig.market.asked[-1]


def test_that_a_share_that_is_looked_at_no_more_is_neither_quoted_nor_read_about(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.runtime.select("KLAC")
    rig.engine.follow(remove(rig.engine.parts.watchlist, {"KLAC"}))
    rig.runtime.select_nothing()
    rig.refresh()
    assert "KLAC" not in rig.market.asked[-1]
    assert "KLAC" not in rig.runtime.news._symbols(rig.engine)
