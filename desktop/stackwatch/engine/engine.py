"""The core of the program: takes quotes and headlines in, tells what changed, and what fired."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from stackwatch.analysis.titles.title_reader import TitleReader
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.alert import AwayReason
from stackwatch.domain.errors import StoreError
from stackwatch.domain.events import (
    AlertsLoaded,
    BudgetChanged,
    ClockTicked,
    HistoryChanged,
    QuotesChanged,
    RollupsChanged,
    StoriesChanged,
)
from stackwatch.domain.health import HealthState
from stackwatch.domain.market import program_day
from stackwatch.domain.move import Explanation
from stackwatch.domain.news import Headline
from stackwatch.domain.quote import DailyBar, HistorySummary, Quote
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.assembly import Assembly, Publish
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.ports import History, NewsSource, QuoteBatch, Tick
from stackwatch.engine.prices.watched_names import fetched_names, ruled_entities, ruled_names, watched_names

_SUMS_EVERY = timedelta(seconds=0.5)  # roll-ups, group rules and reasons while prices are pushed


class Engine(Assembly):
    """All state of a running program. Every method runs on the core thread."""

    def __init__(self, parts: EngineParts, publish: Publish) -> None:
        super().__init__(parts, publish)
        self.hours.follow(watched_names(*self._watching))
        self._summed = datetime.min.replace(tzinfo=UTC)
        self.quotes_fetched = False
        self.alerts_before = frozenset(alert.id for alert in self.delivery.alerts)

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol to fetch: of the list, tied to its private entities, of rules, benchmarks."""
        return fetched_names(*self._watching)

    @property
    def quoted_symbols(self) -> tuple[str, ...]:
        """Every symbol to ask prices for: those to fetch, exchange rates, and who is looked for."""
        return (*self.symbols, *self.feed.rate_symbols, *self.feed.boards.symbols)

    @property
    def _watching(self) -> tuple[Watchlist, Ecosystem, ExposureGraph, date, tuple[str, ...]]:
        day = program_day(self.parts.clock.now())
        ruled = ruled_names(self.alerting.in_force, self.graph, day)
        return self.parts.watchlist, self.parts.ecosystem, self.graph, day, ruled

    def start(self) -> None:
        """Tell what is known from before: quotes, history, stories, alerts, armed rules."""
        stored = [q for q in self.parts.store.quotes.load() if q.symbol in self.parts.ecosystem.instruments]
        self._tell_quotes(self.market.book.restore(stored))
        self.feed.tell_unknown()
        if stored and not self.parts.replay:
            last = max(quote.as_of for quote in stored)
            self.digests.back(AwayReason.START, self.parts.clock.now(), last)
        self.take_histories(self.histories.recall(self.symbols))
        self.tell(AlertsLoaded(self.delivery.alerts))
        self.tell(StoriesChanged(self.newsroom.stories, self.newsroom.counts()))
        self.alerts.tell_armed()
        if left_out := self.parts.store.unreadable:
            detail = f"{left_out} stored values cannot be read and were left out; nothing was deleted"
            self.health.note("store", HealthState.DEGRADED, detail)

    def follow(self, watchlist: Watchlist) -> None:
        """Watch another list from now on.

        What the store knows of names that were not shown until now is told at once, the rest once more.
        """
        before = frozenset(self.parts.watchlist.shown.symbols)
        self.parts = replace(self.parts, watchlist=watchlist)
        self.hours.follow(watched_names(*self._watching))
        for part in (self.rollups, self.rule_inputs, self.delivery):
            part.follow(watchlist)
        self.feed.rates.follow(watchlist.symbols)
        self.market.forget_fits()
        new = [symbol for symbol in self.symbols if symbol not in before]
        self.market.book.restore(self._stored_quotes({s for s in new if s not in self.market.quotes}))
        self.take_histories(self.histories.recall(new))
        self._tell_quotes([self.market.quotes[s] for s in self.symbols if s in self.market.quotes])
        self.tell(StoriesChanged((), self.newsroom.counts()))
        self.alerts.tell_armed()
        self.tell(self.clock_event(self.parts.clock.now()))

    def _stored_quotes(self, symbols: Collection[str]) -> list[Quote]:
        try:
            return [q for q in self.parts.store.quotes.load() if q.symbol in symbols] if symbols else []
        except StoreError as fault:  # they come again
            self.writer.failed(fault)
            return []

    def use_reader(self, reader: TitleReader) -> None:
        """Read titles with another reader from now on."""
        self.parts = replace(self.parts, reader=reader)
        self.newsroom.use(reader)

    def change_settings(self, settings: Settings) -> tuple[NewsSource, ...]:
        """Use other settings; returns the sources of headlines that are new."""
        added = self.data_settings.change(settings)
        self.feed.use_home(settings.home_currency)
        self.delivery.mutes.use(settings)
        changed, dropped = self.newsroom.block(settings.blocked_sources)
        if changed or dropped:
            self.tell(StoriesChanged(self.newsroom.shown(changed), self.newsroom.counts(), dropped))
            self.alerts.change_publishers(dropped, {story.id for story in changed})
        self.explanation_service.tell()
        self.tell_budget()
        return added

    def tell_budget(self) -> None:
        """Tell the requests sent, needed and allowed, and warn of a list that needs too many."""
        budget = self.data_settings.budget(len(self.quoted_symbols))
        self.tell(BudgetChanged(budget))
        self.health.warn("budget", budget.warning)

    def mark_gap(self) -> None:
        """Let rules begin anew after a time that nobody watched: what was passed meanwhile fires nothing."""
        self.rule_inputs.begin_anew()
        self.delivery.begin_anew()
        self.digests.back(AwayReason.WAKE, self.parts.clock.now())
        self._notice_gap()

    def tick(self) -> None:
        """Tell the time, and mark quotes that stopped coming."""
        now = self.parts.clock.now()
        self._notice_gap()
        self.writer.write()
        self.alerts.evaluate()
        self.alerts.renew_armed()
        self.alert_actions.wake()
        if (digest := self.digests.tick(now)) is not None:
            self.tell(digest)
        try:
            back, gone = self.newsroom.turned()
        except StoreError as fault:  # asked again with the next tick
            self.writer.failed(fault)
            back, gone = (), frozenset()
        if (counts := self.newsroom.recounted()) or back or gone:
            self.tell(StoriesChanged(back, counts, gone))
        self.tell(self.clock_event(now))

    def _notice_gap(self) -> None:
        """Mark quotes that stopped coming before newer ones are taken in, so that rules see the gap."""
        aged = self.market.book.age()
        if aged:
            self._tell_quotes(aged)
            self.alerts.evaluate()

    def clock_event(self, now: datetime) -> ClockTicked:
        """Return the time with the phases of the list's markets."""
        return ClockTicked(now=now, markets=self.hours.clocks(now), replay=self.parts.replay)

    def take_quotes(self, batch: QuoteBatch) -> None:
        """Take in a refresh, tell what changed, and evaluate the rules."""
        self._notice_gap()
        batch = self.feed.boards.take_out(batch)
        rates = self.feed.rate_symbols
        changed = self.market.book.accept(quote for quote in batch.quotes if quote.symbol not in rates)
        if batch.quotes:  # an answer, which says something by what it leaves out
            self.quotes_fetched = True
            self.digests.heard(self.parts.clock.now())
            missing = [rejected.symbol for rejected in batch.rejected if rejected.missing]
            changed += self.market.book.left_out(missing)
            self.feed.boards.look_for(missing)
        self._tell_quotes(changed)
        self.rule_inputs.heard(quote.symbol for quote in batch.quotes)
        self.alerting.look_between(self.market.book.touched)
        self.writer.save_quotes(changed)
        self.feed.polled(batch)
        self.alerts.evaluate()

    def take_ticks(self, ticks: Sequence[Tick]) -> None:
        """Take in pushed prices, tell what changed, and evaluate the rules."""
        self._notice_gap()
        changed = self.market.book.merge(ticks)
        self.feed.pushed()
        if changed:
            now = self.parts.clock.now()
            sums = not timedelta(0) <= now - self._summed < _SUMS_EVERY
            self._tell_quotes(changed, sums=sums, pushed=True)
            self.rule_inputs.heard(quote.symbol for quote in changed)
            self.alerts.evaluate(groups=sums)

    def look_back(self, quotes: Sequence[Quote]) -> None:
        """Take in a past day's closing quotes: nothing is stored or told, and no rule is evaluated."""
        changed = self.market.book.look_back(quotes)
        self.onsets.note(self.market.refresh_moves([q.symbol for q in changed]), self.market.quotes)
        self._refresh_rollups()

    def _tell_quotes(self, changed: Sequence[Quote], *, sums: bool = True, pushed: bool = False) -> None:
        """Tell prices and moves; what is made of many of them, and the reason, only with ``sums``."""
        if not changed:
            return
        symbols = [quote.symbol for quote in changed]
        moves = self.market.refresh_moves(symbols)
        self.onsets.note(moves, self.market.quotes)
        self.tell(QuotesChanged(tuple(changed), moves, self.rule_inputs.volumes(changed, pushed=pushed)))
        self.rule_inputs.changed((*symbols, *(move.symbol for move in moves)))
        if sums:
            self._summed = self.parts.clock.now()
            self._refresh_rollups()
            self.explanation_service.tell()
        self.charts.grow(symbols)

    def take_answers(self, answers: Mapping[str, tuple[History, date]]) -> dict[str, date]:
        """Take in what a provider answered per symbol, with the day it was asked from.

        Returns the symbols that must be asked for again, and from when: their prices were adjusted since.
        """
        again, changed = self.histories.keep(answers)
        self.explainer.forget_base_rates(answers)
        self.take_histories(changed)
        if not changed:  # older sessions alone say nothing new of the move, but of what followed such moves
            self.explanation_service.tell()
        return again

    def take_histories(self, histories: Mapping[str, Sequence[DailyBar]]) -> None:
        """Take in daily bars per symbol, oldest first; nothing is stored."""
        summaries: list[HistorySummary] = []
        for symbol, bars in histories.items():
            if bars:
                summaries.append(self.market.set_history(symbol, bars))
                self.rule_inputs.take_history(symbol, bars)
        if not summaries:
            return
        self.rollups.forget_fits()
        self.tell(HistoryChanged(tuple(summaries)))
        moves = self.market.refresh_moves(self.market.quotes)
        self.tell(QuotesChanged((), moves, self.rule_inputs.volumes(self.market.quotes.values())))
        self._refresh_rollups()
        self.explanation_service.tell()
        self.alerts.take_history()

    def take_headlines(self, headlines: Sequence[Headline], source: str) -> None:
        """Take in headlines, tell the stories they make, and let rules and explanations look again."""
        try:
            changed = self.newsroom.accept(headlines)
        except StoreError as fault:
            self.writer.failed(fault)
            return
        many = "" if len(headlines) == 1 else "s"
        self.health.note(source, HealthState.OK, f"{len(headlines)} headline{many}")
        if not changed:
            return
        self.tell(StoriesChanged(changed, self.newsroom.counts()))
        self.explanation_service.tell()
        self.alerts.take_news(changed)

    @property
    def any_market_open(self) -> bool:
        """Whether trades of the list may arrive now, extended and delayed ones included."""
        return self.market.any_live or self.hours.any_feed_runs(self.parts.clock.now())

    def explain(self, symbol: str) -> Explanation | None:
        """Return why a symbol moved, as it is told."""
        return self.explanation_service.explain(symbol)

    def _refresh_rollups(self) -> None:
        ruled = ruled_entities(self.alerting.in_force)
        changed = self.rollups.refresh(program_day(self.parts.clock.now()), ruled)
        self.explainer.note_layers(self.rollups.moving_as_one())
        if changed:
            self.tell(RollupsChanged(changed))
