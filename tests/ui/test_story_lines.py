"""Where the rows of many stories are, of which some are unfolded: as a list of them all would say."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as some
from tests.ui import scene

from stackwatch.ui.headlines.story_lines import StoryLines
from stackwatch.ui.headlines.story_rows import Line, StoryRowKind

STORY, COPY = 46, 22


@given(some.lists(some.integers(0, 3), max_size=9))
def test_that_rows_and_heights_are_those_of_a_list_of_all_lines(unfolded: list[int]) -> None:
    stories = [scene.story(f"s{n}") for n in range(len(unfolded))]
    under = {
        place: [Line(stories[place], StoryRowKind.COPY, number) for number in range(count)]
        for place, count in enumerate(unfolded)
        if count
    }
    lines = StoryLines(stories, under)
    plain = [line for place, story in enumerate(stories) for line in (Line(story), *under.get(place, ()))]
    assert list(lines) == plain
    assert lines[1:] == plain[1:]
    heads = [row for row, line in enumerate(plain) if line.kind is StoryRowKind.STORY]
    assert [lines.row_of(place) for place in range(len(stories))] == heads
    tops = [0, *accumulate(STORY if line.kind is StoryRowKind.STORY else COPY for line in plain)]
    before = [lines.stories_before(row) for row in range(len(plain) + 1)]
    assert [each * STORY + (row - each) * COPY for row, each in enumerate(before)] == tops
    for row, (top, end) in enumerate(pairwise(tops)):
        assert {lines.row_at(y, STORY, COPY) for y in (top, end - 1)} == {row}
