"""Barometer, substance, and what the card and the lists say of a denial."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui import insight_scene as insight
from tests.ui.scene import RecordedCommands, dress_in, speak

from stackwatch.domain.barometer import ToneBar
from stackwatch.domain.events import (
    BarometerLoaded,
    ClockTicked,
    Event,
    ExplanationChanged,
    HistoryChanged,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.list_events import LinksChanged
from stackwatch.domain.move import EarlyMove
from stackwatch.domain.quote import ChartRange, HistorySummary, QuoteState
from stackwatch.domain.substance import CompanyFigure, Measure
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.detail.detail_tabs import DetailTab
from stackwatch.ui.detail.exposure_panel import ExposureRow
from stackwatch.ui.detail.headlines_panel import ListedStory
from stackwatch.ui.detail.substance_panel import CompanyRow, MeasureRow, rights_of
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.chips import ElidedText, Paragraph
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.report_day import report_day
from stackwatch.ui.kit.theme import Palette, ThemeMode, build_theme, current_theme, use_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Detail:
    """The panel with what it asked for."""

    def __init__(self, qtbot: QtBot, entity_id: str) -> None:
        self.commands = RecordedCommands()
        self.panel = DetailPanel(scene.ecosystem(), self.commands)
        qtbot.addWidget(self.panel)
        for part in (self.panel.substance.company, self.panel.substance.layer_list):
            QAbstractItemModelTester(
                part.rows_model(), QAbstractItemModelTester.FailureReportingMode.Fatal, self.panel
            )
        self.panel.resize(728, 684)
        self.panel.show_entity(entity_id)
        for event in scene.nvda_events():
            self.panel.apply(event)
        self.panel.settle()
        self.panel.show()

    def asked(self, kind: str) -> list[tuple[object, ...]]:
        return [each for each in self.commands.calls if each[0] == kind]


def rows_of(detail: Detail) -> list[MeasureRow]:
    rows = detail.panel.substance.company.rows_model().rows
    assert all(isinstance(row, MeasureRow) for row in rows)
    return [row for row in rows if isinstance(row, MeasureRow)]


def layer_of(detail: Detail) -> list[CompanyRow]:
    rows = detail.panel.substance.layer_list.rows_model().rows
    return [row for row in rows if isinstance(row, CompanyRow)]


def test_that_a_private_row_shows_its_barometer_in_place_of_the_chart(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    assert detail.panel.barometer.isVisible()
    assert not detail.panel.chart.isVisible()
    assert detail.panel.barometer.plot._sentence == "Waiting for the barometer"
    qtbot.waitUntil(lambda: bool(detail.asked("request_barometer")))
    assert detail.asked("request_barometer") == [("request_barometer", "stargate", ChartRange.MONTH_6)]
    detail.panel.apply(BarometerLoaded(insight.barometer()))
    panel = detail.panel.barometer
    assert panel._note.text() == "4 of 5 linked names counted: ORCL, NVDA, ARM, VRT"
    assert "SoftBank" in panel._note.toolTip()
    assert panel._total.text() == "\u221213.1\u202f%, tone 0.0 of 105 stories"
    assert panel.plot.accessibleName().startswith("Barometer: ")
    detail.panel.show_entity("NVDA")
    assert not detail.panel.barometer.isVisible()
    assert detail.panel.chart.isVisible()


def test_that_spans_are_chosen_by_mouse_keyboard_and_number_keys(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    panel = detail.panel.barometer
    month, _, year = panel.spans.findChildren(QAbstractButton)
    qtbot.mouseClick(year, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ("request_barometer", "stargate", ChartRange.YEAR_1) in detail.commands.calls)
    month.setFocus()
    qtbot.keyClick(month, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ("request_barometer", "stargate", ChartRange.MONTH_1) in detail.commands.calls)
    detail.panel.set_range(ChartRange.DAY_5)
    assert panel.span is ChartRange.MONTH_1
    detail.panel.set_range(ChartRange.YEAR_5)
    assert panel.span is ChartRange.YEAR_1


def test_that_the_barometer_names_the_months_or_weeks_of_its_span(qtbot: QtBot) -> None:
    detail, known = Detail(qtbot, "stargate"), insight.barometer()
    detail.panel.apply(BarometerLoaded(known))
    plot = detail.panel.barometer.plot
    days = plot._days()
    assert [label for _, label in days] == ["Feb", "Mar", "Apr", "May", "Jun", "Jul"]
    for (place, _), month in zip(days, range(2, 8), strict=True):
        assert place == round(plot._x(date(2025, month, 1)))
    picture = plot.grab().toImage()
    column = {picture.pixel(days[1][0], y) for y in range(20, 60)}
    assert current_theme().line.rgb() in column
    speak(detail.panel, Language.KOREAN)
    assert plot._days()[0][1] == "2월"
    weeks = replace(
        known, span=ChartRange.MONTH_1, first=known.last - timedelta(days=30), days=known.days[-22:], tones=()
    )
    plot.put(weeks, "", ("", "", "", ""))
    assert [label for _, label in plot._days()][-4:] == ["6월 30일", "7월 7일", "7월 14일", "7월 21일"]


def test_that_the_bar_of_a_day_stands_where_the_line_has_its_session(qtbot: QtBot) -> None:
    detail, known = Detail(qtbot, "stargate"), insight.barometer()
    session = known.days[-8].day
    month = replace(
        known,
        span=ChartRange.MONTH_1,
        first=known.last - timedelta(days=30),
        days=known.days[-22:],
        tones=(ToneBar(session, session, 1, 0, 0),),
    )
    plot = detail.panel.barometer.plot
    plot.put(month, "", ("", "", "", ""))
    picture, ink = plot.grab().toImage(), current_theme().t1.rgb()
    row = plot.height() - current_theme().px(18) - plot.height() // 5
    drawn = [x for x in range(plot.width() - 64) if picture.pixel(x, row) == ink]
    assert len(drawn) > 3
    assert abs((drawn[0] + drawn[-1]) / 2 - plot._x(session)) <= 1


def test_that_one_name_of_a_session_is_not_many(qtbot: QtBot) -> None:
    detail, known = Detail(qtbot, "stargate"), insight.barometer()
    alone = replace(known, days=tuple(replace(day, names=1) for day in known.days))
    detail.panel.apply(BarometerLoaded(alone))
    plot = detail.panel.barometer.plot
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert " since the start, 1 name; " in plot.accessibleName()


def test_that_arrow_keys_and_the_pointer_read_a_session(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    detail.panel.apply(BarometerLoaded(insight.barometer()))
    plot, whole = detail.panel.barometer.plot, detail.panel.barometer._total.text()
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleName() == (
        "Barometer: 22 Jul 2025: \u22120.10\u202f% that day, \u221213.10\u202f% since the start, 4 names; "
        "News of its week: 2 good, 0 bad, 1 neutral"
    )
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleName().startswith("Barometer: 21 Jul 2025: ")
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.place == 0
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.accessibleName().startswith("Barometer: 22 Jul 2025: ")
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.accessibleName() == f"Barometer: {whole}"
    assert detail.panel.barometer._total.text() == whole  # what stands beside the spans never jumps
    qtbot.mouseMove(plot, QPoint(3, 40))
    qtbot.waitUntil(lambda: plot.place == 0)


def test_that_the_barometer_is_asked_for_anew_when_what_it_is_made_of_changes(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    wish = ("request_barometer", "stargate", ChartRange.MONTH_6)
    qtbot.waitUntil(lambda: detail.asked("request_barometer") == [wish])
    detail.panel.apply(BarometerLoaded(insight.barometer()))
    summary = HistorySummary("ORCL", (1.0, 2.0), None, None)
    tomorrow = ClockTicked(scene.NOW + timedelta(days=1), ())
    changes: tuple[Event, ...] = (
        LinksChanged(),
        HistoryChanged((summary,)),
        StoriesChanged((scene.SLOW,)),
        tomorrow,
    )
    asked = [wish]
    for event in changes:
        detail.panel.apply(event)
        asked.append(wish)
        qtbot.waitUntil(lambda: detail.asked("request_barometer") == asked)
    again = replace(insight.barometer(), last=scene.DAY + timedelta(days=1))
    for event in (BarometerLoaded(again), tomorrow, StoriesChanged((scene.HIRES,))):
        detail.panel.apply(event)
    assert not detail.panel._insight._rest.isActive()


def test_that_a_name_without_links_says_where_to_add_one_and_shows_no_lone_dash(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    empty = replace(insight.barometer(days=False, tones=False), missing=())
    detail.panel.apply(BarometerLoaded(empty))
    panel = detail.panel.barometer
    assert "the tab Exposure adds one" in panel.plot._sentence
    assert panel._total.text() == ""
    detail.panel.apply(BarometerLoaded(replace(insight.barometer(days=False), missing=())))
    assert panel._total.text() == "tone 0.0 of 105 stories"
    nothing = replace(detail.panel._snapshot.rollups["stargate"], move_pct=None, counted=0, averaged=0)
    detail.panel.apply(RollupsChanged((nothing,)))
    detail.panel.settle()
    assert detail.panel.hero._change._text == ""


def test_that_an_average_before_the_open_says_that_it_is_one(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    told = detail.panel._snapshot.rollups["stargate"]
    early = replace(told, early=EarlyMove(1.25, 3, 1, 4))
    detail.panel.apply(RollupsChanged((early,)))
    detail.panel.settle()
    hero = detail.panel.hero
    assert (hero._change._text, hero._change._filled) == ("+1.25\u202f%", False)
    words = f"before the open: average of 4 of {told.total} linked names, 1 down, 3 up"
    assert hero._state.text() == words


def test_that_a_barometer_made_from_a_replay_says_so(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    panel = detail.panel.barometer
    detail.panel.apply(BarometerLoaded(insight.barometer()))
    assert not panel._made_up.isVisible()
    detail.panel.apply(BarometerLoaded(replace(insight.barometer(), reconstructed=True)))
    assert (panel._made_up.isVisible(), panel._made_up.text()) == (True, "reconstructed")


def test_that_a_name_linked_on_no_session_yet_is_not_said_to_lack_prices(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    new = replace(insight.barometer(days=False), missing=(), apart=("NVDA",))
    detail.panel.apply(BarometerLoaded(new))
    panel = detail.panel.barometer
    assert "No session of this span on which a name was linked" in panel.plot._labels
    assert panel._note.text() == "0 of 1 linked names counted"
    assert "linked on no session of this span: NVDA" in panel._note.accessibleDescription()
    assert "too little" not in panel._note.accessibleDescription()


@pytest.mark.parametrize(
    ("days", "tones", "words"),
    [
        (False, True, "No linked name with enough prices in this span"),
        (True, False, "No story in this span"),
        (False, False, "No linked name with enough prices, and no story in this span"),
    ],
)
def test_that_an_empty_part_says_so(qtbot: QtBot, words: str, *, days: bool, tones: bool) -> None:
    detail = Detail(qtbot, "stargate")
    detail.panel.apply(BarometerLoaded(insight.barometer(days=days, tones=tones)))
    plot = detail.panel.barometer.plot
    assert words in (plot._sentence, *plot._labels)
    assert not plot.grab().isNull()


def test_that_substance_is_asked_for_only_while_it_is_looked_at(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    qtbot.waitUntil(lambda: bool(detail.asked("request_bars")))
    assert detail.asked("request_substance") == []
    qtbot.mouseClick(detail.panel.tabs.heads[DetailTab.SUBSTANCE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: detail.asked("request_substance") == [("request_substance", "NVDA")])
    detail.panel.show_entity("ARM")
    detail.panel.show_entity("ORCL")
    qtbot.waitUntil(lambda: len(detail.asked("request_substance")) == 2)
    assert detail.asked("request_substance")[-1] == ("request_substance", "ORCL")


def test_that_substance_that_is_looked_at_is_asked_for_again_on_another_day(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    qtbot.mouseClick(detail.panel.tabs.heads[DetailTab.SUBSTANCE], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(detail.asked("request_substance")) == 1)
    detail.panel.apply(ClockTicked(now=scene.NOW + timedelta(days=1), markets=()))
    qtbot.waitUntil(lambda: len(detail.asked("request_substance")) == 2)


def test_that_every_figure_has_its_day_its_currency_and_its_trend(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(insight.LAYER)
    rows = {row.key: row for row in rows_of(detail)}
    assert list(rows) == [measure.value for measure in Measure]
    capex = rows[Measure.CAPEX.value]
    assert (capex.value, capex.period) == ("$8.3bn", "quarter to 30 Jun 2025")
    assert (len(capex.trend), capex.before) == (5, "from $4.6bn, 1 Jul 2024")
    assert "$7.4bn (quarter to 31 Mar 2025)" in capex.accessible_text
    missing = rows[Measure.PRICE_TO_EARNINGS.value]
    assert (missing.value, missing.period) == ("\u2013", "the provider has no such figure")
    assert detail.panel.substance._note.text() == "asking for 1 more"


def test_that_statements_asked_for_in_an_evening_of_new_york_are_of_that_day(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    evening = datetime(2025, 7, 22, 1, tzinfo=UTC)  # 21:00 of the 21st there
    asked = tuple(replace(each, fetched=evening) for each in insight.LAYER.companies)
    detail.panel.apply(replace(insight.LAYER, companies=asked, waiting=frozenset()))
    assert detail.panel.substance._note.text() == "as Yahoo had it on 21 Jul 2025"


def test_that_a_company_asked_for_anew_is_not_dated_by_the_oldest_of_its_layer(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    first, *others = insight.LAYER.companies
    fresh = replace(first, fetched=datetime(2025, 7, 22, 12, tzinfo=UTC))
    old = [replace(each, fetched=datetime(2025, 7, 16, 12, tzinfo=UTC)) for each in others]
    detail.panel.apply(replace(insight.LAYER, companies=(fresh, *old), waiting=frozenset()))
    detail.panel._turn_to(DetailTab.SUBSTANCE)
    panel = detail.panel.substance
    company, layer = panel.views.findChildren(QAbstractButton)
    assert panel._note.text() == "as Yahoo had it on 22 Jul 2025"
    qtbot.mouseClick(layer, Qt.MouseButton.LeftButton)
    assert panel._note.text() == "as Yahoo had it on 16 Jul 2025"
    qtbot.mouseClick(company, Qt.MouseButton.LeftButton)
    assert panel._note.text() == "as Yahoo had it on 22 Jul 2025"


def test_that_the_layer_stands_side_by_side_and_a_row_leads_to_its_company(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(insight.LAYER)
    detail.panel._turn_to(DetailTab.SUBSTANCE)
    panel = detail.panel.substance
    _, layer = panel.views.findChildren(QAbstractButton)
    layer.setFocus()
    qtbot.keyClick(layer, Qt.Key.Key_Space)
    assert panel.layer_list.isVisible()
    rows = {row.key: row for row in layer_of(detail)}
    assert list(rows) == list(insight.LAYER.layer)
    assert "¥324bn" in rows["9984.T"].values
    assert rows["9984.T"].who == "SoftBank"
    assert (rows["VRT"].values, rows["VRT"].why) == ((), "Waiting for statements")
    assert "Waiting for statements" in rows["VRT"].accessible_text
    assert "did not answer" in rows["SMCI"].why
    assert "(on 30 Jun 2025)" in rows["NVDA"].accessible_text
    panel.layer_list.setCurrentIndex(panel.layer_list.rows_model().index(1))
    with qtbot.waitSignal(detail.panel.entity_activated) as gone:
        qtbot.keyClick(panel.layer_list, Qt.Key.Key_Return)
    assert gone.args == ["ARM"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "from +125.9\u202f%, year to 31 Dec 2024"),
        (Language.KOREAN, "이전 +125.9\u202f%, 2024-12-31까지 1년"),
    ],
)
def test_that_a_trend_from_years_to_a_quarter_says_that_it_begins_with_a_year(
    qtbot: QtBot, translations: Translations, language: Language, words: str
) -> None:
    first = insight.LAYER.companies[0]
    growth = first.trend(Measure.GROWTH)
    begun = CompanyFigure(date(2024, 12, 31), 1.259, "", 12)
    mixed = replace(growth, figures=(begun, *growth.figures[-1:]))
    known = replace(first, trends=tuple(mixed if t is growth else t for t in first.trends))
    detail = Detail(qtbot, first.symbol)
    translations.use(language)
    detail.panel.apply(replace(insight.LAYER, companies=(known, *insight.LAYER.companies[1:])))
    row = next(row for row in rows_of(detail) if row.key == Measure.GROWTH.value)
    assert row.before == words


def test_that_every_figure_of_the_layer_has_its_date_and_an_earlier_one_a_mark(qtbot: QtBot) -> None:
    first = insight.LAYER.companies[0]
    margin = first.trend(Measure.OPERATING_MARGIN)
    before = replace(margin, figures=margin.figures[:-1])
    mixed = replace(first, trends=tuple(before if t is margin else t for t in first.trends))
    loaded = replace(insight.LAYER, companies=(mixed, *insight.LAYER.companies[1:]))
    for language, words in (
        (Language.ENGLISH, "quarter to 31 Mar 2025"),
        (Language.KOREAN, "2025-03-31까지 분기"),
    ):
        use_language(language)
        detail = Detail(qtbot, first.symbol)
        detail.panel.apply(loaded)
        row = next(row for row in layer_of(detail) if row.key == first.symbol)
        assert [value.endswith("*") for value in row.values[:4]] == [False, True, False, False]
        told = row.accessible_text.split("\n")
        assert len(told) == 1 + len(row.values)
        assert words in told[2]
        panel = detail.panel.substance
        tip = str(panel.layer_list.rows_model().index(0).data(Qt.ItemDataRole.ToolTipRole))
        assert tip.count("<br>") == len(row.values)
        assert panel._heads.toolTip()
        detail.panel.apply(insight.LAYER)
        assert not panel._heads.toolTip()


def test_that_tables_have_room_for_rows_in_the_low_window_and_the_chart_gives_it(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(insight.LAYER)
    detail.panel.resize(724, 549)
    qtbot.waitUntil(lambda: detail.panel.chart.plot is not None)
    before = detail.panel.chart.height()
    places = set()
    for page, least in (
        (DetailTab.SUBSTANCE, 5),
        (DetailTab.HEADLINES, 2),
        (DetailTab.EXPOSURE, 4),
        (DetailTab.ALERTS, 2),
    ):
        qtbot.mouseClick(detail.panel.tabs.heads[page], Qt.MouseButton.LeftButton)
        qtbot.wait(1)
        pages = {
            DetailTab.SUBSTANCE: detail.panel.substance.company,
            DetailTab.HEADLINES: detail.panel.headlines,
        }
        shown = pages.get(page, detail.panel._pages)
        assert shown.height() >= least * current_theme().row_height
        assert detail.panel.chart.height() < before
        places.add(detail.panel.tabs.heads[page].mapTo(detail.panel, QPoint(0, 0)).y())
    assert len(places) == 1, "once a table has its room, no tab moves as it is clicked"
    squeezed = detail.panel.chart.height()
    detail.panel.show_entity("ARM")
    qtbot.wait(1)
    assert detail.panel.chart.height() > squeezed, "another name begins anew"


def test_that_the_tabs_stay_under_the_pointer_as_they_are_clicked(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(insight.LAYER)
    qtbot.waitUntil(lambda: detail.panel.chart.plot is not None)
    places = set()
    for page in (*DetailTab, DetailTab.HEADLINES):
        detail.panel._turn_to(page)
        detail.panel.settle()
        qtbot.wait(1)
        places.add(detail.panel.tabs.heads[page].mapTo(detail.panel, QPoint(0, 0)).y())
    assert len(places) == 1


@pytest.mark.parametrize("width", [420, 560, 728, 960])
def test_that_columns_without_room_are_left_out_and_none_is_cut(width: int) -> None:
    theme = current_theme()
    rights = rights_of(width, 70)
    lefts = (12 + theme.px(84), *rights)
    assert all(right - left >= 70 for left, right in zip(lefts, rights, strict=False))
    assert rights[-1] <= width - theme.px(88) - 11


@pytest.mark.parametrize(
    ("entity", "event", "words"),
    [
        ("NVDA", None, "Waiting for statements"),
        ("NVDA", replace(insight.LAYER, companies=(), offered=False), "Statements are not part of a replay"),
        ("NVDA", replace(insight.LAYER, companies=()), "The source has no statements of it"),
        (
            "NVDA",
            replace(insight.LAYER, companies=(), failed=frozenset({"NVDA"})),
            "The source did not answer; open this tab in an hour to ask again",
        ),
    ],
)
def test_that_without_figures_the_reason_is_said(
    qtbot: QtBot, entity: str, event: object, words: str
) -> None:
    detail = Detail(qtbot, entity)
    if event is not None:
        detail.panel.apply(event)  # type: ignore[arg-type]
    assert rows_of(detail) == []
    assert detail.panel.substance.company._empty[1] == words


def _told(detail: Detail) -> list[str]:
    page = detail.panel.substance.private
    return [part.text() for part in page.findChildren(Paragraph) if part.isVisibleTo(page)]


def test_that_a_private_company_tells_what_it_does_how_it_stands_and_of_which_day_that_is(
    qtbot: QtBot,
) -> None:
    detail = Detail(qtbot, "stargate")
    detail.panel._turn_to(DetailTab.SUBSTANCE)
    qtbot.waitUntil(detail.panel.substance.private.isVisible)
    assert _told(detail) == [
        "Data centres for OpenAI",
        "Announced in January. Abilene is being built.",
        "As of 1 Jul 2025",
        "No statements: it is not listed",
    ]
    detail.panel.show_entity("NVDA")
    detail.panel.settle()
    assert not detail.panel.substance.private.isVisible()


@pytest.mark.parametrize(
    ("as_of", "said"),
    [("2025-05", "As of May 2025"), ("2025", "As of 2025"), ("last spring", "As of last spring")],
)
def test_that_a_day_is_written_as_exactly_as_it_is_known(qtbot: QtBot, as_of: str, said: str) -> None:
    detail = Detail(qtbot, "stargate")
    detail.panel.apply(ClockTicked(datetime(2026, 9, 1, 14, tzinfo=UTC), ()))
    snapshot, page = detail.panel._snapshot, detail.panel.substance.private
    entity = replace(snapshot.ecosystem.private["stargate"], as_of=as_of)
    page.put(entity, snapshot)
    assert page.day.text() == said


def test_that_a_replayed_day_does_not_know_what_was_checked_later(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "openai")
    said = "No statements: it is not listed"
    assert _told(detail) == ["Not shown: last checked on 22 Aug 2026, later than this day", said]
    detail.panel.apply(ClockTicked(datetime(2026, 9, 1, 14, tzinfo=UTC), ()))
    speak(detail.panel, Language.KOREAN)
    assert _told(detail)[0] == "비상장. 2026년 투자 유치."
    speak(detail.panel, Language.ENGLISH)
    assert _told(detail) == ["Private. Last round in 2026.", "As of 22 Aug 2026", said]


def test_that_a_denied_story_says_so_in_row_card_and_history(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(StoriesChanged((insight.DENIED,)))
    detail.panel.apply(ExplanationChanged("NVDA", insight.REOPENED))
    row = next(r for r in detail.panel.headlines.rows_model().rows if r.key == "slow")
    assert isinstance(row, ListedStory)
    assert (row.worded.became, row.worded.doubtful) == ("denied 14:02 by OpenAI", True)
    assert "new" in row.accessible_text
    assert "first reported by WSJ" in row.accessible_text
    card = detail.panel.card
    shown = [part.text() for part in card.findChildren(ElidedText) if part.isVisibleTo(card)]
    assert "denied 14:02 by OpenAI" in shown
    assert "First said 10:02 ET: tied to the Stargate report" in shown
    assert "14:02 no clear news found, since denied" in card._context.toolTip()


def test_that_words_of_insight_are_korean_too(qtbot: QtBot, translations: Translations) -> None:
    translations.use(Language.KOREAN)
    use_theme(build_theme(ThemeMode.LIGHT))
    detail = Detail(qtbot, "NVDA")
    speak(detail.panel, Language.KOREAN)
    detail.panel.apply(StoriesChanged((insight.DENIED,)))
    detail.panel.apply(ExplanationChanged("NVDA", insight.REOPENED))
    detail.panel.apply(insight.LAYER)
    card = detail.panel.card
    shown = [part.text() for part in card.findChildren(ElidedText) if part.isVisibleTo(card)]
    assert "14:02 오픈AI 부인" in shown
    assert "처음 뉴욕 10:02: 스타게이트 보도와 연결" in shown
    assert detail.panel.tabs.heads[DetailTab.SUBSTANCE].accessibleName() == "재무"
    capex = next(row for row in rows_of(detail) if row.key == Measure.CAPEX.value)
    assert (capex.value, capex.period) == ("82.8억 달러", "2025-06-30까지 분기")
    detail.panel.apply(ExplanationChanged("NVDA", insight.STILL))
    assert card._context.text() == "스타게이트 연결, 움직임 없음: VRT"


def test_that_a_linked_name_that_stands_still_is_named_as_context(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "stargate")
    moved = replace(scene.MOVES["NVDA"], symbol="NVDA", sar=-2.4)
    detail.panel.apply(QuotesChanged((), (moved,)))
    detail.panel.show_entity("NVDA")
    basket = next(iter(e for e in scene.nvda_events() if isinstance(e, RollupsChanged))).rollups[0]
    fallen = detail.panel.exposure.list.rows_model().rows
    assert not any(row.still for row in fallen if isinstance(row, ExposureRow)), "2.2 % down is no stillness"
    detail.panel.apply(RollupsChanged((replace(basket, move_pct=-0.3, sar=-0.2),)))
    detail.panel.settle()
    rows = {r.key.split("|")[0]: r for r in detail.panel.exposure.list.rows_model().rows}
    stargate = rows["stargate"]
    assert isinstance(stargate, ExposureRow)
    assert stargate.still == "has not moved"
    assert stargate.accessible_text.endswith("has not moved")
    for word in ("may follow", "will", "expected to"):
        assert word not in stargate.accessible_text


@pytest.mark.parametrize(("hours", "still"), [(14, ""), (2, "has not moved")])
def test_that_who_was_asleep_has_not_stood_still(qtbot: QtBot, hours: int, still: str) -> None:
    detail = Detail(qtbot, "stargate")
    calm = replace(scene.MOVES["NVDA"], symbol="9984.T", move_pct=0.1, abnormal_pct=0.1, sar=0.1)
    shut = scene.quote("9984.T", 2887.5, 0.1, as_of=scene.NVDA.as_of - timedelta(hours=hours))
    detail.panel.apply(QuotesChanged((shut,), (calm,)))
    basket = next(iter(e for e in scene.nvda_events() if isinstance(e, RollupsChanged))).rollups[0]
    detail.panel.apply(RollupsChanged((replace(basket, move_pct=-2.3, sar=-2.2),)))
    detail.panel.settle()
    rows = [r for r in detail.panel.exposure.list.rows_model().rows if isinstance(r, ExposureRow)]
    assert next(row for row in rows if row.entity_id == "9984.T").still == still


@pytest.mark.parametrize("state", [QuoteState.HALTED, QuoteState.STALE, QuoteState.WITHHELD])
def test_that_a_price_the_list_does_not_judge_is_not_judged_beside_a_link(
    qtbot: QtBot, state: QuoteState
) -> None:
    detail = Detail(qtbot, "stargate")
    percent = text.NOTHING if state is QuoteState.WITHHELD else "\u22122.54\u202f%"

    def nvidia() -> ExposureRow:
        rows = [r for r in detail.panel.exposure.list.rows_model().rows if isinstance(r, ExposureRow)]
        return next(row for row in rows if row.entity_id == "NVDA")

    assert (nvidia().move_text, nvidia().sar_text) == ("\u22122.54\u202f%", "\u22120.8")
    assert ", \u22122.54\u202f%, SAR \u22120.8: " in nvidia().accessible_text  # what is seen is said, too
    detail.panel.apply(QuotesChanged((replace(scene.NVDA, state=state),)))
    detail.panel.settle()
    assert (nvidia().move, nvidia().move_text, nvidia().sar_text) == (None, percent, text.NOTHING)
    assert "SAR" not in nvidia().accessible_text
    pairs = {chip.text(): figure for chip, figure in detail.panel.card._linked._pairs}
    assert (pairs["NVDA"]._text, pairs["NVDA"]._value) == (percent, 0.0)


def test_that_a_share_whose_trading_is_halted_is_not_said_to_stand_still(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    detail.panel.apply(ExplanationChanged("NVDA", insight.STILL))
    context = detail.panel.card._context
    assert context.text() == "Linked to Stargate, has not moved: VRT"  # whose links, as the tab has NVIDIA's
    assert "Not moved: by less than 1 %" in context.toolTip()  # the list shows VRT's percent
    halted = replace(scene.NVDA, symbol="VRT", state=QuoteState.HALTED)
    detail.panel.apply(QuotesChanged((halted,)))
    detail.panel.apply(ExplanationChanged("NVDA", insight.STILL))
    assert "VRT" not in context.text()


def test_that_a_session_that_was_over_before_the_report_is_not_said_to_have_stood_still(qtbot: QtBot) -> None:
    detail = Detail(qtbot, "NVDA")
    report = scene.SLOW.lead.published
    for minutes, said in ((-1, ""), (1, "Linked to Stargate, has not moved: VRT")):
        quote = replace(scene.NVDA, symbol="VRT", as_of=report + timedelta(minutes=minutes))
        detail.panel.apply(QuotesChanged((quote,)))
        detail.panel.apply(ExplanationChanged("NVDA", insight.STILL))
        assert detail.panel.card._context.text() == said


@pytest.mark.parametrize("mode", list(ThemeMode))
@pytest.mark.parametrize("palette", list(Palette))
def test_that_every_look_draws_both_panels(qtbot: QtBot, mode: ThemeMode, palette: Palette) -> None:
    detail = Detail(qtbot, "stargate")
    dress_in(detail.panel, build_theme(mode, palette))
    detail.panel.apply(BarometerLoaded(insight.barometer()))
    picture: QImage = detail.panel.barometer.plot.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, picture.height(), 3)
    }
    assert len(colours) >= 3


@pytest.mark.parametrize(
    ("dated", "english", "korean"),
    [
        ("2025-01-21", "21 Jan 2025", "2025-01-21"),
        ("2025-05", "May 2025", "2025-05"),
        ("2024", "2024", "2024"),
    ],
)
def test_that_the_day_of_a_report_is_written_as_exactly_as_it_is_known(
    dated: str, english: str, korean: str
) -> None:
    assert report_day(dated) == english
    use_language(Language.KOREAN)
    assert report_day(dated) == korean
