"""A night asleep: sessions that ended, and levels that were passed, while nobody looked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.alert import AwayReason, SnoozeScope
from stackwatch.domain.armed import PassedLevel
from stackwatch.domain.events import AwayDigest
from stackwatch.domain.quote import QuoteState, Session
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, Severity, SubjectKind
from stackwatch.domain.settings import Settings

CLOSE = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)
LEVEL = Rule(
    id="level", name_en="Below 95", name_ko="95 아래", kind=RuleKind.PRICE_LEVEL, direction=Direction.DOWN,
    threshold=95.0, subject_kind=SubjectKind.SYMBOL, subject="NVDA",
)  # fmt: skip


def before_the_open(
    folder: Path,
    rules: tuple[Rule, ...] | None = None,
    *,
    price: float = 100.0,
    settings: Settings | None = None,
) -> Rig:
    """Look at a list before New York opens, and go."""
    rig = build_rig(folder, rules, TUESDAY - timedelta(hours=2), settings=settings)
    names = {"NVDA": 1, "VRT": 2, "QQQ": 3}
    rig.market.history = {symbol: history(TUESDAY, seed=seed) for symbol, seed in names.items()}
    rig.runtime.bars.fetch_all(rig.engine)
    for symbol in names:
        rig.market.set(symbol, price, session=Session.PRE)
    rig.refresh()
    rig.engine.tick()
    return rig


def come_back(rig: Rig, now: datetime, **prices: float) -> list[AwayDigest]:
    """Wake up at a time after the close, at which prices of the close come; returns what is told."""
    rig.clock.time = now
    rig.engine.mark_gap()
    for symbol, price in prices.items():
        rig.market.set(symbol, price, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=CLOSE)
    rig.refresh()
    return settle(rig)


def settle(rig: Rig) -> list[AwayDigest]:
    for _ in range(3):
        rig.clock.advance(seconds=30)
        rig.engine.tick()
    return [event for event in rig.of(AwayDigest) if isinstance(event, AwayDigest)]


def test_that_unusual_moves_of_a_session_that_was_slept_through_are_told_with_their_reason(
    tmp_path: Path,
) -> None:
    rig = before_the_open(tmp_path)
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, VRT=93.0, QQQ=99.9)
    assert digest.reason is AwayReason.WAKE
    assert [each.move.symbol for each in digest.moves] == ["NVDA", "VRT"]
    assert digest.alerts == ()
    assert rig.store.alerts.load() == ()  # no rule is evaluated while its market is shut
    assert len(settle(rig)) == 1


def test_that_a_session_that_ended_before_somebody_left_is_not_told_again(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, QQQ=99.9)
    assert len(come_back(rig, CLOSE + timedelta(hours=9), NVDA=91.0, QQQ=99.9)) == 1


def test_that_a_move_that_an_alert_told_before_somebody_left_is_not_told_again(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    rig.clock.time = TUESDAY
    for symbol, price in (("NVDA", 94.0), ("VRT", 100.0), ("QQQ", 100.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.wait_for_group()
    assert {alert.subject for alert in rig.store.alerts.load()} == {"NVDA"}
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, VRT=93.0, QQQ=99.9)
    assert [each.move.symbol for each in digest.moves] == ["VRT"]


def test_that_a_move_less_severe_than_what_pops_up_is_not_told_either(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, settings=Settings(popup_from=Severity.SEVERE))
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, VRT=97.5, QQQ=99.9)
    assert rig.engine.market.moves["VRT"].unusual
    assert [each.move.symbol for each in digest.moves] == ["NVDA"]


def test_that_an_ordinary_night_tells_nothing(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    assert come_back(rig, CLOSE + timedelta(hours=4), NVDA=100.4, VRT=99.8, QQQ=100.1) == []


def test_that_prices_that_come_late_are_waited_for(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    rig.clock.time = CLOSE + timedelta(hours=4)
    rig.engine.mark_gap()
    assert settle(rig) == []
    rig.clock.advance(minutes=3)
    rig.market.set("NVDA", 91.0, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=CLOSE)
    rig.refresh()
    (digest,) = settle(rig)
    assert [each.move.symbol for each in digest.moves] == ["NVDA"]


def test_that_a_start_after_the_close_tells_what_the_session_did(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    rig.store.close()
    again = build_rig(tmp_path, None, CLOSE + timedelta(hours=4))
    again.engine.start()
    for symbol, price in (("NVDA", 91.0), ("QQQ", 99.9)):
        again.market.set(symbol, price, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=CLOSE)
    again.refresh()
    (digest,) = settle(again)
    assert (digest.reason, [each.move.symbol for each in digest.moves]) == (AwayReason.START, ["NVDA"])


@pytest.mark.parametrize("shut", [True, False])
def test_that_a_level_that_was_passed_meanwhile_is_told_though_it_never_fires(
    tmp_path: Path, *, shut: bool
) -> None:
    rig = before_the_open(tmp_path, (LEVEL,))
    rig.clock.time = CLOSE + timedelta(hours=4 if shut else -1)
    rig.engine.mark_gap()
    if shut:
        rig.market.set("NVDA", 94.0, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=CLOSE)
    else:
        rig.market.set("NVDA", 94.0)
    rig.refresh()
    (digest,) = settle(rig)
    (passed,) = digest.passed
    assert passed == PassedLevel("level", "NVDA", 95.0, Direction.DOWN, 94.0, "USD")
    assert rig.store.alerts.load() == ()


def test_that_a_level_that_was_passed_before_somebody_left_is_not_told(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (LEVEL,), price=94.0)
    assert all(not digest.passed for digest in come_back(rig, CLOSE + timedelta(hours=4), NVDA=93.0))


def test_that_a_split_passes_no_level(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (LEVEL,))
    told = come_back(rig, CLOSE + timedelta(hours=4), NVDA=10.0)
    assert rig.engine.market.quotes["NVDA"].price == 10.0
    assert all(not digest.passed for digest in told)


def test_that_a_price_that_did_not_come_tells_no_move_of_its_close(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, ())
    rig.clock.time = TUESDAY
    for symbol, price in (("NVDA", 91.0), ("VRT", 93.0), ("QQQ", 100.0)):
        rig.market.set(symbol, price)
    rig.refresh()
    rig.engine.tick()
    del rig.market.prices["VRT"]
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, QQQ=99.9)
    assert [each.move.symbol for each in digest.moves] == ["NVDA"]


def test_that_a_session_that_goes_on_is_left_to_the_rules(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, ())
    rig.clock.time = TUESDAY
    rig.engine.mark_gap()
    for symbol, price in (("NVDA", 91.0), ("QQQ", 99.9)):
        rig.market.set(symbol, price)
    rig.refresh()
    assert rig.engine.market.moves["NVDA"].unusual
    assert settle(rig) == []


def test_that_a_level_that_was_passed_while_the_program_was_closed_is_told_after_a_start(
    tmp_path: Path,
) -> None:
    rig = before_the_open(tmp_path, (LEVEL,))
    rig.store.close()
    again = build_rig(tmp_path, (LEVEL,), CLOSE + timedelta(hours=4))
    again.engine.start()
    again.market.set("NVDA", 94.0, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=CLOSE)
    again.refresh()
    (digest,) = settle(again)
    assert [(each.symbol, each.price) for each in digest.passed] == [("NVDA", 94.0)]


def test_that_a_moment_awake_in_between_takes_no_session_out_of_the_digest(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (LEVEL,))
    left = rig.clock.now()
    rig.clock.time = CLOSE - timedelta(hours=1)
    rig.engine.mark_gap()  # as a machine does that looks for mail, and sleeps on
    rig.engine.tick()
    back = CLOSE + timedelta(hours=4)
    (digest,) = come_back(rig, back, NVDA=91.0, VRT=93.0, QQQ=99.9)
    assert (digest.since, digest.until) == (left, back)
    assert [each.move.symbol for each in digest.moves] == ["NVDA", "VRT"]
    assert [each.symbol for each in digest.passed] == ["NVDA"]


def trade(rig: Rig, *prices: float) -> None:
    """Let NVDA trade at these prices while somebody looks, one after the other."""
    rig.clock.time = max(rig.clock.time, TUESDAY)
    for price in prices:
        for symbol, at in (("NVDA", price), ("VRT", 100.0), ("QQQ", 100.0)):
            rig.market.set(symbol, at)
        rig.refresh()
        rig.wait_for_group()


def test_that_a_level_that_an_ordinary_morning_passed_does_not_tell_how_the_day_ended(tmp_path: Path) -> None:
    high = replace(LEVEL, direction=Direction.UP, threshold=101.0)
    rig = before_the_open(tmp_path, (high,))
    trade(rig, 100.0, 101.2)
    assert [alert.move_pct for alert in rig.store.alerts.load()] == [pytest.approx(1.2)]
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=109.0, QQQ=99.9)
    assert [each.move.symbol for each in digest.moves] == ["NVDA"]


def test_that_a_name_whose_popups_are_snoozed_is_left_out(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (LEVEL, replace(LEVEL, id="high", direction=Direction.UP, threshold=101)))
    trade(rig, 100.0, 101.2, 100.0)
    (alert,) = rig.store.alerts.load()
    until = CLOSE + timedelta(days=5)
    rig.engine.alert_actions.snooze(alert.id, until, SnoozeScope.NAME, "NVDA")
    (digest,) = come_back(rig, CLOSE + timedelta(hours=4), NVDA=91.0, VRT=93.0, QQQ=99.9)
    assert [each.move.symbol for each in digest.moves] == ["VRT"]
    assert digest.passed == ()


def test_that_a_move_of_a_cause_that_is_snoozed_is_left_out(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path)
    trade(rig, 100.0, 94.0)
    (alert,) = (each for each in rig.store.alerts.load() if each.suppressed_by is None)
    assert alert.group == "layer:accelerators:down"
    later = CLOSE + timedelta(days=1)
    rig.engine.alert_actions.snooze(alert.id, later + timedelta(days=5), SnoozeScope.CAUSE, "")
    rig.clock.time = later - timedelta(hours=10)
    rig.market.set("NVDA", 94.0, 94.0, session=Session.PRE)
    rig.refresh()
    rig.engine.tick()
    rig.clock.time = later + timedelta(hours=4)
    rig.engine.mark_gap()
    for symbol, price, before in (("NVDA", 86.0, 94.0), ("VRT", 93.0, 100.0), ("QQQ", 100.0, 100.0)):
        rig.market.set(symbol, price, before, session=Session.CLOSED, state=QuoteState.CLOSED, as_of=later)
    rig.refresh()
    (digest,) = settle(rig)
    assert [each.move.symbol for each in digest.moves] == ["VRT"]


@pytest.mark.parametrize(
    ("changes", "settings"),
    [
        ({"popup": False}, Settings()),
        ({"snoozed_until": CLOSE + timedelta(days=5)}, Settings()),
        ({}, Settings(popup_from=Severity.SEVERE)),
    ],
)
def test_that_a_level_is_left_out_whose_alert_would_not_pop_up(
    tmp_path: Path, changes: dict[str, Any], settings: Settings
) -> None:
    rig = before_the_open(tmp_path, (replace(LEVEL, **changes),), price=96.0, settings=settings)
    told = come_back(rig, CLOSE + timedelta(hours=4), NVDA=94.9, QQQ=99.9)
    assert all(not digest.passed for digest in told)


def test_that_a_level_whose_alert_was_snoozed_with_its_cause_is_left_out(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (LEVEL,), price=96.0)
    trade(rig, 96.0, 94.9)
    (alert,) = rig.store.alerts.load()
    rig.engine.alert_actions.snooze(alert.id, CLOSE + timedelta(days=5), SnoozeScope.CAUSE, "")
    trade(rig, 96.0)
    told = come_back(rig, CLOSE + timedelta(hours=4), NVDA=94.9, QQQ=99.9)
    assert all(not digest.passed for digest in told)


def test_that_a_rule_that_fired_the_one_time_that_it_is_for_tells_no_level(tmp_path: Path) -> None:
    rig = before_the_open(tmp_path, (replace(LEVEL, frequency=Frequency.ONCE),), price=96.0)
    trade(rig, 96.0, 94.9, 96.0)
    assert len(rig.store.alerts.load()) == 1
    told = come_back(rig, CLOSE + timedelta(hours=4), NVDA=94.8, QQQ=99.9)
    assert all(not digest.passed for digest in told)
