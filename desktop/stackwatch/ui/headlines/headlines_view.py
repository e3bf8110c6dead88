"""The headlines of the window: filters, one row per story, and one story to read."""

from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.events import (
    ClockTicked,
    Event,
    HealthChanged,
    QuotesChanged,
    StoriesChanged,
)
from stackwatch.domain.health import Health
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.rule_drafts import for_story
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.domain.words import format as write
from stackwatch.ui.headlines.filter_panel import FilterPanel
from stackwatch.ui.headlines.reading_pane import ReadingPane
from stackwatch.ui.headlines.story_criteria import StoryCriteria, StoryIndex, StoryOrder
from stackwatch.ui.headlines.story_model import StoryModel
from stackwatch.ui.headlines.story_rows import Line, StoryWriter, chips_of
from stackwatch.ui.headlines.story_view import StoryView
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.home_zone import current_zone
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.links import is_web, open_web
from stackwatch.ui.kit.menus import in_menu, menu_once
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

_BEAT_MS = 400
_HEAD = 32
_FILTERS_FROM = 1000


class HeadlinesView(QWidget):
    """Every story that is kept. What comes while it is not seen is sorted in when it is shown."""

    entity_opened = Signal(str)
    alert_wanted = Signal(object)
    block_wanted = Signal(str)

    def __init__(
        self, model: WatchlistModel, ecosystem: Ecosystem, watchlist: Watchlist, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._ecosystem = ecosystem
        self._clock: datetime | None = None
        self._health: dict[str, Health] = {}
        self._blocked = 0
        self.story_index = StoryIndex(ecosystem, watchlist)
        self.filter_panel = FilterPanel(ecosystem, watchlist, self)
        self.model = StoryModel(self._writer())
        self.list = StoryView(self.model)
        self._title, self._count, self._of = ElidedText(fixed=True), ElidedText(fixed=True), ElidedText()
        self.order = Segments(3)
        self.filters = ActionButton()
        self._filtering = False  # where the filters have room only in place of the story read
        self._beat = once_after(self, _BEAT_MS, self._catch_up)
        self._outdated = False  # whether other stories may pass the filters now
        middle = self._lay_out_stories()
        self.pane = ReadingPane(ecosystem, model, self)  # behind the stories: so Tab walks
        self._parts = hbox((self.filter_panel, (middle, 1), self.pane), into=self)
        self._connect()
        self.restyle()

    def _lay_out_stories(self) -> QWidget:
        middle = QWidget(self)
        self._head = QWidget(middle)
        hbox(
            (self.filters, self._title, self._count, self._of, None, self.order),
            gap=8,
            margins=(12, 0, 12, 0),
            into=self._head,
        )
        vbox((self._head, (self.list, 1)), into=middle)
        return middle

    def _connect(self) -> None:
        self.filter_panel.changed.connect(self.settle)
        self.order.chosen.connect(lambda _index: self.settle())
        self.filters.clicked.connect(self._turn_filters)
        self.list.story_changed.connect(self._read)
        self.list.entity_activated.connect(self.entity_opened)
        self.list.opened.connect(open_web)
        self.list.menu_wanted.connect(lambda line, place: self.row_menu(line).popup(place))
        self.pane.entity_activated.connect(self.entity_opened)
        self.pane.alert_wanted.connect(self.alert_wanted)
        self.pane.block_wanted.connect(self.block_wanted)

    @property
    def _now(self) -> datetime:
        return self._clock or datetime.now(UTC)

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case StoriesChanged():
                self.story_index.put(event.stories, event.dropped)
                self._want_settling()
            case WatchlistChanged(watchlist=watchlist):
                self.story_index.follow(watchlist)
                self.filter_panel.follow(watchlist)
                self._want_settling()
            case ClockTicked(now=now):
                zone, known = current_zone(), self._clock
                turned = known is None or write.local_days(known, zone) != write.local_days(now, zone)
                self._clock = now
                if turned:
                    self.model.set_writer(self._writer())
                    self._want_settling()
            case HealthChanged(health=health):
                self._health[health.source] = health
                self._start_beat()
            case QuotesChanged():
                self._start_beat()

    def set_blocked(self, count: int) -> None:
        """Show how many publishers are blocked."""
        self._blocked = count
        self.filter_panel.set_sources(self._health, count)
        self._want_settling()

    def row_menu(self, line: Line) -> QMenu:
        """Build the menu of a row: of a story, or of one of its copies."""
        menu, report = menu_once(self), line.report
        if is_web(report.url):
            menu.addAction(self.tr("Open the article"), lambda: open_web(report.url))
        if line.story.about is not None:
            rule = for_story(line.story.about, line.story.reading.theme, self._ecosystem)
            words = self.tr("New alert for such stories")
            menu.addAction(words, lambda: self.alert_wanted.emit(rule))
        menu.addSeparator()
        for chip in chips_of(line.story, self._ecosystem):
            words = self.tr("Only {name}").format(name=in_menu(chip.name))
            menu.addAction(words, partial(self.filter_panel.set_entity, chip.entity_id))
        menu.addSeparator()
        source = write.plain(report.publisher, 60)
        block = self.tr("Block {source}").format(source=in_menu(source))
        menu.addAction(block, lambda: self.block_wanted.emit(source))
        return menu

    def settle(self) -> None:
        """Sort in what has come, and show what passes the filters."""
        self._beat.stop()
        self._outdated = False
        criteria = self.filter_panel.criteria
        counts = self.story_index.counts()
        self.filter_panel.set_counts(counts)
        self.filter_panel.set_sources(self._health, self._blocked)
        stories = self.story_index.search(criteria, StoryOrder(self.order.current))
        self.list.set_empty(self._empty_words(any_story=counts.total > 0))
        read = self.list.current_story
        left = read is not None and self.story_index.story(read.id) is None
        behind = self.list.behind_current() if left else []  # the next is read where one leaves
        self.list.show_stories(stories)
        self._write_head(len(stories), counts.headlines)
        for story_id in (*behind, *(story.id for story in stories[:1])):
            if not self.list.currentIndex().isValid():
                self.list.select_quietly(story_id)
        self._read(self.list.current_story.id if self.list.current_story else "")
        self.pane.refresh_moves()

    def _catch_up(self) -> None:
        """Show what has come: where no story did, figures alone, without a search through all of them."""
        if self._outdated:
            self.settle()
        else:
            self.filter_panel.set_sources(self._health, self._blocked)
            self.pane.refresh_moves()

    def setFocus(self, *_reason: object) -> None:
        """Give the keyboard to the stories; a focus proxy would hide what stands before them from Tab."""
        self.list.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Return a size that leaves the other views their room; this one is given the whole width."""
        return QSize(200, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Show filters and the story read; where both have no room, one of them and the way to the other.

        The filters stand where the story is read then: left of the list they would move it, and their button.
        """
        wide = self._is_wide()
        place = 0 if wide else 1
        if self._parts.indexOf(self.filter_panel) != place:
            self._parts.insertWidget(place, self.filter_panel)
            self.filter_panel.set_edge(Qt.Edge.RightEdge if wide else Qt.Edge.LeftEdge)
        self.pane.fit(self.width())
        self.filters.setVisible(not wide)
        self.filter_panel.setVisible(wide or self._filtering)
        self.pane.setVisible(wide or not self._filtering)

    def _is_wide(self) -> bool:
        return self.width() >= px(_FILTERS_FROM)

    def _turn_filters(self) -> None:
        self._filtering = not self._filtering
        self._make_room()
        if self._filtering:
            self.filter_panel.words.setFocus()
        else:
            self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Sort in what came while nobody looked."""
        super().showEvent(event)
        self.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let what comes wait."""
        super().hideEvent(event)
        self._beat.stop()

    def _want_settling(self) -> None:
        self._outdated = True
        self._start_beat()

    def _start_beat(self) -> None:
        if self.isVisible() and not self._beat.isActive():
            self._beat.start()

    def _writer(self) -> StoryWriter:
        return StoryWriter(self._ecosystem, self._now, current_zone())

    def restyle(self) -> None:
        """Word everything anew, at the size of the text."""
        self._head.setFixedHeight(px(_HEAD))
        zone = write.zone_label(current_zone(), current_language())
        labels = (
            self.tr("Time {zone}").format(zone=zone),
            self.tr("Story"),
            self.tr("First source"),
            self.tr("Copies"),
            self.tr("Theme"),
        )
        self.list.set_words(labels)
        self.list.setAccessibleName(self.tr("Stories"))
        names = (self.tr("Newest"), self.tr("Most copied"), self.tr("Best match"))
        self.order.label(names, self.tr("Order of the stories"))
        self._title.put(self.tr("Stories"), Ink.T1, Role.TITLE)
        self.model.set_writer(self._writer())
        self._make_room()
        if self.isVisible():
            self.settle()

    retranslate = restyle

    def _empty_words(self, *, any_story: bool) -> str:
        if any_story:
            return self.tr("No story passes these filters")
        if self._blocked:
            return self.tr(
                "No headline of an allowed publisher has come. Settings, Data allows others again."
            )
        return self.tr("No headline has come yet. The sources are asked every few minutes.")

    def _write_head(self, shown: int, headlines: int) -> None:
        used = self.filter_panel.criteria != StoryCriteria()
        self.filters.put(self.tr("Filters in use") if used else self.tr("Filters"), "funnel")
        self.filters.setVisible(not self._is_wide())  # words alone would show it
        self._count.put(f"{shown:,}", Ink.T2, Role.CAPTION)
        one, many = self.tr("of 1 headline"), self.tr("of {count} headlines, copies folded")
        words = one if headlines == 1 else many.format(count=f"{headlines:,}")
        self._of.put(words, Ink.T2, Role.CAPTION)
        self.pane.offer(offered=shown > 0)

    def _read(self, story_id: str) -> None:
        if self.isVisible():
            self.pane.show_story(self.story_index.story(story_id), self._now)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill the ground and draw the line under the head."""
        painter, theme = QPainter(self), current_theme()
        painter.fillRect(event.rect(), theme.panel)
        foot = self._head.geometry().bottom()
        paint.hairline(painter, QRect(0, foot, self.width(), 1), theme.line)
