"""Quotes and history as the program believes them, and the moves that follow.

Everything a provider sends is checked here once more before it reaches a cell, a rule or the store.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from stackwatch.analysis.market_model import MINIMUM, Closes, Fit, fit_before
from stackwatch.analysis.volatility import ewma_volatility
from stackwatch.domain.events import HistorySummary
from stackwatch.domain.move import Move
from stackwatch.domain.quote import DailyBar, Quote, QuoteState, Session
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Clock, Tick

_log = logging.getLogger(__name__)

FUTURE_TOLERANCE = timedelta(minutes=2)
STALE_AFTER = timedelta(minutes=2)
_TICK_JUMP, _TICK_AGREES = 0.1, 0.01  # log distance that one tick alone may not go
_SPARK_CLOSES = 21
_YEAR = 250
_SPLIT_JUMP = 0.3
_SPLIT_FACTORS = (2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 1.5)
_SPLIT_MATCH = {1.5: 0.01}  # in log; a whole factor may hide an own move of 4 % beside it
_SPLIT_OWN_MOVE = 0.04
_CLOSE_MISMATCH = 0.005  # log distance at which two previous closes of one session cannot both be right
_CLOSE_BELIEVED = 4  # answers in a row after which the other close counts
_CLOSE_ADJUSTED = 0.35  # and at which one cannot belong to the history: more than any dividend


class MarketData:
    """The newest quote, the closes and the move of every instrument. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, clock: Clock) -> None:
        self._ecosystem = ecosystem
        self._clock = clock
        self._zones = {symbol: ZoneInfo(i.timezone) for symbol, i in ecosystem.instruments.items()}
        self._quotes: dict[str, Quote] = {}
        self._moves: dict[str, Move] = {}
        self._closes: dict[str, Closes] = {}
        self._ranges: dict[str, tuple[float, float] | None] = {}
        self._fits: dict[tuple[str, date], tuple[Fit | None, int]] = {}
        self._sigmas: dict[tuple[str, date], float | None] = {}
        self._suspects: dict[str, float] = {}
        self._close_doubts: Counter[str] = Counter()

    @property
    def quotes(self) -> Mapping[str, Quote]:
        """The newest accepted quote per symbol."""
        return self._quotes

    @property
    def moves(self) -> Mapping[str, Move]:
        """The newest move per symbol."""
        return self._moves

    @property
    def closes(self) -> Mapping[str, Closes]:
        """The daily closes per symbol."""
        return self._closes

    def accept(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Take in quotes and return those that are sound and say something new."""
        changed = []
        for quote in quotes:
            reason = self._refusal(quote)
            if reason is not None:
                _log.warning("quote of %s refused: %s", quote.symbol, reason)
                continue
            sound = self._withheld_if_split(quote)
            if self._quotes.get(quote.symbol) != sound:
                self._quotes[quote.symbol] = sound
                changed.append(sound)
        return tuple(changed)

    def merge(self, ticks: Iterable[Tick]) -> tuple[Quote, ...]:
        """Let pushed prices update the quotes they belong to; returns those that changed.

        A price far from the last one waits until a second tick or a refresh agrees with it.
        """
        changed: list[Quote] = []
        for tick in ticks:
            known = self._quotes.get(tick.symbol)
            if known is None or known.state is QuoteState.WITHHELD or self._doubtful(tick, known):
                continue
            changed += self.accept([_with_tick(known, tick)])
        return tuple(changed)

    def _doubtful(self, tick: Tick, known: Quote) -> bool:
        last = known.price if tick.session is Session.REGULAR else known.extended_price or known.price
        if abs(math.log(tick.price / last)) <= _TICK_JUMP:
            self._suspects.pop(tick.symbol, None)
            return False
        suspect = self._suspects.get(tick.symbol)
        self._suspects[tick.symbol] = tick.price
        return suspect is None or abs(math.log(tick.price / suspect)) > _TICK_AGREES

    def age(self) -> tuple[Quote, ...]:
        """Mark live quotes that stopped coming as stale; returns those that changed."""
        now = self._clock.now()
        aged = []
        for symbol, quote in self._quotes.items():
            fresh_for = STALE_AFTER + timedelta(minutes=quote.delay_minutes)
            in_session = quote.session is Session.REGULAR and quote.state in (
                QuoteState.LIVE,
                QuoteState.DELAYED,
            )
            if in_session and now - quote.as_of > fresh_for:
                self._quotes[symbol] = replace(quote, state=QuoteState.STALE)
                aged.append(self._quotes[symbol])
        return tuple(aged)

    def set_history(self, symbol: str, bars: Sequence[DailyBar]) -> HistorySummary:
        """Replace the daily closes of a symbol and return what the list draws of them."""
        closes = Closes.of(bars)
        self._closes[symbol] = closes
        self._fits.clear()
        self._sigmas.clear()
        year = bars[-_YEAR:]
        enough = len(bars) >= _YEAR
        return HistorySummary(
            symbol=symbol,
            closes=tuple(float(value) for value in closes.values[-_SPARK_CLOSES:]),
            year_low=min(bar.low for bar in year) if enough else None,
            year_high=max(bar.high for bar in year) if enough else None,
        )

    def session_date(self, quote: Quote) -> date:
        """Return the trading day a quote belongs to, in its exchange's zone."""
        return quote.as_of.astimezone(self._zones[quote.symbol]).date()

    def refresh_moves(self, symbols: Iterable[str]) -> tuple[Move, ...]:
        """Recompute the moves of ``symbols`` from their newest quotes."""
        moves = []
        for symbol in symbols:
            quote = self._quotes.get(symbol)
            if quote is None or quote.state is QuoteState.WITHHELD:
                self._moves.pop(symbol, None)
                continue
            self._moves[symbol] = self._move(quote)
            moves.append(self._moves[symbol])
        return tuple(moves)

    def depends_on(self, benchmarks: Iterable[str]) -> tuple[str, ...]:
        """Return the quoted symbols whose benchmark is among ``benchmarks``."""
        changed = frozenset(benchmarks)
        return tuple(
            symbol for symbol in self._quotes if self._ecosystem.instruments[symbol].benchmark in changed
        )

    def _refusal(self, quote: Quote) -> str | None:
        if quote.symbol not in self._ecosystem.instruments:
            return "nobody asked for it"
        if not (math.isfinite(quote.price) and quote.price > 0):
            return f"price {quote.price!r} is not a finite number above zero"
        if not (math.isfinite(quote.previous_close) and quote.previous_close > 0):
            return f"previous close {quote.previous_close!r} is not a finite number above zero"
        if quote.as_of.tzinfo is None:
            return "its time has no zone"
        if quote.as_of > self._clock.now() + FUTURE_TOLERANCE:
            return f"its time {quote.as_of.isoformat()} lies in the future"
        known = self._quotes.get(quote.symbol)
        if known is not None and quote.as_of < known.as_of:
            return f"older ({quote.as_of.isoformat()}) than what is known"
        return self._other_close(quote, known)

    def _other_close(self, quote: Quote, known: Quote | None) -> str | None:
        """Return why a previous close cannot be right: the same session or the history knows another."""
        day = self.session_date(quote)
        if known is not None and self.session_date(known) == day:
            if _apart(quote.previous_close, known.previous_close) <= _CLOSE_MISMATCH:
                self._close_doubts.pop(quote.symbol, None)
                return None
            self._close_doubts[quote.symbol] += 1
            if self._close_doubts[quote.symbol] >= _CLOSE_BELIEVED:
                return None
            return f"previous close {quote.previous_close:g}, where {known.previous_close:g} is known"
        closes = self._closes.get(quote.symbol)
        earlier = np.empty(0) if closes is None else closes.before(day).values
        if earlier.size and _apart(quote.previous_close, float(earlier[-1])) > _CLOSE_ADJUSTED:
            return f"previous close {quote.previous_close:g}, where the history ends at {earlier[-1]:g}"
        return None

    def _withheld_if_split(self, quote: Quote) -> Quote:
        """Withhold the change when the jump looks like a split that nobody announced."""
        jump = abs(math.log(quote.price / quote.previous_close))
        if jump <= _SPLIT_JUMP:
            return quote
        for factor in _SPLIT_FACTORS:
            if abs(jump - math.log(factor)) < _SPLIT_MATCH.get(factor, _SPLIT_OWN_MOVE):
                _log.warning(
                    "%s moved by a factor near %g: a split that is not confirmed", quote.symbol, factor
                )
                return replace(quote, state=QuoteState.WITHHELD)
        return quote

    def _move(self, quote: Quote) -> Move:
        day = self.session_date(quote)
        instrument = self._ecosystem.instruments[quote.symbol]
        plain = Move(
            symbol=quote.symbol,
            session_date=day,
            move_pct=quote.change_pct,
            benchmark=instrument.benchmark,
            z=self._z(quote),
        )
        if instrument.benchmark == quote.symbol:
            return replace(plain, reason="it is a benchmark itself")
        market = self._quotes.get(instrument.benchmark)
        if market is None or market.state is QuoteState.WITHHELD:
            return replace(plain, reason=f"no price of its benchmark {instrument.benchmark}")
        if self.session_date(market) != day:
            return replace(plain, reason=f"benchmark {instrument.benchmark} has another trading day")
        fitted, n = self._fit(quote.symbol, instrument.benchmark, day)
        plain = replace(plain, benchmark_move_pct=market.change_pct, n_estimation=n)
        if fitted is None:
            return replace(plain, reason=f"{n} of {MINIMUM} days")
        share, other = quote.change_pct / 100.0, market.change_pct / 100.0
        return replace(
            plain,
            alpha=fitted.alpha,
            beta=fitted.beta,
            beta_se=fitted.beta_se,
            resid_sd=fitted.sd,
            abnormal_pct=fitted.abnormal(share, other) * 100.0,
            sar=fitted.sar(share, other),
        )

    def _fit(self, symbol: str, benchmark: str, day: date) -> tuple[Fit | None, int]:
        key = (symbol, day)
        if key not in self._fits:
            share, market = self._closes.get(symbol), self._closes.get(benchmark)
            self._fits[key] = (None, 0) if share is None or market is None else fit_before(share, market, day)
        return self._fits[key]

    def _z(self, quote: Quote) -> float | None:
        """Return the whole day's move in EWMA standard deviations."""
        key = (quote.symbol, self.session_date(quote))
        if key not in self._sigmas:
            closes = self._closes.get(quote.symbol)
            values = closes.before(key[1]).values if closes is not None else np.empty(0)
            self._sigmas[key] = ewma_volatility(np.diff(values) / values[:-1])
        sigma = self._sigmas[key]
        return None if sigma is None else math.log(quote.price / quote.previous_close) / sigma


def _apart(one: float, other: float) -> float:
    return abs(math.log(one / other))


def _with_tick(quote: Quote, tick: Tick) -> Quote:
    """Return a quote with a pushed price in it; extended hours have a price of their own."""
    if tick.session is not Session.REGULAR:
        return replace(quote, extended_price=tick.price, extended_as_of=tick.time, session=tick.session)
    delayed = quote.delay_minutes > 0
    return replace(
        quote,
        price=tick.price,
        as_of=tick.time,
        session=Session.REGULAR,
        state=QuoteState.DELAYED if delayed else QuoteState.LIVE,
        day_high=max(quote.day_high or tick.price, tick.price),
        day_low=min(quote.day_low or tick.price, tick.price),
        volume=tick.volume or quote.volume,
    )
