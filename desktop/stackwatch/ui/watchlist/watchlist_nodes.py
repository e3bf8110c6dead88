"""The rows of the list: what each stands for, and the newest values it has."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum

from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.quote import HistorySummary, Quote, VolumeSoFar
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Watchlist
from stackwatch.domain.words.format import plain
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Ink, Role
from stackwatch.ui.watchlist.watchlist_cells import (
    EMPTY,
    AnyCell,
    Bell,
    BellCell,
    Cell,
    Column,
    ColumnNeeds,
    PathCell,
    RangeCell,
    count_cell,
    further_cells,
    path_cell,
    private_cell,
    quote_cells,
    rollup_cells,
    translate,
)

_LONGEST_NAME = 80
PRIVATE_GROUP = "private-and-projects"
_NO_BELL = BellCell()
_NO_FURTHER: list[AnyCell] = [EMPTY] * (len(Column) - Column.POINTS)


class NodeKind(Enum):
    """What a row is."""

    PRIVATE_GROUP = "private-group"
    LAYER = "layer"
    PRIVATE = "private"
    SHARE = "share"


@dataclass(slots=True, eq=False)
class Node:
    """A row: the newest values it has, and the cells written from them (``stale`` when they are older).

    ``flash`` says that its price changed a moment ago.
    """

    id: str
    kind: NodeKind
    parent: "Node | None"
    position: int
    children: list["Node"] = field(default_factory=list)
    own: tuple["Node", ...] = ()
    cells: list[AnyCell] = field(default_factory=list)
    stale: bool = True
    flash: bool = False
    quote: Quote | None = None
    move: Move | None = None
    history: HistorySummary | None = None
    volume: VolumeSoFar | None = None
    rollup: Rollup | None = None
    stories: int = 0
    bell: Bell = Bell.NONE

    @property
    def group(self) -> bool:
        """Whether the row heads others."""
        return self.kind in (NodeKind.LAYER, NodeKind.PRIVATE_GROUP)


class Rows:
    """Every row of a watchlist: groups in order, and all rows of an id.

    ``own`` of a group is the user's order, ``children`` the order shown. Hidden layers have no rows. Rows
    made anew know what the rows ``before`` knew; what is known of names without a row stays ``aside``, so
    that a layer that is shown again has its figures at once.
    """

    def __init__(self, watchlist: Watchlist, before: "Rows | None" = None) -> None:
        self.groups: list[Node] = []
        self.by_id: dict[str, list[Node]] = defaultdict(list)
        self.layer_names: dict[str, BilingualName] = {layer.id: layer.names for layer in watchlist.layers}
        self.aside: dict[str, list[Node]] = {}
        self._before = before.aside | before.by_id if before else {}
        if watchlist.private:
            self._add(PRIVATE_GROUP, NodeKind.PRIVATE_GROUP, watchlist.private, ())
        for layer in watchlist.layers:
            if not layer.hidden:
                self._add(layer.id, NodeKind.LAYER, layer.private, layer.symbols)
        hidden = (layer for layer in watchlist.layers if layer.hidden)
        self._unseen = {x for layer in hidden for x in (layer.id, *layer.private, *layer.symbols)}
        for entity_id in (self._before.keys() | self._unseen) - self.by_id.keys():
            self.aside[entity_id] = [self._knowing(Node(entity_id, NodeKind.SHARE, None, 0))]
        self._before = {}

    def of(self, entity_id: str) -> list[Node]:
        """Return the rows of an id, none when the list does not hold it."""
        return self.by_id.get(entity_id, [])

    def knowing(self, entity_id: str) -> list[Node]:
        """Return what is to know of an id: its rows, or what stands for them while there is none."""
        return self.by_id.get(entity_id) or self.aside.get(entity_id, [])

    def watched(self, entity_id: str) -> list[Node]:
        """Return the rows of an id, or what stands for them in a hidden layer: both are kept fresh."""
        return self.knowing(entity_id) if entity_id in self._unseen else self.of(entity_id)

    def _add(self, group_id: str, kind: NodeKind, private: Sequence[str], symbols: Sequence[str]) -> None:
        group = self._node(group_id, kind, None, len(self.groups))
        members = [(entity, NodeKind.PRIVATE) for entity in private] + [(s, NodeKind.SHARE) for s in symbols]
        for position, (member, member_kind) in enumerate(members):
            group.children.append(self._node(member, member_kind, group, position))
        group.own = tuple(group.children)
        self.groups.append(group)

    def _node(self, entity_id: str, kind: NodeKind, parent: Node | None, position: int) -> Node:
        node = self._knowing(Node(entity_id, kind, parent, position))
        self.by_id[entity_id].append(node)
        return node

    def _knowing(self, node: Node) -> Node:
        for known in self._before.get(node.id, ())[:1]:
            node.quote, node.move, node.history = known.quote, known.move, known.history
            node.volume = known.volume
            node.rollup, node.stories, node.bell = known.rollup, known.stories, known.bell
        return node


class RowWriter:
    """Writes the cells of a row."""

    def __init__(self, ecosystem: Ecosystem, rows: Rows) -> None:
        self._ecosystem = ecosystem
        self.rows = rows
        self.further: frozenset[Column] = frozenset()  # columns shown that are not always there
        self.now = datetime.now(UTC)

    def figures(self, node: Node) -> list[AnyCell]:
        """Return the cells of a share's row that was written before, of which only price and move are new."""
        cells = node.cells.copy()
        cells[Column.LAST : Column.DAYS] = quote_cells(node.quote, node.move, node.history)
        if self.further:
            cells[Column.POINTS :] = self._further(node)
        return cells

    def write(self, node: Node) -> list[AnyCell]:
        """Return the cells of a row, one per Column."""
        if node.kind is NodeKind.SHARE:
            return self._share(node)
        if node.kind is NodeKind.PRIVATE_GROUP:
            head: list[AnyCell] = [BellCell(), Cell(self.name(node), Ink.T1, Role.STRONG)]
            return head + [EMPTY] * (len(Column) - len(head))
        layer = node.kind is NodeKind.LAYER
        last, change, abnormal, sar = rollup_cells(node.rollup, layer=layer)
        return [
            _bell(node),
            Cell(self.name(node), Ink.T1, Role.STRONG if layer else Role.SYMBOL),
            self._empty_words(node) if layer else self._private_kind(node),
            last,
            change,
            abnormal,
            sar,
            RangeCell(),
            PathCell(),
            EMPTY if layer else count_cell(node.stories, private=True),
            *_NO_FURTHER,
        ]

    def name(self, node: Node) -> str:
        """Return the name of what a row stands for."""
        if node.kind is NodeKind.PRIVATE_GROUP:
            return translate("Watchlist", "Private & projects")
        if node.kind is NodeKind.LAYER:
            return self.rows.layer_names[node.id].get(current_language())
        names = self._ecosystem.names_of(node.id)
        nameless = names == BilingualName(
            node.id, node.id
        )  # imported: only its source knows how it is called
        told = node.quote.name if node.quote is not None and nameless else None
        return plain(told, _LONGEST_NAME) if told else names.get(current_language())

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
            *(self._further(node) if self.further else _NO_FURTHER),
        ]

    def _further(self, node: Node) -> list[AnyCell]:
        zone = self._ecosystem.instruments[node.id].timezone
        return further_cells(node.quote, node.volume, ColumnNeeds(self.further, self.now, zone))

    @staticmethod
    def _empty_words(node: Node) -> Cell:
        """Say what to do with a layer that has no rows."""
        if node.children:
            return EMPTY
        return Cell(translate("Watchlist", "drag names here"), Ink.T3, Role.CAPTION)

    def _private_kind(self, node: Node) -> Cell:
        kind = self._ecosystem.kind_of(node.id)
        return private_cell(kind, node.rollup)


def _bell(node: Node) -> BellCell:
    if node.bell is Bell.NONE:
        return _NO_BELL
    words = {
        Bell.ARMED: translate("Watchlist", "alert armed"),
        Bell.SNOOZED: translate("Watchlist", "popups snoozed"),
        Bell.FIRED: translate("Watchlist", "alert fired"),
    }
    return BellCell(words[node.bell])
