"""Brings the lists into the window: what the rows ask for, what is found and added, what the core says."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from stackwatch.domain.episode import EpisodeName
from stackwatch.domain.events import Event, RulesChanged, RulesStored, StoriesChanged
from stackwatch.domain.list_events import PrivateChanged, SymbolsFound, WatchlistChanged
from stackwatch.domain.lists.list_editing import TOP, first_to_come, home_of
from stackwatch.domain.rule import Rule
from stackwatch.domain.venues import SymbolHit
from stackwatch.domain.watchlist import Watchlist
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.frame.actions import build_actions
from stackwatch.ui.frame.file_drops import FileDrops
from stackwatch.ui.frame.replay_controller import day_names
from stackwatch.ui.frame.undoable_move import AlertStep, RuleStep, UndoableMove
from stackwatch.ui.frame.window_parts import WindowParts
from stackwatch.ui.kit.dress import reword
from stackwatch.ui.kit.language import Words
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist.link_controller import LinkController
from stackwatch.ui.watchlist.list_controller import ListController
from stackwatch.ui.watchlist.private_controller import PrivateController
from stackwatch.ui.watchlist.watchlist_cells import Column
from stackwatch.ui.watchlist.watchlist_edits import ListEdit
from stackwatch.ui.watchlist.watchlist_menu import offer_menus
from stackwatch.ui.watchlist.watchlist_nodes import NodeKind

if TYPE_CHECKING:  # the window makes this part of itself
    from stackwatch.ui.frame.window import MainWindow


class Lists(QObject):
    """Connects the list, its controller, the header and the find field."""

    def __init__(self, window: "MainWindow", detail: DetailPanel, parts: WindowParts) -> None:
        super().__init__(window)
        self._window, self._view, self._index = window, window.list, window.find_index
        self._finder = window.header.finder
        self._private = parts.ecosystem.private
        self._layer = TOP
        self._waiting: str | None = None  # a name that is opened once the list has it
        self.rule_gone_at = 0  # how many steps were done when a rule was deleted
        self._returning: str | None = None  # a row that the keyboard goes to once the list has it
        self.controller = ListController(
            parts.ecosystem, parts.watchlist, parts.lists, parts.commands(), window
        )
        self.private = PrivateController(self.controller, parts.ecosystem, parts.commands(), window)
        self.links = LinkController(self.controller, parts.ecosystem, parts.commands(), window)
        window.header.title.use(self.controller)
        self._view.compare_wanted.connect(detail.pane.compare_with)
        self._view.charted = lambda: detail.entity if detail.entity in parts.ecosystem.instruments else None
        self._pane = detail.pane
        self._pane.level_moved.connect(self._keep_level)
        self._view.columns.dragged.connect(self._keep_columns)
        self._connect(parts)

    def _connect(self, parts: WindowParts) -> None:
        view, controller, finder = self._view, self.controller, self._finder
        FileDrops(self._window, controller.import_file)
        offer_menus(view)
        view.edit_wanted.connect(self._edit)
        view.add_wanted.connect(self._begin_adding)
        view.import_wanted.connect(controller.import_file)
        view.pasted.connect(self._paste)
        finder.added.connect(self._add)
        finder.hit_chosen.connect(self._add_hit)
        finder.layer_chosen.connect(self._show_layer)
        finder.change_of = view.change_of
        finder.asks = not parts.replay
        finder.look_up.connect(parts.commands().find_symbols)
        finder.follow_wanted.connect(lambda name: self.private.ask(name, self._asked()))
        view.follow_wanted.connect(lambda layer_id: self.private.ask("", layer_id))
        view.entity_edit_wanted.connect(self.private.edit)
        view.entity_removal_wanted.connect(self.private.ask_removal)
        view.link_wanted.connect(self.links.ask)
        for part in (controller, self.private, self.links):
            part.said.connect(self._window.show_notice)
            part.unsaid.connect(self._window.notice.take_back)
        controller.added.connect(self._open_added)
        controller.stepped.connect(self._stand_where_it_changed)

    def apply(self, event: Event) -> None:
        """Take in one event of the core, after the list has."""
        self.controller.apply(event)
        self.private.apply(event)
        self.links.apply(event)
        match event:
            case PrivateChanged():
                reword(self._window)
            case RulesStored(removed=Rule()):
                self.rule_gone_at = self.controller.stack.index()
            case RulesChanged():
                self._index.set_rules(event.rules)
                self._finder.search_again()
            case SymbolsFound():
                self._finder.show_hits(event)
            case StoriesChanged():
                self._index.add_stories(event.stories)
                self._index.drop_stories(event.dropped)
            case WatchlistChanged():
                known = self._window.views.headlines.story_index.stories
                self._index.set_watchlist(event.watchlist, known)
                if self._waiting is not None and home_of(event.watchlist, self._waiting) is not None:
                    added, self._waiting = self._waiting, None
                    self._window.following.open(added)
                if self._returning is not None and self._view.select(self._returning):
                    self._returning = None

    def name_replays(self, days: Sequence[EpisodeName]) -> None:
        """Let the documented days be found by what they are about."""
        newest_first = sorted(days, key=lambda each: each.day, reverse=True)
        named = [(day.id, day_names(day)) for day in newest_first]
        if named:
            self._index.set_actions(build_actions(self._window, named))
            self._finder.search_again()  # somebody types already

    def _stand_where_it_changed(self, before: Watchlist, after: Watchlist) -> None:
        """Bring selection and keyboard to what an undo or redo gave back, or beside what it took away."""
        self._returning = None
        if before.id != after.id:
            return
        came, gone = first_to_come(before, after), first_to_come(after, before)
        if came is not None:
            self._returning = came
        elif gone is not None:
            self._view.stand_on(gone)
        if came or gone:
            self._window.views.take_focus()

    def _keep_level(self, rule_id: str, before: float, after: float) -> None:
        """Let the move of an alert line be undone."""
        move = self._pane.move_level
        self.controller.stack.push(
            UndoableMove(
                lambda: self.tr("Move an alert line"),
                partial(move, rule_id, after, before),
                partial(move, rule_id, before, after),
            )
        )

    def _keep_columns(self, before: Sequence[Column], after: Sequence[Column]) -> None:
        """Let the move of a column be undone."""
        arrange = self._view.columns.arrange
        self.controller.stack.push(
            UndoableMove(lambda: self.tr("Move a column"), partial(arrange, before), partial(arrange, after))
        )

    def keep_rules(
        self, words: Words, before: Sequence[Rule], after: Sequence[Rule], *, made: bool = False
    ) -> None:
        """Change rules so that it can be undone; what is ``made`` was saved by the editor already."""
        switch, ids = self._window.views.rules.switches.put, tuple(rule.id for rule in after)
        make, back = partial(switch, after, before), partial(switch, before, after)
        self.controller.stack.push(RuleStep(words, ids, make, back, made=made))

    def end_snooze(self, words: Words, end: Callable[[], None], again: Callable[[], None]) -> None:
        """End the snooze of alerts, so that it can be undone."""
        self.controller.stack.push(AlertStep(words, None, end, again))

    def _edit(self, edit: ListEdit) -> None:
        """Change the list, unless another one is on its way: the rows that were meant are not of that."""
        if self._view.watchlist.id == self.controller.current.id:
            self.controller.edit(edit)

    def _show_layer(self, layer_id: str) -> None:
        """Bring the keyboard to the row of a layer, with its names below it."""
        self._window.views.show_view(ViewChoice.LIST)
        view = self._view
        layer = view.list_model.index_of(layer_id)
        view.stand_on(layer_id)
        view.expand(layer)
        view.scrollTo(layer, view.ScrollHint.PositionAtTop)

    def _begin_adding(self, layer_id: str) -> None:
        self._layer = layer_id
        self._finder.begin_adding()

    def _asked(self) -> str:
        """Return the layer that was asked for, once."""
        layer, self._layer = self._layer, TOP
        return layer

    def _here(self) -> str:
        """Return the layer of the current row, which may be the layer's own."""
        node = self._view.node_at(self._view.currentIndex())
        if node is None or node.kind is NodeKind.LAYER:
            return TOP if node is None else node.id
        return home_of(self._view.watchlist, node.id) or TOP

    def _add(self, entity_id: str) -> None:
        if entity_id in self._private:
            self.controller.add_private(entity_id, self._asked())
        else:
            self.controller.add(entity_id, self._asked(), beside=self._here())

    def _add_hit(self, hit: SymbolHit) -> None:
        self.controller.add_hit(hit, self._asked(), beside=self._here())

    def _open_added(self, entity_id: str) -> None:
        """Show what was added: at once where the list has it, else when it has come."""
        if home_of(self._view.watchlist, entity_id) is None:
            self._waiting = entity_id
        else:
            self._window.following.open(entity_id)

    def _paste(self, text: str) -> None:
        self.controller.paste(text, self._asked(), beside=self._here())
