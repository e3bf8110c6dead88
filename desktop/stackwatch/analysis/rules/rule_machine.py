"""The states of a rule for one subject, as a pure function from state and value to state and fire.

Armed -> pending while it holds -> fired -> waiting; it re-arms inside the threshold less its hysteresis
after the cooldown, or with the next session. A value that cannot be judged neither fires nor re-arms.
The first evaluation after a start, an edit or a gap seeds: crossing rules stay silent until they
have been on the other side, and a threshold that is already passed is said without a popup.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from stackwatch.domain.market import program_day
from stackwatch.domain.rule import (
    COUNTED_KINDS,
    MARKET_CLOSED,
    Condition,
    Direction,
    Frequency,
    Phase,
    Rule,
    RuleKind,
    RuleState,
)
from stackwatch.domain.values import changed

LEVEL_BAND = 0.02  # a price level's distance that counts as the whole of its threshold
DECIMALS = 12  # of a strength: 90 after 100 is a fall of 10 %, which floating point misses by a hair
_HAIR = 1e-9  # of a step, likewise


@dataclass(frozen=True, slots=True)
class Fire:
    """A firing: the value, how often it escalated, and whether it was already true when first seen."""

    value: float
    level: int
    already_true: bool


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What a rule sees now: a value in its own unit, or the reason why there is none.

    ``strength`` is how far it is on its way to firing where that does not follow from the value alone.
    """

    value: float | None
    reason: str | None = None
    strength: float | None = None


def fresh_state(rule: Rule, symbol: str, now: datetime) -> RuleState:
    """Return the state of a rule version that was never evaluated for a subject."""
    return RuleState(rule_id=rule.id, rule_version=rule.version, symbol=symbol, phase=Phase.ARMED, since=now)


def strength(condition: Condition, value: float) -> float:
    """Return how far a value is on its way to the threshold: 1 is at it, above 1 beyond."""
    return round(_strength(condition, value), DECIMALS)


def _strength(condition: Condition, value: float) -> float:
    if condition.crossing:
        up = condition.direction is Direction.UP
        if condition.kind is RuleKind.PRICE_LEVEL:
            way = value / condition.threshold - 1.0
            return 1.0 + (way if up else -way) / LEVEL_BAND
        return 1.0 + ((value if up else -value) - condition.threshold) / (LEVEL_BAND * 100.0)
    if condition.kind in COUNTED_KINDS:
        return value / condition.threshold
    signed = {Direction.UP: value, Direction.DOWN: -value, Direction.EITHER: abs(value)}[condition.direction]
    return signed / condition.threshold


def has_expired(rule: Rule, now: datetime) -> bool:
    """Whether a rule's last day is over."""
    return rule.expires is not None and program_day(now) > rule.expires


def ended(state: RuleState, now: datetime) -> RuleState:
    """Return a state that is over for good."""
    return changed(state, phase=Phase.EXPIRED, since=now)


def step(
    rule: Rule, state: RuleState, reading: RuleReading, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    """Advance one rule for one subject; returns the new state and the fire, if any."""
    if state.phase is Phase.EXPIRED:
        return state, None
    if has_expired(rule, now):
        return ended(state, now), None
    value = reading.value
    if value is None or not math.isfinite(value):
        return _without_value(rule, state, reading.reason or "no value", now), None
    way = strength(rule, value) if reading.strength is None else reading.strength
    if state.reason is not None:
        state = changed(state, reason=None)
    if state.phase is Phase.WAITING and _rearms(rule, state, way, now, session_key):
        state = changed(state, phase=Phase.ARMED, since=now, level=0, peak=None)
    if not state.seeded:
        return _seed(rule, changed(state, seeded=True), (value, way), now, session_key)
    if state.phase is Phase.WAITING:
        return _escalate(rule, state, (value, way), now)
    return _watch(rule, state, (value, way), now, session_key)


_Seen = tuple[float, float]  # value and strength


def _watch(
    rule: Rule, state: RuleState, seen: _Seen, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    """Advance an armed or pending state."""
    if seen[1] < 1.0:
        return _armed(state, now), None
    if rule.hold_seconds and state.phase is Phase.ARMED:
        return changed(state, phase=Phase.PENDING, since=now, session_key=session_key), None
    if state.phase is Phase.PENDING and now - state.since < timedelta(seconds=rule.hold_seconds):
        return state, None
    return _fire(rule, state, seen[0], now, session_key, already_true=False)


def _armed(state: RuleState, now: datetime) -> RuleState:
    return state if state.phase is Phase.ARMED else changed(state, phase=Phase.ARMED, since=now)


def _without_value(rule: Rule, state: RuleState, reason: str, now: datetime) -> RuleState:
    """Keep the phase, but break a hold, and make a crossing rule seed anew after a gap.

    A threshold first seen before the open was not passed yet: the open may fire it.
    """
    closed = reason == MARKET_CLOSED
    seeded = state.seeded and closed if rule.crossing else state.seeded or closed
    if state.phase is Phase.PENDING:
        state = _armed(state, now)
    if state.reason == reason and state.seeded == seeded:
        return state
    return changed(state, reason=reason, seeded=seeded)


def _seed(
    rule: Rule, state: RuleState, seen: _Seen, now: datetime, session_key: str
) -> tuple[RuleState, Fire | None]:
    value, way = seen
    if state.phase is Phase.WAITING:
        state, fire = _escalate(rule, state, seen, now)
        return (
            (state, None)
            if fire is None
            else (changed(state, already_true=True), changed(fire, already_true=True))
        )
    if way < 1.0:
        return _armed(state, now), None
    if state.phase is Phase.PENDING and state.session_key == session_key:  # the next look may fire it
        return state, None
    if rule.crossing:
        passed = changed(
            state, phase=Phase.WAITING, since=now, peak=value, session_key=None, already_true=True
        )
        return passed, None
    return _fire(rule, state, value, now, session_key, already_true=True)


def _fire(
    rule: Rule, state: RuleState, value: float, now: datetime, session_key: str, *, already_true: bool
) -> tuple[RuleState, Fire]:
    # What was true before a rule looked is not the one time that it is for.
    over = rule.frequency is Frequency.ONCE and not already_true
    phase = Phase.EXPIRED if over else Phase.WAITING
    level = _steps(rule, value) if rule.escalates else 0
    fired = changed(
        state,
        phase=phase,
        since=now,
        fired_at=now,
        peak=value,
        level=level,
        session_key=session_key,
        already_true=already_true,
    )
    return fired, Fire(value, level, already_true)


def _escalate(rule: Rule, state: RuleState, seen: _Seen, now: datetime) -> tuple[RuleState, Fire | None]:
    """Fire again when the value has gone a whole step further than at the last fire."""
    value, way = seen
    peak = state.peak if state.peak is not None else value
    if abs(value) > abs(peak):
        state = changed(state, peak=value)
    if not rule.escalates or way < 1.0:
        return state, None
    level = _steps(rule, value)
    if level <= state.level:
        return state, None
    further = changed(state, level=level, fired_at=now, since=now, already_true=False)
    return further, Fire(value, level, already_true=False)


def _steps(rule: Rule, value: float) -> int:
    """Return how many whole steps a value is beyond the threshold."""
    return max(int((abs(value) - rule.threshold) / rule.escalate_step + _HAIR), 0)


def _rearms(rule: Rule, state: RuleState, way: float, now: datetime, session_key: str) -> bool:
    """Whether a fired rule may fire again; a price level must have been on its other side as well."""
    fired_today = state.session_key == session_key
    if not rule.crossing and not fired_today:
        return True
    if fired_today and rule.frequency is not Frequency.EVERY_REARM:
        return False
    cooled = state.fired_at is None or now - state.fired_at >= timedelta(minutes=rule.cooldown_minutes)
    return cooled and way < 1.0 and way <= 1.0 - rule.hysteresis
