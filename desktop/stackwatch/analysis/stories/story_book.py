"""Fold copies of one report into a story, and follow what becomes of it.

Within the same entity and 72 hours, two titles tell one story when token_set_ratio is at least 80 and
neither their names, their key numbers nor their tones contradict. A report is no copy of a question or of
talk about the price, which would hide what moved the share; such talk is of one day. A denial or correction
is another story, and so is what comes later: each is noted on the story it is about.
"""

from bisect import insort
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from rapidfuzz import fuzz, process

from stackwatch.analysis.stories.likeness import SIMILAR, Signature, numbers_in
from stackwatch.analysis.stories.story_life import FOLLOWED, speaks_of, stems, turn_by
from stackwatch.analysis.stories.timeline import NONE, Timeline, in_order
from stackwatch.domain.news import Headline, Life, Reading, Story, StoryTheme, StoryTurn, copy_of
from stackwatch.domain.values import changed

_UNLIKE = 50.0  # no more like an earlier title than this is wholly new
SPAN = timedelta(hours=72)
_TALK_SPAN = timedelta(hours=12)  # the same words about a price a day later are about another move
MEMORY = timedelta(days=30)  # how far novelty looks back
_MAX_PUBLISHERS = 40
_MOST_TURNS = 20
_MOST_TOLD = 24
_MOST_SIGNED = 16_384  # stories whose titles are known as signatures


class StoryBook:
    """The stories of the last days, by entity; decides which story a new headline belongs to."""

    def __init__(self, stories: Iterable[Story] = ()) -> None:
        """Begin with the stories kept from before."""
        self._stories: dict[str, Story] = {}
        self._by_entity: dict[str, Timeline] = {}
        self._stems: dict[str, frozenset[str]] = {}  # by story
        self._signatures: dict[str, Signature] = {}  # by story, of the last that were asked
        self._turning: dict[str, set[str]] = {}  # by entity, the stories that deny or correct
        for story in stories:
            self._put(story)

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every story, oldest first."""
        return tuple(sorted(self._stories.values(), key=lambda story: story.lead.published))

    def add(self, headline: Headline, reading: Reading, *, weigh: bool = False) -> Story:
        """File a headline and return its story, new or grown by one copy; ``weigh`` works its novelty out."""
        if len(self._signatures) > _MOST_SIGNED:
            self._signatures.clear()
        signature = Signature(headline.title, reading.entities)
        story = self._match(headline, reading, signature)
        if story is None:
            self._signatures[headline.id] = signature
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
            about = self._by_entity.get(story.reading.primary or "", NONE)
            story = changed(story, novelty=novelty(story, about))
        self._put(story)
        return story

    def tie(self, story: Story, headline: Headline) -> tuple[Story, ...]:
        """Note on other stories what ``headline``, just filed in ``story``, makes of them; returns those.

        What was known before its report is noted on the report, which then is returned too, and what was new
        without it is so no longer: feeds are late, and an hour later the order in which they came is nothing.
        """
        if story.lead.id != headline.id:  # a copy says nothing new
            return ()
        earlier, later_ones = self._earlier(story), [*self._deniers(story), *self._updates(story)]
        words = self._words(story) if earlier or later_ones else frozenset()
        known = self._stems
        answered = [
            other
            for other in earlier
            if speaks_of(story, other, words, known.get(other.id) or self._words(other))
        ]
        turn = turn_by(story)
        touched = {other.id: _with_turn(other, turn) for other in answered}
        for later in later_ones:
            if speaks_of(later, story, self._words(later), words):
                touched[story.id] = _with_turn(touched.get(story.id, story), turn_by(later))
        touched |= {other.id: other for other in self._less_new(story)}
        for other in touched.values():
            self._put(other)
        return tuple(touched.values())

    def reread(self, story: Story, reading: Reading) -> Story:
        """Keep a story with another reading of its title; returns it."""
        read = replace(story, reading=reading)
        self.keep(read)
        return read

    def keep(self, story: Story) -> None:
        """Take in a story that was kept before, in place of what is known of it."""
        if story.id in self._stories:
            self.drop(self._stories[story.id])
        self._put(story)

    def drop(self, story: Story) -> None:
        """Forget a story."""
        del self._stories[story.id]
        self._forget_words(story)
        for entity in story.entities:
            self._by_entity[entity].remove(story)
            self._turning.get(entity, set()).discard(story.id)

    def about(self, entity_id: str) -> tuple[Story, ...]:
        """Return the stories that mention an entity, newest first."""
        return tuple(reversed(self._by_entity.get(entity_id, NONE).stories))

    def _match(self, headline: Headline, reading: Reading, signature: Signature) -> Story | None:
        """Return the story whose title is most like a headline's, of those that do not contradict it."""
        talk = reading.theme is StoryTheme.PRICE_TALK
        span = _TALK_SPAN if talk else SPAN
        start, end = headline.published - span, headline.published + span
        candidates = [
            story
            for story in self._between(reading.entities, start, end)
            if reading.tone * story.reading.tone >= 0
            and reading.life is story.reading.life
            and reading.event is story.reading.event
            and talk is (story.reading.theme is StoryTheme.PRICE_TALK)
            and signature.may_match(self._signatures.get(story.id) or self._sign(story))
            and (story.copies == 1 or _takes(story, headline, signature, span))
        ]
        found = process.extractOne(
            signature.ordered,
            [self._signatures[story.id].ordered for story in candidates],
            scorer=fuzz.token_set_ratio,
            score_cutoff=SIMILAR,
        )
        return None if found is None else candidates[found[2]]

    def _earlier(self, story: Story) -> list[Story]:
        """Return the reports of the seven days before that a story may update, deny or correct."""
        reading, end = story.reading, story.lead.published
        if reading.life is not Life.REPORTED:
            found = self._between(reading.entities, end - FOLLOWED, end)
        elif reading.event and reading.primary is not None:  # it takes an event on the same name further
            among = self._between((reading.primary,), end - FOLLOWED, end)
            found = [o for o in among if (read := o.reading).event and read.primary == reading.primary]
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

    def _updates(self, story: Story) -> list[Story]:
        """Return the later events of seven days on the name that an event is about."""
        reading, begin = story.reading, story.lead.published
        if reading.life is not Life.REPORTED or not reading.event or reading.primary is None:
            return []
        among = self._between((reading.primary,), begin, begin + FOLLOWED)
        events = [o for o in among if (read := o.reading).event and read.primary == reading.primary]
        return [o for o in events if o.reading.life is Life.REPORTED and o.lead.published > begin]

    def _less_new(self, story: Story) -> Iterator[Story]:
        """Yield the later stories of 30 days that a story makes less new than they were thought to be."""
        begin, title = story.lead.published + timedelta.resolution, in_order(story.lead.title)
        for entity in story.entities:
            about = self._by_entity[entity]
            ids, titles = about.ids(begin, begin + MEMORY), about.titles(begin, begin + MEMORY)
            alike = process.extract(title, titles, scorer=fuzz.ratio, score_cutoff=_UNLIKE, limit=None)
            for _, similarity, place in alike:
                other, left = self._stories[ids[place]], _unlike(similarity)
                if other.reading.primary == entity and other.novelty is not None and left < other.novelty:
                    yield changed(other, novelty=left)

    def _words(self, story: Story) -> frozenset[str]:
        known = self._stems.get(story.id)
        if known is None:
            known = self._stems[story.id] = stems(story)
        return known

    def _sign(self, story: Story) -> Signature:
        signature = self._signatures[story.id] = Signature(story.lead.title, story.entities)
        return signature

    def _forget_words(self, story: Story) -> None:
        self._stems.pop(story.id, None)
        self._signatures.pop(story.id, None)

    def _between(self, entities: Iterable[str], start: datetime, end: datetime) -> list[Story]:
        """Return the stories that name any of some entities and were first published in [start, end]."""
        found = [self._by_entity.get(entity, NONE).ids(start, end) for entity in entities]
        return [self._stories[each] for each in dict.fromkeys(chain.from_iterable(found))]

    def _put(self, story: Story) -> None:
        before = self._stories.get(story.id)
        self._stories[story.id] = story
        if before is not None and before.lead is story.lead:
            return
        if before is not None:
            self._forget_words(story)
            for entity in before.entities:
                self._by_entity[entity].remove(before)
        for entity in story.entities:
            if story.reading.life is not Life.REPORTED:
                self._turning.setdefault(entity, set()).add(story.id)
            self._by_entity.setdefault(entity, Timeline(self._stories)).add(story)


def _grown(story: Story, headline: Headline, reading: Reading) -> Story:
    """Return a story with one more copy; the earliest headline tells it."""
    publishers = story.publishers
    known = {publisher.casefold() for publisher in publishers}  # REUTERS is no second source
    if headline.publisher.casefold() not in known and len(publishers) < _MAX_PUBLISHERS:
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


def novelty(story: Story, about: Timeline) -> float:
    """Return 1 for a title unlike any earlier one of 30 days in ``about``, the stories on whom it is about.

    0 for a copy of one, its words in whatever order.
    """
    published = story.lead.published
    earlier = about.titles(published - MEMORY, published)
    found = process.extractOne(in_order(story.lead.title), earlier, scorer=fuzz.ratio, score_cutoff=_UNLIKE)
    return 1.0 if found is None else _unlike(found[1])


def _unlike(similarity: float) -> float:
    return (100.0 - similarity) / (100.0 - _UNLIKE)


def _takes(story: Story, headline: Headline, signature: Signature, span: timedelta) -> bool:
    """Whether a story of several reports takes one more: within its span, and with a number of theirs if any.

    The first may name none: two contracts would be one.
    """
    first = min(story.lead.published, headline.published)
    if max(story.last_published, headline.published) - first > span:
        return False
    if not signature.numbers:
        return True
    told = frozenset(chain.from_iterable(numbers_in(copy.title) for copy in story.reports))
    return not told or not told.isdisjoint(signature.numbers)
