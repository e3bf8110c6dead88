"""What ships is parsed, and what reads titles is built, once a process: neither keeps anything of its use."""

from functools import lru_cache

import tomli

from stackwatch import app
from stackwatch.analysis.reading import Reader
from stackwatch.domain.watchlist import Ecosystem

_READERS: dict[tuple[object, ...], Reader] = {}
_build_reader = app.build_reader


def reader_of(ecosystem: Ecosystem) -> Reader:
    """Return what reads titles by the spellings of an ecosystem."""
    kinds = tuple((entity.id, entity.kind) for entity in ecosystem.private.values())
    key = ecosystem.aliases, kinds
    if key not in _READERS:
        _READERS[key] = _build_reader(ecosystem)
    return _READERS[key]


def share() -> None:
    """Let every test of this process have the same ones."""
    tomli.loads = lru_cache(maxsize=64)(tomli.loads)
    app.build_reader = reader_of
