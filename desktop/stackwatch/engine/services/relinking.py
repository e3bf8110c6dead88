"""Titles read anew when names come, change or go: by another reader, and those already stored once more."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.events import StoriesChanged
from stackwatch.engine.fetching import Fetching, expect
from stackwatch.engine.services.sliced_work import Post, SlicedWork

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.analysis.titles.title_reader import TitleReader
    from stackwatch.domain.news import Story
    from stackwatch.engine.engine import Engine

_SLICE = timedelta(days=1)


class Relinking:
    """Has titles read by what is known now, stored ones day by day between other tasks of the core.

    What stored titles say fires nothing: it was true before the name was there.
    """

    def __init__(self, fetching: Fetching, post: Post) -> None:
        self._fetching, self._slices = fetching, SlicedWork(post)
        self._about: set[str] = set()
        self._running: frozenset[str] = frozenset()
        self._asked = 0

    def read(self, engine: "Engine", about: Collection[str] = ()) -> None:
        """Build another reader away from the core, then read stored titles on some entities anew."""
        make = engine.parts.make_reader
        if make is None:
            return
        self._about.update(about)
        self._asked += 1
        asked = self._asked

        def done(reader: "TitleReader") -> None:
            engine.use_reader(reader)
            if asked != self._asked:  # more came while it was built
                self.read(engine)
            elif self._about:
                self.begin(engine, self._about)
                self._about = set()

        self._fetching.start("reader", make, done, expect)

    def catch_up(self, engine: "Engine") -> None:
        """Read anew what may have come or gone while nothing ran: by hand, by an import, with a backup."""
        known = engine.parts.ecosystem
        about = {*known.own, *engine.newsroom.strangers(known)}
        if about:
            self.begin(engine, about)

    def look(self, engine: "Engine") -> None:
        """Read what another program has stored meanwhile, unless other titles are being read."""
        if not engine.parts.replay and not self._slices.running:
            self._slices.begin(engine, _stored(engine))

    def begin(self, engine: "Engine", about: Collection[str]) -> None:
        """Read the stored titles on some entities; what is under way for others begins anew with them."""
        self._running = frozenset(about) | (self._running if self._slices.running else frozenset())
        self._slices.begin(engine, _slices(engine, self._running))


def _slices(engine: "Engine", about: frozenset[str]) -> Iterator[None]:
    """Read what names or named the entities: stories at once, stored headlines day by day, newest first."""
    from stackwatch.engine.news.newsroom import KEPT  # it reads titles, which is heavy

    changed, dropped = engine.newsroom.reread(about)
    _tell(engine, about, changed, dropped)
    yield
    until = engine.parts.clock.now()
    oldest = until - KEPT
    while until > oldest:
        since = max(until - _SLICE, oldest)
        _tell(engine, about, engine.newsroom.take_up(since, until, about), frozenset())
        until = since
        yield


def _stored(engine: "Engine") -> Iterator[None]:
    """Read the headlines of stories that another program stored."""
    while (changed := engine.newsroom.read_elsewhere()) is not None:
        _tell(engine, frozenset(e for story in changed for e in story.entities), changed, frozenset())
        yield


def _tell(
    engine: "Engine", about: frozenset[str], changed: tuple["Story", ...], dropped: frozenset[str]
) -> None:
    if not changed and not dropped:
        return
    engine.alerting.seed_about(about)
    engine.tell(StoriesChanged(engine.newsroom.shown(changed), engine.newsroom.counts(), dropped))
    engine.explanation_service.tell()
    engine.alerts.take_news(changed)  # at once: a move that comes next is none of theirs
