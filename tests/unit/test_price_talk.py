"""What a title about a price puts it down to."""

import pytest

from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.tone.price_talk import is_out_of_hours, told_size
from stackwatch.domain.news import StoryTheme


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Micron falls after guidance misses estimates", StoryTheme.EARNINGS),
        ("Oracle shares slide on fears over capital spending; analysts shrug", StoryTheme.CAPACITY),
        ("Intel stock jumps following upgrade at a broker", StoryTheme.RATING),
        ("Nvidia slips as export ban widens | Market talk", StoryTheme.REGULATION),
        ("Dell tumbles amid lawsuit, but bulls hold on", StoryTheme.LEGAL),
        ("Oracle stock falls on report of scrapped data center plans", StoryTheme.CAPACITY),
        ("네이버, 실적 부진에 급락 마감", StoryTheme.EARNINGS),
        ("두산에너빌리티, 수주 소식에 급등", StoryTheme.CONTRACT),
        ("미국 수출 규제에 SK하이닉스 급락", StoryTheme.REGULATION),
    ],
)
def test_that_a_title_about_a_price_says_what_it_is_put_down_to(
    reader: Reader, title: str, reason: StoryTheme
) -> None:
    found = reader.read(title)
    assert (found.theme, found.reason) == (StoryTheme.PRICE_TALK, reason)


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia shares fall",  # no reason at all
        "Nvidia falls on Tuesday",  # a day is none
        "Nvidia slips as earnings loom",  # what is only awaited has not happened
        "Oracle dips ahead of earnings",
        "Dell rises despite lawsuit",  # not for it
        "Micron falls 3%. Intel signs contract",  # another sentence
        "Oracle falls after OpenAI misses revenue target",  # somebody else's news
        "Bloom Energy is up 14% after a lawsuit was dropped: has the bull case changed?",  # it only asks
        "네이버 주가 급락",
        "Micron misses estimates",  # says nothing of a price
    ],
)
def test_that_no_reason_is_read_into_a_title(reader: Reader, title: str) -> None:
    assert reader.read(title).reason is None


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia Stock Climbs After Tesla Billionaire Buys $90 Million of It",
        "AMD shares rise as Microsoft engineer praises chip",
        "AMD shares fall after Nvidia rival launches chip",
    ],
)
def test_that_news_of_one_whom_a_name_only_describes_is_not_that_names(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert (reading.reason, reading.reason_of) == (None, None)


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("Oracle stock falls amid Stargate concerns", "stargate"),
        ("Credo shares jump 10% as Broadcom backs copper", "AVGO"),
        ("AMD and Broadcom stocks drop after Nvidia earnings. Here's why.", "NVDA"),
        ("Nvidia loses nearly $600 billion in market value as DeepSeek rattles Wall Street", "deepseek"),
        ("Broadcom gains $100 billion in market cap on OpenAI chip order", "openai"),
        ("DeepSeek shock: Nvidia loses record value as low-cost AI model raises doubts", "deepseek"),
        ("Stargate jitters: Oracle falls 5%", "stargate"),
        ("SK하이닉스·삼성전자, 마이크론 가격 인하 경고에 하락", "MU"),  # not one of the two by the other
        ("[특징주] 한미반도체, SK하이닉스 발주 취소에 급락", "000660.KS"),
        ("AMD falls after Nvidia analyst day", "NVDA"),
        ("AI fears: Nvidia and Oracle slide", None),  # nobody's news
        ("딥시크 충격, 저비용 AI 모델 의문에 엔비디아 시가총액 사상 최대 감소", "deepseek"),
        ("Nebius soars on deal with Meta", "META"),  # whose deal that is, is said
        ("Supermicro stock plunges after US charges co-founder with smuggling Nvidia chips", None),
        ("Palantir climbs as Nvidia slips", None),  # another's price
        ("AI stocks gain as investment goes on (AMD, NVDA)", None),  # names no reason
        ("Nvidia, AMD and Intel lead chip stocks lower amid war", None),
        ("Nvidia, Broadcom and servers end lower after Stargate report", "stargate"),
        ("Chip stocks sink after Stargate report; Nvidia leads losses", "stargate"),
        ("오라클, 오픈AI 우려에 3% 급락", "openai"),
        ("엔비디아 2.5% 급락, 오픈AI 난항 보도에", "openai"),
        ("엔비디아 2.5% 급락, 오픈AI 난항 보도", "openai"),
        ("스타게이트 우려에 엔비디아·브로드컴 동반 하락", "stargate"),
        ("외국인 매도에 삼성전자·SK하이닉스 나란히 약세", None),
        ("Oracle wins OpenAI contract", None),  # says nothing of a price
    ],
)
def test_that_a_title_about_a_price_says_whose_news_it_is_put_down_to(
    reader: Reader, title: str, whose: str | None
) -> None:
    assert reader.read(title).reason_of == whose


@pytest.mark.parametrize(
    ("title", "talk"),
    [
        ("Nvidia sheds almost $600 billion in market cap, biggest one-day loss in history", True),
        ("엔비디아 시총 864조 증발", True),
        ("SK하이닉스 시가총액 500조 돌파", True),
        ("Nvidia loses market share to AMD", False),
        ("Nvidia loses key executive to OpenAI", False),
        ("Nvidia adds value for customers with new software", False),
    ],
)
def test_that_what_the_market_values_a_company_at_is_a_price_and_no_event(
    reader: Reader, title: str, *, talk: bool
) -> None:
    found = reader.read(title)
    assert (found.theme is StoryTheme.PRICE_TALK, found.event) == (talk, not talk)


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("CoreWeave shares fall 4% after it misses profit estimates", 4.0),
        ("SanDisk Stock Soars Nearly 11.6% Today", 11.6),
        ("Marvell's report sends shares 16% higher", 16.0),
        ("Roku -5.1% after results", 5.1),
        ("Nvidia is up as much as 3% on sales that grew 73%", 3.0),
        ("SK하이닉스, 실적 부진에 5.2% 급락", 5.2),
        ("삼성전자 주가 3%대 하락 마감", 3.0),
        ("Nvidia falls after 73% jump in revenue", None),
        ("Is Sandisk still a buy after its 1,750% surge?", None),
        ("네이버, 영업이익 40% 감소에 급락", None),
        ("Nvidia slides even as profit jumps 30%", None),
        ("Nvidia falls 4% as sales rise 12%", 4.0),
        ("Nvidia shares, post-earnings, drop 5%", 5.0),
        ("Micron shares after earnings fall 5%", 5.0),
        ("마이크론, 매출 12% 상승에도 약세", None),
        ("마이크론, 7% 넘게 급락", 7.0),
        ("엔비디아 주가 3% 떨어져", 3.0),
        ("삼성전자 2.5% 오른 채 마감", 2.5),
    ],
)
def test_that_the_size_of_a_move_is_that_of_the_price(title: str, size: float | None) -> None:
    assert told_size(title.lower()) == size


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia falls 2% in extended-hours trading",
        "Micron rallies 8% premarket on guidance",
        "Intel jumps 5% in aftermarket trading",
        "엔비디아 개장 전 거래에서 2% 하락",
        "엔비디아 장전 거래서 2% 상승",
    ],
)
def test_that_talk_of_prices_out_of_hours_is_known(title: str) -> None:
    assert is_out_of_hours(title.lower())


@pytest.mark.parametrize(
    "title",
    [
        "LKQ falls as aftermarket parts sales slow",
        "엔비디아, 시장 전망 웃돌아 3% 상승",
        "엔비디아, 장 마감 후 실적 발표 앞두고 3% 하락",
    ],
)
def test_that_other_talk_is_not_of_prices_out_of_hours(title: str) -> None:
    assert not is_out_of_hours(title.lower())


@pytest.mark.parametrize(
    "title",
    [
        "엔비디아 시간외 급락",
        "엔비디아, 호실적에 시간외서 7% 급등",
        "엔비디아, 실적 실망에 시간외 거래서 3% 하락",
        "마이크론, 실적 실망에 애프터마켓서 4% 급락",
        "마이크론, 계약 상실에 개장 전 거래에서 4% 하락",
        "엔비디아, 시간외서 5%\u2191",
    ],
)
def test_that_a_korean_price_out_of_hours_is_no_event(reader: Reader, title: str) -> None:
    found = reader.read(title)
    assert (found.theme, found.event) == (StoryTheme.PRICE_TALK, False)


@pytest.mark.parametrize(
    ("title", "only_reason"),
    [
        ("Nvidia stock slips on report Meta may rent Google chips", {"META", "GOOGL"}),
        ("Corning Stock Is Falling. Blame Broadcom.", {"AVGO"}),
        ("메타·구글 칩 임차 소식에 엔비디아 급락", {"META", "GOOGL"}),
        ("AMD falls as Nvidia slips", set()),  # both fell
        ("Oracle falls after OpenAI report, Nvidia gains", {"openai"}),
        ("네이버, 실적 부진에 급락 마감", set()),
        ("한미반도체, SK하이닉스·마이크론 발주 취소에 급락", {"000660.KS", "MU"}),
        ("Stocks fall as Nvidia earnings disappoint", set()),
    ],
)
def test_whom_a_title_names_only_as_the_reason_of_anothers_price(
    reader: Reader, title: str, only_reason: set[str]
) -> None:
    assert set(reader.read(title).only_reasons) == only_reason
