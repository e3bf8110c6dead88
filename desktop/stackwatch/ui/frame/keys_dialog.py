"""The list of keys, shown by the question mark."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QGridLayout, QLabel, QWidget

from stackwatch.ui.kit.layout import screen_room, scrolled, vbox
from stackwatch.ui.kit.theme import Role, current_theme, px

_BAR = 8  # as wide as the style sheet makes it
_Turn = QAbstractSlider.SliderAction
_DOWN: Mapping[int, _Turn] = {
    Qt.Key.Key_Up: _Turn.SliderSingleStepSub,
    Qt.Key.Key_Down: _Turn.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: _Turn.SliderPageStepSub,
    Qt.Key.Key_PageDown: _Turn.SliderPageStepAdd,
    Qt.Key.Key_Home: _Turn.SliderToMinimum,
    Qt.Key.Key_End: _Turn.SliderToMaximum,
}
_ACROSS: Mapping[int, _Turn] = {
    Qt.Key.Key_Left: _Turn.SliderSingleStepSub,
    Qt.Key.Key_Right: _Turn.SliderSingleStepAdd,
}


class KeysDialog(QDialog):
    """What each key does, in two columns of pairs; keys scroll what a small screen has no room for."""

    def __init__(self, rows: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard"))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription("; ".join(f"{keys}: {words}" for keys, words in rows))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nothing in it takes the keyboard
        self.setFocus()
        page = QWidget()
        layout = QGridLayout(page)
        layout.setContentsMargins(px(16), px(16), px(24), px(16))
        layout.setHorizontalSpacing(px(24))
        layout.setVerticalSpacing(px(8))
        half = (len(rows) + 1) // 2
        for place, (keys, words) in enumerate(rows):
            row, column = place % half, 2 * (place // half)
            name = QLabel(keys)
            name.setFont(current_theme().font(Role.SYMBOL))
            layout.addWidget(name, row, column)
            layout.addWidget(QLabel(words), row, column + 1)
        self.area = scrolled(page, sideways=True)
        vbox((self.area,), into=self)
        wanted = page.sizeHint() + QSize(_BAR, _BAR)
        self.resize(wanted.boundedTo(screen_room(self) or wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by arrows, pages, and to both ends; Esc closes."""
        for turns, bar in (
            (_DOWN, self.area.verticalScrollBar()),
            (_ACROSS, self.area.horizontalScrollBar()),
        ):
            if (turn := turns.get(event.key())) is not None:
                bar.triggerAction(turn)
                return
        super().keyPressEvent(event)
