"""Pushed prices against polled ones: what was pushed around a poll's time must agree with it."""

import logging
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from stackwatch.domain.quote import Quote, Session
from stackwatch.engine.ports import Tick

_log = logging.getLogger(__name__)

TOLERANCE = 0.005
POLLS_TO_DISTRUST = 2
DISTRUST = timedelta(minutes=15)
_COMPARABLE = timedelta(seconds=10)
_KEPT = 180  # one tick a second: longer than a poll is late
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A polled price and the nearest pushed one of its time: no push counts for the symbol until then."""

    symbol: str
    polled: float
    pushed: float
    until: datetime


class StreamCheck:
    """Remembers what was pushed and whom not to believe. ``count`` is of all disagreements so far."""

    def __init__(self) -> None:
        self._pushed: defaultdict[str, deque[tuple[datetime, float]]] = defaultdict(
            lambda: deque(maxlen=_KEPT)
        )
        self._in_a_row: dict[str, int] = {}
        self._distrusted: dict[str, Disagreement] = {}
        self.count = 0

    def note(self, tick: Tick) -> None:
        """Remember a regular price that was believed, one a second."""
        if tick.session is not Session.REGULAR:
            return
        pushed = self._pushed[tick.symbol]
        if not pushed or tick.time - pushed[-1][0] >= _SECOND:
            pushed.append((tick.time, tick.price))

    def distrusts(self, symbol: str, now: datetime) -> bool:
        """Whether pushed prices of a symbol are left out for now."""
        known = self._distrusted.get(symbol)
        if known is None:
            return False
        if timedelta(0) < known.until - now <= DISTRUST:  # longer only where the clock was set back
            return True
        del self._distrusted[symbol]
        return False

    def distrusted(self, now: datetime) -> Disagreement | None:
        """Return the newest reason not to believe the stream now, if there is one."""
        current = [d for symbol, d in tuple(self._distrusted.items()) if self.distrusts(symbol, now)]
        return max(current, key=lambda disagreement: disagreement.until, default=None)

    def compare(self, quote: Quote, now: datetime) -> None:
        """Compare a polled quote with what was pushed around its time.

        When two polls in a row disagree, pushed prices of this symbol do not count for a quarter of an hour.
        """
        near = [p for time, p in self._pushed[quote.symbol] if abs(time - quote.as_of) <= _COMPARABLE]
        if not near or self.distrusts(quote.symbol, now):
            return
        if min(near) * (1.0 - TOLERANCE) <= quote.price <= max(near) * (1.0 + TOLERANCE):
            self._in_a_row.pop(quote.symbol, None)
            return
        self._disagree(quote, min(near, key=lambda price: abs(price - quote.price)), now)

    def _disagree(self, quote: Quote, pushed: float, now: datetime) -> None:
        symbol = quote.symbol
        self.count += 1
        times = self._in_a_row.get(symbol, 0) + 1
        if times == 1:
            _log.warning("%s: polled %g, pushed %g at the same time", symbol, quote.price, pushed)
        if times >= POLLS_TO_DISTRUST:
            _log.warning("%s: only polled prices count for %s", symbol, DISTRUST)
            self._distrusted[symbol] = Disagreement(symbol, quote.price, pushed, now + DISTRUST)
            times = 0
        self._in_a_row[symbol] = times
