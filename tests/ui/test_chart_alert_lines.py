"""The lines of alerts at their price: dragged, worded, offered."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.chart_scene import NEW_YORK, compared, ink_share, plotted, show

from stackwatch.domain.comparison import Against
from stackwatch.domain.quote import ChartRange
from stackwatch.domain.words.format import percent
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_items import AlertLine, BarSeries
from stackwatch.ui.kit.language import worded
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_that_an_alert_line_is_dragged_to_another_price(qtbot: QtBot, chart: Chart) -> None:
    _, plot = plotted(qtbot, chart)
    low, high = plot._box.viewRect().top(), plot._box.viewRect().bottom()
    price = round((low + high) / 2, 1)
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label=f"{price}", note="")])
    assert f"{price}" in [tag.label for tag in plot.tags.tags]
    at, wanted = QPoint(200, plot.y_of(price)), QPoint(200, plot.y_of(price) + 30)
    viewport = plot._widget.viewport()
    with qtbot.waitSignal(chart.alert_moved) as moved:
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(viewport, wanted)
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=wanted)
    rule_id, new_price = moved.args
    assert rule_id == "r1"
    assert new_price == pytest.approx(plot.price_at(wanted.y()))
    assert low < new_price < price


def test_that_a_click_on_an_alert_line_leaves_it_where_it_is(qtbot: QtBot, chart: Chart) -> None:
    _, plot = plotted(qtbot, chart)
    price = round(plot._box.viewRect().center().y(), 1) + 0.0137  # finer than a pixel
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label=f"{price}")])
    at = QPoint(200, plot.y_of(price) + 2)
    with qtbot.assertNotEmitted(chart.alert_moved):
        qtbot.mouseClick(plot._widget.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mousePress(plot._widget.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(plot._widget.viewport(), at + QPoint(0, 1))  # a hand that shakes
        qtbot.mouseRelease(plot._widget.viewport(), Qt.MouseButton.LeftButton, pos=at + QPoint(0, 1))


@pytest.mark.parametrize(("way", "crash"), [(5000, False), (-5000, False), (5000, True)])
def test_that_an_alert_line_cannot_be_dragged_out_of_the_plot_or_below_zero(
    qtbot: QtBot, chart: Chart, way: int, *, crash: bool
) -> None:
    series, plot = plotted(qtbot, chart)
    if crash:  # the axis goes on below zero
        low = replace(series.bars[-1], open=0.1, low=0.05, close=0.1)
        chart.show_bars(replace(series, bars=(*series.bars[:-1], low)), reconstructed=False)
    chart.show_alerts([AlertLine(rule_id="r1", price=120.0, label="120.00")])
    at, viewport = QPoint(200, plot.y_of(120.0)), plot._widget.viewport()
    with qtbot.waitSignal(chart.alert_moved) as moved:
        qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseMove(viewport, at + QPoint(0, way))
        assert plot._shown_alerts(plot._box.viewRect())  # it is seen all the while
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(0, way))
    assert moved.args[1] > 0
    view = plot._box.viewRect()
    assert view.top() <= moved.args[1] <= view.bottom()


def test_that_a_line_is_dragged_to_a_price_no_finer_than_a_pixel_in_won_too(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    dear = [
        replace(bar, **{name: getattr(bar, name) * 1_753.7 for name in ("open", "high", "low", "close")})
        for bar in series.bars
    ]
    chart.show_last(268_734.0, "268,734")
    chart.show_bars(replace(series, bars=tuple(dear)), reconstructed=False)
    plot = chart.plot
    assert plot is not None
    per_pixel = plot._box.viewRect().height() / plot._box.height()
    assert 100 < per_pixel < 1000
    assert {plot.price_at(y) % 100 for y in range(20, 120, 7)} == {0.0}


def test_that_a_line_that_is_held_while_another_share_comes_is_let_go(qtbot: QtBot, chart: Chart) -> None:
    series, plot = plotted(qtbot, chart)
    price = round(plot._box.viewRect().center().y())
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label=f"{price}")])
    at, viewport = QPoint(200, plot.y_of(price)), plot._widget.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(viewport, at + QPoint(0, 20))
    chart.wait_for_bars()  # as an arrow key does
    chart.show_alerts([])
    chart.show_bars(series, reconstructed=False)
    with qtbot.assertNotEmitted(chart.alert_moved):
        qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(0, 20))


def test_that_no_alert_is_offered_at_a_price_below_zero_or_on_the_axis_of_time(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    low = replace(series.bars[-1], open=0.1, low=0.05, close=0.1)
    chart.show_bars(replace(series, bars=(*series.bars[:-1], low)), reconstructed=False)
    plot = chart.plot
    assert plot is not None
    foot = int(plot._box.height())
    assert plot.price_at(foot - 2) < 0
    for height in (foot - 2, foot + 8):
        with qtbot.waitSignal(plot.menu_wanted) as wanted:
            qtbot.mousePress(plot._widget.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, height))
        assert wanted.args[1] is None
        assert chart.menu(None).actions()[0].text() == "New alert at 167.03"


def test_that_a_right_click_offers_an_alert_at_its_price_and_pictures(
    qtbot: QtBot, chart: Chart, tmp_path: Path
) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    with qtbot.waitSignal(chart.plot.menu_wanted) as wanted:
        qtbot.mousePress(chart.plot._widget.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 60))
    price = wanted.args[1]
    menu = chart.menu(price)
    with qtbot.waitSignal(chart.alert_wanted) as asked:
        menu.actions()[0].trigger()
    assert asked.args == [float(menu.actions()[0].text().rpartition(" ")[2])]  # the price that it names
    assert asked.args == [pytest.approx(price, abs=0.005)]
    chart.save_picture(tmp_path / "chart.png")
    assert QImage(str(tmp_path / "chart.png")).width() >= chart.width()
    with qtbot.waitSignal(chart.failed) as failed:
        chart.save_picture(tmp_path / "none" / "chart.png")
    assert "none" in worded(failed.args[0])
    chart.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_that_a_place_among_percents_is_never_offered_as_a_price(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    chart.tools.set_against(Against(("QQQ",)))
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    plot = chart.plot
    assert plot is not None
    qtbot.mousePress(plot._widget.viewport(), Qt.MouseButton.RightButton, pos=QPoint(200, 60))
    menu = next(menu for menu in chart.findChildren(QMenu) if menu.isVisible())
    assert menu.actions()[0].text() == "New alert at 167.03"  # where the share is
    with qtbot.waitSignal(chart.alert_wanted) as asked:
        menu.actions()[0].trigger()
    menu.close()
    assert asked.args == [167.03]


def test_that_an_alert_line_says_its_price_and_how_far_it_is_while_it_is_dragged(
    qtbot: QtBot, chart: Chart
) -> None:
    _, plot = plotted(qtbot, chart)
    price = round(plot._box.viewRect().center().y())
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label=f"{price}.00", note="alert, far away")])
    viewport, at = plot._widget.viewport(), QPoint(200, plot.y_of(price))
    plot._point(QPointF(viewport.mapTo(plot._widget, at + QPoint(0, -40))))
    assert plot._cross is not None
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(viewport, at + QPoint(0, 30))
    assert plot._cross is None  # nothing of it stays behind
    assert plot._held is not None
    held = plot._held.line
    assert held.label == f"{held.price:,.2f}"
    assert held.note == percent((held.price / 167.03 - 1.0) * 100.0, 1)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(0, 30))


def test_that_the_words_of_an_alert_line_stand_where_no_candle_is(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    plot, theme = chart.plot, build_theme(ThemeMode.DARK)
    assert plot is not None
    left = round(plot._box.width() * 0.35)
    behind = [bar for place, bar in enumerate(series.bars) if left < (plot.x_of(place) or 0) < left + 90]
    price = sorted(bar.close for bar in behind)[len(behind) // 2]

    def drawn(note: str) -> QImage:
        chart.show_alerts([AlertLine(rule_id="r1", price=price, label="x", note=note)])
        return plot._widget.grab().toImage()

    without, with_note = drawn(""), drawn("alert, +6.2 % away")
    height, width = round(plot._box.height()), round(plot._box.width())
    spots = [(x, y) for x in range(width) for y in range(height)]
    changed = [spot for spot in spots if without.pixel(*spot) != with_note.pixel(*spot)]
    assert changed
    covered = {without.pixelColor(*spot).name() for spot in changed}
    assert not covered & {theme.up.name(), theme.down.name()}


def test_that_the_words_of_an_alert_line_stand_on_a_ground_of_their_own_among_candles(
    qtbot: QtBot, chart: Chart
) -> None:
    days = [replace(bar, open=100.0, high=112.0, low=88.0, close=110.0) for bar in scene.daily_bars()]
    chart.show_last(110.0, "110.00")
    chart.show_bars(BarSeries.of(days, ChartRange.MONTH_6, NEW_YORK), reconstructed=False)
    qtbot.waitUntil(lambda: chart.plot is not None)
    plot, theme = chart.plot, build_theme(ThemeMode.DARK)
    assert plot is not None
    chart.show_alerts([AlertLine(rule_id="r1", price=105.0, label="x", note="alert, +6.2 % away")])
    image, offset = chart.grab().toImage(), plot.mapTo(chart, QPoint(0, 0))
    left = offset.x() + round(plot._box.width() * 0.35)
    note = QRect(left, offset.y() + plot.y_of(105.0) - 14, 80, 9)
    seen = [
        image.pixelColor(x, y)
        for x in range(note.left(), note.right())
        for y in range(note.top(), note.bottom())
    ]
    brightest = max(colour.blue() for colour in seen)
    assert brightest > 0.7 * theme.you.blue()  # thin letters have no pixel of the full colour
    assert not {colour.name() for colour in seen} & {theme.up.name(), theme.down.name()}


def test_that_the_words_of_alert_lines_close_together_are_all_read(qtbot: QtBot, chart: Chart) -> None:
    _, plot = plotted(qtbot, chart)
    price = round(plot._box.viewRect().center().y())

    def ink(*notes: str) -> int:
        lines = [
            AlertLine(rule_id=f"r{n}", price=price + n * 0.4, label="", note=note)
            for n, note in enumerate(notes)
        ]
        chart.show_alerts(lines)
        return ink_share(plot._widget.grab().toImage(), current_theme().you)

    none, one, both = ink("", ""), ink("alert, far", ""), ink("alert, far", "alert, far")
    assert both - none > 1.7 * (one - none) > 0


@pytest.mark.parametrize(("share", "below"), [(0.97, True), (0.5, False)])
def test_that_the_words_of_an_alert_line_at_the_top_leave_the_line_of_the_pointer_free(
    qtbot: QtBot, chart: Chart, share: float, *, below: bool
) -> None:
    show(qtbot, chart)
    plot, theme = chart.plot, build_theme(ThemeMode.DARK)
    assert plot is not None
    view = plot._box.viewRect()
    price = view.top() + view.height() * share
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label="x", note="alert, +6.2 % away")])
    image, offset = chart.grab().toImage(), plot.mapTo(chart, QPoint(0, 0))
    left, line = offset.x() + round(plot._box.width() * 0.35), offset.y() + plot.y_of(price)

    def is_written(first: int) -> bool:
        seen = [image.pixelColor(x, line + first + y) for x in range(left, left + 80) for y in range(9)]
        return any(c.blue() > 0.7 * theme.you.blue() and c.blue() > c.green() + 20 for c in seen)

    assert (is_written(4), is_written(-13)) == (below, not below)
