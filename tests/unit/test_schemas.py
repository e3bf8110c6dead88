"""The JSON Schemas that ship: fresh, true of every shipped file, and as strict as the loaders."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest
import tomli
from installer.schemas import FOLDER, SHAPES, texts
from jsonschema import Draft202012Validator

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.rule import RuleKind, Severity, SubjectKind
from stackwatch.domain.watchlist import Basis, Relation
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.episode_file import load_episode
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.lexicon_file import load_lexicon
from stackwatch.storage.lists.watchlist_file import load_watchlist
from stackwatch.storage.rules.rules_file import load_rules
from stackwatch.storage.sessions_file import load_session_overrides
from stackwatch.storage.settings_file import load_settings

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "watchlists"
EXAMPLES = dict(
    re.findall(
        r"^## `(\w+)\.toml`.*?```toml\n(.*?)```",
        (ROOT / "docs" / "formats.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
RULE = """version = 1
[[rule]]
id = "a"
name = { en = "A", ko = "가" }
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
threshold = 3.0
"""


def load_small_rules(path: Path) -> object:
    ecosystem = load_ecosystem(path.parent)
    return load_rules(path, ecosystem, load_watchlist(path.parent / "watchlist.toml", ecosystem))


LOADERS: dict[str, Callable[[Path], object]] = {
    **dict.fromkeys(
        ("instruments", "private", "exposures", "aliases"), lambda path: load_ecosystem(path.parent)
    ),
    "watchlist": lambda path: load_watchlist(path, load_ecosystem(path.parent)),
    "rules": load_small_rules,
    "settings": load_settings,
    "feeds": load_feeds,
    "lexicon": load_lexicon,
    "sessions": load_session_overrides,
    "episode": load_episode,
}


def plain(value: object) -> object:
    """Return TOML as JSON has it: days and times as text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def faults(name: str, text: str) -> list[str]:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [fault.message for fault in validator.iter_errors(plain(tomli.loads(text)))]


def refusal(name: str, text: str, folder: Path) -> str:
    """Return what the loader says of a document, empty where it takes it."""
    for other, example in EXAMPLES.items():
        (folder / f"{other}.toml").write_text(text if other == name else example, encoding="utf-8")
    try:
        LOADERS[name](folder / f"{name}.toml")
    except BadInputError as fault:
        return str(fault)
    return ""


def shipped() -> list[tuple[str, Path]]:
    names = {"ai-ecosystem": "watchlist"}
    files = [(names.get(path.stem, path.stem), path) for path in sorted(SHIPPED.glob("*.toml"))]
    return files + [("episode", path) for path in sorted((SHIPPED / "episodes").glob("*.toml"))]


def test_that_the_schemas_are_those_that_the_script_writes() -> None:
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == texts()


@pytest.mark.parametrize("name", SHAPES)
def test_that_a_schema_is_one_and_accepts_the_documented_example(name: str) -> None:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:stackwatch:schema:{name}:1"
    assert faults(name, EXAMPLES[name]) == []


@pytest.mark.parametrize(("name", "path"), shipped(), ids=lambda value: getattr(value, "stem", value))
def test_that_every_shipped_file_is_as_its_schema_says(name: str, path: Path) -> None:
    assert faults(name, path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        *((name, "version = 1", "version = 2") for name in SHAPES),
        *((name, "version = 1", "version = 1\ncolour = 1") for name in SHAPES),
        ("instruments", 'symbol = "NVDA"', 'symbol = "nvda"'),
        ("instruments", 'currency = "USD"', 'currency = "dollar"'),
        ("instruments", 'exchange = "Nasdaq"\n', ""),
        ("private", '"project"', '"planet"'),
        ("private", 'id = "stargate"', 'id = "Star Gate"'),
        ("exposures", '"supplier"', '"friend"'),
        ("exposures", '"2025-05"', '"May 2025"'),
        ("exposures", '"stored"', '"heard"'),
        ("exposures", "until = 2026-03-06", 'until = "soon"'),
        ("aliases", '"context"', '"sometimes"'),
        ("aliases", '"context"', '"block"'),
        ("aliases", 'context = ["OpenAI", "Oracle", "data center", "@finance"]\n', ""),
        ("watchlist", 'symbols = ["NVDA"]', 'symbols = "NVDA"'),
        ("watchlist", 'id = "mine"', 'id = "My list"'),
        ("watchlist", 'ko = "GPU" }', "}"),
        ("settings", '"KRW"', '"XYZ"'),
        ("settings", "3000", "50"),
        ("settings", "version = 1", "version = 1\nquiet_from = 22:00:00"),
        ("settings", "version = 1", 'version = 1\nsound = "loud"'),
        ("settings", "https://semianalysis.com/feed/", "file:///etc/passwd"),
        ("feeds", "tier = 1\n", "tier = 4\n"),
        ("feeds", "tier2", "tier9"),
        ("lexicon", "capacity =", "weather ="),
        ("lexicon", 'negation = ["not", "denies", "부인"]\n', ""),
        ("lexicon", '["takes on", "도전장"]', '[""]'),
        ("sessions", "closed = true", "closed = false"),
        ("sessions", "closed = true", "closed = true\nopen = 10:00:00"),
        ("sessions", '"XKRX"', '"Seoul"'),
        ("episode", "2025-07-22T13:25:00Z", "2025-07-22T13:25:00"),
        ("episode", "sxx = 0.04251871", "sxx = 0"),
        ("episode", "0.0215, 120]", "0.0215]"),
        ("episode", '"https://www.wsj.com/"', '"javascript:x"'),
    ],
)
def test_that_schema_and_loader_refuse_the_same_documents(
    tmp_path: Path, name: str, old: str, new: str
) -> None:
    text = EXAMPLES[name].replace(old, new)
    assert text != EXAMPLES[name]
    assert faults(name, text)
    assert re.search(rf"{name}.toml: line \d+", refusal(name, text, tmp_path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"percent-move"', '"magic"'),
        ("threshold = 3.0\n", ""),
        ("3.0", "0"),
        ("3.0", "-3.0"),
        ('"NVDA"', '"*"'),
        ("3.0", '3.0\nseverity = "loud"'),
        ("3.0", '3.0\ndirection = "sideways"'),
        ("3.0", '3.0\nsince = "minutes"'),
        ("3.0", "3.0\nminutes = 10"),
        ("3.0", '3.0\nwords = ["x"]'),
        ("3.0", '3.0\nabout = "stargate"'),
        ("3.0", '3.0\njoin = "any"'),
        ("3.0", '3.0\nexpires = "week"'),
        ("3.0", '3.0\nexpires = "soon"'),
        ("3.0", "3.0\nsnoozed_until = 2025-07-22T14:30:00"),
        ("3.0", "3.0\nhysteresis = 1.0"),
        ("3.0", '3.0\nescalate_step = 1.0\njoin = "any"\n[[rule.condition]]\nkind = "story"'),
        ("3.0", '3.0\n[[rule.condition]]\nkind = "story"\nthemes = ["gossip"]'),
        ("3.0", '3.0\n[[rule.condition]]\nkind = "gap"'),
        ('"percent-move"', '"volume-spike"\ndirection = "up"'),
        ('"percent-move"', '"year-extreme"\nsince = "open"\ndirection = "up"'),
        ('"percent-move"', '"price-level"'),
        ('"percent-move"', '"layer-move"'),
        ('"percent-move"', '"entity-shock"'),
    ],
)
def test_that_schema_and_loader_refuse_the_same_rules(tmp_path: Path, old: str, new: str) -> None:
    text = RULE.replace(old, new)
    assert text != RULE
    assert faults("rules", text)
    assert re.search(r"rules.toml: line \d+", refusal("rules", text, tmp_path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("3.0", '3.0\nsince = "minutes"\nminutes = 10'),
        ("3.0", '3.0\nexpires = 2026-01-01\ndirection = "down"'),
        ("3.0", '3.0\nexpires = "week"\ncreated = 2025-07-22'),
        ("3.0", '3.0\njoin = "any"\n[[rule.condition]]\nkind = "story"\nabout = "stargate"\nminutes = 60'),
        ('"percent-move"\n', '"year-extreme"\ndirection = "down"\n'),
        ("threshold = 3.0", "snoozed_until = 2025-07-22T14:30:00Z\nthreshold = 1"),
        ("version = 1\n", ""),
    ],
)
def test_that_schema_and_loader_accept_the_same_rules(tmp_path: Path, old: str, new: str) -> None:
    text = RULE.replace(old, new)
    assert faults("rules", text) == []
    assert refusal("rules", text, tmp_path) == ""


def test_that_the_words_of_the_schemas_are_those_of_the_program() -> None:
    rules, exposures, lexicon = (
        json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
        for name in ("rules", "exposures", "lexicon")
    )
    assert set(rules["$defs"]["RuleKind"]["enum"]) == {kind.value for kind in RuleKind}
    assert set(rules["$defs"]["SubjectKind"]["enum"]) == {kind.value for kind in SubjectKind}
    assert rules["$defs"]["RuleRow"]["properties"]["severity"]["enum"] == [each.word for each in Severity]
    assert set(exposures["$defs"]["Relation"]["enum"]) == {relation.value for relation in Relation}
    assert set(exposures["$defs"]["Basis"]["enum"]) == {basis.value for basis in Basis}
    assert set(lexicon["properties"]["theme"]["propertyNames"]["enum"]) == {
        theme.value for theme in StoryTheme
    }
