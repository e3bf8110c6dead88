"""A shortage is good for those who sell what is short, and bad for those who buy it."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from stackwatch.analysis.names.linker import Linker
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.lexicon_file import load_lexicon


@pytest.fixture(scope="module")
def bare_reader(linker: Linker, watchlists: Path) -> Reader:
    """One that knows of no wares."""
    return Reader(linker, replace(load_lexicon(watchlists / "lexicon.toml"), wares=()))


@pytest.mark.parametrize(
    "title",
    [
        "Micron: memory shortage to last beyond 2027",
        "Samsung Electronics warns memory shortage will worsen next year",
        "Chip supply to stay constrained, Micron executives say",
        "Memory chip shortage won't ease until 2028, Micron says",
        "Sandisk raises NAND prices",
        "Micron Faces 100% DRAM Price Surge",
        "DRAM prices surge 30%, SK Hynix says",
        "Samsung hikes memory prices by up to 60% as shortage worsens",
        "GE Vernova gas turbines in short supply",
        "GPU rental prices jump, says CoreWeave",
        "삼성전자 “AI 메모리 수요 더 강해진다…내년 D램·낸드 공급 부족 확대”",
        '메모리 부족 심화…SK하이닉스 "2027년까지 공급 부족"',
        "메모리값 급등…삼성전자 호재",
        "변압기 부족에 HD현대일렉트릭 수주 급증",
    ],
)
def test_that_a_shortage_or_a_higher_price_is_good_for_those_who_sell(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 1


@pytest.mark.parametrize(
    "title",
    [
        "Dell hit by memory shortage",
        "Chip supply constrained, Apple executives say",
        "Apple pays more as memory prices soar",
        "Memory prices soar, says Dell",
        "Nvidia faces HBM shortage",
        "Power shortage threatens Microsoft data centers",
        "D램 가격 급등에 애플 원가 부담",
        "메모리 공급 부족에 애플 비상",
        "전력 부족에 마이크로소프트 데이터센터 지연",
    ],
)
def test_that_it_is_bad_for_those_who_buy(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    "title",
    [
        "Micron: memory shortage easing",
        "NAND prices slump 20%, says Sandisk",
        "Memory glut, says Micron",
        "Nvidia GPU prices fall",
        "D램 가격 하락, 삼성전자 영향",
        "D램 공급 부족 완화…마이크론 주춤",
        "HBM 공급 과잉 전망, SK하이닉스",
    ],
)
def test_that_a_glut_a_lower_price_or_the_end_of_a_shortage_is_bad_for_those_who_sell(
    reader: Reader, title: str
) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    "title",
    [
        "Samsung smartphone unit hit by memory shortage",
        "Samsung hit by power shortage",
        "Micron faces labor shortage at Idaho plant",
        "Micron warns of chip talent shortage",
        "SK하이닉스, 반도체 인력 부족 호소",
    ],
)
def test_that_a_shortage_of_what_a_maker_buys_is_bad_for_it(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    "title",
    [
        "Chip stock price target raised: Nvidia",
        "Samsung memory stocks price targets raised",
        "Memory chip names: price targets raised at Micron",
        "Bloom Energy price target cut",
        "Siemens Energy share price jumps",
        "Micron: memory stock prices surge",
        "DRAM price fixing lawsuit expands, Samsung",
        "Samsung's power price agreement rises",
        "메모리 주식 가격 급락 SK하이닉스",
        "D램 가격 경쟁력 상승, 삼성전자",
        "HBM 승부 판가름 난다…SK하이닉스 상승",
    ],
)
def test_that_the_price_of_a_share_a_target_or_a_cap_is_no_price_of_a_ware(
    reader: Reader, bare_reader: Reader, title: str
) -> None:
    assert reader.read(title).tones == bare_reader.read(title).tones
    assert reader.read(title).tone == bare_reader.read(title).tone


@pytest.mark.parametrize(
    "title",
    [
        "Micron: shortage of engineers for chip plants",
        "Micron warns of shortage of workers for chip plant",
        "Power shortage for chip makers: Samsung Electronics",
        "Samsung semiconductor helium shortage",
        "SK hynix faces a power crunch at chip plant",
        "Samsung chip division faces crisis",
        "Samsung memory business crisis deepens",
        "메모리 수요 부족에 삼성전자 우려",
        "반도체 전력 부족, 삼성전자",
        "반도체 헬륨 부족, 삼성전자",
        "삼성전자 반도체 소재 부족",
    ],
)
def test_that_what_else_is_short_in_the_trade_is_bad_for_the_makers(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    "title",
    [
        "No memory shortage, Micron says",
        "Micron denies memory shortage",
        "Micron: memory shortage is over",
        "Memory shortage fears overblown, Micron says",
        "메모리 품귀 끝났다…SK하이닉스",
        "HBM 공급부족 해소…SK하이닉스",
        "메모리 품귀 현상 점차 완화…SK하이닉스",
    ],
)
def test_that_a_shortage_that_is_denied_or_over_is_no_good_news_of_the_makers(
    reader: Reader, title: str
) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Micron says report of 20% memory price rise is wrong", 0),
        ("Samsung denies report of DRAM price hike", 0),
        ("Micron says reports of a memory glut are false", 1),
    ],
)
def test_that_a_report_of_dearer_wares_that_is_wrong_says_nothing(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "Broadcom hikes chip prices",
        "Intel raises chip prices",
        "Nvidia (NVDA) raises AI chip prices",
        "Memory shortage far from over, Micron says",
        "Seagate: hard drive shortage to last",
        "Mobile DRAM prices surge: Samsung Electronics",
        "Transformer shortage delays data centers: Eaton",
        "Memory shortage cuts PC shipments: Micron",
        "Micron: memory shortage halts console production",
    ],
)
def test_that_who_raises_its_own_prices_or_sells_what_stays_short_has_good_news(
    reader: Reader, title: str
) -> None:
    assert reader.read(title).tone == 1


def test_that_a_shortage_of_memory_chips_is_not_one_of_other_chips(reader: Reader) -> None:
    assert reader.read("Memory chip shortage hits TSMC").tone == -1


@pytest.mark.parametrize(
    "title",
    ["Samsung unveils chip to ease AI memory bottleneck", "삼성전자, 메모리 병목 해소 신기술 공개"],
)
def test_that_a_bottleneck_of_computers_is_no_shortage(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 1


@pytest.mark.parametrize("words", ["memory shortage price ", "메모리 가격 상승 하락 ", "메모리가격상승"])
def test_that_a_title_of_any_length_is_read_at_once(reader: Reader, words: str) -> None:
    begin = time.process_time()
    reader.read("Micron " + words * (5_000 // len(words)))
    assert time.process_time() - begin < 2.0


def test_that_one_title_is_good_for_the_maker_and_bad_for_the_buyer(reader: Reader) -> None:
    reading = reader.read("Memory shortage deepens: Micron, Apple, Dell")
    assert {name: reading.tone_for(name) for name in ("MU", "AAPL", "DELL")} == {
        "MU": 1,
        "AAPL": -1,
        "DELL": -1,
    }


def test_that_every_maker_is_an_entity_the_program_knows(watchlists: Path, ecosystem: Ecosystem) -> None:
    makers = {maker for ware in load_lexicon(watchlists / "lexicon.toml").wares for maker in ware.makers}
    assert makers <= {*ecosystem.instruments, *ecosystem.private}


@pytest.mark.parametrize(
    "title",
    [
        "Apple says memory shortage won't affect iPhone supply",
        "Memory shortage has no impact on Dell, CEO says",
        "Nvidia immune to memory shortage, CEO says",
        '애플 "메모리 부족 영향 없다"',
    ],
)
def test_that_a_shortage_that_does_not_touch_a_buyer_is_not_bad_for_it(reader: Reader, title: str) -> None:
    assert reader.read(title).tone >= 0
