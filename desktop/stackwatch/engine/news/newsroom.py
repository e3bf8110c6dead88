"""Headlines in, stories out: dedupe, read, fold, keep."""

import contextlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, islice

from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.stories.story_book import MEMORY, SPAN, StoryBook
from stackwatch.analysis.stories.timeline import pieces
from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.domain.errors import StoreError
from stackwatch.domain.news import Headline, Life, Story
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.news.blocked_publishers import folded, names_of
from stackwatch.engine.news.headline_keys import as_edited, keys_of, title_key, told_by
from stackwatch.engine.news.kept_readings import readings, stored_readings
from stackwatch.engine.ports import Clock
from stackwatch.engine.store_ports import NewsStore

KEPT = timedelta(days=90)  # what a move is weighed against
_FOLLOWED = timedelta(days=12)  # a move's window, and the seven days in which a story is answered
SHOWN = timedelta(days=30)  # what a reader sees, and what is taken in
_FUTURE_TOLERANCE = timedelta(minutes=10)
_TODAY = timedelta(hours=24)  # what is counted, and the most that is looked through in one go
_AT_ONCE = 300  # stories to be read in one go: a tenth of a second
_MOST_REFUSED = 2_000  # headlines that wait for a store that refuses
_BEGIN, _END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Newsroom:
    """The stories of the last 90 days. Owned by the core thread."""

    def __init__(self, reader: TitleReader, store: NewsStore, clock: Clock, blocked: Iterable[str]) -> None:
        self._reader = reader
        self._blocked = folded(blocked)
        self._hidden: dict[str, frozenset[str]] = {}  # by story, the blocked names that it is without
        self._store = store
        self._clock = clock
        self._day = clock.now().date()
        self._shown_since = clock.now() - SHOWN
        self._press: Press | None = None
        self._read_since: datetime | None = None
        self._learned: Press | None = None
        self._version = 0
        self._versions: dict[str, int] = {}  # by entity, of its newest change
        self._counted: dict[str, int] = {}  # by entity, as last told
        self._refused: tuple[Headline, ...] = ()
        self._passed: set[str] = set()  # stories of other programs that were found
        self._elsewhere: list[tuple[datetime, datetime]] = []  # when those are of that wait to be read
        self._open_book(clock.now())

    def use(self, reader: TitleReader) -> None:
        """Read titles with another reader from now on."""
        self._reader = reader

    @property
    def stories(self) -> tuple[Story, ...]:
        """The stories of the last 30 days, oldest first."""
        return tuple(self.press.between(self._clock.now() - SHOWN, _END))

    def shown(self, stories: Iterable[Story]) -> tuple[Story, ...]:
        """Return those of some stories that a reader sees: not what is older and was read anew."""
        since = self._clock.now() - SHOWN
        return tuple(story for story in stories if story.lead.published >= since)

    def turned(self) -> tuple[tuple[Story, ...], frozenset[str]]:
        """Return the stories that a clock set back brings into the 30 days again, and the ids that left.

        Raises StoreError where the former cannot be read; the next call asks for them again.
        """
        before, since = self._shown_since, self._clock.now() - SHOWN
        if back := since < before:
            self._forget(self._clock.now())
        self._shown_since = since
        first, last = sorted((before, since))
        moved = [story for story in self.press.between(first, last) if story.lead.published < last]
        return (tuple(moved), frozenset()) if back else ((), frozenset(story.id for story in moved))

    @property
    def press(self) -> Press:
        """An index over every kept story."""
        if self._press is None:
            self._press = self._learned = Press(self._book.stories, self._learned, self._read_since)
        return self._press

    def accept(self, headlines: Sequence[Headline]) -> tuple[Story, ...]:
        """File new headlines and return the stories they made or grew, those about nobody known left out."""
        now = self._clock.now()
        try:
            self._forget(now)
        except StoreError:
            self._refused = (*self._refused, *headlines)[-_MOST_REFUSED:]
            raise
        fresh = []
        for headline in sorted((*self._refused, *headlines), key=lambda headline: headline.published):
            timely = now - SHOWN <= headline.published <= now + _FUTURE_TOLERANCE
            if not timely or self.is_blocked(headline.publisher):
                continue
            told = headline if not keys_of(headline) & self._seen else self._turned(headline, now)
            if told is not None:
                self._seen |= keys_of(told)
                out = told.published <= now  # else a clock that is ahead dated it, and nothing would tell
                fresh.append(told if out else replace(told, published=now))
        changed: dict[str, Story] = {}
        try:
            with self._store.together():
                new = self._store.save_headlines(fresh)
                readings = list(self._reader.read_known([headline.title for headline in new], None))
                filed = {new[place].id for place, _ in readings}
                for place, reading in readings:
                    story = self._book.add(new[place], reading, weigh=True)
                    changed |= {each.id: each for each in (story, *self._book.tie(story, new[place]))}
                self._store.save_stories(tuple(changed.values()))
        except StoreError:
            self._take_back(fresh, filed=bool(changed))
            raise
        self._refused = ()
        self._loose.update(*(keys_of(headline) for headline in fresh if headline.id not in filed))
        if changed:
            if self._press is not None:
                self._press.change(changed.values())
            self._note(changed.values())
        return tuple(changed.values())

    def _turned(self, headline: Headline, now: datetime) -> Headline | None:
        """Return a report that its publisher edited into a denial or correction as one of its own, else None.

        Other edits tell the same, or are those of a page that goes on all day. It is of the time at which it
        was seen, unless its publisher dated it anew: before that nobody could know.
        """
        if title_key(headline) in self._seen:
            return None
        self._seen.add(title_key(headline))  # read once
        reading = self._reader.read_if_known(headline.title)
        if reading is None or reading.life is Life.REPORTED:
            return None
        keys, known = keys_of(headline), self.about(reading.entities, _BEGIN)
        own = [s for s in known if s.id == headline.id or any(keys & told_by(each) for each in s.reports)]
        if not own or any(story.reading.life is not Life.REPORTED for story in own):
            return None
        anew = headline.published > max(story.last_published for story in own)
        return as_edited(headline if anew else replace(headline, published=now))

    def _take_back(self, fresh: Sequence[Headline], *, filed: bool) -> None:
        """Let headlines that the store refused be new again: their feed may say "nothing new" by then."""
        self._refused = tuple(fresh[-_MOST_REFUSED:])
        self._seen.difference_update(*(keys_of(headline) for headline in fresh))
        if filed:  # the book has them, and would take them for copies of themselves
            with contextlib.suppress(StoreError):
                self._open_book(self._clock.now())

    def read_archive(self, about: Collection[str] | None, newer: Sequence[Headline]) -> None:
        """Know only the headlines on some or any entities of the 90 days before now, by the lists of today.

        ``newer`` ones are read behind them, and not stored. Those of the 30 days before tell how new the
        first are, as when they came. What updates a story is worked out for the last days only: of older
        ones nothing rests on it, as it does on what was denied.
        """
        now = self._clock.now()
        followed, begin = now - _FOLLOWED, now - KEPT
        self._fill_book(())  # a stored story tells what came later, too
        first = self._store.first_headline(begin, now)
        self._read_since = min((h.published for h in newer), default=None) if first is None else first
        stored = stored_readings(self._store, self._reader, begin - MEMORY, now, about)
        for headline, reading in chain(stored, readings(self._reader, newer, about)):
            keys = keys_of(headline)
            if keys & self._seen or self.is_blocked(headline.publisher):
                continue
            self._seen |= keys
            story = self._book.add(headline, reading)
            if headline.published >= followed or reading.life is not Life.REPORTED:
                self._book.tie(story, headline)
        self._press = None

    def reread(self, about: Collection[str]) -> tuple[tuple[Story, ...], frozenset[str]]:
        """Read the titles of the stories on some entities anew.

        Returns the stories that changed, and the ids of those that are about nobody known any more.
        """
        changed: list[Story] = []
        dropped: list[Story] = []
        for story in {each.id: each for entity in about for each in self._book.about(entity)}.values():
            reading = self._reader.read_if_known(story.lead.title)
            if reading is None:
                dropped.append(story)
            elif reading != story.reading:
                changed.append(self._book.reread(story, reading))
        for story in dropped:
            self._book.drop(story)
        self._keep(changed, dropped)
        return tuple(changed), frozenset(story.id for story in dropped)

    def strangers(self, known: Ecosystem) -> frozenset[str]:
        """Return the entities of stories that nobody knows any more."""
        named = frozenset(entity for story in self._book.stories for entity in story.entities)
        return named - known.instruments.keys() - known.private.keys()

    def take_up(self, since: datetime, until: datetime, about: Collection[str] | None) -> tuple[Story, ...]:
        """Read the stored headlines of a time; returns the stories that changed.

        Those on some entities are all read anew, without any those that no story has.
        """
        stored: Sequence[Headline] = self._store.load_headlines(since, until)
        around = self.press.between(since - SPAN, until)
        told = {story.lead.id: story for story in around}
        filed = {key for story in around for report in story.reports for key in told_by(report)}
        if about is None:
            stored = [h for h in stored if h.id not in told and not filed & keys_of(h)]
        changed: dict[str, Story] = {}
        for place, reading in self._reader.read_known([headline.title for headline in stored], about):
            headline = stored[place]
            story = told.get(headline.id)
            if story is not None:
                if story.reading != reading:
                    changed[story.id] = self._book.reread(story, reading)
                continue
            keys = keys_of(headline)
            if keys & filed or self.is_blocked(headline.publisher):
                continue
            filed |= keys
            self._seen |= keys
            self._loose -= keys
            made = self._book.add(headline, reading, weigh=True)
            changed |= {each.id: each for each in (made, *self._book.tie(made, headline))}
        self._keep(tuple(changed.values()), ())
        return tuple(changed.values())

    def read_elsewhere(self) -> tuple[Story, ...] | None:
        """Read some of what another program stored, such as an import; None where nothing waits.

        Some hundreds of its stories and a day at most are read, the oldest first.
        """
        if self._store.changed_elsewhere():
            self._find_elsewhere()
        if not self._elsewhere:
            return None
        changed = self.take_up(*self._elsewhere[0], None)
        del self._elsewhere[0]
        return changed

    def _find_elsewhere(self) -> None:
        stored = self._store.story_times(self._clock.now() - KEPT)
        known = self._passed.union(self._hidden, (story.id for story in self._book.stories))
        new = stored.keys() - known
        self._passed = (self._passed | new) & stored.keys()
        self._elsewhere += pieces(sorted(stored[key] for key in new), _AT_ONCE, _TODAY)

    def _keep(self, changed: Sequence[Story], dropped: Sequence[Story]) -> None:
        """Store stories that were read anew, and forget those that are none any more."""
        if not changed and not dropped:
            return
        self.press.change(changed)
        self.press.drop(dropped)
        self._note((*changed, *dropped))
        self._store.save_stories(changed, [story.id for story in dropped])

    def archived(self, since: datetime) -> tuple[Headline, ...]:
        """Return the stored headlines since a time that are older than the stories kept, oldest first."""
        until = self._clock.now() - KEPT
        if since >= until:
            return ()
        stored = self._store.load_headlines(since, until)
        # Stories are let go of once a day: until then some of them are a little older.
        return tuple(h for h in stored if not (self.is_blocked(h.publisher) or keys_of(h) & self._seen))

    def _open_book(self, now: datetime) -> None:
        """Read the stories of the last 90 days."""
        self._hidden = {}
        self._fill_book(self._store.load_stories(now - KEPT))

    def _fill_book(self, stored: Sequence[Story]) -> None:
        """Keep those of some stories that are allowed, and nothing else."""
        self._press = None
        self._version += 1
        self._versions = {}
        self._book = StoryBook(told for story in stored if (told := self._allowed(story)))
        self._seen: set[str] = set()
        self._loose: set[str] = set()  # of those, what is of no story
        for story in self._book.stories:
            self._see(story)
        self._note(self._book.stories)

    def _see(self, story: Story) -> None:
        """Know the reports of a story when they come again."""
        self._seen.add(story.lead.id)
        for report in story.reports:
            self._seen |= told_by(report)

    def _forget(self, now: datetime) -> None:
        """Let go of what is older than 90 days, once a day; read it again when the clock was set back."""
        today = now.date()
        if today < self._day:
            self._open_book(now)
        elif today > self._day:
            since = now - KEPT
            old = [s for s in self.press.between(_BEGIN, since) if s.lead.published < since]
            self.press.drop(old)
            for story in old:
                self._book.drop(story)
                self._seen.discard(story.lead.id)
                self._seen.difference_update(*(told_by(report) for report in story.reports))
            self._seen -= self._loose
            self._loose.clear()
            self._note(old)
        self._day = today

    def block(self, publishers: Iterable[str]) -> tuple[tuple[Story, ...], frozenset[str]]:
        """Block other publishers; returns the stories that change, and the ids of those that leave.

        A story leaves with the publisher of its earliest headline, whose title it is told by. What was
        without a publisher that is allowed again comes with ``read_back``.
        """
        earlier, self._blocked = self._blocked, folded(publishers)
        if self._blocked <= earlier:
            return (), frozenset()
        known = self._book.stories
        self._fill_book(known)
        before = {story.id: story for story in known}
        after = {story.id: story for story in self._book.stories}
        changed = tuple(story for key, story in after.items() if before.get(key) != story)
        return changed, frozenset(before.keys() - after.keys())

    def read_back(self, most: int) -> tuple[Story, ...] | None:
        """Read what was without a publisher who is allowed again, the newest stories first; None without any.

        At most so many are read: a publisher may have thousands.
        """
        hidden = reversed(self._hidden.items())
        keys = list(islice((key for key, names in hidden if not names <= self._blocked), most))
        if not keys:
            return None
        stored, since = self._store.find_stories(keys), self._clock.now() - KEPT
        for key in keys:
            del self._hidden[key]
        kept = [story for story in stored if story.lead.published >= since]
        back = tuple(told for story in kept if (told := self._allowed(story)))
        for story in back:
            self._book.keep(story)
            self._see(story)
        self.press.change(back)
        self._note(back)
        return back

    def _allowed(self, story: Story) -> Story | None:
        """Return a story without its blocked publishers; None when it is told by one of them."""
        if not self._blocked:
            return story
        others = (*(turn.publisher for turn in story.turns), *(copy.publisher for copy in story.told))
        publishers = {story.lead.publisher, *story.publishers, *others}
        named = {name for each in publishers for name in names_of(each)}
        if self._blocked.isdisjoint(named):
            return story
        self._hidden[story.id] = self._hidden.get(story.id, frozenset()) | (self._blocked & named)
        if self.is_blocked(story.lead.publisher):
            return None
        allowed = tuple(name for name in story.publishers if not self.is_blocked(name))
        turns = tuple(turn for turn in story.turns if not self.is_blocked(turn.publisher))
        told = tuple(copy for copy in story.told if not self.is_blocked(copy.publisher))
        return replace(story, publishers=allowed, turns=turns, told=told)

    def is_blocked(self, publisher: str) -> bool:
        """Whether a publisher is blocked by its full name or the short one that is shown."""
        if not self._blocked:
            return False
        return not self._blocked.isdisjoint(names_of(publisher))

    def version(self, entity_ids: Iterable[str]) -> int:
        """Return a number that grows whenever a story about one of ``entity_ids`` comes or changes."""
        return max((self._versions[entity] for entity in entity_ids if entity in self._versions), default=0)

    def _note(self, stories: Iterable[Story]) -> None:
        self._version += 1
        self._versions.update((entity, self._version) for story in stories for entity in story.entities)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many stories of the last 24 hours mention each entity, 0 for those that lost theirs."""
        before, self._counted = self._counted, dict(self.press.counts(self._clock.now() - _TODAY))
        return tuple((dict.fromkeys(before, 0) | self._counted).items())

    def recounted(self) -> tuple[tuple[str, int], ...]:
        """Return the counts if time has changed them since they were last asked for, else nothing."""
        before = self._counted
        counts = self.counts()
        return () if self._counted == before else counts

    def about(self, entity_ids: Iterable[str], since: datetime) -> tuple[Story, ...]:
        """Return the stories since a time that mention any of ``entity_ids``."""
        found = {
            story.id: story
            for entity in entity_ids
            for story in self._book.about(entity)
            if story.lead.published >= since
        }
        return tuple(found.values())
