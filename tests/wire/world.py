"""What the local server knows: prices, history and headlines, all deterministic."""

import base64
import json
import random
import re
import tomllib
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
Row = tuple[int, float, float, float, float, int]


@dataclass(frozen=True, slots=True)
class Market:
    """An exchange: how Yahoo calls it, its money, zone and hours (local)."""

    code: str
    full_name: str
    currency: str
    zone: str
    opens: time
    closes: time
    level: float = 1.0
    delay: int = 0


_NEW_YORK = Market("NMS", "NasdaqGS", "USD", "America/New_York", time(9, 30), time(16))
_MARKETS = {
    "KS": Market("KSC", "KSE", "KRW", "Asia/Seoul", time(9), time(15, 30), 1000.0, 20),
    "KQ": Market("KOE", "KOSDAQ", "KRW", "Asia/Seoul", time(9), time(15, 30), 1000.0, 20),
    "T": Market("JPX", "Tokyo", "JPY", "Asia/Tokyo", time(9), time(15, 30), 100.0, 20),
    "TW": Market("TAI", "Taiwan", "TWD", "Asia/Taipei", time(9), time(13, 30), 5.0, 20),
    "DE": Market("GER", "XETRA", "EUR", "Europe/Berlin", time(9), time(17, 30), 1.0, 15),
    "PA": Market("PAR", "Paris", "EUR", "Europe/Paris", time(9), time(17, 30), 1.0, 15),
    "MI": Market("MIL", "Milan", "EUR", "Europe/Rome", time(9), time(17, 30), 1.0, 15),
    "L": Market("LSE", "LSE", "GBp", "Europe/London", time(8), time(16, 30), 10.0, 15),
}


_INDICES = {
    "^STOXX50E": "DE",
    "^N225": "T",
    "^KS11": "KS",
    "^TWII": "TW",
    "^GDAXI": "DE",
    "^FCHI": "PA",
    "^FTSE": "L",
}


_DOLLARS = {"USD": 1.0, "EUR": 1.1, "GBP": 1.3, "JPY": 0.0067, "KRW": 0.00072, "TWD": 0.031}
_RATE = re.compile(r"(\w{3})(\w{3})=X")


def market_of(symbol: str) -> Market:
    """Return the exchange that a symbol's suffix or an index's name says, NASDAQ without one."""
    if symbol in _INDICES:
        return _MARKETS[_INDICES[symbol]]
    return _MARKETS.get(symbol.rpartition(".")[2] if "." in symbol else "", _NEW_YORK)


@cache
def _names() -> dict[str, str]:
    path = Path(__file__).resolve().parents[2] / "watchlists" / "instruments.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["instrument"]
    return {row["symbol"]: row["name"]["en"] for row in rows}


def name_of(symbol: str) -> str:
    """Return what the real server calls a share, more or less."""
    return _names().get(symbol, symbol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One share as the server quotes it; ``fields`` replace or add raw fields of the quote object.

    ``age`` is how long ago the last trade was.
    """

    symbol: str
    price: float
    previous_close: float
    state: str = "REGULAR"
    age: timedelta = timedelta(seconds=1)
    fields: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One headline, in the feeds of ``symbols`` and in every RSS feed."""

    id: str
    title: str
    publisher: str
    published: datetime
    symbols: tuple[str, ...]
    url: str = ""

    @property
    def link(self) -> str:
        """Its address."""
        return self.url or f"https://finance.yahoo.com/news/{self.id}.html"


class World:
    """Everything the server answers from. Any symbol is known unless it is in ``unknown``.

    ``feeds`` holds the bytes of RSS feeds by address; other addresses get a feed of all articles.
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), seed: int = 7) -> None:
        self.clock = clock
        self.seed = seed
        self.listings: dict[str, Listing] = {}
        self.articles: list[Article] = []
        self.feeds: dict[str, bytes] = {}
        self.unknown: set[str] = set()
        self.funds: set[str] = set()
        self.unvalued: set[str] = set()

    def listing(self, symbol: str) -> Listing:
        """Return a share, with a made-up price if nothing was scripted."""
        if symbol not in self.listings:
            if rate := _RATE.fullmatch(symbol):
                close = _DOLLARS[rate[1]] / _DOLLARS[rate[2]]
                self.listings[symbol] = Listing(symbol=symbol, price=close, previous_close=close)
                self.edit(symbol, quoteType="CURRENCY", currency=rate[2], marketCap=None)
                return self.listings[symbol]
            draw = random.Random(f"{self.seed}/{symbol}")  # noqa: S311 - a repeatable world
            close = round(draw.uniform(20, 400) * market_of(symbol).level, 2)
            price = round(close * (1 + draw.gauss(0, 0.004)), 2)
            self.listings[symbol] = Listing(symbol=symbol, price=price, previous_close=close)
        return self.listings[symbol]

    def move(self, symbol: str, percent: float, /, **changes: Any) -> Listing:
        """Put a share at ``percent`` from its previous close; ``changes`` are fields of Listing."""
        known = self.listing(symbol)
        moved = replace(known, price=round(known.previous_close * (1 + percent / 100), 4), **changes)
        self.listings[symbol] = moved
        return moved

    def edit(self, symbol: str, /, **fields: object) -> None:
        """Replace raw fields of a share's quote object."""
        known = self.listing(symbol)
        self.listings[symbol] = replace(known, fields={**known.fields, **fields})

    def quote(self, symbol: str) -> Json:
        """Return a share as Yahoo's quote endpoint writes it."""
        listing, market = self.listing(symbol), market_of(symbol)
        change = listing.price - listing.previous_close
        percent = change / listing.previous_close * 100
        offset = self.clock().astimezone(ZoneInfo(market.zone)).utcoffset() or timedelta()
        high, low = max(listing.price, listing.previous_close), min(listing.price, listing.previous_close)
        raw: Json = {
            "language": "en-US",
            "region": "US",
            "quoteType": "EQUITY",
            "typeDisp": "Equity",
            "quoteSourceName": "Delayed Quote" if market.delay else "Nasdaq Real Time Price",
            "triggerable": True,
            "currency": market.currency,
            "corporateActions": [],
            "marketState": listing.state,
            "exchange": market.code,
            "fullExchangeName": market.full_name,
            "exchangeTimezoneName": market.zone,
            "exchangeTimezoneShortName": market.zone.rpartition("/")[2],
            "gmtOffSetMilliseconds": int(offset.total_seconds()) * 1000,
            "market": "us_market" if market is _NEW_YORK else f"{market.code.lower()}_market",
            "regularMarketPrice": listing.price,
            "regularMarketTime": int((self.clock() - listing.age).timestamp()),
            "regularMarketPreviousClose": listing.previous_close,
            "regularMarketChange": change,
            "regularMarketChangePercent": percent,
            "regularMarketOpen": listing.previous_close,
            "regularMarketDayHigh": high,
            "regularMarketDayLow": low,
            "regularMarketDayRange": f"{low} - {high}",
            "regularMarketVolume": 1_000_000 + zlib.crc32(symbol.encode()) % 50_000_000,
            "fiftyTwoWeekLow": round(low * 0.6, 2),
            "fiftyTwoWeekHigh": round(high * 1.2, 2),
            "hasPrePostMarketData": market is _NEW_YORK,
            "priceHint": 2,
            "marketCap": round(listing.price * 10 ** (7.5 + zlib.crc32(symbol.encode()) % 300 / 100)),
            "shortName": f"{name_of(symbol)} Corporation",
            "longName": f"{name_of(symbol)} Corporation",
            "sourceInterval": 15,
            "exchangeDataDelayedBy": market.delay,
            "tradeable": False,
            "cryptoTradeable": False,
            "symbol": symbol,
        }
        return raw | listing.fields

    def daily(self, symbol: str) -> list[tuple[date, float, float, float, float, int]]:
        """Return five years of sessions before today: day, open, high, low, close, volume.

        Shares follow a common market with a beta between 0.6 and 1.8; the last close is the previous close.
        """
        listing, market = self.listing(symbol), market_of(symbol)
        today = self.clock().astimezone(ZoneInfo(market.zone)).date()
        days = [d for d in (today - timedelta(days=n) for n in range(1826, 0, -1)) if d.weekday() < 5]
        draw = random.Random(f"{self.seed}/{symbol}/history")  # noqa: S311 - a repeatable world
        beta = draw.uniform(0.6, 1.8)
        returns = [beta * _market_return(self.seed, day) + draw.gauss(0, 0.012) for day in days]
        closes = [listing.previous_close]
        for value in reversed(returns[1:]):
            closes.append(closes[-1] / (1 + value))
        closes.reverse()
        rows = []
        for day, close, value in zip(days, closes, returns, strict=True):
            opens = close / (1 + value * 0.7)
            spread = abs(draw.gauss(0, 0.006))
            high, low = max(opens, close) * (1 + spread), min(opens, close) * (1 - spread)
            rows.append((day, opens, high, low, close, draw.randint(1_000_000, 60_000_000)))
        return rows

    def _period(self, symbol: str) -> tuple[datetime, datetime]:
        """Return today's session; it surrounds the present while the share is in regular trading."""
        market, now = market_of(symbol), self.clock()
        today = now.astimezone(ZoneInfo(market.zone)).date()
        opens = datetime.combine(today, market.opens, ZoneInfo(market.zone))
        closes = datetime.combine(today, market.closes, ZoneInfo(market.zone))
        if self.listing(symbol).state == "REGULAR":
            midnight = datetime.combine(today, time(0), ZoneInfo(market.zone))
            opens = min(opens, max(midnight, now - timedelta(hours=1)))
            closes = max(closes, now + timedelta(hours=1))
        return opens.astimezone(UTC), closes.astimezone(UTC)

    def chart(self, symbol: str, interval: str, start: datetime, days: int) -> Json:
        """Return history as Yahoo's chart endpoint writes it, the running session last.

        Daily bars begin at ``start``; intraday ones cover ``days`` sessions.
        """
        daily = interval == "1d"
        rows = self._daily_rows(symbol, start) if daily else self._intraday(symbol, interval, days)
        result: Json = {
            "meta": self._meta(symbol, interval),
            "indicators": {"quote": [{}], "adjclose": [{}]},
        }
        if rows:
            stamps, *columns = ([row[n] for row in rows] for n in range(6))
            result["timestamp"] = stamps
            table = dict(zip(("open", "high", "low", "close", "volume"), columns, strict=True))
            result["indicators"] = {"quote": [table], "adjclose": [{"adjclose": list(table["close"])}]}
        return {"chart": {"result": [result], "error": None}}

    def _daily_rows(self, symbol: str, start: datetime) -> list[Row]:
        """Return daily bars with the time of the open; the running session has that of its last trade."""
        listing, market = self.listing(symbol), market_of(symbol)
        rows: list[Row] = []
        for day, first, high, low, last, volume in self.daily(symbol):
            moment = datetime.combine(day, market.opens, ZoneInfo(market.zone))
            if moment >= start:
                prices = (round(first, 4), round(high, 4), round(low, 4), round(last, 4))
                rows.append((int(moment.timestamp()), *prices, volume))
        if listing.state == "REGULAR":
            stamp = int((self.clock() - listing.age).timestamp())
            low, high = sorted((listing.previous_close, listing.price))
            rows.append((stamp, listing.previous_close, high, low, listing.price, 1_000_000))
        return rows

    def _intraday(self, symbol: str, interval: str, days: int) -> list[Row]:
        """Return the bars of the last ``days`` sessions, the running one up to now."""
        listing, market = self.listing(symbol), market_of(symbol)
        zone = ZoneInfo(market.zone)
        rows: list[Row] = []
        for day, first, _high, _low, last, _volume in self.daily(symbol)[-days + 1 :] if days > 1 else []:
            opens = datetime.combine(day, market.opens, zone)
            rows += self._walk(
                symbol, interval, (opens, datetime.combine(day, market.closes, zone)), (first, last)
            )
        opens, closes = self._period(symbol)
        today = (opens, min(closes, self.clock()))
        return rows + self._walk(symbol, interval, today, (listing.previous_close, listing.price))

    def _walk(
        self, symbol: str, interval: str, span: tuple[datetime, datetime], prices: tuple[float, float]
    ) -> list[Row]:
        """Walk from one price to another."""
        step = timedelta(minutes=60 if interval == "1h" else int(interval.removesuffix("m")))
        count = max(int((span[1] - span[0]) / step), 1)
        draw = random.Random(f"{self.seed}/{symbol}/{span[0]:%Y%m%d}")  # noqa: S311 - a repeatable world
        rows, last = [], prices[0]
        for number in range(count):
            target = prices[0] + (prices[1] - prices[0]) * (number + 1) / count
            close = round(target * (1 + draw.gauss(0, 0.0004)), 4)
            stamp = int((span[0] + number * step).timestamp())
            rows.append((stamp, last, max(last, close), min(last, close), close, draw.randint(1000, 90_000)))
            last = close
        return rows

    def _meta(self, symbol: str, interval: str) -> Json:
        quote, market = self.quote(symbol), market_of(symbol)
        opens, closes = self._period(symbol)
        offset = int((opens.astimezone(ZoneInfo(market.zone)).utcoffset() or timedelta()).total_seconds())
        span = {"timezone": market.zone, "gmtoffset": offset}
        start, end = int(opens.timestamp()), int(closes.timestamp())
        return {
            "currency": quote["currency"],
            "symbol": quote["symbol"],
            "exchangeName": market.code,
            "fullExchangeName": market.full_name,
            "instrumentType": "EQUITY",
            "firstTradeDate": 345479400,
            "regularMarketTime": quote["regularMarketTime"],
            "hasPrePostMarketData": market is _NEW_YORK,
            "gmtoffset": offset,
            "timezone": market.zone,
            "exchangeTimezoneName": market.zone,
            "regularMarketPrice": quote["regularMarketPrice"],
            "chartPreviousClose": quote["regularMarketPreviousClose"],
            "priceHint": 2,
            "currentTradingPeriod": {
                "pre": {**span, "start": start - 19_800, "end": start},
                "regular": {**span, "start": start, "end": end},
                "post": {**span, "start": end, "end": end + 14_400},
            },
            "dataGranularity": interval,
            "range": "",
            "validRanges": ["1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max"],
        }

    def news(self, symbol: str, count: int) -> Json:
        """Return a share's headlines as the news endpoint writes them, newest first."""
        chosen = sorted((a for a in self.articles if symbol in a.symbols), key=lambda a: a.published)
        stream = [{"id": a.id, "content": _content(a)} for a in chosen[-count:][::-1]]
        page = {"pagination": {"uuids": ""}, "nextPage": False, "stream": stream}
        return {"data": {"tickerStream": page}, "status": "OK"}

    def statements(self, symbol: str, types: list[str]) -> Json:
        """Return a company's figures as the time series endpoint writes them, one entry a type.

        A symbol in ``funds`` has none; one in ``unvalued`` has no multiples among them.
        """
        return statement_series(symbol, types, self) if symbol not in self.funds else series_of_nothing(types)

    def summary(self, symbol: str) -> Json:
        """Return the multiples of a company as the summary endpoint writes them."""
        paid = {"trailingPE": 40.5, "forwardPE": {"raw": 30.25, "fmt": "30.25"}, "symbol": symbol}
        modules = {"summaryDetail": paid, "defaultKeyStatistics": {"forwardPE": 30.25}}
        return {"quoteSummary": {"result": [modules], "error": None}}

    def search(self, query: str) -> Json:
        """Return the scripted listings whose symbol contains ``query``, and the query as a symbol."""
        wanted = query.upper()
        symbols = [s for s in sorted(self.listings) if wanted in s] or [wanted]
        quotes = [
            {
                "exchange": market_of(s).code,
                "shortname": f"{s} Corp",
                "longname": f"{s} Corporation",
                "quoteType": "EQUITY",
                "symbol": s,
                "index": "quotes",
                "score": 20_000.0,
                "typeDisp": "equity",
                "exchDisp": market_of(s).full_name,
                "isYahooFinance": True,
            }
            for s in symbols
            if s not in self.unknown
        ]
        news = [
            {
                "uuid": a.id,
                "title": a.title,
                "publisher": a.publisher,
                "link": a.link,
                "providerPublishTime": int(a.published.timestamp()),
                "type": "STORY",
                "relatedTickers": list(a.symbols),
            }
            for a in self.articles
            if wanted in a.symbols
        ]
        return {"explains": [], "count": len(quotes), "quotes": quotes, "news": news, "nav": [], "lists": []}

    def feed(self, url: str) -> bytes:
        """Return an RSS feed: the scripted one, or all articles."""
        if url in self.feeds:
            return self.feeds[url]
        rows = "".join(
            f"<item><title>{escape(a.title)} - {escape(a.publisher)}</title><link>{escape(a.link)}</link>"
            f'<guid isPermaLink="false">{escape(a.id)}</guid>'
            f"<pubDate>{a.published.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            f'<source url="https://example.com">{escape(a.publisher)}</source></item>'
            for a in self.articles
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>'
            f"<title>Feed</title><link>https://example.com/</link>{rows}</channel></rss>"
        ).encode()

    def pricing(self, symbol: str) -> str:
        """Return a share as the stream's JSON message around a base64 protobuf."""
        from yfinance.pricing_pb2 import PricingData  # imports all of yfinance

        listing, quote = self.listing(symbol), self.quote(symbol)
        hours = {"PRE": 0, "REGULAR": 1, "POST": 2}.get(listing.state, 3)
        change = listing.price - listing.previous_close
        message = PricingData(
            id=symbol,
            price=listing.price,
            time=int(str(quote["regularMarketTime"])) * 1000,
            currency=str(quote["currency"]),
            exchange=str(quote["exchange"]),
            quote_type=8,
            market_hours=hours,
            change=change,
            change_percent=change / listing.previous_close * 100,
            day_volume=int(str(quote["regularMarketVolume"])),
            previous_close=listing.previous_close,
            price_hint=2,
        )
        body = base64.b64encode(message.SerializeToString()).decode()
        return json.dumps({"type": "pricing", "message": body})


@cache
def _market_return(seed: int, day: date) -> float:
    """Return what every share of a world had in common on a day."""
    draw = random.Random(f"{seed}/market/{day.toordinal()}")  # noqa: S311 - a repeatable world
    return draw.gauss(0.0004, 0.009)


def _content(article: Article) -> Json:
    link = {"url": article.link, "site": "finance", "region": "US", "lang": "en-US"}
    moment = article.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "id": article.id,
        "contentType": "STORY",
        "title": article.title,
        "description": "",
        "summary": "",
        "pubDate": moment,
        "displayTime": moment,
        "isHosted": True,
        "thumbnail": None,
        "provider": {"displayName": article.publisher, "url": "https://example.com/"},
        "canonicalUrl": link,
        "clickThroughUrl": link,
        "finance": {"stockTickers": [{"symbol": s} for s in article.symbols]},
    }


def series_of_nothing(types: list[str]) -> Json:
    """Return what the time series endpoint says of a fund: every type, and no figure."""
    return {"timeseries": {"result": [{"meta": {"type": [name]}} for name in types], "error": None}}


def statement_series(symbol: str, types: list[str], world: World) -> Json:
    """Return five quarters, four years and multiples of a made-up company."""
    currency = market_of(symbol).currency
    today = world.clock().date()
    result = [_series_entry(symbol, name, today, currency, world) for name in types]
    return {"timeseries": {"result": result, "error": None}}


def _series_entry(symbol: str, name: str, today: date, currency: str, world: World) -> Json:
    prefix = next(p for p in ("quarterly", "annual", "trailing") if name.startswith(p))
    what = name.removeprefix(prefix)
    meta = {"symbol": [symbol], "type": [name]}
    multiple = what.endswith("Ratio")
    if multiple and symbol in world.unvalued:
        return {"meta": meta}
    count, step = {"quarterly": (5, 91), "annual": (4, 365), "trailing": (1, 0)}[prefix]
    ends = [today - timedelta(days=20 + step * n) if step else today for n in reversed(range(count))]
    draw = random.Random(f"{world.seed}/{symbol}/{what}")  # noqa: S311 - a repeatable world
    base = _STATEMENT_BASE.get(what, draw.uniform(5, 60))
    points: list[object] = [
        {
            "dataId": 20_100,
            "asOfDate": end.isoformat(),
            "periodType": {"quarterly": "3M", "annual": "12M"}.get(prefix, "TTM"),
            "currencyCode": currency,
            "reportedValue": {"raw": round(base * (1 + 0.06 * place), 4), "fmt": ""},
        }
        for place, end in enumerate(ends)
    ]
    stamps = [int(datetime.combine(end, time(), UTC).timestamp()) for end in ends]
    return {"meta": meta, "timestamp": stamps, name: [None, *points] if prefix == "annual" else points}


_STATEMENT_BASE = {
    "TotalRevenue": 40e9,
    "GrossProfit": 28e9,
    "OperatingIncome": 22e9,
    "CapitalExpenditure": -3e9,
    "FreeCashFlow": 17e9,
}


_LATE = timedelta(minutes=30)  # longer than an exchange reports its last trades, and than a server lives


def _prints_late(now: datetime) -> bool:
    local = now.astimezone(ZoneInfo("America/New_York"))
    since_close = local - local.replace(hour=16, minute=0, second=0, microsecond=0)
    return -_LATE / 3 <= since_close < _LATE / 2


def default_world() -> World:
    """Return the world served by hand: NVDA is down 5 % and one headline says why.

    About New York's close it comes late: a trade just behind it is taken for a late print of the session.
    """
    world = World()
    late = _LATE if _prints_late(world.clock()) else timedelta(0)
    fields: Json = {"exchangeDataDelayedBy": late // timedelta(minutes=1)} if late else {}
    world.move("NVDA", -5.0, age=timedelta(seconds=1) + late, fields=fields)
    world.articles.append(
        Article(
            id="5a1d2f60-0000-3000-8000-000000000001",
            title="SoftBank and OpenAI's $500 Billion Stargate Venture Is Slow to Start",
            publisher="The Wall Street Journal",
            published=world.clock() - timedelta(minutes=30),
            symbols=("NVDA", "ORCL", "9984.T"),
        )
    )
    return world
