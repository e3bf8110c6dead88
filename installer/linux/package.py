"""Pack the frozen program for Linux: ``python installer/linux/package.py [--payload FOLDER] [--out FOLDER]``.

Makes a .tar.gz with an install script for one user, and a .deb where ``dpkg-deb`` is there. The same program
gives the same bytes. Needs the environment of the build, since it draws the icons.
"""

import argparse
import gzip
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "installer"))

from build import epoch, version  # noqa: E402 - after the path is set

# What Qt loads from the system, beside its C library: everything else is in the folder.
DEPENDS = "libegl1, libgl1, libxcb1, libfontconfig1, fontconfig"


def main() -> int:
    """Pack."""
    parser = argparse.ArgumentParser(description="Pack the frozen program for Linux.")
    parser.add_argument("--payload", type=Path, default=ROOT / "dist" / "Stackwatch")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    if not (options.payload / "stackwatch").is_file():
        print(f"package: {options.payload} holds no program; build it first", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(ROOT / "installer" / "icons.py"), f"{folder}/icons"], check=True)
        icons = Path(folder) / "icons" / "hicolor"
        made = [archive(options.payload, icons, options.out)]
        if shutil.which("dpkg-deb"):
            made.append(debian(options.payload, icons, options.out, Path(folder) / "deb"))
    for path in made:
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
    return 0


def archive(payload: Path, icons: Path, out: Path) -> Path:
    """Make the .tar.gz and return it."""
    top = f"stackwatch-{version()}"
    path = out / f"{top}-linux-x86_64.tar.gz"
    parts = [(payload, f"{top}/app"), (icons, f"{top}/icons/hicolor")]
    parts += [(HERE / name, f"{top}/{name}") for name in ("install.sh", "uninstall.sh", "stackwatch.desktop")]
    parts += [(ROOT / "LICENSE", f"{top}/LICENSE")]
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for source, name in parts:
            tar.add(source, name, filter=_anonymous)  # folders are walked in order of their names
    with (
        path.open("wb") as file,
        gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=epoch(), compresslevel=6) as packer,
    ):
        packer.write(packed.getbuffer())
    return path


def debian(payload: Path, icons: Path, out: Path, folder: Path) -> Path:
    """Make the .deb and return it."""
    shutil.copytree(payload, folder / "opt" / "stackwatch", symlinks=True)
    shutil.copytree(icons, folder / "usr" / "share" / "icons" / "hicolor")
    places = {"applications": HERE / "stackwatch.desktop", "doc/stackwatch": ROOT / "LICENSE"}
    for place, source in places.items():
        (folder / "usr" / "share" / place).mkdir(parents=True)
        name = "copyright" if source.name == "LICENSE" else source.name
        shutil.copyfile(source, folder / "usr" / "share" / place / name)
    (folder / "usr" / "bin").mkdir()
    (folder / "usr" / "bin" / "stackwatch").symlink_to("/opt/stackwatch/stackwatch")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    (folder / "DEBIAN").mkdir()
    (folder / "DEBIAN" / "control").write_text(
        f"Package: stackwatch\nVersion: {version()}\nArchitecture: amd64\nMaintainer: Stackwatch\n"
        f"Section: misc\nPriority: optional\nInstalled-Size: {size // 1024}\n"
        f"Depends: libc6 (>= {c_library(payload)}), {DEPENDS}\n"
        "Description: What moved the AI stack, why, and who else is exposed\n"
        " A watchlist of the AI ecosystem with alerts that are tied to news.\n",
        encoding="utf-8",
    )
    refusal = (HERE / "refuse_while_running.sh").read_text("utf-8")
    for name, steps in {"preinst": "install | upgrade", "prerm": "remove"}.items():
        (folder / "DEBIAN" / name).write_text(refusal.replace("STEPS)", f"{steps})"), encoding="utf-8")
        (folder / "DEBIAN" / name).chmod(0o755)
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (epoch(), epoch()), follow_symlinks=False)
    path = out / f"stackwatch_{version()}_amd64.deb"
    env = os.environ | {"SOURCE_DATE_EPOCH": str(epoch())}
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(folder), str(path)]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return path


def c_library(payload: Path) -> str:
    """Return the oldest C library that the folder runs with: often that of the building system."""
    named = {b"2.34"}
    for path in payload.rglob("*"):
        if path.is_file() and not path.is_symlink() and (data := path.read_bytes()).startswith(b"\x7fELF"):
            named.update(re.findall(rb"GLIBC_(2\.\d+)\0", data))
    return max(named, key=lambda told: int(told.split(b".")[1])).decode()


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mtime = epoch()
    return member


if __name__ == "__main__":
    sys.exit(main())
