"""Which names are watched for a list: its own, and those its private companies are measured by."""

from datetime import date

from stackwatch.analysis.exposure_graph import ExposureGraph
from stackwatch.domain.watchlist import Ecosystem, Watchlist


def watched_names(
    watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph, day: date
) -> tuple[str, ...]:
    """Return the symbols of a list, then those tied to its private entities on a day."""
    tied = (link.target for entity in watchlist.entities for link in graph.linked(entity, day))
    return tuple(dict.fromkeys((*watchlist.symbols, *(s for s in tied if s in ecosystem.instruments))))


def fetched_names(
    watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph, day: date
) -> tuple[str, ...]:
    """Return every symbol to fetch for a list: the names watched for it, and their benchmarks."""
    names = watched_names(watchlist, ecosystem, graph, day)
    return tuple(dict.fromkeys((*names, *(ecosystem.instruments[symbol].benchmark for symbol in names))))
