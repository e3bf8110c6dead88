"""The command line asked for in Korean: its help, and what is said of a wrong one."""

import argparse
import re
from collections.abc import Iterator

import pytest
from tests.support.phrasebook import SENTENCES

from stackwatch.cli import main
from stackwatch.commands.korean_lines import columns_of
from stackwatch.commands.korean_usage import KoreanParser
from stackwatch.commands.usage import build_parser

HANGUL = re.compile("[가-힣]")


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Walk a parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


def texts() -> set[str]:
    """Return every text of the English help."""
    found: set[str | None] = set()
    for parser in parsers(build_parser()):
        found |= {parser.description, parser.epilog, *(group.title for group in parser._action_groups)}
        found |= {action.help for action in parser._actions}
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                found |= {choice.help for choice in action._choices_actions}
    return {text for text in found if text and text != argparse.SUPPRESS}


def test_that_every_text_of_the_help_has_its_korean_and_none_is_left_over() -> None:
    assert texts() == set(SENTENCES["help"])


@pytest.mark.parametrize("parser", list(parsers(build_parser(KoreanParser))), ids=lambda parser: parser.prog)
def test_that_help_is_korean_and_keeps_within_the_terminal(
    parser: argparse.ArgumentParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = parser.format_help().splitlines()
    assert lines[0].startswith("사용법: stackwatch")
    assert [line for line in lines if columns_of(line) > 80] == []
    assert [line for line in lines if re.search(r"[a-z]+ [a-z]+ [a-z]+ [a-z]", line)] == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            "--lang ko explain",
            "stackwatch explain: 필요한 인수가 없음: SYMBOL. 사용법: stackwatch explain --help",
        ),
        ("--lang=ko --speed 5", "--speed는 다시보기에만 씀. --demo와 함께 써야 함"),
        ("--lang ko --size 3", "--size: '3': 1280x720 같은 가로x세로 픽셀 수가 필요함"),
        ("--lang ko --demo --speed 0", "--speed: '0': 0보다 크고 100,000 이하인 배속이 필요함"),
        ("--lang ko --quit-after x", "--quit-after: 'x': 0보다 크고 86,400 이하인 초가 필요함"),
        ("explain NVDA --lang ko --nosuch", "알 수 없는 인수: --nosuch"),
        ("--lang ko --theme dark doctor", "--theme: 창에만 씀. doctor에는 쓸 수 없음"),
        ("--lang ko export alerts x.csv --on 2025-01-01", "--on: export briefing에만 씀"),
        ("--lang ko --demo doctor", "--demo: 창, watch, export briefing에만 씀. doctor에는 쓸 수 없음"),
        ("--lang ko --theme pink", "--theme: 'pink': dark, light 가운데 하나여야 함"),
        ("--lang ko --watchlist", "--watchlist: 값이 하나 필요함"),
        ("--lang ko --json=1 doctor", "알 수 없는 인수: --json=1"),
        ("--lang ko doctor --json=1", "--json: 값을 받지 않음('1')"),
        ("--lang ko --s x", "--s: --speed, --self-check, --screenshot, --size 가운데 어느 것인지 알 수 없음"),
    ],
)
def test_that_wrong_usage_is_said_in_korean(
    capsys: pytest.CaptureFixture[str], arguments: str, says: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments.split())
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert HANGUL.search(said)
