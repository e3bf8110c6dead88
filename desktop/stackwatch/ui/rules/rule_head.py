"""The line above the editor: where one is, the rule's name, and whether it is saved."""

from PySide6.QtWidgets import QWidget

from stackwatch.ui.kit.chips import ElidedText, Tag
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.theme import Ink, Role, px

HEIGHT = 40


class RuleHead(QWidget):
    """Says which rule is in the editor."""

    def __init__(self) -> None:
        super().__init__()
        self._crumb, self._name, self._tag = ElidedText(fixed=True), ElidedText(), Tag()
        hbox(
            (self._crumb, self._name, self._tag, None),
            gap=px(8),
            margins=(px(12), 0, px(12), 1),
            into=self,
        )
        self.restyle()

    @property
    def tag(self) -> str:
        """What is said beside the rule's name."""
        return self._tag.text

    def restyle(self) -> None:
        """Use other colours and sizes, from the next words on."""
        self.setFixedHeight(px(HEIGHT))

    def put(self, place: str, name: str, tag: str) -> None:
        """Show where one is, a rule's name or none, and a word beside it or none."""
        self._crumb.put(place, Ink.T1, Role.TITLE)
        self._name.put(f"\u203a  {name}" if name else "", Ink.T1)
        self._tag.put(tag)
