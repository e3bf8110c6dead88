"""Load the ecosystem and its watchlists from TOML, checking every reference between the files."""

import calendar
from collections.abc import Iterable
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
    Names,
    PrivateEntity,
    Relation,
    Watchlist,
)
from stackwatch.storage.toml_files import read_toml

Text = Annotated[str, Meta(min_length=1, max_length=400)]
Symbol = Annotated[str, Meta(pattern=r"^[A-Z0-9^][A-Z0-9.\-^=]{0,19}$")]
EntityId = Annotated[str, Meta(pattern=r"^[A-Za-z0-9^][A-Za-z0-9_.\-^=]{0,39}$")]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_\-]{0,39}$")]


class NamesRow(Struct, forbid_unknown_fields=True, frozen=True):
    """A name in both languages."""

    en: Text
    ko: Text

    def value(self) -> Names:
        """Return the domain value."""
        return Names(self.en, self.ko)


class _InstrumentRow(Struct, forbid_unknown_fields=True, frozen=True):
    symbol: Symbol
    name: NamesRow
    exchange: Text
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$|^GBp$|^ILA$|^ZAc$")]
    timezone: Text
    calendar: Annotated[str, Meta(pattern="^[A-Z]{4}$")]
    benchmark: Symbol
    layer: Slug
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


class _ExposuresFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    exposure: tuple[_ExposureRow, ...]


class _AliasRow(Struct, forbid_unknown_fields=True, frozen=True):
    text: Text
    entity: EntityId
    policy: AliasPolicy = AliasPolicy.ALWAYS
    context: tuple[Text, ...] = ()


class _BlockRow(Struct, forbid_unknown_fields=True, frozen=True):
    text: Text


class _AliasesFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    safe_tickers: tuple[Symbol, ...] = ()
    alias: tuple[_AliasRow, ...] = ()
    block: tuple[_BlockRow, ...] = ()


class _LayerRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    name: NamesRow
    symbols: tuple[Symbol, ...] = ()
    private: tuple[Slug, ...] = ()
    benchmark: Symbol | None = None


class _WatchlistFile(Struct, forbid_unknown_fields=True, frozen=True):
    version: int
    id: Slug
    name: NamesRow
    private: tuple[Slug, ...] = ()
    layer: tuple[_LayerRow, ...] = ()


def refuse_duplicates(path: Path, what: str, values: Iterable[str]) -> None:
    """Raise BadInputError when a value comes twice; ``what`` names its kind."""
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    repeated = [value for value, count in counts.items() if count > 1]
    if repeated:
        raise BadInputError(f"{path}: {what} {repeated[0]} is given twice; each may be given once")


def load_ecosystem(folder: Path) -> Ecosystem:
    """Load instruments, private entities, exposures and aliases from ``folder``.

    Raises BadInputError naming file, place and what was expected.
    """
    rows = read_toml(folder / "instruments.toml", _InstrumentsFile).instrument
    instruments = {row.symbol: _instrument(row, folder) for row in rows}
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
        exposures=_exposures(folder / "exposures.toml", known),
        aliases=_aliases(folder / "aliases.toml", known, (*rows, *entities)),
    )


def load_watchlist(path: Path, ecosystem: Ecosystem) -> Watchlist:
    """Load a watchlist; raises BadInputError for an unknown or repeated symbol, with the layer's name."""
    file = read_toml(path, _WatchlistFile)
    seen: set[str] = set()
    for layer in file.layer:
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
    refuse_duplicates(path, "layer id", (layer.id for layer in file.layer))
    private = (*file.private, *(entity for layer in file.layer for entity in layer.private))
    refuse_duplicates(path, "private id", private)
    for entity_id in private:
        if entity_id not in ecosystem.private:
            raise BadInputError(
                f"{path}: private: {entity_id} is not a known id; expected an id of private.toml"
            )
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
            )
            for row in file.layer
        ),
        private=file.private,
    )


def _instrument(row: _InstrumentRow, folder: Path) -> Instrument:
    try:
        ZoneInfo(row.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise BadInputError(
            f"{folder / 'instruments.toml'}: {row.symbol}: timezone {row.timezone!r} is not an IANA zone"
        ) from fault
    return Instrument(
        symbol=row.symbol,
        names=row.name.value(),
        exchange=row.exchange,
        currency=row.currency,
        timezone=row.timezone,
        calendar=row.calendar,
        benchmark=row.benchmark,
    )


def _exposures(path: Path, known: Iterable[str]) -> tuple[Exposure, ...]:
    ids = frozenset(known)
    exposures = []
    for number, row in enumerate(read_toml(path, _ExposuresFile).exposure, 1):
        for end in (row.source, row.target):
            if end not in ids:
                raise BadInputError(
                    f"{path}: exposure {number}: {end} is neither a known symbol nor a private id"
                )
        if row.source == row.target:
            raise BadInputError(f"{path}: exposure {number}: {row.source} cannot be exposed to itself")
        exposures.append(
            Exposure(
                source=row.source,
                target=row.target,
                relation=row.relation,
                why=row.why,
                since=_last_day(row.date, path, number),
                dated=row.date,
                publisher=row.publisher,
                basis=row.basis,
                read_across=row.read_across,
            )
        )
    return tuple(exposures)


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


def _aliases(
    path: Path, known: Iterable[str], owners: Iterable[_InstrumentRow | _EntityRow]
) -> tuple[Alias, ...]:
    """Merge plain names, tickers and the careful spellings; the careful ones win."""
    ids = frozenset(known)
    file = read_toml(path, _AliasesFile)
    table: dict[str, Alias] = {}
    for owner in owners:
        owner_id = owner.symbol if isinstance(owner, _InstrumentRow) else owner.id
        for text in (*owner.aliases_en, *owner.aliases_ko):
            table[text] = Alias(text=text, entity_id=owner_id)
    refuse_duplicates(path, "alias", [*(row.text for row in file.alias), *(row.text for row in file.block)])
    for symbol in file.safe_tickers:
        if symbol in ids:
            table.setdefault(symbol, Alias(text=symbol, entity_id=symbol))
    for row in file.alias:
        if row.entity not in ids:
            raise BadInputError(
                f"{path}: alias {row.text!r}: {row.entity} is neither a known symbol nor a private id"
            )
        if row.policy is AliasPolicy.CONTEXT and not row.context:
            raise BadInputError(f"{path}: alias {row.text!r}: policy context needs at least one context word")
        table[row.text] = Alias(text=row.text, entity_id=row.entity, policy=row.policy, context=row.context)
    for block in file.block:
        table[block.text] = Alias(text=block.text, entity_id="", policy=AliasPolicy.BLOCK)
    marked = [
        Alias(text=_bare_ticker(symbol), entity_id=symbol, policy=AliasPolicy.MARKED)
        for symbol in ids
        if symbol.isupper() or symbol[0].isdigit()
    ]
    return (*table.values(), *sorted(marked, key=lambda alias: alias.entity_id))


def _bare_ticker(symbol: str) -> str:
    """Return a ticker without its market; letters keep theirs: ``$SU`` is Suncor, not Schneider (SU.PA)."""
    return symbol.partition(".")[0] if symbol[0].isdigit() else symbol
