"""How far a price can be trusted now: decided by its exchange's session and its declared delay.

A price is as old as the time its exchange has traded since: neither a night nor a lunch break ages it. Old
and confirmed by a fresh answer while its exchange trades, it is the last price of a share that is traded
rarely; without such an answer nobody knows, and it is stale. A regular trade long after the close shows that
the calendar missed a session: such a price is judged by its age alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import FRESH, FUTURE_TOLERANCE, Quote, QuoteState, Session
from stackwatch.domain.watchlist import Instrument
from stackwatch.engine.prices.market_clock import MarketHours

QUIET = timedelta(minutes=20)  # of trading without a trade, after which a share is not called live
LATE_PRINTS = timedelta(minutes=10)  # after a close, in which its last trades are still reported
_SAID = (QuoteState.HALTED, QuoteState.WITHHELD, QuoteState.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessEvidence:
    """What is known around a quote.

    ``session`` is the newest trading day of its exchange that had opened at the time the feed shows
    (``now`` less the delay), ``closing_call`` its last minutes in which nobody trades. ``extended`` says that
    it is in trading before the open or after the close, ``feed_trades`` that one of its shares has a fresh
    trade. ``heard`` is when the provider last answered for the symbol.
    """

    now: datetime
    session: TradingSession
    closing_call: timedelta
    extended: bool
    heard: datetime | None
    feed_trades: bool


class ExchangesNow:
    """What is known of the exchanges at one moment; what is asked again is not looked up again."""

    def __init__(self, hours: MarketHours, now: datetime, newest: Mapping[str, Quote]) -> None:
        self._hours = hours
        self.now = now
        self._newest = newest
        self._known: dict[tuple[str, int, datetime | None], FreshnessEvidence | None] = {}

    def evidence(self, calendar: str, delay_minutes: int, heard: datetime | None) -> FreshnessEvidence | None:
        """Return what is known around a quote, None when the hours of its exchange are not."""
        key = (calendar, delay_minutes, heard)
        if key not in self._known:
            self._known[key] = self._look(calendar, timedelta(minutes=delay_minutes), heard)
        return self._known[key]

    def _look(self, calendar: str, delay: timedelta, heard: datetime | None) -> FreshnessEvidence | None:
        session = self._hours.begun(calendar, self.now - delay)
        leader = self._newest.get(calendar)
        if session is None or leader is None:
            return None
        call = self._hours.closing_call(calendar)
        led_to = self.now - timedelta(minutes=leader.delay_minutes)
        return FreshnessEvidence(
            now=self.now,
            session=session,
            closing_call=call,
            extended=self._hours.phase(calendar, self.now - delay) in (Session.PRE, Session.POST),
            heard=heard,
            feed_trades=traded_between(session, call, leader.as_of, led_to) <= FRESH,
        )


def newest_trades(quotes: Mapping[str, Quote], instruments: Mapping[str, Instrument]) -> dict[str, Quote]:
    """Return the quote with the newest trade per exchange."""
    newest: dict[str, Quote] = {}
    for symbol, quote in quotes.items():
        known = newest.get(calendar := instruments[symbol].calendar)
        if known is None or known.as_of < quote.as_of:
            newest[calendar] = quote
    return newest


def judge(
    quote: Quote, evidence: FreshnessEvidence, *, volume_moved: bool = False
) -> tuple[QuoteState, bool]:
    """Return the state of a quote, and whether its exchange trades while it does not.

    ``volume_moved`` says that the volume grew while the time of the last trade stood still. A halt, a doubt
    or an unknown symbol that ``quote.state`` names is left as it is.
    """
    if quote.state in _SAID:
        return quote.state, False
    if is_ahead(quote, evidence.now):
        return QuoteState.STALE, False
    shown = evidence.now
    if quote.delay_minutes:
        shown -= timedelta(minutes=quote.delay_minutes)
    end = _ended(evidence, shown)
    if end is not None:
        judged = _outside_calendar if _traded_after(quote, end) else _while_shut
        return judged(quote, evidence, end), False
    usable = _usable(quote) if quote.as_of >= evidence.session.open else QuoteState.CLOSED
    if shown - quote.as_of <= FRESH:  # no exchange trades for longer than the time that passed
        return usable, False
    idle = traded_between(evidence.session, evidence.closing_call, quote.as_of, shown)
    if idle <= FRESH:
        return usable, False
    confirmed = evidence.heard is not None and evidence.now - evidence.heard <= FRESH
    if not (confirmed and evidence.feed_trades) or volume_moved:
        return QuoteState.STALE, False
    return (usable, False) if idle <= QUIET else (QuoteState.HALTED, True)


def is_ahead(quote: Quote, now: datetime) -> bool:
    """Whether a price lies ahead of the clock: it was set back, and newer prices are refused meanwhile."""
    return quote.as_of > now + FUTURE_TOLERANCE


def traded_between(
    session: TradingSession, closing_call: timedelta, since: datetime, until: datetime
) -> timedelta:
    """Return for how long an exchange traded in a session between two times."""
    total = timedelta(0)
    for start, end in session.stretches:
        last = end - closing_call if end == session.close else end
        total += max(min(until, last) - max(since, start), timedelta(0))
    return total


def _ended(evidence: FreshnessEvidence, shown: datetime) -> datetime | None:
    """Return when trading ended, for the night or the break; None while the feed shows trading."""
    for start, end in reversed(evidence.session.stretches):
        if start <= shown:
            return None if shown < end else end
    raise ValueError("the session had not opened at the time the feed shows")


def _traded_after(quote: Quote, end: datetime) -> bool:
    """Whether a trade of the regular session shows that the calendar is wrong about the hours."""
    return quote.session is Session.REGULAR and quote.as_of > end + LATE_PRINTS


def _outside_calendar(quote: Quote, evidence: FreshnessEvidence, _end: datetime) -> QuoteState:
    """Judge a price of a session that the calendar does not know by its age alone."""
    old = evidence.now - quote.as_of > FRESH + timedelta(minutes=quote.delay_minutes)
    return QuoteState.STALE if old else _usable(quote)


def _while_shut(quote: Quote, evidence: FreshnessEvidence, end: datetime) -> QuoteState:
    """Judge a price after its exchange shut: closed if it is known to be the last one."""
    delay = timedelta(minutes=quote.delay_minutes)
    extended = quote.extended_as_of if quote.is_extended else None
    if evidence.extended and extended is not None and evidence.now - extended <= FRESH + delay:
        return _usable(quote)
    call = evidence.closing_call if end == evidence.session.close else timedelta(0)
    traded_to_end = quote.as_of >= end - call - FRESH
    heard_to_end = evidence.heard is not None and evidence.heard - delay >= end - FRESH
    return QuoteState.CLOSED if traded_to_end or heard_to_end else QuoteState.STALE


def _usable(quote: Quote) -> QuoteState:
    return QuoteState.DELAYED if quote.delay_minutes else QuoteState.LIVE
