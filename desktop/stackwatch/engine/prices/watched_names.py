"""Which names are watched: those of a list, those its private companies are measured by, and rules' own."""

from collections.abc import Iterable
from datetime import date

from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.rule import Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import Ecosystem, Watchlist


def ruled_names(rules: Iterable[Rule], graph: ExposureGraph, day: date) -> tuple[str, ...]:
    """Return the symbols that rules which are on look at by themselves, whichever list is shown.

    They are those that rules are about, and those tied on a day to the private entities of rules.
    """
    on = [rule for rule in rules if rule.enabled]
    own = (rule.subject for rule in on if rule.subject_kind is SubjectKind.SYMBOL)
    tied = (link.target for entity in ruled_entities(on) for link in graph.linked(entity, day))
    return tuple(dict.fromkeys((*own, *tied)))


def ruled_entities(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the private entities that rules which are on measure, by their subject or a condition."""
    on = [rule for rule in rules if rule.enabled]
    own = (r.subject for r in on if r.subject_kind is SubjectKind.PRIVATE and r.subject != "*")
    shocks = (c.about for r in on for c in r.conditions if c.kind is RuleKind.ENTITY_SHOCK and c.about)
    return tuple(dict.fromkeys((*own, *shocks)))


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
