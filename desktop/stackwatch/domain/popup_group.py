"""What alerts share a popup for: a cause, or what moves one way."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from stackwatch.domain.rule import Direction


class GroupKind(StrEnum):
    """What a group of alerts is about."""

    CAUSE = "cause"  # the news of an entity
    LAYER = "layer"
    LIST = "list"  # layers that move one way
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class PopupGroup:
    """One group: its id is that of an entity, layer or list, or a symbol; a cause has no way.

    As text, which is what is stored, it is ``cause:<id>`` or ``<kind>:<id>:<up|down>``.
    """

    kind: GroupKind
    id: str
    way: Direction | None = None

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the group a text names; one that is none, as of a damaged alert, stands for itself."""
        kind, _, rest = text.partition(":")
        if kind == GroupKind.CAUSE:
            return cls(GroupKind.CAUSE, rest)
        name, _, way = rest.rpartition(":")
        try:
            return cls(GroupKind(kind), name, Direction(way)) if name else cls(GroupKind(kind), rest)
        except ValueError:
            return cls(GroupKind.SYMBOL, text)

    def __str__(self) -> str:
        """Write it as it is stored."""
        return ":".join((self.kind, self.id, *((self.way,) if self.way else ())))
