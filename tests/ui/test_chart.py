"""The chart: places of bars, ticks, flags, the lazily built plot."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QImage, QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QAbstractButton, QMenu, QStyleOptionGraphicsItem, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.scene import dress_in, speak

from stackwatch.domain.comparison import Against, ComparedLine, Comparison
from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import ChartRange, CorporateActions, DailyBar, Dividend, MinuteBar, Split
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.action_words import dividend_words, factor_words
from stackwatch.domain.words.format import percent
from stackwatch.providers.calendars import ExchangeCalendars
from stackwatch.storage.locations import shipped
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_actions import action_flags
from stackwatch.ui.chart.chart_canvas import ChartCanvas, ChartDrawing, _Pixels
from stackwatch.ui.chart.chart_flags import Flag, FlagKind, place_flags
from stackwatch.ui.chart.chart_items import AlertLine, BarSeries, with_grown
from stackwatch.ui.chart.chart_overlay import percent_ticks
from stackwatch.ui.chart.chart_tags import EDGE, TAG_HEIGHT, ChartTag, TagKind, TagLane, spread, tag_width
from stackwatch.ui.chart.chart_ticks import AxisTick, TimeTicks, price_ticks, thinned
from stackwatch.ui.chart.chart_tools import Peer
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.dress import reword
from stackwatch.ui.kit.language import use_language, worded
from stackwatch.ui.kit.theme import Role, ThemeMode, build_theme, current_theme, use_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NEW_YORK = "America/New_York"


@pytest.fixture
def chart(qtbot: QtBot) -> Chart:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.resize(728, 320)
    chart.show()
    return chart


def show(
    qtbot: QtBot, chart: Chart, span: ChartRange = ChartRange.MONTH_6, *, made_up: bool = False
) -> BarSeries:
    bars = scene.minute_bars() if span is ChartRange.DAY_1 else scene.daily_bars()
    series = BarSeries.of(bars, span, NEW_YORK)
    chart.show_last(167.03, "167.03")
    chart.show_bars(series, reconstructed=made_up)
    qtbot.waitUntil(lambda: chart.plot is not None)
    return series


def july(calendar: str) -> tuple[TradingSession, ...]:
    """Return the sessions of July 2025 as the shipped calendars know them."""
    calendars = ExchangeCalendars(Path(), shipped=shipped("resources") / "calendars")
    return calendars.sessions(calendar, date(2025, 7, 1), date(2025, 7, 31))


def ticks(series: BarSeries, pitch: float = 100.0) -> list[AxisTick]:
    return TimeTicks(series).within(0, len(series.bars), pitch)


def flag(key: str, place: int = 0) -> Flag:
    return Flag(FlagKind.STORY, key, place, key)


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


def test_that_nights_and_weekends_take_no_room() -> None:
    series = BarSeries.of(scene.daily_bars(10), ChartRange.MONTH_1, NEW_YORK)
    assert len(series.bars) == 10
    assert series.place_of(datetime(2025, 7, 22, 15, tzinfo=UTC)) == 9
    assert series.place_of(datetime(2025, 7, 21, 15, tzinfo=UTC)) == 8


def test_that_news_after_the_close_belongs_to_the_next_session() -> None:
    series = BarSeries.of(scene.daily_bars(10), ChartRange.MONTH_1, NEW_YORK, july("XNYS"))
    assert series.place_of(datetime(2025, 7, 21, 22, 2, tzinfo=UTC)) == 9
    assert series.place_of(datetime(2020, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("calendar", "zone", "hour", "minute", "place"),
    [
        ("XNYS", "America/New_York", 15, 59, 8),
        ("XNYS", "America/New_York", 16, 0, 9),
        ("XLON", "Europe/London", 16, 29, 8),
        ("XLON", "Europe/London", 16, 30, 9),
        ("", "Europe/London", 23, 59, 8),  # of a year that is not known
    ],
)
def test_that_the_close_that_parts_news_comes_with_the_bars(
    calendar: str, zone: str, hour: int, minute: int, place: int
) -> None:
    series = BarSeries.of(scene.daily_bars(10), ChartRange.MONTH_1, zone, july(calendar) if calendar else ())
    assert series.place_of(datetime(2025, 7, 21, hour, minute, tzinfo=ZoneInfo(zone))) == place


def test_that_news_of_a_night_stands_at_the_first_bar_that_could_answer_it() -> None:
    monday, tuesday = (datetime(2025, 7, day, 13, 30, tzinfo=UTC) for day in (21, 22))
    starts = [day + timedelta(minutes=n) for day in (monday, tuesday) for n in range(390)]
    bars = [MinuteBar(start, 100, 101, 99, 100, 5) for start in starts]
    series, opening = BarSeries.of(bars, ChartRange.DAY_5, NEW_YORK), 390
    assert series.place_of(tuesday - timedelta(hours=15)) == opening
    assert series.place_of(tuesday + timedelta(seconds=59)) == opening
    assert series.place_of(tuesday + timedelta(days=1)) == len(bars) - 1
    assert series.place_of(monday - timedelta(hours=1)) is None


def test_that_five_years_are_drawn_by_the_week() -> None:
    days = [
        DailyBar(date(2025, 7, d), 10 + d, 12 + d, 9 + d, 11 + d, 100) for d in (14, 15, 16, 17, 18, 21, 22)
    ]
    series = BarSeries.of(days, ChartRange.YEAR_5, NEW_YORK)
    week = series.bars
    assert series.words(0).startswith("Week to Fri ")
    assert series.spoken(0, 2).startswith("Week to Fri ")
    use_language(Language.KOREAN)
    assert "(금)까지 한 주   시 " in series.words(0)
    assert len(week) == 2
    assert (week[0].open, week[0].high, week[0].low, week[0].close, week[0].volume) == (24, 30, 23, 29, 500)


def test_that_months_are_named_in_both_languages() -> None:
    series = BarSeries.of(scene.daily_bars(), ChartRange.MONTH_6, NEW_YORK)
    assert [t.label for t in ticks(series)][-2:] == ["Jun", "Jul"]
    use_language(Language.KOREAN)
    assert [t.label for t in ticks(series)][-1] == "7월"


def test_that_time_ticks_never_crowd() -> None:
    series = BarSeries.of(scene.daily_bars(), ChartRange.MONTH_6, NEW_YORK)
    assert all(b.at - a.at >= 58 for a, b in pairwise(ticks(series, 1.0)))


def labels(series: BarSeries, pitch: float) -> list[str]:
    return [tick.label for tick in TimeTicks(series).within(-0.8, len(series.bars) - 0.2, pitch)]


def test_that_of_a_few_bars_each_is_named() -> None:
    opening = datetime(2025, 7, 22, 9, 30)  # noqa: DTZ001 - local
    first = BarSeries.of(
        minutes(NEW_YORK, (opening, opening + timedelta(minutes=3))), ChartRange.DAY_1, NEW_YORK
    )
    assert labels(first, 90) == ["09:30", "09:31", "09:32"]
    day = minutes(NEW_YORK, (opening, opening.replace(hour=16, minute=0)))
    assert labels(BarSeries.of(day, ChartRange.DAY_1, NEW_YORK), 1.6)[0] == "10:00"  # not 09:30, at the edge
    two = BarSeries.of(scene.daily_bars(2), ChartRange.MONTH_1, NEW_YORK)
    assert labels(two, 200) == ["21 Jul", "22 Jul"]


def test_that_the_axis_says_when_trading_went_on_after_a_halt() -> None:
    day = datetime(2025, 7, 22)  # noqa: DTZ001 - local
    before = (day.replace(hour=9, minute=30), day.replace(hour=10, minute=30))
    after = (day.replace(hour=11, minute=41), day.replace(hour=14))
    halted = BarSeries.of(minutes(NEW_YORK, before, after), ChartRange.DAY_1, NEW_YORK)
    assert labels(halted, 3) == ["10:00", "11:41", "13:00"]


def test_that_ticks_without_room_are_left_out_evenly_and_a_new_year_stays() -> None:
    year = [bar for bar in scene.daily_bars(300) if date(2024, 8, 1) <= bar.day <= date(2025, 7, 22)]
    told = labels(BarSeries.of(year, ChartRange.YEAR_1, NEW_YORK), 2.7)
    assert told == ["Sep", "Nov", "2025", "Mar", "May", "Jul"]


def test_that_a_zoomed_chart_has_ticks_of_finer_periods(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
    assert {tick.label for tick in plot._canvas._drawing.times} <= {"Feb", "Mar", "Apr", "May", "Jun", "Jul"}
    plot._box.setXRange(60, 72, padding=0)
    times = plot._canvas._drawing.times
    assert len(times) >= 3
    assert all(len(tick.label.split()) == 2 for tick in times)  # days
    assert all(60 <= tick.at <= 72 for tick in times)


def test_that_the_axis_has_the_decimals_of_the_price() -> None:
    assert [t.label for t in price_ticks(0.4, 0.43, 60, 4)] == ["0.4000", "0.4100", "0.4200", "0.4300"]
    assert [t.label for t in price_ticks(905, 945, 60, 0)] == ["920", "940"]  # won
    assert [t.label for t in price_ticks(99.9, 100.3, 400)][:3] == ["99.90", "99.95", "100.00"]


def test_that_no_number_of_the_axis_touches_a_tag(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    lane = TagLane(parent)
    lane.put([ChartTag(TagKind.LAST, "167.03", 100)], QRect(0, 0, 60, 200))
    tall = QFontMetrics(current_theme().font(Role.CAPTION)).tightBoundingRect("170").height()
    middle = next(y for y in range(99, 0, -1) if not lane.covers(y))
    assert middle + tall / 2 < 100 - TAG_HEIGHT / 2 - 1


def test_that_what_is_read_covers_no_bar(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
    plot._point(QPointF(60, 60))
    assert plot._readout.geometry().bottom() <= plot.y_of(max(bar.high for bar in series.bars))


@pytest.mark.parametrize(
    ("language", "span", "words"),
    [
        (Language.ENGLISH, ChartRange.DAY_1, "ET"),
        (Language.KOREAN, ChartRange.DAY_1, "뉴욕"),
        (Language.ENGLISH, ChartRange.MONTH_6, ""),
    ],
)
def test_that_an_axis_of_hours_says_whose_they_are(
    qtbot: QtBot, chart: Chart, language: Language, span: ChartRange, words: str
) -> None:
    use_language(language)
    show(qtbot, chart, span)
    assert chart.plot is not None
    zone = chart.plot._widget.zone
    assert zone.text() == words
    assert zone.geometry().left() >= chart.plot._box.width()
    assert zone.geometry().top() >= chart.plot._box.height()


def test_that_the_first_minute_of_a_day_is_seen(qtbot: QtBot, chart: Chart) -> None:
    chart.show_bars(BarSeries.of(scene.minute_bars()[:1], ChartRange.DAY_1, NEW_YORK), reconstructed=False)
    qtbot.waitUntil(lambda: chart.plot is not None)
    assert chart.plot is not None
    assert ink_share(chart.plot._widget.grab().toImage(), current_theme().t1) > 0


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


def test_that_two_flags_at_one_bar_stand_side_by_side_and_four_become_a_count() -> None:
    two = place_flags([(100, flag("a")), (101, flag("b"))], 700)
    assert two[1].left - two[0].left == 18
    four = place_flags([(100, flag(k)) for k in "abcd"], 700)
    assert [len(p.flags) for p in four] == [4]


def test_that_flags_of_many_days_stay_above_their_days_and_no_count_is_of_a_month() -> None:
    days = [(400 + day * 6, flag(f"{day} {n}", day)) for day in range(26) for n in range(2)]
    placed = place_flags(days, 700)
    middle_of = {f.id: p.left + 8 for p in placed for f in p.flags}
    assert len(middle_of) == len(days)  # none is lost
    assert all(abs(middle_of[f.id] - x) <= 18 for x, f in days)
    assert all(b.left - a.left >= 18 for a, b in pairwise(placed))


def test_that_flags_for_which_the_next_day_leaves_no_room_become_a_count() -> None:
    days = [(100 + day * 24, flag(f"{day} {n}", day)) for day in range(20) for n in range(3)]
    placed = place_flags(days, 700)
    assert all(abs(p.left + 8 - (100 + p.flags[0].place * 24)) <= 36 for p in placed)


def test_that_a_flag_at_the_edge_stays_inside() -> None:
    placed = place_flags([(699, flag("a")), (2, flag("b"))], 700)
    assert placed[0].left >= 0
    assert placed[-1].left + 16 <= 700


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


def ink_share(image: QImage, colour: QColor) -> int:
    found = 0
    for y in range(image.height()):
        for x in range(image.width()):
            found += image.pixelColor(x, y) == colour
    return found


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


def test_that_a_click_on_a_flag_names_its_story(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    chart.show_flags([Flag(FlagKind.STORY, "slow", 60, "slow to start")], "")
    placed = chart.lane._placed[0]
    with qtbot.waitSignal(chart.story_picked) as picked:
        qtbot.mouseClick(chart.lane, Qt.MouseButton.LeftButton, pos=chart.lane.rect_of(placed).center())
    assert picked.args == ["slow"]


def test_that_flags_grow_with_the_text_and_are_clicked_where_they_are_drawn(
    qtbot: QtBot, chart: Chart
) -> None:
    dress_in(chart, build_theme(ThemeMode.DARK, base_px=16))
    show(qtbot, chart)
    chart.show_flags([Flag(FlagKind.STORY, key, 60, key) for key in ("older", "newer")], "")
    first, second = (chart.lane.rect_of(placed) for placed in chart.lane._placed)
    assert chart.lane.rect().contains(first)
    assert first.height() == 21
    assert not first.intersects(second)
    for rect, story in ((first, "older"), (second, "newer")):
        with qtbot.waitSignal(chart.story_picked) as picked:
            qtbot.mouseClick(chart.lane, Qt.MouseButton.LeftButton, pos=rect.bottomRight() - QPoint(1, 1))
        assert picked.args == [story]


def test_that_flags_are_walked_and_opened_by_key_and_a_count_offers_each(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    many = [Flag(FlagKind.STORY, f"s{n}", 100, f"story {n}") for n in range(4)]
    chart.show_flags([Flag(FlagKind.ALERT, "fell", 20, "fell 4 %"), *many], "")
    lane = chart.lane
    with qtbot.waitActive(chart):
        chart.activateWindow()
    lane.setFocus(Qt.FocusReason.TabFocusReason)
    assert lane.accessibleName() == "story 0, story 1, story 2, story 3, flag 2 of 2"
    qtbot.keyClick(lane, Qt.Key.Key_Return)
    assert [action.text() for action in lane.menu.actions()] == ["story 3", "story 2", "story 1", "story 0"]
    with qtbot.waitSignal(chart.story_picked) as picked:
        lane.menu.actions()[2].trigger()
    lane.menu.close()
    qtbot.keyClick(lane, Qt.Key.Key_Left)
    assert lane.accessibleName() == "fell 4 %, flag 1 of 2"
    with qtbot.waitSignal(chart.alert_picked) as alert:
        qtbot.keyClick(lane, Qt.Key.Key_Space)
    assert (picked.args, alert.args) == (["s1"], ["fell"])


def test_that_the_crosshair_reads_the_bar_under_the_pointer(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
    plot._point(QPointF(plot.x_of(125) or 0.0, 60))
    last = series.bars[-1]
    newer = replace(series, bars=(*series.bars[:-1], replace(last, close=last.close + 1, high=last.high + 1)))
    chart.grow(newer)
    assert plot._readout.text() == newer.words(125) != series.words(125)


def test_that_the_crosshair_stays_under_a_pointer_that_rests_while_the_view_is_zoomed(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
    half = plot._widget.right.style["tickFont"].pixelSize() * 0.45
    for cents in range(12_000, 16_000, 130):
        chart.show_last(cents / 100, f"{cents / 100:.2f}")
        (top,) = plot.tags._tops
        shown = [plot.y_of(price) for level in plot._widget.right._tickLevels for price, _ in level]
        assert shown
        assert all(y + half <= top or y - half >= top + plot.tags._tall for y in shown)


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


def test_that_few_bars_have_ticks_of_finer_periods() -> None:
    few = BarSeries.of(scene.daily_bars(4), ChartRange.MONTH_6, NEW_YORK)
    assert [tick.label for tick in ticks(few)] == ["18 Jul", "21 Jul", "22 Jul"]
    half_a_year = BarSeries.of(scene.daily_bars(), ChartRange.YEAR_5, NEW_YORK)
    assert [tick.label for tick in ticks(half_a_year)][-2:] == ["Jun", "Jul"]
    day = BarSeries.of(scene.minute_bars(), ChartRange.DAY_5, NEW_YORK)
    assert "10:00" in [tick.label for tick in ticks(day)]


def test_that_a_chart_without_bars_is_not_called_reconstructed(chart: Chart) -> None:
    chart.show_bars(BarSeries.of((), ChartRange.MONTH_6, NEW_YORK), reconstructed=True)
    assert not chart.tools._note.isVisible()


def test_that_a_long_price_has_its_room_again_after_a_comparison(qtbot: QtBot, chart: Chart) -> None:
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart, ChartRange.DAY_1)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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


def test_that_splits_and_dividends_are_flags_at_their_day() -> None:
    series = BarSeries.of(scene.daily_bars(), ChartRange.MONTH_6, NEW_YORK)
    day = date(2025, 7, 21)
    actions = CorporateActions(
        (Split(day, 10.0), Split(date(2019, 1, 2), 2.0)), (Dividend(date(2025, 7, 20), 0.01),)
    )
    flags = action_flags(actions, series, "USD")
    assert [(f.kind, f.place, f.words) for f in flags] == [
        (FlagKind.SPLIT, series.place_of_day(day), "21 Jul 2025: 10-for-1 split"),
        (FlagKind.DIVIDEND, series.place_of_day(day), "20 Jul 2025: dividend 0.01 USD"),
    ]
    use_language(Language.KOREAN)
    korean = action_flags(actions, series, "USD")
    assert [f.words for f in korean] == ["2025-07-21(월): 주식분할 1:10", "2025-07-20(일): 배당 0.01달러"]


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1.5, "3-for-2 split"),
        (0.1, "1-for-10 reverse split"),
        (4 / 3, "4-for-3 split"),
        (20, "20-for-1 split"),
    ],
)
def test_that_a_split_is_named_in_whole_shares(factor: float, words: str) -> None:
    assert factor_words(factor, Language.ENGLISH) == words


def test_that_a_dividend_in_won_has_no_cents() -> None:
    paid = Dividend(date(2025, 7, 21), 361.0)
    assert dividend_words(paid, "KRW", Language.KOREAN) == "배당 361원"
    assert dividend_words(paid, "SEK", Language.KOREAN) == "배당 361.00 SEK"


def test_that_a_click_on_the_flag_of_a_split_opens_nothing(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    chart.show_flags([Flag(FlagKind.SPLIT, "s", 60, "2-for-1 split")], "")
    placed = chart.lane._placed[0]
    with qtbot.assertNotEmitted(chart.story_picked), qtbot.assertNotEmitted(chart.alert_picked):
        qtbot.mouseClick(chart.lane, Qt.MouseButton.LeftButton, pos=chart.lane.rect_of(placed).center())
    assert chart.lane.accessibleName() == "2-for-1 split"


def compared(series: BarSeries, *ids: str, adjusted: bool = False) -> Comparison:
    times = tuple(
        datetime(bar.day.year, bar.day.month, bar.day.day, tzinfo=UTC)
        for bar in series.bars
        if isinstance(bar, DailyBar)
    )
    values = tuple(0.1 * place for place in range(len(times)))
    against = Against(adjusted=True) if adjusted else Against(ids[1:])
    return Comparison(
        symbol=ids[0],
        span=series.chart_range,
        against=against,
        lines=tuple(ComparedLine(key, times, values) for key in ids),
        usual=values if adjusted else (),
    )


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


def test_that_an_alert_line_is_dragged_to_another_price(qtbot: QtBot, chart: Chart) -> None:
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
    price = round(plot._box.viewRect().center().y())
    chart.show_alerts([AlertLine(rule_id="r1", price=price, label=f"{price}.00", note="alert, far away")])
    viewport, at = plot._widget.viewport(), QPoint(200, plot.y_of(price))
    plot._point(QPointF(viewport.mapTo(plot._widget, at + QPoint(0, -40))))
    assert plot._cross is not None
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseMove(viewport, at + QPoint(0, 30))
    assert plot._cross is None  # nothing of it stays behind
    dragged = plot._dragged
    assert dragged is not None
    assert dragged.label == f"{dragged.price:,.2f}"
    assert dragged.note == percent((dragged.price / 167.03 - 1.0) * 100.0, 1)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=at + QPoint(0, 30))


def test_that_the_crosshair_has_its_price_on_the_axis_and_no_other_tag_gives_way(
    qtbot: QtBot, chart: Chart
) -> None:
    series = show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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
    show(qtbot, chart)
    plot = chart.plot
    assert plot is not None
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


def test_that_extended_hours_are_shaded_and_whole_sessions_are_not() -> None:
    bars = scene.minute_bars()
    first, last = bars[10].start, bars[-5].start
    series = BarSeries.of(bars, ChartRange.DAY_1, NEW_YORK, (TradingSession(first.date(), first, last),))
    assert series.extended() == ((0, 9), (len(bars) - 5, len(bars) - 1))
    assert BarSeries.of(bars, ChartRange.DAY_1, NEW_YORK).extended() == ()


def minutes(zone: str, *stretches: tuple[datetime, datetime]) -> tuple[MinuteBar, ...]:
    """Return one-minute bars between local times."""
    made = []
    for begin, end in stretches:
        first = begin.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        count = (end - begin) // timedelta(minutes=1)
        made += [MinuteBar(first + timedelta(minutes=n), 100, 101, 99, 100, 5) for n in range(count)]
    return tuple(made)


def test_that_a_lunch_break_and_midnight_are_told_on_the_axis() -> None:
    day = datetime(2025, 7, 22)  # noqa: DTZ001 - local
    morning = (day.replace(hour=9), day.replace(hour=11, minute=30))
    afternoon = (day.replace(hour=12, minute=30), day.replace(hour=15, minute=30))
    tokyo = BarSeries.of(minutes("Asia/Tokyo", morning, afternoon), ChartRange.DAY_1, "Asia/Tokyo")
    told = [tick.label for tick in ticks(tokyo)]
    assert told == ["10:00", "11:00", "12:30", "13:00", "14:00", "15:00"]
    session = minutes(NEW_YORK, (day.replace(hour=4), day.replace(hour=20)))
    use_language(Language.KOREAN)
    seoul = ticks(BarSeries.of(session, ChartRange.DAY_1, "Asia/Seoul"))
    assert "7월 23일" in [tick.label for tick in thinned(seoul, 0.3)]  # hours give way to the new day
    assert "00:00" not in [tick.label for tick in seoul]


def test_that_the_hours_around_a_half_day_are_shaded_keep_their_grid_and_are_named(
    qtbot: QtBot, chart: Chart
) -> None:
    day = datetime(2025, 11, 28)  # noqa: DTZ001 - the day after Thanksgiving, local
    bars = minutes(NEW_YORK, (day.replace(hour=4), day.replace(hour=17)))
    opened = datetime(2025, 11, 28, 14, 30, tzinfo=UTC)
    half_day = TradingSession(opened.date(), opened, opened + timedelta(hours=3, minutes=30))
    series = BarSeries.of(bars, ChartRange.DAY_1, NEW_YORK, (half_day,))
    assert series.extended() == ((0, 329), (540, 779))
    chart.show_bars(series, reconstructed=False)
    qtbot.waitUntil(lambda: chart.plot is not None)
    plot, theme = chart.plot, build_theme(ThemeMode.DARK)
    assert plot is not None
    tick = next(t for t in plot._canvas._drawing.times if t.at < 300)
    image = plot.grab().toImage()
    x, y = round(plot.x_of(round(tick.at)) or 0), 40
    assert {image.pixelColor(x + n, y).name() for n in (-1, 0, 1)} >= {theme.line2.name(), theme.band.name()}
    for place, named in ((100, True), (400, False), (700, True)):
        plot._point(QPointF(plot.x_of(place) or 0, 60))
        assert plot._readout.text().endswith("extended hours") is named


def test_that_tags_never_cover_each_other() -> None:
    tags = [ChartTag(TagKind.LINE, str(n), 100 + n) for n in range(3)] + [ChartTag(TagKind.LAST, "x", 199)]
    tops = sorted(spread(tags, 200))
    assert all(after - before > TAG_HEIGHT for before, after in pairwise(tops))
    assert tops[-1] + TAG_HEIGHT <= 200


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
