"""Which stories are shown, and in which order: pure functions over what was read out of titles."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from stackwatch.domain.news import Story, Theme
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.ui.kit.search_line import folded

TONES = (1, 0, -1)


class Order(IntEnum):
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
    themes: frozenset[Theme] = frozenset(Theme)
    tones: frozenset[int] = frozenset(TONES)
    events: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A story with what it is filtered by."""

    story: Story
    listed: bool
    private: bool
    layers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stories there are of each kind."""

    total: int
    headlines: int
    listed: int
    private: int
    themes: Mapping[Theme, int]
    tones: Mapping[int, int]


class StoryIndex:
    """Every story that is known, ready to be searched."""

    def __init__(self, ecosystem: Ecosystem, watchlist: Watchlist) -> None:
        self._ecosystem = ecosystem
        self._listed: frozenset[str] = frozenset()
        self._layers: dict[str, set[str]] = {}
        self._entries: dict[str, Entry] = {}
        self._folded: dict[str, tuple[Story, str, str]] = {}  # by story: its title, and all it is found by
        self.follow(watchlist)

    def follow(self, watchlist: Watchlist) -> None:
        """Know whom another list holds, and in which layers."""
        self._listed = frozenset(watchlist.symbols)
        self._layers = {}
        for layer in watchlist.layers:
            for entity in (*layer.symbols, *layer.private):
                self._layers.setdefault(entity, set()).add(layer.id)
        self.put([entry.story for entry in self._entries.values()])

    def put(self, stories: Iterable[Story], dropped: Iterable[str] = ()) -> None:
        """Add stories or newer versions of them, and drop others by id."""
        for story in stories:
            self._entries[story.id] = self._entry(story)
        for story_id in dropped:
            self._entries.pop(story_id, None)
            self._folded.pop(story_id, None)

    def story(self, story_id: str) -> Story | None:
        """Return a story by its id, None where it is not known."""
        entry = self._entries.get(story_id)
        return None if entry is None else entry.story

    def search(self, criteria: StoryCriteria, order: Order = Order.NEWEST) -> list[Story]:
        """Return the stories that pass, in the order asked for."""
        wanted = folded(criteria.words).split()
        found = [entry for entry in self._entries.values() if _passes(entry, criteria)]
        if wanted:
            found = [e for e in found if all(word in self._texts(e.story)[1] for word in wanted)]
        found.sort(key=lambda entry: (entry.story.lead.published, entry.story.id), reverse=True)
        if order is Order.COPIES:
            found.sort(key=lambda entry: -entry.story.copies)
        elif order is Order.MATCH and wanted:
            found.sort(key=lambda entry: _rank(self._texts(entry.story)[0], wanted))
        return [entry.story for entry in found]

    def counts(self) -> Counts:
        """Count every story that is known."""
        entries = self._entries.values()
        return Counts(
            total=len(entries),
            headlines=sum(entry.story.copies for entry in entries),
            listed=sum(entry.listed for entry in entries),
            private=sum(entry.private for entry in entries),
            themes=Counter(entry.story.reading.theme for entry in entries),
            tones=Counter(entry.story.reading.tone for entry in entries),
        )

    def _entry(self, story: Story) -> Entry:
        about = story.entities
        return Entry(
            story,
            any(entity in self._listed for entity in about),
            any(entity in self._ecosystem.private for entity in about),
            frozenset(layer for entity in about for layer in self._layers.get(entity, ())),
        )

    def _texts(self, story: Story) -> tuple[str, str]:
        """Return a story's title, and titles, publishers and names together, folded when first searched."""
        known = self._folded.get(story.id)
        if known is None or known[0] is not story:
            names = [self._ecosystem.names_of(entity) for entity in story.entities]
            words = (
                story.lead.title,
                *(words for copy in story.told for words in (copy.title, copy.publisher)),
                *story.publishers,
                *story.entities,
                *(name for each in names for name in (each.en, each.ko)),
            )
            known = (story, folded(story.lead.title), folded("\n".join(dict.fromkeys(words))))
            self._folded[story.id] = known
        return known[1], known[2]


def _passes(entry: Entry, criteria: StoryCriteria) -> bool:
    reading = entry.story.reading
    about = criteria.everything or (criteria.listed and entry.listed) or (criteria.private and entry.private)
    return (
        about
        and reading.theme in criteria.themes
        and reading.tone in criteria.tones
        and (reading.event or not criteria.events)
        and (criteria.layer is None or criteria.layer in entry.layers)
        and (criteria.entity is None or criteria.entity in entry.story.entities)
    )


def _rank(title: str, wanted: Sequence[str]) -> tuple[int, int]:
    """Sort what has the words in its title first, and of these what has them early."""
    places = [title.find(word) for word in wanted]
    return (sum(place < 0 for place in places), sum(place for place in places if place > 0))
