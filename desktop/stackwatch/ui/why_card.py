"""The why card: verdict first, then the sum, then the story with its source and path."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stackwatch.domain import format as text
from stackwatch.domain import wording
from stackwatch.domain.move import Explanation, Move, Verdict
from stackwatch.domain.news import Story
from stackwatch.domain.watchlist import Language
from stackwatch.ui.chips import Chip, Mark, MoveText, Paragraph, Text, box
from stackwatch.ui.equation import Equation
from stackwatch.ui.snapshot import Snapshot
from stackwatch.ui.theme import Role, Theme

_LINKED_SHOWN = 6
_STORIES_SHOWN = 3


class StoryLine(QWidget):
    """An icon, a title, and who said it when."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark, self._title, self._meta = Mark(13), Text(), Text()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        row.addWidget(self._mark)
        row.addWidget(self._title)
        row.addWidget(self._meta)
        row.addStretch(1)
        self.setFixedHeight(21)

    def put(self, icon: str, title: str, meta: str, theme: Theme) -> None:
        """Show a story; the title is untrusted and stays plain text."""
        self._mark.put(icon, theme.t2)
        self._title.put(text.plain(title), theme.t1, theme.font(Role.SYMBOL))
        self._meta.put(meta, theme.t3, theme.font(Role.CAPTION))
        self.setAccessibleName(f"{text.plain(title)}, {meta}")
        self.show()


class LinkedRow(QWidget):
    """The listed names a private entity is tied to, each with its move."""

    activated = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 0, 2)
        self._row.setSpacing(6)
        self._pairs: list[tuple[Chip, MoveText]] = []
        for _ in range(_LINKED_SHOWN):
            chip, move = Chip(theme), MoveText()
            chip.activated.connect(self.activated)
            self._pairs.append((chip, move))
            self._row.addWidget(chip)
            self._row.addWidget(move)
            self._row.addSpacing(8)
        self._row.addStretch(1)

    def put(self, symbols: Sequence[str], snapshot: Snapshot, theme: Theme, language: Language) -> None:
        """Show the first names with their moves; a name without a price has a dash."""
        for index, (chip, figure) in enumerate(self._pairs):
            chip.set_theme(theme)
            if index >= len(symbols):
                chip.put("", "")
                figure.put(None, "", theme.t3, theme.font())
                continue
            symbol = symbols[index]
            chip.put(symbol, wording.short_name(symbol, snapshot.ecosystem, language))
            move = snapshot.moves.get(symbol)
            value = move.move_pct if move else None
            ink = theme.t3 if value is None else theme.direction(value)
            figure.put(value, text.percent(value), ink, theme.font())


class WhyCard(QWidget):
    """Why a share moved, as far as it is known; for a private entity its latest stories."""

    entity_activated = Signal(str)

    def __init__(self, snapshot: Snapshot, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot, self._theme = snapshot, theme
        self._language = Language.ENGLISH
        self._compact = False
        self._head, self._reason = Text(fixed=True), Text()
        self._cause, self._relation, self._share = Chip(theme), Text(fixed=True), Chip(theme)
        self._chance, self._chance_mark = Text(fixed=True), Mark(12)
        self._equation = Equation(theme)
        self._body, self._rate = Paragraph(), Text()
        self._stories = tuple(StoryLine() for _ in range(_STORIES_SHOWN))
        self._linked = LinkedRow(theme)
        self._rule = QWidget()
        self._rule.setFixedHeight(1)
        self._rule.setAutoFillBackground(True)
        for chip in (self._cause, self._share):
            chip.activated.connect(self.entity_activated)
        self._linked.activated.connect(self.entity_activated)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 8, 13, 9)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addStrut(22)
        for part in (self._head, self._reason):
            head.addWidget(part)
        head.addSpacing(4)
        path: tuple[QWidget, ...] = (self._cause, self._relation, self._share)
        for widget in path:
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._chance)
        head.addWidget(self._chance_mark)
        column.addLayout(head)
        column.addWidget(self._equation)
        column.addWidget(self._body)
        for line in self._stories:
            column.addWidget(line)
        column.addWidget(self._linked)
        column.addWidget(self._rule)
        column.addWidget(self._rate)

    def set_compact(self, *, compact: bool) -> None:
        """Leave the base-rate line out where the window is low."""
        if compact != self._compact:
            self._compact = compact
            self._show_rate_if_room()

    def render_entity(self, entity_id: str, theme: Theme, language: Language) -> None:
        """Show what is known about an instrument or private entity."""
        self._theme, self._language = theme, language
        for chip in (self._cause, self._share):
            chip.set_theme(theme)
        self._clear()
        explanation = self._snapshot.explanations.get(entity_id)
        move = self._snapshot.moves.get(entity_id) or (explanation.move if explanation else None)
        if entity_id not in self._snapshot.ecosystem.instruments:
            self._show_private(entity_id)
        elif explanation is not None:
            self._show_explanation(explanation, move or explanation.move)
        else:
            self._show_unexplained_yet(move)
        self._show_rate_if_room()
        self.update()

    def _clear(self) -> None:
        theme = self._theme
        for part in (self._reason, self._relation, self._chance, self._rate):
            part.put("", theme.t2, theme.font())
        for chip in (self._cause, self._share):
            chip.put("", "")
        for line in self._stories:
            line.hide()
        for widget in (self._equation, self._linked, self._body):
            widget.hide()
        self._chance_mark.put("", theme.t3)

    def _show_unexplained_yet(self, move: Move | None) -> None:
        theme = self._theme
        if move is None:
            self._head.put(self.tr("No move to explain yet"), theme.t2, theme.font(Role.TITLE))
            return
        head = wording.range_words(move.sar, self._language, move.reason)
        self._head.put(head, theme.t1, theme.font(Role.TITLE))
        self._reason.put(self.tr("News not read yet"), theme.t2, theme.font())
        self._show_sum(move)

    def _show_explanation(self, explanation: Explanation, move: Move) -> None:
        theme, language, ecosystem = self._theme, self._language, self._snapshot.ecosystem
        title = theme.font(Role.TITLE)
        searched = explanation.verdict is Verdict.UNEXPLAINED and explanation.best is None
        if searched and explanation.move.unusual:
            self._head.put(self.tr("Unexplained"), theme.t1, title)
            self._reason.put(
                wording.unusual_words(explanation.move, ecosystem, language), theme.t2, theme.font()
            )
        else:
            self._head.put(wording.verdict_head(explanation, language), theme.t1, title)
            reason = wording.verdict_reason(explanation, ecosystem, language)
            self._reason.put(reason, theme.t2, theme.font())
        if searched:
            searched_words = wording.search_words(explanation, ecosystem, language)
            self._body.put(searched_words, theme.t2, theme.font())
        self._show_sum(move)
        self._show_path(explanation)
        self._show_matches(explanation)
        if explanation.base_rate is not None:
            line = wording.base_rate_line(explanation.base_rate, explanation.move.symbol, language)
            self._rate.put(line, theme.t2, theme.font(Role.CAPTION))

    def _show_sum(self, move: Move) -> None:
        ecosystem, language = self._snapshot.ecosystem, self._language
        benchmark = wording.short_name(move.benchmark, ecosystem, language)
        name = ecosystem.names_of(move.symbol).get(language)
        labels = (
            self.tr("{0} today").format(name),
            self.tr("expected with {0} {1}").format(benchmark, text.percent(move.benchmark_move_pct)),
            self.tr("abnormal"),
        )
        self._equation.put(move, labels, self._theme)
        self._equation.show()

    def _show_path(self, explanation: Explanation) -> None:
        best = explanation.best
        theme, language, ecosystem = self._theme, self._language, self._snapshot.ecosystem
        if best is None:
            return
        if best.coincidence is not None:
            words = wording.coincidence_words(best.coincidence, language)
            self._chance.put(words, theme.t2, theme.font(Role.CAPTION))
            self._chance_mark.put("info", theme.t3)
        if len(best.path) < 2:  # noqa: PLR2004 - the story names the share itself
            return
        first, last = best.path[0], best.path[-1]
        self._cause.put(first, ecosystem.names_of(first).get(language))
        between = [wording.relation_word(best.relations[0], language)] if best.relations else []
        for relation, entity_id in zip(best.relations[1:], best.path[1:-1], strict=False):
            between += [
                ecosystem.names_of(entity_id).get(language),
                wording.relation_word(relation, language),
            ]
        self._relation.put(" \u203a ".join([*between, ""]).rstrip(), theme.t3, theme.font(Role.CAPTION))
        self._share.put(last, ecosystem.names_of(last).get(language))

    def _show_matches(self, explanation: Explanation) -> None:
        lines = iter(self._stories)
        if explanation.best is not None:
            lead = wording.lead_words(explanation.best.lead_minutes, self._language)
            self._show_story(next(lines), "newspaper", explanation.best.story, lead)
        if explanation.opposing is not None:
            other = self.tr("points the other way")
            self._show_story(next(lines), "arrows-left-right", explanation.opposing.story, other)

    def _show_story(self, line: StoryLine, icon: str, story: Story, tail: str) -> None:
        zone = wording.DEFAULT_ZONE
        when = text.day_clock(story.lead.published, self._snapshot.now, zone, self._language)
        place = text.zone_label(zone, self._language)
        publisher = wording.publisher_word(story.lead.publisher)
        meta = " \u00b7 ".join(part for part in (publisher, f"{when} {place}", tail) if part)
        line.put(icon, story.lead.title, meta, self._theme)

    def _show_private(self, entity_id: str) -> None:
        theme, snapshot = self._theme, self._snapshot
        stories = snapshot.stories_of(entity_id)
        head = self.tr("Latest stories") if stories else self.tr("No story yet")
        self._head.put(head, theme.t1, theme.font(Role.TITLE))
        for line, story in zip(self._stories, stories, strict=False):
            self._show_story(
                line, "newspaper", story, wording.theme_word(story.reading.theme, self._language)
            )
        linked = snapshot.linked_symbols(entity_id)
        if linked:
            self._reason.put(self.tr("{0} linked names").format(len(linked)), theme.t2, theme.font())
            self._linked.put(linked, snapshot, theme, self._language)
            self._linked.show()

    def _show_rate_if_room(self) -> None:
        shown = bool(self._rate.text()) and not self._compact
        self._rate.setVisible(shown)
        self._rule.setVisible(shown)
        palette = self._rule.palette()
        palette.setColor(self._rule.backgroundRole(), self._theme.line)
        self._rule.setPalette(palette)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card's box."""
        painter = QPainter(self)
        box(painter, self.rect(), 8, self._theme.raised, self._theme.line2)
        painter.end()
