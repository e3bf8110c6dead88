"""What a rule would have done in the past, from stored prices and headlines: the noise preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from stackwatch.analysis.moves.market_model import Floats
from stackwatch.analysis.rules.rule_machine import LEVEL_BAND
from stackwatch.analysis.rules.rule_preview import (
    Fires,
    daily_fires,
    from_last_look,
    last_seen,
    strengths,
)
from stackwatch.analysis.rules.story_filter import counted
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import Window
from stackwatch.domain.errors import BadInputError, NothingFetchedError
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Story
from stackwatch.domain.noise import NoiseCount
from stackwatch.domain.rule import NEWS_KINDS, Condition, Join, Rule, RuleKind, SessionScope, Since
from stackwatch.domain.rule_checks import rule_faults
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.group_readings import AFTER_ONSET, STILL_SAR
from stackwatch.engine.alerts.news_days import count_news
from stackwatch.engine.alerts.past_fires import (
    Held,
    NearestSubject,
    RuleTest,
    TestFire,
    awaited,
    held_of,
    popups_of,
    rate,
)
from stackwatch.engine.alerts.past_groups import PastGroups
from stackwatch.engine.alerts.past_news import PastNews
from stackwatch.engine.alerts.past_prices import PastPrices
from stackwatch.engine.alerts.subjects import subjects_of
from stackwatch.engine.ports import Calendars
from stackwatch.engine.store_ports import BarStore

YEAR = timedelta(days=365)
_Bools = NDArray[np.bool_]
_Seen = tuple[Floats, Floats]  # values and strengths
_RECENT = 7  # days in which a share that still trades has closed
_CAUSES = 4  # of a layer's strongest movers, whose stories speak for it


@dataclass(frozen=True, slots=True)
class _Fired:
    """Whom a rule watches, its fires by rows, how many closes it judged, and what each condition saw."""

    subjects: Sequence[str]
    fires: Fires
    judged: int
    seen: Sequence[_Seen]


@dataclass(slots=True)
class RuleTester:
    """Tests rules against one store, list and ecosystem. ``news`` reads the headlines of a span."""

    ecosystem: Ecosystem
    watchlist: Watchlist
    store: BarStore
    calendars: Calendars
    graph: ExposureGraph
    news: PastNews
    start: date
    end: date
    _prices: PastPrices = field(init=False)
    _causes: dict[tuple[str, int], StoryMatch | None] = field(init=False, default_factory=dict)
    _days_heard: dict[str, _Bools] = field(init=False, default_factory=dict)  # by calendar
    _groups: PastGroups = field(init=False)

    def __post_init__(self) -> None:
        """Read the prices that any rule of the list may ask for."""
        self._prices = PastPrices(
            self.ecosystem, self.watchlist, self.store, self.calendars, start=self.start, end=self.end
        )
        self._groups = PastGroups(self.ecosystem, self.watchlist, self.graph, self._prices, self.end)
        if not self._prices.symbols:
            raise NothingFetchedError(
                f"no prices are stored up to {self.end}; import them (stackwatch import prices FILE) or let"
                " the program run"
            )

    def hear(self, news: PastNews) -> None:
        """Go by other headlines from now on."""
        self.news = news
        self._causes.clear()
        self._days_heard.clear()

    def test(self, rule: Rule) -> RuleTest:
        """Return what a rule would have done."""
        fired = self._fired(rule)
        told = self._fires(rule, fired)
        return RuleTest(
            rule=rule,
            start=self._counts_from(rule),
            end=self.end,
            symbols=len(fired.subjects),
            judged=fired.judged,
            fires=tuple(told),
            groups=frozenset(popups_of(told, rule, self.watchlist, self._groups.region)),
            with_story=sum(fire.title is not None for fire in told) if self.news.begins else None,
            news_since=self._news_since,
        )

    def count(self, rule: Rule, beside: Rule) -> NoiseCount:
        """Return only how often a rule would have fired in the days of another; why is not looked for."""
        fired = self._fired(rule)
        start = max(self._counts_from(rule), self._counts_from(beside))
        days = self._prices.panel.days[fired.fires.day]
        days = days[days >= start.toordinal()]
        return NoiseCount(
            rule=rule,
            fires=days.size,
            days=np.unique(days).size,
            per_symbol_year=rate(days.size, len(fired.subjects), start, self.end),
        )

    @property
    def _news_since(self) -> date | None:
        return None if self.news.begins is None else self.news.begins.date()

    def _counts_from(self, rule: Rule) -> date:
        """Return the first day on which a rule could fire: none that needs headlines before there were."""
        since = self._news_since if rule.needs_news() else None
        return self.start if since is None else min(max(self.start, since), self.end)

    def _fired(self, rule: Rule) -> _Fired:
        """Return what a rule watches and when it fired; raises BadInputError where it cannot be tested."""
        subjects = subjects_of(rule, self.watchlist, self._groups.ever_tied)
        faults = () if subjects else rule_faults(rule, self.ecosystem, self.watchlist)
        if faults:  # it waits for a layer or list
            raise BadInputError(f"rule {rule.id}: {faults[0].english}")
        known = [subject for subject in subjects if self._is_known(rule, subject)]
        if not known:
            raise NothingFetchedError(f"rule {rule.id}: no prices are stored for what it watches")
        if rule.sessions is SessionScope.EXTENDED and not rule.news_only:
            raise BadInputError(
                f"rule {rule.id}: it looks before and after hours only, of which no prices are stored"
            )
        spans = [c.minutes for c in rule.all_conditions if c.since is Since.MINUTES]
        if spans and not self._prices.have_minutes(known):
            raise BadInputError(
                f"rule {rule.id}: moves over {spans[0]} minutes need stored minute bars, and there"
                " are none yet; open the 1D or 5D chart of a name to keep some"
            )
        seen = (
            self._news_seen(rule, known)
            if rule.news_only
            else [self._see(condition, rule, known) for condition in rule.all_conditions]
        )
        values, ways = _joined(rule, seen)
        rows = self._prices.rows
        first = max(rows.start - 1, 0)  # the session before is the first look
        values, ways = from_last_look(values[: rows.stop], ways[: rows.stop], first)
        fires = daily_fires(rule, self._prices.panel.days[first : rows.stop], values, ways)
        judged = np.isfinite(values) & np.isfinite(ways)
        return _Fired(
            known, replace(fires, day=fires.day + first), int(judged[rows.start - first :].sum()), seen
        )

    def nearest(self, rule: Rule) -> NearestSubject | None:
        """Return which subject is nearest to firing by the rule's own condition; stories are left out."""
        subjects = [
            s for s in subjects_of(rule, self.watchlist, self._groups.ever_tied) if self._is_known(rule, s)
        ]
        rows = self._prices.rows
        if not subjects or rows.stop == 0:
            return None
        values, _ = self._see(rule, rule, subjects)
        # Exchanges shut one after another: New York's last close is of the day before Seoul's.
        days = self._prices.panel.days[: rows.stop, None]
        values = np.where(days > self.end.toordinal() - _RECENT, values[: rows.stop], np.nan)
        last = last_seen(np.isfinite(values))
        values = values[last, np.arange(len(subjects))]
        ways = np.where(np.isfinite(values), strengths(rule, values), -np.inf)
        best = int(ways.argmax())
        if not np.isfinite(ways[best]):
            return None
        value = float(values[best])
        left = max(1.0 - float(ways[best]), 0.0)
        unit = {RuleKind.PRICE_LEVEL: rule.threshold * LEVEL_BAND, RuleKind.YEAR_EXTREME: LEVEL_BAND * 100.0}
        remaining = left * unit.get(rule.kind, rule.threshold)
        return NearestSubject(subjects[best], self._prices.day(int(last[best])), value, remaining)

    def _is_known(self, rule: Rule, subject: str) -> bool:
        if subject in self.ecosystem.instruments:
            return subject in self._prices.symbols
        return rule.kind in NEWS_KINDS or bool(set(self._groups.members(subject)) & set(self._prices.symbols))

    def _see(self, condition: Condition, rule: Rule, subjects: Sequence[str]) -> tuple[Floats, Floats]:
        """Return what a condition sees of subjects, and how far that is on its way."""
        kind = condition.kind
        if kind in NEWS_KINDS:
            values = self._news_values(condition, rule, subjects)
            return values, strengths(condition, values)
        if kind is RuleKind.LAYER_MOVE:
            sars = [self._prices.layer(condition.about or subject) for subject in subjects]
            values = np.column_stack([sar for sar, _ in sars])
            return values, np.where(np.column_stack([w for _, w in sars]), strengths(condition, values), 0.0)
        if kind is RuleKind.ENTITY_SHOCK:
            return self._shocks(condition, [condition.about or subject for subject in subjects])
        if kind is RuleKind.PEER_DIVERGENCE:
            own = self._prices.sars(subjects)
            group = rule.subject if rule.subject in self.ecosystem.private else None
            values = self._prices.peers(subjects, None if group is None else self._groups.tied_days(group))
            with np.errstate(invalid="ignore"):
                followed = (own * values > 0) & (np.abs(own) >= STILL_SAR)
            ways = np.where(followed, 0.0, strengths(condition, values))
            return np.where(np.isfinite(own), values, np.nan), ways
        values = self._prices.values(condition, subjects)
        ways = strengths(condition, values)
        return values, self._tied(ways, values, subjects) if kind is RuleKind.TIED_MOVE else ways

    def _tied(self, ways: Floats, values: Floats, subjects: Sequence[str]) -> Floats:
        """Leave the days that a story fits."""
        told = np.where(ways >= 1.0, 0.0, ways)
        rows = self._prices.rows
        asked = np.zeros(ways.shape[0], dtype=np.bool_)
        asked[max(rows.start - 1, 0) : rows.stop] = True
        heard = np.column_stack([self._heard(subject) for subject in subjects])
        for row, name in zip(*np.nonzero((ways >= 1.0) & heard & asked[:, None]), strict=True):
            if self._cause(subjects[name], int(row)) is not None:
                told[row, name] = ways[row, name]
        return np.where(np.isfinite(values), told, np.nan)

    def _shocks(self, condition: Condition, entities: Sequence[str]) -> tuple[Floats, Floats]:
        """Return the baskets of private entities; they are on their way on days with news of that tone."""
        columns, ways = [], []
        for entity in entities:
            value, broad = self._prices.basket(self._groups.tied_days(entity))
            way = np.where(broad, strengths(condition, value), 0.0)
            for row in np.flatnonzero(way >= 1.0):
                window = self._groups.window(entity, int(row))
                if window is None or self.news.told(entity, _tone(value[row]), window) is None:
                    way[row] = 0.0
            columns.append(value)
            ways.append(way)
        return np.column_stack(columns), np.column_stack(ways)

    def _news_values(self, condition: Condition, rule: Rule, subjects: Sequence[str]) -> Floats:
        """Count news at each close: of the last minutes, or around the move it is joined to."""
        values = np.full((self._prices.panel.days.size, len(subjects)), np.nan)
        rows = self._prices.rows
        for name, subject in enumerate(subjects):
            for row in range(self._groups.last_before(subject, rows.start), rows.stop):
                window = self._groups.window(subject, row)
                if window is not None:
                    found = self._stories(condition, rule, subject, window)
                    values[row, name] = counted(condition, found, *_news_span(condition, rule, window))
        return values

    def _news_seen(self, rule: Rule, subjects: Sequence[str]) -> Sequence[_Seen]:
        """Return what each condition of a rule about news alone sees each day."""
        rows, groups = self._prices.rows, self._groups
        shape = (1 + len(rule.conditions), self._prices.panel.days.size, len(subjects))
        values, ways = np.full(shape, np.nan), np.full(shape, np.nan)
        for name, subject in enumerate(subjects):
            times = [self.news.arrivals(c, c.about or subject) for c in rule.all_conditions]
            days = slice(groups.last_before(subject, rows.start), rows.stop)
            windows = [groups.window(subject, row) for row in range(days.start, days.stop)]
            values[:, days, name], ways[:, days, name] = count_news(rule, times, windows)
        return list(zip(values, ways, strict=True))

    def _stories(self, condition: Condition, rule: Rule, subject: str, window: Window) -> Sequence[Story]:
        """Return the stories that a condition about news sees at a close, oldest first."""
        return self.news.between(condition, condition.about or subject, *_news_span(condition, rule, window))

    def _fires(self, rule: Rule, fired: _Fired) -> list[TestFire]:
        told = []
        rows, names, values = (
            each.tolist() for each in (fired.fires.day, fired.fires.name, fired.fires.value)
        )
        for row, name, value in zip(rows, names, values, strict=True):
            subject = fired.subjects[name]
            story = self._story(rule, subject, row)
            held = held_of(rule, [(float(v[row, name]), float(w[row, name])) for v, w in fired.seen])
            title = self._asked_for(rule, subject, row, held) if story is None else story.story.lead.title
            told.append(
                TestFire(
                    symbol=subject,
                    time=self._groups.close(subject, row),
                    day=self._prices.day(row),
                    value=value,
                    story=story,
                    title=title,
                    met=frozenset(condition.kind for condition, _ in held),
                    cause=awaited(rule, subject, held) if story is None else story.path[0],
                )
            )
        return sorted(told, key=lambda fire: fire.time)  # exchanges close one after another

    def _asked_for(self, rule: Rule, subject: str, row: int, held: Held) -> str | None:
        """Return the title of the newest story by which a condition held, None where none asked for one."""
        window = self._groups.window(subject, row)
        if window is None:
            return None
        for condition, value in held:
            if condition.kind in NEWS_KINDS:
                span = _news_span(condition, rule, window)
                if rule.news_only:
                    span = window.previous_close, window.now
                found = self.news.between(condition, condition.about or subject, *span)
                story = next(iter(reversed(found)), None)
            elif condition.kind is RuleKind.ENTITY_SHOCK:
                story = self.news.told(condition.about or subject, _tone(value), window)
            else:
                continue
            if story is not None:
                return story.lead.title
        return None

    def _story(self, rule: Rule, subject: str, row: int) -> StoryMatch | None:
        """Return the story behind a firing: of the share, or of a group's strongest movers."""
        if self.news.begins is None or rule.kind in NEWS_KINDS:
            return None
        if subject in self.ecosystem.instruments:
            return self._cause(subject, row)
        movers = self._prices.strongest(self._groups.members(subject), row, _CAUSES)
        found = (self._cause(symbol, row) for symbol in movers)
        return next((match for match in found if match is not None), None)

    def _cause(self, symbol: str, row: int) -> StoryMatch | None:
        """Return the story behind a share's move on a day, worked out once: every rule asks for the same."""
        if (symbol, row) not in self._causes:
            self._causes[symbol, row] = self._find_cause(symbol, row)
        return self._causes[symbol, row]

    def _find_cause(self, symbol: str, row: int) -> StoryMatch | None:
        windows = self._groups.windows(symbol)
        if not self._heard(symbol)[row]:
            return None
        over = int(self._prices.sessions(symbol)[row])
        if not self.news.reaches(symbol, self._prices.day(row), windows, over):
            return None
        move = self._prices.move(symbol, row)
        return None if move is None else self.news.cause(move, windows, over)

    def _heard(self, symbol: str) -> _Bools:
        """Return on which days any story may have come in the window of a share's move."""
        calendar = self._groups.calendar(symbol)
        if calendar not in self._days_heard:
            windows = self._prices.windows(calendar)
            found = (windows.on(self._prices.day(row)) for row in range(self._prices.panel.days.size))
            heard = [window is not None and not self.news.silent(window) for window in found]
            self._days_heard[calendar] = np.array(heard, dtype=np.bool_)
        return self._days_heard[calendar] | (self._prices.sessions(symbol) > 1)


def _joined(rule: Rule, seen: Sequence[_Seen]) -> _Seen:
    """Return values and strengths of a rule, its conditions joined; shape ``(days, subjects)``."""
    if len(seen) == 1:
        return seen[0]
    values, ways = np.stack([v for v, _ in seen]), np.stack([w for _, w in seen])
    if rule.join is Join.ALL:
        return values[0], ways.min(axis=0)
    best = np.where(np.isfinite(ways), ways, -np.inf).argmax(axis=0)[None]
    return np.take_along_axis(values, best, 0)[0], np.take_along_axis(ways, best, 0)[0]


def _news_span(condition: Condition, rule: Rule, window: Window) -> tuple[datetime, datetime]:
    """Return when news counts at a close: in the last minutes, or around the move it is joined to."""
    if condition.kind is RuleKind.STORY and not rule.news_only:
        return window.earliest, min(window.now, window.onset + AFTER_ONSET)
    span = timedelta(minutes=condition.news_minutes)
    return window.now - span, window.now


def _tone(value: float) -> int:
    return -1 if value < 0 else 1
