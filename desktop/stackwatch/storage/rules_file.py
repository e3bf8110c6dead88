"""Load alert rules from TOML, checked against what they are about."""

import math
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SessionScope, Severity, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.toml_fields import NamesRow, Slug, Text, refuse_duplicates
from stackwatch.storage.toml_files import read_toml

MAX_RULES = 1_000
_SEVERITIES = {severity.word: severity for severity in Severity}
_Positive = Annotated[float, Meta(gt=0)]


class _RuleRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    name: NamesRow
    kind: RuleKind
    subject_kind: SubjectKind
    subject: Text
    direction: Direction
    threshold: _Positive
    severity: str = "notice"
    sessions: SessionScope = SessionScope.REGULAR
    frequency: Frequency = Frequency.ONCE_A_SESSION
    hysteresis: Annotated[float, Meta(ge=0, lt=1)] = 0.25
    hold_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 0
    cooldown_minutes: Annotated[int, Meta(ge=0, le=10_080)] = 30
    escalate_step: Annotated[float, Meta(ge=0)] = 0.0
    enabled: bool = True
    version: Annotated[int, Meta(ge=1)] = 1
    note: Annotated[str, Meta(max_length=400)] = ""


class _RulesFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    rule: tuple[_RuleRow, ...] = ()


def load_rules(path: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> tuple[Rule, ...]:
    """Load the rules of a file; raises BadInputError naming the rule and what was expected."""
    rows = read_toml(path, _RulesFile).rule
    if len(rows) > MAX_RULES:
        raise BadInputError(f"{path}: {len(rows):,} rules; at most {MAX_RULES:,} are read")
    refuse_duplicates(path, "rule", (row.id for row in rows))
    return tuple(_rule(row, path, ecosystem, watchlist) for row in rows)


def _rule(row: _RuleRow, path: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> Rule:
    where = f"{path}: rule {row.id}"
    if row.severity not in _SEVERITIES:
        raise BadInputError(f"{where}: severity {row.severity!r}; expected one of {', '.join(_SEVERITIES)}")
    for key, value in (
        ("threshold", row.threshold),
        ("escalate_step", row.escalate_step),
        ("hysteresis", row.hysteresis),
    ):
        if not math.isfinite(value):
            raise BadInputError(f"{where}: {key} is {value}; expected a finite number")
    if row.kind is RuleKind.PRICE_LEVEL and row.direction is Direction.EITHER:
        raise BadInputError(f"{where}: a price level is crossed up or down; expected direction up or down")
    _check_subject(row, where, ecosystem, watchlist)
    return Rule(
        id=row.id,
        name_en=row.name.en,
        name_ko=row.name.ko,
        kind=row.kind,
        subject_kind=row.subject_kind,
        subject=row.subject,
        direction=row.direction,
        threshold=row.threshold,
        sessions=row.sessions,
        frequency=row.frequency,
        hysteresis=row.hysteresis,
        hold_seconds=row.hold_seconds,
        cooldown_minutes=row.cooldown_minutes,
        escalate_step=row.escalate_step,
        severity=_SEVERITIES[row.severity],
        enabled=row.enabled,
        version=row.version,
        note=row.note,
    )


_SUBJECTS = {
    RuleKind.LAYER_MOVE: {SubjectKind.LAYER},
    RuleKind.ENTITY_SHOCK: {SubjectKind.PRIVATE},
    RuleKind.PRICE_LEVEL: {SubjectKind.SYMBOL},
}
_SHARES = {SubjectKind.SYMBOL, SubjectKind.LAYER, SubjectKind.WATCHLIST}


def _check_subject(row: _RuleRow, where: str, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    allowed = _SUBJECTS.get(row.kind, _SHARES)
    if row.subject_kind not in allowed:
        words = " or ".join(sorted(kind.value for kind in allowed))
        raise BadInputError(
            f"{where}: kind {row.kind.value} is about a {words}, not a {row.subject_kind.value}"
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
