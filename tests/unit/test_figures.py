import pytest

from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.tone.figures import compared_figures


@pytest.mark.parametrize(
    ("title", "signs"),
    [
        ("q3 adj. eps 74 cents; factset consensus 86 cents", [-1]),
        ("2q rev. $46.7b, est. $46.2b", [1]),
        ("q2 loss of 10 cents a share vs. loss of 30 cents", [1]),
        ("q2 eps -$0.30 vs. $0.05", [-1]),
        ("revenue of $950 million vs. $1.1 billion expected", [-1]),
        ("eps 95 cents vs. $1.10", [-1]),
        ("deliveries 497,099 vs 447,600 expected", [1]),
        ("margin of 45.1% vs. 44% a year ago", [1]),
        ("eps $1.05 vs $1.05 est", []),
        ("margin of 45% vs. $2 billion", []),
        ("eps $2.00 vs. $1.50; revenue $9 bln vs. $10 bln", [1, -1]),
        ("nvidia vs. amd: which stock", []),
        ("sales team of 5 versus 10 rivals", []),
    ],
)
def test_that_a_result_is_held_against_what_was_expected(title: str, signs: list[int]) -> None:
    assert [sign for _, sign in compared_figures(title)] == signs


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia Q2 EPS $1.05; consensus $1.01", 1),
        ("Intel Q2 revenue $12.1 bln vs. $12.9 bln a year ago", -1),
        ("Dell EPS beats by $0.02, misses on revenue", 0),
        ("Dell EPS misses by $0.02, beats on revenue", 0),
        ("Dell EPS beats by $0.02, beats on revenue", 1),
        ("Dell beats estimates but guidance misses", 0),
    ],
)
def test_that_figures_are_news_and_mixed_ones_are_none(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone
