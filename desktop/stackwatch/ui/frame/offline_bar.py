"""The bar under the header while prices cannot be fetched: since when, what waits, what can be done."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from stackwatch.domain.events import ClockTicked, Event, HealthChanged, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import reason_words, source_reason
from stackwatch.ui.kit import icons, paint
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.timers import every
from stackwatch.ui.kit.tips import set_tip

_HEIGHT = 34
_QUOTES = "quotes"
_IN_TITLE = ("captive portal", "no connection")
_OWN_LIMIT = "own request budget"  # which the source knows nothing of
TROUBLE = frozenset({HealthState.OFFLINE, HealthState.RATE_LIMITED, HealthState.FAILED})


def replay_without_prices() -> str:
    """Say that a replay has no prices, which came from no network."""
    return QCoreApplication.translate("OfflineBar", "This replay has no prices")


class OfflineBar(QWidget):
    """Hidden while quotes arrive. In a replay, which asks nobody, it says nothing of a source."""

    retry_requested = Signal()
    replay_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, replay: bool = False) -> None:
        super().__init__(parent)
        self._in_replay = replay
        self._health: Health | None = None
        self._now: datetime | None = None
        self._empty = True
        self._icon = icons.Glyph(14)
        self._icon.put("clock-counter-clockwise" if replay else "wifi-slash", Ink.TRUST)
        self._title, self._waits, self._next = (
            ElidedText(fixed=True),
            ElidedText(fixed=True),
            ElidedText(fixed=True),
        )
        self._why = ElidedText()
        self._beat = every(self, 1000, self._count_down)  # the core tells the time every 15 seconds only
        self._replay = QPushButton()
        self._retry = QPushButton()
        self._replay.clicked.connect(lambda: self.replay_requested.emit(None if replay else ""))
        self._retry.clicked.connect(self.retry_requested)
        said, todo = (
            (self._icon, self._title, self._waits, self._why),
            (self._next, self._replay, self._retry),
        )
        hbox((*said, None, *todo), gap=8, margins=(12, 0, 12, 1), into=self)
        self.restyle()
        self.hide()

    def apply(self, event: Event) -> None:
        """Show or hide by the condition of the source of quotes, and count down to the next try."""
        match event:
            case ClockTicked():
                self._now = event.now
            case HealthChanged() if event.health.source == _QUOTES:
                self._health = event.health
            case QuotesChanged() if event.quotes and self._empty:
                self._empty = False
            case _:
                return
        self._write()

    def _count_down(self) -> None:
        if self._now is not None:
            self._now += timedelta(seconds=1)
            self._write()

    def retranslate(self) -> None:
        """Word everything anew."""
        self._write()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.setFixedHeight(px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the bar and draw the line under it."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(event.rect(), theme.trustfill)
        paint.hairline(painter, QRect(0, self.height() - 1, self.width(), 1), theme.trustline)

    def _write(self) -> None:
        health = self._health
        trouble = health is not None and health.state in TROUBLE
        if health is not None and trouble:
            self._title.put(self._since(health), Ink.TRUST, Role.STRONG)
            self._waits.put(self._what_waits(), Ink.T2)
            self._why.put(self._reason(health), Ink.T2, Role.CAPTION)
            self._next.put(self._again(health), Ink.T2, Role.CAPTION)
            live = self.tr("Back to live prices")
            self._replay.setText(live if self._in_replay else self.tr("Watch a documented day"))
            self._replay.setVisible(self._empty or self._in_replay)
            self._retry.setText(self.tr("Try now"))
            self._retry.setVisible(not self._in_replay)
            set_tip(self, write.plain(reason_words(health.detail, current_language())))
        self.setVisible(trouble)
        self._tell(", ".join(filter(None, (self._title.text(), self._waits.text()))) if trouble else "")
        if trouble is not self._beat.isActive():
            self._beat.start() if trouble else self._beat.stop()

    def _what_waits(self) -> str:
        if self._in_replay:
            return ""
        return self.tr("no price is stored from an earlier run") if self._empty else self.tr("rules wait")

    def _tell(self, trouble: str) -> None:
        """Say what began, and that it is over: nothing of it is where the keyboard is."""
        before = self.accessibleName()
        self.setAccessibleName(trouble)
        if trouble != before:
            announce(self, trouble or self.tr("Prices arrive again"), urgent=bool(trouble))

    def _since(self, health: Health) -> str:
        if self._in_replay:
            return replay_without_prices()
        time = write.zoned_clock(health.since, self._now or health.since, current_zone(), current_language())
        if health.state is HealthState.RATE_LIMITED and _OWN_LIMIT not in health.detail:
            return self.tr("The source asks for fewer requests since {time}").format(time=time)
        if health.state is HealthState.FAILED and "captive portal" in health.detail:
            return self.tr("A web page answers instead of the source since {time}: a login page?").format(
                time=time
            )
        if health.state is not HealthState.OFFLINE:
            return self.tr("No prices from the source since {time}").format(time=time)
        return self.tr("No connection since {time}").format(time=time)

    def _reason(self, health: Health) -> str:
        """Return what came from the source, where the title does not say it."""
        said = "" if any(words in health.detail for words in _IN_TITLE) else health.detail
        return write.plain(source_reason(said, current_language()))

    def _again(self, health: Health) -> str:
        if self._in_replay or health.next_try is None or self._now is None or health.next_try <= self._now:
            return ""
        span = write.duration(health.next_try - self._now, current_language())
        return self.tr("again in {span}").format(span=span)
