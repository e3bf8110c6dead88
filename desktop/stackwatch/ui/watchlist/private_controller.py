"""Private companies of the user's own: described, followed, changed and deleted, each with its undo."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import Event
from stackwatch.domain.list_events import PrivateChanged, PrivateRemoved
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.list_editing import TOP
from stackwatch.domain.lists.own_private import TypedEntity, made_of, new_id
from stackwatch.domain.watchlist import Ecosystem, OwnEntity, Watchlist
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.language import Words, current_language
from stackwatch.ui.watchlist.list_controller import ListController
from stackwatch.ui.watchlist.own_controller import OwnController

if TYPE_CHECKING:  # a dialog is built when it is wanted
    from stackwatch.ui.watchlist.private_dialog import PrivateDialog
    from stackwatch.ui.watchlist.private_removal import RemovalDialog
from stackwatch.ui.watchlist.undo_step import CoreStep, UndoStep


class PrivateController(OwnController):
    """Opens the dialogs, and asks the core to keep what was typed."""

    def __init__(
        self, lists: ListController, ecosystem: Ecosystem, commands: Commands, window: QWidget
    ) -> None:
        super().__init__(lists, ecosystem, commands, window)
        self._ids: set[str] = set()  # given in this run: undo brings back what was under one

    def apply(self, event: Event) -> None:
        """Say what went with a company, if anything did, until it is back."""
        if isinstance(event, PrivateRemoved) and (event.rules or event.links):
            self._tell_gone(event.id, partial(self._gone_words, event))
        if isinstance(event, PrivateChanged):
            for entity_id in event.ids:
                self._tell_back(entity_id)

    def _gone_words(self, event: PrivateRemoved) -> str:
        words = self.tr(
            "Deleted with {name}: alert rules {rules}, links {links}. Undo or redo brings them back."
        )
        return words.format(name=event.names.get(current_language()), rules=event.rules, links=event.links)

    def ask(self, name: str, layer_id: str) -> "PrivateDialog":
        """Ask what is to be followed, beginning with a name and a layer."""
        dialog = self._dialog(None)
        dialog.begin(name, layer_id)
        dialog.kept.connect(self.follow)
        dialog.open()
        return dialog

    def edit(self, entity_id: str) -> "PrivateDialog | None":
        """Ask for another name or other spellings of one of the user's own."""
        before = self._ecosystem.own.get(entity_id)
        if before is None:
            return None
        dialog = self._dialog(before)
        dialog.kept.connect(lambda typed, _layer: self.change(before, typed))
        dialog.open()
        return dialog

    def ask_removal(self, entity_id: str) -> "RemovalDialog | None":
        """Ask whether one of the user's own is to be deleted, and say what goes with it."""
        own = self._ecosystem.own.get(entity_id)
        if own is None:
            return None
        from stackwatch.ui.watchlist.private_removal import RemovalDialog  # when it is wanted

        lists = [
            each.names.get(current_language())
            for each in self._lists.lists.values()
            if editing.home_of(each, entity_id) is not None
        ]
        links = sum(entity_id in (link.source, link.target) for link in self._ecosystem.exposures)
        name = own.entity.names.get(current_language())
        dialog = RemovalDialog(name, lists, links, self._window)
        dialog.accepted.connect(lambda: self.remove(own))
        dialog.open()
        return dialog

    def follow(self, typed: TypedEntity, layer_id: str) -> None:
        """Follow what was typed, in a layer of the list that is shown."""
        before = self._lists.current
        own = made_of(typed, new_id(typed, self._taken()), date.today())  # noqa: DTZ011 - the user's day
        self._ids.add(own.id)
        target = layer_id if layer_id in {layer.id for layer in before.layers} else TOP
        after = editing.move(before, (own.id,), target, private=True)
        self._lists.stack.push(
            _Whole(
                self._lists,
                lambda: self.tr("Follow a company"),
                own,
                (before, after),
                lambda: self._show(after, before, own),
                lambda: self._commands.remove_private(own.id),
            )
        )
        self._lists.added.emit(own.id)

    def change(self, before: OwnEntity, typed: TypedEntity) -> None:
        """Keep another name or other spellings."""
        after = made_of(typed, before.id, date.min, before)
        if after != before:
            self._lists.stack.push(_Change(self, lambda: self.tr("Edit a company"), before, after))

    def remove(self, own: OwnEntity) -> None:
        """Delete one of the user's own, with its rules and links."""
        before = self._lists.current
        after = editing.remove(before, {own.id})
        self._lists.stack.push(
            _Whole(
                self._lists,
                lambda: self.tr("Delete a company"),
                own,
                (before, after),
                lambda: self._commands.remove_private(own.id),
                lambda: self._show(before, after, own),
            )
        )

    def _taken(self) -> set[str]:
        """Return every id that something has or had."""
        lists = self._lists.lists.values()
        layers = (layer.id for each in lists for layer in each.layers)
        return {*self._ids, *self._ecosystem.private, *layers, *(each.id for each in lists)}

    def _dialog(self, before: OwnEntity | None) -> "PrivateDialog":
        from stackwatch.ui.watchlist.private_dialog import PrivateDialog  # when it is wanted

        return PrivateDialog(self._ecosystem, self._lists.current.shown.layers, self._window, before)

    # Steps, as the undo stack takes them

    def _show(self, watchlist: Watchlist, base: Watchlist, own: OwnEntity) -> None:
        """Let the core keep an entity and show a list, changed from ``base``."""
        self._lists.show(watchlist, base, (), (own,))

    def again(self, own: OwnEntity) -> None:
        """Let the core keep an entity otherwise."""
        self._lists.show(self._lists.current, self._lists.current, (), (own,))


class _Whole(CoreStep):
    """A company that comes or goes as a whole; the window stands where an undo or redo changed the list."""

    def __init__(
        self,
        lists: ListController,
        words: Words,
        own: OwnEntity,
        change: tuple[Watchlist, Watchlist],
        make: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        super().__init__(words, own.id, make, back)
        self._lists, self._change = lists, change
        self._made = False

    def redo(self) -> None:
        """Make the change, unless taking it back was refused."""
        stands = self._made and not self.refused
        super().redo()
        self._made = True
        if stands:
            self._lists.stepped.emit(*self._change)

    def undo(self) -> None:
        """Take it back, unless it was refused."""
        stands = not self.refused
        super().undo()
        if stands:
            self._lists.stepped.emit(*reversed(self._change))


class _Change(UndoStep):
    """Keeps an entity under another name or with other spellings."""

    def __init__(
        self, controller: PrivateController, words: Words, before: OwnEntity, after: OwnEntity
    ) -> None:
        super().__init__(words)
        self._controller, self._before, self._after = controller, before, after

    def redo(self) -> None:
        """Keep the change."""
        self._controller.again(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._controller.again(self._before)
