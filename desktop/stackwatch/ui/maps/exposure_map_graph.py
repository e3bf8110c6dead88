"""What the exposure map draws: entities at the left, listed names at the right, links between."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from stackwatch.domain.watchlist import Basis, Ecosystem, Exposure, Relation, Watchlist, links_held

_MOST_REPORTS = 3  # more make a line no thicker


class LinkStyle(Enum):
    """How a link is drawn; the value is what the legend calls it."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    EQUITY = "equity"
    PARTNER = "partner"
    LENDER = "lender"
    REGULATOR = "regulator"
    COMPETITOR = "competitor"
    READ_ACROSS = "read-across"


STYLES = {
    Relation.CUSTOMER: LinkStyle.CUSTOMER,
    Relation.TENANT: LinkStyle.CUSTOMER,
    Relation.DEMAND: LinkStyle.CUSTOMER,
    Relation.SUPPLIER: LinkStyle.SUPPLIER,
    Relation.LANDLORD: LinkStyle.SUPPLIER,
    Relation.EQUITY: LinkStyle.EQUITY,
    Relation.PARENT: LinkStyle.EQUITY,
    Relation.LISTING: LinkStyle.EQUITY,
    Relation.FORMER: LinkStyle.EQUITY,
    Relation.PARTNER: LinkStyle.PARTNER,
    Relation.LENDER: LinkStyle.LENDER,
    Relation.GUARANTOR: LinkStyle.LENDER,
    Relation.REGULATOR: LinkStyle.REGULATOR,
    Relation.COMPETITOR: LinkStyle.COMPETITOR,
    Relation.LITIGATION: LinkStyle.COMPETITOR,
}


class LinkStanding(Enum):
    """Whether a link may support a move today."""

    USED = "used"
    READ_ACROSS = "read-across"
    LATER = "later"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """One line of the map: the newest report of a link, and every report of the same link, oldest first.

    It is its own identity: a hash over every report would cost more than painting it.
    """

    link: Exposure
    standing: LinkStanding
    reports: tuple[Exposure, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """Source and target."""
        return self.link.source, self.link.target

    @property
    def style(self) -> LinkStyle:
        """How it is drawn."""
        return LinkStyle.READ_ACROSS if self.link.read_across else STYLES[self.link.relation]

    @property
    def weight(self) -> int:
        """1 to 3, by the number of reports known by then; a link known from memory only weighs 1."""
        if self.link.basis is Basis.MEMORY:
            return 1
        return min(sum(report.since <= self.link.since for report in self.reports), _MOST_REPORTS)

    def other(self, entity_id: str) -> str:
        """Return the end that is not ``entity_id``."""
        return self.link.target if self.link.source == entity_id else self.link.source


@dataclass(frozen=True)
class Graph:
    """``left`` are private entities in the list's order, ``groups`` layers with names, few links crossing.

    ``quiet`` are names that are there for links that are not drawn.
    """

    left: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    edges: tuple[Edge, ...]
    quiet: frozenset[str]

    @property
    def right(self) -> tuple[str, ...]:
        """Every listed name from top to bottom."""
        return tuple(name for _, names in self.groups for name in names)

    def of(self, entity_id: str) -> tuple[Edge, ...]:
        """Return the links that begin or end at an entity."""
        return tuple(self._by_end.get(entity_id, ()))

    @cached_property
    def _by_end(self) -> dict[str, list[Edge]]:
        ties: dict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges:
            for end in dict.fromkeys(edge.ends):
                ties[end].append(edge)
        return ties


def build_graph(ecosystem: Ecosystem, watchlist: Watchlist, day: date) -> Graph:
    """Return the map of a list as known on a day; what the list does not hold is left out.

    Later and ended links are among the edges, for those who list them.
    """
    entities, listed = set(watchlist.entities), set(watchlist.symbols)
    known = entities | listed
    found = [e for e in ecosystem.exposures if e.source in known and e.target in known]
    edges = _edges(found, day)
    tied = {end for edge in edges for end in edge.ends}
    left = tuple(entity for entity in watchlist.entities if entity in tied)
    drawn = [edge for edge in edges if edge.standing in (LinkStanding.USED, LinkStanding.READ_ACROSS)]
    tied_now = {end for edge in drawn for end in edge.ends}
    groups = _groups(watchlist, tied & listed)
    return Graph(left, _untangled(left, groups, drawn), edges, frozenset(tied & listed) - tied_now)


def standing_of(link: Exposure, day: date, held: AbstractSet[Exposure]) -> LinkStanding:
    """Return how a link stands on a day; ``held`` are those that had not ended then."""
    if link.since > day:
        return LinkStanding.LATER
    if link not in held:
        return LinkStanding.ENDED
    return LinkStanding.READ_ACROSS if link.read_across else LinkStanding.USED


def _edges(found: Iterable[Exposure], day: date) -> tuple[Edge, ...]:
    """Join the reports of each link: the newest known one stands for them, a later one only where none is."""
    links = sorted(found, key=lambda e: e.since)
    held = frozenset(links_held(links, day))
    reports: dict[tuple[str, str, LinkStyle], list[Exposure]] = defaultdict(list)
    for link in links:
        style = LinkStyle.READ_ACROSS if link.read_across else STYLES[link.relation]
        reports[link.source, link.target, style].append(link)
    edges = []
    for told in reports.values():
        by_standing = {standing_of(link, day, held): link for link in told}  # the newest of each
        best = next(standing for standing in LinkStanding if standing in by_standing)
        edges.append(Edge(by_standing[best], best, tuple(told)))
    return tuple(edges)


def _groups(watchlist: Watchlist, wanted: set[str]) -> list[tuple[str, list[str]]]:
    """Return layers with the names that are wanted, each name once."""
    groups: list[tuple[str, list[str]]] = []
    left = set(wanted)
    for layer in watchlist.layers:
        names = [symbol for symbol in layer.symbols if symbol in left]
        left.difference_update(names)
        if names:
            groups.append((layer.id, names))
    return groups


def _untangled(
    left: Sequence[str], groups: Sequence[tuple[str, list[str]]], edges: Sequence[Edge]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Order layers, and names inside them, by the mean place of what they are tied to (barycentre).

    Equal means keep the list's order, so that the same links always give the same map.
    """
    place = {entity: float(index) for index, entity in enumerate(left)}
    ties: dict[str, list[float]] = defaultdict(list)
    for edge in edges:
        for end in edge.ends:
            other = edge.other(end)
            if other in place:
                ties[end].append(place[other])
    far = float(len(left))
    mean = {name: sum(ties[name]) / len(ties[name]) if ties[name] else far for _, g in groups for name in g}
    ordered = [(layer, tuple(sorted(names, key=mean.__getitem__))) for layer, names in groups]
    ordered.sort(key=lambda group: sum(mean[name] for name in group[1]) / len(group[1]))
    return tuple(ordered)
