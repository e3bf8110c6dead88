"""Steps of the undo stack: what they are called follows the language."""

from collections.abc import Callable

from PySide6.QtGui import QUndoCommand

from stackwatch.ui.kit.language import Words, worded


class UndoStep(QUndoCommand):
    """A step with its name."""

    def __init__(self, words: Words) -> None:
        super().__init__(worded(words))
        self._words = words

    def retranslate(self) -> None:
        """Be called so in the language in use."""
        self.setText(worded(self._words))


class CoreStep(UndoStep):
    """A step that the core may refuse as a whole; ``of`` says in its answer which one that was.

    One that is ``made`` already when it is pushed is not made then.
    """

    def __init__(
        self,
        words: Words,
        of: object,
        make: Callable[[], None],
        back: Callable[[], None],
        *,
        made: bool = False,
    ) -> None:
        super().__init__(words)
        self.of, self.refused, self._made_before = of, False, made
        self._make, self._back = make, back

    def redo(self) -> None:
        """Make the change, unless taking it back was refused."""
        made, self._made_before = self._made_before, False
        if not made:
            self._go(self._make)

    def undo(self) -> None:
        """Take it back, unless it was refused."""
        self._go(self._back)

    def _go(self, act: Callable[[], None]) -> None:
        refused, self.refused = self.refused, False
        if not refused:
            act()
