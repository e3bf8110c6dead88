"""Popups that were shown: what joins them, what is worse than they said, what outlives a crash."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.popup_scene import ANY_FALL, fall, names, one_fall, quiet_start
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import AlertState, MetCondition
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import AlertUpdated
from stackwatch.domain.rule import Condition, RuleKind, Severity, SubjectKind
from stackwatch.domain.settings import Settings


def micron_jumps(folder: Path) -> Rig:
    """Let a share rise with a story before its history is there, and the rules that ship look at it."""
    rig = build_rig(folder)
    rig.market.report("Micron wins $10 billion memory order from Microsoft", minutes_ago=10)
    rig.market.set("MU", 104.5)
    rig.market.set("QQQ", 100.0)
    rig.refresh()
    return rig


def history_comes(rig: Rig) -> None:
    for symbol, seed in (("MU", 1), ("QQQ", 0)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
    rig.runtime.bars.fetch_all(rig.engine)


def test_that_an_alert_is_judged_when_the_history_of_its_share_comes_and_no_rule_tells_it_again(
    tmp_path: Path,
) -> None:
    rig = micron_jumps(tmp_path)
    (first,) = rig.engine.delivery.alerts
    assert (first.sar, first.severity, "not judged" in first.message) == (None, Severity.NOTICE, True)
    rig.clock.advance(seconds=5)
    history_comes(rig)
    rig.clock.advance(seconds=5)
    rig.market.set("MU", 104.6)
    rig.refresh()
    (told,) = rig.store.alerts.load()
    assert told.id == first.id
    assert told.move_pct == pytest.approx(4.5), "it keeps the move it fired on"
    assert told.sar == pytest.approx(4.92, abs=0.05)
    assert (told.severity, told.members[0].sar) == (Severity.SEVERE, told.sar)
    assert "unusual (SAR +4.9)" in told.message
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.id, popup.sar) == (first.id, told.sar)
    assert told.sar in {e.alert.sar for e in rig.of(AlertUpdated) if isinstance(e, AlertUpdated)}


def test_that_a_rule_whose_find_another_had_told_is_not_said_to_have_fired(tmp_path: Path) -> None:
    rig = micron_jumps(tmp_path)
    rig.clock.advance(seconds=5)
    history_comes(rig)
    rig.refresh()
    (alert,) = rig.store.alerts.load()
    rows = rig.engine.armed_rules.rows().rows
    standing = {row.rule_id: row.standing for row in rows if row.subject == "MU"}
    assert standing.pop(alert.rule_id) is RuleStanding.FIRED
    assert standing["abnormal-move"] is RuleStanding.TRUE  # the list of alerts has nothing of it


def test_that_an_alert_of_long_ago_is_not_judged_by_the_market_of_now(tmp_path: Path) -> None:
    rig = micron_jumps(tmp_path)
    rig.clock.advance(minutes=16)
    history_comes(rig)
    (first,) = rig.store.alerts.load()
    assert first.sar is None


def joined(rig: Rig) -> tuple[str, str]:
    """Let a second name of a layer fall a minute after the first had its popup; returns both."""
    quiet_start(rig)
    first, second = names(rig, "power", 2)
    fall(rig, first)
    rig.wait_for_group()
    rig.clock.advance(minutes=1)
    fall(rig, second)
    rig.wait_for_group()
    return first, second


def test_that_what_joins_a_popup_later_updates_it_after_five_minutes_without_another(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    first, second = joined(rig)
    assert sum(raised.popup for raised in rig.raised()) == 1
    assert not [e for e in rig.of(AlertUpdated) if isinstance(e, AlertUpdated) and e.alert.folded]
    rig.clock.advance(minutes=5)
    rig.refresh()
    grown = [e.alert for e in rig.of(AlertUpdated) if isinstance(e, AlertUpdated) and e.alert.folded]
    assert {m.symbol for m in grown[-1].members if m.move_pct < 0} == {first, second}


def test_that_a_popup_that_grows_keeps_its_figures_and_takes_those_that_joined_as_they_fired(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    first, second = joined(rig)  # both at -4 %
    rig.clock.advance(minutes=1)
    fall(rig, first, second, to=92.0)
    rig.clock.advance(minutes=5)
    rig.refresh()
    stored = {alert.subject: alert for alert in rig.store.alerts.load()}
    record = stored[first]
    assert record.folded == (stored[second].id,)
    assert {m.symbol: m.move_pct for m in record.members} == {first: -4.0, second: -4.0}
    assert (record.move_pct, stored[second].move_pct) == (-4.0, -4.0)
    assert "-4.00" in record.message.replace("\u2212", "-")


def test_that_a_name_that_had_not_fired_when_its_group_popped_up_joins_with_what_it_fired_at(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    first = [name for layer in ("power", "asic_network", "reit") for name in names(rig, layer, 1)]
    (later,) = names(rig, "servers_storage", 1)
    rig.market.set(later, 98.5)
    fall(rig, *first)
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert {m.symbol: m.move_pct for m in popup.members} == dict.fromkeys(first, -4.0) | {later: -1.5}
    fall(rig, first[0], to=90.0)
    fall(rig, later, to=95.0)
    rig.wait_for_group()
    rig.clock.advance(minutes=5)
    fall(rig, later, to=93.0)
    (grown,) = [alert for alert in rig.store.alerts.load() if alert.id == popup.id]
    assert {m.symbol: m.move_pct for m in grown.members} == dict.fromkeys(first, -4.0) | {later: -5.0}
    assert grown.fired_at == popup.fired_at


def test_that_what_joined_a_popup_belongs_to_it_also_when_the_program_is_killed_at_once(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    first, second = joined(rig)
    rig.store.close()
    again = build_rig(tmp_path, (ANY_FALL,), rig.clock.now())
    kept = {alert.subject: alert for alert in again.store.alerts.load()}
    assert set(kept) == {first, second}
    assert kept[first].folded == (kept[second].id,)
    again.runtime.mark_seen(kept[first].id)
    assert {alert.state for alert in again.store.alerts.load()} == {AlertState.SEEN}


def test_that_a_severe_alert_of_a_group_pops_up_whenever_its_last_popup_was(tmp_path: Path) -> None:
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    first, second, third = names(rig, "power", 3)
    for symbol, price in ((first, 96.0), (second, 90.0), (third, 90.0)):
        fall(rig, symbol, to=price)
        rig.wait_for_group()
    popups = [raised.alert for raised in rig.raised() if raised.popup]
    assert [popup.severity for popup in popups] == [Severity.NOTICE, Severity.SEVERE]


def test_that_a_worse_alert_of_a_group_pops_up_again_but_not_within_five_minutes(tmp_path: Path) -> None:
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.ALERT)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    first, second = names(rig, "power", 2)
    fall(rig, first)
    rig.wait_for_group()
    fall(rig, second, to=90.0)
    rig.wait_for_group()
    assert sum(raised.popup for raised in rig.raised()) == 1
    rig.clock.advance(minutes=5)
    rig.engine.tick()
    popups = [raised.alert for raised in rig.raised() if raised.popup]
    assert [popup.severity for popup in popups] == [Severity.NOTICE, Severity.ALERT]
    rig.clock.advance(minutes=10)
    fall(rig, names(rig, "power", 3)[2], to=90.0)
    rig.wait_for_group()
    assert sum(raised.popup for raised in rig.raised()) == 2, "it joins the newest popup, which is as severe"


def test_that_a_share_that_is_severe_at_once_is_told_hours_after_its_group_was_but_not_once_more(
    tmp_path: Path,
) -> None:
    """Everything falls at the open, severely; in the afternoon another one falls on its own results."""
    severe = replace(ANY_FALL, severity=Severity.SEVERE, escalate_step=2.0)
    rig = build_rig(tmp_path, (severe,))
    quiet_start(rig)
    *first, late = names(rig, "power", 4)
    fall(rig, *first)
    rig.wait_for_group()
    rig.clock.advance(minutes=2)
    rig.wait_for_group()
    assert [raised.alert.subject for raised in rig.raised() if raised.popup] == ["power"]
    rig.clock.advance(hours=4)
    fall(rig, late, to=93.5)
    rig.wait_for_group()
    rig.clock.advance(minutes=10)
    fall(rig, late, first[0], to=91.0)
    rig.wait_for_group()
    assert [raised.alert.subject for raised in rig.raised() if raised.popup] == ["power", late]


@pytest.mark.parametrize("unheard", ["no popup of the rule", "too slight"])
def test_that_a_share_is_severe_the_first_time_where_nobody_heard_of_what_it_fired_before(
    tmp_path: Path, unheard: str
) -> None:
    slight = replace(ANY_FALL, id="slight", popup=unheard != "no popup of the rule")
    severe = replace(ANY_FALL, id="severe", threshold=6.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (slight, severe), settings=Settings(popup_from=Severity.ALERT))
    quiet_start(rig)
    *first, late = names(rig, "power", 4)
    fall(rig, *first, to=93.0)
    rig.wait_for_group()
    fall(rig, late)
    rig.wait_for_group()
    rig.clock.advance(hours=4)
    fall(rig, late, to=93.0)
    rig.wait_for_group()
    assert [raised.alert.subject for raised in rig.raised() if raised.popup] == ["power", late]


def test_that_a_worse_alert_stays_silent_where_its_group_was_snoozed_while_it_waited(tmp_path: Path) -> None:
    worse = replace(ANY_FALL, id="deep", threshold=8.0, severity=Severity.ALERT)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    first, second = names(rig, "power", 2)
    fall(rig, first)
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    rig.clock.advance(minutes=6)
    fall(rig, second, to=90.0)
    rig.runtime.snooze(popup.id, rig.clock.now() + timedelta(hours=2))
    rig.wait_for_group()
    reasons = {a.rule_id: a.suppressed_by for a in rig.store.alerts.load() if a.subject == second}
    assert reasons == {"fall": "snoozed", "deep": "snoozed"}
    assert sum(raised.popup for raised in rig.raised()) == 1


def test_that_good_news_of_one_is_not_the_reason_of_a_layer_that_falls(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    rig.market.report("Micron wins $10 billion memory order from Microsoft", minutes_ago=10, key="good")
    layer = next(layer for layer in rig.engine.parts.watchlist.layers if "MU" in layer.symbols)
    fallen = [symbol for symbol in layer.symbols if "." not in symbol]
    fall(rig, *fallen)
    rig.wait_for_group()
    popup = next(raised.alert for raised in rig.raised() if raised.popup and raised.alert.subject == layer.id)
    assert (popup.match, popup.opposing and popup.opposing.story.id) == (None, "good")


def test_that_what_turns_one_of_a_fallen_group_is_no_reason_of_the_fall(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fallen = ("SNDK", "MU", "WDC")
    for symbol, price in zip(fallen, (97.0, 92.0, 97.0), strict=True):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.subject, popup.match) == ("memory", None)
    rig.clock.advance(minutes=40)
    rig.market.report("Micron wins $10 billion memory order from Microsoft", minutes_ago=5, key="good")
    fall(rig, "MU", to=108.0)
    rig.refresh()
    told = next(alert for alert in rig.store.alerts.load() if alert.id == popup.id)
    assert (told.match, told.opposing) == (None, None)


def test_that_a_layer_that_falls_is_not_told_what_somebody_at_the_other_end_of_a_link_reported(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    rig.market.report("Meta wins its lawsuit over privacy in Texas", minutes_ago=10)  # it buys from some
    rig.runtime.news.fetch(rig.engine)
    layer = next(layer for layer in rig.engine.parts.watchlist.layers if "NVDA" in layer.symbols)
    fallen = [symbol for symbol in layer.symbols if "." not in symbol]
    fall(rig, *fallen)
    rig.wait_for_group()
    popup = next(raised.alert for raised in rig.raised() if raised.popup and raised.alert.subject == layer.id)
    far = [m for s in fallen if (e := rig.engine.explain(s)) is not None for m in e.matches if m.opposes]
    assert far
    assert popup.opposing is None


def test_that_one_story_is_not_both_the_reason_of_a_group_and_what_points_the_other_way(
    tmp_path: Path,
) -> None:
    about = replace(
        ANY_FALL, kind=RuleKind.STORY, subject_kind=SubjectKind.PRIVATE, subject="anthropic", threshold=1.0
    )
    rig = build_rig(tmp_path, (about,))
    quiet_start(rig)
    for symbol, price in (("GOOGL", 108.0), ("AMZN", 106.0), ("NVDA", 94.0), ("MSFT", 93.0)):
        rig.market.set(symbol, price)
    rig.market.report("Anthropic raises $5 billion in new funding led by Amazon", minutes_ago=1)
    rig.refresh()
    rig.wait_for_group()
    (alert,) = [raised.alert for raised in rig.raised()]
    assert alert.match is not None
    assert alert.opposing is None


def test_that_a_clock_that_was_set_back_stops_no_rule_for_having_fired_too_often(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    alert, firing = one_fall(rig)
    asked = rig.engine.delivery.mutes
    reasons = [asked.reason(alert, firing, (), ()) for _ in range(15)]
    assert reasons == [None] * 14 + ["rule fired 15 times in 3 minutes"]
    rig.clock.advance(hours=-2)
    assert asked.reason(alert, firing, (), ()) is not None
    rig.engine.delivery.begin_anew()
    assert asked.reason(alert, firing, (), ()) is None


def test_that_news_of_many_names_stops_a_rule_since_each_has_a_popup(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    move, firing = one_fall(rig)
    news = replace(move, met=(MetCondition(condition=Condition(kind=RuleKind.STORY), value=1.0),))
    asked, reasons = rig.engine.delivery.mutes, []
    for alert in (move, news):
        asked.begin_anew()
        burst = [replace(alert, subject=f"N{n}") for n in range(17)]
        reasons.append([asked.reason(each, firing, (), ()) for each in burst])
    assert reasons == [[None] * 17, [None] * 15 + ["rule fired 15 times in 3 minutes"] * 2]


def test_that_a_second_rule_of_the_list_pops_up_where_it_is_worse_and_else_says_the_same(
    tmp_path: Path,
) -> None:
    another = replace(ANY_FALL, id="another", threshold=5.0)
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (ANY_FALL, another, worse))
    quiet_start(rig)
    for price in (96.0, 94.0, 91.0):
        fall(rig, "NVDA", to=price)
        rig.clock.advance(minutes=6)
        rig.engine.tick()
    told = {raised.alert.rule_id: raised.alert.suppressed_by for raised in rig.raised()}
    assert told == {"fall": None, "another": "said by another rule", "worse": None}


def test_that_a_worse_alert_does_not_wait_for_a_popup_that_a_clock_set_back_put_ahead(tmp_path: Path) -> None:
    late = build_rig(tmp_path, (ANY_FALL,), TUESDAY + timedelta(hours=4))
    quiet_start(late)
    fall(late, names(late, "power", 1)[0])
    late.wait_for_group()
    assert [raised.popup for raised in late.raised()] == [True]
    late.store.close()
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    fall(rig, names(rig, "power", 2)[1], to=90.0)
    rig.wait_for_group()
    assert [r.alert.severity for r in rig.raised() if r.popup] == [Severity.SEVERE]


def test_that_alerts_that_waited_when_the_program_ended_pop_up_after_the_start(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *names(rig, "power", 2))
    rig.store.close()
    again = build_rig(tmp_path, (ANY_FALL,), rig.clock.now())
    again.engine.tick()
    assert again.raised() == []
    again.wait_for_group()
    (popup,) = [raised.alert for raised in again.raised() if raised.popup]
    assert popup.group == "layer:power:down"


def test_that_an_alert_keeps_its_figures_when_its_name_has_no_price_any_more(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    (fallen,) = names(rig, "power", 1)
    fall(rig, fallen)
    (waiting,) = rig.store.alerts.load()
    rig.store.close()
    again = build_rig(tmp_path, (ANY_FALL,), rig.clock.now())
    listed = again.engine.parts.watchlist
    others = tuple(layer for layer in listed.layers if layer.id != "power")
    again.engine.follow(replace(listed, id="other", layers=others))
    again.wait_for_group()
    (popup,) = [raised.alert for raised in again.raised() if raised.popup]
    assert (popup.subject, popup.move_pct) == (fallen, waiting.move_pct)
    assert popup.members == waiting.members != ()
