"""Stepping only what the table names gives what stepping everything gives."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stackwatch.analysis.rules.rule_machine import Fire, RuleReading, fresh_state, step
from stackwatch.analysis.rules.rule_table import QuietInterval, RuleTable, quiet_band
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
KINDS = [RuleKind.PERCENT_MOVE, RuleKind.PRICE_LEVEL, RuleKind.YEAR_EXTREME, RuleKind.VOLUME_SPIKE]


@st.composite
def some_rule(draw: st.DrawFn) -> Rule:
    kind = draw(st.sampled_from(KINDS))
    directions = [Direction.UP, Direction.DOWN] if kind in KINDS[1:3] else list(Direction)
    return Rule(
        id="r",
        name_en="r",
        name_ko="r",
        kind=kind,
        direction=draw(st.sampled_from(directions)),
        threshold=3.0,
        subject_kind=SubjectKind.SYMBOL,
        subject="NVDA",
        frequency=draw(st.sampled_from(Frequency)),
        hysteresis=draw(st.sampled_from([0.0, 0.25])),
        hold_seconds=draw(st.sampled_from([0, 90])),
        cooldown_minutes=draw(st.sampled_from([0, 30])),
        escalate_step=draw(st.sampled_from([0.0, 0.5])),
    )


Look = dict[int, tuple[float | None, ...]]
"""By subject what is seen of each source."""


class CalmFilter:
    """A table, and what its calm leaves of the values seen."""

    def __init__(self, table: RuleTable) -> None:
        self.table = table
        self.calm: dict[int, list[QuietInterval]] = {}

    def concerned(self, seen: Look) -> list[list[int]]:
        """Return the pairs to step: of subjects that are not calm."""
        self.calm |= self.table.calm()
        left = [s for s, values in seen.items() if not self._is_calm(s, values)]
        values = [[np.nan if value is None else value for value in seen[s]] for s in left]
        reasons = [[7 if value is None else 0 for value in seen[s]] for s in left]
        return (
            self.table.concerned(
                np.array(left, dtype=np.intp),
                np.array(values).reshape(len(left), -1),
                np.array(reasons, dtype=np.int16).reshape(len(left), -1),
            ).tolist()
            if left
            else []
        )

    def _is_calm(self, subject: int, values: tuple[float | None, ...]) -> bool:
        return all(
            calm.reason == 7
            if (value := values[calm.source]) is None
            else calm.reason == 0 and calm.low < value < calm.high
            for calm in self.calm.get(subject, [])
        )


LOOKS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.floats(0.1, 6.0), st.sampled_from([2.9, 2.94, 3.0 - 1e-15, 3.0, 3.06, 3.5])),
        st.sampled_from([0, 0, 0, 1]),  # sessions later
        st.booleans(),  # down
    ),
    min_size=1,
    max_size=30,
)


def decisive(state: RuleState) -> tuple[object, ...]:
    return state.phase, state.fired_at, state.level, state.session_key, state.peak


def is_restless(state: RuleState, rule: Rule, session: str) -> bool:
    """Those whose future depends on the time alone are stepped at every look, as the engine does."""
    again = state.session_key != session or rule.frequency is Frequency.EVERY_REARM
    return state.phase is Phase.PENDING or (state.phase is Phase.WAITING and again)


@settings(max_examples=300)
@given(rule=some_rule(), looks=LOOKS)
def test_that_stepping_only_concerned_pairs_gives_the_same_fires_and_states(
    rule: Rule, looks: list[tuple[float | None, int, bool]]
) -> None:
    table = RuleTable(1, [0], 1)
    table.watch([0], 0)
    calm_filter = CalmFilter(table)
    every = sparse = fresh_state(rule, "NVDA", START)
    now, day, restless = START, 0, False
    for value, later, down in looks:
        now += timedelta(minutes=10) + timedelta(days=later)
        day += later
        if later:
            table.forget_subject(0)
        signed = -value if value is not None and down and rule.kind is RuleKind.PERCENT_MOVE else value
        reading = RuleReading(signed, MARKET_CLOSED if signed is None else None)
        every, expected = step(rule, every, reading, now, str(day))
        fire: Fire | None = None
        if calm_filter.concerned({0: (signed,)}) or restless:
            sparse, fire = step(rule, sparse, reading, now, str(day))
            table.settle(0, 0, quiet_band(rule, sparse, str(day)))
            restless = signed is not None and is_restless(sparse, rule, str(day))
        assert fire == expected
        assert decisive(sparse) == decisive(every)


def test_that_a_batch_names_only_pairs_whose_value_left_its_interval() -> None:
    table = RuleTable(3, [0, 1], 2)
    calm_filter = CalmFilter(table)
    for rule in (0, 1):
        table.watch([0, 1, 2], rule)
    assert len(calm_filter.concerned(dict.fromkeys(range(3), (0.0, 0.0)))) == 6
    for subject in range(3):
        for rule in (0, 1):
            table.settle(subject, rule, (-1.0, 1.0))
    assert calm_filter.concerned(dict.fromkeys(range(3), (0.0, 0.0))) == []
    assert calm_filter.concerned({0: (0.5, 0.0), 1: (1.0, 0.0), 2: (0.0, None)}) == [[1, 0], [2, 1]]
    assert calm_filter.concerned({0: (0.5, 0.0), 2: (0.0, None)}) == [[2, 1]]
    table.settle(2, 1, (-1.0, 1.0))
    assert calm_filter.concerned({2: (0.0, None)}) == []


def test_that_an_expired_pair_is_never_named_again() -> None:
    table = RuleTable(1, [0], 1)
    table.watch([0], 0)
    calm_filter = CalmFilter(table)
    assert calm_filter.concerned({0: (9.0,)}) == [[0, 0]]
    rule = Rule(
        id="r", name_en="r", name_ko="r", kind=RuleKind.PERCENT_MOVE, direction=Direction.UP, threshold=3.0,
        subject_kind=SubjectKind.SYMBOL, subject="NVDA",
    )  # fmt: skip
    expired = replace(fresh_state(rule, "NVDA", START), phase=Phase.EXPIRED)
    table.settle(0, 0, quiet_band(rule, expired, "0"))
    table.forget_subject(0)
    assert calm_filter.concerned({0: (9.0,)}) == []


def test_that_a_value_that_went_a_step_further_without_its_story_escalates_when_that_comes() -> None:
    rule = Rule(
        id="r", name_en="r", name_ko="r", kind=RuleKind.TIED_MOVE, direction=Direction.UP, threshold=3.0,
        subject_kind=SubjectKind.SYMBOL, subject="NVDA", escalate_step=1.0,
    )  # fmt: skip
    state = replace(fresh_state(rule, "NVDA", START), seeded=True)
    for value, strength in ((3.2, 1.07), (5.2, 0.0)):
        state, _ = step(rule, state, RuleReading(value, strength=strength), START, "0")
    low, high = quiet_band(rule, state, "0")
    assert not low < 4.5 < high
    assert low < 3.9 < high
    _, fire = step(rule, state, RuleReading(4.5, strength=1.5), START, "0")
    assert fire is not None


def test_that_values_no_rule_is_concerned_by_are_told_so_that_nothing_need_look_at_them() -> None:
    rule = Rule(
        id="r", name_en="r", name_ko="r", kind=RuleKind.PERCENT_MOVE, direction=Direction.EITHER,
        threshold=3.0, subject_kind=SubjectKind.SYMBOL, subject="NVDA",
    )  # fmt: skip
    table = RuleTable(1, [0], 1)
    table.watch([0], 0)
    assert CalmFilter(table).concerned({0: (0.5,)}) == [[0, 0]]
    state, _ = step(rule, fresh_state(rule, "NVDA", START), RuleReading(0.5), START, "0")
    table.settle(0, 0, quiet_band(rule, state, "0"))
    assert table.calm() == {0: [QuietInterval(0, *quiet_band(rule, state, "0"))]}
    assert table.calm() == {}
