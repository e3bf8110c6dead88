"""The order of rows inside a layer: the user's own, or by the values of a column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from stackwatch.domain.move import Move
from stackwatch.domain.quote import NOT_JUDGED, Quote, QuoteState
from stackwatch.ui.watchlist.watchlist_cells import (
    Bell,
    Column,
    RangeCell,
    day_cell,
    quote_cells,
    shown_as_of,
    shown_change,
    shown_points,
)
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind

EVERY = ""  # stands for every layer without an order of its own
Value = float | str | None
_TEXTS = frozenset({Column.SYMBOL, Column.NAME, Column.CURRENCY})
_UNMEASURED = NOT_JUDGED | {QuoteState.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Sort:
    """By which column, and which end first."""

    column: Column
    descending: bool


def next_sort(column: Column, now: Sort | None) -> Sort | None:
    """Return what one more click on a head means: figures fall, then rise, then the user's own order."""
    first = column not in _TEXTS
    if now is None or now.column is not column:
        return Sort(column, first)
    return Sort(column, not first) if now.descending is first else None


@dataclass(slots=True)
class Sorts:
    """The order of each layer; ``by_layer`` holds what differs from the one of EVERY."""

    by_layer: dict[str, Sort | None] = field(default_factory=dict)

    def of(self, layer_id: str) -> Sort | None:
        """Return the order of a layer, None for the user's own."""
        return self.by_layer.get(layer_id, self.by_layer.get(EVERY))

    def set(self, layer_id: str, sort: Sort | None) -> None:
        """Order a layer, or with EVERY all of them, another way."""
        if layer_id == EVERY:
            self.by_layer = {} if sort is None else {EVERY: sort}
        else:
            self.by_layer[layer_id] = sort

    @property
    def any(self) -> bool:
        """Whether any layer is sorted."""
        return any(sort is not None for sort in self.by_layer.values())

    def as_text(self) -> dict[str, str]:
        """Return what is remembered: a column, after a minus where it falls; empty for the own order."""
        return {
            layer: "" if sort is None else ("-" if sort.descending else "") + sort.column.name.lower()
            for layer, sort in self.by_layer.items()
        }

    @classmethod
    def of_text(cls, texts: Mapping[str, str]) -> "Sorts":
        """Return what was remembered; columns of no known name are left out."""
        known = {column.name.lower(): column for column in Column}
        made: dict[str, Sort | None] = {}
        for layer, text in texts.items():
            column = known.get(text.removeprefix("-"))
            if column is not None or not text:
                made[layer] = None if column is None else Sort(column, text.startswith("-"))
        return cls(made)


def ordered(group: Node, sort: Sort | None, name: Callable[[Node], str]) -> Sequence[Node]:
    """Return the rows of a group in order: private entities stay first, missing values last."""
    if sort is None:
        return group.own
    keyed = [(_value(node, sort.column, name), node) for node in group.own]
    known = [(value, node) for value, node in keyed if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.descending)
    rows = [node for _, node in known] + [node for value, node in keyed if value is None]
    return sorted(rows, key=lambda node: node.kind is NodeKind.SHARE)


def _value(node: Node, column: Column, name: Callable[[Node], str]) -> Value:
    if column is Column.SYMBOL:
        return node.id.casefold() if node.kind is NodeKind.SHARE else name(node).casefold()
    if column is Column.NAME:
        return name(node).casefold()
    if column is Column.NEWS:
        return float(node.stories)
    if column is Column.BELL:
        return float(tuple(Bell).index(node.bell))
    return _share_value(node, column) if node.kind is NodeKind.SHARE else _group_value(node, column)


def _group_value(node: Node, column: Column) -> Value:
    rollup = node.rollup
    if rollup is None or rollup.move_pct is None:
        return None
    if column is Column.CHANGE:
        return rollup.move_pct
    judged = {} if rollup.stale else {Column.ABNORMAL: rollup.abnormal_pct, Column.SAR: rollup.sar}
    return judged.get(column)


def _share_value(node: Node, column: Column) -> Value:
    quote = node.quote
    if column is Column.DAYS:
        closes = node.history.closes if node.history else ()
        return closes[-1] / closes[0] - 1.0 if len(closes) > 1 else None
    if quote is None or quote.state is QuoteState.UNKNOWN:
        return None
    read = _READERS.get(column)
    return quote.currency or None if read is None else read(quote, node)  # an index has none


def judged(quote: Quote, node: Node) -> Move | None:
    """Return the move where the list shows it."""
    return None if quote.state in _UNMEASURED or quote.early else node.move


def _sar(quote: Quote, node: Node) -> float | None:
    move = judged(quote, node)
    return None if move is None else move.sar


def _abnormal(quote: Quote, node: Node) -> float | None:
    move = judged(quote, node)
    return None if move is None else move.abnormal_pct


def _year(quote: Quote, node: Node) -> float | None:
    place = quote_cells(quote, None, node.history)[-1]
    return place.place if isinstance(place, RangeCell) else None


def _outside(quote: Quote, _node: Node) -> float | None:
    if quote.extended_price is None or quote.index_level:
        return None
    return quote.extended_price / quote.price - 1.0


_READERS: Mapping[Column, Callable[[Quote, Node], float | None]] = {
    Column.LAST: lambda quote, _: quote.stand_in or quote.price,
    Column.CHANGE: lambda quote, _: shown_change(quote),
    Column.POINTS: lambda quote, _: shown_points(quote),
    Column.ABNORMAL: _abnormal,
    Column.SAR: _sar,
    Column.VOLUME: lambda _, node: None if node.volume is None else node.volume.times,
    Column.DAY: lambda quote, _: day_cell(quote).place,
    Column.YEAR: _year,
    Column.EXTENDED: _outside,
    Column.AS_OF: lambda quote, _: shown_as_of(quote).timestamp(),
}
