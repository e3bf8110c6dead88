"""Private companies of the user's own in ``private.toml``, their careful spellings in ``aliases.toml``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from stackwatch.domain.lists.own_private import hangul
from stackwatch.domain.watchlist import Alias, AliasPolicy, Ecosystem, Exposure, OwnEntity
from stackwatch.storage.ecosystem.alias_file import AliasesFile
from stackwatch.storage.ecosystem.ecosystem_files import (
    EntityRow,
    ExposuresFile,
    PrivateFile,
    with_own_aliases,
    with_own_exposures,
    with_own_private,
)
from stackwatch.storage.locations import UserFolders
from stackwatch.storage.toml.toml_blocks import joined, split, split_tables
from stackwatch.storage.toml.toml_cutting import Doomed, RemovedTables, cut_tables, put_back, text_of
from stackwatch.storage.toml.toml_files import read_toml
from stackwatch.storage.toml.toml_tables import changed_table, put_values, table_text
from stackwatch.storage.whole_file import is_there, write_own

_Loader = Callable[[Ecosystem, Path], Ecosystem]  # checks a file by reading it
_HEAD = """# Private companies and projects of your own. Stackwatch keeps your comments.

version = 1
"""
_ALIASES_HEAD = """# Spellings of your own that need care. Stackwatch keeps your comments.

version = 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedEntity:
    """What was taken out of the files with an entity: itself, its spellings and its links."""

    cuts: tuple[RemovedTables, ...]
    links: tuple[Exposure, ...]


def is_plain(alias: Alias) -> bool:
    """Whether a spelling counts wherever it stands, so that the row of its entity can hold it."""
    careful = alias.all_unless() or alias.leads or alias.coined or alias.also
    return alias.policy is AliasPolicy.ALWAYS and not careful


class PrivateFiles:
    """Writes what a user follows that does not ship. Every fault is a BadInputError; a broken file stays."""

    def __init__(self, folders: UserFolders) -> None:
        self._private, self._aliases, self._links = folders.private, folders.aliases, folders.exposures

    def keep(self, own: OwnEntity, ecosystem: Ecosystem) -> None:
        """Add an entity or change the one of its id, with its spellings; ``ecosystem`` knows the names."""
        entities = entity_text(self._private, own)
        careful = _careful_text(self._aliases, own)
        write_own(self._private, entities, lambda draft: with_own_private(ecosystem, draft))
        if careful is not None:
            known = with_own_private(ecosystem, self._private)
            write_own(self._aliases, careful, lambda draft: with_own_aliases(known, draft))

    def forget(self, own: OwnEntity, ecosystem: Ecosystem) -> RemovedEntity:
        """Take an entity out with its spellings and links; where one file refuses, all stay as they were."""
        links = read_toml(self._links, ExposuresFile) if is_there(self._links) else ExposuresFile(version=1)
        ties = {"exposure": [x.tie for x in links.exposure], "withdrawn": [x.tie for x in links.withdrawn]}
        spelled = read_toml(self._aliases, AliasesFile) if is_there(self._aliases) else AliasesFile(version=1)
        rows = read_toml(self._private, PrivateFile).entity
        cuts: list[RemovedTables] = []

        def cut(path: Path, counts: dict[str, int], doomed: Doomed, check: _Loader) -> None:
            made = cut_tables(path, counts, doomed, lambda draft: check(ecosystem, draft))
            if made is not None:
                cuts.append(made)

        try:
            cut(
                self._links,
                {table: len(found) for table, found in ties.items()},
                lambda table, n: own.id in ties[table][n],
                with_own_exposures,
            )
            cut(
                self._aliases,
                {"alias": len(spelled.alias), "block": len(spelled.block)},
                lambda table, n: table == "alias" and own.id in spelled.alias[n].named,
                with_own_aliases,
            )
            cut(self._private, {"entity": len(rows)}, lambda _, n: rows[n].id == own.id, with_own_private)
        except Exception:
            for each in reversed(cuts):
                put_back(each)
            raise
        found = [x for x in ecosystem.exposures if own.id in x.tie and x.tie in ties["exposure"]]
        return RemovedEntity(cuts=tuple(cuts), links=tuple(found))

    def bring_back(self, forgotten: RemovedEntity) -> None:
        """Put everything back that was taken out with an entity."""
        for cut in reversed(forgotten.cuts):
            put_back(cut)


def entity_text(path: Path, own: OwnEntity) -> str:
    """Return what a file of private entities says with an entity added or changed in it."""
    text = text_of(path, _HEAD)
    rows = read_toml(path, PrivateFile).entity if is_there(path) else ()
    head, blocks, tail = split(path, text, "entity", len(rows))
    place = next((number for number, row in enumerate(rows) if row.id == own.id), None)
    if place is None:
        return joined(head, blocks, tail).rstrip("\n") + "\n\n" + entity_block(own)
    blocks[place].body = _changed_block(blocks[place].body, rows[place], own)
    return joined(head, blocks, tail)


def entity_block(own: OwnEntity) -> str:
    """Return an entity as a ``[[entity]]`` table."""
    return table_text("entity", _values(own))


def alias_block(alias: Alias) -> str:
    """Return a spelling that needs care as an ``[[alias]]`` table."""
    values = {
        "text": alias.text,
        "entity": alias.entity_id,
        "policy": alias.policy.value,
        "context": alias.all_context() or None,
        "unless": alias.all_unless() or None,
        "leads": alias.leads or None,
        "also": alias.also or None,
    }
    return table_text("alias", values)


def _values(own: OwnEntity) -> dict[str, object]:
    entity = own.entity
    latin, korean = hangul([alias.text for alias in own.spellings if is_plain(alias)])
    return {
        "id": entity.id,
        "name": entity.names,
        "business": entity.business,
        "kind": entity.kind,
        "status": entity.status.en if entity.status.en == entity.status.ko else entity.status,
        "as_of": entity.as_of,
        "aliases_en": latin,
        "aliases_ko": korean,
    }


def _changed_block(body: str, row: EntityRow, own: OwnEntity) -> str:
    """Return an entity's table with what differs changed; comments inside it stay."""
    wanted = _values(own)
    if {*row.aliases_en, *row.aliases_ko} == {alias.text for alias in own.spellings if is_plain(alias)}:
        del wanted["aliases_en"], wanted["aliases_ko"]  # in which of the two a person put them is theirs
    return changed_table("entity", body, lambda row: put_values(row, wanted))


def _careful_text(path: Path, own: OwnEntity) -> str | None:
    """Return what a file of spellings says with those of an entity that need care; None where it says so."""
    wanted = {alias.text: alias for alias in own.spellings if not is_plain(alias)}
    if not is_there(path):
        return _with_added(_ALIASES_HEAD, wanted.values()) if wanted else None
    file = read_toml(path, AliasesFile)
    text = text_of(path, "")
    head, tables, tail = split_tables(path, text, {"alias": len(file.alias), "block": len(file.block)})
    kept, number, same = [head], 0, True
    for table, block in tables:
        if table == "alias":
            row = file.alias[number]
            number += 1
            if row.entity == own.id and row.policy is not AliasPolicy.MARKED:
                known = wanted.pop(row.text, None)
                if known is None:
                    same = False
                    continue
                written = (row.policy, row.context, row.unless, row.leads, row.also)
                wished = (known.policy, known.all_context(), known.all_unless(), known.leads, known.also)
                if written != wished:
                    block.body, same = alias_block(known), False
        kept.append(block.lead + block.body)
    if same and not wanted:
        return None
    return _with_added("".join((*kept, tail)), wanted.values())


def _with_added(text: str, aliases: Iterable[Alias]) -> str:
    return "\n".join((text.rstrip("\n") + "\n", *(alias_block(alias) for alias in aliases)))
