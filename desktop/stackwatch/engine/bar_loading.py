"""Daily and minute bars: which are wanted, fetched a few at a time, taken from the store where it can."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.engine.fetching import Fetching, expect
from stackwatch.engine.history_queue import HistoryQueue

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_AT_ONCE = 4
_HOLIDAY_DAYS = 7


class BarLoading:
    """Fetches bars for the market model and for charts. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._queue = HistoryQueue(())

    def want(self, symbols: Iterable[str]) -> None:
        """Begin a queue of symbols whose daily bars are wanted, first come first fetched."""
        self._queue = HistoryQueue(symbols)

    def only(self, symbols: Iterable[str]) -> None:
        """Drop every symbol that is not among ``symbols``."""
        self._queue.only(symbols)

    def fetch_some(self, engine: "Engine") -> None:
        """Fetch the daily bars of a few symbols."""
        self._fetch(engine, _AT_ONCE)

    def fetch_all(self, engine: "Engine") -> None:
        """Fetch the daily bars of every symbol that has none of the last sessions."""
        self._fetch(engine, len(engine.parts.ecosystem.instruments))

    def load_chart(self, engine: "Engine", symbol: str, chart_range: ChartRange) -> None:
        """Answer with BarsLoaded: from the store where it reaches far enough, else from the provider."""
        bars = engine.parts.bars

        def done(loaded: Sequence[DailyBar] | Sequence[MinuteBar]) -> None:
            engine.bars_taken(symbol, chart_range, tuple(loaded))

        def failed(error: Exception) -> None:
            expect(error)
            _log.warning("chart of %s: %s", symbol, error)
            engine.bars_taken(
                symbol, chart_range, () if chart_range.intraday else engine.stored_bars(symbol, chart_range)
            )

        key = f"bars {symbol} {chart_range}"
        if chart_range.intraday:
            days = 1 if chart_range is ChartRange.DAY_1 else 5
            self._fetching.start(key, lambda: bars.minutes(symbol, days), done, failed)
            return
        stored = engine.stored_bars(symbol, chart_range)
        start = engine.range_start(chart_range)
        if stored and (stored[0].day - start).days <= _HOLIDAY_DAYS and _is_fresh(engine, symbol):
            engine.bars_taken(symbol, chart_range, stored)
            return
        self._fetching.start(key, lambda: bars.daily(symbol, start), done, failed)

    def _fetch(self, engine: "Engine", count: int) -> None:
        today = engine.parts.clock.now().date()
        wanted = self._queue.next(count, today, lambda symbol: _is_fresh(engine, symbol))
        start, bars = engine.history_start, engine.parts.bars

        def call() -> dict[str, tuple[DailyBar, ...] | ProviderError]:
            return {symbol: _or_fault(bars.daily, symbol, start) for symbol in wanted}

        def done(answers: dict[str, tuple[DailyBar, ...] | ProviderError]) -> None:
            for symbol, answer in answers.items():
                if isinstance(answer, ProviderError):
                    _log.warning("history of %s: %s", symbol, answer)
                    self._queue.failed(symbol)
            engine.take_histories({s: a for s, a in answers.items() if not isinstance(a, ProviderError)})

        if wanted:
            self._fetching.start(f"history {','.join(wanted)}", call, done, expect)


def _is_fresh(engine: "Engine", symbol: str) -> bool:
    closes = engine.market.closes.get(symbol)
    if closes is None or closes.days.size == 0:
        return False
    return int(closes.days[-1]) >= engine.last_closed_session(symbol).toordinal()


def _or_fault(
    fetch: Callable[[str, date], tuple[DailyBar, ...]], symbol: str, start: date
) -> tuple[DailyBar, ...] | ProviderError:
    """Return bars, or why there are none, so that one bad symbol does not cost the others theirs."""
    try:
        return fetch(symbol, start)
    except ProviderError as fault:
        return fault
