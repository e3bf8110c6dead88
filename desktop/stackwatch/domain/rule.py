"""Alert rules and the state each holds per subject."""

import calendar
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from stackwatch.domain.move import UNUSUAL_SAR
from stackwatch.domain.news import StoryTheme


class RuleKind(StrEnum):
    """What a condition watches."""

    PERCENT_MOVE = "percent-move"
    SIGMA_MOVE = "sigma-move"  # in deviations of the share's own usual moves
    ABNORMAL_MOVE = "abnormal-move"
    VOLUME_SPIKE = "volume-spike"
    PRICE_LEVEL = "price-level"
    YEAR_EXTREME = "year-extreme"  # a new 52-week high or low
    GAP = "gap"  # at the open
    LAYER_MOVE = "layer-move"
    PEER_DIVERGENCE = "peer-divergence"  # its peers moved, it did not
    NEWS_BURST = "news-burst"
    STORY = "story"
    TIED_MOVE = "tied-move"  # a move AND a matching story
    ENTITY_SHOCK = "entity-shock"  # a private entity in the news AND its linked shares moving


class SubjectKind(StrEnum):
    """What a rule is about."""

    SYMBOL = "symbol"
    PRIVATE = "private"
    LAYER = "layer"
    WATCHLIST = "watchlist"


MARKET_CLOSED = "market closed"  # why a rule sees no value
USUAL_MINUTES = {RuleKind.NEWS_BURST: 120, RuleKind.STORY: 24 * 60}  # back, unless a rule says
NEWS_KINDS = frozenset(USUAL_MINUTES)  # no market need be open for them
_TOLD_KINDS = NEWS_KINDS | {RuleKind.TIED_MOVE, RuleKind.ENTITY_SHOCK}  # nothing without a story
_ALERT_SAR, _SEVERE_SAR = 3.0, 4.5  # standard errors of a share's move
CROSSING_KINDS = frozenset({RuleKind.PRICE_LEVEL, RuleKind.YEAR_EXTREME})  # must have been on the other side
UNDIRECTED_KINDS = frozenset({RuleKind.VOLUME_SPIKE, RuleKind.NEWS_BURST})  # nothing goes up or down
COUNTED_KINDS = UNDIRECTED_KINDS | {RuleKind.STORY}  # their value has no sign
OUT_OF_HOURS_KINDS = frozenset(  # what a price of pre- or post-market is enough for
    {RuleKind.PERCENT_MOVE, RuleKind.TIED_MOVE, RuleKind.PRICE_LEVEL, RuleKind.YEAR_EXTREME}
)
GROUP_KINDS = {  # about a group as a whole
    RuleKind.LAYER_MOVE: SubjectKind.LAYER,
    RuleKind.ENTITY_SHOCK: SubjectKind.PRIVATE,
}
SHOCK_MEMBERS = 2  # linked shares that must move at least: one alone is no basket


class Since(StrEnum):
    """What a percent move is measured from."""

    CLOSE = "close"
    OPEN = "open"
    MINUTES = "minutes"


class Direction(StrEnum):
    """Which way the value must go."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"


class SessionScope(StrEnum):
    """In which sessions a rule is evaluated."""

    REGULAR = "regular"
    EXTENDED = "extended"
    ANY = "any"


class Frequency(StrEnum):
    """How often a rule may fire for one subject."""

    ONCE = "once"
    ONCE_A_SESSION = "once-a-session"
    EVERY_REARM = "every-rearm"


class Join(StrEnum):
    """How many of a rule's conditions must hold."""

    ALL = "all"
    ANY = "any"


class Severity(IntEnum):
    """How much attention an alert deserves."""

    NOTICE = 1
    ALERT = 2
    SEVERE = 3

    @property
    def word(self) -> str:
        """The name used in files and JSON."""
        return self.name.lower()


def severity_of(sar: float) -> Severity:
    """Return how much attention a share's move of so many standard errors deserves."""
    size = abs(sar)
    return (
        Severity.SEVERE if size >= _SEVERE_SAR else Severity.ALERT if size >= _ALERT_SAR else Severity.NOTICE
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that must be so.

    ``threshold`` is positive and in the unit of the kind: percent, standard errors, times the usual volume, a
    price, headlines or stories; for a 52-week extreme percent beyond it, and may be 0. ``minutes`` is the
    span of a percent move since minutes, and of news. ``about`` is whose news counts (empty: the subject's);
    a story must have one of ``themes`` and one of ``words``, where there are any.
    """

    kind: RuleKind
    direction: Direction = Direction.EITHER
    threshold: float = 1.0
    since: Since = Since.CLOSE
    minutes: int = 0
    about: str = ""
    themes: tuple[StoryTheme, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def counts_from(self) -> float:
        """The threshold, for a layer the least at which it moves as a whole."""
        return max(self.threshold, UNUSUAL_SAR) if self.kind is RuleKind.LAYER_MOVE else self.threshold

    @property
    def news_minutes(self) -> int:
        """How far back news counts for a kind that is about news."""
        return self.minutes or USUAL_MINUTES[self.kind]

    @property
    def crossing(self) -> bool:
        """Whether the value must have been on the other side before it counts."""
        return self.kind in CROSSING_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Condition):
    """One alert rule: a condition, and more of them where ``conditions`` has any, joined by ``join``.

    ``subject`` is a symbol, private id, layer id, or ``*`` for every one of its kind. ``escalate_step`` 0
    means no escalation; ``cooldown_minutes`` starts at a fire. ``expires`` is the last day on which it may
    fire; until ``snoozed_until`` (aware UTC), and with ``popup`` off, it is recorded without a popup.
    """

    id: str
    name_en: str
    name_ko: str
    subject_kind: SubjectKind
    subject: str
    join: Join = Join.ALL
    conditions: tuple[Condition, ...] = ()
    sessions: SessionScope = SessionScope.REGULAR
    frequency: Frequency = Frequency.ONCE_A_SESSION
    hysteresis: float = 0.25
    hold_seconds: int = 0
    cooldown_minutes: int = 30
    escalate_step: float = 0.0
    severity: Severity = Severity.NOTICE
    expires: date | None = None
    enabled: bool = True
    popup: bool = True
    sound: bool = True
    snoozed_until: datetime | None = None
    version: int = 1
    note: str = ""

    @property
    def condition(self) -> Condition:
        """The rule's own condition alone."""
        return Condition(**{field.name: getattr(self, field.name) for field in fields(Condition)})

    @property
    def all_conditions(self) -> tuple[Condition, ...]:
        """The rule's own condition and those joined to it."""
        return (self, *self.conditions)

    @property
    def news_only(self) -> bool:
        """Whether it is about news alone, so that no market need be open."""
        return all(condition.kind in NEWS_KINDS for condition in self.all_conditions)

    @property
    def escalates(self) -> bool:
        """Whether it fires again when its value has gone a step further."""
        return self.escalate_step > 0 and not self.crossing and self.frequency is not Frequency.ONCE

    @property
    def dated(self) -> bool:
        """Whether it holds a price or a last day, which say nothing on a day of another year."""
        return self.expires is not None or any(
            condition.kind is RuleKind.PRICE_LEVEL for condition in self.all_conditions
        )

    def concerns(self, entity_id: str) -> bool:
        """Whether it is about a private entity, by its subject or a condition."""
        own = self.subject_kind is SubjectKind.PRIVATE and self.subject == entity_id
        return own or any(condition.about == entity_id for condition in self.all_conditions)

    @property
    def of_shares(self) -> bool:
        """Whether it watches shares one by one, and not a group as a whole."""
        return self.kind is not RuleKind.LAYER_MOVE and self.subject_kind is not SubjectKind.PRIVATE

    def watches_news(self) -> bool:
        """Whether a new story may change what it sees."""
        return any(condition.kind in _TOLD_KINDS for condition in self.all_conditions)

    def needs_news(self) -> bool:
        """Whether it cannot fire without a story, whatever prices do."""
        told = [condition.kind in _TOLD_KINDS for condition in self.all_conditions]
        return any(told) if self.join is Join.ALL else all(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedRule:
    """A rule as it stands in the editor, and the one that it was changed from, None of a new one."""

    rule: Rule
    base: Rule | None = None


_COSMETIC = frozenset(
    {"name_en", "name_ko", "severity", "enabled", "popup", "sound", "snoozed_until", "version", "note"}
)


def fires_alike(one: Rule, other: Rule) -> bool:
    """Whether two rules fire on the same things."""
    decisive = (field.name for field in fields(Rule) if field.name not in {*_COSMETIC, "id"})
    return all(getattr(one, name) == getattr(other, name) for name in decisive)


def edited(before: Rule, after: Rule) -> Rule:
    """Return a changed rule with the version it must have: a new one when what it fires on has changed."""
    same = fires_alike(before, after)
    return replace(after, version=before.version if same else before.version + 1)


_TOGETHER = (  # what makes sense only as one person wrote it
    (*(field.name for field in fields(Condition)), "join", "conditions"),
    ("subject_kind", "subject"),
)


def rebased(mine: Rule, base: Rule, theirs: Rule) -> Rule | None:
    """Return ``theirs`` with what ``mine`` changed of ``base``; None where that was changed in both."""
    joint = {name for names in _TOGETHER for name in names}
    alone = ((field.name,) for field in fields(Rule) if field.name not in {"version", *joint})
    changed: dict[str, Any] = {}
    for names in (*_TOGETHER, *alone):
        was, wanted, now = ([getattr(rule, name) for name in names] for rule in (base, mine, theirs))
        if wanted in (was, now):
            continue
        if now != was:
            return None
        changed |= zip(names, wanted, strict=True)
    return replace(theirs, **changed)


class Expiry(StrEnum):
    """How long a rule lives, counted from the day it was made."""

    NEVER = "never"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def last_day(expiry: Expiry, created: date) -> date | None:
    """Return the last day on which a rule made on ``created`` may fire."""
    match expiry:
        case Expiry.NEVER:
            return None
        case Expiry.DAY:
            return created
        case Expiry.WEEK:
            return created + timedelta(days=7)
        case Expiry.MONTH:
            year, month = divmod(created.year * 12 + created.month, 12)
            return date(year, month + 1, min(created.day, calendar.monthrange(year, month + 1)[1]))


class Phase(StrEnum):
    """Where a rule stands for one subject."""

    ARMED = "armed"
    PENDING = "pending"
    WAITING = "waiting"  # fired, waiting to re-arm
    EXPIRED = "expired"


RuleKey = tuple[str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleState:
    """The stored state of one rule version for one subject.

    ``since`` is when the phase began; ``seeded`` is true after the first evaluation;
    ``session_key`` names the trading day of the last fire, or of a hold; ``level`` counts escalations.
    ``reason`` says why the value cannot be judged now, if so; ``already_true`` that it was beyond the
    trigger when first seen, so that nothing popped up.
    """

    rule_id: str
    rule_version: int
    symbol: str
    phase: Phase
    since: datetime
    seeded: bool = False
    fired_at: datetime | None = None
    peak: float | None = None
    level: int = 0
    session_key: str | None = None
    reason: str | None = None
    already_true: bool = False

    @property
    def key(self) -> RuleKey:
        """Return the id and version of its rule, and its subject."""
        return self.rule_id, self.rule_version, self.symbol
