"""What pieces of opinion say of a share is a tone and no event; what they only ask or weigh is neither."""

import pytest

from stackwatch.analysis.titles.reading import Reader


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Dell: Time to Buy", 1),
        ("Dell: Buy the Dip", 1),
        ("Micron Stock Is Dirt Cheap", 1),
        ("Vertiv Deserves Its Premium", 1),
        ("Why Microsoft Belongs in Your Portfolio", 1),
        ("Oracle's Comeback Is Far From Over", 1),
        ("Don't Sleep on Oracle", 1),
        ("Wall Street Loves Arista Stock", 1),
        ("Bull of the Day: Nvidia (NVDA)", 1),
        ("1 AI Stock to Buy Hand Over Fist: Broadcom", 1),
        ("Nvidia Bears Are Wrong", 1),
        ("Palantir: Steer Clear", -1),
        ("Palantir: Priced Beyond Perfection", -1),
        ("Palantir: Upside Already Priced In", -1),
        ("Intel Is a Value Trap", -1),
        ("Intel's Troubles Are Far From Over", -1),
        ("Don't Chase Palantir Here", -1),
        ("Why I'm Not Buying Tesla", -1),
        ("Bear of the Day: Intel (INTC)", -1),
        ("Not the Best Time to Buy Qualcomm", -1),
        ("I\u2019m Selling Tesla", -1),
    ],
)
def test_that_a_verdict_on_a_share_is_a_tone_and_no_event(reader: Reader, title: str, tone: int) -> None:
    reading = reader.read(title)
    assert (reading.tone, reading.event) == (tone, False)


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Palantir Is Not a Buy", -1),
        ("Palantir Is No Longer a Bargain", -1),
        ("Qualcomm Isn't Overvalued", 1),
        ("Super Micro: Not Out of the Woods", -1),
    ],
)
def test_that_a_verdict_that_is_denied_is_the_other_one(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "Is Intel a Value Trap?",
        "Is Palantir Worth the Premium?",
        "Should I Sell Nvidia?",
        "Is Oracle a Buy or a Sell?",
        "Apple: Buy Now, Pay Later Comes to Korea",
        "Nvidia Is a Chipmaker Based in Santa Clara",
        "1 Stock to Buy and 1 to Sell: Dell",
        "Marc Benioff: We Bought Time Magazine for Its Readers",
    ],
)
def test_that_a_question_or_a_plain_word_is_no_verdict(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 0


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
