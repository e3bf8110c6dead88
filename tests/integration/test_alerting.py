"""Rules on a running engine: what fires, once, with the reason - and what must not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import AlertState, SnoozeScope
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import (
    AlertRaised,
    AlertUpdated,
    ArmedChanged,
    ArmedRowsChanged,
    Event,
    StoriesChanged,
)
from stackwatch.domain.market import TradingSession
from stackwatch.domain.move import Verdict
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SessionScope, Severity, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.said_words import said_lines
from stackwatch.engine.alerts.armed_rules import ArmedRules

STARGATE = "SoftBank and OpenAI's $500bn Stargate is slow to start"


def percent_rule(**changes: object) -> Rule:
    values: dict[str, object] = {
        "id": "drop",
        "name_en": "Drop",
        "name_ko": "하락",
        "kind": RuleKind.PERCENT_MOVE,
        "subject_kind": SubjectKind.SYMBOL,
        "subject": "NVDA",
        "direction": Direction.DOWN,
        "threshold": 3.0,
    }
    return Rule(**(values | changes))  # type: ignore[arg-type]


def quiet_start(rig: Rig, *symbols: str) -> None:
    """Evaluate once with nothing happening, so that later fires are news."""
    for symbol in symbols:
        rig.market.set(symbol, 100.0)
    rig.refresh()
    rig.clock.advance(minutes=1)


def test_that_a_fall_past_the_threshold_raises_one_alert_with_a_popup(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    for price in (96.9, 96.8, 96.7):
        rig.market.set("NVDA", price)
        rig.refresh()
        rig.clock.advance(minutes=1)
    (raised,) = rig.raised()
    assert raised.popup
    assert raised.alert.value == pytest.approx(-3.1)


def test_that_a_fall_of_exactly_the_threshold_raises_an_alert(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(threshold=10.0),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 90.0)
    rig.refresh()
    assert len(rig.raised()) == 1


def test_that_a_popup_says_as_the_card_how_likely_its_reason_is_coincidence(tmp_path: Path) -> None:
    """It told the chance of its story alone, the card that of all that speaks for it: 1 in 2, and 1 in 11."""
    tied = percent_rule(kind=RuleKind.TIED_MOVE)
    for rule in (percent_rule(), tied):
        rig = build_rig(tmp_path / rule.kind, (rule,))
        rig.market.history = {"NVDA": history(TUESDAY, seed=1), "QQQ": history(TUESDAY, seed=0)}
        rig.runtime.bars.fetch_all(rig.engine)
        quiet_start(rig, "NVDA", "QQQ")
        rig.market.report("Nvidia loses a large order from Chinese customers", minutes_ago=90)
        rig.market.report(
            "Regulators open an antitrust probe into Nvidia", minutes_ago=80, publisher="Reuters"
        )
        rig.refresh()
        rig.market.set("NVDA", 90.0)
        rig.refresh()
        (raised,) = rig.raised()
        explanation = rig.engine.explain("NVDA")
        assert explanation is not None
        assert explanation.told is not None
        assert raised.alert.match is not None
        assert raised.alert.match.story == explanation.told.story
        assert explanation.coincidence not in (None, explanation.told.coincidence)
        assert raised.alert.match.coincidence == explanation.coincidence


def test_that_an_alert_is_on_disk_before_it_is_told(tmp_path: Path) -> None:
    stored: list[int] = []

    def heard(event: Event) -> None:
        if isinstance(event, AlertRaised):
            stored.append(len(rig.store.alerts.load()))

    rig = build_rig(tmp_path, (percent_rule(),))
    rig.heard.append(heard)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert stored == [1]


def test_that_an_alert_does_not_wait_until_what_was_said_of_the_move_is_kept(tmp_path: Path) -> None:
    kept: list[int] = []

    def heard(event: Event) -> None:
        if isinstance(event, AlertRaised):
            kept.append(len(rig.store.knowledge.load_said("NVDA", event.alert.fired_at.date())))

    rig = build_rig(tmp_path, (percent_rule(),))
    rig.heard.append(heard)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert kept == [0]
    (raised,) = rig.raised()
    assert rig.store.knowledge.load_said("NVDA", raised.alert.fired_at.date())


def test_that_a_threshold_already_passed_at_the_start_is_recorded_without_a_popup(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (raised,) = rig.raised()
    assert not raised.popup
    assert raised.alert.suppressed_by == "already true when first seen"
    assert rig.store.alerts.load() == (raised.alert,)


def test_that_an_alert_has_the_time_of_its_state_however_fast_the_clock_runs(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    rig.market.set("NVDA", 95.0)
    rig.clock.pace = timedelta(seconds=5)  # a replay at full speed
    rig.refresh()
    (raised,), (state,) = rig.raised(), rig.engine.alerting.states
    assert raised.alert.fired_at == state.fired_at
    (row,) = rig.engine.armed_rules.rows().rows
    assert (row.standing, row.since) == (RuleStanding.TRUE, state.fired_at)


def test_that_the_table_of_rules_is_told_twice_a_second_at_most_while_somebody_looks(tmp_path: Path) -> None:
    engine, told, seconds = build_rig(tmp_path, (percent_rule(),)).engine, list[Event](), [7.0]
    table = ArmedRules(
        engine.alerting, engine.delivery, engine.parts.clock, told.append, monotonic=lambda: seconds[0]
    )
    table.tell(at_once=True)
    assert told == []
    table.shown = True
    table.tell()
    table.tell()
    assert len(told) == 1
    table.tell(at_once=True)
    assert len(told) == 2
    seconds[0] += 0.5
    table.tell()
    assert len(told) == 3


def test_that_the_table_of_rules_follows_the_prices_while_somebody_looks(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    assert rig.of(ArmedRowsChanged) == []
    rig.engine.armed_rules.shown = True
    rig.market.set("NVDA", 98.5)
    rig.refresh()
    told = rig.of(ArmedRowsChanged)[-1]
    assert isinstance(told, ArmedRowsChanged)
    assert [row.value for row in told.rows] == [pytest.approx(-1.5)]


@pytest.mark.parametrize("state", [QuoteState.HALTED, QuoteState.WITHHELD, QuoteState.UNKNOWN])
def test_that_a_quote_that_cannot_be_trusted_never_fires_a_rule(tmp_path: Path, state: QuoteState) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 90.0, state=state)
    rig.refresh()
    assert rig.raised() == []


@pytest.mark.parametrize("session", [Session.PRE, Session.POST, Session.CLOSED])
def test_that_a_regular_rule_waits_outside_regular_hours(tmp_path: Path, session: Session) -> None:
    rig = build_rig(tmp_path, (percent_rule(sessions=SessionScope.REGULAR),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 90.0, session=session)
    rig.refresh()
    assert rig.raised() == []


def test_that_a_quote_that_stopped_coming_turns_stale_and_keeps_its_price(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.clock.advance(minutes=5)
    rig.engine.tick()
    quote = rig.engine.market.quotes["NVDA"]
    assert quote.state is QuoteState.STALE
    assert quote.price == 100.0
    assert rig.engine.rollups.current["accelerators"].stale  # no current price stands behind its average
    rig.market.set("NVDA", 101.0)
    rig.refresh()
    assert not rig.engine.rollups.current["accelerators"].stale


def test_that_a_tied_rule_waits_for_its_story_and_then_names_it_and_the_path(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    assert [r.alert.rule_id for r in rig.raised()] == []
    rig.market.report(STARGATE)
    rig.refresh()
    (raised,) = rig.raised()
    assert raised.alert.rule_id == "nvidia-falls-with-news"
    assert raised.alert.match is not None
    assert raised.alert.match.path == ("stargate", "NVDA")
    assert raised.alert.group == "cause:stargate"
    assert "Stargate" in raised.alert.message
    assert "WSJ" in raised.alert.message


def test_that_a_reason_at_the_edge_does_not_come_and_go_with_every_price_until_the_close(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE)
    for price, session, verdict in (
        (99.55, Session.REGULAR, Verdict.UNEXPLAINED),  # SAR -0.46
        (99.45, Session.REGULAR, Verdict.NEWS),  # -0.56
        (99.55, Session.REGULAR, Verdict.NEWS),
        (99.75, Session.REGULAR, Verdict.UNEXPLAINED),  # -0.25
        (99.55, Session.REGULAR, Verdict.UNEXPLAINED),
        (99.45, Session.REGULAR, Verdict.NEWS),
        (99.55, Session.REGULAR, Verdict.NEWS),
        (99.55, Session.POST, Verdict.UNEXPLAINED),  # as it is told of a past day
    ):
        rig.clock.advance(minutes=1)
        rig.market.set("NVDA", price, session=session)
        rig.refresh()
        assert verdict_on(rig, "NVDA") is verdict, (price, session)


def test_that_a_market_at_the_edge_is_no_reason_any_more_once_the_session_closed_at_the_same_price(
    tmp_path: Path,
) -> None:
    """What had been told stood until the next price, or a restart; of the past day it was unexplained."""
    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3, sd=0.02), "QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "NVDA", "QQQ")
    for price, session, verdict in (
        (97.4, Session.REGULAR, Verdict.MARKET_WIDE),  # 71 % of it is the market's
        (97.2, Session.REGULAR, Verdict.MARKET_WIDE),  # 66 %
        (97.2, Session.CLOSED, Verdict.UNEXPLAINED),
    ):
        rig.clock.advance(minutes=1)
        rig.market.set("QQQ", 98.0, session=session)
        rig.market.set("NVDA", price, session=session)
        rig.refresh()
        assert verdict_on(rig, "NVDA") is verdict, (price, session)


@pytest.mark.parametrize("told", [True, False])
def test_that_a_reason_that_was_told_stands_over_a_restart_within_its_session(
    tmp_path: Path, *, told: bool
) -> None:
    def at(rig: Rig, price: float) -> Verdict:
        rig.clock.advance(minutes=1)
        for symbol, each in (("QQQ", 100.0), ("NVDA", price)):
            rig.market.set(symbol, each)
        rig.refresh()
        return verdict_on(rig, "NVDA")

    rig = build_rig(tmp_path)
    rig.market.history = {"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE)
    if told:
        rig.engine.explanation_service.select("NVDA")
    assert (at(rig, 99.45), at(rig, 99.55)) == (Verdict.NEWS, Verdict.NEWS)  # SAR -0.56, -0.46
    again = build_rig(tmp_path, now=rig.clock.now(), store=rig.store)
    assert at(again, 99.55) is (Verdict.NEWS if told else Verdict.UNEXPLAINED)
    if told:
        again.engine.explanation_service.select("NVDA")
    assert (at(again, 99.75), at(again, 99.55)) == (Verdict.UNEXPLAINED, Verdict.UNEXPLAINED)  # -0.25
    rig.clock.advance(days=1)  # another session begins anew
    tomorrow = build_rig(tmp_path, now=rig.clock.now(), store=rig.store)
    assert at(tomorrow, 99.55) is Verdict.UNEXPLAINED


def test_that_good_news_is_never_given_as_the_reason_of_a_fall(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report("OpenAI and Oracle add 4.5 GW to Stargate, win record order for Nvidia chips")
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    assert rig.raised() == []
    explanation = rig.engine.explain("NVDA")
    assert explanation is not None
    assert explanation.cause is None
    assert explanation.opposing is not None


def test_that_a_private_project_in_the_news_and_its_falling_names_are_one_popup(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    names = ("NVDA", "ORCL", "ARM", "MSFT")
    quiet_start(rig, "QQQ", *names)
    rig.market.report(STARGATE)
    for symbol in names:
        rig.market.set(symbol, 97.0)
    rig.refresh()
    raised = rig.raised()
    popups = [r.alert for r in raised if r.popup]
    assert [alert.subject for alert in popups] == ["stargate"]
    assert {member.symbol for member in popups[0].members} == set(names)
    others = [r.alert for r in raised if not r.popup]
    assert [(a.subject, a.suppressed_by) for a in others] == [("NVDA", "shown with its cause")]


def test_that_a_price_level_already_crossed_is_silent_until_it_was_on_the_other_side(tmp_path: Path) -> None:
    rule = percent_rule(
        kind=RuleKind.PRICE_LEVEL, threshold=98.0, cooldown_minutes=0, frequency=Frequency.EVERY_REARM
    )
    rig = build_rig(tmp_path, (rule,))
    for price, fires in ((97.0, 0), (96.0, 0), (99.5, 0), (97.9, 1), (97.0, 1)):
        rig.market.set("NVDA", price)
        rig.refresh()
        rig.clock.advance(minutes=1)
        assert len(rig.raised()) == fires, price


def test_that_an_abnormal_move_counts_what_the_market_does_not_explain(tmp_path: Path) -> None:
    rule = percent_rule(kind=RuleKind.ABNORMAL_MOVE, threshold=2.5, direction=Direction.EITHER)
    rig = build_rig(tmp_path, (rule,))
    rig.market.history = {"NVDA": history(TUESDAY, seed=3), "QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 96.0)
    rig.market.set("QQQ", 96.0)
    rig.refresh()
    assert rig.raised() == []
    rig.clock.advance(minutes=1)
    rig.market.set("QQQ", 100.0)
    rig.market.set("NVDA", 95.9)
    rig.refresh()
    (raised,) = rig.raised()
    assert raised.alert.sar is not None
    assert raised.alert.sar < -2.5
    assert raised.alert.severity >= Severity.ALERT


def quiet_layer(rig: Rig) -> tuple[str, ...]:
    """Return the names of a layer with history on a day on which nothing has moved."""
    layer = next(layer for layer in rig.engine.parts.watchlist.layers if layer.id == "asic_network")
    rig.market.history = {s: history(TUESDAY, seed=n, sd=0.008) for n, s in enumerate(layer.symbols, 2)}
    rig.market.history["QQQ"] = history(TUESDAY, seed=0)
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "QQQ", *layer.symbols)
    return layer.symbols


def test_that_a_member_that_follows_its_layer_later_is_muted_though_it_has_news(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    *first, late = quiet_layer(rig)
    for symbol in first:
        rig.market.set(symbol, 97.5)
    rig.refresh()
    rig.wait_for_group()
    (popup,) = [r.alert for r in rig.raised() if r.popup]
    assert (popup.subject, {m.symbol for m in popup.members}) == ("asic_network", set(first))
    rig.clock.advance(minutes=5)
    name = rig.engine.parts.ecosystem.names_of(late).en
    rig.market.report(f"{name} cuts its revenue outlook as orders fall", minutes_ago=2)
    for symbol, price in ((late, 97.7), ("QQQ", 100.0), *((s, 97.5) for s in first)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    (told,) = [r.alert for r in rig.raised() if r.alert.subject == late]
    assert told.severity is Severity.NOTICE
    assert told.suppressed_by == "part of a layer-wide move"


def test_that_a_whole_layer_moving_fires_once_and_mutes_its_members(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    us_names = quiet_layer(rig)
    assert rig.engine.rollups.moving_as_one() == {}
    for symbol in us_names:
        rig.market.set(symbol, 97.7)
    rig.refresh()
    assert rig.engine.rollups.moving_as_one().keys() == set(us_names)
    rig.wait_for_group()
    layers = [r for r in rig.raised() if r.alert.subject == "asic_network"]
    assert [r.popup for r in layers] == [True]
    notices = [r for r in rig.raised() if r.alert.subject in us_names and r.alert.severity is Severity.NOTICE]
    assert notices
    assert {r.alert.suppressed_by for r in notices} == {"part of a layer-wide move"}


def test_that_the_popup_of_a_layer_names_no_report_that_no_move_in_it_is_tied_to(tmp_path: Path) -> None:
    """Of a name in the news every day: "tied to the Broadcom report", a coincidence 2 times in 3."""
    rig = build_rig(tmp_path)
    for n in range(1, 41):
        title = f"Broadcom faces lawsuit number {n} over patents in county {n * 7}"
        rig.market.report(title, minutes_ago=n * 24 * 60, key=f"suit{n}")
    names = quiet_layer(rig)
    rig.market.report("Broadcom sued by former workers over pay in Ohio", minutes_ago=200, key="sued")
    rig.refresh()
    for symbol in names:
        rig.market.set(symbol, 97.5)
    rig.refresh()
    rig.wait_for_group()
    explanation = rig.engine.explain("AVGO")
    assert explanation is not None
    assert [m.story.lead.id for m in explanation.matches] == ["sued"]
    assert explanation.cause is None
    popup = next(r.alert for r in rig.raised() if r.popup and r.alert.subject == "asic_network")
    assert (popup.match, popup.verdict) == (None, Verdict.LAYER_WIDE)
    assert popup.message.endswith("No clear news found.")


def test_that_a_member_that_goes_far_beyond_its_layer_is_not_explained_by_it(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    *others, wild = quiet_layer(rig)
    for symbol in others:
        rig.market.set(symbol, 102.5)
    rig.market.set(wild, 120.0)
    rig.refresh()
    assert rig.engine.rollups.moving_as_one().keys() == {*others, wild}
    assert {verdict_on(rig, symbol) for symbol in others[:3]} == {Verdict.LAYER_WIDE}
    assert verdict_on(rig, wild) is Verdict.UNEXPLAINED


def test_that_a_share_that_fell_did_not_move_as_its_layer_that_rose(tmp_path: Path) -> None:
    """It fell less than its market asked: the card said that its layer moved the same way."""
    rig = build_rig(tmp_path)
    *others, fell = quiet_layer(rig)
    rig.market.set("QQQ", 96.0)
    for symbol in others:
        rig.market.set(symbol, 102.5)
    rig.market.set(fell, 99.7)
    rig.refresh()
    assert rig.engine.rollups.moving_as_one().keys() == {*others, fell}
    moved = rig.engine.market.moves[fell]
    assert moved.move_pct < 0 < (moved.abnormal_pct or 0.0)
    assert verdict_on(rig, fell) is Verdict.UNEXPLAINED


def verdict_on(rig: Rig, symbol: str) -> Verdict:
    explanation = rig.engine.explain(symbol)
    assert explanation is not None
    return explanation.verdict


def test_that_a_restart_neither_repeats_nor_forgets_an_alert(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    rig.store.close()
    again = build_rig(tmp_path, (percent_rule(),), rig.clock.now())
    again.market.set("NVDA", 94.9)
    again.refresh()
    assert again.raised() == []
    assert [alert.subject for alert in again.engine.delivery.alerts] == ["NVDA"]


def test_that_a_rule_that_is_taken_out_and_put_back_says_nothing_twice(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert len(rig.raised()) == 1
    rig.engine.alerts.use([])
    rig.refresh()
    rig.engine.alerts.use([percent_rule()])
    rig.refresh()
    assert len(rig.raised()) == 1
    rig.engine.alerts.use([percent_rule(version=2)])
    rig.refresh()
    assert len(rig.raised()) == 2  # another version begins anew, and says that it was true already


def test_that_a_snoozed_cause_stays_silent_and_is_still_recorded(tmp_path: Path) -> None:
    rule = percent_rule(escalate_step=1.0)
    rig = build_rig(tmp_path, (rule,))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 96.5)
    rig.refresh()
    (first,) = rig.raised()
    rig.runtime.snooze(first.alert.id, rig.clock.now().replace(hour=20))
    rig.clock.advance(minutes=5)
    rig.market.set("NVDA", 94.0)
    rig.refresh()
    second = rig.raised()[1]
    assert not second.popup
    assert second.alert.suppressed_by == "snoozed"
    assert len(rig.store.alerts.load()) == 2


def test_that_an_alert_is_new_again_when_its_snooze_is_over(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (raised,) = rig.raised()
    rig.runtime.snooze(raised.alert.id, rig.clock.now() + timedelta(hours=1))
    rig.clock.advance(minutes=59)
    rig.engine.tick()
    rig.runtime.mark_new(raised.alert.id)  # takes back that it was seen, which it was not
    assert rig.store.alerts.load()[0].state is AlertState.SNOOZED
    rig.clock.advance(minutes=1)
    rig.engine.tick()
    assert rig.store.alerts.load()[0].state is AlertState.NEW


@pytest.mark.parametrize("scope", [SnoozeScope.NAME, SnoozeScope.RULE])
def test_that_an_alert_that_silenced_a_name_or_a_rule_is_seen_when_that_is_over(
    tmp_path: Path, scope: SnoozeScope
) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (raised,) = rig.raised()
    rig.runtime.snooze(raised.alert.id, rig.clock.now() + timedelta(hours=1), scope, "NVDA")
    rig.clock.advance(minutes=61)
    rig.engine.tick()
    assert rig.store.alerts.load()[0].state is AlertState.SEEN


def test_that_marking_seen_and_shown_is_kept(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (raised,) = rig.raised()
    rig.runtime.note_shown(raised.alert.id)
    rig.runtime.mark_seen(raised.alert.id)
    (stored,) = rig.store.alerts.load()
    assert stored.shown_at == rig.clock.now()
    assert stored.state.value == "seen"
    assert len(rig.of(AlertUpdated)) == 2


def test_that_a_story_that_comes_later_is_added_to_an_unexplained_alert(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert rig.raised()[0].alert.match is None
    rig.market.report(STARGATE, minutes_ago=1)
    rig.refresh()
    (update,) = rig.of(AlertUpdated)
    assert isinstance(update, AlertUpdated)
    assert update.alert.match is not None
    assert "Stargate" in rig.store.alerts.load()[0].message


def test_that_a_seen_alert_without_a_story_is_given_the_one_that_comes_later(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    rig.runtime.mark_seen(rig.raised()[0].alert.id)
    rig.market.report(STARGATE, minutes_ago=1)
    rig.refresh()
    (alert,) = rig.engine.delivery.alerts
    assert alert.state is AlertState.SEEN
    assert alert.match is not None
    rig.market.report("Nvidia loses a large order from OpenAI", minutes_ago=1)
    rig.refresh()
    assert rig.engine.delivery.alerts == (alert,), "what was read is not changed for a better one"


def test_that_an_alert_names_the_late_news_of_its_share_which_is_no_reason(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    rig.market.history = {"NVDA": history(TUESDAY, seed=1), "QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    assert "No clear news found" in rig.store.alerts.load()[0].message
    rig.clock.advance(hours=3)
    rig.market.report("Nvidia loses a large order from OpenAI", minutes_ago=1, publisher="Reuters")
    rig.refresh()
    (alert,) = rig.store.alerts.load()
    assert alert.match is None
    assert alert.untied is not None
    assert "No clear news found. Read, not tied to it: Nvidia loses a large order" in alert.message
    rig.runtime.change_settings(Settings(blocked_sources=("Reuters",)))
    assert rig.store.alerts.load()[0].untied is None


def test_that_alerts_name_a_story_again_whose_publisher_was_blocked_for_a_moment(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE, key="report")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (alert,) = rig.engine.delivery.alerts
    assert alert.match is not None
    rig.runtime.mark_seen(alert.id)
    before = rig.store.alerts.load()
    rig.runtime.change_settings(Settings(blocked_sources=("WSJ",)))
    assert rig.engine.delivery.alerts[0].match is None
    rig.runtime.change_settings(Settings())
    assert rig.store.alerts.load() == before
    told = rig.of(AlertUpdated)[-1]
    assert isinstance(told, AlertUpdated)
    assert told.alert.match is not None
    assert told.alert.match.story.id == "report"


def test_that_a_publisher_who_is_allowed_again_brings_back_no_story_that_had_left_the_list(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    rig.market.report(STARGATE, key="old")
    rig.refresh()
    rig.clock.advance(days=31)
    rig.market.report("Nvidia loses a large order from OpenAI", key="new")
    rig.refresh()
    assert [story.id for story in rig.engine.newsroom.stories] == ["new"]
    rig.runtime.change_settings(Settings(blocked_sources=("WSJ",)))
    rig.runtime.change_settings(Settings())
    back = rig.of(StoriesChanged)[-1]
    assert isinstance(back, StoriesChanged)
    assert [story.id for story in back.stories] == ["new"]


def test_that_a_better_story_takes_the_place_of_the_one_an_alert_has_and_a_weaker_one_does_not(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE, minutes_ago=1, publisher="Somebody's blog")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    first = rig.store.alerts.load()[0].match
    rig.market.report("Nvidia loses a large order from OpenAI", minutes_ago=1)
    rig.refresh()
    second = rig.store.alerts.load()[0].match
    rig.market.report("Nvidia delays a shipment to CoreWeave", minutes_ago=1, publisher="Somebody's blog")
    rig.refresh()
    assert first is not None
    assert second is not None
    assert second.score > first.score
    assert rig.store.alerts.load()[0].match == second


def test_that_a_report_in_another_language_that_came_behind_takes_no_place_of_the_one_that_moved_it(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE, minutes_ago=8)
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    rig.clock.advance(minutes=5)
    rig.market.report("오픈AI·소프트뱅크 스타게이트, 출발 더뎌", minutes_ago=1, publisher="연합뉴스")
    rig.refresh()
    explanation = rig.engine.explainer.explain("NVDA")
    assert explanation is not None
    assert explanation.reason is not None
    assert explanation.reason.story.lead.publisher == "연합뉴스", "it came as the share began to move"
    (alert,) = rig.store.alerts.load()
    assert alert.match is not None
    assert alert.match.story.lead.title == STARGATE
    assert "연합뉴스" not in alert.message


def test_that_a_rule_about_a_tied_move_and_what_points_the_other_way_are_of_whoever_told_it_first(
    tmp_path: Path,
) -> None:
    tied = percent_rule(kind=RuleKind.TIED_MOVE)
    rig = build_rig(tmp_path, (tied,))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE, minutes_ago=8)
    rig.market.report("OpenAI and Oracle add 4.5 gigawatts to Stargate", minutes_ago=60)
    rig.market.set("NVDA", 98.5)
    rig.refresh()
    rig.clock.advance(minutes=5)
    for title in ("오픈AI·소프트뱅크 스타게이트, 출발 더뎌", "오픈AI·오라클, 스타게이트 4.5GW 증설"):
        rig.market.report(title, minutes_ago=1, publisher="연합뉴스")
    rig.refresh()
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (alert,) = rig.store.alerts.load()
    assert alert.match is not None
    assert alert.opposing is not None
    told = [each.story.lead.publisher for each in (alert.match, alert.opposing)]
    assert told == ["WSJ", "WSJ"]


def test_that_what_points_the_other_way_stays_beside_the_reason_that_an_alert_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, (percent_rule(),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(STARGATE, minutes_ago=1)
    rig.market.report("OpenAI and Oracle add 4.5 gigawatts to Stargate", minutes_ago=200, publisher="blog")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    (before,) = rig.engine.delivery.alerts
    assert before.match is not None
    assert before.opposing is not None
    builder = rig.engine.delivery._builder
    untied = {"match": None, "opposing": None}  # what came since made the match chance
    monkeypatch.setattr(builder, "told", lambda alert, _match: replace(alert, **untied))
    rig.engine.delivery.refresh()
    (after,) = rig.engine.delivery.alerts
    assert (after.match, after.opposing) == (before.match, before.opposing)


def test_that_an_alert_takes_no_story_that_comes_after_its_share_has_turned(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(direction=Direction.EITHER),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 105.0)
    rig.refresh()
    rig.clock.advance(minutes=10)
    rig.market.set("NVDA", 94.0)
    rig.refresh()
    rig.market.report("Nvidia loses a large order from OpenAI", minutes_ago=1)
    rig.refresh()
    (alert,) = rig.engine.delivery.alerts
    assert (alert.move_pct, alert.match) == (5.0, None)
    rig.market.set("NVDA", 104.0)
    rig.refresh()
    rig.market.report("Nvidia wins a large order from Microsoft", minutes_ago=1)
    rig.refresh()
    (alert,) = rig.engine.delivery.alerts
    assert alert.match is not None


def test_that_rules_and_fires_are_told_as_bells(tmp_path: Path) -> None:
    armed = percent_rule(id="armed", subject="AMD")
    rig = build_rig(tmp_path, (percent_rule(), armed))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    last = rig.of(ArmedChanged)[-1]
    assert isinstance(last, ArmedChanged)
    assert last.armed == {"NVDA", "AMD"}
    assert last.fired == {"NVDA"}


def test_that_a_bell_is_empty_again_a_day_later_though_nothing_else_happens(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (percent_rule(expires=TUESDAY.date()),))
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.set("NVDA", 95.0)
    rig.refresh()
    rig.clock.advance(hours=25)
    rig.engine.tick()
    last = rig.of(ArmedChanged)[-1]
    assert isinstance(last, ArmedChanged)
    assert (last.armed, last.fired) == (set(), set()), "the alert is of yesterday, and the rule has ended"
    told = len(rig.of(ArmedChanged))
    rig.engine.tick()
    assert len(rig.of(ArmedChanged)) == told


def test_that_a_rule_that_fires_without_end_is_stopped_from_popping(tmp_path: Path) -> None:
    rule = percent_rule(
        subject_kind=SubjectKind.WATCHLIST, subject="*", cooldown_minutes=0, frequency=Frequency.EVERY_REARM
    )
    rig = build_rig(tmp_path, (rule,))
    quiet_start(rig, "NVDA", "VST")
    for price in (96.0, 99.0) * 16:
        rig.clock.advance(seconds=2)
        rig.market.set("NVDA", price)
        rig.refresh()
    rig.market.set("VST", 96.0)
    rig.refresh()
    (stopped,) = [a for a in rig.store.alerts.load() if a.subject == "VST"]
    assert stopped.suppressed_by == "rule fired 15 times in 3 minutes"
    rig.wait_for_group()
    assert [r.alert.subject for r in rig.raised() if r.popup] == ["NVDA"]


def test_that_a_rule_that_fires_once_for_each_of_many_names_is_not_stopped(tmp_path: Path) -> None:
    """At an open twenty names move within a minute; the largest move came last, and was never told."""
    rule = percent_rule(subject_kind=SubjectKind.WATCHLIST, subject="*", direction=Direction.EITHER)
    rig = build_rig(tmp_path, (rule,))
    pairs = [[s for s in layer.symbols if "." not in s][:2] for layer in rig.engine.parts.watchlist.layers]
    pairs = [pair for pair in pairs if len(pair) == 2][:10]
    quiet_start(rig, *(symbol for pair in pairs for symbol in pair))
    for falling, rising in pairs:
        rig.clock.advance(seconds=3)
        rig.market.set(falling, 92.0)
        rig.market.set(rising, 108.0)
        rig.refresh()
    rig.wait_for_group()
    assert {a.suppressed_by for a in rig.store.alerts.load()} == {"shown with its cause", None}
    popups = [r.alert for r in rig.raised() if r.popup]
    assert sorted(a.group for a in popups) == ["list:ai-ecosystem:down", "list:ai-ecosystem:up"]


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia shares fall after report that OpenAI's Stargate project is struggling",
        "Nvidia slides after WSJ says OpenAI's Stargate struggles",
        "엔비디아 2.5% 급락, 오픈AI 스타게이트 난항 보도",
    ],
)
def test_that_a_title_about_the_price_is_given_as_the_presss_reading_of_it(
    tmp_path: Path, title: str
) -> None:
    rig = build_rig(tmp_path)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report(title, minutes_ago=1)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    (raised,) = rig.raised()
    assert raised.alert.match is not None
    assert raised.alert.match.path[-1] == "NVDA"
    assert raised.alert.match.path[0] in ("stargate", "openai")
    assert "Press attributes the move" in raised.alert.message
    explanation = rig.engine.explain("NVDA")
    assert explanation is not None
    assert explanation.cause is None


def test_that_an_alert_quotes_what_the_press_puts_the_price_down_to(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    rig.engine.take_histories({n: history(rig.clock.now(), seed=i) for i, n in enumerate(("NVDA", "QQQ"))})
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report("Nvidia shares fall after guidance misses estimates", minutes_ago=1)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    (raised,) = rig.raised()
    assert "Press attributes the move to earnings news" in raised.alert.message
    explanation = rig.engine.explain("NVDA")
    assert explanation is not None
    assert explanation.cause is None
    said = rig.store.knowledge.load_said("NVDA", explanation.move.session_date)
    words = said_lines(said, rig.clock.now(), "UTC", rig.engine.parts.ecosystem, Language.ENGLISH)
    assert "the press named a reason (Nvidia shares fall after guidance misses estimates)" in words[-1]


def test_that_talk_about_the_price_alone_ties_nothing(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    quiet_start(rig, "NVDA", "QQQ")
    rig.market.report("Nvidia shares fall 3% in early trading", minutes_ago=1)
    rig.market.set("NVDA", 97.0)
    rig.refresh()
    assert rig.raised() == []


class Seoul:
    """Every exchange trades 9:00 to 15:30 Seoul time on every week day."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        del calendar
        days = (start + timedelta(days=n) for n in range((end - start).days + 1))
        hours = ((day, datetime.combine(day, time(0, 0), UTC)) for day in days if day.weekday() < 5)
        return tuple(TradingSession(day, at, at + timedelta(hours=6, minutes=30)) for day, at in hours)


@pytest.mark.parametrize(("last", "fires"), [(10, 0), (11, 1)])
def test_that_no_rule_fires_in_a_session_after_its_last_day_though_new_york_has_still_that_day(
    tmp_path: Path, last: int, fires: int
) -> None:
    rule = percent_rule(subject="005930.KS", expires=date(2026, 3, last))
    now = datetime(2026, 3, 11, 0, 30, tzinfo=UTC)  # 9:30 of the 11th in Seoul, the 10th in New York
    rig = build_rig(tmp_path, (rule,), now, calendars=Seoul())
    quiet_start(rig, "005930.KS")
    rig.market.set("005930.KS", 95.0)
    rig.refresh()
    assert len(rig.raised()) == fires
