"""Popups seen, snoozed, and kept back by quiet hours, sleep and starts."""

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from tests.integration.popup_scene import ANY_FALL, fall, names, quiet_start
from tests.support.rig import TUESDAY, build_rig

from stackwatch.domain.alert import AlertState, AwayReason, SnoozeScope
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.settings import Settings


def test_that_seeing_or_snoozing_a_popup_is_seeing_or_snoozing_what_is_inside(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *names(rig, "power", 3))
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    rig.runtime.mark_seen(popup.id)
    assert {alert.state for alert in rig.store.alerts.load()} == {AlertState.SEEN}
    rig.runtime.snooze(popup.id, rig.clock.now() + timedelta(hours=2))
    assert {alert.state for alert in rig.store.alerts.load()} == {AlertState.SNOOZED}
    rig.clock.advance(minutes=10)
    fall(rig, names(rig, "power", 4)[3])
    rig.wait_for_group()
    newest = rig.store.alerts.load()[0]
    assert newest.suppressed_by == "snoozed"


def test_that_a_snooze_of_the_whole_list_holds_in_the_sessions_that_follow(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    layers = ("power", "asic_network", "reit", "servers_storage")
    for _ in range(2):
        quiet_start(rig)
        fall(rig, *(name for layer in layers for name in names(rig, layer, 1)))
        rig.wait_for_group()
        popups = [raised.alert for raised in rig.raised() if raised.popup]
        assert [popup.group for popup in popups] == ["list:ai-ecosystem:down"]
        rig.runtime.snooze(popups[0].id, TUESDAY + timedelta(days=5))
        rig.clock.time = TUESDAY + timedelta(days=1)
    assert [a.suppressed_by for a in rig.store.alerts.load()[:4]] == ["snoozed"] * 4


def test_that_snoozing_the_only_name_of_a_popup_snoozes_every_alert_shown_in_it(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL, replace(ANY_FALL, id="second")))
    quiet_start(rig)
    (name,) = names(rig, "power", 1)
    fall(rig, name)
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    rig.runtime.snooze(popup.id, rig.clock.now() + timedelta(hours=2), SnoozeScope.NAME, name)
    states = [alert.state for alert in rig.store.alerts.load()]
    assert states == [AlertState.SNOOZED] * 2


def test_that_snoozing_one_name_snoozes_no_other_alert_of_its_popup(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    fall(rig, *names(rig, "power", 3))
    rig.wait_for_group()
    (popup,) = [raised.alert for raised in rig.raised() if raised.popup]
    until = rig.clock.now() + timedelta(hours=2)
    rig.runtime.snooze(popup.id, until, SnoozeScope.NAME, names(rig, "power", 1)[0])
    snoozed = [alert.id for alert in rig.store.alerts.load() if alert.state is AlertState.SNOOZED]
    assert snoozed == [popup.id]


def quiet_now(rig_time: time, hours: int) -> Settings:
    end = time((rig_time.hour + hours) % 24, rig_time.minute)
    return Settings(quiet_from=rig_time, quiet_to=end)


def test_that_quiet_hours_keep_popups_back_and_tell_them_in_one_digest(tmp_path: Path) -> None:
    local = TUESDAY.astimezone().time().replace(tzinfo=None)
    rig = build_rig(tmp_path, (ANY_FALL,), settings=quiet_now(local, 1))
    quiet_start(rig)
    rig.engine.tick()
    fallen = names(rig, "power", 2)
    fall(rig, *fallen)
    rig.wait_for_group()
    assert not any(raised.popup for raised in rig.raised())
    assert {a.suppressed_by for a in rig.store.alerts.load()} == {"quiet hours"}
    assert rig.of(AwayDigest) == []
    rig.clock.advance(hours=1)
    rig.engine.tick()
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert (digest.reason, {a.subject for a in digest.alerts}) == (AwayReason.QUIET_HOURS, set(fallen))


def test_that_a_second_night_tells_only_what_the_first_digest_did_not(tmp_path: Path) -> None:
    local = TUESDAY.astimezone().time().replace(tzinfo=None)
    rig = build_rig(tmp_path, (ANY_FALL,), settings=quiet_now(local, 1))
    subjects = []
    for layer in ("power", "reit"):
        quiet_start(rig)
        rig.engine.tick()
        fall(rig, *names(rig, layer, 1))
        rig.clock.advance(hours=1)
        rig.engine.tick()
        digest = rig.of(AwayDigest)[-1]
        assert isinstance(digest, AwayDigest)
        subjects.append([alert.subject for alert in digest.alerts])
        rig.clock.advance(hours=23)
        rig.clock.time = TUESDAY + timedelta(days=1)
    assert subjects == [[*names(rig, "power", 1)], [*names(rig, "reit", 1)]]


def test_that_quiet_hours_may_go_past_midnight() -> None:
    night = Settings(quiet_from=time(22), quiet_to=time(7))
    assert [night.is_quiet(time(hour)) for hour in (21, 22, 2, 7)] == [False, True, True, False]
    assert not Settings().is_quiet(time(3))


def test_that_what_became_true_while_asleep_is_told_once_after_waking(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    rig.engine.tick()
    left = rig.clock.now()
    rig.clock.advance(hours=1)
    rig.engine.mark_gap()
    fall(rig, *names(rig, "power", 2))
    for _ in range(3):
        rig.clock.advance(seconds=45)
        rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert (digest.reason, digest.since) == (AwayReason.WAKE, left)
    assert len(digest.alerts) == 2
    assert not any(raised.popup for raised in rig.raised())


def test_that_a_digest_ends_where_popups_came_on_again_if_somebody_woke_it_in_quiet_hours(
    tmp_path: Path,
) -> None:
    local = TUESDAY.astimezone().time().replace(tzinfo=None)
    rig = build_rig(tmp_path, (ANY_FALL,), settings=quiet_now(local, 2))
    quiet_start(rig)
    rig.engine.tick()
    rig.clock.advance(hours=1)
    rig.engine.mark_gap()
    quiet_start(rig)
    fall(rig, *names(rig, "power", 2))
    rig.clock.advance(hours=1)
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert {alert.suppressed_by for alert in digest.alerts} == {"quiet hours"}
    assert all(digest.since <= alert.fired_at <= digest.until for alert in digest.alerts)


def test_that_a_clock_that_is_set_after_waking_takes_nothing_out_of_the_digest(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    rig.engine.tick()
    left = rig.clock.now()
    fallen = names(rig, "power", 2)
    for symbol in fallen:
        rig.clock.advance(hours=1)
        rig.engine.mark_gap()
        fall(rig, symbol)
        rig.clock.advance(seconds=20)
        rig.engine.tick()
    rig.clock.advance(seconds=45)
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert (digest.since, {alert.subject for alert in digest.alerts}) == (left, set(fallen))


def test_that_a_start_tells_what_became_true_meanwhile(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    rig.store.close()
    again = build_rig(tmp_path, (ANY_FALL,), rig.clock.now() + timedelta(hours=2))
    fall(again, *names(again, "power", 2))
    again.clock.advance(minutes=1)
    again.engine.tick()
    (digest,) = again.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert digest.reason is AwayReason.START
    assert len(digest.alerts) == 2
