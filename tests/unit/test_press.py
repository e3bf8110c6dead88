from dataclasses import replace
from datetime import timedelta

import pytest
from tests.unit.factories import OPEN, reading, story

from stackwatch.analysis.stories.press import MEMORY, Press

DAY = timedelta(days=1)
SLOW = story("Stargate is slow to start", reading("stargate"), OPEN)


def test_that_stories_come_in_the_order_of_their_first_report() -> None:
    late, early = story("b", reading("NVDA"), OPEN + DAY), story("a", reading("NVDA"), OPEN - DAY)
    press = Press((late, SLOW, early))
    assert press.begins == early.lead.published
    assert list(press.between(OPEN - DAY, OPEN)) == [early, SLOW]
    assert list(press.between(OPEN, OPEN)) == [SLOW]
    assert list(press.between(OPEN + 2 * DAY, OPEN + 3 * DAY)) == []
    assert Press(()).begins is None


def test_that_a_copy_is_nothing_new_and_another_matter_is() -> None:
    copy = story("Stargate is slow to start", reading("stargate"), OPEN + DAY)
    other = story("Abilene campus floods", reading("stargate"), OPEN + DAY)
    press = Press((SLOW, copy, other))
    assert press.novelty(SLOW) == 1.0
    assert press.novelty(copy) == 0.0
    assert press.novelty(other) > 0.7


def test_that_novelty_looks_back_thirty_days_at_the_same_entity_only() -> None:
    old = story("Stargate is slow to start", reading("stargate"), OPEN - MEMORY - DAY)
    elsewhere = story("Stargate is slow to start", reading("openai"), OPEN - DAY)
    assert Press((old, elsewhere, SLOW)).novelty(SLOW) == 1.0


def test_that_a_later_story_makes_no_earlier_one_stale() -> None:
    later = story("Stargate is slow to start", reading("stargate"), OPEN + DAY)
    assert Press((SLOW, later)).novelty(SLOW) == Press((SLOW,)).novelty(SLOW) == 1.0


def test_that_known_novelty_is_taken_over() -> None:
    first = Press((SLOW,))
    first.novelty(SLOW)
    assert Press((SLOW,), first).known_novelty is first.known_novelty


def test_that_events_mainly_about_an_entity_are_counted_a_session() -> None:
    stories = [story(f"event {n}", reading("openai", "NVDA"), OPEN - n * DAY) for n in range(1, 22)]
    idle = [story(f"idle {n}", reading("openai", event=False), OPEN - n * DAY) for n in range(1, 22)]
    press = Press([*stories, *idle])
    assert press.per_session("openai", OPEN) == pytest.approx(21 / 15)
    assert press.per_session("NVDA", OPEN) == 0.0
    assert press.per_session("nobody", OPEN) == 0.0


def test_that_a_young_archive_counts_as_a_week_and_the_future_not_at_all() -> None:
    press = Press((story("a", reading("NVDA"), OPEN - DAY), story("b", reading("NVDA"), OPEN + DAY)))
    assert press.per_session("NVDA", OPEN) == pytest.approx(1 / 5)


def test_that_the_order_of_words_makes_nothing_new() -> None:
    turned = story("Slow to start is Stargate", reading("stargate"), OPEN + DAY)
    assert Press((SLOW, turned)).novelty(turned) == 0.0


def test_that_a_story_that_changed_stands_where_it_stood() -> None:
    stories = [story(f"{n}", reading("stargate", "NVDA"), OPEN + DAY) for n in range(3)]
    press = Press([SLOW, *stories])
    grown = replace(stories[1], copies=2)
    press.change([grown])
    assert press.between(OPEN, OPEN + DAY) == [SLOW, stories[0], grown, stories[2]]
    assert press.concerning({"NVDA"}, OPEN, OPEN + DAY) == [stories[0], grown, stories[2]]
    press.drop([grown])
    assert press.between(OPEN, OPEN + DAY) == [SLOW, stories[0], stories[2]]
