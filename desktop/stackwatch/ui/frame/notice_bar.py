"""The bar under the header for what the user should know once, such as a file that could not be used."""

from datetime import UTC, datetime

from PySide6.QtCore import QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from stackwatch.domain.events import (
    ClockTicked,
    Event,
    HealthChanged,
    UpdateFound,
)
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven, UnknownSymbols
from stackwatch.domain.health import INNER, Health, HealthState
from stackwatch.domain.words import format as write
from stackwatch.domain.words.pause_words import pause_words
from stackwatch.domain.words.wording import reason_words
from stackwatch.ui.kit import icons, paint
from stackwatch.ui.kit.announce import announce
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import Words, current_language, worded
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, current_theme, px
from stackwatch.ui.kit.tips import set_tip

_HEIGHT = 34
_LONGEST = 1000
_MOST_LINES = 3
_MOST_NAMED = 8  # symbols in one notice
_MORE_WIDTH = 64  # to say how many have no room
_PASSING = frozenset({"rules", "budget"})  # what these say holds only until they say something else


class NoticeBar(QWidget):
    """Hidden until there is something to say; closing it forgets what could be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: list[Words] = []
        self._unknown: dict[str, datetime] = {}  # symbols that are spoken of, and since when
        self._known_unknown: set[str] = set()  # of which the user closed what was said
        self._failing: dict[str, str] = {}  # what a part said of its fault, or of the end of it
        self.now = datetime.now(UTC)  # the program's time
        self._pause_ends: datetime | None = None
        self._shown = 0  # of what it says, the newest: as many as have room
        self._icon, self._words = icons.Glyph(14), QLabel()
        self._icon.put("info", Ink.T2)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._link: QUrl | None = None
        self.open_button = ActionButton()
        self.open_button.clicked.connect(self._open)
        self.close_button = QToolButton()
        self.close_button.clicked.connect(self.dismiss)
        self._more = ElidedText(fixed=True)
        parts = (self._icon, (self._words, 1), self._more, self.open_button, self.close_button)
        hbox(parts, gap=8, margins=(12, 0, 12, 1), into=self)
        self.restyle()
        self.retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """Everything it says, the newest first."""
        return "  ".join(self._lines())

    def add(self, text: Words, link: QUrl | None = None) -> None:
        """Say ``text`` too, unless it is said already; its folder or web page can be opened."""
        line = _worded(text)
        self._link = link or self._link
        if line and line not in map(_worded, self._texts):
            self._texts.append(_kept(text))
            self._say()
            self.show()
            announce(self, line)

    def take_back(self, text: Words) -> None:
        """Say something no longer that is true no longer."""
        if _kept(text) in self._texts:
            self._texts.remove(_kept(text))
            self._say()
            self.setVisible(bool(self._lines()))

    def tell_pause(self, until: datetime | None) -> None:
        """Say that there are no popups, for as long as there are none."""
        self._pause_ends = until
        self._say()
        self.setVisible(bool(self._lines()))
        if until is not None:
            announce(self, pause_words(until, self.now, current_zone(), current_language()))

    def apply(self, event: Event) -> None:
        """Say what the core found out and the user should know."""
        match event:
            case HealthChanged(health) if health.source in INNER:
                self._tell_health(health)
            case ClockTicked(now=now):
                self.now = now
                if self._pause_ends is not None and now >= self._pause_ends:
                    self.tell_pause(None)
            case UnknownSymbols():
                self._tell_unknown(event)
            case NoticeGiven(text=text):
                self.add(text)
            case NoticeEnded(text=text):
                self.take_back(text)
            case UpdateFound(release):
                self.add(
                    f"Stackwatch {release.version} is published; nothing is installed.", QUrl(release.page)
                )

    def _tell_health(self, health: Health) -> None:
        """Say how a part of the program is doing, and no longer that it fails or works where that is over."""
        before = self._failing.pop(health.source, "")
        self.take_back(before)
        if before or health.state is HealthState.FAILED or health.source in _PASSING:
            self._failing[health.source] = health.detail
        if health.detail:
            self.add(health.detail)

    def _tell_unknown(self, event: UnknownSymbols) -> None:
        """Propose to look after symbols that the provider no longer knows, once each and while that is so."""
        self._known_unknown &= dict(event.since).keys()
        before = self._unknown
        self._unknown = {each: at for each, at in event.since if each not in self._known_unknown}
        if self._unknown == before:
            return
        if self._unknown.keys() - before.keys():  # else it only says less
            self._texts = [text for text in self._texts if text != self._unknown_words]
            self.add(self._unknown_words)
        elif self._unknown:
            self._say()
        else:
            self.take_back(self._unknown_words)

    def _unknown_words(self) -> str:
        """Say which symbols the provider no longer knows, all in one sentence."""
        words = self.tr("{symbol} since {day}")
        named = [words.format(symbol=each, day=f"{at:%Y-%m-%d}") for each, at in self._unknown.items()]
        shown = ", ".join(named[:_MOST_NAMED])
        if len(named) > _MOST_NAMED:
            shown += " " + self.tr("and {count} more").format(count=len(named) - _MOST_NAMED)
        words = self.tr(
            "Unknown to the source: {names}. Renamed or delisted? "
            "What is in the list stays there until you take it out."
        )
        return words.format(names=shown)

    def dismiss(self) -> None:
        """Forget what stands in the bar, and close it unless something had no room there."""
        said = self._shown - (self._pause_ends is not None)
        self._texts, read = self._texts[: len(self._texts) - said], self._texts[len(self._texts) - said :]
        if self._unknown_words in read:
            self._known_unknown |= self._unknown.keys()
            self._unknown = {}
        self._link = self._pause_ends = None
        self._say()
        self.setVisible(bool(self._lines()))

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.close_button.setIcon(icons.icon("x", current_theme().t2, px(13)))
        self.close_button.setIconSize(QSize(px(13), px(13)))
        self.close_button.setFixedSize(px(24), px(24))
        self._fit()

    def retranslate(self) -> None:
        """Word everything anew."""
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self._say()

    def _lines(self) -> list[str]:
        said = [_worded(text) for text in reversed(self._texts)]
        if self._pause_ends is not None:
            said.insert(0, pause_words(self._pause_ends, self.now, current_zone(), current_language()))
        return said

    def _open(self) -> None:
        if self._link is not None:
            QDesktopServices.openUrl(self._link)

    def _say(self) -> None:
        self.open_button.setVisible(self._link is not None)
        if self._link is not None:
            words = self.tr("Open the folder") if self._link.isLocalFile() else self.tr("Open the page")
            self.open_button.put(words, "arrow-square-out")
            set_tip(self.open_button, self._link.toLocalFile() or self._link.toString())
        set_tip(self, "\n".join(self._lines()))
        self.setAccessibleName(self.text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the bar and draw the line under it."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(event.rect(), theme.raised)
        paint.hairline(painter, QRect(0, self.height() - 1, self.width(), 1), theme.line2)

    def _fit(self) -> None:
        """Give every text lines of its own, the newest first; what has no room is in the tip."""
        metrics = self._words.fontMetrics()
        opens = 0 if self._link is None else self.open_button.sizeHint().width() + 8
        room = self.width() - self.close_button.width() - self._icon.width() - opens - 40
        lines, count = self._lines_in(metrics, room), len(self._lines())
        if self._shown < count:
            lines = self._lines_in(metrics, room - px(_MORE_WIDTH))
        left = count - self._shown
        self._more.put(self.tr("{0} more").format(left) if left else "", Ink.T2)
        self._words.setText("\n".join(lines))
        further = max(len(lines) - 1, 0) * metrics.lineSpacing()
        self.setFixedHeight(px(_HEIGHT) + further)

    def _lines_in(self, metrics: QFontMetrics, room: int) -> list[str]:
        """Return the lines that have room, and note of how many texts they are."""
        lines: list[str] = []
        self._shown = 0
        for text in self._lines():
            more = _wrapped(metrics, text, max(room, 0), _MOST_LINES - len(lines))
            lines += more
            self._shown += bool(more)
        return lines


def _kept(text: Words) -> Words:
    return write.plain(text, _LONGEST) if isinstance(text, str) else text


def _worded(text: Words) -> str:
    """Say a text in the language in use, as one line."""
    return reason_words(write.plain(worded(text), _LONGEST), current_language())


def _wrapped(metrics: QFontMetrics, text: str, room: int, most: int) -> list[str]:
    """Break a text between words into at most so many lines, the last one cut where it is too long."""
    lines: list[str] = []
    words = text.split(" ")
    while words and len(lines) < most:
        count = len(words)
        if len(lines) + 1 < most:
            while count > 1 and metrics.horizontalAdvance(" ".join(words[:count])) > room:
                count -= 1
        line = " ".join(words[:count])
        lines.append(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room))
        words = words[count:]
    return lines
