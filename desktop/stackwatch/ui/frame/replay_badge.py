"""The replay in the header: of when, how fast, and what can be done with it."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from stackwatch.domain.events import ClockTicked
from stackwatch.domain.words import format as write
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.menus import Menu
from stackwatch.ui.kit.theme import Role, current_theme, px

_SPEEDS = (1.0, 10.0, 60.0, 300.0, 600.0, 1800.0, 3600.0)


class ReplayBadge(QWidget):
    """Says that this is a replay, of when and how fast; pauses it, goes on, and leads to its next event."""

    speed_chosen = Signal(float)
    next_wanted = Signal()
    days_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self._short = False
        self._left_out = 0  # of the word and the day
        self._clock: ClockTicked | None = None
        self._resume_at = 60.0
        self._pauses = False  # as soon as the replay runs
        self._time = QLabel()
        self.days = QToolButton()
        self.days.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.days.clicked.connect(self.ask_for_days)
        self.speed = QToolButton()
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pause = QToolButton()
        self.pause.clicked.connect(self.toggle)
        self.next = QToolButton()
        self.next.clicked.connect(self.next_wanted)
        parts = (self.days, self._time, self.speed, self.pause, self.next)
        hbox(parts, gap=4, margins=(6, 0, 4, 0), into=self)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._fill_menu()
        self.restyle()
        self.retranslate()

    def _fill_menu(self) -> None:
        menu = Menu(self.speed)
        for speed in _SPEEDS:
            action = menu.addAction(_times(speed), partial(self.speed_chosen.emit, speed))
            action.setCheckable(True)
            action.setData(speed)
        menu.aboutToShow.connect(self._mark_speed)
        self.speed.setMenu(menu)

    def _mark_speed(self) -> None:
        for action in self.speed.menu().actions():
            action.setChecked(action.data() == self._resume_at)

    def ask_for_days(self) -> None:
        """Ask for the menu of documented days below the badge."""
        self.days_wanted.emit(self.mapToGlobal(self.rect().bottomLeft()))

    def toggle(self) -> None:
        """Pause, or go on at the speed of before; asked before that is known, pause then."""
        if self._clock is None:
            self._pauses = not self._pauses
            return
        self.speed_chosen.emit(0.0 if self._clock.speed > 0 else self._resume_at)

    def set_clock(self, event: ClockTicked) -> None:
        """Show another time or speed."""
        before, self._clock = self._clock, event
        if event.speed > 0:
            self._resume_at = event.speed
        if self._pauses:
            self._pauses = False
            self.speed_chosen.emit(0.0)
        self._write()
        if before is None or (before.speed > 0) is not (event.speed > 0):
            self._draw_pause()
        if before is not None:
            self._tell(before, event)

    def _tell(self, before: ClockTicked, now: ClockTicked) -> None:
        """Say that it paused, goes on or ended, by whatever key or hand."""
        words = ""
        if now.finished and not before.finished:
            words = self.tr("The replay has ended")
        elif (before.speed > 0) is not (now.speed > 0):
            words = self.tr("The replay goes on") if now.speed > 0 else self.tr("Replay paused")
        if words:
            announce(self, words)

    def set_short(self, short: bool) -> None:  # noqa: FBT001 - Qt's style of setter
        """Leave out the day of the week, the year and the zone."""
        self._short = short
        self._write()

    def fit(self, room: int) -> None:
        """Leave out the word, then the day too, where there is less room than they need."""
        self.ensurePolished()
        word = self.days.fontMetrics().horizontalAdvance(self.days.text())
        day = self._time.fontMetrics().horizontalAdvance(self._day())
        saved = (0, word, word + day)
        whole = self.sizeHint().width() + saved[self._left_out]
        left_out = next((number for number, less in enumerate(saved) if whole - less <= room), len(saved) - 1)
        if left_out != self._left_out:
            self._left_out = left_out
            style = Qt.ToolButtonStyle
            self.days.setToolButtonStyle(
                style.ToolButtonIconOnly if left_out else style.ToolButtonTextBesideIcon
            )
            self._write()

    def retranslate(self) -> None:
        """Word everything anew."""
        self.days.setText(self.tr("REPLAY"))
        for button, words in (
            (self.days, self.tr("Another day, or again from the start  F5")),
            (self.next, self.tr("To the next headline or alert  F8")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.days.setAccessibleName(f"{self.days.text()}: {self.days.toolTip()}")
        self.speed.setToolTip(self.tr("Speed of the replay"))
        self._write()
        self._draw_pause()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        theme = current_theme()
        self.setFixedHeight(theme.target + 4)
        size = px(13)
        self.days.setIcon(icons.icon("clock-counter-clockwise", theme.trust, size))
        self.next.setIcon(icons.icon("skip-forward", theme.trust, size))
        for label, role, ink in (
            (self.days, Role.STRONG, theme.trust),
            (self._time, Role.BODY, theme.trust),
            (self.speed, Role.BODY, theme.t2),
        ):
            label.setFont(theme.font(role))
            label.setStyleSheet(f"color: {ink.name()};")
        for button in (self.days, self.speed, self.pause, self.next):
            button.setIconSize(QSize(size, size))
            button.setFixedHeight(theme.target)
        for button in (self.pause, self.next):
            button.setFixedWidth(theme.target)
        self._draw_pause()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge's ground and border."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 6, theme.trustfill, theme.trustline)

    def _write(self) -> None:
        clock = self._clock
        if clock is None:
            return
        local = clock.now.astimezone(ZoneInfo(current_zone()))
        day = "" if self._left_out > 1 else self._day()
        time = f"{day}{local:%H:%M}"
        self._time.setText(time if self._short else write.placed(time, current_zone(), current_language()))
        speed = self.tr("ended") if clock.finished else _times(clock.speed or self._resume_at)
        self.speed.setText(speed)
        self.speed.setAccessibleName(f"{self.tr('Speed of the replay')}: {speed}")
        self.speed.setEnabled(not clock.finished)  # no speed brings an ended day on
        self.pause.setVisible(not clock.finished)
        self.next.setVisible(not clock.finished)

    def _day(self) -> str:
        """Return the day of the replay as it stands before its time."""
        if self._clock is None:
            return ""
        local, language = self._clock.now.astimezone(ZoneInfo(current_zone())), current_language()
        day = write.date_text(local, language)
        if self._short:
            return language.say(f"{day.rpartition(' ')[0]} ", f"{local:%m-%d} ")
        return language.say(f"{write.weekday(local, language)} {day} ", f"{day} ")

    def _draw_pause(self) -> None:
        running = self._clock is None or self._clock.speed > 0
        self.pause.setIcon(icons.icon("pause" if running else "play", current_theme().trust, px(13)))
        words = self.tr("Pause the replay  F7") if running else self.tr("Go on with the replay  F7")
        self.pause.setToolTip(words)
        self.pause.setAccessibleName(words)


def _times(speed: float) -> str:
    return f"{speed:,g}\u00d7"
