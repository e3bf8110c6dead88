"""Small widgets of the header: market clocks, a status with icon, the replay badge, a counting bell."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from stackwatch.domain.market import MarketClock
from stackwatch.domain.quote import Session
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import exchange_word
from stackwatch.ui.kit import icons, paint
from stackwatch.ui.kit.chips import ElidedText, box
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.typed_line import TypedLine

_PHASE_ICONS = {
    Session.REGULAR: "circle-fill",
    Session.PRE: "circle-half",
    Session.POST: "circle-half",
    Session.BREAK: "pause",
    Session.CLOSED: "moon",
}
_SLACK = 24  # pixels that words of changing length may leave free
_TO_NAMES, _TO_WORDS, _BETWEEN = 5, 4, 14  # pixels in a group of clocks, and between two
_SPELT_OUT = 2  # names of a group that a count of the others would hardly shorten


_Group = tuple[str, str, str, int]  # icon, names, words and width


def _few_names(labels: Sequence[str]) -> str:
    """Name the first of several exchanges, and how many more there are."""
    if len(labels) <= _SPELT_OUT:
        return " \u00b7 ".join(labels)
    return f"{labels[0]} +{len(labels) - 1}"


class ClockStrip(QWidget):
    """Paints the markets that fit, from the right; the tip names them all."""

    def __init__(self) -> None:
        super().__init__()
        self._markets: tuple[MarketClock, ...] = ()
        self._now: datetime | None = None
        self._items: tuple[tuple[str, str, str, str, str], ...] = ()  # icon, all and few names, both words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_markets(self, markets: Sequence[MarketClock], now: datetime) -> None:
        """Show other phases or another time."""
        self._markets, self._now = tuple(markets), now
        self.retranslate()

    def retranslate(self) -> None:
        """Say when which market opens or closes."""
        groups: dict[tuple[Session, datetime | None], list[MarketClock]] = {}
        for market in self._markets:
            groups.setdefault((market.phase, market.next_change), []).append(market)
        named = [[exchange_word(m.label, current_language()) for m in each] for each in groups.values()]
        items = tuple(
            (
                _PHASE_ICONS[members[0].phase],
                " \u00b7 ".join(labels),
                _few_names(labels),
                self._words(members[0], short=True),
                self._words(members[0], short=False),
            )
            for members, labels in zip(groups.values(), named, strict=True)
        )
        if items != self._items:
            self._items = items
            text = "\n".join(f"{names} {whole}" for _, names, _, _, whole in items)
            self.setToolTip(text)
            self.setAccessibleName(text.replace("\n", ", "))
            self.update()

    def _words(self, market: MarketClock, *, short: bool) -> str:
        span = ""
        if market.next_change is not None and self._now is not None:
            span = write.duration(market.next_change - self._now, current_language())
        if market.phase is Session.PRE:
            return "" if short else self.tr("pre-market")
        if market.phase is Session.POST:
            return "" if short else self.tr("post-market")
        if short:
            return span
        if market.phase is Session.REGULAR:
            return self.tr("open {span}").format(span=span)
        if market.phase is Session.BREAK:
            return self.tr("reopens in {span}").format(span=span)
        return (
            self.tr("opens in {span}").format(span=span) if market.next_opens and span else self.tr("closed")
        )

    def _width(self, names: str, words: str) -> int:
        """Return the room of an icon, names and words."""
        strong, soft = (QFontMetrics(current_theme().font(role)) for role in (Role.SYMBOL, Role.BODY))
        width = px(12) + _TO_NAMES + strong.horizontalAdvance(names)
        return width + (_TO_WORDS + soft.horizontalAdvance(words) if words else 0)

    def _fitting(self) -> list[_Group]:
        """Return icon, names, words and width of the groups that fit, from the first on.

        Words stand up to the first time at least, which they explain: rather than all of them the first name
        of a group stands for its others, then the last groups are left out. Two groups without words go
        before one with them.
        """
        count = len(self._items)
        timed = next((place for place, item in enumerate(self._items, 1) if item[3]), 1)
        spelt = [self._spelt(names, timed) for names in (1, 2)]
        with_words = (
            words[:most]
            for most in range(count, min(count, 2) - 1, -1)
            for whole, plain, _ in spelt
            for words in (whole, plain)
        )
        without = (spelt[-1][2][:most] for most in range(count, 0, -1))
        return next((each for each in (*with_words, *without) if self._taken(each) <= self.width()), [])

    def _spelt(self, names: int, timed: int) -> tuple[list[_Group], list[_Group], list[_Group]]:
        """Return the groups with whole words, with these for the first ``timed``, and with short ones."""
        whole, short = (
            [(each[0], each[names], each[at], self._width(each[names], each[at])) for each in self._items]
            for at in (4, 3)
        )
        return whole, [*whole[:timed], *short[timed:]], short

    @staticmethod
    def _taken(shown: Sequence[_Group]) -> int:
        return sum(width for *_, width in shown) + _BETWEEN * max(len(shown) - 1, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint icon, name and words of each group of markets."""
        painter, shown, size = QPainter(self), self._fitting(), px(12)
        theme = current_theme()
        strong, soft = theme.font(Role.SYMBOL), theme.font(Role.BODY)
        x = self.width() - self._taken(shown)
        for glyph, names, words, width in shown:
            drawn = icons.pixmap(glyph, theme.t2, size, self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - size) // 2, drawn)
            left = x + size + _TO_NAMES
            paint.words(painter, QRect(left, 0, width, self.height()), names, theme.t1, strong)
            left += painter.fontMetrics().horizontalAdvance(names) + _TO_WORDS
            paint.words(painter, QRect(left, 0, width, self.height()), words, theme.t2, soft)
            x += width + _BETWEEN


class StatusItem(QWidget):
    """An icon and a few words."""

    def __init__(self) -> None:
        super().__init__()
        self._status = ("database", "", False)
        self._icon, self._words = icons.Glyph(12), ElidedText()
        hbox((self._icon, self._words), gap=5, into=self)
        self.restyle()

    def show_status(self, glyph: str, words: str, *, trust: bool, steady: bool = False) -> None:
        """Show other words; ``trust`` marks them as a warning, ``steady`` ones never take less room."""
        if (glyph, words, trust) != self._status:
            self._put(glyph, words, trust=trust)
        kept, wanted = self._words.minimumWidth(), self._words.sizeHint().width()
        if kept > wanted + px(_SLACK):  # that was said of another state
            kept = 0
        self._words.setMinimumWidth(max(kept, wanted) if steady else 0)

    def _put(self, glyph: str, words: str, *, trust: bool) -> None:
        self._status = (glyph, words, trust)
        ink = Ink.TRUST if trust else Ink.T2
        self._icon.put(glyph, ink)
        self._words.put(words, ink)
        self.setAccessibleName(words)

    def restyle(self) -> None:
        """Use other colours and sizes."""
        glyph, words, trust = self._status
        self._put(glyph, words, trust=trust)


class KeyHint(QLabel):
    """The glass at the left of a field, and the key that reaches it at the right while it is empty."""

    def __init__(self, field: TypedLine) -> None:
        super().__init__(keys_here("Ctrl K"), field)
        self._field = field
        self._glass = icons.Glyph(14, field)
        self._glass.put("magnifying-glass", Ink.T2)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        field.typed.connect(lambda text: self.setVisible(not text))
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        theme = current_theme()
        self.setFont(theme.font(Role.TINY))
        self.setStyleSheet(
            f"color: {theme.t3.name()}; border: 1px solid {theme.line2.name()}; "
            "border-radius: 4px; padding: 0 4px;"
        )
        self._inset = px(18)
        self._glass.move(10, (px(28) - px(14)) // 2)
        self.place()

    def place(self) -> None:
        """Move to the right end of the field."""
        self.adjustSize()
        self._field.setTextMargins(self._inset, 0, self.width() + 2, 0)
        self.move(self._field.width() - self.width() - 8, (self._field.height() - self.height()) // 2)


class CountButton(QToolButton):
    """A bell with the number of new alerts beside it, struck through while there are no popups."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._glyph = "bell"
        self.restyle()

    def set_count(self, count: int) -> None:
        """Show another number; 0 shows the bell alone."""
        self.count = count
        self.restyle()

    def set_silent(self, *, silent: bool) -> None:
        """Strike the bell through, or show it whole."""
        self._glyph = "bell-slash" if silent else "bell"
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of bell and number."""
        return QSize(self._bell_width() + self._chip_width(), px(28))

    def restyle(self) -> None:
        """Take the size that goes with the text and the number."""
        self.setFixedSize(self.sizeHint())
        self.update()

    def _bell_width(self) -> int:
        return px(28)

    def _chip_width(self) -> int:
        if not self.count:
            return 0
        return (
            max(QFontMetrics(current_theme().font(Role.TINY)).horizontalAdvance(str(self.count)) + 10, px(16))
            + 4
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bell and its number."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = px(16)
        theme = current_theme()
        bell = icons.pixmap(self._glyph, theme.t1, size, self.devicePixelRatioF())
        painter.drawPixmap((self._bell_width() - size) // 2, (self.height() - size) // 2, bell)
        if not self.count:
            return
        chip = QRect(self._bell_width() - 2, (self.height() - 14) // 2, self._chip_width() - 4, 14)
        box(painter, chip, 7, theme.youfill, None)
        paint.centred(painter, chip, str(self.count), theme.you, theme.font(Role.TINY))
