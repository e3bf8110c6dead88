"""Hand-written stand-ins for the engine's ports."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import CorporateActions, DailyBar, MinuteBar, Quote, QuoteState, Session
from stackwatch.engine.ports import Clock, History, QuoteBatch, RejectedValue

NEW_YORK = ZoneInfo("America/New_York")


class FakeClock:
    """A clock that stands still until it is moved, unless each look moves it by a ``pace``."""

    def __init__(self, now: datetime) -> None:
        self.time = now
        self.pace = timedelta()

    def now(self) -> datetime:
        self.time += self.pace
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)


class WeekdayCalendars:
    """Every exchange trades 9:30 to 16:00 New York time on every week day."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        del calendar
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        return tuple(
            TradingSession(
                day,
                datetime.combine(day, time(9, 30), NEW_YORK).astimezone(UTC),
                datetime.combine(day, time(16), NEW_YORK).astimezone(UTC),
            )
            for day in days
            if day.weekday() < 5
        )


class FakeMarket:
    """Quotes, bars and headlines that a test sets; counts what it is asked for."""

    name = "fake"
    per_symbol = False

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.prices: dict[str, Quote] = {}
        self.history: dict[str, tuple[DailyBar, ...]] = {}
        self.actions: dict[str, CorporateActions] = {}
        self.minute_bars: dict[tuple[str, int], tuple[MinuteBar, ...]] = {}
        self.history_asked: list[tuple[str, date]] = []
        self.minutes_asked: list[tuple[str, int]] = []
        self.no_history: set[str] = set()
        self.news: list[Headline] = []
        self.news_asked = 0
        self.fault: ProviderError | None = None
        self.asked: list[tuple[str, ...]] = []

    def set(self, symbol: str, price: float, previous: float = 100.0, **changes: object) -> Quote:
        values: dict[str, object] = {
            "symbol": symbol,
            "price": price,
            "currency": "USD",
            "previous_close": previous,
            "as_of": self._clock.now(),
            "session": Session.REGULAR,
            "source": self.name,
            "state": QuoteState.LIVE,
        }
        quote = Quote(**(values | changes))  # type: ignore[arg-type]
        self.prices[symbol] = quote
        return quote

    def report(
        self, title: str, *, publisher: str = "WSJ", minutes_ago: float = 30, key: str = ""
    ) -> Headline:
        headline = Headline(
            id=key or f"h{len(self.news)}",
            title=title,
            publisher=publisher,
            url=f"https://example.com/{key or len(self.news)}",
            published=self._clock.now() - timedelta(minutes=minutes_ago),
            received=self._clock.now(),
            source=self.name,
        )
        self.news.append(headline)
        return headline

    def quotes(self, symbols: Sequence[str]) -> QuoteBatch:
        self.asked.append(tuple(symbols))
        if self.fault is not None:
            raise self.fault
        known = tuple(self.prices[s] for s in symbols if s in self.prices)
        missing = tuple(
            RejectedValue(s, "missing from the answer", missing=True) for s in symbols if s not in self.prices
        )
        return QuoteBatch(known, missing)

    def daily_history(self, symbol: str, start: date) -> History:
        self.history_asked.append((symbol, start))
        if symbol in self.no_history:
            raise ProviderError(f"chart: status 404 for {symbol}")
        return History(
            tuple(bar for bar in self.history.get(symbol, ()) if bar.day >= start),
            self.actions.get(symbol, CorporateActions()),
        )

    def minutes(self, symbol: str, days: int) -> tuple[MinuteBar, ...]:
        self.minutes_asked.append((symbol, days))
        if symbol in self.no_history:
            raise ProviderError(f"chart: status 404 for {symbol}")
        return self.minute_bars.get((symbol, days), ())

    def headlines(self, symbols: Sequence[str]) -> tuple[Headline, ...]:
        del symbols
        self.news_asked += 1
        if self.fault is not None:
            raise self.fault
        return tuple(self.news)


class FakeScheduler:
    """Keeps the jobs, so that a test runs them when it likes."""

    def __init__(self) -> None:
        self.jobs: dict[str, Callable[[], None]] = {}
        self.seconds: dict[str, float] = {}

    def every(self, seconds: float, job: Callable[[], None], *, name: str) -> None:
        self.jobs[name] = job
        self.seconds[name] = seconds

    def start(self) -> None:
        """Jobs run by hand."""

    def stop(self) -> None:
        """Nothing runs by itself."""
