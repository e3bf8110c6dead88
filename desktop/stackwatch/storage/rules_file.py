"""Load alert rules from TOML, checked against what they are about."""

import math
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Theme
from stackwatch.domain.rule import (
    CROSSING_KINDS,
    NEWS_KINDS,
    Condition,
    Direction,
    Expiry,
    Frequency,
    Join,
    Rule,
    RuleKind,
    SessionScope,
    Severity,
    Since,
    SubjectKind,
    last_day,
)
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.toml_fields import NamesRow, Slug, Text
from stackwatch.storage.toml_files import read_rows

MAX_RULES = 1_000
USUAL_THRESHOLDS = {RuleKind.YEAR_EXTREME: 0.0, RuleKind.STORY: 1.0}
_SEVERITIES = {severity.word: severity for severity in Severity}
_Words = Annotated[tuple[Annotated[str, Meta(pattern=r"\S", max_length=80)], ...], Meta(max_length=20)]


class ConditionRow(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A condition as it stands in the file."""

    kind: RuleKind
    direction: Direction = Direction.EITHER
    threshold: Annotated[float, Meta(ge=0)] | UnsetType = UNSET
    since: Since = Since.CLOSE
    minutes: Annotated[int, Meta(ge=0, le=10_080)] = 0
    about: str = ""
    themes: tuple[Theme, ...] = ()
    words: _Words = ()


class RuleRow(ConditionRow, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A rule as it stands in the file."""

    id: Slug
    name: NamesRow
    subject_kind: SubjectKind
    subject: Text
    join: Join | None = None
    condition: Annotated[tuple[ConditionRow, ...], Meta(max_length=8)] = ()
    severity: str = "notice"
    sessions: SessionScope = SessionScope.REGULAR
    frequency: Frequency = Frequency.ONCE_A_SESSION
    hysteresis: Annotated[float, Meta(ge=0, lt=1)] = 0.25
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 0
    cooldown_minutes: Annotated[int, Meta(ge=0, le=10_080)] = 30
    escalate_step: Annotated[float, Meta(ge=0)] = 0.0
    created: date | None = None
    expires: object = "never"  # a day or a word: checked below
    snoozed_until: datetime | None = None
    enabled: bool = True
    sound: bool = True
    version: Annotated[int, Meta(ge=1)] = 1
    note: Annotated[str, Meta(max_length=400)] = ""


def load_rules(path: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> tuple[Rule, ...]:
    """Load the rules of a file; raises BadInputError naming line, rule and what was expected."""
    rules, faults = read_rules(path, ecosystem, watchlist)
    if faults:
        raise faults[0]
    return rules


def read_rules(
    path: Path, ecosystem: Ecosystem, watchlist: Watchlist
) -> tuple[tuple[Rule, ...], tuple[BadInputError, ...]]:
    """Load the rules of a file that are sound, and say what is wrong with each of the others.

    Raises BadInputError where the file as a whole cannot be read.
    """
    rules: dict[str, Rule] = {}
    faults: list[BadInputError] = []
    for row in read_rows(path, "rule", RuleRow, MAX_RULES):
        if row.value is None:
            faults.append(BadInputError(f"{path}: {row.fault}"))
            continue
        where = f"{path}: line {row.line}: rule {row.value.id}"
        if row.value.id in rules:
            faults.append(BadInputError(f"{where} is given twice; each may be given once"))
            continue
        try:
            rules[row.value.id] = _rule(row.value, where, ecosystem, watchlist)
        except BadInputError as fault:
            faults.append(fault)
    return tuple(rules.values()), tuple(faults)


def _rule(row: RuleRow, where: str, ecosystem: Ecosystem, watchlist: Watchlist) -> Rule:
    if row.severity not in _SEVERITIES:
        raise BadInputError(f"{where}: severity {row.severity!r}; expected one of {', '.join(_SEVERITIES)}")
    for key, value in (("escalate_step", row.escalate_step), ("hysteresis", row.hysteresis)):
        if not math.isfinite(value):
            raise BadInputError(f"{where}: {key} is {value}; expected a finite number")
    _check_subject(row, where, ecosystem, watchlist)
    _check_joined(row, where)
    own = _condition(row, where, ecosystem, watchlist)
    return Rule(
        id=row.id,
        name_en=row.name.en,
        name_ko=row.name.ko,
        kind=own.kind,
        direction=own.direction,
        threshold=own.threshold,
        since=own.since,
        minutes=own.minutes,
        about=own.about,
        themes=own.themes,
        words=own.words,
        subject_kind=row.subject_kind,
        subject=row.subject,
        join=row.join or Join.ALL,
        conditions=tuple(
            _condition(each, f"{where}: condition {number}", ecosystem, watchlist)
            for number, each in enumerate(row.condition, 1)
        ),
        sessions=row.sessions,
        frequency=row.frequency,
        hysteresis=row.hysteresis,
        hold_seconds=row.hold_seconds,
        cooldown_minutes=row.cooldown_minutes,
        escalate_step=row.escalate_step,
        severity=_SEVERITIES[row.severity],
        expires=_last_day(row, where),
        enabled=row.enabled,
        sound=row.sound,
        snoozed_until=_aware(row.snoozed_until, where),
        version=row.version,
        note=row.note,
    )


def _condition(row: ConditionRow, where: str, ecosystem: Ecosystem, watchlist: Watchlist) -> Condition:
    threshold = row.threshold
    if threshold is UNSET:
        threshold = USUAL_THRESHOLDS.get(row.kind, UNSET)
    if isinstance(threshold, UnsetType):
        raise BadInputError(f"{where}: no threshold; kind {row.kind.value} needs one above 0")
    if not math.isfinite(threshold):
        raise BadInputError(f"{where}: threshold is {threshold}; expected a finite number")
    if threshold <= 0 and row.kind is not RuleKind.YEAR_EXTREME:
        raise BadInputError(
            f"{where}: threshold {threshold:g}; expected a number above 0, the direction says which way"
        )
    _check_direction(row, where)
    _check_span(row, where)
    _check_news(row, where, ecosystem, watchlist)
    return Condition(
        kind=row.kind,
        direction=row.direction,
        threshold=threshold,
        since=row.since,
        minutes=row.minutes,
        about=row.about,
        themes=row.themes,
        words=row.words,
    )


def _check_direction(row: ConditionRow, where: str) -> None:
    if row.kind in CROSSING_KINDS and row.direction is Direction.EITHER:
        what = "a price level is crossed" if row.kind is RuleKind.PRICE_LEVEL else "an extreme is passed"
        raise BadInputError(f"{where}: {what} up or down; expected direction up or down")
    if row.kind in (RuleKind.VOLUME_SPIKE, RuleKind.NEWS_BURST) and row.direction is not Direction.EITHER:
        raise BadInputError(
            f"{where}: kind {row.kind.value} has no direction; expected either, or no direction"
        )


def _check_span(row: ConditionRow, where: str) -> None:
    moves = row.kind is RuleKind.PERCENT_MOVE
    if row.since is not Since.CLOSE and not moves:
        raise BadInputError(f"{where}: since is for kind percent-move only, not {row.kind.value}")
    if row.since is Since.MINUTES and not row.minutes:
        raise BadInputError(f'{where}: since = "minutes" needs minutes, such as minutes = 10')
    spans = row.kind in NEWS_KINDS or row.since is Since.MINUTES
    if row.minutes and not spans:
        raise BadInputError(f'{where}: minutes are for news, and for a percent move with since = "minutes"')


def _check_news(row: ConditionRow, where: str, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    if (row.themes or row.words) and row.kind is not RuleKind.STORY:
        raise BadInputError(f"{where}: themes and words are for kind story only, not {row.kind.value}")
    if not row.about:
        return
    if row.kind in NEWS_KINDS:
        known = row.about in ecosystem.instruments or row.about in ecosystem.private
    elif row.kind is RuleKind.LAYER_MOVE:
        known = row.about in {layer.id for layer in watchlist.layers}
    elif row.kind is RuleKind.ENTITY_SHOCK:
        known = row.about in ecosystem.private
    else:
        raise BadInputError(f"{where}: about is for news, layers and private entities, not {row.kind.value}")
    if not known:
        raise BadInputError(f"{where}: about {row.about!r} is not known")


_WHOLE = {RuleKind.LAYER_MOVE: SubjectKind.LAYER, RuleKind.ENTITY_SHOCK: SubjectKind.PRIVATE}
_GROUPED = {*_WHOLE, *NEWS_KINDS}


def _check_joined(row: RuleRow, where: str) -> None:
    if row.join is not None and not row.condition:
        raise BadInputError(f"{where}: join without conditions; expected at least one [[rule.condition]]")
    if row.join is Join.ANY and row.escalate_step:
        raise BadInputError(f'{where}: escalate_step needs one unit, so it cannot stand beside join = "any"')
    of_group = row.kind in _WHOLE or (row.kind in NEWS_KINDS and row.subject_kind is SubjectKind.PRIVATE)
    for number, each in enumerate(row.condition, 1):
        if of_group and each.kind not in _GROUPED:
            raise BadInputError(
                f"{where}: condition {number}: kind {each.kind.value} is about a share,"
                f" and this rule is about a {row.subject_kind.value}"
            )
        if each.kind in _WHOLE and row.kind not in _WHOLE and not each.about:
            raise BadInputError(f"{where}: condition {number}: kind {each.kind.value} needs about")


def _check_subject(row: RuleRow, where: str, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    whole = _WHOLE.get(row.kind)
    only = SubjectKind.SYMBOL if row.kind is RuleKind.PRICE_LEVEL else whole
    if only is not None and row.subject_kind is not only:
        raise BadInputError(
            f"{where}: kind {row.kind.value} is about a {only.value}, not a {row.subject_kind.value}"
        )
    if row.subject == "*" and row.subject_kind is not SubjectKind.SYMBOL:
        return
    known = {
        SubjectKind.SYMBOL: ecosystem.instruments.keys(),
        SubjectKind.PRIVATE: ecosystem.private.keys(),
        SubjectKind.LAYER: {layer.id for layer in watchlist.layers},
        SubjectKind.WATCHLIST: {watchlist.id},
    }[row.subject_kind]
    if row.subject not in known:
        raise BadInputError(f"{where}: {row.subject_kind.value} {row.subject!r} is not known")


def _last_day(row: RuleRow, where: str) -> date | None:
    given = row.expires
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if given not in set(Expiry):
        words = ", ".join(expiry.value for expiry in Expiry)
        raise BadInputError(f"{where}: expires {given!r}; expected a day such as 2025-07-22, or {words}")
    expiry = Expiry(str(given))
    if expiry is not Expiry.NEVER and row.created is None:
        raise BadInputError(
            f"{where}: expires = {given!r} counts from created; expected created, such as 2025-07-22"
        )
    return None if row.created is None else last_day(expiry, row.created)


def _aware(moment: datetime | None, where: str) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise BadInputError(f"{where}: snoozed_until needs its zone, such as 2025-07-22T14:30:00Z")
    return moment
