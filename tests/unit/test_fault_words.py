"""What is wrong with a file, in Korean: no refusal that a window can show is left in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import stackwatch
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.phrasebook import korean as phrasebook
from stackwatch.domain.words.wording import reason_words
from stackwatch.storage.toml.toml_files import parse_toml

PACKAGE = Path(stackwatch.__file__).parent
MAKERS = {
    "BadInputError": 0,
    "ListRefused": 0,
    "NoticeGiven": 0,
    "Fault": 1,
    "_leave_out": 1,
}  # by which argument says it
TOLD_AS = ("fault", "reason")
SAYS = re.compile(rf"\b(?:{'|'.join(MAKERS)})\(|\b(?:{'|'.join(TOLD_AS)})=|return None, ")
NEVER_IN_A_WINDOW = (  # it ships, is asked for on the command line, or comes before a window
    *("commands", "system", "cli.py", "window_app.py", "window_life.py", "ui/frame/translation.py"),
    *("storage/episode_file.py", "storage/feeds_file.py", "storage/lexicon_file.py"),
    *("storage/sessions_file.py", "storage/table_file.py", "storage/text_lines.py"),
    "engine/alerts/rule_testing.py",
)
PLACE = "/mnt/my files/mine.toml: line 3"
UNKNOWN = "line 3: Object contains unknown field `x`"
INNER = {
    "fault": "byte 3 is not UTF-8 text",
    "row.fault": UNKNOWN,
    "_where(str(fault), text, shape)": UNKNOWN,
    "held": "The change holds and is written once it can be; the file was not touched.",
}
PLACES = r"place\(.*|where(\(\))?|path|file\.path|source|self\._path|self\._folders?(\.\w+)?|folders\.data"


def refusals() -> Iterator[tuple[str, ast.expr]]:
    """Return every sentence of a refusal, with where it is made."""
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).as_posix()
        if name.startswith(NEVER_IN_A_WINDOW):
            continue
        text = file.read_text("utf-8")
        if SAYS.search(text) is None:
            continue  # every worker reads them all before its first test
        for node in ast.walk(ast.parse(text)):
            match node:  # why there is no value
                case ast.Return(
                    value=ast.Tuple(elts=[ast.Constant(value=None), ast.Constant(value=str()) as why])
                ):
                    yield f"{name}:{node.lineno}", why
            if not isinstance(node, ast.Call):
                continue
            for told in node.keywords:
                if told.arg in TOLD_AS and ast.unparse(told.value) not in ("''", "None"):
                    yield f"{name}:{node.lineno}", told.value
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = MAKERS.get(called)
            if at is not None and len(node.args) > at:
                yield f"{name}:{node.lineno}", node.args[at]


def example(said: ast.expr) -> tuple[str, list[str]] | None:
    """Return a sentence with values put in, and those; None for what only passes another one on."""
    if isinstance(said, ast.Constant):
        return str(said.value), []
    if not isinstance(said, ast.JoinedStr):
        return None
    words = ""
    values: list[str] = []
    for part in said.values:
        if isinstance(part, ast.Constant):
            words += str(part.value)
            continue
        assert isinstance(part, ast.FormattedValue)
        name = ast.unparse(part.value)
        if re.fullmatch(PLACES, name):
            words += f"{PLACE}: rule v" if "where} is given twice" in ast.unparse(said) else PLACE
        elif name in INNER and not words.endswith("("):
            words += INNER[name]
        elif name in ("why", "fault.english", "place"):  # a part of its own, or none
            words += "" if name != "fault.english" else "about x is not known"
        else:
            values.append(f"{901 + len(values)}")
            words += values[-1]
    return words, values


CASES = [
    pytest.param(*found, id=where)
    for where, said in refusals()
    if (found := example(said)) is not None and not found[0].startswith("0 of ")  # no history, in other words
]


@pytest.mark.parametrize(("said", "values"), CASES)
def test_that_every_refusal_a_window_can_show_has_korean_words_with_its_values(
    said: str, values: list[str]
) -> None:
    korean = reason_words(said, Language.KOREAN)
    assert korean != said
    assert re.search("[가-힣]", korean)
    assert not re.search(r"\b(expected|cannot|is not|the|was|not)\b", korean), korean
    for value in values:
        assert value in korean or "up or down" in said
    if said.startswith(PLACE):
        assert korean.startswith("/mnt/my files/mine.toml: 3번째 줄")
    assert reason_words(said, Language.ENGLISH) == said


def test_that_there_are_refusals_to_look_at() -> None:
    assert len(CASES) > 80


@pytest.mark.parametrize(
    ("said", "korean"),
    [
        (
            "/a.toml: line 9: Object contains unknown field `x` - at `layer[0]`. The link was not changed.",
            "/a.toml: 9번째 줄: 알 수 없는 항목 `x` (위치 `layer[0]`). 연결은 바꾸지 않았습니다.",
        ),
        (
            "/a.toml: line 2: not a time; expected one such as 22:00:00 - at `quiet_from`",
            "/a.toml: 2번째 줄: 시각이 아닙니다. 22:00:00처럼 적어 주세요 (위치 `quiet_from`)",
        ),
        (
            "/a/exposures.toml: cannot be read (Permission denied). Cohere was not deleted.",
            "/a/exposures.toml: 읽지 못했습니다(권한 없음). Cohere: 삭제하지 않았습니다.",
        ),
        (
            "/a.txt: holds no name that can be used; line 2: an empty cell",
            "/a.txt: 쓸 수 있는 종목이 없습니다(2번째 줄: 빈 칸)",
        ),
        (
            "/a.toml: line 5: rule x: about 'y' is not known. This rule is left out, the others work.",
            "/a.toml: 5번째 줄: 규칙 x: 등록되지 않은 대상 'y'. 이 규칙만 빼고 나머지는 작동합니다.",
        ),
        (
            "line 3: condition 2: kind layer-move needs about",
            "3번째 줄: 2번째 조건: 조건 layer-move에는 about이 필요합니다",
        ),
    ],
)
def test_that_where_what_and_what_follows_are_each_said_in_korean(said: str, korean: str) -> None:
    assert reason_words(said, Language.KOREAN) == korean


@pytest.mark.parametrize(
    ("text", "line", "korean"),
    [
        ("= 1", 1, "알 수 없는 문장"),
        ("a = ", 1, "잘못된 값"),
        ("a = 1\na = 2\n", 2, "같은 항목을 두 번 씀"),
        ("\n[[rule]\n", 2, "표 이름 뒤에 ']]' 필요"),
        ("a 1", 1, "항목 이름 뒤에 '=' 필요"),
        ("a = 1 b = 2", 1, "한 줄에 항목 하나만 쓸 수 있음"),
        ('a = "C:\\q"', 1, r"문자열 안의 '\'는 '\\'로 써야 함"),
        ("# \x07", 1, r"쓸 수 없는 글자 '\x07'"),
    ],
)
def test_that_what_is_no_toml_is_told_with_its_line_and_in_korean(text: str, line: int, korean: str) -> None:
    with pytest.raises(BadInputError) as told:
        parse_toml(text, dict[str, object], source="/a.toml")
    assert str(told.value).startswith(f"/a.toml: line {line}: not valid TOML: ")
    said = reason_words(str(told.value), Language.KOREAN)
    assert said == f"/a.toml: {line}번째 줄: TOML 형식이 아닙니다({korean})"


def test_that_a_sentence_without_words_of_its_own_stays() -> None:
    assert phrasebook().sentence("/a/x.toml: line 3: the moon is blue") is None
    assert reason_words("/a/x.toml: the moon is blue", Language.KOREAN) == "/a/x.toml: the moon is blue"
