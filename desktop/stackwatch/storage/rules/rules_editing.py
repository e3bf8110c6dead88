"""Change one rule in a person's ``rules.toml``: comments, order and everything else in it stay."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import fields

from stackwatch.domain.rule import Condition, Join, Rule
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Watchlist
from stackwatch.storage.rules.rules_file import USUAL_THRESHOLDS, RuleRow, load_rules
from stackwatch.storage.toml.toml_blocks import TomlBlock, joined, split
from stackwatch.storage.toml.toml_cutting import RemovedTables, cut_tables, text_of
from stackwatch.storage.toml.toml_tables import Values, changed_table, put_values
from stackwatch.storage.whole_file import is_there, write_own

if TYPE_CHECKING:  # only writing needs it
    from tomlkit.items import Table

_HEAD = """# Rules of your own. One with the id of a shipped rule replaces it. Stackwatch keeps your comments.

version = 1
"""

# What a key means that is not written.
_USUAL: Values = {field.name: field.default for field in fields(RuleRow)} | {"join": Join.ALL.value}


def save_rules(path: Path, rules: Sequence[Rule], ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    """Add rules to the file, or change those of their ids; their versions are written as they are.

    Raises BadInputError, and leaves the file alone, when what is there or a rule itself cannot be read.
    """
    text = text_of(path, _HEAD)
    known = load_rules(path, ecosystem, watchlist) if is_there(path) else ()
    head, blocks, tail = split(path, text, "rule", len(known))
    places = {rule.id: number for number, rule in enumerate(known)}
    for rule in rules:
        place = places.get(rule.id)
        if place is None:
            blocks.append(TomlBlock(lead="\n" if text.strip() else "", body=_body("", rule, None)))
        else:
            blocks[place].body = _body(blocks[place].body, rule, known[place])
    write_own(path, joined(head, blocks, tail), lambda draft: load_rules(draft, ecosystem, watchlist))


def _body(body: str, rule: Rule, before: Rule | None) -> str:
    return changed_table("rule", body, lambda row: _put(row, rule, before))


def cut_rules(
    path: Path, doomed: Callable[[Rule], bool], ecosystem: Ecosystem, watchlist: Watchlist
) -> RemovedTables | None:
    """Take rules out of the file, each with the comment right above it; returns None where none is to go.

    Raises BadInputError, and leaves the file alone, when it cannot be read.
    """
    known = load_rules(path, ecosystem, watchlist) if is_there(path) else ()
    return cut_tables(
        path,
        {"rule": len(known)},
        lambda _, number: doomed(known[number]),
        lambda draft: load_rules(draft, ecosystem, watchlist),
    )


def _put(row: "Table", rule: Rule, before: Rule | None) -> None:
    """Change what differs; values that are the defaults and were never written stay out."""
    put_values(row, {"id": rule.id, "name": BilingualName(rule.name_en, rule.name_ko)})
    _put_condition(row, rule)
    put_values(row, {"subject_kind": rule.subject_kind.value, "subject": rule.subject})
    put_values(row, _manner_values(rule), _USUAL)
    if before is None or before.expires != rule.expires:  # else what a person wrote says it
        put_values(row, {"expires": rule.expires})
    put_values(row, {"snoozed_until": rule.snoozed_until})
    if rule.conditions != (() if before is None else before.conditions):
        _put_joined(row, rule.conditions)


def _put_condition(row: "Table", condition: Condition) -> None:
    values = {
        "kind": condition.kind.value,
        "direction": condition.direction.value,
        "threshold": condition.threshold,
        "since": condition.since.value,
        "minutes": condition.minutes,
        "about": condition.about,
        "themes": [theme.value for theme in condition.themes],
        "words": condition.words,
    }
    put_values(row, values, {**_USUAL, "threshold": USUAL_THRESHOLDS.get(condition.kind)})


def _put_joined(row: "Table", conditions: tuple[Condition, ...]) -> None:
    """Write the joined conditions anew."""
    import tomlkit  # only writing needs it

    row.pop("condition", None)
    if conditions:
        tables = tomlkit.aot()
        for condition in conditions:
            table = tomlkit.table()
            _put_condition(table, condition)
            tables.append(table)
        row["condition"] = tables


def _manner_values(rule: Rule) -> Values:
    return {
        "severity": rule.severity.word,
        "sessions": rule.sessions.value,
        "frequency": rule.frequency.value,
        "hysteresis": rule.hysteresis,
        "hold_seconds": rule.hold_seconds,
        "cooldown_minutes": rule.cooldown_minutes,
        "escalate_step": rule.escalate_step,
        "enabled": rule.enabled,
        "popup": rule.popup,
        "sound": rule.sound,
        "version": rule.version,
        "note": rule.note,
        "join": rule.join.value if rule.conditions else None,
    }
