"""What is on the screen before everything is loaded: header and list, where they stay."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.support.typing_ahead import Desktop, offered
from tests.ui import detail_scene, scene

from stackwatch.domain.events import QuotesChanged
from stackwatch.ui.frame.opening import breathe
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]


def _place(part: QWidget, window: MainWindow) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1000, 700)])
def test_that_the_list_does_not_move_when_the_rest_is_built(open_window: Open, size: tuple[int, int]) -> None:
    window = open_window(furnished=False)
    window.resize(*size)
    window.apply(QuotesChanged((scene.quote("NVDA", 97.5, 100.0),), ()))
    before = _place(window.list, window)
    assert before.height() > 100
    window.furnish()
    after = _place(window.list, window)
    assert before.topLeft() == after.topLeft()
    assert abs(before.width() - after.width()) <= 2
    assert (
        abs(before.height() - after.height()) <= 31
    )  # in a narrow window the tabs take a line, and a splitter


def test_that_the_list_can_be_painted_where_it_is_until_the_rest_is_built(open_window: Open) -> None:
    window = open_window(furnished=False)
    window.apply(QuotesChanged((scene.quote("NVDA", 97.5, 100.0),), ()))
    before, picture = _place(window.list, window), window.grab().toImage()
    seen = []

    def look() -> None:
        assert not window.furnished
        assert _place(window.list, window) == before
        seen.append(window.grab().toImage() == picture)

    window.furnish(look)
    assert len(seen) >= 4
    assert all(seen)


@pytest.mark.usefixtures("qapp")
def test_that_a_breath_lets_timers_run() -> None:
    called = []
    QTimer.singleShot(0, lambda: called.append(True))
    breathe()
    assert called


@pytest.mark.skipif(not offered(), reason="Qt's library hides how its queue is filled")
def test_that_keys_and_clicks_wait_until_everything_is_there_and_act_in_their_order(
    open_window: Open, qtbot: QtBot
) -> None:
    window = open_window(furnished=False)
    with qtbot.waitActive(window):
        window.activateWindow()
    desktop, finder = Desktop(window), window.header.finder
    breaths: list[str] = []

    def breath() -> None:
        if not breaths:
            desktop.type("nv")
            desktop.click(window.header.views.buttons[ViewChoice.HEAT])
        breaths.append(finder.text())
        breathe()

    window.furnish(breath)
    assert set(breaths) == {""}
    assert window.views.view is ViewChoice.LIST
    QApplication.processEvents()
    assert finder.text() == "nv"  # the click came last, else the letters would be the map's
    assert window.views.view is ViewChoice.HEAT


def test_that_what_was_told_before_reaches_what_is_built_later(open_window: Open) -> None:
    window = open_window(furnished=False)
    window.apply(detail_scene.raised(detail_scene.ALERTS[0], popup=False))
    window.furnish()
    assert window.inbox.model.rowCount() == 1


def test_that_a_window_closed_before_it_was_built_says_nothing(open_window: Open) -> None:
    window = open_window(furnished=False)
    assert window.close()


def test_that_a_window_left_in_another_view_is_built_before_it_is_shown(open_window: Open) -> None:
    window = open_window(UiSettings(view=ViewChoice.HEAT), furnished=False)
    assert window.front is window.views.heat


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1280, 640)])
def test_that_the_list_is_not_scrolled_by_the_rest_that_is_built(
    open_window: Open, size: tuple[int, int]
) -> None:
    window = open_window(UiSettings(mode=ModeChoice.DARK), furnished=False)
    window.resize(*size)
    rows = window.list
    rows.setCurrentIndex(rows.indexAt(QPoint(9, rows.viewport().height() - 40)))  # the last row but one
    assert rows.verticalScrollBar().value() == 0
    window.furnish()  # for a moment the list has less room
    assert rows.verticalScrollBar().value() == 0
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()).bottomLeft())
