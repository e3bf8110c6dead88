"""Pieces that value, weigh, ask or sum up: what of them is news of the company they name."""

import pytest

from stackwatch.analysis.titles.reading import Reader


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Dell Valuation Check After Record Orders And Higher Dividend", 1),
        ("Assessing Vertiv (VRT) Valuation After Profit Warning", -1),
        ("A Look At Dell Valuation After Strong Share Price Gains", 0),
        ("Is Dell Valuation Fair After Record Orders?", 0),
    ],
)
def test_that_news_after_which_a_share_is_valued_counts_and_its_price_does_not(
    reader: Reader, title: str, tone: int
) -> None:
    reading = reader.read(title)
    assert (reading.tone, reading.event) == (tone, False)


@pytest.mark.parametrize(
    "title",
    [
        "Dell Factory Closure Tests Margin Strength",
        "Boycott Tests Amazon Growth Story",
        "Vertiv Site Evacuation Tests Delivery Confidence",
    ],
)
def test_that_trouble_heads_a_piece_that_weighs_it(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("What Makes Qualcomm a Strong Momentum Stock: Buy Now?", 1),
        ("What Makes Qualcomm Tick?", 0),
        ("What Is Strong About Qualcomm?", 0),
    ],
)
def test_that_a_piece_that_asks_what_makes_something_so_takes_it_for_granted(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Tech stocks today: Nvidia opens its fair, Adobe chief stepping down", 0),
        ("Tech stocks today: Adobe chief stepping down, Nvidia wins Saudi order", 1),
        ("Earnings live: Dell stock jumps, Workday plunges after outlook", 1),
        ("Market wrap: Dow, S&P 500, Nvidia plunge on tariffs", -1),
        ("Nvidia warns: margins to fall, costs to rise", -1),
    ],
)
def test_that_a_summary_is_read_in_the_item_that_names_a_company(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Apple to open more than 20 new stores in India", 1),
        ("Apple to open talks on 20 patents", 0),
    ],
)
def test_that_premises_a_company_adds_are_good(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone
