"""Load the ecosystem and its watchlists from TOML, checking every reference between the files."""

import calendar
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import (
    Alias,
    AliasPolicy,
    Basis,
    Ecosystem,
    Exposure,
    Instrument,
    Layer,
    PrivateEntity,
    Relation,
    Watchlist,
)
from stackwatch.storage.alias_file import bare_ticker, load_aliases
from stackwatch.storage.toml_fields import Day, EntityId, NamesRow, Slug, Symbol, Text, refuse_duplicates
from stackwatch.storage.toml_files import read_toml


class _InstrumentRow(Struct, forbid_unknown_fields=True, frozen=True):
    symbol: Symbol
    name: NamesRow
    exchange: Text
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$|^GBp$|^ILA$|^ZAc$")]
    timezone: Text
    calendar: Annotated[str, Meta(pattern="^[A-Z]{4}$")]
    benchmark: Symbol
    layer: Slug | None = None
    aliases_en: tuple[Text, ...] = ()
    aliases_ko: tuple[Text, ...] = ()


class _InstrumentsFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    instrument: tuple[_InstrumentRow, ...]


class _EntityRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    name: NamesRow
    kind: Text
    status: Text
    as_of: Text
    aliases_en: tuple[Text, ...] = ()
    aliases_ko: tuple[Text, ...] = ()


class _PrivateFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    entity: tuple[_EntityRow, ...]


class _ExposureRow(Struct, forbid_unknown_fields=True, frozen=True):
    source: EntityId
    target: EntityId
    relation: Relation
    why: Text
    date: Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    publisher: Text
    basis: Basis
    read_across: bool = False
    until: Day | None = None


class _Withdrawn(Struct, forbid_unknown_fields=True, frozen=True):
    """A shipped link that a user holds to be wrong."""

    source: EntityId
    target: EntityId
    relation: Relation


class _ExposuresFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    exposure: tuple[_ExposureRow, ...] = ()
    withdrawn: tuple[_Withdrawn, ...] = ()


class _LayerRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    name: NamesRow
    symbols: tuple[Symbol, ...] = ()
    private: tuple[Slug, ...] = ()
    benchmark: Symbol | None = None
    hidden: bool = False


class _WatchlistFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    id: Slug
    name: NamesRow
    private: tuple[Slug, ...] = ()
    layer: tuple[_LayerRow, ...] = ()


def load_ecosystem(folder: Path) -> Ecosystem:
    """Load instruments, private entities, exposures and aliases from ``folder``.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(folder / "instruments.toml", _InstrumentsFile).instrument
    instruments = {row.symbol: _instrument(row, folder / "instruments.toml") for row in rows}
    refuse_duplicates(folder / "instruments.toml", "symbol", (row.symbol for row in rows))
    for row in rows:
        if row.benchmark not in instruments:
            raise BadInputError(
                f"{folder / 'instruments.toml'}: {row.symbol}: benchmark {row.benchmark} is not in this file"
            )
    entities = read_toml(folder / "private.toml", _PrivateFile).entity
    refuse_duplicates(folder / "private.toml", "id", (row.id for row in entities))
    private = {
        row.id: PrivateEntity(
            id=row.id, names=row.name.value(), kind=row.kind, status=row.status, as_of=row.as_of
        )
        for row in entities
    }
    known = instruments.keys() | private.keys()
    return Ecosystem(
        instruments=instruments,
        private=private,
        exposures=_exposures(folder / "exposures.toml", known)[0],
        aliases=load_aliases(folder / "aliases.toml", known, _plain_names((*rows, *entities))),
    )


def with_own_instruments(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's instruments: one of the same symbol replaces what shipped.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(path, _InstrumentsFile).instrument
    refuse_duplicates(path, "symbol", (row.symbol for row in rows))
    known = {**ecosystem.instruments, **{row.symbol: _instrument(row, path) for row in rows}}
    for row in rows:
        if row.benchmark not in known:
            raise BadInputError(f"{path}: {row.symbol}: benchmark {row.benchmark} is not a known instrument")
    spelled = {alias.text for alias in ecosystem.aliases}
    names = {text: owner for text, owner in _plain_names(rows).items() if text not in spelled}
    own = [Alias(text=text, entity_id=owner) for text, owner in names.items()]
    marked = own_aliases(row.symbol for row in rows if row.symbol not in ecosystem.instruments)
    return replace(ecosystem, instruments=known, aliases=(*ecosystem.aliases, *own, *marked))


def own_aliases(symbols: Iterable[str]) -> tuple[Alias, ...]:
    """Return how titles may name symbols of a user's own: by their ticker, where it is marked as one."""
    return tuple(
        Alias(text=bare_ticker(symbol), entity_id=symbol, policy=AliasPolicy.MARKED) for symbol in symbols
    )


def with_own_exposures(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's exposures: one of the same ends and relation replaces what shipped, a withdrawn one goes.

    Raises BadInputError naming file, place and what was expected.
    """
    own, withdrawn = _exposures(path, (*ecosystem.instruments, *ecosystem.private))
    replaced = {(link.source, link.target, link.relation) for link in own}
    replaced |= {(link.source, link.target, link.relation) for link in withdrawn}
    kept = [x for x in ecosystem.exposures if (x.source, x.target, x.relation) not in replaced]
    return replace(ecosystem, exposures=(*kept, *own))


def with_own_aliases(ecosystem: Ecosystem, path: Path) -> Ecosystem:
    """Add a user's spellings: one of the same text replaces what shipped.

    Raises BadInputError naming file, place and what was expected.
    """
    own = load_aliases(path, (*ecosystem.instruments, *ecosystem.private), {}, tickers=False)
    replaced = {alias.text for alias in own}
    kept = [x for x in ecosystem.aliases if x.policy is AliasPolicy.MARKED or x.text not in replaced]
    return replace(ecosystem, aliases=(*kept, *own))


def load_watchlist(path: Path, ecosystem: Ecosystem) -> Watchlist:
    """Load a watchlist; raises BadInputError for an unknown or repeated symbol, with the layer's name."""
    made = list_rows(path)
    seen: set[str] = set()
    for layer in made.layers:
        for symbol in layer.symbols:
            if symbol not in ecosystem.instruments:
                raise BadInputError(
                    f"{path}: layer {layer.id}: {symbol} is not a known instrument;"
                    " expected a symbol of instruments.toml"
                )
            if symbol in seen:
                raise BadInputError(f"{path}: layer {layer.id}: {symbol} stands in the list twice")
            seen.add(symbol)
        if layer.benchmark is not None and layer.benchmark not in ecosystem.instruments:
            raise BadInputError(
                f"{path}: layer {layer.id}: benchmark {layer.benchmark} is not a known instrument;"
                " expected a symbol of instruments.toml"
            )
    refuse_duplicates(path, "layer id", (layer.id for layer in made.layers))
    private = (*made.private, *(entity for layer in made.layers for entity in layer.private))
    refuse_duplicates(path, "private id", private)
    for entity_id in private:
        if entity_id not in ecosystem.private:
            raise BadInputError(
                f"{path}: private: {entity_id} is not a known id; expected an id of private.toml"
            )
    return made


def list_rows(path: Path) -> Watchlist:
    """Load a watchlist as it is written, known or not; raises BadInputError for what is none."""
    file = read_toml(path, _WatchlistFile)
    return Watchlist(
        id=file.id,
        names=file.name.value(),
        layers=tuple(
            Layer(
                id=row.id,
                names=row.name.value(),
                symbols=row.symbols,
                private=row.private,
                benchmark=row.benchmark,
                hidden=row.hidden,
            )
            for row in file.layer
        ),
        private=file.private,
    )


def _instrument(row: _InstrumentRow, path: Path) -> Instrument:
    try:
        ZoneInfo(row.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise BadInputError(f"{path}: {row.symbol}: timezone {row.timezone!r} is not an IANA zone") from fault
    return Instrument(
        symbol=row.symbol,
        names=row.name.value(),
        exchange=row.exchange,
        currency=row.currency,
        timezone=row.timezone,
        calendar=row.calendar,
        benchmark=row.benchmark,
    )


def _exposures(path: Path, known: Iterable[str]) -> tuple[tuple[Exposure, ...], tuple[_Withdrawn, ...]]:
    ids = frozenset(known)
    exposures = []
    file = read_toml(path, _ExposuresFile)
    for number, row in enumerate(file.exposure, 1):
        for end in (row.source, row.target):
            if end not in ids:
                raise BadInputError(
                    f"{path}: exposure {number}: {end} is neither a known symbol nor a private id"
                )
        if row.source == row.target:
            raise BadInputError(f"{path}: exposure {number}: {row.source} cannot be exposed to itself")
        since = _last_day(row.date, path, number)
        if row.until is not None and row.until < since:
            raise BadInputError(f"{path}: exposure {number}: until {row.until} lies before {row.date}")
        exposures.append(
            Exposure(
                source=row.source,
                target=row.target,
                relation=row.relation,
                why=row.why,
                since=since,
                dated=row.date,
                publisher=row.publisher,
                basis=row.basis,
                read_across=row.read_across,
                until=row.until,
            )
        )
    return tuple(exposures), file.withdrawn


def _last_day(text: str, path: Path, number: int) -> date:
    """Return the last day of a year, month or day."""
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    try:
        day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]  # noqa: PLR2004 - y, m, d
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as fault:
        raise BadInputError(f"{path}: exposure {number}: date {text} does not exist") from fault


def _plain_names(owners: Iterable[_InstrumentRow | _EntityRow]) -> dict[str, str]:
    """Return whose name each plain spelling is."""
    return {
        text: owner.symbol if isinstance(owner, _InstrumentRow) else owner.id
        for owner in owners
        for text in (*owner.aliases_en, *owner.aliases_ko)
    }
