"""A briefing as a PDF, laid out by Qt from the page's own structure; no text is ever read as markup."""

import os
from math import ceil
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from stackwatch import __version__
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.words.briefing_words import BriefingPage, Item, Section, Table
from stackwatch.ui.kit.links import is_web
from stackwatch.ui.kit.theme import ThemeMode, build_theme

_DPI = 96
_BODY, _SMALL, _HEAD, _TITLE = 9.0, 8.0, 11.0, 16.0  # points
_FOOT, _PADDING, _APART = 26, 2.5, 8  # pixels at _DPI
_EDGE = 2  # pixels that Qt keeps for the edges of a column


def write_pdf(path: Path, page: BriefingPage) -> None:
    """Write a briefing as A4 pages, whole or not at all; raises BadInputError. Needs a QGuiApplication."""
    file = QSaveFile(str(path))
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        raise BadInputError(f"{path}: cannot be written ({file.errorString()})")
    writer = new_writer(file)
    writer.setTitle(page.title)
    writer.setCreator(f"Stackwatch {__version__}")
    sheets = Sheets(writer)
    sheets.lay_out(page)
    sheets.print(page.title)
    del sheets, writer  # the last page is written with it
    if not file.commit():
        raise BadInputError(f"{path}: cannot be written ({file.errorString()})")


def new_writer(file: QIODevice) -> QPdfWriter:
    """Return a writer of A4 pages."""
    writer = QPdfWriter(file)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(16, 14, 16, 14), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DPI)
    return writer


def print_alone(path: Path, page: BriefingPage) -> None:
    """Write a briefing in a program without a window; no display is needed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # nothing is shown
    app = QGuiApplication.instance() or QGuiApplication(["stackwatch"])
    write_pdf(path, page)
    del app


class Sheets:
    """Lays a page out on a writer's sheets, always in light colours: it is printed."""

    def __init__(self, writer: QPdfWriter) -> None:
        self._theme, self._writer = build_theme(ThemeMode.LIGHT), writer
        self._sheet = writer.pageLayout().paintRectPixels(_DPI).size().toSizeF()
        self._document = QTextDocument()
        self._document.setDocumentMargin(0)
        self._document.setDefaultFont(self._font(_BODY))
        self._document.documentLayout().setPaintDevice(writer)
        self._document.setPageSize(QSizeF(self._sheet.width(), self._sheet.height() - _FOOT))
        self._cursor = QTextCursor(self._document)
        self._groups: list[tuple[int, int, int]] = []  # first block, the least that stays with it, last

    def lay_out(self, page: BriefingPage) -> QTextDocument:
        """Lay a page out so that what belongs together stays on one sheet."""
        theme = self._theme
        self._cursor.beginEditBlock()  # laid out once, not with every word
        self._write(page.title, self._ink(_TITLE, theme.t1, bold=True), first=True)
        self._write(page.made, self._ink(_SMALL, theme.t2))
        self._write(page.summary, self._ink(_BODY, theme.t1), above=6)
        for section in page.sections:
            self._section(section)
        self._cursor.endEditBlock()
        for group in self._groups:
            self._keep_together(*group)
        return self._document

    def print(self, title: str) -> None:
        """Paint the sheets, each with the title and its number at the foot."""
        painter = QPainter(self._writer)
        layout, count = self._document.documentLayout(), self._document.pageCount()
        size = self._document.pageSize()
        context = QAbstractTextDocumentLayout.PaintContext()
        foot = QRectF(0, size.height(), size.width(), _FOOT)
        caption = self._font(_SMALL)
        short = QFontMetricsF(caption, self._writer).elidedText(
            title, Qt.TextElideMode.ElideRight, size.width() * 0.8
        )
        for number in range(count):
            if number:
                self._writer.newPage()
            painter.save()
            painter.translate(0, -number * size.height())
            context.clip = QRectF(0, number * size.height(), size.width(), size.height())
            painter.setClipRect(context.clip)
            layout.draw(painter, context)
            painter.restore()
            if count > 1:
                painter.setFont(caption)
                painter.setPen(self._theme.t2)
                painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, short)
                place = f"{number + 1} / {count}"
                painter.drawText(foot, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, place)
        painter.end()

    def _keep_together(self, first: int, least: int, last: int) -> None:
        """Begin a new sheet with a group that a sheet's end would part; of a longer one, its beginning."""
        height = self._document.pageSize().height()
        for end in (last, least):
            top = self._lines_of(first)[0]
            bottom = max(self._lines_of(block)[1] for block in range(first, end + 1))
            if top // height == bottom // height:
                return
            if bottom - top < height:
                self._begin_sheet(first, height - top % height)
                return

    def _begin_sheet(self, number: int, room: float) -> None:
        """Let a block begin a new sheet; before a row of a table the row above fills the ``room`` left."""
        cursor = QTextCursor(self._document.findBlockByNumber(number))
        table: QTextTable | None = cursor.currentTable()
        cursor.beginEditBlock()
        if table is None:
            block = cursor.blockFormat()
            block.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(block)
        else:
            above = table.cellAt(cursor).row() - 1
            for cell in (table.cellAt(above, column) for column in range(table.columns())):
                form = cell.format().toTableCellFormat()
                form.setBottomPadding(max(room - _PADDING, _PADDING))
                cell.setFormat(form)
        cursor.endEditBlock()

    def _lines_of(self, number: int) -> tuple[float, float]:
        """Return the top of a block's first line and the bottom of its last."""
        block = self._document.findBlockByNumber(number)
        top = self._document.documentLayout().blockBoundingRect(block).top()
        lines = block.layout()
        last = lines.lineAt(lines.lineCount() - 1)
        return top + lines.lineAt(0).y(), top + last.y() + last.height() - 1

    def _section(self, section: Section) -> None:
        theme = self._theme
        self._write(section.title, self._ink(_HEAD, theme.t1, bold=True), above=12)
        first = self._block()
        if section.note:
            self._write(section.note, self._ink(_SMALL, theme.t2), above=1)
        if section.table is not None and section.table.rows:
            self._table(section.table)
            columns = len(section.table.heads)
            rows = range(self._block() - columns * len(section.table.rows), self._block(), columns)
            begin = rows[0] + columns - 1
            self._groups.append((first, begin, begin))
            self._groups += [(row, row + columns - 1, row + columns - 1) for row in rows[1:]]
            first = self._block()
        for place, item in enumerate(section.items):
            head = self._item(item)
            self._groups.append((first if place == 0 else head, min(head + 1, self._block()), self._block()))
        if not section.items and (section.table is None or not section.table.rows):
            self._write(section.nothing, self._ink(_BODY, theme.t2), above=2)
            self._groups.append((first, self._block(), self._block()))

    def _block(self) -> int:
        return self._cursor.blockNumber()

    def _item(self, item: Item) -> int:
        """Write a point and return the number of its first block."""
        theme = self._theme
        self._write(item.head, self._ink(_BODY, theme.t1, bold=bool(item.lines)), above=5)
        head = self._block()
        for line in item.lines:
            self._write(line, self._ink(_BODY, theme.t2), inset=10)
        if is_web(item.link):
            form = self._ink(_SMALL, theme.you)
            form.setAnchor(True)
            form.setAnchorHref(item.link)
            self._write(item.link, form, inset=10)
        return head

    def _table(self, table: Table) -> None:
        form = QTextTableFormat()
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 40 if table.narrow else 100))
        form.setCellPadding(_PADDING)
        form.setCellSpacing(0)
        form.setBorder(0)
        form.setBorderCollapse(True)
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        form.setHeaderRowCount(1)
        form.setTopMargin(3)
        if not table.narrow:
            form.setColumnWidthConstraints(self._widths(table))
        made = self._cursor.insertTable(len(table.rows) + 1, len(table.heads), form)
        rule = QTextTableCellFormat()
        rule.setBottomBorder(1)
        rule.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        rule.setBottomBorderBrush(self._theme.line)
        for row, cells in enumerate((table.heads, *table.rows)):
            ink = self._ink(_SMALL if row == 0 else _BODY, self._theme.t2 if row == 0 else self._theme.t1)
            for column, words in enumerate(cells):
                rule.setLeftPadding(_PADDING if column else 0)  # names stand under the title
                made.cellAt(row, column).setFormat(rule)
                cell = made.cellAt(row, column).firstCursorPosition()
                block = QTextBlockFormat()
                if column in table.figures:
                    block.setAlignment(Qt.AlignmentFlag.AlignRight)
                elif column:
                    block.setLeftMargin(_APART)
                cell.setBlockFormat(block)
                cell.insertText(words, ink)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)

    def _widths(self, table: Table) -> list[QTextLength]:
        """Give every column what its words need; where that is too much, the widest share what is left."""
        metrics = QFontMetricsF(self._font(_BODY), self._writer)
        needs = []
        for column in range(len(table.heads)):
            longest = max(metrics.horizontalAdvance(row[column]) for row in (table.heads, *table.rows))
            needs.append(ceil(longest) + 2 * _PADDING + _APART)  # Qt puts columns at whole pixels
        most = left = self._sheet.width() - _EDGE * len(needs)
        for place, need in enumerate(sorted(needs)):
            most = left / (len(needs) - place)
            if need > most:
                break
            left -= need
        rooms = [QTextLength(QTextLength.Type.FixedLength, min(need, most)) for need in needs[:-1]]
        return [*rooms, QTextLength(QTextLength.Type.VariableLength, 0)]

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
