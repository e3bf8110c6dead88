"""The borders of the window's parts, moved and put back with the keyboard and with the pointer."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.test_keyboard import filled, is_marked

from stackwatch.domain.watchlist import Language
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ModeChoice, SettingsStore, UiSettings, ViewChoice

Open = Callable[..., MainWindow]
STEP = 16


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    return filled(open_window(), qtbot, 1440, 900)


def test_that_arrows_move_the_border_of_list_and_detail_and_enter_puts_it_back(window: MainWindow) -> None:
    columns = window.placement.columns
    border, usual = columns.handle(1), columns.sizes()
    border.setFocus(Qt.FocusReason.TabFocusReason)
    assert is_marked(border)
    for key, moved in ((Qt.Key.Key_Left, -STEP), (Qt.Key.Key_Right, 0), (Qt.Key.Key_Right, STEP)):
        QTest.keyClick(border, key)
        assert columns.sizes() == [usual[0] + moved, usual[1] - moved]
    assert window.placement.chosen()[0] == tuple(columns.sizes())
    QTest.keyClick(border, Qt.Key.Key_Up)
    assert columns.sizes() == [usual[0] + STEP, usual[1] - STEP]
    QTest.keyClick(border, Qt.Key.Key_Return)
    assert columns.sizes() == usual
    assert window.placement.chosen() == ((), ())


def test_that_arrows_move_the_border_of_the_alerts_and_a_double_click_puts_it_back(
    window: MainWindow,
) -> None:
    rows = window.placement.rows
    border, usual = rows.handle(1), rows.sizes()
    border.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(border, Qt.Key.Key_Up)
    assert rows.sizes()[:2] == [usual[0] - STEP, usual[1] + STEP]
    QTest.mouseDClick(border, Qt.MouseButton.LeftButton)
    assert rows.sizes() == usual


def test_that_a_moved_border_leaves_the_other_to_follow_the_view(window: MainWindow) -> None:
    columns, rows = window.placement.columns, window.placement.rows
    window.views.show_view(ViewChoice.HEAT)
    usual = columns.sizes()
    window.views.show_view(ViewChoice.LIST)
    listed = columns.sizes()
    assert usual != listed
    rows.handle(1).setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rows.handle(1), Qt.Key.Key_Up)
    moved = rows.sizes()
    window.views.show_view(ViewChoice.HEAT)
    assert (columns.sizes(), rows.sizes()) == (usual, moved)
    assert window.placement.chosen() == ((), tuple(moved[:2]))
    window.views.show_view(ViewChoice.LIST)
    QTest.keyClick(rows.handle(1), Qt.Key.Key_Return)
    assert columns.sizes() == listed
    assert window.placement.chosen() == ((), ())


def test_that_a_border_is_a_line_again_when_the_keyboard_left(window: MainWindow) -> None:
    border = window.placement.columns.handle(1)
    border.setFocus(Qt.FocusReason.TabFocusReason)
    assert border.mask().isEmpty()
    window.resize(1400, 880)
    assert border.mask().isEmpty()
    window.list.setFocus()
    assert border.mask().boundingRect().width() == 1


def test_that_the_border_of_editor_and_table_stays_where_the_user_put_it_over_a_restart(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    window = filled(open_window(), qtbot, 1440, 900)
    window.views.show_view(ViewChoice.RULES)
    QApplication.processEvents()
    halves = window.views.rules.halves
    QTest.keyClick(halves.handle(1), Qt.Key.Key_Up)
    left = halves.sizes()
    window.close()
    file = SettingsStore(tmp_path, write_own)
    again = filled(open_window(file.load()), qtbot, 1440, 900)
    again.views.show_view(ViewChoice.RULES)
    QApplication.processEvents()
    halves = again.views.rules.halves
    assert halves.sizes() == left
    again.resize(again.width(), again.height() + 60)
    QApplication.processEvents()
    assert halves.sizes()[1] == left[1]  # a higher window is the editor's
    QTest.keyClick(halves.handle(1), Qt.Key.Key_Return)
    assert halves.chosen == ()


def test_that_the_border_of_editor_and_table_moves_and_names_follow_the_language(window: MainWindow) -> None:
    window.views.show_view(ViewChoice.RULES)
    halves = window.views.rules.halves
    border, usual = halves.handle(1), halves.sizes()
    border.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(border, Qt.Key.Key_Up)
    assert halves.sizes() == [usual[0] - STEP, usual[1] + STEP]
    QTest.keyClick(border, Qt.Key.Key_Return)
    assert halves.sizes() == usual
    assert border.accessibleName() == "Border of editor and armed rules"
    window.change_look({"language": Language.KOREAN})
    assert border.accessibleName() == "편집기와 대기 중인 규칙의 경계선"
    assert window.placement.columns.handle(1).accessibleName() == "목록과 상세의 경계선"


def test_that_borders_keep_their_names_in_a_narrow_window_and_in_a_wide_one_again(window: MainWindow) -> None:
    columns, rows = window.placement.columns, window.placement.rows
    window.resize(900, 720)
    assert [rows.handle(place).accessibleName() for place in range(1, rows.count())] == [
        "Border above detail and alerts"
    ]
    window.change_look({"language": Language.KOREAN})  # there is no border of list and detail to name
    window.resize(1440, 900)
    assert columns.handle(1).accessibleName() == "목록과 상세의 경계선"
    assert rows.handle(1).accessibleName() == "알림 위 경계선"


def test_that_borders_that_the_user_moved_outlive_a_narrow_window(window: MainWindow) -> None:
    columns, rows = window.placement.columns, window.placement.rows
    for border, key in ((columns.handle(1), Qt.Key.Key_Left), (rows.handle(1), Qt.Key.Key_Up)):
        border.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(border, key)
    moved, kept = (columns.sizes(), rows.sizes()), window.placement.chosen()
    assert kept == tuple(tuple(sizes[:2]) for sizes in moved)
    window.resize(900, 900)
    assert window.placement.chosen() == kept  # which is what the next start finds
    window.resize(1440, 900)
    QApplication.processEvents()
    assert (columns.sizes(), rows.sizes()) == moved


def test_that_the_first_paint_leaves_the_room_that_the_user_gave_the_alerts(
    open_window: Open,
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK, rows=(600, 240, 0)), furnished=False)
    assert window._stage.contentsMargins().bottom() == 240
    window.furnish()
    QApplication.processEvents()
    assert window.inbox.height() == 240
