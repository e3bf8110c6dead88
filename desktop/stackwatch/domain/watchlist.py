"""The ecosystem a user watches: layers, listed instruments, private entities, exposures."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import TypeVar, overload

_T = TypeVar("_T")
_LEAST_LETTERS = 2  # of a spelling


class Language(StrEnum):
    """A language of the interface."""

    ENGLISH = "en"
    KOREAN = "ko"

    @property
    def own_name(self) -> str:
        """What its speakers call it."""
        return self.say("English", "한국어")

    def say(self, english: str, korean: str) -> str:
        """Return what is said in this language."""
        return korean if self is Language.KOREAN else english


@dataclass(frozen=True, slots=True)
class BilingualName:
    """A name in both languages."""

    en: str
    ko: str

    def get(self, language: Language) -> str:
        """Return the name in ``language``."""
        return language.say(self.en, self.ko)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A listed share, fund or index, identified by its Yahoo symbol.

    ``currency`` is the ISO code of its price (``GBp`` for pence), ``calendar`` a code of
    exchange_calendars, ``timezone`` an IANA zone, ``benchmark`` a Yahoo symbol, ``layer`` the id of where it
    usually belongs, empty where nobody says so; ``business`` says in one line what it does.
    """

    symbol: str
    names: BilingualName
    exchange: str
    currency: str
    timezone: str
    calendar: str
    benchmark: str
    layer: str = ""
    business: BilingualName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateEntity:
    """A company, project or theme without a share price of its own.

    ``business`` says in one line what it does, ``status`` how it stood on the day ``as_of``.
    """

    id: str
    names: BilingualName
    kind: str
    status: BilingualName
    as_of: str
    business: BilingualName | None = None


class Relation(StrEnum):
    """How an entity and whom its news reaches are tied; a ``customer`` is the entity itself."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    EQUITY = "equity"
    LENDER = "lender"
    GUARANTOR = "guarantor"
    PARTNER = "partner"
    COMPETITOR = "competitor"
    REGULATOR = "regulator"
    LANDLORD = "landlord"
    PARENT = "parent"
    LITIGATION = "litigation"
    DEMAND = "demand"
    TENANT = "tenant"
    LISTING = "listing"  # another share of the same company
    FORMER = "former"  # the link ended on its date


class Basis(StrEnum):
    """How sure an exposure is."""

    STORED = "stored"
    MEMORY = "memory"


OLD_AFTER = timedelta(days=730)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """A dated, sourced link between two entities.

    ``since`` is the first day on which the link was publicly known (the last day of a period
    given only as a month or a year, so that a replay never knows too much). A ``read_across``
    link has a price move as its only evidence: it is shown and never supports a move. ``until`` is the last
    day on which it held, where it ended. ``own`` is one of the user's own file. ``why_ko`` is empty where
    it is given in one language only.
    """

    source: str
    target: str
    relation: Relation
    why: str
    since: date
    dated: str
    publisher: str
    basis: Basis
    read_across: bool = False
    until: date | None = None
    own: bool = False
    why_ko: str = ""

    def reason(self, language: Language) -> str:
        """Say why the two are tied."""
        return (self.why_ko if language is Language.KOREAN else "") or self.why

    @property
    def tie(self) -> "Tie":
        """What a link is, whoever reported it and when: its ends and its kind."""
        return self.source, self.target, self.relation

    def holds_on(self, day: date) -> bool:
        """Whether the link was known and had not ended."""
        return self.since <= day and (self.until is None or day <= self.until)

    def is_old(self, day: date) -> bool:
        """Whether nothing newer than two years supports the link."""
        return self.until is None and day - self.since > OLD_AFTER


Tie = tuple[str, str, Relation]


def links_held(links: Iterable[Exposure], day: date) -> tuple[Exposure, ...]:
    """Return the links that are known on a day and have not ended, by their own report or a later one.

    Where the newest report of a tie says that it ended, so did what earlier ones of it told; of two reports
    of one day the one that sees the sooner end counts.
    """
    known = [link for link in links if link.since <= day]
    told = sorted(known, key=lambda link: (link.since, -(link.until or date.max).toordinal()))
    over = {(link.source, link.target): link.since for link in told if link.relation is Relation.FORMER}
    newest = {link.tie: link for link in told}
    return tuple(
        link
        for link in known
        if link.holds_on(day)
        and newest[link.tie].holds_on(day)
        and link.since > over.get((link.source, link.target), date.min)
    )


class AliasPolicy(StrEnum):
    """When a spelling counts as a mention of its entity."""

    ALWAYS = "always"
    MARKED = "marked"  # only as $X, (X), (EXCHANGE: X) or "X stock"
    CONTEXT = "context"  # only beside one of its context words
    BLOCK = "block"  # swallows the match: a namesake


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A spelling by which titles mention an entity; with one of ``unless`` in the title it is a namesake.

    A ``coined`` one is no word of any language: it counts in small letters and in the plural, too. One with
    ``leads`` is a word, and inside a title of capitals a name only right behind one of those. One that stands
    for several has the others in ``also``: 삼전닉스 is Samsung Electronics and SK hynix.
    Words of classes stand beside those of its own: many spellings hold the very same tuples.
    """

    text: str
    entity_id: str
    policy: AliasPolicy = AliasPolicy.ALWAYS
    context: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    coined: bool = False
    leads: tuple[str, ...] = ()
    context_classes: tuple[tuple[str, ...], ...] = ()
    unless_classes: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Whom it names, of a namesake nobody."""
        return () if self.policy is AliasPolicy.BLOCK else (self.entity_id, *self.also)

    def all_context(self) -> tuple[str, ...]:
        """Return the words of ``context``, those of its classes among them."""
        return (*self.context, *chain.from_iterable(self.context_classes))

    def all_unless(self) -> tuple[str, ...]:
        """Return the words of ``unless``, those of its classes among them."""
        return (*self.unless, *chain.from_iterable(self.unless_classes))


def is_short(spelling: str) -> bool:
    """Whether a spelling has too few letters to count wherever it stands."""
    return sum(letter.isalnum() for letter in spelling) < _LEAST_LETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEntity:
    """A private entity of the user's own, and how titles name it; ``ships`` where one of its id does, too."""

    entity: PrivateEntity
    spellings: tuple[Alias, ...] = ()
    ships: bool = False

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.entity.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A place in the AI stack: its private entities and its instruments, in the user's order.

    A ``hidden`` layer is watched like any other and not shown.
    """

    id: str
    names: BilingualName
    symbols: tuple[str, ...]
    private: tuple[str, ...] = ()
    benchmark: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """A named list: its layers, and the private entities shown above them (``private``)."""

    id: str
    names: BilingualName
    layers: tuple[Layer, ...]
    private: tuple[str, ...]

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every listed symbol once, in the order shown."""
        return tuple(dict.fromkeys(s for layer in self.layers for s in layer.symbols))

    @property
    def shown(self) -> "Watchlist":
        """The list without its hidden layers."""
        return replace(self, layers=tuple(layer for layer in self.layers if not layer.hidden))

    def layer(self, layer_id: str) -> Layer | None:
        """Return the layer of an id, None where the list has none of it."""
        return next((layer for layer in self.layers if layer.id == layer_id), None)

    @property
    def layer_of(self) -> dict[str, str]:
        """The layer's id of every listed symbol."""
        return {symbol: layer.id for layer in self.layers for symbol in layer.symbols}

    @property
    def entities(self) -> tuple[str, ...]:
        """Every private entity once: those above the layers, then those inside them."""
        return tuple(dict.fromkeys((*self.private, *(e for layer in self.layers for e in layer.private))))


class Directory(Mapping[str, _T]):
    """A mapping that is replaced as a whole while other threads read it: they see the old or the new one."""

    def __init__(self, values: Mapping[str, _T]) -> None:
        self._values = dict(values)

    def become(self, values: Mapping[str, _T]) -> None:
        """Hold other values from now on."""
        self._values = dict(values)

    def __getitem__(self, key: str) -> _T:
        """Return the value of a key."""
        return self._values[key]

    def __contains__(self, key: object) -> bool:
        """Whether a key has a value."""
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        """Return the keys as they are now."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._values)


class SharedSequence(Sequence[_T]):
    """A sequence that is replaced as a whole while other threads read it: they see the old or the new one."""

    def __init__(self, values: Sequence[_T]) -> None:
        self._values = tuple(values)

    def become(self, values: Sequence[_T]) -> None:
        """Hold other values from now on."""
        self._values = tuple(values)

    @overload
    def __getitem__(self, place: int) -> _T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[_T]: ...
    def __getitem__(self, place: int | slice) -> _T | Sequence[_T]:
        """Return the value or the values at a place."""
        return self._values[place]

    def __iter__(self) -> Iterator[_T]:
        """Return the values as they are now."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return the number of values."""
        return len(self._values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem:
    """Everything known about the entities a watchlist may hold.

    ``own`` are the private entities of the user's own, which are in ``private`` too; ``shipped_links`` are in
    ``exposures`` unless the user's own file says otherwise. In the window all but these and ``aliases``
    change with what the user adds and removes: each is a ``Directory`` or ``SharedSequence``. ``quoted_in``
    says in which currency prices of a symbol came, which may be another than that of its exchange.
    """

    instruments: Mapping[str, Instrument]
    private: Mapping[str, PrivateEntity]
    exposures: Sequence[Exposure]
    aliases: tuple[Alias, ...] = field(repr=False)
    layers: Mapping[str, BilingualName] = field(default_factory=dict)
    own: Mapping[str, OwnEntity] = field(default_factory=dict)
    shipped_links: tuple[Exposure, ...] = field(default=(), repr=False)
    quoted_in: Directory[str] = field(default_factory=lambda: Directory({}), repr=False, compare=False)

    def kind_of(self, entity_id: str) -> str:
        """Return what a private entity is; empty for one that has just left."""
        entity = self.private.get(entity_id)
        return "" if entity is None else entity.kind

    def currency_of(self, symbol: str) -> str:
        """Return in which currency an instrument is quoted, else traded, dollars for what is none.

        Empty where its prices are those of an index.
        """
        known = self.instruments.get(symbol)
        return self.quoted_in.get(symbol, "USD" if known is None else known.currency)

    def note_currency(self, symbol: str, currency: str) -> None:
        """Know from now on in which currency an instrument is quoted."""
        if self.quoted_in.get(symbol) != currency:
            self.quoted_in.become({**self.quoted_in, symbol: currency})

    def business_of(self, entity_id: str) -> BilingualName | None:
        """Return what an instrument or private entity does, where that is known."""
        known = self.instruments.get(entity_id) or self.private.get(entity_id)
        return None if known is None else known.business

    def names_of(self, entity_id: str) -> BilingualName:
        """Return the names of an instrument, private entity or layer (its id, when unknown)."""
        known = self.instruments.get(entity_id) or self.private.get(entity_id)
        if known is not None:
            return known.names
        return self.layers.get(entity_id) or BilingualName(entity_id, entity_id)
