"""The legend of the exposure map: each kind of link is a switch that shows or hides it."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stackwatch.domain.words.wording import relation_word
from stackwatch.ui.kit.chips import PaintedButton, box
from stackwatch.ui.kit.hairline import LinedPanel
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.paint import words
from stackwatch.ui.kit.theme import Role, Theme, current_theme, px
from stackwatch.ui.maps.exposure_map_graph import STYLES, Edge, LinkStyle
from stackwatch.ui.maps.exposure_map_paint import pen_of
from stackwatch.ui.maps.exposure_map_words import style_words

_SAMPLE = 22
_HEIGHT, _ROW, _EDGE = 30, 22, 7


class KindSwitch(PaintedButton):
    """A sample of a line and its name; struck through while the kind is hidden."""

    radius = 5

    def __init__(self, style: LinkStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self.style_shown = style
        self.setCheckable(True)
        self.setChecked(True)

    def sizeHint(self) -> QSize:
        """Return the room of sample and name."""
        name = QFontMetrics(current_theme().font(Role.CAPTION)).horizontalAdvance(self.text())
        return QSize(px(_SAMPLE) + name + 17, px(_ROW))

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw sample and name."""
        on, middle = self.isChecked(), self.height() // 2
        if self.underMouse():
            box(painter, self.rect(), 5, theme.hover, None)
        ink = theme.t1 if on else theme.t3
        width = 2.0 if self.style_shown is LinkStyle.EQUITY else 1.0
        painter.setPen(pen_of(self.style_shown, ink if on else theme.line2, width))
        painter.drawLine(6, middle, 6 + px(_SAMPLE), middle)
        font = theme.font(Role.CAPTION)
        font.setStrikeOut(not on)
        free = self.rect().adjusted(px(_SAMPLE) + 11, 0, 0, 0)
        words(painter, free, self.text(), theme.t2 if on else theme.t3, font)


class KindLegend(LinedPanel):
    """The kinds of links that the map has, as switches."""

    hidden_changed = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Edge.TopEdge)
        self.switches = {style: KindSwitch(style, self) for style in LinkStyle}
        for switch in self.switches.values():
            switch.toggled.connect(self.hidden_changed)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange()

    def hidden(self) -> frozenset[LinkStyle]:
        """Return the kinds that are switched off."""
        return frozenset(style for style, switch in self.switches.items() if not switch.isChecked())

    def put(self, edges: Sequence[Edge]) -> None:
        """Name the kinds that there are and say how many links each has."""
        counts = Counter(edge.style for edge in edges)
        words, language = style_words(), current_language()
        for style, switch in self.switches.items():
            switch.setVisible(counts[style] > 0)
            switch.setText(words[style])
            count = self.tr("1 link") if counts[style] == 1 else self.tr("{count} links")
            also = ", ".join(relation_word(r.value, language) for r, of in STYLES.items() if of is style)
            tip = (
                f"{count.format(count=counts[style])} ({also})" if also else count.format(count=counts[style])
            )
            switch.setToolTip(f"{tip}\n{self.tr('Click to show or hide this kind')}")
            switch.setAccessibleName(f"{words[style]}, {count.format(count=counts[style])}")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another row where the names would be cut."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Place the switches one after the other, in as many rows as they need."""
        row, left = px(_ROW), _EDGE
        top = 1 + (px(_HEIGHT) - 1 - row) // 2
        for switch in self.switches.values():
            if switch.isHidden():
                continue
            size = switch.sizeHint()
            if left > _EDGE and left + size.width() > self.width() - _EDGE:
                left, top = _EDGE, top + row
            switch.setGeometry(QRect(QPoint(left, top), size))
            left += size.width()
        self.setFixedHeight(top + row + (px(_HEIGHT) - 1 - row) // 2)
