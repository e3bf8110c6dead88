"""Europe's morning is a session of its own until New York opens: what falls there then is told, too."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.integration.popup_scene import ANY_FALL
from tests.integration.test_two_sessions_of_a_day import CLOSED, LAYER, popups, told
from tests.support.rig import Rig, build_rig, history

from stackwatch.app import build_calendars
from stackwatch.domain.alert import Member
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.market import Region
from stackwatch.domain.rule import Rule
from stackwatch.domain.words.alert_words import alert_zone
from stackwatch.engine.alerts.mutes import ALREADY_TRUE, SAME_MOVE
from stackwatch.storage.locations import user_folders

EUROPE = ("ENR.DE", "SU.PA", "PRY.MI")
AMERICA = ("GEV", "PWR", "VRT", "ETN")
TUESDAY = datetime(2026, 3, 10, tzinfo=UTC)  # 9:30 in New York is 13:30, in Frankfurt 14:30
THANKSGIVING = datetime(2026, 11, 26, tzinfo=UTC)


def rig_of(folder: Path, *rules: Rule, day: datetime = TUESDAY, names: tuple[str, ...] = ()) -> Rig:
    """Build an engine on a list of one layer, by the exchanges' own hours, with a history of each name."""
    symbols = ", ".join(f'"{symbol}"' for symbol in names or (*EUROPE, *AMERICA))
    (folder / "watchlist.toml").write_text(
        'version = 1\nid = "mine"\nname = { en = "Mine", ko = "내 목록" }\n[[layer]]\nid = "grid"\n'
        f'name = {{ en = "Grid", ko = "전력망" }}\nsymbols = [{symbols}]\n',
        encoding="utf-8",
    )
    now = day + timedelta(hours=7)
    rig = build_rig(folder, rules, now=now, calendars=build_calendars(user_folders(folder)))
    known = {s: history(now, seed=30 + n, sd=0.03) for n, s in enumerate((*EUROPE, *AMERICA))}
    rig.market.history = known | {s: history(now, seed=0) for s in ("QQQ", "^STOXX50E")}
    rig.runtime.bars.fetch_all(rig.engine)
    return rig


def at(rig: Rig, hour: float, **prices: float) -> None:
    """Let it be an hour of the day, UTC, and some shares be where they are not at their close before."""
    day = rig.clock.time.replace(hour=0, minute=0, second=0)
    rig.clock.time = day + timedelta(hours=hour)
    closed: dict[str, Any] = {"as_of": day - timedelta(hours=4), **CLOSED}
    by_name = {name.replace("_", "."): price for name, price in prices.items()}
    for symbol in (*EUROPE, "^STOXX50E"):
        rig.market.set(symbol, by_name.get(symbol, 100.0), currency="EUR")
    for symbol in (*AMERICA, "QQQ"):
        rig.market.set(symbol, by_name.get(symbol, 100.0), **({} if hour >= 13.5 else closed))
    rig.refresh()
    rig.wait_for_group()


def test_that_what_falls_in_new_york_pops_up_though_its_layer_fell_in_europes_morning(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, ANY_FALL)
    at(rig, 8.2)
    at(rig, 8.5, ENR_DE=96.0)
    at(rig, 13.6, ENR_DE=96.0)
    at(rig, 14.0, ENR_DE=96.0, GEV=96.0, PWR=96.0)
    down = "layer:grid:down"
    assert told(rig) == [(down, {"ENR.DE"}, 0), (down, {"ENR.DE", "GEV", "PWR"}, 7)]
    assert [alert.region for alert in popups(rig)] == [Region.EUROPE, Region.AMERICA]


def test_that_what_falls_in_europe_beside_new_york_is_in_one_popup_with_it(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, ANY_FALL)
    at(rig, 13.6)
    at(rig, 14.0, GEV=96.0, SU_PA=96.0)
    at(rig, 14.2, GEV=96.0, SU_PA=96.0, ENR_DE=96.0)
    assert told(rig) == [("layer:grid:down", {"GEV", "SU.PA"}, 7)]


def test_that_another_rule_tells_no_move_of_a_share_again_that_popped_up_before_new_york_opened(
    tmp_path: Path,
) -> None:
    rig = rig_of(tmp_path, ANY_FALL, replace(ANY_FALL, id="deeper", threshold=4.5))
    at(rig, 8.2)
    at(rig, 8.5, ENR_DE=95.6)
    at(rig, 14.0, ENR_DE=95.6)
    at(rig, 14.1, ENR_DE=95.4)
    assert [alert.rule_id for alert in popups(rig)] == [ANY_FALL.id]
    (second,) = (alert for alert in rig.store.alerts.load() if alert.rule_id == "deeper")
    assert (second.region, second.suppressed_by) == (Region.AMERICA, SAME_MOVE)


def test_that_what_europes_morning_told_of_others_keeps_no_share_out_of_a_digest(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, ANY_FALL)
    at(rig, 8.2)
    at(rig, 8.5, ENR_DE=96.0, PRY_MI=96.0)
    rig.clock.time = TUESDAY + timedelta(hours=14)
    rig.engine.mark_gap()
    at(rig, 14.0, ENR_DE=96.0, PRY_MI=96.0, SU_PA=96.0)
    reasons = {alert.subject: alert.suppressed_by for alert in rig.store.alerts.load()}
    assert reasons["SU.PA"] == ALREADY_TRUE
    rig.clock.advance(minutes=1)
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert [alert.subject for alert in digest.alerts] == ["SU.PA"]


def test_that_a_list_of_europe_alone_has_one_session_a_day(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, ANY_FALL, names=EUROPE)
    at(rig, 8.2)
    at(rig, 8.5, ENR_DE=96.0, PRY_MI=96.0)
    at(rig, 14.5, ENR_DE=96.0, PRY_MI=96.0, SU_PA=96.0)
    assert [group for group, *_ in told(rig)] == ["layer:grid:down"]


def test_that_europes_session_goes_on_where_new_york_does_not_open(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, ANY_FALL, day=THANKSGIVING)
    for hour, fallen in ((8.2, {}), (8.5, {"ENR_DE": 96.0}), (15.0, {"ENR_DE": 96.0, "SU_PA": 96.0})):
        at(rig, hour, **fallen)
        for symbol in (*AMERICA, "QQQ"):
            rig.market.set(symbol, 100.0, as_of=THANKSGIVING - timedelta(hours=3), **CLOSED)
    assert {alert.region for alert in rig.store.alerts.load()} == {Region.EUROPE}
    assert len(popups(rig)) == 1


def test_that_a_layer_may_move_as_a_whole_in_europe_and_in_new_york_of_one_date(tmp_path: Path) -> None:
    rig = rig_of(tmp_path, LAYER)
    europe = {"ENR_DE": 93.0, "SU_PA": 92.0, "PRY_MI": 93.0}
    at(rig, 8.2)
    at(rig, 8.5, **europe)
    at(rig, 13.6, **europe)
    at(rig, 14.0, **europe, GEV=93.0, PWR=92.0, VRT=93.0, ETN=93.0)
    at(rig, 14.5, **europe, GEV=93.0, PWR=92.0, VRT=93.0, ETN=93.0)
    first, second = popups(rig)
    assert {member.symbol for member in first.members} == set(EUROPE)
    assert {member.symbol for member in second.members} == {*EUROPE, *AMERICA}
    assert [alert.rule_id for alert in rig.store.alerts.load()] == ["layer-wide"] * 2


@pytest.mark.parametrize(
    ("region", "symbols", "zone"),
    [
        (Region.EUROPE, EUROPE[:2], "Europe/Berlin"),
        (Region.AMERICA, ("ENR.DE", "SU.PA", "LR.PA", "GEV"), "Europe/Paris"),
        (Region.AMERICA, ("GEV", "PWR", "ENR.DE"), "America/New_York"),
        (Region.AMERICA, ("7011.T", "6501.T", "GEV"), "America/New_York"),
        (Region.AMERICA, ("7011.T", "6501.T"), "America/New_York"),
        (Region.ASIA, ("7011.T", "6501.T"), "Asia/Tokyo"),
        (Region.EUROPE, ("GONE.DE", "ENR.DE"), "Europe/Berlin"),
        (Region.EUROPE, ("GONE.DE",), "America/New_York"),
    ],
)
def test_that_a_group_is_told_in_the_time_of_most_that_trade_in_its_session(
    tmp_path: Path, region: Region, symbols: tuple[str, ...], zone: str
) -> None:
    rig = rig_of(tmp_path, ANY_FALL)
    at(rig, 8.2)
    at(rig, 8.5, ENR_DE=96.0)
    (alert,) = popups(rig)
    members = tuple(Member(symbol=symbol, move_pct=-4.0) for symbol in symbols)
    group = replace(alert, subject="grid", region=region, members=members)
    assert alert_zone(group, rig.engine.parts.ecosystem) == zone
