"""What ends a command, or is said of a row or a check, in Korean: none of it is left in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stackwatch
from stackwatch.commands.korean_lines import in_language
from stackwatch.domain.budget import budget
from stackwatch.domain.watchlist import Language
from stackwatch.system.display import _WAY_OUT

PACKAGE = Path(stackwatch.__file__).parent
SAID_BY = {  # modules, and which of their faults a user reads
    "cli.py": "BadInputError",
    "commands": "BadInputError|NothingFetchedError|OSError",
    "engine/alerts/rule_testing.py": "BadInputError|NothingFetchedError",
    "storage/sqlite/database.py": "StoreError",
    "storage/sqlite/store.py": "StoreError",
    "storage/sqlite/store_file.py": "StoreError",
    "storage/table_file.py": "BadInputError|ValueError",
    "system/display.py": "BadInputError",
    "window_app.py": "BadInputError",
    "window_life.py": "BadInputError",
}
PARTS = {  # what is put into a sentence and is one itself, or nothing
    "before": ("", ", the last before it are of 2025-07-18"),
    "documented_days()": ("documented days: 2025-07-22",),
    "hint": ("", "; did you mean NVDA?"),
    "instead": ("", "; tied to it are NVDA"),
    "offline": ("",),
    "fault": ("quote: no connection",),
    "_first(prices.bad)": ("", "; line 7: the title is empty"),
    "_first(found.bad)": ("", "; line 7: the title is empty"),
    "_withheld(quote)": ("", ": +7.0 % looks like a 2-for-1 split that is not confirmed, and is withheld"),
    "_WAY_OUT": (_WAY_OUT,),
    "where": ("/a b/c.csv: line 1: ",),
    "verdict": (),  # SQLite's own words
    "option": ("--on",),
    "way": ("behind", "ahead of"),
    "faults[0].english": (
        "layer 'chips' is not in the list that is shown",
        "watchlist 'mine' is not the list that is shown",
    ),
    "found.warning": (budget(7, 7, 7, {}).warning or "",),
}


def sayings() -> Iterator[tuple[str, ast.expr]]:
    """Return every sentence of a fault, with where it is raised."""
    for place, kinds in SAID_BY.items():
        for file in sorted((PACKAGE / place).rglob("*.py")) or [PACKAGE / place]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                if re.fullmatch(kinds, getattr(node.func, "id", "")):
                    yield f"{file.relative_to(PACKAGE).as_posix()}:{node.lineno}", node.args[0]


def examples(said: ast.expr) -> list[str]:
    """Return a sentence with values put in, one for each of its parts; none for what only passes one on."""
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    if not isinstance(said, ast.JoinedStr):
        return []
    made = [""]
    for part in said.values:
        if isinstance(part, ast.Constant):
            made = [words + str(part.value) for words in made]
            continue
        assert isinstance(part, ast.FormattedValue)
        name = ast.unparse(part.value)
        options = PARTS.get(name, ("7",)) if name != "fault" or not made[0].endswith("(") else ("7",)
        made = [words + option for words in made for option in options]
    return made


CASES = [pytest.param(words, id=where) for where, said in sayings() for words in examples(said)]


@pytest.mark.parametrize("said", CASES)
def test_that_every_fault_that_a_command_tells_has_korean_words(said: str) -> None:
    korean = in_language(said, Language.KOREAN)
    assert re.search("[가-힣]", korean), korean
    assert not re.search(r"\b(expected|cannot|is not|the|was|not)\b", korean), korean


def test_that_there_are_faults_to_look_at() -> None:
    assert len(CASES) > 60


def test_that_a_reason_inside_a_sentence_is_korean_too_and_a_symbol_stays_itself() -> None:
    said = "no quotes could be fetched (quote: no connection)"
    assert in_language(said, Language.KOREAN) == "시세를 받지 못함(quote: 연결 없음)"
    said = "/a.csv: cannot be read (Permission denied)"
    assert in_language(said, Language.KOREAN) == "/a.csv: 읽을 수 없음(권한 없음)"
    assert in_language("no usable quote of ^KS11", Language.KOREAN) == "^KS11: 쓸 수 있는 시세 없음"
