"""The program on a person's machine: start at login, locks, crash reports, a discreet log, self-check."""

import errno
import io
import logging
import os
import plistlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from stackwatch.app import Options
from stackwatch.commands import self_check
from stackwatch.domain.errors import StoreError
from stackwatch.domain.words.phrasebook import Phrasebook
from stackwatch.storage.locations import user_folders
from stackwatch.system.autostart import DesktopEntry, LaunchAgent, RunKey, system_autostart
from stackwatch.system.crash_log import CrashLog
from stackwatch.system.file_lock import FileLock
from stackwatch.system.logs import without_private

NOBODY = 65534
ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys; from pathlib import Path; from stackwatch.system.file_lock import FileLock; "
    "assert FileLock(Path(sys.argv[1])).acquire(); print('held', flush=True); sys.stdin.read()"
)
FATAL = "Windows fatal exception" if sys.platform == "win32" else "Fatal Python error"
ANOTHER_THREAD = (
    "from threading import Thread; one = Thread(target=int, args=['x']); one.start(); one.join(); sys.exit(1)"
)
DIE = (
    "import sys, ctypes; from pathlib import Path; from stackwatch.system.crash_log import CrashLog; "
    "assert CrashLog(Path(sys.argv[1]), '0.1.0').begin() is None; {how}"
)


def _python(code: str, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "desktop")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


class RegistryOnPaper:
    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str | bytes] = {}

    def read(self, key: str, name: str) -> str | bytes | None:
        return self.kept.get((key, name))

    def write(self, key: str, name: str, value: str) -> None:
        self.kept[key, name] = value

    def delete(self, key: str, name: str) -> None:
        self.kept.pop((key, name), None)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such folder")
@pytest.mark.parametrize("folder", ["", "config", "."])
def test_that_start_at_login_goes_by_no_folder_of_settings_that_is_not_a_whole_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    system_autostart(["/opt/stackwatch"]).switch(True)
    assert (tmp_path / "home" / ".config" / "autostart" / "stackwatch.desktop").exists()


def test_that_start_at_login_is_a_desktop_entry_that_says_how_to_start(tmp_path: Path) -> None:
    entry = DesktopEntry(["/opt/Stack watch/stackwatch", "--data-dir", "/data/100%"], tmp_path / "autostart")
    assert not entry.enabled()
    entry.switch(True)
    written = (tmp_path / "autostart" / "stackwatch.desktop").read_text("utf-8")
    assert 'Exec="/opt/Stack watch/stackwatch" --data-dir /data/100%%\n' in written
    assert "TryExec=/opt/Stack watch/stackwatch\n" in written  # so that nothing is tried once it is removed
    assert entry.enabled()
    (tmp_path / "autostart" / "stackwatch.desktop").write_text(written + "Hidden=true\n")
    assert not entry.enabled()  # switched off in the desktop's own settings
    entry.switch(False)
    entry.switch(False)
    assert list((tmp_path / "autostart").iterdir()) == []


def test_that_start_at_login_is_a_launch_agent_on_macos(tmp_path: Path) -> None:
    agent = LaunchAgent(["/Applications/Stackwatch.app/Contents/MacOS/stackwatch"], tmp_path)
    agent.switch(True)
    (file,) = tmp_path.iterdir()
    told = plistlib.loads(file.read_bytes())
    assert told["RunAtLoad"] is True
    assert told["ProgramArguments"] == ["/Applications/Stackwatch.app/Contents/MacOS/stackwatch"]
    assert agent.enabled()
    file.write_bytes(b"not a property list")
    assert not agent.enabled()


def test_that_start_at_login_is_the_value_that_the_windows_installer_writes() -> None:
    registry = RegistryOnPaper()
    login = RunKey([r"C:\Program Files\Stackwatch.exe", "--lang", "ko"], registry)
    login.switch(True)
    key = r"Software\Microsoft\Windows\CurrentVersion\Run"
    assert registry.kept == {(key, "Stackwatch"): r'"C:\Program Files\Stackwatch.exe" --lang ko'}
    installer = (ROOT / "installer" / "windows" / "stackwatch.nsi").read_text("utf-8")
    assert f'!define RUN_KEY "{key}"' in installer
    login.switch(False)
    assert not login.enabled()


def test_that_a_lock_is_given_back_when_its_process_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "window.lock"
    other = _python(HOLD, str(path))
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    lock = FileLock(path)
    assert not lock.acquire()
    other.kill()
    other.communicate()
    assert path.exists()
    assert lock.acquire()
    lock.release()


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("ctypes.string_at(0)", FATAL),
        ("raise ValueError(Path.home())", "ValueError: ~"),
        (ANOTHER_THREAD, "ValueError: invalid literal"),
    ],
    ids=["system", "main thread", "another thread"],
)
def test_that_a_run_that_died_leaves_a_report_without_the_users_name(
    tmp_path: Path, how: str, told: str
) -> None:
    dead = _python(DIE.format(how=how), str(tmp_path))
    dead.communicate(timeout=180)
    assert dead.returncode != 0
    log = CrashLog(tmp_path, "0.1.0")
    report = log.begin()
    log.end()
    assert report is not None
    text = report.read_text("utf-8")
    assert text.startswith("Stackwatch 0.1.0, ")
    assert told in text
    assert str(Path.home()) not in text
    assert CrashLog(tmp_path, "0.1.0")._collect() is None  # told once
    assert [file.name for file in tmp_path.iterdir()] == [report.name]


class FullFile(io.StringIO):
    """A file on a full disk: what is written is refused when it has to go there."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        super().close()
        raise OSError(errno.ENOSPC, "No space left on device")


def test_that_a_full_disk_costs_the_report_and_not_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, open_file = CrashLog(tmp_path, "0.1.0"), Path.open

    def full(path: Path, *how: str, **more: str) -> object:
        return FullFile() if path == log._path and how == ("w",) else open_file(path, *how, **more)  # type: ignore[call-overload]  # as it was called

    monkeypatch.setattr(Path, "open", full)
    assert log.begin() is None
    log.end()
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_that_a_run_that_was_killed_or_goes_on_is_no_crash(tmp_path: Path) -> None:
    running = _python(DIE.format(how="print('on', flush=True); sys.stdin.read()"), str(tmp_path))
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"on"
    log = CrashLog(tmp_path, "0.1.0")
    assert log.begin() is None
    log.end()
    (left,) = tmp_path.iterdir()  # the other goes on writing there
    running.kill()
    running.communicate()
    assert log.begin() is None
    log.end()
    assert not left.exists()


def test_that_the_log_names_neither_the_user_nor_what_an_address_carries() -> None:
    home = str(Path.home())
    line = f"{home}/data/x.toml: https://me:secret@feeds.example.com/rss?key=abc#top (see http://a.b/c)"
    assert without_private(line) == "~/data/x.toml: https://feeds.example.com/rss (see http://a.b/c)"


def test_that_a_log_folder_that_cannot_be_written_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    log = CrashLog(tmp_path / "logs", "0.1.0")
    with caplog.at_level(logging.WARNING):
        assert log.begin() is None
    log.end()
    assert "no crash report" in caplog.text


def test_that_the_self_check_sees_a_broken_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert re.fullmatch(r"ko, \d{3} sentences", self_check.translations())
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "stackwatch_ko.qm").write_bytes(b"cut off")
    monkeypatch.setattr(self_check, "shipped", lambda _kind: tmp_path)
    with pytest.raises(OSError, match=r"stackwatch_ko\.qm"):
        self_check.translations()
    with pytest.raises(OSError, match=r"stackwatch\.svg"):
        self_check.resources()


@pytest.mark.skipif(sys.platform == "win32", reason="which user somebody is decides otherwise on Windows")
def test_that_the_self_check_sees_a_store_that_can_be_read_only() -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = Options(folders=user_folders(Path(folder)))
        assert self_check.store(options).startswith("sound")
        options.folders.store.chmod(0o444)
        Path(folder).chmod(0o777)
        root = os.geteuid() == 0
        if root:
            os.seteuid(NOBODY)
        try:
            with pytest.raises(
                StoreError, match=r"cannot be written \(attempt to write a readonly database\)"
            ):
                self_check.store(options)
        finally:
            if root:
                os.seteuid(0)


def test_that_the_self_check_sees_a_phrasebook_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Phrasebook:
        return Phrasebook({"help": {}})

    monkeypatch.setattr(self_check, "korean", broken)
    with pytest.raises(OSError, match=r"sentences_ko\.toml"):
        self_check.translations()
