"""One untrusted quote object becomes a Quote, or the reason why not."""

from datetime import datetime, timedelta

from stackwatch.domain.format import plain
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.engine.ports import Rejected
from stackwatch.providers.web.fields import child, count, epoch, is_future, positive, text

SOURCE = "Yahoo"
_FRESH = timedelta(minutes=2)
_ISO_CURRENCY_LENGTH = 3
_HIGHEST_PRICE_HINT = 8
_SESSIONS = {
    "REGULAR": Session.REGULAR,
    "PRE": Session.PRE,
    "POST": Session.POST,
    # before pre-market opens and after post-market ends nothing is traded
    "PREPRE": Session.CLOSED,
    "POSTPOST": Session.CLOSED,
    "CLOSED": Session.CLOSED,
}


def parse_quote(raw: object, symbol: str, currency: str | None, now: datetime) -> Quote | Rejected:
    """Check one object of the quote answer that was asked for as ``symbol``.

    ``currency`` is what the instrument is expected in, for when Yahoo does not say; ``now`` is aware UTC.
    """
    price = positive(child(raw, "regularMarketPrice"))
    previous = positive(child(raw, "regularMarketPreviousClose"))
    as_of = epoch(child(raw, "regularMarketTime"))
    session = _SESSIONS.get(text(child(raw, "marketState")) or "")
    unit = _currency(child(raw, "currency")) or currency
    faults = (
        (child(raw, "symbol") != symbol, "another symbol's data"),
        (price is None, "no sound price"),
        (previous is None, "no sound previous close"),
        (as_of is None, "no sound time"),
        (as_of is not None and is_future(as_of, now), "a time in the future"),
        (session is None, "unknown market state"),
        (unit is None, "no currency"),
    )
    reason = next((words for wrong, words in faults if wrong), None)
    if reason or price is None or previous is None or as_of is None or session is None or unit is None:
        return Rejected(symbol, reason or "incomplete")
    delay = count(child(raw, "exchangeDataDelayedBy")) or 0
    extended, extended_as_of = _extended(raw, as_of, now)
    hint = count(child(raw, "priceHint"))
    name = text(child(raw, "longName")) or text(child(raw, "shortName"))
    return Quote(
        symbol=symbol,
        price=price,
        currency=unit,
        previous_close=previous,
        as_of=as_of,
        session=session,
        source=SOURCE,
        state=_state(session, now - (extended_as_of or as_of), delay),
        delay_minutes=delay,
        open=positive(child(raw, "regularMarketOpen")),
        day_high=positive(child(raw, "regularMarketDayHigh")),
        day_low=positive(child(raw, "regularMarketDayLow")),
        year_high=positive(child(raw, "fiftyTwoWeekHigh")),
        year_low=positive(child(raw, "fiftyTwoWeekLow")),
        volume=count(child(raw, "regularMarketVolume")),
        price_hint=hint if hint is not None and hint <= _HIGHEST_PRICE_HINT else None,
        extended_price=extended,
        extended_as_of=extended_as_of,
        name=plain(name, 120) if name else None,
    )


def _currency(value: object) -> str | None:
    """Return a currency code as Yahoo writes it (``GBp`` is pence)."""
    code = text(value)
    sound = code is not None and len(code) == _ISO_CURRENCY_LENGTH and code.isascii() and code.isalpha()
    return code if sound else None


def _extended(raw: object, as_of: datetime, now: datetime) -> tuple[float | None, datetime | None]:
    """Return the newest pre- or post-market price that is younger than the regular one."""
    best: tuple[float | None, datetime | None] = (None, None)
    newest = as_of
    for phase in ("pre", "post"):
        price = positive(child(raw, f"{phase}MarketPrice"))
        moment = epoch(child(raw, f"{phase}MarketTime"))
        if price is None or moment is None or is_future(moment, now) or moment <= newest:
            continue
        best, newest = (price, moment), moment
    return best


def _state(session: Session, age: timedelta, delay: int) -> QuoteState:
    """Say how far the price can be trusted; ``delay`` is in minutes."""
    if session is Session.CLOSED:
        return QuoteState.CLOSED
    if age <= _FRESH + timedelta(minutes=delay):
        return QuoteState.DELAYED if delay else QuoteState.LIVE
    return QuoteState.STALE if session is Session.REGULAR else QuoteState.CLOSED
