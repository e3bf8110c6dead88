"""Steps beside those of the lists that the list's undo takes back and does again."""

from collections.abc import Callable

from stackwatch.ui.kit.language import Words
from stackwatch.ui.watchlist.undo_step import CoreStep, UndoStep


class UndoableMove(UndoStep):
    """What was dragged: done when it is pushed; ``back`` takes it back and ``again`` makes it once more."""

    def __init__(self, words: Words, back: Callable[[], object], again: Callable[[], object]) -> None:
        super().__init__(words)
        self._back, self._again = back, again
        self._done = True

    def redo(self) -> None:
        """Go to the new place, unless it was just dragged there."""
        if not self._done:
            self._again()
        self._done = False

    def undo(self) -> None:
        """Go back to the old place."""
        self._back()


class RuleStep(CoreStep):
    """Rules that were changed, paused, snoozed or put on again: seen where the rules are."""


class AlertStep(CoreStep):
    """Alerts whose snooze was ended: seen among the alerts, beside any view."""
