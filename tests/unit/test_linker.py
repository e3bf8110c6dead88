import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackwatch.analysis.names.linker import MAX_TITLE, Linker
from stackwatch.domain.watchlist import Alias, AliasPolicy

SMALL = Linker(
    (
        Alias(text="Nvidia", entity_id="NVDA"),
        Alias(text="엔비디아", entity_id="NVDA"),
        Alias(text="SK hynix", entity_id="000660.KS"),
        Alias(text="SK hynix ADR", entity_id="SKHY"),
        Alias(text="AMD", entity_id="AMD"),
        Alias(text="한미반도체", entity_id="042700.KS"),
        Alias(text="오픈AI", entity_id="openai"),
        Alias(text="삼전닉스", entity_id="005930.KS", also=("000660.KS",)),
        Alias(text="Intel", entity_id="INTC"),
        Alias(text="Intel report", entity_id="", policy=AliasPolicy.BLOCK),
        Alias(text="카카오", entity_id="035720.KS"),
        Alias(text="카카오톡", entity_id="", policy=AliasPolicy.BLOCK),
        Alias(text="Grok", entity_id="xai", policy=AliasPolicy.CONTEXT, context=("AI", "chatbot", "X ")),
        Alias(text="Arm", entity_id="ARM", policy=AliasPolicy.CONTEXT, context=("chip", "licens")),
        Alias(text="Schön", entity_id="SCHN"),
        Alias(text="ON", entity_id="ON", policy=AliasPolicy.MARKED),
        Alias(text="005930", entity_id="005930.KS", policy=AliasPolicy.MARKED),
    )
)


def ids(title: str, linker: Linker = SMALL) -> list[str]:
    return [mention.entity_id for mention in linker.link(title).mentions]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Nvidia falls", ["NVDA"]),
        ("NVIDIA FALLS", ["NVDA"]),
        ("nvidia-like chips", []),
        ("Nvidia-backed firm", ["NVDA"]),
        ("Nvidias", []),
        ("Nvidia'Oro counts switches", []),
        ("NVIDIA'S ORDERS", ["NVDA"]),
        ("preNvidia", []),
        ("AMD gains", ["AMD"]),
        ("Amd gains", []),
        ("Intel reports a loss", ["INTC"]),
        ("Intel report on Russia", []),
        ("Intelligence", []),
    ],
)
def test_that_a_latin_name_stands_between_clean_edges(title: str, expected: list[str]) -> None:
    assert ids(title) == expected


WORDS = Linker(
    (
        Alias(text="Western Digital", entity_id="WDC"),
        Alias(text="코어 사이언티픽", entity_id="CORZ"),
        Alias(text="LG 트윈스", entity_id="", policy=AliasPolicy.BLOCK),
        Alias(text="LG", entity_id="003550.KS"),
    )
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Western Digital plans a buyback", ["WDC"]),
        ("WESTERN DIGITAL SOARS", ["WDC"]),
        ("Western digital divide widens", []),
        ("The western Digital Age", []),
    ],
)
def test_that_a_name_of_several_words_has_its_capitals(title: str, expected: list[str]) -> None:
    assert ids(title, WORDS) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("코어 사이언티픽 급등", ["CORZ"]),
        ("코어사이언티픽이 급등", ["CORZ"]),
        ("LG트윈스 우승", []),
        ("LG 실적", ["003550.KS"]),
    ],
)
def test_that_korean_may_leave_out_the_spaces_of_a_name(title: str, expected: list[str]) -> None:
    assert ids(title, WORDS) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("엔비디아가 하락", ["NVDA"]),
        ("엔비디아이 하락", []),
        ("엔비디아에서는 하락", ["NVDA"]),
        ("엔비디아와의 계약", ["NVDA"]),
        ("엔비디아로부터", ["NVDA"]),
        ("엔비디아샵", []),
        ("한미반도체는", ["042700.KS"]),
        ("한미반도체은", []),
        ("신한미반도체", []),
        ("오픈AI는 AMD와 계약", ["openai", "AMD"]),
        ("오픈AI의", ["openai"]),
        ("국내AMD 사용자", ["AMD"]),
        ("카카오가", ["035720.KS"]),
        ("카카오톡에서", []),
        ("카카오톡과 카카오", ["035720.KS"]),
    ],
)
def test_that_a_korean_name_is_followed_by_a_fitting_particle(title: str, expected: list[str]) -> None:
    assert ids(title) == expected


def test_that_the_longest_name_that_stands_wins() -> None:
    assert ids("SK hynix ADR falls") == ["SKHY"]
    assert ids("SK hynix ADRs fall") == ["000660.KS"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Grok, the AI chatbot", ["xai"]),
        ("Grok said again", []),
        ("Grok comes to X", ["xai"]),
        ("Grok on tax", []),
        ("Grok aims for airlines", []),
        ("Grok용 AI칩", ["xai"]),
        ("Arm licensing", ["ARM"]),
        ("Arm chips", ["ARM"]),
        ("Arm in a farm", []),
        ("Grok Grok", []),
    ],
)
def test_that_an_ambiguous_name_needs_a_context_word_of_its_own(title: str, expected: list[str]) -> None:
    assert ids(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ON Friday", []),
        ("$ON", ["ON"]),
        ("$on", ["ON"]),
        ("$ONE", []),
        ("onsemi (ON)", ["ON"]),
        ("(NASDAQ: ON)", ["ON"]),
        ("Nasdaq:ON rises", ["ON"]),
        ("삼성 (005930)", ["005930.KS"]),
        ("삼성(005930.KS)", ["005930.KS"]),
        ("(On)", []),
    ],
)
def test_that_an_ambiguous_ticker_needs_a_mark(title: str, expected: list[str]) -> None:
    assert ids(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Orient (NSE:ON) valuation", []),
        ("Orient (TSX: ON) valuation", []),
        ("Orient (SEHK:005930) valuation", []),
        ("a maker (NasdaqGS:ON)", ["ON"]),
        ("a maker (OTC: ON)", ["ON"]),
        ("a maker (ticker: ON)", ["ON"]),
        ("a maker (Buy: ON)", ["ON"]),
        ("Orient (Toronto: ON)", []),
        ("a maker (KOSE:005930)", ["005930.KS"]),
        ("a maker (Seoul: 005930)", ["005930.KS"]),
    ],
)
def test_that_a_ticker_of_another_exchange_is_another_company_unless_it_is_named(
    title: str, expected: list[str]
) -> None:
    assert ids(title) == expected
    assert bool(SMALL.link(title).unknown_tickers) is not bool(expected)


def test_that_a_ticker_that_counts_by_itself_needs_the_name_beside_it_behind_a_foreign_exchange() -> None:
    ticker = Alias(text="NVDA", entity_id="NVDA")
    table = (Alias(text="Nvidia", entity_id="NVDA"), ticker, replace(ticker, policy=AliasPolicy.MARKED))
    linker = Linker(table)
    assert ids("CPI FIM (BDL:NVDA) valuation check", linker) == []
    assert ids("Nvidia (BMV:NVDA) valuation check", linker) == ["NVDA", "NVDA"]
    assert ids("NVDA (NYSE:NVDA) valuation check", linker) == ["NVDA", "NVDA"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("ON stock hits a record", ["ON"]),
        ("Why ON shares fell", ["ON"]),
        ("On stock and soup", []),
        ("CARRY-ON stock runs out", []),
        ("EV stock falls", []),
    ],
)
def test_that_a_ticker_before_its_stock_is_marked(title: str, expected: list[str]) -> None:
    assert ids(title) == expected
    assert SMALL.link(title).unknown_tickers == ()  # EV may be anything


def test_that_marked_tickers_nobody_owns_are_reported() -> None:
    assert SMALL.link("$ZZZZ and (NYSE: YYY) and (WHO)").unknown_tickers == ("ZZZZ", "YYY")


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("SoftBank and OpenAI’s $500bn Stargate is slow to start", "stargate"),
        ("OpenAI's Stargate slips", "stargate"),
        ("SoftBank and OpenAI’s $500 Billion AI Project Struggles to Get Off Ground", "stargate"),
        ("Riyadh weighs a $500 billion AI project", None),
        ("오픈AI의 스타게이트 차질", "stargate"),
        ("Nvidia and AMD fall", "NVDA"),
        ("Microsoft hires two dozen from Google DeepMind", "MSFT"),
        ("Nvidia rival AMD opens a lab in Oslo", "AMD"),
        ("Microsoft-backed OpenAI opens a lab in Oslo", "openai"),
        ("Former Intel boss joins Micron board", "MU"),
        ("While Nvidia rests, Micron opens a lab", "MU"),
        ("After a lab, Nvidia opens a school with Micron", "NVDA"),
        ("As Nvidia rests and Micron sleeps", "NVDA"),
        ("Rain in Seoul", None),
    ],
)
def test_whom_a_title_is_mainly_about(linker: Linker, title: str, primary: str | None) -> None:
    assert linker.link(title).primary == primary


def test_that_decomposed_and_wide_letters_are_the_same_name() -> None:
    decomposed = unicodedata.normalize("NFD", "오늘 엔비디아가 하락")
    (mention,) = SMALL.link(decomposed).mentions
    assert unicodedata.normalize("NFC", mention.text) == "엔비디아"
    assert decomposed[mention.start : mention.end] == mention.text
    assert ids(unicodedata.normalize("NFD", "Schön gains")) == ["SCHN"]
    (wide,) = SMALL.link("\uff2e\uff36\uff29\uff24\uff29\uff21 falls").mentions
    assert (wide.start, wide.end) == (0, 6)


NAMES = st.sampled_from(
    ["Nvidia", "엔비디아", "$ON", "(005930)", "AMD", "오픈AI", "Intel", "카카오", "SK hynix ADR"]
)
NOISE = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "㈜",
            "ﷺ",
            "İ",
            "ß",
            "é",
            "🚀",
            "👩‍👩‍👧",
            "\u202eNvidia\u202c",
            "עברית",
            "①",
            "ﬁ",
            "\u3000",
            "\ud800",
            "ᄒ",
            "ᅡ",
        ]
    ),
)


@settings(max_examples=300)
@given(st.lists(st.one_of(NAMES, NOISE), max_size=8), st.sampled_from(["", " ", "·"]))
def test_that_offsets_always_slice_the_title_to_the_mention(parts: list[str], glue: str) -> None:
    title = glue.join(parts)
    mentions = SMALL.link(title).mentions
    for mention in mentions:
        assert title[mention.start : mention.end] == mention.text
        assert mention.text
    assert list(mentions) == sorted(mentions, key=lambda m: m.start)
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_that_every_shipped_name_is_found_in_plain_sentences(linker: Linker, ecosystem: object) -> None:
    missing = [
        alias.text
        for alias in ecosystem.aliases  # type: ignore[attr-defined]
        if alias.policy is AliasPolicy.ALWAYS
        and alias.entity_id not in {m.entity_id for m in linker.link(f"Now: {alias.text}, today").mentions}
    ]
    assert missing == []


def test_that_a_letter_ticker_of_another_market_needs_its_market(linker: Linker) -> None:
    assert ids("$SU jumps", linker) == []
    assert ids("French maker (SU.PA)", linker) == ["SU.PA"]


def test_that_a_hostile_title_is_read_in_the_end(linker: Linker) -> None:
    for title in ("(" * 2000, "$" * 2000, "Nvidia" * 400, "A" + "\u0301" * 5000, "(A " * 1000 + ":"):
        assert ids(title, linker) == []


def test_that_one_pass_over_an_archive_leaves_out_only_titles_that_name_nobody(linker: Linker) -> None:
    titles = [
        "Nvidia signs a deal", "Shops open in town", "Chip maker ($NVDA) falls", "엔비디아 주가 급락",
        "\uff2e\uff36\uff29\uff24\uff29\uff21 opens a laboratory", "Oracle of Omaha speaks", "Open\nAI", "",
        "오픈\nAI와 소프트뱅크", "İstanbul and Nvidia", "x" * MAX_TITLE + "Nvidia", "OpenAI",
        "Maker \uff08\uff2e\uff36\uff24\uff21\uff09 falls",
    ]  # fmt: skip
    for about in (None, frozenset({"NVDA"}), frozenset({"openai"}), frozenset[str]()):
        linked = [linker.link(title, about) for title in titles]
        naming = {place for place, each in enumerate(linked) if each.mentions}
        kept = linker.naming(titles, about)
        assert naming <= set(kept)
        assert kept == sorted(set(kept))
        assert 1 not in kept
    assert linker.naming([], None) == []
    assert linker.naming(titles, frozenset({"NVDA"})) == [0, 2, 3, 4, 9, 12]


@pytest.mark.parametrize("title", ["제2의 엔비디아 찾기", "한국판 오픈AI 키운다", "중국판 엔비디아 상장"])
def test_that_a_name_that_says_what_another_is_like_is_no_mention(title: str) -> None:
    assert ids(title) == []


def test_that_a_project_may_have_its_version_elsewhere() -> None:
    linker = Linker((Alias(text="스타게이트", entity_id="stargate"),), frozenset({"stargate"}))
    assert ids("한국판 스타게이트 첫 삽", linker) == ["stargate"]


def test_that_a_ticker_inside_a_namesake_is_not_linked() -> None:
    linker = Linker(
        (
            Alias(text="상장지수증권(ETN)", entity_id="", policy=AliasPolicy.BLOCK),
            Alias(text="ETN", entity_id="ETN", policy=AliasPolicy.MARKED),
        )
    )
    assert ids("상장지수증권(ETN) 2종 상장", linker) == []
    assert ids("Eaton (ETN) wins order", linker) == ["ETN"]


CAREFUL = Linker(
    (
        Alias(text="Nvidia", entity_id="NVDA", coined=True),
        Alias(text="Galaxy S", entity_id="005930.KS", coined=True),
        Alias(text="Visa", entity_id="V"),
        Alias(text="엔비디아", entity_id="NVDA"),
        Alias(text="오픈AI", entity_id="openai"),
        Alias(text="Oracle", entity_id="ORCL", unless=("Red Bull",)),
        Alias(text="oracle", entity_id="ORCL", policy=AliasPolicy.CONTEXT, context=("cloud",)),
        Alias(
            text="Arm",
            entity_id="ARM",
            policy=AliasPolicy.CONTEXT,
            context=("shares", "sues", "sides with"),
            leads=("sues", "with", "softbank's"),
        ),
    )
)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("nvidia falls", ["NVDA"]),
        ("Nvidias pile up in a warehouse", ["NVDA"]),
        ("NVIDIAS FOR SALE", ["NVDA"]),
        ("Galaxy S26 leaks", ["005930.KS"]),
        ("the Nvidias of tomorrow", []),
        ("nvidian", []),
        ("visas for engineers", []),
        ("Visas for engineers", []),
    ],
)
def test_that_a_coined_name_counts_in_small_letters_in_the_plural_and_before_a_number(
    title: str, expected: list[str]
) -> None:
    assert ids(title, CAREFUL) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Jury Sides With Arm on One Count, Shares Rise", ["ARM"]),
        ("Jury sides with Arm", ["ARM"]),
        ("SoftBank's Arm shares rise", ["ARM"]),
        ("Shares Rise: Arm Gains", ["ARM"]),
        ("Arm shares rise", ["ARM"]),
        ("Retail Arm Shares Rise", []),
        ("Tata's Battery Arm Sues Supplier", []),
        ("General Dynamics' Arm Sues Navy", []),
    ],
)
def test_that_a_name_that_is_a_word_is_none_behind_what_makes_it_a_part_of_somebody(
    title: str, expected: list[str]
) -> None:
    assert ids(title, CAREFUL) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("oracle cloud grows", ["ORCL"]),
        ("an oracle of old", []),
        ("Oracle Red Bull moves to the cloud", []),
        ("Oracle grows", ["ORCL"]),
    ],
)
def test_that_a_name_in_small_letters_has_conditions_of_its_own(title: str, expected: list[str]) -> None:
    assert ids(title, CAREFUL) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("the Nvidia of China", []),
        ("드론계의 엔비디아 DJI", []),
        ("K-엔비디아 키운다", []),
        ("넥스트 엔비디아는 어디", []),
        ("한국의 엔비디아 꿈꾸는 회사", []),
        ("한국의 엔비디아 GPU 확보량", ["NVDA"]),
        ("탈엔비디아 선언", ["NVDA"]),
        ("한탈엔비디아", []),
        ("엔비디아노조", ["NVDA"]),
    ],
)
def test_that_a_name_is_told_from_what_is_only_likened_to_it(title: str, expected: list[str]) -> None:
    assert ids(title, CAREFUL) == expected


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Nvi\u00addia falls", "Nvi\u00addia"),
        ("Nvi\u200bdia falls", "Nvi\u200bdia"),
        ("Nvidia\u2122 and others", "Nvidia"),
        ("\U0001f680Nvidia\U0001f680", "Nvidia"),
        ("by\u00a0Nvidia\u00a0today", "Nvidia"),
    ],
)
def test_that_signs_nobody_sees_or_reads_hide_no_name(title: str, text: str) -> None:
    assert [mention.text for mention in CAREFUL.link(title).mentions] == [text]


@pytest.mark.parametrize("title", ["005930.KS falls", "SK hynix (000660.KS), 8035.T rise", "SU.PA gains"])
def test_that_a_symbol_with_its_market_needs_no_mark(linker: Linker, title: str) -> None:
    assert linker.link(title).mentions


@pytest.mark.parametrize("title", ["12330.TW falls", "2330.TWN", "7203.T gains"])
def test_that_a_longer_or_an_unknown_symbol_is_nobodys(linker: Linker, title: str) -> None:
    assert linker.link(title).mentions == ()


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("오픈AI 새 모델에 엔비디아 2%대 하락", "NVDA"),
        ("구글 TPU 공세에 엔비디아 급락", "NVDA"),
        ("Huang says Nvidia's $30 Billion OpenAI Investment may be the last", "NVDA"),
        ("오픈AI發 훈풍에 웃은 엔비디아", "NVDA"),
        ("오픈AI와 손잡은 엔비디아", "NVDA"),
        ("오픈AI 새 모델에 엔비디아 칩 쓴다", "openai"),
        ("엔비디아에 이어 오픈AI도 성과급 협상", "openai"),
        ("오픈AI 이어\u2026엔비디아, 오사카에 연구소", "NVDA"),
        ("'오픈AI 라이벌' 엔비디아, 도쿄에 사무소", "NVDA"),
        ("오픈AI 대항마 엔비디아, 대만에 연구소", "NVDA"),
        ("오픈AI 협력사, 엔비디아 칩 쓴다", "openai"),
        ("오픈AI는 웃었는데\u2026 엔비디아, 눈높이 못 맞춰", "NVDA"),
    ],
)
def test_that_a_korean_title_is_about_whom_its_first_words_lead_to(title: str, primary: str) -> None:
    assert CAREFUL.link(title).primary == primary


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("Intel's Nvidia deal comes with no money up front", "INTC"),
        ("Intel's $5 billion Nvidia contract eases worry", "INTC"),
        ("Intel taps Nvidia's Jensen Huang", "INTC"),
        ("Nvidia and OpenAI's Stargate slips", "stargate"),
    ],
)
def test_that_a_deal_with_another_is_ones_own(linker: Linker, title: str, primary: str) -> None:
    assert linker.link(title).primary == primary


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Arm raises fees, customers grumble", True),
        ("Flex wins order", True),
        ("Arm wrestling raises fees", False),
        ("Credo of a man who raises fees", False),
    ],
)
def test_that_a_name_that_is_a_word_is_one_where_it_acts(linker: Linker, title: str, *, found: bool) -> None:
    assert bool(linker.link(title).mentions) is found


def test_that_a_ticker_before_a_number_is_part_of_something_else(linker: Linker) -> None:
    assert linker.link("Structures of the APH-1B isoform").mentions == ()
    assert linker.link("APH-led group wins").primary == "APH"


_PAPERS_WRITE = {
    "CSCO": ("시스코시스템즈", "시스코시스템스"),
    "PLTR": ("팔란티어테크놀로지스", "팔란티어테크놀로지"),
    "6501.T": ("히타치제작소",),
    "NBIS": ("네비우스그룹",),
    "285A.T": ("키옥시아홀딩스", "키오시아"),
    "XE": ("X에너지", "X-에너지", "엑스에너지"),
    "JCI": ("존슨컨트롤즈", "존슨 컨트롤즈", "존슨컨트롤스"),
    "PRY.MI": ("프리스미안", "프리즈미안"),
    "6857.T": ("아드반테스트",),
    "thinking_machines": ("씽킹머신스랩", "싱킹머신스"),
    "crusoe": ("크루소에너지",),
    "xai": ("엑스AI",),
}


@pytest.mark.parametrize(
    ("name", "entity"), [(name, entity) for entity, names in _PAPERS_WRITE.items() for name in names]
)
def test_that_a_company_is_found_in_each_form_korean_papers_write(
    linker: Linker, name: str, entity: str
) -> None:
    assert ids(f"{name}, 3분기 실적 호조", linker) == [entity]
    assert ids(f'증권가 "{name}의 수주 늘 것"', linker) == [entity]


def test_that_a_spelling_that_stands_for_several_names_each_of_them() -> None:
    linked = SMALL.link("코스피, 삼전닉스 랠리에 상승")
    assert [(mention.entity_id, mention.text) for mention in linked.mentions] == [
        ("005930.KS", "삼전닉스"),
        ("000660.KS", "삼전닉스"),
    ]
    assert SMALL.link("삼전닉스 급락", about={"000660.KS"}).mentions
    assert SMALL.naming(["삼전닉스 급락", "코스피 급락"], {"000660.KS"}) == [0]


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("삼전닉스 급락", "005930.KS"),
        ("삼전닉스발 훈풍", "005930.KS"),
        ("삼전닉스 제친 카카오, 신고가", "035720.KS"),
    ],
)
def test_that_several_of_one_spelling_are_one_where_it_is_asked_whom_a_title_is_about(
    title: str, primary: str
) -> None:
    assert SMALL.link(title).primary == primary
