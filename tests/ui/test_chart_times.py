"""The time of a chart: the bar that could first answer to news, ticks of every period, extended hours."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.chart_scene import NEW_YORK, ink_share, plotted, show

from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.domain.watchlist import Language
from stackwatch.providers.calendars import ExchangeCalendars
from stackwatch.storage.locations import shipped
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.chart.chart_ticks import AxisTick, TimeTicks, thinned
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import ThemeMode, build_theme, current_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def july(calendar: str) -> tuple[TradingSession, ...]:
    """Return the sessions of July 2025 as the shipped calendars know them."""
    calendars = ExchangeCalendars(Path(), shipped=shipped("resources") / "calendars")
    return calendars.sessions(calendar, date(2025, 7, 1), date(2025, 7, 31))


def ticks(series: BarSeries, pitch: float = 100.0) -> list[AxisTick]:
    return TimeTicks(series).within(0, len(series.bars), pitch)


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
    _, plot = plotted(qtbot, chart)
    assert {tick.label for tick in plot._canvas._drawing.times} <= {"Feb", "Mar", "Apr", "May", "Jun", "Jul"}
    plot._box.setXRange(60, 72, padding=0)
    times = plot._canvas._drawing.times
    assert len(times) >= 3
    assert all(len(tick.label.split()) == 2 for tick in times)  # days
    assert all(60 <= tick.at <= 72 for tick in times)


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


def test_that_few_bars_have_ticks_of_finer_periods() -> None:
    few = BarSeries.of(scene.daily_bars(4), ChartRange.MONTH_6, NEW_YORK)
    assert [tick.label for tick in ticks(few)] == ["18 Jul", "21 Jul", "22 Jul"]
    half_a_year = BarSeries.of(scene.daily_bars(), ChartRange.YEAR_5, NEW_YORK)
    assert [tick.label for tick in ticks(half_a_year)][-2:] == ["Jun", "Jul"]
    day = BarSeries.of(scene.minute_bars(), ChartRange.DAY_5, NEW_YORK)
    assert "10:00" in [tick.label for tick in ticks(day)]


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
