"""Load watchlists from TOML, checking that what they hold is known."""

from pathlib import Path

from msgspec import Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Alias, Ecosystem, Layer, OwnEntity, Watchlist
from stackwatch.storage.ecosystem.alias_file import AliasRow, alias_rows
from stackwatch.storage.ecosystem.ecosystem_files import EntityRow, plain_names
from stackwatch.storage.toml.toml_fields import NamesRow, Slug, Symbol, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml


class _LayerRow(Struct, forbid_unknown_fields=True, frozen=True):
    id: Slug
    name: NamesRow
    symbols: tuple[Symbol, ...] = ()
    private: tuple[Slug, ...] = ()
    benchmark: Symbol | None = None
    hidden: bool = False


class WatchlistFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``watchlist.toml`` holds."""

    version: int
    id: Slug
    name: NamesRow
    private: tuple[Slug, ...] = ()
    layer: tuple[_LayerRow, ...] = ()


class ExportedListFile(WatchlistFile, forbid_unknown_fields=True, frozen=True):
    """What an exported list holds: with it private entities of the user's own, as their files have them."""

    entity: tuple[EntityRow, ...] = ()
    alias: tuple[AliasRow, ...] = ()


def load_watchlist(path: Path, ecosystem: Ecosystem) -> Watchlist:
    """Load a watchlist; raises BadInputError for an unknown or repeated symbol, with the layer's name."""
    made = list_rows(path)
    seen: set[str] = set()
    for index, layer in enumerate(made.layers):
        for symbol in layer.symbols:
            if symbol not in ecosystem.instruments:
                raise BadInputError(
                    f"{place(path, 'layer', index)}: layer {layer.id}: {symbol} is not a known instrument;"
                    " expected a symbol of instruments.toml"
                )
            if symbol in seen:
                where = place(path, "layer", index)
                raise BadInputError(f"{where}: layer {layer.id}: {symbol} stands in the list twice")
            seen.add(symbol)
        if layer.benchmark is not None and layer.benchmark not in ecosystem.instruments:
            raise BadInputError(
                f"{place(path, 'layer', index)}: layer {layer.id}: benchmark {layer.benchmark}"
                " is not a known instrument; expected a symbol of instruments.toml"
            )
    refuse_duplicates(path, "layer id", (layer.id for layer in made.layers), "layer")
    private = (*made.private, *(entity for layer in made.layers for entity in layer.private))
    refuse_duplicates(path, "private id", private)
    for entity_id in private:
        if entity_id not in ecosystem.private:
            raise BadInputError(
                f"{place(path, *_holder(made, entity_id))}: private: {entity_id} is not a known id;"
                " expected an id of private.toml"
            )
    return made


def _holder(watchlist: Watchlist, entity_id: str) -> tuple[str, int]:
    """Return the table of a list, and its number, in which a private entity stands."""
    holders = (index for index, layer in enumerate(watchlist.layers) if entity_id in layer.private)
    return next((("layer", index) for index in holders), ("private", 0))


def list_rows(path: Path) -> Watchlist:
    """Load a watchlist as it is written, known or not; raises BadInputError for what is none."""
    return _list_of(read_toml(path, WatchlistFile))


def exported_rows(path: Path) -> tuple[Watchlist, tuple[OwnEntity, ...]]:
    """Load a list that may come from another data folder, and the private entities it tells about."""
    file = read_toml(path, ExportedListFile)
    refuse_duplicates(path, "id", (row.id for row in file.entity), "entity")
    also = {each for row in file.alias for each in row.also}  # whether they are known shows where it is read
    careful = alias_rows(path, file.alias, {row.id for row in file.entity} | also)
    names = plain_names(path, "entity", file.entity)
    plain = [Alias(text=text, entity_id=owner) for text, owner in names.items()]
    brought = [
        OwnEntity(
            entity=row.value(),
            spellings=tuple(alias for alias in (*plain, *careful) if alias.entity_id == row.id),
        )
        for row in file.entity
    ]
    return _list_of(file), tuple(brought)


def _list_of(file: WatchlistFile) -> Watchlist:
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
