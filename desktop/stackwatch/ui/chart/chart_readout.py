"""What is under the pointer, written at the top of the plot and no wider than it."""

import re
from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.chips import Paragraph
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px

READOUT_HEIGHT = 16  # of a line
_LEFT, _TOP = 4, 2
_SPARE = 3  # widths are rounded, and a line that lacks a part of a pixel is broken
_BETWEEN = "   "
_PARTS = re.compile(" {2,}")


class Readout(Paragraph):
    """A line over the plot, or as many as the names and figures of compared lines need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__()
        self.setParent(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def colour(self) -> None:
        """Stand on the ground of the plot: candles are behind it."""
        self.setStyleSheet(f"background: {current_theme().panel.name()};")

    def tell(self, parts: Iterable[str], room: int) -> None:
        """Write parts beside each other in a plot as wide as ``room``, the next line where there is none."""
        metrics = QFontMetrics(current_theme().font(Role.CAPTION))
        free = room - 2 * _LEFT - _SPARE
        rows = [_BETWEEN.join(filter(None, parts))]
        if metrics.horizontalAdvance(rows[0]) > free:
            first, *others = _PARTS.split(rows[0])
            rows = [first]
            for part in others:
                longer = f"{rows[-1]}{_BETWEEN}{part}"
                rows[-1:] = [longer] if metrics.horizontalAdvance(longer) <= free else [rows[-1], part]
        self.put("\n".join(rows), Ink.T1, Role.CAPTION)
        widest = min(max(map(metrics.horizontalAdvance, rows)), free) + _SPARE
        self.setGeometry(QRect(_LEFT, _TOP, widest, px(READOUT_HEIGHT) * len(rows)))
