"""Several lists: begun, switched, renamed, deleted, imported, followed by every part, and taken back."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.ui import scene
from tests.ui.list_bench import LEFT, NO_KEY, Bench

from stackwatch.domain.list_events import BoardsFound, ListRead, ListRefused, WatchlistChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.venues import own_instrument
from stackwatch.domain.watchlist import BilingualName, Instrument, Language, Watchlist
from stackwatch.ui.frame.find_answers import AnswerKind as Answer
from stackwatch.ui.kit.file_place import FilePlace
from stackwatch.ui.kit.theme import Role, current_theme
from stackwatch.ui.preferences.settings import MOST_TEXT, ViewChoice
from stackwatch.ui.watchlist.left_out_dialog import LeftOutDialog
from stackwatch.ui.watchlist.name_dialog import NameDialog
from stackwatch.ui.watchlist.watchlist_edits import ListEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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


def test_that_an_empty_list_asks_for_a_file_and_nobody_waits_for_the_answer(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FilePlace, "_used", tmp_path)
    shown = bench.controller.current
    every = frozenset((*shown.symbols, *shown.entities))
    bench.view.edit_wanted.emit(ListEdit("x", lambda x: editing.remove(x, every)))
    bench.settle()
    QTest.mouseClick(bench.view._empty.second, LEFT)
    dialog = bench.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "theirs.csv"))
    dialog.reject()
    assert bench.asked("import_watchlist") == [tmp_path / "theirs.csv"]


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
    face = QAccessible.queryAccessibleInterface(title)
    assert face.text(QAccessible.Text.Description) == "Lists"  # no markup is read out


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


def test_that_lists_of_one_name_are_told_apart_by_a_number(bench: Bench) -> None:
    bench.controller.new("Mine")
    bench.settle()
    bench.window.apply(ListRead(replace(bench.controller.current, id="mine-2")))
    bench.settle()
    assert bench.window.header.title.text() == "Mine (2)"
    assert bench.window.notice.text == "Mine (2): imported names: 0"
    bench.window.apply(ListRead(replace(bench.controller.current, id="mine-3")))
    bench.settle()
    bench.controller.new("mine")
    bench.settle()
    for _ in range(2):
        bench.controller.switch("mine")
        bench.settle()
        _pick(bench, "Duplicate\u2026")
        QTest.keyClick(bench.window.findChildren(NameDialog)[-1].name, Qt.Key.Key_Return)
        bench.settle()
    shown = [action.text() for action in bench.window.header.title.menu().actions()]
    names = ["Mine", "Mine (2)", "Mine (3)", "mine (4)", "Mine copy", "Mine copy (2)"]
    assert [name for name in shown if "ine" in name][:6] == names
    bench.window.change_look({"language": Language.KOREAN})
    assert bench.window.header.title.text() == "Mine 사본 (2)"
    bench.window.change_look({"language": Language.ENGLISH})


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


def test_that_f2_renames_the_layer_and_the_list(bench: Bench) -> None:
    bench.view.setFocus()
    bench.view.setCurrentIndex(bench.view.list_model.index_of("gpus"))
    QTest.keyClick(bench.view, Qt.Key.Key_F2)
    _type_name(bench, "Chips")
    names = {layer.id: layer.names for layer in bench.controller.current.layers}
    assert names["gpus"].get(Language.ENGLISH) == "Chips"
    bench.window.header.title.setFocus()
    QTest.keyClick(bench.window.header.title, Qt.Key.Key_F2)
    _type_name(bench, "Mine")
    assert bench.window.header.title.text() == "Mine"
    bench.view.select("NVDA")
    QTest.keyClick(bench.view, Qt.Key.Key_F2)  # the name of a share is not the user's
    assert bench.window.findChild(NameDialog) is None


def _type_name(bench: Bench, name: str) -> None:
    dialog = bench.window.findChild(NameDialog)
    assert dialog is not None
    dialog.name.clear()
    QTest.keyClicks(dialog.name, name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)
    bench.settle()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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


def _boards() -> tuple[Instrument, Instrument]:
    """Return a share as a list has it, and on the board where the provider knows it."""
    lost, other = (own_instrument(symbol, "에코프로비엠") for symbol in ("247540.KS", "247540.KQ"))
    assert lost is not None
    assert other is not None
    return lost, other


def test_that_shares_found_on_another_board_stand_in_place_and_can_be_taken_back(bench: Bench) -> None:
    layer = bench.controller.current.layers[0].id
    lost, other = _boards()
    bench.controller.add(lost.symbol, layer, lost)
    bench.settle()
    place = bench.rows(layer).index("247540.KS")
    bench.window.apply(BoardsFound(((lost.symbol, other), ("000000.KS", other))))
    bench.settle()
    assert bench.rows(layer)[place] == "247540.KQ"
    assert "put in place: 247540.KQ" in bench.window.notice.text
    assert bench.controller.stack.undoText() == "Another board"
    bench.controller.stack.undo()
    bench.settle()
    assert bench.rows(layer)[place] == "247540.KS"
    assert "247540" not in bench.window.notice.text


def test_that_a_share_whose_other_board_is_in_the_list_already_stands_there_once(bench: Bench) -> None:
    layer = bench.controller.current.layers[0].id
    lost, other = _boards()
    for each in (lost, other):
        bench.controller.add(each.symbol, layer, each)
        bench.settle()
    bench.window.apply(BoardsFound(((lost.symbol, other),)))
    bench.settle()
    assert [row for row in bench.rows(layer) if row.startswith("247540")] == ["247540.KQ"]


def test_that_a_share_found_on_another_board_stands_there_in_lists_that_come_later_too(bench: Bench) -> None:
    """The provider is asked once a run, and the second list of a broker has the same numbers."""
    layer = bench.controller.current.layers[0].id
    lost, other = _boards()
    bench.controller.add(lost.symbol, layer, lost)
    bench.settle()
    bench.window.apply(BoardsFound(((lost.symbol, other),)))
    bench.settle()
    bench.controller.new("Second")
    bench.settle()
    bench.controller.paste("KRX:247540, NVDA")
    bench.settle()
    assert set(bench.controller.current.symbols) == {"247540.KQ", "NVDA"}
    bench.controller.stack.undo()
    bench.settle()
    assert set(bench.controller.current.symbols) == {"247540.KS", "NVDA"}
