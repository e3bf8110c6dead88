"""The axis of prices, its tags, and what the crosshair reads."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from tests.ui.chart_scene import compared, plotted, show

from stackwatch.domain.comparison import Against
from stackwatch.domain.words.format import percent
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_overlay import percent_ticks
from stackwatch.ui.chart.chart_tags import TAG_HEIGHT, ChartTag, TagKind, TagLane, spread
from stackwatch.ui.chart.chart_ticks import price_ticks
from stackwatch.ui.kit.theme import Role, ThemeMode, build_theme, current_theme, use_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_that_the_axis_has_the_decimals_of_the_price() -> None:
    assert [t.label for t in price_ticks(0.4, 0.43, 60, 4)] == ["0.4000", "0.4100", "0.4200", "0.4300"]
    assert [t.label for t in price_ticks(905, 945, 60, 0)] == ["920", "940"]  # won
    assert [t.label for t in price_ticks(99.9, 100.3, 400)][:3] == ["99.90", "99.95", "100.00"]


def test_that_no_number_of_the_axis_touches_a_tag(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    lane = TagLane(parent)
    lane.put([ChartTag(TagKind.LAST, "167.03", 100)], QRect(0, 0, 60, 200), None)
    tall = QFontMetrics(current_theme().font(Role.CAPTION)).tightBoundingRect("170").height()
    middle = next(y for y in range(99, 0, -1) if not lane.covers(y))
    assert middle + tall / 2 < 100 - TAG_HEIGHT / 2 - 1


def test_that_what_is_read_covers_no_bar(qtbot: QtBot, chart: Chart) -> None:
    series, plot = plotted(qtbot, chart)
    plot._point(QPointF(60, 60))
    assert plot._readout.geometry().bottom() <= plot.y_of(max(bar.high for bar in series.bars))


def test_that_price_ticks_are_round() -> None:
    assert [t.label for t in price_ticks(96, 172, 120)] == ["100.00", "120.00", "140.00", "160.00"]
    assert [t.label for t in price_ticks(2.9e-5, 4.1e-5, 40)] == ["0.000030", "0.000040"]
    assert [t.label for t in price_ticks(3.1e-11, 3.9e-11, 40)] == ["0.000000000035"]
    assert [t.label for t in price_ticks(1001, 1009.9, 80)] == ["1,002.5", "1,005.0", "1,007.5"]
    assert price_ticks(5, 5, 100) == []


def test_that_a_number_of_the_axis_of_percents_says_where_it_stands() -> None:
    quarter = [t.label for t in percent_ticks(-1, 1, 160)]
    assert quarter[:3] == [percent(-1.0), percent(-0.75), percent(-0.5)]
    assert [t.label for t in percent_ticks(-0.1, 0.1, 100)] == [percent(n * 0.05) for n in range(-2, 3)]
    assert next(t.label for t in percent_ticks(-12, 12, 160)) == percent(-10.0, 0)


def test_that_the_crosshair_reads_the_bar_under_the_pointer(qtbot: QtBot, chart: Chart) -> None:
    series, plot = plotted(qtbot, chart)
    x = plot.x_of(125)
    assert x is not None
    plot._point(QPointF(x, 60))
    assert plot._readout.text() == series.words(125)
    assert plot._readout.text().startswith("Tue 22 Jul 2025   O ")
    chart.show_last(66000.0, "66,000")  # a price in won has no decimals, nor have its bars
    plot._point(QPointF(x, 60))
    assert "." not in plot._readout.text().partition("   V ")[0]
    plot._point(QPointF(-10, -10))
    assert not plot._readout.isVisible()


def test_that_the_crosshair_tells_the_newest_of_a_bar_that_grows_under_a_resting_pointer(
    qtbot: QtBot, chart: Chart
) -> None:
    series, plot = plotted(qtbot, chart)
    plot._point(QPointF(plot.x_of(125) or 0.0, 60))
    last = series.bars[-1]
    newer = replace(series, bars=(*series.bars[:-1], replace(last, close=last.close + 1, high=last.high + 1)))
    chart.grow(newer)
    assert plot._readout.text() == newer.words(125) != series.words(125)


def test_that_the_crosshair_stays_under_a_pointer_that_rests_while_the_view_is_zoomed(
    qtbot: QtBot, chart: Chart
) -> None:
    series, plot = plotted(qtbot, chart)
    at = QPointF(300, 100)
    plot._point(at)
    plot._box.setXRange(80, 110, padding=0)
    here = plot._box.mapSceneToView(at)
    assert plot._cross == (round(here.x()), pytest.approx(here.y()))
    assert plot._readout.text() == series.words(round(here.x()))


def test_that_what_the_crosshair_reads_stays_off_the_axis_and_leaves_no_figure_out(
    qtbot: QtBot, chart: Chart
) -> None:
    chart.resize(480, 320)
    series, plot = plotted(qtbot, chart)
    plot._point(QPointF(plot.x_of(60) or 0.0, 90))
    assert plot._readout.geometry().right() < plot.tags.geometry().left()
    names = ["NVIDIA", "GPUs & accelerators", "ASIC, network & optics", "Nasdaq 100", "Micron Technology"]
    made = compared(series, *names)
    chart.tools.set_against(made.against)
    chart.show_comparison(made, names)
    plot._point(QPointF(plot.x_of(60) or 0.0, 90))
    readout = plot._readout
    assert readout.geometry().right() < plot.tags.geometry().left()
    rows = readout.text().split("\n")
    assert all(any(f"{name} +" in row for row in rows) for name in names)
    metrics = readout.fontMetrics()
    assert all(metrics.horizontalAdvance(row) <= readout.width() for row in rows)
    assert readout.height() >= metrics.height() * len(rows)


def test_that_what_is_read_of_one_bar_takes_one_line_whatever_its_figures(qtbot: QtBot, chart: Chart) -> None:
    """One of thirty had its last word cut off: a line was a part of a pixel wider than its room."""
    show(qtbot, chart)
    assert chart.plot is not None
    readout = chart.plot._readout
    for n in range(400):
        figures = (
            f"O {99 + n * 0.05:.2f}  H {99.1 + n * 0.065:.2f}  L {98 + n * 0.085:.2f}  C {97 + n * 0.095:.2f}"
        )
        readout.tell([f"Wed 25 Nov 2026 15:54 ET   {figures}   V {100 + n * 1.85:.1f}K"], 650)
        assert readout.heightForWidth(readout.width()) < 2 * readout.fontMetrics().height(), readout.text()


def test_that_a_chart_that_was_hidden_under_a_menu_comes_back_without_the_crosshair(
    qtbot: QtBot, chart: Chart
) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    chart.plot._point(QPointF(chart.plot.x_of(125) or 0.0, 60))
    chart.hide()  # with no word that the pointer left
    chart.show()
    assert chart.plot._cross is None
    assert not chart.plot._readout.isVisible()


def test_that_the_last_price_has_a_tag_and_its_axis_number_gives_way(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    chart.show_last(160.0, "160.00")
    assert chart.plot.tags.tags
    shown = [label for level in chart.plot._widget.right._tickLevels for _, label in level]
    assert "160.00" not in shown


def test_that_in_large_text_no_number_of_the_axis_touches_a_tag(qtbot: QtBot, chart: Chart) -> None:
    use_theme(build_theme(ThemeMode.DARK, base_px=26))
    _, plot = plotted(qtbot, chart)
    half = plot._widget.right.style["tickFont"].pixelSize() * 0.45
    for cents in range(12_000, 16_000, 130):
        chart.show_last(cents / 100, f"{cents / 100:.2f}")
        (top,) = plot.tags._tops
        shown = [plot.y_of(price) for level in plot._widget.right._tickLevels for price, _ in level]
        assert shown
        assert all(y + half <= top or y - half >= top + plot.tags._tall for y in shown)


def test_that_the_crosshair_has_its_price_on_the_axis_and_no_other_tag_gives_way(
    qtbot: QtBot, chart: Chart
) -> None:
    series, plot = plotted(qtbot, chart)
    tops = list(plot.tags._tops)
    last = QPointF(300, plot.y_of(167.03) + 3)
    plot._point(last)
    assert plot.tags.cross is not None
    assert plot.tags.cross.label == f"{plot._box.mapSceneToView(last).y():,.2f}"
    assert plot.tags._tops == tops
    chart.tools.set_against(Against(("QQQ",)))
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    assert plot.tags.cross is None  # it read a price, and percents stand there now
    assert not plot._readout.isVisible()
    plot._point(QPointF(300, 60))
    assert plot.tags.cross is not None
    assert plot.tags.cross.label.endswith("%")
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    assert plot._readout.isVisible()  # the same lines, newer
    chart.copy_picture()
    assert not plot._readout.isVisible()  # a picture has no pointer


def test_that_tags_never_cover_each_other() -> None:
    tags = [ChartTag(TagKind.LINE, str(n), 100 + n) for n in range(3)] + [ChartTag(TagKind.LAST, "x", 199)]
    tops = sorted(spread(tags, 200, TAG_HEIGHT))
    assert all(after - before > TAG_HEIGHT for before, after in pairwise(tops))
    assert tops[-1] + TAG_HEIGHT <= 200
