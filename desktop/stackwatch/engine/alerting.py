"""Evaluate the rules: what each one sees of its subjects, and which of them fire."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stackwatch.analysis.rule_machine import MARKET_CLOSED, Fire, Reading, fresh_state, step
from stackwatch.domain.move import Move, Rollup, StoryMatch
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.rule import Direction, Phase, Rule, RuleKind, RuleState, SessionScope, SubjectKind
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.explanations import Explanations
from stackwatch.engine.market_data import MarketData
from stackwatch.engine.ports import Clock
from stackwatch.engine.rollups import Rollups

_SHOCK_BREADTH = 0.6
_SHOCK_MEMBERS = 2
_NO_VALUE = {
    QuoteState.STALE: "stale quote",
    QuoteState.HALTED: "halted",
    QuoteState.WITHHELD: "unconfirmed split",
    QuoteState.UNKNOWN: "unknown symbol",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A rule that fired: for whom, with which story, and the state to store with its alert."""

    rule: Rule
    subject: str
    fire: Fire
    state: RuleState
    session_day: date
    match: StoryMatch | None = None


class Alerting:
    """All rules and their states. Owned by the core thread."""

    def __init__(
        self,
        *,
        rules: Sequence[Rule],
        states: Iterable[RuleState],
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explanations: Explanations,
        clock: Clock,
    ) -> None:
        self._rules = tuple(rule for rule in rules if rule.enabled)
        self._watchlist = watchlist
        self._market = market
        self._rollups = rollups
        self._explanations = explanations
        self._clock = clock
        self._states: dict[tuple[str, int, str], RuleState] = {}
        versions = {(rule.id, rule.version) for rule in self._rules}
        for state in states:
            if (state.rule_id, state.rule_version) in versions:
                # A start is a gap: the first evaluation seeds again.
                self._states[state.rule_id, state.rule_version, state.symbol] = replace(state, seeded=False)

    def begin_anew(self) -> None:
        """Seed again after a gap, and forget times that lie ahead of a clock that was set back."""
        now = self._clock.now()
        for key, state in self._states.items():
            fired = None if state.fired_at is None else min(state.fired_at, now)
            self._states[key] = replace(state, seeded=False, since=min(state.since, now), fired_at=fired)

    @property
    def states(self) -> tuple[RuleState, ...]:
        """Every state there is."""
        return tuple(self._states.values())

    def armed(self) -> frozenset[str]:
        """Return the subjects that a rule of their own is armed for: symbols, private ids and layers."""
        return frozenset(rule.subject for rule in self._rules if rule.subject != "*")

    def evaluate(self, rollups: Mapping[str, Rollup]) -> tuple[tuple[Firing, ...], tuple[RuleState, ...]]:
        """Advance every rule; returns the firings and the other states that changed."""
        now = self._clock.now()
        firings, changed = [], []
        for rule in self._rules:
            for subject in self._subjects(rule):
                key = (rule.id, rule.version, subject)
                state = self._states.get(key) or fresh_state(rule, subject, now)
                if state.phase is Phase.EXPIRED:
                    continue
                day, reading, match = self._read(rule, subject, rollups)
                following, fire = step(rule, state, reading, now, day.isoformat())
                if fire is not None:
                    firings.append(
                        Firing(
                            rule=rule,
                            subject=subject,
                            fire=fire,
                            state=following,
                            session_day=day,
                            match=match,
                        )
                    )
                elif _worth_storing(state, following) or key not in self._states:
                    changed.append(following)
                self._states[key] = following
        return tuple(firings), tuple(changed)

    def _subjects(self, rule: Rule) -> Iterator[str]:
        if rule.subject_kind is SubjectKind.SYMBOL:
            yield rule.subject
        elif rule.kind is RuleKind.LAYER_MOVE:
            yield from (
                layer.id
                for layer in self._watchlist.layers
                if rule.subject in ("*", layer.id) and layer.id != "benchmark"
            )
        elif rule.kind is RuleKind.ENTITY_SHOCK:
            yield from (e for e in self._watchlist.entities if rule.subject in ("*", e))
        elif rule.subject_kind is SubjectKind.LAYER:
            yield from (
                s
                for layer in self._watchlist.layers
                if rule.subject in ("*", layer.id)
                for s in layer.symbols
            )
        else:
            yield from self._watchlist.symbols

    def _read(
        self, rule: Rule, subject: str, rollups: Mapping[str, Rollup]
    ) -> tuple[date, Reading, StoryMatch | None]:
        if rule.kind is RuleKind.LAYER_MOVE:
            return *self._read_layer(rule, subject, rollups.get(subject)), None
        if rule.kind is RuleKind.ENTITY_SHOCK:
            return *self._read_shock(rule, subject, rollups.get(subject)), None
        today = self._clock.now().date()
        quote = self._market.quotes.get(subject)
        reason = _unusable(rule, quote)
        move = self._market.moves.get(subject)
        if quote is None or move is None or reason is not None:
            return today, Reading(None, reason or "no quote yet"), None
        day = move.session_date
        if rule.kind is RuleKind.PRICE_LEVEL:
            return day, Reading(quote.price), None
        if rule.kind is RuleKind.PERCENT_MOVE:
            return day, Reading(move.move_pct), None
        if rule.kind is RuleKind.ABNORMAL_MOVE:
            return day, Reading(move.sar, move.reason), None
        return day, *self._read_tied(rule, move)

    def _read_tied(self, rule: Rule, move: Move) -> tuple[Reading, StoryMatch | None]:
        """Read a move that needs a story: without a matching one it counts as none."""
        passed = abs(move.move_pct) >= rule.threshold * (1.0 - rule.hysteresis)
        match = self._explanations.tied_story(move) if passed else None
        return Reading(move.move_pct if match is not None else 0.0), match

    def _read_layer(self, rule: Rule, layer_id: str, rollup: Rollup | None) -> tuple[date, Reading]:
        day, reason = self._group_day(rule, layer_id)
        if rollup is None or reason is not None:
            return day, Reading(None, reason or "no prices yet")
        if rollup.sar is None:
            return day, Reading(None, "too few members with history")
        return day, Reading(rollup.sar if self._rollups.layer_wide(layer_id, rollup) else 0.0)

    def _read_shock(self, rule: Rule, entity_id: str, rollup: Rollup | None) -> tuple[date, Reading]:
        """Read a basket: its move counts when the entity is in the news and most of it moved that way."""
        day, reason = self._group_day(rule, entity_id)
        if rollup is None or rollup.move_pct is None or reason is not None:
            return day, Reading(None, reason or "no linked prices")
        falling = rollup.move_pct < 0
        same_way = rollup.down if falling else rollup.up
        broad = same_way >= max(_SHOCK_MEMBERS, _SHOCK_BREADTH * rollup.counted)
        if not broad or abs(rollup.move_pct) < rule.threshold * (1.0 - rule.hysteresis):
            return day, Reading(0.0)
        wanted = -1 if falling else 1
        stories = self._explanations.entity_stories(entity_id, self._main_move(entity_id))
        told = any(story.reading.tone == wanted for story in stories)
        return day, Reading(rollup.move_pct if told else 0.0)

    def _main_move(self, group_id: str) -> Move:
        members = self._rollups.members(group_id, self._clock.now().date())
        moves = [m for s in members if (m := self._market.moves.get(s)) is not None]
        return max(moves, key=lambda move: self._market.quotes[move.symbol].as_of)

    def _group_day(self, rule: Rule, group_id: str) -> tuple[date, str | None]:
        """Return the trading day of a group's newest member and why it cannot be judged, if so."""
        members = self._rollups.members(group_id, self._clock.now().date())
        quotes = [q for s in members if (q := self._market.quotes.get(s)) is not None]
        if not quotes:
            return self._clock.now().date(), "no prices yet"
        usable = [q for q in quotes if _unusable(rule, q) is None]
        newest = max(usable or quotes, key=lambda quote: quote.as_of)
        return self._market.session_date(newest), None if usable else _unusable(rule, newest)


def _unusable(rule: Rule, quote: Quote | None) -> str | None:
    """Return why a quote may not be judged by a rule now."""
    if quote is None:
        return "no quote yet"
    if quote.state in _NO_VALUE:
        return _NO_VALUE[quote.state]
    if quote.state is QuoteState.CLOSED:  # whatever phase the provider names
        return MARKET_CLOSED
    if quote.session is Session.REGULAR:
        return MARKET_CLOSED if rule.sessions is SessionScope.EXTENDED else None
    if quote.session in (Session.PRE, Session.POST) and rule.sessions is not SessionScope.REGULAR:
        return None
    return MARKET_CLOSED


def _worth_storing(before: RuleState, after: RuleState) -> bool:
    """Values change with every quote; a state is stored when what decides the future changed."""
    if before is after:
        return False
    return (before.phase, before.seeded, before.fired_at, before.peak, before.level, before.session_key) != (
        after.phase, after.seeded, after.fired_at, after.peak, after.level, after.session_key,
    )  # fmt: skip


def direction_word(rule: Rule, value: float) -> str:
    """Return which way a firing went."""
    if rule.direction is Direction.EITHER:
        return Direction.UP.value if value > 0 else Direction.DOWN.value
    return rule.direction.value
