"""Daily and minute bars: which are wanted, fetched a few at a time, taken from the store where it can."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.events import HistoryProgress
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar
from stackwatch.engine.bars.daily_bars import with_answer
from stackwatch.engine.bars.history_queue import HistoryQueue
from stackwatch.engine.fetching import Fetching, backoff, expect, wait_after
from stackwatch.engine.ports import History

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_AT_ONCE = 4
_DOUBT_EVERY = timedelta(minutes=15)
_DEEP_REST = 3  # calls: the years that only charts need come slowly, behind everything else
Histories = Mapping[str, tuple[History, date]]
Answers = dict[str, tuple[History | ProviderError, date]]


class BarLoading:
    """Fetches bars for the market model and for charts. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._queue = HistoryQueue(())
        self._deep = HistoryQueue(())
        self._rest = 0
        self._telling = False
        self._doubted: dict[str, datetime] = {}  # when a history was asked for because of a doubt
        self._failures = 0  # of the provider in a row, not of single symbols
        self._failed_at = datetime.min.replace(tzinfo=UTC)
        self._left_alone = timedelta(0)
        self._owed: tuple[str, ChartRange] | None = None  # the chart whose bars did not come
        self._owed_at = self._failed_at
        self._owed_tries = 0

    def want(self, symbols: Iterable[str]) -> None:
        """Begin a queue of symbols whose daily bars are wanted, first come first fetched."""
        wanted = tuple(symbols)
        self._queue, self._deep = HistoryQueue(wanted), HistoryQueue(wanted)

    def want_all(self, engine: "Engine") -> None:
        """Begin with an engine's names, their benchmarks first: without one there is no abnormal return."""
        instruments = engine.parts.ecosystem.instruments
        self.want((*(instruments[symbol].benchmark for symbol in engine.symbols), *engine.symbols))

    def only(self, symbols: Iterable[str]) -> None:
        """Drop every symbol that is not among ``symbols``."""
        self._queue.only(symbols)

    def fetch_some(self, engine: "Engine") -> None:
        """Fetch what the market model lacks of a few symbols; after that, now and then, years of one.

        A provider that refuses, or cannot be reached, is left alone for ever longer.
        """
        if self._rests(engine):
            return
        self._retry_chart(engine)
        fetching = self._fetch(engine, self._queue, engine.histories.start, _AT_ONCE)
        if engine.parts.replay:
            return
        self._ask_doubted(engine)
        self._tell_progress(engine, fetching=fetching)
        if fetching:
            return
        if self._rest > 0:
            self._rest -= 1
        elif self._fetch(engine, self._deep, engine.daily.kept_from, 1):
            self._rest = _DEEP_REST

    def _ask_doubted(self, engine: "Engine") -> None:
        """Ask again for the last sessions of what looks like a split of today: nothing of them is missing."""
        now = engine.parts.clock.now()
        doubted = sorted(engine.market.book.maybe_split)
        self._doubted = {s: at for s, at in self._doubted.items() if timedelta(0) <= now - at < _DOUBT_EVERY}
        due = [symbol for symbol in doubted if symbol not in self._doubted][:_AT_ONCE]
        self._doubted |= dict.fromkeys(due, now)
        if due:
            self._ask(engine, dict.fromkeys(due, engine.daily.asked_again_from), None)

    def stop(self, engine: "Engine") -> None:
        """Fetch no more histories today; charts fetch their own."""
        today = engine.parts.clock.now().date()
        self._queue.stop(today)
        self._deep.stop(today)
        self._tell_progress(engine, fetching=False)

    def _tell_progress(self, engine: "Engine", *, fetching: bool) -> None:
        """Tell how far the first load is; nothing where every history is there already."""
        done, total = self._queue.progress
        if fetching:
            self._telling = True
            engine.tell(HistoryProgress(min(done, total - 1), total))
        elif self._telling and done == total:
            self._telling = False
            engine.tell(HistoryProgress(total, total))

    def fetch_all(self, engine: "Engine") -> None:
        """Fetch the daily bars of every symbol that lacks some of the last sessions."""
        self._fetch(engine, self._queue, engine.histories.start, len(engine.parts.ecosystem.instruments))

    def reload_chart(self, engine: "Engine") -> None:
        """Ask once more for the bars of the open chart: nobody watched while some of them were made."""
        if engine.charts.opened is not None:
            self.load_chart(engine, *engine.charts.opened, again=True)

    def _retry_chart(self, engine: "Engine") -> None:
        """Ask again, ever later, for the bars of the open chart that did not come."""
        now = engine.parts.clock.now()
        if self._owed is None or timedelta(0) <= now - self._owed_at < backoff(self._owed_tries - 1):
            return
        self._owed_at = now
        if self._owed == engine.charts.opened:
            self.load_chart(engine, *self._owed, again=True)
        else:
            self._owed = None

    def _note_chart(self, engine: "Engine", asked: tuple[str, ChartRange], *, came: bool) -> None:
        if came:
            self._owed = None if self._owed == asked else self._owed
            return
        self._owed_tries = self._owed_tries + 1 if self._owed == asked else 1
        self._owed, self._owed_at = asked, engine.parts.clock.now()

    def load_chart(
        self, engine: "Engine", symbol: str, chart_range: ChartRange, *, again: bool = False
    ) -> None:
        """Answer with BarsLoaded: what the store has at once, and again when the provider had more.

        Where it is asked ``again``, what the store had is on the screen.
        """
        try:
            if chart_range.intraday:
                self._load_minutes(engine, symbol, chart_range, again=again)
            else:
                self._load_days(engine, symbol, chart_range, again=again)
        except StoreError as fault:
            engine.writer.failed(fault)
            engine.charts.show(symbol, chart_range, ())

    def _load_minutes(self, engine: "Engine", symbol: str, chart_range: ChartRange, *, again: bool) -> None:
        charts = engine.charts
        days = charts.sessions_of(chart_range)
        stored = charts.stored_minutes(symbol, chart_range)
        if stored and not again:
            charts.show(symbol, chart_range, stored)
        if stored and charts.is_settled(symbol, chart_range):
            return

        def done(loaded: Sequence[MinuteBar]) -> None:
            self._note_chart(engine, (symbol, chart_range), came=True)
            kept: Sequence[MinuteBar] = ()
            try:
                charts.keep_minutes(symbol, chart_range, loaded)
                kept = charts.stored_minutes(symbol, chart_range)
            except StoreError as fault:
                engine.writer.failed(fault)
            charts.show(symbol, chart_range, kept or loaded)

        def failed(error: Exception) -> None:
            expect(error)
            _log.warning("chart of %s: %s", symbol, error)
            self._note_chart(engine, (symbol, chart_range), came=False)
            if not stored:
                charts.show(symbol, chart_range, (), str(error))

        bars = engine.parts.bars
        self._fetching.start(f"bars {symbol} {chart_range}", lambda: bars.minutes(symbol, days), done, failed)

    def _load_days(self, engine: "Engine", symbol: str, chart_range: ChartRange, *, again: bool) -> None:
        charts = engine.charts
        stored = charts.stored_days(symbol, chart_range)
        since = engine.daily.ask_from(symbol, min(charts.start_of(chart_range), engine.histories.start))
        if since is None or (stored and not again):
            charts.show(symbol, chart_range, stored)
        if since is None:
            return

        def taken(histories: Histories) -> None:
            self._note_chart(engine, (symbol, chart_range), came=symbol in histories)
            try:
                known = charts.stored_days(symbol, chart_range)
            except StoreError as fault:  # what is shown stays
                engine.writer.failed(fault)
                known = stored
            known = _with_answered(engine, symbol, chart_range, known, histories)
            if known != stored or not stored:
                charts.show(symbol, chart_range, known)

        self._ask(engine, {symbol: since}, None, taken)

    def _fetch(self, engine: "Engine", queue: HistoryQueue, first: date, count: int) -> bool:
        """Ask for the next symbols of a queue; returns whether there were any."""
        asks: dict[str, date] = {}

        def complete(symbol: str) -> bool:
            since = engine.daily.ask_from(symbol, first)
            if since is not None:
                asks[symbol] = since
            return since is None

        try:
            queue.next(count, engine.parts.clock.now().date(), complete)
        except StoreError as fault:
            engine.writer.failed(fault)
        if asks:
            self._ask(engine, asks, queue)
        return bool(asks)

    def _ask(
        self,
        engine: "Engine",
        asks: Mapping[str, date],
        queue: HistoryQueue | None,
        taken: Callable[[Histories], None] | None = None,
    ) -> None:
        """Fetch daily bars; where prices were adjusted since, fetch the whole history once more.

        What fails waits in its ``queue`` again. A chart has none: it shows what is stored, and what was
        ``taken``. Without one nobody waits for the answer.
        """
        bars = engine.parts.bars

        def done(answers: Answers) -> None:
            faults, histories = _faults(answers), _histories(answers)
            if queue is not None:
                _put_back(queue, faults)
                self._note_failure(engine, faults, histories)
            again = engine.take_answers(histories)
            _tell_refused(engine, faults, histories)
            if again:
                self._ask(engine, again, queue, taken)
            elif taken is not None:
                taken(histories)
            else:
                _renew_chart(engine, histories)

        key = "history " + ",".join(f"{symbol} {since}" for symbol, since in asks.items())
        call = partial(_answers, bars.daily_history, asks)
        self._fetching.start(key, call, done, expect, background=taken is None)

    def _note_failure(
        self, engine: "Engine", faults: Mapping[str, ProviderError], histories: Histories
    ) -> None:
        """Leave the provider alone for a while where it refuses, or has nothing for any of several."""
        if histories:
            self._failures = 0
        fault = next((fault for fault in faults.values() if fault.rate_limited), None)
        if fault is None and not histories:
            fault = next((f for f in faults.values() if f.of_the_way or len(faults) > 1), None)
        if fault is None or self._rests(engine):  # others that were under way say the same
            return
        self._failed_at, self._left_alone = engine.parts.clock.now(), wait_after(self._failures, fault)
        self._failures += 1
        _log.warning("histories: next try in %s", self._left_alone)

    def _rests(self, engine: "Engine") -> bool:
        return timedelta(0) <= engine.parts.clock.now() - self._failed_at < self._left_alone


def load_histories(engine: "Engine", symbols: Iterable[str], first: date) -> None:
    """Fetch what is missing of ``symbols`` since a day and wait for it; raises ProviderError."""
    for symbol in symbols:
        since = engine.daily.ask_from(symbol, first)
        while since is not None:
            history = engine.parts.bars.daily_history(symbol, since)
            since = engine.take_answers({symbol: (history, since)}).get(symbol)


def _answers(fetch: Callable[[str, date], History], asks: Mapping[str, date]) -> Answers:
    """Return each symbol's history, or why there is none: one bad symbol does not cost the others theirs.

    A provider that asks for fewer requests is not asked for the others.
    """
    answers: Answers = {}
    stopped: ProviderError | None = None
    for symbol, since in asks.items():
        try:
            answers[symbol] = (stopped or fetch(symbol, since), since)
        except ProviderError as fault:
            answers[symbol] = (fault, since)
            stopped = fault if fault.rate_limited else None
    return answers


def _faults(answers: Answers) -> dict[str, ProviderError]:
    """Log the faults among answers and return them by symbol."""
    faults = {}
    for symbol, (answer, _) in answers.items():
        if isinstance(answer, ProviderError):
            _log.warning("history of %s: %s", symbol, answer)
            faults[symbol] = answer
    return faults


def _put_back(queue: HistoryQueue, faults: Mapping[str, ProviderError]) -> None:
    """Let symbols wait again; no day's tries are spent while a provider cannot be asked."""
    for symbol, fault in faults.items():
        if fault.of_the_way:
            queue.put_back(symbol)
        else:
            queue.failed(symbol)


def _tell_refused(engine: "Engine", faults: Mapping[str, ProviderError], histories: Histories) -> None:
    """Tell of which symbols the provider has no history; a fault of the way there is about none."""
    refused = {s: str(fault) for s, fault in faults.items() if not fault.of_the_way}
    empty = (s for s, (history, _) in histories.items() if not history.bars)
    refused |= {s: "chart: the history is empty" for s in empty if s not in engine.market.closes}
    engine.feed.refusals.note(refused, [s for s in histories if s not in refused], {}, history=True)


def _histories(answers: Answers) -> Histories:
    return {s: (answer, since) for s, (answer, since) in answers.items() if isinstance(answer, History)}


def _renew_chart(engine: "Engine", histories: Histories) -> None:
    """Show the open chart of days once more where its bars came: a session more, or adjusted since."""
    opened = engine.charts.opened
    if opened is None or opened[1].intraday or opened[0] not in histories:
        return
    try:
        stored = engine.charts.stored_days(*opened)
    except StoreError as fault:  # what is shown stays
        engine.writer.failed(fault)
    else:
        engine.charts.show(*opened, _with_answered(engine, *opened, stored, histories))


def _with_answered(
    engine: "Engine", symbol: str, span: ChartRange, stored: tuple[DailyBar, ...], histories: Histories
) -> tuple[DailyBar, ...]:
    """Return the stored days of a span with those that were answered, which a full disk did not take."""
    if symbol not in histories:
        return stored
    first = engine.charts.start_of(span)
    return with_answer(stored, [bar for bar in histories[symbol][0].bars if bar.day >= first])
