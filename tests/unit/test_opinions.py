"""Titles that tell what somebody thinks are no reports; ratings of others are nobody's news."""

import pytest

from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.news import StoryTheme


@pytest.mark.parametrize(
    "title",
    [
        "Barclays and Citi Stay Bullish on Arista Networks (ANET)",
        "Barclays remains bullish on Nvidia",
        "Citi reiterates Buy on Micron",
        "Citi Maintains Buy Rating on Micron Technology (MU)",
        "Analysts keep their Outperform rating on Dell",
        "Moody's affirms Oracle rating",
        "Micron Expected to Reaffirm Robust Memory Cycle Ahead of Earnings",
        "Dell expected to post record revenue on Thursday",
        "Nvidia likely to raise guidance, analysts say",
        "SK하이닉스, 목표주가 30만원 유지",
        "한투증권, SK하이닉스 투자의견 '매수' 유지",
    ],
)
def test_that_a_rating_that_stays_and_results_to_come_are_no_event(reader: Reader, title: str) -> None:
    assert not reader.read(title).event


@pytest.mark.parametrize(
    "title",
    [
        "Citi keeps Buy on Micron, lifts target to $200",
        "S&P affirms Oracle rating, cuts outlook to negative",
        "Micron reaffirms guidance for the quarter",
        "Nvidia expects to post record revenue",
        "Oracle set to cut thousands of jobs",
        "OpenAI expected to raise $40 billion",
        "한투증권, SK하이닉스 목표가 30만원으로 상향…매수 유지",
    ],
)
def test_that_what_changes_and_what_a_company_itself_expects_is_an_event(reader: Reader, title: str) -> None:
    assert reader.read(title).event


@pytest.mark.parametrize(
    "title",
    [
        "Baird Raises PT on Etsy (ETSY) Following OpenAI Partnership",
        "Barclays lifts target on Walmart after OpenAI deal",
        "Baird upgrades Etsy (ETSY) as OpenAI opens its store",
    ],
)
def test_that_a_rating_of_another_company_is_no_news_of_whom_it_is_put_down_to(
    reader: Reader, title: str
) -> None:
    reading = reader.read(title)
    assert (reading.entities, reading.tone, reading.event) == (("openai",), 0, False)


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Barclays raises target on Nvidia after results", 1),
        ("Jefferies raises price target on Micron (MU) after Nvidia results", 1),
        ("Citi cuts price target for Dell (DELL) on Nvidia supply worries", -1),
    ],
)
def test_that_a_rating_of_a_listed_name_is_its_news(reader: Reader, title: str, tone: int) -> None:
    reading = reader.read(title)
    assert (reading.tone, reading.event, reading.theme) == (tone, True, StoryTheme.RATING)


@pytest.mark.parametrize(
    "title",
    [
        "Top Midday Stories: Airlines Warn of Slower Growth; Meta, Nebius Sign $12 Billion Supply Agreement",
        "Top Midday Stories: Meta, Nebius Sign $12 Billion Supply Agreement; Airlines Warn of Slower Growth",
    ],
)
def test_that_a_part_of_a_summary_of_prices_tells_its_own_news(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert (reading.theme, reading.tone, reading.event) == (StoryTheme.CONTRACT, 1, True)


@pytest.mark.parametrize(
    "title",
    [
        "Top Midday Stories: Airlines Cut Outlook; Dell Shares Jump After Earnings",
        "Stock market today: Stocks slip; oil soars as Nvidia earnings loom",
        "Dow Jones Futures: Stocks slip; Nvidia Conference, Micron Earnings Due",
    ],
)
def test_that_a_part_that_tells_a_price_or_begins_with_others_is_none(reader: Reader, title: str) -> None:
    assert reader.read(title).theme is StoryTheme.PRICE_TALK
