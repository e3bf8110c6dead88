"""The detail side as a whole."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.scene import RecordedCommands, dress_in, speak

from stackwatch.domain.armed import PriceLevel
from stackwatch.domain.comparison import Against, ComparedLine, Comparison
from stackwatch.domain.currency import FxRate
from stackwatch.domain.earnings import Earnings
from stackwatch.domain.events import (
    AlertsLoaded,
    AlertUpdated,
    ArmedChanged,
    BarGrown,
    BarsLoaded,
    ClockTicked,
    ComparisonLoaded,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    RulesStored,
    StoriesChanged,
)
from stackwatch.domain.fault_events import SymbolsRefused
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.news import Mention
from stackwatch.domain.quote import (
    ChartRange,
    DailyBar,
    HistorySummary,
    MinuteBar,
    Quote,
    QuoteState,
    Refusal,
    Session,
    VolumeSoFar,
)
from stackwatch.domain.rule import Direction, RuleKind
from stackwatch.domain.watchlist import BilingualName, Language, Layer, Relation, Watchlist
from stackwatch.ui.alerts.inbox_model import AlertRow
from stackwatch.ui.alerts.toast_facts import toast_facts
from stackwatch.ui.chart.chart_items import AlertLine
from stackwatch.ui.chart.peer_field import PeerField
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.detail.detail_tabs import DetailTab
from stackwatch.ui.detail.equation import Equation
from stackwatch.ui.detail.exposure_panel import ExposureColumns, ExposureDelegate, ExposurePanel, ExposureRow
from stackwatch.ui.detail.headlines_panel import ListedStory
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.kit.theme import Ink, ThemeMode, build_theme, current_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT
from stackwatch.ui.snapshot import Snapshot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Detail:
    """The panel with what it asked for."""

    def alert_rows(self) -> list[AlertRow]:
        return [row for row in self.panel.alerts.rows_model().rows if isinstance(row, AlertRow)]

    def __init__(self, qtbot: QtBot, entity_id: str = "NVDA", *, fed: bool = True) -> None:
        self.commands = RecordedCommands()
        self.panel = DetailPanel(scene.ecosystem(), self.commands)
        qtbot.addWidget(self.panel)
        self.panel.resize(728, 684)
        for page in (self.panel.headlines, self.panel.exposure.list, self.panel.alerts):
            QAbstractItemModelTester(
                page.rows_model(), QAbstractItemModelTester.FailureReportingMode.Fatal, self.panel
            )
        self.panel.show_entity(entity_id)
        for event in scene.nvda_events() if fed else ():
            self.panel.apply(event)
        self.panel.settle()
        self.panel.show()

    def words(self) -> list[str]:
        return [t.text() for t in self.panel.hero.findChildren(ElidedText) if t.isVisibleTo(self.panel.hero)]

    def quote(self, quote: Quote) -> None:
        self.panel.apply(QuotesChanged((quote,)))
        self.panel.settle()


@pytest.fixture
def detail(qtbot: QtBot) -> Detail:
    return Detail(qtbot)


def test_that_a_panel_without_a_name_says_so_instead_of_showing_empty_parts(qtbot: QtBot) -> None:
    panel = DetailPanel(scene.ecosystem(), RecordedCommands())
    qtbot.addWidget(panel)
    panel.resize(728, 684)
    panel.show()
    parts = (panel.hero, panel.card, panel.chart, panel.barometer, panel._pages, *panel.tabs.heads.values())
    assert not any(part.isVisible() for part in parts)
    ground = panel.grab().toImage()
    shades = {ground.pixelColor(x, y).lightness() for x in range(728) for y in range(340, 370)}
    assert len(shades) > 2, "a sentence in the middle"
    panel.show_entity("NVDA")
    assert all(
        part.isVisible() for part in (panel.hero, panel.card, panel._pages, *panel.tabs.heads.values())
    )


def test_that_the_hero_says_who_how_much_when_and_against_what(detail: Detail) -> None:
    words = detail.words()
    assert {"NVDA", "NVIDIA", "Nasdaq \u00b7 USD", "167.03", "\u22122.54\u202f%", "at close 16:00 ET"} <= set(
        words
    )
    assert "SPY +0.06\u202f%   QQQ \u22120.52\u202f%" in words  # a fund is not called by its index
    detail.quote(replace(scene.NVDA, symbol="^GSPC", price=101.0, previous_close=100.0))
    assert "S&P 500 +1.00\u202f%   QQQ \u22120.52\u202f%" in detail.words()
    assert detail.panel.hero._change._text == "\u22124.35"


@pytest.mark.parametrize("width", [420, 530, 1200])
def test_that_what_a_company_does_has_what_room_is_left_and_cuts_nothing_else(
    detail: Detail, width: int
) -> None:
    hero = detail.panel.hero
    detail.panel.resize(width, 684)
    QTest.qWait(1)
    assert hero._business.text() == "GPUs and networks for AI data centres"
    for part in (hero._symbol, hero._name, hero._place, hero._market):
        assert part.width() >= QFontMetrics(part.font()).horizontalAdvance(part.text()), part.text()
    whole = hero._business.width() >= QFontMetrics(hero._business.font()).horizontalAdvance(
        hero._business.text()
    )
    assert whole is (width == 1200)
    assert hero._business.isVisible() is (width > 420)  # three letters of it say nothing
    assert (hero._business.text() in hero._name.toolTip()) is (width == 420)
    assert hero._market.geometry().right() <= hero.width()


def test_that_bars_are_asked_for_when_the_walk_through_the_list_rests(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "ARM", fed=False)
    detail.panel.show_entity("NVDA")
    qtbot.waitUntil(lambda: bool(detail.commands.calls))
    assert detail.commands.calls == [("request_bars", "NVDA", ChartRange.MONTH_6)]


def test_that_another_span_is_asked_for_and_late_bars_of_the_old_one_are_ignored(
    qtbot: QtBot, detail: Detail
) -> None:
    qtbot.waitUntil(lambda: bool(detail.commands.calls))
    detail.panel.set_range(ChartRange.DAY_1)
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, scene.daily_bars()))
    assert detail.panel.chart.series is None
    qtbot.waitUntil(lambda: ("request_bars", "NVDA", ChartRange.DAY_1) in detail.commands.calls)
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, scene.minute_bars()))
    assert detail.panel.chart.series is not None


def test_that_the_chart_follows_grown_bars_at_most_once_a_second(detail: Detail) -> None:
    panel = detail.panel
    panel.set_range(ChartRange.DAY_1)
    bars = scene.minute_bars()
    panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, bars))
    first = panel.chart.series
    start = bars[-1].start
    for minute in range(1, 30):
        bar = replace(bars[-1], start=start + timedelta(minutes=minute))
        panel.apply(BarGrown("NVDA", ChartRange.DAY_1, (bar,)))
        panel.apply(BarGrown("AMD", ChartRange.DAY_1, (bar,)))
    assert panel.chart.series is first
    panel.pane._growth.timeout.emit()
    assert panel.chart.series is not None
    assert len(panel.chart.series.bars) == len(bars) + 29


def test_that_tabs_count_what_they_hold_and_turn_the_page(qtbot: QtBot, detail: Detail) -> None:
    tabs = detail.panel.tabs.heads
    assert [tab.accessibleName() for tab in tabs.values()] == [
        "Headlines 4",
        "Exposure 1",
        "Substance",
        "Alerts 2",
    ]
    qtbot.mouseClick(tabs[DetailTab.EXPOSURE], Qt.MouseButton.LeftButton)
    assert detail.panel.exposure.isVisible()
    qtbot.mouseClick(tabs[DetailTab.ALERTS], Qt.MouseButton.LeftButton)
    assert detail.panel.alerts.isVisible()


def test_that_a_story_tied_only_by_its_path_is_among_the_headlines(detail: Detail) -> None:
    assert "NVDA" not in scene.SLOW.entities
    assert "slow" in [row.key for row in detail.panel.headlines.rows_model().rows]


def test_that_a_link_reported_later_is_shown_and_not_used(detail: Detail) -> None:
    rows = [row for row in detail.panel.exposure.list.rows_model().rows if isinstance(row, ExposureRow)]
    assert [(row.who, row.used) for row in rows] == [("Stargate", True), ("OpenAI", False)]
    assert rows[1].publisher == "reported later, not used"


def test_that_a_link_that_a_later_report_ended_is_shown_and_not_used(qtbot: QtBot) -> None:
    """The map and the reason of a move knew; the list beside them coloured the share as exposed."""
    sold = scene.link("9984.T", "NVDA", Relation.FORMER, date(2025, 6, 1), "SoftBank")
    held = replace(sold, relation=Relation.EQUITY, since=date(2024, 6, 1))
    window = QWidget()
    qtbot.addWidget(window)
    panel = ExposurePanel(Snapshot(replace(scene.ecosystem(), exposures=(held, sold))), window)
    for entity in ("NVDA", "9984.T"):
        panel.render_entity(entity)
        rows = [row for row in panel.list.rows_model().rows if isinstance(row, ExposureRow)]
        assert [(row.used, row.publisher) for row in rows] == [(False, "ended, not used")] * 2


def test_that_a_private_name_whose_link_has_ended_is_no_group_of_a_share() -> None:
    """It was offered beside the share's layer to compare with."""
    told = scene.link("openai", "NVDA", Relation.SUPPLIER, date(2024, 6, 1), "FT")
    sold = replace(told, relation=Relation.FORMER, since=date(2025, 6, 1))
    for links, groups in (
        ((told,), ("openai",)),
        ((told, sold), ()),
        ((replace(told, until=sold.since),), ()),
    ):
        assert Snapshot(replace(scene.ecosystem(), exposures=links)).groups_of("NVDA") == groups


def test_that_a_link_is_used_from_the_day_it_was_reported(detail: Detail) -> None:
    later = scene.NOW.replace(month=9, day=23)
    detail.panel.apply(ClockTicked(later, ()))
    rows = [row for row in detail.panel.exposure.list.rows_model().rows if isinstance(row, ExposureRow)]
    assert all(row.used for row in rows)
    assert detail.panel.tabs.heads[DetailTab.EXPOSURE].accessibleName() == "Exposure 2"


def test_that_a_read_across_link_is_marked(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    rows = {r.who: r for r in detail.panel.exposure.list.rows_model().rows if isinstance(r, ExposureRow)}
    assert rows["SMCI"].relation == "read-across"
    assert not rows["SMCI"].used


def test_that_enter_on_a_link_goes_to_its_other_end(qtbot: QtBot, detail: Detail) -> None:
    detail.panel.tabs.heads[DetailTab.EXPOSURE].click()
    rows = detail.panel.exposure.list
    rows.setCurrentIndex(rows.rows_model().index(0))
    with qtbot.waitSignal(detail.panel.entity_activated) as went:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert went.args == ["stargate"]


def test_that_an_alert_of_the_tab_opens_in_the_inbox(qtbot: QtBot, detail: Detail) -> None:
    detail.panel.tabs.heads[DetailTab.ALERTS].click()
    detail.panel.alerts.setCurrentIndex(detail.panel.alerts.rows_model().index(0))
    with qtbot.waitSignal(detail.panel.alert_activated) as went:
        qtbot.keyClick(detail.panel.alerts, Qt.Key.Key_Return)
    assert went.args == ["a4"]


def test_that_a_flag_on_the_chart_turns_to_its_story(qtbot: QtBot, detail: Detail) -> None:
    qtbot.waitUntil(lambda: detail.panel.chart.plot is not None)
    detail.panel.tabs.heads[DetailTab.ALERTS].click()
    detail.panel.chart.lane.picked.emit("story", "slow")
    assert detail.panel.headlines.isVisible()
    current = detail.panel.headlines.currentIndex().row()
    assert detail.panel.headlines.rows_model().rows[current].key == "slow"


def test_that_a_flag_stays_at_its_day_where_the_chart_tells_local_time(
    qtbot: QtBot, detail: Detail, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = detail.panel.chart
    qtbot.waitUntil(lambda: bool(chart.lane._placed))
    assert chart.series is not None
    assert not chart.series.chart_range.intraday
    places = {flag.id: flag.place for flag in chart._flags}
    monkeypatch.setenv("TZ", "Pacific/Honolulu")  # where it is noon when New York has closed
    chart.local_time_chosen.emit(True)
    assert {flag.id: flag.place for flag in chart._flags} == places


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="a program on Windows keeps the zone it began in")
@pytest.mark.parametrize(
    ("zone", "hour", "words"),
    [
        ("Asia/Kolkata", "19:00", "Kolkata"),
        ("KST-9", "22:30", "KST"),  # as the standard writes zones, in no database
        ("CET-1CEST,M3.5.0,M10.5.0/3", "15:30", "CEST"),
        ("No/Such_Zone", "13:30", "UTC"),
    ],
)
def test_that_a_chart_tells_local_time_also_where_no_database_knows_the_zone(
    detail: Detail, monkeypatch: pytest.MonkeyPatch, zone: str, hour: str, words: str
) -> None:
    chart = detail.panel.chart
    detail.panel.set_range(ChartRange.DAY_1)
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, scene.minute_bars()))
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            chart.local_time_chosen.emit(True)
            assert chart.series is not None
            assert f"{chart.series.local(0):%H:%M}" == hour
            assert chart.series.zone_words == words
            assert chart.series.time_words(0) == f"Tue 22 Jul 2025 {hour} {words}"
        finally:
            patch.undo()
            time.tzset()


def test_that_price_talk_has_no_flag(qtbot: QtBot, detail: Detail) -> None:
    qtbot.waitUntil(lambda: bool(detail.panel.chart.lane._placed))
    assert "close" not in {flag.id for flag in detail.panel.chart._flags}


def test_that_a_stale_price_has_no_colour_and_says_that_rules_wait(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, state=QuoteState.STALE))
    assert "price from 16:00 ET; rules wait" in detail.words()
    assert detail.panel.hero._change._value == 0
    assert detail.panel.hero._change._ink is Ink.T2


def test_that_a_withheld_change_is_not_shown(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, state=QuoteState.WITHHELD))
    assert "change withheld" in detail.words()
    assert "\u22122.54\u202f%" not in detail.words()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"state": QuoteState.HALTED}, "halted since 16:00 ET"),
        ({"state": QuoteState.HALTED, "no_trades": True}, "no trades since 16:00 ET"),
        ({"state": QuoteState.WITHHELD, "split": 4.0}, "looks like a 4-for-1 split, not confirmed"),
        ({"state": QuoteState.WITHHELD, "split": 8.0}, "looks like an 8-for-1 split, not confirmed"),
        ({"state": QuoteState.DELAYED, "delay_minutes": 15}, "15 min delayed, 16:00 ET"),
        ({"state": QuoteState.LIVE, "session": Session.REGULAR}, "16:00 ET"),
        ({"state": QuoteState.UNKNOWN}, "NVDA is not known to the source"),
    ],
)
def test_that_every_price_says_where_it_stands(
    detail: Detail, change: dict[str, object], expected: str
) -> None:
    detail.quote(replace(scene.NVDA, **change))  # type: ignore[arg-type]
    assert expected in detail.words()


def test_that_the_home_currency_and_a_dividend_stand_beside_the_price(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, ex_dividend=0.01))
    rate = FxRate(currency="USD", home="KRW", rate=1386.2, as_of=scene.NOW)
    detail.panel.apply(RatesChanged((rate,)))
    detail.panel.settle()
    (place,) = [word for word in detail.words() if "ex-dividend" in word]
    assert "USD \u00b7 \u20a9231,537 at 1,386.2 (" in place
    detail.panel.apply(RatesChanged(()))
    detail.panel.settle()
    assert not any("\u20a9" in word for word in detail.words())


def test_that_a_price_has_the_unit_in_which_it_came_whatever_its_exchange_trades_in(detail: Detail) -> None:
    """A fund in dollars of an exchange that trades in pence stood there as pence."""
    detail.quote(replace(scene.NVDA, currency="EUR"))
    assert "Nasdaq \u00b7 EUR" in detail.words()


def test_that_a_report_that_is_due_stands_beside_the_price(detail: Detail) -> None:
    due = scene.NOW + timedelta(days=1)
    detail.quote(replace(scene.NVDA, earnings=Earnings(first=due, until=due)))
    assert "Nasdaq \u00b7 USD \u00b7 reports tomorrow" in detail.words()


def test_that_the_rate_of_the_home_currency_gives_way_to_the_name_and_the_report_day(
    detail: Detail,
) -> None:
    due = scene.NOW + timedelta(days=1)
    detail.quote(replace(scene.NVDA, earnings=Earnings(first=due, until=due, estimated=True)))
    rate = FxRate(currency="USD", home="KRW", rate=1386.2, as_of=scene.NOW)
    detail.panel.apply(RatesChanged((rate,)))
    detail.panel.settle()
    hero = detail.panel.hero
    detail.panel.resize(620, 684)
    QTest.qWait(1)
    short = "Nasdaq \u00b7 USD \u00b7 \u20a9231,537 \u00b7 reports tomorrow (estimate)"
    assert hero._place.text() == short
    assert "1,386.2" in hero._place.toolTip()
    for part in (hero._symbol, hero._name, hero._place, hero._market):
        assert part.width() >= QFontMetrics(part.font()).horizontalAdvance(part.text()), part.text()
    detail.panel.resize(1200, 684)
    QTest.qWait(1)
    assert "\u20a9231,537 at 1,386.2 (" in hero._place.text()
    assert hero._place.toolTip() == ""


def test_that_no_price_is_a_dash_and_never_a_zero(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA", fed=False)
    assert "\u2013" in detail.words()
    assert not any("0.00" in word for word in detail.words())


def test_that_an_extended_price_is_outlined_against_the_regular_close(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, extended_price=166.40))
    extended = detail.panel.hero._extended
    assert extended._text == "166.40  \u22120.38\u202f%"
    assert not extended._filled
    assert "Outside regular hours 166.40 at 16:00 ET" in extended.toolTip()


def test_that_a_change_too_small_for_its_percent_colours_the_points_alone(detail: Detail) -> None:
    hero = detail.panel.hero
    detail.quote(replace(scene.NVDA, previous_close=scene.NVDA.price + 0.007))
    assert (hero._percent.text(), hero._percent._ink) == ("0.00\u202f%", Ink.T2)
    assert (hero._change._text, hero._change._ink) == ("\u22120.01", Ink.DOWN)


def test_that_a_share_that_is_called_by_its_symbol_is_named_once(detail: Detail) -> None:
    detail.panel.show_entity("QQQ")
    hero = detail.panel.hero
    assert (hero._symbol.text(), hero._name.text()) == ("QQQ", "")


def test_that_a_close_is_marked_as_in_the_list_until_somebody_pays_after_hours(detail: Detail) -> None:
    hero = detail.panel.hero
    assert hero._mark._name == "moon"
    detail.quote(replace(scene.NVDA, extended_price=166.40))
    assert hero._mark._name == "circle-half"


def test_that_the_year_comes_from_history_where_the_quote_has_none(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, year_low=None, year_high=None))
    assert not detail.panel.hero._year.isVisible()
    detail.panel.apply(HistoryChanged((HistorySummary("NVDA", (1.0, 2.0), 86.62, 174.25),)))
    detail.panel.settle()
    assert detail.panel.hero._year.isVisible()


def test_that_the_dash_of_a_share_without_a_price_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA", fed=False)
    hero = detail.panel.hero
    image = hero.grab(hero._price.geometry()).toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    inked = [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) != ground for x in range(image.width()))
    ]
    assert inked
    dash = hero._price.y() + sum(inked) / len(inked)
    assert abs(dash - hero._state.geometry().center().y()) < 4  # pixels: a dash stands where its font has it


def test_that_the_head_says_why_a_share_has_no_price_until_it_has_one(qtbot: QtBot) -> None:
    waiting = Detail(qtbot, "NVDA", fed=False)
    waiting.panel.apply(ClockTicked(scene.NOW, ()))
    assert "no price yet" in waiting.words()
    refused = SymbolsRefused((Refusal("NVDA", scene.NOW, "no currency"), Refusal("AMD", scene.NOW, "other")))
    waiting.panel.apply(refused)
    waiting.panel.settle()
    assert "No price since 16:05 ET: no currency" in waiting.words()
    assert waiting.panel.hero._state.toolTip()
    speak(waiting.panel, Language.KOREAN)
    assert "뉴욕 16:05부터 가격 없음: 통화 없음" in waiting.words()
    waiting.panel.apply(SymbolsRefused(()))
    waiting.panel.settle()
    assert not any("통화" in words for words in waiting.words())
    assert waiting.panel.hero._state.toolTip() == ""


def test_that_beside_an_old_price_the_head_says_why_no_new_one_comes_and_beside_a_current_one_its_tip_does(
    detail: Detail,
) -> None:
    detail.panel.apply(SymbolsRefused((Refusal("NVDA", scene.NOW, "missing from the answer"),)))
    detail.panel.settle()
    words = "No new price since 16:05 ET: missing from the answer"
    assert words not in detail.words()
    assert words in detail.panel.hero._state.toolTip()
    detail.quote(replace(scene.NVDA, state=QuoteState.STALE))
    assert words in detail.words()


def test_that_its_alerts_name_their_day_from_midnight_in_new_york_on(detail: Detail) -> None:
    detail.panel.apply(AlertsLoaded(scene.ALERTS))
    rows = detail.alert_rows

    def times(hours: float) -> set[str]:
        detail.panel.apply(ClockTicked(scene.NOW + timedelta(hours=hours), ()))
        return {row.time for row in rows() if row.alert.fired_at.date() == scene.NOW.date()}

    assert times(7.9) == {"14:00", "15:52"}
    assert times(8) == {"Tue 14:00", "Tue 15:52"}


def test_that_a_name_without_alerts_says_that_they_wait_while_the_store_takes_none(detail: Detail) -> None:
    detail.panel.apply(AlertsLoaded(()))
    assert detail.panel.alerts._empty[1] == "No alert about it so far"
    failed = Health(source="store", state=HealthState.FAILED, since=scene.NOW, detail="the disk is full")
    detail.panel.apply(HealthChanged(failed))
    assert detail.panel.alerts._empty[1].startswith("Alerts cannot be stored now")
    detail.panel.apply(HealthChanged(replace(failed, state=HealthState.OK)))
    assert detail.panel.alerts._empty[1] == "No alert about it so far"


def test_that_a_chart_without_bars_says_why(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA", fed=False)
    chart = detail.panel.chart
    detail.panel.apply(ClockTicked(scene.NOW, ()))
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, ()))
    assert chart._stand.sentence == "No prices for this span so far"
    detail.panel.apply(
        SymbolsRefused((Refusal("NVDA", scene.NOW, "chart: the history is empty", history=True),))
    )
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, ()))
    assert chart._stand.sentence == "No price history since 16:05 ET: the history is empty"
    detail.panel.set_range(ChartRange.DAY_1)
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, (), fault="chart: no answer within 10 s"))
    assert chart._stand.sentence == "No prices for this span: no answer within 10 s"
    speak(detail.panel, Language.KOREAN)
    assert chart._stand.sentence.endswith("10초 안에 응답 없음")
    detail.panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, scene.minute_bars()))
    qtbot.waitUntil(lambda: chart.plot is not None)
    assert chart.series is not None


def test_that_compared_names_follow_the_language(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    panel, bars = detail.panel, scene.daily_bars()
    panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, bars))
    panel.pane.compare_with("AMD")
    lines = tuple(ComparedLine(key, (scene.NOW,), (1.0,)) for key in ("NVDA", "AMD", "stargate"))
    against = panel.chart.tools.against
    made = Comparison(symbol="NVDA", span=ChartRange.MONTH_6, against=against, lines=lines)
    panel.apply(ComparisonLoaded(made))
    for language, name in ((Language.KOREAN, "스타게이트"), (Language.ENGLISH, "Stargate")):
        speak(panel, language)
        assert panel.chart._overlay is not None
        assert panel.chart._overlay.lines[2].name == name


def test_that_what_is_compared_is_asked_for_again_with_newer_bars(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    panel, bars = detail.panel, scene.daily_bars()
    panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, bars[:-1]))
    panel.pane.compare_with("AMD")
    against = panel.chart.tools.against
    asked = ("compare", "NVDA", ChartRange.MONTH_6, against)
    line = ComparedLine("NVDA", (scene.NOW,), (1.0,))
    panel.apply(
        ComparisonLoaded(Comparison(symbol="NVDA", span=ChartRange.MONTH_6, against=against, lines=(line,)))
    )
    assert detail.commands.calls.count(asked) == 1
    panel.apply(BarsLoaded("NVDA", ChartRange.MONTH_6, bars))
    assert detail.commands.calls.count(asked) == 2


def test_that_a_name_that_is_compared_comes_back_when_its_own_chart_is_left(qtbot: QtBot) -> None:
    panel = Detail(qtbot, "NVDA").panel
    tools = panel.chart.tools
    for other in ("ORCL", "QQQ"):
        panel.pane.compare_with(other)
    panel.show_entity("ORCL")
    assert tools.against == Against(("QQQ",))
    panel.pane.compare_with("KLAC")
    panel.show_entity("NVDA")
    assert tools.against == Against(("QQQ", "KLAC", "ORCL"))
    panel.show_entity("ORCL")
    tools._choose(Against())  # with nothing
    panel.show_entity("NVDA")
    assert tools.against == Against()


def test_that_the_market_is_taken_out_again_behind_a_span_that_cannot_have_it(qtbot: QtBot) -> None:
    panel = Detail(qtbot, "NVDA").panel
    tools = panel.chart.tools
    qtbot.mouseClick(tools.adjusted, Qt.MouseButton.LeftButton)
    for span, adjusted in ((ChartRange.DAY_1, False), (ChartRange.MONTH_6, True)):
        panel.set_range(span)
        assert (tools.against, tools.adjusted.isChecked()) == (Against(adjusted=adjusted), adjusted)


def comparing_minutes(qtbot: QtBot, *others: str) -> tuple[DetailPanel, tuple[MinuteBar, ...]]:
    """Show a day of NVDA that is to be compared with others."""
    panel, bars = Detail(qtbot, "NVDA").panel, scene.minute_bars()
    panel.set_range(ChartRange.DAY_1)
    panel.apply(BarsLoaded("NVDA", ChartRange.DAY_1, bars))
    for other in others:
        panel.pane.compare_with(other)
    return panel, bars


def test_that_compared_lines_go_on_with_the_prices_of_their_names(qtbot: QtBot) -> None:
    panel, bars = comparing_minutes(qtbot, "AMD", "gpu")
    times, before = tuple(bar.start for bar in bars), tuple(0.5 for _ in bars)
    lines = tuple(ComparedLine(key, times, before, base) for key, base in (("NVDA", 160.0), ("AMD", 80.0)))
    many = ComparedLine("gpu", times, before)  # which has no price of its own
    made = Comparison(
        symbol="NVDA", span=ChartRange.DAY_1, against=panel.chart.tools.against, lines=(*lines, many)
    )
    panel.apply(ComparisonLoaded(made))
    quotes = [
        scene.quote(key, price, 0.0, state=QuoteState.LIVE, session=Session.REGULAR)
        for key, price in (("NVDA", 168.0), ("AMD", 76.0))
    ]
    for minute in (1, 1, 2):
        newest = replace(bars[-1], start=bars[-1].start + timedelta(minutes=minute))
        panel.apply(QuotesChanged(tuple(replace(quote, as_of=newest.start) for quote in quotes)))
        panel.apply(BarGrown("NVDA", ChartRange.DAY_1, (newest,)))
        panel.pane._growth.timeout.emit()
    overlay = panel.chart._overlay
    assert overlay is not None
    ends = [[None if v is None else round(v, 6) for v in line.values[-3:]] for line in overlay.lines]
    assert ends == [[0.5, 5.0, 5.0], [0.5, -5.0, -5.0], [0.5, None, None]]
    for changes in ({"state": QuoteState.HALTED}, {"split": 10.0}):
        doubtful = replace(quotes[1], price=8.0, as_of=newest.start, **changes)
        panel.apply(QuotesChanged((doubtful,)))
        panel.apply(BarGrown("NVDA", ChartRange.DAY_1, (newest,)))
        panel.pane._growth.timeout.emit()
        assert panel.chart._overlay is not None
        assert panel.chart._overlay.lines[1].end == pytest.approx(-5.0)


def test_that_a_compared_line_ends_where_its_exchange_shut(qtbot: QtBot) -> None:
    panel, bars = comparing_minutes(qtbot, "9984.T")
    shut = bars[0].start - timedelta(hours=7)
    line = ComparedLine("9984.T", (shut - timedelta(minutes=1),), (1.0,), 100.0)
    against = panel.chart.tools.against
    panel.apply(
        ComparisonLoaded(Comparison(symbol="NVDA", span=ChartRange.DAY_1, against=against, lines=(line,)))
    )
    panel.apply(QuotesChanged((scene.quote("9984.T", 104.0, 4.0, as_of=shut, session=Session.CLOSED),)))
    newest = replace(bars[-1], start=bars[-1].start + timedelta(minutes=1))
    panel.apply(BarGrown("NVDA", ChartRange.DAY_1, (newest,)))
    panel.pane._growth.timeout.emit()
    assert panel.pane._compared is not None
    assert panel.pane._compared.lines == (line,)


def test_that_a_compared_line_of_days_has_the_day_of_its_own_exchange(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "9984.T")
    panel = detail.panel
    panel.set_range(ChartRange.MONTH_1)
    first, second = (DailyBar(date(2025, 7, day), 100.0, 101.0, 99.0, 100.0, 1) for day in (22, 23))
    panel.apply(BarsLoaded("9984.T", ChartRange.MONTH_1, (first,)))
    panel.pane.compare_with("NVDA")
    monday, tuesday = (datetime(2025, 7, day, tzinfo=UTC) for day in (21, 22))
    line = ComparedLine("NVDA", (monday,), (0.0,), 100.0)
    against = panel.chart.tools.against
    panel.apply(
        ComparisonLoaded(Comparison(symbol="9984.T", span=ChartRange.MONTH_1, against=against, lines=(line,)))
    )
    panel.apply(QuotesChanged((scene.quote("NVDA", 104.0, 4.0),)))  # of Tuesday, 22 July
    panel.apply(BarGrown("9984.T", ChartRange.MONTH_1, (second,)))  # in Tokyo's Wednesday
    panel.pane._growth.timeout.emit()
    assert panel.pane._compared is not None
    assert panel.pane._compared.lines[0].times == (monday, tuesday)


def test_that_the_detail_side_of_a_share_tells_every_time_where_it_trades(qtbot: QtBot) -> None:
    panel = Detail(qtbot, "9984.T").panel
    move = replace(scene.EXPLAINED.move, symbol="9984.T")
    panel.apply(ExplanationChanged("9984.T", replace(scene.EXPLAINED, move=move)))
    fired = replace(scene.KLAC_ALERT, id="k", subject="9984.T", group="symbol:9984.T")
    panel.apply(scene.raised(fired))
    (story, *_) = [line for line in panel.card._stories if line.isVisibleTo(panel.card)]
    assert "WSJ \u00b7 Tue 07:02 JST" in story.accessibleName()
    told = {row.key: row for row in panel.headlines.rows_model().rows if isinstance(row, ListedStory)}
    assert told[scene.SLOW.id].worded.time == "Tue 07:02"
    (alert,) = [row for row in panel.alerts.rows_model().rows if row.key == "k"]
    assert isinstance(alert, AlertRow)
    assert f"{alert.time} JST" == toast_facts([fired], panel._snapshot.ecosystem, scene.NOW).time
    assert alert.time == "04:58"


def test_that_a_private_entity_shows_its_basket_and_no_chart(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    assert detail.panel.hero._change._text == "\u22122.21\u202f%"
    assert "average of 4 names of one market; of all 5 linked, 4 down, 1 up" in detail.words()
    assert not detail.panel.chart.isVisible()
    rollup = replace(detail.panel._snapshot.rollups["stargate"], averaged=1, total=8)
    detail.panel.apply(RollupsChanged((rollup,)))
    detail.panel.settle()
    words = "move of 1 name of one market; of all 8 linked, 4 down, 1 up, 3 without a price"
    assert words in detail.words()
    rollup = replace(rollup, counted=1, up=0, down=1)
    for total, words in ((4, "move of 1 linked name, 3 without a price"), (1, "move of the 1 linked name")):
        detail.panel.apply(RollupsChanged((replace(rollup, total=total),)))
        detail.panel.settle()
        assert words in detail.words()
    waiting = Detail(qtbot, "stargate", fed=False)
    waiting.panel.apply(ClockTicked(scene.NOW, ()))
    assert "no price yet" in waiting.words()
    lonely = Detail(qtbot, "upstage")
    assert "its news reaches no listed name" in lonely.words()


def test_that_the_volume_is_compared_with_what_is_usual_by_its_time(qtbot: QtBot, detail: Detail) -> None:
    qtbot.waitUntil(lambda: detail.panel.chart.plot is not None)
    detail.panel.resize(1000, 700)  # the words are long in some fonts
    said = detail.panel.chart.tools._volume
    assert said.text() == "Volume 193.1M"
    detail.panel.apply(QuotesChanged((), (), (VolumeSoFar("NVDA", 1.04, own=True),)))
    detail.panel.settle()
    assert said.text() == "Volume 193.1M \u00b7 1.0\u00d7 usual"
    detail.quote(replace(scene.NVDA, state=QuoteState.LIVE, session=Session.REGULAR))
    assert said.text() == "Volume 193.1M \u00b7 1.0\u00d7 usual by now"


def test_that_a_better_explanation_changes_the_card_and_others_do_not(detail: Detail) -> None:
    detail.panel.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, matches=(), cause=None)))
    shown = [t.text() for t in detail.panel.card.findChildren(ElidedText)]
    assert "Tied to the Stargate report" not in shown


def test_that_price_and_card_say_the_same_move_between_two_beats(qtbot: QtBot, detail: Detail) -> None:
    qtbot.waitUntil(lambda: not detail.panel._beat.isActive())
    for price in (168.0, 166.25):  # the first is drawn at once, the second waits for the next beat
        detail.panel.apply(QuotesChanged((replace(scene.NVDA, price=price),)))
    assert "168.00" in detail.words()
    detail.panel.apply(ExplanationChanged("NVDA", scene.EXPLAINED))
    assert "166.25" in detail.words()


def test_that_new_stories_and_alert_states_arrive_in_the_tabs(detail: Detail) -> None:
    detail.panel.apply(StoriesChanged((replace(scene.HIRES, id="again"),)))
    assert detail.panel.tabs.heads[DetailTab.HEADLINES].accessibleName() == "Headlines 5"
    detail.panel.apply(AlertUpdated(replace(scene.NVDA_ALERT, id="another")))
    assert detail.panel.tabs.heads[DetailTab.ALERTS].accessibleName() == "Alerts 3"


def test_that_the_panels_least_size_does_not_follow_its_figures(detail: Detail) -> None:
    before = detail.panel.minimumSizeHint()
    detail.quote(replace(scene.NVDA, price=1_234_567.89))
    assert detail.panel.minimumSizeHint() == before


@pytest.mark.parametrize("language", list(Language))
def test_that_no_figure_is_cut_in_the_narrow_window(qtbot: QtBot, language: Language) -> None:
    detail = Detail(qtbot)
    speak(detail.panel, language)
    detail.panel.resize(724, 548)
    qtbot.waitUntil(lambda: detail.panel.chart.plot is not None)
    for part in detail.panel.findChildren(ElidedText):
        if part._fixed and part.isVisible():
            assert part.width() >= part.sizeHint().width(), part.text()
    hero = detail.panel.hero
    assert hero._year.geometry().right() <= hero.width()


@pytest.mark.parametrize("language", Language)
def test_that_the_parts_of_the_sum_never_stand_on_each_other_in_the_largest_text(
    qtbot: QtBot, language: Language
) -> None:
    use_theme(build_theme(ThemeMode.DARK, base_px=MOST_TEXT))
    detail = Detail(qtbot)
    speak(detail.panel, language)
    detail.panel.resize(420, 548)
    QApplication.processEvents()
    sum_ = detail.panel.findChild(Equation)
    assert sum_ is not None
    labels = [label.geometry() for label in sum_._labels]
    assert all(left.right() < right.left() for left, right in pairwise(labels))
    expected = sum_._labels[1].text()
    assert expected in ("expected", "예상")
    detail.panel.resize(900, 548)
    QApplication.processEvents()
    assert len(sum_._labels[1].text()) > len(expected)  # with its benchmark again


def test_that_theme_and_language_change_at_once(detail: Detail) -> None:
    dress_in(detail.panel, build_theme(ThemeMode.LIGHT))
    speak(detail.panel, Language.KOREAN)
    assert detail.panel.grab().toImage().pixelColor(3, 300).lightness() > 200
    assert "엔비디아" in detail.words()


def test_that_figures_are_drawn_at_most_four_times_a_second_and_the_last_one_always(
    qtbot: QtBot, detail: Detail
) -> None:
    for step in range(50):
        detail.panel.apply(QuotesChanged((replace(scene.NVDA, price=160 + step / 100),)))
    assert "160.49" not in detail.words()
    qtbot.waitUntil(lambda: "160.49" in detail.words())


def test_that_quotes_of_names_that_are_not_shown_draw_nothing(qtbot: QtBot, detail: Detail) -> None:
    qtbot.waitUntil(lambda: not detail.panel._beat.isActive())
    detail.panel.apply(QuotesChanged((scene.quote("SNPS", 600.0, 1.0),)))
    assert not detail.panel._beat.isActive()


def test_that_a_former_link_supports_nothing() -> None:
    ended = scene.link("stargate", "ARM", scene.Relation.FORMER, scene.date(2025, 7, 1), "Reuters")
    ecosystem = replace(scene.ecosystem(), exposures=(*scene.ecosystem().exposures, ended))
    snapshot = Snapshot(ecosystem)
    snapshot.apply(ClockTicked(scene.NOW, ()))
    assert "ARM" not in snapshot.linked_symbols("stargate")


def test_that_a_price_of_no_documented_level_is_not_called_dollars(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, index_level=True))
    assert "Nasdaq \u00b7 index, close before the replay = 100" in detail.words()
    assert not any("USD" in word for word in detail.words())


def test_that_what_an_index_is_gives_way_to_the_name_where_there_is_little_room(detail: Detail) -> None:
    detail.quote(replace(scene.NVDA, index_level=True))
    hero = detail.panel.hero
    hero.setFixedWidth(hero._market.sizeHint().width() + 260)
    QTest.qWait(1)
    assert hero._place.text() == "Nasdaq \u00b7 index"
    assert "close before the replay = 100" in hero._place.toolTip()
    assert hero._name.width() >= hero._name.sizeHint().width()


def test_that_a_price_rule_is_a_line_on_the_chart_and_moves_with_it(qtbot: QtBot, detail: Detail) -> None:
    panel = detail.panel
    levels = (PriceLevel("nvda-155", "NVDA", 155.0), PriceLevel("amd", "AMD", 150.0))
    panel.apply(ArmedChanged(frozenset({"NVDA"}), frozenset(), levels))
    note = "alert, \u22127.2\u202f% away"
    line = AlertLine(rule_id="nvda-155", price=155.0, label="155.00", note=note)
    assert panel.chart._alerts == (line,)
    panel.chart.alert_moved.emit("nvda-155", 158.5)
    assert ("move_level", "nvda-155", 155.0, 158.5) in detail.commands.calls
    with qtbot.waitSignal(panel.chart.failed) as failed:
        panel.apply(RulesStored(("nvda-155",), fault="rules.toml: line 3"))
    assert failed.args == ["rules.toml: line 3"]
    with qtbot.waitSignal(panel.pane.alert_wanted) as wanted:
        panel.chart.alert_wanted.emit(140.0)
    draft = wanted.args[0]
    assert (draft.kind, draft.subject, draft.threshold, draft.direction) == (
        RuleKind.PRICE_LEVEL,
        "NVDA",
        140.0,
        Direction.DOWN,
    )
    assert (draft.name_en, draft.name_ko) == ("NVDA: Price crosses", "엔비디아 가격 돌파")


def test_that_another_name_to_compare_with_is_typed(detail: Detail) -> None:
    panel = detail.panel
    panel.chart.tools.peer_wanted.emit()
    field = panel.chart.tools.findChild(PeerField)
    assert isinstance(field, PeerField)
    assert "9984.T" in field.given
    assert "NVDA" not in field.given
    QTest.keyClicks(field, "nobody")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.isVisible()  # "Nothing has that name" cannot be chosen
    field.clear()
    field.insert("ㅅㅍㅌ")  # 소프트뱅크그룹; QTest types Latin letters only
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert panel.chart.tools.against == Against(("9984.T",))
    assert detail.commands.calls[-1] == ("compare", "NVDA", ChartRange.MONTH_6, Against(("9984.T",)))


@pytest.mark.parametrize("size", [(724, 535), (900, 318)], ids=["1280x720", "900x650"])
@pytest.mark.parametrize("text_px", [11, 16])
def test_that_the_card_keeps_its_whole_height_in_a_low_window_at_every_text_size(
    detail: Detail, qtbot: QtBot, text_px: int, size: tuple[int, int]
) -> None:
    panel, card = detail.panel, detail.panel.card
    panel.resize(*size)
    dress_in(panel, build_theme(ThemeMode.DARK, base_px=text_px))
    panel.settle()
    shown = [part for part in (card._equation, *card._stories) if part.isVisible()]
    assert len(shown) == 3

    def fits() -> bool:
        apart = all(above.geometry().bottom() < below.y() for above, below in pairwise(shown))
        texts = [part for part in card.findChildren(ElidedText) if part.isVisible()]
        whole = all(part.height() >= part.fontMetrics().height() for part in texts)
        return apart and whole and card.height() >= card.sizeHint().height()

    qtbot.waitUntil(fits)
    theme = build_theme(ThemeMode.DARK, base_px=text_px)
    assert min(part.height() for part in shown[1:]) == theme.target


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("text_px", "width"), [(11, 500), (12, 500), (12, 728), (16, 560), (16, 728)])
def test_that_kind_and_day_of_a_link_are_never_cut(text_px: int, width: int) -> None:
    theme = build_theme(ThemeMode.DARK, base_px=text_px)
    use_theme(theme)
    metrics = QFontMetrics(theme.font())
    link, day = metrics.horizontalAdvance("competitor"), metrics.horizontalAdvance("28 May 2025")
    columns = ExposureColumns.of(width, link, day)
    assert columns.since - columns.relation - 8 >= link
    assert columns.publisher - columns.since - 8 >= day
    assert columns.publisher + theme.px(40) < columns.move - theme.px(76)


def test_that_no_day_of_a_link_is_cut_for_a_part_of_a_pixel(detail: Detail) -> None:
    rows = detail.panel.exposure.list.rows_model().rows
    row = next(row for row in rows if isinstance(row, ExposureRow))
    delegate, metrics = ExposureDelegate(), QFontMetrics(current_theme().font())
    cut = []
    for number in range(365):
        day = report_day((date(2026, 1, 1) + timedelta(days=number)).isoformat())
        delegate.measure([replace(row, since=day)])
        columns = delegate.columns(500)
        width = columns.publisher - columns.since - 8
        if metrics.elidedText(day, Qt.TextElideMode.ElideRight, width) != day:
            cut.append(day)
    assert cut == []


def test_that_the_tab_says_whom_an_alert_is_about_where_that_is_another_name(detail: Detail) -> None:
    own = next(alert for alert in scene.ALERTS if alert.id == "a5")
    of_group = replace(
        own, id="g", subject="stargate", members=(*own.members, replace(own.members[0], symbol="NVDA"))
    )
    mine = replace(own, id="m", subject="NVDA", suppressed_by="already true when first seen")
    detail.panel.apply(AlertsLoaded((of_group, mine)))
    rows = {row.key: row for row in detail.alert_rows()}
    assert rows["g"].found.startswith("Stargate: ")
    assert not rows["m"].found.startswith("NVDA")
    assert rows["m"].state == "New"  # the tab has no room for why; its tip says it
    assert "already true when first seen" in rows["m"].accessible_text


def test_that_the_layers_of_another_list_are_offered_to_compare_with(detail: Detail) -> None:
    names = BilingualName("My chips", "내 칩")
    other = Watchlist(
        id="own", names=names, private=(), layers=(Layer(id="mine", names=names, symbols=("NVDA",)),)
    )
    detail.panel.apply(WatchlistChanged(other, ()))
    offered = {peer.id: peer.name for peer in detail.panel.chart.tools._peers}
    assert offered["mine"] == "My chips"
    assert "gpus" not in offered


def test_that_the_private_name_that_most_hangs_on_is_offered_first_to_compare_with(detail: Detail) -> None:
    pane = detail.panel.pane
    known, late = pane._snapshot.ecosystem, date(2025, 7, 1)
    ends = ["NVDA", *(e.target for e in known.exposures if e.source == "stargate"), "ARM", "AMD"]
    more = [scene.link("openai", end, Relation.CUSTOMER, late, "Reuters") for end in ends]
    pane._snapshot.ecosystem = replace(known, exposures=(*known.exposures, *more))
    assert [peer.id for peer in pane._peers()[1:]] == ["openai", "stargate"], "behind the benchmark"


def test_that_each_tab_says_what_its_number_counts(detail: Detail) -> None:
    tabs = detail.panel.tabs.heads
    assert "30 days" in tabs[DetailTab.HEADLINES].toolTip()
    assert "one line for a link" in tabs[DetailTab.EXPOSURE].toolTip()
    assert "group" in tabs[DetailTab.ALERTS].toolTip()


def test_that_the_card_and_the_tab_of_statements_say_what_their_words_mean(detail: Detail) -> None:
    panel = detail.panel
    assert "at 2 or more, either way" in panel.card._equation.toolTip()
    assert "capital spending" in panel.tabs.heads[DetailTab.SUBSTANCE].toolTip()
    panel.show_entity("stargate")
    assert "how it stood" in panel.tabs.heads[DetailTab.SUBSTANCE].toolTip()


def test_that_news_of_others_draws_nothing_anew_and_news_of_its_own_does(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    detail = Detail(qtbot, "NVDA")
    drawn: list[bool] = []
    monkeypatch.setattr(detail.panel.pane, "render_flags", lambda: drawn.append(True))
    other = replace(scene.SLOW, id="other", reading=replace(scene.SLOW.reading, mentions=()))
    detail.panel.apply(StoriesChanged((other,)))
    assert drawn == []
    about = replace(other, reading=replace(other.reading, mentions=(Mention("NVDA", "NVDA", 0, 4),)))
    detail.panel.apply(StoriesChanged((about,)))
    assert drawn == [True]
    assert "other" in [row.key for row in detail.panel.headlines.rows_model().rows]
    detail.panel.apply(StoriesChanged((other,)))
    assert "other" not in [row.key for row in detail.panel.headlines.rows_model().rows]


def test_that_the_clock_draws_a_name_anew_on_another_day_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    detail = Detail(qtbot, "NVDA")
    drawn: list[bool] = []
    monkeypatch.setattr(detail.panel.hero, "render_entity", lambda _entity: drawn.append(True))
    detail.panel.show_entity("ORCL")
    assert drawn == [True]
    detail.panel.apply(ClockTicked(scene.NOW + timedelta(seconds=15), ()))
    assert drawn == [True]
    detail.panel.apply(ClockTicked(scene.NOW + timedelta(days=1), ()))
    assert drawn == [True, True]
