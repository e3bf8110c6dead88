"""What rules need of the days before: the year's range, usual volume, and the course of a trading day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from stackwatch.analysis.moves.intraday import (
    USUAL,
    IntradayProfile,
    course_of,
    day_share,
    fraction_of,
    full_days,
    usual_volume,
)
from stackwatch.analysis.moves.volatility import ewma_volatility
from stackwatch.analysis.rules.rule_preview import LEAST_YEAR, YEAR
from stackwatch.domain.errors import StoreError
from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import DailyBar
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Calendars
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.engine.store_ports import BarStore

_AROUND = timedelta(days=45)  # holds 20 sessions
BAR_MINUTES = (1, 15)  # the bars that charts leave in the store


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What the days before one say of a share; None where there are too few."""

    year_high: float | None
    year_low: float | None
    sigma: float | None
    usual_volume: float | None


class DayHistory:
    """Daily bars as rules ask for them, and the trading hours around a day. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, calendars: Calendars, store: BarStore) -> None:
        self._ecosystem = ecosystem
        self._calendars = calendars
        self._store = store
        self._bars: dict[str, Sequence[DailyBar]] = {}
        self._facts: dict[tuple[str, date], DayFacts] = {}
        self._courses: dict[tuple[str, date], IntradayProfile] = {}
        self._sessions: dict[tuple[str, date], Sequence[TradingSession]] = {}
        self._hours: dict[tuple[str, date], tuple[TradingSession | None, bool]] = {}

    def take(self, histories: Mapping[str, Sequence[DailyBar]]) -> None:
        """Use other daily bars (oldest first) of some symbols."""
        self._bars.update(histories)
        for known in (self._facts, self._courses):
            for key in [key for key in known if key[0] in histories]:
                del known[key]

    def before(self, symbol: str, day: date) -> DayFacts:
        """Return what the sessions before a day say."""
        key = (symbol, day)
        if key not in self._facts:
            bars = [bar for bar in self._bars.get(symbol, ()) if bar.day < day]
            self._facts[key] = _facts(bars)
        return self._facts[key]

    def session(self, symbol: str, day: date) -> TradingSession | None:
        """Return the trading hours of a day, None when they are not known."""
        return self._hours_of(symbol, day)[0]

    def is_half_day(self, symbol: str, day: date) -> bool:
        """Whether a day's session is a short one."""
        return self._hours_of(symbol, day)[1]

    def fraction(self, symbol: str, day: date, moment: datetime) -> float:
        """Return how much of a day's session is over; 1 when its hours are not known."""
        session = self.session(symbol, day)
        return 1.0 if session is None else fraction_of(session, moment.timestamp())

    def deviation_over(self, symbol: str, day: date, moment: datetime) -> float:
        """Return the share of a day's usual deviation since the close before that is behind at a moment."""
        return day_share(self.course(symbol, day), self.fraction(symbol, day, moment))

    def course(self, symbol: str, day: date) -> IntradayProfile:
        """Return how a share's day usually goes: from its own minutes before, where enough are stored."""
        key = (symbol, day)
        if key not in self._courses:
            self._courses[key] = self._own_course(symbol, day) or USUAL
        return self._courses[key]

    def _own_course(self, symbol: str, day: date) -> IntradayProfile | None:
        past = [session for session in self._around(symbol, day) if session.day < day]
        for minutes in BAR_MINUTES:
            try:
                bars = self._store.load_minutes(symbol, minutes, past[0].open) if past else ()
            except StoreError:  # the store's writer tells of one that fails; the usual curve does meanwhile
                return None
            found = course_of(bars, minutes, past)
            if found is not None:
                return found
        return None

    def _hours_of(self, symbol: str, day: date) -> tuple[TradingSession | None, bool]:
        """Return the session of a day, and whether it is a short one."""
        key = (self._ecosystem.instruments[symbol].calendar, day)
        if key not in self._hours:
            around = self._around(symbol, day)
            session = next((session for session in around if session.day == day), None)
            self._hours[key] = session, session is not None and session not in full_days(around)
        return self._hours[key]

    def _around(self, symbol: str, day: date) -> Sequence[TradingSession]:
        calendar = self._ecosystem.instruments[symbol].calendar
        key = (calendar, day)
        if key not in self._sessions:
            self._sessions[key] = known_sessions(self._calendars, calendar, day - _AROUND, day)
        return self._sessions[key]


def _facts(bars: Sequence[DailyBar]) -> DayFacts:
    year = bars[-YEAR:]
    known = len(year) >= LEAST_YEAR
    closes = np.array([bar.close for bar in bars], dtype=np.float64)
    return DayFacts(
        year_high=max(bar.high for bar in year) if known else None,
        year_low=min(bar.low for bar in year) if known else None,
        sigma=ewma_volatility(np.diff(closes) / closes[:-1]),
        usual_volume=usual_volume([bar.volume for bar in bars]),
    )
