"""What conditions see of a share: one number, or the reason why there is none."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from stackwatch.domain.market import program_day
from stackwatch.domain.move import Move
from stackwatch.domain.quote import Quote, QuoteState, Session, VolumeSoFar
from stackwatch.domain.rule import MARKET_CLOSED, Condition, Direction, Rule, RuleKind, SessionScope, Since
from stackwatch.engine.bars.day_history import DayHistory
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.price_track import PriceTrack

Value = tuple[float | None, str | None]  # a value, or the reason why there is none

_NO_VALUE = {
    QuoteState.STALE: "stale quote",
    QuoteState.HALTED: "halted",
    QuoteState.WITHHELD: "unconfirmed split",
    QuoteState.UNKNOWN: "unknown symbol",
}
_FIRST_MINUTES = timedelta(minutes=5)  # whose volume says nothing yet
REGULAR_ONLY = "regular session only"


class Readings:
    """Reads single shares for conditions. Owned by the core thread."""

    def __init__(self, market: MarketData, history: DayHistory, track: PriceTrack, clock: Clock) -> None:
        self._market = market
        self._history = history
        self._track = track
        self._clock = clock
        self._readers: dict[RuleKind, Callable[[Condition, Quote], Value]] = {
            RuleKind.PERCENT_MOVE: self._percent,
            RuleKind.TIED_MOVE: self._percent,
            RuleKind.SIGMA_MOVE: self._sigma,
            RuleKind.ABNORMAL_MOVE: self._abnormal,
            RuleKind.VOLUME_SPIKE: self._volume,
            RuleKind.PRICE_LEVEL: self._price,
            RuleKind.YEAR_EXTREME: self._year_extreme,
            RuleKind.GAP: self._gap,
        }

    def reads(self, kind: RuleKind) -> bool:
        """Whether a kind is about one share's own price and volume."""
        return kind in self._readers

    @property
    def quotes(self) -> Mapping[str, Quote]:
        """The newest quote per symbol."""
        return self._market.quotes

    @property
    def moves(self) -> Mapping[str, Move]:
        """The newest move per symbol."""
        return self._market.moves

    def day(self, symbol: str, sessions: SessionScope = SessionScope.ANY) -> date:
        """Return the trading day of the newest price that rules for some sessions see of a share.

        Out of hours it is that of the session after: a move since the close begins anew with each close.
        """
        quote = self._market.quotes.get(symbol)
        if quote is None:
            return program_day(self._clock.now())
        regular = sessions is SessionScope.REGULAR
        return self._market.session_date(quote) if regular else self._market.book.trading_day(quote)

    def date_of_price(self, symbol: str) -> date | None:
        """Return the date of a share's newest price, in whatever hours, where it trades."""
        quote = self._market.quotes.get(symbol)
        if quote is None:
            return None
        told = quote.extended_as_of if quote.is_extended else None
        return self._market.session_date(quote if told is None else replace(quote, as_of=told))

    def move(self, rule: Rule, symbol: str) -> Move:
        """Return the move that a rule sees of a share: out of hours since the close, if it looks then."""
        move = seen_move(self._market, rule.sessions, symbol)
        assert move is not None
        return move

    def read(
        self, condition: Condition, sessions: SessionScope, symbol: str, price: float | None = None
    ) -> Value:
        """Return what a condition sees of a share now, or saw of it at a regular ``price`` a moment ago."""
        quote = self._market.quotes.get(symbol)
        if quote is not None and price is not None:
            quote = replace(quote, price=price)
        reason = unusable(sessions, quote)
        if quote is None or reason is not None:
            return None, reason
        if quote.is_extended and quote.extended_price is None:
            return None, "no extended price"
        if symbol not in self._market.moves:
            return None, "no quote yet"
        return self._readers[condition.kind](condition, quote)

    def at_close(self, condition: Condition, symbol: str) -> float | None:
        """Return what a condition sees of a closed share's last regular price; it decides nothing."""
        quote = self._market.quotes.get(symbol)
        if quote is None or symbol not in self._market.moves:
            return None
        return self._readers[condition.kind](condition, replace(quote, session=Session.REGULAR))[0]

    def _percent(self, condition: Condition, quote: Quote) -> Value:
        if quote.is_extended:
            price = quote.extended_now if condition.since is Since.CLOSE else None
            return (None, REGULAR_ONLY) if price is None else ((price / quote.price - 1.0) * 100.0, None)
        if condition.since is Since.CLOSE:
            return quote.change_pct, None
        if condition.since is Since.OPEN:
            base = quote.open
            return ((quote.price / base - 1.0) * 100.0, None) if base else (None, "no opening price")
        base = self._track.price_before(quote.symbol, condition.minutes, self._clock.now())
        if base is None:
            ago = "1 minute" if condition.minutes == 1 else f"{condition.minutes} minutes"
            return None, f"no price of {ago} ago"
        return (quote.price / base - 1.0) * 100.0, None

    def _sigma(self, condition: Condition, quote: Quote) -> Value:
        del condition
        if quote.is_extended:
            return None, REGULAR_ONLY
        day = self._market.session_date(quote)
        sigma = self._history.before(quote.symbol, day).sigma
        if sigma is None:
            return None, "too little history"
        scale = sigma * self._history.deviation_over(quote.symbol, day, quote.as_of)
        return math.log(quote.price / quote.previous_close) / scale, None

    def _abnormal(self, condition: Condition, quote: Quote) -> Value:
        del condition
        if quote.is_extended:
            return None, REGULAR_ONLY
        move = self._market.moves[quote.symbol]
        return move.sar, move.reason

    def _volume(self, condition: Condition, quote: Quote) -> Value:
        del condition
        if quote.is_extended:
            return None, "no volume"
        so_far = self.volume_so_far(quote)
        return so_far.times, so_far.reason

    def volume_so_far(self, quote: Quote) -> VolumeSoFar:
        """Return the volume of a quote's session, by what is usual at the time of its regular price."""
        symbol, day = quote.symbol, self._market.session_date(quote)
        session = self._history.session(symbol, day)
        if session is None or quote.volume is None:
            return VolumeSoFar(symbol, reason="no volume")
        if quote.as_of - session.open < _FIRST_MINUTES:
            return VolumeSoFar(symbol, reason="first minutes of the session")
        if self._history.is_half_day(symbol, day):
            return VolumeSoFar(symbol, reason="half day")
        whole = self._history.before(symbol, day).usual_volume
        course = self._history.course(symbol, day)
        own = course.volume_median is not None
        if whole is None and not own:
            return VolumeSoFar(symbol, reason="too little history")
        usual = course.volume_by(self._history.fraction(symbol, day, quote.as_of), whole or 0.0)
        if usual <= 0:
            return VolumeSoFar(symbol, reason="no usual volume")
        return VolumeSoFar(symbol, quote.volume / usual, own)

    def _price(self, condition: Condition, quote: Quote) -> Value:
        del condition
        return quote.extended_now or quote.price, None

    def _year_extreme(self, condition: Condition, quote: Quote) -> Value:
        facts = self._history.before(quote.symbol, self.day(quote.symbol))
        extreme = facts.year_high if condition.direction is Direction.UP else facts.year_low
        if extreme is None:
            return None, "less than a year of history"
        return ((quote.extended_now or quote.price) / extreme - 1.0) * 100.0, None

    def _gap(self, condition: Condition, quote: Quote) -> Value:
        del condition
        if quote.open is None or quote.is_extended:
            return None, "no opening price"
        return (quote.open / quote.previous_close - 1.0) * 100.0, None


def seen_move(market: MarketData, sessions: SessionScope, symbol: str) -> Move | None:
    """Return the move that rules for some sessions see of a share, None without any."""
    early_or_late = None if sessions is SessionScope.REGULAR else market.out_of_hours(symbol)
    return early_or_late or market.moves.get(symbol)


def unusable(sessions: SessionScope, quote: Quote | None) -> str | None:
    """Return why a quote may not be judged now by a rule for some sessions."""
    if quote is None:
        return "no quote yet"
    if quote.state in _NO_VALUE:
        return _NO_VALUE[quote.state]
    if quote.state is QuoteState.CLOSED:  # whatever phase the provider names
        return MARKET_CLOSED
    if quote.session is Session.REGULAR:
        return MARKET_CLOSED if sessions is SessionScope.EXTENDED else None
    if quote.is_extended and sessions is not SessionScope.REGULAR:
        return None
    return MARKET_CLOSED
