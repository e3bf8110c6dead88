"""Which daily bars are kept, what of them is missing, and how a provider's answer joins what is there."""

import logging
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import CorporateActions, DailyBar
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Calendars, Clock, History
from stackwatch.engine.prices.market_clock import known_sessions
from stackwatch.engine.store_ports import BarStore

_log = logging.getLogger(__name__)

KEPT = timedelta(days=5 * 366)
MAX_TRIES = 3  # answers that may leave a day out before it counts as one without trading
_OVERLAP = timedelta(days=10)  # at least five sessions are asked for again
_WEEK = timedelta(days=7)  # without a session, or not worth a question
_DAY = timedelta(days=1)
_AHEAD = timedelta(days=12)  # the next session is in it, whatever the exchange
_ADJUSTED = 0.004  # share of the price that rounding does not explain


class DailyBars:
    """Years of daily bars in the store, filled in where something is missing. Owned by the core thread."""

    def __init__(self, ecosystem: Ecosystem, store: BarStore, calendars: Calendars, clock: Clock) -> None:
        self._ecosystem = ecosystem
        self._store = store
        self._calendars = calendars
        self._clock = clock
        self._actions = dict(store.load_actions())
        self._sessions: dict[tuple[str, date], tuple[date, tuple[TradingSession, ...]]] = {}

    def actions(self, symbol: str) -> CorporateActions:
        """Return the known splits and dividends of a symbol."""
        return self._actions.get(symbol, CorporateActions())

    @property
    def kept_from(self) -> date:
        """The first day of the history that is kept for charts."""
        return self._clock.now().date() - KEPT

    @property
    def asked_again_from(self) -> date:
        """The first day of the few known sessions that show whether prices were adjusted since."""
        return self._clock.now().date() - _OVERLAP

    def ask_from(self, symbol: str, first: date) -> date | None:
        """Return the day from which a provider must be asked so that nothing since ``first`` is missing.

        A few sessions that are known come before what is missing: they show whether prices were adjusted
        since. None when nothing is missing, apart from days that the provider has left out three times.
        """
        reach = self._store.reach(symbol)
        if reach is None or reach.since > first + _WEEK:
            return first
        missing = self._missing(symbol, max(first, reach.first), MAX_TRIES)
        return min(missing) - _OVERLAP if missing else None

    def take(self, symbol: str, history: History, since: date) -> date | None:
        """Keep what was answered to the question for everything from ``since`` on.

        Returns the day from which to ask again when every price was adjusted since the last time: the
        history is then replaced as a whole, never mixed. Raises StoreError.
        """
        reach = self._store.reach(symbol)
        stored = self._store.load_daily(symbol, since)
        if readjusted(stored, history.bars):
            assert reach is not None
            if since > min(reach.since, reach.first):
                return min(reach.since, reach.first)
            _log.info("%s: prices were adjusted; its history is replaced", symbol)
            self._store.replace_history(symbol, history, since)
            self._actions[symbol] = history.actions
        else:
            self._store.keep_history(symbol, history, since)
            self._actions[symbol] = _joined(self.actions(symbol), history.actions)
        self._note_holes(symbol, history, since)
        return None

    def sessions(self, symbol: str, first: date) -> Sequence[TradingSession]:
        """Return the sessions of a symbol's exchange from ``first`` to the next ones to come, oldest first.

        None for years that are not known.
        """
        calendar = self._ecosystem.instruments[symbol].calendar
        today = self._clock.now().date()
        known = self._sessions.get((calendar, today))
        if known is None or first < known[0]:
            past = known_sessions(self._calendars, calendar, first, today)  # a year ahead may not be known
            ahead = known_sessions(self._calendars, calendar, today + _DAY, today + _AHEAD)
            found = (*past, *ahead)
            self._sessions = {key: value for key, value in self._sessions.items() if key[1] == today}
            known = self._sessions[calendar, today] = (first, found)
        return known[1][bisect_left(known[1], first, key=lambda session: session.day) :]

    def _missing(self, symbol: str, first: date, tries: int) -> list[date]:
        """Return the sessions from ``first`` on that are over and have no bar; not those given up."""
        now = self._clock.now()
        over = [s.day for s in self.sessions(symbol, first) if s.close <= now]
        known = self._store.daily_days(symbol) | self._store.holes(symbol, tries)
        return [day for day in over if day not in known]

    def _note_holes(self, symbol: str, history: History, since: date) -> None:
        """Remember the days that the answer went past without a bar."""
        reach = self._store.reach(symbol)
        if reach is None or not history.bars:
            return
        missing = self._missing(symbol, max(since, reach.first), MAX_TRIES)
        passed = [day for day in missing if day < history.bars[-1].day]
        if passed:
            self._store.note_holes(symbol, passed)


def readjusted(stored: Sequence[DailyBar], fresh: Sequence[DailyBar]) -> bool:
    """Whether most closes of the days in common differ: by the factor of a split, or otherwise adjusted.

    A few days of many that differ are corrections, not an adjustment.
    """
    before = {bar.day: bar.close for bar in stored}
    ratios = [bar.close / before[bar.day] for bar in fresh if bar.day in before]
    return sum(abs(ratio - 1.0) > _ADJUSTED for ratio in ratios) > len(ratios) / 2


def with_answer(stored: Sequence[DailyBar], fresh: Sequence[DailyBar]) -> tuple[DailyBar, ...]:
    """Return stored days with those that were answered; after an adjustment the answer alone."""
    if readjusted(stored, fresh):
        return tuple(fresh)
    days = {bar.day: bar for bar in (*stored, *fresh)}
    return tuple(days[day] for day in sorted(days))


def _joined(one: CorporateActions, other: CorporateActions) -> CorporateActions:
    """Return the actions of both; for one day the other's count."""
    splits = {s.day: s for s in (*one.splits, *other.splits)}
    dividends = {d.day: d for d in (*one.dividends, *other.dividends)}
    return CorporateActions(
        tuple(splits[day] for day in sorted(splits)), tuple(dividends[day] for day in sorted(dividends))
    )
