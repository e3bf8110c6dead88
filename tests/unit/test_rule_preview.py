"""A preview over arrays is the state machine looked at once a day, on the values a person would compute."""

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from stackwatch.analysis.moves.breadth import moves_as_one
from stackwatch.analysis.moves.market_model import Closes, fit_before
from stackwatch.analysis.moves.volatility import ewma_volatility
from stackwatch.analysis.rules.rule_machine import RuleReading, fresh_state, step, strength
from stackwatch.analysis.rules.rule_preview import (
    Panel,
    abnormal_values,
    basket_returns,
    basket_sar,
    daily_fires,
    price_values,
    strengths,
)
from stackwatch.domain.rule import Condition, Direction, Frequency, Rule, RuleKind, Since, SubjectKind

FIRST = date(2024, 1, 1).toordinal()
KINDS = [RuleKind.PERCENT_MOVE, RuleKind.PRICE_LEVEL, RuleKind.YEAR_EXTREME, RuleKind.VOLUME_SPIKE]


def a_rule(kind: RuleKind, direction: Direction, **changes: object) -> Rule:
    values: dict[str, object] = {
        "id": "r",
        "name_en": "r",
        "name_ko": "r",
        "kind": kind,
        "direction": direction,
        "threshold": 100.0 if kind is RuleKind.PRICE_LEVEL else 2.0,
        "subject_kind": SubjectKind.SYMBOL,
        "subject": "X",
    }
    return Rule(**(values | changes))  # type: ignore[arg-type]


def stepped(rule: Rule, days: np.ndarray, values: np.ndarray) -> set[tuple[int, int]]:
    """Step the real machine once a day and name, at the close."""
    found = set()
    for name in range(values.shape[1]):
        state = None
        for row, day in enumerate(days.tolist()):
            value = values[row, name]
            if math.isnan(value):
                continue
            now = datetime.combine(date.fromordinal(day), datetime.min.time(), UTC) + timedelta(hours=21)
            state = state or fresh_state(rule, "X", now)
            state, fire = step(rule, state, RuleReading(float(value)), now, str(day))
            if fire is not None and not fire.already_true:
                found.add((row, name))
    return found


@settings(max_examples=200)
@given(
    kind=st.sampled_from(KINDS),
    direction=st.sampled_from(Direction),
    frequency=st.sampled_from(Frequency),
    hysteresis=st.sampled_from([0.0, 0.25, 0.5]),
    cooldown=st.sampled_from([0, 30, 1440, 4000]),
    lives=st.sampled_from([None, 20]),
    moves=arrays(np.float64, (40, 2), elements=st.floats(-4.0, 4.0)),
    gaps=arrays(np.bool_, (40, 2)),
)
def test_that_a_preview_agrees_with_the_state_machine_stepped_day_by_day(  # noqa: PLR0913 - drawn
    *,
    kind: RuleKind,
    direction: Direction,
    frequency: Frequency,
    hysteresis: float,
    cooldown: int,
    lives: int | None,
    moves: np.ndarray,
    gaps: np.ndarray,
) -> None:
    if kind in (RuleKind.PRICE_LEVEL, RuleKind.YEAR_EXTREME) and direction is Direction.EITHER:
        direction = Direction.UP
    rule = a_rule(
        kind,
        direction,
        frequency=frequency,
        hysteresis=hysteresis,
        cooldown_minutes=cooldown,
        expires=None if lives is None else date.fromordinal(FIRST + lives),
    )
    values = 100.0 + np.cumsum(moves, axis=0) if kind is RuleKind.PRICE_LEVEL else moves.copy()
    values = np.abs(values) if kind is RuleKind.VOLUME_SPIKE else values
    values[gaps & (np.arange(40)[:, None] % 3 == 0)] = np.nan
    days = FIRST + np.arange(40)
    fires = daily_fires(rule, days, values, strengths(rule, values))
    assert set(zip(fires.day.tolist(), fires.name.tolist(), strict=True)) == stepped(rule, days, values)


@given(kind=st.sampled_from(KINDS), direction=st.sampled_from(Direction), value=st.floats(0.01, 200.0))
def test_that_strength_in_arrays_is_that_of_one_value(
    kind: RuleKind, direction: Direction, value: float
) -> None:
    rule = a_rule(kind, direction)
    assert strengths(rule, np.array([[value]]))[0, 0] == pytest.approx(strength(rule, value))


def random_panel(days: int = 400, names: int = 4) -> Panel:
    draw = np.random.default_rng(3)
    close = 100.0 * np.exp(np.cumsum(draw.normal(0.0, 0.02, (days, names)), axis=0))
    close[draw.random(close.shape) < 0.02] = np.nan
    opened = close * (1.0 + draw.normal(0.0, 0.005, close.shape))
    volume = np.where(np.isfinite(close), draw.uniform(1e6, 5e6, close.shape), np.nan)
    return Panel(FIRST + np.arange(days), opened, close * 1.01, close * 0.99, close, volume)


def test_that_values_are_those_computed_day_by_day_without_arrays() -> None:
    panel = random_panel()
    kinds = (*KINDS, RuleKind.GAP, RuleKind.SIGMA_MOVE)
    read = {kind: price_values(Condition(kind=kind, direction=Direction.UP), panel) for kind in kinds}
    since_open = price_values(Condition(kind=RuleKind.PERCENT_MOVE, since=Since.OPEN), panel)
    for name in range(panel.close.shape[1]):
        known = [row for row in range(panel.days.size) if not math.isnan(panel.close[row, name])]
        closes = [float(panel.close[row, name]) for row in known]
        returns = [b / a - 1.0 for a, b in pairwise(closes)]
        for n, row in enumerate(known[1:], 1):
            assert read[RuleKind.PERCENT_MOVE][row, name] == pytest.approx(returns[n - 1] * 100.0)
            opened = panel.open[row, name]
            assert since_open[row, name] == pytest.approx((closes[n] / opened - 1.0) * 100.0)
            assert read[RuleKind.GAP][row, name] == pytest.approx((opened / closes[n - 1] - 1.0) * 100.0)
            sigma = ewma_volatility(np.array(returns[: n - 1]))
            z = read[RuleKind.SIGMA_MOVE][row, name]
            assert (
                math.isnan(z) if sigma is None else z == pytest.approx(math.log(1 + returns[n - 1]) / sigma)
            )
            before = [panel.volume[r, name] for r in known[max(n - 20, 0) : n]]
            spike = read[RuleKind.VOLUME_SPIKE][row, name]
            usual = panel.volume[row, name] / float(np.median(before))
            assert spike == pytest.approx(usual) if n >= 10 else math.isnan(spike)
            highs = [panel.high[r, name] for r in known[max(n - 252, 0) : n]]
            extreme = read[RuleKind.YEAR_EXTREME][row, name]
            expected = (closes[n] / max(highs) - 1.0) * 100.0
            assert extreme == pytest.approx(expected) if n >= 250 else math.isnan(extreme)


def test_that_abnormal_values_are_those_of_a_fit_before_each_day() -> None:
    panel = random_panel(days=200, names=2)
    market = Closes(panel.days, 100.0 * np.exp(np.cumsum(np.random.default_rng(5).normal(0, 0.01, 200))))
    values = abnormal_values(panel, [market, market])
    own = panel.closes(0)
    for row in (150, 180, 199):
        day = date.fromordinal(int(panel.days[row]))
        model, _ = fit_before(own, market, day)
        place = int(np.searchsorted(own.days, panel.days[row]))
        if model is None or place >= own.days.size or own.days[place] != panel.days[row]:
            assert math.isnan(values[row, 0])
            continue
        before = int(own.days[place - 1])
        base = market.values[int(np.searchsorted(market.days, before))]
        moved = own.values[place] / own.values[place - 1] - 1.0
        assert values[row, 0] == pytest.approx(model.sar(moved, market.values[row] / base - 1.0), rel=1e-6)


def test_that_a_basket_needs_most_of_its_members_and_a_layer_most_of_them_going_its_way() -> None:
    close = np.array(
        [[100.0] * 5, [98.0, 98.0, 98.0, np.nan, np.nan], [97.0, np.nan, np.nan, np.nan, np.nan]]
    )
    panel = Panel(FIRST + np.arange(3), close, close, close, close, close)
    returns = basket_returns(panel, np.ones((3, 5), dtype=np.bool_))
    assert returns[1] == pytest.approx(-0.02)
    assert math.isnan(returns[2])
    sars = np.array(
        [
            [-2.0, -1.5, -1.0, 0.2, np.nan],
            [-2.0, -1.5, 0.9, 0.2, np.nan],
            [-3.0, -3.0, np.nan, np.nan, np.nan],
        ]
    )
    assert moves_as_one(np.array([-2.5, -2.5, -2.5]), sars, sars.shape[1]).tolist() == [True, False, False]
    assert not moves_as_one(
        np.array([-2.5, -2.5, -2.5]), sars, 2 * sars.shape[1]
    ).any()  # half have no prices


def test_that_a_baskets_sar_is_that_of_its_own_returns() -> None:
    draw = np.random.default_rng(4)
    days = FIRST + np.arange(200)
    market = Closes(days, 100.0 * np.cumprod(1.0 + draw.normal(0, 0.01, 200), dtype=np.float64))
    returns = np.concatenate(([np.nan], draw.normal(0, 0.02, 199)))
    values = basket_sar(days, returns, market)
    levels = Closes(days, np.cumprod(np.where(np.isnan(returns), 1.0, 1.0 + returns), dtype=np.float64))
    model, _ = fit_before(levels, market, date.fromordinal(int(days[-1])))
    assert model is not None
    assert values[-1] == pytest.approx(
        model.sar(returns[-1], market.values[-1] / market.values[-2] - 1), rel=1e-6
    )


def test_that_a_basket_without_returns_is_not_judged() -> None:
    days = FIRST + np.arange(100)
    market = Closes(days, np.linspace(100.0, 110.0, 100))
    assert np.isnan(basket_sar(days, np.full(100, np.nan), market)).all()
    assert np.isnan(basket_sar(days, np.array([0.1] + [np.nan] * 99), market)).all()
