"""Steps that were dragged: done when they are pushed, taken back and done again by the list's undo."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class UndoableMove(QUndoCommand):
    """A move that ``back`` takes back and ``again`` makes once more."""

    def __init__(self, words: str, back: Callable[[], object], again: Callable[[], object]) -> None:
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
