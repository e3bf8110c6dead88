"""What a refresh says beside prices: when it came, exchange rates, unknown symbols, a stream in doubt."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from stackwatch.domain.budget import CHECK_SECONDS
from stackwatch.domain.events import Event, MarketValuesChanged, PricesHeard, RatesChanged
from stackwatch.domain.fault_events import UnknownSymbols
from stackwatch.domain.health import HealthState
from stackwatch.engine.ports import Clock, QuoteBatch
from stackwatch.engine.prices.fx_rates import FxRates
from stackwatch.engine.prices.market_values import VALUED_IN, MarketValues
from stackwatch.engine.prices.other_boards import OtherBoards
from stackwatch.engine.prices.quote_book import QuoteBook
from stackwatch.engine.prices.refusals import Refusals
from stackwatch.engine.source_health import SourceHealth

_log = logging.getLogger(__name__)

CROSS_CHECK = "cross-check"
_TELL_EVERY = timedelta(seconds=1)
_PUSHED = timedelta(seconds=2 * CHECK_SECONDS)  # without a price, after which none counts as pushed


class FeedWatch:
    """Publishes what changed; prices themselves are the engine's. Owned by the core thread."""

    def __init__(
        self,
        book: QuoteBook,
        rates: FxRates,
        boards: OtherBoards,
        clock: Clock,
        publish: Callable[[Event], None],
        health: SourceHealth,
    ) -> None:
        self._book = book
        self.rates, self.values = rates, MarketValues(rates.into(VALUED_IN))
        self.refusals = Refusals(clock, publish)
        self.boards = boards
        self._clock = clock
        self._publish = publish
        self._health = health
        self._told_at: datetime | None = None
        self._pushed_at: datetime | None = None
        self._streaming = False
        self._unknown: Mapping[str, datetime] = {}
        self._disagreements = 0
        self._in_doubt = False
        self._refused: Mapping[str, str] = {}  # of the last answer, and why

    @property
    def rate_symbols(self) -> tuple[str, ...]:
        """The exchange rates to ask for: into the home currency, and those that make sizes comparable."""
        return tuple(dict.fromkeys((*self.rates.symbols, *self.values.symbols)))

    @property
    def is_pushed(self) -> bool:
        """Whether a price was pushed just now, so that those of the list are current."""
        pushed = self._pushed_at
        return pushed is not None and timedelta(0) <= self._clock.now() - pushed <= _PUSHED

    def polled(self, batch: QuoteBatch) -> None:
        """Tell what follows from an answer, after its prices were taken in."""
        if batch.quotes:
            self._heard(streaming=self._streaming)
        if self.rates.accept(batch.quotes, self._clock.now()):
            self._publish(RatesChanged(self.rates.rates))
        if self.values.accept(batch.quotes, self._clock.now()):
            self._publish(MarketValuesChanged(self.values.told))
        refused = {r.symbol: r.reason for r in batch.rejected} | self._book.refused
        given = [quote.symbol for quote in batch.quotes if quote.symbol not in refused]
        self._tell_refused(batch, refused, given)
        self.tell_unknown()
        self._tell_cross_check()
        state = HealthState.DEGRADED if len(refused) > len(given) else HealthState.OK
        self._health.note("quotes", state, f"{len(given)} quotes, {len(refused)} refused")

    def pushed(self) -> None:
        """Tell that prices were pushed."""
        self._pushed_at = self._clock.now()
        self._heard(streaming=True)

    def stream_changed(self, *, streaming: bool) -> None:
        """Tell whether prices are pushed from now on."""
        self._streaming = streaming
        if self._told_at is not None:
            self._publish(PricesHeard(self._told_at, streaming))

    def use_home(self, home: str | None) -> None:
        """Use another home currency, or none; its rates come with the next refresh."""
        if self.rates.set_home(home):
            self._publish(RatesChanged(()))

    def tell_unknown(self) -> None:
        """Tell which symbols the provider no longer knows, when they are others than before."""
        unknown = self._book.missing.unknown
        if unknown != self._unknown:
            for symbol in unknown.keys() - self._unknown.keys():
                _log.warning("%s is unknown to the provider since %s", symbol, unknown[symbol])
            self._unknown = unknown
            self._publish(UnknownSymbols(tuple(unknown.items())))

    def _tell_refused(self, batch: QuoteBatch, refused: Mapping[str, str], given: Iterable[str]) -> None:
        """Tell why symbols have no price: what the provider said, or what is not believed of it."""
        for symbol in refused.keys() - self._refused.keys():  # once, however long that lasts
            _log.info("no quote of %s: %s", symbol, refused[symbol])
        self._refused = refused
        missing = ((r.symbol, self._book.missing[r.symbol]) for r in batch.rejected)
        since = {symbol: counted.since for symbol, counted in missing if counted is not None}
        self.refusals.note(refused, given, since, history=False)

    def _heard(self, *, streaming: bool) -> None:
        now = self._clock.now()
        if self._told_at is None or not timedelta(0) <= now - self._told_at < _TELL_EVERY:
            self._told_at = now
            self._publish(PricesHeard(now, streaming))

    def _tell_cross_check(self) -> None:
        """Say when pushed prices are not believed, and that they are again."""
        check = self._book.stream_check
        worst = check.distrusted(self._clock.now())
        if check.count == self._disagreements and not (worst is None and self._in_doubt):
            return
        self._disagreements = check.count
        self._in_doubt = worst is not None
        if worst is None:
            detail = f"pushed and polled prices disagreed, times: {check.count}"
            self._health.note(CROSS_CHECK, HealthState.OK, detail)
            return
        detail = (
            f"{worst.symbol}: pushed {worst.pushed:g}, polled {worst.polled:g}; "
            f"only polled prices count for it for 15 minutes"
        )
        self._health.note(CROSS_CHECK, HealthState.DEGRADED, detail)
