"""A command that fails gives back what it opened: the store is closed and no request goes on."""

import sqlite3
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from tests.integration.conftest import Run

from stackwatch.domain.errors import ProviderError
from stackwatch.engine.engine import Engine
from stackwatch.engine.ports import QuoteBatch
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.session import GuardedSession
from stackwatch.storage.sqlite.store_file import StoreFile


def _provider_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> QuoteBatch:
        raise ProviderError("quote: no connection", offline=True)

    monkeypatch.setattr(YahooQuotes, "quotes", fail)


def _engine_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ProviderError("a fault while it is built")

    monkeypatch.setattr(Engine, "start", fail)


def _session_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ProviderError("a fault before anything is asked")

    monkeypatch.setattr(GuardedSession, "__init__", fail)


COMMANDS = (
    ("explain", "NVDA"),
    ("quotes",),
    ("watch", "--once"),
    ("watch",),
    ("doctor",),
    ("export", "briefing", "day.md"),
    ("export", "alerts", "none/alerts.csv"),
)
FAULTS = (_provider_fails, _engine_fails, _session_fails)
GOES_ON = (("watch",), _provider_fails)


@pytest.mark.parametrize(("command", "ails"), [pair for pair in product(COMMANDS, FAULTS) if pair != GOES_ON])
def test_that_a_failing_command_closes_every_store_it_opened(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    ails: Callable[[pytest.MonkeyPatch], None],
) -> None:
    opened: list[StoreFile] = []
    closed: list[StoreFile] = []
    begin, close = StoreFile.__init__, StoreFile.close

    def noted(file: StoreFile, path: Path, connection: sqlite3.Connection) -> None:
        begin(file, path, connection)
        opened.append(file)

    def noted_too(file: StoreFile) -> None:
        close(file)
        closed.append(file)

    monkeypatch.setattr(StoreFile, "__init__", noted)
    monkeypatch.setattr(StoreFile, "close", noted_too)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    ails(monkeypatch)
    run(*command)
    assert opened
    assert set(closed) == set(opened)
