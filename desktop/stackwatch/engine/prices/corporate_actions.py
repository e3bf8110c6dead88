"""Splits and dividends as they meet a quote: taken into account, told, or a reason to withhold its change."""

import logging
import math
from dataclasses import replace
from datetime import date

from stackwatch.domain.quote import CorporateActions, Quote, QuoteState

_log = logging.getLogger(__name__)

SPLIT_JUMP = 0.3  # log distance from which on a move may be a split
# Not 1.5: of ten jumps of its size in a real archive all were moves (docs/methods.md).
_SPLIT_FACTORS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0)
_OWN_MOVE = 0.04  # in log; what a share may have moved itself beside a split
_OWN_GAP = 0.06  # in log; how far from it the first price of the day may be


def with_actions(
    quote: Quote, actions: CorporateActions, day: date, today: date, last_close: float | None
) -> Quote:
    """Return a provider's quote with what its company did to the share.

    ``day`` is the trading day of the quote, ``today`` the date at its exchange, ``last_close`` the
    split-adjusted close of the session before ``day`` where it is known. A split announced for ``day``
    divides a previous close that the provider left as it was.
    """
    factor = split_of(actions, day)
    dividend = _dividend_of(actions, today)
    quote = _without_split_outside_hours(quote)
    if (factor, dividend) != (quote.split, quote.ex_dividend):  # most quotes are left as they are
        quote = replace(quote, split=factor, ex_dividend=dividend)
    if factor is not None and _is_unadjusted(quote, factor, last_close):
        quote = replace(quote, previous_close=quote.previous_close / factor)
    return quote


def with_doubt(quote: Quote) -> Quote:
    """Return a quote with its change withheld where that is a jump like a split that nobody announced.

    Not where the share got there since its open: a split is there from the first trade on.
    """
    suspected = suspected_split(quote.price, quote.previous_close)
    if suspected is None or _opened_elsewhere(quote, suspected):
        return quote
    _log.info("%s moved by a factor near %g: a split that is not confirmed", quote.symbol, suspected)
    return replace(quote, state=QuoteState.WITHHELD, split=suspected)


def split_of(actions: CorporateActions, day: date) -> float | None:
    """Return the factor of the split from which on a share trades on a day."""
    for split in actions.splits:
        if split.day == day:
            return split.factor
    return None


def _dividend_of(actions: CorporateActions, day: date) -> float | None:
    for dividend in actions.dividends:
        if dividend.day == day:
            return dividend.amount
    return None


def suspected_split(price: float, before: float) -> float | None:
    """Return the factor of the split that a jump looks like, such as 4 for a quarter of the price."""
    jump = math.log(price / before)
    if abs(jump) <= SPLIT_JUMP:
        return None
    for factor in _SPLIT_FACTORS:
        if abs(abs(jump) - math.log(factor)) < _OWN_MOVE:
            return factor if jump < 0 else 1.0 / factor
    return None


def _opened_elsewhere(quote: Quote, factor: float) -> bool:
    """Whether the session's first price was not where a split would have put it.

    Told by a quote only whose range holds both prices: one is else from before a split.
    """
    opened, low, high = quote.open, quote.day_low, quote.day_high
    if opened is None or low is None or high is None:
        return False
    if not low <= min(opened, quote.price) <= max(opened, quote.price) <= high:
        return False
    return abs(math.log(opened / quote.previous_close) + math.log(factor)) > _OWN_GAP


def _is_unadjusted(quote: Quote, factor: float, last_close: float | None) -> bool:
    """Whether a previous close is from before the split: a large factor shows in the price itself."""
    if abs(math.log(factor)) > SPLIT_JUMP:
        jump = math.log(quote.price / quote.previous_close)
        return abs(jump + math.log(factor)) < abs(jump)
    if last_close is None:
        return False
    apart = math.log(quote.previous_close / last_close)
    return abs(apart - math.log(factor)) < abs(apart)


def _without_split_outside_hours(quote: Quote) -> Quote:
    """Leave out a price before the open of the day of a split: the close beside it is from before."""
    extended = quote.extended_price
    if extended is None or suspected_split(extended, quote.price) is None:
        return quote
    return replace(quote, extended_price=None, extended_as_of=None)
