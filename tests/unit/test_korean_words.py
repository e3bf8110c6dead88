"""Rules that every Korean text keeps: no particle that a value could make wrong, one term for one thing."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from installer.translations import translated
from tests.support.phrasebook import SENTENCES

from stackwatch.app import load_world
from stackwatch.domain.rule import Condition, Direction, RuleKind
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.rule_names import plain_words
from stackwatch.domain.words.wording import source_word
from stackwatch.storage.locations import user_folders

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "desktop" / "stackwatch"
MANUALS = tuple(sorted((ROOT / "docs").glob("*.ko.md")))
HANGUL = re.compile("[가-힣]")
# Particles that depend on the last letter before them, after a value: {name}, also quoted.
PARTICLE = re.compile(
    r"\{[^{}]*\}[’”'\"`)]*(?:"
    r"(?:은|는|이|가|을|를|과|와|로|으로|\(으\)로|아|야)(?![가-힣])"
    r"|이?(?:며|고|나|라|란|면|든)(?![가-힣])|이?라(?:고|는)|이?어야|여야|(?:으)?로(?:부터|서|써))"
)
OTHER_TERMS = {
    "헤드라인": "기사, 기사 제목",
    "알림창": "팝업",
    "발동": "발생, 울림",
    "액면분할": "주식분할",
    "비상장사": "비상장 기업",
    "비상장 회사": "비상장 기업",
    "거래정지": "거래 정지",
    "관심목록": "관심 목록",
    "수정 주가": "수정주가",
    "시장 조정": "시장 제외",
    "다시 하기": "다시 실행",
    "이 날의": "이날의",
    "제공처": "출처",
    "규칙 대기": "규칙 판단 멈춤",
    "동종": "같은 분야",
    "원인 불명": "설명되지 않음",
    "뉴스와 연결": "소식과 연결",
    "좋은 소식": "긍정적 소식",
    "나쁜 소식": "부정적 소식",
    "일시 중지": "중지, 일시 정지(다시보기)",
    "휴장": "장 마감",
    "자료 폴더": "데이터 폴더",
    "모르는": "등록되지 않은, 알 수 없는, 출처에 없는",
    "로 된 글": "텍스트",
    "쓸 수 있는 가격": "유효한 가격",
    "Ctrl K": "Ctrl+K",
    "가격이 오지": "시세 수신 없음",
}


def templates() -> Iterator[str]:
    """Give every Korean sentence into which values are put."""
    yield from translated(Language.KOREAN).values()
    for pairs in SENTENCES.values():
        yield from pairs.values()
    for path in sorted(PROGRAM.rglob("*.py")):
        yield from _formatted(ast.parse(path.read_text(encoding="utf-8")))


def _formatted(tree: ast.AST) -> Iterator[str]:
    """Give every f-string with Korean in it as a template."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
            if HANGUL.search(words):
                yield words


@cache
def spoken() -> tuple[tuple[str, str], ...]:
    """Return every Korean text of the program and its manuals, with where it stands."""
    return tuple(_spoken())


def _spoken() -> Iterator[tuple[str, str]]:
    yield from (("stackwatch_ko.ts", words) for words in translated(Language.KOREAN).values())
    yield from (("sentences_ko.toml", words) for pairs in SENTENCES.values() for words in pairs.values())
    for room in ("commands", "domain", "ui"):
        for path in sorted((PROGRAM / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and HANGUL.search(node.value)
                ):
                    yield path.name, node.value
    for path in MANUALS:
        yield from ((path.name, line) for line in path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "wrong",
    ["{}이 오름", "{name}은", "{0}”을", "`{0}`은", "{0}으로", "{}이어야", "{}이며", "{}이라고", "{}로부터"],
)
def test_that_a_particle_of_two_forms_behind_a_value_is_noticed(wrong: str) -> None:
    assert PARTICLE.search(wrong)  # NVDA가, S&P 500은, 005930.KS는, AMD로: none fits all


@pytest.mark.parametrize(
    "right", ["{}에", "{}의", "{}도", "{}부터", "{}까지", "{}만", "{}가지", "{}이후", "{}: 없음"]
)
def test_that_a_particle_of_one_form_is_let_through(right: str) -> None:
    assert PARTICLE.search(right) is None


def test_that_no_particle_after_a_value_depends_on_its_last_letter() -> None:
    assert [words for words in templates() if PARTICLE.search(words)] == []


@pytest.mark.parametrize("other", sorted(OTHER_TERMS))
def test_that_one_thing_has_one_term(other: str) -> None:
    found = [(where, words) for where, words in spoken() if other in words]
    assert found == [], f"say {OTHER_TERMS[other]}"


def test_that_a_percent_sign_stands_at_its_figure() -> None:
    apart = re.compile(r"[\d}] %")  # a figure by itself has a hair of space, which is another letter
    assert [words for words in templates() if HANGUL.search(words) and apart.search(words)] == []
    assert [words for where, words in spoken() if where.endswith(".md") and apart.search(words)] == []


def test_that_the_particles_of_sar_follow_how_it_is_read() -> None:
    wrong = re.compile(r"SAR\**(?:는|가|를|와|로)(?![가-힣])")  # 에스에이알
    assert [(where, words) for where, words in spoken() if wrong.search(words)] == []


@pytest.mark.parametrize("path", MANUALS, ids=lambda path: path.name)
def test_that_a_manual_names_buttons_and_words_as_the_program_does(path: Path) -> None:
    said = "\n".join(words for where, words in spoken() if not where.endswith(".md"))
    text = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = re.findall(r"(?<![*\\])\*([^*]+)\*(?!\*)", text)
    parts = [part.strip(" :") for name in named for part in re.split(r"…|[“”]|\d+", " ".join(name.split()))]
    unknown = [part for part in parts if HANGUL.search(part) and part not in said]
    assert unknown == []


def test_that_a_price_is_crossed_in_the_order_of_korean() -> None:
    rule = Condition(kind=RuleKind.PRICE_LEVEL, direction=Direction.UP, threshold=170.0)
    assert plain_words(rule, "USD", Language.KOREAN) == "170.00 상향 돌파"
    layer = replace(rule, kind=RuleKind.LAYER_MOVE, threshold=2.5, direction=Direction.EITHER)
    assert plain_words(layer, "USD", Language.KOREAN) == "분야 전체 등락 \u00b12.5 SAR 밖"
    assert plain_words(rule, "USD", Language.ENGLISH) == "Price crosses up through 170.00"
    low = Condition(kind=RuleKind.YEAR_EXTREME, direction=Direction.DOWN, threshold=1.0)
    assert plain_words(low, "USD", Language.ENGLISH) == "52 weeks, new low by 1.0\u202f%"
    assert plain_words(replace(low, threshold=0.0), "USD", Language.KOREAN) == "52주 최저가"
    assert plain_words(replace(rule, threshold=0.0000312), "USD", Language.KOREAN) == "0.0000312 상향 돌파"


def test_that_a_price_names_the_place_before_the_time() -> None:
    places = {
        source: words for (context, source), words in translated(Language.KOREAN).items() if context == "Hero"
    }
    assert places["at close {0} {1}"].format("16:00", "뉴욕") == "종가 뉴욕 16:00"
    assert places["halted since {0} {1}"].format("10:31", "뉴욕") == "뉴욕 10:31부터 거래 정지"


def test_that_every_shipped_link_says_in_korean_why_it_is_there() -> None:
    links = load_world(user_folders(Path("nowhere"))).ecosystem.shipped_links
    assert len(links) > 100
    assert [link.why for link in links if not HANGUL.search(link.reason(Language.KOREAN))] == []


def test_that_sources_of_links_that_are_words_or_korean_papers_are_told_in_korean() -> None:
    links = load_world(user_folders(Path("nowhere"))).ecosystem.shipped_links
    english = re.compile(
        r"announcement|statement|press|blog|filing|S-1$|estimate|calls|remarks|list$|company|inference"
        r"|Yonhap|Dong-A|Segye|News|Biz|Business|Korea"
    )
    told = {source_word(link.publisher, Language.KOREAN) for link in links}
    assert [source for source in told if english.search(source) and not HANGUL.search(source)] == []
