"""When a move happened, and how well the time of a story fits it."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from stackwatch.analysis.why.coincidence import DECOYS_FROM, DECOYS_TO
from stackwatch.domain.market import TradingSession
from stackwatch.domain.move import Lead

_FEED_LAG, _REPORT_WINDOW, _DECAY_AFTER, _DECAY_BEFORE = 15.0, 120.0, 45.0, 240.0
LONGEST_HALT = timedelta(days=30)  # after which a share moves by what was told since it last traded
_EARLY_TRADE = timedelta(hours=6)  # before the open, when prices are made outside regular hours
_CLOSEST = 0.25  # share of a day's news that comes with the start of a move
_SAME_SESSION = 0.5  # while the market was open, of a day whose course is not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a move happened: the close before, the open, its onset and now (aware UTC).

    ``closed`` is when its session closes, where its hours are known; what comes later moved nothing in it.
    ``onset_known`` is false for a past day of which only the close is known; its onset is then the open.
    ``began_between`` bounds an onset that nobody watched; without it the onset is as told.
    ``earliest`` is the time of the oldest story that may be tied to the move.
    """

    previous_close: datetime
    opened: datetime
    onset: datetime
    now: datetime
    closed: datetime | None = None
    onset_known: bool = True
    began_between: tuple[datetime, datetime] | None = None
    earliest: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Work out the oldest story that may be tied to the move: a day back, or the close before."""
        object.__setattr__(self, "earliest", min(self.onset - timedelta(hours=24), self.previous_close))

    def holds(self, time: datetime) -> bool:
        """Whether a time is not behind the close, where that is known."""
        return self.closed is None or time <= self.closed

    @property
    def start(self) -> tuple[object, ...]:
        """All of it but now: what is worked out with it holds while this is the same."""
        return (
            self.previous_close,
            self.opened,
            self.onset,
            self.closed,
            self.onset_known,
            self.began_between,
        )


class SessionWindows:
    """The windows of an exchange's sessions, of which only the hours are known; its first one has none."""

    def __init__(self, sessions: Sequence[TradingSession]) -> None:
        """Take sessions, oldest first."""
        self.days = [session.day for session in sessions[1:]]
        self._windows = [
            Window(
                previous_close=before.close,
                opened=session.open,
                onset=session.open,
                now=session.close,
                onset_known=False,
            )
            for before, session in pairwise(sessions)
        ]

    def on(self, day: date, sessions: int = 1) -> Window | None:
        """Return the window of a day's move, which is over so many ``sessions``; None on one without any."""
        place = bisect_left(self.days, day)
        if place >= len(self.days) or self.days[place] != day:
            return None
        window, first = self._windows[place], self._windows[max(place - sessions + 1, 0)]
        return window if first is window else replace(window, previous_close=first.previous_close)

    def decoys(self, day: date, sessions: int = 1) -> Sequence[Window]:
        """Return the windows of the sessions 8 to 55 before a day, oldest first.

        Each runs over as many ``sessions`` as the move of that day: what came in a week is more.
        """
        place = bisect_left(self.days, day)
        ends = range(max(place - DECOYS_TO, sessions - 1), max(place - DECOYS_FROM + 1, 0))
        begins = (self._windows[end - sessions + 1].previous_close for end in ends)
        return [replace(self._windows[e], previous_close=b) for e, b in zip(ends, begins, strict=True)]


def lead(published: datetime, window: Window) -> tuple[float, Lead]:
    """Return by how many minutes a story came before an onset, and how well that is known.

    It is not where the onset was not watched and the story came in the time in which it may lie.
    """
    began, known = window.onset, Lead.MEASURED
    if window.began_between is not None:
        after, by = window.began_between
        if after < published <= by:
            known = Lead.UNKNOWN
        else:
            began, known = after if published <= after else by, Lead.AT_LEAST
    return (began - published).total_seconds() / 60.0, known


def timing(published: datetime, window: Window) -> float:
    """Return how well a time fits a move: 1 overnight and around the onset, fading; 0 behind the close."""
    if window.previous_close < published <= window.opened:
        return 1.0
    tau = (published - window.onset).total_seconds() / 60.0
    if tau <= 0:
        if published <= window.previous_close:  # the hours the market was shut do not count
            tau = (published - window.previous_close).total_seconds() / 60.0
        return math.exp(tau / _DECAY_BEFORE)
    if not window.holds(published):
        return 0.0
    if not window.onset_known:
        return _SAME_SESSION
    if tau <= _FEED_LAG:
        return 1.0
    if tau <= _REPORT_WINDOW:
        return math.exp(-(tau - _FEED_LAG) / _DECAY_AFTER)
    return 0.0


def talk_timing(published: datetime, window: Window, *, of_before: bool, of_later: bool) -> float:
    """Return how well the time of talk about a price fits a move: it comes behind it, however late.

    In the evening before it may be about the session that had closed (``of_before``), and else is about what
    was paid since; in the evening behind it likewise (``of_later``).
    """
    evening = published <= window.opened - _EARLY_TRADE
    if published <= window.previous_close or (evening and of_before):
        return 0.0
    if of_later and not window.holds(published):
        return 0.0
    return 1.0 if published > window.onset else timing(published, window)


def timely_share(published: datetime, window: Window) -> float:
    """Return the share of a day's news that comes as close to the start of a move as this does.

    1 where that start is not known, or the story had all night to work.
    """
    overnight = published <= window.opened or window.onset <= window.opened
    if overnight or not window.onset_known:
        return 1.0
    minutes = abs((published - window.onset).total_seconds()) / 60.0
    return _CLOSEST + (1.0 - _CLOSEST) * min(minutes / _DECAY_BEFORE, 1.0)
