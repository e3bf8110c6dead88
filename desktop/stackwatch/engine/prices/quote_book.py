"""The newest quote of every instrument as the program believes it, with its state.

Everything a provider sends is checked here once more before it reaches a cell, a rule or the store. What it
said is kept beside: the state follows from that, the exchange's hours and the time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from stackwatch.domain.quote import FRESH, CorporateActions, Quote, QuoteState, Session
from stackwatch.domain.values import changed
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Clock, Tick
from stackwatch.engine.prices.between_quotes import prices_between
from stackwatch.engine.prices.corporate_actions import with_actions, with_doubt
from stackwatch.engine.prices.freshness import ExchangesNow, is_ahead, judge, newest_trades
from stackwatch.engine.prices.local_days import LocalDays
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.engine.prices.missing_symbols import ANSWERS, MissingSymbols
from stackwatch.engine.prices.name_check import NameCheck
from stackwatch.engine.prices.quote_checks import QuoteChecks, not_in_history, other_unit, unsound
from stackwatch.engine.prices.stream_check import StreamCheck

_NO_ACTIONS = CorporateActions()
_AGE_EVERY = timedelta(seconds=1)
# Looking a member up takes as long as comparing with it, and thousands of prices come a second.
_REGULAR, _WITHHELD = Session.REGULAR, QuoteState.WITHHELD
_LIVE, _DELAYED = QuoteState.LIVE, QuoteState.DELAYED
LastClose = Callable[[str, date], float | None]
"""Returns the split-adjusted close of the newest session before a day."""


class QuoteBook:
    """Owned by the core thread. Without ``hours``, as in a replay, the provider's own states are believed."""

    def __init__(
        self, ecosystem: Ecosystem, clock: Clock, hours: MarketHours | None, last_close: LastClose
    ) -> None:
        self._ecosystem = ecosystem
        self._instruments = ecosystem.instruments
        self._clock = clock
        self._hours = hours
        self._last_close = last_close
        self._said: dict[str, Quote] = {}
        self._quotes: dict[str, Quote] = {}
        self._days = LocalDays()
        self._adjusted: dict[str, tuple[Quote, date, Quote]] = {}
        self._heard: dict[str, datetime] = {}
        self._volume_moved: set[str] = set()
        self._actions: dict[str, CorporateActions] = {}
        self._checks = QuoteChecks()
        self.refused: dict[str, str] = {}  # of the last refresh, and why
        self.touched: dict[str, tuple[float, ...]] = {}  # prices passed and left since the refresh before
        self._misfits: set[str] = set()  # refused, because their history ends elsewhere
        self._names = NameCheck(self._instruments)
        self._past = False
        self._aged: datetime | None = None
        self.missing = MissingSymbols()
        self.stream_check = StreamCheck()

    @property
    def quotes(self) -> Mapping[str, Quote]:
        """The newest believed quote per symbol."""
        return self._quotes

    @property
    def maybe_split(self) -> frozenset[str]:
        """The symbols that a split of which nothing is known would explain: their history tells, if asked."""
        withheld = (s for s, quote in self._quotes.items() if quote.state is QuoteState.WITHHELD)
        return frozenset((*self._misfits, *withheld))

    def session_date(self, quote: Quote) -> date:
        """Return the trading day a quote belongs to, in its exchange's zone."""
        return self._days.of(quote.symbol, self._instruments[quote.symbol].timezone, quote.as_of)

    def trading_day(self, quote: Quote) -> date:
        """Return the trading day that the newest price belongs to: out of hours that of the next session.

        So it does in the night behind it, else each close of a market would begin two days.
        """
        if quote.session is _REGULAR or quote.extended_as_of is None:
            return self.session_date(quote)
        code = self._instruments[quote.symbol].calendar
        coming = None if self._hours is None else self._hours.coming(code, quote.extended_as_of)
        return self.session_date(replace(quote, as_of=quote.extended_as_of)) if coming is None else coming.day

    def hours_of_price(self, quote: Quote) -> Session:
        """Return in which hours the price outside regular ones was paid, as said where none are known.

        In the morning it is that of the evening until somebody trades.
        """
        if self._hours is None or quote.extended_as_of is None:
            return quote.session
        phase = self._hours.phase(self._instruments[quote.symbol].calendar, quote.extended_as_of)
        return phase if phase in (Session.PRE, Session.POST) else quote.session

    def may_trade_on(self, symbol: str, day: date) -> bool:
        """Whether a share's exchange trades on a day, as far as its hours are known."""
        return self._hours is None or self._hours.has_session(self._instruments[symbol].calendar, day)

    def accept(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Take in a refresh and return the quotes that are sound and say something new.

        Of a polled and a pushed price the one with the newer time of its exchange counts, unless the stream
        was found to be wrong.
        """
        now = self._clock.now()
        taken = []
        self.refused.clear()
        for quote in quotes:
            if self._is_refused(quote):
                continue
            self.stream_check.compare(quote, now)
            distrusted = self.stream_check.distrusts(quote.symbol, now)
            if distrusted or not self._is_older(quote):
                self._keep(quote if distrusted else _with_newer(quote, self._said.get(quote.symbol)), now)
                taken.append(quote.symbol)
        before = {symbol: self._quotes.get(symbol) for symbol in taken}
        renewed = self._judge(taken, now)
        self.touched = {quote.symbol: found for quote in renewed if (found := self._between(before, quote))}
        return renewed

    def restore(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Take in what an earlier run stored: nothing of it was heard now."""
        taken = [quote for quote in quotes if self._take(_as_said(quote))]
        for quote in taken:
            self.missing.restore(quote.symbol, quote.missing)
        return self._judge((quote.symbol for quote in taken), self._clock.now())

    def look_back(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Take in quotes of a past day, whose states stand; from then on none grows old."""
        self._past = True
        return self._judge([q.symbol for q in quotes if self._take(q)], self._clock.now())

    def merge(self, ticks: Iterable[Tick]) -> tuple[Quote, ...]:
        """Let pushed prices update the quotes they belong to; returns those that changed.

        A price far from the last one waits until a second tick or a refresh agrees with it.
        """
        now = self._clock.now()
        taken = []
        for tick in ticks:
            known = self._said.get(tick.symbol)
            if known is None or self._is_unwanted(tick, known, now):
                continue
            pushed = _with_tick(known, tick)
            if unsound(pushed, now) is None and not self._is_older(pushed):
                self._keep(pushed, now)
                self.stream_check.note(tick)
                taken.append(tick.symbol)
        return self._judge(dict.fromkeys(taken), now)

    def left_out(self, symbols: Iterable[str]) -> tuple[Quote, ...]:
        """Note symbols that an answer did not hold; returns the quotes whose state or count changed."""
        now = self._clock.now()
        counted = self.missing.left_out((s for s in symbols if s in self._instruments), now)
        return self._judge((s for s in counted if s in self._said), now)

    def set_actions(self, symbol: str, actions: CorporateActions) -> None:
        """Know a company's splits and dividends; quotes they change are returned by the next ``age``."""
        if actions != self._actions.get(symbol, _NO_ACTIONS):
            self._actions[symbol] = actions
            self._adjusted.pop(symbol, None)
            self._aged = None

    def age(self) -> tuple[Quote, ...]:
        """Judge every quote anew, at most once a second; returns those that changed."""
        now = self._clock.now()
        if self._past or (self._aged is not None and timedelta(0) <= now - self._aged < _AGE_EVERY):
            return ()
        self._aged = now
        return self._judge(tuple(self._said), now)

    def _take(self, quote: Quote) -> bool:
        """Keep what was said before now when it is sound and not older than what is known."""
        wanted = not self._is_refused(quote) and not self._is_older(quote)
        if wanted:
            self._keep(quote, None)
        return wanted

    def _keep(self, quote: Quote, heard: datetime | None) -> None:
        known = self._said.get(quote.symbol)
        self._said[quote.symbol] = quote
        if known is None:  # none in another follows
            self._ecosystem.note_currency(quote.symbol, "" if quote.index_level else quote.currency)
        if known is not None and known.as_of != quote.as_of:
            self._volume_moved.discard(quote.symbol)
        elif known is not None and _volume_grew(known, quote):
            self._volume_moved.add(quote.symbol)
        if heard is not None:
            self._heard[quote.symbol] = heard
            self.missing.quoted(quote.symbol)

    def _between(self, known: Mapping[str, Quote | None], quote: Quote) -> tuple[float, ...]:
        before = known[quote.symbol]
        if before is None or self.session_date(before) != self.session_date(quote):
            return ()
        return prices_between(before, quote)

    def _is_older(self, quote: Quote) -> bool:
        """Whether the stream, or an earlier answer, knows a newer price."""
        known = self._said.get(quote.symbol)
        return known is not None and quote.as_of < known.as_of

    def _is_refused(self, quote: Quote) -> bool:
        reason = self._refusal(quote)
        if reason is not None:
            self.refused[quote.symbol] = reason
        return reason is not None

    def _refusal(self, quote: Quote) -> str | None:
        if quote.symbol not in self._instruments:
            return "nobody asked for it"
        fault = unsound(quote, self._clock.now()) or self._names.refusal(quote)
        if fault is not None:
            return fault
        known = self._said.get(quote.symbol)
        adjusted = self._adjust(quote, self._clock.now())
        day = self.session_date(quote)
        if known is None or self.session_date(known) != day:
            actions = self._actions.get(quote.symbol, _NO_ACTIONS)
            odd = not_in_history(adjusted, day, self._last_close(quote.symbol, day), actions)
            self._misfits.discard(quote.symbol)
            if odd is not None:
                self._misfits.add(quote.symbol)
        else:
            odd = self._checks.other_close(adjusted, self._quotes[quote.symbol])
        return odd if known is None else odd or other_unit(quote, known)

    def _is_unwanted(self, tick: Tick, known: Quote, now: datetime) -> bool:
        """Whether a pushed price is left out: wild, withheld, of no session, or of a stream in doubt.

        The first price of a day waits for a poll: a push does not say the close that it is measured from.
        """
        if self._quotes[tick.symbol].state is _WITHHELD:
            return True
        if self.stream_check.distrusts(tick.symbol, now):
            return True
        instrument = self._instruments[tick.symbol]
        if tick.session is _REGULAR:
            zone = instrument.timezone
            if self._days.of(zone, zone, tick.time) != self.session_date(known):
                return True
        elif not MarketHours.has_extended(instrument.calendar) or tick.time < _newest_time(known):
            return True
        return self._checks.wild(tick, known)

    # States

    def _judge(self, symbols: Iterable[str], now: datetime) -> tuple[Quote, ...]:
        """Renew the believed quotes of ``symbols``; returns those that changed."""
        exchanges = None
        if self._hours is not None and not self._past:
            newest = newest_trades(self._said, self._instruments)
            exchanges = ExchangesNow(self._hours, now, newest)
        renewed = []
        for symbol in symbols:
            believed = self._believed(symbol, exchanges, now)
            known = self._quotes.get(symbol)
            if believed is not known and believed != known:
                self._quotes[symbol] = believed
                renewed.append(believed)
        return tuple(renewed)

    def _believed(self, symbol: str, exchanges: ExchangesNow | None, now: datetime) -> Quote:
        quote = self._adjust(self._said[symbol], now)
        missing = self.missing[symbol]
        state, no_trades = quote.state, quote.no_trades
        if missing is not None and missing.answers >= ANSWERS:
            state = QuoteState.UNKNOWN
        elif exchanges is not None:
            calendar = self._instruments[symbol].calendar
            evidence = exchanges.evidence(calendar, quote.delay_minutes, self._heard.get(symbol))
            if evidence is None:
                state = _by_age(quote, now)
            else:
                state, no_trades = judge(quote, evidence, volume_moved=symbol in self._volume_moved)
        if state is quote.state and no_trades == quote.no_trades and missing == quote.missing:
            return quote
        return changed(quote, state=state, no_trades=no_trades, missing=missing)

    def _adjust(self, said: Quote, now: datetime) -> Quote:
        """Return what was said with what the company did; worked out once for an answer and a day."""
        zone = self._instruments[said.symbol].timezone
        today = self._days.of(zone, zone, now)
        known = self._adjusted.get(said.symbol)
        if known is None or known[0] is not said or known[1] != today:
            actions = self._actions.get(said.symbol, _NO_ACTIONS)
            day = self.session_date(said)
            last = self._last_close(said.symbol, day) if actions.splits else None
            adjusted = with_actions(said, actions, day, today, last)
            if not self._past:  # stored closes are adjusted
                adjusted = with_doubt(adjusted)
            known = self._adjusted[said.symbol] = (said, today, adjusted)
        return known[2]


def _as_said(stored: Quote) -> Quote:
    """Return a stored quote without what was concluded about it when it was stored."""
    said = QuoteState.DELAYED if stored.delay_minutes else QuoteState.LIVE
    return replace(stored, state=said, no_trades=False, split=None, ex_dividend=None)


def _newest_time(quote: Quote) -> datetime:
    """Return when a share was traded last, in whatever hours."""
    return quote.as_of if quote.extended_as_of is None else max(quote.as_of, quote.extended_as_of)


def _with_newer(quote: Quote, known: Quote | None) -> Quote:
    """Return an answer with the price outside regular hours that is known, where its own is older."""
    if known is None or known.extended_as_of is None or quote.extended_as_of is None:
        return quote
    if quote.extended_as_of >= known.extended_as_of:
        return quote
    return changed(quote, extended_price=known.extended_price, extended_as_of=known.extended_as_of)


def _volume_grew(known: Quote, quote: Quote) -> bool:
    """Whether shares were traded between two answers with the same last trade."""
    regular = known.session is _REGULAR and quote.session is _REGULAR
    return regular and known.volume is not None and quote.volume is not None and quote.volume > known.volume


def _by_age(quote: Quote, now: datetime) -> QuoteState:
    """Judge a quote whose exchange's hours are not known: only a fresh price can be believed."""
    if quote.state not in (QuoteState.LIVE, QuoteState.DELAYED):
        return quote.state
    old = now - quote.as_of > FRESH + timedelta(minutes=quote.delay_minutes)
    return QuoteState.STALE if old or is_ahead(quote, now) else quote.state


def _with_tick(quote: Quote, tick: Tick) -> Quote:
    """Return a quote with a pushed price in it; extended hours have a price of their own."""
    price = tick.price
    time = tick.time.replace(microsecond=0)  # as polled times are: the same trade must not look older
    if tick.session is not _REGULAR:
        return changed(quote, extended_price=price, extended_as_of=time, session=tick.session)
    high, low = quote.day_high or price, quote.day_low or price
    return changed(
        quote,
        price=price,
        as_of=time,
        session=_REGULAR,
        state=_DELAYED if quote.delay_minutes else _LIVE,
        day_high=max(high, price),
        day_low=min(low, price),
        volume=tick.volume or quote.volume,
    )
