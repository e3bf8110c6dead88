from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.commands.usage import build_parser
from stackwatch.domain.events import RulesChanged
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import HeatBy, ModeChoice, UiSettings, ViewChoice

Open = Callable[..., MainWindow]
ALT = Qt.KeyboardModifier.AltModifier


def opened(open_window: Open, view: ViewChoice = ViewChoice.LIST) -> MainWindow:
    window = open_window(UiSettings(mode=ModeChoice.DARK, view=view, selected="NVDA"))
    for event in scene.events():
        window.apply(event)
    return window


def test_that_a_click_in_the_header_shows_a_view(open_window: Open) -> None:
    window = opened(open_window)
    first, *others = ViewChoice
    for view in (*others, first):
        QTest.mouseClick(window.header.views.buttons[view], Qt.MouseButton.LeftButton)
        assert window.views.view is view
        assert window.views.shown.isVisible()
        assert window.detail.isVisible() is (view not in (ViewChoice.RULES, ViewChoice.HEADLINES))
        assert [v for v, button in window.header.views.buttons.items() if button.isChecked()] == [view]


def test_that_keys_show_a_view_and_give_it_the_keyboard(open_window: Open, qtbot: QtBot) -> None:
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.list, Qt.Key.Key_2, ALT)
    assert window.views.view is ViewChoice.HEAT
    assert window.views.heat.canvas.hasFocus()
    QTest.keyClick(window.views.heat.canvas, Qt.Key.Key_3, ALT)
    assert window.views.exposure.area.hasFocus()
    QTest.keyClick(window.views.exposure.area, Qt.Key.Key_1, ALT)
    assert window.list.hasFocus()


def test_that_the_keyboard_goes_to_a_view_and_nowhere_in_between(
    open_window: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    """A screen reader would read each part that has it for a moment."""
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.list.setFocus()
    went: list[QWidget] = []
    qapp.focusChanged.connect(lambda _old, new: went.append(new))
    first, *others = ViewChoice
    for view in (*others, first):
        went.clear()
        window.views.show_view(view)
        QApplication.processEvents()
        assert went == [QApplication.focusWidget()], view
        assert window.views.holds_focus()


def test_that_buttons_name_their_view_and_key(open_window: Open) -> None:
    buttons = opened(open_window).header.views.buttons
    assert buttons[ViewChoice.HEAT].toolTip() == "Heat map  Alt+2"
    assert buttons[ViewChoice.EXPOSURE].accessibleName() == "Exposure map"


def test_that_the_view_and_its_colours_are_remembered(open_window: Open) -> None:
    window = opened(open_window)
    window.views.show_view(ViewChoice.HEAT)
    QTest.mouseClick(window.views.heat.segments._group.button(2), Qt.MouseButton.LeftButton)
    window.close()
    file = window._parts.settings_file
    assert file is not None
    stored = file.load()
    assert (stored.view, stored.heat_by) == (ViewChoice.HEAT, HeatBy.SAR)
    again = open_window(stored)
    assert again.views.view is ViewChoice.HEAT
    assert again.views.heat.by is HeatBy.SAR
    assert again.header.views.buttons[ViewChoice.HEAT].isChecked()


def test_that_a_tile_is_followed_by_list_and_detail(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot
) -> None:
    window = opened(open_window, ViewChoice.HEAT)
    spot = next(rect for entity, _, rect in window.views.heat.canvas.shown if entity == "SNPS")
    QTest.mouseClick(window.views.heat.canvas, Qt.MouseButton.LeftButton, pos=spot.center())
    assert window.list.selected_id == "SNPS"
    qtbot.waitUntil(lambda: ("select", "SNPS") in commands.calls)


def test_that_the_maps_mark_what_the_list_selects(open_window: Open) -> None:
    window = opened(open_window)
    heat = window.views.heat.canvas
    window.list.select("KLAC")
    assert heat.shown == ()  # nothing is laid out that nobody sees
    window.views.show_view(ViewChoice.HEAT)
    assert heat.current_id == "KLAC"
    assert "KLA" in heat.accessibleName()
    window.list.select("SNPS")
    assert heat.current_id == "SNPS"


def test_that_a_map_is_given_what_the_detail_can_spare(open_window: Open) -> None:
    window = opened(open_window)
    narrow = window.views.width()
    window.views.show_view(ViewChoice.EXPOSURE)
    assert window.views.width() > narrow
    window.views.show_view(ViewChoice.LIST)
    assert window.views.width() == narrow


def test_that_escape_comes_back_to_the_view(open_window: Open, qtbot: QtBot) -> None:
    window = opened(open_window, ViewChoice.HEAT)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.header.finder.setFocus()
    QTest.keyClick(window.header.finder, Qt.Key.Key_Escape)
    assert window.views.heat.canvas.hasFocus()


def test_that_rules_are_not_said_to_be_none_before_they_are_known(open_window: Open) -> None:
    window = open_window(UiSettings(view=ViewChoice.RULES))
    table = window.views.rules.armed.view
    assert table.empty_words == "Reading the rules"
    window.apply(RulesChanged(()))
    assert table.empty_words.startswith("No rule yet")


def test_that_the_command_line_opens_a_view() -> None:
    assert ViewChoice(build_parser().parse_args(["--view", "heat"]).view) is ViewChoice.HEAT
    assert build_parser().parse_args([]).view is None


def test_that_a_view_seen_once_does_not_widen_the_list(open_window: Open) -> None:
    window = opened(open_window)
    before = window.placement.columns.sizes()
    for view in (ViewChoice.RULES, ViewChoice.HEADLINES, ViewChoice.LIST):
        window.views.show_view(view)
        QApplication.processEvents()
    assert window.placement.columns.sizes() == before


def test_that_no_part_is_a_window_of_its_own_for_a_moment(
    open_window: Open, qtbot: QtBot, qapp: QApplication
) -> None:
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    strays: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                strays.append(watched)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    window.views.show_view(ViewChoice.RULES)
    window.new_alert()
    qapp.removeEventFilter(watch)
    assert strays == []
    assert window.views.rules.editor.form.own.threshold.hasFocus()  # they would have taken the keyboard


def test_that_the_keyboard_is_on_the_list_after_a_name_was_found(open_window: Open, qtbot: QtBot) -> None:
    window = opened(open_window)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.header.finder.begin()
    QTest.keyClicks(window.header.finder, "KLAC")
    QTest.keyClick(window.header.finder, Qt.Key.Key_Return)
    assert window.list.hasFocus()
    assert window.list.selected_id == "KLAC"
