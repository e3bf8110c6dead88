"""What keeps the engine going: scheduled jobs ask for data, the pool fetches it, the core takes it in.

Scheduler jobs and interface commands only post to the core; nothing here blocks it.
"""

import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.health import HealthState
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.engine.core import Core, Pool
from stackwatch.engine.history_queue import HistoryQueue
from stackwatch.engine.ports import NewsSource, QuoteBatch, Scheduler

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_HISTORY_AT_ONCE = 4
_NEWS_AT_ONCE = 4
_MOVERS = 8
_BACKOFF = timedelta(seconds=30)
_MAX_BACKOFF = timedelta(minutes=10)
_FEED_EVERY = timedelta(minutes=10)
_CROSS_CHECK = timedelta(seconds=60)
_CLOSED_EVERY = timedelta(minutes=10)


class Pace:
    """How often each job runs, in seconds."""

    def __init__(self, *, clock: float, quotes: float, news: float, history: float) -> None:
        self.clock = clock
        self.quotes = quotes
        self.news = news
        self.history = history


LIVE = Pace(clock=15.0, quotes=15.0, news=60.0, history=3.0)
REPLAY = Pace(clock=0.5, quotes=0.5, news=1.0, history=60.0)


class Runtime:
    """Drives one engine and answers the interface's commands. Implements ``Commands``."""

    def __init__(self, core: Core, pool: Pool, set_speed: Callable[[float], None] | None = None) -> None:
        self._core = core
        self._pool = pool
        self._set_speed = set_speed
        self._engine: Engine | None = None
        self._fetching: set[str] = set()
        self._quotes_due: datetime | None = None
        self._feeds_due = datetime.min.replace(tzinfo=UTC)
        self._failures = 0
        self._calendars_ready = False
        self._streaming = False
        self._histories = HistoryQueue(())
        self._news_round: deque[str] = deque()

    def attach(self, engine: "Engine") -> None:
        """Begin with an engine that is ready; called on the core thread."""
        self._engine = engine
        engine.start()
        benchmarks = [engine.parts.ecosystem.instruments[symbol].benchmark for symbol in engine.symbols]
        self._histories = HistoryQueue((*benchmarks, *engine.symbols))  # no SAR without a benchmark
        self._news_round.extend(engine.parts.watchlist.symbols)

    def schedule(self, scheduler: Scheduler, pace: Pace) -> None:
        """Register the jobs that keep the data fresh. Calendars take seconds to build: not on the core."""
        self._post(self._warm_calendars)
        self._post(self._start_stream)
        scheduler.every(pace.clock, self._job(self._tick), name="clock")
        scheduler.every(pace.quotes, self._job(self._due_quotes), name="quotes")
        scheduler.every(pace.news, self._job(self._due_news), name="news")
        scheduler.every(pace.history, self._job(self.fetch_histories), name="history")

    def prepare_replay(self) -> None:
        """Take the whole history of a replay at once: nothing of it has to be fetched."""
        self._post(self.fetch_all_histories)

    # Commands of the interface

    def select(self, entity_id: str) -> None:
        """Follow an entity, and fetch its headlines first."""

        def task(engine: "Engine") -> None:
            engine.select(entity_id)
            if entity_id in engine.parts.ecosystem.instruments:
                for source in engine.parts.news:
                    if source.per_symbol:
                        self._fetch_from(engine, source, (entity_id,))

        self._post(task)

    def request_bars(self, symbol: str, chart_range: ChartRange) -> None:
        """Answer with BarsLoaded: from the store where it reaches far enough, else from the provider."""
        self._post(lambda engine: self._load_bars(engine, symbol, chart_range))

    def refresh(self) -> None:
        """Fetch quotes and headlines now."""

        def task(engine: "Engine") -> None:
            self._quotes_due = None
            self.fetch_quotes(engine)
            self.fetch_news(engine)

        self._post(task)

    def mark_seen(self, alert_id: str) -> None:
        """Mark an alert as seen."""
        self._post(lambda engine: engine.mark_seen(alert_id))

    def snooze(self, alert_id: str, until: datetime) -> None:
        """Silence an alert's group until a time."""
        self._post(lambda engine: engine.snooze(alert_id, until))

    def note_shown(self, alert_id: str) -> None:
        """Record that a popup was on screen."""
        self._post(lambda engine: engine.note_shown(alert_id))

    def set_replay_speed(self, speed: float) -> None:
        """Set the pace of a replay; without one there is nothing to set."""
        if self._set_speed is not None:
            self._set_speed(speed)
            self._post(self._tick)

    # Fetching, on the core thread

    def fetch_quotes(self, engine: "Engine") -> None:
        """Fetch every quote in as few requests as the provider allows."""
        symbols = engine.symbols
        source = engine.parts.quotes

        def done(batch: QuoteBatch) -> None:
            self._failures = 0
            engine.take_quotes(batch)

        def failed(error: Exception) -> None:
            self._quotes_failed(engine, error)

        self._fetch("quotes", lambda: source.quotes(symbols), done, failed)

    def fetch_news(self, engine: "Engine") -> None:
        """Fetch general feeds and the headlines of the selected share, the movers, then the rest in turn."""
        symbols = self._news_symbols(engine)
        for source in engine.parts.news:
            self._fetch_from(engine, source, symbols if source.per_symbol else ())

    def _due_news(self, engine: "Engine") -> None:
        """Fetch the headlines of shares each time, those of the general feeds every ten minutes."""
        now = engine.parts.clock.now()
        if engine.parts.replay or now >= self._feeds_due:
            self._feeds_due = now + _FEED_EVERY
            self.fetch_news(engine)
            return
        symbols = self._news_symbols(engine)
        for source in engine.parts.news:
            if source.per_symbol:
                self._fetch_from(engine, source, symbols)

    def fetch_histories(self, engine: "Engine") -> None:
        """Fetch the daily bars of a few symbols; waits while the provider does not answer."""
        if engine.quotes_fetched and self._failures == 0:
            self._fetch_some(engine, _HISTORY_AT_ONCE)

    def fetch_all_histories(self, engine: "Engine") -> None:
        """Fetch the daily bars of every symbol that has none of the last sessions."""
        self._fetch_some(engine, len(engine.parts.ecosystem.instruments))

    def _fetch_some(self, engine: "Engine", count: int) -> None:
        today = engine.parts.clock.now().date()
        wanted = self._histories.next(count, today, lambda symbol: self._history_is_fresh(engine, symbol))
        start, bars = engine.history_start, engine.parts.bars

        def call() -> dict[str, tuple[DailyBar, ...] | ProviderError]:
            return {symbol: _or_fault(bars.daily, symbol, start) for symbol in wanted}

        def done(answers: dict[str, tuple[DailyBar, ...] | ProviderError]) -> None:
            for symbol, answer in answers.items():
                if isinstance(answer, ProviderError):
                    _log.warning("history of %s: %s", symbol, answer)
                    self._histories.failed(symbol)
            engine.take_histories({s: a for s, a in answers.items() if not isinstance(a, ProviderError)})

        if wanted:
            self._fetch(f"history {','.join(wanted)}", call, done, _expected)

    def refresh_once(self, engine: "Engine") -> None:
        """Refresh quotes, then the headlines and history of what moved; rules are evaluated as data comes."""
        self.fetch_quotes(engine)
        if not engine.quotes_fetched:
            return
        movers = engine.movers(_MOVERS)
        wanted = dict.fromkeys((*movers, *(engine.parts.ecosystem.instruments[s].benchmark for s in movers)))
        self._histories.only(wanted)
        self.fetch_all_histories(engine)
        self.fetch_news_now(engine, movers)

    @staticmethod
    def fetch_news_now(engine: "Engine", symbols: Sequence[str]) -> None:
        """Fetch general feeds and the headlines of ``symbols``, and wait for them."""
        sources = [source for source in engine.parts.news if symbols or not source.per_symbol]
        with ThreadPoolExecutor(_NEWS_AT_ONCE) as pool:
            waiting = {
                source.name: pool.submit(source.headlines, symbols if source.per_symbol else ())
                for source in sources
            }
        for name, answer in waiting.items():
            try:
                headlines = answer.result()
            except ProviderError as fault:
                engine.set_health(name, _state_of(fault), str(fault))
            else:
                engine.take_headlines(headlines, name)

    def _history_is_fresh(self, engine: "Engine", symbol: str) -> bool:
        closes = engine.market.closes.get(symbol)
        if closes is None or closes.days.size == 0:
            return False
        return int(closes.days[-1]) >= engine.last_closed_session(symbol).toordinal()

    def _load_bars(self, engine: "Engine", symbol: str, chart_range: ChartRange) -> None:
        bars = engine.parts.bars

        def done(loaded: Sequence[DailyBar] | Sequence[MinuteBar]) -> None:
            engine.bars_taken(symbol, chart_range, tuple(loaded))

        def failed(error: Exception) -> None:
            _expected(error)
            _log.warning("chart of %s: %s", symbol, error)
            engine.bars_taken(
                symbol, chart_range, () if chart_range.intraday else engine.stored_bars(symbol, chart_range)
            )

        if chart_range.intraday:
            days = 1 if chart_range is ChartRange.DAY_1 else 5
            self._fetch(f"bars {symbol} {chart_range}", lambda: bars.minutes(symbol, days), done, failed)
            return
        stored = engine.stored_bars(symbol, chart_range)
        start = engine.range_start(chart_range)
        if stored and (stored[0].day - start).days <= 7 and self._history_is_fresh(engine, symbol):  # noqa: PLR2004 - a week of holidays
            engine.bars_taken(symbol, chart_range, stored)
            return
        self._fetch(f"bars {symbol} {chart_range}", lambda: bars.daily(symbol, start), done, failed)

    def _fetch_from(self, engine: "Engine", source: NewsSource, symbols: Sequence[str]) -> None:
        def done(headlines: tuple[Headline, ...]) -> None:
            engine.take_headlines(headlines, source.name)

        def failed(error: Exception) -> None:
            _expected(error)
            _log.warning("%s: %s", source.name, error)
            engine.set_health(source.name, _state_of(error), str(error))

        key = f"news {source.name} {','.join(symbols)}"
        self._fetch(key, lambda: source.headlines(symbols), done, failed)

    def _news_symbols(self, engine: "Engine") -> tuple[str, ...]:
        chosen: dict[str, None] = {}
        if engine.selected in engine.parts.ecosystem.instruments:
            chosen[str(engine.selected)] = None
        for symbol in engine.movers(_MOVERS):
            chosen[symbol] = None
        for _ in range(min(_NEWS_AT_ONCE, len(self._news_round))):
            symbol = self._news_round.popleft()
            self._news_round.append(symbol)
            chosen[symbol] = None
        return tuple(chosen)

    def _fetch(self, key: str, call: Callable, done: Callable, failed: Callable) -> None:  # type: ignore[type-arg]
        """Fetch unless the same is under way; the outcome comes back on the core thread."""
        if key in self._fetching:
            return
        self._fetching.add(key)

        def finished(task: Callable, outcome: object) -> None:  # type: ignore[type-arg]
            self._fetching.discard(key)
            task(outcome)

        self._pool.submit(call, lambda result: finished(done, result), lambda error: finished(failed, error))

    def _due_quotes(self, engine: "Engine") -> None:
        """Fetch quotes when a market is open, now and then while all are shut, later after failures."""
        now = engine.parts.clock.now()
        if self._quotes_due is not None and now < self._quotes_due:
            return
        if not engine.parts.replay:
            trading = not self._calendars_ready or engine.any_market_open
            self._quotes_due = now + (_CLOSED_EVERY if not trading else self._poll_pause)
        self.fetch_quotes(engine)

    @property
    def _poll_pause(self) -> timedelta:
        """How long after a poll the next one may come: a cross-check while prices are pushed."""
        return _CROSS_CHECK if self._streaming else timedelta(0)

    def _quotes_failed(self, engine: "Engine", error: Exception) -> None:
        _expected(error)
        wait = min(_BACKOFF * 2**self._failures, _MAX_BACKOFF)
        self._failures += 1
        self._quotes_due = engine.parts.clock.now() + wait
        _log.warning("quotes: %s; next try in %s", error, wait)
        engine.set_health("quotes", _state_of(error), str(error), self._quotes_due)

    def _start_stream(self, engine: "Engine") -> None:
        """Let the provider push prices; polling then only checks them."""
        if engine.parts.stream is None:
            return

        def on_health(state: HealthState, detail: str) -> None:
            self._post(lambda engine: self._stream_changed(engine, state, detail))

        engine.parts.stream.start(
            engine.symbols, lambda ticks: self._post(lambda engine: engine.take_ticks(ticks)), on_health
        )

    def _stream_changed(self, engine: "Engine", state: HealthState, detail: str) -> None:
        self._streaming = state is HealthState.OK
        engine.set_health("stream", state, detail)

    def _warm_calendars(self, engine: "Engine") -> None:
        now = engine.parts.clock.now()

        def done(_: object) -> None:
            self._calendars_ready = True
            engine.tick()

        self._fetch("calendars", lambda: engine.hours.clocks(now), done, _expected)

    def _tick(self, engine: "Engine") -> None:
        if self._calendars_ready:
            engine.tick()

    def _job(self, task: Callable[["Engine"], None]) -> Callable[[], None]:
        return lambda: self._post(task)

    def _post(self, task: Callable[["Engine"], None]) -> None:
        def run() -> None:
            if self._engine is not None:
                task(self._engine)

        self._core.post(run)


def _or_fault(
    fetch: Callable[[str, date], tuple[DailyBar, ...]], symbol: str, start: date
) -> tuple[DailyBar, ...] | ProviderError:
    """Return bars, or why there are none, so that one bad symbol does not cost the others theirs."""
    try:
        return fetch(symbol, start)
    except ProviderError as fault:
        return fault


def _expected(error: Exception) -> None:
    """Let faults of the surroundings pass; anything else is a bug and goes up."""
    if not isinstance(error, ProviderError | StoreError):
        raise error


def _state_of(error: Exception) -> HealthState:
    if isinstance(error, ProviderError):
        if error.rate_limited:
            return HealthState.RATE_LIMITED
        if error.offline:
            return HealthState.OFFLINE
    return HealthState.FAILED
