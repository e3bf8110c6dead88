"""The phrasebook: every sentence in it is found, by its own words, and said with its values."""

import re
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from tests.support.phrasebook import SENTENCES

from stackwatch.commands.korean_lines import in_language
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.phrasebook import Phrasebook, korean
from stackwatch.domain.words.wording import reason_words

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [
    pytest.param(table, *pair, id=f"{table}: {pair[0]}")
    for table in SENTENCES
    for pair in SENTENCES[table].items()
]
SLOT = re.compile(r"\{(\w+)\}")
VALUES = {
    "n": ("901", "17", "1,234", "5", "63"),
    "word": ("NVDA", "--on", "2025-07-22", "0.5", "XKRX", "09:00"),
    "name": ("삼성전자", "'a b'", "/mnt/my files/a.csv", "x, y"),
    "reason": ("full", "odd"),
    "_": ("something",),
}
BROKEN = "/a b/{}.toml: line 3: larger than 7 bytes; expected a list of names. {}; your file was not touched."
KEPT = "/a b/{}.toml: 3번째 줄: 7바이트보다 큽니다. 종목 목록이어야 합니다. {}, 파일은 그대로 두었습니다."


def values(english: str) -> dict[str, str]:
    """Return a value for every slot of a sentence, each another one."""
    made = {}
    for slot in SLOT.findall(english):
        kind, number = slot.rstrip("23456789"), int(slot[-1]) if slot[-1].isdigit() else 1
        if kind != "s":
            made[slot] = VALUES[kind][number - 1]
    return made


def spelled(english: str) -> list[str]:
    """Return a sentence with every plural or singular of it."""
    parts = english.split("{s}")
    endings = product(("", "s"), repeat=len(parts) - 1)
    return ["".join(part + end for part, end in zip(parts, (*each, ""), strict=True)) for each in endings]


def said(table: str, english: str) -> str | None:
    """Say a sentence as it is said: with a place before it, with what follows behind it, or by a command."""
    match table:
        case "place":
            return korean().sentence(f"{english}: an empty cell")
        case "after":
            return korean().sentence(f"an empty cell. {english}.")
        case "reason" | "fault":
            return korean().sentence(english)
    return korean().line(english)


@pytest.mark.parametrize(("table", "english", "words"), PAIRS)
def test_that_every_sentence_is_found_and_said_with_its_values(table: str, english: str, words: str) -> None:
    if table == "place" and english.startswith("at "):  # it stands behind what it is about
        assert korean().sentence(f"an empty cell - {english.format(name='`x`')}") == "빈 칸 (위치 `x`)"
        return
    told = words.format(**values(english))
    told = {"place": f"{told}: 빈 칸", "after": f"빈 칸. {told}."}.get(table, told)
    assert {said(table, each.format(**values(english))) for each in spelled(english)} == {told}


def test_that_no_sentence_stands_in_the_book_twice() -> None:
    for tables in (("help", "word"), ("reason", "fault"), ("command",), ("after",), ("place",)):
        found = Counter(
            SLOT.sub("{}", each)
            for table in tables
            for english in SENTENCES[table]
            for each in spelled(english)
        )
        assert [english for english, times in found.items() if times > 1] == []


@pytest.mark.parametrize(
    ("english", "words"),
    [
        ("no {name}", "없음"),
        ("none", "{name} 없음"),
        ("no {n} here", "{word} 없음"),
        ("no {symbol}", "{symbol} 없음"),
        ("{name}: {reason}", "{name}: {reason}"),
    ],
)
def test_that_a_pair_which_can_never_be_said_is_refused(english: str, words: str) -> None:
    tables: dict[str, dict[str, str]] = {table: {} for table in SENTENCES}
    tables["fault"][english] = words
    with pytest.raises(ValueError, match=re.escape(repr(english))):
        Phrasebook(tables)


def test_that_no_full_stop_ends_what_is_said_without_one() -> None:
    assert [
        each for table in ("reason", "fault", "after") for each in SENTENCES[table] if each.endswith(".")
    ] == []


def test_that_nothing_is_read_for_a_reader_of_english() -> None:
    korean.cache_clear()
    assert reason_words("quiet hours", Language.ENGLISH) == in_language("quiet hours", None) == "quiet hours"
    assert korean.cache_info().misses == 0
    assert reason_words("quiet hours", Language.KOREAN) == "방해 금지 시간"
    assert reason_words("halted", Language.KOREAN) == "거래 정지"
    assert korean.cache_info().misses == 1


def test_that_the_frozen_program_holds_the_book() -> None:
    recipe = (ROOT / "installer" / "stackwatch.spec").read_text("utf-8")
    assert '"domain" / "words" / "sentences_ko.toml"), "stackwatch/domain/words")' in recipe


@pytest.mark.parametrize(
    ("english", "words"),
    {
        "/a.toml: benchmark X is not a known instrument; expected a symbol of instruments.toml": (
            "/a.toml: 등록되지 않은 비교 지수 X. instruments.toml에 있는 종목이어야 합니다"
        ),
        "Invalid enum value 'x'; expected one of a, b - at `kind`. The link was not changed.": (
            "쓸 수 없는 값 'x': a, b 중 하나여야 합니다 (위치 `kind`). 연결은 바꾸지 않았습니다."
        ),
        "/a; b/c.toml: cannot be read (chart: no connection)": (
            "/a; b/c.toml: 읽지 못했습니다(chart: 연결 없음)"
        ),
        "line 2: rule x: about 'a; b' is not known": "2번째 줄: 규칙 x: 등록되지 않은 대상 'a; b'",
        "/a: b.toml: line 3: an empty cell": "/a: b.toml: 3번째 줄: 빈 칸",
        "x.toml: odd. The rules in force stay; your file was not touched.": (
            "x.toml: odd. 지금 쓰는 규칙을 그대로 쓰며, 파일은 그대로 두었습니다."
        ),
    }.items(),
)
def test_that_a_sentence_is_divided_where_its_parts_are(english: str, words: str) -> None:
    assert korean().sentence(english) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    {
        (BROKEN.format("a", "The shipped rules are used"), BROKEN.format("b", "This list is left out")): (
            f"{KEPT.format('a', '기본 규칙을 쓰며')}; {KEPT.format('b', '이 목록은 빼고 시작하며')}"
        ),
        (
            "Invalid enum value 'x'; expected one of a - at `kind`. The link was not changed.",
            "Invalid enum value 'y'; expected one of b - at `kind`. The link was not changed.",
        ): (
            "쓸 수 없는 값 'x': a 중 하나여야 합니다 (위치 `kind`). 연결은 바꾸지 않았습니다.; "
            "쓸 수 없는 값 'y': b 중 하나여야 합니다 (위치 `kind`). 연결은 바꾸지 않았습니다."
        ),
        (
            "2 of 91 names have no price",
            "^KS11 since 2026-01-05: halted",
            "A, no price so far: no currency",
        ): ("종목 91개 중 2개에 가격이 없음; ^KS11 2026-01-05부터 거래 정지; A 받은 가격이 없음: 통화 없음"),
        ("quote: answered 429 Too Many Requests, asks to wait 60 s", "cnbc: no connection"): (
            "quote: 429 Too Many Requests 응답, 60초 대기 요청; cnbc: 연결 없음"
        ),
        (
            "/a.csv: line 2: Open 'x'; expected a number above zero, such as 1.5",
            "High '0'; expected a price from 0.1 to 9",
            "Volume ''; expected a whole number of zero or more",
            "left out",
        ): (
            "/a.csv: 2번째 줄: Open 'x': 0보다 큰 수가 필요함. 예: 1.5; "
            "High '0': 0.1부터 9까지의 가격이 필요함; 거래량 '': 0 이상의 정수가 필요함. 제외함"
        ),
        ("chart: no history of ^KS11 in the answer",): "chart: 응답에 코스피 이력 없음",
        ("stopped", "the moon is blue"): "멈춤; the moon is blue",
        ("'a", "b' means C, D", "expected one of these symbols"): "'a; b': C, D 가운데 하나로 적어야 함",
    }.items(),
)
def test_that_what_is_said_at_once_is_said_part_by_part(parts: tuple[str, ...], words: str) -> None:
    assert in_language("; ".join(parts), Language.KOREAN) == words


@pytest.mark.parametrize(
    "much", ["cannot be read (" * 3_000, "line 3: " * 3_000, "a; " * 3_000, "x. " * 3_000]
)
def test_that_a_sentence_without_end_stays_as_it_is(much: str) -> None:
    for told in (reason_words(much, Language.KOREAN), in_language(much, Language.KOREAN)):
        assert told == much
