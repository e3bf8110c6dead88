"""What all popups have in common: a frameless card that never takes the focus and counts its own time."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QPropertyAnimation, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCloseEvent,
    QEnterEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from stackwatch.ui.kit import motion
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import ActionButton, box
from stackwatch.ui.kit.layout import vbox
from stackwatch.ui.kit.theme import current_theme, px
from stackwatch.ui.kit.timers import once_after

WIDTH = 376
STAYS_MS = 12_000
_IN_MS, _OUT_MS = 120, 80
_RADIUS = 8
UNPLACED = ("offscreen", "minimal", "wayland")  # beginnings of the names of Qt's platforms
POPUP_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


def float_alone(part: QWidget) -> None:
    """Let a window of its own take no focus, end nothing, and stay while another program is in front."""
    part.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    part.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)  # Qt has none where the keyboard is not
    part.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)  # macOS hides tools of what is behind
    part.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    part.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)


def stay_above(part: QWidget, window: QWidget | None) -> None:
    """Let a window of its own stand above another, or above none in particular."""
    part.winId()  # else there is nothing to tie
    handle, other = part.windowHandle(), None if window is None else window.windowHandle()
    if handle.transientParent() is other:
        return
    shown = handle.isVisible()
    handle.hide()
    handle.setTransientParent(other)  # type: ignore[arg-type]  # None is taken, the stub forgot it
    handle.setVisible(shown)


def cut_corners(part: QWidget, radius: int) -> None:
    """Leave the corners of a window to what is behind: X11 without a compositor would show them black."""
    if part.isWindow() and QGuiApplication.platformName() == "xcb":
        path = QPainterPath()
        path.addRoundedRect(QRectF(part.rect()), radius, radius)
        part.setMask(QRegion(path.toFillPolygon().toPolygon()))


class PopupCard(QWidget):
    """A card in the corner of the screen: fades in, stays 12 seconds unless it is looked at, fades out."""

    opened = Signal()
    closed = Signal()
    left = Signal()  # it had the keyboard of the window that it is in
    resized = Signal()
    next_wanted = Signal()  # the keyboard is to go on
    attended = Signal()  # somebody is at it, or no longer

    def __init__(self, host: QWidget | None = None) -> None:
        super().__init__(host, Qt.WindowType.Widget if host is not None else POPUP_FLAGS)
        float_alone(self)
        self.setFixedWidth(px(WIDTH))
        self._clock = once_after(self, STAYS_MS, self.dismiss)
        self.waits: Callable[[], bool] = self.is_busy  # while the clock does not run
        self._fade = QPropertyAnimation(self, b"windowOpacity", self)
        self._fade.finished.connect(self._end_fade)
        self.close_button = ActionButton(framed=False)
        self.close_button.clicked.connect(self.dismiss)
        self.open_button = ActionButton()
        self.open_button.clicked.connect(self.open)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._follow_keyboard)
        self.column = vbox(gap=2, margins=(12, 10, 12, 9), into=self)

    def stays(self) -> bool:
        """Whether it stays until it is closed."""
        return False

    def is_busy(self) -> bool:
        """Whether somebody is at it now."""
        return self.underMouse() or self.has_keyboard()

    def appear(self) -> None:
        """Show the card without taking the focus, and start its time."""
        animated = self._animated()
        if animated:
            self.setWindowOpacity(0.0)
        self.show()
        self.fit()
        if animated:
            self._run_fade(0.0, 1.0, _IN_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self.tell()
        self.resume()

    def tell(self) -> None:
        """Say it aloud: it takes no focus, so that nothing else would be heard of it."""
        announce(self, self.accessibleName(), urgent=self.stays())

    def renew(self) -> None:
        """Say what is new on the card, and stay as long as a new one does, also where it was going."""
        if self._fade.endValue() == 0.0:
            self._run_fade(self.windowOpacity(), 1.0, _IN_MS)
        self.tell()
        self.resume()

    def name_buttons(self, subject: str) -> None:
        """Say in each button's name what it is about: several cards have the same ones."""
        for button in self.findChildren(ActionButton):
            button.setAccessibleName(f"{button.text() or button.toolTip()}: {subject}")

    def dismiss(self) -> None:
        """Fade out and close."""
        self._clock.stop()
        if not self._animated():
            self.close()
            return
        self._run_fade(self.windowOpacity(), 0.0, _OUT_MS)

    @property
    def counting(self) -> bool:
        """Whether its time is running out."""
        return self._clock.isActive()

    def focus(self) -> None:
        """Take the keyboard because the user asked for it."""
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, on=False)
        self.show()
        self.activateWindow()
        self.open_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pause()

    def has_keyboard(self) -> bool:
        """Whether the keyboard is here."""
        return self._holds(QApplication.focusWidget())

    def open(self) -> None:
        """Do what the card is for, and close it."""
        self.opened.emit()
        self.dismiss()

    def pause(self) -> None:
        """Stop the clock."""
        self._clock.stop()

    def resume(self) -> None:
        """Start the clock anew, unless somebody is at a card; stop it where the card stays."""
        if self.stays():
            self._clock.stop()
        elif self.isVisible() and not self.waits():
            self._clock.start()

    def restyle(self) -> None:
        """Take the size of larger or smaller text."""
        self.fit()

    def fit(self) -> None:
        """Be as high as the content."""
        self.setFixedWidth(px(WIDTH))
        self.column.activate()
        flows = self.column.hasHeightForWidth()  # a paragraph's own guess is of another width
        high = self.column.totalHeightForWidth(px(WIDTH)) if flows else self.column.sizeHint().height()
        self.setFixedHeight(high)
        self.resized.emit()
        self.update()

    def _run_fade(self, start: float, end: float, span: int) -> None:
        self._fade.stop()
        self._fade.setDuration(span)
        self._fade.setStartValue(start)
        self._fade.setEndValue(end)
        self._fade.start()

    def _end_fade(self) -> None:
        if self._fade.endValue() == 0.0:
            self.close()

    def _animated(self) -> bool:
        """Whether motion is wanted and possible on this platform."""
        return (
            motion.is_wanted() and self.isWindow() and not QGuiApplication.platformName().startswith(UNPLACED)
        )

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the clock while the pointer is here."""
        self.pause()
        super().enterEvent(event)
        self.attended.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Start the clock anew when the pointer has left."""
        super().leaveEvent(event)
        self.resume()
        self.attended.emit()

    def _holds(self, focus: QWidget | None) -> bool:
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _follow_keyboard(self, before: QWidget | None, now: QWidget | None) -> None:
        """Stop the clock while the keyboard is here, and start it anew when that has gone elsewhere."""
        if self._holds(now):
            self.pause()
            self.attended.emit()
        elif self._holds(before):
            self.resume()
            self.attended.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window around it, whose own key it is too."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape, open with Enter, go on with F6: a window of its own hears no shortcut."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        elif event.key() == Qt.Key.Key_F6:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Start the clock where the window around it was hidden until now, as in the tray."""
        super().showEvent(event)
        self.resume()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is gone."""
        self._clock.stop()
        had = not self.isWindow() and self.has_keyboard()
        super().closeEvent(event)
        self.closed.emit()
        if had:
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be round at any size."""
        super().resizeEvent(event)
        cut_corners(self, _RADIUS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter, theme = QPainter(self), current_theme()
        if not self.mask().isEmpty():  # the cut leaves pixels outside the curve, which X11 would show black
            painter.fillRect(self.rect(), theme.line2)
        box(painter, self.rect(), _RADIUS, theme.panel, theme.line2)
        painter.end()
