"""Names that come into the list: looked up, pasted, followed again, and where they go."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
)
from PySide6.QtTest import QTest
from tests.ui import scene
from tests.ui.list_bench import Bench

from stackwatch.app import load_world
from stackwatch.domain.list_events import SymbolsFound
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.venues import SymbolHit
from stackwatch.domain.watchlist import BilingualName, Directory, Language, Watchlist
from stackwatch.storage.locations import user_folders
from stackwatch.ui.frame.find_answers import AnswerKind as Answer
from stackwatch.ui.watchlist.watchlist_edits import ListEdit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


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
    bench.controller.paste("amd 0700.HK SOFI azn.l 005380")  # of a chat: one unknown name refused them all
    bench.settle()
    assert {"0700.HK", "SOFI", "AZN.L"} <= set(bench.controller.current.symbols)
    assert "005930.KS: 005380" in bench.window.notice.text
    bench.controller.paste("AMD Inc NEXT")
    assert "005930.KS: AMD Inc NEXT" in bench.window.notice.text
    bench.view.select("AMD")
    bench.controller.rename("Other")
    bench.settle()
    assert bench.view.selected_id == "AMD", "an earlier wish must not take the selection away later"
