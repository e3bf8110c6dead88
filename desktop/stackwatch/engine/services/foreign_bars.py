"""Daily bars that another program stored while this one runs, such as an import."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stackwatch.domain.quote import DailyBar
from stackwatch.engine.services.sliced_work import Post, SlicedWork

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine


class ForeignBars:
    """Takes them in between other tasks of the core. Runs on the core thread."""

    def __init__(self, post: Post) -> None:
        self._slices = SlicedWork(post)

    def look(self, engine: "Engine") -> None:
        """Take in what was stored since this was last asked, unless that is under way."""
        if not engine.parts.replay and not self._slices.running:
            self._slices.begin(engine, _taken(engine))


def _taken(engine: "Engine") -> Iterator[None]:
    """Read the bars of a name at a time; what differs is told at once: names are compared with each other."""
    if not engine.parts.store.bars.changed_elsewhere():
        return
    changed: dict[str, Sequence[DailyBar]] = {}
    for symbol in engine.symbols:
        changed |= engine.histories.recall_changed(symbol)
        yield
    engine.take_histories(changed)
    opened = engine.charts.opened
    if opened is not None and opened[0] in changed and not opened[1].intraday:
        engine.charts.show(*opened, engine.charts.stored_days(*opened))
