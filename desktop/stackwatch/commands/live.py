"""The live program's parts for one command: whatever happens, requests end and the store is closed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from stackwatch.app import Options, World, live_parts, open_store
from stackwatch.engine.ports import Clock

if TYPE_CHECKING:  # it brings numpy along
    from stackwatch.engine.parts import Parts


@contextmanager
def at_work(options: Options, world: World, clock: Clock) -> Iterator["Parts"]:
    """Give the parts that ask real sources and keep what they say."""
    with closing(open_store(options.folders, clock, replay=False)) as store:
        parts, refuse = live_parts(world, options.folders, store, clock)
        try:
            yield parts
        finally:
            refuse()
