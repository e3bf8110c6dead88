"""The peers' own Python: a virtual environment that is made when it is first needed."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import platformdirs
from tests.benchmarks.setting import python

PROGRAMS = Path(__file__).parent / "peers"
REQUIREMENTS = PROGRAMS / "requirements.txt"
FOLDER = "STACKWATCH_PEERS"
"""The environment variable that tells the processes of a run where the peers are."""
_SECONDS_TO_MAKE = 1_800


class NoPeersError(Exception):
    """The peers cannot be had; says why."""


def folder() -> Path:
    """Return where the environment is."""
    chosen = os.environ.get(FOLDER)
    return Path(chosen) if chosen else platformdirs.user_cache_path("stackwatch-benchmarks") / "peers"


def make() -> None:
    """Make the environment, unless it is there with what the requirements ask for."""
    place = folder()
    made, wanted = place / "made-of.txt", f"{sys.version}\n{REQUIREMENTS.read_text('utf-8')}"
    if made.is_file() and made.read_text("utf-8") == wanted:
        return
    sys.stderr.write(f"peers: installing them into {place}\n")
    try:
        made.unlink(missing_ok=True)
        venv.create(place / "env", clear=True)
        (place / "home").mkdir(exist_ok=True)
        pip = [sys.executable, "-m", "pip", "--python", interpreter()]
        command = [*pip, "install", "--quiet", "--requirement", str(REQUIREMENTS)]
        subprocess.run(
            command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=_SECONDS_TO_MAKE
        )
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        raise NoPeersError(_message(place, lines[-1] if lines else str(error))) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoPeersError(_message(place, str(error))) from error
    made.write_text(wanted, "utf-8")


def interpreter() -> str:
    """Return the environment's Python."""
    inside = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return str(folder().joinpath("env", *inside))


def peer(program: str, *arguments: object, env: dict[str, str] | None = None) -> dict[str, float]:
    """Run a peer's program and return its figures; what it writes stays in a home of its own."""
    home = folder() / "home"
    own = {"HOME": str(home), "USERPROFILE": str(home)}
    own |= {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CACHE", "CONFIG", "DATA")}
    module = f"tests.benchmarks.peers.{program}"
    printed, _ = python(
        "-m", module, *map(str, arguments), env=own | (env or {}), interpreter=interpreter(), cwd=home
    )
    figures: dict[str, float] = json.loads(printed.splitlines()[-1])
    return figures


def _message(place: Path, reason: str) -> str:
    return f"the peers cannot be measured: no environment could be made in {place}: {reason}"


def times(own: float, peers: dict[str, float]) -> dict[str, float]:
    """Return how many times as much as ours each peer's figure is."""
    return {f"{name}_times": figure / own for name, figure in peers.items()}
