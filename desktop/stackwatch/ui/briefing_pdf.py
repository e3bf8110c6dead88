"""A briefing as a PDF, laid out by Qt from the page's own structure; no text is ever read as markup."""

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSaveFile, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from stackwatch import __version__
from stackwatch.domain.briefing_words import Item, Page, Section, Table
from stackwatch.domain.errors import BadInputError
from stackwatch.ui.kit.links import is_web
from stackwatch.ui.kit.theme import Mode, Theme, build_theme

_DPI = 96
_BODY, _SMALL, _HEAD, _TITLE = 9.0, 8.0, 11.0, 16.0  # points


def write_pdf(path: Path, page: Page) -> None:
    """Write a briefing as A4 pages, whole or not at all; raises BadInputError. Needs a QGuiApplication."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise BadInputError(f"{path}: cannot be written ({file.errorString()})")
    writer = QPdfWriter(file)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(16, 14, 16, 14), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    writer.setTitle(page.title)
    writer.setCreator(f"Stackwatch {__version__}")
    document = _Layout(build_theme(Mode.LIGHT)).document(page)
    document.setPageSize(writer.pageLayout().paintRectPixels(_DPI).size().toSizeF())
    document.print_(writer)
    del writer  # the last page is written with it
    if not file.commit():
        raise BadInputError(f"{path}: cannot be written ({file.errorString()})")


def print_alone(path: Path, page: Page) -> None:
    """Write a briefing in a program without a window; no display is needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # nothing is shown
    app = QGuiApplication.instance() or QGuiApplication(["stackwatch"])
    write_pdf(path, page)
    del app


class _Layout:
    """Makes a text document of a page, always in light colours: it is printed."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(self._font(_BODY))
        self._cursor = QTextCursor(self._document)

    def document(self, page: Page) -> QTextDocument:
        """Lay a page out."""
        theme = self._theme
        self._write(page.title, self._ink(_TITLE, theme.t1, bold=True), first=True)
        self._write(page.made, self._ink(_SMALL, theme.t2))
        self._write(page.summary, self._ink(_BODY, theme.t1), above=6)
        for section in page.sections:
            self._section(section)
        return self._document

    def _section(self, section: Section) -> None:
        theme = self._theme
        self._write(section.title, self._ink(_HEAD, theme.t1, bold=True), above=12)
        if section.note:
            self._write(section.note, self._ink(_SMALL, theme.t2), above=1)
        if section.table is not None and section.table.rows:
            self._table(section.table)
        for item in section.items:
            self._item(item)
        if not section.items and (section.table is None or not section.table.rows):
            self._write(section.nothing, self._ink(_BODY, theme.t2), above=2)

    def _item(self, item: Item) -> None:
        theme = self._theme
        self._write(item.head, self._ink(_BODY, theme.t1, bold=bool(item.lines)), above=5)
        for line in item.lines:
            self._write(line, self._ink(_BODY, theme.t2), inset=10)
        if is_web(item.link):
            form = self._ink(_SMALL, theme.you)
            form.setAnchor(True)
            form.setAnchorHref(item.link)
            self._write(item.link, form, inset=10)

    def _table(self, table: Table) -> None:
        form = QTextTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 40 if len(table.heads) == 2 else 100))  # noqa: PLR2004
        form.setCellPadding(2.5)
        form.setCellSpacing(0)
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setHeaderRowCount(1)
        form.setTopMargin(3)
        made = self._cursor.insertTable(len(table.rows) + 1, len(table.heads), form)
        for row, cells in enumerate((table.heads, *table.rows)):
            ink = self._ink(_SMALL if row == 0 else _BODY, self._theme.t2 if row == 0 else self._theme.t1)
            for column, words in enumerate(cells):
                cell = made.cellAt(row, column).firstCursorPosition()
                block = QTextBlockFormat()
                if column in table.figures:
                    block.setAlignment(Qt.AlignmentFlag.AlignRight)
                elif column:
                    block.setLeftMargin(8)
                cell.setBlockFormat(block)
                cell.insertText(words, ink)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _write(
        self,
        words: str,
        form: QTextCharFormat,
        *,
        above: float = 2,
        inset: float = 0,
        first: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(above)
        block.setLeftMargin(inset)
        if first:
            self._cursor.setBlockFormat(block)
        else:
            self._cursor.insertBlock(block)
        self._cursor.insertText(words, form)

    def _ink(self, size: float, colour: QColor, *, bold: bool = False) -> QTextCharFormat:
        form = QTextCharFormat()
        font = self._font(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        form.setFont(font)
        form.setForeground(colour)
        return form

    def _font(self, size: float) -> QFont:
        font = self._theme.font()
        font.setPointSizeF(size)
        return font
