"""What a quote is called as time passes, by the real calendars, and what rules make of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.rig import TUESDAY, Rig, build_rig

from stackwatch.app import build_calendars
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import ClockTicked, PricesHeard, QuotesChanged
from stackwatch.domain.fault_events import UnknownSymbols
from stackwatch.domain.health import HealthState
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SubjectKind
from stackwatch.engine.ports import Tick
from stackwatch.storage.locations import user_folders

NIGHT = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)  # 22:00 in New York, 11:00 in Tokyo and Seoul
RULE = Rule(
    id="drop",
    name_en="Drop",
    name_ko="하락",
    kind=RuleKind.PERCENT_MOVE,
    subject_kind=SubjectKind.SYMBOL,
    subject="NVDA",
    direction=Direction.DOWN,
    threshold=3.0,
    frequency=Frequency.EVERY_REARM,
    cooldown_minutes=0,
)


def rig_at(folder: Path, now: datetime, *rules: Rule) -> Rig:
    return build_rig(folder, rules, now, calendars=build_calendars(user_folders(folder)))


def state(rig: Rig, symbol: str) -> QuoteState:
    return rig.engine.market.quotes[symbol].state


def minutes(rig: Rig, count: int, *trading: str) -> None:
    """Let minutes pass in which only ``trading`` trade while everything is polled."""
    for _ in range(count):
        rig.clock.advance(minutes=1)
        for symbol in trading:
            rig.market.prices[symbol] = replace(rig.market.prices[symbol], as_of=rig.clock.now())
        rig.refresh()
        rig.engine.tick()


def test_that_a_share_of_new_york_is_closed_at_night_whatever_its_quote_says(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, NIGHT)
    rig.market.set("NVDA", 97.0, as_of=NIGHT - timedelta(hours=6))
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].session is Session.REGULAR
    assert state(rig, "NVDA") is QuoteState.CLOSED
    rig.clock.advance(hours=5)
    rig.engine.tick()
    assert state(rig, "NVDA") is QuoteState.CLOSED


def test_that_tokyo_has_lunch_and_comes_back(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, NIGHT + timedelta(minutes=29))
    for symbol in ("8035.T", "^N225"):
        rig.market.set(symbol, 99.0, currency="JPY")
    rig.refresh()
    assert state(rig, "8035.T") is QuoteState.LIVE
    minutes(rig, 2)
    assert state(rig, "8035.T") is QuoteState.CLOSED
    rig.clock.advance(minutes=50)  # nothing was asked for
    rig.engine.tick()
    assert state(rig, "8035.T") is QuoteState.CLOSED
    rig.clock.advance(minutes=10)
    minutes(rig, 1, "8035.T")
    assert state(rig, "8035.T") is QuoteState.LIVE
    told = [m for e in rig.of(ClockTicked) if isinstance(e, ClockTicked) for m in e.markets]
    phases = [market.phase for market in told if market.calendar == "XTKS"]
    assert phases == [Session.BREAK, Session.BREAK, Session.BREAK, Session.REGULAR]


def test_that_a_delayed_share_that_stops_while_its_exchange_trades_on_has_no_trades(tmp_path: Path) -> None:
    late = timedelta(minutes=20)
    rig = rig_at(tmp_path, datetime(2026, 3, 11, 3, 0, tzinfo=UTC))
    changes: dict[str, Any] = {"currency": "KRW", "delay_minutes": 20, "state": QuoteState.DELAYED}
    for minute in range(31):
        rig.market.set("000660.KS", 100.0 + minute / 10, as_of=rig.clock.now() - late, **changes)
        if minute == 0:
            rig.market.set("005930.KS", 99.0, as_of=rig.clock.now() - late, **changes)
        rig.refresh()
        if minute in (10, 30):
            idle = rig.engine.market.quotes["005930.KS"]
            expected = QuoteState.DELAYED if minute == 10 else QuoteState.HALTED
            assert (idle.state, idle.no_trades) == (expected, minute == 30)
        rig.clock.advance(minutes=1)


def test_that_a_delayed_share_of_seoul_closes_when_its_delayed_close_has_come(tmp_path: Path) -> None:
    close = datetime(2026, 3, 11, 6, 30, tzinfo=UTC)
    rig = rig_at(tmp_path, close)
    late = timedelta(minutes=20)
    rig.market.set(
        "005930.KS", 99.0, currency="KRW", delay_minutes=20, as_of=close - late, state=QuoteState.DELAYED
    )
    rig.refresh()
    assert state(rig, "005930.KS") is QuoteState.DELAYED
    rig.clock.advance(minutes=21)
    rig.market.set("005930.KS", 98.0, currency="KRW", delay_minutes=20, as_of=close, state=QuoteState.DELAYED)
    rig.refresh()
    assert state(rig, "005930.KS") is QuoteState.CLOSED


def test_that_a_share_nobody_trades_is_told_from_a_provider_that_does_not_answer(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0, volume=1_000)
    rig.refresh()
    minutes(rig, 10, "QQQ")
    assert state(rig, "NVDA") is QuoteState.LIVE  # rarely traded, but asked for
    minutes(rig, 11, "QQQ")
    quiet = rig.engine.market.quotes["NVDA"]
    assert (quiet.state, quiet.no_trades, quiet.as_of) == (QuoteState.HALTED, True, TUESDAY)
    minutes(rig, 1, "NVDA", "QQQ")
    assert state(rig, "NVDA") is QuoteState.LIVE
    rig.market.fault = ProviderError("quote: no connection", offline=True)
    minutes(rig, 3)
    assert state(rig, "NVDA") is state(rig, "QQQ") is QuoteState.STALE


def test_that_a_share_whose_volume_grows_without_a_trade_is_stale_and_not_halted(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, TUESDAY)
    rig.market.set("NVDA", 99.0, volume=1_000_000)
    rig.market.set("QQQ", 99.0)
    minutes(rig, 25, "QQQ")
    assert state(rig, "NVDA") is QuoteState.HALTED
    rig.market.prices["NVDA"] = replace(rig.market.prices["NVDA"], volume=1_000_100)
    minutes(rig, 1, "QQQ")
    assert state(rig, "NVDA") is QuoteState.STALE


def test_that_old_answers_for_a_whole_exchange_are_stale(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0, as_of=TUESDAY - timedelta(hours=1))
    rig.refresh()
    assert state(rig, "NVDA") is state(rig, "QQQ") is QuoteState.STALE


def test_that_a_halt_the_provider_names_is_called_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 99.0, state=QuoteState.HALTED)
    rig.refresh()
    quote = rig.engine.market.quotes["NVDA"]
    assert (quote.state, quote.no_trades) == (QuoteState.HALTED, False)


def test_that_a_restart_does_not_make_an_old_price_current(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0)
    rig.refresh()
    rig.store.close()
    again = build_rig(tmp_path, (), TUESDAY + timedelta(minutes=10))
    assert state(again, "NVDA") is QuoteState.STALE
    again.market.set("QQQ", 99.0)
    again.market.set("NVDA", 99.0, as_of=TUESDAY)
    again.refresh()
    assert state(again, "NVDA") is QuoteState.LIVE


def fired(rig: Rig) -> int:
    return len(rig.raised())


@pytest.mark.parametrize(
    "doubtful",
    [
        {"state": QuoteState.HALTED},
        {"state": QuoteState.WITHHELD},
        {"state": QuoteState.UNKNOWN},
        {"as_of": TUESDAY - timedelta(hours=1)},
    ],
    ids=["halted", "withheld", "unknown", "stale"],
)
def test_that_a_rule_neither_fires_nor_arms_again_on_a_doubtful_price(
    tmp_path: Path, doubtful: dict[str, Any]
) -> None:
    rig = build_rig(tmp_path, (RULE,), TUESDAY - timedelta(hours=1, minutes=5))
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    minutes(rig, 1, "NVDA")
    rig.market.set("NVDA", 96.0)
    rig.refresh()
    assert fired(rig) == 1
    rig.clock.advance(minutes=64)
    rig.market.set("NVDA", 100.0, **doubtful)
    rig.refresh()
    rig.market.set("NVDA", 95.0, **doubtful)
    rig.refresh()
    assert fired(rig) == 1
    rig.market.set("NVDA", 95.9)  # had it been armed by the doubtful 100, this would fire
    rig.refresh()
    assert fired(rig) == 1
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.market.set("NVDA", 95.9)
    rig.refresh()
    assert fired(rig) == 2


def test_that_a_rule_rests_after_the_close_although_the_quote_says_regular(tmp_path: Path) -> None:
    close = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
    rig = rig_at(tmp_path, close - timedelta(minutes=1), RULE)
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.clock.advance(minutes=2)
    rig.market.set("NVDA", 90.0, as_of=close)
    rig.refresh()
    assert state(rig, "NVDA") is QuoteState.CLOSED
    assert fired(rig) == 0


def test_that_a_symbol_left_out_for_an_hour_is_proposed_and_never_dropped(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0)
    rig.refresh()
    del rig.market.prices["NVDA"]
    minutes(rig, 59, "QQQ")
    assert state(rig, "NVDA") is not QuoteState.UNKNOWN
    assert "NVDA" not in dict(unknown(rig))
    minutes(rig, 4, "QQQ")
    gone = rig.engine.market.quotes["NVDA"]
    assert (gone.state, gone.price) == (QuoteState.UNKNOWN, 99.0)
    assert dict(unknown(rig))["NVDA"] == TUESDAY + timedelta(minutes=1)
    assert "NVDA" in rig.engine.symbols
    rig.market.set("NVDA", 98.0)
    rig.refresh()
    assert state(rig, "NVDA") is QuoteState.LIVE
    assert "NVDA" not in dict(unknown(rig))


def unknown(rig: Rig) -> tuple[tuple[str, datetime], ...]:
    told = [event for event in rig.of(UnknownSymbols) if isinstance(event, UnknownSymbols)]
    return told[-1].since if told else ()


def test_that_the_count_goes_on_after_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0)
    rig.refresh()
    del rig.market.prices["NVDA"]
    minutes(rig, 40, "QQQ")
    rig.store.close()
    again = build_rig(tmp_path, (), rig.clock.now() + timedelta(minutes=30))
    again.market.set("QQQ", 99.0)
    again.refresh()
    assert state(again, "NVDA") is QuoteState.UNKNOWN


def test_that_answers_that_fail_are_no_word_about_a_symbol(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 99.0)
    rig.refresh()
    rig.market.fault = ProviderError("quote: status 500")
    minutes(rig, 180)
    assert unknown(rig) == ()
    assert state(rig, "NVDA") is QuoteState.STALE


def test_that_a_stream_that_begins_before_the_first_price_tells_no_time_of_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.engine.feed.stream_changed(streaming=True)
    assert rig.of(PricesHeard) == []
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.engine.feed.stream_changed(streaming=False)
    assert rig.of(PricesHeard)[-1] == PricesHeard(TUESDAY, streaming=False)


def test_that_hearing_is_told_once_a_second_with_its_way(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.refresh()
    assert rig.of(PricesHeard) == [PricesHeard(TUESDAY, streaming=False)]
    rig.clock.advance(seconds=2)
    for part in range(5):
        moment = rig.clock.now() + timedelta(milliseconds=part)
        rig.engine.take_ticks([Tick("NVDA", 99.0 + part / 10, moment, Session.REGULAR)])
    assert rig.of(PricesHeard)[1:] == [PricesHeard(TUESDAY + timedelta(seconds=2), streaming=True)]


prices = st.floats(1.0, 1000.0)


@settings(max_examples=60)
@given(steps=st.lists(st.tuples(prices, prices, st.integers(0, 7200)), min_size=1, max_size=8))
def test_that_no_move_ever_comes_from_a_withheld_price(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[float, float, int]]
) -> None:
    rig = _shared(tmp_path_factory)
    for price, previous, seconds in steps:
        rig.clock.advance(seconds=seconds)
        rig.market.set("NVDA", price, previous)
        rig.refresh()
        for event in rig.events:
            if isinstance(event, QuotesChanged):
                told = {quote.symbol: quote for quote in event.quotes}
                assert not any(_is_withheld(told.get(move.symbol)) for move in event.moves)
        rig.events.clear()
        if _is_withheld(rig.engine.market.quotes.get("NVDA")):
            assert "NVDA" not in rig.engine.market.moves


def _is_withheld(quote: Quote | None) -> bool:
    return quote is not None and quote.state is QuoteState.WITHHELD


_RIGS: list[Rig] = []


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Rig:
    """Build one rig for all examples: what they leave behind is one more thing to bear."""
    if not _RIGS:
        _RIGS.append(build_rig(tmp_path_factory.mktemp("rig"), ()))
    return _RIGS[0]


def test_that_the_first_price_of_the_day_is_not_waited_for(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, datetime(2026, 3, 15, 23, 54, tzinfo=UTC))  # Monday in Seoul and Tokyo
    rig.runtime.quotes.hours_known = True
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == 1
    rig.clock.advance(minutes=5)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == 1
    rig.clock.advance(minutes=1)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == 2


def test_that_an_open_is_not_waited_for_beside_the_stream(tmp_path: Path) -> None:
    rig = rig_at(
        tmp_path, datetime(2026, 3, 10, 13, 29, 50, tzinfo=UTC)
    )  # ten seconds before New York's open
    rig.runtime.quotes.hours_known = True
    rig.runtime.quotes._stream_changed(rig.engine, HealthState.OK, "streaming")
    rig.runtime.quotes.fetch_due(rig.engine)
    rig.clock.advance(seconds=15)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == 2
    rig.clock.advance(seconds=15)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert len(rig.market.asked) == 2


def test_that_a_session_the_calendar_does_not_know_is_followed_and_fires_rules(tmp_path: Path) -> None:
    saturday = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
    rig = rig_at(tmp_path, saturday, RULE)
    rig.runtime.quotes.hours_known = True
    rig.market.set("NVDA", 100.0)
    rig.runtime.quotes.fetch_due(rig.engine)
    assert state(rig, "NVDA") is QuoteState.LIVE
    rig.clock.advance(seconds=15)
    rig.market.set("NVDA", 96.0)
    rig.runtime.quotes.fetch_now(rig.engine)
    assert fired(rig) == 1
    rig.clock.advance(minutes=3)
    rig.engine.tick()
    assert state(rig, "NVDA") is QuoteState.STALE


def test_that_headlines_of_shares_come_less_often_while_every_market_is_shut(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, datetime(2026, 3, 14, 15, 0, tzinfo=UTC))  # a Saturday
    rig.market.per_symbol = True
    rounds = _minutes_of_news(rig, 20)
    assert rounds == [0, 5, 10, 15]


def test_that_headlines_of_shares_come_every_minute_once_a_market_opens(tmp_path: Path) -> None:
    rig = rig_at(tmp_path, datetime(2026, 3, 15, 23, 57, tzinfo=UTC))  # Monday in Seoul and Tokyo
    rig.market.per_symbol = True
    rounds = _minutes_of_news(rig, 8)
    assert rounds == [0, 3, 4, 5, 6, 7]


def _minutes_of_news(rig: Rig, minutes: int) -> list[int]:
    """Let the job for headlines run once a minute; returns the minutes in which it asked."""
    asked = []
    for minute in range(minutes):
        before = rig.market.news_asked
        rig.runtime.news.fetch_due(rig.engine)
        if rig.market.news_asked > before:
            asked.append(minute)
        rig.clock.advance(minutes=1)
    return asked
