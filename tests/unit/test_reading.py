import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackwatch.analysis.names.linker import MAX_TITLE, Linker
from stackwatch.analysis.titles.lexicon import Lexicon
from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.words.word_lists import WordLists, lower
from stackwatch.domain.news import StoryTheme


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia wins record order", 1),
        ("Nvidia falls after export ban", -1),
        ("Intel reports narrower loss as costs fall", 1),
        ("Oracle's falling losses", 1),
        ("Rising costs at Dell", -1),
        ("Loss widens at CoreWeave", -1),
        ("Inventories decline at Micron", 1),
        ("OpenAI denies Stargate is slow", 1),
        ("Amazon will not cut spending", 1),
        ("No delay at Vertiv", 1),
        ("Nvidia has not won the order", -1),
        ("Microsoft hires two dozen from DeepMind", 1),
        ("Not a win for Oracle", -1),
        ("Losses did not narrow at Intel", -1),
        ("SK하이닉스 수주 호실적", 1),
        ("삼성전자 반도체 적자 축소", 1),
        ("비용 증가에 네이버 부진", -1),
        ("삼성전자, 공급 차질 부인", 1),
        ("소프트뱅크 투자 우려 없다", 1),
        ("스타게이트 출발 더뎌", -1),
        ("", 0),
    ],
)
def test_that_tone_is_direction_times_object(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("OpenAI and Oracle add 4.5 GW to Stargate", StoryTheme.CAPACITY),
        ("US widens export controls on Nvidia chips", StoryTheme.REGULATION),
        ("Microsoft poaches researchers from DeepMind", StoryTheme.TALENT),
        ("Anthropic raises $13bn in funding round", StoryTheme.FUNDING),
        ("Micron posts record quarterly revenue", StoryTheme.EARNINGS),
        ("Why Nvidia stock is down today", StoryTheme.PRICE_TALK),
        ("Oracle Surges as Orders Grow", StoryTheme.PRICE_TALK),
        ("Oracle surges as orders grow", StoryTheme.PRICE_TALK),
        ("엔비디아 주가 급락", StoryTheme.PRICE_TALK),
        ("HD현대일렉트릭 공급 계약 수주", StoryTheme.CONTRACT),
        ("SK하이닉스 분기 영업이익 실적", StoryTheme.EARNINGS),
        ("Nvidia in brief", StoryTheme.OTHER),
        # whatever else a title names, the matter that comes first in the lexicon is what it is about
        ("Oracle sued over delayed data center deal", StoryTheme.LEGAL),
        ("Analyst cuts Micron price target after earnings", StoryTheme.RATING),
        ("Vertiv lifts outlook as data center orders grow", StoryTheme.EARNINGS),
        ("Meta loses AI executive to startup that raises $1bn", StoryTheme.TALENT),
        ("SK hynix sells out memory for data centers", StoryTheme.SUPPLY),
        ("Microsoft to buy power from new reactor", StoryTheme.CONTRACT),
        ("Nvidia CEO praises new data center in Ohio", StoryTheme.CAPACITY),
        ("Alphabet raises capex outlook to $85 billion", StoryTheme.CAPACITY),
        ("블룸에너지, 데이터센터에 연료전지 납품", StoryTheme.CONTRACT),
        ("삼성전자 전 임원 기술 유출 혐의 기소", StoryTheme.LEGAL),
        ("SK하이닉스 성과급 갈등에 파업 예고", StoryTheme.TALENT),
        # a circumstance is not what is told
        ("Dell rolls out racks ahead of its earnings", StoryTheme.PRODUCT),
        ("Meta to invest $9 billion in a Texas data center", StoryTheme.CAPACITY),
    ],
)
def test_what_a_title_is_about(reader: Reader, title: str, theme: StoryTheme) -> None:
    assert reader.read(title).theme is theme


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Micron reveals chip recall after court visit", StoryTheme.PRODUCT),
        ("Vertiv unveils a rack that workers can lift", StoryTheme.PRODUCT),
        ("Oracle plants and workers", StoryTheme.TALENT),
        ("Marvell has room to run, Morgan Stanley says", StoryTheme.RATING),
        ("Microsoft needs fewer data centers, TD Cowen says", StoryTheme.CAPACITY),
        ("두산에너빌리티, 화재 잡는 설비 출시", StoryTheme.PRODUCT),
        ("두산에너빌리티 화재", StoryTheme.SUPPLY),
        ("한화투자증권 “네이버에 주목”", StoryTheme.RATING),
        ("한화투자증권 “네이버 데이터센터에 주목”", StoryTheme.CAPACITY),
    ],
)
def test_that_what_is_done_goes_before_the_things_it_is_done_to_and_a_broker_is_last(
    reader: Reader, title: str, theme: StoryTheme
) -> None:
    assert reader.read(title).theme is theme


def test_that_a_thing_that_a_name_is_made_of_tells_no_theme(reader: Reader) -> None:
    assert reader.read("Advanced Micro Devices in brief").theme is StoryTheme.OTHER
    assert reader.read("AMD devices in brief").theme is StoryTheme.PRODUCT


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Nvidia signs supply deal", True),
        ("Micron stock jumps. It's planning a new plant.", True),
        ("Micron stock jumps. Dell is planning a new plant.", False),
        ("Nvidia beats estimates but shares fall", True),
        ("[특징주] 전력기기 강세…효성중공업 공장 증설", False),
        ("전력기기 강세…효성중공업 공장 증설", True),
        ("삼성전자 주가, 계약 소식에 21만원", False),
        ("맥쿼리, 삼성전자 주가 34만원 상향", True),
        ("삼성전자 주가 조작 혐의 기소", True),
        ("Why Nvidia stock is down today", False),
        ("3 reasons to like Nvidia", False),
        ("Should you buy Nvidia", False),
        ("Rain in Seoul", False),
        ("엔비디아 주가 하락", False),
        ("Nvidia Slips as Export Rules Loom", False),
        ("Broadcom (AVGO) rises on deal with OpenAI", False),
        ("Chip Stocks Rebound; Nvidia Signs Supply Deal", True),
        ("Some stock slips, Micron plans new plant", True),
        ("Dell delays annual report, shares dive", True),
        ("Micron plans new plant. The Stock Falls.", True),
        ("Nvidia slips, Dell stock jumps after supply deal", False),
        ("Stock market today: Micron plans new plant", False),
        ("SK하이닉스, 4%대 급락…반도체 공장 증설", False),
        ("삼성전자 공장 증설…주가 3% 급등", True),
        ("Dell shares trading sharply higher after supply deal", False),
        ("Nvidia falls short of supply deal", True),
        ("두산에너빌리티, 계약 논란에 이틀째 급락", False),
        ("카카오, 오픈AI 계약으로 반등 노려", True),
        ("How Nvidia signs supply deals", False),
        ("Here\u2019s why Nvidia signs supply deals", False),
    ],
)
def test_that_price_talk_and_evergreens_report_nothing_new(
    reader: Reader, title: str, *, event: bool
) -> None:
    assert reader.read(title).event is event


def words(**lists: tuple[str, ...]) -> WordLists[str]:
    return WordLists(lists)


def test_that_a_word_stands_alone_and_a_star_is_the_rest_of_a_word() -> None:
    lists = words(a=("win", "cut*", "why * stock"))
    assert lists.find("winter wins") == {}
    assert lists.find("a win, cutting") == {"a": [(2, 5), (7, 14)]}
    assert lists.find("why nvidia stock") == {"a": [(0, 16)]}
    assert lists.find("why a b stock") == {}
    assert lists.find("uncut") == {}
    assert lists.find("win은 deal") == {"a": [(0, 3)]}


def test_that_the_longest_of_overlapping_words_counts_once() -> None:
    assert words(a=("supply", "supply deal", "deal")).find("supply deal") == {"a": [(0, 11)]}


def test_that_empty_lists_find_nothing() -> None:
    empty = Lexicon(
        good=(),
        bad=(),
        negation=(),
        rising=(),
        falling=(),
        bad_object=(),
        threat=(),
        despite=(),
        neutral=(),
        themes={},
        price_talk=(),
        evergreen=(),
    )
    found = Reader(Linker(()), empty).read("Nvidia falls")
    assert (found.tone, found.theme, found.mentions) == (0, StoryTheme.OTHER, ())


@given(st.text(max_size=40))
def test_that_lower_case_keeps_every_offset(text: str) -> None:
    assert len(lower(text)) == len(text)


@settings(max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=8),
            st.sampled_from(["not", "falling", "loss", "우려", "부인", "win", "İ", "\ud800"]),
        ),
        max_size=10,
    )
)
def test_that_any_title_can_be_read(reader: Reader, parts: list[str]) -> None:
    assert reader.read(" ".join(parts)).tone in (-1, 0, 1)


def test_that_an_index_that_takes_a_share_in_is_news_and_no_price_talk(reader: Reader) -> None:
    joining = reader.read("Palantir to join the S&P 500")
    assert (joining.theme, joining.event, joining.tone) == (StoryTheme.RATING, True, 1)
    assert reader.read("Nvidia leads S&P 500 higher").theme is StoryTheme.PRICE_TALK


def test_that_who_bought_a_share_is_price_talk(reader: Reader) -> None:
    reading = reader.read("외국인, SK하이닉스 1조원 순매수")
    assert (reading.theme, reading.event) == (StoryTheme.PRICE_TALK, False)


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Dell sales chief departs after results disappoint", StoryTheme.TALENT),
        ("Dell forecasts higher revenue despite tariffs", StoryTheme.EARNINGS),
        ("Qualcomm unveils chip for data centers", StoryTheme.PRODUCT),
        ("Dell speaks on tariffs", StoryTheme.REGULATION),
    ],
)
def test_that_the_theme_is_that_of_what_is_told_not_of_its_reason(
    reader: Reader, title: str, theme: StoryTheme
) -> None:
    assert reader.read(title).theme is theme


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Dell unveils server as shares rally", StoryTheme.PRODUCT),
        ("Dell tops estimates; stock up in premarket", StoryTheme.EARNINGS),
        ("Dell shares rally as revenue grows", StoryTheme.PRICE_TALK),
        ("Premarket movers: Dell unveils server", StoryTheme.PRICE_TALK),
    ],
)
def test_that_news_before_a_word_on_the_share_is_news(reader: Reader, title: str, theme: StoryTheme) -> None:
    assert reader.read(title).theme is theme


@pytest.mark.parametrize(
    "title",
    [
        "Sure, Nvidia Stock Is Stuck. But Don't Ignore Its Huge Cash Returns.",
        "Tesla Stock Eked Out Small Gain. Why It No Longer Gets a Boost From Higher Oil Prices.",
        "Nvidia Stock Faces Broadcom Threat. Why Micron's a Winner Either Way.",
    ],
)
def test_that_what_is_said_of_a_share_is_no_news_of_the_company(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert (reading.theme, reading.event) == (StoryTheme.PRICE_TALK, False)


@pytest.mark.parametrize(
    "title",
    ["Alibaba shares could be delisted from New York", "Super Micro stock may be suspended"],
)
def test_that_what_is_done_with_shares_is_news(reader: Reader, title: str) -> None:
    assert reader.read(title).theme is not StoryTheme.PRICE_TALK


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("Is Micron Getting Toppy? These Funds Cut Their Stakes", False),
        ("AMD wins order from Meta. Will it deliver? Analysts are split.", True),
    ],
)
def test_that_a_title_that_begins_with_a_question_reports_nothing(
    reader: Reader, title: str, *, event: bool
) -> None:
    assert reader.read(title).event is event


def test_that_who_is_blamed_or_thanked_is_whose_news_a_price_is_put_down_to(reader: Reader) -> None:
    assert reader.read("Corning Stock Is Falling. Blame Broadcom.").reason_of == "AVGO"
    assert reader.read("Dell shares are soaring. Thank Nvidia.").reason_of == "NVDA"


@pytest.mark.parametrize(
    "title",
    [
        "SK하이닉스, 엔비디아와 1조원 공급계약",
        "삼성전자, 반도체 공급 차질 부인",
        "[특징주] 삼성전자 급등",
        "Société rivale: Nvidia wins record order",
    ],
)
def test_that_a_title_in_single_letters_says_what_it_says_composed(reader: Reader, title: str) -> None:
    apart = unicodedata.normalize("NFD", title)
    assert apart != title
    composed, read = reader.read(title), reader.read(apart)
    assert replace(read, mentions=composed.mentions) == composed
    assert composed.tone
    assert [apart[each.start : each.end] for each in read.mentions] == [each.text for each in read.mentions]
    assert [each.entity_id for each in read.mentions] == [each.entity_id for each in composed.mentions]


def test_that_a_line_that_is_no_title_is_read_by_its_beginning(reader: Reader) -> None:
    """Whole it would take minutes: words that turn each other are looked for between all of them."""
    assert reader.read("don't buy Nvidia " * 2_000) == reader.read(("don't buy Nvidia " * 2_000)[:MAX_TITLE])
    assert reader.read_if_known("rain " * 1_000 + "Nvidia wins order") is None
