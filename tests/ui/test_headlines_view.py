"""The headlines of the window: a row per story, its copies, filters, and one story to read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import groupby

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.support.browser import Browser
from tests.ui import scene
from tests.unit.factories import link

from stackwatch.domain.events import QuotesChanged, StoriesChanged, WatchlistChanged
from stackwatch.domain.lists.list_editing import hide_layer, remove
from stackwatch.domain.news import Life, Mention, Story, StoryCopy, StoryTheme, StoryTurn
from stackwatch.domain.quote import QuoteState
from stackwatch.domain.watchlist import BilingualName, Language, Layer, Relation, Watchlist
from stackwatch.ui.frame.usual_sizes import SMALLEST
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.headlines.headlines_view import HeadlinesView
from stackwatch.ui.headlines.life_line import LifeLine, LifePoint, points_of
from stackwatch.ui.headlines.reached_list import ReachedDelegate, ReachedHead
from stackwatch.ui.headlines.reached_shares import ReachedRow, ReachedShare, touched_by
from stackwatch.ui.headlines.story_criteria import StoryCriteria, StoryOrder
from stackwatch.ui.headlines.story_paint import StoryColumns, caret_place, chip_places
from stackwatch.ui.headlines.story_rows import StoryFace, StoryRowKind
from stackwatch.ui.kit.theme import Role, ThemeMode, build_theme, current_theme, px, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, ModeChoice, UiSettings, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
BEFORE = scene.NOW - timedelta(hours=2)


def story(
    key: str,
    title: str,
    *about: str,
    theme: StoryTheme = StoryTheme.FUNDING,
    tone: int = -1,
    copies: int = 1,
    hours: float = 0,
    event: bool = True,
) -> Story:
    made = scene.story(key, title)
    at = BEFORE - timedelta(hours=hours)
    lead = replace(made.lead, published=at, title=title)
    reading = replace(
        made.reading,
        mentions=tuple(Mention(entity, entity, 0, 1) for entity in about),
        primary=about[0] if about else None,
        theme=theme,
        tone=tone,
        event=event,
    )
    told = tuple(
        StoryCopy(publisher=f"Paper {n}", published=at + timedelta(minutes=n), title=title, url="")
        for n in range(min(copies, 24))
    )
    return replace(
        made, lead=lead, reading=reading, copies=copies, told=told, last_published=at + timedelta(hours=1)
    )


STORIES = (
    story("slow", "Stargate is slow to start", "stargate", "openai", "ORCL", copies=23, hours=3),
    story("more", "Oracle adds 4.5 GW", "ORCL", theme=StoryTheme.CAPACITY, tone=1, copies=2, hours=1),
    story("talk", "Chip shares fall", "NVDA", theme=StoryTheme.PRICE_TALK, event=False),
)


@pytest.fixture
def opened(open_window: Open) -> tuple[MainWindow, HeadlinesView]:
    window = open_window(UiSettings(mode=ModeChoice.DARK, view=ViewChoice.HEADLINES, selected="NVDA"))
    view = window.views.headlines
    QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Fatal, view)
    for event in scene.events():
        window.apply(event)
    window.apply(StoriesChanged(STORIES, (), frozenset({"s1"})))
    view.settle()
    return window, view


def test_that_filters_without_room_scroll_down_alone(opened: tuple[MainWindow, HeadlinesView]) -> None:
    window, view = opened
    window.resize(*SMALLEST)
    QApplication.processEvents()
    area = view.filter_panel.findChild(QScrollArea)
    view.filter_panel.setVisible(True)
    area.setFixedHeight(300)
    QApplication.processEvents()
    assert area.verticalScrollBar().isVisible()
    assert not area.horizontalScrollBar().isVisible()
    panel = view.filter_panel
    assert panel.layer.geometry().right() == panel.words.geometry().right()


def test_that_the_next_story_is_read_where_the_one_that_was_read_leaves(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    many = tuple(story(f"m{n}", f"Oracle opens site {n}", "ORCL", hours=n / 10) for n in range(200))
    window.apply(StoriesChanged(many, (), frozenset()))
    view.settle()
    assert view.list.select_story("m100")
    QApplication.processEvents()
    before = view.list.verticalScrollBar().value()
    assert before > 0
    window.apply(StoriesChanged((), (), frozenset({"m100"})))
    view.settle()
    QApplication.processEvents()
    assert view.list.current_story is not None
    assert view.list.current_story.id == "m101"
    assert view.list.visualRect(view.list.currentIndex()).intersects(view.list.viewport().rect())


def test_that_a_theme_of_which_no_story_is_left_is_offered_no_longer(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    check = view.filter_panel.themes[StoryTheme.CAPACITY]
    assert not check.isHidden()
    window.apply(StoriesChanged((), (), frozenset({"more"})))
    view.settle()
    assert check.isHidden()


def test_that_new_prices_search_no_stories(
    opened: tuple[MainWindow, HeadlinesView], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = opened
    searched: list[StoryCriteria] = []
    search = view.story_index.search
    monkeypatch.setattr(
        view.story_index, "search", lambda wanted, order: searched.append(wanted) or search(wanted, order)
    )
    window.apply(scene.quotes())
    view._beat.timeout.emit()
    assert searched == []
    window.apply(StoriesChanged(STORIES[:1], ()))
    view._beat.timeout.emit()
    assert len(searched) == 1


def test_that_the_fields_beside_the_headlines_end_at_one_line(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    _, view = opened
    words, layer = view.filter_panel.words.geometry(), view.filter_panel.layer.geometry()
    assert (words.left(), words.right()) == (layer.left(), layer.right())


def test_that_no_headline_at_all_is_said_otherwise_than_none_that_passes(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    view.filter_panel.words.setText("no such words")
    view.filter_panel._tell()
    assert view.list._empty == "No story passes these filters"
    window.apply(
        StoriesChanged((), (), frozenset(each.id for each in view.story_index.search(StoryCriteria())))
    )
    view.settle()
    assert view.list._empty.startswith("No headline has come yet")


def test_that_the_one_source_of_a_replay_is_the_replayed_day(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.apply(scene.health(source="rss"))
    view.settle()
    assert view.filter_panel._sources[0].text() == "the source answers"
    view._health.clear()
    window.apply(scene.health(source="replay"))
    view.settle()
    assert view.filter_panel._sources[0].text() == "the replayed day"


def keys(view: HeadlinesView) -> list[str]:
    return [line.story.id for line in view.model.lines if line.kind is StoryRowKind.STORY]


def place_of(view: HeadlinesView, key: str) -> QPoint:
    index = view.model.index(view.model.row_of(key))
    return view.list.visualRect(index).center()


def test_that_stories_are_listed_newest_first_with_copies_folded(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    assert keys(view) == ["talk", "more", "slow"]
    assert len(view.model.lines) == 3
    assert not window.detail.isVisible()
    face = view.model.face(2)
    assert isinstance(face, StoryFace)
    assert (face.row.copies, face.row.theme, face.row.tone) == ("\u00d723", "funding", "\u2212")
    assert [chip.name for chip in face.chips] == ["Stargate", "OpenAI", "ORCL"]
    assert "bad, " in face.accessible_text


def test_that_a_click_on_the_caret_and_keys_unfold_the_copies(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    _, view = opened
    at = view.list.visualRect(view.model.index(2))
    QTest.mouseClick(view.list.viewport(), LEFT, pos=caret_place(at).center())
    assert [line.kind for line in view.model.lines[3:]] == [StoryRowKind.COPY] * 8 + [StoryRowKind.MORE]
    assert view.model.face(3).accessible_text.endswith("first seen")
    assert "15 more copies" in view.model.face(11).accessible_text
    assert view.list.visualRect(view.model.index(3)).height() == 22
    QTest.keyClick(view.list, Qt.Key.Key_Down)
    QTest.keyClick(view.list, Qt.Key.Key_Left)
    assert len(view.model.lines) == 3
    assert view.list.current_story is STORIES[0]
    QTest.keyClick(view.list, Qt.Key.Key_Space)
    assert len(view.model.lines) == 12
    view.list.grab()


def test_that_a_chip_opens_its_entity_in_the_list(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot
) -> None:
    window, view = opened
    index = view.model.index(2)
    face = view.model.face(2)
    assert isinstance(face, StoryFace)
    spot = chip_places(face, view.list.visualRect(index))[2][2]
    QTest.mouseClick(view.list.viewport(), LEFT, pos=spot.center())
    assert window.views.view is ViewChoice.LIST
    assert window.list.selected_id == "ORCL"
    qtbot.waitUntil(window.detail.isVisible)


def test_that_tab_walks_from_the_filters_over_the_stories_to_the_one_that_is_read(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot
) -> None:
    window, view = opened
    with qtbot.waitActive(window):
        window.activateWindow()
    focus: QWidget | None = view.filter_panel.events
    view.filter_panel.events.setFocus()
    walked = []
    for _ in range(4):
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        walked.append(
            next(p for p in (view.order, view.list, view.pane) if p is focus or p.isAncestorOf(focus))
        )
    assert walked == [view.order, view.list, view.pane, view.pane]


def test_that_filters_narrow_the_list(opened: tuple[MainWindow, HeadlinesView]) -> None:
    _, view = opened
    QTest.mouseClick(view.filter_panel.themes[StoryTheme.PRICE_TALK], LEFT)
    assert keys(view) == ["more", "slow"]
    QTest.mouseClick(view.filter_panel.tones[1], LEFT)
    assert keys(view) == ["slow"]
    for check in (view.filter_panel.themes[StoryTheme.PRICE_TALK], view.filter_panel.tones[1]):
        QTest.mouseClick(check, LEFT)
    QTest.mouseClick(view.filter_panel.who[2], LEFT)  # not everything
    QTest.mouseClick(view.filter_panel.who[0], LEFT)  # and not the shares
    assert keys(view) == ["slow"]
    for check in (view.filter_panel.who[2], view.filter_panel.who[0]):
        QTest.mouseClick(check, LEFT)
    QTest.mouseClick(view.filter_panel.events, LEFT)
    assert keys(view) == ["more", "slow"]
    QTest.mouseClick(view.filter_panel.events, LEFT)
    view.filter_panel.layer.setCurrentIndex(2)
    view.filter_panel.layer.activated.emit(2)
    assert keys(view) == ["talk"]
    view.filter_panel.layer.setCurrentIndex(0)
    view.filter_panel.layer.activated.emit(0)
    view.filter_panel.set_entity("ORCL")
    assert keys(view) == ["more", "slow"]
    QTest.mouseClick(view.filter_panel.about, LEFT)
    assert len(keys(view)) == 3


def _shows(view: HeadlinesView, stories: list[str]) -> bool:
    return keys(view) == stories


def test_that_words_are_searched_in_titles_publishers_and_names_of_both_languages(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot
) -> None:
    _, view = opened
    searches = (
        ("slow start", ["slow"]),
        ("오라클", ["more", "slow"]),
        ("paper 7", ["slow"]),
        ("slów", ["slow"]),
    )
    for words, found in searches:
        view.filter_panel.words.clear()
        view.filter_panel.words.insert(words)
        qtbot.waitUntil(partial(_shows, view, found))
    view.filter_panel.words.setText("nobody said this")
    qtbot.waitUntil(lambda: keys(view) == [])
    view.list.grab()


def test_that_words_are_found_with_the_quotes_and_dashes_of_any_keyboard(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.apply(StoriesChanged((story("quoted", "OpenAI’s “AI\u2011first” plan – in short", "openai"),)))
    for words in ("openai's plan", '"ai-first"', "plan - in", "OpenAI’s “AI\u2011first”"):
        view.filter_panel.words.setText(words)
        view.filter_panel._tell()
        assert keys(view) == ["quoted"]


def test_that_the_order_can_be_chosen(opened: tuple[MainWindow, HeadlinesView]) -> None:
    _, view = opened
    QTest.mouseClick(view.order._group.button(StoryOrder.COPIES), LEFT)
    assert keys(view) == ["slow", "more", "talk"]


def test_that_the_reading_pane_tells_the_life_the_copies_and_whom_a_story_touches(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    QTest.mouseClick(view.list.viewport(), LEFT, pos=place_of(view, "slow"))
    pane = view.pane
    assert pane.title.text() == "Stargate is slow to start"
    assert pane.facts[0][1].text() == "reported; not denied, not corrected so far"
    assert pane.reports[0][1].text() == "Paper 0"
    assert [row.key for row in pane.touched.rows_model().rows] == ["ORCL"]
    turn = StoryTurn(
        kind=Life.DENIED,
        at=scene.NOW,
        story_id="x",
        publisher="Reuters",
        title="OpenAI denies it",
        speaker="openai",
    )
    window.apply(StoriesChanged((replace(STORIES[0], turns=(turn,)),)))
    view.settle()
    assert pane.facts[0][1].text() == "denied 16:05 by OpenAI"
    points = [(point.word, point.who) for point in pane.life._points]
    assert points[:2] == [("reported", "WSJ"), ("denied", "OpenAI")]  # and not by who reported that
    assert view.list.current_story is not None
    assert view.list.current_story.id == "slow"


def test_that_what_became_of_a_denial_is_told_beside_it_too(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    turn = StoryTurn(kind=Life.CORRECTED, at=BEFORE, story_id="t", publisher="CNBC", title="Not so")
    denial = replace(STORIES[1], reading=replace(STORIES[1].reading, life=Life.DENIED), turns=(turn,))
    window.apply(StoriesChanged((denial,)))
    view.settle()
    view.list.select_story("more")
    assert view.pane.facts[0][1].text() == "denied an earlier report; corrected 14:05 by CNBC"


def test_that_no_update_takes_a_denial_off_the_line_of_a_storys_life() -> None:
    kinds = (Life.UPDATED, Life.DENIED, *[Life.UPDATED] * 4)
    turns = tuple(
        StoryTurn(
            kind=kind, at=BEFORE + timedelta(minutes=n), story_id=f"t{n}", publisher=f"Paper {n}", title=""
        )
        for n, kind in enumerate(kinds)
    )
    points = points_of(replace(STORIES[0], turns=turns), lambda at: f"{at:%M}", scene.ecosystem())
    assert [(point.word, point.who) for point in points] == [
        ("reported", "WSJ"),
        ("denied", "Paper 1"),
        ("updated", "Paper 4"),
        ("updated", "Paper 5"),
    ]


@pytest.mark.parametrize(("count", "width"), [(2, 284), (3, 284), (4, 284), (4, 430)])
def test_that_no_words_under_a_point_of_a_storys_life_touch_those_of_the_next(
    qtbot: QtBot, count: int, width: int
) -> None:
    line = LifeLine()
    qtbot.addWidget(line)
    line.resize(width, line.height())
    line.put([LifePoint("14:55", "corrected", "A very long publisher name", filled=True)] * count)
    assert "A very long publisher name" in line.toolTip()
    drawn, foot = line.grab().toImage(), range(px(40), px(56))
    ground = drawn.pixel(0, px(60))
    free = [all(drawn.pixel(x, y) == ground for y in foot) for x in range(width)]
    gaps = [len(list(run)) for empty, run in groupby(free) if empty]
    assert len([gap for gap in gaps if gap >= px(6)]) >= count - 1


def test_that_a_linked_share_is_told_by_the_newest_link_and_not_after_a_former_one() -> None:
    """Oracle was Stargate's partner beside a headline, and its supplier's customer on the card."""
    day = date(2025, 7, 22)
    links = (
        link("stargate", "ORCL", Relation.PARTNER, date(2025, 1, 21)),
        link("stargate", "ORCL", Relation.CUSTOMER, day),
        link("stargate", "NVDA", Relation.EQUITY, date(2025, 1, 21)),
        link("stargate", "NVDA", Relation.FORMER, date(2025, 6, 1)),
        link("openai", "MSFT", Relation.EQUITY, date(2024, 1, 1)),
        link("stargate", "MSFT", Relation.PARTNER, date(2025, 1, 21)),
    )
    known = replace(scene.ecosystem(), exposures=links)
    named = story("slow", "Stargate is slow to start", "stargate", "openai")
    assert touched_by(named, known, day) == (
        ReachedShare("MSFT", "stargate", "partner"),  # whom the title is about, before others it names
        ReachedShare("ORCL", "stargate", "customer"),
    )
    before = touched_by(named, known, date(2025, 5, 1))
    assert [(each.symbol, each.relation) for each in before] == [
        ("MSFT", "partner"),
        ("NVDA", "equity"),
        ("ORCL", "partner"),
    ]


def test_that_a_story_read_in_large_text_is_not_cut_off_beside_the_pane(open_window: Open) -> None:
    settings = UiSettings(mode=ModeChoice.DARK, view=ViewChoice.HEADLINES, text_px=MOST_TEXT)
    window = open_window(settings)
    window.resize(1280, 720)
    for event in scene.events():
        window.apply(event)
    about = ("stargate", "openai", "9984.T", "000660.KS")
    window.apply(StoriesChanged((story("named", "Stargate is slow to start", *about, copies=2),)))
    view = window.views.headlines
    view.settle()
    QTest.mouseClick(view.list.viewport(), LEFT, pos=place_of(view, "named"))
    QApplication.processEvents()
    pane = view.pane
    (area,) = pane.findChildren(QScrollArea)
    assert area.widget().width() <= area.viewport().width()
    shown = [chip.text() for chip in pane._chips if chip.isVisible()]
    assert shown[:2] == ["Stargate", "OpenAI"]
    assert len(shown) < len(about)


def test_that_the_story_read_says_yesterday_from_midnight_on_as_its_row_does(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    QTest.mouseClick(view.list.viewport(), LEFT, pos=place_of(view, "slow"))
    for hours, said in ((4, "WSJ, 11:05 ET"), (8.1, "WSJ, Tue 11:05 ET")):  # 20:05 and 00:11 in New York
        window.apply(replace(scene.clock(), now=scene.NOW + timedelta(hours=hours)))
        view.settle()
        assert view.pane.source.text().startswith(said)  # then the machine's own time, where that is another
        face = view.model.face(view.model.row_of("slow"))
        assert isinstance(face, StoryFace)
        assert f"WSJ, {face.row.time} ET" == said


def test_that_linked_shares_are_judged_where_the_list_judges_them(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    """A stale price has no abnormal move in the list, and none beside a headline."""
    window, view = opened
    QTest.mouseClick(view.list.viewport(), LEFT, pos=place_of(view, "slow"))
    stale = scene.quote("ORCL", 235.43, -2.23, state=QuoteState.STALE)
    window.apply(QuotesChanged((stale,)))
    view.settle()
    (row,) = view.pane.touched.rows_model().rows
    assert isinstance(row, ReachedRow)
    assert (row.move_text, row.abnormal_text, row.sar_text) == ("\u22122.23\u202f%", "\u2013", "\u2013")


def test_that_no_linked_share_leaves_its_place_under_the_pointer(
    opened: tuple[MainWindow, HeadlinesView], monkeypatch: pytest.MonkeyPatch
) -> None:
    window, view = opened
    window.apply(StoriesChanged((story("both", "Oracle and AMD agree", "ORCL", "AMD", hours=-1),)))
    view.settle()
    view.list.select_story("both")
    touched = view.pane.touched

    def after(sar: float) -> list[str]:
        move = scene.move("AMD", -5.0, -4.0, sar)
        window.apply(QuotesChanged((scene.quote("AMD", 150.0, -5.0),), (move,)))
        view.pane.refresh_moves()
        return [row.key for row in touched.rows_model().rows]

    assert after(-0.1) == ["ORCL", "AMD"]
    monkeypatch.setattr(touched, "underMouse", lambda: True)
    assert after(-5.0) == ["ORCL", "AMD"]
    monkeypatch.undo()
    assert after(-5.0) == ["AMD", "ORCL"]


@pytest.mark.parametrize("hidden", [False, True])
def test_that_a_linked_share_without_a_row_has_figures_only_while_it_is_watched(
    opened: tuple[MainWindow, HeadlinesView], *, hidden: bool
) -> None:
    window, view = opened
    listed = scene.watchlist()
    layer = next(layer for layer in listed.layers if "ORCL" in layer.symbols)
    edited = hide_layer(listed, layer.id, hidden=True) if hidden else remove(listed, {"ORCL"})
    window.apply(WatchlistChanged(edited, ()))
    window.apply(QuotesChanged((scene.quote("ORCL", 240.0, -3.0),)))
    view.list.select_story("slow")
    view.settle()
    (row,) = view.pane.touched.rows_model().rows
    assert isinstance(row, ReachedRow)
    shown = ("\u22123.00\u202f%", "\u22120.8") if hidden else ("", "not in the list")
    assert (row.move_text, row.sar_text) == shown
    if not hidden:  # the words have the room of all three figures
        cells, image = ReachedDelegate(), QImage(360, 22, QImage.Format.Format_RGB32)
        cells.measure((row,))
        image.fill(current_theme().panel)
        painter = QPainter(image)
        cells.draw(painter, image.rect(), row)
        painter.end()
        begin = 360 - 2 - QFontMetrics(current_theme().font()).horizontalAdvance("not in the list")
        ground = current_theme().panel
        assert any(image.pixelColor(x, y) != ground for x in range(begin, begin + 8) for y in range(22))


def test_that_words_typed_before_another_view_was_opened_are_searched_for_by_the_way_back(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot
) -> None:
    window, view = opened
    view.list.select_story("talk")
    QTest.keyClicks(view.filter_panel.words, "Oracle")
    window.views.show_view(ViewChoice.LIST)
    qtbot.waitUntil(lambda: "talk" not in keys(view))
    window.views.show_view(ViewChoice.HEADLINES)
    assert view.pane._story == STORIES[1]


def test_that_an_alert_can_be_made_from_a_story(opened: tuple[MainWindow, HeadlinesView]) -> None:
    window, view = opened
    view.list.select_story("slow")
    QTest.mouseClick(view.pane.alert_button, LEFT)
    assert window.views.view is ViewChoice.RULES
    rule = window.views.rules.editor.form.rule()
    assert (rule.subject, rule.themes) == ("stargate", (StoryTheme.FUNDING,))


def test_that_a_publisher_is_blocked_and_the_way_back_is_told(
    opened: tuple[MainWindow, HeadlinesView], commands: scene.RecordedCommands
) -> None:
    window, view = opened
    view.list.select_story("slow")
    QTest.mouseClick(view.pane.block_button, LEFT)
    (settings,) = [call[1] for call in commands.calls if call[0] == "change_settings"]
    assert settings.blocked_sources == ("WSJ",)  # type: ignore[attr-defined]
    assert "WSJ is blocked" in window.notice.text
    window.apply(StoriesChanged((), (), frozenset(story.id for story in STORIES)))
    view.settle()
    assert keys(view) == []
    assert view.pane._story is None
    assert view.filter_panel._sources[2].text() == "1 publisher blocked"
    told = "No headline of an allowed publisher has come. Settings, Data allows others again."
    assert view.list._empty == told
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    view.settle()
    assert view.list._empty.startswith("No headline has come yet")


def test_that_undo_allows_the_publisher_again_that_was_blocked_last(
    opened: tuple[MainWindow, HeadlinesView], commands: scene.RecordedCommands
) -> None:
    window, view = opened
    view.list.select_story("slow")
    entries = {
        action.text(): action
        for action in view.row_menu(view.model.lines[view.model.row_of("slow")]).actions()
    }
    entries["Block WSJ"].trigger()
    for _press in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    changed = [call[1].blocked_sources for call in commands.calls if call[0] == "change_settings"]  # type: ignore[attr-defined]
    assert changed == [("WSJ",), ()]
    assert "WSJ is allowed again" in window.notice.text
    assert "WSJ is blocked" not in window.notice.text
    assert window.views.view is ViewChoice.HEADLINES


def test_that_publishers_that_were_blocked_are_allowed_again_one_by_one(
    opened: tuple[MainWindow, HeadlinesView], commands: scene.RecordedCommands
) -> None:
    window, view = opened
    herald = replace(STORIES[1].lead, publisher="Herald")
    window.apply(StoriesChanged((replace(STORIES[1], lead=herald),)))
    view.settle()
    for key in ("slow", "more"):
        view.list.select_story(key)
        QTest.mouseClick(view.pane.block_button, LEFT)
    for _press in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    changed = [call[1].blocked_sources for call in commands.calls if call[0] == "change_settings"]  # type: ignore[attr-defined]
    assert changed == [("WSJ",), ("WSJ", "Herald"), ("WSJ",), ()]
    assert "is blocked" not in window.notice.text


def test_that_only_a_web_address_is_offered_and_opened(
    browser: Browser, opened: tuple[MainWindow, HeadlinesView]
) -> None:
    window, view = opened
    view.list.select_story("slow")
    QTest.mouseClick(view.pane.open_button, LEFT)
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    bad = replace(STORIES[0], lead=replace(STORIES[0].lead, url="file:///etc/passwd"))
    window.apply(StoriesChanged((bad,)))
    view.settle()
    assert not view.pane.open_button.isVisible()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert browser.opened == ["https://example.com/a"] * 2


def test_that_a_copy_is_opened_and_its_own_publisher_blocked(
    browser: Browser, opened: tuple[MainWindow, HeadlinesView], commands: scene.RecordedCommands
) -> None:
    window, view = opened
    told = STORIES[0].told
    copies = tuple(replace(copy, url=f"https://paper{n}.com/") for n, copy in enumerate(told))
    window.apply(StoriesChanged((replace(STORIES[0], told=copies),)))
    view.settle()
    view.list.select_story("slow")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view.list, key)
    copy = view.list.visualRect(view.list.currentIndex()).center()
    QTest.mouseDClick(view.list.viewport(), LEFT, pos=copy)
    entries = {a.text(): a for a in view.row_menu(view.model.lines[view.list.currentIndex().row()]).actions()}
    entries["Open the article"].trigger()
    assert browser.opened == ["https://paper1.com/"] * 3
    entries["Block Paper 1"].trigger()
    assert commands.calls[-1][1].blocked_sources == ("Paper 1",)  # type: ignore[attr-defined]


def test_that_the_copy_that_is_read_stays_so_when_newer_stories_come(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.apply(StoriesChanged(tuple(story(f"n{n}", f"Title {n}", "AMD", hours=5 + n) for n in range(60))))
    view.settle()
    view.list.select_story("slow")
    for key in (Qt.Key.Key_Right, *[Qt.Key.Key_Down] * 4):
        QTest.keyClick(view.list, key)
    bar, row = view.list.verticalScrollBar(), view.list.currentIndex().row()
    bar.setValue(view.model.place(row - 1)[0])  # a copy stands at the top, too
    before = view.list.visualRect(view.list.currentIndex()).top()
    window.apply(StoriesChanged((story("new", "A newer title", "AMD", hours=-1),)))
    view.settle()
    assert view.list.currentIndex().row() == row + 1
    assert view.model.lines[row + 1].number == 3
    assert view.list.visualRect(view.list.currentIndex()).top() == before


def test_that_no_alert_is_offered_for_a_story_about_nobody(opened: tuple[MainWindow, HeadlinesView]) -> None:
    window, view = opened
    window.apply(StoriesChanged((story("nobody", "Rates stay where they are"),)))
    view.settle()
    entries = [a.text() for a in view.row_menu(view.model.lines[view.model.row_of("nobody")]).actions()]
    assert "New alert for such stories" not in entries


def test_that_what_is_read_stays_in_its_place_when_newer_stories_come(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.apply(StoriesChanged(tuple(story(f"n{n}", f"Title {n}", "AMD", hours=5 + n) for n in range(60))))
    view.settle()
    bar = view.list.verticalScrollBar()
    bar.setValue(300)
    view.list.select_quietly("n8")
    before = view.list.visualRect(view.list.currentIndex()).top()
    window.apply(StoriesChanged((story("new", "A newer title", "AMD", hours=-1),)))
    view.settle()
    assert keys(view)[0] == "new"
    assert view.list.current_story is not None
    assert view.list.current_story.id == "n8"
    assert view.list.visualRect(view.list.currentIndex()).top() == before


def test_that_five_thousand_stories_are_searched_and_drawn(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    many = tuple(
        story(f"m{n}", f"Headline number {n} about chips", "NVDA", copies=3, hours=n / 10)
        for n in range(5000)
    )
    window.apply(StoriesChanged(many))
    view.settle()
    view.filter_panel.words.setText("number 4999")
    view.filter_panel._tell()
    assert keys(view) == ["m4999"]
    view.filter_panel.words.clear()
    view.filter_panel._tell()
    view.list.grab()
    assert len(keys(view)) == 5003
    current = view.list.currentIndex()
    QTest.keyClicks(view.list, "headline")
    assert view.list.currentIndex() == current
    assert len(view.model._faces) < 100, "a letter words those in sight only"


def test_that_the_choice_of_a_layer_grows_with_the_text(opened: tuple[MainWindow, HeadlinesView]) -> None:
    window, view = opened
    before = view.filter_panel.layer.width(), view.filter_panel.layer.fontMetrics().height()
    window.change_look({"text_px": 16})
    after = view.filter_panel.layer.width(), view.filter_panel.layer.fontMetrics().height()
    assert all(large > small * 1.2 for small, large in zip(before, after, strict=True))


def test_that_a_wide_window_gives_the_story_that_is_read_more_room(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.resize(1440, 900)
    assert view.pane.width() == 424
    window.resize(2200, 900)
    assert view.pane.width() == round(2200 * 0.24)
    window.resize(3840, 2160)
    assert view.pane.width() == 600
    window.resize(900, 720)  # there the titles come first
    assert view.pane.width() == 324


def test_that_nobody_is_asked_to_choose_a_story_where_there_is_none(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    _, view = opened
    view.pane.show_story(None, scene.NOW)
    assert view.pane._empty.text() == "Choose a story to read it here"
    view.filter_panel.words.setText("no such words")
    view.filter_panel._tell()
    view.settle()
    assert view.pane._empty.text() == ""


def test_that_the_paths_of_linked_shares_begin_at_one_place_and_are_whole() -> None:
    def row(name: str, path: str) -> ReachedRow:
        return ReachedRow(
            key=name, name=name, path=path, move=1.0, move_text="", abnormal_text="", sar=None,
            sar_text="", accessible_text="",
        )  # fmt: skip

    theme = current_theme()
    cells, longest = ReachedDelegate(), "Stargate \u2192 supplier"
    cells.measure(
        (row("AMD", "named"), row("Samsung Electronics", longest), row("Hon Hai (Foxconn)", "named"))
    )
    name, path = cells.columns(QRect(0, 0, 380, 22))
    assert path.width() >= QFontMetrics(theme.font()).horizontalAdvance(longest)
    assert name.right() < path.left()
    cells.measure((row("AMD", "named"),))
    wider, nearer = cells.columns(QRect(0, 0, 380, 22))
    assert nearer.left() < path.left()  # nothing asks for more
    cells.measure((row("Samsung Electronics", "named"),))
    assert cells.columns(QRect(0, 0, 380, 22))[0].width() > wider.width()
    cells.measure((row("GOOGL", "named"),))
    name, path = cells.columns(QRect(0, 0, 290, 22))  # in a window of 900 x 720
    assert path.width() >= QFontMetrics(theme.font()).horizontalAdvance("named")
    assert name.width() >= QFontMetrics(theme.font(Role.SYMBOL)).horizontalAdvance("GOOGL")
    cells.measure((row("NVDA", longest),))
    assert cells.figures(380)[0] < cells.figures(380)[1]
    assert cells.figures(300)[0] == cells.figures(300)[1], "no abnormal move where it would cut the path"
    assert cells.columns(QRect(0, 0, 300, 22))[1].width() >= QFontMetrics(theme.font()).horizontalAdvance(
        longest
    )


@pytest.mark.parametrize("language", list(Language))
def test_that_what_can_be_done_with_a_story_is_whole_in_a_narrow_window(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot, language: Language
) -> None:
    window, view = opened
    window.change_look({"language": language})
    view.list.select_story("more")
    pane = view.pane
    buttons = (pane.open_button, pane.alert_button, pane.block_button)
    for width, in_words in ((900, 2), (1440, 3)):
        window.resize(width, 720)
        qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
        assert sum(bool(button.text()) for button in buttons) >= in_words
        assert pane.block_button.geometry().right() < pane.width()
        assert all(button.accessibleName() for button in buttons)


def test_that_no_head_of_a_figure_stands_on_the_title_of_the_linked_shares(qtbot: QtBot) -> None:
    theme = build_theme(ThemeMode.DARK, base_px=16)
    use_theme(theme)
    head = ReachedHead(ReachedDelegate())
    qtbot.addWidget(head)
    head.resize(290, theme.row_height)  # in a window of 900 x 720
    title = QRect(
        0, 0, QFontMetrics(theme.font(Role.STRONG)).horizontalAdvance("Linked shares"), head.height()
    )
    head.put("Linked shares", ("", "", ""))
    alone = head.grab(title).toImage()
    head.put("Linked shares", ("Change", "Abnormal", "SAR"))
    assert head.grab(title).toImage() == alone
    assert head.grab().toImage() != alone


def test_that_escape_in_the_words_shows_every_story_again(
    opened: tuple[MainWindow, HeadlinesView], qtbot: QtBot
) -> None:
    view = opened[1]
    every = keys(view)
    QTest.keyClicks(view.filter_panel.words, "nothing like that")
    qtbot.waitUntil(lambda: not keys(view))
    QTest.keyClick(view.filter_panel.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: keys(view) == every)


def test_that_the_filters_follow_the_list_that_is_shown(opened: tuple[MainWindow, HeadlinesView]) -> None:
    window, view = opened
    panel = view.filter_panel
    panel.layer.setCurrentIndex(2)
    panel.layer.activated.emit(2)
    assert keys(view) == ["talk"]
    layer = Layer(id="mine", names=BilingualName("Mine", "Mine"), symbols=("ORCL",))
    other = Watchlist(id="mine", names=BilingualName("Mine", "Mine"), layers=(layer,), private=())
    window.apply(WatchlistChanged(other, (other,)))
    view.settle()
    assert [panel.layer.itemText(place) for place in range(panel.layer.count())] == ["Every layer", "Mine"]
    assert keys(view) == ["talk", "more", "slow"], "the layer that was chosen is gone"
    assert panel.who[0].accessibleName() == "In my watchlist 2"
    window.apply(WatchlistChanged(replace(other, layers=()), (other,)))
    view.settle()
    assert panel.who[0].accessibleName() == "In my watchlist 0"


def test_that_stories_are_read_and_acted_upon_in_the_smallest_window_with_the_largest_text(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.change_look({"language": Language.KOREAN})
    window.change_look({"text_px": MOST_TEXT})
    window.resize(*SMALLEST)
    window.views.show_view(ViewChoice.HEADLINES)
    QApplication.processEvents()
    pane, theme = view.pane, current_theme()
    for button in (pane.open_button, pane.alert_button, pane.block_button):
        assert button.width() >= button.sizeHint().width()
        assert button.geometry().right() < pane.width()
        assert button.accessibleName()
    columns = StoryColumns.of(view.list.viewport().width())
    title = QFontMetrics(theme.font(Role.SYMBOL)).horizontalAdvance("소프트뱅크·오픈AI 5천억")
    assert columns.source - columns.title >= title


@pytest.mark.parametrize("width", range(400, 1200, 50))
def test_that_a_title_has_more_room_than_its_source(width: int) -> None:
    columns, metrics = StoryColumns.of(width), QFontMetrics(current_theme().font(Role.SYMBOL))
    assert columns.source - columns.title >= metrics.horizontalAdvance("SoftBank and OpenAI's $500bn Sta")


def test_that_a_narrow_window_reaches_its_filters_and_says_that_they_are_in_use(
    opened: tuple[MainWindow, HeadlinesView],
) -> None:
    window, view = opened
    window.resize(1440, 900)
    assert view.filter_panel.isVisible()
    assert not view.filters.isVisible()
    window.resize(960, 900)
    assert not view.filter_panel.isVisible()
    assert view.filters.text() == "Filters"
    at = view.filters.mapTo(window, QPoint())
    QTest.mouseClick(view.filters, LEFT)
    assert view.filter_panel.isVisible()
    assert not view.pane.isVisible()
    QApplication.sendPostedEvents()
    assert view.filters.mapTo(window, QPoint()) == at  # a second click closes them again
    assert view.filter_panel.geometry().right() == view.rect().right()
    QTest.mouseClick(view.filter_panel.events, LEFT)
    QTest.mouseClick(view.filters, LEFT)
    assert view.pane.isVisible()
    assert not view.filter_panel.isVisible()
    assert view.filters.text() == "Filters in use"
    window.resize(1440, 900)
    QApplication.sendPostedEvents()
    assert view.filter_panel.isVisible()
    assert view.filter_panel.x() == 0
    assert view.pane.isVisible()
    assert not view.filters.isVisible()
