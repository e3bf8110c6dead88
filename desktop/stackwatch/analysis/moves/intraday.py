"""How variance and volume spread over a trading day: from a share's own minutes, else a usual curve.

Admati and Pfleiderer (1988), Rev. Financ. Stud. 1, for why both are U-shaped: much at the open and before the
close. The usual curves are rounded; they are replaced as soon as enough full sessions of minutes are stored.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stackwatch.analysis.moves.market_model import Floats
from stackwatch.domain.market import TradingSession
from stackwatch.domain.move import Move
from stackwatch.domain.quote import MinuteBar

OVERNIGHT_SHARE = 0.25  # of a day's variance
LEAST_SESSIONS, MOST_SESSIONS = 10, 20  # full sessions that what is usual is made of; fewer say nothing
_COVERED = 0.9  # of a session's bars that must be there
_SHORTER = 0.9  # of the usual length below which a day is a half day
_HAIR = 1e-9  # of a bar, by which floating point misses its beginning
_FRACTIONS = np.array([0.0, 1 / 13, 0.25, 0.5, 0.75, 12 / 13, 1.0])  # of the session; 1 / 13 is half an hour
_VARIANCE = np.array([0.0, 0.17, 0.38, 0.61, 0.79, 0.93, 1.0])
_VOLUME = np.array([0.0, 0.14, 0.34, 0.55, 0.74, 0.88, 1.0])


@dataclass(frozen=True, slots=True)
class IntradayProfile:
    """Cumulative shares by fraction of the session, all from 0 to 1.

    ``volume_median`` is in shares traded so far, None where it is not known from minutes.
    """

    fractions: Floats
    variance: Floats
    volume: Floats
    volume_median: Floats | None = None

    def variance_share(self, fraction: float) -> float:
        """Return the share of a session's variance that is over at a fraction of it."""
        return float(np.interp(fraction, self.fractions, self.variance))

    def volume_by(self, fraction: float, whole_day: float) -> float:
        """Return the usual volume by a fraction of the session, given that of whole days."""
        if self.volume_median is not None:
            return float(np.interp(fraction, self.fractions, self.volume_median))
        return whole_day * float(np.interp(fraction, self.fractions, self.volume))


USUAL = IntradayProfile(_FRACTIONS, _VARIANCE, _VOLUME)


def day_share(course: IntradayProfile, fraction: float) -> float:
    """Return which share of a day's deviation since the close before is over: sqrt(w + (1 - w) U)."""
    return math.sqrt(OVERNIGHT_SHARE + (1.0 - OVERNIGHT_SHARE) * course.variance_share(fraction))


def sar_so_far(move: Move, over: float) -> float | None:
    """Return a move inside a session against the deviation so far: (r - b m) over s times ``over``.

    ``over`` is the share of the day's deviation that is behind (``day_share``). The drift alpha is left out:
    MacKinlay (1997) with the variance of a part of the day. None for a move that is not judged.
    """
    if move.beta is None or move.resid_sd is None or move.benchmark_move_pct is None or over <= 0.0:
        return None
    abnormal = (move.move_pct - move.beta * move.benchmark_move_pct) / 100.0
    return abnormal / (move.resid_sd * over)


def usual_volume(volumes: Sequence[float]) -> float | None:
    """Return the volume of a usual day, the median of the last 20 with trades; None with fewer than 10."""
    traded = [volume for volume in volumes if volume > 0][-MOST_SESSIONS:]
    return float(np.median(traded)) if len(traded) >= LEAST_SESSIONS else None


def trading_minutes(session: TradingSession) -> float:
    """Return how long a session trades, its break left out."""
    return sum((end - start).total_seconds() for start, end in session.stretches) / 60.0


def full_days(sessions: Sequence[TradingSession]) -> list[TradingSession]:
    """Return the sessions that are not much shorter than the longest of them."""
    least = _SHORTER * max(map(trading_minutes, sessions), default=0.0)
    return [session for session in sessions if trading_minutes(session) >= least]


def course_of(
    bars: Sequence[MinuteBar], minutes: int, sessions: Sequence[TradingSession]
) -> IntradayProfile | None:
    """Return the course of a share from its bars of so many minutes; None with fewer than 10 full sessions.

    ``sessions`` are past ones, oldest first; of those with bars the newest 20 count, half days do not.
    """
    if not bars:
        return None
    slotted = (_by_slot(bars, minutes, session) for session in full_days(sessions))
    days = [rows for rows in slotted if rows is not None]
    days = [day for day in days[-MOST_SESSIONS:] if day[0].size == days[-1][0].size]
    if len(days) < LEAST_SESSIONS:
        return None
    squared = np.mean([day[0] for day in days], axis=0)
    volumes = np.array([np.cumsum(day[1]) for day in days])
    if squared.sum() <= 0.0 or np.median(volumes[:, -1]) <= 0.0:
        return None
    medians = np.concatenate(([0.0], np.median(volumes, axis=0)))
    return IntradayProfile(
        np.linspace(0.0, 1.0, squared.size + 1),
        np.concatenate(([0.0], np.cumsum(squared) / squared.sum())),
        medians / medians[-1],
        medians,
    )


def _by_slot(
    bars: Sequence[MinuteBar], minutes: int, session: TradingSession
) -> tuple[Floats, Floats] | None:
    """Return squared returns and volumes by interval of a session; None when too many bars are missing."""
    count = round(trading_minutes(session) / minutes)
    squared, volumes, seen = np.zeros(count), np.zeros(count), 0
    for bar in bars:
        if not session.open <= bar.start < session.close:
            continue
        slot = min(int(fraction_of(session, bar.start.timestamp()) * count + _HAIR), count - 1)
        squared[slot] += math.log(bar.close / bar.open) ** 2
        volumes[slot] += bar.volume
        seen += 1
    return (squared, volumes) if count and seen >= _COVERED * count else None


def fraction_of(session: TradingSession, moment: float) -> float:
    """Return how much of a session's trading time is over at a time (seconds since 1970), 0 to 1."""
    done = 0.0
    for start, end in session.stretches:
        done += min(max(moment - start.timestamp(), 0.0), (end - start).total_seconds())
    return min(done / (trading_minutes(session) * 60.0), 1.0)
