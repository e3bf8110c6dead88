"""Tables of names as brokers and other programs export them: where the head is, and what a row names."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from stackwatch.storage.cells import uncell

_SYMBOL_HEADS = (
    *("symbol", "ticker", "ticker symbol", "stock symbol", "instrument"),
    *("종목코드", "종목 코드", "단축코드", "종목번호", "티커", "심볼"),
)
_NAME_HEADS = (
    *("name", "company", "company name", "security", "security name", "description"),
    *("종목명", "종목", "회사명"),
)
_HEADS = frozenset((*_SYMBOL_HEADS, *_NAME_HEADS)) - {"description", "name"}  # those that alone make a table
_BOARD_HEADS = ("시장구분", "시장", "market", "exchange", "거래소")
_KOSDAQ = ("KOSDAQ", "코스닥")
_DIVIDERS = ",;\t"
_MOST_BEFORE = 12  # lines about the account, above the head
_SEOUL = re.compile(r"[A']?(\d{1,6})")  # A005930 at some, and a spreadsheet takes the noughts away
_FOOTNOTES = "*\u2020 "


@dataclass(frozen=True, slots=True)
class TableHead:
    """The head of a table: its line in the text, counted from 0, what divides cells, and their names."""

    line: int
    divider: str
    names: tuple[str, ...]

    def place(self, *wanted: str) -> int | None:
        """Return the place of the first of some names that there is."""
        return next((self.names.index(name) for name in wanted if name in self.names), None)


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row says: a symbol and a name, each empty where there is none, and the layer it stands in."""

    line: int
    symbol: str
    name: str
    section: str


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that cannot be read, and why."""

    line: int
    reason: str


def find_head(text: str) -> TableHead | None:
    """Return the head of the table that a text is, None for what is none."""
    for number, line in enumerate(text.lstrip().splitlines()[:_MOST_BEFORE], _blank_lines(text)):
        for divider in _DIVIDERS:
            cells = next(csv.reader([line], delimiter=divider), [])
            names = tuple(name.strip().strip("\ufeff").casefold() for name in cells)
            if not _HEADS.isdisjoint(names):
                return TableHead(number, divider, names)
    return None


def _blank_lines(text: str) -> int:
    return len(text[: len(text) - len(text.lstrip())].splitlines())


def table_rows(text: str, head: TableHead) -> Iterator[TableRow | BrokenRow]:
    """Yield what stands below the head of a table; rows without any cell are none."""
    text = text.rstrip()
    below = "".join(text.splitlines(keepends=True)[head.line + 1 :])
    rows = csv.reader(io.StringIO(below), delimiter=head.divider)
    first, line = head.line + 1, 0
    symbol, name = head.place(*_SYMBOL_HEADS), head.place(*_NAME_HEADS)
    korean = symbol is not None and not head.names[symbol].isascii()
    comment, board = head.place("comment"), head.place(*_BOARD_HEADS)
    try:
        for row in rows:
            begins, line = line + 1, rows.line_num
            if not any(value.strip() for value in row):
                continue
            if "\n" in row[-1] and line > below.count("\n") and not text.endswith('"'):  # it has no end
                reason = f"a quote that is never closed; lines to {first + line} are in it"
                yield BrokenRow(first + begins, reason)
            alone = len(head.names) == 1  # then every cell is what the head says
            for cells in [[value] for value in row if value.strip()] if alone else [row]:
                told = _cell(cells, symbol).rstrip(_FOOTNOTES)
                if korean and (code := _SEOUL.fullmatch(told)):
                    told = _of_seoul(code[1], _cell(cells, board))
                yield TableRow(first + line, told, _cell(cells, name), _cell(cells, comment))
    except csv.Error as fault:
        yield BrokenRow(first + rows.line_num, f"not a row of a table ({fault})")


def _of_seoul(code: str, board: str) -> str:
    """Return a share of Korea as it can be looked up: its second board has a name of its own."""
    return f"{code:0>6}.KQ" if any(word in board.upper() for word in _KOSDAQ) else f"KRX:{code}"


def _cell(row: list[str], place: int | None) -> str:
    return "" if place is None or place >= len(row) else uncell(row[place].strip())
