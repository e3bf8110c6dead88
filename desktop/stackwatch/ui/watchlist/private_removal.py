"""The question before a private company of the user's own is deleted."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.question import Question


class RemovalDialog(Question):
    """Says what is deleted with a company."""

    def __init__(self, name: str, lists: Sequence[str], links: int, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Delete"))
        words = [self.tr("It leaves these lists: {lists}.").format(lists=", ".join(lists))] if lists else []
        words.append(self.tr("Alert rules about it are deleted with it."))
        if links:
            words.append(self.tr("Its links are deleted, too: {links}.").format(links=links))
        words.append(self.tr("Headlines about it alone are no stories any more; past alerts stay."))
        self.put(
            self.tr("Delete {name}?").format(name=name),
            " ".join(words),
            keys_here(self.tr("Undo (Ctrl+Z) brings all of it back until Stackwatch ends.")),
            self.tr("Delete"),
            self.tr("Keep it"),
        )
