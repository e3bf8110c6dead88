"""What the core tells of the rows of a list, noted at each, and said whole in its tip."""

from collections.abc import Sequence
from datetime import UTC, datetime

from stackwatch.domain.currency import FxRate
from stackwatch.domain.events import (
    ArmedChanged,
    ClockTicked,
    Event,
    HistoryChanged,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.fault_events import SymbolsRefused, UnknownSymbols
from stackwatch.domain.quote import QuoteState, Refusal
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.ui.watchlist.watchlist_cells import NO_RANGE, Bell, Column, translate
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind, Rows


class Knowledge:
    """Puts what is told into the rows it is about, and keeps what is about no row: time, rates, refusals."""

    def __init__(self, ecosystem: Ecosystem) -> None:
        self._ecosystem = ecosystem
        self.now = datetime.now(UTC)
        self._rates: dict[str, FxRate] = {}
        self._unknown: dict[str, datetime] = {}
        self._refusals: tuple[Refusal, ...] = ()

    def take(self, event: Event, rows: Rows) -> Sequence[str]:
        """Note one event but that of quotes; returns the ids whose rows may read differently now."""
        match event:
            case RollupsChanged():
                return _take_rollups(event, rows)
            case HistoryChanged():
                return _take_history(event, rows)
            case StoriesChanged():
                return _take_counts(event, rows)
            case ArmedChanged():
                return _take_bells(event, rows)
            case ClockTicked():
                self.now = event.now
            case RatesChanged():
                self._rates = {rate.currency: rate for rate in event.rates}
            case UnknownSymbols():
                self._unknown = dict(event.since)
            case SymbolsRefused():
                self._refusals = event.refusals
        return ()

    def tip(self, node: Node, name: str) -> str:
        """Describe a row that is written, in plain text: source, time, state, and why a figure is missing."""
        from stackwatch.ui.watchlist import watchlist_tips as tips  # after the first paint

        if node.kind is NodeKind.SHARE:
            instrument = self._ecosystem.instruments[node.id]
            context = tips.TipContext(self.now, self._ecosystem, self._rates, self._unknown, self._refusals)
            tip = tips.share_tip(instrument, node.quote, node.move, context, node.volume)
            priced = node.quote is not None and node.quote.state is not QuoteState.UNKNOWN
            dash = priced and node.cells[Column.YEAR] == NO_RANGE
            why = translate("Tip", "No 52 weeks: a year of its prices is not known")
            return f"{tip}\n{why}" if dash else tip
        if node.kind is NodeKind.PRIVATE_GROUP:
            return translate("Watchlist", "average move of the listed names each is tied to")
        layer = node.kind is NodeKind.LAYER
        return tips.average_tip(node.id, name, node.rollup, self._ecosystem, layer=layer)


def take_quotes(event: QuotesChanged, rows: Rows) -> set[Node]:
    """Note prices with their moves and volumes; returns the rows they are of.

    A row that is called otherwise now is stale, not only its figures.
    """
    told: set[Node] = set()
    for quote in event.quotes:
        for node in rows.knowing(quote.symbol):
            if node.quote is None or node.quote.name != quote.name:
                node.stale = True
            node.quote = quote
            told.add(node)
    for move in event.moves:
        for node in rows.knowing(move.symbol):
            node.move = move
            told.add(node)
    for volume in event.volumes:
        for node in rows.knowing(volume.symbol):
            node.volume = volume
            told.add(node)
    return told


def _take_rollups(event: RollupsChanged, rows: Rows) -> list[str]:
    for rollup in event.rollups:
        for node in rows.knowing(rollup.id):
            node.rollup = rollup.shown
    return [rollup.id for rollup in event.rollups]


def _take_history(event: HistoryChanged, rows: Rows) -> list[str]:
    for summary in event.summaries:
        for node in rows.knowing(summary.symbol):
            node.history = summary
    return [summary.symbol for summary in event.summaries]


def _take_counts(event: StoriesChanged, rows: Rows) -> list[str]:
    for entity_id, count in event.counts:
        for node in rows.knowing(entity_id):
            node.stories = count
    return [entity_id for entity_id, _ in event.counts]


def _take_bells(event: ArmedChanged, rows: Rows) -> tuple[str, ...]:
    for entity_id, nodes in (rows.by_id | rows.aside).items():
        armed = Bell.ARMED if entity_id in event.armed else Bell.NONE
        bell = Bell.FIRED if entity_id in event.fired else armed
        for node in nodes:
            node.bell = Bell.SNOOZED if entity_id in event.silent else bell
    return tuple(rows.by_id)
