"""The real providers and a real engine against the local server, and what the world really held."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import cast

from tests.evaluation.faults_catalogue import Case
from tests.support.fakes import FakeClock, WeekdayCalendars
from tests.support.rig import TUESDAY
from tests.support.shared import empty_store
from tests.wire.fixtures import forget_yfinance
from tests.wire.server import YahooServer
from tests.wire.world import Article, Json, World

from stackwatch.analysis.titles.reading import Reader
from stackwatch.app import World as Setting
from stackwatch.app import load_world
from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import AlertRaised, BarsLoaded, Event, QuotesChanged
from stackwatch.domain.health import HealthState
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Bar, ChartRange, DailyBar, Quote, QuoteState
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SubjectKind
from stackwatch.domain.venues import SymbolHit
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.rss import RssFeed
from stackwatch.providers.web.limits import Limits, TokenBucket
from stackwatch.providers.web.page_fetcher import PageFetcher
from stackwatch.providers.yahoo.bars import YahooBars
from stackwatch.providers.yahoo.news import YahooNews
from stackwatch.providers.yahoo.quotes import YahooQuotes
from stackwatch.providers.yahoo.search import YahooSearch
from stackwatch.providers.yahoo.session import GuardedSession
from stackwatch.readers import build_reader
from stackwatch.storage.locations import user_folders
from stackwatch.storage.sqlite.store import SqliteStore

CHARTED = ("NVDA", "QQQ")
FEED = "feed"
START = TUESDAY.date() - timedelta(days=300)
_FRESH = timedelta(minutes=2)
_SEARCHED = "NVD"


def _rule(name: str, kind: RuleKind, threshold: float, direction: Direction, subject: str = "*") -> Rule:
    return Rule(
        id=name,
        name_en=name,
        name_ko=name,
        kind=kind,
        subject_kind=SubjectKind.WATCHLIST if subject == "*" else SubjectKind.SYMBOL,
        subject=subject,
        direction=direction,
        threshold=threshold,
        frequency=Frequency.EVERY_REARM,
        cooldown_minutes=0,
    )


RULES = (
    _rule("sharp", RuleKind.PERCENT_MOVE, 3.0, Direction.EITHER),
    _rule("sky", RuleKind.PRICE_LEVEL, 5_000.0, Direction.UP, "NVDA"),
    _rule("floor", RuleKind.PRICE_LEVEL, 1.0, Direction.DOWN, "NVDA"),
)


class Patience:
    """Limits on a request: long, so that a busy machine is no fault, and short under a fault of time."""

    body_bytes = 2_000_000

    def __init__(self) -> None:
        self.short = False

    @property
    def connect_seconds(self) -> float:
        """How long a connection may take."""
        return 0.2 if self.short else 5.0

    @property
    def total_seconds(self) -> float:
        """How long a request may take in all."""
        return 0.45 if self.short else 10.0


@cache
def setting() -> tuple[Setting, Reader]:
    """Load the shipped list and the reader of titles once."""
    loaded = load_world(user_folders(Path(os.devnull)))
    return loaded, build_reader(loaded.ecosystem)


class Truth:
    """Everything the world held at any time, to compare with what the program believes."""

    def __init__(self, world: World, symbols: tuple[str, ...]) -> None:
        self._world = world
        self._symbols = symbols
        self._quotes: dict[str, list[Json]] = {symbol: [] for symbol in symbols}
        self._minutes: set[tuple[float, ...]] = set()
        self._daily: dict[str, set[tuple[object, ...]]] = {}
        self._articles: dict[tuple[str, str], datetime] = {}

    def record(self) -> None:
        """Note what the world holds now."""
        for symbol in self._symbols:
            self._quotes[symbol].append(self._world.quote(symbol))
        self._articles |= {(a.title, a.link): a.published for a in self._world.articles}
        rows = self._world._intraday("NVDA", "1m", 1)
        self._minutes |= {row[:5] for row in rows}

    def wrong_quote(self, quote: Quote, now: datetime) -> str:
        """Return what of a quote the world never held; nothing when all of it is true."""
        if quote.state is QuoteState.WITHHELD:
            return ""
        matching = [raw for raw in self._quotes[quote.symbol] if _fits(quote, raw)]
        if not matching:
            return f"{quote.symbol} {quote.price} {quote.currency} (before {quote.previous_close})"
        delay = timedelta(minutes=int(str(matching[-1]["exchangeDataDelayedBy"])))
        live = quote.state in (QuoteState.LIVE, QuoteState.DELAYED)
        if live and now - quote.as_of > _FRESH + delay + timedelta(minutes=2):
            return f"{quote.symbol} is called {quote.state} at {now - quote.as_of}"
        if all(_details(quote, raw) for raw in matching):
            return f"{quote.symbol}: {_details(quote, matching[-1])}"
        return ""

    def wrong_bar(self, symbol: str, bar: Bar) -> str:
        """Return a bar that the world never held."""
        prices = (bar.open, bar.high, bar.low, bar.close)
        if isinstance(bar, DailyBar):
            today = bar.day == self._world.clock().date()
            known = today or (bar.day, *(round(p, 4) for p in prices)) in self._days(symbol)
        else:
            known = (int(bar.start.timestamp()), *prices) in self._minutes
        return "" if known else f"bar of {symbol} {bar}"

    def _days(self, symbol: str) -> set[tuple[object, ...]]:
        """Return the world's daily bars, which stay the same all day."""
        if symbol not in self._daily:
            rows = self._world.daily(symbol)
            self._daily[symbol] = {(row[0], *(round(value, 4) for value in row[1:5])) for row in rows}
        return self._daily[symbol]

    def wrong_alert(self, alert: Alert) -> str:
        """Return an alert that no true move warrants."""
        moves = [
            _number(raw, "regularMarketPrice") / _number(raw, "regularMarketPreviousClose") * 100 - 100
            for raw in self._quotes[alert.subject]
        ]
        true = alert.rule_id == "sharp" and any(abs(move - alert.value) < 1e-3 for move in moves)
        return "" if true else f"alert {alert.rule_id} of {alert.subject} at {alert.value}"

    def wrong_story(self, story: Story) -> str:
        """Return a story that nobody published."""
        lead = story.lead
        published = self._articles.get((lead.title, lead.url))
        right = published is not None and lead.published == published.replace(microsecond=0)
        return (
            "" if right else f"story nobody published: {lead.published} {lead.title[:60]!r} {lead.url[:60]}"
        )

    def right_now(self, quote: Quote | None, symbol: str) -> bool:
        """Whether a quote is what the world holds now."""
        return quote is not None and _fits(quote, self._quotes[symbol][-1])


def _number(raw: Json, name: str) -> float:
    return float(str(raw[name]))


def _fits(quote: Quote, raw: Json) -> bool:
    held = (raw["regularMarketPrice"], raw["regularMarketPreviousClose"], raw["currency"])
    when = datetime.fromtimestamp(_number(raw, "regularMarketTime"), UTC)
    return (quote.price, quote.previous_close, quote.currency, quote.as_of) == (*held, when)


def _details(quote: Quote, raw: Json) -> str:
    """Return the first of the lesser figures that is there and wrong."""
    names = {
        "open": "regularMarketOpen",
        "day_high": "regularMarketDayHigh",
        "day_low": "regularMarketDayLow",
        "year_high": "fiftyTwoWeekHigh",
        "year_low": "fiftyTwoWeekLow",
        "volume": "regularMarketVolume",
        "extended_price": "postMarketPrice",
    }
    for field, name in names.items():
        value = getattr(quote, field)
        if value is not None and value != raw.get(name):
            return f"{field} {value} for {raw.get(name)}"
    return ""


class Bench:
    """One server, one session, and an engine that can be begun anew."""

    def __init__(
        self, folder: Path, server: YahooServer, heard: Callable[[Event], None] = lambda _event: None
    ) -> None:
        self._folder = folder
        self._heard = heard
        self._numbers = count(1)
        self._patience = Patience()
        self._loaded, self._reader = setting()
        self.server = server
        self._open = ExitStack()  # Windows removes no file that is open
        self.clock = FakeClock(TUESDAY)
        server.world = World(self.clock.now)
        self.new_session()
        self.begin_anew()

    def new_session(self) -> None:
        """Forget cookie and crumb, as a start of the program does."""
        forget_yfinance()
        budget = TokenBucket(capacity=1e6, per_second=1e6)
        limits = cast("Limits", self._patience)
        self.session = GuardedSession(self._folder / "cache", limits=limits, budget=budget)
        self.pages = PageFetcher(limits=limits, budget=budget)

    def close(self) -> None:
        """Close the store, before its folder goes or another one begins."""
        self._open.close()

    def begin_anew(self) -> None:
        """Start an engine that knows nothing, on an empty store, in the middle of a trading day."""
        self.clock.time = TUESDAY
        self.server.world.articles.clear()
        ecosystem = self._loaded.ecosystem
        instruments = ecosystem.instruments.items()
        self.close()
        file = self._folder / f"store-{next(self._numbers)}.sqlite3"
        file.write_bytes(empty_store())
        self.store = self._open.enter_context(closing(SqliteStore(file, self.clock.now())))
        currencies = {symbol: instrument.currency for symbol, instrument in instruments}
        self.bars = YahooBars(self.session, self.clock, currencies)
        self.search = YahooSearch(self.session)
        self.news = YahooNews(self.session, self.clock)
        self.feed = RssFeed(FEED, "https://feeds.example.com/rss", "Example", self.pages, self.clock)
        parts = EngineParts(
            ecosystem=ecosystem,
            watchlist=self._loaded.watchlist,
            rules=RULES,
            reader=self._reader,
            tiers={},
            clock=self.clock,
            store=self.store,
            calendars=WeekdayCalendars(),
            quotes=YahooQuotes(self.session, self.clock, currencies),
            bars=self.bars,
            news=(self.news, self.feed),
            new_id=lambda: f"alert-{next(self._numbers)}",
        )
        self.events: list[Event] = []
        self.engine = Engine(parts, self._hear)
        self.truth = Truth(self.server.world, self.engine.symbols)
        core = InlineCore()
        self.runtime = Runtime(core, InlinePool(core))
        self.runtime.attach(self.engine)

    def _hear(self, event: Event) -> None:
        self.events.append(event)
        self._heard(event)

    def next_minute(self) -> None:
        """Let the world move on: other prices, one more headline."""
        self.clock.advance(seconds=60)
        number = next(self._numbers)
        world = self.server.world
        for place, symbol in enumerate(("NVDA", "AMD", "QQQ", "005930.KS")):
            listing = world.listing(symbol)
            price = round(listing.previous_close * (1 + ((number * 7 + place * 3) % 40 - 20) / 1000), 2)
            world.listings[symbol] = replace(listing, price=price)
        world.move("INTC", -5.0)  # the one true sharp move
        world.articles = [
            Article(
                id=f"article-{number}",
                title=f"Nvidia signs contract number {number} with OpenAI",
                publisher="Example",
                published=self.clock.now() - timedelta(minutes=5),
                symbols=("NVDA", "AMD"),
            ),
            *world.articles[:5],
        ]
        self.truth.record()

    def call(self, name: str) -> str:
        """Make one call and return how it ended: ok, a named health state, or a bug."""
        try:
            return getattr(self, f"_call_{name}")()
        except ProviderError as fault:
            state = "rate-limited" if fault.rate_limited else "offline" if fault.offline else "failed"
            return f"{state}: {fault}"
        except Exception as bug:  # noqa: BLE001 - any other exception is what the matrix looks for
            return f"BUG {type(bug).__name__}: {bug}"

    def _call_quote(self) -> str:
        self.runtime.quotes.fetch(self.engine)
        return self._health("quotes")

    def _call_chart(self) -> str:
        self.runtime.request_bars("NVDA", ChartRange.DAY_1)
        found = {symbol: (self.bars.daily_history(symbol, START), START) for symbol in CHARTED}
        self.engine.take_answers(found)
        return "ok"

    def _call_news(self) -> str:
        self.runtime.news.fetch_from(self.engine, self.news, ("NVDA", "AMD"))
        return self._health(self.news.name)

    def _call_feed(self) -> str:
        self.runtime.news.fetch_from(self.engine, self.feed, ())
        return self._health(FEED)

    def _call_search(self) -> str:
        hits = self.search.search(_SEARCHED)
        wrong = [hit for hit in hits if hit != _HIT]
        return f"BUG wrong hit {wrong[0]}" if wrong else "ok"

    def _health(self, source: str) -> str:
        health = self.engine.health.of(source)
        assert health is not None
        return "ok" if health.state is HealthState.OK else f"{health.state.value}: {health.detail}"

    def knows_the_newest_headline(self) -> bool:
        """Whether the article published last is in the book, alone or as a copy."""
        newest = self.server.world.articles[0]
        moment = newest.published.replace(microsecond=0)
        return any(story.last_published == moment for story in self.engine.newsroom.stories)

    def untruths(self, since: int) -> list[str]:
        """Return every wrong value among the events from ``since`` on, in the store and in memory."""
        now, truth = self.clock.now(), self.truth
        quotes = [*self.store.quotes.load(), *self.engine.market.quotes.values()]
        stories = [*self.engine.newsroom.stories, *self.store.news.load_stories(now - timedelta(days=30))]
        alerts = [*self.store.alerts.load()]
        found = []
        for event in self.events[since:]:
            if isinstance(event, QuotesChanged):
                quotes += event.quotes
                found += [f"move {m}" for m in event.moves if abs(m.move_pct) > 6.0]
            elif isinstance(event, AlertRaised):
                alerts.append(event.alert)
            elif isinstance(event, BarsLoaded):
                found += [truth.wrong_bar(event.symbol, bar) for bar in event.bars]
        found += [truth.wrong_quote(quote, now) for quote in quotes]
        found += [truth.wrong_alert(alert) for alert in alerts]
        found += [truth.wrong_story(story) for story in stories]
        for symbol in CHARTED:
            found += [
                truth.wrong_bar(symbol, bar) for bar in self.store.bars.load_daily(symbol, date(2000, 1, 1))
            ]
        return [words for words in found if words]

    @contextmanager
    def struck_by(self, case: Case, call: str) -> Iterator[None]:
        """Let a fault strike for a while; nobody waits long for one that takes time."""
        self._patience.short = case.fault.takes_time
        self.server.fail(case.at or call, case.fault)
        try:
            with self.led_to(case.proxy):
                yield
        finally:
            self.server.heal()
            self._patience.short = False

    @contextmanager
    def led_to(self, proxy: str) -> Iterator[None]:
        """Lead the program to another proxy for a while."""
        names = ("HTTPS_PROXY", "https_proxy") if proxy else ()
        before = {name: os.environ[name] for name in names}
        os.environ.update(dict.fromkeys(names, proxy))
        try:
            yield
        finally:
            os.environ.update(before)


_HIT = SymbolHit(symbol="NVDA", name="NVDA Corporation", exchange="NasdaqGS")
