"""Everything the rules need: what prices were, what the days before say, and what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta

from stackwatch.domain.quote import DailyBar, Quote, VolumeSoFar
from stackwatch.domain.rule import Condition, Rule, RuleState, Since
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.alerts.alerting import Alerting, Firing
from stackwatch.engine.alerts.group_readings import GroupReadings
from stackwatch.engine.alerts.readings import Readings
from stackwatch.engine.bars.day_history import DayHistory
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.news.newsroom import Newsroom
from stackwatch.engine.ports import Calendars, Clock
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.price_track import PriceTrack
from stackwatch.engine.prices.rollups import Rollups
from stackwatch.engine.store_ports import Store

_VOLUMES_EVERY = timedelta(seconds=5)


class RuleInputs:
    """Feeds the rules with what changed since they were last evaluated. Owned by the core thread."""

    def __init__(  # noqa: PLR0913 - it reads what the other services know
        self,
        *,
        rules: Sequence[Rule],
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explainer: Explainer,
        newsroom: Newsroom,
        calendars: Calendars,
        store: Store,
        clock: Clock,
    ) -> None:
        self._clock = clock
        self._market = market
        self._changed: set[str] = set()
        self._traded: set[str] = set()  # whose volume was not told since
        self._volumes_told = datetime.min.replace(tzinfo=UTC)
        self.days = DayHistory(ecosystem, calendars, store.bars)
        self._track = PriceTrack(_longest(rules))
        self._readings = Readings(market, self.days, self._track, clock)
        self.alerting = Alerting(
            rules=rules,
            states=store.alerts.load_states(),
            watchlist=watchlist,
            readings=self._readings,
            groups=GroupReadings(
                watchlist=watchlist,
                market=market,
                rollups=rollups,
                explainer=explainer,
                newsroom=newsroom,
                clock=clock,
            ),
            clock=clock,
        )

    def use(self, rules: Sequence[Rule]) -> None:
        """Evaluate other rules from now on."""
        self._track.remember(_longest(rules))
        self.alerting.use(rules)

    def follow(self, watchlist: Watchlist) -> None:
        """Watch another list from now on; what is true of new names already fires nothing."""
        self.alerting.use(self.alerting.rules, watchlist)

    def begin_anew(self) -> None:
        """Begin anew after a time that nobody watched."""
        self._track.forget()
        self.alerting.begin_anew()

    def heard(self, symbols: Iterable[str]) -> None:
        """Remember the prices of symbols that were heard of, changed or not."""
        quotes: Mapping[str, Quote] = self._market.quotes
        self._track.note((quotes[s] for s in symbols if s in quotes), self._clock.now())

    def volumes(self, quotes: Iterable[Quote], *, pushed: bool = False) -> tuple[VolumeSoFar, ...]:
        """Return how much was traded by what is usual, as rules see it, of quotes that say it.

        Of ``pushed`` ones every few seconds, of all that came since: it grows slowly, and they come often.
        """
        self._traded.update(quote.symbol for quote in quotes if quote.volume is not None)
        now = self._clock.now()
        if pushed and timedelta(0) <= now - self._volumes_told < _VOLUMES_EVERY:
            return ()
        self._volumes_told = now
        traded, self._traded = self._traded, set()
        known = self._market.quotes
        return tuple(self._readings.volume_so_far(known[symbol]) for symbol in traded if symbol in known)

    def changed(self, symbols: Iterable[str]) -> None:
        """Note that prices, or what is made of them, changed."""
        self._changed.update(symbols)

    def take_history(self, symbol: str, bars: Sequence[DailyBar]) -> None:
        """Use other daily bars of a symbol; everything that rests on history is looked at again."""
        self.days.take({symbol: bars})
        self._changed.update(self._market.quotes)

    def evaluate(
        self, *, news: AbstractSet[str], groups: bool
    ) -> tuple[tuple[Firing, ...], tuple[RuleState, ...]]:
        """Advance the rules that the changes since the last call concern."""
        changed, self._changed = self._changed, set()
        return self.alerting.evaluate(changed, news=news, groups=groups)


def _longest(rules: Sequence[Rule]) -> int:
    """Return the longest span, in minutes, that any rule measures a move over."""

    def minutes(condition: Condition) -> int:
        return condition.minutes if condition.since is Since.MINUTES else 0

    return max((minutes(c) for rule in rules for c in rule.all_conditions), default=0)
