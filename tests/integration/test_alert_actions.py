"""What the user silences stays silent, for as long as was said, and is kept with a named reason."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest
from tests.support.fakes import FakeClock
from tests.support.rig import TUESDAY, Rig, build_rig

from stackwatch.domain.alert import Alert, AlertState, PopupPause, SnoozeScope, pause_end, pause_left
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.events import AlertRaised, AlertUpdated, ArmedChanged, ArmedRowsChanged, AwayDigest
from stackwatch.domain.rule import Direction, Rule, RuleKind, RuleState, SubjectKind
from stackwatch.domain.settings import Settings
from stackwatch.engine.alerts.mutes import PAUSED, Mutes

FALL = Rule(
    id="fall",
    name_en="fall",
    name_ko="하락",
    kind=RuleKind.PERCENT_MOVE,
    direction=Direction.DOWN,
    threshold=3.0,
    subject_kind=SubjectKind.WATCHLIST,
    subject="*",
)
DEEPER = replace(FALL, id="deeper", threshold=6.0)


def started(folder: Path, *rules: Rule) -> Rig:
    rig = build_rig(folder, rules)
    for symbol in ("NVDA", "ORCL"):
        rig.market.set(symbol, 100.0)
    rig.refresh()
    return rig


def fall(rig: Rig, symbol: str, price: float) -> AlertRaised:
    """Let a share fall and return the alert that was told last."""
    rig.clock.advance(minutes=6)
    rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    return rig.raised()[-1]


def tomorrow(rig: Rig) -> None:
    rig.clock.advance(minutes=24 * 60)
    for symbol in ("NVDA", "ORCL"):
        rig.market.set(symbol, 100.0)
    rig.refresh()


def test_that_a_snoozed_rule_is_silent_for_every_name_also_on_another_day(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    assert first.popup
    rig.runtime.snooze(first.alert.id, TUESDAY + timedelta(days=3), SnoozeScope.RULE)
    tomorrow(rig)
    second = fall(rig, "ORCL", 96.0)
    assert (second.popup, second.alert.suppressed_by) == (False, "its rule was snoozed")


def test_that_an_ended_snooze_taken_back_after_its_time_leaves_the_alert_seen(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    until = rig.clock.now() + timedelta(minutes=15)
    rig.runtime.snooze(first.alert.id, until, SnoozeScope.CAUSE)
    rig.runtime.end_snoozes(FALL.id, "NVDA")
    rig.clock.advance(minutes=20)
    rig.runtime.snooze(first.alert.id, until, SnoozeScope.CAUSE)  # what an undo asks for
    rig.refresh()
    assert rig.store.alerts.load()[0].state is AlertState.SEEN


@pytest.mark.parametrize("scope", SnoozeScope)
def test_that_what_was_snoozed_pops_up_again_from_the_very_time_on_that_was_said(
    tmp_path: Path, scope: SnoozeScope
) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    end = rig.clock.now() + timedelta(hours=24, minutes=6)
    rig.runtime.snooze(first.alert.id, end, scope, "NVDA")
    tomorrow(rig)
    second = fall(rig, "NVDA", 96.0)
    assert (second.alert.fired_at, second.popup) == (end, True)


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of the machine is set by the environment")
@pytest.mark.parametrize(
    ("zone", "evening"),
    [
        ("America/Santiago", datetime(2026, 9, 6, 3, 30, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2026, 4, 23, 21, 30, tzinfo=UTC)),
        ("Asia/Kolkata", datetime(2026, 3, 10, 18, 0, tzinfo=UTC)),
    ],
)
def test_that_a_pause_until_tomorrow_holds_where_the_clocks_go_forward_at_midnight(
    monkeypatch: pytest.MonkeyPatch, zone: str, evening: datetime
) -> None:
    """At half past eleven there is half an hour to go, whatever hour comes then."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert pause_end(PopupPause.TOMORROW, evening) == evening + timedelta(minutes=30)
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="the zone of the machine is set by the environment")
def test_that_a_pause_until_tomorrow_knows_a_day_of_25_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        clock = FakeClock(
            datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
        )  # half past midnight, before the clocks change
        mutes = Mutes(Settings(), {}, clock, replay=False, presenting=lambda: False)
        mutes.pause(pause_end(PopupPause.TOMORROW, clock.now()))
        clock.advance(hours=24)
        assert mutes.off == PAUSED
        clock.advance(minutes=30)
        assert mutes.off is None
    finally:
        monkeypatch.undo()
        time.tzset()


def test_that_a_pause_until_tomorrow_holds_over_a_restart_wherever_the_machine_was_carried() -> None:
    now = datetime(2026, 11, 29, 4, 30, tzinfo=UTC)
    for hours in range(1, 25):  # until midnight in one zone or another
        until = now + timedelta(hours=hours)
        assert pause_left(until, now) == until


def test_that_a_replay_knows_a_pause_and_neither_quiet_hours_nor_another_programs_full_screen() -> None:
    clock = FakeClock(TUESDAY)
    always = Settings(quiet_from=time_of_day(0), quiet_to=time_of_day(23, 59, 59))
    mutes = Mutes(always, {}, clock, replay=True, presenting=lambda: True)
    assert mutes.off is None
    mutes.pause(TUESDAY + timedelta(minutes=1))
    assert mutes.off == PAUSED


def test_that_a_snoozed_name_is_silent_for_every_rule_and_others_are_not(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL, DEEPER)
    first = fall(rig, "NVDA", 96.0)
    rig.runtime.snooze(first.alert.id, TUESDAY + timedelta(days=3), SnoozeScope.NAME, "NVDA")
    second = fall(rig, "NVDA", 93.0)
    assert (second.alert.rule_id, second.alert.suppressed_by) == ("deeper", "its name was snoozed")
    assert fall(rig, "ORCL", 96.0).popup


@pytest.mark.parametrize("popup", [True, False])
def test_that_a_rule_that_was_true_when_it_was_saved_did_not_fire_whatever_else_silences_it(
    tmp_path: Path, *, popup: bool
) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 93.0)
    if popup:
        rig.runtime.snooze(first.alert.id, TUESDAY + timedelta(days=3), SnoozeScope.NAME, "NVDA")
    rig.engine.alerts.use([FALL, replace(DEEPER, popup=popup)])
    rig.refresh()
    rig.runtime.watch_rules(shown=True)
    stands = {(row.rule_id, row.subject): row.standing for row in rig.of(ArmedRowsChanged)[-1].rows}
    assert stands["fall", "NVDA"] is RuleStanding.FIRED
    assert stands["deeper", "NVDA"] is RuleStanding.TRUE
    assert rig.raised()[-1].alert.rule_id == "deeper"  # it is on record all the same


def silent(rig: Rig) -> dict[tuple[str, str], datetime]:
    """Return until when the table of armed rules says that nothing pops up."""
    rows = rig.of(ArmedRowsChanged)[-1].rows
    return {(row.rule_id, row.subject): row.silent_until for row in rows if row.silent_until is not None}


def test_that_the_table_of_rules_tells_what_alerts_silence_and_ends_it(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL, DEEPER)
    rig.runtime.watch_rules(shown=True)
    assert silent(rig) == {}
    until = TUESDAY + timedelta(days=3)
    first = fall(rig, "NVDA", 96.0)
    rig.runtime.snooze(first.alert.id, until, SnoozeScope.NAME, "NVDA")
    assert silent(rig) == {("fall", "NVDA"): until, ("deeper", "NVDA"): until}
    second = fall(rig, "ORCL", 96.0)
    rig.runtime.snooze(second.alert.id, until, SnoozeScope.RULE)
    assert silent(rig)[("fall", "ORCL")] == until
    assert ("deeper", "ORCL") not in silent(rig)
    rig.runtime.end_snoozes("fall", "ORCL")
    assert silent(rig) == {("fall", "NVDA"): until, ("deeper", "NVDA"): until}
    rig.runtime.end_snoozes("deeper", "NVDA")
    assert silent(rig) == {}
    assert rig.of(AlertUpdated)[-1].alert.state is AlertState.SEEN
    assert "snoozed" not in (fall(rig, "NVDA", 93.0).alert.suppressed_by or "")


def test_that_bells_tell_at_once_whose_popups_are_snoozed_and_until_they_are(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    until = rig.clock.now() + timedelta(minutes=30)
    rig.runtime.snooze(first.alert.id, until)
    assert rig.of(ArmedChanged)[-1].silent == frozenset()  # of its cause: another one pops up
    rig.runtime.snooze(first.alert.id, until, SnoozeScope.NAME, "NVDA")
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA"}
    rig.runtime.mark_seen(first.alert.id)
    assert rig.of(ArmedChanged)[-1].silent == frozenset()
    rig.runtime.snooze(first.alert.id, until, SnoozeScope.NAME, "NVDA")
    rig.clock.advance(minutes=31)
    rig.engine.tick()
    assert rig.of(ArmedChanged)[-1].silent == frozenset()


def test_that_the_disk_is_waited_for_once_where_many_are_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = started(tmp_path, FALL)
    ids = [fall(rig, symbol, 96.0).alert.id for symbol in ("NVDA", "ORCL")]
    save, written = rig.store.alerts.save, list[int]()

    def counted(alerts: Sequence[Alert], states: Sequence[RuleState] = ()) -> None:
        written.append(len(alerts))
        save(alerts, states)

    monkeypatch.setattr(rig.store.alerts, "save", counted)
    rig.runtime.mark_seen(*ids)
    assert [alert.state for alert in rig.store.alerts.load()] == [AlertState.SEEN] * 2
    rig.runtime.mark_new(*ids)
    assert [update.alert.state for update in rig.of(AlertUpdated)[-2:]] == [AlertState.NEW] * 2
    assert written == [2, 2]


def test_that_a_name_stays_snoozed_where_a_popup_that_it_was_folded_into_is_seen(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    folded, shown = fall(rig, "NVDA", 96.0).alert, fall(rig, "ORCL", 96.0).alert
    rig.engine.delivery.keep(replace(shown, folded=(folded.id,)))
    until = rig.clock.now() + timedelta(minutes=30)
    rig.runtime.snooze(folded.id, until, SnoozeScope.NAME, "NVDA")
    rig.runtime.mark_seen(shown.id)
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA"}
    rig.runtime.mark_seen(folded.id)
    rig.runtime.snooze(shown.id, until)  # of the cause: all that was shown together
    rig.runtime.mark_seen(shown.id)
    assert {alert.state for alert in rig.engine.delivery.alerts} == {AlertState.SEEN}


def test_that_a_snooze_of_a_cause_ends_with_the_popup_seen_whatever_was_silenced_besides(
    tmp_path: Path,
) -> None:
    rig = started(tmp_path, FALL)
    folded, shown = fall(rig, "NVDA", 96.0).alert, fall(rig, "ORCL", 96.0).alert
    rig.engine.delivery.keep(replace(shown, folded=(folded.id,)))
    until = rig.clock.now() + timedelta(minutes=30)
    rig.runtime.snooze(shown.id, until)  # of the cause: all that was shown together
    rig.runtime.snooze(shown.id, until, SnoozeScope.NAME, "ORCL")
    rig.runtime.mark_seen(shown.id)
    assert {alert.state for alert in rig.engine.delivery.alerts} == {AlertState.SEEN}
    rig.runtime.snooze(shown.id, until)
    rig.runtime.snooze(folded.id, until, SnoozeScope.NAME, "NVDA")  # which is another one
    rig.runtime.mark_seen(shown.id)
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA"}
    (kept,) = [alert for alert in rig.engine.delivery.alerts if alert.snoozes]
    assert [each.about for each in kept.snoozes] == ["NVDA"]


def test_that_a_name_is_silenced_beside_every_other_snooze_of_the_only_alert_about_it(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL, DEEPER)
    only = fall(rig, "NVDA", 96.0).alert
    rule, name = rig.clock.now() + timedelta(hours=2), rig.clock.now() + timedelta(hours=1)
    rig.runtime.snooze(only.id, rule, SnoozeScope.RULE)
    for silenced in ("ORCL", "NVDA"):
        rig.runtime.snooze(only.id, name, SnoozeScope.NAME, silenced)
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA", "ORCL"}
    assert fall(rig, "NVDA", 93.0).alert.suppressed_by == "its name was snoozed"  # of another rule
    rig.runtime.end_snoozes_of_name("ORCL")
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA"}
    assert fall(rig, "ORCL", 96.0).alert.suppressed_by == "its rule was snoozed"  # which nothing took away
    assert fall(rig, "ORCL", 93.0).popup
    (stored,) = [alert for alert in rig.store.alerts.load() if alert.id == only.id]
    assert [(each.until, each.about) for each in stored.snoozes] == [(rule, ""), (name, "NVDA")]


def test_that_what_was_put_off_is_not_new_again_while_its_name_is_silent(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    only, now = fall(rig, "NVDA", 96.0).alert, rig.clock.now()
    rig.runtime.snooze(only.id, now + timedelta(minutes=15))
    rig.runtime.snooze(only.id, now + timedelta(minutes=30), SnoozeScope.NAME, "NVDA")
    for state in (AlertState.SNOOZED, AlertState.SEEN):
        rig.clock.advance(minutes=16)
        rig.engine.tick()
        assert rig.engine.delivery.alerts[0].state is state
    assert rig.of(ArmedChanged)[-1].silent == frozenset()


def test_that_a_snooze_of_a_cause_shortens_that_of_no_name_in_it(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    folded, shown = fall(rig, "NVDA", 96.0).alert, fall(rig, "ORCL", 96.0).alert
    rig.engine.delivery.keep(replace(shown, folded=(folded.id,)))
    rig.runtime.snooze(folded.id, rig.clock.now() + timedelta(hours=5), SnoozeScope.NAME, "NVDA")
    rig.runtime.snooze(shown.id, rig.clock.now() + timedelta(minutes=15))
    rig.clock.advance(minutes=16)
    rig.engine.tick()
    assert rig.of(ArmedChanged)[-1].silent == {"NVDA"}


def test_that_the_table_of_rules_tells_that_the_cause_of_what_fired_is_silenced_and_ends_it(
    tmp_path: Path,
) -> None:
    rig = started(tmp_path, replace(FALL, escalate_step=1.0), DEEPER)
    rig.runtime.watch_rules(shown=True)
    until = TUESDAY + timedelta(days=3)
    first = fall(rig, "NVDA", 96.0)
    rig.runtime.snooze(first.alert.id, until)
    assert silent(rig) == {("fall", "NVDA"): until}  # of the other rule nobody knows yet why it would fire
    assert fall(rig, "NVDA", 94.5).alert.suppressed_by == "snoozed"
    rig.runtime.end_snoozes("fall", "NVDA")
    assert silent(rig) == {}
    assert fall(rig, "NVDA", 93.4).alert.suppressed_by != "snoozed"


def test_that_a_snoozed_cause_stays_silent_over_the_night_and_a_restart(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    rig.runtime.snooze(first.alert.id, TUESDAY + timedelta(days=3))
    again = build_rig(tmp_path, (FALL,), rig.clock.now(), store=rig.store)
    tomorrow(again)
    second = fall(again, "NVDA", 96.0)
    assert (second.alert.group, second.alert.suppressed_by) == (first.alert.group, "snoozed")


def test_that_paused_popups_are_told_in_one_digest_when_the_pause_is_over(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    rig.runtime.pause_popups(pause_end(PopupPause.HOUR, rig.clock.now()))
    rig.engine.tick()
    paused = fall(rig, "NVDA", 96.0)
    assert (paused.popup, paused.alert.suppressed_by) == (False, "popups were paused")
    rig.runtime.pause_popups(pause_end(PopupPause.OVER, rig.clock.now()))
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert [alert.subject for alert in digest.alerts] == ["NVDA"]
    assert fall(rig, "ORCL", 96.0).popup


def test_that_a_pause_that_is_over_before_anybody_looks_is_told_too(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    rig.runtime.pause_popups(pause_end(PopupPause.HOUR, rig.clock.now()))
    rig.market.set("NVDA", 96.0)
    rig.clock.advance(seconds=5)
    rig.refresh()
    rig.runtime.pause_popups(pause_end(PopupPause.OVER, rig.clock.now()))
    rig.engine.tick()
    rig.engine.tick()
    (digest,) = rig.of(AwayDigest)
    assert isinstance(digest, AwayDigest)
    assert [(alert.subject, alert.suppressed_by) for alert in digest.alerts] == [("NVDA", PAUSED)]
    assert digest.since == digest.alerts[0].fired_at


def pause(rig: Rig) -> None:
    rig.runtime.pause_popups(pause_end(PopupPause.HOUR, rig.clock.now()))


def begin_quiet_hours(rig: Rig) -> None:
    local = rig.clock.now().astimezone()
    begun, over = ((local + timedelta(minutes=minutes)).time() for minutes in (-1, 60))
    rig.engine.change_settings(Settings(quiet_from=begun, quiet_to=over))


def fill_the_screen(rig: Rig) -> None:
    rig.engine.delivery.mutes._presenting = lambda: True


def snooze_the_rule(rig: Rig) -> None:
    until = rig.clock.now() + timedelta(hours=1)
    rig.engine.alerts.use([replace(FALL, snoozed_until=until)])


def snooze_the_name(rig: Rig) -> None:
    earlier = next(raised.alert for raised in rig.raised() if raised.popup)
    rig.runtime.snooze(earlier.id, rig.clock.now() + timedelta(hours=1), SnoozeScope.NAME, "ORCL")


@pytest.mark.parametrize(
    ("silence", "reason"),
    [
        (pause, "popups were paused"),
        (begin_quiet_hours, "quiet hours"),
        (fill_the_screen, "another program had the whole screen"),
        (snooze_the_rule, "its rule was snoozed"),
        (snooze_the_name, "its name was snoozed"),
    ],
)
@pytest.mark.parametrize("stored", [True, False])
def test_that_what_silences_popups_holds_for_those_that_wait(
    tmp_path: Path, silence: Callable[[Rig], None], reason: str, *, stored: bool
) -> None:
    rig = started(tmp_path, FALL)
    fall(rig, "NVDA", 96.0)
    disk = rig.store.file._connection
    if not stored:
        disk.execute("PRAGMA query_only = ON")
    rig.clock.advance(minutes=6)
    rig.market.set("ORCL", 96.0)
    rig.refresh()
    if not stored:
        rig.wait_for_group()  # due, but not to be told before the disk takes it
        disk.execute("PRAGMA query_only = OFF")
    silence(rig)
    rig.wait_for_group()
    told = [raised for raised in rig.raised() if raised.alert.subject == "ORCL"]
    assert [(raised.popup, raised.alert.suppressed_by) for raised in told] == [(False, reason)]
    assert rig.store.alerts.load()[0] == told[0].alert


def test_that_a_full_screen_of_another_program_is_not_disturbed(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    rig.engine.delivery.mutes._presenting = lambda: True
    held = fall(rig, "NVDA", 96.0)
    assert held.alert.suppressed_by == "another program had the whole screen"


def test_that_seen_can_be_taken_back(tmp_path: Path) -> None:
    rig = started(tmp_path, FALL)
    first = fall(rig, "NVDA", 96.0)
    rig.runtime.mark_seen(first.alert.id)
    rig.runtime.mark_new(first.alert.id)
    assert rig.store.alerts.load()[0].state is AlertState.NEW
