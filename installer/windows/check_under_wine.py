"""Prove the Windows installer under wine64: ``python installer/windows/check_under_wine.py``.

Compiles the installer twice (an old and a new version), installs silently, upgrades, tries while the program
runs, switches start at login, uninstalls, and looks at every file and registry value. Needs ``makensis`` and
64-bit wine (``apt install nsis wine64``). A small program stands in unless ``--payload`` names the real one.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "installer" / "windows" / "stackwatch.nsi"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Stackwatch"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
OWN = r"HKCU\Software\Stackwatch"
APP_ID = r"HKCU\Software\Classes\AppUserModelId\Stackwatch"
RUNNING, OCCUPIED = 3, 5
_SECONDS = 300
# A program that does nothing for a while: NSIS makes one, so that no compiler is needed.
_SLEEPER = """Unicode true
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
OutFile "{output}"
Section
  Sleep 120000
SectionEnd
"""


class Wine:
    """A Windows of its own in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        """Start it up; that takes some seconds."""
        program = next(
            (p for p in ("/usr/lib/wine/wine64", shutil.which("wine64")) if p and Path(p).exists()), None
        )
        if program is None:
            raise SystemExit("check: no 64-bit wine; apt install wine64")
        self._wine = program
        self.env = os.environ | {
            "HOME": str(folder),  # wine puts Documents and Desktop there
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }
        self.env.pop("DISPLAY", None)
        self.run("wineboot", "--init")
        self.run("winecfg", "/v", "win10")  # older wine begins as Windows 7
        (user,) = [p for p in (folder / "prefix" / "drive_c" / "users").iterdir() if p.name != "Public"]
        self.user = user
        self.local = user / "AppData" / "Local"
        self.menu = user / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self.program = self.local / "Programs" / "Stackwatch"

    def run(self, *command: str | Path) -> int:
        """Run a program to its end and return its exit code."""
        words = [str(word) for word in (self._wine, *command)]
        return subprocess.call(
            words, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_SECONDS
        )

    def start(self, program: Path) -> subprocess.Popen[bytes]:
        """Start a program and leave it running."""
        return subprocess.Popen(
            [self._wine, str(program)], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def values(self, key: str) -> dict[str, str]:
        """Return the values of a registry key; empty when it is not there."""
        done = subprocess.run(
            [self._wine, "reg", "query", key],
            env=self.env,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        lines = done.stdout.decode("utf-8", "replace").splitlines()
        found = (re.fullmatch(r"\s{4}(.+?)\s{4}REG_\w+\s{4}(.*)", line.rstrip("\r")) for line in lines)
        return {match[1]: match[2] for match in found if match}

    def windows_path(self, path: Path) -> str:
        """Return how Windows calls a file of this one."""
        return "C:\\" + str(path.relative_to(self.user.parents[1])).replace("/", "\\")

    def end(self) -> None:
        """End everything that runs in it."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver64"
        subprocess.call([server, "-k"], env=self.env, stderr=subprocess.DEVNULL)


@contextmanager
def wine() -> Iterator[tuple[Wine, Path]]:
    """Give a fresh Windows and a folder for what is made."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Wine(Path(folder))
        try:
            yield made, Path(folder)
        finally:
            made.end()


def compile_script(text: str, folder: Path) -> None:
    """Compile NSIS text."""
    script = folder / "sleeper.nsi"
    script.write_text(text, encoding="utf-8")
    subprocess.run(["makensis", "-V1", str(script)], check=True)  # noqa: S607 - whichever is installed


def stand_in(folder: Path, names: tuple[str, ...]) -> Path:
    """Make a small payload with the files ``names`` below ``_internal``."""
    payload = folder / ("payload-" + "-".join(Path(name).stem for name in names))
    licences = payload / "_internal" / "licences"
    licences.mkdir(parents=True)
    (licences / "Stackwatch-LICENSE.txt").write_bytes((ROOT / "LICENSE").read_bytes())
    sleeper = payload / "Stackwatch.exe"
    compile_script(_SLEEPER.format(output=sleeper), folder)
    shutil.copyfile(sleeper, payload / "stackwatch-cli.exe")
    for name in names:
        (payload / "_internal" / name).write_text(name)
    return payload


def compile_installer(payload: Path, version: str, pictures: Path, output: Path) -> None:
    """Compile the installer of a payload."""
    given = {"VERSION": version, "PAYLOAD": payload, "PICTURES": pictures, "OUTPUT": output}
    words = [f"-D{name}={value}" for name, value in given.items()]
    subprocess.run(["makensis", "-V2", "-WX", *words, str(SCRIPT)], check=True)  # noqa: S607


def files(folder: Path) -> set[str]:
    """Return the files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def expect(what: str, found: object, wanted: object) -> None:
    """Say that something holds, or end."""
    if found != wanted:
        raise SystemExit(f"FAIL {what}: {found!r}; expected {wanted!r}")
    print(f"ok   {what}")


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something to hold, half a minute at most."""
    end = time.monotonic() + 30
    while not holds() and time.monotonic() < end:
        time.sleep(0.5)


def check_install(win: Wine, setup: Path, payload: Path, version: str, what: str) -> None:
    """Install silently and look at every file and value."""
    expect(f"{what}: exit code", win.run(setup, "/S"), 0)
    expect(
        f"{what}: files are the payload's and the uninstaller",
        files(win.program),
        files(payload) | {"uninstall.exe"},
    )
    same = all((win.program / name).read_bytes() == (payload / name).read_bytes() for name in files(payload))
    expect(f"{what}: every file has the payload's content", same, True)
    path = win.windows_path(win.program)
    told = win.values(UNINSTALL)
    size = int(told.pop("EstimatedSize"), 16)
    expect(f"{what}: size is told", size > 0, True)
    wanted = {
        "DisplayName": "Stackwatch", "DisplayVersion": version, "DisplayIcon": f"{path}\\Stackwatch.exe",
        "Publisher": "Stackwatch", "InstallLocation": path, "UninstallString": f'"{path}\\uninstall.exe"',
        "QuietUninstallString": f'"{path}\\uninstall.exe" /S', "NoModify": "0x1", "NoRepair": "0x1",
    }  # fmt: skip
    expect(f"{what}: list of installed programs", told, wanted)
    expect(f"{what}: own key", win.values(OWN), {"InstallDir": path, "Version": version})
    link = (win.menu / "Stackwatch.lnk").read_bytes()
    expect(f"{what}: the shortcut leads to the program", f"{path}\\Stackwatch.exe".encode("utf-16-le") in link
           or f"{path}\\Stackwatch.exe".encode() in link, True)  # fmt: skip


def check_app_id(win: Wine) -> None:
    """Look for the program's name in the shortcut; wine may not know that property."""
    link = (win.menu / "Stackwatch.lnk").read_bytes()
    named = b"{9F4C2855" in link or b"\x55\x28\x4c\x9f" in link
    print("ok   shortcut: named for notifications" if named else "note shortcut: wine kept no property")


def check_login(win: Wine, setup: Path) -> None:
    """Switch start at login on, keep it through an upgrade, and off."""
    line = f'"{win.windows_path(win.program)}\\Stackwatch.exe"'
    expect("login: off at first", win.values(RUN).get("Stackwatch"), None)
    expect("login: /AUTOSTART ends well", win.run(setup, "/S", "/AUTOSTART"), 0)
    expect("login: on", win.values(RUN).get("Stackwatch"), line)
    win.run(setup, "/S")
    expect("login: an upgrade keeps it", win.values(RUN).get("Stackwatch"), line)
    win.run("reg", "add", RUN, "/v", "Stackwatch", "/d", f"{line} --lang ko", "/f")
    win.run(setup, "/S")
    expect("login: the program's own options stay", win.values(RUN).get("Stackwatch"), f"{line} --lang ko")
    win.run(setup, "/S", "/NOAUTOSTART")
    expect("login: /NOAUTOSTART switches it off", win.values(RUN).get("Stackwatch"), None)
    desktop = win.user / "Desktop" / "Stackwatch.lnk"
    expect("desktop: no icon unasked", desktop.exists(), False)
    win.run(setup, "/S", "/DESKTOP")
    expect("desktop: icon when asked", desktop.exists(), True)


def check_running(win: Wine, setup: Path, small: bool) -> None:  # noqa: FBT001
    """Refuse to install and to uninstall while the program runs, and touch nothing."""
    if not small:
        print("note running: the real program is not started under wine; checked with the small one")
        return
    for name in ("Stackwatch.exe", "stackwatch-cli.exe"):
        running = win.start(win.program / name)
        time.sleep(3)
        before = files(win.program)
        expect(f"running {name}: install is refused", win.run(setup, "/S"), RUNNING)
        expect(f"running {name}: nothing was touched", files(win.program), before)
        code = win.run(win.program / "uninstall.exe", "/S", f"_?={win.windows_path(win.program)}")
        expect(f"running {name}: uninstall is refused", code, RUNNING)
        expect(f"running {name}: all is still there", files(win.program), before)
        win.run("taskkill", "/f", "/im", name)
        running.wait(30)


def check_occupied(win: Wine, setup: Path) -> None:
    """Refuse a folder that holds somebody's files."""
    folder = win.user / "Documents" / "Mine"
    folder.mkdir(parents=True)
    (folder / "letter.txt").write_text("mine")
    code = win.run(setup, "/S", f"/D={win.windows_path(folder)}")
    expect("occupied folder: refused", code, OCCUPIED)
    expect("occupied folder: untouched", files(folder), {"letter.txt"})
    other = win.user / "Documents" / "Other"
    (other / "_internal").mkdir(parents=True)
    for name in ("uninstall.exe", "_internal/theirs.dll"):
        (other / name).write_text("theirs")
    code = win.run(setup, "/S", f"/D={win.windows_path(other)}")
    expect("folder of another program: refused", code, OCCUPIED)
    expect("folder of another program: untouched", files(other), {"uninstall.exe", "_internal/theirs.dll"})


def check_broken_off(win: Wine, setup: Path, payload: Path) -> None:
    """Mend what an upgrade left that was broken off after it took the older program away."""
    for name in ("Stackwatch.exe", "stackwatch-cli.exe"):
        (win.program / name).unlink()
    check_install(win, setup, payload, "0.1.0", "after a broken-off upgrade")


def check_uninstall(win: Wine, *, purge: bool) -> None:
    """Uninstall silently; what the user made stays unless asked."""
    data = win.local / "Stackwatch"
    data.mkdir(exist_ok=True)
    (data / "watchlist.toml").write_text("mine")
    (win.program / "note.txt").write_text("mine")
    win.run("reg", "add", APP_ID, "/v", "DisplayName", "/d", "Stackwatch", "/f")
    win.run("reg", "add", RUN, "/v", "Stackwatch", "/d", "x", "/f")
    win.run("reg", "add", APPROVED, "/v", "Stackwatch", "/d", "x", "/f")
    words = ["/S", "/PURGE"] if purge else ["/S"]
    what = "uninstall with /PURGE" if purge else "uninstall"
    win.run(win.program / "uninstall.exe", *words)  # goes on as a copy, which can delete the original
    wait_until(lambda: not (win.program / "uninstall.exe").exists() and not win.values(OWN))
    expect(f"{what}: only the user's file is left", files(win.program), {"note.txt"})
    expect(f"{what}: no folder is left inside", [p.name for p in win.program.iterdir() if p.is_dir()], [])
    for key in (UNINSTALL, OWN, APP_ID):
        expect(
            f"{what}: no {key.rsplit(chr(92), 1)[1]} key below {key.split(chr(92))[-2]}", win.values(key), {}
        )
    starts = win.values(RUN).get("Stackwatch"), win.values(APPROVED).get("Stackwatch")
    expect(f"{what}: does not start at login", starts, (None, None))
    links = [place / "Stackwatch.lnk" for place in (win.menu, win.user / "Desktop")]
    expect(f"{what}: no shortcuts", [link for link in links if link.exists()], [])
    if purge:
        wait_until(lambda: not data.exists())
    expect(
        f"{what}: the user's data {'goes' if purge else 'stays'}",
        (data / "watchlist.toml").exists(),
        not purge,
    )
    shutil.rmtree(win.program)


def main() -> int:
    """Compile and check."""
    parser = argparse.ArgumentParser(description="Prove the Windows installer under wine64.")
    parser.add_argument("--payload", type=Path, help="folder of the real program; without it, a small one")
    options = parser.parse_args()
    with wine() as (win, folder):
        pictures = draw_pictures(folder)
        small = options.payload is None
        old = stand_in(folder, ("common.dll", "stale.dll"))
        new = stand_in(folder, ("common.dll", "fresh.dll")) if small else options.payload.resolve()
        setups = [folder / "old.exe", folder / "new.exe"]
        compile_installer(old, "0.0.9", pictures, setups[0])
        compile_installer(new, "0.1.0", pictures, setups[1])
        check_occupied(win, setups[1])
        check_install(win, setups[0], old, "0.0.9", "install")
        check_app_id(win)
        check_install(win, setups[1], new, "0.1.0", "upgrade")
        check_broken_off(win, setups[1], new)
        check_login(win, setups[1])
        check_running(win, setups[1], small)
        check_uninstall(win, purge=False)
        check_install(win, setups[1], new, "0.1.0", "install again")
        check_uninstall(win, purge=True)
    print("everything holds")
    return 0


def draw_pictures(folder: Path) -> Path:
    """Draw icon and pictures with the environment's Qt, and return their folder."""
    subprocess.run([sys.executable, str(ROOT / "installer" / "icons.py"), str(folder / "icons")], check=True)
    return folder / "icons"


if __name__ == "__main__":
    sys.exit(main())
