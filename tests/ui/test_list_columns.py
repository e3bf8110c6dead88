"""The columns of the list: chosen, moved, reached sideways, and what they order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui import scene
from tests.ui.list_bench import LEFT, NO_KEY, Bench

from stackwatch.domain.events import QuotesChanged, RollupsChanged
from stackwatch.domain.quote import ChartRange, Session
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import ThemeMode, build_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, SettingsStore, ViewChoice
from stackwatch.ui.watchlist.column_chooser import ColumnChooser
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_menu import row_menu
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
_NO_KEYS = (
    Qt.MouseButton.NoButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.ScrollPhase.NoScrollPhase,
    False,
)


def test_that_the_columns_are_chosen_on_a_low_screen_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_theme(build_theme(ThemeMode.DARK, base_px=MOST_TEXT))
    screen = QRect(0, 0, 960, 500)  # 1920 x 1080 at 200 %
    monkeypatch.setattr(
        ColumnChooser, "screen", lambda _chooser: SimpleNamespace(availableGeometry=lambda: screen)
    )
    bench.view.choose_columns()
    chooser = bench.view.findChild(ColumnChooser)
    assert chooser is not None
    assert chooser.height() <= screen.height()
    assert chooser.usual.visibleRegion().boundingRect() == chooser.usual.rect()
    chooser.close()


def test_that_a_column_is_chosen_and_moved_by_keys_and_is_there_again_later(
    bench: Bench, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    bench.window.placement.columns.setSizes([900, 540])
    QTest.keyClick(bench.view, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    chooser = bench.view.findChild(ColumnChooser)
    assert chooser is not None
    row = next(n for n in range(chooser.rows.count()) if chooser.rows.item(n).text() == "Currency")
    chooser.rows.setCurrentRow(row)
    QTest.keyClick(chooser.rows, Qt.Key.Key_Space)
    assert not bench.view.isColumnHidden(Column.CURRENCY)
    QTest.keyClick(chooser.rows, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    order = bench.view.columns.order
    assert order.index(Column.CURRENCY) < order.index(Column.EXTENDED)
    QTest.keyClick(chooser.rows, Qt.Key.Key_Escape)
    index = bench.view.list_model.index_of("005930.KS").siblingAtColumn(Column.CURRENCY)
    assert index.data() == "KRW"
    bench.window.close()
    stored = SettingsStore(tmp_path, write_own).load()
    assert "currency" in stored.list_columns.shown
    again = open_window(stored)
    assert again.list.columns.order == order
    assert Column.CURRENCY in again.list.columns.chosen


def test_that_a_list_without_a_column_beside_its_names_is_so_again_later(
    bench: Bench, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    for column in bench.view.columns.chosen:
        bench.view.columns.choose(column, shown=False)
    bench.window.close()
    again = open_window(SettingsStore(tmp_path, write_own).load())
    assert again.list.columns.chosen == frozenset()


def test_that_columns_without_room_are_reached_sideways_and_the_leading_ones_stay(bench: Bench) -> None:
    view, columns = bench.view, bench.view.columns
    assert not view.sideways.isVisible()
    for column in (Column.POINTS, Column.VOLUME, Column.EXTENDED, Column.AS_OF):
        columns.choose(column, shown=True)
    assert view.sideways.isVisible()
    lead = (Column.BELL, Column.SYMBOL, Column.NAME)
    seen: set[Column] = set()
    for _ in range(len(Column)):
        shown = [c for c in Column if not view.isColumnHidden(c)]
        assert sum(view.columnWidth(c) for c in shown) <= view.width()
        assert [view.columnViewportPosition(c) for c in lead] == [0, 28, 98]
        assert view.columnWidth(Column.NAME) >= 96
        seen.update(shown)
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert seen == {*lead, *columns.chosen}
    assert Column.LAST in columns.without_room
    assert view.sideways.value() == view.sideways.maximum()
    view.sideways.setValue(0)  # as the pointer drags it
    assert Column.LAST not in columns.without_room
    turn = QWheelEvent(QPointF(50, 80), QPointF(50, 80), QPoint(), QPoint(-120, 0), *_NO_KEYS)
    QApplication.sendEvent(view.viewport(), turn)
    assert Column.LAST in columns.without_room
    view.columns.usual()
    assert not view.sideways.isVisible()


def test_that_a_dragged_column_shows_where_it_goes_and_comes_back_by_undo(bench: Bench) -> None:
    heads, before = bench.view._heads, bench.view.columns.order

    def at(column: Column, share: float) -> QPoint:
        left = heads.sectionViewportPosition(column)
        return QPoint(left + round(share * heads.sectionSize(column)), 10)

    QTest.mousePress(heads.viewport(), LEFT, NO_KEY, at(Column.ABNORMAL, 0.5))
    QTest.mouseMove(heads.viewport(), at(Column.NAME, 0.5))
    assert heads._line == -1, "a place beside the name is offered"
    QTest.mouseMove(heads.viewport(), at(Column.LAST, 0.2))
    assert heads._line == heads.sectionViewportPosition(Column.LAST)
    QTest.mouseRelease(heads.viewport(), LEFT, NO_KEY, at(Column.LAST, 0.2))
    assert heads._line == -1
    assert bench.view.columns.order.index(Column.ABNORMAL) == before.index(Column.LAST)
    bench.controller.stack.undo()
    assert bench.view.columns.order == before


def test_that_shift_f10_opens_the_menu_of_what_has_the_keyboard(bench: Bench, qtbot: QtBot) -> None:
    window = bench.window
    bench.view.select("NVDA")
    window.views.show_view(ViewChoice.HEAT)
    for widget in (bench.view, window.views.heat.canvas):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(widget, event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), widget
        assert menu.actions()[0].text() == "Open"
        menu.close()
    key = next(action for action in window.actions_known if action.keys == ("Shift+F10",))
    window.views.show_view(ViewChoice.LIST)
    bench.view.setFocus()
    qtbot.waitUntil(bench.view.hasFocus)
    key.run()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    key.run()  # not a second one over it
    assert QApplication.activePopupWidget() is menu
    menu.close()


def test_that_the_leading_columns_cannot_be_moved_away(bench: Bench) -> None:
    for column in (Column.POINTS, Column.VOLUME, Column.EXTENDED, Column.AS_OF):
        bench.view.columns.choose(column, shown=True)
    heads = bench.view.header()
    heads.moveSection(heads.visualIndex(Column.LAST), 0)
    assert bench.view.columns.order[:3] == (Column.BELL, Column.SYMBOL, Column.NAME)


def test_that_a_click_on_a_head_sorts_every_layer_then_the_other_way_then_not(bench: Bench) -> None:
    own = bench.rows("cloud")
    bench.view.select("GOOGL")
    bench.head(Column.CHANGE)
    assert bench.rows("cloud")[:2] == ["CRWV", "9984.T"]
    assert bench.rows("gpus")[0] == "INTC"
    assert bench.view.selected_id == "GOOGL"
    bench.head(Column.CHANGE)
    assert bench.rows("cloud")[0] == "ORCL"
    bench.head(Column.CHANGE)
    assert bench.rows("cloud") == own


def test_that_missing_values_come_last_both_ways_and_one_layer_can_be_ordered_alone(bench: Bench) -> None:
    index = bench.view.list_model.index_of("cloud")
    menu = row_menu(bench.view, index, bench.view.list_model.node(index))
    orders = next(a.menu() for a in menu.actions() if a.text() == "Sort this layer")
    assert isinstance(orders, QMenu)
    by = next(a for a in orders.actions() if a.text().startswith("SAR"))
    own = bench.rows("gpus")
    by.trigger()
    assert bench.rows("cloud")[-1] == "9984.T"
    assert bench.rows("gpus") == own
    menu.close()


def test_that_figures_that_are_not_shown_order_no_row(bench: Bench) -> None:
    averages = scene.rollups().rollups
    stale = replace(next(each for each in averages if each.id == "stargate"), stale=True)
    bench.window.apply(RollupsChanged((stale,)))
    index = scene.quote("AMD", 154.72, -1.452, currency="")
    bench.window.apply(QuotesChanged((index,)))
    for column in (Column.ABNORMAL, Column.SAR):
        bench.view.sort(EVERY, Sort(column, descending=False))
        private = bench.rows(PRIVATE_GROUP)
        assert private.index("stargate") > private.index("anthropic")
    bench.view.sort(EVERY, Sort(Column.CURRENCY, descending=False))
    assert bench.rows("gpus")[-1] == "AMD"


def test_that_the_menu_orders_by_every_chosen_column_and_turns_round_the_one_in_use(bench: Bench) -> None:
    """By keyboard nobody came to the smallest first, nor to a column that is not there at first."""

    def orders() -> dict[str, QAction]:
        index = bench.view.list_model.index_of("gpus")
        menu = row_menu(bench.view, index, bench.view.list_model.node(index))
        offered = next(a.menu() for a in menu.actions() if a.text() == "Sort this layer")
        assert isinstance(offered, QMenu)
        return {action.text(): action for action in offered.actions()}

    assert "Change in points" not in orders()
    bench.view.columns.choose(Column.POINTS, shown=True)
    orders()["Change in points"].trigger()
    assert bench.rows("gpus") == ["INTC", "AMD", "NVDA", "ARM"]
    assert orders()["Change in points \u2193"].isChecked()
    orders()["Change in points \u2193"].trigger()
    assert bench.rows("gpus") == ["ARM", "NVDA", "AMD", "INTC"]
    assert orders()["Change in points \u2191"].isChecked()


def test_that_rows_are_ordered_by_the_figures_that_are_shown_outside_regular_hours(bench: Bench) -> None:
    """Before the open the order was that of the day before, under changes and times of this morning."""
    early = scene.NOW + timedelta(hours=14)
    moves = {"NVDA": (0.5, 3), "AMD": (-2.0, 9), "ARM": (4.0, 1), "INTC": (0.1, 5)}  # points, minutes ago
    bench.window.apply(
        QuotesChanged(
            tuple(
                scene.quote(
                    symbol, 100.0, -2.0, session=Session.PRE, extended_price=100.0 + points,
                    extended_as_of=early - timedelta(minutes=ago),
                )
                for symbol, (points, ago) in moves.items()
            )
        )
    )  # fmt: skip
    bench.view.sort("gpus", Sort(Column.POINTS, descending=True))
    assert bench.rows("gpus") == ["ARM", "NVDA", "INTC", "AMD"]
    bench.view.sort("gpus", Sort(Column.AS_OF, descending=True))
    assert bench.rows("gpus") == ["ARM", "NVDA", "INTC", "AMD"]


def test_that_sorted_rows_wait_while_the_pointer_is_over_them(bench: Bench, qtbot: QtBot) -> None:
    bench.head(Column.CHANGE)
    QTest.mouseMove(bench.view.viewport(), QPoint(100, 100))
    bench.view._point_at(100)
    assert bench.view._sorter.held
    before = bench.rows("gpus")
    bench.window.apply(QuotesChanged((scene.quote("NVDA", 200.0, 15.0),)))
    bench.view._sorter.timeout.emit()
    assert bench.rows("gpus") == before
    QApplication.sendEvent(bench.view, QEvent(QEvent.Type.Leave))
    bench.view.leaveEvent(QEvent(QEvent.Type.Leave))
    bench.view._sorter._scrolled = -10.0
    with qtbot.waitSignal(bench.view.list_model.layoutChanged):
        bench.view._sorter.start(0)
    assert bench.rows("gpus")[0] == "NVDA"


def test_that_the_columns_are_chosen_beside_the_list_they_are_of(bench: Bench) -> None:
    bench.window.views.show_view(ViewChoice.HEAT)
    QTest.keyClick(bench.window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert bench.window.views.view is ViewChoice.LIST
    chooser = bench.view.findChild(ColumnChooser)
    assert chooser is not None
    chooser.close()


def test_that_the_span_of_a_chart_changes_only_where_a_chart_is(bench: Bench) -> None:
    detail = bench.window.detail
    QTest.keyClick(bench.window, Qt.Key.Key_2)
    assert detail.pane.range is ChartRange.DAY_5
    bench.window.views.show_view(ViewChoice.HEADLINES)
    QTest.keyClick(bench.window, Qt.Key.Key_5)
    assert detail.pane.range is ChartRange.DAY_5
