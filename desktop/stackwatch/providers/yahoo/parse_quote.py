"""One untrusted quote object becomes a Quote, or the reason why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stackwatch.domain.currency import has_hundredths, same_money
from stackwatch.domain.earnings import Earnings
from stackwatch.domain.quote import FRESH, Quote, QuoteState, Session
from stackwatch.domain.words.format import plain
from stackwatch.engine.ports import RejectedValue
from stackwatch.providers.web.fields import child, count, epoch, is_future, number, positive, text

SOURCE = "Yahoo"
_ISO_CURRENCY_LENGTH = 3
_HIGHEST_PRICE_HINT = 8
_LONGEST_DELAY = 120  # minutes
_LARGEST_WORTH = 1e17  # far above any company's, in won too
_FURTHEST_REPORT = timedelta(days=366)
_FURTHEST = 60.0  # no split that the engine may recognise is larger
_WIDEST_DAY, _WIDEST_YEAR, _WIDEST_EXTENDED = 5.0, 1000.0, 3.0
_PERCENT_SLACK = 20.0  # Yahoo's own percentage may lag behind the price, but not by this much
_DAY_SLACK, _YEAR_SLACK = 0.05, 0.25  # ranges may lag behind the price
_SESSIONS = {
    "REGULAR": Session.REGULAR,
    "PRE": Session.PRE,
    "POST": Session.POST,
    # before pre-market opens and after post-market ends nothing is traded
    "PREPRE": Session.CLOSED,
    "POSTPOST": Session.CLOSED,
    "CLOSED": Session.CLOSED,
}


@dataclass(frozen=True, slots=True)
class _Needed:
    """What no quote is without."""

    price: float
    previous_close: float
    as_of: datetime
    session: Session
    currency: str


def parse_quote(raw: object, symbol: str, currency: str | None, now: datetime) -> Quote | RejectedValue:
    """Check one object of the quote answer that was asked for as ``symbol``.

    ``currency`` is what the instrument is expected in, for when Yahoo does not say; pence are accepted for
    pounds and stay pence. ``now`` is aware UTC. The state is a first guess that knows no trading hours.
    """
    if child(raw, "symbol") != symbol:
        return RejectedValue(symbol, "another symbol's data")
    found = _needed(raw, currency)
    if isinstance(found, str):
        return RejectedValue(symbol, found)
    if (fault := _contradiction(raw, found, currency, now)) is not None:
        return RejectedValue(symbol, fault)
    price = found.price
    delay = _up_to(_LONGEST_DELAY, count(child(raw, "exchangeDataDelayedBy"))) or 0
    extended, extended_as_of = _extended(raw, price, found.as_of, now)
    day_low, day_high = _range(raw, "regularMarketDay", price, _WIDEST_DAY, _DAY_SLACK)
    year_low, year_high = _range(raw, "fiftyTwoWeek", price, _WIDEST_YEAR, _YEAR_SLACK)
    opened = positive(child(raw, "regularMarketOpen"))
    worth = positive(child(raw, "marketCap"))
    name = text(child(raw, "longName")) or text(child(raw, "shortName"))
    return Quote(
        symbol=symbol,
        price=price,
        currency=found.currency,
        previous_close=found.previous_close,
        as_of=found.as_of,
        session=found.session,
        source=SOURCE,
        state=_state(found.session, now - (extended_as_of or found.as_of), delay),
        delay_minutes=delay,
        open=opened if opened is not None and _near(opened, price, _WIDEST_DAY) else None,
        day_high=day_high,
        day_low=day_low,
        year_high=year_high,
        year_low=year_low,
        volume=count(child(raw, "regularMarketVolume")),
        price_hint=_up_to(_HIGHEST_PRICE_HINT, count(child(raw, "priceHint"))),
        extended_price=extended,
        extended_as_of=extended_as_of,
        name=plain(name, 120) if name else None,
        earnings=_earnings(raw, now),
        market_value=worth if worth is not None and 1.0 <= worth < _LARGEST_WORTH else None,
    )


def _needed(raw: object, currency: str | None) -> _Needed | str:
    """Return what no quote is without, or what of it is missing."""
    price = positive(child(raw, "regularMarketPrice"))
    previous = positive(child(raw, "regularMarketPreviousClose"))
    as_of = epoch(child(raw, "regularMarketTime"))
    session = _SESSIONS.get(text(child(raw, "marketState")) or "")
    unit = _currency(child(raw, "currency")) or _unmistakable(currency)
    if price is None or previous is None or as_of is None or session is None or unit is None:
        wanted = (
            (price, "no sound price"),
            (previous, "no sound previous close"),
            (as_of, "no sound time"),
            (session, "unknown market state"),
            (unit, "no currency"),
        )
        return next(words for value, words in wanted if value is None)
    return _Needed(price, previous, as_of, session, unit)


def _contradiction(raw: object, found: _Needed, currency: str | None, now: datetime) -> str | None:
    """Say what cannot be of a quote that has all it needs."""
    price, previous = found.price, found.previous_close
    faults = (
        (is_future(found.as_of, now), "a time in the future"),
        (currency and not same_money(found.currency, currency), f"in {found.currency}, not {currency}"),
        (not _near(price, previous, _FURTHEST), "an impossible move"),
        (_contradicted(raw, price, previous), "its change contradicts its prices"),
    )
    return next((words for wrong, words in faults if wrong), None)


def _up_to(most: int, number: int | None) -> int | None:
    """Return a number that is no larger than one can be believed to be."""
    return None if number is None or number > most else number


def _currency(value: object) -> str | None:
    """Return a currency code as Yahoo writes it (``GBp`` is pence)."""
    code = text(value)
    sound = code is not None and len(code) == _ISO_CURRENCY_LENGTH and code.isascii() and code.isalpha()
    return code if sound else None


def _unmistakable(expected: str | None) -> str | None:
    """Return the unit to assume where Yahoo names none: not pounds, which may be pence."""
    return None if expected is None or has_hundredths(expected) else expected


def _earnings(raw: object, now: datetime) -> Earnings | None:
    """Return when the company reports; days further away than a year are taken for none."""
    known = [epoch(child(raw, f"earningsTimestamp{which}")) for which in ("", "Start", "End")]
    last, first, until = (each if each and abs(each - now) < _FURTHEST_REPORT else None for each in known)
    if first is None or until is None or until < first:
        first = until = None
    if last is None and first is None:
        return None
    guessed = first != until or child(raw, "isEarningsDateEstimate") is True
    return Earnings(last=last, first=first, until=until, estimated=guessed)


def _near(one: float, other: float, factor: float) -> bool:
    """Whether two prices lie within a factor of each other."""
    return one / factor <= other <= one * factor


def _contradicted(raw: object, price: float, previous: float) -> bool:
    """Whether Yahoo's own percentage is far from what the two prices say; one of them is wrong then."""
    told = number(child(raw, "regularMarketChangePercent"))
    found = (price / previous - 1.0) * 100.0
    return told is not None and abs(told - found) > _PERCENT_SLACK


def _range(
    raw: object, name: str, price: float, widest: float, slack: float
) -> tuple[float | None, float | None]:
    """Return low and high when they surround the price, give or take ``slack``; else neither."""
    low, high = positive(child(raw, f"{name}Low")), positive(child(raw, f"{name}High"))
    if low is None or high is None or low > high:
        return None, None
    around = low * (1.0 - slack) <= price <= high * (1.0 + slack)
    return (low, high) if around and _near(low, high, widest) else (None, None)


def _extended(
    raw: object, regular: float, as_of: datetime, now: datetime
) -> tuple[float | None, datetime | None]:
    """Return the newest believable pre- or post-market price that is younger than the regular one."""
    best: tuple[float | None, datetime | None] = (None, None)
    newest = as_of
    for phase in ("pre", "post"):
        price = positive(child(raw, f"{phase}MarketPrice"))
        moment = epoch(child(raw, f"{phase}MarketTime"))
        if price is None or moment is None or is_future(moment, now) or moment <= newest:
            continue
        if _near(price, regular, _WIDEST_EXTENDED):
            best, newest = (price, moment), moment
    return best


def _state(session: Session, age: timedelta, delay: int) -> QuoteState:
    """Say how far the price can be trusted; ``delay`` is in minutes."""
    if session is Session.CLOSED:
        return QuoteState.CLOSED
    if age <= FRESH + timedelta(minutes=delay):
        return QuoteState.DELAYED if delay else QuoteState.LIVE
    return QuoteState.STALE if session is Session.REGULAR else QuoteState.CLOSED
