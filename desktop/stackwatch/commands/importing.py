"""``stackwatch import``: a user's own prices and headlines into the store, and lists of other programs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from stackwatch.app import Options, archive_parts, load_world, open_store
from stackwatch.commands.korean_lines import in_language
from stackwatch.commands.output import counted, emit, say, tell_progress
from stackwatch.commands.past_engine import unheard
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.quote import DailyBar, Split
from stackwatch.domain.venues import from_tradingview, own_instrument
from stackwatch.domain.watchlist import Instrument, Language
from stackwatch.domain.words import action_words
from stackwatch.engine.engine import Engine
from stackwatch.engine.news.kept_readings import read_unread
from stackwatch.engine.news.newsroom import KEPT
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.corporate_actions import suspected_split
from stackwatch.engine.store_ports import BarStore, Store
from stackwatch.readers import late_reader
from stackwatch.storage.ecosystem.own_instruments import add_instruments
from stackwatch.storage.sqlite.database import make_data_folder
from stackwatch.storage.table_file import BadRow, read_headlines, read_prices
from stackwatch.system.clock import SystemClock

_SHOWN = 20  # bad rows that are printed; all of them with --json
_SAME = 0.005  # relative difference at which two closes of one day are the same
_AT_ONCE = 5_000
_SYMBOLS_TOLD = 100  # symbols between two reports: each is waited for until it is on the disk
_MOST_MOVED = 60.0  # times the close before: more is no split, and no move
_BESIDE = timedelta(days=30)  # of a table, where its first close follows a stored one
_TITLES_TOLD = 2_000  # between two reports
_EVER = datetime.min.replace(tzinfo=UTC)
_DAY, _DAYS_TOLD = timedelta(days=1), 15  # of stories, and of them between two reports


@dataclass(frozen=True, slots=True, kw_only=True)
class _PricesKept:
    """What became of a table of daily prices."""

    symbols: Sequence[str]
    rows: int
    unknown: Sequence[str]
    added: Sequence[str]
    different: Sequence[str]  # left as they were
    like_splits: Sequence[tuple[str, Split]]
    bad: Sequence[BadRow]


def import_table(options: Options, what: str, path: Path, *, replace: bool) -> int:
    """Keep ``prices``, ``headlines`` or a ``watchlist`` of a file."""
    make_data_folder(options.folders.data)
    if what == "prices":
        return import_prices(options, path, replace=replace)
    if what == "watchlist":
        return import_watchlist(options, path)
    return import_headlines(options, path)


def import_watchlist(options: Options, path: Path) -> int:
    """Keep a list of TradingView (.txt), Yahoo (.csv) or our own (.toml), and show it from now on."""
    book = load_world(options.folders).book
    assert book is not None
    read = book.read(path)
    book.keep(read.watchlist, read.added, read.private)
    made, bad = read.watchlist, [BadRow(line, reason) for line, reason in read.left_out]
    if options.json:
        emit(
            {
                "file": str(path),
                "list": made.id,
                "name": made.names.en,
                "layers": len(made.layers),
                "symbols": list(made.symbols),
                "added": [instrument.symbol for instrument in read.added],
                "private": list(made.entities),
                "followed": [own.id for own in read.private],
                "bad": _bad_json(bad),
            }
        )
        return 0
    count = len(made.symbols) + len(made.entities)
    names, layers = counted(count, "name"), counted(len(made.layers), "layer")
    verb = "is" if count == 1 else "are"
    name = made.names.get(options.language or Language.ENGLISH)
    say(
        f"{names} in {layers} {verb} kept as the list {name!r}, which is shown from now on.",
        options.language,
    )
    _say_added([instrument.symbol for instrument in read.added], options.language)
    if read.private:
        names = ", ".join(own.entity.names.en for own in read.private)
        say(f"New private companies, kept in private.toml: {names}", options.language)
    _say_bad(bad, options.language)
    return 0


def import_prices(options: Options, path: Path, *, replace: bool) -> int:
    """Keep daily prices; a symbol whose stored prices are other ones stays as it is unless ``replace``.

    A symbol that the program does not know becomes an instrument of the user's own if its exchange is known.
    A number alone is the known name that it is the code of: tables of Seoul write 005930.
    """
    ecosystem = load_world(options.folders, options.watchlist).ecosystem
    codes = {code for symbol in ecosystem.instruments if (code := symbol.partition(".")[0]).isdigit()}
    known = codes.union(ecosystem.instruments)
    prices = read_prices(path, lambda rows: _progress(rows, options.language), known)
    if not prices.bars:
        raise BadInputError(f"{path}: holds no usable row{_first(prices.bad)}")
    bars = _with_boards(prices.bars, ecosystem.instruments)
    unknown = [symbol for symbol in bars if symbol not in ecosystem.instruments]
    made = [instrument for symbol in unknown if (instrument := own_instrument(symbol, symbol)) is not None]
    with closing(open_store(options.folders, SystemClock(), replay=False)) as store:
        add_instruments(options.folders.instruments, made, ecosystem)
        kept, other = _keep_prices(store.bars, bars, options.language, replace=replace)
        jumps = [
            (symbol, split) for symbol in kept for split in _like_splits(store.bars, symbol, bars[symbol])
        ]
        _read_titles(options, store)  # new names may be in those that are stored
    done = _PricesKept(
        symbols=kept,
        rows=sum(len(bars[symbol]) for symbol in kept),
        unknown=unknown,
        added=[instrument.symbol for instrument in made],
        different=other,
        like_splits=jumps,
        bad=prices.bad,
    )
    if options.json:
        emit({"file": str(path)} | _prices_json(done))
    else:
        _say_prices(done, options.language)
    return 0


def _with_boards(
    prices: Mapping[str, Sequence[DailyBar]], known: Mapping[str, Instrument]
) -> dict[str, Sequence[DailyBar]]:
    """Return prices by Yahoo's symbols, where these are not in the table: 005930 and 700.HK are none."""
    found = {symbol: from_tradingview(symbol, known) for symbol in prices if symbol not in known}
    names = {symbol: name for symbol, name in found.items() if name is not None and name not in prices}
    return {names.get(symbol, symbol): bars for symbol, bars in prices.items()}


def _prices_json(done: _PricesKept) -> dict[str, object]:
    return {
        "symbols": len(done.symbols),
        "rows": done.rows,
        "unknown": done.unknown,
        "added": done.added,
        "different": done.different,
        "like_splits": [
            {"symbol": symbol, "day": split.day.isoformat(), "factor": split.factor}
            for symbol, split in done.like_splits
        ],
        "bad": _bad_json(done.bad),
    }


def _say_prices(done: _PricesKept, language: Language | None) -> None:
    verb = "is" if done.rows == 1 else "are"
    whose = done.symbols[0] if len(done.symbols) == 1 else counted(len(done.symbols), "symbol")
    say(f"{counted(done.rows, 'daily price')} of {whose} {verb} kept.", language)
    _say_added(done.added, language)
    if nameless := [symbol for symbol in done.unknown if symbol not in done.added]:
        say(f"Not names of this program, kept all the same: {_named(nameless)}", language)
    if done.different:
        say(
            f"Left as they were, since other prices are stored: {_named(done.different)}. "
            "With --replace the file's count.",
            language,
        )
    _say_like_splits(done.like_splits, language)
    _say_bad(done.bad, language)


def _keep_prices(
    store: BarStore, prices: Mapping[str, Sequence[DailyBar]], language: Language | None, *, replace: bool
) -> tuple[list[str], list[str]]:
    """Store daily prices; returns the symbols kept, and those left as they were.

    A close alone takes nothing from a stored day that has more.
    """
    kept: list[str] = []
    other: list[str] = []
    for count, (symbol, days) in enumerate(prices.items(), 1):
        if count % _SYMBOLS_TOLD == 0:
            tell_progress(counted(count, "symbol"), language)
        stored = {} if replace else {bar.day: bar for bar in store.load_daily(symbol, days[0].day)}
        if any(bar.day in stored and _differs(bar, stored[bar.day]) for bar in days):
            other.append(symbol)
            continue
        new = [b for b in days if b.day not in stored or _says(b) >= _says(stored[b.day])]
        with _counting(len(kept), len(prices), "symbols"):
            store.save_daily(symbol, new)
        kept.append(symbol)
    return kept, other


@contextmanager
def _counting(kept: int, whole: int, what: str) -> Iterator[None]:
    """Say how much is kept where somebody stops what is stored part by part."""
    try:
        yield
    except KeyboardInterrupt as stop:
        stop.add_note(f"{kept:,} of {whole:,} {what} are kept, and importing the file again keeps the rest")
        raise


def import_headlines(options: Options, path: Path) -> int:
    """Keep headlines; those already known are counted and left."""
    clock = SystemClock()
    found = read_headlines(path, clock.now(), lambda rows: _progress(rows, options.language))
    if not found.headlines:
        raise BadInputError(f"{path}: holds no usable row{_first(found.bad)}")
    new = 0
    with closing(open_store(options.folders, clock, replay=False)) as store:
        for start in range(0, len(found.headlines), _AT_ONCE):
            with _counting(start, len(found.headlines), "headlines"):
                new += len(store.news.save_headlines(found.headlines[start : start + _AT_ONCE]))
            _progress(min(start + _AT_ONCE, len(found.headlines)), options.language)
        _file_as_stories(options, store, clock, many=len(found.headlines) > _AT_ONCE)
        _read_titles(options, store)
    known = len(found.headlines) - new
    if options.json:
        emit({"file": str(path), "new": new, "known": known, "bad": _bad_json(found.bad)})
        return 0
    say(f"New headlines: {new:,}; known before: {known:,}.", options.language)
    _say_bad(found.bad, options.language)
    return 0


def _file_as_stories(options: Options, store: Store, clock: Clock, *, many: bool) -> None:
    """Make stories of stored headlines that a window goes by: the list, the barometer, coincidence.

    Day by day: of ``many`` that takes minutes, and what is done when somebody stops it stays.
    """
    world = load_world(options.folders)
    engine = Engine(archive_parts(world, options.folders, store, clock), unheard)
    known, begins = {*world.ecosystem.instruments, *world.ecosystem.private}, clock.now() - KEPT
    for day in range(KEPT.days):
        since = begins + day * _DAY
        with _counting(day, KEPT.days, "days of stories"):
            engine.newsroom.take_up(since, since + _DAY, known)
        if many and (day + 1) % _DAYS_TOLD == 0:
            tell_progress(f"stories of {day + 1} of {KEPT.days} days", options.language)


def _read_titles(options: Options, store: Store) -> None:
    """Read the stored titles that nobody read by the lists of now, for who asks for a past day later."""
    reader, told, count = late_reader(load_world(options.folders).ecosystem), 0, 0
    for count in read_unread(store.news, reader, _EVER, SystemClock().now() + _DAY, _TITLES_TOLD):
        if count - told >= _TITLES_TOLD:
            tell_progress(f"{counted(count, 'title')} read", options.language)
            told = count
    if count > told:
        tell_progress(f"{counted(count, 'title')} read", options.language)


def _differs(bar: DailyBar, stored: DailyBar) -> bool:
    """Whether a day has another close than the stored one, so that the two would not fit together."""
    return abs(bar.close / stored.close - 1.0) > _SAME


def _says(bar: DailyBar) -> tuple[bool, bool]:
    """Return what a bar says beside its close: how the price went that day, and how much was traded."""
    return bar.low < bar.high, bar.volume > 0


def _like_splits(store: BarStore, symbol: str, days: Sequence[DailyBar]) -> list[Split]:
    """Return the jumps that look like splits the file was not adjusted for, or what it was joined to.

    They are from one stored close to the next, one of which at least came with ``days``.
    """
    came = {bar.day for bar in days}
    stored = store.load_daily(symbol, days[0].day - _BESIDE)
    found = [
        (bar.day, _jump(bar.close, before.close))
        for before, bar in pairwise(stored)
        if bar.day in came or before.day in came
    ]
    return [Split(day, factor) for day, factor in found if factor is not None]


def _jump(close: float, before: float) -> float | None:
    """Return the factor of a split that a move looks like, or of a change of the unit."""
    factor = before / close
    return factor if _times(factor) > _MOST_MOVED else suspected_split(close, before)


def _times(factor: float) -> float:
    return max(factor, 1 / factor)


def _say_like_splits(jumps: Sequence[tuple[str, Split]], language: Language | None) -> None:
    told = language or Language.ENGLISH
    for symbol, split in jumps[:_SHOWN]:
        where = f"{symbol} {split.day.isoformat()}"
        if _times(split.factor) > _MOST_MOVED:
            say(
                f"{where}: a jump by a factor of {_times(split.factor):,.0f}, kept as a move; "
                "prices are to be in one unit, as pounds or pence",
                language,
            )
            continue
        words = action_words.like_factor(split.factor, told)
        say(
            f"{where}: a jump like {words}, kept as a move; prices are to be adjusted for splits",
            language,
        )
    if len(jumps) > _SHOWN:
        say(f"{len(jumps) - _SHOWN:,} more jumps look like splits; --json lists them all", language)


def _progress(rows: int, language: Language | None) -> None:
    tell_progress(counted(rows, "row"), language)


def _say_added(symbols: Sequence[str], language: Language | None) -> None:
    if symbols:
        say(f"New to the program, kept in instruments.toml: {_named(symbols)}", language)


def _say_bad(bad: Sequence[BadRow], language: Language | None) -> None:
    for row in bad[:_SHOWN]:
        say(f"line {row.line}: {in_language(row.reason, language)}; left out", language)
    if len(bad) > _SHOWN:
        say(f"{len(bad) - _SHOWN:,} more rows were left out; --json lists them all", language)


def _bad_json(bad: Sequence[BadRow]) -> list[dict[str, object]]:
    return [{"line": row.line, "reason": row.reason} for row in bad]


def _first(bad: Sequence[BadRow]) -> str:
    return f"; line {bad[0].line}: {bad[0].reason}" if bad else ""


def _named(symbols: Sequence[str]) -> str:
    more = len(symbols) - _SHOWN
    return ", ".join(symbols[:_SHOWN]) + (f" +{more:,}" if more > 0 else "")
