"""The core of the program: takes quotes and headlines in, tells what changed, and what fired."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stackwatch.analysis.attribution import Attribution
from stackwatch.analysis.exposure_graph import ExposureGraph
from stackwatch.analysis.reading import Reader
from stackwatch.domain.alert import Alert
from stackwatch.domain.events import (
    AlertsLoaded,
    AlertUpdated,
    ArmedChanged,
    BarsLoaded,
    ClockTicked,
    Event,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    HistorySummary,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.move import Explanation, Rollup
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import Bar, ChartRange, DailyBar, Quote, Session
from stackwatch.domain.rule import Rule
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerting import Alerting
from stackwatch.engine.delivery import Delivery
from stackwatch.engine.explanations import Explanations
from stackwatch.engine.market_clock import MarketHours
from stackwatch.engine.market_data import MarketData
from stackwatch.engine.newsroom import Newsroom
from stackwatch.engine.ports import (
    BarSource,
    Calendars,
    Clock,
    NewsSource,
    QuoteBatch,
    QuoteSource,
    QuoteStream,
    Store,
    Tick,
)
from stackwatch.engine.rollups import Rollups, by_id

_log = logging.getLogger(__name__)

HISTORY = timedelta(days=400)  # what the market model and a year's range need
_HOLIDAYS = timedelta(days=14)  # longer than any exchange is shut
_RANGE_DAYS = {
    ChartRange.MONTH_1: 31,
    ChartRange.MONTH_6: 183,
    ChartRange.YEAR_1: 366,
    ChartRange.YEAR_5: 5 * 366,
}
Publish = Callable[[Event], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an engine is made of: the data it starts from and the ports it works through."""

    ecosystem: Ecosystem
    watchlist: Watchlist
    rules: tuple[Rule, ...]
    reader: Reader
    tiers: dict[str, int]
    clock: Clock
    store: Store
    calendars: Calendars
    quotes: QuoteSource
    bars: BarSource
    news: tuple[NewsSource, ...]
    new_id: Callable[[], str]
    stream: QuoteStream | None = None
    replay: bool = False


class Engine:
    """All state of a running program. Every method runs on the core thread."""

    def __init__(self, parts: Parts, publish: Publish) -> None:
        self.parts = parts
        self._publish = publish
        graph = ExposureGraph(parts.ecosystem.exposures)
        self.market = MarketData(parts.ecosystem, parts.clock)
        self.newsroom = Newsroom(parts.reader, parts.store, parts.clock)
        self.rollups = Rollups(parts.watchlist, parts.ecosystem, graph, self.market)
        self.hours = MarketHours(parts.watchlist, parts.ecosystem, parts.calendars)
        self.explanations = Explanations(
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            market=self.market,
            newsroom=self.newsroom,
            attribution=Attribution(graph, parts.tiers),
            calendars=parts.calendars,
            clock=parts.clock,
        )
        self.alerting = Alerting(
            rules=parts.rules,
            states=parts.store.load_states(),
            watchlist=parts.watchlist,
            market=self.market,
            rollups=self.rollups,
            explanations=self.explanations,
            clock=parts.clock,
        )
        self.delivery = Delivery(
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            market=self.market,
            rollups=self.rollups,
            explanations=self.explanations,
            store=parts.store,
            clock=parts.clock,
            new_id=parts.new_id,
            replay=parts.replay,
        )
        self.selected: str | None = None
        self._rollups: dict[str, Rollup] = {}
        self._health: dict[str, Health] = {}
        self._explained: Explanation | None = None
        self.quotes_fetched = False

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol to fetch: the list, its benchmarks, and the names tied to its private entities."""
        listed = self.parts.watchlist.symbols
        instruments = self.parts.ecosystem.instruments
        benchmarks = (instruments[symbol].benchmark for symbol in listed)
        return tuple(dict.fromkeys((*listed, *benchmarks)))

    def start(self) -> None:
        """Tell what is known from before: quotes, history, stories, alerts, armed rules."""
        stored = [q for q in self.parts.store.load_quotes() if q.symbol in self.parts.ecosystem.instruments]
        self._take_quotes(stored, evaluate=False)
        start = self.history_start
        known = {s: bars for s in self.symbols if (bars := self.parts.store.load_daily(s, start))}
        self.take_histories(known, store=False)
        self._publish(AlertsLoaded(self.delivery.alerts))
        self._publish(StoriesChanged(self.newsroom.stories, self.newsroom.counts()))
        self._publish_armed()

    def tick(self) -> None:
        """Tell the time, and mark quotes that stopped coming."""
        now = self.parts.clock.now()
        self._notice_gap()
        for update in self.delivery.wake():
            self._publish(update)
        self._publish(self.clock_event(now))

    def _notice_gap(self) -> None:
        """Mark quotes that stopped coming before newer ones are taken in, so that rules see the gap."""
        aged = self.market.age()
        if aged:
            self._publish(QuotesChanged(aged))
            self.evaluate()

    def clock_event(self, now: datetime) -> ClockTicked:
        """Return the time with the phases of the list's markets."""
        return ClockTicked(now=now, markets=self.hours.clocks(now), replay=self.parts.replay)

    def take_quotes(self, batch: QuoteBatch) -> None:
        """Take in a refresh, tell what changed, and evaluate the rules."""
        for refused in batch.rejected:
            _log.info("no quote of %s: %s", refused.symbol, refused.reason)
        self.quotes_fetched = self.quotes_fetched or bool(batch.quotes)
        self._notice_gap()
        self._take_quotes(batch.quotes, evaluate=True)
        poor = len(batch.rejected) > len(batch.quotes)
        state = HealthState.DEGRADED if poor else HealthState.OK
        self.set_health("quotes", state, f"{len(batch.quotes)} quotes, {len(batch.rejected)} refused")

    def take_ticks(self, ticks: Sequence[Tick]) -> None:
        """Take in pushed prices, tell what changed, and evaluate the rules."""
        self._notice_gap()
        changed = self.market.merge(ticks)
        if changed:
            self._tell_quotes(changed)
            self.evaluate()

    def look_back(self, quotes: Sequence[Quote]) -> None:
        """Take in a past day's closing quotes: nothing is stored and no rule is evaluated."""
        self._take_quotes(quotes, evaluate=False)

    def _take_quotes(self, quotes: Iterable[Quote], *, evaluate: bool) -> None:
        changed = self.market.accept(quotes)
        if changed:
            self._tell_quotes(changed)
        if evaluate:
            self.parts.store.save_quotes(changed)
            self.evaluate()

    def _tell_quotes(self, changed: Sequence[Quote]) -> None:
        symbols = [quote.symbol for quote in changed]
        moves = self.market.refresh_moves(dict.fromkeys((*symbols, *self.market.depends_on(symbols))))
        for move in moves:
            self.explanations.note_onset(move, self.market.quotes[move.symbol])
        self._publish(QuotesChanged(tuple(changed), moves))
        self._refresh_rollups()
        self._explain_selected()

    def take_histories(self, histories: Mapping[str, Sequence[DailyBar]], *, store: bool = True) -> None:
        """Take in daily bars per symbol, oldest first."""
        summaries: list[HistorySummary] = []
        for symbol, bars in histories.items():
            if not bars:
                continue
            if store:  # what is kept already stays: an answer may have holes
                self.parts.store.save_daily(symbol, bars)
            kept = self.parts.store.load_daily(symbol, self.history_start) if store else bars
            summaries.append(self.market.set_history(symbol, kept))
        if not summaries:
            return
        self.rollups.forget_fits()
        self._publish(HistoryChanged(tuple(summaries)))
        moves = self.market.refresh_moves(self.market.quotes)
        self._publish(QuotesChanged((), moves))
        self._refresh_rollups()
        self._explain_selected()

    def take_headlines(self, headlines: Sequence[Headline], source: str) -> None:
        """Take in headlines, tell the stories they make, and let rules and explanations look again."""
        changed = self.newsroom.accept(headlines)
        self.set_health(source, HealthState.OK, f"{len(headlines)} headlines")
        if not changed:
            return
        self._publish(StoriesChanged(changed, self.newsroom.counts()))
        self._explain_selected()
        self.evaluate()
        for update in self.delivery.refresh(self._rollups):
            self._publish(update)

    def evaluate(self) -> None:
        """Advance every rule; alerts are on disk before anyone hears of them."""
        firings, changed = self.alerting.evaluate(self._rollups)
        if changed:
            self.parts.store.save_states(changed)
        if not firings:
            return
        for raised in self.delivery.deliver(firings, self._rollups):
            self._publish(raised)
        self._publish_armed()

    def last_closed_session(self, symbol: str) -> date:
        """Return the newest trading day of a symbol's exchange that is over."""
        now = self.parts.clock.now()
        calendar = self.parts.ecosystem.instruments[symbol].calendar
        sessions = self.parts.calendars.sessions(calendar, now.date() - _HOLIDAYS, now.date())
        return next((s.day for s in reversed(sessions) if s.close <= now), now.date() - _HOLIDAYS)

    @property
    def history_start(self) -> date:
        """The first day of the history that is kept."""
        return self.parts.clock.now().date() - HISTORY

    @property
    def any_market_open(self) -> bool:
        """Whether a market of the list trades now, extended hours included."""
        return any(c.phase is not Session.CLOSED for c in self.hours.clocks(self.parts.clock.now()))

    def explain(self, symbol: str) -> Explanation | None:
        """Return why a symbol moved."""
        return self.explanations.explain(symbol)

    def select(self, entity_id: str) -> None:
        """Follow an entity: its explanation is told now and whenever it changes."""
        self.selected = entity_id
        self._explained = None
        self._explain_selected()

    def bars_taken(self, symbol: str, chart_range: ChartRange, bars: Sequence[Bar]) -> None:
        """Answer a chart's request, today's unfinished session included."""
        self._publish(
            BarsLoaded(symbol, chart_range, self._with_today(symbol, bars), reconstructed=self.parts.replay)
        )

    def stored_bars(self, symbol: str, chart_range: ChartRange) -> tuple[DailyBar, ...]:
        """Return the stored daily bars of a range."""
        start = self.parts.clock.now().date() - timedelta(days=_RANGE_DAYS.get(chart_range, 0))
        return self.parts.store.load_daily(symbol, start)

    def range_start(self, chart_range: ChartRange) -> date:
        """Return the first day of a range that ends now."""
        return self.parts.clock.now().date() - timedelta(days=_RANGE_DAYS[chart_range])

    def set_health(
        self, source: str, state: HealthState, detail: str, next_try: datetime | None = None
    ) -> None:
        """Record and tell a source's condition; ``since`` is when it began."""
        known = self._health.get(source)
        if known is not None and known.state is state is HealthState.OK:
            return
        since = known.since if known is not None and known.state is state else self.parts.clock.now()
        health = Health(source=source, state=state, since=since, detail=detail, next_try=next_try)
        if known != health:
            self._health[source] = health
            self._publish(HealthChanged(health))

    def mark_seen(self, alert_id: str) -> None:
        """Mark an alert as seen."""
        self._publish_update(self.delivery.mark_seen(alert_id))

    def snooze(self, alert_id: str, until: datetime) -> None:
        """Silence an alert's group."""
        self._publish_update(self.delivery.snooze(alert_id, until))

    def note_shown(self, alert_id: str) -> None:
        """Record that an alert's popup was on screen."""
        self._publish_update(self.delivery.note_shown(alert_id))

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """The alerts kept, newest first."""
        return self.delivery.alerts

    def movers(self, count: int) -> tuple[str, ...]:
        """Return the symbols that moved most, largest first, whose news is worth fetching now."""
        listed = [m for s in self.parts.watchlist.symbols if (m := self.market.moves.get(s)) is not None]
        ordered = sorted(listed, key=lambda move: abs(move.move_pct), reverse=True)
        return tuple(move.symbol for move in ordered[:count] if abs(move.move_pct) >= 1.0)

    def _with_today(self, symbol: str, bars: Sequence[Bar]) -> tuple[Bar, ...]:
        quote = self.market.quotes.get(symbol)
        if quote is None or (bars and not isinstance(bars[-1], DailyBar)) or quote.open is None:
            return tuple(bars)
        day = self.market.session_date(quote)
        last = bars[-1] if bars else None
        if isinstance(last, DailyBar) and last.day >= day:
            return tuple(bars)
        today = DailyBar(
            day,
            quote.open,
            max(quote.day_high or quote.price, quote.price),
            min(quote.day_low or quote.price, quote.price),
            quote.price,
            quote.volume or 0,
        )
        return (*bars, today)

    def _refresh_rollups(self) -> None:
        computed = self.rollups.compute(self.parts.clock.now().date())
        changed = tuple(r for r in computed if self._rollups.get(r.id) != r)
        self._rollups = dict(by_id(computed))
        wide = frozenset(r.id for r in computed if self.rollups.layer_wide(r.id, r))
        self.explanations.note_layers(wide)
        if changed:
            self._publish(RollupsChanged(changed))

    def _explain_selected(self) -> None:
        if self.selected is None:
            return
        explanation = self.explanations.explain(self.selected)
        if explanation is not None and explanation != self._explained:
            self._explained = explanation
            self._publish(ExplanationChanged(self.selected, explanation))

    def _publish_armed(self) -> None:
        self._publish(ArmedChanged(self.alerting.armed(), self.delivery.fired_today()))

    def _publish_update(self, update: AlertUpdated | None) -> None:
        if update is not None:
            self._publish(update)
