"""The editor above the armed rules, with the border between them where it usually is or the user put it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from stackwatch.ui.kit.divider import Splitter
from stackwatch.ui.kit.theme import px
from stackwatch.ui.rules.rule_head import HEIGHT

_TABLE_HEIGHTS = (282, 132)
_TALL = 780
_EDITOR_HEIGHT = 540  # what it needs; in a higher window the table has the rest


class RulesSplitter(Splitter):
    """The two parts of the rules; ``chosen`` are the heights that the user gave them, empty before that."""

    moved = Signal()  # by the user

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.chosen: tuple[int, ...] = ()
        self._high = 0
        self.splitterMoved.connect(self._keep)
        self.usual_wanted.connect(self._put_back)

    def restore(self, heights: Sequence[int]) -> None:
        """Give the parts the heights that the user left, where there are any."""
        self.chosen = tuple(heights)
        self.divide(self._high)

    def divide(self, high: int) -> None:
        """Share a view so high out: as the user did, else the table gets its usual height."""
        self._high = high
        room = high - px(HEIGHT)
        table = max(px(_TABLE_HEIGHTS[high < px(_TALL)]), room - px(_EDITOR_HEIGHT))
        self.setSizes(list(self.chosen) or [max(room - table, 1), table])

    def _keep(self, *_where: int) -> None:
        self.chosen = tuple(self.sizes())
        self.moved.emit()

    def _put_back(self) -> None:
        self.restore(())
        self.moved.emit()
