"""The briefing from the window: a key, a file dialog that waits for nobody, and a PDF."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.domain.briefing import Briefing
from stackwatch.domain.briefing_words import BriefingWriter, Item, Page, Section
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import BriefingMade
from stackwatch.domain.watchlist import Language
from stackwatch.ui.briefing_pdf import write_pdf
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
BRIEFING = Briefing(
    day=scene.NOW.date(), made_at=scene.NOW, list_id="ai", market=(), layers=(), unusual=(), unexplained=(),
    ordinary=(), private=(), alerts=(), judged=0, total=23, headlines_read=61,
)  # fmt: skip


def page() -> Page:
    words = BriefingWriter(scene.ecosystem(), scene.watchlist().names, Language.ENGLISH).page(BRIEFING)
    hostile = Section(
        title="<h1>T</h1>", items=(Item(head="<b>x</b>", lines=("\u202eabc",), link="file:///etc"),)
    )
    return Page(
        language=words.language, title=words.title, made=words.made, summary=words.summary,
        sections=(*words.sections, hostile),
    )  # fmt: skip


def test_that_a_key_asks_for_a_briefing_and_its_answer_for_a_file(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    desk = window.desks.briefing
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert ("request_briefing",) in commands.calls
    window.apply(BriefingMade(BRIEFING))
    assert desk.dialog is not None
    assert Path(desk.dialog.selectedFiles()[0]).name == "stackwatch-2025-07-22.html"
    desk.dialog.reject()
    assert desk.dialog is None
    written: list[Path] = []
    desk.write = lambda path, _page: written.append(path)
    desk.save(tmp_path / "a.html", page())
    qtbot.waitUntil(lambda: "a.html" in window.notice.text, timeout=3000)
    assert written == [tmp_path / "a.html"]
    window.apply(BriefingMade(None))  # nobody asked for it
    assert "no briefing" not in window.notice.text


def test_that_a_briefing_that_cannot_be_written_is_told(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    window.desks.briefing.save(tmp_path / "missing" / "a.pdf", page())
    qtbot.waitUntil(lambda: "cannot be written" in window.notice.text, timeout=3000)


def test_that_a_pdf_is_written_whole_and_refused_where_there_is_no_folder(
    theme: Theme, tmp_path: Path
) -> None:
    assert theme
    target = tmp_path / "a.pdf"
    write_pdf(target, page())
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert b"%%EOF" in data[-16:]
    assert b"file:///etc" not in data
    with pytest.raises(BadInputError, match="cannot be written"):
        write_pdf(tmp_path / "missing" / "a.pdf", page())
