"""Exchanges by the suffix of their Yahoo symbols: currency, hours and benchmark of what is listed there."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from stackwatch.domain.market import Region
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Instrument

_WELL_FORMED = re.compile(r"[A-Z0-9^][A-Z0-9.\-^=]{0,19}")
# What a US ticker can be: no number (005930), day or currency (BTC-USD) of another table.
_US_FORMED = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z]{1,2})?")
# Behind a dot a letter is a class (BRK.B), but for two exchanges (SAP.F is Frankfurt's floor); more are one.
_US_CLASS = re.compile(r"[A-Z][A-Z0-9]*\.[A-EG-UW-Z]")
_APART = timedelta(hours=7)  # from nine o'clock of one exchange to four of another
_OPENS_FIRST = timedelta(hours=3)  # by which Europe's exchanges are ahead of New York's at least
_WINTER = datetime(2025, 1, 15)  # noqa: DTZ001 - local time of any zone
_US_ALSO = ("NYSE", "AMEX", "ARCA", "NYSEARCA", "BATS", "CBOE", "OTC", "NYSE AMERICAN", "NYSE ARCA")


@dataclass(frozen=True, slots=True)
class Venue:
    """An exchange: ``code`` is TradingView's, ``calendar`` of exchange_calendars, ``benchmark`` a symbol.

    ``written`` is how the press begins its name before a ticker, too: (ENXTPA:SU), (Seoul: 005930). ``mixed``
    says that shares or funds are quoted there in other currencies, too.
    """

    suffix: str
    code: str
    name: str
    currency: str
    timezone: str
    calendar: str
    benchmark: str
    written: tuple[str, ...] = ()
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolHit:
    """What a provider lists under a name: a share, fund or index."""

    symbol: str
    name: str
    exchange: str


_US = Venue("", "NASDAQ", "US", "USD", "America/New_York", "XNYS", "QQQ", _US_ALSO)
_EUROPE = "^STOXX50E"
_ALL = (
    _US,
    Venue("KS", "KRX", "KRX", "KRW", "Asia/Seoul", "XKRX", "^KS11", ("KO", "KS", "SEOUL")),
    Venue("KQ", "KRX", "KOSDAQ", "KRW", "Asia/Seoul", "XKRX", "^KS11", ("KOSDAQ",)),
    Venue("T", "TSE", "TSE", "JPY", "Asia/Tokyo", "XTKS", "^N225", ("TYO", "JPX", "TOKYO")),
    Venue("TW", "TWSE", "TWSE", "TWD", "Asia/Taipei", "XTAI", "^TWII", ("TPE", "TAI")),
    Venue("TWO", "TPEX", "TPEx", "TWD", "Asia/Taipei", "XTAI", "^TWII", ("TWO",)),
    Venue(
        *("HK", "HKEX", "HKEX", "HKD", "Asia/Hong_Kong", "XHKG", "^HSI"),
        ("HKG", "SEHK", "HONG KONG"),
        mixed=True,
    ),
    Venue("DE", "XETR", "Xetra", "EUR", "Europe/Berlin", "XETR", _EUROPE, ("XTRA", "ETR", "FRA")),
    Venue(
        "PA", "EURONEXT", "Euronext Paris", "EUR", "Europe/Paris", "XPAR", _EUROPE, ("ENXTPA", "EPA", "PARIS")
    ),
    Venue(
        *("AS", "EURONEXT", "Euronext Amsterdam", "EUR", "Europe/Amsterdam", "XAMS", _EUROPE),
        ("ENXTAM", "AMS"),
        mixed=True,
    ),
    Venue("MI", "MIL", "Borsa Italiana", "EUR", "Europe/Rome", "XMIL", _EUROPE, ("BIT",)),
    Venue("L", "LSE", "London", "GBp", "Europe/London", "XLON", _EUROPE, ("LON", "AIM"), mixed=True),
    Venue("SW", "SIX", "SIX", "CHF", "Europe/Zurich", "XSWX", _EUROPE, ("SWX", "XSWX"), mixed=True),
    Venue("TO", "TSX", "Toronto", "CAD", "America/Toronto", "XTSE", "^GSPTSE", ("TOR",), mixed=True),
)
# The large companies of Amsterdam: EURONEXT does not say whether a ticker is of there or of Paris.
_AMSTERDAM = {
    "ABN", "AD", "ADYEN", "AGN", "AKZA", "ASM", "ASML", "ASRNL", "BESI", "DSFIR", "EXO", "HEIA", "IMCD",
    "INGA", "KPN", "MT", "NN", "PHIA", "PRX", "RAND", "REN", "SHELL", "UMG", "UNA", "WKL",
}  # fmt: skip
_BY_SUFFIX = {venue.suffix: venue for venue in _ALL}
_SHORT_IN_LONDON = 2  # letters, behind which TradingView writes a dot: LSE:RR.
_BY_CODE: dict[str, tuple[Venue, ...]] = {
    code: (venue,)
    for venue in _ALL
    for code in venue.written  # of Google and the press: AMS:ASML
} | {code: tuple(venue for venue in _ALL if venue.code == code) for code in {venue.code for venue in _ALL}}
# Digits that a Yahoo symbol is filled up to, and the most there are: of funds in Taipei (00878, 006208), of
# shares in Hong Kong that are paid in yuan. There alone no zero before them says more: brokers write 00700.
_TICKERS = {"KRX": (6, 6), "TSE": (4, 4), "TWSE": (4, 6), "HKEX": (4, 5)}


def venue_of(symbol: str) -> Venue | None:
    """Return the exchange of a Yahoo symbol, None for one that the program does not know."""
    if not _WELL_FORMED.fullmatch(symbol) or symbol.startswith("^") or "=" in symbol:
        return None
    if "." not in symbol:
        return _US if _US_FORMED.fullmatch(symbol) else None
    return _BY_SUFFIX.get(symbol.rpartition(".")[2])


def other_boards(symbol: str) -> tuple[str, ...]:
    """Return what a ticker is called on the other boards of its exchange, such as 247540.KQ of 247540.KS."""
    venue = venue_of(symbol)
    boards = () if venue is None else (each for each in _BY_CODE[venue.code] if each is not venue)
    return tuple(f"{symbol.rpartition('.')[0]}.{board.suffix}" for board in boards)


def boards_of_number(symbol: str) -> tuple[str, ...]:
    """Return the same of a ticker that is a number: it is one company's, on whichever board it is listed."""
    return other_boards(symbol) if symbol[:1].isdigit() else ()


def is_elsewhere(symbol: str, exchange: str) -> bool:
    """Whether an exchange, as a title writes it before a ticker, is another one than a Yahoo symbol's.

    What is neither known nor in capitals is none: (ticker: NVDA).
    """
    name = exchange.upper()
    venue = venue_of(symbol)
    if not exchange or venue is None or name.startswith((venue.code, *venue.written)):
        return False
    return exchange == name or any(name.startswith((v.code, *v.written)) for v in _ALL)


def own_instrument(symbol: str, name: str, exchange: str = "") -> Instrument | None:
    """Return an instrument of the user's own, None when its exchange is not known."""
    venue = venue_of(symbol)
    if venue is None:
        return None
    return Instrument(
        symbol=symbol,
        names=BilingualName(name, name),
        exchange=exchange or venue.name,
        currency=venue.currency,
        timezone=venue.timezone,
        calendar=venue.calendar,
        benchmark=venue.benchmark,
    )


class Currencies(Mapping[str, str]):
    """The currency that prices of a symbol must be in: of every instrument, those that come later too.

    Where an exchange quotes in several there is none before the first price has told it.
    """

    def __init__(self, ecosystem: Ecosystem) -> None:
        self._ecosystem = ecosystem

    def __getitem__(self, symbol: str) -> str:
        """Return the currency of a symbol."""
        known = self._ecosystem
        if symbol not in known.quoted_in and (venue := venue_of(symbol)) is not None and venue.mixed:
            raise KeyError(symbol)
        return known.quoted_in.get(symbol, known.instruments[symbol].currency)

    def __iter__(self) -> Iterator[str]:
        """Return the symbols that have one now."""
        return (symbol for symbol in self._ecosystem.instruments if symbol in self)

    def __len__(self) -> int:
        """Return the number of symbols that have one now."""
        return sum(1 for _ in self)


def shuts_first(instruments: Mapping[str, Instrument], symbol: str) -> bool:
    """Whether a share's exchange shuts before that of its benchmark opens on the same day, as Seoul's does.

    Its session is then held against the benchmark's session of the day before, the last that had closed.
    """
    share = instruments[symbol]
    benchmark = instruments.get(share.benchmark)
    return benchmark is not None and _ahead(share.timezone) - _ahead(benchmark.timezone) >= _APART


def region_of(instruments: Mapping[str, Instrument], symbols: Iterable[str]) -> Region:
    """Return where some names trade, America where that is more than one region, or none."""
    found = {_region(instruments[symbol].timezone) for symbol in symbols}
    return found.pop() if len(found) == 1 else Region.AMERICA


@cache
def _region(zone: str) -> Region:
    ahead = _ahead(zone) - _ahead(_US.timezone)
    return Region.ASIA if ahead >= _APART else Region.EUROPE if ahead >= _OPENS_FIRST else Region.AMERICA


def market_of(instruments: Mapping[str, Instrument], symbol: str) -> tuple[str, bool]:
    """Return what the names have in common that are averaged as one market.

    Their benchmark, and whether their exchange shuts before its opens: a close in Hong Kong is not averaged
    with a morning in New York though both are compared with the same index.
    """
    return instruments[symbol].benchmark, shuts_first(instruments, symbol)


def trade_together(instruments: Mapping[str, Instrument], symbol: str, other: str) -> bool:
    """Whether the exchanges of two names are open at the same time on some part of a day."""
    apart = _ahead(instruments[symbol].timezone) - _ahead(instruments[other].timezone)
    return abs(apart) < _APART


@cache
def _ahead(zone: str) -> timedelta:
    """Return how far a zone is ahead of UTC in the winter of the north."""
    return ZoneInfo(zone).utcoffset(_WINTER) or timedelta()


def to_tradingview(symbol: str, exchange: str) -> str:
    """Write a Yahoo symbol as TradingView does, such as ``KRX:005930``; one of no known exchange stays."""
    venue = venue_of(symbol)
    if venue is None:
        return symbol
    if venue is not _US:
        ticker = symbol.rpartition(".")[0].replace("-", ".")
        short = venue.suffix == "L" and len(ticker) == _SHORT_IN_LONDON
        return f"{venue.code}:{ticker}." if short else f"{venue.code}:{ticker}"
    code = exchange.upper().replace(" ", "")
    code = {"NYSEARCA": "AMEX"}.get(code, code)
    return f"{code if code in _BY_CODE else _US.code}:{symbol.replace('-', '.')}"


def from_tradingview(text: str, known: Container[str]) -> str | None:
    """Return the Yahoo symbol of ``EXCHANGE:TICKER``, None for an exchange that the program does not know.

    Where two boards share a code, such as ``KRX``, one of ``known`` symbols wins, then the first board, of
    ``EURONEXT`` Amsterdam for its large companies.
    A number alone, such as ``005930``, is one of ``known``, or None: it does not say its exchange.
    """
    code, _, ticker = text.rpartition(":")
    ticker = ticker.strip().upper()
    if not code and ticker in known:
        return ticker
    if not code and ticker.isdigit():
        boards = (f"{ticker}.{venue.suffix}" for venue in _ALL if venue.suffix)
        return next((symbol for symbol in boards if symbol in known), None)
    venues = _BY_CODE.get(code.strip().upper() or _US.code, ())
    if not code and "." in ticker:  # Yahoo's own form, or nearly so: 700.HK, BT.A.L
        ticker, _, suffix = ticker.rpartition(".")
        if suffix and (venue := _BY_SUFFIX.get(suffix)):
            venues = (venue,)
        elif _US_CLASS.fullmatch(f"{ticker}.{suffix}"):
            ticker = f"{ticker}-{suffix}"
        else:
            return None
    exchange = venues[0].code if venues else ""
    fill, most = _TICKERS.get(exchange, (0, 0))
    if exchange == "HKEX" and ticker.isdigit():
        ticker = ticker.lstrip("0")
    if most and ticker.isdigit() and len(ticker) > most:
        return None
    ticker = ticker.zfill(fill) if ticker.isdigit() else ticker.rstrip(".")
    made = [
        f"{ticker.replace('.', '-')}.{v.suffix}" if v.suffix else ticker.replace(".", "-") for v in venues
    ]
    made = [symbol for symbol in made if venue_of(symbol) is not None]
    if ticker in _AMSTERDAM:
        made.sort(key=lambda symbol: not symbol.endswith(".AS"))
    return next((symbol for symbol in made if symbol in known), made[0] if made else None)
