"""Is this installation whole? The checks that need no network, of ``doctor`` and ``--self-check``."""

import asyncio
import importlib
import os
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from stackwatch.app import Options, World, open_store
from stackwatch.domain.words.phrasebook import korean
from stackwatch.storage.locations import shipped, user_folders
from stackwatch.system.autostart import own_program
from stackwatch.system.clock import SystemClock
from stackwatch.system.notifications import service_abilities

Look = Callable[[], str]
"""Says how one thing is; raises StackwatchError, OSError or ImportError when it is not well."""

_LIBRARIES = (
    *("numpy", "pandas", "yfinance", "curl_cffi.requests", "websockets.asyncio.client", "feedparser"),
    *("apscheduler.schedulers.background", "exchange_calendars", "ahocorasick_rs", "rapidfuzz", "msgspec"),
    *("tomlkit", "platformdirs", "desktop_notifier", "google.protobuf", "pyqtgraph"),
)
_QM_MAGIC = bytes.fromhex("3cb86418caef9c95")
_PNG_MAGIC = b"\x89PNG\r\n"
_ROOTS, _PICTURE_BYTES = 50, 30_000  # an empty window packs into less than 10 kB
_NOTIFIER_SECONDS, _WINDOW_SECONDS = 3.0, 90.0
_SUMMER = datetime(2025, 7, 22, 20, 0, tzinfo=UTC)
_FAULTS = (" ERROR ", " CRITICAL ", "Traceback")


def libraries() -> str:
    """Import everything that is imported only when it is needed."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    return f"{len(_LIBRARIES)} of {len(_LIBRARIES)} load, from numpy to pyqtgraph"


def secure_connections() -> str:
    """Read the bundle of root certificates that requests are checked against."""
    certifi = importlib.import_module("certifi")
    curl = importlib.import_module("curl_cffi")
    context = ssl.create_default_context(cafile=certifi.where())
    count = len(context.get_ca_certs())
    if count < _ROOTS:
        raise OSError(f"{certifi.where()}: {count} root certificates; expected at least {_ROOTS}")
    certificates = importlib.import_module("stackwatch.providers.web.certificates")
    if not certificates.curl_reads(certifi.where()):
        raise OSError(f"{certifi.where()}: curl cannot read the root certificates; no price will come")
    return f"{count} root certificates; {ssl.OPENSSL_VERSION}; {curl.Curl().version().decode().split()[0]}"


def time_zones(world: World) -> str:
    """Load the time zone of every exchange, and tell New York's clock on a summer's day."""
    zones = {instrument.timezone for instrument in world.ecosystem.instruments.values()}
    for zone in sorted(zones):
        ZoneInfo(zone)
    told = _SUMMER.astimezone(ZoneInfo("America/New_York"))
    if told.hour != 16:  # noqa: PLR2004 - the close of that day
        raise OSError(f"New York's clock says {told:%H:%M} at 20:00 UTC in July; expected 16:00")
    return f"{len(zones)} zones of exchanges"


def resources() -> str:
    """Find what ships beside the program."""
    folder = shipped("resources")
    wanted = [folder / "icons" / name for name in ("stackwatch.svg", "stackwatch.png")]
    wanted.append(shipped("watchlists") / "ai-ecosystem.toml")
    missing = [path.name for path in wanted if not path.is_file()]
    calendars = len(list((folder / "calendars").glob("*.json")))
    if missing or not calendars:
        raise OSError(f"missing: {', '.join(missing) or 'every calendar'}")
    days = len(list((shipped("watchlists") / "episodes").glob("*.toml")))
    return f"{calendars} calendars, {days} documented days"


def translations() -> str:
    """Look at every compiled translation, and read the Korean of what is said."""
    files = sorted((shipped("resources") / "translations").glob("*.qm"))
    broken = [file.name for file in files if not file.read_bytes().startswith(_QM_MAGIC)]
    if broken or not files:
        raise OSError(f"not a translation: {', '.join(broken) or 'none found'}")
    try:
        sentences = korean().size
    except (ValueError, KeyError) as fault:
        raise OSError(f"not a translation: sentences_ko.toml ({fault})") from fault
    return f"{', '.join(file.stem.removeprefix('stackwatch_') for file in files)}, {sentences} sentences"


def store(options: Options) -> str:
    """Open the store, see that it can be written, and let it check itself."""
    with closing(open_store(options.folders, SystemClock(), replay=False)) as opened:
        opened.probe()
        verdict = opened.file.check()
        if verdict != "ok":
            raise OSError(f"{opened.file.path}: {verdict}")
        return f"sound, {len(opened.alerts.load())} alerts, {len(opened.quotes.load())} quotes"


def notifications() -> str:
    """Load what shows the system's notifications; where no service answers, that is no fault."""
    own = "Stackwatch draws its own popups"
    try:
        found = asyncio.run(asyncio.wait_for(service_abilities(), _NOTIFIER_SECONDS))
    except ImportError:
        raise
    except Exception as fault:  # noqa: BLE001 - every system's notifier fails in its own way
        return f"no service of the system answers ({type(fault).__name__}); {own}"
    return f"the system's service can do {len(found)} things; {own} too" if found else f"no service; {own}"


def window() -> str:
    """Open the program's window off screen on a documented day, in Korean, and look at its picture."""
    program = [own_program(), *(() if getattr(sys, "frozen", False) else ("-m", "stackwatch"))]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        data, picture = Path(folder) / "data", Path(folder) / "window.png"
        command = [*program, "--data-dir", str(data), "--lang", "ko", "--theme", "light", "--demo"]
        command += [
            "--speed",
            "4000",
            "--size",
            "1440x900",
            "--quit-after",
            "4",
            "--screenshot",
            str(picture),
        ]
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}  # Qt speaks of any other
        env |= {"QT_LOGGING_RULES": "qt.qpa.fonts.warning=false"}  # off screen its own font is none of macOS
        done = subprocess.run(  # noqa: S603 - this program itself
            command, env=env, capture_output=True, timeout=_WINDOW_SECONDS, check=False
        )
        told = done.stderr.decode(errors="replace").strip()
        if done.returncode != 0 or told:
            raise OSError(f"ended with {done.returncode}: {told[-500:] or 'nothing was said'}")
        logs = user_folders(data).logs
        faults = [line for log in logs.glob("*.log") for line in _faults(log)]
        if faults:
            raise OSError(f"its log says: {faults[0][:500]}")
        drawn = picture.read_bytes()
    if not drawn.startswith(_PNG_MAGIC) or len(drawn) < _PICTURE_BYTES:
        raise OSError(f"its picture has {len(drawn)} bytes; expected a window with prices")
    return f"painted in Korean on a documented day, {len(drawn) // 1000} kB"


def _faults(log: Path) -> list[str]:
    lines = log.read_text("utf-8", errors="replace").splitlines()
    return [line for line in lines if any(mark in line for mark in _FAULTS)]
