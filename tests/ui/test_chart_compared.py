"""Lines instead of candles: what a share is compared with, and when its line begins."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.ui.chart_scene import NEW_YORK, compared, ink_share, show

from stackwatch.domain.comparison import Against, ComparedLine, Comparison
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_tags import EDGE, tag_width
from stackwatch.ui.chart.chart_tools import Peer
from stackwatch.ui.kit.language import worded
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_that_a_stretch_where_a_line_has_no_value_is_drawn_with_the_others(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    assert chart.plot is not None
    first, other = compared(series, "NVDA", "CRWV").lines
    late = replace(other, times=other.times[60:], values=other.values[60:])
    chart.tools.set_against(Against(("CRWV",)))
    chart.show_comparison(replace(compared(series, "NVDA", "CRWV"), lines=(first, late)), ["NVDA", "CRWV"])
    chart.plot._box.setXRange(-1, 40, padding=0)
    assert ink_share(chart.plot.grab().toImage(), current_theme().t1) > 0


def test_that_what_another_exchange_does_on_a_holiday_is_not_known_on_the_day_before() -> None:
    days = [
        date(2025, 7, 1),
        date(2025, 7, 2),
        date(2025, 7, 3),
        date(2025, 7, 7),
    ]  # New York rests on the 4th
    bars = tuple(DailyBar(day, 100.0, 100.0, 100.0, 100.0, 1) for day in days)
    series = BarSeries.of(bars, ChartRange.MONTH_1, NEW_YORK)

    def at(day: date) -> datetime:
        return datetime.combine(day, time(), UTC)

    seoul = [date(2025, 6, 30), *days[:3], date(2025, 7, 4)]
    assert series.places_of_bars([at(day) for day in seoul]) == [None, 0, 1, 2, 3]
    assert series.places_of_bars([at(date(2025, 7, 8))]) == [3]  # the newest price ends the line


def test_that_what_another_exchange_does_at_night_is_known_from_the_next_morning_on() -> None:
    evening, morning = datetime(2025, 7, 21, 19, 50, tzinfo=UTC), datetime(2025, 7, 22, 13, 30, tzinfo=UTC)
    starts = [evening, evening + timedelta(minutes=5), morning, morning + timedelta(minutes=5)]
    bars = tuple(MinuteBar(start, 100.0, 100.0, 100.0, 100.0, 1) for start in starts)
    series = BarSeries.of(bars, ChartRange.DAY_5, NEW_YORK)
    seoul = [datetime(2025, 7, 22, hour, tzinfo=UTC) for hour in (0, 6)]
    assert series.places_of_bars([evening + timedelta(minutes=2), starts[1], *seoul, starts[3]]) == [
        *(0, 1),
        *(2, 2),
        3,
    ]


def test_that_a_name_that_trades_at_no_time_of_the_chart_is_named(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart, ChartRange.DAY_1)
    times = tuple(bar.start for bar in series.bars if isinstance(bar, MinuteBar))
    night = tuple(each - timedelta(hours=12) for each in times)
    values = tuple(0.1 * place for place in range(len(times)))
    lines = (ComparedLine("NVDA", times, values), ComparedLine("005930.KS", night, values))
    against = Against(("005930.KS",))
    made = Comparison(symbol="NVDA", span=ChartRange.DAY_1, against=against, lines=lines)
    chart.tools.set_against(against)
    chart.show_comparison(made, ["NVDA", "Samsung"])
    assert chart.tools._noted == "no prices in this span: Samsung"


def test_that_fewer_bars_may_come_while_lines_are_compared_that_begin_late(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    late = compared(series, "NVDA", "QQQ")
    lines = tuple(replace(line, times=line.times[60:], values=line.values[60:]) for line in late.lines)
    chart.tools.set_against(late.against)
    chart.show_comparison(replace(late, lines=lines), ["NVDA", "QQQ"])
    chart.show_bars(replace(series, bars=series.bars[:20]), reconstructed=False)
    assert chart.plot is not None
    assert ink_share(chart.plot.grab().toImage(), current_theme().panel) > 0


def test_that_the_compare_menu_asks_for_what_is_ticked_and_the_lines_replace_the_candles(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    chart.tools.offer([Peer("QQQ", "QQQ"), Peer("gpu", "GPUs")])
    with qtbot.waitSignal(chart.against_chosen) as chosen:
        qtbot.mouseClick(chart.tools.compare, Qt.MouseButton.LeftButton)
        menu = chart.tools.findChild(QMenu)
        assert isinstance(menu, QMenu)
        assert [a.text() for a in menu.actions() if a.text()] == ["QQQ", "GPUs", "Another name\u2026"]
        menu.actions()[0].trigger()
        menu.close()
    assert chosen.args == [Against(("QQQ",))]
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    theme = build_theme(ThemeMode.DARK)
    image = chart.grab().toImage()
    assert ink_share(image, theme.up) + ink_share(image, theme.down) == 0
    assert chart.plot is not None
    assert [tag.label for tag in chart.plot.tags.tags] == ["NVDA", "QQQ"]
    assert chart.tools.compare.text() == "Compare 1"
    x = chart.plot.x_of(125)
    assert x is not None
    chart.plot._point(QPointF(x, 60))
    assert chart.plot._readout.text().endswith("QQQ +12.50\u202f%")


def test_that_the_tag_of_a_line_has_room_for_its_whole_name_and_where_it_stands(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    chart.tools.set_against(Against(("SOXX",)))
    chart.show_comparison(compared(series, "NVDA", "SOXX"), ["NVDA", "SOXX"])
    assert chart.plot is not None
    lane = chart.plot.tags
    assert [tag.figure for tag in lane.tags] == ["+12.50\u202f%"] * 2
    assert lane.accessibleName() == "NVDA +12.50\u202f%, SOXX +12.50\u202f%"
    room = max(tag_width(tag.label, tag.figure) for tag in lane.tags)
    qtbot.waitUntil(lambda: lane.width() - EDGE >= room)


def test_that_lines_that_begin_late_fill_the_chart_and_say_from_when(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    assert chart.plot is not None
    whole = chart.plot._box.viewRect().width()
    late = compared(series, "NVDA", "QQQ")
    lines = tuple(replace(line, times=line.times[60:], values=line.values[60:]) for line in late.lines)
    chart.tools.set_against(late.against)
    chart.show_comparison(replace(late, lines=lines), ["NVDA", "QQQ"])
    assert chart.plot._box.viewRect().width() == pytest.approx(whole - 60)
    assert chart.tools._note.text() == f"from {series.time_words(60)}"
    chart.tools.set_against(Against())
    chart.show_comparison(replace(late, against=Against(), lines=()), [])
    assert chart.plot._box.viewRect().width() == pytest.approx(whole)


def test_that_a_reconstructed_chart_stays_called_so_where_lines_begin_late(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart, made_up=True)
    late = compared(series, "NVDA", "QQQ")
    lines = tuple(replace(line, times=line.times[60:], values=line.values[60:]) for line in late.lines)
    chart.resize(900, 320)
    chart.tools.set_against(late.against)
    chart.show_comparison(replace(late, lines=lines), ["NVDA", "QQQ"])
    since = f"from {series.time_words(60)}"
    assert chart.tools._noted == f"reconstructed, {since}"
    tip = chart.tools._note.toolTip()
    assert "Made from documented prices of the day" in tip
    assert f"{since}: Not every line has prices before that" in tip


def test_that_an_answer_to_an_older_choice_is_not_drawn(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])
    assert chart.plot is not None
    assert chart.plot._overlay is None
    chart.tools.set_against(Against(("QQQ", "AMD")))
    names = ["NVDA", "QQQ", "AMD"]
    chart.show_comparison(compared(series, *names), names)
    chart.show_comparison(compared(series, "NVDA", "QQQ"), ["NVDA", "QQQ"])  # came behind a newer one
    overlay = chart.plot._overlay
    assert overlay is not None
    assert [line.name for line in overlay.lines] == names


def test_that_the_market_is_taken_out_from_one_month_on(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    with qtbot.waitSignal(chart.against_chosen) as chosen:
        qtbot.mouseClick(chart.tools.adjusted, Qt.MouseButton.LeftButton)
    assert chosen.args == [Against(adjusted=True)]
    chart.show_comparison(compared(series, "NVDA", adjusted=True), ["NVDA"])
    band = ink_share(chart.grab().toImage(), build_theme(ThemeMode.DARK).band)
    assert band > 1000
    chart.tools.set_range(ChartRange.DAY_1)
    assert not chart.tools.adjusted.isEnabled()


def test_that_a_comparison_is_said_to_be_on_its_way_late_or_without_prices(
    qtbot: QtBot, chart: Chart
) -> None:
    chart.resize(1000, 320)  # the words are long in some fonts
    series, words = show(qtbot, chart), chart.tools._note
    chart.tools.add_peer("QQQ")
    assert words.text() == "comparison on its way"
    chart._patience.timeout.emit()
    assert words.text() == "no comparison so far"
    nothing = replace(compared(series, "NVDA", "QQQ"), missing=("QQQ",))
    chart.show_comparison(nothing, ["NVDA", "QQQ"], ["Nasdaq 100"])
    assert words.text() == "no prices: Nasdaq 100"
    assert not chart._patience.isActive()
    chart.show_comparison(replace(nothing, lines=()), [], ["Nasdaq 100"])
    assert words.text() == "no comparison, no prices: Nasdaq 100"
    chart.show_comparison(replace(nothing, span=ChartRange.DAY_1), ["NVDA"], ["Memory & HBM"])
    assert words.text() == "no prices by the minute: Memory & HBM"
    chart.tools._choose(Against())
    assert words.text() == ""


@pytest.mark.parametrize(("before", "told"), [(2, False), (5, True)])
def test_that_the_axis_begins_where_the_lines_do_and_no_blank_is_left(
    qtbot: QtBot, chart: Chart, before: int, *, told: bool
) -> None:
    series = show(qtbot, chart)
    assert chart.plot is not None
    late = compared(series, "NVDA", "QQQ")
    lines = tuple(
        replace(line, times=line.times[before:], values=line.values[before:]) for line in late.lines
    )
    chart.tools.set_against(late.against)
    chart.show_comparison(replace(late, lines=lines), ["NVDA", "QQQ"])
    x = chart.plot.x_of(before)
    assert x is not None
    assert 0 <= x < 10
    assert bool(chart.tools._note.text()) is told
    chart.plot._box.setXRange(-1, 60, padding=0)
    assert chart.plot._box.viewRect().left() >= before - 1


def test_that_the_name_of_a_compared_layer_is_written_whole_where_there_is_room(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    names = ["NVDA", "GPUs & accelerators"]
    chart.tools.set_against(Against(("gpu",)))
    chart.show_comparison(compared(series, "NVDA", "gpu"), names)
    assert chart.plot is not None
    lane = chart.plot.tags
    room = max(tag_width(tag.label, tag.figure) for tag in lane.tags)
    qtbot.waitUntil(lambda: lane.width() - EDGE >= room)


def test_that_what_was_typed_to_compare_with_is_taken_away_like_what_is_offered(
    qtbot: QtBot, chart: Chart
) -> None:
    show(qtbot, chart)
    chart.tools.add_peer("AVGO")
    qtbot.mouseClick(chart.tools.compare, Qt.MouseButton.LeftButton)
    menu = chart.tools.findChild(QMenu)
    assert menu is not None
    (typed,) = [action for action in menu.actions() if action.text() == "AVGO"]
    assert typed.isChecked()
    typed.trigger()
    assert chart.tools.against.others == ()
    menu.close()


def test_that_a_fifth_name_to_compare_with_is_not_offered_and_none_is_dropped_for_it(
    qtbot: QtBot, chart: Chart
) -> None:
    show(qtbot, chart)
    chart.tools.offer([Peer("QQQ", "Nasdaq 100 & more"), Peer("gpus", "GPUs")])
    four = ("AVGO", "AMD", "QQQ", "MU")
    for symbol in four:
        chart.tools.add_peer(symbol)
    with qtbot.waitSignal(chart.tools.refused) as refused:
        chart.tools.add_peer("INTC")
    assert worded(refused.args[0]) == "The chart compares at most 4 names: take one away first"
    assert chart.tools.against.others == four
    qtbot.mouseClick(chart.tools.compare, Qt.MouseButton.LeftButton)
    menu = chart.tools.findChild(QMenu)
    assert menu is not None
    offered = {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}
    assert offered == {
        "Nasdaq 100 && more": True,
        "GPUs": False,
        "AVGO": True,
        "AMD": True,
        "MU": True,
        "The chart compares at most 4 names: take one away first": False,
        "Another name\u2026": False,
        "Compare with nothing": True,
    }
    menu.close()
