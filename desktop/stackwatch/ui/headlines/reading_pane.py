"""One story to read: who reported it, what became of it, its copies, and whom it touches."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from stackwatch.domain.market import program_day
from stackwatch.domain.news import Story
from stackwatch.domain.rule_drafts import for_story
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words import story_words, wording
from stackwatch.ui.headlines.life_line import LifeLine, points_of
from stackwatch.ui.headlines.reached_list import ReachedDelegate, ReachedHead
from stackwatch.ui.headlines.reached_shares import touched_by, touched_rows
from stackwatch.ui.headlines.story_rows import chips_of, copy_note
from stackwatch.ui.kit.chips import ActionButton, Chip, ElidedText, Paragraph, Tag
from stackwatch.ui.kit.hairline import Hairline, LinedPanel
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import grid, hbox, scrolled, vbox
from stackwatch.ui.kit.links import is_web, open_web
from stackwatch.ui.kit.row_list import RowList
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

WIDTH = 424
_WIDEST, _SHARE = 600, 0.24  # of a wide view
_NARROW_SHARE = 0.36  # of a narrow one: beside it titles must be read
_FOOT = 36  # beside and between the buttons
_CHIPS = 4
_BETWEEN = 6  # chips and tags
_SIDE = 16
_REPORTS = 8


class ReadingPane(LinedPanel):
    """The story that is current in the list."""

    entity_activated = Signal(str)
    alert_wanted = Signal(object)
    block_wanted = Signal(str)

    def __init__(self, ecosystem: Ecosystem, model: WatchlistModel, parent: QWidget) -> None:
        super().__init__(Qt.Edge.LeftEdge, parent)
        self._ecosystem, self._model = ecosystem, model
        self._view_width = 0
        self._offered = False  # whether there is a story to choose
        self._story: Story | None = None
        self._now: datetime | None = None
        self._chips = [Chip() for _ in range(_CHIPS)]
        self._tags = [Tag() for _ in range(2)]
        self.title, self.source, self._empty = Paragraph(), Paragraph(), Paragraph()
        self._life_head, self._copies_head = ElidedText(), ElidedText()
        self.life = LifeLine()
        self.facts = [(ElidedText(fixed=True), Paragraph()) for _ in range(3)]
        self.reports = [
            (ElidedText(fixed=True), ElidedText(), ElidedText(fixed=True)) for _ in range(_REPORTS)
        ]
        self._more = ElidedText()
        self._touched_cells = ReachedDelegate()
        self._touched_head = ReachedHead(self._touched_cells)
        self.touched = RowList(self._touched_cells)
        self.open_button = ActionButton()
        self.alert_button = ActionButton(framed=False)
        self.block_button = ActionButton(framed=False)
        self._lay_out()
        self._connect()
        self.restyle()

    def _lay_out(self) -> None:
        # From the outside in: a widget that gets another parent is styled anew with all that is in it.
        ground, self._body = QWidget(), QWidget()
        whole = vbox(((scrolled(ground), 1),), margins=(1, 0, 0, 0), into=self)
        vbox((self._empty, (self._body, 1)), margins=(px(_SIDE), px(10), px(_SIDE), px(10)), into=ground)
        column = vbox(gap=px(6), into=self._body)
        hbox((*self._chips, None, *self._tags), gap=_BETWEEN, into=column)
        line = Hairline(px(9))
        for part in (self.title, self.source, line, self._life_head, self.life):
            column.addWidget(part)
        tops = {0: Qt.AlignmentFlag.AlignTop}
        grid(self.facts, across=px(12), down=px(4), sides=tops, into=column)
        self._copies = QWidget()
        column.addWidget(self._copies)
        self._lay_out_reports()
        column.addWidget(Hairline(px(9)))
        column.addWidget(self._touched_head)
        column.addWidget(self.touched)
        column.addStretch(1)
        hbox(
            (self.open_button, self.alert_button, self.block_button, None),
            gap=px(4),
            margins=(px(16), px(8), px(12), px(10)),
            into=whole,
        )

    def _lay_out_reports(self) -> None:
        for _, who, _ in self.reports:
            who.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        reports = grid(self.reports, across=px(10), down=px(4), sides={2: Qt.AlignmentFlag.AlignRight})
        reports.addWidget(self._more, _REPORTS, 1)
        vbox((Hairline(px(9)), self._copies_head, reports), gap=6, into=self._copies)

    def _connect(self) -> None:
        for chip in self._chips:
            chip.activated.connect(self.entity_activated)
        self.touched.opened.connect(self.entity_activated)
        self.touched.clicked.connect(
            lambda index: self.entity_activated.emit(self.touched.rows_model().rows[index.row()].key)
        )
        self.open_button.clicked.connect(self.open_source)
        self.alert_button.clicked.connect(self.want_alert)
        self.block_button.clicked.connect(self._block)

    def show_story(self, story: Story | None, now: datetime) -> None:
        """Show a story as it stands, or that none is chosen."""
        day = None if self._now is None else program_day(self._now)
        if story is self._story and day == program_day(now):
            return
        self._story, self._now = story, now
        self._write()

    def offer(self, *, offered: bool) -> None:
        """Know whether there is a story to choose: without one nobody is asked to."""
        if offered is not self._offered:
            self._offered = offered
            self._write()

    def refresh_moves(self) -> None:
        """Write the moves of the shares anew; none leaves its place while somebody is at them."""
        if self._story is not None and self._now is not None:
            busy = self.touched.underMouse() or self.touched.hasFocus()
            shown = [row.key for row in self.touched.rows_model().rows]
            self._write_touched(self._story, self._now, shown if busy else ())

    def fit(self, view_width: int) -> None:
        """Be as wide as a view of a width leaves it."""
        self._view_width = view_width
        usual = min(px(WIDTH), round(view_width * _NARROW_SHARE))
        self.setFixedWidth(min(max(usual, round(view_width * _SHARE)), px(_WIDEST)))
        if self._story is not None:
            self._write_chips(self._story)
            self._write_buttons(self._story)

    def restyle(self) -> None:
        """Use other sizes, or another language."""
        self.fit(self._view_width)
        self.touched.setAccessibleName(self.tr("Linked shares"))
        self._write()

    retranslate = restyle

    def open_source(self) -> None:
        """Open the page of the first report in the browser."""
        if self._story is not None:
            open_web(self._story.lead.url)

    def want_alert(self) -> None:
        """Ask for a new rule about such stories."""
        about = None if self._story is None else self._story.about
        if self._story is not None and about is not None:
            self.alert_wanted.emit(for_story(about, self._story.reading.theme, self._ecosystem))

    def _block(self) -> None:
        if self._story is not None:
            self.block_wanted.emit(write.plain(self._story.lead.publisher, 60))

    def _write(self) -> None:
        story, now = self._story, self._now
        shown = story is not None and now is not None
        self._body.setVisible(shown)
        none = self.tr("Choose a story to read it here") if self._offered and not shown else ""
        self._empty.put(none, Ink.T2)
        if story is None or now is None:
            for button in (self.open_button, self.alert_button, self.block_button):
                button.hide()
            return
        self._write_head(story, now)
        self._write_facts(story, now)
        self._write_reports(story, now)
        self._write_touched(story, now)
        self._write_buttons(story)

    def _write_head(self, story: Story, now: datetime) -> None:
        language = current_language()
        self._tags[0].put(story_words.tone_word(story.reading.tone, language))
        self._tags[1].put(wording.theme_word(story.reading.theme, language))
        self._write_chips(story)
        self.title.put(write.plain(story.lead.title), Ink.T1, Role.VERDICT)
        zone = current_zone()
        when = write.zoned_clock(story.lead.published, now, zone, language)
        own = write.own_times((story.lead.published,), zone, language)
        source = write.plain(story.lead.publisher, 60)
        self.source.put(", ".join(filter(None, (source, when, own))), Ink.T2)

    def _write_chips(self, story: Story) -> None:
        """Name as many as there is room for beside the tags: a wider line would cut everything under it."""
        tags = sum(tag.sizeHint().width() + _BETWEEN for tag in self._tags if tag.text)
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = self.maximumWidth() - 2 * px(_SIDE) - bar - tags
        chips = chips_of(story, self._ecosystem)
        for number, chip in enumerate(self._chips):
            chip.put(*((chips[number].entity_id, chips[number].name) if number < len(chips) else ("", "")))
            room -= chip.sizeHint().width() + _BETWEEN
            if number and room < 0:
                chip.put("", "")

    def _write_facts(self, story: Story, now: datetime) -> None:
        language, zone = current_language(), current_zone()
        self._life_head.put(self.tr("Life of the story"), Ink.T1, Role.STRONG)
        points = points_of(story, lambda at: write.day_clock(at, now, zone, language), self._ecosystem)
        self.life.put(points)
        status = story_words.status_words(story, now, zone, self._ecosystem, language)
        event = self.tr("reports an event") if story.reading.event else self.tr("talks about it")
        new = story_words.novelty_words(story, language)
        turn = story.turn_by(now)  # the newest, whose title says what became of the story
        rows = (
            (self.tr("Status"), status),
            (self.tr("Kind"), ", ".join(part for part in (event, new) if part)),
            (self.tr("Later"), "" if turn is None else write.plain(turn.title, 200)),
        )
        for (label, value), (name, said) in zip(self.facts, rows, strict=True):
            label.put(name if said else "", Ink.T3)
            value.put(said, Ink.T1)

    def _write_reports(self, story: Story, now: datetime) -> None:
        language, zone = current_language(), current_zone()
        head = self.tr("{count} reports, oldest first").format(count=f"{story.copies:,}")
        self._copies.setVisible(story.copies > 1)
        self._copies_head.put(head, Ink.T1, Role.STRONG)
        told = story.reports if story.copies > 1 else ()
        for number, (when, who, note) in enumerate(self.reports):
            copy = told[number] if number < len(told) else None
            if copy is None:
                for part in (when, who, note):
                    part.put("", Ink.T2)
                continue
            time = write.day_clock(copy.published, now, zone, language)
            when.put(time, Ink.T2)
            who.put(write.plain(copy.publisher, 60), Ink.T1)
            kind = copy_note(story, copy, first=number == 0)
            note.put(kind, Ink.T2, Role.CAPTION)
        more = story.copies - min(len(told), _REPORTS)
        words_of = self.tr("{count} more").format(count=f"{more:,}") if more > 0 and told else ""
        self._more.put(words_of, Ink.T2)

    def _write_touched(self, story: Story, now: datetime, held: Sequence[str] = ()) -> None:
        touched = touched_by(story, self._ecosystem, program_day(now))
        rows = touched_rows(touched, self._ecosystem, self._model, held)
        heads = (self.tr("Change"), self.tr("Abnormal"), "SAR")
        self._touched_head.put(self.tr("Linked shares"), heads)
        self._touched_head.setVisible(bool(rows))
        self._touched_cells.measure(rows)
        self.touched.set_rows(rows, "", "")
        self.touched.setFixedHeight(len(rows) * current_theme().row_height + 2)
        self.touched.setVisible(bool(rows))

    def _write_buttons(self, story: Story) -> None:
        """Offer what can be done with a story; the last words give way to their icons in a narrow pane."""
        language, about = current_language(), story.about
        name = "" if about is None else wording.short_name(about, self._ecosystem, language)
        source = write.plain(story.lead.publisher, 60)
        alert = self.tr("Alert on {name}").format(name=name)
        offers = (
            (self.open_button, is_web(story.lead.url), self.tr("Open article"), "arrow-square-out"),
            (self.alert_button, about is not None, alert, "bell"),
            (self.block_button, True, self.tr("Block publisher"), "prohibit"),
        )
        set_tip(self.alert_button, alert)
        set_tip(self.block_button, self.tr("Never take headlines from {source}").format(source=source))
        for in_words in range(len(offers), 0, -1):
            for place, (button, offered, words, icon) in enumerate(offers):
                button.put(words if offered and place < in_words else "", icon if offered else "")
                button.setAccessibleName(words)
            hints = (button.sizeHint().width() for button, offered, _, _ in offers if offered)
            if sum(hints) + px(_FOOT) <= self.width():
                break

    def sizeHint(self) -> QSize:
        """Return the room of the pane."""
        return QSize(px(WIDTH), px(600))
