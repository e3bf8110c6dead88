"""Where each watched market stands: open, in its break, before, after or closed, and until when."""

import logging
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import MarketClock, TradingSession
from stackwatch.domain.quote import Session
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.ports import Calendars

_log = logging.getLogger(__name__)

_LABELS = {
    "XNYS": "NYSE",
    "XKRX": "KRX",
    "XTKS": "TSE",
    "XTAI": "TWSE",
    "XHKG": "HKEX",
    "XETR": "Xetra",
    "XPAR": "Paris",
    "XMIL": "Milan",
    "XLON": "London",
    "XAMS": "Amsterdam",
    "XSWX": "Zurich",
    "XTSE": "Toronto",
}
# Hours of extended trading before the open and after the close, where the provider quotes it.
_EXTENDED = {"XNYS": (timedelta(hours=5, minutes=30), timedelta(hours=4))}
# Before the close, orders are only collected for the closing auction: nobody trades.
_CLOSING_CALL = {
    "XKRX": timedelta(minutes=10),
    "XTKS": timedelta(minutes=5),
    "XTAI": timedelta(minutes=5),
}
_NONE = timedelta(0)
_AHEAD = timedelta(days=12)
_LEARNED = timedelta(days=60)
_BEHIND = timedelta(days=14)  # longer than any exchange is shut
_LATEST_FEED = timedelta(minutes=25)  # the last trades of a delayed exchange arrive this long after its close


class MarketHours:
    """The trading hours of the markets that watched names trade on, busiest first; none to begin with."""

    def __init__(self, ecosystem: Ecosystem, calendars: Calendars) -> None:
        self._ecosystem = ecosystem
        self._calendars = calendars
        self._near: dict[tuple[str, date], Sequence[TradingSession]] = {}
        self.codes: tuple[str, ...] = ()

    def follow(self, watched: Iterable[str]) -> None:
        """Know the markets of other names from now on."""
        counts = Counter(self._ecosystem.instruments[symbol].calendar for symbol in watched)
        self.codes = tuple(code for code, _ in counts.most_common())

    def learn(self, now: datetime) -> None:
        """Know the hours around ``now``, and those of the weeks to come, so that nobody has to wait for them.

        A year that does not ship is built, which takes seconds: not for the core thread.
        """
        for code in self.codes:
            known_sessions(self._calendars, code, now.date() - _BEHIND, now.date() + _LEARNED)
        self.clocks(now)

    def clocks(self, now: datetime) -> tuple[MarketClock, ...]:
        """Return the phase of each market at ``now``."""
        return tuple(self.clock(code, now) for code in self.codes)

    def clock(self, code: str, now: datetime) -> MarketClock:
        """Return where one market stands at ``now``."""
        sessions = self._sessions(code, now.date())
        starts = (start for session in sessions for start, _ in session.stretches if start > now)
        phase, until = _stands(sessions, now, *_EXTENDED.get(code, (_NONE, _NONE)))
        return MarketClock(
            calendar=code,
            label=_LABELS.get(code, code),
            phase=phase,
            next_change=until,
            next_opens=phase in (Session.CLOSED, Session.PRE, Session.BREAK),
            next_opening=next(starts, None),
        )

    def phase(self, code: str, moment: datetime) -> Session:
        """Return the phase of one market at a moment."""
        return _stands(self._sessions(code, moment.date()), moment, *_EXTENDED.get(code, (_NONE, _NONE)))[0]

    def any_feed_runs(self, now: datetime) -> bool:
        """Whether trades of a watched market may arrive now, extended and delayed ones included."""
        moments = (now, now - _LATEST_FEED)
        return any(c.phase is not Session.CLOSED for moment in moments for c in self.clocks(moment))

    def until_an_opening(self, now: datetime, longest: timedelta) -> timedelta:
        """Return how long it is until the next watched market opens, ``longest`` at most."""
        opens = (c.next_change - now for c in self.clocks(now) if c.next_opens and c.next_change)
        return min((*opens, longest))

    def begun(self, code: str, moment: datetime) -> TradingSession | None:
        """Return the newest trading day of an exchange that had opened; None when its hours are not known."""
        sessions = self._sessions(code, moment.date())
        number = bisect_right(sessions, moment, key=lambda session: session.open)
        return sessions[number - 1] if number else None

    def coming(self, code: str, moment: datetime) -> TradingSession | None:
        """Return the next trading day of an exchange to open; None when its hours are not known."""
        sessions = self._sessions(code, moment.date())
        return next((session for session in sessions if session.open > moment), None)

    def has_session(self, code: str, day: date) -> bool:
        """Whether an exchange trades on a day, as far as its hours are known."""
        sessions = self._sessions(code, day)
        return not sessions or any(session.day == day for session in sessions)

    @staticmethod
    def closing_call(code: str) -> timedelta:
        """Return for how long before the close an exchange collects orders without trading."""
        return _CLOSING_CALL.get(code, _NONE)

    @staticmethod
    def has_extended(code: str) -> bool:
        """Whether the provider quotes trades before the open and after the close."""
        return code in _EXTENDED

    def _sessions(self, code: str, today: date) -> Sequence[TradingSession]:
        key = (code, today)
        found = self._near.get(key)
        if found is None:
            found = known_sessions(self._calendars, code, today - _BEHIND, today + _AHEAD)
            yesterday = today - timedelta(days=1)  # delayed feeds are judged by it shortly after midnight
            kept = {known: value for known, value in self._near.items() if known[1] >= yesterday}
            self._near = {**kept, key: found}  # never changed in place: calendars are warmed on the pool
        return found


def known_sessions(calendars: Calendars, code: str, first: date, last: date) -> tuple[TradingSession, ...]:
    """Return an exchange's trading days, oldest first; none where they are not known, which stops nothing."""
    try:
        return calendars.sessions(code, first, last)
    except ProviderError as fault:
        _log.warning("hours of %s are not known: %s", code, fault)
        return ()


def _stands(
    sessions: Sequence[TradingSession], now: datetime, before: timedelta, after: timedelta
) -> tuple[Session, datetime | None]:
    """Return the phase at ``now`` and when it ends; trading is extended so long ``before`` and ``after``."""
    for session in sessions:
        if now >= session.close + after:
            continue
        if now >= session.close:
            return Session.POST, session.close + after
        if now < session.open:
            return (Session.PRE if now >= session.open - before else Session.CLOSED), session.open
        start, end = next(stretch for stretch in session.stretches if now < stretch[1])
        return (Session.BREAK, start) if now < start else (Session.REGULAR, end)
    return Session.CLOSED, None
