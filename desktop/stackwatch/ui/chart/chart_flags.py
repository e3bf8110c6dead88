"""The lane of flags above the plot: reports, alerts, splits and dividends at their bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.icons import draw_icon
from stackwatch.ui.kit.menus import Menu, in_menu
from stackwatch.ui.kit.theme import Role, current_theme, px
from stackwatch.ui.kit.tips import as_tip

_FLAG = 16
_GAP = 2
_MOST_FLAGS = 3
_WIDEST = 480  # of an item of the menu


class FlagKind(StrEnum):
    """What a flag stands for."""

    STORY = "story"
    ALERT = "alert"
    SPLIT = "split"
    DIVIDEND = "dividend"

    @property
    def letter(self) -> str:
        """The letter drawn for a corporate action, nothing for what has an icon."""
        return {FlagKind.SPLIT: "S", FlagKind.DIVIDEND: "D"}.get(self, "")


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened at a bar; ``words`` is plain text."""

    kind: FlagKind
    id: str
    place: int
    words: str


@dataclass(frozen=True, slots=True)
class PlacedFlags:
    """One flag, or a count of several, at its left edge in the lane."""

    left: int
    flags: tuple[Flag, ...]


def place_flags(marks: Sequence[tuple[int, Flag]], width: int) -> list[PlacedFlags]:
    """Move overlapping flags sideways; more than three at one place, or than have room, become a count.

    ``marks`` holds the middle of each flag in pixels. What lies further from the first than a flag is wide
    is another place: of many days with news each keeps its own.
    """
    pitch = px(_FLAG) + _GAP
    clusters: list[list[tuple[int, Flag]]] = []
    for mark in sorted(marks, key=lambda m: m[0]):
        if clusters and mark[0] - clusters[-1][0][0] < pitch:
            clusters[-1].append(mark)
        else:
            clusters.append([mark])
    middles = [sum(x for x, _ in cluster) // len(cluster) for cluster in clusters]
    placed: list[PlacedFlags] = []
    edge = 0
    for number, (cluster, middle) in enumerate(zip(clusters, middles, strict=True)):
        flags = tuple(flag for _, flag in cluster)
        following = middles[number + 1] - pitch // 2 if number + 1 < len(middles) else width
        extent = len(flags) * pitch - _GAP
        left = max(min(middle - extent // 2, width - extent), edge)
        if len(flags) > _MOST_FLAGS or (len(flags) > 1 and left + extent > following):
            left = max(min(middle - pitch // 2, width - pitch + _GAP), edge)
            placed.append(PlacedFlags(left, flags))
            edge = left + pitch
            continue
        placed += [PlacedFlags(left + place * pitch, (flag,)) for place, flag in enumerate(flags)]
        edge = left + len(flags) * pitch
    return placed


class FlagLane(QWidget):
    """The lane above the plot; a flag opens its story or selects its alert, a count offers what is in it.

    Left and right walk the flags, Enter or Space opens one.
    """

    picked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._placed: list[PlacedFlags] = []
        self._selected = ""
        self._current = 0  # the flag that the keyboard is at
        self.menu = Menu(self)
        self.setMouseTracking(True)
        self.restyle()

    def restyle(self) -> None:
        """Take the height that goes with the text."""
        self.setFixedHeight(px(_FLAG) + 4)

    def put(self, marks: Sequence[tuple[int, Flag]], selected: str) -> None:
        """Show flags at the middles given in pixels."""
        self._selected = selected
        self._placed = place_flags(marks, self.width())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._placed else Qt.FocusPolicy.NoFocus)
        self._current = min(self._current, max(len(self._placed) - 1, 0))
        self._name_current()
        self.update()

    def stand_before(self, part: QWidget) -> None:
        """Let Tab go from the flags to a part; Qt puts none behind what the keyboard cannot reach now."""
        policy = self.focusPolicy()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabOrder(self, part)
        self.setFocusPolicy(policy)

    def rect_of(self, placed: PlacedFlags) -> QRect:
        """Return where a flag is drawn."""
        return QRect(placed.left, 1, px(_FLAG), px(_FLAG))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the flags."""
        painter, theme = QPainter(self), current_theme()
        for number, placed in enumerate(self._placed):
            rect = self.rect_of(placed)
            if self.hasFocus() and number == self._current:
                box(painter, rect.adjusted(-1, -1, 1, 1), 5, theme.you, None)
            selected = any(flag.id == self._selected for flag in placed.flags)
            box(painter, rect, 4, theme.raised, theme.you if selected else theme.line2)
            if len(placed.flags) > 1:
                paint.centred(painter, rect, str(len(placed.flags)), theme.t1, theme.font(Role.TINY))
            elif letter := placed.flags[0].kind.letter:
                paint.centred(painter, rect, letter, theme.t2, theme.font(Role.TINY))
            elif placed.flags[0].kind is FlagKind.ALERT:
                draw_icon(painter, "bell-fill", theme.t1, rect, px(11))
            else:
                draw_icon(painter, "newspaper", theme.t1 if selected else theme.t2, rect, px(11))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the flag that was clicked."""
        placed = self._at(event.position().toPoint().x())
        if placed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(placed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the flags, open one."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if not self._placed or not (opens or step):
            super().keyPressEvent(event)
        elif opens:
            self._open(self._placed[self._current])
        elif step:
            self._current = min(max(self._current + step, 0), len(self._placed) - 1)
            self._tell_current()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest flag, and say what it stands for."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._current = max(len(self._placed) - 1, 0)
            self._tell_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def _tell_current(self) -> None:
        """Say what the flag at the keyboard stands for, to the eye and to a screen reader."""
        if self._placed:
            placed = self._placed[self._current]
            self._name_current()
            foot = self.rect_of(placed).bottomLeft()
            QToolTip.showText(self.mapToGlobal(foot), as_tip(_words(placed, "\n")), self)
        self.update()

    def _name_current(self) -> None:
        """Name the lane by the flag at the keyboard: all of them at once are too much to listen to."""
        count = len(self._placed)
        words = _words(self._placed[self._current], ", ") if count else ""
        place = self.tr("flag {0} of {1}").format(self._current + 1, count)
        self.setAccessibleName(f"{words}, {place}" if count > 1 else words)

    def _open(self, placed: PlacedFlags) -> None:
        if len(placed.flags) == 1:
            self.picked.emit(placed.flags[0].kind.value, placed.flags[0].id)
            return
        self.menu.clear()
        for flag in reversed(placed.flags):  # the newest first
            words = QFontMetrics(self.font()).elidedText(flag.words, Qt.TextElideMode.ElideRight, _WIDEST)
            action = self.menu.addAction(in_menu(words))
            action.triggered.connect(
                lambda _on=False, kind=flag.kind.value, key=flag.id: self.picked.emit(kind, key)
            )
        self.menu.popup(self.mapToGlobal(self.rect_of(placed).bottomLeft()))

    def event(self, event: QEvent) -> bool:
        """Tell what a flag stands for."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            placed = self._at(event.pos().x())
            lines = _words(placed, "\n") if placed else ""
            QToolTip.showText(event.globalPos(), as_tip(lines) if lines else "", self)
            return True
        return super().event(event)

    def _at(self, x: int) -> PlacedFlags | None:
        return next((p for p in self._placed if p.left <= x < p.left + px(_FLAG)), None)


def _words(placed: PlacedFlags, between: str) -> str:
    return between.join(flag.words for flag in placed.flags)
