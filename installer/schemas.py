"""Write watchlists/schema: a JSON Schema for each TOML file, from its loader's shapes and docs/formats.md.

    python installer/schemas.py

What each key means comes from the tables of docs/formats.md. What a loader checks beyond a shape, and a
schema can say, is added here; a test holds that both refuse the same documents, and that the files are fresh.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import (
    CROSSING_KINDS,
    GROUP_KINDS,
    NEWS_KINDS,
    UNDIRECTED_KINDS,
    Expiry,
    RuleKind,
    Severity,
    SubjectKind,
)
from stackwatch.domain.settings import CURRENCIES
from stackwatch.storage import episode_file, feeds_file, lexicon_file, sessions_file, settings_file
from stackwatch.storage.ecosystem import alias_file, ecosystem_files
from stackwatch.storage.lists import watchlist_file
from stackwatch.storage.rules import rules_file

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "watchlists" / "schema"
VERSION = 1
Schema = dict[str, Any]

SHAPES: dict[str, type] = {
    "instruments": ecosystem_files.InstrumentsFile,
    "private": ecosystem_files.PrivateFile,
    "exposures": ecosystem_files.ExposuresFile,
    "aliases": alias_file.AliasesFile,
    "watchlist": watchlist_file.WatchlistFile,
    "rules": rules_file.RuleRow,  # the loader reads these one by one
    "settings": settings_file.SettingsFile,
    "feeds": feeds_file.FeedsFile,
    "lexicon": lexicon_file.LexiconFile,
    "sessions": sessions_file.SessionsFile,
    "episode": episode_file.EpisodeFile,
}
_ZONED = r"(Z|[+-]\d\d:\d\d)$"


def main() -> int:
    """Write every schema."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}  {len(text):,} characters")
    return 0


def texts() -> dict[str, str]:
    """Return the text of every schema by the name of its file."""
    formats = (ROOT / "docs" / "formats.md").read_text("utf-8")
    return {
        f"{name}.schema.json": json.dumps(_schema(name, formats), indent=1, ensure_ascii=False) + "\n"
        for name in SHAPES
    }


def _schema(name: str, formats: str) -> Schema:
    (reference,), parts = msgspec.json.schema_components(
        [SHAPES[name]], schema_hook=_end_of_rule, ref_template="#/$defs/{name}"
    )
    parts = {key.strip("_"): value for key, value in parts.items()}
    parts = json.loads(re.sub(r'"#/\$defs/_(\w+)"', r'"#/$defs/\1"', json.dumps(parts)))
    root = reference["$ref"].rpartition("/")[2].strip("_")
    if name == "rules":
        top: Schema = {
            "type": "object",
            "properties": {
                "version": {},
                "rule": {
                    "type": "array",
                    "items": {"$ref": "#/$defs/RuleRow"},
                    "maxItems": rules_file.MAX_RULES,
                },
            },
            "additionalProperties": False,
        }
    else:
        top = parts.pop(root)
    top["properties"]["version"] = {"const": VERSION, "description": "of the format"}
    _add(name, top, parts)
    _describe(top, parts, _meanings(name, formats))
    for part in (top, *parts.values()):
        part.pop("title", None)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:stackwatch:schema:{name}:{VERSION}",
        "title": f"{name}.toml of Stackwatch, version {VERSION}",
    }
    top.pop("description", None)
    return {**head, **top, **({"$defs": parts} if parts else {})}


def _end_of_rule(_kind: type) -> Schema:
    """Return what the one field may be whose type says nothing: the end of a rule, a word or a day."""
    return {"anyOf": [{"enum": [expiry.value for expiry in Expiry]}, {"type": "string", "format": "date"}]}


def _add(name: str, top: Schema, parts: dict[str, Schema]) -> None:
    """Add what the loader of a file checks beyond its shape."""
    match name:
        case "rules":
            _add_rules(parts["RuleRow"], parts["ConditionRow"])
        case "settings":
            known = [code for one in CURRENCIES for code in (one, one.lower())]
            top["properties"]["home_currency"] |= {"enum": ["", *known]}
            top["dependentRequired"] = {"quiet_from": ["quiet_to"], "quiet_to": ["quiet_from"]}
        case "aliases":
            parts["AliasPolicy"]["enum"].remove("block")
            with_words = {"required": ["context"], "properties": {"context": {"minItems": 1}}}
            parts["AliasRow"]["allOf"] = [_when({"policy": {"const": "context"}}, with_words)]
        case "lexicon":
            for table in ("theme", "thing"):
                top["properties"][table]["propertyNames"] = {"enum": [theme.value for theme in StoryTheme]}
        case "feeds":
            top["properties"]["publishers"]["propertyNames"] = {"enum": ["tier1", "tier2", "tier3"]}
        case "sessions":
            hours = [
                {"required": [key], "properties": {key: {"type": "string"}}} for key in ("open", "close")
            ]
            closed = {"required": ["closed"], "properties": {"closed": {"const": True}}}
            parts["Row"]["oneOf"] = [closed, {"anyOf": hours}]
        case "episode":
            for moment in (
                top["properties"]["starts"],
                top["properties"]["ends"],
                parts["Headline"]["properties"]["published"],
            ):
                moment["pattern"] = _ZONED
        case _:
            pass


def _add_rules(rule: Schema, condition: Schema) -> None:
    own = rule["properties"]
    own["severity"]["enum"] = [severity.word for severity in Severity]
    for moment in own["snoozed_until"]["anyOf"]:
        if moment.get("type") == "string":
            moment["pattern"] = _ZONED
    ends = [expiry.value for expiry in Expiry if expiry is not Expiry.NEVER]
    created = {"required": ["created"], "properties": {"created": {"type": "string"}}}
    joined = {"required": ["condition"], "properties": {"condition": {"minItems": 1}}}
    one_unit = {
        "not": {"required": ["escalate_step"], "properties": {"escalate_step": {"exclusiveMinimum": 0}}}
    }
    named = {"subject": {"not": {"const": "*"}}}
    rule["allOf"] = [
        *_condition_checks(),
        *(
            _when({"kind": {"const": kind.value}}, {"properties": {"subject_kind": {"const": about.value}}})
            for kind, about in {**GROUP_KINDS, RuleKind.PRICE_LEVEL: SubjectKind.SYMBOL}.items()
        ),
        _when({"subject_kind": {"const": SubjectKind.SYMBOL.value}}, {"properties": named}),
        _when({"expires": {"enum": ends}}, created),
        _when({"join": {"type": "string"}}, joined),
        _when({"join": {"const": "any"}}, one_unit),
    ]
    condition["allOf"] = _condition_checks()


def _condition_checks() -> list[Schema]:
    """Return what a condition may have, by its kind."""

    def values(kinds: object) -> Schema:
        return {"kind": {"enum": sorted(kind.value for kind in kinds)}}  # type: ignore[attr-defined]

    def unused(key: str, limit: Schema) -> Schema:
        return {"properties": {key: limit}}

    every = set(RuleKind)
    free = set(rules_file.USUAL_THRESHOLDS)
    abouts = {*GROUP_KINDS, *NEWS_KINDS}
    since_minutes = {"since": {"const": "minutes"}}
    given = {"required": ["minutes"], "properties": {"minutes": {"minimum": 1}}}
    up_or_down = {"required": ["direction"], "properties": {"direction": {"enum": ["up", "down"]}}}
    no_minutes = {
        "anyOf": [unused("minutes", {"const": 0}), {"required": ["since"], "properties": since_minutes}]
    }
    return [
        _when(values(every - free), {"required": ["threshold"]}),
        _when(values(every - {RuleKind.YEAR_EXTREME}), unused("threshold", {"exclusiveMinimum": 0})),
        _when(values(CROSSING_KINDS), up_or_down),
        _when(values(UNDIRECTED_KINDS), unused("direction", {"const": "either"})),
        _when(values(every - {RuleKind.PERCENT_MOVE}), unused("since", {"const": "close"})),
        _when(since_minutes, given),
        _when(values(every - NEWS_KINDS), no_minutes),
        _when(
            values(every - {RuleKind.STORY}),
            {"properties": {"themes": {"maxItems": 0}, "words": {"maxItems": 0}}},
        ),
        _when(values(every - abouts), unused("about", {"const": ""})),
    ]


def _when(found: Schema, then: Schema) -> Schema:
    return {"if": {"required": sorted(found), "properties": found}, "then": then}


def _meanings(name: str, formats: str) -> dict[tuple[str, str], str]:
    """Return what docs/formats.md says of each key, by table and key; the table is empty at the top."""
    section = re.search(rf"^## `{name}\.toml`\n(.*?)(?=^## )", formats, re.MULTILINE | re.DOTALL)
    found: dict[tuple[str, str], str] = {}
    table = ""
    for keys, meaning in re.findall(r"^\| (`.*?) \| (.*?) \|", section[1] if section else "", re.MULTILINE):
        for word in re.findall(r"`([^`]+)`", keys):
            if word.startswith("["):
                table = word.strip("[]").rpartition(".")[2]
            else:
                found[table, word] = meaning.strip().replace("`", "")
    return found


def _describe(top: Schema, parts: dict[str, Schema], meanings: dict[tuple[str, str], str]) -> None:
    """Put the meaning of each key to it; rows are known by the table that holds them."""
    by_key: dict[str, str] = {}
    for (_, key), words in meanings.items():
        by_key.setdefault(key, words)
    tables = {
        reference.rpartition("/")[2]: key
        for holder in (top, *parts.values())
        for key, value in holder.get("properties", {}).items()
        for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(value))
    }
    for part, table in ((top, ""), *((parts[name], tables.get(name, "")) for name in parts)):
        for key, value in part.get("properties", {}).items():
            meaning = meanings.get((table, key)) or by_key.get(key)
            if meaning and isinstance(value, dict):
                value.setdefault("description", meaning)


if __name__ == "__main__":
    sys.exit(main())
