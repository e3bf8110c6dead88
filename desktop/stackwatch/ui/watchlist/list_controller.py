"""The lists of the window: every change with its undo, several lists, what comes in and goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QFileDialog, QWidget

from stackwatch.domain.events import Event
from stackwatch.domain.list_events import BoardsFound, ListRead, ListRefused, ListWritten, WatchlistChanged
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.list_editing import TOP
from stackwatch.domain.venues import SymbolHit, from_tradingview, own_instrument
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Instrument, OwnEntity, Watchlist
from stackwatch.domain.words.format import plain
from stackwatch.domain.words.wording import reason_words
from stackwatch.ui.kit.file_place import ask_to_open, ask_to_save
from stackwatch.ui.kit.language import Words, current_language
from stackwatch.ui.watchlist.left_out_dialog import LeftOutDialog
from stackwatch.ui.watchlist.list_steps import BeginList, ShowList
from stackwatch.ui.watchlist.undo_step import CoreStep, UndoStep
from stackwatch.ui.watchlist.watchlist_edits import ListEdit, pasted_names

if TYPE_CHECKING:
    from stackwatch.engine.window_commands import Commands

_MOST_PASTED = 200
_NAMED = 8  # lines that were left out and are named in the notice
_KINDS = ("TOML (*.toml)", "TradingView (*.txt)", "Yahoo (*.csv)")


class ListController(QObject):
    """Keeps the list that is shown and asks the core to keep each change; ``stack`` undoes them.

    ``said`` carries what the user should know, ``unsaid`` what of it holds no longer, ``changed`` that name,
    number or order of lists changed, ``stepped`` the list before and after a change that was taken back or
    made once more.
    """

    said = Signal(object)  # Words
    unsaid = Signal(object)
    changed = Signal()
    added = Signal(str)
    stepped = Signal(object, object)
    refused = Signal(object)

    def __init__(
        self,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        lists: Sequence[Watchlist],
        commands: Commands,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._ecosystem = ecosystem
        self._commands = commands
        self.current = watchlist
        self.lists = {each.id: each for each in lists} | {watchlist.id: watchlist}
        self._gone: set[str] = set()  # of lists taken away in this run: undo or redo brings each back
        self._asked = 0  # changes that the core was asked to make
        self._boards: dict[str, Instrument] = {}  # found in this run, by what nobody knows them as
        self._placed: set[tuple[str, str]] = set()  # by list, who was put there once
        self._told_of_change: list[Words] = []  # the newest one: where names are, how many are gone
        self.stack = QUndoStack(self)
        queued = Qt.ConnectionType.QueuedConnection  # a step that is being made is not on the stack yet
        self.refused.connect(self._step_back, queued)

    def retranslate(self) -> None:
        """Name every step anew."""
        for place in range(self.stack.count()):
            step = self.stack.command(place)
            if isinstance(step, UndoStep):
                step.retranslate()

    def apply(self, event: Event) -> None:
        """Take in what the core says about lists."""
        match event:
            case WatchlistChanged():
                self.lists = {each.id: each for each in event.lists}
                if event.answers == self._asked or self.current.id not in self.lists:
                    self.current = event.watchlist
                self.lists[self.current.id] = self.current
                self.changed.emit()
                if event.answers == self._asked:
                    self._use_boards()
            case ListRefused():
                self.said.emit(event.fault)
                if event.of is not None:
                    self.refused.emit(event.of)
            case ListRead():
                self._take(event)
            case BoardsFound():
                self._boards.update(event.found)
                self._use_boards()
            case ListWritten():
                self.said.emit(partial(self._written_words, event))

    # Changes of the list that is shown

    def edit(self, edit: ListEdit) -> None:
        """Make a change; one that changes nothing is no step, nor one of a list that was just taken away."""
        before, after = self.current, edit.change(self.current)
        if before.id not in self.lists:
            return
        if after != before:
            self.stack.push(ShowList(self, edit.words, before, after))
        gone = {*before.symbols, *before.entities} - {*after.symbols, *after.entities}
        if len(gone) > 1:
            told = self.tr("Names taken out: {count}. Undo (Ctrl+Z) brings them back.")
            self._say_of_change(told.format(count=len(gone)))

    def add(
        self, symbol: str, layer_id: str = TOP, instrument: Instrument | None = None, *, beside: str = TOP
    ) -> bool:
        """Put a symbol into a layer, without one where it belongs; returns whether the list has it now.

        ``beside`` is the layer of the row that is selected.
        """
        if instrument is None and symbol not in self._ecosystem.instruments:
            return False
        if symbol not in self.current.symbols:
            self._add((symbol,), layer_id, beside, () if instrument is None else (instrument,))
        self.added.emit(symbol)
        return True

    def add_private(self, entity_id: str, layer_id: str = TOP) -> None:
        """Put a private company or project into a layer, by itself above them."""
        before = self.current
        if before.id in self.lists and editing.home_of(before, entity_id) is None:
            target = layer_id if layer_id in {layer.id for layer in before.layers} else TOP
            after = editing.move(before, (entity_id,), target, private=True)
            self.stack.push(ShowList(self, lambda: self.tr("Add"), before, after))
        self.added.emit(entity_id)

    def add_hit(self, hit: SymbolHit, layer_id: str, *, beside: str) -> bool:
        """Put what the provider lists into a layer; one of no known exchange cannot be watched."""
        made = own_instrument(hit.symbol, plain(hit.name, 80) or hit.symbol, hit.exchange)
        known = hit.symbol in self._ecosystem.instruments
        if made is None and not known:
            self.said.emit(
                lambda: self.tr("{symbol} trades where Stackwatch knows no hours").format(symbol=hit.symbol)
            )
            return False
        return self.add(hit.symbol, layer_id, None if known else made, beside=beside)

    def paste(self, text: str, layer_id: str = TOP, *, beside: str = TOP) -> None:
        """Add pasted symbols, of TradingView or Yahoo, and show the first; what is none is said."""
        names = pasted_names(text, self._ecosystem.instruments)
        made: dict[str, Instrument] = {}
        symbols: list[str] = []
        wrong: list[str] = []
        for name in names[:_MOST_PASTED]:
            symbol = from_tradingview(name, self._ecosystem.instruments)
            found = None if symbol is None else self._ecosystem.instruments.get(symbol)
            own = None if symbol is None or found is not None else own_instrument(symbol, symbol)
            if symbol is None or (found is None and own is None):
                wrong.append(plain(name, 30))
            else:
                symbols.append(symbol)
                if own is not None:
                    made[symbol] = own
        new = [symbol for symbol in dict.fromkeys(symbols) if symbol not in self.current.symbols]
        if new:
            self._add(tuple(new), layer_id, beside, tuple(made[s] for s in new if s in made))
        if symbols:
            self.added.emit(symbols[0])
        if len(names) > _MOST_PASTED:
            self.said.emit(
                lambda: self.tr("Only the first {most} of {count} pasted names were read").format(
                    most=_MOST_PASTED, count=len(names)
                )
            )
        if wrong:
            self.said.emit(
                lambda: self.tr("Left out, not symbols such as NVDA or 005930.KS: {names}").format(
                    names=self._named(wrong)
                )
            )

    def _add(
        self, symbols: tuple[str, ...], layer_id: str, beside: str, brought: tuple[Instrument, ...]
    ) -> None:
        """Put symbols into the layer that was asked for, else where each belongs, and say where that is."""
        before = after = self.current
        if before.id not in self.lists:  # it was just taken away
            return
        known = self._ecosystem.instruments
        places: dict[str, list[str]] = {}
        for symbol in symbols:
            target = layer_id
            if target not in {layer.id for layer in before.layers}:
                usual = known[symbol].layer if symbol in known else ""
                after, target = editing.with_place(after, usual, beside)
            after = editing.move(after, (symbol,), target)
            places.setdefault(target, []).append(symbol)
        self.stack.push(ShowList(self, lambda: self.tr("Add"), before, after, brought))
        for target, names in places.items():
            if target not in (layer_id, beside) and len(after.layers) > 1:  # else the user looks there
                self._say_of_change(partial(self._added_words, editing.layer_of(after, target).names, names))

    def _added_words(self, layer: BilingualName, names: Sequence[str]) -> str:
        """Say which names came into a layer."""
        told = self.tr("Added to {layer}: {names}")
        return told.format(layer=layer.get(current_language()), names=self._named(names))

    def _say_of_change(self, words: Words) -> None:
        """Say something of the newest change, until the next one or its undo."""
        self._told_of_change.append(words)
        self.said.emit(words)

    # Lists

    def switch(self, list_id: str) -> None:
        """Show another list."""
        if list_id != self.current.id and list_id in self.lists:
            self.show(self.lists[list_id], self.lists[list_id])

    def new(self, name: str) -> None:
        """Begin an empty list."""
        names = self._apart(BilingualName(name, name))
        made = Watchlist(id=self._free(name), names=names, layers=(), private=())
        self.stack.push(BeginList(self, lambda: self.tr("New list"), self.current, made))

    @property
    def name_of_copy(self) -> BilingualName:
        """What a copy of the list that is shown is called, unless the user gives it a name."""
        return self._apart(editing.copied(self.current.names))

    def duplicate(self, name: str) -> None:
        """Begin a list with everything of the one that is shown; a proposed name is in both languages."""
        proposed = self.name_of_copy
        given = name != proposed.get(current_language())
        names = self._apart(BilingualName(name, name)) if given else proposed
        made = replace(self.current, id=self._free(name), names=names)
        self.stack.push(BeginList(self, lambda: self.tr("Duplicate list"), self.current, made))

    def rename(self, name: str) -> None:
        """Give the list that is shown another name."""
        self.edit(
            ListEdit(lambda: self.tr("Rename list"), lambda x: editing.rename(x, name, current_language()))
        )

    def delete(self) -> None:
        """Take the list that is shown away; another one is shown."""
        if len(self.lists) == 1:
            self.said.emit(lambda: self.tr("This is the only list; it cannot be deleted"))
            return
        gone = self.current

        def give_back() -> None:
            self.show(gone, self.lists.get(gone.id, gone))  # the list it stood in for gives way again

        self.stack.push(
            CoreStep(lambda: self.tr("Delete list"), gone.id, lambda: self.take_away(gone.id), give_back)
        )

    def import_file(self, path: Path) -> None:
        """Read a list of another program."""
        self._commands.import_watchlist(path)

    def ask_for_import(self) -> QFileDialog:
        """Ask which list of another program is to be read."""
        wanted = self.tr("Lists") + " (*.toml *.txt *.csv)"
        return ask_to_open(self._window(), self.tr("Import a list"), (wanted,), self.import_file)

    def export_file(self) -> None:
        """Ask where the list that is shown is to be written for another program."""

        def write(path: Path) -> None:
            self._commands.export_watchlist(path, self.current)

        usual = f"{self.current.id}.toml"
        ask_to_save(self._window(), self.tr("Export this list"), usual, _KINDS, write)

    def _take(self, event: ListRead) -> None:
        made = event.watchlist
        if made.id in self._gone or made.id in self.lists:  # of two that were dropped at once, too
            made = replace(made, id=self._free(made.id))
        made = replace(made, names=self._apart(made.names))
        words = partial(self._imported_words, replace(event, watchlist=made))
        brought = (tuple(event.added), tuple(event.private))
        self.stack.push(BeginList(self, lambda: self.tr("Import list"), self.current, made, *brought, words))
        self.said.emit(words)
        window = self._window()
        if window is not None and len(event.left_out) > _NAMED:
            LeftOutDialog(self._left_out(event), window).open()

    def _use_boards(self) -> None:
        """Put shares where the provider lists them, in each list once: taken back, they stay as they were."""
        before = after = self.current
        wanted = [s for s in self._boards if s in before.symbols and (before.id, s) not in self._placed]
        if not wanted or before.id not in self.lists:
            return
        self._placed.update((before.id, symbol) for symbol in wanted)
        found = [self._boards[symbol] for symbol in wanted]
        for symbol, other in zip(wanted, found, strict=True):
            after = editing.replaced(after, symbol, other.symbol)
        brought = tuple(other for other in found if other.symbol not in self._ecosystem.instruments)
        self.stack.push(ShowList(self, lambda: self.tr("Another board"), before, after, brought))
        self._say_of_change(partial(self._board_words, [other.symbol for other in found]))

    def _board_words(self, symbols: Sequence[str]) -> str:
        told = self.tr("Found on another board, and put in place: {names}. Undo (Ctrl+Z) takes it back.")
        return told.format(names=self._named(symbols))

    def _written_words(self, event: ListWritten) -> str:
        """Say how many names went out, and how many had no place there."""
        words = self.tr("Names written to {file}: {count}").format(count=event.names, file=event.target)
        if event.left_out:
            left = self.tr("; private names left out, which only TOML holds: {count}")
            words += left.format(count=event.left_out)
        return words

    def _left_out(self, event: ListRead) -> list[str]:
        """Word every line that was left out, with the reason."""
        words, language = self.tr("line {line}: {reason}"), current_language()
        return [words.format(line=line, reason=reason_words(why, language)) for line, why in event.left_out]

    def _imported_words(self, event: ListRead) -> str:
        """Say how many names came in, and which lines were left out."""
        count = len(event.watchlist.symbols) + len(event.watchlist.entities)
        name = event.watchlist.names.get(current_language())
        words = f"{name}: {self.tr('imported names: {count}').format(count=count)}"
        if event.left_out:
            lines = "; ".join(self._left_out(event)[:_NAMED])
            left = self.tr("; left out: {count} ({lines})")
            words += left.format(count=len(event.left_out), lines=lines + self._rest(len(event.left_out)))
        return words

    def _named(self, names: Sequence[str]) -> str:
        """Name the first of some names, and say how many more there are."""
        return ", ".join(names[:_NAMED]) + self._rest(len(names))

    def _rest(self, count: int) -> str:
        """Say how many are not named."""
        more = count - _NAMED
        return " " + self.tr("and {count} more").format(count=more) if more > 0 else ""

    def _step_back(self, of: object) -> None:
        """Let the stack stand where it stood before a step that did not happen; it can be tried again."""
        at = self.stack.index()
        for place, move in ((at - 1, self.stack.undo), (at, self.stack.redo)):
            step = self.stack.command(place)
            if isinstance(step, CoreStep) and step.of == of:
                step.refused = True
                move()
                return

    def _window(self) -> QWidget | None:
        parent = self.parent()
        return parent if isinstance(parent, QWidget) else None

    def _apart(self, names: BilingualName) -> BilingualName:
        return editing.told_apart(names, self.lists.values())

    def _free(self, name: str) -> str:
        return editing.free_id(name, {*self.lists, *self._gone}, "list")

    # Steps, as the undo stack takes them

    def show(
        self,
        watchlist: Watchlist,
        base: Watchlist,
        brought: Sequence[Instrument] = (),
        private: Sequence[OwnEntity] = (),
    ) -> None:
        """Let the core show and keep a list, with names of the user's own.

        ``base`` is what it was changed from, itself if it was not.
        """
        for words in self._told_of_change:
            self.unsaid.emit(words)
        self._told_of_change.clear()
        self.current = watchlist
        self.lists[watchlist.id] = watchlist
        self._asked += 1
        self._commands.change_watchlist(watchlist, brought, private, base=base)
        self.changed.emit()

    def take_away(self, list_id: str, brought: Sequence[OwnEntity] = ()) -> None:
        """Let the core remove a list and what it brought; what it shows instead is told."""
        self.lists.pop(list_id, None)
        self._gone.add(list_id)
        self._commands.remove_watchlist(list_id)
        for own in brought:
            self._commands.remove_private(own.id)
