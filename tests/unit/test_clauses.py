"""What a title says of one of the names in it."""

import pytest
from tests.unit.factories import OPEN, reading, story

from stackwatch.domain.news import Mention, Story
from stackwatch.domain.values import changed
from stackwatch.domain.words.story_words import clause_about

ROUND_UP = "Tech stocks today: Apple teases a phone, Nvidia stock falters despite upbeat outlook"


def told(title: str, *names: str) -> Story:
    mentions = tuple(Mention(name, name, title.index(name), title.index(name) + len(name)) for name in names)
    return story(title, changed(reading(), mentions=mentions, primary=names[0]), OPEN)


@pytest.mark.parametrize(
    ("title", "name", "clause"),
    [
        (ROUND_UP, "Nvidia", "Nvidia stock falters despite upbeat outlook"),
        (ROUND_UP, "Apple", "Apple teases a phone, Nvidia stock falters despite upbeat outlook"),
        ("Stock Market Today, March 10: Nvidia Gains on Optimism", "Nvidia", "Nvidia Gains on Optimism"),
        ("Wayve Raises $1,200 Million From Microsoft, Nvidia, Automakers", "Nvidia", None),
        ("Stocks to Watch Monday: Nvidia, Meta, Micron, Dollar Tree", "Meta", None),
        ("Nvidia Exits Arm Stake As Arm Deepens AI Data Center Push", "Arm", None),
        ("The Zacks Analyst Blog Highlights Amazon, NVIDIA and TIM", "NVIDIA", None),
        (
            "SoftBank sells its shares - Nvidia falls for a third day",
            "Nvidia",
            "Nvidia falls for a third day",
        ),
    ],
)
def test_that_a_name_has_the_clause_that_it_stands_in_and_a_list_has_none(
    title: str, name: str, clause: str | None
) -> None:
    found = clause_about(told(title, name), (name,))
    assert found is not None
    assert found.title[found.begins :] == (title if clause is None else clause)
    assert found.title[: found.named].endswith(name)


def test_that_the_first_name_that_the_title_has_counts() -> None:
    found = clause_about(told(ROUND_UP, "Apple", "Nvidia"), ("AMD", "Nvidia", "Apple"))
    assert found is not None
    assert found.title[found.begins :].startswith("Nvidia")
    assert clause_about(told(ROUND_UP, "Apple"), ("Nvidia",)) is None
