"""Quotes and headlines on their way through the engine."""

import math
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.integration.store_samples import alert
from tests.support.fakes import FakeScheduler, WeekdayCalendars
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.analysis.moves.volatility import ewma_volatility
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import (
    AlertsLoaded,
    BarsLoaded,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.health import HealthState
from stackwatch.domain.move import Verdict
from stackwatch.domain.news import Story
from stackwatch.domain.quote import ChartRange, DailyBar, QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.engine.past_day import closing_quotes
from stackwatch.engine.ports import History
from stackwatch.engine.runtime import LIVE
from stackwatch.engine.services.briefings import brief


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"price": 0.0}, "zero"),
        ({"price": -1.0}, "negative"),
        ({"price": float("nan")}, "not a number"),
        ({"price": float("inf")}, "infinite"),
        ({"previous_close": 0.0}, "no previous close"),
        ({"as_of": TUESDAY + timedelta(minutes=2, seconds=1)}, "from the future"),
        ({"as_of": TUESDAY.replace(tzinfo=None)}, "no zone"),
        ({"symbol": "ZZZZ"}, "nobody asked"),
    ],
)
def test_that_a_wrong_quote_reaches_no_cell_no_rule_and_no_store(
    tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    rig = build_rig(tmp_path)
    good = rig.market.set("NVDA", 97.0)
    assert rig.engine.market.book.accept([replace(good, **changes)]) == (), why  # type: ignore[arg-type]
    assert rig.engine.market.quotes == {}


def test_that_an_older_quote_never_replaces_a_newer_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    good = rig.market.set("NVDA", 97.0)
    assert rig.engine.market.book.accept([good]) == (good,)
    older = replace(good, as_of=good.as_of - timedelta(minutes=1), price=50.0)
    assert rig.engine.market.book.accept([older]) == ()
    assert rig.engine.market.quotes["NVDA"].price == 97.0


@pytest.mark.parametrize("factor", [2.0, 4.0, 10.0, 1 / 5])
def test_that_a_jump_like_a_split_is_withheld(tmp_path: Path, factor: float) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 100.0 / factor * 1.001)
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].state is QuoteState.WITHHELD
    assert "NVDA" not in rig.engine.market.moves


def test_that_a_real_crash_is_not_taken_for_a_split(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 62.0)
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].state is QuoteState.LIVE


def test_that_unchanged_quotes_are_not_told_again(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    told = len(rig.of(QuotesChanged))
    rig.refresh()
    assert len(rig.of(QuotesChanged)) == told


def test_that_a_provider_that_is_down_leaves_the_last_values_and_says_when_it_tries_again(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    rig.market.fault = ProviderError("quote: the server's name was not found", offline=True)
    rig.refresh()
    health = [e.health for e in rig.events if isinstance(e, HealthChanged) and e.health.source == "quotes"][
        -1
    ]
    assert health.state is HealthState.OFFLINE
    assert health.next_try is not None
    assert health.next_try > rig.clock.now()
    assert rig.engine.market.quotes["NVDA"].price == 97.0


def test_that_failures_are_retried_ever_more_rarely_and_success_resets(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    scheduler = FakeScheduler()
    rig.runtime.schedule(scheduler, LIVE)
    rig.market.fault = ProviderError("quote: status 429", rate_limited=True)
    for _ in range(60):
        scheduler.jobs["quotes"]()
        rig.clock.advance(seconds=15)
    assert 4 <= len(rig.market.asked) <= 6
    rig.market.fault = None
    rig.clock.advance(minutes=10)
    before = len(rig.market.asked)
    for _ in range(4):
        scheduler.jobs["quotes"]()
        rig.clock.advance(seconds=15)
    assert len(rig.market.asked) == before + 4


def test_that_quotes_are_asked_for_rarely_while_every_market_is_shut(tmp_path: Path) -> None:
    sunday = TUESDAY - timedelta(days=2)
    rig = build_rig(tmp_path, now=sunday)
    scheduler = FakeScheduler()
    rig.runtime.schedule(scheduler, LIVE)
    for _ in range(4 * 60):  # an hour of 15-second jobs
        scheduler.jobs["quotes"]()
        rig.clock.advance(seconds=15)
    assert len(rig.market.asked) == 6


def test_that_the_first_paint_after_a_restart_knows_the_last_prices(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    rig.store.close()
    again = build_rig(tmp_path, now=TUESDAY + timedelta(hours=1))
    (told,) = again.of(QuotesChanged)[:1]
    assert isinstance(told, QuotesChanged)
    assert told.quotes[0].price == 97.0
    again.engine.tick()
    assert again.engine.market.quotes["NVDA"].state is QuoteState.STALE
    assert again.of(AlertsLoaded)


def test_that_a_year_of_alerts_is_listed_after_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    year = [replace(alert(), id=f"a{n}", fired_at=TUESDAY - timedelta(hours=3 * n)) for n in range(2920)]
    rig.store.alerts.save(year)
    rig.store.close()
    (told,) = build_rig(tmp_path).of(AlertsLoaded)
    assert isinstance(told, AlertsLoaded)
    assert len(told.alerts) == 2920


def test_that_history_brings_the_abnormal_move_and_too_little_of_it_says_so(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 97.0)
    rig.market.set("QQQ", 99.0)
    rig.market.set("AMD", 97.0)
    rig.market.set("INTC", 101.0)
    rig.market.history = {
        "NVDA": history(TUESDAY, seed=3),
        "QQQ": history(TUESDAY, seed=0),
        "AMD": history(TUESDAY, seed=4)[-30:],
    }
    rig.refresh()
    rig.runtime.bars.fetch_all(rig.engine)
    moves = rig.engine.market.moves
    assert moves["NVDA"].sar is not None
    assert moves["NVDA"].n_estimation == 120
    assert moves["AMD"].sar is None
    assert moves["AMD"].reason == "24 of 60 days"
    rollups = {r.id: r for e in rig.of(RollupsChanged) if isinstance(e, RollupsChanged) for r in e.rollups}
    assert rollups["accelerators"].judged == 1
    assert rollups["accelerators"].sar is None  # one of three does not speak for its layer
    assert rig.of(HistoryChanged)
    explanation = rig.engine.explain("AMD")
    assert explanation is not None
    assert explanation.verdict is Verdict.INSUFFICIENT_DATA


@pytest.mark.parametrize("shut", [False, True])
def test_that_a_share_halted_for_days_is_in_no_average_and_no_breadth(tmp_path: Path, *, shut: bool) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("AMD", 140.0, as_of=TUESDAY - timedelta(days=12), session=Session.CLOSED)
    session, state = (Session.CLOSED, QuoteState.CLOSED) if shut else (Session.REGULAR, QuoteState.LIVE)
    for symbol, price in (("NVDA", 99.0), ("ARM", 98.0)):
        rig.market.set(symbol, price, session=session, state=state)
    if shut:
        rig.clock.advance(minutes=11 * 60)
    rig.refresh()
    layer = rig.engine.rollups.current["accelerators"]
    assert layer.move_pct == pytest.approx(-1.5)
    assert (layer.up, layer.down, layer.counted, layer.averaged) == (0, 2, 2, 2)
    assert layer.total > 3
    made = brief(rig.engine)
    assert made is not None
    (told,) = (each for each in made.layers if each.rollup.id == "accelerators")
    assert [move.symbol for move in told.largest] == ["ARM", "NVDA"]


def test_that_a_share_that_may_still_begin_to_trade_counts_with_its_last_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.clock.advance(minutes=-89)  # a minute after the open
    rig.market.set("AMD", 101.0, as_of=TUESDAY - timedelta(days=1), session=Session.CLOSED)
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    layer = rig.engine.rollups.current["accelerators"]
    assert (layer.up, layer.down, layer.averaged) == (1, 1, 2)  # one of two would not speak for the layer


def test_that_rollups_count_all_members_and_average_those_of_the_open_market(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    for symbol, price in (("NVDA", 96.0), ("AMD", 98.0), ("INTC", 101.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    rollups = {r.id: r for e in rig.of(RollupsChanged) if isinstance(e, RollupsChanged) for r in e.rollups}
    layer = rollups["accelerators"]
    assert (layer.down, layer.up, layer.counted, layer.total) == (2, 1, 3, 5)
    assert layer.move_pct == pytest.approx(-5 / 3)
    rig.clock.advance(minutes=1)
    rig.market.set("INTC", 99.996)  # shown as no change
    rig.refresh()
    layer = rig.engine.rollups.current["accelerators"]
    assert (layer.down, layer.up, layer.counted) == (2, 0, 3)


def test_that_a_layer_over_several_markets_is_measured_in_the_one_that_trades_or_traded_last(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    listed = rig.engine.parts.watchlist
    here, there = ("NVDA",), ("000660.KS", "005930.KS")
    layer = replace(listed.layers[0], id="both", symbols=(*here, *there))
    rig.engine.follow(replace(listed, layers=(layer,)))

    def layer_move(trading: tuple[str, ...], earlier: tuple[str, ...]) -> float | None:
        rig.clock.advance(minutes=2)
        for symbol in (*here, *there):
            rig.market.set(
                symbol,
                96.0 if symbol in here else 102.0,
                currency="USD" if symbol in here else "KRW",
                session=Session.REGULAR if symbol in trading else Session.CLOSED,
                as_of=rig.clock.now() - timedelta(minutes=symbol in earlier),
            )
        rig.refresh()
        return rig.engine.rollups.current["both"].move_pct

    assert layer_move(here, there) == pytest.approx(-4.0)
    assert layer_move(there, here) == pytest.approx(2.0)
    assert layer_move((), there) == pytest.approx(-4.0)
    assert layer_move((), here) == pytest.approx(2.0)
    assert layer_move((*here, *there), ()) == pytest.approx(2.0)  # both trade: the larger
    told = rig.engine.rollups.current["both"]
    assert (told.averaged, told.counted, told.up, told.down) == (2, 3, 2, 1)


def test_that_a_move_is_told_in_its_own_deviations_and_beside_that_of_the_session_before(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    bars = history(TUESDAY, seed=3)  # ends at 100
    rig.engine.take_histories({"NVDA": bars})
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    closes = np.array([bar.close for bar in bars])
    sigma = ewma_volatility(np.diff(closes) / closes[:-1])
    assert sigma is not None
    move = rig.engine.market.moves["NVDA"]
    assert move.z == pytest.approx(math.log(0.97) / sigma)
    assert move.before_pct == pytest.approx((closes[-1] / closes[-2] - 1.0) * 100.0)
    other = build_rig(tmp_path / "other", ())
    other.engine.take_histories({"NVDA": bars[:-1]})  # which does not end at the close before
    other.market.set("NVDA", 97.0, 110.0)
    other.refresh()
    assert other.engine.market.moves["NVDA"].before_pct is None


def test_that_a_share_is_not_judged_against_a_benchmark_whose_change_is_withheld(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.engine.take_histories({"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)})
    rig.market.set("NVDA", 97.0)
    rig.market.set("QQQ", 25.1)  # like a split that nobody announced
    rig.refresh()
    move = rig.engine.market.moves["NVDA"]
    assert (move.sar, move.reason) == (None, "no price of its benchmark QQQ")


def test_that_a_share_is_not_judged_against_a_benchmark_of_another_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.engine.take_histories({"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)})
    rig.market.set("NVDA", 97.0)
    rig.market.set("QQQ", 99.0, as_of=TUESDAY - timedelta(days=1))
    rig.refresh()
    move = rig.engine.market.moves["NVDA"]
    assert (move.sar, move.reason) == (None, "benchmark QQQ has another trading day")


def test_that_a_share_is_judged_by_its_own_session_until_it_trades_again(tmp_path: Path) -> None:
    """On a holiday of London's, and at the open of a feed that is late, its benchmark is a day ahead."""
    rig = build_rig(tmp_path, ())
    monday = TUESDAY - timedelta(days=1)
    rig.engine.take_histories({"NVDA": history(monday, seed=3), "QQQ": history(monday, seed=0)})
    rig.market.set("NVDA", 97.0, as_of=monday)
    rig.market.set("QQQ", 99.0, as_of=monday)
    rig.refresh()
    before = rig.engine.market.moves["NVDA"]
    assert before.sar is not None
    closes = (*history(monday, seed=0), DailyBar(monday.date(), 100.0, 100.0, 99.0, 99.0, 1))
    rig.engine.take_histories({"QQQ": closes})
    rig.market.set("QQQ", 102.0, 99.0)
    rig.refresh()
    assert rig.engine.market.moves["QQQ"].session_date == TUESDAY.date()
    assert rig.engine.market.moves["NVDA"] == before


def test_that_the_range_of_a_year_is_of_its_highs_and_lows_and_needs_a_year(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    bars = history(TUESDAY, seed=3, sessions=260)
    rig.engine.take_histories({"NVDA": bars, "AMD": bars[-249:]})
    (told,) = (e.summaries for e in rig.of(HistoryChanged) if isinstance(e, HistoryChanged))
    year = bars[-250:]
    assert [(each.symbol, each.year_low, each.year_high) for each in told] == [
        ("NVDA", min(bar.low for bar in year), max(bar.high for bar in year)),
        ("AMD", None, None),
    ]


def test_that_a_layer_is_judged_by_the_newest_histories(tmp_path: Path) -> None:
    names = ("NVDA", "AMD", "INTC")
    calm, wild = (
        {"QQQ": history(TUESDAY, seed=0)}
        | {s: history(TUESDAY, seed=n, sd=sd) for n, s in enumerate(names, 2)}
        for sd in (0.005, 0.03)
    )
    rig, fresh = build_rig(tmp_path / "a", ()), build_rig(tmp_path / "b", ())
    for each in (rig, fresh):
        for symbol in ("QQQ", *names):
            each.market.set(symbol, 100.0 if symbol == "QQQ" else 98.0)
        each.refresh()
    rig.engine.take_histories(calm)
    before = rig.engine.rollups.current["accelerators"].sar
    for each in (rig, fresh):
        each.engine.take_histories(wild)
    after = rig.engine.rollups.current["accelerators"].sar
    assert before is not None
    assert after is not None
    assert after == fresh.engine.rollups.current["accelerators"].sar
    assert abs(after) < abs(before)


def test_that_the_same_report_from_two_papers_is_one_story_and_known_ones_are_not_told_again(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("SoftBank and OpenAI's $500bn Stargate is slow to start")
    rig.market.report(
        "SoftBank and OpenAI's $500bn Stargate slow to start", publisher="Slashdot", minutes_ago=20
    )
    rig.refresh()
    rig.refresh()
    (told,) = rig.of(StoriesChanged)[1:]
    assert isinstance(told, StoriesChanged)
    (story,) = told.stories
    assert story.copies == 2
    assert dict(told.counts)["stargate"] == 1


def test_that_yesterdays_stories_leave_the_count_of_today_though_no_new_one_comes(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("SoftBank and OpenAI's $500bn Stargate is slow to start")
    rig.refresh()
    rig.clock.advance(hours=25)
    before = len(rig.of(StoriesChanged))
    rig.engine.tick()
    rig.engine.tick()
    (told,) = rig.of(StoriesChanged)[before:]
    assert isinstance(told, StoriesChanged)
    assert dict(told.counts)["stargate"] == 0


def test_that_a_story_leaves_every_list_after_a_month_as_it_would_with_a_restart(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("SoftBank and OpenAI's $500bn Stargate is slow to start")
    rig.refresh()
    (story,) = rig.engine.newsroom.stories
    rig.clock.advance(days=29)
    rig.engine.tick()
    before = len(rig.of(StoriesChanged))
    rig.clock.advance(days=2)
    rig.engine.tick()
    rig.engine.tick()
    (told,) = rig.of(StoriesChanged)[before:]
    assert isinstance(told, StoriesChanged)
    assert told.dropped == {story.id}
    assert rig.engine.newsroom.stories == ()


def test_that_a_layer_before_the_open_has_what_its_names_do_now_beside_the_session_before(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    layer = next(each for each in rig.engine.parts.watchlist.layers if each.id == "accelerators")
    for symbol in layer.symbols:
        rig.market.set(symbol, 98.0)
    rig.refresh()
    (*early, last) = layer.symbols
    for symbol in early:
        rig.market.set(symbol, 98.0, session=Session.PRE, extended_price=98.98)
    rig.market.set(early[0], 98.0, session=Session.PRE, extended_price=97.02)
    rig.market.set(last, 98.0, session=Session.PRE)
    rig.refresh()
    told = rig.engine.rollups.current["accelerators"]
    assert told.move_pct == pytest.approx(-2.0)  # what rules go by
    assert told.early is not None
    assert told.early.move_pct == pytest.approx((len(early) - 2) / len(early))
    assert (told.early.up, told.early.down, told.early.counted) == (len(early) - 1, 1, len(early))
    shown = told.shown
    assert (shown.move_pct, shown.abnormal_pct, shown.sar) == (told.early.move_pct, None, None)
    for symbol in early[1:]:
        rig.market.set(symbol, 98.0, session=Session.PRE)
    rig.refresh()
    few = rig.engine.rollups.current["accelerators"]  # one name does not speak for the others
    assert (few.early, few.shown) == (None, few)


def test_that_the_selected_share_is_explained_when_it_moves_and_when_news_comes(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.runtime.select("NVDA")
    rig.market.set("NVDA", 97.0)
    rig.market.set("QQQ", 100.0)
    rig.refresh()
    rig.market.report("SoftBank and OpenAI's $500bn Stargate is slow to start")
    rig.refresh()
    explained = [e.explanation for e in rig.events if isinstance(e, ExplanationChanged)]
    assert explained[0].matches == ()
    assert explained[-1].matches[0].path == ("stargate", "NVDA")


def test_that_a_chart_gets_the_stored_bars_and_todays_unfinished_session(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3)}
    rig.runtime.bars.fetch_all(rig.engine)
    rig.market.set("NVDA", 97.0, open=99.0, day_high=99.5, day_low=96.5)
    rig.refresh()
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    (loaded,) = rig.of(BarsLoaded)
    assert isinstance(loaded, BarsLoaded)
    last = loaded.bars[-1]
    assert isinstance(last, DailyBar)
    assert (last.day, last.open, last.low, last.close) == (TUESDAY.date(), 99.0, 96.5, 97.0)
    assert len(loaded.bars) > 100


def test_that_headlines_from_the_future_and_of_last_month_are_left_out(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("Nvidia signs a contract with OpenAI", minutes_ago=-60)
    rig.market.report("Nvidia wins a contract from Oracle", minutes_ago=60 * 24 * 40)
    rig.refresh()
    assert rig.engine.newsroom.stories == ()


def test_that_a_symbol_without_history_does_not_cost_the_others_theirs_and_is_tried_again(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)}
    rig.market.no_history = {"AMD"}
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.runtime.bars.fetch_all(rig.engine)
    assert "NVDA" in rig.engine.market.closes
    assert "AMD" not in rig.engine.market.closes
    rig.market.no_history = set()
    rig.market.history["AMD"] = history(TUESDAY, seed=5)
    rig.runtime.fill_history(rig.engine)
    assert "AMD" in rig.engine.market.closes


def test_that_history_waits_while_the_provider_does_not_answer(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"QQQ": history(TUESDAY, seed=0)}
    rig.market.fault = ProviderError("quote: no connection", offline=True)
    rig.refresh()
    rig.runtime.fill_history(rig.engine)
    assert rig.engine.market.closes == {}


def test_that_history_is_asked_for_again_on_the_next_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"QQQ": history(TUESDAY, seed=0)}
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.runtime.bars.fetch_all(rig.engine)
    last = rig.engine.market.closes["QQQ"].days[-1]
    rig.clock.advance(days=2)
    rig.market.history = {"QQQ": history(rig.clock.now(), seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    assert rig.engine.market.closes["QQQ"].days[-1] == last + 2


def test_that_a_past_day_is_told_by_its_own_close_and_not_by_later_ones(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = history(TUESDAY + timedelta(days=3), seed=3)
    (quote,) = closing_quotes(
        {"NVDA": bars, "AMD": bars[:-10]}, TUESDAY.date(), rig.engine.parts.ecosystem, WeekdayCalendars()
    )
    by_day = {bar.day: bar.close for bar in bars}
    assert quote.symbol == "NVDA"
    assert quote.price == by_day[TUESDAY.date()]
    assert quote.previous_close == by_day[TUESDAY.date() - timedelta(days=1)]
    assert quote.as_of.date() == TUESDAY.date()


def test_that_one_article_under_two_addresses_and_ids_is_one_copy(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    first = rig.market.report("Nvidia signs a contract with OpenAI", key="a")
    again = rig.market.report("Nvidia signs a contract with OpenAI today", key="b")
    rig.market.news = [
        replace(first, url="https://www.example.org/x?utm=1"),
        replace(again, url="https://example.org/x"),
    ]
    rig.refresh()
    (story,) = rig.engine.newsroom.stories
    assert story.copies == 1


def weighed(rig: Rig) -> tuple[Story, ...]:
    """Return the stories that explanations see."""
    return tuple(rig.engine.newsroom.press.between(TUESDAY - timedelta(days=400), rig.clock.now()))


def test_that_a_copy_known_yesterday_is_not_counted_again_under_another_id(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("Nvidia signs a contract with OpenAI", minutes_ago=60, key="a")
    copy = rig.market.report("Nvidia signs a contract with OpenAI today", publisher="Reuters", key="b")
    rig.refresh()
    rig.clock.advance(days=1)
    rig.market.news = [replace(copy, id="the same article in another feed")]
    rig.refresh()
    (story,) = rig.engine.newsroom.stories
    assert story.copies == 2


def test_that_news_is_shown_for_a_month_and_weighed_for_three(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.report("Nvidia signs a contract with OpenAI")
    rig.refresh()
    assert len(rig.engine.newsroom.stories) == 1
    rig.clock.advance(days=31)
    rig.market.news = []
    rig.market.report("Oracle wins a contract from OpenAI", key="new")
    rig.refresh()
    assert [story.lead.id for story in rig.engine.newsroom.stories] == ["new"]
    assert [story.lead.id for story in weighed(rig)] == ["h0", "new"]
    rig.clock.advance(days=60)
    rig.market.news = []
    rig.market.report("Micron wins a contract from Oracle", key="newest")
    rig.refresh()
    assert [story.lead.id for story in weighed(rig)] == ["new", "newest"]


def test_that_a_new_day_reads_no_story_again_and_forgets_what_is_too_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path)
    old = rig.market.report("Nvidia signs a contract with OpenAI", key="old")
    rig.refresh()
    rig.clock.advance(days=60)
    stranger = rig.market.report("A bakery opens in a small town", key="stranger")
    rig.market.report("Nvidia falls as Stargate slows", key="kept")
    rig.refresh()
    (kept,) = rig.engine.newsroom.stories
    read: list[object] = []
    monkeypatch.setattr(type(rig.store.news), "load_stories", lambda *asked: read.append(asked) or ())
    rig.clock.advance(days=31)
    now = rig.clock.now()
    again = [replace(each, id=f"{each.id}-2", published=now) for each in (old, stranger)]
    rig.market.news = [*again, replace(kept.lead, id="kept-2", published=now)]
    rig.refresh()
    assert read == []
    assert [story.id for story in weighed(rig)] == ["kept", "old-2"]
    assert rig.engine.newsroom.about(("NVDA",), now - timedelta(days=400)) == weighed(rig)[::-1]
    rig.clock.advance(days=-2)  # the clock was ahead: what it made forget comes back
    rig.market.news = []
    rig.refresh()
    assert len(read) == 1


def test_that_a_previous_close_that_changes_within_a_session_is_not_believed_at_once(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.set("NVDA", 99.0)
    rig.refresh()
    rig.market.set("NVDA", 51.0, previous=50.0)
    for _ in range(3):
        rig.refresh()
        assert rig.engine.market.quotes["NVDA"].price == 99.0
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].price == 51.0


def test_that_a_previous_close_far_from_the_history_is_refused(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3)}
    rig.runtime.bars.fetch_all(rig.engine)
    rig.market.set("NVDA", 41.0, previous=40.0)
    rig.refresh()
    assert "NVDA" not in rig.engine.market.quotes


def test_that_an_answer_with_holes_does_not_shrink_the_history(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = history(TUESDAY, seed=3)
    for answer in (bars, bars[::3]):
        rig.engine.take_answers({"NVDA": (History(answer), bars[0].day)})
    assert rig.engine.market.closes["NVDA"].days.size == len(bars)


def test_that_a_level_crossed_while_the_machine_slept_is_not_told_as_news(tmp_path: Path) -> None:
    rule = Rule(
        id="level",
        name_en="Level",
        name_ko="가격",
        kind=RuleKind.PRICE_LEVEL,
        subject_kind=SubjectKind.SYMBOL,
        subject="NVDA",
        direction=Direction.DOWN,
        threshold=98.0,
    )
    rig = build_rig(tmp_path, (rule,))
    rig.market.set("NVDA", 100.0)
    rig.refresh()
    rig.clock.advance(hours=2)
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert rig.raised() == []


def test_that_general_feeds_are_read_every_ten_minutes(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    scheduler = FakeScheduler()
    rig.runtime.schedule(scheduler, LIVE)
    before = rig.market.news_asked
    for _ in range(30):
        scheduler.jobs["news"]()
        rig.clock.advance(minutes=1)
    assert rig.market.news_asked - before == 3


def test_that_headlines_about_others_are_counted_among_those_read_though_the_move_stands_still(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    for symbol, seed in (("NVDA", 1), ("QQQ", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed, sd=0.005)
        rig.market.set(symbol, 100.0)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.refresh()
    rig.clock.advance(minutes=6)
    rig.market.set("NVDA", 96.0)
    rig.refresh()
    rig.runtime.select("NVDA")
    assert rig.of(ExplanationChanged)[-1].explanation.headlines_read == 0
    rig.market.report("Doosan Enerbility wins an order for turbines", minutes_ago=20)
    rig.refresh()
    assert rig.of(ExplanationChanged)[-1].explanation.headlines_read == 1
    made = brief(rig.engine)
    assert made is not None
    assert [each.headlines_read for each in made.unusual] == [1]
