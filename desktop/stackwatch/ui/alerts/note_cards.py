"""Popups that speak about popups: what was missed, and a rule that fired too often."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from stackwatch.domain.words.alert_words import as_replay
from stackwatch.ui.alerts.digest import DigestFacts, count_words
from stackwatch.ui.alerts.popup_card import PopupCard
from stackwatch.ui.alerts.toast_parts import ReplayMark
from stackwatch.ui.kit.chips import ElidedText, Paragraph, box
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme


class _NoteCard(PopupCard):
    """A card with a mark, a title and a button."""

    def __init__(self, host: QWidget | None = None) -> None:
        super().__init__(host)
        self._mark, self._title, self._what = Glyph(14), ElidedText(), ElidedText()
        self._time = ElidedText(fixed=True)
        self._badge = ReplayMark()
        head = (self._mark, self._title, self._what, None, self._badge, self._time, self.close_button)
        hbox(head, gap=6, into=self.column).addStrut(20)
        for button in (self.close_button, self.open_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _add_foot(self) -> None:
        hbox((self.open_button, None), margins=(0, 6, 0, 0), into=self.column)

    def _put_head(self, title: str, what: str, time: str, *, replay: bool) -> None:
        self._title.put(title, Ink.T1, Role.TITLE)
        self._what.put(what, Ink.T2)
        self._time.put(time, Ink.T3, Role.CAPTION)
        self._badge.put(self.tr("Replay"), shown=replay)
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.put("", "x")


class DigestCard(_NoteCard):
    """What happened while nobody looked."""

    def __init__(self, host: QWidget | None) -> None:
        super().__init__(host)
        self._span = ElidedText()
        self._counts = [(ElidedText(fixed=True), ElidedText(fixed=True)) for _ in range(3)]
        self.column.addWidget(self._span)
        counts = [part for pair in self._counts for part in (*pair, 16)]
        hbox((*counts, None), margins=(0, 3, 0, 2), into=self.column)
        self._names = ElidedText()
        self.column.addWidget(self._names)
        self._add_foot()

    def put(self, facts: DigestFacts, *, replay: bool) -> None:
        """Show a digest."""
        self._put_head(facts.title, "", facts.time, replay=replay)
        self._span.put(facts.span, Ink.T2)
        self._mark.put("moon", Ink.T2)
        most = len(self._counts)
        shown = [*facts.counts, *[("", "")] * most][:most]
        for (figure, words), (number, noun) in zip(self._counts, shown, strict=True):
            figure.put(number, Ink.T1, Role.VERDICT)
            words.put(count_words("", noun) if noun else "", Ink.T2)
        self._names.put(facts.names, Ink.T2)
        self.open_button.put(self.tr("Read the digest"))
        self.setAccessibleName(as_replay(facts.sentence, current_language(), replay=replay))
        self.name_buttons(facts.title)
        self.fit()


class BreakerCard(_NoteCard):
    """A rule that fired too often, and whose popups wait."""

    def __init__(self, host: QWidget | None) -> None:
        super().__init__(host)
        self._words = Paragraph()
        self.column.addWidget(self._words)
        self._add_foot()

    def put(self, rule: str, time: str, *, replay: bool) -> None:
        """Name the rule."""
        self._put_head(self.tr("Popups held back"), rule, time, replay=replay)
        self._mark.put("warning", Ink.TRUST)
        said = self.tr(
            "It fired 15 times in 3 minutes. Every alert is in the list; its popups wait until it calms down."
        )
        self._words.put(said, Ink.T2)
        self.open_button.put(self.tr("Look at the rule"))
        words = f"{self.tr('Popups held back')}: {rule}. {said}"
        self.setAccessibleName(as_replay(words, current_language(), replay=replay))
        self.name_buttons(rule)
        self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card with the border of a warning."""
        painter, theme = QPainter(self), current_theme()
        box(painter, self.rect(), 8, theme.panel, theme.trustline)
