"""A shortage is good for those who sell what is short, and bad for those who buy it."""

from pathlib import Path

import pytest

from stackwatch.analysis.reading import Reader
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.lexicon_file import load_lexicon


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
