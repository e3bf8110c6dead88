"""Stories of publishers that are allowed again, read back a few at a time between other tasks of the core."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stackwatch.domain.events import StoriesChanged
from stackwatch.engine.services.sliced_work import Post, SlicedWork

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_AT_ONCE = 200  # stories, between which the core takes prices


class AllowedAgain:
    """Reads back what left with a blocked publisher; alerts say it once all of it is there."""

    def __init__(self, post: Post) -> None:
        self._slices = SlicedWork(post)
        self._back: set[str] = set()

    def begin(self, engine: "Engine") -> None:
        """Read back what nobody blocks any more; what is under way goes on with it."""
        self._slices.begin(engine, self._read(engine))

    def _read(self, engine: "Engine") -> Iterator[None]:
        while (stories := engine.newsroom.read_back(_AT_ONCE)) is not None:
            self._back.update(story.id for story in stories)
            engine.tell(StoriesChanged(engine.newsroom.shown(stories), engine.newsroom.counts()))
            yield
        if self._back:
            back, self._back = self._back, set()
            engine.alerts.change_publishers(frozenset(), back)
            engine.explanation_service.tell()
