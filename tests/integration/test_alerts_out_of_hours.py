"""Alerts of pre- and post-market: their own move since the close, their own reason, their own session."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.integration.test_rule_kinds import a_rule, see, with_history
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.commands.output import alert_json
from stackwatch.domain.alert import Alert
from stackwatch.domain.events import ExplanationChanged
from stackwatch.domain.move import Explanation
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Condition, Direction, Join, Rule, RuleKind, SessionScope, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.alert_words import alert_sentence, happened

CLOSE = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
LOST = "Nvidia loses big contract with Meta"
WON = "Nvidia wins record $50 billion order from Microsoft"


def any_hours(kind: RuleKind = RuleKind.PERCENT_MOVE, **changes: object) -> Rule:
    values: dict[str, object] = {"sessions": SessionScope.ANY, "direction": Direction.EITHER}
    return a_rule(kind, **(values | changes))


def fallen(folder: Path, *rules: Rule) -> Rig:
    """Let NVDA fall by 3.5 % on bad news in a session that closes, and be paid the same behind it."""
    rig = build_rig(folder, rules, TUESDAY)
    with_history(rig)
    rig.market.report(LOST, minutes_ago=300)
    see(rig, 100.0)
    see(rig, 96.5)
    rig.wait_for_group()
    rig.clock.advance(minutes=300)
    paid(rig, 96.5)
    return rig


def paid(rig: Rig, price: float, session: Session = Session.POST, **changes: Any) -> None:
    """Show what is paid for NVDA out of hours, a minute later."""
    now = rig.clock.now()
    see(rig, 96.5, previous=100.0, as_of=CLOSE, session=session, state=QuoteState.CLOSED,
        extended_price=price, extended_as_of=now, **changes)  # fmt: skip


def fallen_early(folder: Path) -> Rig:
    """Let NVDA fall on, by 6.7 % before the next open."""
    rig = fallen(folder, any_hours())
    rig.clock.advance(minutes=16 * 60)
    paid(rig, 90.0, Session.PRE)
    return rig


def told(rig: Rig) -> Explanation:
    event = rig.of(ExplanationChanged)[-1]
    assert isinstance(event, ExplanationChanged)
    return event.explanation


def newest(rig: Rig) -> Alert:
    return rig.store.alerts.load()[0]


@pytest.mark.parametrize("kind", [RuleKind.PERCENT_MOVE, RuleKind.TIED_MOVE])
def test_that_a_rise_after_the_close_is_no_matter_of_what_the_share_fell_for(
    tmp_path: Path, kind: RuleKind
) -> None:
    rig = fallen(tmp_path, any_hours(kind))
    rig.market.report(WON, minutes_ago=1)
    paid(rig, 103.0)
    before, after = reversed(rig.store.alerts.load())
    assert (before.hours, before.move_pct) == (Session.REGULAR, pytest.approx(-3.5))
    assert (after.hours, after.move_pct, after.sar) == (Session.POST, pytest.approx(6.7358), None)
    assert after.match is not None
    assert after.match.story.lead.title == WON
    assert after.opposing is None
    assert after.session_key == "2026-03-11"  # it is the next session's move that began
    ecosystem = rig.engine.parts.ecosystem
    assert alert_sentence(after, ecosystem, Language.ENGLISH) == (
        f"NVDA +6.74\u202f% post-market. Tied to the NVIDIA report: {WON} (WSJ, 16:02 ET)."
    )
    assert happened(after, ecosystem, Language.KOREAN) == "엔비디아, 애프터마켓"
    assert [alert_json(each)["session"] for each in (before, after)] == ["regular", "post"]


def test_that_a_fall_before_the_open_is_told_without_news_where_only_old_news_is_there(
    tmp_path: Path,
) -> None:
    rig = fallen_early(tmp_path)
    alert = newest(rig)
    assert (alert.hours, alert.match) == (Session.PRE, None)
    assert alert.message == "NVDA \u22126.74\u202f% pre-market. No clear news found."


def test_that_a_story_that_comes_later_is_put_into_the_alert_also_once_the_market_is_open(
    tmp_path: Path,
) -> None:
    rig = fallen_early(tmp_path)
    assert newest(rig).match is None
    rig.clock.advance(minutes=90)  # 9:35 in New York
    rig.market.report("US bans exports of Nvidia chips to China", minutes_ago=60)
    see(rig, 89.0, previous=96.5)
    alert = next(a for a in rig.store.alerts.load() if a.hours is Session.PRE)
    assert alert.match is not None
    assert alert.move_pct == pytest.approx(-6.7358)


def test_that_the_reason_of_what_is_paid_out_of_hours_is_told_beside_that_of_the_day(tmp_path: Path) -> None:
    rig = fallen(tmp_path)
    rig.runtime.select("NVDA")
    assert told(rig).out_of_hours is None
    rig.market.report(WON, minutes_ago=1)
    paid(rig, 97.0)  # half a percent
    assert told(rig).out_of_hours is None
    paid(rig, 103.0)
    day, after = told(rig), told(rig).out_of_hours
    assert after is not None
    assert (after.hours, after.move_pct) == (Session.POST, pytest.approx(6.7358))
    assert after.match is not None
    assert after.match.story.lead.title == WON
    assert (day.move.move_pct, day.cause) == (pytest.approx(-3.5), "NVDA")
    assert day.told is not None
    assert day.told.story.lead.title == LOST
    rig.clock.advance(minutes=17 * 60)
    see(rig, 102.0, previous=96.5)  # the next session
    assert told(rig).out_of_hours is None


def test_that_history_that_comes_does_not_judge_a_move_out_of_hours(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (any_hours(),), CLOSE)
    paid(rig, 96.5)
    paid(rig, 103.0)
    with_history(rig)
    paid(rig, 103.0)
    assert (newest(rig).hours, newest(rig).sar) == (Session.POST, None)


def test_that_a_rule_of_today_looks_until_the_trading_behind_the_close_is_over(tmp_path: Path) -> None:
    rig = fallen(tmp_path, any_hours(threshold=5.0, expires=date(2026, 3, 10)))
    paid(rig, 103.0)
    assert [alert.hours for alert in rig.store.alerts.load()] == [Session.POST]


def test_that_a_layer_s_popup_before_the_open_counts_what_is_paid_then(tmp_path: Path) -> None:
    rule = any_hours(subject_kind=SubjectKind.WATCHLIST, subject="*")
    rig = build_rig(tmp_path, (rule,), datetime(2026, 3, 11, 12, 0, tzinfo=UTC))
    early: dict[str, Any] = {"session": Session.PRE, "state": QuoteState.CLOSED, "as_of": CLOSE}

    def pay(**prices: float) -> None:
        rig.clock.advance(minutes=1)
        for symbol, price in prices.items():
            # yesterday all of them rose
            rig.market.set(symbol, 100.0, 95.0, **early, extended_price=price, extended_as_of=rig.clock.now())
        rig.refresh()

    pay(NVDA=100.0, AMD=100.0, ARM=100.0, INTC=100.0)
    pay(NVDA=94.0, AMD=95.0, ARM=99.5, INTC=101.0)
    rig.wait_for_group()
    (popup,) = [event.alert for event in rig.raised() if event.popup]
    assert (popup.hours, popup.move_pct) == (Session.PRE, None)
    assert {m.symbol: m.move_pct for m in popup.members} == {"NVDA": -6.0, "AMD": -5.0, "ARM": -0.5}
    assert popup.linked_total == 4
    assert happened(popup, rig.engine.parts.ecosystem, Language.ENGLISH) == "3 of 4 names down, pre-market"


def test_that_a_story_joined_to_a_move_out_of_hours_is_one_of_that_move(tmp_path: Path) -> None:
    story = Condition(kind=RuleKind.STORY, threshold=1.0, words=("order",))
    rig = fallen(tmp_path, any_hours(threshold=5.0, conditions=(story,)))
    rig.market.report(WON, minutes_ago=1)
    paid(rig, 103.0)
    assert [alert.hours for alert in rig.store.alerts.load()] == [Session.POST]


def test_that_a_rule_about_a_story_and_a_move_out_of_hours_tells_that_move(tmp_path: Path) -> None:
    move = Condition(kind=RuleKind.PERCENT_MOVE, direction=Direction.EITHER, threshold=5.0)
    rule = any_hours(RuleKind.STORY, threshold=1.0, conditions=(move,), expires=date(2026, 3, 10))
    rig = fallen(tmp_path, rule)
    rig.market.report(WON, minutes_ago=1)
    paid(rig, 103.0)
    alert = newest(rig)
    assert (alert.hours, alert.move_pct) == (Session.POST, pytest.approx(6.7358))
    assert alert.session_key == "2026-03-11"


@pytest.mark.parametrize("scope", [SessionScope.REGULAR, SessionScope.ANY])
def test_that_a_move_or_a_story_is_told_once_for_the_session_and_once_for_the_next(
    tmp_path: Path, scope: SessionScope
) -> None:
    story = Condition(kind=RuleKind.STORY, threshold=1.0, words=("office",))
    rule = any_hours(threshold=9.0, sessions=scope, conditions=(story,), join=Join.ANY)
    rig = build_rig(tmp_path, (rule,), datetime(2026, 3, 10, 19, 0, tzinfo=UTC))
    see(rig, 100.0)
    rig.market.report("Nvidia opens an office in Berlin", minutes_ago=1)
    see(rig, 96.5)
    rig.clock.advance(minutes=57)
    counts = []
    for hours, phase in ((0, Session.POST), (1, Session.POST), (3.5, Session.CLOSED), (8, Session.PRE)):
        rig.clock.advance(hours=hours)
        for price in (96.4, 96.6):
            paid(rig, price, phase)
        counts.append(len(rig.store.alerts.load()))
    assert counts == ([1, 1, 1, 1] if scope is SessionScope.REGULAR else [2, 2, 2, 2])


def test_that_a_rule_of_regular_hours_fires_in_the_session_after_an_evening_and_a_night(
    tmp_path: Path,
) -> None:
    rig = fallen(tmp_path, any_hours(sessions=SessionScope.REGULAR))
    for minutes, phase in ((60, Session.POST), (300, Session.CLOSED), (300, Session.PRE)):
        rig.clock.advance(minutes=minutes)
        paid(rig, 103.0, phase)
    assert len(rig.store.alerts.load()) == 1
    rig.clock.advance(minutes=500)
    assert see(rig, 103.0, previous=96.5) == 2
    assert newest(rig).session_key == "2026-03-11"


@pytest.mark.parametrize("scope", [SessionScope.ANY, SessionScope.EXTENDED])
def test_that_what_a_layer_did_in_the_session_fires_nothing_behind_it(
    tmp_path: Path, scope: SessionScope
) -> None:
    rule = a_rule(
        RuleKind.LAYER_MOVE,
        subject_kind=SubjectKind.LAYER,
        subject="asic_network",
        threshold=2.0,
        sessions=scope,
    )
    rig = build_rig(tmp_path, (rule,), datetime(2026, 3, 10, 18, 0, tzinfo=UTC))
    names = ("AVGO", "MRVL", "ALAB", "CRDO", "ANET", "CSCO", "COHR")
    rig.market.history = {s: history(TUESDAY, seed=n) for n, s in enumerate(names, 30)}
    rig.market.history |= {"QQQ": history(TUESDAY, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)

    def pay(price: float, **changes: Any) -> int:
        rig.clock.advance(minutes=1)
        for symbol in names:
            rig.market.set(symbol, price, **changes)
        rig.market.set("QQQ", 100.0, **changes)
        rig.refresh()
        return len(rig.store.alerts.load())

    pay(100.0)
    told = pay(95.0)
    assert told == (scope is SessionScope.ANY)
    rig.clock.advance(minutes=120)
    late = {"as_of": CLOSE, "session": Session.POST, "extended_price": 95.0}
    assert [pay(95.0, **late, extended_as_of=rig.clock.now()) for _ in range(3)] == [told] * 3


def test_that_what_moves_in_the_session_is_part_of_no_popup_of_the_evening_before(tmp_path: Path) -> None:
    rule = any_hours(subject_kind=SubjectKind.WATCHLIST, subject="*")
    rig = build_rig(tmp_path, (rule,), CLOSE)

    def pay(closes: float = 0.0, **prices: float) -> None:
        rig.clock.advance(minutes=1)
        now = rig.clock.now()
        late: dict[str, Any] = {"as_of": CLOSE, "session": Session.POST, "extended_as_of": now}
        for symbol, price in prices.items():
            changes = late | {"extended_price": price} if closes else {}
            rig.market.set(symbol, closes or price, **changes)
        rig.refresh()

    pay(100.0, NVDA=100.0, AMD=100.0, ARM=100.0, INTC=100.0)
    pay(100.0, NVDA=94.0, AMD=95.0, ARM=99.5, INTC=101.0)
    rig.wait_for_group()
    rig.clock.advance(minutes=18 * 60)
    pay(NVDA=99.0, AMD=99.5, ARM=99.5, INTC=100.0)
    pay(NVDA=99.0, AMD=99.5, ARM=94.0, INTC=93.0)
    rig.wait_for_group()
    evening, day = [event.alert for event in rig.raised() if event.popup]
    assert (evening.hours, day.hours) == (Session.POST, Session.REGULAR)
    assert [m.symbol for m in evening.members] == ["NVDA", "AMD", "ARM"]
    assert [m.symbol for m in day.members] == ["INTC", "ARM", "NVDA", "AMD"]


def test_that_an_alert_of_the_evening_keeps_what_it_says_in_the_night_and_learns_what_is_new(
    tmp_path: Path,
) -> None:
    rig = fallen(tmp_path, any_hours(threshold=5.0))
    rig.market.report(WON, minutes_ago=1)
    paid(rig, 90.0)
    evening = newest(rig)
    assert (evening.match, evening.opposing is not None) == (None, True)
    rig.clock.advance(minutes=300)

    def night() -> Alert:
        closed: dict[str, Any] = {"session": Session.CLOSED, "state": QuoteState.CLOSED}
        see(
            rig,
            96.5,
            previous=100.0,
            as_of=CLOSE,
            extended_price=90.0,
            extended_as_of=evening.fired_at,
            **closed,
        )
        return newest(rig)

    assert night() == evening
    rig.market.report("Nvidia opens an office in Berlin", minutes_ago=1)
    assert night().opposing == evening.opposing
    rig.market.report("US bans exports of Nvidia chips to China", minutes_ago=1)
    told = night()
    assert told.match is not None
    assert (told.hours, told.move_pct) == (Session.POST, evening.move_pct)


def test_that_the_price_of_the_evening_is_not_called_one_of_the_morning(tmp_path: Path) -> None:
    rig = fallen(tmp_path)
    rig.runtime.select("NVDA")
    paid(rig, 103.0)
    evening = rig.clock.now()
    rig.clock.advance(minutes=14 * 60)  # before the open, and nothing was traded yet
    see(rig, 96.5, previous=100.0, as_of=CLOSE, session=Session.PRE, state=QuoteState.CLOSED,
        extended_price=103.0, extended_as_of=evening)  # fmt: skip
    after = told(rig).out_of_hours
    assert after is not None
    assert after.hours is Session.POST


def test_that_a_session_elsewhere_is_no_part_of_a_popup_behind_the_close(tmp_path: Path) -> None:
    """Seoul's morning is New York's evening, and of the day that comes there."""
    rule = any_hours(subject_kind=SubjectKind.WATCHLIST, subject="*")
    rig = build_rig(tmp_path, (rule,), datetime(2026, 3, 10, 23, 30, tzinfo=UTC))
    for fallen in (100.0, 94.0):
        rig.clock.advance(minutes=1)
        now = rig.clock.now()
        late: dict[str, Any] = {"as_of": CLOSE, "session": Session.POST, "extended_as_of": now}
        for symbol in ("MU", "SNDK", "WDC"):
            rig.market.set(symbol, 100.0, 101.0, extended_price=fallen, **late)
        rig.market.set("000660.KS", 98.0, currency="KRW")
        rig.refresh()
    rig.wait_for_group()
    (popup,) = [event.alert for event in rig.raised() if event.popup]
    assert popup.hours is Session.POST
    assert ({m.symbol for m in popup.members}, popup.linked_total) == ({"MU", "SNDK", "WDC"}, 3)


def test_that_a_fall_in_the_session_was_not_said_by_a_smaller_one_of_the_evening(tmp_path: Path) -> None:
    every: dict[str, Any] = {"subject_kind": SubjectKind.WATCHLIST, "subject": "*"}
    rules = (any_hours(**every), a_rule(RuleKind.PERCENT_MOVE, id="day", threshold=8.0, **every))
    rig = build_rig(tmp_path, rules, CLOSE)
    for price in (96.5, 93.0):
        paid(rig, price)
    rig.wait_for_group()
    rig.clock.advance(minutes=18 * 60)
    for price in (96.0, 87.0):
        see(rig, price, previous=96.5)
    rig.wait_for_group()
    popups = [event.alert for event in rig.raised() if event.popup]
    assert [(alert.rule_id, alert.hours) for alert in popups] == [
        ("r", Session.POST),
        ("day", Session.REGULAR),
    ]


def test_that_news_behind_the_close_tells_the_move_of_the_session_and_is_of_it(tmp_path: Path) -> None:
    story = Condition(kind=RuleKind.STORY, threshold=1.0, words=("office",))
    every: dict[str, Any] = {"subject_kind": SubjectKind.WATCHLIST, "subject": "*"}
    either = any_hours(threshold=9.0, conditions=(story,), join=Join.ANY, **every)
    rig = build_rig(
        tmp_path, (either, a_rule(RuleKind.PERCENT_MOVE, id="day", threshold=4.0, **every)), CLOSE
    )
    paid(rig, 96.4)
    rig.market.report("Nvidia opens an office in Berlin", minutes_ago=1)
    paid(rig, 96.6)
    rig.wait_for_group()
    alert = newest(rig)
    assert (alert.hours, alert.move_pct, alert.session_key) == (Session.REGULAR, -3.5, "2026-03-10")
    rig.clock.advance(minutes=18 * 60)
    for price in (96.0, 91.0):
        see(rig, price, previous=96.5)
    rig.wait_for_group()
    assert [event.alert.rule_id for event in rig.raised() if event.popup][-1] == "day"
