"""Steps of the undo stack that change the list which is shown, or begin another one."""

from dataclasses import replace
from typing import TYPE_CHECKING

from stackwatch.domain.watchlist import Instrument, OwnEntity, Watchlist
from stackwatch.ui.kit.language import Words
from stackwatch.ui.watchlist.undo_step import UndoStep

if TYPE_CHECKING:  # it makes these steps
    from stackwatch.ui.watchlist.list_controller import ListController


class ShowList(UndoStep):
    """Shows a list as it is after a change, or before it."""

    def __init__(
        self,
        controller: "ListController",
        words: Words,
        before: Watchlist,
        after: Watchlist,
        brought: tuple[Instrument, ...] = (),
        private: tuple[OwnEntity, ...] = (),
        told: Words = "",
    ) -> None:
        super().__init__(words)
        self._controller, self._before, self._after, self._brought = controller, before, after, brought
        self._private, self._told = private, told
        self._made = False

    def redo(self) -> None:
        """Make the change."""
        self._controller.show(self._after, self._base, self._brought, self._private)
        if self._made:
            self._controller.stepped.emit(self._before, self._after)
        self._made = True

    def undo(self) -> None:
        """Take it back."""
        same = self._after.id == self._before.id
        self._controller.show(self._before, self._after if same else self._before)
        self._controller.stepped.emit(self._after, self._before)

    @property
    def _base(self) -> Watchlist:
        """What was changed."""
        return self._before


class BeginList(ShowList):
    """Begins a list; taken back, it is removed."""

    @property
    def _base(self) -> Watchlist:
        """Nothing: what stands under its id, made by somebody else, stays."""
        return replace(self._after, layers=(), private=())

    def undo(self) -> None:
        """Show the list before, and remove the new one."""
        super().undo()
        self._controller.take_away(self._after.id, self._private)
        self._controller.unsaid.emit(self._told)
