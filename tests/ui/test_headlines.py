"""The list of stories: plain text, and only web addresses open."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from tests.support.browser import Browser
from tests.ui import detail_scene as scene
from tests.ui.scene import dress_in

from stackwatch.domain.news import Story
from stackwatch.domain.watchlist import Ecosystem, Language
from stackwatch.ui.detail import headlines_panel
from stackwatch.ui.detail.headlines_panel import HeadlinesPanel, ListedStory, StoryRow, draw_title, story_row
from stackwatch.ui.headlines.story_rows import StoryWriter
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme, px
from stackwatch.ui.preferences.settings import MOST_TEXT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NEW_YORK = "America/New_York"


def panel_of(qtbot: QtBot, *stories: Story) -> HeadlinesPanel:
    panel = HeadlinesPanel(scene.ecosystem())
    qtbot.addWidget(panel)
    panel.resize(728, 120)
    QAbstractItemModelTester(panel.rows_model(), QAbstractItemModelTester.FailureReportingMode.Fatal, panel)
    panel.show_stories(stories, scene.NOW, NEW_YORK)
    panel.show()
    return panel


def with_url(url: str) -> Story:
    return replace(scene.SLOW, lead=replace(scene.SLOW.lead, url=url))


def test_that_a_round_up_that_is_cut_tells_what_it_says_of_the_name() -> None:
    row = story_row(scene.ROUND_UP, scene.NOW, NEW_YORK, scene.ecosystem(), "NVDA")
    assert row.clause is not None
    assert row.title[row.clause.begins :] == "NVDA falters despite upbeat outlook"
    assert story_row(scene.ROUND_UP, scene.NOW, NEW_YORK, scene.ecosystem()).clause is None


def test_that_the_tone_of_a_row_is_that_for_whom_the_list_is_about() -> None:
    """Of good news that is bad for Anthropic its list said plus, and its barometer counted it as bad."""
    told = replace(scene.MORE, reading=replace(scene.MORE.reading, tone=1, tones=(("openai", -1),)))
    said = [
        story_row(told, scene.NOW, NEW_YORK, scene.ecosystem(), about).tone
        for about in ("", "ORCL", "openai")
    ]
    assert said == ["+", "+", "\u2212"]


def test_that_a_row_names_time_tone_publisher_copies_and_theme() -> None:
    row = story_row(scene.SLOW, scene.NOW, NEW_YORK, scene.ecosystem())
    assert (row.time, row.tone, row.publisher, row.copies, row.theme) == (
        "Mon 18:02",
        "\u2212",
        "WSJ",
        "\u00d723",
        "funding",
    )
    use_language(Language.KOREAN)
    korean = story_row(scene.MORE, scene.NOW, NEW_YORK, scene.ecosystem())
    assert (korean.time, korean.tone, korean.theme) == ("13:20", "+", "설비")


@pytest.mark.parametrize("language", list(Language))
def test_that_the_time_of_an_old_story_has_room_in_both_lists_and_is_whole_in_its_tip(
    language: Language,
) -> None:
    use_language(language)
    metrics = QFontMetrics(current_theme().font())
    for days in (0, 1, 6, 7, 29, 400):
        now = scene.SLOW.lead.published + timedelta(days=days)
        row = story_row(scene.SLOW, now, NEW_YORK, scene.ecosystem())
        copy = StoryWriter(scene.ecosystem(), now, NEW_YORK).copy(scene.SLOW, 0)
        assert metrics.horizontalAdvance(row.time) <= px(74)
        assert metrics.horizontalAdvance(copy.time) <= px(74)
        assert "18:02" in row.accessible_text
        assert "18:02" in copy.accessible_text


@pytest.mark.parametrize("width", [120, 260])
def test_that_what_became_of_a_story_leaves_half_of_the_room_to_its_title(width: int) -> None:
    row = story_row(scene.SLOW, scene.NOW, "America/New_York", scene.ecosystem())
    told = replace(row, became="corrected 14:55 by the weekend edition of a local paper", doubtful=True)
    pictures = []
    for title in (row.title, ""):
        drawn = QImage(width + 100, 20, QImage.Format.Format_RGB32)
        drawn.fill(Qt.GlobalColor.white)
        painter = QPainter(drawn)
        draw_title(painter, QRect(0, 0, width, 20), replace(told, title=title))
        painter.end()
        pictures.append(drawn)
        assert all(drawn.pixel(x, y) == 0xFFFFFFFF for x in range(width, width + 100) for y in range(20))
    whole, alone = (each.copy(0, 0, width // 4, 20) for each in pictures)
    assert whole != alone


def test_that_a_single_report_shows_no_copies() -> None:
    assert story_row(replace(scene.SLOW, copies=1), scene.NOW, NEW_YORK, scene.ecosystem()).copies == ""


def test_that_a_title_is_read_beside_the_list_with_the_largest_text(qtbot: QtBot) -> None:
    """As in a window 1,280 wide: the title has room before its publisher, and the theme gives way."""

    def drawn(title: str) -> QImage:
        panel = panel_of(qtbot, replace(scene.SLOW, lead=replace(scene.SLOW.lead, title=title)))
        dress_in(panel, build_theme(ThemeMode.DARK, base_px=MOST_TEXT))
        panel.resize(538, 120)
        return panel.grab().toImage()

    assert drawn("오픈AI·오라클, 스타게이트") != drawn("오픈AI·오라클, 삼성전자")


def test_that_markup_in_a_title_stays_text(qtbot: QtBot) -> None:
    title = "<img src=x> <b>Stargate</b>"
    story = replace(scene.SLOW, lead=replace(scene.SLOW.lead, title=title))
    panel = panel_of(qtbot, story)
    index = panel.rows_model().index(0)
    row = panel.rows_model().rows[0]
    assert isinstance(row, ListedStory)
    assert row.worded.title == title
    assert "&lt;img" in str(index.data(Qt.ItemDataRole.ToolTipRole))


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.com/story", True),
        ("http://example.com/story", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("https:///nowhere", False),
        ("smb://host/share", False),
        ("", False),
    ],
)
def test_that_only_web_addresses_open(
    browser: Browser,
    qtbot: QtBot,
    url: str,
    opens: bool,  # noqa: FBT001 - a table
) -> None:
    panel = panel_of(qtbot, with_url(url))
    panel.setCurrentIndex(panel.rows_model().index(0))
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert browser.opened == ([url] if opens else [])
    entries = [action.text() for action in panel.story_menu(scene.SLOW.id).actions()]
    assert ("Open the article" in entries) is opens


def test_that_of_thousands_of_stories_only_those_in_sight_are_worded(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    worded: list[str] = []

    def word(story: Story, now: datetime, zone: str, ecosystem: Ecosystem, about: str) -> StoryRow:
        worded.append(story.id)
        return story_row(story, now, zone, ecosystem, about)

    monkeypatch.setattr(headlines_panel, "story_row", word)
    panel = HeadlinesPanel(scene.ecosystem())
    qtbot.addWidget(panel)
    panel.resize(728, 120)
    panel.show_stories([replace(scene.SLOW, id=f"s{n}") for n in range(3000)], scene.NOW, NEW_YORK)
    panel.grab()
    assert set(worded) == {f"s{n}" for n in range(len(set(worded)))}
    assert 0 < len(set(worded)) < 20


def test_that_a_double_click_opens_the_source(browser: Browser, qtbot: QtBot) -> None:
    panel = panel_of(qtbot, scene.SLOW)
    at = panel.visualRect(panel.rows_model().index(0)).center()
    qtbot.mouseClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(panel.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert browser.opened == ["https://example.com/story"]


def test_that_the_chosen_story_stays_chosen_when_a_newer_one_arrives(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, scene.SLOW)
    panel.select_story("slow")
    panel.show_stories((scene.MORE, scene.SLOW), scene.NOW, NEW_YORK)
    assert panel.rows_model().rows[panel.currentIndex().row()].key == "slow"


def test_that_what_is_in_sight_stays_in_its_place_when_a_newer_story_comes(qtbot: QtBot) -> None:
    stories = [
        replace(scene.SLOW, id=f"s{n}", lead=replace(scene.SLOW.lead, title=f"Title {n}")) for n in range(60)
    ]
    panel = panel_of(qtbot, *stories)

    def top() -> str:
        return panel.rows_model().rows[panel.indexAt(QPoint(0, 0)).row()].key

    panel.setCurrentIndex(panel.rows_model().index(40))
    panel.scrollTo(panel.rows_model().index(20), panel.ScrollHint.PositionAtTop)
    panel.show_stories([replace(scene.SLOW, id="new"), *stories], scene.NOW, NEW_YORK)
    assert top() == "s20"
    assert panel.currentIndex().row() == 41
    panel.show_stories([replace(scene.SLOW, id="new"), *stories[:20], *stories[22:]], scene.NOW, NEW_YORK)
    assert top() == "s22"
    panel.scrollToTop()
    panel.show_stories(stories, scene.NOW, NEW_YORK)
    assert top() == "s0"
    assert panel.currentIndex().row() == 40


def test_that_new_copies_change_the_row_in_place(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, scene.SLOW)
    with (
        qtbot.assertNotEmitted(panel.rows_model().modelReset),
        qtbot.waitSignal(panel.rows_model().dataChanged),
    ):
        panel.show_stories((replace(scene.SLOW, copies=24),), scene.NOW, NEW_YORK)


def test_that_an_empty_list_draws_its_sentence(qtbot: QtBot) -> None:
    panel = panel_of(qtbot)
    assert panel._empty[1] == "No story about it so far"
    panel.grab()
