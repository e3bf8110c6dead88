"""Fold copies of one report into a story, and follow what becomes of it.

Within the same entity and 72 hours, two titles tell one story when token_set_ratio is at least 80 and
neither their names, their key numbers nor their tones contradict. A denial or correction is another story,
and so is what comes later: each is noted on the story it is about.
"""

import re
from bisect import insort
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from rapidfuzz import fuzz, process, utils

from stackwatch.analysis.story_life import FOLLOWED, speaks_of, stems, turn_by
from stackwatch.analysis.timeline import NONE, Timeline
from stackwatch.domain.news import Headline, Life, Reading, Story, StoryTurn, copy_of
from stackwatch.domain.values import changed

SIMILAR = 80.0
_UNLIKE = 50.0  # no more like an earlier title than this is wholly new
SPAN = timedelta(hours=72)
MEMORY = timedelta(days=30)  # how far novelty looks back
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MAX_PUBLISHERS = 40
_MOST_TURNS = 20
_MOST_TOLD = 24
_MOST_ORDERED = 16_384  # titles whose words are kept in order


class StoryBook:
    """The stories of the last days, by entity; decides which story a new headline belongs to."""

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        """Begin with the stories kept from before."""
        self._stories: dict[str, Story] = {}
        self._by_entity: dict[str, Timeline] = {}
        self._stems: dict[str, frozenset[str]] = {}  # by story
        self._turning: dict[str, set[str]] = {}  # by entity, the stories that deny or correct
        for story in stories:
            self._put(story)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, oldest first."""
        return tuple(sorted(self._stories.values(), key=lambda story: story.lead.published))

    def add(self, headline: Headline, reading: Reading, *, weigh: bool = False) -> Story:
        """File a headline and return its story, new or grown by one copy; ``weigh`` works its novelty out."""
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
        if weigh and story.lead.id == headline.id:
            story = changed(story, novelty=novelty(headline.title, self._earlier_titles(story)))
        self._put(story)
        return story

    def tie(self, story: Story, headline: Headline) -> tuple[Story, ...]:
        """Note on other stories what ``headline``, just filed in ``story``, makes of them; returns those.

        A denial that came before its report was known is noted on the report, which then is returned too.
        """
        if story.lead.id != headline.id:  # a copy says nothing new
            return ()
        earlier, deniers = self._earlier(story), self._deniers(story)
        words = self._words(story) if earlier or deniers else frozenset()
        answered = [other for other in earlier if speaks_of(story, other, words, self._words(other))]
        turn = turn_by(story)
        touched = {other.id: _with_turn(other, turn) for other in answered}
        for later in deniers:
            if speaks_of(later, story, self._words(later), words):
                touched[story.id] = _with_turn(touched.get(story.id, story), turn_by(later))
        for other in touched.values():
            self._put(other)
        return tuple(touched.values())

    def reread(self, story: Story, reading: Reading) -> Story:
        """Keep a story with another reading of its title; returns it."""
        self.drop(story)
        read = replace(story, reading=reading)
        self._put(read)
        return read

    def drop(self, story: Story) -> None:
        """Forget a story."""
        del self._stories[story.id]
        self._stems.pop(story.id, None)
        for entity in story.entities:
            self._by_entity[entity].remove(story)
            self._turning.get(entity, set()).discard(story.id)

    def about(self, entity_id: str) -> tuple[Story, ...]:
        """Return the stories that mention an entity, newest first."""
        return tuple(reversed(self._by_entity.get(entity_id, NONE).stories))

    def _match(self, headline: Headline, reading: Reading) -> Story | None:
        start, end = headline.published - SPAN, headline.published + SPAN
        candidates = [
            story
            for story in self._between(reading.entities, start, end)
            if reading.tone * story.reading.tone >= 0
            and reading.life is story.reading.life
            and (story.copies == 1 or _near(story, headline))  # a single report is: it was looked for so
        ]
        matches = process.extract(
            _in_order(headline.title),
            [_in_order(story.lead.title) for story in candidates],
            scorer=fuzz.token_set_ratio,
            score_cutoff=SIMILAR,
            limit=5,
        )
        names, numbers = set(reading.entities), _numbers(headline.title)
        for _, _, place in matches:
            story = candidates[place]
            if _agree(names, set(story.entities)) and _agree(numbers, _numbers(story.lead.title)):
                return story
        return None

    def _earlier(self, story: Story) -> list[Story]:
        """Return the reports of the seven days before that a story may update, deny or correct."""
        reading, end = story.reading, story.lead.published
        if reading.life is not Life.REPORTED:
            found = self._between(reading.entities, end - FOLLOWED, end)
        elif reading.event and reading.primary is not None:  # it takes an event on the same name further
            among = self._between((reading.primary,), end - FOLLOWED, end)
            found = [o for o in among if o.reading.event and o.reading.primary == reading.primary]
        else:
            return []
        return [other for other in found if other.reading.life is Life.REPORTED and other.id != story.id]

    def _deniers(self, story: Story) -> list[Story]:
        """Return the denials and corrections of the seven days after a report that name an entity of it."""
        if story.reading.life is not Life.REPORTED:
            return []
        begin, known = story.lead.published, self._turning
        keys = set[str]().union(*(known[entity] for entity in story.entities if entity in known))
        later = [self._stories[key] for key in keys]
        return [other for other in later if begin <= other.lead.published <= begin + FOLLOWED]

    def _words(self, story: Story) -> frozenset[str]:
        known = self._stems.get(story.id)
        if known is None:
            known = self._stems[story.id] = stems(story)
        return known

    def _earlier_titles(self, story: Story) -> list[str]:
        """Return the titles on a story's entity of the 30 days before it."""
        end = story.lead.published
        found = self._between((story.reading.primary or "",), end - MEMORY, end)
        return [other.lead.title for other in found if other.id != story.id and other.lead.published < end]

    def _between(self, entities: Iterable[str], start: datetime, end: datetime) -> list[Story]:
        """Return the stories that name any of some entities and were first published in [start, end]."""
        found = [self._by_entity.get(entity, NONE).between(start, end) for entity in entities]
        if len(found) == 1:
            return found[0]
        return list({story.id: story for some in found for story in some}.values())

    def _put(self, story: Story) -> None:
        before = self._stories.get(story.id)
        self._stories[story.id] = story
        if before is not None and before.lead is story.lead:
            for entity in story.entities:
                self._by_entity[entity].replace(story)
            return
        if before is not None:
            self._stems.pop(story.id, None)
            for entity in before.entities:
                self._by_entity[entity].remove(before)
        for entity in story.entities:
            if story.reading.life is not Life.REPORTED:
                self._turning.setdefault(entity, set()).add(story.id)
            self._by_entity.setdefault(entity, Timeline()).add(story)


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
        told=tuple(sorted((*story.reports, copy_of(headline)), key=lambda copy: copy.published)[:_MOST_TOLD]),
    )


def _with_turn(story: Story, turn: StoryTurn) -> Story:
    """Return a story with one more turn, or with a newer reading of one it has."""
    turns = [known for known in story.turns if known.story_id != turn.story_id]
    insort(turns, turn, key=lambda one: one.at)
    if len(turns) > _MOST_TURNS and (spare := next((one for one in turns if one.kind is Life.UPDATED), None)):
        turns.remove(spare)
    return changed(story, turns=tuple(turns))


def novelty(title: str, earlier: Sequence[str]) -> float:
    """Return 1 for a title unlike any of ``earlier``, 0 for a copy of one, its words in whatever order."""
    found = process.extractOne(
        _in_order(title), [_in_order(other) for other in earlier], scorer=fuzz.ratio, score_cutoff=_UNLIKE
    )
    return 1.0 if found is None else (100.0 - found[1]) / (100.0 - _UNLIKE)


@lru_cache(maxsize=_MOST_ORDERED)
def _in_order(title: str) -> str:
    """Return the words of a title in lower case and in order; those of the next 30 days ask for them."""
    return " ".join(sorted(utils.default_process(title).split()))


def _near(story: Story, headline: Headline) -> bool:
    """Whether the story still spans at most 72 hours with one more headline."""
    first = min(story.lead.published, headline.published)
    return max(story.last_published, headline.published) - first <= SPAN


def _agree(one: AbstractSet[object], other: AbstractSet[object]) -> bool:
    """Whether one of two titles says nothing of a kind that the other does not; else each tells its own."""
    return one <= other or other <= one


def _numbers(title: str) -> frozenset[float]:
    return frozenset(float(number.replace(",", "")) for number in _NUMBER.findall(title))
