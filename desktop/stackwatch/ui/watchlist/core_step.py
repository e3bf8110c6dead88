"""A step of the undo stack that the core may refuse."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand


class CoreStep(QUndoCommand):
    """A step that the core may refuse as a whole; ``of`` says in its answer which one that was."""

    def __init__(self, words: str, of: object, make: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__(words)
        self.of, self.refused = of, False
        self._make, self._back = make, back

    def redo(self) -> None:
        """Make the change, unless taking it back was refused."""
        self._go(self._make)

    def undo(self) -> None:
        """Take it back, unless it was refused."""
        self._go(self._back)

    def _go(self, act: Callable[[], None]) -> None:
        refused, self.refused = self.refused, False
        if not refused:
            act()
