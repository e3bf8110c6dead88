"""The rows of the list: what each stands for, and the newest values it has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from stackwatch.domain.events import HistorySummary
from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.quote import Quote
from stackwatch.domain.watchlist import Ecosystem, Language, Names, Watchlist
from stackwatch.ui.kit.theme import Role
from stackwatch.ui.watchlist.watchlist_cells import (
    EMPTY,
    AnyCell,
    Bell,
    BellCell,
    Cell,
    Column,
    Ink,
    PathCell,
    RangeCell,
    count_cell,
    path_cell,
    private_cell,
    quote_cells,
    rollup_cells,
    translate,
)

PRIVATE_GROUP = "private-and-projects"
_NO_BELL = BellCell()


class Kind(Enum):
    """What a row is."""

    PRIVATE_GROUP = "private-group"
    LAYER = "layer"
    PRIVATE = "private"
    SHARE = "share"


@dataclass(slots=True, eq=False)
class Node:
    """A row: the newest values it has, and the cells written from them (``stale`` when they are older)."""

    id: str
    kind: Kind
    parent: "Node | None"
    position: int
    children: list["Node"] = field(default_factory=list)
    cells: list[AnyCell] = field(default_factory=list)
    stale: bool = True
    quote: Quote | None = None
    move: Move | None = None
    history: HistorySummary | None = None
    rollup: Rollup | None = None
    stories: int = 0
    bell: Bell = Bell.NONE
    flash_until: float = 0.0

    @property
    def group(self) -> bool:
        """Whether the row heads others."""
        return self.kind in (Kind.LAYER, Kind.PRIVATE_GROUP)


class Rows:
    """Every row of a watchlist: groups in order, and all rows of an id (a symbol may be in two layers)."""

    def __init__(self, watchlist: Watchlist) -> None:
        self.groups: list[Node] = []
        self.by_id: dict[str, list[Node]] = defaultdict(list)
        self.layer_names: dict[str, Names] = {layer.id: layer.names for layer in watchlist.layers}
        if watchlist.private:
            self._add(PRIVATE_GROUP, Kind.PRIVATE_GROUP, watchlist.private, ())
        for layer in watchlist.layers:
            self._add(layer.id, Kind.LAYER, layer.private, layer.symbols)

    def of(self, entity_id: str) -> Sequence[Node]:
        """Return the rows of an id, none when the list does not hold it."""
        return self.by_id.get(entity_id, ())

    def _add(self, group_id: str, kind: Kind, private: Sequence[str], symbols: Sequence[str]) -> None:
        """Add a group: its private entities first, then its shares."""
        group = Node(group_id, kind, None, len(self.groups))
        self.by_id[group_id].append(group)
        members = [(entity, Kind.PRIVATE) for entity in private] + [(s, Kind.SHARE) for s in symbols]
        for position, (member, member_kind) in enumerate(members):
            node = Node(member, member_kind, group, position)
            group.children.append(node)
            self.by_id[member].append(node)
        self.groups.append(group)


class RowWriter:
    """Writes the cells of a row in one language."""

    def __init__(self, ecosystem: Ecosystem, rows: Rows, language: Language) -> None:
        self._ecosystem = ecosystem
        self._rows = rows
        self.language = language

    def write(self, node: Node) -> list[AnyCell]:
        """Return the cells of a row, one per Column."""
        if node.kind is Kind.SHARE:
            return self._share(node)
        if node.kind is Kind.PRIVATE_GROUP:
            head: list[AnyCell] = [BellCell(), Cell(self.name(node), Ink.T1, Role.STRONG)]
            return head + [EMPTY] * (len(Column) - len(head))
        layer = node.kind is Kind.LAYER
        last, change, abnormal, sar = rollup_cells(node.rollup, layer=layer)
        return [
            _bell(node),
            Cell(self.name(node), Ink.T1, Role.STRONG if layer else Role.SYMBOL),
            EMPTY if layer else self._private_kind(node),
            last,
            change,
            abnormal,
            sar,
            RangeCell(),
            PathCell(),
            EMPTY if layer else count_cell(node.stories, private=True),
        ]

    def name(self, node: Node) -> str:
        """Return the name of what a row stands for."""
        if node.kind is Kind.PRIVATE_GROUP:
            return translate("Watchlist", "Private & projects")
        if node.kind is Kind.LAYER:
            return self._rows.layer_names[node.id].get(self.language)
        return self._ecosystem.names_of(node.id).get(self.language)

    def _share(self, node: Node) -> list[AnyCell]:
        last, change, abnormal, sar, place = quote_cells(node.quote, node.move, node.history)
        return [
            _bell(node),
            Cell(node.id, Ink.T1, Role.SYMBOL),
            Cell(self.name(node), Ink.T2),
            last,
            change,
            abnormal,
            sar,
            place,
            path_cell(node.history),
            count_cell(node.stories, private=False),
        ]

    def _private_kind(self, node: Node) -> Cell:
        entity = self._ecosystem.private[node.id]
        return private_cell(entity.kind, node.rollup.total if node.rollup else None)


def _bell(node: Node) -> BellCell:
    if node.bell is Bell.NONE:
        return _NO_BELL
    armed = node.bell is Bell.ARMED
    words = translate("Watchlist", "alert armed") if armed else translate("Watchlist", "alert fired")
    return BellCell(node.bell, words)
