"""The flash behind a price that just changed."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from stackwatch.ui.kit.timers import every
from stackwatch.ui.watchlist.watchlist_cells import DASH, AnyCell, Column
from stackwatch.ui.watchlist.watchlist_nodes import Node

_SECONDS = 0.3
_STEP_MS = 100


class Flashes(QObject):
    """Lets rows flash; ``ended`` is called with those whose flash is over."""

    def __init__(self, ended: Callable[[Sequence[Node]], None], parent: QObject) -> None:
        super().__init__(parent)
        self._ended = ended
        self._until: dict[Node, float] = {}
        self._timer = every(self, _STEP_MS, self._end)

    def clear(self) -> None:
        """Forget every row."""
        self._until.clear()

    def note(self, node: Node, after: list[AnyCell]) -> None:
        """Begin a flash where the cells written ``after`` show another price."""
        if node.cells and _price_changed(node.cells, after):
            node.flash = True
            self._until[node] = time.monotonic() + _SECONDS
            if not self._timer.isActive():
                self._timer.start()

    def _end(self) -> None:
        now = time.monotonic()
        over = [node for node, until in self._until.items() if until <= now]
        for node in over:
            node.flash = False
            del self._until[node]
        if over:
            self._ended(over)
        if not self._until:
            self._timer.stop()


def _price_changed(before: list[AnyCell], after: list[AnyCell]) -> bool:
    texts = (before[Column.LAST].text, after[Column.LAST].text)
    return texts[0] != texts[1] and DASH.text not in texts
