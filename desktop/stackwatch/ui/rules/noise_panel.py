"""The noise preview: how often a rule would have spoken in the last 12 months, before it is switched on."""

import re
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from stackwatch.domain.noise import NoisePreview
from stackwatch.domain.rule import NEWS_KINDS, Rule, RuleKind
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words import rule_names, wording
from stackwatch.ui.kit.chips import ElidedText, Paragraph
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, scrolled, vbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.rules.noise_chart import LastFires, NoiseChart, OthersTable

_FIGURES = 5
_BAR = 12  # of scrolling, with its distance


class _Figure(QWidget):
    """One large count over its words."""

    def __init__(self) -> None:
        super().__init__()
        self.number, self.words = ElidedText(fixed=True), ElidedText(fixed=True)
        vbox((self.number, self.words), into=self)


class NoisePanel(QWidget):
    """Shows a preview, that one is being computed, or why there is none."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        super().__init__()
        self._ecosystem = ecosystem
        self.preview: NoisePreview | None = None
        self._reason = ""
        self._of: tuple[str, RuleKind, str] | None = None  # whose preview was asked for last
        self._computing = self._held = self._reading = False
        self._title, self._about, self._state = ElidedText(fixed=True), ElidedText(), ElidedText()
        self._trust, self._made_up = Glyph(12), ElidedText(fixed=True)
        self._figures = [_Figure() for _ in range(_FIGURES)]
        self.chart = NoiseChart()
        self.others = OthersTable()
        self._last = LastFires()
        self._note = Paragraph()
        self._icon, self._why = Glyph(26), Paragraph()
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._name()
        self._show()

    def _lay_out(self) -> None:
        column = vbox(gap=px(8), margins=(px(24), px(14), px(24), px(12)), into=self)
        head = (self._title, self._about, None, self._trust, self._made_up, self._state)
        hbox(head, gap=px(8), into=column)
        self._counts = counts = QGridLayout()
        counts.setContentsMargins(0, px(4), 0, 0)
        counts.setHorizontalSpacing(px(32))
        counts.setVerticalSpacing(px(6))
        self._across = 0
        body = QWidget()
        parts = (counts, (self.chart, 1), self.others, self._last, self._note)
        self._lines = vbox(parts, gap=px(8), into=body)
        self._place_figures(_FIGURES)
        self._page = scrolled(body)
        column.addWidget(self._page, 1)
        column.addStretch(0)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._why)
        column.addStretch(0)
        self._column = column

    def _name(self) -> None:
        self.setAccessibleName(self.tr("Noise preview"))
        self._title.put(self.tr("Noise preview"), Ink.T1, Role.TITLE)
        self.others.name(
            (
                self.tr("If you chose instead"),
                self.tr("Fires"),
                self.tr("Days"),
                self.tr("Per name and year"),
            )
        )

    # States

    @property
    def state(self) -> str:
        """What is said beside the title: the days, or that it is being computed."""
        return self._state.text()

    @property
    def reason(self) -> str:
        """Why there is no preview, empty where there is one."""
        return self._reason

    @property
    def figures(self) -> tuple[str, ...]:
        """The large counts as written."""
        return tuple(figure.number.text() for figure in self._figures)

    def compute(self, rule: Rule, *, held: bool = False) -> None:
        """Dim what is shown: a preview of a rule comes, or is ``held`` until nothing is wrong with it.

        What was said of another rule goes, figures or why it has none: nobody takes that for this one.
        """
        if self._of != _about(rule):
            self.preview, self._reason, self._of = None, "", _about(rule)
        self._computing, self._held, self._reading = True, held, False
        self._show()

    def put(self, preview: NoisePreview) -> None:
        """Show a preview."""
        self.preview, self._reason = preview, ""
        self._computing = self._reading = preview.news_pending
        self._show()

    def refuse(self, reason: str) -> None:
        """Say why there is no preview."""
        self.preview, self._computing, self._reading = None, False, False
        words = wording.reason_words(reason, current_language())
        self._reason = re.sub(r"^rule \S+: ", "", words)  # it is the one beside it
        self._show()

    def _show(self) -> None:
        preview = self.preview
        self._page.setVisible(not self._reason)
        for end in (2, self._column.count() - 1):  # above the icon, and below the words
            self._column.setStretch(end, 1 if self._reason else 0)
        self._icon.put("hourglass" if self._reason else "", Ink.T3)
        why = self.tr("No preview: {0}").format(self._reason) if self._reason else ""
        self._why.put(why, Ink.T2)
        said = ""
        if self._computing:
            waits = self.tr("waits for a complete rule")
            said = waits if self._held else self.tr("computing\u2026")
            if self._reading:
                said = self.tr("reading the headlines\u2026")
        elif preview is not None:
            said = self.tr("{0} to {1}").format(self._day(preview.start), self._day(preview.end))
        self._state.put(said, Ink.T3, Role.CAPTION)
        self._fit_head()
        stale = self._computing and not self._reading
        self.chart.dim = self.others.dim = stale
        self._show_figures(preview, dim=stale)
        self.chart.put(preview, self._largest(preview))
        counts = () if preview is None else preview.others
        self.others.put(counts, None if preview is None else preview.count, self._currency())
        empty = "" if preview is None else self.tr("It would not have fired.")
        self._last.put(self.tr("Last fires"), self._last_fires(preview), empty)
        self._note.put(self._note_words(preview), Ink.T3, Role.CAPTION)

    def _show_figures(self, preview: NoisePreview | None, *, dim: bool) -> None:
        values = (write.NOTHING,) * _FIGURES
        if preview is not None:
            stories = write.NOTHING if preview.with_story is None else f"{preview.with_story:,}"
            values = (
                f"{preview.popups:,}",
                f"{preview.count.days:,}",
                f"{preview.count.fires:,}",
                f"{preview.count.per_symbol_year:.1f}",
                "\u2026" if preview.news_pending else stories,
            )
        names = (
            self.tr("popups, by cause or layer"),
            self.tr("days with one"),
            self.tr("fires before grouping"),
            self.tr("per name and year"),
            self.tr("with a matching story"),
        )
        rule = None if preview is None else preview.count.rule
        every = rule is not None and rule.kind in NEWS_KINDS and rule.needs_news()  # each fire is a story
        if every:
            values, names = (*values[:-1], ""), (*names[:-1], "")
        for figure, value, name in zip(self._figures, values, names, strict=True):
            figure.number.put(value, Ink.T3 if dim else Ink.T1, Role.HERO)
            figure.words.put(name, Ink.T2)

    def _largest(self, preview: NoisePreview | None) -> str:
        day = None if preview is None else max(preview.days, key=lambda day: day.fires, default=None)
        if day is None or preview is None:
            return ""
        when = rule_names.day_words(day.day, preview.end, current_language())
        named = self.tr("{0}: 1 name") if day.fires == 1 else self.tr("{0}: {1} names")
        if not preview.count.rule.of_shares:
            named = "{0}" if day.fires == 1 else self.tr("{0}: {1} groups")
        said = named.format(when, day.fires)
        if day.fires > 1:
            popups = self.tr("1 popup") if day.popups == 1 else self.tr("{0} popups").format(day.popups)
            said = f"{said}, {popups}"
        if day.cause is not None:
            said = f"{said}, {self._ecosystem.names_of(day.cause).get(current_language())}"
        return said

    def _last_fires(self, preview: NoisePreview | None) -> list[tuple[str, str, str]]:
        if preview is None:
            return []
        return [
            (
                rule_names.day_words(fire.day, preview.end, current_language()),
                wording.short_name(fire.symbol, self._ecosystem, current_language()),
                rule_names.value_words(preview.count.rule, fire.value, self._currency()),
            )
            for fire in preview.last
        ]

    def _note_words(self, preview: NoisePreview | None) -> str:
        if preview is None:
            return ""
        if preview.reconstructed:
            return self.tr(
                "The prices before a replayed day are made up: this shows what a preview says, not how often"
                " the rule would have fired."
            )
        said = self.tr("Daily closes, today\u2019s list of names, adjusted prices, one look a day.")
        if preview.count.rule.news_only:
            said = self.tr("Today\u2019s list of names, news at the time it came.")
        if preview.news_since is None:
            none = self.tr("No headlines of these days are stored.")
            return said if preview.news_pending else f"{said} {none}"
        since = self._day(preview.news_since)
        return f"{said} {self.tr('Stories are counted since {0}, when headlines were kept.').format(since)}"

    def _currency(self) -> str:
        return self._ecosystem.currency_of("" if self.preview is None else self.preview.count.rule.subject)

    def _day(self, day: date) -> str:
        return rule_names.day_words(day, None, current_language())

    def _fit_head(self) -> None:
        """Mark what is made up; what the preview is of, and that word, give way where days would be cut."""
        made_up = self.preview is not None and self.preview.reconstructed
        words = self.tr("reconstructed") if made_up else ""
        self._trust.put("clock-counter-clockwise" if made_up else "", Ink.TRUST)
        set_tip(self._trust, words)
        self._made_up.put(words, Ink.TRUST, Role.CAPTION)
        self._about.put(self.tr("up to 12 months back, with this rule on these names"), Ink.T2)
        days, gap = self._state.sizeHint().width(), px(8)
        others = (self._title.sizeHint(), self._trust.size()) if made_up else (self._title.sizeHint(),)
        room = self.width() - px(2 * 24) - sum(size.width() + gap for size in others)
        about = self._about.minimumSizeHint().width() + gap
        if days + about + self._made_up.sizeHint().width() + gap > room:
            self._made_up.put("", Ink.TRUST, Role.CAPTION)
        if days + about > room:
            self._about.put("", Ink.T2)
        self._state.setMinimumWidth(min(days, max(room, 0)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the counts into more rows where one has no room."""
        super().resizeEvent(event)
        self._fit_head()
        room = self.width() - px(2 * 24 + _BAR)
        fitting = (across for across in (_FIGURES, 3, 2) if self._figures_width(across) <= room)
        self._place_figures(next(fitting, 1))

    def _figures_width(self, across: int) -> int:
        """Return the width of the counts with so many in a row."""
        wide = [figure.sizeHint().width() for figure in self._figures]
        columns = [max(wide[column::across]) for column in range(across)]
        return sum(columns) + (across - 1) * self._counts.horizontalSpacing()

    def _place_figures(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, figure in enumerate(self._figures):
            self._counts.addWidget(figure, place // across, place % across)
        for column in range(_FIGURES + 1):
            self._counts.setColumnStretch(column, int(column == across))
        self._lines.invalidate()  # which Qt leaves out while the page is hidden

    def minimumSizeHint(self) -> QSize:
        """Return the room for half of the counts beside each other: the rest goes below."""
        return QSize(px(240), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), current_theme().panel)


def _about(rule: Rule) -> tuple[str, RuleKind, str]:
    """Return what a rule is known by, and a new one, which has no id of its own, by what it watches."""
    return rule.id, rule.kind, rule.subject
