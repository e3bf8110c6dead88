"""Why a quote or a pushed price is not let in."""

import math
from collections import Counter
from datetime import date, datetime

from stackwatch.domain.quote import FUTURE_TOLERANCE, CorporateActions, Quote, Session
from stackwatch.engine.ports import Tick
from stackwatch.engine.prices.corporate_actions import split_of

_TICK_JUMP, _TICK_AGREES = 0.1, 0.01  # log distance that one tick alone may not go
_CLOSE_MISMATCH = 0.005  # log distance at which two previous closes of one session cannot both be right
_CLOSE_BELIEVED = 4  # answers in a row after which the other close counts
_CLOSE_ADJUSTED = 0.35  # and at which one cannot belong to the history: more than any dividend


def unsound(quote: Quote, now: datetime) -> str | None:
    """Return why a quote alone cannot be right."""
    if not (math.isfinite(quote.price) and quote.price > 0):
        return f"price {quote.price!r} is not a finite number above zero"
    if not (math.isfinite(quote.previous_close) and quote.previous_close > 0):
        return f"previous close {quote.previous_close!r} is not a finite number above zero"
    if quote.as_of.tzinfo is None:
        return "its time has no zone"
    if quote.as_of > now + FUTURE_TOLERANCE:
        return f"its time {quote.as_of.isoformat()} lies in the future"
    return None


class QuoteChecks:
    """Checks quotes against the ones before; what is said again and again is believed in the end."""

    def __init__(self) -> None:
        self._closes: Counter[str] = Counter()
        self._ticks: dict[str, float] = {}

    def other_close(self, quote: Quote, known: Quote) -> str | None:
        """Return why a previous close cannot be right beside the one of the same session."""
        if _apart(quote.previous_close, known.previous_close) <= _CLOSE_MISMATCH:
            self._closes.pop(quote.symbol, None)
            return None
        self._closes[quote.symbol] += 1
        if self._closes[quote.symbol] >= _CLOSE_BELIEVED:
            return None
        return f"previous close {quote.previous_close:g}, where {known.previous_close:g} is known"

    def wild(self, tick: Tick, known: Quote) -> bool:
        """Whether a price far from the last one stands alone; a second one that agrees is believed."""
        last = known.price if tick.session is Session.REGULAR else known.extended_price or known.price
        if _apart(tick.price, last) <= _TICK_JUMP:
            self._ticks.pop(tick.symbol, None)
            return False
        suspect = self._ticks.get(tick.symbol)
        self._ticks[tick.symbol] = tick.price
        return suspect is None or _apart(tick.price, suspect) > _TICK_AGREES


def not_in_history(
    quote: Quote, day: date, last_close: float | None, actions: CorporateActions
) -> str | None:
    """Return why a previous close cannot belong to the history, which may be from before a split."""
    if last_close is None:
        return None
    factor = split_of(actions, day) or 1.0
    possible = (last_close, last_close / factor)
    if min(_apart(quote.previous_close, close) for close in possible) <= _CLOSE_ADJUSTED:
        return None
    return f"previous close {quote.previous_close:g}, where the history ends at {last_close:g}"


def other_unit(quote: Quote, known: Quote) -> str | None:
    """Return why a price cannot follow another: pounds after pence are no crash."""
    if quote.currency == known.currency:
        return None
    return f"in {quote.currency}, where {known.currency} is known"


def _apart(one: float, other: float) -> float:
    return abs(math.log(one / other))
