"""The archive for Linux: installs, replaces an older version, and removes itself, for one user."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stackwatch.system.autostart import DesktopEntry

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")


def _run(
    script: Path, home: Path, *arguments: str, prefix: Path | None = None
) -> "subprocess.CompletedProcess[bytes]":
    env = {"HOME": str(home), "PATH": os.environ["PATH"]}
    env |= {} if prefix is None else {"PREFIX": str(prefix)}
    return subprocess.run([str(script), *arguments], env=env, capture_output=True, check=False)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    (folder / "payload" / "_internal").mkdir(parents=True)
    shutil.copy2("/bin/sleep", folder / "payload" / "stackwatch")
    (folder / "payload" / "_internal" / "fresh.so").write_bytes(
        b"\x7fELF, needs GLIBC_2.9\0 and GLIBC_2.99\0"
    )
    command = [sys.executable, str(ROOT / "installer" / "linux" / "package.py")]
    command += ["--payload", str(folder / "payload"), "--out", str(folder)]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SOURCE_DATE_EPOCH": "1760000000"}
    packed = []
    for _ in range(2):
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
        packed.append([path.read_bytes() for path in sorted(folder.glob("stackwatch[-_]*"))])
    assert packed[0] == packed[1]  # the same program, the same bytes
    for deb in folder.glob("*.deb"):
        told = subprocess.run(["dpkg-deb", "--field", str(deb), "Depends"], capture_output=True, check=True)  # noqa: S607
        assert told.stdout.startswith(b"libc6 (>= 2.99), ")  # what was bundled asks for it
    (archive,) = folder.glob("*.tar.gz")
    subprocess.run(["tar", "--extract", "--file", str(archive), "--directory", str(folder)], check=True)  # noqa: S607
    (made,) = (path for path in folder.glob("stackwatch-*") if path.is_dir())
    return made


def test_that_it_installs_over_an_older_version_and_leaves_nothing_of_it(
    unpacked: Path, tmp_path: Path
) -> None:
    target = tmp_path / ".local" / "lib" / "stackwatch"
    assert _run(unpacked / "install.sh", tmp_path).returncode == 0
    (target / "_internal" / "stale.so").write_text("old")
    assert _run(unpacked / "install.sh", tmp_path).returncode == 0
    assert sorted(path.name for path in (target / "_internal").iterdir()) == ["fresh.so"]
    assert (tmp_path / ".local" / "bin" / "stackwatch").resolve() == target / "stackwatch"
    entry = (tmp_path / ".local" / "share" / "applications" / "stackwatch.desktop").read_text("utf-8")
    assert f'Exec="{target}/stackwatch"\n' in entry
    assert len(list(tmp_path.glob(".local/share/icons/hicolor/*/apps/stackwatch.*"))) == 10


def test_that_it_refuses_while_the_program_runs_and_where_something_else_is(
    unpacked: Path, tmp_path: Path
) -> None:
    assert _run(unpacked / "install.sh", tmp_path).returncode == 0
    target = tmp_path / ".local" / "lib" / "stackwatch"
    running = subprocess.Popen([str(target / "stackwatch"), "60"])
    try:
        assert _run(unpacked / "install.sh", tmp_path).returncode == 3
        refused = _run(target / "uninstall.sh", tmp_path)
        assert refused.returncode == 3
        assert b"is running" in refused.stderr
        (tmp_path / "elsewhere").symlink_to(tmp_path)  # a home that is a link, as on some systems
        assert _run(unpacked / "install.sh", tmp_path / "elsewhere").returncode == 3
    finally:
        running.kill()
        running.wait()
    other = tmp_path / "other" / ".local" / "lib" / "stackwatch"
    other.mkdir(parents=True)
    (other / "letter.txt").write_text("mine")
    assert _run(unpacked / "install.sh", tmp_path / "other").returncode == 5
    assert (other / "letter.txt").exists()


def test_that_the_menu_starts_it_wherever_it_lies(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / 'r&d 100% |$HOME`"\\ 김'
    assert _run(unpacked / "install.sh", home).returncode == 0
    entry = (home / ".local" / "share" / "applications" / "stackwatch.desktop").read_text("utf-8")
    DesktopEntry([str(home / ".local" / "lib" / "stackwatch" / "stackwatch")], tmp_path).switch(on=True)
    login = (tmp_path / "stackwatch.desktop").read_text("utf-8")
    (line,) = (line for line in login.splitlines() if line.startswith("Exec="))
    assert [line] == [line for line in entry.splitlines() if line.startswith("Exec=")]


def test_that_what_is_removed_is_what_the_script_lies_in(unpacked: Path, tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    assert _run(unpacked / "install.sh", home).returncode == 0
    assert _run(unpacked / "install.sh", home, prefix=elsewhere).returncode == 0
    assert _run(elsewhere / "lib" / "stackwatch" / "uninstall.sh", home).returncode == 0
    assert not any(path.is_file() or path.is_symlink() for path in elsewhere.rglob("*"))
    assert (home / ".local" / "bin" / "stackwatch").is_file()


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no .deb is made here")
@pytest.mark.parametrize(
    ("script", "step"), [("preinst", "upgrade"), ("preinst", "install"), ("prerm", "remove")]
)
def test_that_the_deb_exchanges_no_program_that_runs(
    unpacked: Path, tmp_path: Path, script: str, step: str
) -> None:
    (deb,) = unpacked.parent.glob("*.deb")
    subprocess.run(["dpkg-deb", "--control", str(deb), str(tmp_path)], check=True)  # noqa: S607
    program, asked = shutil.copy2("/bin/sleep", tmp_path / "stackwatch"), tmp_path / script
    asked.write_text(asked.read_text().replace("/opt/stackwatch/stackwatch", str(program)))
    assert _run(asked, tmp_path, step).returncode == 0
    running = subprocess.Popen([str(program), "60"])
    try:
        refused = _run(asked, tmp_path, step)
        assert (refused.returncode, b"is running" in refused.stderr) == (3, True)
        assert _run(asked, tmp_path, "abort-upgrade").returncode == 0  # what dpkg takes back goes on
    finally:
        running.kill()
        running.wait()


@pytest.mark.parametrize("purge", [False, True])
def test_that_it_removes_itself_and_the_users_data_only_when_asked(
    unpacked: Path,
    tmp_path: Path,
    purge: bool,  # noqa: FBT001
) -> None:
    assert _run(unpacked / "install.sh", tmp_path).returncode == 0
    data = tmp_path / ".local" / "share" / "Stackwatch" / "watchlist.toml"
    login = tmp_path / ".config" / "autostart" / "stackwatch.desktop"
    for path in (data, login):
        path.parent.mkdir(parents=True)
        path.write_text("mine")
    script = tmp_path / ".local" / "lib" / "stackwatch" / "uninstall.sh"
    assert _run(script, tmp_path, *(["--purge"] if purge else [])).returncode == 0
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == (set() if purge else {".local/share/Stackwatch/watchlist.toml"})
