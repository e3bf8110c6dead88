"""What Windows and macOS do otherwise, played where it meets the program."""

import ctypes
import errno
import io
import json
import logging
import os
import ssl
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType, SimpleNamespace

import pytest
from curl_cffi import CurlOpt
from tests.integration.test_installation import RegistryOnPaper
from tests.wire.server import YahooServer
from tests.wire.world import default_world

from stackwatch import cli
from stackwatch.another_start import own_arguments
from stackwatch.app import Options, load_world
from stackwatch.commands import output, self_check
from stackwatch.domain.errors import BadInputError, ProviderError
from stackwatch.providers.web import certificates, transport
from stackwatch.providers.web import system_proxy as proxies
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.request_log import RequestLog
from stackwatch.providers.yahoo import stream
from stackwatch.storage import whole_file
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite import alert_tables
from stackwatch.storage.sqlite.alert_tables import AlertLog
from stackwatch.storage.sqlite.database import read_only
from stackwatch.storage.whole_file import write_whole
from stackwatch.system import autostart, full_screen
from stackwatch.system.autostart import LaunchAgent, RunKey, own_program
from stackwatch.system.clock import SystemClock
from stackwatch.system.crash_log import CrashLog
from stackwatch.system.display import find_fonts, stay_awake
from stackwatch.system.full_screen import full_screen_check
from stackwatch.system.logs import set_up_logging, without_private

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr("sys.platform", "win32")
    return monkeypatch


# Secure connections


def test_that_a_name_in_hangul_on_windows_keeps_nobody_from_prices(
    tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    with YahooServer(tmp_path, default_world()) as server:
        bundle = str(server.authority.bundle)
        monkey = {"C:\\Me\\김철수\\cacert.pem": bundle}
        windows.setattr(transport, "DEFAULT_CACERT", next(iter(monkey)))
        windows.setattr(certificates, "DEFAULT_CACERT", next(iter(monkey)))
        windows.setattr(certificates.curl_file, "__defaults__", (monkey.__getitem__,))
        windows.setattr("sys.getfilesystemencoding", lambda: "utf-8")
        for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
            windows.delenv(name, raising=False)
        windows.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
        windows.setenv("NO_PROXY", "")
        windows.setenv("no_proxy", "")
        made = transport.GuardedTransport(Limits(), TokenBucket(), RequestLog())
        assert made.request("GET", "https://fc.yahoo.com/").status_code
        assert made.curl_options[CurlOpt.CAINFO] == bundle


def test_that_curl_trusts_a_root_that_the_system_knows_and_that_did_not_come_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with YahooServer(tmp_path, default_world()) as server:
        for name in ("CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority.bundle))  # where OpenSSL looks, and curl not
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.port}")
        monkeypatch.setenv("no_proxy", "")
        alone = transport.GuardedTransport(Limits(), TokenBucket(), RequestLog())
        with pytest.raises(ProviderError, match="not trusted"):
            alone.request("GET", "https://finance.yahoo.com/rss")
        roots = tmp_path / "cache" / "roots.pem"
        together = transport.GuardedTransport(Limits(), TokenBucket(), RequestLog(), roots=roots)
        assert together.request("GET", "https://finance.yahoo.com/rss").ok
        assert [path.name for path in roots.parent.iterdir()] == ["roots.pem"]
        written = roots.stat().st_mtime_ns
        assert certificates.roots_for_curl(roots) == str(roots)
        assert roots.stat().st_mtime_ns == written


def test_that_roots_that_cannot_be_written_leave_curl_its_own(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert certificates.roots_for_curl(tmp_path / "cache" / "roots.pem") == transport.DEFAULT_CACERT


def test_that_the_proxy_of_the_systems_settings_is_used_where_the_environment_names_none(
    tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        windows.delenv(name, raising=False)
    with YahooServer(tmp_path, default_world()) as server:
        windows.setattr(transport, "roots_for_curl", lambda _path: str(server.authority.bundle))
        windows.setattr(proxies, "getproxies", lambda: {"https": f"http://127.0.0.1:{server.port}"})
        windows.setattr(proxies, "proxy_bypass", lambda host: host == "inside.example")
        made = transport.GuardedTransport(Limits(), TokenBucket(), RequestLog())
        assert made.request("GET", "https://fc.yahoo.com/").status_code == 404
        assert proxies.system_proxy("inside.example") is None
        windows.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
        assert proxies.system_proxy("fc.yahoo.com") is None


def test_that_a_file_is_named_to_curl_as_windows_names_it_in_its_code_page(
    windows: pytest.MonkeyPatch,
) -> None:
    path = "C:\\Me\\김철수\\cacert.pem"
    assert certificates.curl_file("C:\\Kim\\cacert.pem") == "C:\\Kim\\cacert.pem"
    assert (
        certificates.curl_file(path, lambda _path: "C:\\People\\~1\\CACERT.PEM")
        == "C:\\People\\~1\\CACERT.PEM"
    )
    windows.setattr("sys.platform", "linux")
    assert certificates.curl_file(path) == path


def test_that_the_self_check_says_that_curl_cannot_read_the_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "root certificates" in self_check.secure_connections()
    monkeypatch.setattr(certificates, "curl_file", lambda _path: b"C:/People/\xea\xb9\x80/cacert.pem")
    with pytest.raises(OSError, match="curl cannot read the root certificates"):
        self_check.secure_connections()


def test_that_the_price_stream_trusts_somebody_where_openssl_finds_no_roots(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", lambda *_words: None)  # as frozen on macOS
    assert ssl.create_default_context().get_ca_certs() == []
    given: dict[str, object] = {}
    monkeypatch.setattr(stream, "connect", lambda _url, **words: given.update(words))
    stream.YahooStream(SystemClock(), lambda: 60.0)._connect()
    context = given["ssl"]
    assert isinstance(context, ssl.SSLContext)
    assert len(context.get_ca_certs()) > 50
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


# Files


def test_that_a_file_that_somebody_reads_on_windows_is_replaced_a_moment_later(
    tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    path, tries = tmp_path / "rules.toml", [0]
    waited: list[float] = []
    path.write_text("old", "utf-8")
    replace = Path.replace

    def held(draft: Path, target: Path) -> Path:
        tries[0] += 1
        if tries[0] < 4:
            raise PermissionError(errno.EACCES, "Access is denied")
        return replace(draft, target)

    windows.setattr(Path, "replace", held)
    windows.setattr(whole_file.time, "sleep", waited.append)
    write_whole(path, "new")
    assert path.read_text("utf-8") == "new"
    assert len(waited) == 3


def test_that_an_alert_is_kept_where_windows_lets_nobody_turn_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_tables, "MOST_BYTES", 5)
    kept = AlertLog(tmp_path / "alerts.jsonl")
    kept.append(['{"id": 1}'])

    def held(_path: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "Access is denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        kept.append(['{"id": 2}'])
    kept.append(['{"id": 3}'])
    assert list(kept.lines()) == [b'{"id": 1}', b'{"id": 2}', b'{"id": 3}']


def test_that_a_list_that_was_named_elsewhere_as_windows_names_a_device_is_kept(tmp_path: Path) -> None:
    given = tmp_path / "given.toml"
    row = '[[layer]]\nid = "chips"\nname = { en = "Chips", ko = "칩" }\nsymbols = ["NVDA"]\n'
    given.write_text(f'version = 1\nid = "con"\nname = {{ en = "Con", ko = "콘" }}\n{row}', "utf-8")
    book = load_world(user_folders(tmp_path)).book
    assert book is not None
    read = book.read(given)
    book.keep(read.watchlist)
    assert {path.name for path in user_folders(tmp_path).lists.iterdir()} == {"list-con.toml", "current.txt"}
    again = load_world(user_folders(tmp_path))
    assert (again.watchlist.id, again.notices) == ("con", ())


class Place(PureWindowsPath):
    """A path of Windows that is as long as it can be."""

    def resolve(self) -> "Place":
        return self


@pytest.mark.filterwarnings("ignore:pathlib.PurePath.as_uri")  # of a path of Windows elsewhere
def test_that_sqlite_is_told_of_a_shared_folder_of_windows_without_a_server(tmp_path: Path) -> None:
    share, disk = Place("//server/share/Stackwatch/a b.sqlite3"), Place("C:/People/Kim/a.sqlite3")
    assert read_only(share) == "file:////server/share/Stackwatch/a%20b.sqlite3?mode=ro"  # type: ignore[arg-type]
    assert read_only(disk) == "file:///C:/People/Kim/a.sqlite3?mode=ro"  # type: ignore[arg-type]
    assert read_only(tmp_path / "a.sqlite3") == f"{tmp_path.resolve().as_uri()}/a.sqlite3?mode=ro"


# The log, and reports of faults


def test_that_the_log_names_no_user_of_windows_however_the_path_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Path, "home", lambda: PureWindowsPath("C:\\People\\김 철수"))
    for written in (
        "C:\\People\\김 철수\\a.toml",
        "C:/People/김 철수/a.toml",  # as Qt writes it
        "'C:\\\\People\\\\김 철수\\\\a.toml'",  # as Python quotes it
        "c:\\people\\김 철수\\A.TOML",
    ):
        assert "김 철수" not in without_private(f"fault in {written}: no")


def test_that_the_log_goes_on_where_windows_lets_nobody_turn_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    monkeypatch.setattr("stackwatch.system.logs._FILE_BYTES", 200)
    older = tmp_path / "stackwatch.log.1"
    older.write_text("older\n", "utf-8")
    rename = os.rename

    def held(source: str, target: str) -> None:
        if str(source).endswith(".log"):
            raise PermissionError(errno.EACCES, "used by another process")
        rename(source, target)

    monkeypatch.setattr(os, "rename", held)
    try:
        set_up_logging(tmp_path)
        for number in range(9):
            logging.getLogger("stackwatch.test").info("line %d %s", number, "x" * 80)
    finally:
        for handler in root.handlers:
            if handler not in before:
                handler.close()
        root.handlers[:] = before
        root.setLevel(level)
    kept = (tmp_path / "stackwatch.log").read_text("utf-8")
    assert [number for number in range(9) if f"line {number} " in kept] == list(range(9))
    assert (tmp_path / "stackwatch.log.2").read_text("utf-8") == "older\n"
    assert capsys.readouterr().err == ""


def test_that_what_windows_raised_and_handled_is_no_crash(tmp_path: Path) -> None:
    log = CrashLog(tmp_path, "0.1.0")
    assert log.begin() is None
    assert log._file is not None
    os.write(
        log._file.fileno(),
        b"Windows fatal exception: code 0x8001010d\n\nThread 0x1 (most recent call first)\n",
    )
    log.end()
    assert list(tmp_path.iterdir()) == []


# Start at login, and the window


def test_that_a_start_that_was_switched_off_in_windows_is_off_and_can_be_switched_on() -> None:
    registry = RegistryOnPaper()
    login = RunKey(["C:\\Stackwatch.exe"], registry)
    login.switch(True)
    approved = (r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run", "Stackwatch")
    registry.kept[approved] = bytes([3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8])
    assert not login.enabled()
    registry.kept[approved] = bytes([2, *[0] * 11])
    assert login.enabled()
    registry.kept[approved] = bytes([3, *[0] * 11])
    login.switch(True)
    assert login.enabled()
    login.switch(False)
    assert registry.kept == {}


@pytest.mark.parametrize(
    "place",
    ["/private/var/folders/x/T/AppTranslocation/A1B2/d/Stackwatch.app", "/Volumes/Stackwatch/Stackwatch.app"],
)
def test_that_an_app_that_is_not_in_applications_yet_is_not_started_at_login(
    tmp_path: Path, place: str
) -> None:
    agent = LaunchAgent([f"{place}/Contents/MacOS/stackwatch"], tmp_path / "LaunchAgents")
    with pytest.raises(OSError, match="move it into Applications"):
        agent.switch(True)
    assert not agent.enabled()


def test_that_the_program_for_commands_begins_the_one_with_the_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_program() == sys.executable
    monkeypatch.setattr(sys, "executable", str(tmp_path / "stackwatch-cli.exe"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_program() == sys.executable
    (tmp_path / "Stackwatch.exe").touch()
    assert autostart.own_program() == str(tmp_path / "Stackwatch.exe")


def test_that_a_data_folder_is_found_again_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = own_arguments(Options(folders=user_folders(Path("here"))))
    assert told[-2:] == ["--data-dir", str(tmp_path / "here")]


@pytest.mark.parametrize(("beyond", "busy"), [(0, False), (1, True)])
def test_that_the_full_screen_of_this_program_itself_is_no_presentation_on_windows(
    windows: pytest.MonkeyPatch, beyond: int, *, busy: bool
) -> None:
    class Library:
        """Answers as Windows does when a program has the whole screen."""

        class GetForegroundWindow:
            restype: object = None

            def __new__(cls) -> int:  # type: ignore[misc]
                return 77

        @staticmethod
        def SHQueryUserNotificationState(state: object) -> int:  # noqa: N802 - Windows' name
            ctypes.cast(state, ctypes.POINTER(ctypes.c_int))[0] = 2  # type: ignore[arg-type]
            return 0

        @staticmethod
        def GetWindowThreadProcessId(_window: object, process: object) -> int:  # noqa: N802
            ctypes.cast(process, ctypes.POINTER(ctypes.c_ulong))[0] = os.getpid() + beyond  # type: ignore[arg-type]
            return 1

    windows.setattr(full_screen.ctypes, "CDLL", lambda _name: Library)
    assert full_screen_check()() is busy


def test_that_qt_finds_windows_fonts_where_nothing_is_shown(windows: pytest.MonkeyPatch) -> None:
    windows.setenv("SYSTEMROOT", "D:/Windows")
    windows.delenv("QT_QPA_FONTDIR", raising=False)
    find_fonts()
    assert os.environ["QT_QPA_FONTDIR"] == f"D:/Windows{os.sep}Fonts"
    windows.setenv("QT_QPA_FONTDIR", "mine")
    find_fonts()
    assert os.environ["QT_QPA_FONTDIR"] == "mine"


def test_that_macos_is_asked_not_to_slow_a_hidden_program_down(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, str]] = []

    class Process:
        @staticmethod
        def beginActivityWithOptions(options: int, *, reason: str) -> str:  # noqa: N802 - Apple's name
            asked.append((options, reason))
            return "token"

    bridge = ModuleType("rubicon.objc")
    bridge.ObjCClass = lambda name: SimpleNamespace(processInfo=Process) if name == "NSProcessInfo" else None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rubicon", ModuleType("rubicon"))
    monkeypatch.setitem(sys.modules, "rubicon.objc", bridge)
    assert stay_awake() is None
    monkeypatch.setattr("sys.platform", "darwin")
    assert stay_awake() == "token"
    assert asked == [(0x00FFFFFF & ~(1 << 20), "watching prices")]  # all but keeping the machine awake


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the environment of PyInstaller on Linux")
def test_that_what_the_frozen_program_begins_loads_none_of_its_libraries_and_itself_all_of_them() -> None:
    names = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "PYINSTALLER_RESET_ENVIRONMENT")
    code = (
        "import os, runpy, sys\nsys.argv = ['stackwatch', '--version']\n"
        f"try: runpy.run_path({str(ROOT / 'installer' / 'entry.py')!r}, run_name='__main__')\n"
        f"except SystemExit: print(*(os.environ.get(name) for name in {names}))"
    )
    frozen = {"LD_LIBRARY_PATH": "/opt/_internal", "QT_PLUGIN_PATH": "/opt/_internal/plugins"}
    for given, wanted in (({}, b"None None 1"), ({"LD_LIBRARY_PATH_ORIG": "/mine"}, b"/mine None 1")):
        env = os.environ | {"PYTHONPATH": str(ROOT / "desktop")} | frozen | given
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
        assert done.stdout.splitlines()[-1] == wanted


# What is printed


def test_that_korean_goes_through_a_pipe_whatever_the_code_page_is(tmp_path: Path) -> None:
    title = "엔비디아 −3% – 삼성전자"
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    env |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT / "desktop")}
    done = subprocess.run(
        [sys.executable, "-m", "stackwatch", "--data-dir", str(tmp_path), "link", "--json"],
        input=f"{title}\n".encode(), capture_output=True, timeout=180, env=env, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["title"] == title


def test_that_a_terminal_that_lacks_a_letter_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(shown, encoding="cp1252"))
    cli._speak_utf8()
    output.say("삼성 −3% …")
    assert shown.getvalue().rstrip() == "?? ?3% …".encode("cp1252")


def test_that_a_reader_that_left_ends_a_running_watch_quietly(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stackwatch", "--data-dir", str(tmp_path), "watch", "--demo", "--json"]
    env = os.environ | {"PYTHONPATH": str(ROOT / "desktop")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["type"] in ("quote", "headline", "health")
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=180) == 0


def test_that_a_reader_that_left_ends_the_program_quietly_on_windows_too(
    windows: pytest.MonkeyPatch,
) -> None:
    class Closed(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.EINVAL, "Invalid argument")

    windows.setattr(sys, "stdout", Closed())
    with pytest.raises(BrokenPipeError):
        output.say("anything")
    windows.setattr("sys.platform", "linux")
    with pytest.raises(BadInputError, match="Invalid argument"):
        output.say("anything")
