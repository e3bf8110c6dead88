"""Any sequence of changes of lists, by a core that answers late: window, core and files agree in the end."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from tests.support.rig import build_rig

from stackwatch.app import load_world
from stackwatch.domain.events import Event
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.watchlist import Watchlist
from stackwatch.storage.locations import user_folders
from stackwatch.ui.watchlist.list_controller import ListController
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_edits import ListEdit
from stackwatch.ui.watchlist.watchlist_nodes import PRIVATE_GROUP, Node
from stackwatch.ui.watchlist.watchlist_sort import Sort
from stackwatch.ui.watchlist.watchlist_view import WatchlistView

NO_KEY, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
PLACES = st.integers(0, 200)


class LateCore:
    """The core's commands, each done once it is let."""

    def __init__(self, core: object) -> None:
        self._core = core
        self._waiting: list[Callable[[], None]] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Return what notes a command down."""
        command = getattr(self._core, name)
        return lambda *given, **named: self._waiting.append(lambda: command(*given, **named))

    def answer(self) -> None:
        """Do everything that waits."""
        while self._waiting:
            self._waiting.pop(0)()


class ListChanges(RuleBasedStateMachine):
    """The list as its keys and menus change it."""

    def __init__(self) -> None:
        super().__init__()
        self.place = TemporaryDirectory()
        self.folder = Path(self.place.name)
        self.rig = build_rig(self.folder, ())
        parts = self.rig.engine.parts
        self.core, self.window = LateCore(self.rig.runtime), QWidget()
        self.view = WatchlistView(parts.ecosystem, parts.watchlist, self.window)
        fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
        self.tester = QAbstractItemModelTester(self.view.list_model, fatal)
        lists = (parts.watchlist,)
        self.lists = ListController(parts.ecosystem, parts.watchlist, lists, self.core, self.window)
        self.view.edit_wanted.connect(self.lists.edit)
        self.rig.heard.append(self._hear)
        self.symbols = sorted(parts.ecosystem.instruments)
        self.begun = parts.watchlist

    def _hear(self, event: Event) -> None:
        self.view.apply(event)
        self.lists.apply(event)

    def _row(self, place: int) -> Node | None:
        rows = [node for group in self.view.list_model.groups for node in (group, *group.children)]
        return rows[place % len(rows)] if rows else None

    def _layer(self, place: int) -> str:
        layers = self.lists.current.layers
        return layers[place % len(layers)].id if layers else ""

    @rule(place=PLACES, key=st.sampled_from((Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down)))
    def press(self, place: int, key: Qt.Key) -> None:
        node = self._row(place)
        if node is not None:
            self.view.setCurrentIndex(self.view.list_model.index_of_node(node))
            QTest.keyClick(self.view, key, NO_KEY if key is Qt.Key.Key_Delete else ALT)

    @rule(steps=st.integers(-4, 4))
    def undo_or_redo(self, steps: int) -> None:
        for _ in range(abs(steps)):
            (self.lists.stack.undo if steps < 0 else self.lists.stack.redo)()

    @rule(symbol=PLACES, layer=PLACES)
    def add(self, symbol: int, layer: int) -> None:
        self.lists.add(self.symbols[symbol % len(self.symbols)], self._layer(layer))

    @rule(layer=PLACES, hidden=st.booleans())
    def hide(self, layer: int, *, hidden: bool) -> None:
        wanted = self._layer(layer)
        self.lists.edit(ListEdit("Hide", lambda x: editing.hide_layer(x, wanted, hidden=hidden)))

    @rule(layer=PLACES, column=st.sampled_from(Column), descending=st.booleans())
    def sort(self, layer: int, column: Column, *, descending: bool) -> None:
        self.view.sort(self._layer(layer), Sort(column, descending))

    @rule(name=st.sampled_from(("Mine", "내 목록", "con")), copy=st.booleans())
    def begin(self, name: str, *, copy: bool) -> None:
        (self.lists.duplicate if copy else self.lists.new)(name)

    @rule(place=PLACES)
    def switch(self, place: int) -> None:
        self.lists.switch(list(self.lists.lists)[place % len(self.lists.lists)])

    @rule()
    def delete(self) -> None:
        self.lists.delete()

    @rule()
    def answer(self) -> None:
        self.core.answer()
        shown = self.lists.current
        assert self.view.watchlist == self.rig.engine.parts.watchlist == shown
        assert load_world(user_folders(self.folder)).watchlist == shown
        groups = [group.id for group in self.view.list_model.groups if group.id != PRIVATE_GROUP]
        assert groups == [layer.id for layer in shown.shown.layers]

    @invariant()
    def every_name_stands_once(self) -> None:
        for each in self.lists.lists.values():
            assert _names(each) == list(dict.fromkeys(_names(each)))

    def teardown(self) -> None:
        self.answer()
        ended, steps = self.lists.current, self.lists.stack.index()
        for _ in range(steps):
            self.lists.stack.undo()
        self.answer()
        assert self.lists.lists[self.begun.id] == self.begun
        for _ in range(steps):
            self.lists.stack.redo()
        self.answer()
        assert self.lists.lists.get(ended.id) == ended
        self.window.deleteLater()
        self.rig.store.close()
        self.place.cleanup()


def _names(watchlist: Watchlist) -> list[str]:
    inside = [name for layer in watchlist.layers for name in (*layer.private, *layer.symbols)]
    return [*watchlist.private, *inside]


def test_that_window_core_and_files_agree_after_any_changes(qapp: QApplication) -> None:
    assert qapp is not None
    some = settings(max_examples=6, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(ListChanges, settings=some)
