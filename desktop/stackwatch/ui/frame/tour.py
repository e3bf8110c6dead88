"""The first look round: three panels over the real window, shown once, skipped with one key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import ElidedText, Paragraph, box
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.timers import once_after

_WIDTH = 340
_MOVES = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest)


class Tour(QWidget):
    """Covers nothing: it draws a frame round one part of the window and a panel beside it."""

    ended = Signal()

    def __init__(self, window: QWidget, targets: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._targets = tuple(targets)
        self.place = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.panel = QFrame(window)
        self._count, self._title, self._words = ElidedText(fixed=True), ElidedText(), Paragraph()
        self.skip_button, self.back_button, self.next_button = QPushButton(), QPushButton(), QPushButton()
        self.skip_button.setProperty("quiet", "true")
        self.back_button.setProperty("quiet", "true")
        self.next_button.setProperty("primary", "true")
        self.skip_button.clicked.connect(self.end)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self._lay_out()
        self._soon = once_after(self, 0, self._place)  # once everything has its new place
        self._followed = (window, *targets)
        for part in (self.panel, *self._followed):
            part.installEventFilter(self)
        for button in (self.skip_button, self.back_button, self.next_button):
            button.installEventFilter(self)
            button.setAutoDefault(True)  # Enter presses it too
        self._show()

    def go_on(self) -> None:
        """Show the next panel, or end after the last."""
        if self.place + 1 < len(self._targets):
            self.place += 1
            self._show()
        else:
            self.end()

    def go_back(self) -> None:
        """Show the panel before."""
        self.place -= 1
        self._show()

    def end(self) -> None:
        """Take the panels away, for good."""
        for part in self._followed:
            part.removeEventFilter(self)
        self._soon.stop()
        self.panel.hide()
        self.hide()
        self.panel.deleteLater()
        self.deleteLater()
        self.ended.emit()

    def _lay_out(self) -> None:
        foot = hbox((self._count, None, self.skip_button, self.back_button, self.next_button), gap=8)
        parts = (self._title, self._words, 4, foot)
        self._column = vbox(parts, gap=8, margins=(16, 14, 16, 12), into=self.panel)
        self.panel.setFixedWidth(px(_WIDTH))
        self.panel.setObjectName("tour")

    def retranslate(self) -> None:
        """Word everything anew."""
        title, words = self._steps()[self.place]
        self._title.put(title, Ink.T1, Role.TITLE)
        self._words.put(keys_here(words), Ink.T2)
        self._count.put(f"{self.place + 1} / {len(self._targets)}", Ink.T3, Role.CAPTION)
        last = self.place + 1 == len(self._targets)
        self.next_button.setText(self.tr("Done") if last else self.tr("Next"))
        self.skip_button.setText(self.tr("Skip"))
        self.skip_button.setVisible(not last)
        self.back_button.setText(self.tr("Back"))
        self.back_button.setVisible(self.place > 0)
        told = f"{title}. {keys_here(words)}"
        self.panel.setAccessibleName(told)
        self.next_button.setAccessibleDescription(told)
        self.panel.show()  # first: what is shown has its sizes
        self._place()

    def _steps(self) -> tuple[tuple[str, str], ...]:
        """Return title and words for every target."""
        return (
            (
                self.tr("Find anything"),
                self.tr(
                    "Ctrl K finds a symbol, a name or a story; Korean initials (ㅅㅅㅈㅈ) work, too. Arrows "
                    "walk the list and the detail follows."
                ),
            ),
            (
                self.tr("Why it moved"),
                self.tr(
                    "How unusual the move is once the market is taken out, the story it is tied to and who "
                    "said so. Where nothing is found, it says so."
                ),
            ),
            (
                self.tr("Alerts and rules"),
                self.tr(
                    "Everything that fired is kept here, including what did not pop up. Alt 5 shows the "
                    "rules, Alt A makes one for the selected name."
                ),
            ),
        )

    def _show(self) -> None:
        for part in (self, self.panel):
            part.raise_()  # now, and not with each price: what opens over the window may cover it
        self.retranslate()
        if self.next_button.hasFocus():  # nothing else would be read: the keyboard stays where it is
            announce(self.panel, self.panel.accessibleName())
        self.next_button.setFocus()

    def _place(self) -> None:
        window = self._window
        self.setGeometry(window.rect())
        width = self.panel.width()  # Qt's own adjusting asks for the height of another width
        self.panel.resize(width, self._column.totalHeightForWidth(width))
        target, size = self._target(), self.panel.size()
        below = target.bottom() + 12
        top = below if below + size.height() < window.height() else target.top() - size.height() - 12
        top = min(max(top, 12), window.height() - size.height() - 12)
        left = min(max(target.center().x() - size.width() // 2, 12), window.width() - size.width() - 12)
        self.panel.move(QPoint(left, top))
        self.show()
        self.update()

    def _target(self) -> QRect:
        target = self._targets[self.place]
        while target.isHidden() and (around := target.parentWidget()) is not None:
            target = around  # as of the reason while no name is there
        return QRect(target.mapTo(self._window, QPoint(0, 0)), target.size()).adjusted(-2, -2, 2, 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window and what is spoken of; Esc skips."""
        if event.type() in _MOVES and watched is not self.panel:
            self._soon.start()
        if watched in self._targets:  # Esc in the find field leaves that
            return super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:  # before the window's own key
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.end()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame round the part that is spoken of."""
        painter, theme = QPainter(self), current_theme()
        painter.setPen(QPen(theme.you, 2))
        box(painter, self._target(), 8, None, theme.you)
