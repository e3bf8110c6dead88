"""The briefing from the window: a key, a file dialog that waits for nobody, and a PDF."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene, scene

from stackwatch.domain.briefing import Briefing
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.events import BriefingMade
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.briefing_words import BriefingPage, BriefingWriter, Item, Section, Table
from stackwatch.ui.briefing_pdf import Sheets, new_writer, write_pdf
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
BRIEFING = Briefing(
    day=scene.NOW.date(), made_at=scene.NOW, market=(), layers=(), unusual=(),
    tied=(), ordinary=(), private=(), alerts=(), judged=0, total=23, headlines_read=61,
)  # fmt: skip


def page() -> BriefingPage:
    words = BriefingWriter(scene.ecosystem(), scene.watchlist(), Language.ENGLISH).page(BRIEFING)
    hostile = Section(
        title="<h1>T</h1>", items=(Item(head="<b>x</b>", lines=("\u202eabc",), link="file:///etc"),)
    )
    return BriefingPage(
        language=words.language, title=words.title, made=words.made, summary=words.summary,
        sections=(*words.sections, hostile),
    )  # fmt: skip


def test_that_what_the_press_gives_a_reason_for_is_not_called_unexplained() -> None:
    writer = BriefingWriter(detail_scene.ecosystem(), scene.watchlist(), Language.ENGLISH)
    plain, press = detail_scene.UNEXPLAINED, detail_scene.PUT_DOWN
    parted = writer.page(replace(BRIEFING, unusual=(press, plain), judged=2))
    assert "1 with a reason that the press gives, 1 unexplained." in parted.summary
    items = {section.title: section.items for section in parted.sections}
    (said,) = items["Beyond their usual range, the press gives a reason"]
    assert "Press attributes the move to earnings news" in said.lines[0]
    assert len(items["Beyond their usual range, unexplained"]) == 1
    without = writer.page(replace(BRIEFING, unusual=(plain,), judged=1))
    assert not any("press" in section.title for section in without.sections)
    assert "press" not in without.summary


def test_that_a_key_asks_for_a_briefing_and_its_answer_for_a_file(
    open_window: Open, commands: scene.RecordedCommands, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    controller = window.controllers.briefing
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert ("request_briefing",) in commands.calls
    window.apply(BriefingMade(BRIEFING))
    assert controller.dialog is not None
    assert Path(controller.dialog.selectedFiles()[0]).name == "stackwatch-2025-07-22.html"
    controller.dialog.reject()
    assert controller.dialog is None
    written: list[Path] = []
    controller.write = lambda path, _page: written.append(path)
    controller.save(tmp_path / "a.html", page())
    qtbot.waitUntil(lambda: "a.html" in window.notice.text)
    assert written == [tmp_path / "a.html"]
    window.apply(BriefingMade(None))  # nobody asked for it
    assert "no briefing" not in window.notice.text


def test_that_a_briefing_that_cannot_be_written_is_told(
    open_window: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    window.controllers.briefing.save(tmp_path / "missing" / "a.pdf", page())
    qtbot.waitUntil(lambda: "cannot be written" in window.notice.text)


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


def laid_out(page: BriefingPage) -> list[str]:
    """Return the text of every sheet."""
    device = QBuffer()
    device.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = new_writer(device)
    document = Sheets(writer).lay_out(page)
    found = [""] * document.pageCount()
    block = document.firstBlock()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        lines = block.layout()
        for line in (lines.lineAt(n) for n in range(lines.lineCount())):
            sheet = int((top + line.y()) // document.pageSize().height())
            found[sheet] += block.text()[line.textStart() : line.textStart() + line.textLength()] + "\n"
        block = block.next()
    return found


def test_that_no_end_of_a_sheet_parts_what_belongs_together(theme: Theme) -> None:
    assert theme
    short = [Item(head=f"(head {n})", lines=(f"(line {n})",) * (n % 4), link="") for n in range(90)]
    endless = Item(head="(head x)", lines=("word " * 2000, "(the very end)"))
    table = Table(heads=("Layer", "Change"), rows=(("(first row)", "1"),) * 30, figures=frozenset({1}))
    told = tuple((f"(name-{n})", "1.0", f"(begin-{n}) {'word ' * (20 + n)}(end-{n})") for n in range(60))
    long = Table(heads=("Name", "Change", "Story"), rows=told, figures=frozenset({1}))
    sections = [
        Section(title=f"(title {place})", items=tuple(short[place : place + 9])) for place in range(0, 90, 9)
    ]
    sections += [Section(title="(long)", items=(endless,)), Section(title="(rows)", table=table)]
    sections.append(Section(title="(table)", table=long))
    found = laid_out(
        BriefingPage(language=Language.ENGLISH, title="T", made="m", summary="s", sections=(*sections,))
    )
    assert len(found) > 4
    for n in range(90):
        assert [page.count(f"(line {n})") for page in found if f"(head {n})" in page] == [n % 4]
    for place in range(0, 90, 9):
        assert [f"(head {place})" in page for page in found if f"(title {place})" in page] == [True]
    assert "word word" in next(page for page in found if "(head x)" in page)
    assert "(first row)" in next(page for page in found if "(rows)" in page)
    assert any("(the very end)" in page for page in found)
    for n in range(60):
        whole = [f"(begin-{n})" in page and f"(end-{n})" in page for page in found if f"(name-{n})" in page]
        assert whole == [True], n
    assert all(len(page.strip()) > 200 for page in found)  # none was left empty on the way


def test_that_no_cell_is_broken_where_its_row_has_room(theme: Theme) -> None:
    assert theme
    for width in range(1, 25):  # as many ends of a column between two pixels
        table = Table(
            heads=("a", "b", "c"), rows=((f"x {'i' * width}", f"y {'i' * width}", "z"),), figures=frozenset()
        )
        found = laid_out(replace(page(), sections=(Section(title="T", table=table),)))
        assert f"x {'i' * width}\ny {'i' * width}\nz\n" in "".join(found)


def test_that_one_long_cell_costs_the_short_ones_of_other_columns_no_second_line() -> None:
    rows = (("09:30", "word " * 40, "Sharp move, tied to news", "word " * 40, "shown with its cause"),) * 60
    table = Table(heads=("Time", "Alert", "Rule", "What was found", "Why no popup"), rows=rows)
    section = Section(title="(alerts)", table=table)
    found = laid_out(
        BriefingPage(language=Language.ENGLISH, title="T", made="m", summary="s", sections=(section,))
    )
    assert sum(page.count("shown with its cause\n") for page in found) == 60
