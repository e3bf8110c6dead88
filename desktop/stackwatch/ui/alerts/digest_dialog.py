"""The "while you were away" digest: what fired, by its cause, why it did not pop up, and what no rule saw."""

from datetime import datetime

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from stackwatch.domain.events import AwayDigest
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words.format import own_times
from stackwatch.ui.alerts.digest import DigestRow, count_words, digest_facts, digest_rows
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import ROW_ROLE, ListRow, RowDelegate, RowList
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px

_WIDTH, _LOWEST, _HIGHEST = 720, 200, 420  # as high as what it lists, between these


class _Delegate(RowDelegate):
    """Draws a cause as a head and an alert with its reason at the right."""

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a row."""
        assert isinstance(row, DigestRow)
        theme, right = current_theme(), rect.right() - 12
        small = theme.font(Role.CAPTION)
        aside = QRect(rect.left(), rect.top(), right - rect.left(), rect.height())
        figure(painter, aside, row.aside, theme.t3, small)
        room = right - QFontMetrics(small).horizontalAdvance(row.aside) - 16
        if row.severity is None:
            place = QRect(12, rect.top(), room - 12, rect.height())
            words(painter, place, row.words, theme.t1, theme.font(Role.STRONG))
            return
        paint.severity(painter, 24, rect.center().y(), row.severity, theme)
        left = 24 + px(22)
        place = QRect(left, rect.top(), room - left, rect.height())
        words(painter, place, row.words, theme.t1, theme.font())


class DigestDialog(QDialog):
    """Lists a digest; opening a row names its alert, or whom else it is about."""

    alert_opened = Signal(str)
    name_opened = Signal(str)

    def __init__(self, digest: AwayDigest, ecosystem: Ecosystem, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        facts = digest_facts(digest, ecosystem, now)
        self.setWindowTitle(facts.title)
        self.setAccessibleName(facts.sentence)
        mark, title, span, counts = Glyph(14), ElidedText(fixed=True), ElidedText(), ElidedText(fixed=True)
        mark.put("moon", Ink.T2)
        title.put(facts.title, Ink.T1, Role.TITLE)
        span.put(facts.span, Ink.T2)
        said = ", ".join(count_words(number, noun) for number, noun in facts.counts)
        counts.put(said, Ink.T2)
        own = ElidedText()  # below, for the span of days takes the room beside it
        own.put(own_times((digest.since, digest.until), current_zone(), current_language()), Ink.T2)
        own.setVisible(bool(own.text()))
        line = hbox((mark, title, span, None, counts), gap=6)
        head = vbox((line, hbox((own, None), margins=(20, 0, 0, 0))), margins=(12, 10, 12, 6))
        self.rows = RowList(_Delegate(self))
        self.rows.setAccessibleName(facts.title)
        rows = digest_rows(digest, ecosystem, now)
        self.rows.set_rows(rows, "", "")
        first = next((place for place, row in enumerate(rows) if row.opens), 0)
        self.rows.setCurrentIndex(self.rows.model().index(first, 0))
        self.rows.opened.connect(self._open)
        self.rows.clicked.connect(lambda index: self.rows.opened.emit(index.data(ROW_ROLE).key))
        close = ActionButton()
        close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close.put(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = hbox((None, close), margins=(12, 6, 12, 10))
        vbox((head, (self.rows, 1), foot), into=self)
        self._alerts = {alert.id for alert in digest.alerts}
        self._opens = {row.key: row.opens for row in rows if row.opens}
        listed = self.rows.model().rowCount() * self.rows.sizeHintForRow(0) + px(12)
        height = head.sizeHint().height() + listed + foot.sizeHint().height()
        self.resize(px(_WIDTH), min(max(height, px(_LOWEST)), px(_HIGHEST)))

    def _open(self, key: str) -> None:
        opens = self._opens.get(key)
        if opens is None:
            return
        signal = self.alert_opened if opens in self._alerts else self.name_opened
        signal.emit(opens)
        self.accept()
