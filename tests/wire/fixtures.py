"""Pytest fixtures around the local server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.wire.server import YahooServer, environment


def forget_yfinance() -> None:
    """Take our session, cookie and crumb out of yfinance's process-wide singleton."""
    from yfinance.data import SingletonMeta  # half a second

    SingletonMeta._instances.clear()


@pytest.fixture
def yahoo_server(tmp_path: Path) -> Iterator[YahooServer]:
    """Run a local server with an empty world, where every symbol has a made-up price."""
    folder = tmp_path / "wire"
    folder.mkdir()
    with YahooServer(folder) as server:
        yield server


@pytest.fixture
def yahoo_env(yahoo_server: YahooServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Lead this process, and every process started from it, to the local server."""
    variables = environment(yahoo_server)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    forget_yfinance()
    yield variables
    forget_yfinance()
