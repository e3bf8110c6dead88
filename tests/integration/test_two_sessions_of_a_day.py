"""Asia's session and New York's of one date are two: what fires in the one says nothing of the other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.integration.popup_scene import ANY_FALL
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import Alert
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Direction, Rule, RuleKind, Severity, SubjectKind
from stackwatch.engine.ports import Tick

NEW_YORK = ("MU", "SNDK", "WDC")
SEOUL = ("000660.KS", "005930.KS", "402340.KS")
MONDAY_NIGHT = datetime(2026, 3, 9, 20, 0, tzinfo=UTC)
SEOUL_OPENS = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)
SEOUL_SHUTS = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
CLOSED: dict[str, Any] = {"session": Session.CLOSED, "state": QuoteState.CLOSED}
LAYER = Rule(
    id="layer-wide",
    name_en="Whole layer moves",
    name_ko="분야 전체 등락",
    kind=RuleKind.LAYER_MOVE,
    subject_kind=SubjectKind.LAYER,
    subject="*",
    direction=Direction.EITHER,
    threshold=2.0,
    severity=Severity.SEVERE,
)
OPENAI_STORY = replace(
    LAYER, kind=RuleKind.STORY, subject_kind=SubjectKind.PRIVATE, subject="openai", threshold=1.0
)


def hear_of_openai(rig: Rig) -> None:
    """Take prices in, and a minute later a report, until what it fires was told."""
    rig.refresh()
    rig.clock.advance(minutes=1)
    rig.market.report("OpenAI raises $40bn from investors", minutes_ago=1)
    rig.refresh()
    rig.wait_for_group()


def in_seoul(rig: Rig, price: float, symbols: tuple[str, ...] = SEOUL, last_night: float = 100.0) -> None:
    """Let an hour of Seoul's Tuesday pass; ``last_night`` is what New York's Monday ended at."""
    rig.clock.time = max(rig.clock.time, SEOUL_OPENS) + timedelta(minutes=20)
    rig.market.set("^KS11", 100.0, currency="KRW")
    for symbol in symbols:
        rig.market.set(symbol, price, currency="KRW")
    for symbol, at in (("QQQ", 100.0), *((name, last_night) for name in NEW_YORK)):
        rig.market.set(symbol, at, as_of=MONDAY_NIGHT, **CLOSED)
    rig.refresh()
    rig.wait_for_group()


def in_new_york(rig: Rig, price: float, symbols: tuple[str, ...] = NEW_YORK, seoul: float = 97.0) -> None:
    """Let a while of New York's Tuesday pass; ``seoul`` is what Seoul's Tuesday ended at."""
    rig.clock.time = max(rig.clock.time, TUESDAY) + timedelta(minutes=20)
    rig.market.set("QQQ", 100.0)
    for symbol in symbols:
        rig.market.set(symbol, price)
    for symbol, at in (("^KS11", 100.0), *((name, seoul) for name in SEOUL)):
        rig.market.set(symbol, at, currency="KRW", as_of=SEOUL_SHUTS, **CLOSED)
    rig.refresh()
    rig.wait_for_group()


def judged(tmp_path: Path, *rules: Rule) -> Rig:
    rig = build_rig(tmp_path, rules, now=SEOUL_OPENS - timedelta(hours=1))
    rig.market.history = {s: history(TUESDAY, seed=30 + n) for n, s in enumerate((*NEW_YORK, *SEOUL))}
    rig.market.history |= {"QQQ": history(TUESDAY, seed=0), "^KS11": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    return rig


def popups(rig: Rig) -> list[Alert]:
    return [event.alert for event in rig.raised() if event.popup]


def told(rig: Rig) -> list[tuple[str, set[str], int]]:
    return [(a.group, {m.symbol for m in a.members}, a.linked_total) for a in popups(rig)]


def test_that_what_falls_in_new_york_pops_up_though_the_same_layer_fell_in_seoul(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,), now=SEOUL_OPENS - timedelta(hours=1))
    in_seoul(rig, 100.0)
    in_seoul(rig, 96.0, last_night=96.5)
    in_new_york(rig, 100.0, seoul=96.0)
    in_new_york(rig, 96.0, seoul=96.0)
    assert told(rig) == [("layer:memory:down", set(SEOUL), 3), ("layer:memory:down", set(NEW_YORK), 3)]


def test_that_a_fall_of_many_layers_in_new_york_pops_up_though_many_fell_in_asia(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,), now=SEOUL_OPENS - timedelta(hours=1))
    asia = ("000660.KS", "035420.KS", "298040.KS")
    america = ("MU", "NVDA", "VST", "DELL")
    in_seoul(rig, 100.0, asia)
    in_seoul(rig, 95.0, asia)
    in_new_york(rig, 100.0, america)
    in_new_york(rig, 96.0, america)
    group = "list:ai-ecosystem:down"
    assert [(a.group, a.severity) for a in popups(rig)] == [(group, Severity.NOTICE)] * 2
    assert popups(rig)[1].message.startswith("AI ecosystem: 4 of 5 names down.")


def test_that_a_layer_is_judged_by_its_members_in_the_market_that_trades(tmp_path: Path) -> None:
    rig = judged(tmp_path, LAYER)
    in_seoul(rig, 100.0)
    in_seoul(rig, 100.2)
    in_new_york(rig, 100.0, seoul=100.2)
    assert popups(rig) == []
    in_new_york(rig, 96.0, seoul=100.2)
    assert told(rig) == [("layer:memory:down", set(NEW_YORK), 3)]


def test_that_a_price_that_stopped_coming_by_day_does_not_keep_new_york_open_in_seouls_morning(
    tmp_path: Path,
) -> None:
    rig = judged(tmp_path, LAYER)
    rig.market.set("QQQ", 100.0)
    rig.refresh()
    rig.clock.time = SEOUL_OPENS + timedelta(days=1)
    rig.market.set("^KS11", 100.0, currency="KRW")
    rig.market.set("QQQ", 100.0, as_of=TUESDAY + timedelta(hours=5), **CLOSED)
    for symbol in NEW_YORK[1:]:
        rig.market.set(symbol, 95.0, as_of=TUESDAY + timedelta(hours=5), **CLOSED)
    rig.market.set(NEW_YORK[0], 95.0, as_of=TUESDAY + timedelta(hours=4), state=QuoteState.STALE)
    for symbol in SEOUL[:2]:
        rig.market.set(symbol, 100.1, currency="KRW")
    rig.refresh()
    rig.wait_for_group()
    assert rig.engine.rollups.current["memory"].move_pct == pytest.approx(0.1)
    assert rig.store.alerts.load() == ()


def test_that_rules_about_a_layer_go_on_when_a_pushed_price_of_one_in_it_looks_like_a_split(
    tmp_path: Path,
) -> None:
    """Layers are added up twice a second: the one before still has it."""
    rig = judged(tmp_path, LAYER)
    in_new_york(rig, 100.0)
    for symbol, price in (("MU", 100.1), ("SNDK", 50.0), ("SNDK", 50.0)):
        rig.clock.advance(seconds=0.1)
        rig.engine.take_ticks([Tick(symbol, price, rig.clock.now(), Session.REGULAR)])
    assert rig.engine.market.quotes["SNDK"].state is QuoteState.WITHHELD
    rig.engine.tick()
    assert popups(rig) == []


def test_that_a_layer_that_stood_while_its_market_fell_is_not_told_by_the_one_price_that_rose(
    tmp_path: Path,
) -> None:
    rig = judged(tmp_path, LAYER)
    in_new_york(rig, 100.0, seoul=100.0)
    rig.clock.advance(minutes=1)
    for symbol, price in zip(("QQQ", *NEW_YORK), (95.0, 100.3, 99.8, 100.0), strict=True):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    (popup,) = popups(rig)
    assert popup.message.startswith(
        "Memory & HBM: 3 of 3 names up vs market. 3 are beyond their usual range."
    )


def test_that_what_new_york_did_in_the_night_is_no_part_of_a_layers_morning_in_seoul(tmp_path: Path) -> None:
    rig = judged(tmp_path, LAYER)
    in_seoul(rig, 100.0, last_night=96.0)
    in_seoul(rig, 96.0, SEOUL[:1], last_night=96.0)
    assert popups(rig) == []
    in_seoul(rig, 96.0, last_night=96.0)
    assert told(rig) == [("layer:memory:down", set(SEOUL), 3)]


def test_that_a_layer_may_move_as_a_whole_in_seoul_and_in_new_york_of_one_date(tmp_path: Path) -> None:
    rig = judged(tmp_path, LAYER)
    in_seoul(rig, 100.0)
    in_seoul(rig, 96.0)
    in_new_york(rig, 100.0)
    in_new_york(rig, 104.0)
    in_new_york(rig, 104.5)
    assert told(rig) == [("layer:memory:down", set(SEOUL), 3), ("layer:memory:up", set(NEW_YORK), 3)]


def test_that_a_share_in_new_york_is_not_silent_for_what_its_layer_did_in_seoul(tmp_path: Path) -> None:
    rig = judged(tmp_path, LAYER, replace(ANY_FALL, id="each"))
    in_seoul(rig, 100.0)
    in_seoul(rig, 96.0, last_night=97.5)
    in_new_york(rig, 100.0)
    in_new_york(rig, 96.5, NEW_YORK[:1])
    assert [(a.group, a.subject) for a in popups(rig)[1:]] == [("layer:memory:down", "MU")]


def test_that_a_basket_fell_where_its_names_fell_in_the_market_it_is_measured_in(tmp_path: Path) -> None:
    """One of two in Seoul falls; that all of New York's fell in the night before is no news."""
    shock = replace(LAYER, kind=RuleKind.ENTITY_SHOCK, subject_kind=SubjectKind.PRIVATE, threshold=1.0)
    rig = build_rig(tmp_path, (shock,), now=SEOUL_OPENS - timedelta(hours=1))
    linked = rig.engine.rollups.members("stargate", TUESDAY.date())
    seoul = tuple(symbol for symbol in linked if symbol.endswith(".KS"))
    for symbol in (s for s in linked if "." not in s):
        rig.market.set(symbol, 96.0, as_of=MONDAY_NIGHT, **CLOSED)
    in_seoul(rig, 100.0, seoul, last_night=96.0)
    rig.market.report("SoftBank and OpenAI's $500bn Stargate is slow to start", minutes_ago=5)
    in_seoul(rig, 96.0, seoul[:1], last_night=96.0)
    assert popups(rig) == []
    in_seoul(rig, 96.0, seoul, last_night=96.0)
    assert [(a.subject, {m.symbol for m in a.members}) for a in popups(rig)] == [("stargate", set(seoul))]


@pytest.mark.parametrize("state", [QuoteState.HALTED, QuoteState.CLOSED])
def test_that_a_name_that_did_not_trade_today_is_in_no_popup_of_those_that_did(
    tmp_path: Path, state: QuoteState
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    friday = datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
    rig.market.set("WDC", 93.0, as_of=friday, session=Session.CLOSED, state=state)
    for price in (100.0, 96.0):
        rig.clock.advance(minutes=1)
        for symbol in ("MU", "SNDK"):
            rig.market.set(symbol, price)
        rig.refresh()
    rig.wait_for_group()
    assert told(rig) == [("layer:memory:down", {"MU", "SNDK"}, 2)]


def test_that_news_told_of_names_in_seoul_and_in_new_york_is_one_popup(tmp_path: Path) -> None:
    story = replace(
        LAYER, kind=RuleKind.STORY, subject_kind=SubjectKind.WATCHLIST, about="openai", threshold=1.0
    )
    rig = build_rig(tmp_path, (story,))
    rig.market.set("NVDA", 100.0)
    hear_of_openai(rig)
    assert len(rig.store.alerts.load()) > len(rig.engine.parts.watchlist.symbols)
    assert [a.group for a in popups(rig)] == ["cause:openai"]


def test_that_a_story_of_a_saturday_is_told_without_what_fridays_prices_did(tmp_path: Path) -> None:
    saturday = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
    rig = build_rig(tmp_path, (OPENAI_STORY,), now=saturday)
    for symbol in ("ORCL", "MSFT", "NVDA"):
        rig.market.set(symbol, 97.0, as_of=datetime(2026, 3, 13, 20, 0, tzinfo=UTC), **CLOSED)
    hear_of_openai(rig)
    (popup,) = popups(rig)
    assert popup.message.startswith("OpenAI: new story, funding.")
    assert popup.own_move is None


@pytest.mark.parametrize("weekend", [0, 1])
def test_that_a_story_of_asias_morning_is_told_with_what_trades_there(tmp_path: Path, weekend: int) -> None:
    """It is the evening before in New York, or Sunday."""
    opens = SEOUL_OPENS - timedelta(days=weekend)
    rig = build_rig(tmp_path, (OPENAI_STORY,), now=opens + timedelta(minutes=30))
    rig.market.set("9984.T", 97.0, currency="JPY")
    for symbol in ("ORCL", "NVDA"):
        rig.market.set(symbol, 103.0, as_of=MONDAY_NIGHT - timedelta(days=3 * weekend), **CLOSED)
    hear_of_openai(rig)
    (popup,) = popups(rig)
    assert popup.session_key == ("2026-03-08" if weekend else "2026-03-09")
    assert {m.symbol for m in popup.members} == ({"9984.T"} if weekend else {"9984.T", "ORCL", "NVDA"})


def test_that_news_of_a_fall_in_seoul_is_told_on_it_while_the_layer_rises_in_new_york(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,), now=SEOUL_OPENS - timedelta(hours=1))
    in_seoul(rig, 100.0)
    rig.clock.advance(hours=5)
    in_seoul(rig, 96.0)
    (popup,) = popups(rig)
    assert popup.own_move is not None
    in_new_york(rig, 102.0, seoul=96.0)
    rig.market.report("SK hynix halts HBM plant after fire", minutes_ago=15 * 60)
    rig.refresh()
    told = next(alert for alert in rig.engine.delivery.alerts if alert.id == popup.id)
    assert told.match is not None
    assert told.match.story.lead.title == "SK hynix halts HBM plant after fire"
