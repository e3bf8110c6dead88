"""What a screen reader is handed: every view of the real window is walked as the demo shows it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.demo_scene import DemoDay
from tests.ui.spoken_tree import faults, listen
from tests.ui.walks import WALKS, tell

from stackwatch.domain.events import QuotesChanged
from stackwatch.domain.quote import QuoteState
from stackwatch.domain.watchlist import Language
from stackwatch.ui.detail.equation import Equation
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.theme import Ink, Palette, Role
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings, ViewChoice
from stackwatch.ui.watchlist.watchlist_cells import Column

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("screen_reader"),
]
Open = Callable[..., MainWindow]
Demo = Callable[..., MainWindow]
LANGUAGES = (Language.ENGLISH, Language.KOREAN)
TAB = Qt.FocusPolicy.TabFocus


@pytest.fixture
def open_demo(open_window: Open, demo_day: Callable[[Language], DemoDay], qtbot: QtBot) -> Demo:
    def make(language: Language = Language.ENGLISH) -> MainWindow:
        day = demo_day(language)
        settings = UiSettings(
            mode=ModeChoice.DARK, selected="NVDA", language=language, palette=Palette.WESTERN
        )
        return tell(day, open_window(settings, replay=True, world=day.world), qtbot)

    return make


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_everything_says_what_it_is_and_is_told_from_its_neighbours(
    open_demo: Demo, language: Language
) -> None:
    window = open_demo(language)  # one for all walks: each goes back to where it began
    korean = language is Language.KOREAN
    wrong = [
        f"{place}: {fault}"
        for walk in WALKS
        for place, root in walk(window)
        for fault in faults(root, korean=korean)
    ]
    assert not wrong, "\n".join(wrong)


# What is painted


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


def current_of(view: QAbstractItemView) -> str:
    """Return what is said of the row on which the keyboard is."""
    face = QAccessible.queryAccessibleInterface(view).focusChild()
    assert face is not None
    return face.text(QAccessible.Text.Name)


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)
    QApplication.processEvents()


def test_that_a_setting_is_heard_with_the_words_beside_it(open_window: Open) -> None:
    """They say what it does, and no key leads to them."""
    window = open_window()
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    unheard = []
    for page in dialog._pages:
        for label, note, control in page.rows:
            stops = [w for w in (control, *control.findChildren(QWidget)) if w.focusPolicy() & TAB]
            heard = [f"{name_of(stop)}. {description_of(stop)}" for stop in stops]
            if stops and not any(note in each for each in heard):
                unheard.append(f"{label}: {note}")
    assert not unheard
    card = dialog.appearance.cards.findChildren(QWidget)[0]
    assert description_of(card) == "Up and down"
    dialog.reject()


def test_that_a_row_of_the_list_is_one_sentence_that_follows_the_keyboard(open_demo: Demo) -> None:
    window = open_demo()
    window.apply(scene.stories())
    window.list.setFocus()
    spoken = current_of(window.list)
    assert spoken.startswith("NVIDIA (NVDA), 167.03 USD, Change \u22122.5")
    for words in ("Abnormal \u22121.", "SAR \u22120.8", "market closed", "alert fired", "14 stories"):
        assert words in spoken
    press(window.list, Qt.Key.Key_Down)
    assert current_of(window.list) != spoken
    window.following.open("stargate")
    assert current_of(window.list).startswith("Stargate, project, 5 names, Change \u2212")


def test_that_the_head_of_a_column_says_whether_the_list_is_sorted_by_it(open_demo: Demo) -> None:
    window = open_demo()

    def said(column: Column) -> str:
        head = QAccessible.queryAccessibleInterface(window.list).child(column)
        assert head is not None
        return head.text(QAccessible.Text.Name)

    assert said(Column.CHANGE) == "Change in percent"
    for way in ("sorted descending", "sorted ascending"):
        window.list._sort_by(Column.CHANGE)
        assert said(Column.CHANGE) == f"Change in percent, {way}"
        assert said(Column.LAST) == "Last"
    window.list._sort_by(Column.CHANGE)
    assert said(Column.CHANGE) == "Change in percent"


def test_that_a_price_that_is_not_current_says_so(open_demo: Demo) -> None:
    window = open_demo()
    window.apply(QuotesChanged((scene.quote("NVDA", 118.42, -17.0, state=QuoteState.STALE),), ()))
    index = window.list.list_model.index_of("NVDA")
    said = [index.siblingAtColumn(c).data(Qt.ItemDataRole.AccessibleTextRole) for c in Column]
    assert said[Column.BELL].startswith("NVIDIA (NVDA), 118.42 USD, Change \u221217.00\u202f%, stale")
    assert said[Column.LAST] == "Last 118.42, stale"
    assert said[Column.SAR] == "SAR no value"


def test_that_painted_cells_are_told_in_figures(open_demo: Demo) -> None:
    window = open_demo()
    window.apply(scene.history())
    window.apply(scene.stories())
    window.apply(QuotesChanged((scene.quote("NVDA", 150.0, 1.0, year_low=100.0, year_high=200.0),), ()))
    index = window.list.list_model.index_of("NVDA")
    year, days, news = (
        index.siblingAtColumn(c).data(Qt.ItemDataRole.AccessibleTextRole)
        for c in (Column.YEAR, Column.DAYS, Column.NEWS)
    )
    assert year == "52 weeks 50\u202f%, 100.00 \u2013 200.00"
    assert days.startswith("20 days +")
    assert news == "News 14"


def test_that_the_maps_follow_the_keyboard(open_demo: Demo) -> None:
    window = open_demo()
    for view, part in (
        (ViewChoice.HEAT, window.views.heat.canvas),
        (ViewChoice.EXPOSURE, window.views.exposure.area),
    ):
        window.following.open("NVDA")
        window.views.show_view(view)
        QApplication.processEvents()
        first = name_of(part)
        assert "NVIDIA (NVDA), 167.03 USD, Change \u22122.5" in first
        assert ", GPUs & accelerators" in first  # which is written above its block
        press(part, Qt.Key.Key_Down)
        assert name_of(part) != first
    window.views.exposure.area.set_current("NVDA")
    press(window.views.exposure.area, Qt.Key.Key_Up)
    press(window.views.exposure.area, Qt.Key.Key_Down)
    assert name_of(window.views.exposure.area).endswith(("link", "links"))


@pytest.mark.parametrize("view", [ViewChoice.HEAT, ViewChoice.EXPOSURE])
def test_that_a_map_says_the_name_it_shows_as_it_is_now(open_demo: Demo, view: ViewChoice) -> None:
    """Also where the keyboard is elsewhere, and after the colours changed while it was not seen."""
    window = open_demo()
    part = window.views.heat.canvas if view is ViewChoice.HEAT else window.views.exposure.area
    window.following.open("NVDA")
    window.views.show_view(view)
    window.header.finder.setFocus()
    window.apply(QuotesChanged((scene.quote("NVDA", 118.42, -17.0),), ()))
    part.settle()
    assert "NVIDIA (NVDA), 118.42 USD, Change \u221217.00" in name_of(part)
    window.hide()
    window.change_look({"mode": ModeChoice.LIGHT})
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.show()
    assert "NVIDIA (NVDA), 118.42 USD" in name_of(part)


@pytest.mark.parametrize("node", ["openai", "MSFT"])
def test_that_a_click_on_the_exposure_map_is_told(open_demo: Demo, node: str) -> None:
    window = open_demo()
    window.views.show_view(ViewChoice.EXPOSURE)
    area = window.views.exposure.area
    area.verticalScrollBar().setValue(0)
    QTest.mouseClick(area.viewport(), Qt.MouseButton.LeftButton, pos=area.scene.rect(node).center())
    assert window.following.entity == area.cursor_id == node
    spoken = {"openai": "OpenAI, company", "MSFT": "Microsoft (MSFT)"}
    assert name_of(area).startswith(f"Exposure map: {spoken[node]}")


def test_that_a_heat_map_says_no_tile_that_left_the_list(open_demo: Demo) -> None:
    window = open_demo()
    window.following.open("NVDA")
    window.views.show_view(ViewChoice.HEAT)
    canvas, model = window.views.heat.canvas, window.list.list_model
    model.set_watchlist(replace(window.list.watchlist, layers=()))
    canvas.renew()
    assert name_of(canvas) == "Heat map"


def test_that_stories_are_a_list_whose_rows_are_read_out(open_demo: Demo) -> None:
    window = open_demo()
    window.views.show_view(ViewChoice.HEADLINES)
    QApplication.processEvents()
    heard = listen(window.views.headlines.list)
    assert heard.role is QAccessible.Role.List
    rows = [child.name for child in heard.children if child.role is QAccessible.Role.ListItem]
    assert len(rows) == window.views.headlines.model.rowCount()
    assert any("Stargate is slow to start" in row for row in rows)
    press(window.views.headlines.list, Qt.Key.Key_Down)
    assert current_of(window.views.headlines.list) == rows[1]


def test_that_chart_flags_and_equation_say_what_they_draw(open_demo: Demo) -> None:
    window = open_demo()
    window.show()
    chart = window.detail.chart
    assert chart.plot is not None
    said = name_of(chart.plot)
    assert said.startswith("Chart, last price 167.03; ")
    assert " since " in said
    assert "lowest" in said
    assert "highest" in said
    assert "Stargate is slow to start" in name_of(chart.lane)
    equation = window.detail.findChild(Equation)
    assert equation is not None
    assert name_of(equation).startswith("NVIDIA today \u22122.5")


def test_that_a_text_does_not_keep_the_tip_of_what_stood_there_before(qtbot: QtBot) -> None:
    text = ElidedText()
    qtbot.addWidget(text)
    text.put("SoftBank and OpenAI\u2019s $500bn Stargate", Ink.T1, Role.BODY)
    text.resize(40, 20)
    text.grab()
    assert "SoftBank" in text.toolTip()
    text.put("SNPS", Ink.T1, Role.BODY)
    assert text.toolTip() == text.accessibleDescription() == ""
