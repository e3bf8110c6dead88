"""Change one rule in a person's ``rules.toml``: comments, order and everything else in it stay."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Condition, Join, Rule, RuleKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.rules_file import USUAL_THRESHOLDS, ConditionRow, load_rules
from stackwatch.storage.toml_blocks import Block, split
from stackwatch.storage.whole_file import write_own

if TYPE_CHECKING:  # only writing needs it
    from tomlkit.items import AoT, Table

Plain = str | int | float | bool | date | datetime | list[str]
_HEAD = """# Rules of your own. One with the id of a shipped rule replaces it. Stackwatch keeps your comments.

version = 1
"""


def save_rules(path: Path, rules: Sequence[Rule], ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    """Add rules to the file, or change those of their ids; their versions are written as they are.

    Raises BadInputError, and leaves the file alone, when what is there or a rule itself cannot be read.
    """
    text, known = _read(path, ecosystem, watchlist)
    head, blocks, tail = split(path, text, "rule", len(known))
    places = {rule.id: number for number, rule in enumerate(known)}
    for rule in rules:
        place = places.get(rule.id)
        if place is None:
            blocks.append(Block(lead="\n" if text.strip() else "", body=_body("", rule, None)))
        else:
            blocks[place].body = _body(blocks[place].body, rule, known[place])
    _write(path, head, blocks, tail, ecosystem, watchlist)


def remove_rule(path: Path, rule_id: str, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
    """Take a rule out of the file, with the comment right above it.

    Raises BadInputError when it is not in it, or the file cannot be read.
    """
    text, known = _read(path, ecosystem, watchlist)
    head, blocks, tail = split(path, text, "rule", len(known))
    place = next((number for number, each in enumerate(known) if each.id == rule_id), None)
    if place is None:
        raise BadInputError(f"{path}: there is no rule {rule_id!r}")
    lead = blocks.pop(place).lead.splitlines(keepends=True)
    while lead and lead[-1].strip():
        lead.pop()
    kept = "".join(lead).rstrip("\n")  # what stands alone above it is not its own
    kept = kept and f"{kept}\n"
    if place < len(blocks):
        blocks[place].lead = kept + blocks[place].lead
    else:
        tail = kept + tail
    _write(path, head, blocks, tail, ecosystem, watchlist)


def _read(path: Path, ecosystem: Ecosystem, watchlist: Watchlist) -> tuple[str, tuple[Rule, ...]]:
    """Return the file's text and rules; what a person broke is theirs to mend."""
    if not path.exists():
        return _HEAD, ()
    known = load_rules(path, ecosystem, watchlist)
    try:
        return path.read_text(encoding="utf-8-sig"), known
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault


def _body(body: str, rule: Rule, before: Rule | None) -> str:
    """Return a rule's table with what differs changed."""
    import tomlkit  # noqa: PLC0415 - only writing needs it

    document = tomlkit.parse(body)
    if before is None:
        rows = tomlkit.aot()
        rows.append(tomlkit.table())
        document.add("rule", rows)
    _fill(cast("AoT", document["rule"])[0], rule, before)
    return tomlkit.dumps(document)


def _write(
    path: Path, head: str, blocks: Sequence[Block], tail: str, ecosystem: Ecosystem, watchlist: Watchlist
) -> None:
    """Write the file if what it would say can be read back."""
    text = head + "".join(block.lead + block.body for block in blocks) + tail
    write_own(path, text, lambda draft: load_rules(draft, ecosystem, watchlist))


def _fill(row: "Table", rule: Rule, before: Rule | None) -> None:
    """Change what differs; values that are the defaults and were never written stay out."""
    import tomlkit  # noqa: PLC0415 - only writing needs it

    _put(row, {"id": rule.id})
    names = {"en": rule.name_en, "ko": rule.name_ko}
    if "name" not in row or _plain(row["name"]) != names:
        table = tomlkit.inline_table()
        table.update(names)
        row["name"] = table
    _put(row, _condition_values(rule) | {"subject_kind": rule.subject_kind.value, "subject": rule.subject})
    _put(row, _manner_values(rule))
    if before is None or before.expires != rule.expires:  # else what a person wrote says it
        _put_optional(row, "expires", rule.expires)
    _put_optional(row, "snoozed_until", rule.snoozed_until)
    _put_conditions(row, rule.conditions)
    if not rule.conditions and "join" in row:
        del row["join"]


def _manner_values(rule: Rule) -> dict[str, Plain]:
    values: dict[str, Plain] = {
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
    }
    if rule.conditions and rule.join is Join.ANY:
        values["join"] = rule.join.value
    return values


def _condition_values(condition: Condition) -> dict[str, Plain]:
    return {
        "kind": condition.kind.value,
        "direction": condition.direction.value,
        "threshold": condition.threshold,
        "since": condition.since.value,
        "minutes": condition.minutes,
        "about": condition.about,
        "themes": [theme.value for theme in condition.themes],
        "words": list(condition.words),
    }


_USUAL: Mapping[str, Plain | None] = {
    "direction": "either",
    "since": "close",
    "minutes": 0,
    "about": "",
    "themes": [],
    "words": [],
    "severity": "notice",
    "sessions": "regular",
    "frequency": "once-a-session",
    "hysteresis": 0.25,
    "hold_seconds": 0,
    "cooldown_minutes": 30,
    "escalate_step": 0.0,
    "enabled": True,
    "popup": True,
    "sound": True,
    "version": 1,
    "note": "",
}


def _put(row: "Table", values: dict[str, Plain]) -> None:
    usual = dict(_USUAL)
    if "kind" in values:
        usual["threshold"] = USUAL_THRESHOLDS.get(RuleKind(str(values["kind"])))
    for key, value in values.items():
        if key in row:
            if _plain(row[key]) != value:
                row[key] = value
        elif usual.get(key) != value:
            row[key] = value


def _plain(written: object) -> object:
    """Return a written value without its place in the text; tomlkit hands booleans out plain already."""
    return written.unwrap() if hasattr(written, "unwrap") else written


def _put_optional(row: "Table", key: str, value: date | datetime | None) -> None:
    """Write a value that may be absent."""
    if value is not None:
        if key not in row or _plain(row[key]) != value:
            row[key] = value
    elif key in row:
        del row[key]


def _put_conditions(row: "Table", conditions: tuple[Condition, ...]) -> None:
    """Write the joined conditions anew when they changed."""
    import tomlkit  # noqa: PLC0415 - only writing needs it

    known = row.get("condition")
    if known is not None and [_as_values(each.unwrap()) for each in known] == [
        _condition_values(each) for each in conditions
    ]:
        return
    if known is not None:
        del row["condition"]
    if conditions:
        tables = tomlkit.aot()
        for condition in conditions:
            table = tomlkit.table()
            _put(table, _condition_values(condition))
            tables.append(table)
        row["condition"] = tables


def _as_values(row: dict[str, Plain]) -> dict[str, Plain]:
    """Return a written condition with what it leaves out."""
    import msgspec  # noqa: PLC0415 - only writing needs it

    read = msgspec.convert(row, ConditionRow)
    threshold = read.threshold or USUAL_THRESHOLDS.get(read.kind, 0.0)
    return {
        "kind": read.kind.value,
        "direction": read.direction.value,
        "threshold": threshold,
        "since": read.since.value,
        "minutes": read.minutes,
        "about": read.about,
        "themes": [theme.value for theme in read.themes],
        "words": list(read.words),
    }
