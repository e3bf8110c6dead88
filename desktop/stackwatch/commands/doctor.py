"""``stackwatch doctor``: is everything in place, and can the sources be reached."""

import importlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from stackwatch import __version__
from stackwatch.app import Options, build_calendars, live_parts, load_world, open_store
from stackwatch.commands.output import emit, say
from stackwatch.domain.errors import StackwatchError
from stackwatch.engine.ports import Store
from stackwatch.storage.locations import shipped
from stackwatch.system.clock import SystemClock
from stackwatch.system.display import require_display


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what it is called, whether it is well, and a sentence about it."""

    name: str
    ok: bool
    detail: str


def examine(options: Options) -> int:
    """Run every check and print it; 0 when all is well, 3 without a source, 4 without a store."""
    checks = [
        _check("program", lambda: f"Stackwatch {__version__}, Python {sys.version.split()[0]}"),
        _check("files", lambda: _files(options)),
        _check("libraries", _libraries),
        _check("data folder", lambda: _writable(options.folders.data)),
        _check("store", lambda: _store(options)),
        _check("calendars", lambda: _calendars(options)),
        _check("window", _window),
        _check("quotes", lambda: _quotes(options)),
    ]
    for check in checks:
        if not options.json:
            say(f"{'ok  ' if check.ok else 'FAIL'} {check.name:<12} {check.detail}")
    failed = {check.name for check in checks if not check.ok}
    if options.json:
        rows = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks]
        emit({"ok": not failed, "version": __version__, "checks": rows})
    if failed & {"data folder", "store"}:
        return 4
    if "quotes" in failed:
        return 3
    return 0 if failed <= {"window"} else 2


def _check(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, ok=True, detail=look())
    except (StackwatchError, OSError, ImportError) as fault:
        return Check(name, ok=False, detail=str(fault))


def _files(options: Options) -> str:
    world = load_world(options.folders, options.watchlist)
    if world.notices:
        raise OSError("; ".join(world.notices))
    return (
        f"{len(world.watchlist.symbols)} listed, {len(world.watchlist.entities)} private, "
        f"{len(world.watchlist.layers)} layers, {len(world.ecosystem.exposures)} exposures, "
        f"{len(world.rules)} rules; "
        f"resources {'found' if shipped('resources').is_dir() else 'missing'}"
    )


def _libraries() -> str:
    names = ("numpy", "pandas", "yfinance", "apscheduler", "feedparser", "exchange_calendars", "rapidfuzz")
    for name in names:
        importlib.import_module(name)
    return ", ".join(names)


def _writable(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"0" * 4096)
    return str(folder)


def _store(options: Options) -> str:
    store = open_store(options.folders, SystemClock(), replay=False)
    try:
        verdict = store.check()
        if verdict != "ok":
            raise OSError(f"{store.path}: {verdict}")
        kept: Store = store
        return f"sound, {len(kept.load_alerts())} alerts, {len(kept.load_quotes())} quotes"
    finally:
        store.close()


def _calendars(options: Options) -> str:
    today = SystemClock().now().date()
    calendars = build_calendars(options.folders)
    days = {
        code: calendars.sessions(code, today, today + timedelta(days=10)) for code in ("XNYS", "XKRX", "XTKS")
    }
    missing = [code for code, sessions in days.items() if not sessions]
    if missing:
        raise OSError(f"no trading day of {', '.join(missing)} in the next ten days")
    return ", ".join(f"{code} next {sessions[0].day.isoformat()}" for code, sessions in days.items())


def _window() -> str:
    require_display()
    return "a display is there; popups are drawn by Stackwatch itself"


def _quotes(options: Options) -> str:
    world = load_world(options.folders, options.watchlist)
    clock = SystemClock()
    store = open_store(options.folders, clock, replay=False)
    parts, refuse = live_parts(world, options.folders, store, clock)
    try:
        batch = parts.quotes.quotes(("QQQ", "NVDA"))
    finally:
        refuse()
        store.close()
    if not batch.quotes:
        raise OSError("; ".join(refused.reason for refused in batch.rejected) or "no quote came")
    return f"{len(batch.quotes)} of 2 quotes, newest {max(q.as_of for q in batch.quotes):%Y-%m-%d %H:%M} UTC"
