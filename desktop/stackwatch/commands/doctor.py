"""``stackwatch doctor``: is everything in place, and can the sources be reached."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from stackwatch import __version__
from stackwatch.app import (
    Options,
    World,
    build_calendars,
    fetched_symbols,
    load_world,
    shipped_feeds,
)
from stackwatch.commands import self_check as self_checks
from stackwatch.commands.korean_lines import in_language, padded
from stackwatch.commands.output import emit, say
from stackwatch.commands.source_checks import SourceChecks
from stackwatch.domain.budget import Budget, budget
from stackwatch.domain.errors import StackwatchError, StoreError
from stackwatch.domain.market import program_day
from stackwatch.domain.settings import merged_feeds
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.system.clock import SystemClock
from stackwatch.system.crash_log import platform_words
from stackwatch.system.display import require_display

_STORE = frozenset({"data folder", "store"})


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """One thing looked at: what it is called, whether it is well, and a sentence about it."""

    name: str
    ok: bool
    detail: str


def examine(options: Options) -> int:
    """Run every check and print it; 0 when all is well, 3 without a source, 4 without a store."""
    world = _world_once(options)
    sources = SourceChecks(options, world)
    found = _run(
        options,
        world,
        ("quotes", sources.quotes),
        ("symbols", sources.symbols),
        ("headlines", sources.headlines),
        ("clock", sources.clock),
        ("requests", lambda: _told(_budget(options, world()))),
    )
    if options.json:
        rows = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in found]
        told = {"ok": not _failed(found), "version": __version__, "checks": rows}
        emit(told | {"requests": _requests(options, world)})
    if failed := _failed(found) - {"display", "symbols", "headlines", "requests"}:
        return 4 if failed & _STORE else 3 if failed == {"quotes"} else 2
    return 0


def self_check(options: Options) -> int:
    """Run the checks that need no network, and open a window off screen; 0 when all is well."""
    found = _run(options, _world_once(options), ("window", self_checks.window))
    failed = _failed(found) - {"display"}
    return (4 if failed & _STORE else 2) if failed else 0


def _world_once(options: Options) -> Callable[[], World]:
    """Return what reads the user's files at its first call only: what is wrong with them is said once."""
    return cache(lambda: load_world(options.folders, options.watchlist))


def _run(
    options: Options, world: Callable[[], World], *more: tuple[str, self_checks.Look]
) -> list[DoctorCheck]:
    build = "installed build" if getattr(sys, "frozen", False) else "from source"
    looks: tuple[tuple[str, self_checks.Look], ...] = (
        ("program", lambda: f"Stackwatch {__version__}, {platform_words()}, {build}"),
        ("files", lambda: _files(world())),
        ("libraries", self_checks.libraries),
        ("TLS", self_checks.secure_connections),
        ("time zones", lambda: self_checks.time_zones(world())),
        ("data folder", lambda: _writable(options.folders.data)),
        ("store", lambda: self_checks.store(options)),
        ("resources", self_checks.resources),
        ("translations", self_checks.translations),
        ("calendars", lambda: _calendars(options)),
        ("popups", self_checks.notifications),
        ("display", _display),
        *more,
    )
    found = []
    for name, look in looks:
        check = _check(name, look)
        found.append(check)
        if not options.json:
            words = ("ok" if check.ok else "FAIL", name, check.detail)
            mark, called, detail = (in_language(word, options.language) for word in words)
            say(f"{padded(mark, 4)} {padded(called, 12)} {detail}")
    return found


def _failed(found: list[DoctorCheck]) -> set[str]:
    return {check.name for check in found if not check.ok}


def _check(name: str, look: self_checks.Look) -> DoctorCheck:
    try:
        return DoctorCheck(name, ok=True, detail=look())
    except (StackwatchError, OSError, ImportError, subprocess.SubprocessError) as fault:
        return DoctorCheck(name, ok=False, detail=str(fault))


def _files(world: World) -> str:
    if world.notices:
        raise OSError("; ".join(world.notices))
    return (
        f"{len(world.watchlist.symbols)} listed, {len(world.watchlist.entities)} private, "
        f"{len(world.watchlist.layers)} layers, {len(world.ecosystem.exposures)} exposures, "
        f"{len(world.rules)} rules"
    )


def _writable(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"0" * 4096)
    except OSError as fault:
        raise StoreError(f"{folder}: cannot be written ({fault.strerror})") from fault
    return str(folder)


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


def _display() -> str:
    require_display()
    return "a display is there"


def _budget(options: Options, world: World) -> Budget:
    """Return what the list needs, and what was sent in the last hour, also by a program that still runs."""
    feeds = sum(feed.enabled for feed in merged_feeds(shipped_feeds(), world.settings.feeds))
    sent = RequestLog(options.folders.requests).last_hour()
    return budget(
        len(fetched_symbols(world, program_day(SystemClock().now()))),
        feeds,
        world.settings.requests_per_hour,
        sent,
    )


def _told(found: Budget) -> str:
    """Say the budget in one sentence; raises OSError when the list needs more than is allowed."""
    if found.warning is not None:
        raise OSError(found.warning)
    return (
        f"{found.sent_total:,} in the last hour; {found.symbols} names need at most {found.polling.total:,} "
        f"an hour, {found.streaming.total:,} with the price stream; {found.allowed:,} are allowed"
    )


def _requests(options: Options, world: Callable[[], World]) -> dict[str, object] | None:
    """Return the budget for JSON; None while the user's files cannot be read."""
    try:
        found = _budget(options, world())
    except StackwatchError:
        return None
    return {
        "last_hour": dict(found.sent),
        "last_hour_total": found.sent_total,
        "needed_polling": found.polling.total,
        "needed_streaming": found.streaming.total,
        "allowed": found.allowed,
        "symbols": found.symbols,
    }
