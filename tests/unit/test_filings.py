import pytest

from stackwatch.analysis.titles.filings import filings
from stackwatch.analysis.titles.reading import Reader


@pytest.mark.parametrize(
    "title",
    [
        "Sun Ridge Advisors LLC Sells 2,834 Shares of Apple Inc. $AAPL",
        "Apple Inc. $AAPL Shares Sold by Sun Ridge Bank",
        "Apple Inc. $AAPL Stake Raised by Sun Ridge Partners Inc",
        "Apple Inc. $AAPL is Sun Ridge Capital Corp's 8th Largest Position",
        "Sun Ridge LP Has $4.89 Million Position in Apple Inc. $AAPL",
        "Sun Ridge Bank Invests $281,000 in Apple Inc. $AAPL",
        "Sun Ridge Wealth Grows Stake in Apple Inc. $AAPL",
        "5,145 Shares in Apple Inc. $AAPL Acquired by Sun Ridge LLC",
        "Fund Update: 157,630 APPLE (AAPL) shares added to SUN RIDGE LLC portfolio",
    ],
)
def test_that_what_a_fund_reports_is_no_news(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert (reading.primary, reading.tone, reading.event) == ("AAPL", 0, False)


@pytest.mark.parametrize(
    "title",
    [
        "SoftBank sells its entire Nvidia stake",
        "Intel sells 51% stake in Altera to Silver Lake",
        "Nvidia shares lifted by $25 billion buyback",
        "Nvidia invests $5 billion in Intel, advisers say",
        "Buffett cuts stake in Apple",
        "Arm stake raised by SoftBank",
    ],
)
def test_that_a_stake_that_is_news_is_no_filing(title: str) -> None:
    assert not filings(title.lower())
