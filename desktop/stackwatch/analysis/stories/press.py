"""Stories in the order they came: which were out when, how new each was, how often a name is in the news."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from itertools import chain

from stackwatch.analysis.stories.story_book import MEMORY, SPAN, novelty
from stackwatch.analysis.stories.timeline import NONE, Timeline
from stackwatch.domain.news import Story

_TRADING_SHARE = 5.0 / 7.0
_SHORTEST = timedelta(days=7)  # an archive younger than this says little about how often


class Press:
    """An index over stories."""

    def __init__(
        self, stories: Iterable[Story], before: "Press | None" = None, since: datetime | None = None
    ) -> None:
        """Index ``stories``; how new those are that were in ``before`` is not worked out again.

        ``since`` is when the oldest headline came that counts, where some are left out; what came before only
        tells how new others are.
        """
        self._since = since
        self._known: dict[str, Story] = {}
        self._all = Timeline(self._known)
        self._about: dict[str, Timeline] = {}  # by entity
        self._events: dict[str, list[datetime]] = {}
        self.change(sorted(stories, key=lambda story: story.lead.published))
        self.known_novelty: dict[tuple[str, str], float] = {} if before is None else before.known_novelty

    def change(self, stories: Iterable[Story]) -> None:
        """Take in stories that are new, or that changed since they were indexed."""
        for story in stories:
            before = self._known.get(story.id)
            self._known[story.id] = story
            if before is not None:
                if before.lead is story.lead and before.reading is story.reading:
                    continue
                self._take_out(before)
            self._all.add(story)
            for entity in story.entities:
                self._about.setdefault(entity, Timeline(self._known)).add(story)
            if story.reading.event and story.reading.primary is not None:
                insort(self._events.setdefault(story.reading.primary, []), story.lead.published)

    def drop(self, stories: Iterable[Story]) -> None:
        """Forget stories."""
        for story in stories:
            self._take_out(self._known.pop(story.id))

    def _take_out(self, story: Story) -> None:
        self._all.remove(story)
        for entity in story.entities:
            self._about[entity].remove(story)
        if story.reading.event and story.reading.primary is not None:
            events = self._events[story.reading.primary]
            del events[bisect_left(events, story.lead.published)]

    def between(self, start: datetime, end: datetime) -> Sequence[Story]:
        """Return the stories first published in [start, end], oldest first."""
        return self._all.between(start, end)

    def concerning(self, entities: AbstractSet[str], start: datetime, end: datetime) -> list[Story]:
        """Return the stories first published in [start, end] that name any of ``entities``, oldest first."""
        ids = [self._about.get(entity, NONE).ids(start, end) for entity in entities]
        found = [self._known[each] for each in dict.fromkeys(chain.from_iterable(ids))]
        return sorted(found, key=lambda story: (story.lead.published, story.id))

    def counts(self, since: datetime) -> Counter[str]:
        """Return how many stories mention each entity, of those with a report since a time."""
        counted = Counter[str]()
        for entity, known in self._about.items():
            count = sum(story.last_published >= since for story in known.since(since - SPAN))
            if count:
                counted[entity] = count
        return counted

    @property
    def begins(self) -> datetime | None:
        """When the oldest headline came that counts, else the oldest story; None without any."""
        return self._since or next(iter(self._all.times), None)

    def novelty(self, story: Story) -> float:
        """Return 1 for a title unlike any earlier one on its entity in 30 days, 0 for a copy."""
        if story.novelty is not None:
            return story.novelty
        key = (story.id, story.lead.id)
        if key not in self.known_novelty:
            about = self._about.get(story.reading.primary or "", NONE)
            self.known_novelty[key] = novelty(story, about)
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
