"""Why the source gives nothing of a share is told, and taken back when it gives it."""

import logging
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.fault_events import SymbolsRefused
from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import ChartRange, Refusal


def told(rig: Rig, symbol: str = "NVDA") -> list[Refusal]:
    events = [event for event in rig.of(SymbolsRefused) if isinstance(event, SymbolsRefused)]
    return [refusal for refusal in events[-1].refusals if refusal.symbol == symbol] if events else []


def test_that_a_symbol_that_is_left_out_says_so_from_the_first_answer_until_it_has_a_price(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    assert rig.of(SymbolsRefused) == [], "nothing was asked yet"
    rig.market.set("QQQ", 99.0)
    rig.refresh()
    rig.clock.advance(minutes=5)
    rig.refresh()
    assert told(rig) == [Refusal("NVDA", TUESDAY, "missing from the answer")]
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    assert told(rig) == []


def test_that_an_answer_that_fails_as_a_whole_is_no_word_about_a_symbol(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.fault = ProviderError("quote: answered 500 Internal Server Error")
    rig.refresh()
    assert rig.of(SymbolsRefused) == []


def test_that_a_price_that_is_not_believed_says_why(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.market.set("NVDA", 99.0, currency="KRW")
    rig.refresh()
    assert told(rig) == [Refusal("NVDA", TUESDAY, "in KRW, where USD is known")]
    rig.clock.advance(minutes=5)
    rig.market.set("NVDA", 99.0, currency="KRW")
    rig.refresh()
    assert told(rig) == [Refusal("NVDA", TUESDAY, "in KRW, where USD is known")], "since the first time"
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    assert told(rig) == []


def test_that_a_price_that_is_not_believed_for_hours_is_counted_and_logged_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    rig = build_rig(tmp_path, ())
    for _ in range(8):
        for symbol in ("NVDA", "QQQ"):
            ahead = rig.clock.now() + timedelta(hours=2)  # the machine's clock is slow
            rig.market.set(symbol, 99.0, as_of=ahead)
        rig.refresh()
        rig.clock.advance(minutes=10)
    lines = [record.message for record in caplog.records if "NVDA" in record.message]
    assert len(lines) == 1, lines
    assert "lies in the future" in lines[0]
    quotes = rig.engine.health.of("quotes")
    assert quotes is not None
    assert quotes.state is HealthState.DEGRADED
    assert quotes.detail.startswith("0 quotes, ")


def test_that_since_when_a_symbol_is_left_out_outlives_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0)
    rig.refresh()
    del rig.market.prices["NVDA"]
    rig.clock.advance(minutes=1)
    rig.refresh()
    rig.store.close()
    again = build_rig(tmp_path, (), rig.clock.now() + timedelta(hours=1))
    again.market.set("QQQ", 99.0)
    again.refresh()
    assert [refusal.since for refusal in told(again)] == [TUESDAY + timedelta(minutes=1)]


def test_that_a_history_that_is_refused_or_empty_says_so_until_it_comes(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.no_history = {"NVDA"}
    for symbol in set(rig.engine.symbols) - {"NVDA", "AMD"}:
        rig.market.history[symbol] = history(TUESDAY)
    rig.runtime.bars.fetch_all(rig.engine)
    assert told(rig) == [Refusal("NVDA", TUESDAY, "chart: status 404 for NVDA", history=True)]
    assert [refusal.reason for refusal in told(rig, "AMD")] == ["chart: the history is empty"]
    assert told(rig, "MSFT") == []
    rig.market.no_history = set()
    for symbol in ("NVDA", "AMD"):
        rig.market.history[symbol] = history(TUESDAY)
    rig.runtime.bars.want_all(rig.engine)
    rig.runtime.bars.fetch_all(rig.engine)
    assert told(rig) == told(rig, "AMD") == []


def test_that_a_price_that_is_missed_is_told_before_a_history_that_was_asked_for_first(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.no_history = {"NVDA"}
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    rig.market.set("QQQ", 99.0)
    rig.refresh()
    assert [refusal.history for refusal in told(rig)] == [False, True]
