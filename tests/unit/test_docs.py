"""What the documents promise: links, commands, keys and examples that exist."""

import argparse
import re
import shlex
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from inspect import getmembers, isclass
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from stackwatch.app import REPLAY_FILE, load_world
from stackwatch.commands.usage import build_parser
from stackwatch.domain.alert import AlertState
from stackwatch.domain.health import HealthState
from stackwatch.domain.move import Lead, RateVerdict, Verdict
from stackwatch.domain.quote import QuoteState
from stackwatch.domain.rule import RuleKind
from stackwatch.domain.settings import CURRENCIES
from stackwatch.domain.watchlist import Language, Relation
from stackwatch.domain.words.rule_names import KINDS
from stackwatch.storage import episode_file, feeds_file, lexicon_file, sessions_file, settings_file
from stackwatch.storage.ecosystem import ecosystem_files
from stackwatch.storage.lists import watchlist_file
from stackwatch.storage.locations import user_folders
from stackwatch.storage.rules import rules_file
from stackwatch.system.alert_turn import WINDOW_LOCK
from stackwatch.ui.frame.action import key_rows
from stackwatch.ui.frame.actions import build_actions
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.preferences.settings import _FILE as LAYOUT_FILE
from stackwatch.ui.watchlist.watchlist_cells import Column

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FORMATS = (ROOT / "docs" / "formats.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
DATA_SOURCES = (ROOT / "docs" / "data-sources.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
MANUALS = {Language.ENGLISH: "manual.md", Language.KOREAN: "manual.ko.md"}
PACKAGE = ROOT / "desktop" / "stackwatch"
MOST_PICTURE = 250_000
_WORDS = {
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
}
_NUMBER = rf"\b((?i:{'|'.join(_WORDS)}))"
_DRAWN = 48  # columns of the diagram; words follow
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


def below(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return a parser and those of its commands and their actions."""
    found = [parser]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [each for sub in action.choices.values() for each in below(sub)]
    return found


def commands(parser: argparse.ArgumentParser) -> set[str]:
    (action,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return set(action.choices)


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for one in below(parser) for a in one._actions for option in a.option_strings}


def typed(text: str) -> set[str]:
    """Return the command lines of a document that somebody could type as they stand."""
    spans = re.findall(r"(?<!`)`((?:python3? installer[/\\]setup\.py )?stackwatch(?: [^`\n]+)?)`(?!`)", text)
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    lines += [line.strip() for line in re.findall(r"^ {4}(.+)$", text, re.MULTILINE)]
    found = {re.sub(r"^(?:python3|py) installer[/\\]setup\.py ", "", line) for line in [*spans, *lines]}
    return {
        line
        for line in found
        if re.match(r"stackwatch(?: |$)", line) and not re.search(r"[\[\]|<>]|\.{3}", line)
    }


def sections(text: str) -> list[str]:
    return re.split(r"^## ", text, flags=re.MULTILINE)[1:]


def figures(text: str) -> set[str]:
    """Return the numbers of a text, but for those in code, links and words of the window."""
    plain = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)|(?<!\*)\*[^*\n]+\*(?!\*)", "", text, flags=re.DOTALL)
    return set(re.findall(r"\d[\d,.]*\d|\d", plain))


class Anything:
    """Stands for a window: the names and keys of its commands need none of its parts."""

    def __getattr__(self, _name: str) -> "Anything":
        return Anything()

    def __call__(self, *_arguments: object) -> None:
        raise AssertionError("a command ran")


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


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_that_every_command_line_in_a_document_is_understood(
    document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [line for line in typed(document.read_text("utf-8")) if not understood(line)]
    assert wrong == [], capsys.readouterr().err


def test_that_the_help_says_what_every_option_and_argument_is_for() -> None:
    silent = [
        f"{parser.prog} {action.dest}"
        for parser in below(build_parser())
        for action in parser._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


def test_that_help_readme_and_manuals_name_the_same_exit_codes() -> None:
    told = set(re.findall(r"\d+", re.sub(r"\s+", " ", build_parser().format_help()).split("Exit codes:")[1]))
    places = [README, *((ROOT / "docs" / name).read_text("utf-8") for name in MANUALS.values())]
    for text in places:
        (said,) = re.findall(r"(?:Exit codes|종료 코드): .+?(?:\n\n|\[docs)", text, re.DOTALL)
        assert set(re.findall(r"(?<![\w.])\d+", said)) == told


def understood(line: str) -> bool:
    """Whether the program takes a command line; one that only names a command needs no more."""
    try:
        build_parser().parse_args(shlex.split(line)[1:])
    except SystemExit as end:
        return (
            end.code == 0
            or re.fullmatch(r"stackwatch (?:rules test|import|export)(?: [a-z]+)?", line) is not None
        )
    return True


def test_that_both_manuals_show_every_command_at_work() -> None:
    wanted = commands(build_parser())
    for name in MANUALS.values():
        lines = typed((ROOT / "docs" / name).read_text("utf-8"))
        assert {line.split()[1] for line in lines if len(line.split()) > 1} >= wanted


@pytest.mark.parametrize(("language", "name"), MANUALS.items())
def test_that_a_manual_has_the_true_list_of_keys(language: Language, name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    rows = re.findall(r"^\| (`.+?) \| (.+) \|$", text[text.index("| `Ctrl+K`") :], re.MULTILINE)
    shown = {(keys.replace("`", "").replace("+", " "), words) for keys, words in rows}
    actions = build_actions(cast(MainWindow, Anything()), ())
    use_language(language)
    known = key_rows(actions)
    use_language(Language.ENGLISH)  # for the tests after this one
    assert shown >= set(known)


@pytest.mark.parametrize(("language", "name"), MANUALS.items())
def test_that_a_manual_names_every_kind_of_rule_as_the_editor_does(language: Language, name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    kinds = {kind.value: names.get(language) for kind, names in KINDS.items()}
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE))
    assert {key: words for key, words in rows.items() if key in kinds} == kinds


@pytest.mark.parametrize("name", ["manual", "install"])
def test_that_each_section_has_the_same_figures_in_korean(name: str) -> None:
    english, korean = (
        sections((ROOT / "docs" / f"{name}{end}.md").read_text("utf-8")) for end in ("", ".ko")
    )
    assert len(english) == len(korean)
    assert [
        (one[:20], left)
        for one, other in zip(english, korean, strict=True)
        if (left := figures(one) - figures(other))
    ] == []


@pytest.mark.parametrize("name", MANUALS.values())
def test_that_a_manual_names_every_file_of_the_data_folder(name: str) -> None:
    folders = user_folders(Path("here"))
    places = [place for _, place in getmembers(folders) if isinstance(place, Path)]
    files = {place.name for place in places if place.parent == folders.data} - {"cache", "logs"}
    files |= {REPLAY_FILE, Path(REPLAY_FILE).with_suffix(".lock").name, WINDOW_LOCK, LAYOUT_FILE}
    text = (ROOT / "docs" / name).read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    assert files <= {word.rstrip("/") for row in rows for word in re.findall(r"`([^`]+)`", row)}


def test_that_formats_methods_and_the_shipped_rules_name_every_kind_of_rule_and_no_other() -> None:
    kinds = {kind.value for kind in RuleKind}
    rules = (ROOT / "watchlists" / "rules.toml").read_text("utf-8")
    assert set(re.findall(r"[a-z-]+", rules.split("# kind", 1)[1].split("# subject", 1)[0])) == kinds
    (row,) = re.findall(r"^\| `kind` \| (`percent-move`.*?) \|", FORMATS, re.MULTILINE)
    assert set(re.findall(r"`([a-z-]+)`", row)) == kinds
    methods = (ROOT / "docs" / "methods.md").read_text("utf-8").split("## Rules", 1)[1].split("```", 1)[0]
    cells = re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", methods, re.MULTILINE)
    assert {kind for cell in cells for kind in re.findall(r"`([a-z-]+)`", cell)} == kinds


def test_that_the_architecture_names_every_module_where_it_is() -> None:
    for package, cell in re.findall(r"^\| `([\w/]+)` \| (.*) \|$", ARCHITECTURE, re.MULTILINE):
        folder = PACKAGE / package
        named = {name.rstrip("/") for name in re.findall(r"`([\w/]+)`", cell)}
        modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
        folders = {path.parent.name for path in folder.glob("*/__init__.py")}
        elsewhere = {room for room in folders if f"| `{package}/{room}` |" in ARCHITECTURE}
        assert named <= modules | folders, package
        assert modules | (folders - elsewhere) <= named, package


def test_that_the_diagram_of_layers_is_that_of_the_import_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers: list[str] = next(c["layers"] for c in cast(Any, contracts) if c["id"] == "one-way")
    diagram = [line[:_DRAWN] for line in ARCHITECTURE.split("```", 2)[1].splitlines()]
    places = []
    for layer in layers:
        names = [name.removeprefix("stackwatch.") for name in layer.split(" | ")]
        rows = [n for n, line in enumerate(diagram) if all(re.search(rf"\b{x}\b", line) for x in names)]
        assert rows, layer
        places.append(rows[0])
    assert places == sorted(places)


def test_that_every_file_named_in_extending_exists() -> None:
    text = (ROOT / "docs" / "extending.md").read_text("utf-8")
    names = set(re.findall(r"`([\w/.-]+\.(?:py|toml|md))`", text))
    homes = (ROOT, PACKAGE, PACKAGE / "domain", PACKAGE / "domain" / "words")
    assert [name for name in sorted(names) if not any((home / name).exists() for home in homes)] == []


@pytest.mark.parametrize("name", ["architecture.md", "extending.md", "beyond-one-desktop.md"])
def test_that_every_name_of_code_in_a_document_is_in_the_code(name: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / "docs" / name).read_text("utf-8"), flags=re.DOTALL)
    code = {
        word
        for folder in ("desktop", "installer", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for word in re.findall(r"\w+", f"{path.stem} {path.read_text('utf-8')}")
    }
    named = re.findall(r"`([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?(?:\(\))?`", text)
    parts = {
        part for first, second in named if second not in ("md", "py", "toml") for part in (first, second)
    }
    assert sorted(parts - {""} - code) == []


def test_that_every_document_and_section_named_in_the_code_exists() -> None:
    places = [path for name in ("desktop", "installer", "tests") for path in (ROOT / name).rglob("*.py")]
    named = {
        (path.name, *found)
        for path in places
        for found in re.findall(r'docs/([\w.]+\.md)(?:, "([^"\n]+)")?', path.read_text("utf-8"))
    }
    assert named
    for place, document, section in named:
        text = (ROOT / "docs" / document).read_text("utf-8")
        assert not section or re.search(rf"^#+ {re.escape(section)}$", text, re.MULTILINE), (place, section)


def test_that_every_picture_is_shown_somewhere_and_small() -> None:
    shown = {
        Path(link).name
        for each in DOCUMENTS
        for link in links(each.read_text("utf-8"))
        if "pictures/" in link
    }
    files = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert set(files) == shown
    assert max(files.values()) <= MOST_PICTURE


def test_that_the_readme_names_every_documented_day() -> None:
    named = {f"{day}-{name}" for name, day in re.findall(r"`([a-z-]+)` \((\d{4}-\d\d-\d\d)", README)}
    assert named == set(episode_file.list_episodes(ROOT / "watchlists" / "episodes"))


def test_that_data_sources_names_every_host_that_is_asked() -> None:
    places = [*(PACKAGE / "providers").rglob("*.py"), ROOT / "watchlists" / "feeds.toml"]
    asked = {
        host
        for place in places
        for host in re.findall(r"(?:https?|wss)://([a-z0-9.-]+\.[a-z]+)", place.read_text("utf-8"))
    }
    table = re.search(r"^\| Host \|.*?\n\n", DATA_SOURCES, re.MULTILINE | re.DOTALL)
    assert table is not None
    assert len(asked) > 10
    assert asked <= set(re.findall(r"`([a-z0-9.-]+)`", table.group()))


def test_that_what_the_documents_count_is_what_ships() -> None:
    world = load_world(user_folders(Path("nowhere")))
    days = len(episode_file.list_episodes(ROOT / "watchlists" / "episodes"))
    shipped = {
        r"(\d+) listed names|상장 종목 (\d+)개": len(world.watchlist.symbols),
        r"in (\d+) layers|(\d+)개 분야": len(world.watchlist.layers),
        r"(\d+) columns|열 (\d+)개": len(set(Column) - {Column.BELL, Column.SYMBOL, Column.NAME}),
        r"(\d+) private companies|기업·프로젝트 (\d+)개": len(world.watchlist.entities),
        r"(\d+) (?:dated )?links\b": len(world.ecosystem.exposures),
        rf"{_NUMBER} kinds, joined": len(RuleKind),
        rf"{_NUMBER} ship\.": len(world.rules),
        rf"{_NUMBER} (?:days ship|documented days)": days,
    }
    places = [*DOCUMENTS, ROOT / "watchlists" / "ai-ecosystem.toml"]
    text = " ".join(re.sub(r"\s+", " ", place.read_text("utf-8")) for place in places)
    for pattern, count in shipped.items():
        words = {word for found in re.finditer(pattern, text) for word in found.groups() if word}
        assert {_WORDS.get(word.lower()) or int(word) for word in words} == {count}, pattern


def test_that_the_readme_holds_the_test_command_where_it_is_looked_for() -> None:
    assert "\n    python3 installer/setup.py pytest\n" in README


def test_that_every_example_of_a_file_loads(examples: Path) -> None:
    ecosystem = ecosystem_files.load_ecosystem(examples)
    watchlist = watchlist_file.load_watchlist(examples / "watchlist.toml", ecosystem)
    (rule,) = rules_file.load_rules(examples / "rules.toml", ecosystem, watchlist)
    assert rule.subject in watchlist.symbols
    assert feeds_file.load_feeds(examples / "feeds.toml").tiers["Barron's"] == 2
    assert settings_file.load_settings(examples / "settings.toml").home_currency == "KRW"
    assert lexicon_file.load_lexicon(examples / "lexicon.toml").good
    assert len(sessions_file.load_session_overrides(examples / "sessions.toml")) == 2
    assert episode_file.load_episode(examples / "episode.toml").shares[0].symbol == "NVDA"


@pytest.mark.parametrize(
    "module",
    [
        ecosystem_files,
        watchlist_file,
        rules_file,
        lexicon_file,
        feeds_file,
        sessions_file,
        episode_file,
        settings_file,
    ],
)
def test_that_every_key_a_loader_reads_is_documented(module: object) -> None:
    shapes = [shape for _, shape in getmembers(module, isclass) if issubclass(shape, msgspec.Struct)]
    keys = {field.encode_name for shape in shapes for field in msgspec.structs.fields(shape)}
    documented = set(re.findall(r"\w+", FORMATS))
    assert keys
    assert keys <= documented


@pytest.mark.parametrize("words", [QuoteState, HealthState, Verdict, RateVerdict, Lead, AlertState])
def test_that_every_word_that_json_may_hold_is_documented(words: Iterable[StrEnum]) -> None:
    assert [word.value for word in words if f"`{word.value}`" not in FORMATS] == []


def test_that_the_words_of_files_are_all_documented_and_no_others() -> None:
    def row(key: str) -> set[str]:
        (cell,) = re.findall(rf"^\| `{key}` \| (.*?) \|$", FORMATS, re.MULTILINE)
        return set(re.findall(r"`(\w+)`", cell))

    assert row("home_currency") == set(CURRENCIES)
    assert row("relation") == {relation.value for relation in Relation}


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
