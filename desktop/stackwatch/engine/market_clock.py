"""Where each market of a list stands: open, before, after or closed, and until when."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from stackwatch.domain.market import MarketClock, TradingSession
from stackwatch.domain.quote import Session
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.ports import Calendars

_LABELS = {
    "XNYS": "NYSE",
    "XKRX": "KRX",
    "XTKS": "TSE",
    "XTAI": "TWSE",
    "XETR": "Xetra",
    "XPAR": "Paris",
    "XMIL": "Milan",
}
# Hours of extended trading before the open and after the close, where the provider quotes it.
_EXTENDED = {"XNYS": (timedelta(hours=5, minutes=30), timedelta(hours=4))}
_AHEAD = timedelta(days=12)
_BEHIND = timedelta(days=4)


class MarketHours:
    """The trading hours of the markets on a list, busiest market first."""

    def __init__(self, watchlist: Watchlist, ecosystem: Ecosystem, calendars: Calendars) -> None:
        counts: dict[str, int] = {}
        for symbol in watchlist.symbols:
            calendar = ecosystem.instruments[symbol].calendar
            counts[calendar] = counts.get(calendar, 0) + 1
        self.codes = tuple(sorted(counts, key=lambda code: -counts[code]))
        self._calendars = calendars
        self._near: dict[tuple[str, date], Sequence[TradingSession]] = {}

    def clocks(self, now: datetime) -> tuple[MarketClock, ...]:
        """Return the phase of each market at ``now``."""
        return tuple(self._clock(code, now) for code in self.codes)

    def _clock(self, code: str, now: datetime) -> MarketClock:
        before, after = _EXTENDED.get(code, (timedelta(0), timedelta(0)))
        label = _LABELS.get(code, code)
        for session in self._sessions(code, now.date()):
            if now >= session.close + after:
                continue
            if now >= session.close:
                return _at(code, label, Session.POST, session.close + after, opens=False)
            if now >= session.open:
                return _at(code, label, Session.REGULAR, session.close, opens=False)
            phase = Session.PRE if now >= session.open - before else Session.CLOSED
            return _at(code, label, phase, session.open, opens=True)
        return _at(code, label, Session.CLOSED, None, opens=True)

    def _sessions(self, code: str, today: date) -> Sequence[TradingSession]:
        key = (code, today)
        if key not in self._near:
            self._near = {known: value for known, value in self._near.items() if known[1] == today}
            self._near[key] = self._calendars.sessions(code, today - _BEHIND, today + _AHEAD)
        return self._near[key]


def _at(code: str, label: str, phase: Session, until: datetime | None, *, opens: bool) -> MarketClock:
    return MarketClock(calendar=code, label=label, phase=phase, next_change=until, next_opens=opens)
