"""Which stories are shown, and in which order: pure functions over what was read out of titles."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from stackwatch.domain.news import Story, StoryTheme
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.kit.initials import begun
from stackwatch.ui.kit.search_line import folded

TONES = (1, 0, -1)
_ALL_THEMES = frozenset(StoryTheme)


class StoryOrder(IntEnum):
    """How stories are sorted."""

    NEWEST = 0
    COPIES = 1
    MATCH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCriteria:
    """What a story must be to be shown.

    ``listed``, ``private`` and ``everything`` say whom it may be about, any of them is enough; ``layer`` and
    ``entity`` narrow that down. With ``events`` it must report something new. ``words`` must all be in it.
    """

    words: str = ""
    listed: bool = True
    private: bool = True
    everything: bool = True
    layer: str | None = None
    entity: str | None = None
    themes: frozenset[StoryTheme] = frozenset(StoryTheme)
    tones: frozenset[int] = frozenset(TONES)
    events: bool = False


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A story with what it is searched by: whom it is about, and its words, its title first, folded."""

    story: Story
    about: tuple[str, ...]
    words: str
    title_ends: int


@dataclass(frozen=True, slots=True)
class StoryCounts:
    """How many stories there are of each kind."""

    total: int
    headlines: int
    listed: int
    private: int
    themes: Mapping[StoryTheme, int]
    tones: Mapping[int, int]


class StoryIndex:
    """Every story that is known, ready to be searched: there may be tens of thousands."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        self._ecosystem = ecosystem
        self._listed: frozenset[str] = frozenset()
        self._layers: dict[str, frozenset[str]] = {}
        self._entries: dict[str, SearchEntry] = {}
        self._oldest_first: list[SearchEntry] = []
        self._published: list[tuple[datetime, str]] = []  # when each of those was, with its id
        self._headlines = self._of_listed = self._of_private = 0
        self._themes, self._tones = Counter[StoryTheme](), Counter[int]()
        self.follow(watchlist)

    def follow(self, watchlist: Watchlist) -> None:
        """Know whom another list holds, and in which layers."""
        self._listed = frozenset(watchlist.symbols)
        self._layers = {layer.id: frozenset((*layer.symbols, *layer.private)) for layer in watchlist.layers}
        entries = self._entries.values()
        self._of_listed = sum(map(self._is_of_listed, entries))
        self._of_private = sum(map(self._is_of_private, entries))

    def put(self, stories: Iterable[Story], dropped: Iterable[str]) -> None:
        """Add stories or newer versions of them, and drop others by id."""
        for story in stories:
            if (known := self._entries.get(story.id)) is not None:
                place = bisect_left(self._published, _published(known.story))
                del self._published[place], self._oldest_first[place]
                self._count(known, -1)
            entry = self._entries[story.id] = self._entry(story)
            place = bisect_left(self._published, _published(story))
            self._published.insert(place, _published(story))
            self._oldest_first.insert(place, entry)
            self._count(entry, 1)
        gone = [self._entries.pop(each) for each in dropped if each in self._entries]
        if gone:  # all at once: they may be a publisher's tens of thousands
            self._oldest_first = [e for e in self._oldest_first if e.story.id in self._entries]
            self._published = [_published(entry.story) for entry in self._oldest_first]
        for entry in gone:
            self._count(entry, -1)

    def _count(self, entry: SearchEntry, times: int) -> None:
        reading = entry.story.reading
        self._headlines += times * entry.story.copies
        self._of_listed += times * self._is_of_listed(entry)
        self._of_private += times * self._is_of_private(entry)
        self._themes[reading.theme] += times
        self._tones[reading.tone] += times

    def _is_of_listed(self, entry: SearchEntry) -> bool:
        return not self._listed.isdisjoint(entry.about)

    def _is_of_private(self, entry: SearchEntry) -> bool:
        return not self._ecosystem.private.keys().isdisjoint(entry.about)

    @property
    def stories(self) -> list[Story]:
        """Every story, the oldest first."""
        return [entry.story for entry in self._oldest_first]

    def story(self, story_id: str) -> Story | None:
        """Return a story by its id, None where it is not known."""
        entry = self._entries.get(story_id)
        return None if entry is None else entry.story

    def search(self, criteria: StoryCriteria, order: StoryOrder = StoryOrder.NEWEST) -> list[Story]:
        """Return the stories that pass, in the order asked for."""
        wanted = folded(criteria.words).split()
        found = self._passing(criteria)
        for word in wanted:
            found = _holding(word, found)
        if order is StoryOrder.COPIES:
            found.sort(key=lambda entry: -entry.story.copies)
        elif order is StoryOrder.MATCH and wanted:
            found.sort(key=lambda entry: _rank(entry, wanted))
        return [entry.story for entry in found]

    def _passing(self, criteria: StoryCriteria) -> list[SearchEntry]:
        """Return what passes but for the words, the newest first."""
        found = self._oldest_first[::-1]
        if not criteria.themes >= _ALL_THEMES:
            found = [entry for entry in found if entry.story.reading.theme in criteria.themes]
        if not criteria.tones.issuperset(TONES):
            found = [entry for entry in found if entry.story.reading.tone in criteria.tones]
        if criteria.events:
            found = [entry for entry in found if entry.story.reading.event]
        for names in self._names_wanted(criteria):
            found = [entry for entry in found if not names.isdisjoint(entry.about)]
        return found

    def _names_wanted(self, criteria: StoryCriteria) -> Iterator[frozenset[str]]:
        """Yield names of each of which a story must be about one."""
        if not criteria.everything:
            listed = self._listed if criteria.listed else frozenset()
            yield listed.union(self._ecosystem.private if criteria.private else ())
        if criteria.layer is not None:
            yield self._layers.get(criteria.layer, frozenset())
        if criteria.entity is not None:
            yield frozenset((criteria.entity,))

    def counts(self) -> StoryCounts:
        """Count every story that is known."""
        return StoryCounts(
            total=len(self._entries),
            headlines=self._headlines,
            listed=self._of_listed,
            private=self._of_private,
            themes=+self._themes,  # without those of which none is left
            tones=+self._tones,
        )

    def _entry(self, story: Story) -> SearchEntry:
        about, title = story.entities, folded(story.lead.title)
        names = [self._ecosystem.names_of(entity) for entity in about]
        words = (
            *(words for copy in story.told for words in (copy.title, copy.publisher)),
            *story.publishers,
            *about,
            *(name for each in names for name in (each.en, each.ko)),
        )
        return SearchEntry(
            story, about, "\n".join((title, folded("\n".join(dict.fromkeys(words))))), len(title)
        )


def _holding(word: str, entries: Sequence[SearchEntry]) -> list[SearchEntry]:
    """Return what holds a word, or else what may once its last syllable is whole."""
    found = [entry for entry in entries if word in entry.words]
    if found or word.isascii():
        return found
    finds = begun(word).search
    return [entry for entry in entries if finds(entry.words)]


def _published(story: Story) -> tuple[datetime, str]:
    return story.lead.published, story.id


def _rank(entry: SearchEntry, wanted: Sequence[str]) -> tuple[int, int]:
    """Sort what has the words in its title first, and of these what has them early."""
    places = [entry.words.find(word, 0, entry.title_ends) for word in wanted]
    return (sum(place < 0 for place in places), sum(place for place in places if place > 0))
