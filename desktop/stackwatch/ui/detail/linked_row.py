"""The row of linked names on the why card, each with its move."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.words import format as text
from stackwatch.domain.words import wording
from stackwatch.ui.detail.detail_facts import figures_of
from stackwatch.ui.kit.chips import Chip, MoveText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink
from stackwatch.ui.snapshot import Snapshot

_SHOWN = 6
_GAP = 8


class LinkedRow(QWidget):
    """The listed names a private entity is tied to, each with its move."""

    activated = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._row = hbox(gap=_GAP, margins=(0, 2, 0, 2), into=self)
        self._count = 0
        self._pairs: list[tuple[Chip, MoveText]] = []
        for _ in range(_SHOWN):
            chip, move = Chip(), MoveText()
            chip.activated.connect(self.activated)
            self._pairs.append((chip, move))
            self._row.addWidget(chip)
            self._row.addWidget(move)
        self._row.addStretch(1)

    def put(self, symbols: Sequence[str], snapshot: Snapshot) -> None:
        """Show the first names with their moves; a name without a price has a dash."""
        for index, (chip, figure) in enumerate(self._pairs):
            if index >= len(symbols):
                chip.put("", "")
                figure.put(None, "", Ink.T3)
                continue
            symbol = symbols[index]
            chip.put(symbol, wording.short_name(symbol, snapshot.ecosystem, current_language()))
            told = figures_of(symbol, snapshot)
            value = told.percent if told.current else None
            ink = Ink.of(value) if value is not None else Ink.T3 if told.percent is None else Ink.T2
            figure.put(value, text.percent(told.percent), ink)
        self._count = len(symbols)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the names that have no room for their figures."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        right = 0
        for index, (chip, figure) in enumerate(self._pairs):
            right += chip.sizeHint().width() + figure.sizeHint().width() + 2 * _GAP
            for part in (chip, figure):
                part.setVisible(index < self._count and right <= self.width())
