"""Tone by classes of words: what is said by a verb and a thing whatever stands between, and of whom."""

import pytest

from stackwatch.analysis.titles.reading import Reader


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Flood may disrupt TSMC packaging lines", -1),
        ("Export rules could hit smaller designers, plus Nvidia", -1),
        ("Gigabyte snatches server customers from Dell", -1),
        ("State wants right to raise power prices for Meta", -1),
        ("Regulator prepares action against Meta", -1),
        ("Court rejects Qualcomm's second appeal", -1),
        ("Judge dismisses Apple claims", -1),
    ],
)
def test_that_what_others_do_to_a_name_is_its_news(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("The reason investors should own Microsoft", 1),
        ("Never buy Caterpillar before a recession, strategist says", -1),
        ("Some managers are avoiding Oracle as bonds fall out of favour", -1),
        ("Strategist: steer clear of Intel", -1),
        ("Should you buy Oracle now?", 0),
        ("Nvidia to sell H20 in China again", 0),
    ],
)
def test_that_advice_about_a_share_counts_beside_its_name(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Google to ban crypto ads over fraud concerns", 0),
        ("Meta suspends political accounts after a scandal", -1),
        ("Tesla to suspend production in Berlin", -1),
        ("Tesla is banned from Chinese sites", -1),
        ("Alibaba files trademark lawsuit against a coin seller", 0),
    ],
)
def test_that_what_a_name_forbids_others_is_no_bad_news_of_its_own(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Dow slips as Apple weighs, trade worries ease", -1),
        ("Micron lifts Wall Street to a high", 1),
        ("Meta sends Nasdaq tumbling", -1),
    ],
)
def test_that_who_moves_an_index_has_moved_so_itself(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Apple to close two dozen European stores", -1),
        ("Broadcom closes deal for storage unit", 0),
        ("Cameco reports record third-quarter uranium production", 1),
        ("Intel to post $2 billion in restructuring charges", -1),
        ("Google agrees to pay hefty privacy fine", -1),
        ("Court scraps record $900 million Amazon privacy fine", 1),
        ("Amazon is being eclipsed by a younger rival", -1),
        ("TSMC says damage from quake was limited", 0),
        ("Microsoft expects no impact from chip ban", 0),
        ("Oracle's recent declines are a buying opportunity", 1),
        ("Tesla gains deal short sellers a $2 billion loss", 1),
        ("Azure back online after outage", 0),
        ("Alibaba offers loans to firms hit by floods", 0),
        ("Struggling Intel speeds up production of chips", 1),
    ],
)
def test_that_a_class_of_words_with_a_class_of_things_says_so(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Apple asks Washington to drop tariffs", 0),
        ("Tesla must fix its autopilot, senator says", 0),
        ("EU checking if deal boosts Google's reach", 0),
        ("Retail head quits as chief of Apple stores", -1),
        ("Oracle share rally ends, bonds fall", -1),
        ("Tesla's Chinese rivals thrive", 0),
    ],
)
def test_that_what_is_asked_for_or_of_others_is_no_news_yet(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Palantir Lawsuits Test Its Story And Investor Trust", -1),
        ("Arm Probe Puts Spotlight On Valuation", -1),
        ("Arm Partnerships Test Its Story And Investor Trust", 0),
    ],
)
def test_that_trouble_that_heads_a_piece_is_bad_whatever_it_weighs(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone
