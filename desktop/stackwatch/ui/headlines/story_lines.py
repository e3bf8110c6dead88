"""The rows of many stories, few of them unfolded: where each is, without a list of them all."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import overload

from stackwatch.domain.news import Story
from stackwatch.ui.headlines.story_rows import Line


class StoryLines(Sequence[Line]):
    """Stories, and under each unfolded one its lines; a row is made when it is asked for."""

    def __init__(self, stories: Sequence[Story], under: Mapping[int, Sequence[Line]]) -> None:
        """``under`` holds the lines by the number of their story."""
        self.stories = stories
        self._numbers = sorted(under)  # of unfolded stories, then the row of each and what is under it
        self._under = [tuple(under[number]) for number in self._numbers]
        self._heads: list[int] = []
        more = 0
        for number, lines in zip(self._numbers, self._under, strict=True):
            self._heads.append(number + more)
            more += len(lines)
        self._length = len(stories) + more

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._length

    @overload
    def __getitem__(self, row: int) -> Line: ...
    @overload
    def __getitem__(self, row: slice) -> list[Line]: ...
    def __getitem__(self, row: int | slice) -> Line | list[Line]:
        """Return a row, or some."""
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(self._length))]
        if not 0 <= row < self._length:
            raise IndexError(row)
        before, number, lines = self._unfolded_before(row)
        past = row - before
        if 0 < past <= len(lines):
            return lines[past - 1]
        return Line(self.stories[number + max(past - len(lines), 0)])

    def row_of(self, number: int) -> int:
        """Return the row of the story of a number."""
        return number + sum(len(lines) for lines in self._under[: bisect_left(self._numbers, number)])

    def stories_before(self, row: int) -> int:
        """Return how many of the rows before one are stories."""
        before, number, lines = self._unfolded_before(row)
        past = row - before
        return number + (min(past, 1) if past <= len(lines) else past - len(lines))

    def row_at(self, y: int, story_height: int, line_height: int) -> int:
        """Return the row at a height in pixels below the top of the first."""
        tops = [
            number * story_height + (head - number) * line_height
            for number, head in zip(self._numbers, self._heads, strict=True)
        ]
        at = bisect_right(tops, y) - 1
        if at < 0:
            return y // story_height
        below, lines = y - tops[at], len(self._under[at])
        if below < story_height:
            return self._heads[at]
        if below < story_height + lines * line_height:
            return self._heads[at] + 1 + (below - story_height) // line_height
        return self._heads[at] + lines + (below - lines * line_height) // story_height

    def _unfolded_before(self, row: int) -> tuple[int, int, tuple[Line, ...]]:
        """Return row, number and lines of the last unfolded story at or before a row; else of the first."""
        at = bisect_right(self._heads, row) - 1
        return (self._heads[at], self._numbers[at], self._under[at]) if at >= 0 else (0, 0, ())
