"""What ships is parsed, and what reads titles is built, once a process: neither keeps anything of its use."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import tomli

from stackwatch import app, readers
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.locations import shipped
from stackwatch.storage.sqlite.store import SqliteStore

_READERS: dict[tuple[object, ...], Reader] = {}
_build_reader = readers.build_reader
_load_ecosystem = app.load_ecosystem


@cache
def shipped_ecosystem() -> Ecosystem:
    """Return what ships, which nothing can change."""
    made = _load_ecosystem(shipped("watchlists"))
    return replace(
        made, instruments=MappingProxyType(made.instruments), private=MappingProxyType(made.private)
    )


@cache
def _shipped_reader() -> Reader:
    return _build_reader(shipped_ecosystem())


def ecosystem_of(folder: Path) -> Ecosystem:
    """Load the ecosystem of a folder."""
    return shipped_ecosystem() if folder == shipped("watchlists") else _load_ecosystem(folder)


def reader_of(ecosystem: Ecosystem) -> Reader:
    """Return what reads titles by the spellings of an ecosystem."""
    known = shipped_ecosystem()
    if (ecosystem.aliases, ecosystem.private) == (known.aliases, known.private):
        return _shipped_reader()  # the same ones are soon compared, and long summed up for a key
    kinds = tuple((entity.id, entity.kind) for entity in ecosystem.private.values())
    key = ecosystem.aliases, kinds
    if key not in _READERS:
        _READERS[key] = _build_reader(ecosystem)
    return _READERS[key]


@cache
def empty_store() -> bytes:
    """Return the file of a store that nothing is in; to make one from its schema takes longer."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        SqliteStore(file, datetime.now(UTC)).close()
        return file.read_bytes()


def share() -> None:
    """Let every test of this process have the same ones."""
    tomli.loads = lru_cache(maxsize=64)(tomli.loads)
    app.load_ecosystem = ecosystem_of
    readers.build_reader = reader_of
