import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from stackwatch.analysis.rules.rule_machine import Fire, RuleReading, fresh_state, step, strength
from stackwatch.domain.rule import (
    MARKET_CLOSED,
    Direction,
    Frequency,
    Phase,
    Rule,
    RuleKind,
    RuleState,
    SubjectKind,
)

START = datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
TODAY, TOMORROW = "2025-07-22", "2025-07-23"


def a_rule(**changes: object) -> Rule:
    base = Rule(
        id="r",
        name_en="r",
        name_ko="r",
        kind=RuleKind.PERCENT_MOVE,
        subject_kind=SubjectKind.SYMBOL,
        subject="NVDA",
        direction=Direction.DOWN,
        threshold=2.0,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


class Run:
    """Feeds values to one rule, a minute apart."""

    def __init__(self, a: Rule) -> None:
        self.rule = a
        self.now = START
        self.session = TODAY
        self.state = fresh_state(a, "NVDA", START)

    def see(self, value: float | None, reason: str | None = None, minutes: float = 1.0) -> Fire | None:
        self.now += timedelta(minutes=minutes)
        self.state, fire = step(self.rule, self.state, RuleReading(value, reason), self.now, self.session)
        return fire

    def restart(self) -> None:
        self.state = replace(self.state, seeded=False)


LEVEL = {"kind": RuleKind.PRICE_LEVEL, "threshold": 165.0, "direction": Direction.UP}


def test_that_passing_the_threshold_fires_once() -> None:
    run = Run(a_rule())
    assert run.see(-1.0) is None
    assert run.see(-2.0) == Fire(-2.0, 0, already_true=False)
    assert run.see(-2.4) is None
    assert run.state.phase is Phase.WAITING
    assert run.state.fired_at == run.now - timedelta(minutes=1)


def test_that_a_threshold_already_true_at_the_first_look_is_said_as_such() -> None:
    assert Run(a_rule()).see(-3.0) == Fire(-3.0, 0, already_true=True)


def test_that_a_price_level_never_fires_on_the_first_look() -> None:
    run = Run(a_rule(**LEVEL))
    assert run.see(170.0) is None
    assert run.see(171.0) is None
    assert run.see(163.0) is None
    assert run.see(165.0) is not None


def test_that_a_price_level_looked_at_first_before_the_open_does_not_fire_at_the_open() -> None:
    run = Run(a_rule(**LEVEL))
    assert run.see(None, MARKET_CLOSED) is None
    assert run.see(170.0) is None


def test_that_a_price_level_armed_before_the_close_fires_on_a_gap_at_the_next_open() -> None:
    run = Run(a_rule(**LEVEL))
    run.see(160.0)
    run.see(None, MARKET_CLOSED)
    run.session = TOMORROW
    assert run.see(170.0, minutes=1000) is not None


def test_that_a_price_level_crossed_during_a_gap_in_the_data_does_not_fire() -> None:
    run = Run(a_rule(**LEVEL))
    run.see(160.0)
    run.see(None, "stale quote")
    assert run.see(170.0) is None


def test_that_a_price_level_fires_once_a_session_unless_asked_for_more() -> None:
    once, every = Run(a_rule(**LEVEL)), Run(a_rule(**LEVEL, frequency=Frequency.EVERY_REARM))
    for run in (once, every):
        run.see(160.0)
        assert run.see(166.0) is not None
        assert run.see(160.0, minutes=40) is None
    assert every.see(166.0) is not None
    assert once.see(166.0) is None
    once.session = TOMORROW
    assert once.see(167.0) is None, "it must have been on the other side"
    assert once.see(160.0) is None
    assert once.see(166.0) is not None


def test_that_a_threshold_passed_at_the_open_fires_when_the_market_was_closed_before() -> None:
    run = Run(a_rule())
    run.see(None, MARKET_CLOSED)
    assert run.see(-3.0) == Fire(-3.0, 0, already_true=False)


def test_that_nothing_rearms_inside_the_hysteresis_or_the_cooldown() -> None:
    run = Run(a_rule(frequency=Frequency.EVERY_REARM))
    run.see(0.0)
    run.see(-2.0)
    run.see(-1.6, minutes=60)
    assert run.see(-2.5) is None, "1.6 is not inside 2.0 less a quarter"
    run = Run(a_rule(frequency=Frequency.EVERY_REARM))
    run.see(0.0)
    run.see(-2.0)
    run.see(-1.0, minutes=10)
    assert run.see(-2.5) is None, "ten of thirty minutes"
    run.see(-1.5, minutes=30)
    assert run.see(-2.5) is not None


def test_that_a_value_at_the_threshold_does_not_rearm_even_without_hysteresis() -> None:
    run = Run(a_rule(frequency=Frequency.EVERY_REARM, hysteresis=0.0, cooldown_minutes=0))
    run.see(0.0)
    assert run.see(-2.0) is not None
    assert run.see(-2.0) is None
    level = Run(a_rule(**LEVEL, hysteresis=0.0))
    assert level.see(165.0) is None
    assert level.see(165.0) is None


def test_that_once_a_session_rearms_with_the_next_session_only() -> None:
    run = Run(a_rule())
    run.see(0.0)
    run.see(-2.0)
    run.see(0.0, minutes=120)
    assert run.see(-2.5) is None
    run.session = TOMORROW
    assert run.see(-2.5) is not None


def test_that_an_expired_rule_is_silent_for_ever() -> None:
    run = Run(a_rule(frequency=Frequency.ONCE))
    run.see(0.0)
    assert run.see(-2.0) is not None
    assert run.state.phase is Phase.EXPIRED
    run.session = TOMORROW
    assert run.see(0.0, minutes=1000) is None
    assert run.see(-9.0) is None


def test_that_what_is_true_already_does_not_use_up_a_rule_for_one_time() -> None:
    run = Run(a_rule(frequency=Frequency.ONCE))
    assert run.see(-3.0) == Fire(-3.0, 0, already_true=True)
    assert run.state.phase is Phase.WAITING
    assert run.see(-3.5) is None
    run.session = TOMORROW
    run.see(0.0)
    assert run.see(-2.0) == Fire(-2.0, 0, already_true=False)
    assert run.state.phase is Phase.EXPIRED


def test_that_escalation_fires_again_a_step_further() -> None:
    run = Run(a_rule(escalate_step=1.0))
    run.see(0.0)
    assert run.see(-2.0) == Fire(-2.0, 0, already_true=False)
    assert run.see(-2.9) is None
    assert run.see(-3.0) == Fire(-3.0, 1, already_true=False)
    assert run.see(-2.1) is None
    assert run.see(-3.5) is None
    assert run.see(-5.2) == Fire(-5.2, 3, already_true=False)


def test_that_a_step_further_made_while_nobody_looked_is_said_as_already_true() -> None:
    run = Run(a_rule(escalate_step=1.0))
    run.see(0.0)
    run.see(-2.0)
    run.restart()
    assert run.see(-3.2) == Fire(-3.2, 1, already_true=True)
    assert run.see(-4.0) == Fire(-4.0, 2, already_true=False)


@pytest.mark.parametrize(("threshold", "step"), [(0.3, 0.1), (0.3, 0.3), (2.5, 1.1)])
def test_that_rounding_never_escalates_one_step_twice(threshold: float, step: float) -> None:
    run = Run(a_rule(threshold=threshold, escalate_step=step))
    run.see(0.0)
    levels = []
    for n in range(9):
        value = -(threshold + n * step)
        levels += [fire.level for _ in range(3) if (fire := run.see(value)) is not None]
    assert levels == list(range(9))


@pytest.mark.parametrize("whole", [7, 8, 9, 10, 11, 13, 15, 19, 20])
@pytest.mark.parametrize("way", [1, -1])
def test_that_a_move_of_exactly_the_threshold_fires_though_floating_point_misses_it(
    whole: int, way: int
) -> None:
    value = ((100 + way * whole) / 100 - 1.0) * 100.0
    run = Run(a_rule(threshold=float(whole), direction=Direction.EITHER))
    run.see(0.0)
    assert run.see(value) is not None
    steps = Run(a_rule(threshold=float(whole - 3), escalate_step=1.5, direction=Direction.EITHER))
    steps.see(0.0)
    assert steps.see(value) == Fire(value, 2, already_true=False)
    assert steps.see(value) is None


def test_that_a_hold_needs_the_whole_time() -> None:
    run = Run(a_rule(hold_seconds=120))
    run.see(0.0)
    assert run.see(-2.5) is None
    assert run.see(-2.5) is None
    assert run.see(-2.5) is not None


@pytest.mark.parametrize("value", [None, math.nan, 0.0])
def test_that_a_broken_hold_starts_again(value: float | None) -> None:
    run = Run(a_rule(hold_seconds=120))
    run.see(0.0)
    run.see(-2.5)
    run.see(value, "stale quote")
    assert run.state.phase is Phase.ARMED
    assert run.see(-2.5) is None
    assert run.see(-2.5) is None
    assert run.see(-2.5) is not None


def test_that_a_hold_interrupted_by_a_restart_starts_again() -> None:
    run = Run(a_rule(hold_seconds=120))
    run.see(0.0)
    run.see(-2.5)
    run.restart()
    run.see(0.0)
    assert run.see(-2.5, minutes=10) is None


def test_that_a_restart_in_the_same_session_does_not_fire_again() -> None:
    run = Run(a_rule())
    run.see(0.0)
    run.see(-2.5)
    run.restart()
    assert run.see(-2.6) is None


def test_that_the_reason_for_no_data_is_kept_and_goes_with_the_next_value() -> None:
    run = Run(a_rule())
    run.see(None, "halted")
    assert run.state.reason == "halted"
    run.see(-1.0)
    assert run.state.reason is None


@pytest.mark.parametrize(
    ("direction", "value", "expected"),
    [
        (Direction.UP, 3.0, 1.5),
        (Direction.UP, -3.0, -1.5),
        (Direction.DOWN, -3.0, 1.5),
        (Direction.EITHER, -3.0, 1.5),
    ],
)
def test_that_strength_is_the_share_of_the_way(direction: Direction, value: float, expected: float) -> None:
    assert strength(a_rule(direction=direction), value) == pytest.approx(expected)


def test_that_a_hold_goes_on_after_a_restart_and_fires_with_the_second_look() -> None:
    run = Run(a_rule(hold_seconds=120))
    run.see(0.0)
    run.see(-2.5)
    run.restart()
    assert run.see(-2.5, minutes=5) is None, "the first look never fires"
    assert run.see(-2.5) == Fire(-2.5, 0, already_true=False)


@pytest.mark.parametrize("changes", [{}, LEVEL])
def test_that_a_hold_of_another_session_counts_for_nothing_after_a_restart(
    changes: dict[str, object],
) -> None:
    run = Run(a_rule(hold_seconds=120, **changes))
    near, beyond = (160.0, 170.0) if changes else (0.0, -2.5)
    run.see(near)
    run.see(beyond)
    assert run.state.phase is Phase.PENDING
    run.restart()
    run.session = TOMORROW
    fire = run.see(beyond, minutes=24 * 60)
    assert fire == (None if changes else Fire(beyond, 0, already_true=True)), "it was true when first seen"
    assert run.see(beyond) is None


def test_that_a_rule_is_over_for_good_after_its_last_day() -> None:
    run = Run(a_rule(expires=date(2025, 7, 22), frequency=Frequency.EVERY_REARM, cooldown_minutes=0))
    run.see(0.0)
    assert run.see(-2.5) is not None
    run.see(0.0)
    assert run.see(-2.5, minutes=12 * 60) is not None, "still the 22nd in New York"
    run.see(0.0)
    assert run.see(-2.5, minutes=6 * 60) is None
    assert run.state.phase is Phase.EXPIRED
    run.now -= timedelta(days=1)
    assert run.see(-9.0) is None, "nothing brings it back"


def test_that_a_reading_of_several_conditions_is_judged_by_its_strength() -> None:
    run = Run(a_rule())
    run.state, _ = step(run.rule, run.state, RuleReading(0.0), run.now, TODAY)
    for way, fires in ((0.0, False), (0.99, False), (1.0, True)):
        run.state, fire = step(run.rule, run.state, RuleReading(-9.0, strength=way), run.now, TODAY)
        assert (fire is not None) is fires


@settings(max_examples=200)
@given(
    values=st.lists(st.sampled_from([None, 0.0, 1.4, 1.6, 2.0, 2.7, 3.5]), min_size=2, max_size=25),
    at=st.integers(0, 24),
    frequency=st.sampled_from(Frequency),
    escalate=st.sampled_from([0.0, 0.7]),
    kind=st.sampled_from([RuleKind.PERCENT_MOVE, RuleKind.YEAR_EXTREME]),
)
def test_that_a_restart_at_any_point_changes_nothing_that_follows(
    values: list[float | None], at: int, frequency: Frequency, escalate: float, kind: RuleKind
) -> None:
    changes = {"frequency": frequency, "escalate_step": escalate, "kind": kind, "cooldown_minutes": 3}
    going, ended = (Run(a_rule(direction=Direction.UP, **changes)) for _ in range(2))
    for n, value in enumerate(values):
        again = value is not None and n == at % len(values)
        fires = [run.see(value, None if value is not None else MARKET_CLOSED) for run in (going, ended)]
        assert fires[0] == fires[1]
        if again:  # the program starts again, and finds the world as it left it
            ended.state = msgspec.json.decode(msgspec.json.encode(ended.state), type=RuleState)
            ended.restart()
            assert ended.see(value) == going.see(value)


class RuleLaws(RuleBasedStateMachine):
    """Whatever is seen in whatever order, a rule keeps its laws."""

    @initialize(
        kind=st.sampled_from([RuleKind.PERCENT_MOVE, RuleKind.ABNORMAL_MOVE, RuleKind.PRICE_LEVEL]),
        direction=st.sampled_from(Direction),
        frequency=st.sampled_from(Frequency),
        hold=st.sampled_from([0, 90]),
        escalate=st.sampled_from([0.0, 0.1, 0.7]),
        hysteresis=st.sampled_from([0.0, 0.25]),
    )
    def begin(
        self,
        kind: RuleKind,
        direction: Direction,
        frequency: Frequency,
        hold: int,
        escalate: float,
        hysteresis: float,
    ) -> None:
        if kind is RuleKind.PRICE_LEVEL and direction is Direction.EITHER:
            direction = Direction.UP
        self.rule = a_rule(
            kind=kind,
            direction=direction,
            frequency=frequency,
            hold_seconds=hold,
            escalate_step=escalate,
            hysteresis=hysteresis,
            threshold=100.0 if kind is RuleKind.PRICE_LEVEL else 2.0,
        )
        self.state: RuleState = fresh_state(self.rule, "NVDA", START)
        self.now = START
        self.day = 0
        self.last_fire: tuple[int, int] | None = None  # day, level
        self.rearmed = True
        self.looked = False
        self.gap_since: datetime | None = START
        self.ended = False

    def _see(self, value: float | None, reason: str | None) -> Fire | None:
        before = self.state
        self.state, fire = step(self.rule, before, RuleReading(value, reason), self.now, f"day-{self.day}")
        if before.phase is Phase.WAITING and self.state.phase in (Phase.ARMED, Phase.PENDING):
            self.rearmed = True
        if fire is not None:
            self._check(before, fire)
        return fire

    def _check(self, before: RuleState, fire: Fire) -> None:
        assert not self.ended, "expired is final"
        assert strength(self.rule, fire.value) >= 1.0
        if self.last_fire is not None and not self.rearmed:
            day, level = self.last_fire
            assert self.day > day or fire.level > level, "a second fire without a reason"
        if self.rule.hold_seconds and not fire.already_true and before.phase is Phase.PENDING:
            assert self.now - before.since >= timedelta(seconds=self.rule.hold_seconds)
            assert self.gap_since is None or before.since >= self.gap_since
        if self.rule.kind is RuleKind.PRICE_LEVEL:
            assert self.looked, "a level fires only after it was seen on its other side"
            assert not fire.already_true
        if self.last_fire is not None and self.rule.frequency is Frequency.ONCE_A_SESSION:
            day, level = self.last_fire
            assert self.day > day or fire.level > level, "more than once a session"
        self.last_fire = (self.day, fire.level)
        self.rearmed = False
        self.ended = self.rule.frequency is Frequency.ONCE and not fire.already_true

    @rule(
        amount=st.one_of(st.floats(-1.0, 2.5), st.integers(-10, 25).map(lambda n: n / 10)), up=st.booleans()
    )
    def look(self, amount: float, *, up: bool) -> None:
        value = 100.0 + amount if self.rule.kind is RuleKind.PRICE_LEVEL else 2.0 * amount * (1 if up else -1)
        fresh = not self.state.seeded
        fire = self._see(value, None)
        if fresh:
            assert fire is None or fire.already_true, "the first look only says what is already true"
        if strength(self.rule, value) < 1.0:
            self.looked = True

    @rule(reason=st.sampled_from(["stale quote", "halted", MARKET_CLOSED]))
    def lose_sight(self, reason: str) -> None:
        before = self.state
        assert self._see(None, reason) is None
        if before.phase is Phase.PENDING:
            assert self.state.phase is Phase.ARMED
        else:
            assert self.state.phase is before.phase, "no data neither fires nor re-arms"
        self.gap_since = self.now
        if reason != MARKET_CLOSED:
            self.looked = False

    @rule(seconds=st.sampled_from([15, 60, 1800]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def next_session(self) -> None:
        self.now += timedelta(hours=17)
        self.day += 1

    @precondition(lambda self: not self.ended)
    @rule()
    def restart(self) -> None:
        self.state = replace(self.state, seeded=False)
        if self.state.phase is not Phase.PENDING:  # a hold that has begun was on the other side before
            self.looked = False

    @invariant()
    def expired_stays_expired(self) -> None:
        if getattr(self, "ended", False):
            assert self.state.phase is Phase.EXPIRED


RuleLaws.TestCase.settings = settings(max_examples=150, stateful_step_count=40)
TestRuleLaws = RuleLaws.TestCase
