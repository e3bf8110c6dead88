"""The chart that is open: its bars as asked for, and how today's grow with every price."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from stackwatch.domain.events import BarGrown, BarsLoaded
from stackwatch.domain.quote import Bar, ChartRange, CorporateActions, DailyBar, MinuteBar, Quote, Session
from stackwatch.engine.bars.bar_builder import BarBuilder

_GROWN = 2  # the bar that ended and the one that began; an event between two drawings may be skipped


class OpenChart:
    """The bars of one symbol and span. Owned by the core thread."""

    def __init__(self, symbol: str, chart_range: ChartRange, *, replay: bool) -> None:
        self.symbol = symbol
        self.chart_range = chart_range
        self._replay = replay
        self._daily: tuple[DailyBar, ...] = ()
        length = 15 if chart_range is ChartRange.DAY_5 and not replay else 1
        self._builder = BarBuilder((), timedelta(minutes=length))

    def fill(
        self, bars: Sequence[Bar], quote: Quote | None, day: date | None, actions: CorporateActions
    ) -> BarsLoaded:
        """Take in the bars that were asked for; ``day`` is the trading day of ``quote``."""
        if self.chart_range.intraday:
            self._builder.fill([bar for bar in bars if isinstance(bar, MinuteBar)])
            shown: tuple[Bar, ...] = self._builder.bars
        else:
            self._daily = tuple(bar for bar in bars if isinstance(bar, DailyBar))
            today = None if quote is None or day is None else self._today(quote, day)
            shown = self._daily if today is None else (*self._daily, today)
        return BarsLoaded(self.symbol, self.chart_range, shown, reconstructed=self._replay, actions=actions)

    def drop_before(self, moment: datetime) -> None:
        """Let go of intraday bars of sessions that left the span."""
        if self.chart_range.intraday:
            self._builder.drop_before(moment)

    def grow(self, quote: Quote, day: date) -> BarGrown | None:
        """Take in a price; returns the bars that changed, if any.

        One from outside the regular hours grows a bar of its own where the span shows those hours, without
        volume: what is known of that is the regular session's.
        """
        if quote.session is not Session.REGULAR:
            return self._grow_outside(quote)
        if not self.chart_range.intraday:
            today = self._today(quote, day)
            return None if today is None else BarGrown(self.symbol, self.chart_range, (today,))
        return self._add(quote.price, quote.volume, quote.as_of)

    def _grow_outside(self, quote: Quote) -> BarGrown | None:
        price, time = quote.extended_now, quote.extended_as_of
        shown = self.chart_range is ChartRange.DAY_1
        return self._add(price, None, time) if shown and price is not None and time is not None else None

    def _add(self, price: float, volume: int | None, time: datetime) -> BarGrown | None:
        if not self._builder.add(price, volume, time):
            return None
        return BarGrown(self.symbol, self.chart_range, self._builder.bars[-_GROWN:])

    def follow(self, bars: Sequence[MinuteBar]) -> BarGrown | None:
        """Take in a replay's bars so far; returns those behind the last one known."""
        known = len(self._builder.bars)
        self._builder.fill(bars)
        newer = self._builder.bars[max(known - 1, 0) :]
        return BarGrown(self.symbol, self.chart_range, newer) if len(newer) > min(known, 1) else None

    def _today(self, quote: Quote, day: date) -> DailyBar | None:
        """Return the bar of an unfinished session, None where the provider's own is there."""
        if quote.open is None or (self._daily and self._daily[-1].day >= day):
            return None
        high, low = max(quote.day_high or quote.price, quote.price), quote.day_low or quote.price
        return DailyBar(day, quote.open, high, min(low, quote.price), quote.price, quote.volume or 0)
