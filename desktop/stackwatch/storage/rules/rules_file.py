"""Load alert rules from TOML, checked against what they are about."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import (
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
from stackwatch.domain.rule_checks import MOST_JOINED, MOST_NOTE, MOST_WORD, MOST_WORDS, Field, rule_faults
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.toml.toml_fields import NamesRow, Slug, Text
from stackwatch.storage.toml.toml_files import TomlRow, read_rows

MAX_RULES = 1_000
USUAL_THRESHOLDS = {RuleKind.YEAR_EXTREME: 0.0, RuleKind.STORY: 1.0}
_KEYS = {  # where a field has another name in the file, or several
    Field.SPAN: ("since", "minutes"),
    Field.WORDS: ("words", "themes"),
    Field.JOIN: ("kind",),
    Field.ESCALATION: ("escalate_step",),
}
_SEVERITIES = {severity.word: severity for severity in Severity}
_Word = Annotated[str, Meta(pattern=r"\S", max_length=MOST_WORD)]
_Words = Annotated[tuple[_Word, ...], Meta(max_length=MOST_WORDS)]


class ConditionRow(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A condition as it stands in the file."""

    kind: RuleKind
    direction: Direction = Direction.EITHER
    threshold: Annotated[float, Meta(ge=0)] | UnsetType = UNSET
    since: Since = Since.CLOSE
    minutes: Annotated[int, Meta(ge=0, le=10_080)] = 0
    about: str = ""
    themes: tuple[StoryTheme, ...] = ()
    words: _Words = ()


class RuleRow(ConditionRow, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A rule as it stands in the file."""

    id: Slug
    name: NamesRow
    subject_kind: SubjectKind
    subject: Text
    join: Join | None = None
    condition: Annotated[tuple[ConditionRow, ...], Meta(max_length=MOST_JOINED)] = ()
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
    popup: bool = True
    version: Annotated[int, Meta(ge=1)] = 1
    note: Annotated[str, Meta(max_length=MOST_NOTE)] = ""


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
        place = _Place(path, row, row.value.id)
        if row.value.id in rules:
            where = place("id")
            faults.append(BadInputError(f"{where} is given twice; each may be given once"))
            continue
        try:
            rules[row.value.id] = _rule(row.value, place, ecosystem, watchlist)
        except BadInputError as fault:
            faults.append(fault)
    return tuple(rules.values()), tuple(faults)


@dataclass(frozen=True, slots=True)
class _Place:
    """A rule of a file, or with ``number`` one of its joined conditions, for a message."""

    path: Path
    row: TomlRow[RuleRow]
    rule_id: str
    number: int = 0

    def __call__(self, *keys: str) -> str:
        """Name it, with the line of the last of ``keys`` that is there."""
        within = f"condition[{self.number - 1}]." if self.number else ""
        line = self.row.place(*(within + key for key in keys))
        condition = f": condition {self.number}" if self.number else ""
        return f"{self.path}: {line}rule {self.rule_id}{condition}"


def _rule(row: RuleRow, place: _Place, ecosystem: Ecosystem, watchlist: Watchlist) -> Rule:
    if row.severity not in _SEVERITIES:
        known = ", ".join(_SEVERITIES)
        raise BadInputError(f"{place('severity')}: severity {row.severity!r}; expected one of {known}")
    if row.join is not None and not row.condition:
        where = place("join")
        raise BadInputError(f"{where}: join without conditions; expected at least one [[rule.condition]]")
    rule = _value(row, place)
    for fault in rule_faults(rule, ecosystem, watchlist):
        if not fault.waits:
            keys = _KEYS.get(fault.field, (fault.field.value,))
            where = replace(place, number=fault.place)(*keys)
            raise BadInputError(f"{where}: {fault.english}")
    return rule


def _value(row: RuleRow, place: _Place) -> Rule:
    own = _condition(row, place)
    return Rule(
        id=row.id,
        name_en=row.name.en,
        name_ko=row.name.ko,
        subject_kind=row.subject_kind,
        subject=row.subject,
        join=row.join or Join.ALL,
        conditions=tuple(
            _condition(each, replace(place, number=number)) for number, each in enumerate(row.condition, 1)
        ),
        sessions=row.sessions,
        frequency=row.frequency,
        hysteresis=row.hysteresis,
        hold_seconds=row.hold_seconds,
        cooldown_minutes=row.cooldown_minutes,
        escalate_step=row.escalate_step,
        severity=_SEVERITIES[row.severity],
        expires=_last_day(row, place),
        enabled=row.enabled,
        sound=row.sound,
        popup=row.popup,
        snoozed_until=_aware(row.snoozed_until, place),
        version=row.version,
        note=row.note,
        **{name: getattr(own, name) for name in Condition.__slots__},
    )


def _condition(row: ConditionRow, place: _Place) -> Condition:
    threshold = row.threshold
    if threshold is UNSET:
        threshold = USUAL_THRESHOLDS.get(row.kind, UNSET)
    if isinstance(threshold, UnsetType):
        raise BadInputError(f"{place('kind')}: no threshold; kind {row.kind.value} needs one above 0")
    given = {name: getattr(row, name) for name in ConditionRow.__struct_fields__}
    return Condition(**given | {"threshold": threshold})


def _last_day(row: RuleRow, place: _Place) -> date | None:
    given = row.expires
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    if not isinstance(given, str) or given not in set(Expiry):
        words = ", ".join(expiry.value for expiry in Expiry)
        where = place("expires")
        raise BadInputError(f"{where}: expires {given!r}; expected a day such as 2025-07-22, or {words}")
    expiry = Expiry(given)
    if expiry is not Expiry.NEVER and row.created is None:
        where = place("expires")
        raise BadInputError(
            f"{where}: expires = {given!r} counts from created; expected created, such as 2025-07-22"
        )
    try:
        return None if row.created is None else last_day(expiry, row.created)
    except (ValueError, OverflowError) as fault:  # a year that no calendar has
        where = place("created")
        raise BadInputError(f"{where}: created {row.created} leaves no room for {given}") from fault


def _aware(moment: datetime | None, place: _Place) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        where = place("snoozed_until")
        raise BadInputError(f"{where}: snoozed_until needs its zone, such as 2025-07-22T14:30:00Z")
    return moment
