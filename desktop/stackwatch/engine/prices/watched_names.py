"""Which names are watched: those of a list, those its private companies are measured by, and rules' own."""

from collections.abc import Iterable
from datetime import date

from stackwatch.analysis.exposure_graph import ExposureGraph
from stackwatch.domain.rule import Rule, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist


def ruled_names(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the symbols that rules which are on are about, whichever list is shown."""
    on = (rule for rule in rules if rule.enabled and rule.subject_kind is SubjectKind.SYMBOL)
    return tuple(dict.fromkeys(rule.subject for rule in on))


def watched_names(
    watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph, day: date, ruled: Iterable[str]
) -> tuple[str, ...]:
    """Return the symbols of a list, those tied to its private entities on a day, then those of rules."""
    tied = (link.target for entity in watchlist.entities for link in graph.linked(entity, day))
    others = (symbol for symbol in (*tied, *ruled) if symbol in ecosystem.instruments)
    return tuple(dict.fromkeys((*watchlist.symbols, *others)))


def fetched_names(
    watchlist: Watchlist, ecosystem: Ecosystem, graph: ExposureGraph, day: date, ruled: Iterable[str]
) -> tuple[str, ...]:
    """Return every symbol to fetch: the names that are watched, and their benchmarks."""
    names = watched_names(watchlist, ecosystem, graph, day, ruled)
    return tuple(dict.fromkeys((*names, *(ecosystem.instruments[symbol].benchmark for symbol in names))))
