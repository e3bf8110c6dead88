"""Constructions that titles of papers nobody had read before were misread for."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from stackwatch.analysis.names.linker import Linker
from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.words.english_verbs import verb_forms
from stackwatch.analysis.words.korean_verbs import is_verb
from stackwatch.analysis.words.korean_verbs import verb_forms as korean_forms
from stackwatch.analysis.words.word_lists import WordLists
from stackwatch.domain.news import Reading
from stackwatch.domain.watchlist import Alias
from stackwatch.storage.lexicon_file import load_lexicon

LEXICON = Path(__file__).resolve().parents[2] / "watchlists" / "lexicon.toml"


def tones(reading: Reading) -> dict[str, int]:
    return {entity: reading.tone_for(entity) for entity in reading.entities}


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("launch~", ("launches", "launched", "launching")),
        ("waive~", ("waives", "waived", "waiving")),
        ("rally~", ("rallies", "rallied", "rallying")),
        ("scrap~", ("scraps", "scrapped", "scrapping")),
        ("quit~quit", ("quits", "quit", "quitting")),
        ("develop~", ("develops", "developed", "developing")),
        ("roll~ out", ("rolls out", "rolled out", "rolling out")),
        ("lay~laid off", ("lays off", "laid off", "laying off")),
        ("open source~", ("open sources", "open sourced", "open sourcing")),
    ],
)
def test_that_an_english_verb_stands_for_its_forms(verb: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(verb) == forms
    lists = WordLists({"verb": (verb,)})
    assert all("verb" in lists.find(f"it {form} now") for form in forms)


def test_that_a_verb_may_have_a_word_of_any_kind_behind_it() -> None:
    lists = WordLists({"verb": ("topple~ * as",)})
    assert lists.find("anthropic topples openai as top app") == {"verb": [(10, 27)]}
    assert lists.find("openai toppled by anthropic as top app") == {}


def test_that_every_word_of_the_shipped_lists_is_found_where_it_stands() -> None:
    words = set(_texts(tomllib.loads(LEXICON.read_text("utf-8"))))
    lists = WordLists({word: (word,) for word in words})
    assert [word for word in words if word not in lists.find(_standing(word).lower())] == []


def _texts(part: object) -> Iterator[str]:
    """Yield the words of all lists, but for the symbols of who makes a ware."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        yield from (text for each in part for text in _texts(each))
    elif isinstance(part, dict):
        yield from (text for key, each in part.items() if key != "makers" for text in _texts(each))


def _standing(word: str) -> str:
    """Return a title with a word of a list: one of its forms, and one letter for what it leaves open."""
    if is_verb(word):
        word = next(iter(korean_forms(word)))
    elif "~" in word:
        word = verb_forms(word)[0]
    return word.removeprefix("^").replace("*", "x")


def test_that_the_base_form_of_a_verb_may_be_a_noun_and_is_not_found() -> None:
    assert WordLists({"verb": ("launch~",)}).find("the launch of a rocket") == {}


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Google signing power deal in Texas", 1),
        ("Google signed power deal in Texas", 1),
        ("Intel laying off 3,000 in Oregon", -1),
        ("Microsoft has not launched anything", -1),
    ],
)
def test_that_a_verb_counts_in_all_its_forms(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia solves the two-year-old rack cooling problem", 1),
        ("Meta defeats regulator's antitrust case", 1),
        ("Palantir ends its winning streak", -1),
        ("Oracle ends partnership with Nokia", -1),
        ("Job cuts at Meta fuel fears", -1),
        ("SpaceX scrubs night launch", -1),
    ],
)
def test_that_what_ends_is_good_or_bad_by_what_it_was(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Apple's overhaul has not advanced as quickly as it had hoped", -1),
        ("Intel's new nodes aren't as profitable as planned", -1),
        ("Oracle sales grow as planned", 1),
    ],
)
def test_that_less_than_hoped_is_bad_whatever_it_was(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Apple sues OpenAI for stealing secrets", {"AAPL": 0, "openai": -1}),
        ("Microsoft sues hackers after breach of customer mail", {"MSFT": 0}),
        ("Nvidia accuses ex-engineer of theft, wins injunction", {"NVDA": 1}),
        ("Apple blames memory costs for weak outlook", {"AAPL": -1}),
    ],
)
def test_that_a_charge_is_the_news_of_whom_it_is_brought_against(
    reader: Reader, title: str, expected: dict[str, int]
) -> None:
    assert tones(reader.read(title)) == expected


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Change the feed or risk heavy fines, Brussels tells Meta", -1),
        ("Prosecutor lacks evidence for Nvidia 'fraud' claim", 1),
        ("Intel engineers jump ship to rival AMD", -1),
        ("Anduril, Microsoft partner to help soldiers", 1),
        ("Micron unlikely to be affected by quake", 0),
        ("Meta spends on a promising drug", 1),
        ("Meta runs ads promising to cure all", 0),
    ],
)
def test_that_what_stands_around_a_word_tells_what_it_means(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("네이버, 보이스피싱 범죄 막는 통화 기능 시험", 1),
        ("美, 엔비디아 칩 수출 막는다", -1),
        ("SK하이닉스, 화재 예방 설비 점검", 1),
        ("SK하이닉스, 나스닥 상장 추진 보도에 \u201c결정된 바 없다\u201d", 0),
        ("마이크론, 2공장 증설설에 '확정된 사항 없어'", 0),
        ("테슬라 앞지른 中 전기차, 유럽 판매 1위", -1),
        ("엔비디아를 제친 브로드컴", -1),
        ("두 번 접는 폰 수출하는 애플", 1),
    ],
)
def test_that_korean_constructions_are_read(reader: Reader, title: str, tone: int) -> None:
    reading = reader.read(title)
    first = reading.mentions[0].entity_id
    assert reading.tone_for(first) == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia rally fizzles", -1),
        ("Nvidia slide deepens", -1),
        ("Nvidia rallies after results", 1),
        ("Microsoft deal with OpenAI collapses", -1),
        ("Nvidia lays fears to rest", 1),
        ("Nvidia quells bubble fears", 1),
        ("Nvidia forecast revives bubble fears", -1),
        ("Nvidia forecast revives growth", 1),
        ("Apple faces smaller tariff hit than feared", 1),
        ("Ackman takes $2.1 billion Microsoft stake", 1),
        ("Ark cuts Tesla position", -1),
        ("Rate cut lifts Nvidia stock", 1),
        ("Tax cut boosts Apple", 1),
        ("Strong dollar hurts Apple, analysts say", -1),
        ("Job cuts boost Meta shares", 1),
        ("Record sales hit Tesla stock", -1),
        ("Rate cut hits Meta stock target", -1),
    ],
)
def test_that_what_a_price_a_fear_or_a_stake_did_is_told_by_its_verb(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("역대 최대 매출 낸 네이버 [정지은의 산업노트]", 1),  # 정지 (stop) in a reporter's name
        ("홍콩선 SK하이닉스 1.5배 레버리지 나온다", 0),
        ("SK하이닉스 영업이익 5배 증가", 1),
        ("기술 격차 있지만 무섭게 성장…'삼성전자' 위협하는 창신메모리", -1),
        ("삼성전자 팔고 비중 늘렸다", -1),
        ("국민연금, 마이크론 담았다", 1),
        ("HD현대일렉트릭, 국내 최초로 친환경 고압차단기 개발", 1),  # 차단 (block) in a breaker
    ],
)
def test_that_a_korean_column_a_figure_or_a_longer_word_says_nothing_of_itself(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia asks SK hynix to speed up HBM4 supply",
        "EU closes in on Google fine",
        "Trump moves ahead with chip tariffs on Samsung",
        "US drafts rules for Nvidia exports",
        "Microsoft CEO says SaaS is dead",
        "Microsoft's underwater data center project",
        "Samsung wage talks held over weekend",
        "Wall Street is getting this wrong about Micron",
        "Nvidia stock shrugs off blowout earnings",
    ],
)
def test_that_words_with_several_meanings_say_nothing_alone(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert [reading.tone_for(name) for name in {m.entity_id for m in reading.mentions}].count(0)
    assert reading.tone == 0


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("OpenAI to design own chips with Broadcom", 1),
        ("Intel turnaround plan hits snag", -1),
        ("Tesla on track to miss delivery goal", -1),
        ("No end to Nvidia selloff", -1),
        ("Apple AI helps beat driver fatigue", 1),
        ("Micron is the AI stock offering the most upside", 1),
        ("Micron announces $5 billion stock offering", -1),
        ("Judge rules for Apple", 1),
        ("Nvidia shrugs off tariff fears", 1),
        ("Bears are losing the battle over Oracle, which soars", 1),
        ("Apple is losing the AI race", -1),
    ],
)
def test_that_a_phrase_is_read_with_what_it_is_about(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Ark adds $10 million of Palantir stock", 1),
        ("Fund raises its stake in Nvidia", 1),
        ("Berkshire cuts Apple stake by half", -1),
        ("Report adds to worries on Nvidia stock", -1),
        ("Analyst raises concerns about Nvidia stock", -1),
        ("China takes Nvidia stock lower", -1),
    ],
)
def test_that_a_verb_of_trade_has_a_number_of_shares_behind_it(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("삼성전자 추격매수 괜찮을까", 0),
        ("SK하이닉스 겨냥한 레버리지 ETF 출시", 0),
        ("삼성전자 던진 승부수", 0),
        ("엔비디아 담은 ETF 급락", -1),
        ("삼성전자 팔았더니 급등", 1),
        ("마이크론 샀다가 낭패", -1),
        ("엔비디아 추격 나선 AMD", 1),
        ("외국인, 삼성전자 팔고 SK하이닉스 샀다", -1),
    ],
)
def test_that_korean_words_of_trade_and_of_a_race_are_read_with_what_follows(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


def test_that_what_is_done_to_a_name_of_several_is_done_to_each(watchlists: Path) -> None:
    names = (
        Alias(text="Wintel", entity_id="MSFT", also=("INTC",)),
        Alias(text="Apple", entity_id="AAPL"),
    )
    reader = Reader(Linker(names), load_lexicon(watchlists / "lexicon.toml"))
    reading = reader.read("Apple relies on Wintel")
    assert {name: reading.tone_for(name) for name in ("MSFT", "INTC")} == {"MSFT": 1, "INTC": 1}
