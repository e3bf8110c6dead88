"""Headlines in, stories out: dedupe, read, fold, keep."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

from stackwatch.analysis.reading import Reader
from stackwatch.analysis.stories import StoryBook
from stackwatch.domain.news import Headline, Story
from stackwatch.engine.ports import Clock, Store

KEPT = timedelta(days=30)
_FUTURE_TOLERANCE = timedelta(minutes=10)
_TODAY = timedelta(hours=24)


class Newsroom:
    """The stories of the last 30 days. Owned by the core thread."""

    def __init__(self, reader: Reader, store: Store, clock: Clock) -> None:
        self._reader = reader
        self._store = store
        self._clock = clock
        self._day = clock.now().date()
        self._open_book(clock.now())

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every kept story, oldest first."""
        return self._book.stories

    def accept(self, headlines: Sequence[Headline]) -> tuple[Story, ...]:
        """File new headlines and return the stories they made or grew, those about nobody known left out."""
        now = self._clock.now()
        self._forget(now)
        fresh = []
        for headline in sorted(headlines, key=lambda headline: headline.published):
            keys = _keys(headline)
            if now - KEPT <= headline.published <= now + _FUTURE_TOLERANCE and not keys & self._seen:
                self._seen |= keys
                fresh.append(headline)
        changed: dict[str, Story] = {}
        for headline in self._store.save_headlines(fresh):
            reading = self._reader.read(headline.title)
            if reading.mentions:
                story = self._book.add(headline, reading)
                changed[story.id] = story
        if changed:
            self._store.save_stories(tuple(changed.values()))
        return tuple(changed.values())

    def _open_book(self, now: datetime) -> None:
        """Read the stories of the last 30 days; older ones leave the store."""
        self._store.prune_news(now - KEPT)
        self._book = StoryBook(self._store.load_stories(now - KEPT))
        self._seen: set[str] = set()
        for story in self._book.stories:
            self._seen |= _keys(story.lead)

    def _forget(self, now: datetime) -> None:
        """Let go of what is older than 30 days, once a day."""
        if now.date() != self._day:
            self._day = now.date()
            self._open_book(now)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many stories of the last 24 hours mention each entity."""
        since = self._clock.now() - _TODAY
        counter: Counter[str] = Counter()
        for story in self._book.stories:
            if story.last_published >= since:
                counter.update(story.entities)
        return tuple(counter.items())

    def about(self, entity_ids: Iterable[str], since: datetime) -> tuple[Story, ...]:
        """Return the stories since a time that mention any of ``entity_ids``."""
        found = {
            story.id: story
            for entity in entity_ids
            for story in self._book.about(entity)
            if story.lead.published >= since
        }
        return tuple(found.values())


def _keys(headline: Headline) -> set[str]:
    """Return what makes two headlines the same: id, address without its query, publisher with title."""
    parts = urlsplit(headline.url)
    keys = {headline.id, f"{headline.publisher.casefold()}|{headline.title.casefold()}"}
    if len(parts.path) > 1:  # a bare home page names no article
        keys.add(urlunsplit(("", parts.netloc.removeprefix("www."), parts.path.rstrip("/"), "", "")))
    return keys
