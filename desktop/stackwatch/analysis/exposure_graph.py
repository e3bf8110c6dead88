"""Which listed names an entity's news can reach, and by which dated links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from stackwatch.domain.watchlist import Basis, Exposure, Relation

HOP_DISCOUNT = 0.5
MAX_HOPS = 2
_PATHS_KEPT = 50_000
_WEIGHTS = {
    Relation.SUPPLIER: 1.0,
    Relation.CUSTOMER: 1.0,
    Relation.EQUITY: 1.0,
    Relation.PARENT: 1.0,
    Relation.LENDER: 0.9,
    Relation.GUARANTOR: 0.9,
    Relation.LANDLORD: 0.9,
    Relation.REGULATOR: 0.9,
    Relation.TENANT: 0.8,
    Relation.PARTNER: 0.8,
    Relation.DEMAND: 0.8,
    Relation.COMPETITOR: 0.7,
    Relation.LITIGATION: 0.7,
}
_BASIS = {Basis.STORED: 1.0, Basis.MEMORY: 0.9}
RIVALS = frozenset({Relation.COMPETITOR, Relation.LITIGATION})


@dataclass(frozen=True, slots=True)
class Path:
    """A way from an entity to a name; ``weight`` is 1 for the entity itself."""

    nodes: tuple[str, ...]
    links: tuple[Exposure, ...]
    weight: float

    def tone_at_end(self, tone: int, *, threat: bool = False) -> int:
        """Return what a story's tone for the first entity means for the last.

        A rival's good news is bad here; its bad news may be good here, or a shock to both: 0, the title alone
        does not say. What the first takes from others (``threat``) is bad for every name tied to it.
        """
        if threat and self.links:
            return -1
        if any(link.relation in RIVALS for link in self.links):
            return -1 if tone > 0 else 0
        return tone


class ExposureGraph:
    """The exposures known on a day. Read-across links and later ones are left out of paths."""

    def __init__(self, exposures: Sequence[Exposure]) -> None:
        self._all = tuple(exposures)
        self._from: dict[str, list[Exposure]] = {}
        self._reaching: dict[tuple[str, date], frozenset[str]] = {}
        self._paths: dict[tuple[str, str, date], Path | None] = {}
        self._linked: dict[tuple[str, date], tuple[Exposure, ...]] = {}
        for link in self._all:
            self._from.setdefault(link.source, []).append(link)

    def links_of(self, entity_id: str) -> tuple[Exposure, ...]:
        """Return every link of an entity, used or not, by target then date."""
        return tuple(sorted(self._from.get(entity_id, ()), key=lambda link: (link.target, link.since)))

    def links_to(self, symbol: str) -> tuple[Exposure, ...]:
        """Return every link that ends at a name."""
        return tuple(link for link in self._all if link.target == symbol)

    def linked(self, entity_id: str, day: date) -> tuple[Exposure, ...]:
        """Return one usable link per name tied to an entity on a day: the newest known then."""
        key = (entity_id, day)
        if key not in self._linked:
            if len(self._linked) >= _PATHS_KEPT:
                self._linked.clear()
            self._linked[key] = self._newest(entity_id, day)
        return self._linked[key]

    def reaching(self, symbol: str, day: date) -> frozenset[str]:
        """Return a symbol and every entity from which a path leads to it on a day."""
        key = (symbol, day)
        if key not in self._reaching:
            if len(self._reaching) >= _PATHS_KEPT:
                self._reaching.clear()
            everybody = (symbol, *self._from)
            self._reaching[key] = frozenset(e for e in everybody if self.path(e, symbol, day) is not None)
        return self._reaching[key]

    def path(self, entity_id: str, symbol: str, day: date) -> Path | None:
        """Return the strongest path of at most two hops known on a day, None without one."""
        key = (entity_id, symbol, day)
        if key not in self._paths:
            if len(self._paths) >= _PATHS_KEPT:
                self._paths.clear()
            self._paths[key] = self._search(entity_id, symbol, day)
        return self._paths[key]

    def _newest(self, entity_id: str, day: date) -> tuple[Exposure, ...]:
        newest: dict[str, Exposure] = {}
        for link in self._from.get(entity_id, ()):
            if link.holds_on(day) and not link.read_across:
                current = newest.get(link.target)
                if current is None or link.since > current.since:
                    newest[link.target] = link
        return tuple(link for link in newest.values() if link.relation is not Relation.FORMER)

    def _search(self, entity_id: str, symbol: str, day: date) -> Path | None:
        if entity_id == symbol:
            return Path((symbol,), (), 1.0)
        best: Path | None = None
        frontier = [Path((entity_id,), (), 1.0)]
        for _ in range(MAX_HOPS):
            following: list[Path] = []
            for path in frontier:
                for link in self.linked(path.nodes[-1], day):
                    if link.target in path.nodes:
                        continue
                    weight = path.weight * HOP_DISCOUNT * _WEIGHTS[link.relation] * _BASIS[link.basis]
                    longer = Path((*path.nodes, link.target), (*path.links, link), weight)
                    if link.target != symbol:
                        following.append(longer)
                    elif best is None or longer.weight > best.weight:
                        best = longer
            frontier = following
        return best
