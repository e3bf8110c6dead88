"""Stories in the order they came: which were out when, how new each was, how often a name is in the news."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import chain

from stackwatch.analysis.stories import MEMORY, SPAN, novelty
from stackwatch.domain.news import Story

_TRADING_SHARE = 5.0 / 7.0
_SHORTEST = timedelta(days=7)  # an archive younger than this says little about how often


class Press:
    """An index over stories."""

    def __init__(self, stories: Iterable[Story], before: "Press | None" = None) -> None:
        """Index ``stories``; how new those are that were in ``before`` is not worked out again."""
        self._stories: list[Story] = []
        self._times: list[datetime] = []
        self._entities: list[tuple[str, ...]] = []
        self._known: dict[str, Story] = {}
        self._by_entity: dict[str, list[Story]] = {}  # oldest first
        self._events: dict[str, list[datetime]] = {}
        self.change(sorted(stories, key=lambda story: story.lead.published))
        self.known_novelty: dict[tuple[str, str], float] = {} if before is None else before.known_novelty

    def change(self, stories: Iterable[Story]) -> None:
        """Take in stories that are new, or that changed since they were indexed."""
        for story in stories:
            before = self._known.get(story.id)
            if before is not None:
                self._take_out(before)
            self._known[story.id], entities = story, story.entities
            place = bisect_right(self._times, story.lead.published)
            self._stories.insert(place, story)
            self._times.insert(place, story.lead.published)
            self._entities.insert(place, entities)
            for entity in entities:
                insort(self._by_entity.setdefault(entity, []), story, key=_published)
            if story.reading.event and story.reading.primary is not None:
                insort(self._events.setdefault(story.reading.primary, []), story.lead.published)

    def _take_out(self, story: Story) -> None:
        place = _place(self._stories, story)
        del self._stories[place], self._times[place], self._entities[place]
        for entity in story.entities:
            known = self._by_entity[entity]
            del known[_place(known, story)]
        if story.reading.event and story.reading.primary is not None:
            self._events[story.reading.primary].remove(story.lead.published)

    def between(self, start: datetime, end: datetime) -> Sequence[Story]:
        """Return the stories first published in [start, end], oldest first."""
        return self._stories[bisect_left(self._times, start) : bisect_right(self._times, end)]

    def concerning(self, entities: AbstractSet[str], start: datetime, end: datetime) -> list[Story]:
        """Return the stories first published in [start, end] that name any of ``entities``, oldest first."""
        first, last = bisect_left(self._times, start), bisect_right(self._times, end)
        named = zip(self._stories[first:last], self._entities[first:last], strict=True)
        return [story for story, names in named if not entities.isdisjoint(names)]

    def counts(self, since: datetime) -> Counter[str]:
        """Return how many stories mention each entity, of those with a report since a time."""
        first = bisect_left(self._times, since - SPAN)
        named = zip(self._stories[first:], self._entities[first:], strict=True)
        return Counter(chain.from_iterable(names for story, names in named if story.last_published >= since))

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
        known = self._by_entity.get(story.reading.primary or "", [])
        first = bisect_left(known, published - MEMORY, key=_published)
        last = bisect_left(known, published, key=_published)
        return novelty(story.lead.title, [other.lead.title for other in known[first:last]])


def _published(story: Story) -> datetime:
    return story.lead.published


def _place(stories: Sequence[Story], story: Story) -> int:
    """Return where a story stands among stories in the order they came."""
    place = bisect_left(stories, story.lead.published, key=_published)
    while stories[place].id != story.id:  # another one of the same moment
        place += 1
    return place
