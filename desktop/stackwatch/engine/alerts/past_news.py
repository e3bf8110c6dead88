"""The stored headlines of past days, read as they would have been at each day's close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from stackwatch.analysis.rules.story_filter import arrivals, begins, came
from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.stories.story_book import StoryBook
from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.analysis.why.attribution import Attribution
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.analysis.why.move_window import SessionWindows, Window
from stackwatch.domain.move import Move, StoryMatch, given_reason
from stackwatch.domain.news import Headline, Life, Reading, Story
from stackwatch.domain.rule import Condition
from stackwatch.engine.news.blocked_publishers import folded, names_of
from stackwatch.engine.news.kept_readings import stored_readings
from stackwatch.engine.news.newsroom import KEPT
from stackwatch.engine.store_ports import NewsStore

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PastTitles:
    """Headlines that name somebody, oldest first, with what they say; ``since`` is when any first came."""

    told: Sequence[tuple[Headline, Reading]] = ()
    since: datetime | None = None


def titles_for(
    store: NewsStore, reader: TitleReader, start: date, end: date, blocked: Sequence[str]
) -> PastTitles:
    """Return the stored titles that moves between two days (inclusive) are weighed against.

    Those of ``blocked`` publishers are none, whenever they were stored.
    """
    begins, ends = (datetime.combine(day, time(), UTC) for day in (start - KEPT, end + _DAY))
    names = folded(blocked)
    told = stored_readings(store, reader, begins, ends, None)
    allowed = tuple(each for each in told if names.isdisjoint(names_of(each[0].publisher)))
    if not names:
        return PastTitles(allowed, store.first_headline(begins, ends))
    stored = store.load_headlines(begins, ends)
    first = next((h.published for h in stored if names.isdisjoint(names_of(h.publisher))), None)
    return PastTitles(allowed, first)


class PastNews:
    """The stories of titles, and what they say of a day; nothing later is used."""

    def __init__(self, titles: PastTitles, graph: ExposureGraph, tiers: Mapping[str, int]) -> None:
        book = StoryBook()
        for headline, reading in titles.told:
            story = book.add(headline, reading)
            if reading.life is not Life.REPORTED:  # an update changes nothing of what a day is tied to
                book.tie(story, headline)
        self._press = Press(book.stories, since=titles.since)
        self._attribution = Attribution(graph, tiers)
        self._about: dict[str, list[Story]] = {}
        for story in book.stories:
            for entity in story.entities:
                self._about.setdefault(entity, []).append(story)
        self._decoys: dict[tuple[str, date, bool], tuple[float, ...]] = {}

    @property
    def begins(self) -> datetime | None:
        """When the oldest stored story came, None without any."""
        return self._press.begins

    def silent(self, window: Window) -> bool:
        """Whether no story at all came in a window."""
        return not self._press.between(window.earliest, window.now)

    def reaches(self, symbol: str, day: date, windows: SessionWindows, sessions: int) -> bool:
        """Whether any story can reach a share in the window of a day's move over so many sessions."""
        window = windows.on(day, sessions)
        near = self._attribution.reaching(symbol, day)
        return window is not None and bool(self._press.concerning(near, window.earliest, window.now))

    def cause(self, move: Move, windows: SessionWindows, sessions: int) -> StoryMatch | None:
        """Return the story a day's move is tied to, else one the press gives as its reason.

        ``windows`` are those of its exchange; the move is over so many of their ``sessions``.
        """
        window = windows.on(move.session_date, sessions)
        if window is None:
            return None
        matches = self._attribution.agreeing(move, window, self._press)
        if not self._attribution.could_tie(matches, window, self._press):
            return given_reason(matches)  # other sessions' news need not be looked at
        decoys = partial(self._decoys_of, move, windows, sessions)
        return self._attribution.explain(move, window, self._press, {}, decoys=decoys).told

    def told(self, entity_id: str, tone: int, window: Window) -> Story | None:
        """Return the newest event of a tone that was reported mainly about an entity in a window."""
        found = (
            story
            for story in reversed(self._stories(entity_id, window.earliest, window.now))
            if story.reading.event and story.reading.primary == entity_id and story.reading.tone == tone
        )
        return next(found, None)

    def between(self, condition: Condition, about: str, since: datetime, until: datetime) -> list[Story]:
        """Return the stories of a condition that came in (since, until], for a burst with any report."""
        near = self._stories(about, begins(condition, since), until)
        return came(condition, near, about, since, until)

    def arrivals(self, condition: Condition, about: str) -> list[float]:
        """Return when what a condition counts came, as ``story_filter.arrivals``, in seconds of the epoch."""
        return [at.timestamp() for at in arrivals(condition, self._about.get(about, ()), about)]

    def _stories(self, entity_id: str, since: datetime, until: datetime) -> list[Story]:
        return [s for s in self._about.get(entity_id, ()) if since < s.lead.published <= until]

    def _decoys_of(self, move: Move, windows: SessionWindows, sessions: int) -> tuple[float, ...]:
        key = (move.symbol, move.session_date, move.move_pct > 0)
        if key not in self._decoys:
            earlier = windows.decoys(move.session_date, sessions)
            self._decoys[key] = self._attribution.decoys(move, earlier, self._press)
        return self._decoys[key]
