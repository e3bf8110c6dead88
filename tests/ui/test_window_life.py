"""One window of a data folder: a second start calls the first, and a fault of the run before is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.scene import speak

from stackwatch.domain.errors import BadInputError, StoreError
from stackwatch.domain.events import UpdateFound
from stackwatch.domain.release import Release
from stackwatch.domain.watchlist import Language
from stackwatch.storage.locations import user_folders
from stackwatch.system.alert_turn import WINDOW_LOCK
from stackwatch.system.file_lock import FileLock
from stackwatch.ui.frame.instance_listener import address, call_instance
from stackwatch.ui.frame.window import MainWindow
from stackwatch.window_life import WindowLife, fault_box

Open = Callable[..., MainWindow]
ROOT = Path(__file__).resolve().parents[2]


def second_start(qtbot: QtBot, folder: Path, *arguments: str) -> tuple[int | None, str]:
    """Start the program once more; returns how it ended, and what it said."""
    second = subprocess.Popen(
        [sys.executable, "-m", "stackwatch", "--data-dir", str(folder), *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "desktop"), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    return second.returncode, second.communicate()[1].decode("utf-8")


def test_that_a_second_start_brings_the_first_window_forward(
    tmp_path: Path, open_window: Open, qtbot: QtBot
) -> None:
    first = WindowLife(user_folders(tmp_path), single=True)
    assert first.begin()
    window = open_window()
    first.attach(window)
    window.showMinimized()
    assert second_start(qtbot, tmp_path) == (0, "")
    assert not window.isMinimized()
    other = WindowLife(user_folders(tmp_path / "other"), single=True)
    assert other.begin()  # another data folder is another program
    other.end()
    first.end()
    third = WindowLife(user_folders(tmp_path), single=True)
    assert third.begin()
    third.end()


def test_that_a_second_start_says_what_of_its_command_line_does_not_count(
    tmp_path: Path, open_window: Open, qtbot: QtBot
) -> None:
    first = WindowLife(user_folders(tmp_path), single=True)
    assert first.begin()
    first.attach(open_window())
    code, told = second_start(qtbot, tmp_path, "--view", "heat", "--watchlist", "mine.toml")
    assert (code, told.endswith("came forward as it is, without --watchlist, --view\n")) == (0, True)
    assert "적용하지 않음: --lang" in second_start(qtbot, tmp_path, "--lang", "ko")[1]
    first.end()


def test_that_a_window_opens_while_a_watch_looks_whether_one_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = FileLock(user_folders(tmp_path).data / WINDOW_LOCK)
    assert look.acquire()
    monkeypatch.setattr("stackwatch.window_life.time.sleep", lambda _seconds: look.release())
    life = WindowLife(user_folders(tmp_path), single=True)
    assert life.begin()
    life.end()


def test_that_a_window_that_does_not_answer_is_named(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp
    hung = WindowLife(user_folders(tmp_path), single=True)
    assert hung.begin()
    monkeypatch.setattr(
        "stackwatch.ui.frame.instance_listener.call_instance", lambda name: call_instance(name, patience=0.3)
    )
    with pytest.raises(BadInputError, match="does not answer"):
        WindowLife(user_folders(tmp_path), single=True).begin()
    hung.end()


def test_that_a_socket_belongs_to_one_folder(tmp_path: Path) -> None:
    assert address(tmp_path / "a") == address(tmp_path / "b" / ".." / "a")
    assert address(tmp_path / "a") != address(tmp_path / "b")


def test_that_a_fault_of_the_run_before_is_told_with_its_folder(
    tmp_path: Path, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    logs = tmp_path / "logs"
    logs.mkdir()
    (logs / "running-1.log").write_text("Stackwatch 0.1.0\nFatal Python error: Segmentation fault\n")
    life = WindowLife(user_folders(tmp_path), single=False)
    assert life.begin()
    window = open_window()
    life.attach(window)
    life.end()
    assert window.notice.text.startswith("Stackwatch met a fault")
    assert window.notice.open_button.text() == "Open the folder"
    window.notice.open_button.click()
    assert [Path(url.toLocalFile()) for url in opened] == [logs]
    speak(window.notice, Language.KOREAN)
    assert window.notice.text.startswith("지난 실행 중 오류가")


def test_that_a_newer_version_is_told_with_its_page_and_closing_forgets_it(open_window: Open) -> None:
    window = open_window()
    window.apply(UpdateFound(Release("0.2.0", "https://example.com/releases/v0.2.0")))
    assert window.notice.text == "Stackwatch 0.2.0 is published; nothing is installed."
    assert window.notice.open_button.text() == "Open the page"
    window.notice.dismiss()
    window.show_notice("something else")
    assert not window.notice.open_button.isVisible()


def test_that_what_keeps_a_window_from_opening_is_said_in_its_language_and_is_no_markup(
    qapp: QApplication,
) -> None:
    assert qapp
    fault = StoreError("/a/<b>x</b>: the data folder cannot be made (File exists)")
    box = fault_box(fault, Language.KOREAN)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text() == "/a/<b>x</b>: 데이터 폴더를 만들지 못했습니다(이미 있음)"
    assert fault_box(fault, Language.ENGLISH).text() == str(fault)
