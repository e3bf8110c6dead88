"""Load the ecosystem from TOML, checking every reference between the files."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.lists.own_links import last_day
from stackwatch.domain.watchlist import (
    Alias,
    AliasPolicy,
    Basis,
    BilingualName,
    Ecosystem,
    Exposure,
    Instrument,
    OwnEntity,
    PrivateEntity,
    Relation,
    Tie,
    is_short,
)
from stackwatch.storage.ecosystem.alias_file import load_aliases, ticker_aliases
from stackwatch.storage.toml.toml_fields import Day, EntityId, NamesRow, Slug, Symbol, Text, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml


class _InstrumentRow(Struct, forbid_unknown_fields=True, frozen=True):
    symbol: Symbol
    name: NamesRow
    exchange: Text
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$|^GBp$|^ILA$|^ZAc$")]
    timezone: Text
    calendar: Annotated[str, Meta(pattern="^[A-Z]{4}$")]
    benchmark: Symbol
    layer: Slug | None = None
    business: NamesRow | None = None
    aliases_en: tuple[Text, ...] = ()
    aliases_ko: tuple[Text, ...] = ()


class InstrumentsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``instruments.toml`` holds."""

    version: int
    instrument: tuple[_InstrumentRow, ...]


class EntityRow(Struct, forbid_unknown_fields=True, frozen=True):
    """A private entity as it is written."""

    id: Slug
    name: NamesRow
    kind: Literal["company", "project", "theme", "division"]
    status: Text | NamesRow
    as_of: Text
    business: NamesRow | None = None
    aliases_en: tuple[Text, ...] = ()
    aliases_ko: tuple[Text, ...] = ()

    def value(self) -> PrivateEntity:
        """Return the domain value."""
        return PrivateEntity(
            id=self.id,
            names=self.name.value(),
            kind=self.kind,
            status=BilingualName(self.status, self.status)
            if isinstance(self.status, str)
            else self.status.value(),
            as_of=self.as_of,
            business=self.business.value() if self.business else None,
        )


class PrivateFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``private.toml`` holds."""

    version: int
    entity: tuple[EntityRow, ...] = ()


class _Withdrawn(Struct, forbid_unknown_fields=True, frozen=True):
    """A shipped link that a user holds to be wrong."""

    source: EntityId
    target: EntityId
    relation: Relation

    @property
    def tie(self) -> Tie:
        """The ends and the kind."""
        return self.source, self.target, self.relation


class _ExposureRow(_Withdrawn, forbid_unknown_fields=True, frozen=True):
    why: Text | NamesRow
    date: Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    publisher: Text
    basis: Basis
    read_across: bool = False
    until: Day | None = None


class ExposuresFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``exposures.toml`` holds."""

    version: int
    exposure: tuple[_ExposureRow, ...] = ()
    withdrawn: tuple[_Withdrawn, ...] = ()


def load_ecosystem(folder: Path) -> Ecosystem:
    """Load instruments, private entities, exposures and aliases from ``folder``.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(folder / "instruments.toml", InstrumentsFile).instrument
    instruments = _instruments(rows, folder / "instruments.toml", {})
    entities = read_toml(folder / "private.toml", PrivateFile).entity
    refuse_duplicates(folder / "private.toml", "id", (row.id for row in entities), "entity")
    private = {row.id: row.value() for row in entities}
    known = instruments.keys() | private.keys()
    links = _exposures(folder / "exposures.toml", known)[0]
    return Ecosystem(
        instruments=instruments,
        private=private,
        exposures=links,
        shipped_links=links,
        aliases=load_aliases(
            folder / "aliases.toml",
            known,
            {
                **plain_names(folder / "instruments.toml", "instrument", rows),
                **plain_names(folder / "private.toml", "entity", entities),
            },
        ),
    )


def with_own_instruments(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's instruments: one of the same symbol replaces what shipped.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(path, InstrumentsFile).instrument
    known = _instruments(rows, path, ecosystem.instruments)
    spelled = {alias.text for alias in ecosystem.aliases if alias.policy is not AliasPolicy.BLOCK}
    names = {
        text: owner for text, owner in plain_names(path, "instrument", rows).items() if text not in spelled
    }
    own = [Alias(text=text, entity_id=owner) for text, owner in names.items()]
    new = [row.symbol for row in rows if row.symbol not in ecosystem.instruments]
    marked = ticker_aliases(reversed(new))  # of two boards the one that was found last is meant by a number
    kept = (a for a in ecosystem.aliases if a.policy is not AliasPolicy.BLOCK or a.text not in names)
    return replace(ecosystem, instruments=known, aliases=(*kept, *own, *marked))


def with_own_private(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's private entities: one of the same id replaces what shipped, a spelling one of its text.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(path, PrivateFile).entity
    refuse_duplicates(path, "id", (row.id for row in rows), "entity")
    made = {row.id: row.value() for row in rows}
    names = plain_names(path, "entity", rows)
    own = tuple(Alias(text=text, entity_id=owner) for text, owner in names.items())
    kept = (a for a in ecosystem.aliases if a.entity_id not in made and not _is_same(a, names))
    shipped = ecosystem.private.keys() - ecosystem.own.keys()
    added = {key: OwnEntity(entity=entity, ships=key in shipped) for key, entity in made.items()}
    return with_spellings(
        replace(
            ecosystem,
            private={**ecosystem.private, **made},
            own={**ecosystem.own, **added},
            aliases=(*kept, *own),
        )
    )


def _is_same(alias: Alias, texts: Container[str]) -> bool:
    return alias.policy is not AliasPolicy.MARKED and alias.text in texts


def with_spellings(ecosystem: Ecosystem) -> Ecosystem:
    """Let every private entity of the user's own know by which spellings titles name it."""
    spelled: dict[str, list[Alias]] = {entity_id: [] for entity_id in ecosystem.own}
    for alias in ecosystem.aliases:
        if alias.entity_id in spelled:
            spelled[alias.entity_id].append(alias)
    own = {key: replace(each, spellings=tuple(spelled[key])) for key, each in ecosystem.own.items()}
    return replace(ecosystem, own=own)


def with_own_exposures(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's exposures: one of the same ends and relation replaces what shipped, a withdrawn one goes.

    Raises BadInputError naming file, place and what was expected.
    """
    own, withdrawn = _exposures(path, (*ecosystem.instruments, *ecosystem.private))
    replaced = {link.tie for link in own} | {row.tie for row in withdrawn}
    kept = [link for link in ecosystem.shipped_links if link.tie not in replaced]
    return replace(ecosystem, exposures=(*kept, *(replace(link, own=True) for link in own)))


def with_own_aliases(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's spellings: one of the same text replaces what shipped.

    Raises BadInputError naming file, place and what was expected.
    """
    own = load_aliases(path, (*ecosystem.instruments, *ecosystem.private), {}, tickers=False)
    replaced = {alias.text for alias in own}
    kept = [x for x in ecosystem.aliases if not _is_same(x, replaced)]
    return with_spellings(replace(ecosystem, aliases=(*kept, *own)))


def _instruments(
    rows: Sequence[_InstrumentRow], path: Path, shipped: Mapping[str, Instrument]
) -> dict[str, Instrument]:
    """Return the ``shipped`` instruments and those of a file, whose benchmarks must be among them."""
    refuse_duplicates(path, "symbol", (row.symbol for row in rows), "instrument")
    own = {row.symbol: _instrument(row, path, index) for index, row in enumerate(rows)}
    known = {**shipped, **own}
    for index, row in enumerate(rows):
        if row.benchmark not in known:
            raise BadInputError(
                f"{place(path, 'instrument', index)}: {row.symbol}: benchmark {row.benchmark}"
                " is not a known instrument"
            )
    return known


def _instrument(row: _InstrumentRow, path: Path, index: int) -> Instrument:
    try:
        ZoneInfo(row.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise BadInputError(
            f"{place(path, 'instrument', index)}: {row.symbol}: timezone {row.timezone!r} is no IANA zone;"
            " expected one such as America/New_York"
        ) from fault
    return Instrument(
        symbol=row.symbol,
        names=row.name.value(),
        exchange=row.exchange,
        currency=row.currency,
        timezone=row.timezone,
        calendar=row.calendar,
        benchmark=row.benchmark,
        layer=row.layer or "",
        business=row.business.value() if row.business else None,
    )


def _exposures(path: Path, known: Iterable[str]) -> tuple[tuple[Exposure, ...], tuple[_Withdrawn, ...]]:
    ids = frozenset(known)
    exposures = []
    file = read_toml(path, ExposuresFile)
    for number, row in enumerate(file.exposure):
        where = partial(_exposure_place, path, number)
        for end in (row.source, row.target):
            if end not in ids:
                raise BadInputError(f"{where()}: {end} is neither a known symbol nor a private id")
        if row.source == row.target:
            raise BadInputError(f"{where()}: {row.source} cannot be exposed to itself")
        try:
            since = last_day(row.date)
        except ValueError as fault:
            raise BadInputError(f"{where()}: date {row.date} does not exist") from fault
        if row.until is not None and row.until < since:
            raise BadInputError(f"{where()}: until {row.until} lies before {row.date}")
        exposures.append(
            Exposure(
                source=row.source,
                target=row.target,
                relation=row.relation,
                why=row.why if isinstance(row.why, str) else row.why.en,
                why_ko="" if isinstance(row.why, str) else row.why.ko,
                since=since,
                dated=row.date,
                publisher=row.publisher,
                basis=row.basis,
                read_across=row.read_across,
                until=row.until,
            )
        )
    return tuple(exposures), file.withdrawn


def _exposure_place(path: Path, index: int) -> str:
    return f"{place(path, 'exposure', index)}: exposure {index + 1}"


def plain_names(path: Path, table: str, owners: Sequence[_InstrumentRow | EntityRow]) -> dict[str, str]:
    """Return whose name each plain spelling of a file's tables is; raises BadInputError for one letter."""
    names: dict[str, str] = {}
    for index, owner in enumerate(owners):
        for text in (*owner.aliases_en, *owner.aliases_ko):
            if is_short(text):
                raise BadInputError(
                    f"{place(path, table, index)}: alias {text!r}: a single letter belongs into aliases.toml,"
                    " with policy context and words beside it"
                )
            names[text] = owner.symbol if isinstance(owner, _InstrumentRow) else owner.id
    return names
