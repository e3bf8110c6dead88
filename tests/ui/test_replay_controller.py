"""The replay in the window: by key and by mouse."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.domain.episode import EpisodeName
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.ui.frame.leave_live import LeaveLive
from stackwatch.ui.frame.replay_badge import ReplayBadge
from stackwatch.ui.frame.replay_controller import ReplayController
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ColumnChoice
from stackwatch.ui.watchlist.watchlist_cells import Column

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
DAYS = (
    EpisodeName("2025-01-27-deepseek", date(2025, 1, 27), BilingualName("DeepSeek & others", "딥시크")),
    EpisodeName("2025-07-22-stargate", date(2025, 7, 22), BilingualName("Stargate", "스타게이트")),
)


def desk_of(window: MainWindow, commands: scene.RecordedCommands, episode: str | None) -> ReplayController:
    badge = ReplayBadge()
    badge.setParent(window)
    return ReplayController(window, badge, commands, lambda: DAYS, episode)


def test_that_the_menu_offers_the_days_again_and_live_prices(
    open_window: Open, commands: scene.RecordedCommands
) -> None:
    controller = desk_of(open_window(), commands, DAYS[1].id)
    asked: list[object] = []
    controller.start_requested.connect(asked.append)
    controller._badge.ask_for_days()
    assert controller.menu is not None
    actions = [action for action in controller.menu.actions() if not action.isSeparator()]
    assert actions[-2].text() == "27 Jan 2025, DeepSeek && others"
    assert [action.isChecked() for action in actions[-2:]] == [False, True]
    for action in actions:
        action.trigger()
    assert asked == [DAYS[1].id, None, DAYS[0].id, DAYS[1].id]
    controller.menu.close()


def test_that_live_only_days_are_offered(open_window: Open, commands: scene.RecordedCommands) -> None:
    window = open_window()
    controller = desk_of(window, commands, None)
    controller.ask()
    assert controller.menu is not None
    assert next(a.text() for a in controller.menu.actions() if not a.isSeparator()).startswith("27 Jan 2025")
    controller.menu.close()


def test_that_a_documented_day_is_found_by_what_it_is_about(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot
) -> None:
    window = open_window()
    controller = desk_of(window, commands, None)
    controller.titled.connect(window.lists.name_replays)
    finder = window.header.finder
    finder.setText("deepseek")  # typed before the titles are read
    with qtbot.waitSignal(controller.titled):
        controller.read_titles()
    assert "Replay 27 Jan 2025, DeepSeek & others" in [found.title for found in finder.found]
    scene.speak(finder, Language.KOREAN)
    answers = [found.title for found in window.find_index.search("딥시크")]
    assert "다시보기 2025-01-27(월), 딥시크" in answers


@pytest.mark.parametrize("by", ["find", "menu"])
def test_that_live_prices_never_make_way_for_a_replay_unasked(
    open_window: Open, qtbot: QtBot, by: str
) -> None:
    window = open_window()
    with qtbot.waitActive(window):
        window.activateWindow()
    controller, finder = window.controllers.replay, window.header.finder
    asked: list[object] = []
    window.replay_requested.connect(asked.append)
    controller._episodes = lambda: DAYS
    window.lists.name_replays(DAYS)
    QCursor.setPos(window.mapToGlobal(window.rect().bottomRight()))  # else it might have opened the menu

    def choose() -> LeaveLive:
        if by == "find":
            finder.begin()
            QTest.keyClicks(finder, "deepseek")
            QTest.keyClick(finder, Qt.Key.Key_Return)
        else:
            QTest.keyClick(window, Qt.Key.Key_F5)
            assert controller.menu is not None
            QTest.keyClick(controller.menu, Qt.Key.Key_Return)  # the first is marked
        assert controller.question is not None
        return controller.question

    question = choose()
    QTest.keyClick(question, Qt.Key.Key_Return)  # the second Enter of a hasty hand
    assert asked == []
    question = choose()
    QTest.mouseClick(question.go, Qt.MouseButton.LeftButton)
    assert asked == ["2025-01-27-deepseek"]


def test_that_the_way_back_to_live_prices_is_found(open_window: Open) -> None:
    window = open_window(replay=True)
    asked: list[object] = []
    window.replay_requested.connect(asked.append)
    (back,) = [each for each in window.find_index.search("live prices") if each.run is not None]
    assert back.run is not None
    back.run()
    assert asked == [None]
    assert not open_window().find_index.search("back to live")


def test_that_keys_and_buttons_pause_and_lead_on(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot
) -> None:
    window = open_window(replay=True)
    window.apply(scene.clock(speed=60.0))
    with qtbot.waitActive(window):
        window.activateWindow()
    badge = window.header.badge
    badge.pause.setFocus()
    QTest.keyClick(badge.pause, Qt.Key.Key_Space)
    assert ("set_replay_speed", 0.0) in commands.calls
    QTest.mouseClick(badge.next, Qt.MouseButton.LeftButton)
    assert ("jump_replay",) in commands.calls
    commands.calls.clear()
    QTest.keyClick(window, Qt.Key.Key_F7)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert commands.calls[-2:] == [("set_replay_speed", 0.0), ("jump_replay",)]


def test_that_a_replay_shows_no_column_of_52_weeks_that_it_cannot_fill(
    open_window: Callable[..., MainWindow],
) -> None:
    for replay in (False, True):
        window = open_window(replay=replay)
        window.resize(1440, 900)
        columns, heads = window.list.columns, window.list.header()
        assert heads.isSectionHidden(Column.YEAR) is replay
        assert columns.choice == ColumnChoice()  # nothing is remembered for the next live start
        columns.choose(Column.YEAR, shown=True)
        assert not heads.isSectionHidden(Column.YEAR)
        columns.usual()
        assert heads.isSectionHidden(Column.YEAR) is replay
