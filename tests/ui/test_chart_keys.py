"""The chart by key: bars are read, time is moved and zoomed, and what is read is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene
from tests.ui.chart_scene import compared, show

from stackwatch.domain.comparison import Against
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.watchlist import Language
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_keys import EDGE, TimeView, after_key
from stackwatch.ui.chart.chart_plot import PricePlot
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit import announce
from stackwatch.ui.kit.language import use_language

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down
HOME, END, ZERO, ESC = Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_0, Qt.Key.Key_Escape


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(728, 320)
    with qtbot.waitActive(chart):
        chart.show()
        chart.activateWindow()
    return chart


@pytest.fixture
def plot(qtbot: QtBot, chart: Chart) -> PricePlot:
    show(qtbot, chart)
    assert chart.plot is not None
    chart.take_focus()
    assert chart.plot.hasFocus()
    return chart.plot


def press(plot: PricePlot, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(plot, key, modifier)
        QApplication.processEvents()


def read(plot: PricePlot) -> int | None:
    return None if plot._cross is None else plot._cross[0]


def times(plot: PricePlot) -> tuple[float, float]:
    left, right = plot._widget.times
    return round(left, 6), round(right, 6)


def test_that_arrows_read_bar_by_bar_from_the_newest(plot: PricePlot) -> None:
    series = plot._series
    last = len(series.bars) - 1
    press(plot, LEFT)
    assert read(plot) == last
    press(plot, LEFT, LEFT, RIGHT)
    assert read(plot) == last - 1
    assert plot._readout.isVisible()
    assert plot._readout.text() == series.words(last - 1)
    assert plot._cross == (last - 1, series.bars[last - 1].close)
    press(plot, HOME, LEFT)
    assert read(plot) == 0
    press(plot, END, RIGHT)
    assert read(plot) == last


def test_that_arrows_go_on_from_the_bar_under_the_pointer(plot: PricePlot) -> None:
    plot._point(QPointF(plot.x_of(40) or 0, 60))
    press(plot, RIGHT)
    assert read(plot) == 41


def test_that_keys_zoom_around_the_bar_that_is_read_and_move_in_time(plot: PricePlot) -> None:
    whole = times(plot)
    press(plot, LEFT, *(LEFT for _ in range(25)))
    place = read(plot)
    assert place is not None
    stands = plot.x_of(place)
    press(plot, UP)
    left, right = plot._widget.times
    assert right - left < 100
    assert plot.x_of(place) == pytest.approx(stands, abs=1.5)
    press(plot, LEFT, modifier=SHIFT)
    assert plot._widget.times == (
        pytest.approx(left - (right - left) / 5),
        pytest.approx(right - (right - left) / 5),
    )
    press(plot, Qt.Key.Key_Minus, DOWN)
    assert times(plot) == whole
    press(plot, Qt.Key.Key_Plus, modifier=SHIFT)
    press(plot, Qt.Key.Key_Equal)
    assert plot._widget.times[1] - plot._widget.times[0] < right - left
    press(plot, ZERO)
    assert times(plot) == whole


def test_that_the_view_follows_the_bar_that_is_read_and_never_leaves_the_bars(plot: PricePlot) -> None:
    count = len(plot._series.bars)
    press(plot, *(UP for _ in range(12)))
    left, right = plot._widget.times
    assert (right - left, right) == (pytest.approx(8), pytest.approx(count - 0.2))
    press(plot, LEFT, *(LEFT for _ in range(9)))
    place = read(plot)
    assert place == count - 10
    assert plot.x_of(place) is not None
    press(plot, *(LEFT for _ in range(200)), modifier=SHIFT)
    assert plot._widget.times[0] == pytest.approx(-0.8)
    assert plot.x_of(read(plot) or 0) is not None  # one in view is read
    press(plot, *(RIGHT for _ in range(200)), modifier=SHIFT)
    assert plot._widget.times[1] == pytest.approx(count - 0.2)


@given(
    keys=st.lists(st.tuples(st.sampled_from((LEFT, RIGHT, UP, DOWN, HOME, END, ZERO)), st.booleans())),
    count=st.integers(1, 60),
    data=st.data(),
)
def test_that_after_any_keys_the_view_is_within_the_bars_and_holds_the_one_that_is_read(
    keys: list[tuple[Qt.Key, bool]], count: int, data: st.DataObject
) -> None:
    begin = data.draw(st.integers(0, count - 1))
    view = TimeView(begin - EDGE, count - 1 + EDGE, None, begin, count)
    for key, shift in keys:
        event = QKeyEvent(QEvent.Type.KeyPress, key, SHIFT if shift else NONE)
        view = after_key(view, event) or view
        assert begin - EDGE - 1e-6 <= view.left < view.right <= count - 1 + EDGE + 1e-6
        assert view.width >= view.least - 1e-6
        assert view.place is None or max(begin, view.left) <= view.place <= min(count - 1, view.right)


def test_that_two_bars_are_read_and_nothing_is_zoomed(plot: PricePlot) -> None:
    two = BarSeries.of(detail_scene.daily_bars(2), ChartRange.MONTH_1, "America/New_York")
    plot.show_series(two, as_line=False)
    whole = times(plot)
    press(plot, UP, DOWN, LEFT, LEFT)
    press(plot, LEFT, modifier=SHIFT)
    assert times(plot) == whole
    assert read(plot) == 0


def test_that_a_bar_goes_on_being_read_while_others_come_and_while_the_pointer_leaves(
    plot: PricePlot,
) -> None:
    press(plot, LEFT, LEFT)
    place, series = read(plot), plot._series
    assert place is not None
    later = replace(detail_scene.daily_bars(1)[0], day=date(2025, 7, 23))
    plot.grow(BarSeries.of((*series.bars, later), series.chart_range, series.zone))
    QApplication.sendEvent(plot._widget.viewport(), QEvent(QEvent.Type.Leave))
    assert read(plot) == place
    assert plot._readout.text() == series.words(place)


def test_that_compared_lines_are_read_by_key_where_the_first_one_stands(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    chart.tools.set_against(Against(("QQQ",)))
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    chart.take_focus()
    plot = chart.plot
    assert plot is not None
    press(plot, LEFT)
    assert plot._overlay is not None
    assert plot._cross == (len(series.bars) - 1, plot._overlay.at(len(series.bars) - 1))
    assert "QQQ" in plot._readout.text()


def test_that_a_picture_has_neither_the_frame_of_the_keyboard_nor_what_was_read(
    plot: PricePlot, chart: Chart
) -> None:
    plot.clearFocus()
    plain = chart._picture().toImage()
    chart.take_focus()
    press(plot, LEFT)
    assert chart._picture().toImage() == plain
    assert plot.hasFocus()


@pytest.mark.usefixtures("screen_reader")
def test_that_the_bar_that_is_read_and_the_days_in_view_are_said(
    plot: PricePlot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(announce, "send", lambda event: said.append(event.message()))
    press(plot, LEFT)
    assert said == ["Tue 22 Jul 2025, open 166.04, high 168.13, low 164.74, close 167.03, volume 185.0M"]
    press(plot, RIGHT)  # there is none
    assert len(said) == 1
    press(plot, UP)
    assert said[-1].endswith(" to Tue 22 Jul 2025")
    press(plot, ESC, ZERO)
    assert said[-1] == f"{plot._series.time_words(0)} to Tue 22 Jul 2025"
    use_language(Language.KOREAN)
    press(plot, LEFT)
    assert said[-1].startswith("2025-07-22(화), 시가 166.04, 고가 168.13, ")


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    window = open_window(replay=True)
    with qtbot.waitActive(window):
        window.activateWindow()
    for event in (*scene.events(), *detail_scene.nvda_events()):
        window.apply(event)
    qtbot.waitUntil(lambda: window.detail.chart.plot is not None)
    return window


def key_of(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    QApplication.processEvents()


def test_that_a_key_leads_to_the_chart_and_escape_stops_reading_then_goes_back(window: MainWindow) -> None:
    plot = window.detail.chart.plot
    assert plot is not None
    before = QApplication.focusWidget()
    key_of(window, Qt.Key.Key_G, ALT)
    assert QApplication.focusWidget() is plot
    key_of(window, LEFT)
    assert read(plot) is not None
    key_of(window, ESC)
    assert (read(plot), QApplication.focusWidget()) == (None, plot)
    key_of(window, ESC)
    assert QApplication.focusWidget() is before


def test_that_the_same_key_leads_to_the_barometer_of_a_private_name(window: MainWindow) -> None:
    window.detail.show_entity("stargate")
    QApplication.processEvents()
    key_of(window, Qt.Key.Key_G, ALT)
    assert QApplication.focusWidget() is window.detail.barometer.plot


def test_that_the_digits_still_choose_a_span_and_reading_ends_where_the_keyboard_leaves(
    window: MainWindow,
) -> None:
    plot = window.detail.chart.plot
    assert plot is not None
    key_of(window, Qt.Key.Key_G, ALT)
    key_of(window, LEFT)
    key_of(window, Qt.Key.Key_2)
    assert window.detail.chart.tools.span is ChartRange.DAY_5
    assert QApplication.focusWidget() is window.detail.chart._stand  # until the bars are there
    assert "Waiting for prices" in window.detail.chart._stand.accessibleName()
    key_of(window, Qt.Key.Key_4)
    window.detail.apply(detail_scene.nvda_events()[-1])
    assert QApplication.focusWidget() is plot
    key_of(window, LEFT)
    assert read(plot) is not None
    window.views.take_focus()
    assert read(plot) is None


def test_that_no_key_of_the_chart_is_one_of_the_window(window: MainWindow) -> None:
    taken = {QKeySequence(key).toString() for action in window.actions_known for key in action.keys}
    own = {"Left", "Right", "Home", "End", "Up", "Down", "+", "-", "=", "0", "Shift+Left", "Shift+Right"}
    assert not taken & own


def test_that_the_menu_key_offers_an_alert_at_the_close_of_the_bar_that_is_read(window: MainWindow) -> None:
    plot = window.detail.chart.plot
    assert plot is not None
    key_of(window, Qt.Key.Key_G, ALT)
    for _ in range(5):
        key_of(window, LEFT)
    place = read(plot)
    assert place is not None
    key_of(window, Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[0].text() == f"New alert at {plot._series.bars[place].close:,.2f}"
    menu.close()
    assert read(plot) == place


def test_that_a_click_on_the_chart_leaves_the_keys_to_the_list(window: MainWindow) -> None:
    before = QApplication.focusWidget()
    plot = window.detail.chart.plot
    assert plot is not None
    QTest.mouseClick(plot._widget.viewport(), Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is before
