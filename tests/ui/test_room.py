"""Small windows and odd data: figures are whole or not there, and the language is the one chosen."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.test_bridge import _alert

from stackwatch.domain.events import AlertRaised, HealthChanged, MarketValuesChanged, QuotesChanged
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.watchlist import Language
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.detail.hero import RangeMark
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.chips import Chip, ElidedText, MoveText
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import current_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, ModeChoice, UiSettings, ViewChoice

Open = Callable[..., MainWindow]
SHIPPED = "watchlist.toml, line 3: expected a name. The shipped list is shown; your file was not touched."

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def panel_of(qtbot: QtBot, width: int, entity_id: str, language: Language = Language.ENGLISH) -> DetailPanel:
    use_language(language)
    commands = scene.RecordedCommands()
    panel = DetailPanel(detail_scene.ecosystem(), commands)
    qtbot.addWidget(panel)
    panel.resize(width, 684)
    panel.show_entity(entity_id)
    for event in detail_scene.nvda_events():
        panel.apply(event)
    panel.settle()
    panel.show()
    QApplication.processEvents()  # layouts settle when they are shown
    return panel


@pytest.mark.parametrize("entity_id", ["NVDA", "KLAC", "9984.T", "stargate", "openai"])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [470, 563, 728])
def test_that_no_figure_is_cut(qtbot: QtBot, entity_id: str, language: Language, width: int) -> None:
    panel = panel_of(qtbot, width, entity_id, language)
    figures = [
        part
        for part in (
            *panel.findChildren(ElidedText),
            *panel.findChildren(MoveText),
            *panel.findChildren(RangeMark),
        )
        if part.isVisible() and part.sizePolicy().horizontalPolicy() is part.sizePolicy().Policy.Fixed
    ]
    assert figures
    for part in (*figures, *(chip for chip in panel.findChildren(Chip) if chip.isVisible())):
        assert part.width() >= part.sizeHint().width(), part.accessibleName()
        right = part.mapTo(panel, part.rect().topRight()).x()
        assert right <= panel.width(), part.accessibleName()


def test_that_ranges_come_back_when_there_is_room(qtbot: QtBot) -> None:
    panel = panel_of(qtbot, 470, "NVDA")
    marks = panel.hero.findChildren(RangeMark)
    assert not all(mark.isVisible() for mark in marks)
    panel.resize(900, 684)
    qtbot.waitUntil(lambda: all(mark.isVisible() for mark in marks))


def test_that_popups_stand_inside_a_window_that_cannot_raise_them(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.apply(AlertRaised(_alert("a"), popup=True))
    card = window.toasts.cards[0]
    assert not card.isWindow()
    assert card.isVisible()
    assert window.rect().contains(card.geometry())
    assert window.isActiveWindow()
    window.resize(1000, 640)
    assert window.rect().contains(card.geometry())


def test_that_a_key_brings_the_keyboard_to_the_newest_popup_and_escape_closes_it(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.apply(AlertRaised(_alert("a"), popup=True))
    card = window.toasts.cards[0]
    assert not card.open_button.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert card.open_button.hasFocus()
    assert not card.counting
    QTest.keyClick(card.open_button, Qt.Key.Key_Escape)
    assert window.toasts.cards == ()


def test_that_the_tip_of_the_clocks_says_what_a_short_time_means(open_window: Open) -> None:
    window = open_window()
    window.resize(1280, 720)
    window.apply(scene.clock())
    clocks = window.header._clocks
    assert "post-market" in clocks.toolTip()
    assert "post-market" not in " ".join(words for _, _, _, words, _ in clocks._items)


def _bar(view: QWidget, row: int) -> QColor:
    return view.grab().toImage().pixelColor(0, row)


def test_that_the_bar_of_a_row_is_violet_only_where_the_keyboard_is(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    qtbot.waitUntil(window.isActiveWindow)
    window.apply(AlertRaised(_alert("a"), popup=False))
    theme = current_theme()
    window.list.setFocus()
    rows = window.list.viewport()
    middle = window.list.visualRect(window.list.currentIndex()).center().y()
    assert _bar(rows, middle) == theme.you
    alerts = window.inbox.view.viewport()
    place = window.inbox.view.visualRect(window.inbox.model.index(0, 0)).center()
    QTest.mouseClick(alerts, Qt.MouseButton.LeftButton, pos=place)
    assert _bar(alerts, place.y()) == theme.you
    assert _bar(rows, middle) == theme.line2


def test_that_a_notice_follows_the_language(open_window: Open) -> None:
    window = open_window()
    window.show_notice(SHIPPED)
    window.header.ui_changed.emit({"language": Language.KOREAN})
    assert window.notice.text.endswith("기본 목록을 표시하며, 파일은 그대로 두었습니다.")
    assert window.notice.accessibleName() == window.notice.text
    window.header.ui_changed.emit({"language": Language.ENGLISH})
    assert window.notice.text == SHIPPED


def test_that_the_tip_of_the_freshness_names_who_has_no_price(open_window: Open) -> None:
    window = open_window()
    known = scene.quotes().quotes
    window.apply(QuotesChanged(tuple(quote for quote in known if quote.symbol != "KLAC")))
    window.apply(
        HealthChanged(Health(source="quotes", state=HealthState.OK, since=scene.NOW, detail="22 quotes"))
    )
    assert "22 quotes<br>" in window.header._freshness.toolTip()
    assert "KLAC" in window.header._freshness.toolTip()
    window.header.ui_changed.emit({"language": Language.KOREAN})
    assert "시세 22건<br>현재가 없음: " in window.header._freshness.toolTip()


def test_that_the_tip_of_a_row_says_why_its_year_is_a_dash(open_window: Open) -> None:
    window = open_window()
    unknown = replace(scene.quote("NVDA"), year_low=None, year_high=None, index_level=True)
    window.apply(QuotesChanged((unknown,)))
    model = window.list.list_model
    tip = model.tip(model.node(model.index_of("NVDA")))
    assert "Level not documented: 100 = close before the replay" in tip
    assert tip.endswith("No 52 weeks: a year of its prices is not known")


def test_that_letters_keep_their_sizes_when_the_detail_goes_below_the_list(
    open_window: Open, qapp: QApplication
) -> None:
    window = open_window()
    for event in scene.events():
        window.apply(event)
    window.detail.settle()

    def sizes() -> dict[str, int]:
        texts = window.detail.findChildren(ElidedText)
        return {text.text(): text.font().pixelSize() for text in texts if text.text()}

    before = sizes()
    assert len(set(before.values())) > 2
    window.resize(1000, 700)
    qapp.processEvents()
    window.detail.settle()
    assert window.placement.narrow.narrow
    assert sizes() == before


def test_that_nothing_covers_anything_in_a_low_narrow_window_with_the_largest_text(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window()
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.change_look({"text_px": MOST_TEXT})
    window.resize(900, 720)
    window.following.open("NVDA")
    window.change_look({"language": Language.KOREAN})
    card = window.detail.card
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height())
    assert window.list.height() > 4 * current_theme().row_height
    window.views.show_view(ViewChoice.HEAT)
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height())
    window.header.finder.setText("ㅅ")
    frame = window.header.finder.answers.parentWidget()
    assert frame is not None
    assert window.rect().contains(frame.geometry())


@pytest.mark.parametrize("language", list(Language))
def test_that_the_card_leaves_lines_out_on_a_screen_of_1366_by_768_at_150_percent_with_the_largest_text(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    window = open_window(UiSettings(language=language, folded=scene.FOLDED, text_px=MOST_TEXT))
    window.change_look({"language": language, "text_px": MOST_TEXT})
    window.setMinimumSize(1, 1)  # as on a screen that has no more
    window.resize(880, 440)
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.following.open("NVDA")
    card = window.detail.card
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height())
    assert not any(line.isVisible() for line in card._stories)
    window.resize(880, 720)
    qtbot.waitUntil(lambda: any(line.isVisible() for line in card._stories))
    assert card.height() >= card.minimumSizeHint().height()


@pytest.mark.parametrize("size", [(1024, 720), (1024, 768), (1072, 800)])
def test_that_a_chart_has_room_below_the_list_of_a_narrow_window(
    open_window: Open, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = open_window()
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.resize(*size)
    window.following.open("NVDA")
    assert window.placement.narrow.narrow
    qtbot.waitUntil(window.detail.chart.isVisible)
    assert window.list.height() > 7 * current_theme().row_height


@pytest.mark.parametrize("language", list(Language))
def test_that_a_chart_is_there_at_once_on_a_screen_of_1366_by_768_at_125_percent(
    open_window: Open, qtbot: QtBot, language: Language
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, language=language, folded=scene.FOLDED))
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.resize(1093, 614)
    window.following.open("NVDA")
    qtbot.waitUntil(window.detail.chart.isVisible)
    card = window.detail.card
    assert card.height() >= card.minimumSizeHint().height()
    assert window.list.height() > 7 * current_theme().row_height


@pytest.mark.parametrize(("name", "height"), [("NVDA", 748), ("KLAC", 689)])  # full screen; with a taskbar
@pytest.mark.parametrize("language", list(Language))
def test_that_a_low_screen_shows_a_chart_and_an_alert_with_the_largest_text(
    open_window: Open, qtbot: QtBot, language: Language, name: str, height: int
) -> None:
    window = open_window(UiSettings(language=language, folded=scene.FOLDED))
    window.change_look({"text_px": MOST_TEXT})
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.resize(1366, height)
    window.following.open(name)
    qtbot.waitUntil(window.detail.chart.isVisible)
    card = window.detail.card
    assert card.height() >= card.minimumSizeHint().height()
    table = window.inbox.view
    assert table.viewport().height() >= table.verticalHeader().defaultSectionSize()


@pytest.mark.parametrize("language", list(Language))
def test_that_who_is_unusual_cuts_no_choice_above_the_heat_map_with_the_largest_text(
    open_window: Open, language: Language
) -> None:
    window = open_window(UiSettings(language=language, view=ViewChoice.HEAT, folded=scene.FOLDED))
    window.change_look({"text_px": MOST_TEXT})
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.apply(MarketValuesChanged((("NVDA", 4e12), ("KLAC", 1e11))))
    heat = window.views.heat
    heat.canvas.settle()
    for width in (1121, 1280):
        window.resize(width, 720)
        assert heat.unusual.isVisible()
        assert heat.sizes.isVisible()
        for choices in (heat.segments, heat.sizes):
            assert choices.width() >= choices.sizeHint().width()
        assert heat.unusual.geometry().right() < heat.width()


def test_that_no_tab_presses_the_words_above_it_together(open_window: Open, qapp: QApplication) -> None:
    sizes = ((1093, 614), (1120, 700), (1280, 720), (1366, 768), (1280, 800))
    window = open_window()
    for event in detail_scene.nvda_events():
        window.apply(event)
    window.following.open("NVDA")
    detail, pressed = window.detail, []
    for text_px in range(12, MOST_TEXT + 1):
        window.change_look({"text_px": text_px})
        for size in sizes:
            detail._tabled = False  # as before the first table of a name
            window.resize(*size)
            for page, tab in detail.tabs.heads.items():
                tab.click()
                for _ in range(3):  # until who asks for room has it
                    qapp.processEvents()
                foot = detail._pages.geometry().bottom()
                if detail.card.height() < detail.card.minimumSizeHint().height() or foot >= detail.height():
                    pressed.append((size, text_px, page))
    assert pressed == []
