"""Stories in the order they were first published."""

from bisect import bisect_left, bisect_right
from datetime import datetime

from stackwatch.domain.news import Story


class Timeline:
    """Stories by the time of their earliest headline, those of one moment by their ids."""

    def __init__(self) -> None:
        self.stories: list[Story] = []
        self.times: list[datetime] = []

    def add(self, story: Story) -> None:
        """Put a story in its place."""
        place = self._place(story)
        self.stories.insert(place, story)
        self.times.insert(place, story.lead.published)

    def remove(self, story: Story) -> None:
        """Take a story out."""
        place = self._place(story)
        del self.stories[place], self.times[place]

    def replace(self, story: Story) -> None:
        """Put a story where it was with the same earliest headline."""
        self.stories[self._place(story)] = story

    def between(self, start: datetime, end: datetime) -> list[Story]:
        """Return the stories in [start, end]."""
        return self.stories[bisect_left(self.times, start) : bisect_right(self.times, end)]

    def since(self, start: datetime) -> list[Story]:
        """Return the stories from a time on."""
        return self.stories[bisect_left(self.times, start) :]

    def _place(self, story: Story) -> int:
        time = story.lead.published
        place = bisect_left(self.times, time)
        while place < len(self.times) and self.times[place] == time and self.stories[place].id < story.id:
            place += 1
        return place


NONE = Timeline()  # of whom nothing was published
