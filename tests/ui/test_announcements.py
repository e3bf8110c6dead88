"""What changes by itself and matters is said aloud, wherever the keyboard is."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene

from stackwatch.domain.health import HealthState
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit import announce
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.preferences.settings import ViewChoice

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("screen_reader"),
]
Open = Callable[..., MainWindow]
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)
    QApplication.processEvents()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(announce, "send", lambda event: heard.append(event.message()))
    return heard


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    window = open_window(replay=True)
    with qtbot.waitActive(window):
        window.activateWindow()
    for event in (*scene.events(), *detail_scene.nvda_events()):
        window.apply(event)
    return window


def test_that_a_new_alert_and_what_joins_it_are_said(window: MainWindow, said: list[str]) -> None:
    window.apply(detail_scene.raised(detail_scene.STARGATE_ALERT))
    assert said == [window.toasts.cards[0].accessibleName()]
    joined = replace(detail_scene.STARGATE_ALERT, id="again")
    window.apply(detail_scene.raised(joined))
    assert len(said) == 2
    window.apply(detail_scene.raised(detail_scene.KLAC_ALERT, popup=False))
    assert len(said) == 2


def test_that_buttons_of_popups_say_whose_they_are(window: MainWindow) -> None:
    for alert in (detail_scene.STARGATE_ALERT, detail_scene.KLAC_ALERT):
        window.apply(detail_scene.raised(alert))
    names = [
        button.accessibleName() for card in window.toasts.cards for button in card.findChildren(ActionButton)
    ]
    assert {"Snooze: KLAC", "Mark seen: KLAC", "Close: KLAC", "Snooze: Stargate"} <= set(names)


@pytest.fixture
def stood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where a screen reader is told that the keyboard is."""
    rows: list[str] = []
    monkeypatch.setattr(announce, "stand_on", lambda row: rows.append(row.text(QAccessible.Text.Name)))
    return rows


def test_that_each_story_is_read_as_the_arrows_come_to_it(window: MainWindow, stood: list[str]) -> None:
    """Qt's list would say the list's own name: it lays no rows out here."""
    stories = window.views.headlines.list
    window.views.show_view(ViewChoice.HEADLINES)
    QApplication.processEvents()
    first, second = (stories.model().index(row, 0).data(SPOKEN) for row in (0, 1))
    assert stood[-1] == first
    press(stories, Qt.Key.Key_Down)
    assert stood[-1] == second


def test_that_copies_that_are_shown_and_hidden_are_said(window: MainWindow, said: list[str]) -> None:
    stories = window.views.headlines.list
    window.views.show_view(ViewChoice.HEADLINES)
    model = window.views.headlines.model
    row = next(n for n, line in enumerate(model.lines) if line.story.copies > 1)
    stories.setCurrentIndex(model.index(row))
    said.clear()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        press(stories, key)
    assert said == ["unfolded", "folded"]


def test_that_the_row_is_read_on_which_the_keyboard_comes_to_a_list(
    window: MainWindow, stood: list[str]
) -> None:
    window.following.open("NVDA")
    window.header.finder.setFocus()
    window.list.setFocus()
    QApplication.processEvents()
    assert stood[-1].startswith("NVIDIA (NVDA)")


def test_that_losing_and_finding_the_source_is_said_once(open_window: Open, said: list[str]) -> None:
    window = open_window()
    for event in scene.events():
        window.apply(event)
    said.clear()
    for state in (HealthState.OFFLINE, HealthState.OFFLINE, HealthState.OK):
        window.apply(scene.health(state))
    assert said == ["No connection since 15:41 ET, rules wait", "Prices arrive again"]


def test_that_a_replay_says_when_it_pauses_goes_on_and_ends(window: MainWindow, said: list[str]) -> None:
    for clock in (
        scene.clock(speed=0.0),
        scene.clock(speed=0.0),
        scene.clock(speed=10.0),
        replace(scene.clock(speed=10.0), finished=True),
    ):
        window.apply(clock)
    assert said == ["Replay paused", "The replay goes on", "The replay has ended"]
    assert window.header.badge.speed.accessibleName() == "Speed of the replay: ended"


def test_that_a_notice_is_said(window: MainWindow, said: list[str]) -> None:
    window.show_notice("The file was written.")
    window.show_notice("The file was written.")
    assert said == ["The file was written."]


def test_that_answers_are_said_while_the_field_keeps_the_keyboard(
    window: MainWindow, said: list[str], qtbot: QtBot
) -> None:
    window.header.finder.setFocus()
    window.header.finder.setText("micro")
    first = said[-1]
    press(window.header.finder, Qt.Key.Key_Down)
    assert first != said[-1]
    assert "Micro" in first
    window.settings_controller.open()
    dialog = window.settings_controller.dialog
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    QApplication.processEvents()
    dialog.search.setFocus()
    QTest.keyClicks(dialog.search, "colour")
    assert said[-1].endswith("General")
    dialog.search.clear()
    QTest.keyClicks(dialog.search, "zzz")
    assert said[-1] == "No setting has these words"
    dialog.reject()


def test_that_giving_up_a_search_says_none_of_its_answers(window: MainWindow, said: list[str]) -> None:
    finder = window.header.finder
    finder.setFocus()
    finder.setText("micro")
    press(finder, Qt.Key.Key_Down)
    said.clear()
    finder.setText("micron")  # other answers: the first of them
    assert len(said) == 1
    press(finder, Qt.Key.Key_Escape)
    assert len(said) == 1


def test_that_the_next_step_of_the_tour_is_said(window: MainWindow, said: list[str]) -> None:
    tour = window.controllers.begin_tour(window.header.finder, window.detail.card, window.header.bell)
    assert "Find anything" in tour.next_button.accessibleDescription()
    press(tour.next_button, Qt.Key.Key_Return)
    assert said[-1].startswith("Why it moved. ")


def test_that_nothing_is_said_where_nobody_listens(window: MainWindow, said: list[str]) -> None:
    QAccessible.setActive(False)
    window.show_notice("The file was written.")
    assert said == []
