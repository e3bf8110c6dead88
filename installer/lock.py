"""Renew the locked, hashed dependency sets that releases are built from: ``python installer/lock.py``.

Needs ``uv`` on the PATH. The pins obey the ranges of pyproject.toml; a set made for Python 3.11 holds for
later versions too. The files name no index: pip asks the one of its settings, and refuses another hash.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "installer" / "requirements"
PLATFORMS = {
    "linux": "x86_64-manylinux_2_34",  # what Qt 6.11 is built for
    "windows": "x86_64-pc-windows-msvc",
    "macos-arm64": "aarch64-apple-darwin",
    "macos-x86_64": "x86_64-apple-darwin",
}
OLDEST_PYTHON = "3.11"


def main() -> int:
    """Write every set; pins that still fit stay unless ``--upgrade`` is given."""
    uv = shutil.which("uv")
    if uv is None:
        print("lock: uv is not on the PATH: pip install uv", file=sys.stderr)
        return 2
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv[1:] else []
    for name, platform in PLATFORMS.items():
        target = SETS / f"{name}.txt"
        command = [
            uv,
            "pip",
            "compile",
            "--quiet",
            "pyproject.toml",
            "installer/requirements/build.in",
            *upgrade,
        ]
        command += ["--python-platform", platform, "--python-version", OLDEST_PYTHON, "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
        command += ["--output-file", str(target)]
        if subprocess.call(command, cwd=ROOT, stdout=subprocess.DEVNULL) != 0:
            return 1
        print(f"{name}: {target.read_text('utf-8').count('==')} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
