"""Fold copies of one report into a story.

Within the same entity and 72 hours, two titles tell one story when token_set_ratio is at least 80 and
neither their key numbers nor their tones contradict: a denial is another story.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz, process, utils

from stackwatch.domain.news import Headline, Reading, Story

SIMILAR = 80.0
SPAN = timedelta(hours=72)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MAX_PUBLISHERS = 40


class StoryBook:
    """The stories of the last days, by entity; decides which story a new headline belongs to."""

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        """Begin with the stories kept from before."""
        self._stories: dict[str, Story] = {}
        self._by_entity: dict[str, list[str]] = {}
        for story in stories:
            self._put(story)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, oldest first."""
        return tuple(sorted(self._stories.values(), key=lambda story: story.lead.published))

    def add(self, headline: Headline, reading: Reading) -> Story:
        """File a headline and return its story, new or grown by one copy."""
        story = self._match(headline, reading)
        if story is None:
            story = Story(
                id=headline.id,
                lead=headline,
                reading=reading,
                copies=1,
                publishers=(headline.publisher,),
                last_published=headline.published,
            )
        else:
            story = _grown(story, headline, reading)
        self._put(story)
        return story

    def about(self, entity_id: str) -> tuple[Story, ...]:
        """Return the stories that mention an entity, newest first."""
        stories = (self._stories[story_id] for story_id in self._by_entity.get(entity_id, ()))
        current = [story for story in stories if entity_id in story.entities]
        return tuple(sorted(current, key=lambda story: story.lead.published, reverse=True))

    def _match(self, headline: Headline, reading: Reading) -> Story | None:
        candidates = {
            story_id: self._stories[story_id]
            for entity in reading.entities
            for story_id in self._by_entity.get(entity, ())
        }
        titles = {
            story_id: story.lead.title
            for story_id, story in candidates.items()
            if _near(story, headline) and reading.tone * story.reading.tone >= 0
        }
        matches = process.extract(
            headline.title,
            titles,
            scorer=fuzz.token_set_ratio,
            processor=utils.default_process,
            score_cutoff=SIMILAR,
            limit=5,
        )
        numbers = _numbers(headline.title)
        for title, _, story_id in matches:
            other = _numbers(title)
            if numbers <= other or other <= numbers:
                return candidates[story_id]
        return None

    def _put(self, story: Story) -> None:
        self._stories[story.id] = story
        for entity in story.entities:
            ids = self._by_entity.setdefault(entity, [])
            if story.id not in ids:
                ids.append(story.id)


def _grown(story: Story, headline: Headline, reading: Reading) -> Story:
    """Return a story with one more copy; the earliest headline tells it."""
    publishers = story.publishers
    if headline.publisher not in publishers and len(publishers) < _MAX_PUBLISHERS:
        publishers = (*publishers, headline.publisher)
    earlier = headline.published < story.lead.published
    return replace(
        story,
        lead=headline if earlier else story.lead,
        reading=reading if earlier else story.reading,
        copies=story.copies + 1,
        publishers=publishers,
        last_published=max(story.last_published, headline.published),
    )


def _near(story: Story, headline: Headline) -> bool:
    """Whether the story still spans at most 72 hours with one more headline."""
    first = min(story.lead.published, headline.published)
    return max(story.last_published, headline.published) - first <= SPAN


def _numbers(title: str) -> frozenset[float]:
    return frozenset(float(number.replace(",", "")) for number in _NUMBER.findall(title))
