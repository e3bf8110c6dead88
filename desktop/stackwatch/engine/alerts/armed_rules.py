"""The table of armed rules: where every rule stands, told while somebody looks."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from stackwatch.analysis.rules.rule_machine import has_expired, strength
from stackwatch.domain.alert import newest_groups
from stackwatch.domain.armed import ArmedRow, RuleStanding
from stackwatch.domain.events import ArmedRowsChanged, Event
from stackwatch.domain.market import program_day
from stackwatch.domain.rule import MARKET_CLOSED, NEWS_KINDS, Join, Phase, Rule, RuleKind, RuleState
from stackwatch.engine.alerts.alerting import Alerting
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.group_readings import ConditionReading
from stackwatch.engine.ports import Clock

MOST_ROWS = 2_000
_SECONDS = 0.5  # between two tables at least


class ArmedRules:
    """Tells where every armed rule stands, from its states and values. Owned by the core thread."""

    def __init__(
        self,
        alerting: Alerting,
        delivery: Delivery,
        clock: Clock,
        publish: Callable[[Event], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Publish of these; ``monotonic`` counts seconds, which pass for who looks at a replay too."""
        self._alerting = alerting
        self._delivery = delivery
        self._clock = clock
        self._publish = publish
        self._monotonic = monotonic
        self._told: float | None = None
        self._known: tuple[tuple[Rule, ...], Mapping[str, Sequence[str]], date] | None = None
        self._pairs: tuple[tuple[Rule, Rule, tuple[str, ...]], ...] = ()
        self.shown = False

    def tell(self, *, at_once: bool = False) -> None:
        """Publish ArmedRowsChanged while the table is shown, at most twice a second unless ``at_once``."""
        now = self._monotonic()
        if not self.shown or (not at_once and self._told is not None and now - self._told < _SECONDS):
            return
        self._told = now
        self._publish(self.rows())

    def rows(self) -> ArmedRowsChanged:
        """Return where rules stand, those about fewest subjects first, as far as the table goes."""
        self._find_pairs()
        now = self._clock.now()
        states = {state.key: state for state in self._alerting.states}
        told = {(a.rule_id, a.rule_version, a.subject, a.fired_at) for a in self._delivery.alerts}
        rows: list[ArmedRow] = []
        total = 0
        for rule, looked, subjects in self._pairs:
            over = has_expired(rule, now)
            if over or not rule.enabled:
                total += 1
                rows.append(_whole(rule, over=over))
                continue
            if not subjects and rule.subject != "*":  # of another list: seen and edited all the same
                total += 1
                rows.append(_waiting(rule))
                continue
            total += len(subjects)
            for subject in subjects[: MOST_ROWS - len(rows)]:
                key = (rule.id, rule.version, subject)
                state = states.get(key)
                fired = state is not None and (*key, state.fired_at) in told
                rows.append(self._row(rule, looked, state, subject, fired=fired))
        return ArmedRowsChanged(self._with_snoozes(rows[:MOST_ROWS]), total)

    def _with_snoozes(self, rows: Sequence[ArmedRow]) -> tuple[ArmedRow, ...]:
        """Say in rows until when nothing of them pops up."""
        own = {rule.id: (rule.snoozed_until,) for rule in self._alerting.rules}
        alerts = self._delivery.snoozed
        groups = newest_groups(self._delivery.alerts) if alerts else {}

        def end(row: ArmedRow) -> datetime | None:
            key = row.rule_id, row.subject  # what fires next may have another cause
            group = groups.get(key) if row.standing is RuleStanding.FIRED else None
            others = (each.until for a in alerts for each in a.snoozes_about(*key, group))
            return max((end for end in (*own[row.rule_id], *others) if end is not None), default=None)

        return tuple(replace(row, silent_until=until) if (until := end(row)) else row for row in rows)

    def _find_pairs(self) -> None:
        rules = self._alerting.rules
        found = (rules, self._alerting.watched, program_day(self._clock.now()))
        if self._known == found:
            return
        self._known = found
        pairs = [(rule, _without_news(rule), self._alerting.subjects(rule)) for rule in rules]
        self._pairs = tuple(sorted(pairs, key=lambda pair: len(pair[2])))

    def _row(
        self,
        rule: Rule,
        looked: Rule,
        state: RuleState | None,
        subject: str,
        *,
        fired: bool,
    ) -> ArmedRow:
        seen = self._alerting.see(looked, subject)
        value = self._own_value(rule, looked, seen, subject)
        if value is None and seen.reason == MARKET_CLOSED:
            value = self._alerting.at_close(looked, subject)
        own = None if value is None else strength(rule, value)
        way = seen.way if rule.conditions and seen.value is not None else own
        standing, since = _standing(rule, state, fired=fired, known=seen.value is not None)
        return ArmedRow(
            rule_id=rule.id,
            subject=subject,
            standing=standing,
            value=value,
            way=way,
            since=since,
            reason=seen.reason,
            waits=standing is RuleStanding.ARMED and own is not None and own >= 1.0 and not rule.news_only,
        )

    def _own_value(self, rule: Rule, looked: Rule, seen: ConditionReading, subject: str) -> float | None:
        """Return what the own condition sees, for its trigger stands beside; another may be nearer."""
        if not rule.conditions or rule.join is Join.ALL:
            return seen.value
        return self._alerting.see(replace(looked, conditions=()), subject).value


def _whole(rule: Rule, *, over: bool) -> ArmedRow:
    standing = RuleStanding.EXPIRED if over else RuleStanding.OFF
    return ArmedRow(rule_id=rule.id, subject=rule.subject, standing=standing)


def _waiting(rule: Rule) -> ArmedRow:
    return ArmedRow(
        rule_id=rule.id,
        subject=rule.subject,
        standing=RuleStanding.NO_DATA,
        reason="nothing of it in this list",
    )


def _standing(
    rule: Rule, state: RuleState | None, *, fired: bool, known: bool
) -> tuple[RuleStanding, datetime | None]:
    """Return where a rule stands for a subject, and since when; it ``fired`` where an alert says so."""
    if state is not None and state.phase is Phase.EXPIRED:
        return RuleStanding.EXPIRED, None if state.already_true else state.fired_at
    if state is not None and state.phase is Phase.WAITING:
        # Without an alert another rule had told it before the history came.
        told = fired and not state.already_true
        return (RuleStanding.FIRED if told else RuleStanding.TRUE), state.fired_at or state.since
    if not known:
        return RuleStanding.NO_DATA, None
    if state is not None and state.phase is Phase.PENDING:
        return RuleStanding.PENDING, state.since
    return RuleStanding.ARMED, state.fired_at if state is not None and rule.kind in NEWS_KINDS else None


def _without_news(rule: Rule) -> Rule:
    """Return what is compared of a rule: a move that needs a story is read without looking for one."""
    plain = rule.kind is RuleKind.TIED_MOVE and not rule.conditions
    return replace(rule, kind=RuleKind.PERCENT_MOVE) if plain else rule
