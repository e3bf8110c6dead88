"""What ships, loaded once."""

from pathlib import Path

import pytest

from stackwatch.analysis.names.linker import Linker
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.lexicon_file import load_lexicon
from stackwatch.storage.lists.watchlist_file import load_watchlist
from stackwatch.storage.locations import shipped


@pytest.fixture(scope="session")
def watchlists() -> Path:
    return shipped("watchlists")


@pytest.fixture(scope="session")
def ecosystem(watchlists: Path) -> Ecosystem:
    return load_ecosystem(watchlists)


@pytest.fixture(scope="session")
def linker(ecosystem: Ecosystem) -> Linker:
    return Linker.of(ecosystem)


@pytest.fixture(scope="session")
def watchlist(watchlists: Path, ecosystem: Ecosystem) -> Watchlist:
    return load_watchlist(watchlists / "ai-ecosystem.toml", ecosystem)


@pytest.fixture(scope="session")
def reader(linker: Linker, watchlists: Path) -> Reader:
    return Reader(linker, load_lexicon(watchlists / "lexicon.toml"))
