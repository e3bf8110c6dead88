"""The moves that follow from the quotes that are believed and from history."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from stackwatch.analysis.moves.market_model import Closes, Fit, fit_before, why_no_fit
from stackwatch.analysis.moves.volatility import ewma_volatility
from stackwatch.domain.move import Move
from stackwatch.domain.quote import NOT_JUDGED, DailyBar, HistorySummary, Quote, QuoteState, Session
from stackwatch.domain.values import changed
from stackwatch.domain.venues import shuts_first
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.earlier_market import against_session_before
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.engine.prices.quote_book import QuoteBook

_SPARK_CLOSES = 21
_YEAR = 250
_SAME_CLOSE = 0.005  # relative distance at which two closes are one session's
_EQUAL_CLOSE = 1e-4  # at which a return from either is the same


@dataclass(frozen=True, slots=True)
class _DaysBefore:
    """The EWMA deviation of a share before a day, and its last two closes, oldest first."""

    sigma: float | None
    closes: tuple[float, ...]

    def z(self, quote: Quote) -> float | None:
        """Return the whole day's move in standard deviations."""
        return None if self.sigma is None else math.log(quote.price / quote.previous_close) / self.sigma

    def move_pct(self, previous_close: float) -> float | None:
        """Return the move of the session that ended at ``previous_close``, None where it is unknown."""
        if len(self.closes) < 2 or abs(self.closes[1] / previous_close - 1.0) > _SAME_CLOSE:  # noqa: PLR2004
            return None
        return (self.closes[1] / self.closes[0] - 1.0) * 100.0


@dataclass(frozen=True, slots=True)
class _Model:
    """The market model of a share on a day, and a move with what is the same in all of that day's.

    ``since`` are both closes at the share's session before, and how many the benchmark has had from then on,
    where it traded on days that the share did not: both moves are to span the same days.
    """

    fit: Fit | None
    standing: Move
    since: tuple[float, float, int] | None = None

    def market_move(self, quote: Quote, market: Quote) -> tuple[float, int]:
        """Return the benchmark's move since the close of the share's own, and over how many sessions."""
        if self.since is None or abs(self.since[0] / quote.previous_close - 1.0) > _EQUAL_CLOSE:
            return market.change_pct, 1
        return (market.price / self.since[1] - 1.0) * 100.0, self.since[2]


class MarketData:
    """The newest quote, the closes and the move of every instrument. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, clock: Clock, hours: MarketHours | None) -> None:
        self._ecosystem = ecosystem
        self.book = QuoteBook(ecosystem, clock, hours, self._last_close)
        self._moves: dict[str, Move] = {}
        self._closes: dict[str, Closes] = {}
        self._models: dict[tuple[str, date], _Model] = {}
        self._days_before: dict[tuple[str, date], _DaysBefore] = {}

    @property
    def quotes(self) -> Mapping[str, Quote]:
        """The newest accepted quote per symbol."""
        return self.book.quotes

    @property
    def moves(self) -> Mapping[str, Move]:
        """The newest move per symbol."""
        return self._moves

    @property
    def any_live(self) -> bool:
        """Whether a share trades now, also in a session that its calendar does not know."""
        return any(q.state in (QuoteState.LIVE, QuoteState.DELAYED) for q in self.book.quotes.values())

    @property
    def closes(self) -> Mapping[str, Closes]:
        """The daily closes per symbol."""
        return self._closes

    def forget_fits(self) -> None:
        """Drop estimated models, because benchmarks may have changed."""
        self._models.clear()

    def set_history(self, symbol: str, bars: Sequence[DailyBar]) -> HistorySummary:
        """Replace the daily closes of a symbol and return what the list draws of them."""
        closes = Closes.of(bars)
        self._closes[symbol] = closes
        self._models.clear()
        self._days_before.clear()
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
        return self.book.session_date(quote)

    def out_of_hours(self, symbol: str, *, last: bool = False) -> Move | None:
        """Return the move since the last close while pre- or post-market lasts and its price is known.

        It is of the session that comes, which is measured from the same close. With ``last`` it is the last
        one there was, in the night behind it.
        """
        quote = self.book.quotes.get(symbol)
        if quote is None or quote.state in NOT_JUDGED:
            return None
        price = quote.extended_price if last and quote.session is Session.CLOSED else quote.extended_now
        if price is None:
            return None
        return Move(
            symbol=symbol,
            session_date=self.book.trading_day(quote),
            move_pct=(price / quote.price - 1.0) * 100.0,
            before_pct=quote.change_pct,
            benchmark=self._ecosystem.instruments[symbol].benchmark,
            hours=self.book.hours_of_price(quote),
        )

    def refresh_moves(self, symbols: Collection[str]) -> tuple[Move, ...]:
        """Recompute the moves of ``symbols``, and of those they are the benchmark of, from newest quotes."""
        moves = []
        for symbol in dict.fromkeys((*symbols, *self._judged_by(frozenset(symbols)))):
            quote = self.book.quotes.get(symbol)
            if quote is None or quote.state is QuoteState.WITHHELD:
                self._moves.pop(symbol, None)
                continue
            move = self._moves[symbol] = self._move(quote)
            moves.append(move)
        return tuple(moves)

    def _judged_by(self, benchmarks: AbstractSet[str]) -> Iterator[str]:
        """Yield the quoted symbols whose benchmark is among ``benchmarks``."""
        listed = self._ecosystem.instruments
        return (symbol for symbol in self.book.quotes if listed[symbol].benchmark in benchmarks)

    def close_before(self, symbol: str, day: date) -> date | None:
        """Return the day of the close that a symbol's quote is measured from, None where it is not known."""
        quote, closes = self.book.quotes.get(symbol), self._closes.get(symbol)
        if quote is None or closes is None:
            return None
        earlier = closes.before(day)
        if not earlier.days.size or abs(earlier.values[-1] / quote.previous_close - 1.0) > _EQUAL_CLOSE:
            return None
        return date.fromordinal(int(earlier.days[-1]))

    def _last_close(self, symbol: str, day: date) -> float | None:
        closes = self._closes.get(symbol)
        earlier = np.empty(0) if closes is None else closes.before(day).values
        return float(earlier[-1]) if earlier.size else None

    def _move(self, quote: Quote) -> Move:
        day = self.session_date(quote)
        if shuts_first(self._ecosystem.instruments, quote.symbol):
            return self._move_after_the_market(quote, day)
        benchmark = self._ecosystem.instruments[quote.symbol].benchmark
        move_pct, earlier = quote.change_pct, self._before(quote.symbol, day)
        before_pct, z = earlier.move_pct(quote.previous_close), earlier.z(quote)
        market = self._market_on(benchmark, day)
        reason = self._no_market(quote.symbol, benchmark, market, day)
        if market is None or reason is not None:
            return Move(
                symbol=quote.symbol, session_date=day, move_pct=move_pct, before_pct=before_pct,
                benchmark=benchmark, z=z, reason=reason,
            )  # fmt: skip
        model = self._model(quote.symbol, benchmark, day)
        other_pct, sessions = model.market_move(quote, market)
        standing = changed(model.standing, benchmark_sessions=sessions) if sessions > 1 else model.standing
        plain = {"move_pct": move_pct, "before_pct": before_pct, "z": z, "benchmark_move_pct": other_pct}
        if model.fit is None:
            return changed(standing, **plain)
        share, other = move_pct / 100.0, other_pct / 100.0
        abnormal = model.fit.abnormal(share, other)
        sar = abnormal / model.fit.prediction_sd(other)
        return changed(standing, **plain, abnormal_pct=abnormal * 100.0, sar=sar)

    def _move_after_the_market(self, quote: Quote, day: date) -> Move:
        """Return the move of a share that trades while its benchmark's exchange is shut."""
        benchmark = self._ecosystem.instruments[quote.symbol].benchmark
        earlier = self._before(quote.symbol, day)
        plain = Move(
            symbol=quote.symbol,
            session_date=day,
            move_pct=quote.change_pct,
            before_pct=earlier.move_pct(quote.previous_close),
            benchmark=benchmark,
            z=earlier.z(quote),
        )
        market = self.book.quotes.get(benchmark)
        withheld = market is None or market.state is QuoteState.WITHHELD
        newest = None if market is None or withheld else (self.session_date(market), market.price)
        return against_session_before(
            plain, self._closes.get(quote.symbol), self._closes.get(benchmark), newest
        )

    def _market_on(self, benchmark: str, day: date) -> Quote | None:
        """Return a benchmark's quote; where its next session has begun, as it was at the close of a day.

        A share whose exchange rests, or that opens later, is judged by its own session until it trades.
        """
        market, closes = self.book.quotes.get(benchmark), self._closes.get(benchmark)
        if market is None or closes is None or self.session_date(market) <= day:
            return market
        upto = closes.before(day + timedelta(days=1))
        if upto.days.size < 2 or upto.days[-1] != day.toordinal():  # noqa: PLR2004 - of the day and before it
            return market
        noon = datetime.combine(day, time(12), ZoneInfo(self._ecosystem.instruments[benchmark].timezone))
        before, close = (float(value) for value in upto.values[-2:])
        return changed(market, price=close, previous_close=before, as_of=noon)

    def _no_market(self, symbol: str, benchmark: str, market: Quote | None, day: date) -> str | None:
        """Return why a share's move cannot be held against its benchmark's."""
        if benchmark == symbol:
            return "it is a benchmark itself"
        if market is None or market.state is QuoteState.WITHHELD:
            return f"no price of its benchmark {benchmark}"
        if self.session_date(market) != day:
            return f"benchmark {benchmark} has another trading day"
        return None

    def _model(self, symbol: str, benchmark: str, day: date) -> _Model:
        key = (symbol, day)
        model = self._models.get(key)
        if model is None:
            share, market = self._closes.get(symbol), self._closes.get(benchmark)
            fitted, n = (None, 0) if share is None or market is None else fit_before(share, market, day)
            move = Move(symbol=symbol, session_date=day, move_pct=0.0, benchmark=benchmark, n_estimation=n)
            if fitted is None:
                standing = changed(move, reason=why_no_fit(n))
            else:
                standing = changed(
                    move, alpha=fitted.alpha, beta=fitted.beta, beta_se=fitted.beta_se, resid_sd=fitted.sd
                )
            since = None if share is None or market is None else _closes_before(share, market, day)
            model = self._models[key] = _Model(fitted, standing, since)
        return model

    def _before(self, symbol: str, day: date) -> _DaysBefore:
        key = (symbol, day)
        known = self._days_before.get(key)
        if known is None:
            closes = self._closes.get(symbol)
            values = closes.before(day).values if closes is not None else np.empty(0)
            sigma = ewma_volatility(np.diff(values) / values[:-1])
            known = self._days_before[key] = _DaysBefore(sigma, tuple(float(value) for value in values[-2:]))
        return known


def _closes_before(share: Closes, market: Closes, day: date) -> tuple[float, float, int] | None:
    """Return both closes at the share's session before, and how many sessions of the benchmark came since.

    That of ``day`` counts; None where no other came.
    """
    share, market = share.before(day), market.before(day)
    if not (share.days.size and market.days.size) or market.days[-1] <= share.days[-1]:
        return None
    known = market.values[market.days <= share.days[-1]]
    came = market.values.size - known.size + 1
    return (float(share.values[-1]), float(known[-1]), came) if known.size else None
