"""The flags of a chart: reports, alerts, splits and dividends at their bar."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.chart_scene import NEW_YORK, show
from tests.ui.scene import dress_in

from stackwatch.domain.quote import ChartRange, CorporateActions, Dividend, Split
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.action_words import dividend_words, factor_words
from stackwatch.ui.chart.chart import Chart
from stackwatch.ui.chart.chart_actions import action_flags
from stackwatch.ui.chart.chart_flags import Flag, FlagKind, place_flags
from stackwatch.ui.chart.chart_items import BarSeries
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import ThemeMode, build_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def flag(key: str, place: int = 0) -> Flag:
    return Flag(FlagKind.STORY, key, place, key)


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
