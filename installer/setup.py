"""Set up a private environment beside the source and run a program of it. Needs Python 3.11 to 3.14 alone.

    python3 installer/setup.py stackwatch --demo
    python3 installer/setup.py pytest

The environment is ``.venv`` at the top of the repository; it is made on the first run and brought up to
date when ``pyproject.toml`` changes. Pythons that refuse a global ``pip install``, or lack ``ensurepip``,
work too.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".venv"
SCRIPTS = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
STAMP = HOME / "stackwatch.stamp"
OLDEST, NEWEST = (3, 11), (3, 14)  # not every library is there for later ones


def main() -> int:
    """Set up, then hand over to the program named on the command line."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have = sys.version.split()[0]
        return _refuse(f"Stackwatch needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is {have}")
    if len(sys.argv) < 2:  # noqa: PLR2004 - a program must be named
        return _refuse("name what to run: stackwatch --demo, or pytest")
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest() + sys.version
    if not STAMP.exists() or STAMP.read_text(encoding="utf-8") != wanted:
        fault = _set_up()
        if fault:
            return _refuse(fault)
        STAMP.write_text(wanted, encoding="utf-8")
    program = SCRIPTS / (sys.argv[1] + (".exe" if os.name == "nt" else ""))
    if not program.exists():
        return _refuse(f"{sys.argv[1]} is not part of the environment")
    return subprocess.call([str(program), *sys.argv[2:]], cwd=ROOT if sys.argv[1] == "pytest" else None)


def _set_up() -> str | None:
    """Make the environment and install into it; returns what went wrong, if anything."""
    print("Setting up .venv (a few minutes the first time)", file=sys.stderr)
    try:
        venv.create(HOME, with_pip=True)
        pip = [str(PYTHON), "-m", "pip"]
    except (
        subprocess.CalledProcessError,
        ImportError,
    ):  # Debian without python3-venv: borrow the system's pip
        venv.create(HOME, with_pip=False, clear=True)
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
        if subprocess.call([sys.executable, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) != 0:
            return "this Python has neither venv nor pip; on Debian or Ubuntu: apt install python3-venv"
    install = [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if subprocess.call([*install, "-e", str(ROOT), *_developer_tools()]) != 0:
        return "pip could not install what Stackwatch needs; see its message above"
    # pip compiles what it copies; this is not copied, and the first start would do it, on some machines each.
    subprocess.call([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "desktop")])
    return None


def _developer_tools() -> list[str]:
    """Return what the dev group of pyproject.toml asks for; pip before 25.1 cannot read groups itself."""
    import tomllib  # Python before 3.11 must get as far as the message above

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(project["dependency-groups"]["dev"])


def _refuse(text: str) -> int:
    print(f"setup: {text}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
