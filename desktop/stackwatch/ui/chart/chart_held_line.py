"""An alert line that the pointer holds, until it is let go at another price."""

from collections.abc import Callable
from dataclasses import replace

from stackwatch.domain.words import format as text
from stackwatch.ui.chart.chart_items import AlertLine

GRAB = 4  # pixels from a line within which it can be taken, and which the pointer goes before it follows


class HeldLine:
    """A line as the pointer has it; ``pulled`` says whether it went on, for a click is no pull."""

    def __init__(self, line: AlertLine, y: float) -> None:
        """Be taken at a distance from the top edge, in pixels."""
        self.line = line
        self.pulled = False
        self._taken_at = y

    def pull(self, y: float, price: float, last: float | None, write: Callable[[float], str]) -> bool:
        """Follow the pointer to a price, and say how far from the ``last`` it is; returns whether it does."""
        self.pulled = self.pulled or abs(y - self._taken_at) >= GRAB
        if self.pulled:
            away = "" if last is None else text.percent((price / last - 1.0) * 100.0, 1)
            self.line = replace(self.line, price=price, label=write(price), note=away)
        return self.pulled
