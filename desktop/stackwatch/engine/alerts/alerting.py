"""Evaluate the rules: what each one sees of its subjects, and which of them fire."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stackwatch.analysis.rules.rule_machine import Fire, RuleReading, ended, has_expired, step, strength
from stackwatch.analysis.rules.rule_table import RuleTable, quiet_band
from stackwatch.domain.alert import MetCondition
from stackwatch.domain.armed import PriceLevel
from stackwatch.domain.market import program_day
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.rule import (
    Condition,
    Frequency,
    Join,
    Phase,
    Rule,
    RuleKind,
    RuleState,
    Since,
    SubjectKind,
)
from stackwatch.domain.values import changed
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.group_readings import ConditionReading, GroupReadings
from stackwatch.engine.alerts.readings import Readings
from stackwatch.engine.alerts.rule_states import RuleStates
from stackwatch.engine.alerts.share_batch import BatchReader, source_of
from stackwatch.engine.alerts.subjects import subjects_of
from stackwatch.engine.ports import Clock

_NEWS_EVERY = timedelta(minutes=1)  # what was counted over the last minutes shrinks by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """A rule that fired: for whom, what it saw, with which story, and the state to store with its alert."""

    rule: Rule
    subject: str
    fire: Fire
    state: RuleState
    session_day: date
    met: tuple[MetCondition, ...] = ()
    match: StoryMatch | None = None

    @property
    def at(self) -> datetime:
        """When it fired, as its state has it."""
        assert self.state.fired_at is not None
        return self.state.fired_at


class Alerting:
    """All rules, advanced with what they see. Owned by the core thread.

    Rules about single shares are stepped when a value may change their state (``RuleTable``); those about
    groups and news when a member's price, or the news, changed.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Rule],
        states: Iterable[RuleState],
        watchlist: Watchlist,
        readings: Readings,
        groups: GroupReadings,
        clock: Clock,
    ) -> None:
        self._watchlist = watchlist
        self._readings = readings
        self._groups = groups
        self._clock = clock
        self._states = RuleStates(states)
        self._moved: set[str] = set()  # since rules about groups were last advanced
        self._firings: list[Firing] = []
        self._rules: tuple[Rule, ...] = ()
        self._in_force: tuple[Rule, ...] = ()
        self._rows: dict[str, int] = {}
        self._look_at_all = True
        self._today = program_day(clock.now())
        self._news_seen = clock.now()
        self.use(rules)

    def use(self, rules: Sequence[Rule], watchlist: Watchlist | None = None) -> None:
        """Evaluate other rules, or another list, from now on; a version that was not known before seeds."""
        if watchlist is not None:
            self._watchlist = watchlist
            self._groups.follow(watchlist)
        now = self._clock.now()
        self._rules = self._states.use(rules, now)
        self._begin(now)

    def begin_anew(self) -> None:
        """Seed again after a gap, or when the clock was set back."""
        now = self._clock.now()
        self._states.begin_anew(now)
        self._begin(now)

    def seed_about(self, entities: AbstractSet[str]) -> None:
        """Let what stored news or other links make true of these entities fire nothing.

        Rules about a share's price alone see neither, and fire as ever.
        """
        seeing = {rule.id: rule for rule in self._rules if not self._sees_prices_alone(rule)}
        about = {key for key, rule in seeing.items() if any(rule.concerns(entity) for entity in entities)}
        self._states.seed(seeing.keys(), entities, about)
        self._restless.update(
            (number, symbol)
            for number, rule in enumerate(self._share_rules)
            if rule.id in seeing
            for symbol in self._watched[rule.id]
            if rule.id in about or symbol in entities
        )
        self._look_at_all = True

    def _sees_prices_alone(self, rule: Rule) -> bool:
        """Whether neither news nor who is in a group changes what a rule sees."""
        own = all(self._readings.reads(condition.kind) for condition in rule.all_conditions)
        return own and not rule.watches_news()

    @property
    def states(self) -> tuple[RuleState, ...]:
        """Every state there is."""
        return self._states.all

    @property
    def rule_ids(self) -> frozenset[str]:
        """The id of every rule that has a state, of those taken out, too."""
        return self._states.rule_ids

    def armed(self) -> frozenset[str]:
        """Return the subjects that a rule of their own is armed for: symbols, private ids and layers."""
        return frozenset(rule.subject for rule in self._in_force if rule.subject != "*")

    def matters(self, symbol: str, price: float) -> bool:
        """Whether a regular price may change the state of a rule; any thread may ask."""
        return self._reader.matters(symbol, price)

    def levels(self) -> tuple[PriceLevel, ...]:
        """Return the prices that rules about one symbol wait for."""
        return tuple(
            PriceLevel(rule.id, rule.subject, rule.threshold)
            for rule in self._in_force
            if rule.kind is RuleKind.PRICE_LEVEL and rule.subject_kind is SubjectKind.SYMBOL
        )

    def evaluate(
        self,
        changed: Iterable[str] | None = None,
        *,
        news: AbstractSet[str] = frozenset(),
        groups: bool = True,
    ) -> tuple[tuple[Firing, ...], tuple[RuleState, ...]]:
        """Advance the rules that ``changed`` symbols concern, all of them without any.

        ``news`` are the entities that new stories name; without ``groups`` rules about layers and private
        entities wait for the next call. Returns the firings and the other states that changed.
        """
        now = self._clock.now()
        if program_day(now) != self._today or any(has_expired(rule, now) for rule in self._ending):
            self._begin(now)
        everything = self._look_at_all or changed is None
        self._look_at_all = False
        symbols = tuple(self._rows) if everything or changed is None else tuple(changed)
        self._advance_shares((*symbols, *self._awaiting) if news else symbols, now)
        self._moved.update(symbols)
        if groups or news or everything:
            moved, self._moved = frozenset(self._moved), set()
            self._advance_groups(moved, now, news=news, everything=everything)
        firings, self._firings = tuple(self._firings), []
        return firings, self._states.take_changed()

    def look_between(self, touched: Mapping[str, Sequence[float]]) -> None:
        """Let rules that wait for a price see prices that were passed since the last look, and left again.

        The next ``evaluate`` returns what fired. A rule that wants the price to hold, or more than the price,
        looks at the newest alone.
        """
        now = self._clock.now()
        for number, rule in enumerate(self._share_rules):
            if not _waits_for_a_price(rule):
                continue
            for symbol in touched.keys() & set(self._watched[rule.id]):
                for price in touched[symbol]:
                    state = self._states.of(rule, symbol, now)
                    if state.phase is not Phase.ARMED or not state.seeded:
                        break
                    value, _ = self._readings.read(rule, rule.sessions, symbol, price)
                    if value is not None and (way := strength(rule, value)) >= 1.0:
                        self._advance_share(number, symbol, ConditionReading(value, way, touched=True), now)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule given, those switched off or over too."""
        return self._rules

    @property
    def in_force(self) -> tuple[Rule, ...]:
        """The rules that are on and not over."""
        return self._in_force

    def at_close(self, rule: Rule, subject: str) -> float | None:
        """Return what a rule's own condition saw at the last regular price, for the eye only."""
        if self._readings.reads(rule.kind):
            return self._readings.at_close(rule, subject)
        return self._groups.at_close(rule, subject)

    def subjects(self, rule: Rule) -> tuple[str, ...]:
        """Return whom a rule watches today."""
        return subjects_of(rule, self._watchlist, self._groups.members)

    @property
    def watched(self) -> Mapping[str, tuple[str, ...]]:
        """Return whom each rule in force watches, by its id."""
        return self._watched

    def _begin(self, now: datetime) -> None:
        """Set up who is watched today; every pair is looked at with the next evaluation."""
        self._today = program_day(now)
        self._look_at_all = True
        self._moved.clear()
        self._news_seen = now
        self._restless: set[tuple[int, str]] = set()
        self._states.expire(self._rules, now)
        self._states.revive(self._rules, now)
        self._in_force = tuple(rule for rule in self._rules if rule.enabled and not has_expired(rule, now))
        self._ending = [rule for rule in self._in_force if rule.expires is not None]
        self._share_rules = [rule for rule in self._in_force if self._readings.reads(rule.kind)]
        self._group_rules = [rule for rule in self._in_force if not self._readings.reads(rule.kind)]
        self._watched = {rule.id: self.subjects(rule) for rule in self._in_force}
        self._touching = {
            (rule.id, subject): self._touched_by(rule, subject)
            for rule in self._group_rules
            if not rule.news_only
            for subject in self._watched[rule.id]
        }
        watched = [self._watched[rule.id] for rule in self._share_rules]
        self._rows = {s: row for row, s in enumerate(dict.fromkeys(s for names in watched for s in names))}
        self._names = tuple(self._rows)
        self._awaiting = {s for r in self._share_rules if r.watches_news() for s in self._watched[r.id]}
        keys = [source_of(rule) for rule in self._share_rules]
        sources = tuple(dict.fromkeys(keys))
        self._reader = BatchReader(self._readings, sources, self._rows)
        self._table = RuleTable(len(self._rows), [sources.index(key) for key in keys], len(sources))
        for number, names in enumerate(watched):
            self._table.watch([self._rows[name] for name in names], number)

    def _advance_shares(self, symbols: Sequence[str], now: datetime) -> None:
        self._reader.expect(self._table.calm())
        batch = self._reader.read(symbols)
        for row in batch.turned:
            self._table.forget_subject(row)
        due = set(self._restless)
        if batch.rows.size:
            pairs = self._table.concerned(batch.rows, batch.values, batch.reasons).tolist()
            due.update((number, self._names[row]) for row, number in pairs)
        for number, symbol in sorted(due):
            self._advance_share(number, symbol, self.see(self._share_rules[number], symbol), now)

    def _advance_share(self, number: int, symbol: str, seen: ConditionReading, now: datetime) -> None:
        rule = self._share_rules[number]
        day = self._readings.day(symbol, rule.sessions)
        following = self._step(rule, symbol, seen, now, day, day.isoformat())
        band = quiet_band(rule, following, day.isoformat())
        self._table.settle(self._rows[symbol], number, band)
        unsettled = following.phase is Phase.WAITING and _must_be_watched(following, rule, day)
        if seen.value is not None and (following.phase is Phase.PENDING or unsettled):
            self._restless.add((number, symbol))
        else:
            self._restless.discard((number, symbol))

    def _advance_groups(
        self,
        symbols: frozenset[str],
        now: datetime,
        *,
        news: AbstractSet[str],
        everything: bool,
    ) -> None:
        news_due = everything or now - self._news_seen >= _NEWS_EVERY
        if news_due:
            self._news_seen = now
        for rule in self._group_rules:
            watching = rule.watches_news()
            for subject in self._watched[rule.id]:
                touching = self._touching.get((rule.id, subject), frozenset())
                told = watching and (news_due or self._is_told(rule, subject, news))
                if everything or told or not symbols.isdisjoint(touching):
                    seen = self.see(rule, subject)
                    # A new day alone makes nothing new of what a rule about news has fired for.
                    fresh = seen.news_day if rule.news_only else None
                    day = fresh or self._groups.day(rule, subject)
                    key = day.isoformat() if rule.news_only else self._groups.session_key(subject, day)
                    self._step(rule, subject, seen, now, day, key)

    def _is_told(self, rule: Rule, subject: str, news: AbstractSet[str]) -> bool:
        """Whether stories that name these entities may change what a rule about a group or news sees."""
        conditions = rule.all_conditions
        if any(condition.kind is RuleKind.TIED_MOVE for condition in conditions):  # by any way to a share
            return bool(news)
        group = self._groups.group_of(rule, subject)
        return any(each in news for each in (subject, group, *(each.about for each in conditions)))

    def _touched_by(self, rule: Rule, subject: str) -> frozenset[str]:
        """Return the symbols whose prices a rule about a group reads for a subject."""
        group = self._groups.group_of(rule, subject)
        return frozenset((subject, *(self._groups.members(group) if group else ())))

    def _step(
        self, rule: Rule, subject: str, seen: ConditionReading, now: datetime, day: date, session_key: str
    ) -> RuleState:
        state = self._states.of(rule, subject, now)
        if self._is_after_last_day(rule, subject, day):
            following, fire = (state if state.phase is Phase.EXPIRED else ended(state, now)), None
        else:
            reading = RuleReading(seen.value, seen.reason, seen.way)
            following, fire = step(rule, state, reading, now, session_key)
        self._states.keep(state, following, fired=fire is not None)
        if fire is not None:
            firing = Firing(
                rule=rule, subject=subject, fire=fire, state=following, session_day=day,
                met=self._met(rule, subject, seen), match=seen.match,
            )  # fmt: skip
            self._firings.append(firing)
        return following

    def _is_after_last_day(self, rule: Rule, subject: str, day: date) -> bool:
        """Whether a price is a later day's: Seoul's next one begins before New York's midnight."""
        if rule.expires is None or rule.news_only:
            return False
        return (self._readings.date_of_price(subject) or day) > rule.expires

    def _met(self, rule: Rule, subject: str, seen: ConditionReading) -> tuple[MetCondition, ...]:
        """Return the conditions for which a rule fires now."""
        if not rule.conditions:
            every = [(rule.condition, seen)]
        else:
            every = [(c, self._see_one(c, rule, subject)) for c in (rule.condition, *rule.conditions)]
        return tuple(
            MetCondition(condition=condition, value=one.value, touched=one.touched)
            for condition, one in every
            if one.value is not None and one.way >= 1.0
        )

    def see(self, rule: Rule, subject: str) -> ConditionReading:
        """Return what a rule sees of a subject now, its conditions joined; changes nothing."""
        own = self._see_one(rule, rule, subject)
        if not rule.conditions:
            return own
        every = [own, *(self._see_one(c, rule, subject) for c in rule.conditions)]
        known = [seen for seen in every if seen.value is not None]
        news_day = max((seen.news_day for seen in every if seen.news_day is not None), default=None)
        if rule.join is Join.ANY:
            best = max(known, key=lambda seen: seen.way, default=own)
            return best if best.news_day == news_day else changed(best, news_day=news_day)
        if len(known) < len(every):
            return next(seen for seen in every if seen.value is None)
        match = next((seen.match for seen in every if seen.match is not None), None)
        way = min(seen.way for seen in every)
        return ConditionReading(own.value, way, match=match, news_day=news_day if way >= 1.0 else None)

    def _see_one(self, condition: Condition, rule: Rule, subject: str) -> ConditionReading:
        if not self._readings.reads(condition.kind):
            return self._groups.read(condition, rule, subject)
        value, reason = self._readings.read(condition, rule.sessions, subject)
        if value is None:
            return ConditionReading(None, reason=reason)
        if condition.kind is RuleKind.TIED_MOVE:
            return self._groups.tied(condition, rule, self._readings.move(rule, subject), value)
        return ConditionReading(value, strength(condition, value))


def _waits_for_a_price(rule: Rule) -> bool:
    """Whether a price alone, however short, is what a rule about a share waits for."""
    percent = rule.kind is RuleKind.PERCENT_MOVE and rule.since is Since.CLOSE
    return (rule.crossing or percent) and not (rule.conditions or rule.hold_seconds)


def _must_be_watched(state: RuleState, rule: Rule, day: date) -> bool:
    """Whether a fired rule may re-arm with time alone."""
    return state.session_key != day.isoformat() or rule.frequency is Frequency.EVERY_REARM
