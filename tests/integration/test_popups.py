"""From firings to popups: one a cause, nothing lost, and a named reason for whatever stayed silent."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.popup_scene import ANY_FALL, fall, names, one_fall, quiet_start
from tests.support.rig import TUESDAY, build_rig, history

from stackwatch.app import Options, find_replay, load_world, open_store, replay_parts
from stackwatch.commands.output import alert_json
from stackwatch.commands.past_engine import play_through
from stackwatch.domain.alert import WAITS, Member
from stackwatch.domain.events import AlertRaised
from stackwatch.domain.popup_group import GroupKind
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, Severity, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.engine.alerts import mutes
from stackwatch.engine.alerts.alert_builder import _one_way
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.locations import user_folders
from stackwatch.ui.alerts.toast_facts import toast_facts


def test_that_names_of_one_layer_pop_up_once_after_a_wait_with_all_of_them_inside(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    first, second, third = names(rig, "power", 3)
    fall(rig, first)
    rig.clock.advance(seconds=15)
    fall(rig, second, third)
    assert rig.raised() == [], "others of the layer may come"
    assert {a.suppressed_by for a in rig.store.alerts.load()} == {"waits for others of its cause"}
    rig.clock.advance(seconds=15)
    rig.engine.tick()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.subject, popup.group) == ("power", "layer:power:down")
    assert {m.symbol for m in popup.members} == {first, second, third}
    assert f"3 of {popup.linked_total} names down" in popup.message
    folded = [a for a in rig.store.alerts.load() if a.id in popup.folded]
    assert {(a.subject, a.suppressed_by) for a in folded} == {
        (symbol, "shown with its cause") for symbol in (first, second, third)
    }


def test_that_two_risers_of_a_fallen_layer_are_told_alone_in_every_place(tmp_path: Path) -> None:
    """The others are beyond their usual range the other way; a third rises by less than the rule asks."""
    rises = replace(ANY_FALL, direction=Direction.UP)
    rig = build_rig(tmp_path, (rises,))
    layer = next(layer for layer in rig.engine.parts.watchlist.layers if layer.id == "power")
    quiet_start(rig)
    for seed, symbol in enumerate((*layer.symbols, "QQQ"), 1):
        rig.market.history[symbol] = history(TUESDAY, seed=0 if symbol == "QQQ" else seed)
    rig.runtime.bars.fetch_all(rig.engine)
    first, second, third, *others = layer.symbols
    for symbol, price in ((third, 101.0), *((symbol, 92.0) for symbol in others)):
        rig.market.set(symbol, price)
    fall(rig, first, second, to=104.0)
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.subject, popup.group) == ("power", "layer:power:up")
    assert {m.symbol for m in popup.members} == {first, second, third}
    total = len(layer.symbols)
    assert f"3 of {total} names up. 2 are beyond their usual range." in popup.message
    facts = toast_facts([popup], rig.engine.parts.ecosystem, rig.clock.now())
    assert {m.symbol for m in facts.members} == {first, second, third}
    assert (facts.what, facts.verdict) == (f"3 of {total} names up", "2 are beyond their usual range")
    told: list[dict[str, object]] = alert_json(popup)["members"]  # type: ignore[assignment]
    assert {member["symbol"] for member in told} == {first, second, third}


@pytest.mark.parametrize(
    ("moves", "fired", "named"),
    [
        ({"A": (2.0, 2.0), "B": (1.0, None), "C": (-1.0, -1.0)}, "A", "AB"),
        ({"A": (2.0, 2.0), "B": (-0.1, 0.4), "C": (-0.1, 0.4)}, "AB", "AB"),  # B against its market alone
        ({"A": (-0.5, 3.0), "B": (-0.5, 3.0), "C": (0.2, None)}, "AB", "AB"),  # most did so: by it alone
        ({"A": (-0.5, 3.0), "D": (0.5, 3.5), "E": (0.5, 3.5), "C": (0.2, None)}, "A", "ADEC"),
        ({"A": (0.0, None), "B": (0.0, None)}, "", "AB"),  # nobody went anywhere
    ],
)
@pytest.mark.parametrize("way", [Direction.UP, Direction.DOWN])
def test_that_those_are_named_that_went_the_way_of_their_group(
    moves: dict[str, tuple[float, float | None]], fired: str, named: str, way: Direction
) -> None:
    sign = 1.0 if way is Direction.UP else -1.0
    members = [
        Member(symbol=symbol, move_pct=sign * move, abnormal_pct=None if beyond is None else sign * beyond)
        for symbol, (move, beyond) in moves.items()
    ]
    assert {member.symbol for member in _one_way(members, set(fired), way)} == set(named)


def test_that_a_share_that_fired_against_its_market_alone_is_named_beside_one_that_rose(
    tmp_path: Path,
) -> None:
    rule = replace(ANY_FALL, kind=RuleKind.ABNORMAL_MOVE, direction=Direction.EITHER, threshold=1.5)
    rig = build_rig(tmp_path, (rule,))
    quiet_start(rig)
    first, second, *_ = names(rig, "power", 3)
    for seed, symbol in enumerate(("QQQ", first, second)):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.refresh()
    rig.clock.advance(minutes=1)
    for symbol, price in (("QQQ", 97.0), (first, 105.0), (second, 99.9)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    popup = next(raised.alert for raised in rig.raised() if raised.popup and raised.alert.subject == "power")
    assert popup.group == "layer:power:up"
    assert {m.symbol for m in popup.members} == {first, second}
    assert f"2 of {popup.linked_total} names up vs market. 2 are beyond" in popup.message


def test_that_a_rule_about_one_symbol_does_not_wait(tmp_path: Path) -> None:
    own = Rule(
        id="own", name_en="o", name_ko="o", kind=RuleKind.PERCENT_MOVE, subject_kind=SubjectKind.SYMBOL,
        subject="NVDA", threshold=3.0,
    )  # fmt: skip
    rig = build_rig(tmp_path, (own,))
    quiet_start(rig)
    fall(rig, "NVDA")
    (raised,) = rig.raised()
    assert raised.popup
    text = rig.store.file.path.with_suffix(".alerts.jsonl").read_text("utf-8")
    assert len(text.splitlines()) == 1  # alert and popup are on the disk in one go


def test_that_a_price_level_pops_up_whatever_was_told_of_its_layer_before(tmp_path: Path) -> None:
    def level(symbol: str, price: float) -> Rule:
        return Rule(
            id=f"{symbol}-{price:.0f}", name_en="l", name_ko="l", kind=RuleKind.PRICE_LEVEL,
            subject_kind=SubjectKind.SYMBOL, subject=symbol, direction=Direction.DOWN, threshold=price,
        )  # fmt: skip

    rig = build_rig(tmp_path, (ANY_FALL, level("NVDA", 98.0), level("AMD", 95.0), level("AMD", 90.0)))
    quiet_start(rig)
    for symbol, price in (("NVDA", 97.0), ("AMD", 94.0), ("AMD", 89.0)):
        fall(rig, symbol, to=price)
        rig.wait_for_group()
        rig.clock.advance(minutes=1)
    popups = [raised.alert for raised in rig.raised() if raised.popup]
    assert [alert.rule_id for alert in popups] == ["NVDA-98", "AMD-95", "AMD-90"]
    assert {alert.suppressed_by for alert in rig.store.alerts.load()} == {None, "said by another rule"}


def test_that_a_rule_made_for_one_share_pops_up_whatever_was_told_of_its_layer_before(
    tmp_path: Path,
) -> None:
    def own(symbol: str, percent: float) -> Rule:
        return replace(
            ANY_FALL, id=f"{symbol}-{percent:.0f}", subject_kind=SubjectKind.SYMBOL, subject=symbol,
            threshold=percent,
        )  # fmt: skip

    rig = build_rig(tmp_path, (ANY_FALL, own("NVDA", 5.0), own("NVDA", 8.0)))
    quiet_start(rig)
    fall(rig, "NVDA", "AMD", "ARM")
    rig.wait_for_group()
    for price in (94.0, 91.0):
        rig.clock.advance(minutes=1)
        fall(rig, "NVDA", to=price)
    popups = [raised.alert for raised in rig.raised() if raised.popup]
    assert [(alert.subject, alert.rule_id) for alert in popups] == [
        ("accelerators", "fall"), ("NVDA", "NVDA-5"), ("NVDA", "NVDA-8"),
    ]  # fmt: skip


def test_that_each_story_that_a_rule_fires_for_pops_up(tmp_path: Path) -> None:
    story = Rule(
        id="story", name_en="s", name_ko="s", kind=RuleKind.STORY, subject_kind=SubjectKind.PRIVATE,
        subject="openai", threshold=1.0, direction=Direction.EITHER, minutes=60,
        frequency=Frequency.EVERY_REARM,
    )  # fmt: skip
    rig = build_rig(tmp_path, (story,))
    quiet_start(rig)
    titles = ("OpenAI raises $10 billion from SoftBank", "OpenAI sues Anthropic over trade secrets")
    for title in titles:
        rig.market.report(title, minutes_ago=1)
        rig.refresh()
        rig.wait_for_group()
        for _ in range(4):
            rig.clock.advance(minutes=25)
            rig.refresh()
    popups = [raised.alert for raised in rig.raised() if raised.popup]
    assert [popup.match and popup.match.story.lead.title for popup in popups] == list(titles)


def test_that_two_rules_made_for_one_share_that_fire_at_once_are_one_popup(tmp_path: Path) -> None:
    own = replace(ANY_FALL, id="own", subject_kind=SubjectKind.SYMBOL, subject="NVDA")
    rig = build_rig(tmp_path, (ANY_FALL, own, replace(own, id="second", threshold=2.0)))
    quiet_start(rig)
    fall(rig, "NVDA")
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert popup.subject == "NVDA"
    told = {alert.rule_id: alert.suppressed_by for alert in rig.store.alerts.load()}
    assert told["fall"] == "said by another rule"
    assert sorted(map(str, (told["own"], told["second"]))) == ["None", "shown with its cause"]


def of_each(symbols: tuple[str, ...]) -> tuple[Rule, ...]:
    """Make a rule for each of some shares."""
    return tuple(
        replace(ANY_FALL, id=f"own-{symbol}", subject_kind=SubjectKind.SYMBOL, subject=symbol)
        for symbol in symbols
    )


def test_that_a_bad_open_with_a_rule_for_each_of_many_shares_is_one_popup_with_their_names(
    tmp_path: Path,
) -> None:
    few = ("NVDA", "ORCL", "DELL")
    many = (*few, "GEV", "ANET")
    rig = build_rig(tmp_path, of_each(many))
    quiet_start(rig)
    fall(rig, *many)
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert {member.symbol for member in popup.members} == set(many)
    kept = [
        alert for alert in rig.store.alerts.load() if alert.rule_id.startswith("own-") and not alert.folded
    ]
    assert {alert.subject for alert in kept} == set(many)

    rig = build_rig(tmp_path / "few", of_each(few))
    quiet_start(rig)
    fall(rig, *few)
    assert sorted(raised.alert.subject for raised in rig.raised() if raised.popup) == sorted(few)


def test_that_price_levels_pop_up_one_by_one_however_many_are_crossed(tmp_path: Path) -> None:
    many = ("NVDA", "ORCL", "DELL", "GEV", "ANET")
    levels = tuple(
        replace(rule, kind=RuleKind.PRICE_LEVEL, direction=Direction.DOWN, threshold=97.0)
        for rule in of_each(many)
    )
    rig = build_rig(tmp_path, levels)
    quiet_start(rig)
    fall(rig, *many)
    assert sorted(raised.alert.subject for raised in rig.raised() if raised.popup) == sorted(many)


def test_that_shares_with_rules_of_their_own_that_fall_one_by_one_end_in_one_popup(tmp_path: Path) -> None:
    symbols = ("NVDA", "ORCL", "DELL", "GEV", "ANET", "MU")
    rig = build_rig(tmp_path, of_each(symbols))
    quiet_start(rig)
    for symbol in symbols:
        rig.clock.advance(seconds=20)
        fall(rig, symbol)
    popups = [raised.alert.subject for raised in rig.raised() if raised.popup]
    assert popups == list(symbols[:4])  # the fourth begins one that the others join
    told = {alert.subject: alert.suppressed_by for alert in rig.store.alerts.load()}
    assert (told["ANET"], told["MU"]) == ("shown with its cause", "shown with its cause")


def test_that_who_stands_still_beside_its_peers_is_told_though_their_popup_was_shown(tmp_path: Path) -> None:
    still = Rule(
        id="still", name_en="s", name_ko="s", kind=RuleKind.PEER_DIVERGENCE, subject_kind=SubjectKind.LAYER,
        subject="asic_network", direction=Direction.DOWN, threshold=2.0,
    )  # fmt: skip
    rig = build_rig(tmp_path, (ANY_FALL, still))
    symbols = names(rig, "asic_network", 20)
    rig.market.history = {s: history(TUESDAY, seed=n, sd=0.008) for n, s in enumerate(symbols, 2)}
    rig.market.history["QQQ"] = history(TUESDAY, seed=0)
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig)
    fall(rig, *symbols[1:])
    rig.wait_for_group()
    popups = {raised.alert.subject: raised.alert for raised in rig.raised() if raised.popup}
    assert set(popups) == {"asic_network", symbols[0]}
    assert popups[symbols[0]].rule_id == "still"
    assert "Layer SAR" in popups[symbols[0]].message


def test_that_a_third_of_a_layer_joins_the_popup_of_two_and_is_not_said_to_follow_all_of_it(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    *two, third = names(rig, "power", 3)
    fall(rig, *two)
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    rig.clock.advance(minutes=1)
    fall(rig, third)
    rig.wait_for_group()
    newest, *_ = told = rig.engine.delivery.alerts
    assert (newest.subject, newest.suppressed_by) == (third, "shown with its cause")
    assert newest.id in next(alert for alert in told if alert.id == popup.id).folded
    assert [alert.fired_at for alert in told] == sorted((a.fired_at for a in told), reverse=True)


@pytest.mark.parametrize(
    ("price", "reasons"),
    [
        (96.0, {"fall": "shown with its cause"}),
        (90.0, {"fall": "shown with its cause", "deep": "already true when first seen"}),
    ],
)
def test_that_what_was_true_at_a_start_belongs_to_a_popup_of_its_cause_that_is_as_severe(
    tmp_path: Path, price: float, reasons: dict[str, str]
) -> None:
    rules = (ANY_FALL, replace(ANY_FALL, id="deep", threshold=8.0, severity=Severity.ALERT))
    rig = build_rig(tmp_path, rules)
    quiet_start(rig)
    first, second = names(rig, "power", 2)
    fall(rig, first)
    rig.wait_for_group()
    rig.store.close()
    again = build_rig(tmp_path, rules, rig.clock.now() + timedelta(minutes=20))
    fall(again, second, to=price)
    again.wait_for_group()
    told = {
        alert.rule_id: alert.suppressed_by for alert in again.store.alerts.load() if alert.subject == second
    }
    assert told == reasons
    (popup,) = (alert for alert in again.store.alerts.load() if alert.suppressed_by is None)
    again.clock.advance(minutes=5)
    again.engine.tick()
    grown = next(alert for alert in again.store.alerts.load() if alert.id == popup.id)
    assert {m.symbol for m in grown.members} == {first, second}
    assert {again.engine.delivery._alerts[key].rule_id for key in grown.folded} == {"fall"}


def test_that_many_layers_falling_together_are_one_popup_and_the_rising_ones_another(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    falling = [
        name
        for layer in ("power", "asic_network", "reit", "servers_storage")
        for name in names(rig, layer, 2)
    ]
    rising = names(rig, "models_apps", 1)
    fall(rig, *falling)
    fall(rig, *rising, to=104.0)
    rig.wait_for_group()
    popups = {raised.alert.group: raised.alert for raised in rig.raised() if raised.popup}
    assert set(popups) == {"list:ai-ecosystem:down", "layer:models_apps:up"}
    inside = {m.symbol for m in popups["list:ai-ecosystem:down"].members if m.move_pct < 0}
    assert inside == set(falling)
    assert "AI ecosystem" in popups["list:ai-ecosystem:down"].message


def test_that_another_layer_joins_the_popup_of_the_whole_list(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *(name for layer in ("power", "asic_network", "reit") for name in names(rig, layer, 1)))
    rig.wait_for_group()
    rig.clock.advance(minutes=20)
    fall(rig, *names(rig, "servers_storage", 2))
    rig.wait_for_group()
    assert sum(raised.popup for raised in rig.raised()) == 1


def test_that_names_of_many_layers_that_fall_one_by_one_are_told_as_the_list_and_not_by_the_first(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    layers = ("power", "asic_network", "reit", "servers_storage", "cloud", "memory")
    falling = [name for layer in layers for name in names(rig, layer, 1)]
    for symbol in falling:
        fall(rig, symbol)
        rig.clock.advance(seconds=12)
        rig.engine.tick()
    rig.clock.advance(minutes=5)
    rig.engine.tick()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    assert (popup.subject, {m.symbol for m in popup.members}) == ("ai-ecosystem", set(falling[:3]))
    (grown,) = [alert for alert in rig.store.alerts.load() if alert.id == popup.id]
    assert {m.symbol for m in grown.members} == set(falling)


def test_that_falls_of_single_layers_hours_apart_pop_up_one_by_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    layers = ("power", "asic_network", "reit", "servers_storage")
    for layer in layers:
        fall(rig, *names(rig, layer, 1))
        rig.wait_for_group()
        rig.clock.advance(minutes=45)
    popups = [raised.alert.group for raised in rig.raised() if raised.popup]
    assert popups == [f"layer:{layer}:down" for layer in layers]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (("power",), ["layer:reit:down"]),
        (("power", "asic_network"), ["list:ai-ecosystem:down"]),
        (("power", "asic_network", "servers_storage"), []),
    ],
)
def test_that_layers_are_told_as_one_list_across_a_start_too(
    tmp_path: Path, before: tuple[str, ...], told: list[str]
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *(name for layer in before for name in names(rig, layer, 1)))
    rig.wait_for_group()
    rig.store.close()
    again = build_rig(tmp_path, (ANY_FALL,), rig.clock.now() + timedelta(minutes=20))
    quiet_start(again)
    fall(again, *names(again, "reit", 2))
    again.wait_for_group()
    assert [raised.alert.group for raised in again.raised() if raised.popup] == told


def test_that_alerts_still_wait_for_others_of_their_cause_when_the_clock_was_set_back(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *names(rig, "power", 1))
    rig.clock.advance(hours=-2)
    rig.engine.delivery.begin_anew()
    rig.engine.tick()
    assert rig.raised() == []
    rig.wait_for_group()
    assert [raised.popup for raised in rig.raised()] == [True]


def test_that_worse_falls_that_wait_for_one_popup_of_many_shares_are_all_told_in_the_next(
    tmp_path: Path,
) -> None:
    slight, worse = ("NVDA", "ORCL", "DELL", "GEV"), ("ANET", "MU", "VRT")
    rules = (*of_each(slight), *(replace(rule, severity=Severity.ALERT) for rule in of_each(worse)))
    rig = build_rig(tmp_path, rules)
    quiet_start(rig)
    for symbol in (*slight, *worse):
        rig.clock.advance(seconds=20)
        fall(rig, symbol)
    rig.clock.advance(minutes=6)
    rig.engine.tick()
    assert {raised.alert.subject for raised in rig.raised()} >= {*slight, *worse}
    waiting = [alert.subject for alert in rig.store.alerts.load() if alert.suppressed_by == WAITS]
    assert waiting == []


def test_that_shares_with_rules_of_their_own_that_fall_hours_after_many_others_pop_up(tmp_path: Path) -> None:
    morning, later = ("NVDA", "ORCL", "DELL", "GEV"), ("ANET", "MU", "VRT", "AMD")
    rig = build_rig(tmp_path, of_each((*morning, *later)))
    quiet_start(rig)
    fall(rig, *morning)
    rig.clock.advance(hours=3)
    fall(rig, *later)
    first, second = (raised.alert for raised in rig.raised() if raised.popup)
    assert {member.symbol for member in first.members} == set(morning)
    assert {member.symbol for member in second.members} >= set(later)


def test_that_a_start_between_does_not_make_more_popups_of_single_shares(tmp_path: Path) -> None:
    symbols = ("NVDA", "ORCL", "DELL", "GEV")
    rig = build_rig(tmp_path, of_each(symbols))
    quiet_start(rig)
    fall(rig, *symbols[:3])
    started = build_rig(tmp_path, of_each(symbols), rig.clock.now() + timedelta(seconds=20))
    quiet_start(started)
    fall(started, *symbols)
    (popup,) = [raised.alert for raised in started.raised() if raised.popup]
    assert (popup.subject, popup.popup_group.kind) == ("GEV", GroupKind.LIST)


def test_that_a_layers_popup_names_no_news_of_one_share_that_is_no_reason(tmp_path: Path) -> None:
    fallen = ("NVDA", "AMD", "ARM")
    rig = build_rig(tmp_path, (ANY_FALL,))
    rig.market.history = {s: history(TUESDAY, seed=seed) for seed, s in enumerate(("QQQ", *fallen))}
    rig.runtime.bars.fetch_all(rig.engine)
    quiet_start(rig)
    fall(rig, *fallen, to=97.5)
    rig.clock.advance(hours=3)
    rig.market.report("Nvidia loses a large order from Chinese customers", minutes_ago=1)
    rig.refresh()
    rig.market.set("NVDA", 92.0)
    fall(rig, "AMD", "ARM")
    rig.wait_for_group()
    told = {raised.alert.subject: raised.alert for raised in rig.raised()}
    assert told["NVDA"].untied is not None
    assert told["accelerators"].untied is None
    assert "Nvidia loses" not in told["accelerators"].message


def test_that_a_popup_of_many_is_as_severe_as_the_worst_of_them(tmp_path: Path) -> None:
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    first, second = names(rig, "power", 2)
    rig.market.set(second, 90.0)
    fall(rig, first)
    rig.wait_for_group()
    assert [r.alert.severity for r in rig.raised() if r.popup] == [Severity.SEVERE]


def test_that_of_two_alerts_of_a_share_that_wait_the_worse_one_pops_up(tmp_path: Path) -> None:
    worse = replace(ANY_FALL, id="worse", threshold=8.0, severity=Severity.SEVERE)
    rig = build_rig(tmp_path, (ANY_FALL, worse))
    quiet_start(rig)
    (fallen,) = names(rig, "power", 1)
    fall(rig, fallen)
    rig.clock.advance(seconds=10)
    fall(rig, fallen, to=90.0)
    rig.wait_for_group()
    assert [(raised.alert.rule_id, raised.popup) for raised in rig.raised()] == [
        ("worse", True),
        ("fall", False),
    ]


def test_that_only_alerts_of_a_share_and_its_layer_are_asked_whether_they_said_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    alert, firing = one_fall(rig)
    told = replace(alert, id="told", suppressed_by=None, members=(Member(symbol="NVDA", move_pct=-4.0),))
    others = [replace(told, id=f"o{n}", subject=f"X{n}") for n in range(2000)]
    asked: list[str] = []
    kept = mutes.rises
    monkeypatch.setattr(mutes, "rises", lambda each: asked.append(each.id) or kept(each))
    assert rig.engine.delivery.mutes.reason(alert, firing, [*others, told], ()) == mutes.SAME_MOVE
    assert asked == [alert.id, "told"]


def test_that_a_crash_of_the_whole_list_makes_few_popups_with_every_big_mover_inside(tmp_path: Path) -> None:
    folders = user_folders(tmp_path)
    world = load_world(folders)
    episode = find_replay("2025-01-27-deepseek")
    clock = SteppedClock(episode.starts)
    store = open_store(folders, clock, replay=True)
    raised: list[AlertRaised] = []
    engine = Engine(
        replay_parts(world, Options(folders=folders), episode, store, clock),
        lambda event: raised.append(event) if isinstance(event, AlertRaised) else None,
    )
    runtime = Runtime(core := InlineCore(), InlinePool(core))
    runtime.attach(engine)
    play_through(runtime, engine, clock, episode.ends, timedelta(minutes=5))
    alerts = store.alerts.load()
    store.close()
    popups = [event.alert for event in raised if event.popup]
    assert 1 <= len(popups) <= 12
    shown = {member.symbol for alert in alerts if alert.suppressed_by is None for member in alert.members}
    moved = {s for s, move in engine.market.moves.items() if move.sar is not None and abs(move.sar) >= 3}
    listed = set(world.watchlist.symbols)
    assert len(moved & listed) > 15
    assert moved & listed <= shown


def test_that_only_what_is_severe_enough_pops_up(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,), settings=Settings(popup_from=Severity.SEVERE))
    quiet_start(rig)
    rig.engine.tick()
    fall(rig, *names(rig, "power", 2))
    rig.wait_for_group()
    assert rig.raised()
    assert not any(raised.popup for raised in rig.raised())
    assert {a.suppressed_by for a in rig.store.alerts.load()} == {"less severe than what pops up"}
