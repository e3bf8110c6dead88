"""What the benchmarks share: the program as a process, a stored database, the local server."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from stackwatch.app import load_world
from stackwatch.domain.quote import DailyBar, Quote, QuoteState, Session
from stackwatch.engine.ports import History
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

ROOT = Path(__file__).resolve().parents[2]
UNREACHABLE = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
_BARS = 260
_LEFT_OUT = ("DISPLAY", "WAYLAND_DISPLAY", "PYTHONDONTWRITEBYTECODE")
BYTECODE = Path(tempfile.gettempdir()) / "stackwatch-benchmarks"


@contextmanager
def folder() -> Iterator[Path]:
    """Give a data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)


def python(
    *arguments: str,
    env: dict[str, str] | None = None,
    timeout: float = 180.0,
    interpreter: str = sys.executable,
    cwd: Path = ROOT,
) -> tuple[str, float]:
    """Run a Python process; return what it printed and its seconds."""
    began = time.perf_counter()
    result = subprocess.run(
        [interpreter, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(env),
        timeout=timeout,
        check=False,
    )
    seconds = time.perf_counter() - began
    if result.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {result.returncode}: {result.stderr[-2000:]}")
    return result.stdout, seconds


def environment(extra: dict[str, str] | None = None) -> dict[str, str]:
    """Return a process environment: no display, the source tree importable, ``extra`` on top.

    Modules are compiled once, as they are in an installed program.
    """
    kept = {k: v for k, v in os.environ.items() if k not in _LEFT_OUT}
    path = os.pathsep.join([str(ROOT / "desktop"), str(ROOT)])
    own = {"PYTHONPATH": path, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    return kept | own | {"PYTHONPYCACHEPREFIX": str(BYTECODE)} | (extra or {})


def store_known_state(data: Path) -> int:
    """Fill a data folder as a day's use would: a quote and a year of bars per name; return how many."""
    folders = user_folders(data)
    world = load_world(folders)
    now = datetime.now(UTC)
    symbols = world.watchlist.symbols
    benchmarks = {world.ecosystem.instruments[symbol].benchmark for symbol in symbols}
    store = SqliteStore(folders.store, now)
    for index, symbol in enumerate(dict.fromkeys((*symbols, *sorted(benchmarks)))):
        closes = daily_closes(index)
        store.bars.keep_history(symbol, History(bars(closes, now)), now.date() - timedelta(days=500))
        currency = world.ecosystem.instruments[symbol].currency
        store.quotes.save([quote(symbol, currency, float(closes[-1]), float(closes[-2]), now)])
    store.close()
    return len(symbols)


def daily_closes(seed: int) -> np.ndarray:
    """Return a year of made-up closes."""
    returns = np.random.default_rng(seed).normal(0.0, 0.02, _BARS)
    return 100.0 * np.cumprod(1.0 + returns)


def bars(closes: np.ndarray, now: datetime) -> tuple[DailyBar, ...]:
    """Return daily bars that end with yesterday, so that no history has to be fetched."""
    first = now.date() - timedelta(days=len(closes))
    return tuple(
        DailyBar(first + timedelta(days=n), float(c), float(c) * 1.01, float(c) * 0.99, float(c), 1_000_000)
        for n, c in enumerate(closes)
    )


def quote(symbol: str, currency: str, price: float, previous: float, now: datetime) -> Quote:
    """Return a quote of the regular session."""
    return Quote(
        symbol=symbol,
        price=price,
        currency=currency,
        previous_close=previous,
        as_of=now,
        session=Session.REGULAR,
        source="Yahoo",
        state=QuoteState.LIVE,
    )
