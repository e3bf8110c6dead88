"""The live program's parts for one command: whatever happens, requests end and the store is closed."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from stackwatch.app import Options, World, live_parts, open_store
from stackwatch.engine.ports import Clock

if TYPE_CHECKING:  # it brings numpy along
    from stackwatch.engine.parts import EngineParts
    from stackwatch.providers.web.page_fetcher import WebPage


@contextmanager
def at_work(
    options: Options, world: World, clock: Clock, heard: "Callable[[WebPage], None] | None" = None
) -> Iterator["EngineParts"]:
    """Give the parts that ask real sources and keep what they say; ``heard`` is told of every page."""
    with closing(open_store(options.folders, clock, replay=False)) as store:
        parts, refuse = live_parts(world, options.folders, store, clock, heard)
        try:
            yield parts
        finally:
            refuse()
