"""The command line as a call, and its log closed behind it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from stackwatch.cli import main
from stackwatch.commands.past_engine import play_through

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def unreachable() -> dict[str, str]:
    """Return the environment of a machine whose network leads nowhere."""
    return {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


@pytest.fixture
def quick_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``watch`` look at a documented day every five minutes: each look is what takes its time."""
    quick = partial(play_through, step=timedelta(minutes=5))
    monkeypatch.setattr("stackwatch.commands.watch.play_through", quick)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a data folder of its own; returns exit code, output and messages."""

    def command(*arguments: str) -> tuple[int, str, str]:
        before = list(logging.getLogger().handlers)
        code = main(["--data-dir", str(tmp_path / "data"), *arguments])
        for handler in [h for h in logging.getLogger().handlers if h not in before]:
            logging.getLogger().removeHandler(handler)
            handler.close()
        told = capsys.readouterr()
        return code, told.out, told.err

    return command


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """Import an archive of prices and headlines."""
    from tests.integration.imported_archive import headlines, prices  # which knows ``Run``

    assert run("import", "prices", str(prices(tmp_path / "prices.csv")))[0] == 0
    assert run("import", "headlines", str(headlines(tmp_path / "news.csv")))[0] == 0
    return run
