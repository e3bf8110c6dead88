"""English and Korean reports of one fact: which say the same, and which of them is quoted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.support.rig import reader_of
from tests.ui import detail_scene as scene

from stackwatch.commands.explain import _story_lines
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Headline, Story, StoryTheme
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.same_report import amounts, first_told, quoted, say_same
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.locations import shipped

NOON = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
READER = reader_of(load_ecosystem(shipped("watchlists")))
SLOW = "SoftBank and OpenAI\u2019s $500bn Stargate is slow to start"
SLOW_KO = "소프트뱅크·오픈AI 5천억 달러 \u2018스타게이트\u2019 출발 더뎌"


def told(title: str, hours: float = 0.0) -> Story:
    """Return the story of a title, as the program reads it."""
    published = NOON + timedelta(hours=hours)
    lead = Headline(
        id=title,
        title=title,
        publisher="Reuters",
        url="https://example.com",
        published=published,
        received=published,
        source="fake",
    )
    return Story(
        id=title,
        lead=lead,
        reading=READER.read(title),
        copies=1,
        publishers=("Reuters",),
        last_published=published,
    )


def match(title: str, hours: float = 0.0, **more: object) -> StoryMatch:
    story = told(title, hours)
    made = replace(scene.match(story), path=(story.reading.primary or "", "NVDA"))
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        (SLOW, SLOW_KO),
        ("OpenAI raises $40 billion in new funding", "오픈AI, 400억 달러 투자 유치"),
        ("Samsung Electronics profit jumps 30% in third quarter", "삼성전자 3분기 영업이익 30% 증가"),
        ("SK Hynix and Nvidia sign HBM4 supply deal", "SK하이닉스, 엔비디아와 HBM4 공급 계약"),
        (
            "Oracle and OpenAI drop Abilene data center expansion",
            "오라클·오픈AI, 애빌린 데이터센터 증설 철회",
        ),
    ],
)
def test_that_two_reports_of_one_fact_say_the_same_in_both_languages(english: str, korean: str) -> None:
    assert say_same(told(english), told(korean, 3.0))
    assert not say_same(told(english), told(korean, 13.0)), "half a day later it may be another one"


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("OpenAI raises $40 billion in new funding", "오픈AI, 66억 달러 투자 유치"),  # another sum
        ("OpenAI raises new funding", "오픈AI, 투자 유치"),  # one name and no sum: anything
        ("SK Hynix and Nvidia sign HBM4 supply deal", "SK하이닉스, 엔비디아와 HBM4 공급 계약 해지"),
        ("Micron wins $10 billion memory order from Microsoft", "마이크론 실적 발표, 매출 100억 달러"),
        ("L\u2019Oréal and Nvidia expand partnership", "엔비디아, 우버와 제휴 확대"),
    ],
)
def test_that_what_may_be_another_fact_is_not_said_to_be_the_same(english: str, korean: str) -> None:
    assert not say_same(told(english), told(korean))


def test_that_amounts_are_read_the_same_in_both_languages() -> None:
    assert amounts("$1.2tn plan") == amounts("1조2000억 달러 계획") == amounts("1.2조 달러")
    assert amounts("Stargate adds 4.5 GW") == amounts("스타게이트 4.5GW 추가")
    assert amounts("up 30 percent") == amounts("30% 증가")
    assert amounts("GPT-5 and B200 in 2026") == frozenset()


def test_that_the_report_in_the_users_language_is_quoted_whichever_came_first() -> None:
    english, korean = match(SLOW), match(SLOW_KO, 2.0)
    both = (english, korean)
    assert quoted(english, both, Language.KOREAN) is korean
    assert quoted(korean, both, Language.ENGLISH) is english
    assert quoted(english, both, Language.ENGLISH) is english
    nearer = match(SLOW_KO + ", WSJ", 1.0)
    assert quoted(english, (*both, nearer), Language.KOREAN) is nearer


def test_that_an_alert_is_of_whoever_told_it_first_in_either_language() -> None:
    english, korean = match(SLOW, coincidence=0.2), match(SLOW_KO, 0.3, coincidence=0.1)
    both = (korean, english)
    assert first_told(korean, both) == replace(english, coincidence=0.1)
    assert first_told(english, both) == english
    assert first_told(korean, (korean, match(SLOW, opposes=True))) == korean
    blog = match("OpenAI and SoftBank's Stargate venture slow to start, blog says", -1.0)
    assert say_same(english.story, blog.story)
    assert first_told(english, (english, blog)) == english, "in one language it is the best that counts"


def test_that_another_way_to_the_share_or_another_direction_is_not_quoted_for_it() -> None:
    english = match(SLOW)
    for other in (match(SLOW_KO, opposes=True), match(SLOW_KO, path=("openai", "NVDA"))):
        assert quoted(english, (english, other), Language.KOREAN) is english


def test_that_talk_about_a_price_is_quoted_as_it_is() -> None:
    one, other = told("Nvidia shares fall 3% on chip worries"), told("엔비디아 주가 3% 하락, 칩 우려")
    assert one.reading.theme is StoryTheme.PRICE_TALK
    assert not say_same(one, other)


def test_that_explain_tells_the_reason_in_the_readers_language_and_the_other_report_beside_it_once() -> None:
    korean, english = match(SLOW_KO, 0.3), match(SLOW)
    found = replace(scene.EXPLAINED, matches=(korean, english))
    for language, first, beside in ((Language.ENGLISH, SLOW, SLOW_KO), (Language.KOREAN, SLOW_KO, SLOW)):
        lines = _story_lines(found, scene.ecosystem(), language)
        assert first in lines[0]
        assert beside in lines[2]
        assert len(lines) == 3
