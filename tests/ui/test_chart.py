"""The chart: plot and tools, what it says instead of bars, how it follows colours, words and newer bars."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QAbstractButton, QStyleOptionGraphicsItem
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.chart_scene import NEW_YORK, compared, ink_share, plotted, show
from tests.ui.scene import dress_in, speak

from stackwatch.domain.comparison import Against
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_canvas import ChartCanvas, ChartDrawing, _Pixels
from stackwatch.ui.chart.chart_items import BarSeries, with_grown
from stackwatch.ui.chart.chart_ticks import AxisTick
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.dress import reword
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_that_the_plot_is_built_only_when_bars_arrive(qtbot: QtBot, chart: Chart) -> None:
    assert chart.plot is None
    show(qtbot, chart)
    assert chart.plot is not None
    assert chart.plot.isVisible()


def test_that_an_empty_answer_is_a_sentence_and_no_plot(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    chart.show_bars(BarSeries.of((), ChartRange.DAY_1, NEW_YORK), reconstructed=False)
    assert chart.plot is not None
    assert not chart.plot.isVisible()
    assert chart._stand.sentence == "No prices for this span so far"


def test_that_made_up_bars_say_so_on_the_chart(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart, made_up=True)
    assert chart.tools._note.text() == "reconstructed"
    show(qtbot, chart)
    assert not chart.tools._note.isVisible()


def test_that_rising_candles_are_hollow_and_falling_ones_filled(qtbot: QtBot, chart: Chart) -> None:
    theme = build_theme(ThemeMode.DARK)
    bars = (
        DailyBar(date(2025, 7, 21), 100, 121, 99, 120, 10),
        DailyBar(date(2025, 7, 22), 120, 121, 99, 100, 10),
    )
    chart.show_bars(BarSeries.of(bars, ChartRange.MONTH_1, NEW_YORK), reconstructed=False)
    qtbot.waitUntil(lambda: chart.plot is not None)
    image = chart.grab().toImage()
    up, down = ink_share(image, theme.up), ink_share(image, theme.down)
    assert 0 < up < down / 4


def test_that_one_day_is_a_line_and_other_spans_are_candles(qtbot: QtBot, chart: Chart) -> None:
    theme = build_theme(ThemeMode.DARK)
    assert show(qtbot, chart, ChartRange.DAY_1).as_line
    image = chart.grab().toImage()
    assert ink_share(image, theme.up) + ink_share(image, theme.down) == 0


def test_that_a_click_on_a_span_asks_for_it(qtbot: QtBot, chart: Chart) -> None:
    button = chart.tools.spans._group.button(0)
    with qtbot.waitSignal(chart.range_chosen) as chosen:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert chosen.args == [ChartRange.DAY_1]


def test_that_a_change_of_theme_and_language_redraws(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    dress_in(chart, build_theme(ThemeMode.LIGHT))
    speak(chart, Language.KOREAN)
    assert chart.grab().toImage().pixelColor(QPoint(40, 200)).lightness() > 128


def test_that_a_chart_without_height_follows_the_language_and_draws_once_it_has_room(
    qtbot: QtBot, chart: Chart
) -> None:
    show(qtbot, chart)
    chart.setMinimumSize(0, 0)
    for height in (60, 40, 20, 1):
        chart.resize(728, height)
        QCoreApplication.processEvents()  # the box learns its size
        dress_in(chart, build_theme(ThemeMode.LIGHT))
        speak(chart, Language.KOREAN)
    plot = chart.plot
    assert plot is not None
    few = len(plot._canvas._drawing.prices)
    chart.resize(728, 320)
    qtbot.waitUntil(lambda: len(plot._canvas._drawing.prices) > few)


def test_that_a_chart_that_has_no_room_takes_other_colours_and_prices(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    chart.plot.resize(728, 0)  # as a low window that was wide while the rules were shown leaves it
    dress_in(chart, build_theme(ThemeMode.LIGHT))
    speak(chart, Language.KOREAN)
    chart.show_last(168.0, "168.00")
    assert "168.00" in chart.plot.accessibleName()


def test_that_a_screen_reader_hears_the_name_of_the_chart_in_another_language_at_once(
    qtbot: QtBot, chart: Chart
) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    before = chart.plot.accessibleName()
    use_language(Language.KOREAN)
    reword(chart)
    assert "부터" in chart.plot.accessibleName()
    assert "부터" not in before


def test_that_spans_are_called_in_korean_as_the_manual_calls_them(
    chart: Chart, translations: Translations
) -> None:
    translations.use(Language.KOREAN)
    speak(chart, Language.KOREAN)
    manual = (Path(__file__).parents[2] / "docs" / "manual.ko.md").read_text(encoding="utf-8")
    called = [button.text() for button in chart.tools.spans.findChildren(QAbstractButton)]
    assert called == ["1일", "5일", "1개월", "6개월", "1년", "5년"]
    assert ", ".join(called) in manual


def test_that_a_chart_without_bars_is_not_called_reconstructed(chart: Chart) -> None:
    chart.show_bars(BarSeries.of((), ChartRange.MONTH_6, NEW_YORK), reconstructed=True)
    assert not chart.tools._note.isVisible()


def test_that_a_long_price_has_its_room_again_after_a_comparison(qtbot: QtBot, chart: Chart) -> None:
    series, plot = plotted(qtbot, chart)
    chart.show_last(167.03, "1,252,894")
    before = plot._widget.right.maximumWidth()
    chart.tools.set_against(Against(("gpu",)))
    chart.show_comparison(compared(series, "NVDA", "gpu"), ["NVDA", "GPUs & accelerators"])
    qtbot.waitUntil(lambda: plot._widget.right.width() > before)
    plot.show_overlay(None)
    assert plot._widget.right.maximumWidth() == before


def test_that_a_long_price_has_room_on_the_axis(chart: Chart, qtbot: QtBot) -> None:
    show(qtbot, chart)
    assert chart.plot is not None
    chart.show_last(167.03, "1,252,894")
    plot, tag = chart.plot, chart.plot.tags
    qtbot.waitUntil(lambda: tag.mapTo(plot, tag.rect().topRight()).x() <= plot.width())


def test_that_bars_that_grew_replace_those_of_their_time_and_come_behind_the_rest() -> None:
    bars = scene.minute_bars()
    newer = replace(bars[-1], close=150.0)
    after = replace(newer, start=newer.start + timedelta(minutes=5))
    assert with_grown(bars, (newer, after)) == (*bars[:-1], newer, after)
    assert with_grown((), (newer,)) == (newer,)
    assert with_grown(bars, ()) == bars


def test_that_a_growing_chart_keeps_what_is_looked_at_and_follows_the_last_bar(
    qtbot: QtBot, chart: Chart
) -> None:
    series, plot = plotted(qtbot, chart, ChartRange.DAY_1)
    last = series.bars[-1]
    assert isinstance(last, MinuteBar)
    longer = series.bars
    for step in range(1, 4):
        longer = (*longer, replace(last, start=last.start + timedelta(minutes=step)))
        chart.grow(BarSeries.of(longer, ChartRange.DAY_1, NEW_YORK))
    left, right = plot._box.state["viewRange"][0]
    assert left <= 0
    assert right >= len(longer) - 1
    plot._box.setXRange(10, 40, padding=0)
    chart.grow(
        BarSeries.of(
            (*longer, replace(last, start=last.start + timedelta(hours=1))), ChartRange.DAY_1, NEW_YORK
        )
    )
    assert plot._box.state["viewRange"][0] == pytest.approx([10, 40])


def test_that_bars_that_come_once_more_keep_what_is_looked_at(qtbot: QtBot, chart: Chart) -> None:
    series, plot = plotted(qtbot, chart)
    plot._box.setXRange(30, 60, padding=0)
    day, last = series.bars[45], series.bars[-1]
    assert isinstance(last, DailyBar)
    plot._cross = (45, day.close)
    rolled = (*series.bars[1:], replace(last, day=last.day + timedelta(days=1)))  # a day on, a day gone
    chart.show_bars(BarSeries.of(rolled, series.chart_range, NEW_YORK), reconstructed=False)
    assert plot._box.state["viewRange"][0] == pytest.approx([29, 59])
    assert plot._series.bars[plot._cross[0]] == day
    plot._box.setXRange(60, len(rolled) - 1, padding=0)
    chart.show_bars(BarSeries.of(rolled[1:], series.chart_range, NEW_YORK), reconstructed=False)
    assert plot._box.state["viewRange"][0] == pytest.approx([59, len(rolled) - 2])  # the last one stays there
    chart.wait_for_bars()
    chart.show_bars(series, reconstructed=False)  # of another share
    assert plot._box.state["viewRange"][0][0] < 0


def test_that_a_picture_says_whose_prices_it_shows_and_has_no_buttons(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    plain = chart._picture().toImage()
    chart.belong_to("NVDA", "NVIDIA")
    named = chart._picture().toImage()
    head = QRect(0, 0, named.width(), 32)
    assert named.copy(head) != plain.copy(head)
    below = QRect(0, 32, named.width(), named.height() - 32)
    assert named.copy(below) == plain.copy(below)
    assert named.height() == chart.height() - chart.tools.height() + 32
    assert named.pixelColor(1, 1) == current_theme().panel


def _runs(colours: list[int], ink: QColor) -> list[int]:
    """Return how many pixels of a colour lie beside each other, each time."""
    groups = groupby(colour == ink.rgb() for colour in colours)
    return [len(list(run)) for inked, run in groups if inked]


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
def test_that_grid_and_candles_are_sharp_on_a_screen_of_any_scale(ratio: float) -> None:
    theme, thin = current_theme(), int(ratio)
    day = date(2025, 7, 1)
    rising = tuple(  # hollow: an edge at either side of what is empty
        DailyBar(day + timedelta(days=n), 101.0, 112.0, 100.0, 111.0, 0) for n in range(40)
    )
    series = BarSeries.of(rising, ChartRange.MONTH_6, NEW_YORK)
    prices = tuple(AxisTick(90.0 + step, "") for step in range(1, 30, 2))
    canvas = ChartCanvas(ChartDrawing(series=series))
    canvas.put(ChartDrawing(series=series, prices=prices), QRectF(-1, 88, 50, 34))
    screen = QPixmap(round(611 * ratio), round(233 * ratio))
    screen.setDevicePixelRatio(ratio)
    screen.fill(theme.panel)
    painter = QPainter(screen)
    painter.setTransform(QTransform(12.2, 0, 0, -6.7, 14, 820))
    canvas.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    image = screen.toImage()
    beside = [image.pixel(round(600 * ratio), y) for y in range(image.height())]
    assert _runs(beside, theme.line) == [thin] * len(prices)
    middle = round((820 - 6.7 * 105.5) * ratio)
    across = [image.pixel(x, middle) for x in range(image.width())]
    edges = _runs(across, theme.up)
    assert len(edges) == 2 * len(rising)
    assert set(edges) == {thin}


@pytest.mark.parametrize(("ratio", "body"), [(1.0, 1), (1.25, 3), (1.5, 5), (2.0, 1)])
def test_that_candles_have_bodies_where_pixels_of_the_screen_have_room_for_them(
    ratio: float, body: int
) -> None:
    transform = QTransform(3.8, 0, 0, -1, 0, 200)
    assert _Pixels(transform, QRectF(0, 0, 100, 200), ratio).body() == body


def test_that_a_hundred_thousand_bars_are_drawn_as_a_line_of_few_points(qtbot: QtBot, chart: Chart) -> None:
    start = datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
    bars = tuple(
        MinuteBar(start + timedelta(minutes=n), 100, 101 + n % 7, 99, 100 + n % 5, 10) for n in range(100_000)
    )
    chart.show_bars(BarSeries.of(bars, ChartRange.DAY_5, NEW_YORK), reconstructed=False)
    qtbot.waitUntil(lambda: chart.plot is not None)
    assert chart.plot is not None
    to = _Pixels(QTransform(600 / 100_000, 0, 0, -1, 0, 200), QRectF(0, 0, 100_000, 200), 1.0)
    assert to.polygon(np.arange(100_000.0), chart.plot._canvas._columns.close).size() <= 4 * 600 + 700
