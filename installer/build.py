"""Build the frozen program for this system: ``python installer/build.py [--twice] [--releases ADDRESS]``.

Run it with the Python of an environment made from ``installer/requirements`` (docs/release.md). What comes
out is ``dist/Stackwatch``, on macOS ``dist/Stackwatch.app``; ``--twice`` builds again elsewhere and compares
every file. ``ADDRESS`` is where the update check asks, such as
``https://api.github.com/repos/OWNER/NAME/releases/latest``.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
_1980 = 315_532_800


def main() -> int:
    """Build, and compare if that was asked for."""
    parser = argparse.ArgumentParser(description="Build the frozen program.")
    parser.add_argument("--twice", action="store_true", help="build a second time and compare every file")
    parser.add_argument("--releases", metavar="ADDRESS", default="", help="where the update check asks")
    options = parser.parse_args()
    first = build(BUILD / "first", DIST, options.releases)
    size = sum(path.stat().st_size for path in first.rglob("*") if path.is_file() and not path.is_symlink())
    print(
        f"{first.relative_to(ROOT)}: {size / 1e6:.0f} MB, {len(hashes(first))} files, {total(hashes(first))}"
    )
    broken = [path for path in first.rglob("*") if path.is_symlink() and not path.exists()]
    if broken:
        print(f"build: {broken[0]} leads nowhere", file=sys.stderr)
        return 1
    if options.twice:
        second = build(BUILD / "second", BUILD / "second-dist", options.releases)
        return compare(hashes(first), hashes(second))
    return 0


def version() -> str:
    """Return the program's version."""
    text = (ROOT / "desktop" / "stackwatch" / "__init__.py").read_text("utf-8")
    return str(re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)[0])


@cache  # a commit made meanwhile must not part two builds
def epoch() -> int:
    """Return the time that everything built says: the environment's, else the last commit's."""
    told = os.environ.get("SOURCE_DATE_EPOCH")
    if told:
        return int(told)
    done = subprocess.run(
        ["git", "log", "-1", "--format=%ct"],  # noqa: S607 - whichever git there is
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else _1980


def build(work: Path, dist: Path, releases: str) -> Path:
    """Build into ``dist`` and return the folder or the app; raises CalledProcessError."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    subprocess.run([sys.executable, str(ROOT / "installer" / "icons.py"), str(work)], check=True)
    (work / "version.txt").write_text(version_resource(version()), encoding="utf-8")
    if releases:
        (work / "releases.txt").write_text(releases + "\n", encoding="utf-8")
    env = os.environ | {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "STACKWATCH_BUILD": str(work),
        "STACKWATCH_VERSION": version(),
    }
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--workpath", str(work / "work"), "--distpath", str(dist)]
    subprocess.run([*command, str(ROOT / "installer" / "stackwatch.spec")], env=env, check=True)
    return dist / ("Stackwatch.app" if sys.platform == "darwin" else "Stackwatch")


def version_resource(number: str) -> str:
    """Return what Windows shows of an .exe, in PyInstaller's words."""
    numbers = (*(int(part) for part in number.split(".")[:3]), 0)
    words = {
        "CompanyName": "Stackwatch",
        "FileDescription": "Stackwatch",
        "FileVersion": number,
        "InternalName": "Stackwatch",
        "LegalCopyright": "MIT licence",
        "OriginalFilename": "Stackwatch.exe",
        "ProductName": "Stackwatch",
        "ProductVersion": number,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, "
        "OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [0x0409, 0x04B0])])])\n"
    )


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file by its path; of a link, where it leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def total(found: dict[str, str]) -> str:
    """Return one hash of all."""
    return hashlib.sha256("".join(f"{value}  {name}\n" for name, value in found.items()).encode()).hexdigest()


def compare(first: dict[str, str], second: dict[str, str]) -> int:
    """Say which files differ; 0 when none does."""
    different = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    for name in different:
        print(f"differs: {name}")
    print(f"{len(first)} files, {len(different)} differ; {total(first)} and {total(second)}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
