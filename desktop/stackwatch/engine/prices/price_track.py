"""What prices were some minutes ago, for moves over a span. Owned by the core thread."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime, timedelta

from stackwatch.domain.budget import CHECK_SECONDS
from stackwatch.domain.quote import Quote, QuoteState

_EVERY = timedelta(seconds=5)  # a price is remembered at most that often
_LATE = timedelta(seconds=2 * CHECK_SECONDS)  # a price older than the span and two refreshes says nothing
_LIVE = (QuoteState.LIVE, QuoteState.DELAYED)


class PriceTrack:
    """Remembers the regular prices of the last minutes per symbol, as long as any rule asks for them."""

    def __init__(self, longest_minutes: int) -> None:
        self._times: dict[str, list[datetime]] = {}
        self._prices: dict[str, list[float]] = {}
        self.remember(longest_minutes)

    def remember(self, longest_minutes: int) -> None:
        """Remember as many minutes from now on; nothing with 0."""
        self._kept = timedelta(minutes=longest_minutes) + _LATE
        self._wanted = longest_minutes > 0

    def note(self, quotes: Iterable[Quote], now: datetime) -> None:
        """Remember what live quotes say at a time; one that is not live ends what is known of its share."""
        if not self._wanted:
            return
        for quote in quotes:
            times = self._times.setdefault(quote.symbol, [])
            prices = self._prices.setdefault(quote.symbol, [])
            if quote.state not in _LIVE:
                times.clear()
                prices.clear()
                continue
            if times and now - times[-1] < _EVERY:
                continue
            old = bisect_right(times, now - self._kept)
            del times[:old], prices[:old]
            times.append(now)
            prices.append(quote.price)

    def forget(self) -> None:
        """Forget everything: nobody watched for a while."""
        self._times.clear()
        self._prices.clear()

    def price_before(self, symbol: str, minutes: int, now: datetime) -> float | None:
        """Return the last price at or before so many minutes ago; None when that one is too old."""
        wanted = now - timedelta(minutes=minutes)
        times = self._times.get(symbol, [])
        number = bisect_right(times, wanted)
        if number == 0 or wanted - times[number - 1] > _LATE:
            return None
        return self._prices[symbol][number - 1]
