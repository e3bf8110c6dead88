"""The name that a window is about: shown at once, and asked for when the walk through the list rests."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from stackwatch.engine.window_commands import Commands
from stackwatch.ui.detail.detail_panel import DetailPanel
from stackwatch.ui.kit.timers import once_after
from stackwatch.ui.watchlist.watchlist_view import WatchlistView

_REST_MS = 150
_MOST_SEEN = 100


class Following(QObject):
    """Lets the detail follow the list, or what is opened elsewhere; ``entity`` is None while nothing is.

    The names on which the walk rested are those that ``go`` leads back to.
    """

    def __init__(
        self, rows: WatchlistView, detail: DetailPanel, leave: Callable[[], None], commands: Commands
    ) -> None:
        """``leave`` goes back to the list from a view that has no room for the detail."""
        super().__init__(rows)
        self.entity: str | None = None
        self._seen: list[str] = []
        self._place = -1  # among them, of the one that is looked at
        self._rows, self._detail, self._leave, self._commands = rows, detail, leave, commands
        self._rest = once_after(self, _REST_MS, self._ask)
        rows.entity_selected.connect(self.follow)
        rows.emptied.connect(self._follow_nothing)
        rows.entity_opened.connect(self.open)

    def follow(self, entity_id: str) -> None:
        """Show a name; the core is asked about it soon."""
        self.entity = entity_id
        self._detail.show_entity(entity_id)
        self._rest.start()

    def open(self, entity_id: str) -> None:
        """Show a symbol or private entity now, also one that the list does not hold."""
        self._leave()
        listed = self._rows.selected_id == entity_id or self._rows.select(entity_id)
        self._follow_if_needed(entity_id, listed=listed)
        self._rest.stop()
        self._ask()

    def go(self, steps: int) -> None:
        """Go back to a name that was looked at before, or forward to one after it."""
        self._note()
        place = self._place + steps
        if 0 <= place < len(self._seen):
            self._place = place
            self.open(self._seen[place])

    def look_at(self, entity_id: str) -> None:
        """Show a name, also one that the list does not hold; layers stay folded."""
        self._follow_if_needed(entity_id, listed=self._rows.begin_with(entity_id))

    def _follow_if_needed(self, entity_id: str, *, listed: bool) -> None:
        """Follow what the list did not announce: it has it not, or stood on it while another was shown."""
        if not listed or self.entity != entity_id:
            self.follow(entity_id)

    def _follow_nothing(self) -> None:
        self.entity = None
        self._rest.stop()
        self._detail.show_nothing()
        self._commands.select_nothing()

    def _ask(self) -> None:
        if self.entity is not None:
            self._note()
            self._commands.select(self.entity)

    def _note(self) -> None:
        """Remember whom the window is about; what was gone back from is forgotten for another name."""
        if self.entity is not None and self._seen[self._place :][:1] != [self.entity]:
            self._seen = [*self._seen[: self._place + 1], self.entity][-_MOST_SEEN:]
            self._place = len(self._seen) - 1
