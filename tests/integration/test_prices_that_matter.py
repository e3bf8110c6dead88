"""Pushed prices that a rule waits for: seen by it however soon the next one comes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.quote import Session
from stackwatch.domain.rule import Condition, Direction, Rule, RuleKind, Since, SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.met_words import met_words
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.ports import Tick
from stackwatch.engine.prices import tick_inbox

LEVEL = Rule(
    id="level", name_en="level", name_ko="가격", kind=RuleKind.PRICE_LEVEL, direction=Direction.UP,
    threshold=104.0, subject_kind=SubjectKind.SYMBOL, subject="NVDA",
)  # fmt: skip
FALL = replace(LEVEL, id="fall", kind=RuleKind.PERCENT_MOVE, direction=Direction.DOWN, threshold=3.0)


class Stream:
    """A stream that pushes what a test gives it."""

    push: Callable[[Sequence[Tick]], None]

    def start(self, _symbols: object, on_ticks: Callable[[Sequence[Tick]], None], _on_health: object) -> None:
        self.push = on_ticks

    def follow(self, _symbols: object) -> None:
        """Nobody else to push."""

    def stop(self) -> None:
        """Nothing to stop."""


@pytest.fixture
def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rig:
    """Watch the rules since a price that left them as they are; rests take no time."""
    monkeypatch.setattr(tick_inbox, "_in_a_while", lambda _seconds, task: task())
    made = build_rig(tmp_path, (LEVEL, FALL))
    for price in (100.0, 100.1):
        made.market.set("NVDA", price)
        made.refresh()
        made.clock.advance(seconds=1)
    return made


def push(rig: Rig, *prices: float) -> None:
    stream = Stream()
    rig.engine.parts = replace(rig.engine.parts, stream=stream)
    rig.runtime.quotes.start_stream(rig.engine, rig.runtime._post)
    stream.push([Tick("NVDA", price, rig.clock.now(), Session.REGULAR) for price in prices])


def test_that_a_price_that_fires_nothing_looks_through_no_alerts(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    monkeypatch.setattr(Delivery, "snoozed", property(lambda _: looks.append("all") or []))
    push(rig, 100.2, 100.3)
    assert (looks, rig.raised()) == ([], [])
    push(rig, 104.5)
    assert len(rig.raised()) == 1
    assert looks


def test_that_only_a_price_beyond_a_trigger_matters(rig: Rig) -> None:
    matters = rig.engine.alerting.matters
    assert [price for price in (96.9, 97.1, 100.0, 103.9, 104.0) if matters("NVDA", price)] == [96.9, 104.0]
    assert not matters("AMD", 1.0)  # nobody watches it


def test_that_a_level_fires_although_the_price_is_back_before_anybody_looked(rig: Rig) -> None:
    push(rig, 101.0, 104.5, 101.5)
    rig.wait_for_group()
    assert [raised.alert.rule_id for raised in rig.raised()] == ["level"]
    assert rig.engine.market.quotes["NVDA"].price == 101.5


def test_that_a_rise_and_a_fall_between_two_looks_fire_both(rig: Rig) -> None:
    push(rig, 104.5, 96.5, 100.0)
    rig.wait_for_group()
    assert {raised.alert.rule_id for raised in rig.raised()} == {"level", "fall"}


def test_that_a_single_wild_price_fires_nothing(rig: Rig) -> None:
    assert rig.engine.alerting.matters("NVDA", 140.0)
    push(rig, 140.0, 100.2)
    rig.wait_for_group()
    assert rig.raised() == []


def poll(rig: Rig, price: float, low: float, high: float) -> None:
    """Answer a minute later with a price and the day's range so far."""
    rig.clock.advance(seconds=60)
    rig.market.set("NVDA", price, day_low=low, day_high=high, open=100.0)
    rig.refresh()


def test_that_a_level_touched_between_two_answers_fires_at_the_price_it_was_touched_at(rig: Rig) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    poll(rig, 102.0, 99.0, 104.5)
    rig.wait_for_group()
    (raised,) = rig.raised()
    assert (raised.alert.value, raised.alert.move_pct) == (104.5, pytest.approx(2.0))
    said = [met_words(raised.alert, rig.engine.parts.ecosystem, language) for language in Language]
    assert said == ["Touched 104.50 USD, above 104.00", "104.50 USD, 104.00 상향 돌파, 닿았다 되돌아옴"]
    poll(rig, 101.0, 99.0, 104.6)
    rig.wait_for_group()
    assert len(rig.raised()) == 1


def test_that_a_fall_seen_in_the_day_s_low_alone_fires(rig: Rig) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    poll(rig, 98.0, 96.5, 101.0)
    rig.wait_for_group()
    (raised,) = rig.raised()
    assert (raised.alert.rule_id, round(raised.alert.value, 6)) == ("fall", -3.5)


def test_that_an_extreme_of_before_the_first_look_fires_nothing(rig: Rig) -> None:
    poll(rig, 100.1, 96.0, 105.0)  # no range was known before
    poll(rig, 100.2, 96.0, 105.0)
    rig.wait_for_group()
    assert rig.raised() == []


def test_that_an_extreme_of_another_day_than_the_last_look_fires_nothing(rig: Rig) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    rig.clock.advance(days=1)
    poll(rig, 102.0, 99.0, 104.5)
    rig.wait_for_group()
    assert rig.raised() == []


def test_that_an_extreme_made_in_a_gap_fires_nothing(rig: Rig) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    rig.clock.advance(minutes=30)
    rig.engine.tick()
    poll(rig, 100.2, 96.0, 105.0)
    poll(rig, 100.2, 96.0, 105.0)
    rig.wait_for_group()
    assert rig.raised() == []


@pytest.mark.parametrize(("high", "fires"), [(140.0, 0), (112.0, 0), (110.0, 1)])
def test_that_an_extreme_more_than_a_tenth_from_the_price_fires_nothing(
    rig: Rig, high: float, fires: int
) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    poll(rig, 100.2, 99.0, high)
    rig.wait_for_group()
    assert len(rig.raised()) == fires


def test_that_a_price_that_must_hold_is_not_believed_of_a_touch(rig: Rig) -> None:
    rig.engine.alerts.use([replace(LEVEL, id="held", hold_seconds=30)])
    poll(rig, 100.1, 99.0, 101.0)
    poll(rig, 102.0, 99.0, 104.5)
    poll(rig, 102.0, 99.0, 104.5)
    rig.wait_for_group()
    assert rig.raised() == []


@pytest.mark.parametrize(
    "more",
    [
        {"since": Since.OPEN},
        {"kind": RuleKind.SIGMA_MOVE},
        {"conditions": (Condition(kind=RuleKind.PERCENT_MOVE, direction=Direction.DOWN, threshold=1.0),)},
    ],
    ids=["since the open", "by its usual range", "two conditions"],
)
def test_that_a_rule_about_more_than_the_price_looks_at_the_newest_alone(
    rig: Rig, more: dict[str, object]
) -> None:
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.engine.alerts.use([replace(FALL, id="more", **more)])  # type: ignore[arg-type]
    poll(rig, 100.1, 99.0, 101.0)
    poll(rig, 99.9, 95.0, 101.0)
    poll(rig, 99.9, 95.0, 101.0)
    assert rig.store.alerts.load() == ()
    poll(rig, 95.0, 95.0, 101.0)
    assert [alert.rule_id for alert in rig.store.alerts.load()] == ["more"]


def test_that_a_touch_before_a_rule_has_looked_once_neither_fires_nor_counts(rig: Rig) -> None:
    poll(rig, 100.1, 99.0, 101.0)
    rig.engine.alerts.use([LEVEL, replace(LEVEL, id="new")])
    rig.engine.alerting.begin_anew()  # the older one looked before the gap
    poll(rig, 103.8, 99.0, 104.5)
    rig.wait_for_group()
    assert rig.raised() == []
    poll(rig, 104.2, 99.0, 104.5)
    rig.wait_for_group()
    assert {raised.alert.rule_id for raised in rig.raised()} == {"level", "new"}
