"""Read tables a user brings along: prices and headlines as CSV. Bad rows are named by line, the rest kept."""

import csv
import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.words.format import headline_text
from stackwatch.domain.words.markup import without_tags
from stackwatch.storage.sqlite.news_tables import IMPORTED
from stackwatch.storage.text_lines import ENCODING, ERRORS, legible, open_file, refuse_no_text

LONG_HEADER = ("symbol", "date", "open", "high", "low", "close", "volume")
HEADLINE_HEADER = ("published", "publisher", "title", "link")
_OTHER_HEADS = {
    "ticker": "symbol",
    "티커": "symbol",
    "종목코드": "symbol",
    "날짜": "date",
    "일자": "date",
    "시가": "open",
    "고가": "high",
    "저가": "low",
    "종가": "close",
    "거래량": "volume",
}
_NEEDED = frozenset({"date", "close"})
# Heads of a long table, which a wide one cannot have; Open and Low are shares, too.
_NO_SYMBOLS = frozenset({"symbol", "close", "volume", "price", "last", "high", "vol.", "adj close"})
_DIVIDERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_MAX_BYTES = 500_000_000
_MAX_FIELD = 4_000
_MAX_LINE = 1_000_000  # a wide table of all the world's shares has less
_MAX_TITLE, _MAX_PUBLISHER = 500, 100
_SYMBOL_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-^=")
_MAX_SYMBOL = 20
_PRICES = (1e-6, 1e12)  # wider than those of any share, in any currency
_YEARS = range(1900, 2200)
# 2025/7/22 and 2025. 7. 22., which can be one day only
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.년]\s?(\d\d?)\s?[-/.월]\s?(\d\d?)[.일]?(?=[ T]|$)")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:[.][0-9]*)?")  # 66,000
_STEP = 50_000  # rows between two reports
_CORRECTED = 0.05  # how far, of the close, Low and High may miss Open and Close
Report = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out: its line in the file, counted from 1, and why."""

    line: int
    reason: str


@dataclass(slots=True)
class Prices:
    """Daily bars per symbol, oldest first, and the rows left out."""

    bars: dict[str, list[DailyBar]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)


@dataclass(slots=True)
class Headlines:
    """Headlines in the order of the file, and the rows left out."""

    headlines: list[Headline] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def read_prices(path: Path, report: Report, known: Container[str] = ()) -> Prices:
    """Read a price file: long (Symbol,Date,Open,High,Low,Close,Volume) or wide (Date,SYM,SYM...).

    The columns of a long one may come in any order; symbol, date and close are enough, and the symbol may
    be the name of the file instead, where that is ``known``. Days after today are kept: an archive counts
    more than this machine's clock.
    ``report`` is called with the number of rows now and then. Raises BadInputError for any other file.
    """
    rows = _rows(path)
    _, header = next(rows, (1, []))
    _expect_commas(path, header)
    names = [name.strip() for name in header]
    prices = Prices()
    found: dict[str, dict[date, DailyBar]] = {}
    columns = _columns(names)
    if columns.keys() >= _NEEDED:
        _check_once(path, [name.casefold() for name in names])
        alone = None if "symbol" in columns else _symbol_of(path, known)
        take: Callable[[list[str]], None] = _long_row(columns, len(names), alone, found)
    elif len(names) > 1 and columns.get("date") == 0 and columns.keys().isdisjoint(_NO_SYMBOLS):
        take = _wide_row(_symbols_of(path, names[1:]), found)
    else:
        raise BadInputError(
            f"{path}: line 1: {','.join(names)[:80]!r}; expected Symbol,Date,Open,High,Low,Close,Volume "
            "or Date,SYMBOL,SYMBOL..."
        )
    for count, (line, row) in enumerate(rows, 1):
        try:
            take(row)
        except ValueError as fault:
            prices.bad.append(BadRow(line, str(fault)))
        if count % _STEP == 0:
            report(count)
    prices.bars = {symbol: [bars[day] for day in sorted(bars)] for symbol, bars in sorted(found.items())}
    return prices


def read_headlines(path: Path, now: datetime, report: Report) -> Headlines:
    """Read headlines: published (ISO 8601 with zone), publisher, title, link, and perhaps symbols.

    Raises BadInputError for a file without these columns.
    """
    rows = _rows(path)
    _, header = next(rows, (1, []))
    _expect_commas(path, header)
    names = [name.strip().casefold() for name in header]
    missing = [name for name in HEADLINE_HEADER if name not in names]
    if missing:
        raise BadInputError(
            f"{path}: line 1: no column {missing[0]}; expected published,publisher,title,link"
        )
    columns = {name: names.index(name) for name in (*HEADLINE_HEADER, "symbols") if name in names}
    found = Headlines()
    for count, (line, row) in enumerate(rows, 1):
        try:
            found.headlines.append(_headline(row, columns, now))
        except ValueError as fault:
            found.bad.append(BadRow(line, str(fault)))
        if count % _STEP == 0:
            report(count)
    return found


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with the lines on which they begin.

    Raises BadInputError where it cannot be read.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise BadInputError(f"{path}: larger than {_MAX_BYTES:,} bytes")
        with open_file(path) as raw, TextIOWrapper(raw, ENCODING, errors=ERRORS, newline="") as file:
            refuse_no_text(path, raw.peek(4))
            csv.field_size_limit(_MAX_FIELD * 50)
            reader = csv.reader(_lines(path, file))
            begins = 1
            for row in reader:
                if row:
                    yield begins, row
                begins = reader.line_num + 1
    except OSError as fault:
        raise BadInputError(f"{path}: cannot be read ({fault.strerror})") from fault
    except csv.Error as fault:
        raise BadInputError(f"{path}: line {reader.line_num}: not a CSV table ({fault})") from fault


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    """Yield the lines of a file; raises BadInputError for one that is no text or has no end."""
    read = 0
    for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE), ""), 1):
        read += len(line)
        if len(line) == _MAX_LINE:
            raise BadInputError(f"{path}: a line is longer than {_MAX_LINE:,} characters")
        if read > _MAX_BYTES:
            raise BadInputError(f"{path}: larger than {_MAX_BYTES:,} bytes")
        if (text := legible(line)) is None:
            raise BadInputError(f"{path}: line {number}: neither UTF-8 nor CP949 text")
        yield text


def _expect_commas(path: Path, header: Sequence[str]) -> None:
    divider = next((name for mark, name in _DIVIDERS.items() if len(header) == 1 and mark in header[0]), None)
    if divider is not None:
        raise BadInputError(
            f"{path}: line 1: columns divided by {divider}; expected commas, and points in numbers"
        )


def _columns(names: Sequence[str]) -> dict[str, int]:
    """Return the places of columns by our names, which win over those of other programs."""
    heads = [name.casefold() for name in names]
    others = {_OTHER_HEADS[head]: at for at, head in enumerate(heads) if head in _OTHER_HEADS}
    return others | {head: at for at, head in enumerate(heads)}


def _symbol_of(path: Path, known: Container[str]) -> str:
    """Return the symbol that a file is called by; raises BadInputError where it is not known."""
    symbol = path.stem.upper()
    if symbol in known:
        return symbol
    raise BadInputError(
        f"{path}: line 1: names no share; expected a column Symbol, or a file called by a known symbol, "
        "such as NVDA.csv"
    )


def _check_once(path: Path, names: Sequence[str]) -> None:
    repeated = next((name for name in LONG_HEADER if names.count(name) > 1), None)
    if repeated is not None:
        raise BadInputError(f"{path}: line 1: column {repeated.title()} is given twice")


def _symbols_of(path: Path, names: Sequence[str]) -> list[str]:
    symbols = [name.strip().upper() for name in names]
    for symbol in symbols:
        _check_symbol(symbol, f"{path}: line 1: ")
    repeated = next((symbol for symbol, times in Counter(symbols).items() if times > 1), None)
    if repeated is not None:
        raise BadInputError(f"{path}: line 1: column {repeated} is given twice")
    return symbols


def _long_row(
    columns: dict[str, int], width: int, alone: str | None, found: dict[str, dict[date, DailyBar]]
) -> Callable[[list[str]], None]:
    symbol_at, day_at, close_at = columns.get("symbol", 0), columns["date"], columns["close"]
    others = tuple((columns[name], name.title()) for name in ("open", "high", "low") if name in columns)
    volume_at = columns.get("volume")
    least = 1 + max(columns[name] for name in LONG_HEADER if name in columns)

    def take(row: list[str]) -> None:
        if len(row) < least:
            raise ValueError(f"{len(row)} columns; expected {least}")
        if any(cell.strip() for cell in row[width:]):  # a comma for the point shifts what follows
            raise ValueError(f"{len(row)} columns; expected {width}")
        symbol = alone or row[symbol_at].strip().upper()
        _check_symbol(symbol, "")
        day = _day(row[day_at])
        close = _price(row[close_at], "Close")
        given = {head: _price(row[at], head) for at, head in others if row[at].strip()}
        bar = DailyBar(
            day,
            given.get("Open", close),
            given.get("High", close),
            given.get("Low", close),
            close,
            0 if volume_at is None else _volume(row[volume_at]),
        )
        found.setdefault(symbol, {})[day] = _enclosing(bar)

    return take


def _wide_row(symbols: Sequence[str], found: dict[str, dict[date, DailyBar]]) -> Callable[[list[str]], None]:
    def take(row: list[str]) -> None:
        day = _day(row[0])
        if len(row) > len(symbols) + 1:
            raise ValueError(f"{len(row)} columns; expected {len(symbols) + 1}")
        reasons = []
        for symbol, text in zip(symbols, row[1:], strict=False):
            if not text.strip():
                continue  # not listed yet, or a holiday
            try:
                close = _price(text, symbol)
            except ValueError as fault:
                reasons.append(str(fault))
                continue
            found.setdefault(symbol, {})[day] = DailyBar(day, close, close, close, close, 0)
        if reasons:
            raise ValueError("; ".join(reasons))

    return take


def _enclosing(bar: DailyBar) -> DailyBar:
    """Return a bar whose low and high enclose its open and close; archives miss by a tick or two."""
    low, high = min(bar.low, bar.open, bar.close), max(bar.high, bar.open, bar.close)
    if max(bar.low - low, high - bar.high) > _CORRECTED * bar.close:
        raise ValueError("Low and High do not enclose Open and Close")
    return replace(bar, low=low, high=high)


def _check_symbol(symbol: str, where: str) -> None:
    begins = symbol[:1].isalnum() or symbol[:1] == "^"  # a formula of a spreadsheet is none
    if not begins or len(symbol) > _MAX_SYMBOL or not _SYMBOL_CHARACTERS.issuperset(symbol):
        fault = f"{where}{symbol[:40]!r} is not a symbol; expected one such as NVDA or 005930.KS"
        raise BadInputError(fault) if where else ValueError(fault)


def _day(text: str) -> date:
    """Return a day, which a time may follow; of other ways to write one those that can mean one day only."""
    day_text, rest = text.strip()[:10], text.strip()[10:]
    try:
        day = date.fromisoformat(day_text) if not rest or rest[0] in " T" else _year_first(text)
    except ValueError:
        day = _year_first(text)
    if day.year not in _YEARS:
        raise ValueError(f"date {text[:40]!r}; expected one such as 2025-07-22")
    return day


def _year_first(text: str) -> date:
    found = _YEAR_FIRST.match(text.strip())
    try:
        return date.min if found is None else date(*(int(figures) for figures in found.groups()))
    except ValueError:  # the 31st of November
        return date.min


def _number(text: str) -> float:
    """Return a number as tables write it, NaN for anything else; ``1_000`` is one of Python's only."""
    if _THOUSANDS.fullmatch(text.strip()):
        text = text.replace(",", "")
    try:
        return math.nan if "_" in text else float(text)
    except ValueError:
        return math.nan


def _price(text: str, column: str) -> float:
    value = _number(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{column} {text[:40]!r}; expected a number above zero, such as 171.38")
    least, most = _PRICES
    if not least <= value <= most:
        raise ValueError(f"{column} {text[:40]!r}; expected a price from {least:f} to {most:,.0f}")
    return value


def _volume(text: str) -> int:
    value = _number(text) if text.strip() else 0.0
    if not (math.isfinite(value) and 0 <= value < 2**62):
        raise ValueError(f"Volume {text[:40]!r}; expected a whole number of zero or more")
    return int(value)


def _time(text: str) -> datetime:
    """Return a time in ISO 8601, or as feeds write it: Mon, 21 Jul 2025 22:02:00 GMT."""
    return parsedate_to_datetime(text) if text[:1].isalpha() else datetime.fromisoformat(text)


def _headline(row: Sequence[str], columns: dict[str, int], now: datetime) -> Headline:
    def cell(name: str) -> str:
        place = columns.get(name)
        return "" if place is None or place >= len(row) else " ".join(row[place].split())

    text = cell("published")
    try:
        published = _time(text)
        in_utc = published.astimezone(UTC)
    except (ValueError, OverflowError) as fault:  # the second: a zone before the year 1
        raise ValueError(
            f"published {text[:40]!r}; expected a time such as 2025-07-21T18:02:00-04:00"
        ) from fault
    if published.tzinfo is None:
        raise ValueError(f"published {text[:40]!r} has no zone; expected one such as Z or +09:00")
    if in_utc.year not in _YEARS:
        raise ValueError(f"published {text[:40]!r}; expected a time such as 2025-07-22T13:30:00Z")
    title, link = headline_text(without_tags(cell("title")), _MAX_TITLE), cell("link")
    publisher = headline_text(without_tags(cell("publisher")), _MAX_PUBLISHER)
    if not title:
        raise ValueError("the title is empty")
    if link and not link.startswith(("http://", "https://")):
        raise ValueError(f"link {link[:40]!r}; expected an http or https address")
    key = link or f"{publisher}|{title}|{in_utc.isoformat()}"
    return Headline(
        id=f"{IMPORTED}-{hashlib.blake2b(key.encode('utf-8', 'replace'), digest_size=12).hexdigest()}",
        title=title,
        publisher=publisher or IMPORTED,
        url=link[:2000],
        published=in_utc,
        received=now,
        source=IMPORTED,
        feed_symbols=tuple(cell("symbols").replace(";", " ").replace(",", " ").split())[:50],
    )
