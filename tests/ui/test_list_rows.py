"""Rows and layers of the list: dragged and moved by key, taken out, and taken back."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from tests.ui.list_bench import Bench

from stackwatch.domain.armed import PriceLevel
from stackwatch.domain.events import ArmedChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_edits import ListEdit
from stackwatch.ui.watchlist.watchlist_menu import row_menu
from stackwatch.ui.watchlist.watchlist_sort import Sort

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
ALT = Qt.KeyboardModifier.AltModifier


def test_that_a_dragged_alert_line_goes_back_by_undo(bench: Bench) -> None:
    level = PriceLevel(rule_id="nvda-155", symbol="NVDA", price=155.0)
    bench.view.select("NVDA")
    bench.window.apply(ArmedChanged(frozenset({"NVDA"}), frozenset(), (level,)))
    bench.window.detail.chart.alert_moved.emit("nvda-155", 158.5)
    bench.controller.stack.undo()
    bench.controller.stack.redo()
    moves = [tuple(values[1:]) for kind, *values in bench.commands.calls if kind == "move_level"]
    assert moves == [(155.0, 158.5), (158.5, 155.0), (155.0, 158.5)]


def test_that_a_row_is_dragged_to_another_layer_and_comes_back_by_undo(bench: Bench) -> None:
    bench.view.select("NVDA")
    bench.drag("NVDA", bench.spot("MSFT", low=True))
    bench.settle()
    assert bench.rows("cloud")[:4] == ["ORCL", "MSFT", "NVDA", "GOOGL"]
    assert "NVDA" not in bench.rows("gpus")
    assert bench.view.selected_id == "NVDA"
    QTest.keyClick(bench.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.rows("gpus")[0] == "NVDA"
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(bench.view, Qt.Key.Key_Z, both)
    bench.settle()
    assert bench.rows("cloud")[2] == "NVDA"


def test_that_a_row_over_a_folded_layer_is_shown_to_go_into_it(bench: Bench) -> None:
    head = bench.view.list_model.index_of("cloud")
    bench.view.expand(head)
    assert bench.marked(bench.drag_over("NVDA", bench.spot("cloud"))) == ()
    bench.view.collapse(head)
    assert bench.marked(bench.drag_over("NVDA", bench.spot("cloud"))) == ("cloud",)


def test_that_a_layer_that_is_scrolled_away_under_a_drag_has_no_frame(bench: Bench) -> None:
    bench.window.placement.rows.setSizes([200, 600])
    bench.view.collapse(bench.view.list_model.index_of("cloud"))
    bench.view.scrollToTop()
    assert bench.marked(bench.drag_over("NVDA", bench.spot("cloud"))) == ("cloud",)
    bench.view.verticalScrollBar().setValue(bench.view.verticalScrollBar().maximum())
    assert "cloud" not in {node.id for node in bench.view.rows_on_screen()}
    assert bench.marked(bench.view.viewport().grab().toImage()) == ()


def test_that_a_row_over_a_sorted_layer_is_shown_to_go_into_it(bench: Bench) -> None:
    bench.head(Column.CHANGE)
    rows = bench.rows("cloud")
    assert bench.marked(bench.drag_over("NVDA", bench.spot("MSFT"))) == ("cloud", *rows)


def test_that_a_row_held_over_its_own_place_goes_nowhere(bench: Bench) -> None:
    bench.view.select("MSFT")
    before = bench.view.viewport().grab().toImage()
    for place in (bench.spot("MSFT"), bench.spot("MSFT", low=True), bench.spot("ORCL", low=True)):
        assert bench.drag_over("MSFT", place) == before
        bench.drag("MSFT", place)
    assert not bench.asked("change_watchlist")
    assert bench.drag_over("MSFT", bench.spot("ORCL")) != before


def test_that_an_empty_layer_says_so_and_takes_a_row_and_a_layer_goes_before_another(bench: Bench) -> None:
    bench.view.edit_wanted.emit(ListEdit("x", lambda x: editing.add_layer(x, "Mine", "cloud")[0]))
    bench.settle()
    head = bench.view.list_model.index_of("mine")
    assert "drag names here" in str(head.siblingAtColumn(Column.NAME).data())
    bench.drag("NVDA", bench.spot("mine"))
    bench.settle()
    assert bench.rows("mine") == ["NVDA"]
    bench.drag("gpus", bench.spot("cloud"))
    bench.settle()
    assert [group.id for group in bench.view.list_model.groups][1:3] == ["gpus", "cloud"]
    bench.drag("openai", bench.spot("cloud"))
    bench.drag("NVDA", bench.spot("openai"))  # a share is no private company
    bench.settle()
    assert bench.rows("cloud")[0] == "openai"
    assert bench.rows("mine") == ["NVDA"]


def test_that_keys_move_and_remove_a_row(bench: Bench) -> None:
    bench.view.select("ORCL")
    alt = Qt.KeyboardModifier.AltModifier
    QTest.keyClick(bench.view, Qt.Key.Key_Down, alt)
    bench.settle()
    assert bench.rows("cloud")[:2] == ["MSFT", "ORCL"]
    bench.view.select("INTC")
    QTest.keyClick(bench.view, Qt.Key.Key_Down, alt)
    bench.settle()
    assert bench.rows("asic")[0] == "INTC"
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    bench.settle()
    assert "INTC" not in bench.controller.current.symbols
    assert bench.view.selected_id == "AVGO"


@pytest.mark.parametrize("way", ["key", "drag"])
def test_that_a_layer_goes_past_the_next_one_that_is_to_be_seen(bench: Bench, way: str) -> None:
    for hidden in ("gpus", "asic"):
        change = partial(editing.hide_layer, layer_id=hidden, hidden=True)
        bench.view.edit_wanted.emit(ListEdit("Hide", change))
        bench.settle()
    if way == "key":
        bench.view.stand_on("cloud")
        QTest.keyClick(bench.view, Qt.Key.Key_Down, ALT)
    else:
        bench.drag("memory", bench.spot("cloud", low=True))  # it is there
        assert not bench.asked("change_watchlist")
        bench.drag("cloud", bench.spot("memory", low=True))
    bench.settle()
    assert [group.id for group in bench.view.list_model.groups][1:3] == ["memory", "cloud"]


def test_that_no_row_is_moved_into_a_layer_that_is_hidden(bench: Bench) -> None:
    change = partial(editing.hide_layer, layer_id="gpus", hidden=True)
    bench.view.edit_wanted.emit(ListEdit("Hide", change))
    bench.settle()
    (node,) = bench.view.list_model.nodes_of("ORCL")
    menu = row_menu(bench.view, bench.view.list_model.index_of("ORCL"), node)
    (places,) = [each for each in menu.findChildren(QMenu) if each.title() == "Move to layer"]
    names = [action.text() for action in places.actions()]
    assert names[0] == "ASIC, network && optics"
    assert "GPUs && accelerators" not in names


def test_that_a_key_moves_no_row_among_others_that_values_order(bench: Bench) -> None:
    bench.view.sort("cloud", Sort(Column.CHANGE, descending=True))
    bench.view.select("ORCL")
    QTest.keyClick(bench.view, Qt.Key.Key_Up, ALT)
    assert not bench.asked("change_watchlist")
    assert bench.view.selected_id == "ORCL"


def test_that_what_can_be_moved_no_further_keeps_the_keyboard(bench: Bench) -> None:
    last = bench.view.list_model.groups[-1]
    bench.view.set_folded(())
    bench.view.stand_on(last.id)
    for _ in range(3):
        QTest.keyClick(bench.view, Qt.Key.Key_Down, ALT)
    assert not bench.asked("change_watchlist")
    assert bench.view.node_at(bench.view.currentIndex()) is last


def test_that_what_was_taken_out_goes_nowhere_while_its_row_is_still_there(bench: Bench) -> None:
    bench.view.stand_on("gpus")
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    for layer in ("gpus", "cloud"):  # a busy core has not answered yet
        bench.drag(layer, bench.spot("equipment"))
        bench.drag("AMD", bench.spot("ORCL", low=True))
        bench.drag("ORCL", bench.spot("AMD", low=True))
    bench.settle()
    shown = bench.controller.current
    assert shown.layer("gpus") is None
    assert "AMD" not in shown.symbols
    assert shown.layer_of["ORCL"] == "cloud"


@pytest.mark.parametrize("gone", ["AMD", "gpus"])
def test_that_undo_and_redo_of_a_deletion_bring_selection_and_keyboard_there(
    bench: Bench, qtbot: QtBot, gone: str
) -> None:
    view, control, shift = bench.view, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitActive(bench.window):
        bench.window.activateWindow()

    def row() -> str:
        node = view.node_at(view.currentIndex())
        assert node is not None
        return node.id

    view.set_folded(("gpus",) if gone == "gpus" else ())
    folded = view.folded()
    view.select(gone)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    bench.settle()
    beside = row()
    elsewhere = bench.window.inbox.head.close_button
    view.select("ORCL")
    elsewhere.setFocus()
    QTest.keyClick(bench.window, Qt.Key.Key_Z, control)
    bench.settle()
    assert (row(), view.folded(), view.hasFocus()) == (gone, folded, True)
    view.select("ORCL")
    elsewhere.setFocus()
    QTest.keyClick(bench.window, Qt.Key.Key_Z, control | shift)
    bench.settle()
    assert (row(), view.hasFocus()) == (beside, True)
