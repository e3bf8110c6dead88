"""The list as a user changes it: columns, order, drags, undo, several lists, names from a search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.app import load_world
from stackwatch.domain.armed import PriceLevel
from stackwatch.domain.events import ArmedChanged, QuotesChanged, RollupsChanged
from stackwatch.domain.list_events import ListRead, ListRefused, SymbolsFound, WatchlistChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.quote import ChartRange, Session
from stackwatch.domain.venues import SymbolHit
from stackwatch.domain.watchlist import BilingualName, Directory, Ecosystem, Language, Watchlist
from stackwatch.storage.locations import user_folders
from stackwatch.storage.whole_file import write_own
from stackwatch.ui.frame.find_answers import AnswerKind as Answer
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import Role, ThemeMode, build_theme, current_theme, use_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, SettingsStore, ViewChoice
from stackwatch.ui.watchlist.column_chooser import ColumnChooser
from stackwatch.ui.watchlist.left_out_dialog import LeftOutDialog
from stackwatch.ui.watchlist.name_dialog import NameDialog
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_edits import ListEdit
from stackwatch.ui.watchlist.watchlist_model import ROW_TYPE
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP
from stackwatch.ui.watchlist.watchlist_sort import EVERY, Sort

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NO_KEY = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

_NO_KEYS = (
    Qt.MouseButton.NoButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.ScrollPhase.NoScrollPhase,
    False,
)


class Bench:
    """A window whose core answers changes of lists, as the real one does after writing them."""

    def __init__(self, window: MainWindow, commands: scene.RecordedCommands) -> None:
        self.window, self.commands = window, commands
        self.view, self.controller = window.list, window.lists.controller
        self.lists = {self.controller.current.id: self.controller.current}
        self.answers = 0
        for event in scene.events():
            window.apply(event)

    def settle(self) -> None:
        """Answer everything that was asked about lists."""
        calls, self.commands.calls = self.commands.calls, []
        for name, *values in calls:
            if name == "change_watchlist":
                watchlist = values[0]
                assert isinstance(watchlist, Watchlist)
                self._learn(values[1])
                self.lists[watchlist.id] = watchlist
                self.answers += 1
                self.window.apply(WatchlistChanged(watchlist, tuple(self.lists.values()), self.answers))
            elif name == "remove_watchlist":
                del self.lists[str(values[0])]
                shown = next(iter(self.lists.values()))
                self.window.apply(WatchlistChanged(shown, tuple(self.lists.values()), self.answers))

    def _learn(self, added: object) -> None:
        known = self.window._parts.ecosystem.instruments
        assert isinstance(known, Directory)
        assert isinstance(added, tuple)
        known.become({**known, **{each.symbol: each for each in added}})

    def asked(self, name: str) -> list[object]:
        return [values[0] for kind, *values in self.commands.calls if kind == name]

    def rows(self, layer_id: str) -> list[str]:
        return [node.id for node in self.view.list_model.nodes_of(layer_id)[0].children]

    def spot(self, entity_id: str, column: Column = Column.NAME, *, low: bool = False) -> QPoint:
        index = self.view.list_model.index_of(entity_id).siblingAtColumn(column)
        place = self.view.visualRect(index)
        return QPoint(place.center().x(), place.bottom() - 2 if low else place.top() + 2)

    def drag(self, entity_id: str, over: QPoint) -> None:
        data = QMimeData()
        data.setData(ROW_TYPE, entity_id.encode())
        self.drop(data, over)

    def drop(self, data: QMimeData, over: QPoint) -> None:
        actions, mouse = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, LEFT
        port = self.view.viewport()
        QApplication.sendEvent(port, QDragEnterEvent(over, actions, data, mouse, NO_KEY))
        QApplication.sendEvent(port, QDropEvent(QPointF(over), actions, data, mouse, NO_KEY))

    def drag_over(self, entity_id: str, over: QPoint) -> QImage:
        """Hold a row over a place; returns what the list looks like meanwhile."""
        data = QMimeData()
        data.setData(ROW_TYPE, entity_id.encode())
        actions = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
        port = self.view.viewport()
        QApplication.sendEvent(port, QDragEnterEvent(over, actions, data, LEFT, NO_KEY))
        QApplication.sendEvent(port, QDragMoveEvent(over, actions, data, LEFT, NO_KEY))
        return port.grab().toImage()

    def marked(self, image: QImage) -> tuple[str, ...]:
        """Return the rows that have a frame round them, from its mark at the right edge."""
        ink, right = current_theme().you, image.width() - 1
        middles = ((n, top + self.view.row_height // 2) for n, top in self.view.rows_on_screen().items())
        seen = ((node, y) for node, y in middles if y < image.height())
        return tuple(node.id for node, y in seen if image.pixelColor(right, y) == ink)

    def head(self, column: Column) -> None:
        heads = self.view.header()
        place = heads.sectionViewportPosition(column) + heads.sectionSize(column) // 2
        QTest.mouseClick(heads.viewport(), LEFT, NO_KEY, QPoint(place, 10))


@pytest.fixture
def bench(
    open_window: Callable[..., MainWindow],
    commands: scene.RecordedCommands,
    monkeypatch: pytest.MonkeyPatch,
) -> Bench:
    known: Ecosystem = scene.ecosystem()
    monkeypatch.setattr(scene, "ecosystem", lambda: replace(known, instruments=Directory(known.instruments)))
    return Bench(open_window(), commands)


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


def test_that_a_dragged_alert_line_goes_back_by_undo(bench: Bench) -> None:
    level = PriceLevel(rule_id="nvda-155", symbol="NVDA", price=155.0)
    bench.view.select("NVDA")
    bench.window.apply(ArmedChanged(frozenset({"NVDA"}), frozenset(), (level,)))
    bench.window.detail.chart.alert_moved.emit("nvda-155", 158.5)
    bench.controller.stack.undo()
    bench.controller.stack.redo()
    moves = [tuple(values[1:]) for kind, *values in bench.commands.calls if kind == "move_level"]
    assert moves == [(155.0, 158.5), (158.5, 155.0), (155.0, 158.5)]


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
    menu = bench.view.row_menu(index, bench.view.list_model.node(index))
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
        menu = bench.view.row_menu(index, bench.view.list_model.node(index))
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
    with qtbot.waitSignal(bench.view.list_model.layoutChanged, timeout=3000):
        bench.view._sorter.start(0)
    assert bench.rows("gpus")[0] == "NVDA"


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


def test_that_what_can_be_done_with_an_empty_list_is_there_in_a_low_window_with_the_largest_text(
    bench: Bench,
) -> None:
    bench.controller.new("Mine")
    bench.settle()
    empty = bench.view._empty
    for text_px, size, told in (
        (12, (1440, 900), True),
        (MOST_TEXT, (880, 600), False),
        (12, (1440, 900), True),
    ):
        bench.window.change_look({"text_px": text_px})
        bench.window.resize(*size)
        QApplication.processEvents()
        room = bench.view.viewport().rect()
        assert room.contains(empty.geometry())
        assert empty.title.isVisible()
        assert empty.help.isVisible() is told
        assert empty.rect().contains(empty.first.geometry())


def test_that_a_list_of_empty_layers_says_how_names_come_into_it_below_them(bench: Bench) -> None:
    empty, shown = bench.view._empty, bench.controller.current
    assert empty.isHidden()
    every = frozenset((*shown.symbols, *shown.entities))
    bench.view.edit_wanted.emit(ListEdit("x", lambda x: editing.remove(x, every)))
    bench.settle()
    heads = len(bench.view.list_model.groups) * bench.view.row_height
    assert empty.isVisible()
    assert empty.geometry().top() >= heads
    assert empty.title.text() == "This list is empty"
    wanted: list[str] = []
    bench.view.add_wanted.connect(wanted.append)
    QTest.mouseClick(empty.first, Qt.MouseButton.LeftButton)
    assert wanted == [editing.TOP]  # and no hidden layer is spoken of
    bench.window.resize(880, 600)
    bench.window.placement.rows.setSizes([heads + 60, 600])
    QApplication.processEvents()
    assert empty.isHidden() or bench.view.viewport().rect().contains(empty.geometry())
    QTest.keyClick(bench.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert empty.isHidden()


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


def test_that_taking_out_a_layer_says_how_many_names_went_until_they_are_back(bench: Bench) -> None:
    bench.view.setCurrentIndex(bench.view.list_model.index_of("cloud"))
    count = len(bench.rows("cloud"))
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    bench.settle()
    told = f"Names taken out: {count}. Undo (Ctrl+Z) brings them back."
    assert bench.window.notice.text == told
    QTest.keyClick(bench.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.window.notice.isHidden()
    bench.view.select("NVDA")
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)  # a row is seen to go
    assert bench.window.notice.isHidden()


def test_that_the_name_of_a_list_that_is_cut_is_whole_in_its_tip(bench: Bench) -> None:
    title = bench.window.header.title
    assert title.toolTip() == "Lists"
    name = "Memory & power of <all> the data centres of the coming years"
    title.show_name(name)
    assert title.width() < QFontMetrics(current_theme().font(Role.TITLE)).horizontalAdvance(name)
    assert (
        "Memory &amp; power of &lt;all&gt; the data centres of the coming years<br>Lists" in title.toolTip()
    )


@pytest.mark.parametrize("view", [ViewChoice.HEADLINES, ViewChoice.RULES])
def test_that_an_undo_shows_the_list_that_it_changes(bench: Bench, view: ViewChoice) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    bench.window.views.show_view(view)
    QTest.keyClick(bench.window, Qt.Key.Key_Z, ctrl)
    assert bench.window.views.view is view  # nothing to undo
    bench.window.views.show_view(ViewChoice.LIST)
    bench.view.select("NVDA")
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    bench.settle()
    bench.window.views.show_view(view)
    QTest.keyClick(bench.window, Qt.Key.Key_Z, ctrl)
    assert bench.window.views.view is ViewChoice.LIST
    bench.settle()
    bench.window.views.show_view(view)
    QTest.keyClick(bench.window, Qt.Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier)
    assert bench.window.views.view is ViewChoice.LIST


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
    menu = bench.view.row_menu(bench.view.list_model.index_of("ORCL"), node)
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


def test_that_every_layer_can_be_hidden_and_the_list_says_how_to_get_them_back(bench: Bench) -> None:
    bench.view.edit_wanted.emit(ListEdit("x", lambda x: replace(x, private=())))
    for layer in bench.controller.current.layers:
        edit = ListEdit("x", lambda x, key=layer.id: editing.hide_layer(x, key, hidden=True))  # type: ignore[misc]
        bench.view.edit_wanted.emit(edit)
    bench.settle()
    empty = bench.view._empty
    assert empty.isVisible()
    assert empty.title.text() == "Every layer is hidden"
    QTest.mouseClick(empty.first, LEFT)
    bench.settle()
    assert not empty.isVisible()
    assert bench.rows("gpus")


def test_that_lists_are_begun_switched_and_deleted_and_given_back(bench: Bench) -> None:
    _name(bench, "New list\u2026", "Mine & yours")
    bench.settle()
    assert bench.controller.current.names == BilingualName("Mine & yours", "Mine & yours")
    assert bench.window.header.title.text() == "Mine & yours"
    assert bench.view._empty.isVisible()
    QTest.keyClicks(bench.window.header.finder, "NVDA")
    assert bench.window.header.finder.found[0].kind is Answer.ADD
    QTest.keyClick(bench.window.header.finder, Qt.Key.Key_Return)
    bench.settle()
    assert bench.controller.current.symbols == ("NVDA",)
    assert bench.view.selected_id == "NVDA"
    QGuiApplication.clipboard().setText("NASDAQ:AMD, KRX:005930\nBINANCE:BTC")
    bench.view.setFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.controller.current.symbols == ("NVDA", "AMD", "005930.KS")
    assert "BINANCE:BTC" in bench.window.notice.text
    _pick(bench, "AI ecosystem")
    bench.settle()
    assert bench.rows("cloud")[0] == "ORCL"
    _pick(bench, "Mine && yours")
    bench.settle()
    _pick(bench, "Delete")
    bench.settle()
    assert bench.controller.current.id == "ai"
    assert bench.window.header.title.text() == "AI ecosystem"
    bench.controller.stack.undo()
    bench.settle()
    assert bench.controller.current.symbols == ("NVDA", "AMD", "005930.KS")


def test_that_a_list_that_was_just_deleted_takes_no_change(bench: Bench) -> None:
    bench.controller.duplicate("Mine")
    bench.settle()
    bench.view.select("NVDA")
    bench.controller.delete()
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)  # a busy core has not answered yet
    bench.controller.rename("Mine again")
    bench.controller.edit(ListEdit("x", lambda x: editing.remove(x, {"AMD", "openai"})))
    bench.controller.add("AMD")
    bench.controller.add_private("openai")
    bench.settle()
    assert list(bench.controller.lists) == ["ai"]
    assert bench.controller.current == scene.watchlist()


def test_that_a_key_for_a_row_changes_no_other_list_that_is_on_its_way(bench: Bench) -> None:
    bench.controller.duplicate("Mine")
    bench.settle()
    bench.view.select("NVDA")
    bench.controller.switch("ai")
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)  # a busy core still shows the copy
    bench.settle()
    assert bench.controller.current == scene.watchlist()


def test_that_the_only_list_says_why_it_stays(bench: Bench) -> None:
    steps = bench.controller.stack.index()
    _pick(bench, "Delete")
    bench.settle()
    assert "only list" in bench.window.notice.text
    assert bench.controller.stack.index() == steps


def test_that_a_deletion_that_was_refused_is_no_step(bench: Bench) -> None:
    _name(bench, "New list\u2026", "Mine")
    bench.settle()
    steps = bench.controller.stack.index()
    mine = bench.controller.current
    _pick(bench, "Delete")
    assert bench.controller.stack.index() == steps + 1
    bench.commands.calls.clear()
    bench.window.apply(ListRefused("mine.toml: cannot be removed.", mine.id))
    bench.window.apply(WatchlistChanged(mine, tuple(bench.lists.values()), bench.answers))
    QApplication.processEvents()
    assert bench.controller.stack.index() == steps
    assert not bench.asked("change_watchlist")  # nothing was to be taken back
    assert bench.controller.current == mine
    bench.controller.stack.undo()
    bench.settle()
    assert bench.controller.current.id == "ai"  # the step before, which did happen


def test_that_a_name_the_user_gave_holds_in_every_language(bench: Bench) -> None:
    shipped = bench.controller.current.names
    _name(bench, "Rename\u2026", shipped.en)  # as it was
    assert bench.controller.current.names == shipped
    _name(bench, "Rename\u2026", "Core")
    change = partial(editing.rename_layer, layer_id="gpus", name="Chips", language=Language.ENGLISH)
    bench.view.edit_wanted.emit(ListEdit("x", change))
    bench.settle()
    bench.window.change_look({"language": Language.KOREAN})
    assert bench.window.header.title.text() == "Core"
    assert bench.view.list_model.name(bench.view.list_model.nodes_of("gpus")[0]) == "Chips"


def test_that_an_unknown_name_is_looked_up_added_and_opened(bench: Bench) -> None:
    finder = bench.window.header.finder
    bench.view.add_wanted.emit("gpus")
    scene.speak(bench.window.header.finder, Language.KOREAN)
    QTest.keyClicks(finder, "rocket")
    assert [found.kind for found in finder.found] == [Answer.LOOK_UP, Answer.FOLLOW]
    QTest.keyClick(finder, Qt.Key.Key_Return)
    assert bench.asked("find_symbols") == ["rocket"]
    hits = (
        SymbolHit(symbol="RKLB", name="Rocket <b>Lab</b>", exchange="NASDAQ"),
        SymbolHit(symbol="RL.XX", name="Elsewhere", exchange="?"),
    )
    bench.window.apply(SymbolsFound("rock", hits))
    assert Answer.HIT not in [found.kind for found in finder.found]  # an answer to something else
    bench.window.apply(SymbolsFound("rocket", fault="search: no connection"))
    assert finder.found[0].title.endswith(": 연결 없음")
    assert "search" not in finder.found[0].title
    bench.window.apply(SymbolsFound("rocket", hits))
    assert [found.title for found in finder.found if found.kind is Answer.HIT] == ["RKLB", "RL.XX"]
    assert finder.found[-1].kind is Answer.FOLLOW  # what the provider lists may be somebody else
    assert "USD" in finder.found[0].note
    QTest.keyClick(finder, Qt.Key.Key_Return)
    ((_, watchlist, added, *_),) = [call for call in bench.commands.calls if call[0] == "change_watchlist"]
    assert isinstance(watchlist, Watchlist)
    assert isinstance(added, tuple)
    assert [(each.symbol, each.benchmark, each.calendar) for each in added] == [("RKLB", "QQQ", "XNYS")]
    bench.settle()
    assert bench.rows("gpus")[-1] == "RKLB"
    assert bench.view.selected_id == "RKLB"
    assert bench.window.detail.entity == "RKLB"
    bench.window.apply(SymbolsFound("rocket", fault="offline"))  # too late to be shown
    assert not finder.answers.isVisible()


def test_that_a_replay_says_that_it_looks_nothing_up_before_somebody_asks(bench: Bench) -> None:
    finder = bench.window.header.finder
    finder.asks = False
    QTest.keyClicks(finder, "rocket")
    assert finder.found[0].title == "A replay looks nothing up"
    QTest.keyClick(finder, Qt.Key.Key_Return)
    assert bench.asked("find_symbols") == []
    assert finder.text() == "rocket"


def test_that_a_private_company_that_was_taken_out_is_found_and_followed_again(bench: Bench) -> None:
    gone = bench.controller.current.private[0]
    bench.view.select(gone)
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    bench.settle()
    assert gone not in bench.controller.current.entities
    bench.view.select("NVDA")
    finder = bench.window.header.finder
    QTest.keyClicks(finder, gone)
    first = finder.found[0]
    assert (first.entity_id, first.kind) == (gone, Answer.ADD)
    QTest.keyClick(finder, Qt.Key.Key_Return)
    bench.settle()
    assert gone in bench.controller.current.private
    assert bench.view.selected_id == gone
    assert bench.window.detail.entity == gone


def _with_usual_layers(bench: Bench, **layers: str) -> None:
    known = bench.window._parts.ecosystem.instruments
    assert isinstance(known, Directory)
    known.become({**known, **{s: replace(known[s], layer=layer) for s, layer in layers.items()}})


def _find_and_add(bench: Bench, symbol: str) -> None:
    QTest.keyClicks(bench.window.header.finder, symbol)
    QTest.keyClick(bench.window.header.finder, Qt.Key.Key_Return)
    bench.settle()


def test_that_a_share_goes_where_it_usually_belongs_and_the_window_says_where(bench: Bench) -> None:
    layers = {layer.id: layer.names.en for layer in bench.controller.current.layers}
    _with_usual_layers(bench, AMD="memory")
    bench.controller.edit(ListEdit("x", lambda x: editing.remove(x, {"AMD"})))
    bench.settle()
    bench.view.select(bench.controller.current.private[0])
    _find_and_add(bench, "AMD")
    assert bench.rows("memory")[-1] == "AMD"
    assert bench.view.selected_id == "AMD"
    assert bench.window.notice.text == f"Added to {layers['memory']}: AMD"
    QTest.keyClick(bench.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert "AMD" not in bench.controller.current.symbols
    assert not bench.window.notice.isVisible()  # it is nowhere now


def test_that_the_first_names_of_a_new_list_share_its_one_layer_and_nothing_needs_to_be_said(
    bench: Bench,
) -> None:
    bench.controller.new("Mine")
    bench.settle()
    for symbol in ("000660.KS", "NVDA"):
        _find_and_add(bench, symbol)
        bench.controller.add_private("openai")
        bench.settle()
        bench.view.select("openai")
    assert [layer.symbols for layer in bench.controller.current.layers] == [("000660.KS", "NVDA")]
    assert not bench.window.notice.isVisible()


def test_that_a_share_of_no_layer_goes_beside_the_selected_share_else_into_a_layer_of_its_own(
    bench: Bench,
) -> None:
    bench.controller.edit(ListEdit("x", lambda x: editing.remove(x, {"AMD", "INTC", "MSFT"})))
    bench.settle()
    bench.view.select("NVDA")
    _find_and_add(bench, "AMD")
    assert bench.rows("gpus")[-1] == "AMD"
    assert not bench.window.notice.isVisible()  # it is where the user looks
    bench.view.select(bench.controller.current.private[0])
    _find_and_add(bench, "INTC")
    assert bench.rows("other") == ["INTC"]
    assert bench.window.notice.text == "Added to Other: INTC"
    bench.view.select(bench.controller.current.private[0])
    _find_and_add(bench, "MSFT")
    assert bench.rows("other") == ["INTC", "MSFT"]
    bench.window.change_look({"language": Language.KOREAN})
    names = {layer.id: layer.names for layer in bench.controller.current.layers}
    assert names["other"] == BilingualName("Other", "기타")
    bench.controller.stack.undo()
    bench.controller.stack.undo()
    bench.settle()
    assert "other" not in [layer.id for layer in bench.controller.current.layers]


def test_that_the_shipped_files_name_a_layer_for_tesla() -> None:
    world = load_world(user_folders(Path("nowhere")))
    made, place = editing.with_place(world.watchlist, world.ecosystem.instruments["TSLA"].layer, editing.TOP)
    assert (made, place) == (world.watchlist, "models_apps")


def test_that_what_was_pasted_is_shown_also_when_the_list_has_it_already(bench: Bench) -> None:
    bench.view.select("MSFT")
    QGuiApplication.clipboard().setText("005930\t005380\tRKLB")  # a row of a spreadsheet
    QTest.keyClick(bench.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bench.view.selected_id == "005930.KS"
    bench.settle()
    assert bench.controller.current.symbols.count("RKLB") == 1
    assert "Left out, not symbols such as NVDA or 005930.KS: 005380" in bench.window.notice.text
    bench.controller.add("NVDA")
    assert bench.view.selected_id == "NVDA"
    bench.controller.paste(
        "AMD 000660.KS NASDAQ:TXN, Advanced Micro"
    )  # spaces part what is certain, not names
    bench.settle()
    assert {"000660.KS", "TXN"} <= set(bench.controller.current.symbols)
    assert "005930.KS: Advanced Micro" in bench.window.notice.text
    bench.view.select("AMD")
    bench.controller.rename("Other")
    bench.settle()
    assert bench.view.selected_id == "AMD", "an earlier wish must not take the selection away later"


def test_that_an_import_with_mistakes_keeps_the_rest_and_says_which(bench: Bench, tmp_path: Path) -> None:
    data = QMimeData()
    files = [tmp_path / "mine.txt", tmp_path / "more.csv"]
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    bench.drop(data, bench.spot("MSFT"))
    assert bench.asked("import_watchlist") == files
    made = editing.add_layer(
        Watchlist(id="mine", names=BilingualName("mine", "mine"), layers=(), private=()), "A"
    )[0]
    made = editing.move(made, ("NVDA",), "a")
    bench.window.apply(ListRead(made, (), ((3, "BTC is on no exchange"),)))
    bench.settle()
    assert bench.controller.current == made
    assert "mine: imported names: 1; left out: 1 (line 3: BTC is on no exchange)" in bench.window.notice.text
    bench.window.apply(ListRefused("mine.toml: cannot be written"))
    assert "cannot be written" in bench.window.notice.text
    bench.controller.stack.undo()
    bench.settle()
    assert bench.controller.current.id == "ai"
    assert "mine" not in bench.lists
    assert bench.window.notice.text == "mine.toml: cannot be written"  # and no longer what came in


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_two_files_of_one_name_that_are_dropped_at_once_are_two_lists(bench: Bench) -> None:
    read = editing.remove(scene.watchlist(), {"NVDA"})
    for symbol in ("AMD", "ORCL"):  # both were read before the first was kept
        bench.window.apply(ListRead(replace(editing.remove(read, {symbol}), id="ai-2")))
    bench.settle()
    assert list(bench.controller.lists) == ["ai", "ai-2", "ai-2-2"]
    assert "ORCL" in bench.controller.lists["ai-2"].symbols
    assert "AMD" in bench.controller.lists["ai-2-2"].symbols


def test_that_lines_too_many_for_a_notice_can_be_read_whole_and_copied(bench: Bench) -> None:
    made = editing.move(bench.controller.current, ("NVDA",), bench.controller.current.layers[0].id)
    odd = tuple((line, f"X{line} is on no exchange") for line in range(1, 201))
    bench.window.apply(ListRead(replace(made, id="mine"), (), odd))
    bench.settle()
    (dialog,) = bench.window.findChildren(LeftOutDialog)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Lines left out: 200"
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert (len(copied), copied[-1]) == (200, "line 200: X200 is on no exchange")
    assert dialog.lines.toPlainText().splitlines() == copied
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_that_a_file_is_taken_wherever_it_is_dropped_and_other_things_are_not(
    bench: Bench, tmp_path: Path
) -> None:
    file, words = QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.txt"))])
    words.setText("a sentence from another program")
    for part in (bench.window.header, bench.window.inbox.view.viewport(), bench.window.views.heat):
        over, actions = part.rect().center(), Qt.DropAction.CopyAction
        for data, taken in ((file, True), (words, False)):
            enter = QDragEnterEvent(over, actions, data, LEFT, NO_KEY)
            QApplication.sendEvent(part, enter)
            assert enter.isAccepted() is taken
        QApplication.sendEvent(part, QDropEvent(QPointF(over), actions, file, LEFT, NO_KEY))
    assert bench.asked("import_watchlist") == 3 * [tmp_path / "mine.txt"]


def test_that_commands_are_found_in_both_languages_and_run(bench: Bench) -> None:
    finder = bench.window.header.finder
    for text in ("heat", "히트", "ㅎㅌㅁ"):
        finder.setText(text)
        commands = [found for found in finder.found if found.kind is Answer.COMMAND]
        assert (commands[0].title, commands[0].note) == ("Heat map", "Alt 2")
    assert commands[0].run is not None
    commands[0].run()
    assert bench.window.views.shown is bench.window.views.heat


def test_that_what_another_window_did_to_the_list_stays_when_a_change_is_taken_back(bench: Bench) -> None:
    start = bench.controller.current
    bench.view.select("AMD")
    QTest.keyClick(bench.view, Qt.Key.Key_Delete)
    mine = bench.controller.current
    bench.settle()
    foreign = editing.remove(mine, {"INTC"})
    bench.window.apply(WatchlistChanged(foreign, (foreign,), bench.answers))
    assert bench.controller.current == foreign
    bench.controller.stack.undo()
    assert bench.commands.calls[-1] == ("change_watchlist", start, (), (), mine)
    bench.commands.calls.clear()
    bench.window.apply(WatchlistChanged(foreign, (foreign,), bench.answers))  # of before it was taken back
    assert bench.controller.current == start
    both = editing.remove(start, {"INTC"})
    bench.window.apply(WatchlistChanged(both, (both,), bench.answers + 1))
    assert bench.controller.current == both
    assert "AMD" in bench.rows(editing.home_of(both, "AMD") or "")


def test_that_every_part_follows_another_list(bench: Bench) -> None:
    bench.window.views.exposure.apply(scene.clock())
    bench.window.views.rules.show()
    made = editing.hide_layer(editing.remove(bench.controller.current, {"NVDA"}), "memory", hidden=True)
    bench.window.apply(WatchlistChanged(made, (made,)))
    bench.window.change_look({"language": Language.KOREAN})
    bench.window.views.show_view(ViewChoice.HEAT)
    assert bench.window.views.heat.canvas.current_id == bench.view.selected_id != "NVDA"
    tiles = [key for key, _, _ in bench.window.views.heat.canvas.shown]
    assert "AMD" in tiles
    assert "NVDA" not in tiles
    assert "MU" not in tiles
    assert "NVDA" not in bench.window.header._freshness._symbols
    bench.window.change_look({"language": Language.ENGLISH})


@pytest.mark.parametrize(("typed", "korean"), [("", "AI 생태계 사본"), ("Mine", "Mine")])
def test_that_a_name_the_program_proposed_is_in_both_languages(bench: Bench, typed: str, korean: str) -> None:
    _pick(bench, "Duplicate\u2026")
    dialog = bench.window.findChild(NameDialog)
    assert dialog is not None
    assert dialog.name.text() == "AI ecosystem copy"
    if typed:
        QTest.keyClicks(dialog.name, typed)  # over what was proposed
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    bench.settle()
    assert bench.window.header.title.text() == (typed or "AI ecosystem copy")
    bench.window.change_look({"language": Language.KOREAN})
    assert bench.window.header.title.text() == korean
    bench.window.change_look({"language": Language.ENGLISH})


def _pick(bench: Bench, words: str) -> None:
    menu = bench.window.header.title.menu()
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.deleteLater()


def _name(bench: Bench, words: str, name: str) -> None:
    _pick(bench, words)
    dialog = bench.window.findChild(NameDialog)
    assert dialog is not None
    dialog.name.clear()
    assert not dialog.keep.isEnabled(), "an empty name is none"
    QTest.keyClicks(dialog.name, f"  {name} ")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
