"""The line above the editor: where one is, the rule's name, and whether it is saved."""

from stackwatch.ui.kit.chips import Tag, Text
from stackwatch.ui.kit.dress import Themed
from stackwatch.ui.kit.layout import beside
from stackwatch.ui.kit.theme import Role, Theme

HEIGHT = 40
_TABLE_HEIGHTS = (282, 132)
_TALL = 780
_EDITOR_HEIGHT = 540  # what it needs; in a higher window the table has the rest


def usual_halves(theme: Theme, high: int) -> list[int]:
    """Return the heights of the editor and of the armed rules in a view so high, its head taken off."""
    room = high - theme.px(HEIGHT)
    table = max(theme.px(_TABLE_HEIGHTS[high < theme.px(_TALL)]), room - theme.px(_EDITOR_HEIGHT))
    return [max(room - table, 1), table]


class RuleHead(Themed):
    """Says which rule is in the editor."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._crumb, self._name, self._tag = Text(fixed=True), Text(), Tag(theme)
        beside(
            (self._crumb, self._name, self._tag, None),
            gap=theme.px(8),
            margins=(theme.px(12), 0, theme.px(12), 1),
            into=self,
        )
        self.set_theme(theme)

    @property
    def tag(self) -> str:
        """What is said beside the rule's name."""
        return self._tag.text

    def set_theme(self, theme: Theme) -> None:
        """Use other colours and sizes, from the next words on."""
        super().set_theme(theme)
        self.setFixedHeight(theme.px(HEIGHT))

    def put(self, place: str, name: str, tag: str) -> None:
        """Show where one is, a rule's name or none, and a word beside it or none."""
        theme = self.theme
        self._crumb.put(place, theme.t1, theme.font(Role.TITLE))
        self._name.put(f"\u203a  {name}" if name else "", theme.t1, theme.font())
        self._tag.put(tag)
