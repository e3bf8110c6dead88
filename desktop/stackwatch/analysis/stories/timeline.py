"""Stories in the order they were first published, and times cut into pieces."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from rapidfuzz import utils

from stackwatch.domain.news import Story

_MOST_ORDERED = 16_384  # titles whose words are kept in order


@lru_cache(maxsize=_MOST_ORDERED)
def in_order(title: str) -> str:
    """Return the words of a title in lower case and in order."""
    return " ".join(sorted(utils.default_process(title).split()))


class Timeline:
    """Ids of stories by the time of their earliest headline, those of one moment by their ids.

    ``known`` has every story as it is now: one that changes but for that headline need not be put anew.
    """

    def __init__(self, known: Mapping[str, Story]) -> None:
        self.times: list[datetime] = []
        self._known = known
        self._ids: list[str] = []
        self._ordered: list[str | None] = []  # titles with their words in order, where they were asked for

    def add(self, story: Story) -> None:
        """Put a story in its place."""
        place = self._place(story)
        self._ids.insert(place, story.id)
        self.times.insert(place, story.lead.published)
        self._ordered.insert(place, None)

    def remove(self, story: Story) -> None:
        """Take a story out, as it was when it was put in."""
        place = self._place(story)
        del self._ids[place], self.times[place], self._ordered[place]

    @property
    def stories(self) -> list[Story]:
        """Every story."""
        return [self._known[each] for each in self._ids]

    def ids(self, start: datetime, end: datetime) -> list[str]:
        """Return the ids of the stories in [start, end]."""
        return self._ids[bisect_left(self.times, start) : bisect_right(self.times, end)]

    def between(self, start: datetime, end: datetime) -> list[Story]:
        """Return the stories in [start, end]."""
        return [self._known[each] for each in self.ids(start, end)]

    def titles(self, start: datetime, end: datetime) -> list[str]:
        """Return the titles in [start, end), the words of each in order; they are kept for the next story."""
        begin, stop = bisect_left(self.times, start), bisect_left(self.times, end)
        titles = [
            in_order(self._known[self._ids[place]].lead.title) if title is None else title
            for place, title in enumerate(self._ordered[begin:stop], begin)
        ]
        self._ordered[begin:stop] = titles
        return titles

    def since(self, start: datetime) -> list[Story]:
        """Return the stories from a time on."""
        return [self._known[each] for each in self._ids[bisect_left(self.times, start) :]]

    def _place(self, story: Story) -> int:
        time = story.lead.published
        place = bisect_left(self.times, time)
        while place < len(self.times) and self.times[place] == time and self._ids[place] < story.id:
            place += 1
        return place


NONE = Timeline({})  # of whom nothing was published


def pieces(times: Iterable[datetime], most: int, longest: timedelta) -> list[tuple[datetime, datetime]]:
    """Cut times, which are in order, into pieces of at most so many and so long; returns their ends."""
    cut: list[list[datetime]] = []
    for time in times:
        if not cut or len(cut[-1]) == most or time - cut[-1][0] > longest:
            cut.append([])
        cut[-1].append(time)
    return [(piece[0], piece[-1]) for piece in cut]
