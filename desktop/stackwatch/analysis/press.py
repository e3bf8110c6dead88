"""Stories in the order they came: which were out when, how new each was, how often a name is in the news."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from stackwatch.analysis.stories import MEMORY, novelty
from stackwatch.domain.news import Story

_TRADING_SHARE = 5.0 / 7.0
_SHORTEST = timedelta(days=7)  # an archive younger than this says little about how often


class Press:
    """An index over stories."""

    def __init__(self, stories: Iterable[Story], before: "Press | None" = None) -> None:
        """Index ``stories``; how new those are that were in ``before`` is not worked out again."""
        self._stories = sorted(stories, key=lambda story: story.lead.published)
        self._times = [story.lead.published for story in self._stories]
        self._by_entity: dict[str, list[Story]] = {}
        self._events: dict[str, list[datetime]] = {}
        for story in self._stories:
            for entity in story.entities:
                self._by_entity.setdefault(entity, []).append(story)
            if story.reading.event and story.reading.primary is not None:
                self._events.setdefault(story.reading.primary, []).append(story.lead.published)
        self.known_novelty: dict[tuple[str, str], float] = {} if before is None else before.known_novelty

    def between(self, start: datetime, end: datetime) -> Sequence[Story]:
        """Return the stories first published in [start, end], oldest first."""
        return self._stories[bisect_left(self._times, start) : bisect_right(self._times, end)]

    @property
    def begins(self) -> datetime | None:
        """When the oldest story came, None without any."""
        return self._times[0] if self._times else None

    def novelty(self, story: Story) -> float:
        """Return 1 for a title unlike any earlier one on its entity in 30 days, 0 for a copy."""
        if story.novelty is not None:
            return story.novelty
        key = (story.id, story.lead.id)
        if key not in self.known_novelty:
            self.known_novelty[key] = self._compare(story)
        return self.known_novelty[key]

    def per_session(self, entity_id: str, until: datetime) -> float:
        """Return how many events a session were mainly about an entity in the 30 days before a time."""
        events = self._events.get(entity_id)
        if not events or self.begins is None:
            return 0.0
        start = max(until - MEMORY, self.begins)
        count = bisect_left(events, until) - bisect_left(events, start)
        sessions = max(until - start, _SHORTEST) / timedelta(days=1) * _TRADING_SHARE
        return count / sessions

    def _compare(self, story: Story) -> float:
        published = story.lead.published
        earlier = [
            other.lead.title
            for other in self._by_entity.get(story.reading.primary or "", ())
            if other.id != story.id and published - MEMORY <= other.lead.published < published
        ]
        return novelty(story.lead.title, earlier)
