"""The stories that touch an entity, one row per story with its copies folded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from stackwatch.domain.news import Life, Story
from stackwatch.domain.rule_drafts import for_story
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as text
from stackwatch.domain.words import story_words, wording
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import box
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.links import is_web, open_web
from stackwatch.ui.kit.menus import menu_once
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import ListRow, MenuList, RowDelegate
from stackwatch.ui.kit.theme import Role, current_theme, px

_TONES = {-1: text.MINUS, 0: "\u00b7", 1: "+"}
_THEMED = 440  # from this width on right of the tone the theme leaves a title its room


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One story as shown; every text is plain."""

    key: str
    time: str
    tone: str
    title: str
    publisher: str
    copies: str
    theme: str
    accessible_text: str
    became: str = ""
    clause: story_words.TitleClause | None = None
    doubtful: bool = False


def story_row(story: Story, now: datetime, zone: str, ecosystem: Ecosystem, about: str = "") -> StoryRow:
    """Word a story for the list of ``about``, with times in ``zone`` and what became of it."""
    language = current_language()
    title = text.plain(story.lead.title)
    publisher = story_words.publisher_word(story.lead.publisher)
    when = story.lead.published
    theme = wording.theme_word(story.reading.theme, language)
    copies = f"\u00d7{story.copies:,}" if story.copies > 1 else ""
    became = story_words.turn_words(story, now, zone, ecosystem, language)
    turn = story.turn_by(now)
    life = story_words.life_lines(story, now, zone, ecosystem, language) if story.turns else ()
    parts = (
        *(title, f"{publisher}, {text.zoned_clock(when, now, zone, language)}", copies, theme, became),
        *(story_words.novelty_words(story, language), *life),
    )
    return StoryRow(
        key=story.id,
        time=text.column_time(when, now, zone, language),
        tone=_TONES[story.reading.tone_for(about)],
        title=title,
        publisher=publisher,
        copies=copies,
        theme=theme,
        accessible_text=", ".join(part for part in parts if part),
        became=became,
        clause=story_words.clause_about(story, (about,)),
        doubtful=turn is not None and turn.kind is not Life.UPDATED,
    )


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story in the list, worded when it is looked at: a name may have thousands."""

    story: Story
    word: Callable[[Story], StoryRow] = field(compare=False)

    @property
    def key(self) -> str:
        """The id of the story."""
        return self.story.id

    @property
    def worded(self) -> StoryRow:
        """The story as shown."""
        return self.word(self.story)

    @property
    def accessible_text(self) -> str:
        """The story in one sentence."""
        return self.worded.accessible_text


class StoryDelegate(RowDelegate):
    """Draws time, tone, title, what became of it, publisher, copies and, where it leaves room, the theme."""

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a story."""
        assert isinstance(row, ListedStory)
        self._draw_worded(painter, rect, row.worded)

    def _draw_worded(self, painter: QPainter, rect: QRect, row: StoryRow) -> None:
        theme = current_theme()
        top, height, right = rect.top(), rect.height(), rect.right() + 1
        time_right = px(74)
        figure(painter, QRect(0, top, time_right, height), row.time, theme.t2, theme.font())
        tone = QRect(time_right + 9, top + (height - 16) // 2, 16, 16)
        box(painter, tone, 4, None, theme.line2)
        paint.centred(painter, tone, row.tone, theme.t2, theme.font(Role.CAPTION))
        themed = right - tone.right() >= px(_THEMED)
        copies_right = right - px(90 if themed else 10)
        publisher_left = right - px(222 if themed else 126)
        title_left = tone.right() + 11
        draw_title(painter, QRect(title_left, top, publisher_left - title_left - 12, height), row)
        taken = px(44 if row.copies else 6)
        publisher = QRect(publisher_left, top, copies_right - publisher_left - taken, height)
        words(painter, publisher, row.publisher, theme.t2, theme.font())
        figure(
            painter,
            QRect(publisher_left, top, copies_right - publisher_left, height),
            row.copies,
            theme.t2,
            theme.font(),
        )
        if themed:
            place = QRect(right - px(84), top, px(76), height)
            words(painter, place, row.theme, theme.t2, theme.font())


def draw_title(painter: QPainter, room: QRect, row: StoryRow) -> None:
    """Draw a title, and behind it what became of the story, in half of the room at most."""
    theme, caption = current_theme(), current_theme().font(Role.CAPTION)
    taken = QFontMetrics(caption).horizontalAdvance(row.became) + px(10) if row.became else 0
    became = min(taken, room.width() // 2)
    ink = theme.t2 if row.doubtful else theme.t1
    title = room.adjusted(0, 0, -became, 0)
    end = words(painter, title, row.title, ink, theme.font(Role.SYMBOL), row.clause) + px(8)
    ink = theme.trust if row.doubtful else theme.t2
    words(painter, QRect(end, room.top(), room.right() + 1 - end, room.height()), row.became, ink, caption)


class HeadlinesPanel(MenuList):
    """The list of stories; a double click or Enter opens the source in the browser."""

    alert_wanted = Signal(object)

    def __init__(self, ecosystem: Ecosystem, parent: QWidget | None = None) -> None:
        super().__init__(StoryDelegate(), parent)
        self._ecosystem = ecosystem
        self._stories: dict[str, Story] = {}
        self.opened.connect(self._open_source)
        self.menu_wanted.connect(lambda story_id, place: self.story_menu(story_id).popup(place))

    def show_stories(self, stories: Sequence[Story], now: datetime, zone: str, about: str = "") -> None:
        """Show stories, newest first; of ``about`` a title that is cut tells what it says."""
        self.setAccessibleName(self.tr("Headlines"))
        self._stories = {story.id: story for story in stories}
        word = partial(story_row, now=now, zone=zone, ecosystem=self._ecosystem, about=about)
        rows = [ListedStory(story, word) for story in stories]
        self.set_rows(rows, "newspaper", self.tr("No story about it so far"))

    def select_story(self, story_id: str) -> None:
        """Make a story the current row."""
        for place, row in enumerate(self.rows_model().rows):
            if row.key == story_id:
                self.setCurrentIndex(self.rows_model().index(place))

    def story_menu(self, story_id: str) -> QMenu:
        """Build the menu of a story; an alert is about whom it is about, and its theme."""
        menu, story = menu_once(self), self._stories[story_id]
        if is_web(story.lead.url):
            menu.addAction(self.tr("Open the article"), lambda: self._open_source(story_id))
        if story.about is not None:
            rule = for_story(story.about, story.reading.theme, self._ecosystem)
            menu.addAction(self.tr("New alert for such stories"), lambda: self.alert_wanted.emit(rule))
        return menu

    def _open_source(self, story_id: str) -> None:
        open_web(self._stories[story_id].lead.url)
