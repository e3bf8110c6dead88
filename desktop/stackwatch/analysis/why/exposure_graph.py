"""Which listed names an entity's news can reach, and by which dated links."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.watchlist import Basis, Exposure, Relation, links_held

HOP_DISCOUNT = 0.5
_WEIGHTS = {
    Relation.SUPPLIER: 1.0,
    Relation.CUSTOMER: 1.0,
    Relation.EQUITY: 1.0,
    Relation.PARENT: 1.0,
    Relation.LISTING: 1.0 / HOP_DISCOUNT,  # its news is the company's own
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
_BUSINESS = frozenset(
    {
        *(
            StoryTheme.CAPACITY,
            StoryTheme.FUNDING,
            StoryTheme.CONTRACT,
            StoryTheme.SUPPLY,
            StoryTheme.EARNINGS,
            StoryTheme.REGULATION,
        ),
        StoryTheme.OTHER,  # "Stargate struggles to get off the ground" has no word of a theme
    }
)
_OWNING = _BUSINESS | {StoryTheme.LEGAL, StoryTheme.RATING}
_CARRIES = {
    Relation.EQUITY: _OWNING,
    Relation.PARENT: _OWNING,
    Relation.LISTING: frozenset(StoryTheme),
    Relation.LENDER: _OWNING,
    Relation.GUARANTOR: _OWNING,
    Relation.COMPETITOR: _BUSINESS | {StoryTheme.PRODUCT},
    Relation.LITIGATION: frozenset({StoryTheme.LEGAL, StoryTheme.REGULATION}),
}


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

    def carries(self, theme: StoryTheme) -> bool:
        """Whether a story of a theme is about what flows along every link of the way."""
        return all(theme in _CARRIES.get(link.relation, _BUSINESS) for link in self.links)


class _Known:
    """The links known over a span of days in which none begins or ends, and the strongest paths over them."""

    def __init__(self, links: Iterable[Exposure]) -> None:
        self.links: dict[str, dict[str, Exposure]] = {}  # by where they begin, then where they end
        for link in links:
            ends = self.links.setdefault(link.source, {})
            current = ends.get(link.target)
            if current is None or link.since > current.since:
                ends[link.target] = link
        self._sources: dict[str, list[str]] = {}
        for source, ends in self.links.items():
            for target in ends:
                self._sources.setdefault(target, []).append(source)
        self._paths: dict[str, dict[str, Path]] = {}  # by where they end, then where they begin

    def paths_to(self, symbol: str) -> Mapping[str, Path]:
        """Return the strongest path to a symbol from itself and from every entity that reaches it."""
        if symbol not in self._paths:
            near = self._sources.get(symbol, [])
            far = (source for entity in near for source in self._sources.get(entity, ()))
            begins = dict.fromkeys(entity for entity in (*near, *far) if entity != symbol)
            found = {entity: path for entity in begins if (path := self._strongest(entity, symbol))}
            self._paths[symbol] = {symbol: Path((symbol,), (), 1.0), **found}
        return self._paths[symbol]

    def _strongest(self, entity_id: str, symbol: str) -> Path | None:
        best: Path | None = None
        for first in self.links[entity_id].values():
            weight = _weight(first)
            if first.target == symbol:
                way = Path((entity_id, symbol), (first,), weight)
            elif (second := self.links.get(first.target, {}).get(symbol)) and first.target != entity_id:
                way = Path((entity_id, first.target, symbol), (first, second), weight * _weight(second))
            else:
                continue
            if best is None or way.weight > best.weight:
                best = way
        return best


def _weight(link: Exposure) -> float:
    return HOP_DISCOUNT * _WEIGHTS[link.relation] * _BASIS[link.basis]


class ExposureGraph:
    """The exposures known on a day. Read-across links and later ones are left out of paths."""

    def __init__(self, exposures: Sequence[Exposure]) -> None:
        self.follow(exposures)

    def follow(self, exposures: Sequence[Exposure]) -> None:
        """Know other exposures from now on."""
        self._all = tuple(exposures)
        begins = {link.since.toordinal() for link in self._all}
        ends = {link.until.toordinal() + 1 for link in self._all if link.until is not None}
        self._turns = sorted(begins | ends)  # what is known stays from each to the next
        self._known: dict[int, _Known] = {}  # by how many turns have been

    def links_of(self, entity_id: str) -> tuple[Exposure, ...]:
        """Return every link of an entity, used or not, by target then date."""
        links = (link for link in self._all if link.source == entity_id)
        return tuple(sorted(links, key=lambda link: (link.target, link.since)))

    def linked(self, entity_id: str, day: date) -> tuple[Exposure, ...]:
        """Return one usable link per name tied to an entity on a day: the newest known then."""
        return tuple(self._on(day).links.get(entity_id, {}).values())

    def linked_names(self, entity_id: str, first: date, last: date) -> dict[date, frozenset[str]]:
        """Return the names tied to an entity on each day of [first, last], by the links known then."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {day: frozenset(link.target for link in self.linked(entity_id, day)) for day in days}

    def paths_to(self, symbol: str, day: date) -> Mapping[str, Path]:
        """Return the strongest path of at most two hops to a symbol known on a day, by where it begins."""
        return self._on(day).paths_to(symbol)

    def reaching(self, symbol: str, day: date) -> AbstractSet[str]:
        """Return a symbol and every entity from which a path leads to it on a day."""
        return self.paths_to(symbol, day).keys()

    def _on(self, day: date) -> _Known:
        turned = bisect_right(self._turns, day.toordinal())
        if turned not in self._known:
            links = links_held(self._all, day)
            self._known[turned] = _Known(link for link in links if not link.read_across)
        return self._known[turned]
