"""Prices that a share was traded at between two answers: the day's high and low tell of them."""

import math

from stackwatch.domain.quote import Quote, QuoteState, Session

_TRADES = (QuoteState.LIVE, QuoteState.DELAYED)
_WILD = 0.1  # log distance from the price at which an extreme may be a misprint: none says so twice


def prices_between(before: Quote, after: Quote) -> tuple[float, ...]:
    """Return the day's new high and low, as far as they were passed and left between two quotes of a session.

    Nothing is known where either quote is old, or a split was found between them.
    """
    if not (_trades(before) and _trades(after)) or before.split != after.split:
        return ()
    high, low = after.day_high or 0.0, after.day_low or math.inf
    found = [high] if high > max(before.day_high or math.inf, before.price) else []
    if low < min(before.day_low or 0.0, before.price):
        found.append(low)
    return tuple(price for price in found if price != after.price and _is_near(price, after.price))


def _trades(quote: Quote) -> bool:
    return quote.session is Session.REGULAR and quote.state in _TRADES


def _is_near(price: float, other: float) -> bool:
    return math.isfinite(price) and price > 0 and abs(math.log(price / other)) <= _WILD
