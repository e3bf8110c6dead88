"""Switches, segmented choices and the heads of tabs."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import PaintedButton, box
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Role, Theme, current_theme, px
from stackwatch.ui.kit.tips import as_tip


class Switch(PaintedButton):
    """On or off."""

    def __init__(self, name: str, *, on: bool) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        """Return the room of the switch and its focus ring."""
        return QSize(px(32), current_theme().target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the track and the knob."""
        high = px(20)
        track = QRect(0, (self.height() - high) // 2, self.width(), high).adjusted(3, 3, -3, -3)
        radius = track.height() // 2
        self.radius = radius + 2
        on = self.isChecked()
        box(painter, track, radius, theme.you if on else theme.field, None if on else theme.control)
        knob = QRect(0, 0, track.height() - 4, track.height() - 4)
        knob.moveTop(track.top() + 2)
        knob.moveLeft(track.right() - knob.width() - 1 if on else track.left() + 2)
        box(painter, knob, knob.width() // 2, theme.onyou if on else theme.control, None)


class _Segment(PaintedButton):
    """One choice of a segmented control."""

    radius = 5

    def sizeHint(self) -> QSize:
        """Return the room of the word."""
        theme = current_theme()
        metrics = QFontMetrics(theme.font(Role.SYMBOL))
        return QSize(metrics.horizontalAdvance(self.text()) + 20, theme.target)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the choice."""
        on = self.isChecked()
        if on or self.underMouse():
            box(painter, self.rect().adjusted(1, 1, -1, -1), 5, theme.selected if on else theme.hover, None)
        font = theme.font(Role.STRONG if on else Role.BODY)
        paint.centred(painter, self.rect(), self.text(), theme.t1 if on else theme.t2, font)


def rove(group: QButtonGroup) -> None:
    """Let Tab stop at the choice in use only; arrows go on from there."""

    def stop_at(button: QAbstractButton, on: bool) -> None:  # noqa: FBT001 - a slot
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus)

    for button in group.buttons():
        stop_at(button, button.isChecked())
    group.buttonToggled.connect(stop_at)


class Segments(QWidget):
    """A row of exclusive choices."""

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        row = hbox(into=self)
        for index in range(count):
            button = _Segment(self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # else a screen reader takes it for a box to tick
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        rove(self._group)
        self._group.idClicked.connect(self.chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setAccessibleName(self, name: str) -> None:
        """Say what is chosen, also at each choice: where Tab stops, a screen reader says no more."""
        super().setAccessibleName(name)
        for button in self._group.buttons():
            button.setAccessibleDescription(name)

    def setAccessibleDescription(self, words: str) -> None:
        """Say more of what is chosen, behind it at each choice."""
        super().setAccessibleDescription(words)
        for button in self._group.buttons():
            button.setAccessibleDescription(f"{self.accessibleName()}, {words}")

    def label(self, words: Iterable[str], name: str = "") -> None:
        """Name the choices, and say what is chosen."""
        for button, text in zip(self._group.buttons(), words, strict=True):
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()
        if name:
            self.setAccessibleName(name)

    def explain(self, helps: Iterable[str]) -> None:
        """Give choices a tip of plain text, heard behind what is chosen; an empty one is none."""
        for button, told in zip(self._group.buttons(), helps, strict=True):
            button.setToolTip(as_tip(told))
            heard = filter(None, (self.accessibleName(), *told.split("\n")))
            button.setAccessibleDescription(", ".join(heard))

    @property
    def current(self) -> int:
        """The place of the choice that is checked."""
        return self._group.checkedId()

    def choose(self, index: int) -> None:
        """Check a choice without announcing it."""
        self._group.button(index).setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame and the lines between choices."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 6, None, theme.line2)
        for button in self._group.buttons()[1:]:
            paint.hairline(painter, QRect(button.x() - 1, 1, 1, self.height() - 2), theme.line2)


class Tab(PaintedButton):
    """The head of a tab: a word, a count, and a violet line under the current one."""

    def __init__(self) -> None:
        super().__init__()
        self._count: int | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)

    def put(self, text: str, count: int | None = None) -> None:
        """Name the tab and say how much is in it, where that is counted."""
        if (text, count) == (self.text(), self._count):
            return
        self._count = count
        self.setText(text)
        self.setAccessibleName(text if count is None else f"{text} {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of word and count, 30 px high."""
        word = QFontMetrics(current_theme().font(Role.STRONG)).horizontalAdvance(self.text())
        return QSize(word + 8 + self._badge_width(), px(30))

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the head."""
        current, height = self.isChecked(), self.height()
        room, font = QRect(0, 0, self.width(), height - 2), theme.font(Role.STRONG if current else Role.BODY)
        paint.words(painter, room, self.text(), theme.t1 if current or self.underMouse() else theme.t2, font)
        if self._count is not None:
            badge = QRect(self.width() - self._badge_width(), 0, self._badge_width(), 16)
            badge.moveCenter(QPoint(badge.center().x(), height // 2 - 1))
            box(painter, badge, 8, theme.band, None)
            paint.centred(painter, badge, str(self._count), theme.t2, theme.font(Role.TINY))
        if current:
            painter.fillRect(QRect(0, height - 2, self.width(), 2), theme.you)

    def _badge_width(self) -> int:
        if self._count is None:
            return 0
        return QFontMetrics(current_theme().font(Role.TINY)).horizontalAdvance(str(self._count)) + 10
