"""The states of a rule for one subject, as a pure function from state and value to state and fire.

Armed -> pending while it holds -> fired -> waiting; it re-arms inside the threshold less its hysteresis
after the cooldown, or with the next session. A value that cannot be judged neither fires nor re-arms.
The first evaluation after a start, an edit or a gap seeds: crossing rules stay silent until they
have been on the other side, and a threshold that is already passed is said without a popup.
"""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stackwatch.domain.rule import Direction, Frequency, Phase, Rule, RuleKind, RuleState

MARKET_CLOSED = "market closed"
_LEVEL_BAND = 0.02  # a price level's distance that counts as the whole of its threshold


@dataclass(frozen=True, slots=True)
class Fire:
    """A firing: the value, how often it escalated, and whether it was already true when first seen."""

    value: float
    level: int
    already_true: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule sees now: a value in its own unit, or the reason why there is none."""

    value: float | None
    reason: str | None = None


def fresh_state(rule: Rule, symbol: str, now: datetime) -> RuleState:
    """Return the state of a rule version that was never evaluated for a subject."""
    return RuleState(rule_id=rule.id, rule_version=rule.version, symbol=symbol, phase=Phase.ARMED, since=now)


def strength(rule: Rule, value: float) -> float:
    """Return how far a value is on its way to the threshold: 1 is at it, above 1 beyond."""
    if rule.kind is RuleKind.PRICE_LEVEL:
        way = (value / rule.threshold - 1.0) / _LEVEL_BAND
        return 1.0 + (way if rule.direction is Direction.UP else -way)
    signed = {Direction.UP: value, Direction.DOWN: -value, Direction.EITHER: abs(value)}[rule.direction]
    return signed / rule.threshold


def step(
    rule: Rule, state: RuleState, reading: Reading, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    """Advance one rule for one subject; returns the new state and the fire, if any."""
    if state.phase is Phase.EXPIRED:
        return state, None
    if reading.value is None or not math.isfinite(reading.value):
        return _without_value(rule, state, reading.reason or "no value", now), None
    state = replace(state, reason=None, last_value=reading.value)
    if state.phase is Phase.WAITING and _rearms(rule, state, reading.value, now, session_key):
        state = replace(state, phase=Phase.ARMED, since=now, level=0, peak=None)
    if not state.seeded:
        return _seed(rule, replace(state, seeded=True), reading.value, now, session_key)
    if state.phase is Phase.WAITING:
        return _escalate(rule, state, reading.value, now)
    return _watch(rule, state, reading.value, now, session_key)


def _watch(
    rule: Rule, state: RuleState, value: float, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    """Advance an armed or pending state."""
    if strength(rule, value) < 1.0:
        return _armed(state, now), None
    if rule.hold_seconds and state.phase is Phase.ARMED:
        return replace(state, phase=Phase.PENDING, since=now), None
    if state.phase is Phase.PENDING and now - state.since < timedelta(seconds=rule.hold_seconds):
        return state, None
    return _fire(rule, state, value, now, session_key, already_true=False)


def _armed(state: RuleState, now: datetime) -> RuleState:
    return state if state.phase is Phase.ARMED else replace(state, phase=Phase.ARMED, since=now)


def _without_value(rule: Rule, state: RuleState, reason: str, now: datetime) -> RuleState:
    """Keep the phase, but break a hold, and make a crossing rule seed anew after a gap.

    A threshold first seen before the open was not passed yet: the open may fire it.
    """
    closed = reason == MARKET_CLOSED
    crossing = rule.kind is RuleKind.PRICE_LEVEL
    seeded = state.seeded and closed if crossing else state.seeded or closed
    if state.phase is Phase.PENDING:
        state = _armed(state, now)
    if state.reason == reason and state.seeded == seeded:
        return state
    return replace(state, reason=reason, seeded=seeded)


def _seed(
    rule: Rule, state: RuleState, value: float, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    if state.phase is Phase.WAITING:
        state, fire = _escalate(rule, state, value, now)
        return state, fire and replace(fire, already_true=True)
    if strength(rule, value) < 1.0:
        return _armed(state, now), None
    if rule.kind is RuleKind.PRICE_LEVEL:
        return replace(state, phase=Phase.WAITING, since=now, peak=value, session_key=None), None
    return _fire(rule, state, value, now, session_key, already_true=True)


def _fire(
    rule: Rule, state: RuleState, value: float, now: datetime, session_key: str, *, already_true: bool
) -> tuple[RuleState, Fire]:
    phase = Phase.EXPIRED if rule.frequency is Frequency.ONCE else Phase.WAITING
    level = 0
    if rule.escalate_step > 0 and rule.kind is not RuleKind.PRICE_LEVEL:
        level = max(int((abs(value) - rule.threshold) / rule.escalate_step), 0)
    fired = replace(
        state, phase=phase, since=now, fired_at=now, peak=value, level=level, session_key=session_key
    )
    return fired, Fire(value, level, already_true)


def _escalate(rule: Rule, state: RuleState, value: float, now: datetime) -> tuple[RuleState, Fire | None]:
    """Fire again when the value has gone a whole step further than at the last fire."""
    peak = state.peak if state.peak is not None else value
    if abs(value) > abs(peak):
        state = replace(state, peak=value)
    if rule.escalate_step <= 0 or rule.kind is RuleKind.PRICE_LEVEL or strength(rule, value) < 1.0:
        return state, None
    if abs(value) < rule.threshold + (state.level + 1) * rule.escalate_step:
        return state, None
    level = max(int((abs(value) - rule.threshold) / rule.escalate_step), state.level + 1)
    return replace(state, level=level, fired_at=now, since=now), Fire(value, level, already_true=False)


def _rearms(rule: Rule, state: RuleState, value: float, now: datetime, session_key: str) -> bool:
    """Whether a fired rule may fire again; a price level must have been on its other side as well."""
    fired_today = state.session_key == session_key
    if rule.kind is not RuleKind.PRICE_LEVEL and not fired_today:
        return True
    if fired_today and rule.frequency is not Frequency.EVERY_REARM:
        return False
    cooled = state.fired_at is None or now - state.fired_at >= timedelta(minutes=rule.cooldown_minutes)
    beyond = strength(rule, value)
    return cooled and beyond < 1.0 and beyond <= 1.0 - rule.hysteresis
