"""How far rules are with whom they watch, by version, and what of that is to be stored."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from stackwatch.analysis.rules.rule_machine import fresh_state, has_expired
from stackwatch.domain.rule import Frequency, Phase, Rule, RuleKey, RuleState


class RuleStates:
    """The states of the rules that are given, and of those that were or will be. Owned by the core thread."""

    def __init__(self, states: Iterable[RuleState]) -> None:
        # A start is a gap: the first evaluation seeds again.
        self._states = {state.key: replace(state, seeded=False) for state in states}
        self._put_away: dict[RuleKey, RuleState] = {}  # of versions that are not given now
        self._changed: list[RuleState] = []

    @property
    def all(self) -> tuple[RuleState, ...]:
        """Every state of the rules that are given."""
        return tuple(self._states.values())

    @property
    def rule_ids(self) -> frozenset[str]:
        """The id of every rule that has a state, or had one."""
        return frozenset(rule_id for rule_id, _, _ in (*self._states, *self._put_away))

    def use(self, rules: Sequence[Rule], now: datetime) -> tuple[Rule, ...]:
        """Take up other rules; returns them, each of the newest version that was seen of it.

        A rule that was taken out and comes back goes on where it stood, after a gap. One that was changed by
        hand is of a newer version than its file says: its first states are stored, so that the next start
        knows that, too.
        """
        known = self._put_away | self._states
        newest: dict[str, int] = {}
        for rule_id, version, _ in known:
            newest[rule_id] = max(version, newest.get(rule_id, 1))
        used = tuple(replace(r, version=max(r.version, newest.get(r.id, 1))) for r in rules)
        for rule in used:
            if rule.version > newest.get(rule.id, rule.version):
                begun = [fresh_state(rule, key[2], now) for key in known if key[0] == rule.id]
                known |= {state.key: state for state in begun}
                self._changed += begun
        versions = {(rule.id, rule.version) for rule in used}
        self._states = {key: state for key, state in known.items() if key[:2] in versions}
        self._put_away = {
            key: replace(state, seeded=False) for key, state in known.items() if key[:2] not in versions
        }
        return used

    def of(self, rule: Rule, subject: str, now: datetime) -> RuleState:
        """Return how far a rule is with a subject."""
        return self._states.get((rule.id, rule.version, subject)) or fresh_state(rule, subject, now)

    def keep(self, before: RuleState, after: RuleState, *, fired: bool) -> None:
        """Go on with another state; one that ``fired`` is stored with its alert."""
        self._states[after.key] = after
        if not fired and _worth_storing(before, after):
            self._changed.append(after)

    def take_changed(self) -> tuple[RuleState, ...]:
        """Return what is to be stored without an alert, once."""
        changed, self._changed = tuple(self._changed), []
        return changed

    def begin_anew(self, now: datetime) -> None:
        """Seed again after a gap, and forget times that lie ahead of a clock that was set back.

        A hold was not watched meanwhile, so it begins again.
        """
        for key, state in self._states.items():
            fired = None if state.fired_at is None else min(state.fired_at, now)
            phase = Phase.ARMED if state.phase is Phase.PENDING else state.phase
            self._states[key] = replace(
                state, phase=phase, seeded=False, since=min(state.since, now), fired_at=fired
            )

    def seed(self, rules: AbstractSet[str], subjects: AbstractSet[str], whole: AbstractSet[str]) -> None:
        """Let what is true for some rules of these subjects, or of all for ``whole`` ones, fire nothing."""
        for key, state in self._states.items():
            if state.rule_id in whole or (state.rule_id in rules and state.symbol in subjects):
                self._states[key] = replace(state, seeded=False)

    def expire(self, rules: Sequence[Rule], now: datetime) -> None:
        """End the states of rules whose last day is over."""
        over = {(rule.id, rule.version) for rule in rules if has_expired(rule, now)}
        self._change(
            replace(state, phase=Phase.EXPIRED, since=now)
            for key, state in self._states.items()
            if key[:2] in over and state.phase is not Phase.EXPIRED
        )

    def revive(self, rules: Sequence[Rule], now: datetime) -> None:
        """Arm again what ended by a clock that was ahead of a rule's last day."""
        living = {(rule.id, rule.version): rule for rule in rules if not has_expired(rule, now)}
        self._change(
            replace(state, phase=Phase.ARMED, since=now, seeded=False)
            for key, state in self._states.items()
            if state.phase is Phase.EXPIRED
            and (rule := living.get(key[:2])) is not None
            and (rule.frequency is not Frequency.ONCE or state.fired_at is None)
        )

    def _change(self, states: Iterable[RuleState]) -> None:
        made = tuple(states)
        self._states.update((state.key, state) for state in made)
        self._changed += made


def _worth_storing(before: RuleState, after: RuleState) -> bool:
    """Whether what decides the future changed; a start seeds anew, and asks anew why there is no value."""
    if before is after:
        return False
    return (before.phase, before.fired_at, before.peak, before.level, before.session_key) != (
        after.phase, after.fired_at, after.peak, after.level, after.session_key,
    )  # fmt: skip
