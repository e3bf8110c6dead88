"""One popup: a frameless card that never takes the focus."""

from PySide6.QtCore import QEvent, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QCloseEvent,
    QEnterEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStyle, QVBoxLayout, QWidget

from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.ui.alerts.toast_facts import SnoozeChoice, ToastFacts
from stackwatch.ui.alerts.toast_parts import MemberFigures, ReasonLine, ReplayBadge, SeverityMark, SingleMove
from stackwatch.ui.kit.chips import ActionButton, Text, box
from stackwatch.ui.kit.theme import Role, Theme

WIDTH = 376
STAYS_MS = 12_000
_IN_MS, _OUT_MS = 120, 80
UNPLACED = ("offscreen", "minimal", "wayland")  # beginnings of the names of Qt's platforms
POPUP_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class ToastCard(QWidget):
    """A popup about one cause; it counts its own time and says what was asked of it."""

    opened = Signal()
    closed = Signal()
    snoozed = Signal(object)
    resized = Signal()

    def __init__(
        self, ecosystem: Ecosystem, theme: Theme, language: Language, host: QWidget | None = None
    ) -> None:
        super().__init__(host, Qt.WindowType.Widget if host is not None else POPUP_FLAGS)
        self._theme, self._language = theme, language
        self._facts: ToastFacts | None = None
        self._unfolded = False
        self._choices: tuple[SnoozeChoice, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFixedWidth(WIDTH)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        self._fade = QPropertyAnimation(self, b"windowOpacity", self)
        self._severity, self._title, self._what, self._time = (
            SeverityMark(theme),
            Text(),
            Text(),
            Text(fixed=True),
        )
        self._badge = ReplayBadge(theme)
        self.close_button = ActionButton(theme, framed=False)
        self._verdict, self._single = Text(), SingleMove(theme)
        self._members = MemberFigures(ecosystem, theme)
        self._reasons = tuple(ReasonLine() for _ in range(3))
        self.open_button, self.snooze_button = ActionButton(theme), ActionButton(theme, framed=False)
        self.fold_button, self._rule = ActionButton(theme, framed=False), Text()
        self.menu = QMenu(self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addStrut(20)
        head_parts: tuple[QWidget, ...] = (self._severity, self._title, self._what)
        for part in head_parts:
            head.addWidget(part)
        head.addStretch(1)
        for part in (self._badge, self._time, self.close_button):
            head.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 6, 0, 0)
        foot.setSpacing(6)
        foot.addWidget(self.open_button)
        foot.addWidget(self.snooze_button)
        foot.addStretch(1)
        foot.addWidget(self._rule)
        foot.addWidget(self.fold_button)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 9)
        column.setSpacing(2)
        column.addLayout(head)
        for part in (self._verdict, self._single, self._members, *self._reasons):
            column.addWidget(part)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.dismiss)
        self.open_button.clicked.connect(self._open)
        self.snooze_button.clicked.connect(self._show_menu)
        self.fold_button.clicked.connect(self._fold)
        self.menu.aboutToHide.connect(self._resume)
        for button in (self.close_button, self.open_button, self.snooze_button, self.fold_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def facts(self) -> ToastFacts | None:
        """What is shown."""
        return self._facts

    def put(
        self, facts: ToastFacts, choices: tuple[SnoozeChoice, ...], theme: Theme, language: Language
    ) -> None:
        """Show other facts in place."""
        self._facts, self._choices, self._theme, self._language = facts, choices, theme, language
        caption = theme.font(Role.CAPTION)
        self._severity.put(facts.severity, theme)
        self._title.put(facts.title, theme.t1, theme.font(Role.TITLE))
        self._what.put(facts.what, theme.t2, theme.font())
        self._badge.put(self.tr("Replay"), theme, shown=facts.replay)
        self._time.put(facts.time, theme.t3, caption)
        self._verdict.put(facts.verdict, theme.t1, theme.font(Role.SYMBOL))
        self._single.put(facts.single, self.tr("abnormal"), theme)
        heads = (self.tr("Name"), self.tr("Change"), self.tr("Abnormal"))
        self._members.put(facts.members, heads, theme, language, opened=self._unfolded)
        lines = [(reason.icon, reason.words, reason.aside) for reason in facts.reasons]
        if facts.chance and self._unfolded:
            lines.append(("info", facts.chance, ""))
        lines += [("", "", "")] * (len(self._reasons) - len(lines))
        for line, (icon, sentence, aside) in zip(self._reasons, lines, strict=True):
            line.put(icon, sentence, aside, theme)
        self._put_foot(facts, theme)
        self.setAccessibleName(facts.sentence)
        self._fill_menu()
        self._fit()

    def _put_foot(self, facts: ToastFacts, theme: Theme) -> None:
        for button in (self.close_button, self.open_button, self.snooze_button, self.fold_button):
            button.set_theme(theme)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.put("", "x")
        self.open_button.put(self.tr("Open"))
        self.snooze_button.put(self.tr("Snooze"), "bell-z", "caret-down")
        self._rule.put("" if facts.members else facts.rule, theme.t3, theme.font(Role.CAPTION))
        if not facts.members:
            self.fold_button.put("")
        elif self._unfolded:
            self.fold_button.put(self.tr("Less"), tail="caret-up")
        else:
            count = len(facts.members)
            words = self.tr("{0} names").format(count) if count > 1 else self.tr("1 name")
            self.fold_button.put(words, tail="caret-down")

    def appear(self) -> None:
        """Show the card without taking the focus, and start its time."""
        animated = self._animated()
        if animated:
            self.setWindowOpacity(0.0)
        self.show()
        self._fit()
        if animated:
            self._run_fade(0.0, 1.0, _IN_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._resume()

    def dismiss(self) -> None:
        """Fade out and close."""
        self._clock.stop()
        if not self._animated():
            self.close()
            return
        self._fade.finished.connect(self.close)
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
        self._pause()

    def _run_fade(self, start: float, end: float, span: int) -> None:
        self._fade.stop()
        self._fade.setDuration(span)
        self._fade.setStartValue(start)
        self._fade.setEndValue(end)
        self._fade.start()

    def _animated(self) -> bool:
        """Whether motion is wanted by the system and possible on its platform."""
        wanted = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
        return wanted and self.isWindow() and not QGuiApplication.platformName().startswith(UNPLACED)

    def _pause(self) -> None:
        self._clock.stop()

    def _resume(self) -> None:
        busy = self.underMouse() or (self.isActiveWindow() and self.hasFocus()) or self.menu.isVisible()
        severe = self._facts is not None and self._facts.severity is Severity.SEVERE
        if self.isVisible() and not busy and not severe:
            self._clock.start(STAYS_MS)

    def _fit(self) -> None:
        self._column.activate()
        self.setFixedHeight(self._column.sizeHint().height())
        self.resized.emit()
        self.update()

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._facts is not None:
            self.put(self._facts, self._choices, self._theme, self._language)

    def _open(self) -> None:
        self.opened.emit()
        self.dismiss()

    def _fill_menu(self) -> None:
        self.menu.clear()
        for place, choice in enumerate(self._choices):
            if place == len(self._choices) - 1:
                self.menu.addSeparator()
            action = self.menu.addAction(f"{choice.words.replace('&', '&&')}\t{choice.clock}")
            action.triggered.connect(lambda _checked=False, until=choice.until: self._snooze(until))

    def _show_menu(self) -> None:
        self._pause()
        self.menu.popup(self.snooze_button.mapToGlobal(self.snooze_button.rect().bottomLeft()))

    def _snooze(self, until: object) -> None:
        self.snoozed.emit(until)
        self.dismiss()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stop the clock while the pointer is here."""
        self._pause()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Start the clock anew when the pointer has left."""
        super().leaveEvent(event)
        self._resume()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stop the clock while the keyboard is here."""
        self._pause()
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Start the clock anew when the keyboard has gone elsewhere."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            if self.isActiveWindow():
                self._pause()
            else:
                self._resume()

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window around it, whose own key it is too."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape, open with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is gone."""
        self._clock.stop()
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        box(painter, self.rect(), 8, self._theme.panel, self._theme.line2)
        painter.end()
