"""What the documents promise: links, commands, keys and examples that exist."""

import argparse
import re
from inspect import getmembers, isclass
from pathlib import Path

import msgspec
import pytest

from stackwatch.cli import build_parser
from stackwatch.storage import (
    ecosystem_files,
    episode_file,
    lexicon_file,
    rules_file,
    sessions_file,
    settings_file,
)

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TEXT_ENDINGS = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".sh",
    ".sql",
    ".svg",
    ".ts",
    ".json",
    ".cfg",
    ".txt",
    ".spec",
    ".nsi",
}


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(parser: argparse.ArgumentParser) -> set[str]:
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return set(action.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    parsers = (parser, *action.choices.values())
    return {option for one in parsers for a in one._actions for option in a.option_strings}


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    for name, block in re.findall(
        r"^## `(\w+\.toml)`.*?```toml\n(.*?)```", FORMATS, re.MULTILINE | re.DOTALL
    ):
        (tmp_path / name).write_text(block, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_that_every_relative_link_leads_somewhere(document: Path) -> None:
    for link in links(document.read_text("utf-8")):
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        assert target.exists(), f"{document.name}: {link}"
        assert not anchor or anchor in anchors(target.read_text("utf-8")), f"{document.name}: {link}"


def test_that_the_readme_names_every_command_and_no_other() -> None:
    table = README.split("## Command line", 1)[1].split("\n## ", 1)[0]
    named = set(re.findall(r"^\| `stackwatch ([a-z]+)", table, re.MULTILINE))
    assert named == commands(build_parser())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_that_every_option_of_the_program_named_in_a_document_exists(document: Path) -> None:
    shown = re.findall(r"stackwatch[^`\n]*", document.read_text("utf-8"))
    named = {option for text in shown for option in re.findall(r"(?<!\S)\[?(--[a-z-]+)", text)}
    assert named <= options(build_parser())


def test_that_the_readme_names_every_documented_day() -> None:
    named = {f"{day}-{name}" for name, day in re.findall(r"`([a-z-]+)` \((\d{4}-\d\d-\d\d)", README)}
    assert named == set(episode_file.list_episodes(ROOT / "watchlists" / "episodes"))


def test_that_the_readme_holds_the_test_command_where_it_is_looked_for() -> None:
    assert "\n    python3 installer/setup.py pytest\n" in README


def test_that_every_example_of_a_file_loads(examples: Path) -> None:
    ecosystem = ecosystem_files.load_ecosystem(examples)
    watchlist = ecosystem_files.load_watchlist(examples / "watchlist.toml", ecosystem)
    (rule,) = rules_file.load_rules(examples / "rules.toml", ecosystem, watchlist)
    assert rule.subject in watchlist.symbols
    assert lexicon_file.load_feeds(examples / "feeds.toml").tiers["Barron's"] == 2
    assert settings_file.load_settings(examples / "settings.toml").home_currency == "KRW"
    assert lexicon_file.load_lexicon(examples / "lexicon.toml").good
    assert len(sessions_file.load_session_overrides(examples / "sessions.toml")) == 2
    assert episode_file.load_episode(examples / "episode.toml").shares[0].symbol == "NVDA"


@pytest.mark.parametrize(
    "module", [ecosystem_files, rules_file, lexicon_file, sessions_file, episode_file, settings_file]
)
def test_that_every_key_a_loader_reads_is_documented(module: object) -> None:
    shapes = [shape for _, shape in getmembers(module, isclass) if issubclass(shape, msgspec.Struct)]
    keys = {field.encode_name for shape in shapes for field in msgspec.structs.fields(shape)}
    documented = set(re.findall(r"\w+", FORMATS))
    assert keys
    assert keys <= documented


def test_that_no_file_names_a_place_on_one_machine() -> None:
    places = [name[::-1] for name in ("emoh", "sresU", "toor", "krow")]  # so as not to find itself
    home = re.compile(rf"(?<![\w.}}~-])/(?:{'|'.join(places)})/\w|[A-Z]:\\+{places[1]}")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked_texts()
        for match in home.finditer(path.read_text("utf-8"))
    ]
    assert found == []


def tracked_texts() -> list[Path]:
    kept = {".ci", ".github"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.suffix in TEXT_ENDINGS
        and path.is_file()
        and not any(part.startswith(".") and part not in kept for part in path.relative_to(ROOT).parts)
        and not {"build", "dist", "__pycache__"} & set(path.relative_to(ROOT).parts)
    ]
