"""A day on one or two pages: what moved, why, what is not explained, and what was told."""

from dataclasses import dataclass
from datetime import date, datetime

from stackwatch.domain.alert import Alert
from stackwatch.domain.earnings import EarningsReport
from stackwatch.domain.move import Explanation, Move, Rollup
from stackwatch.domain.news import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingLayer:
    """A layer or a private name: its average, and what its members did most."""

    rollup: Rollup
    largest: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPrivate:
    """A private company or project: the average of the names tied to it, and the day's stories."""

    rollup: Rollup
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What was known at ``made_at`` (aware UTC) of a trading day.

    ``unusual`` are explanations of all moves beyond their usual range, largest first; of the forty largest
    others, within it or not judged, ``tied`` are those that a story is tied to and ``ordinary`` the largest
    without one that do not stand still.
    ``alerts`` fired in a session of that day, or since it began, oldest first.
    ``judged`` of ``total`` names have an abnormal move. ``reports`` are of names, by symbol, that report
    their results about this day. ``archived`` marks a past day, of which alerts are known where Stackwatch
    ran on it, and ``replay`` one that was played again.
    """

    day: date
    made_at: datetime
    market: tuple[Move, ...]
    layers: tuple[BriefingLayer, ...]
    unusual: tuple[Explanation, ...]
    tied: tuple[Explanation, ...]
    ordinary: tuple[Explanation, ...]
    private: tuple[BriefingPrivate, ...]
    alerts: tuple[Alert, ...]
    judged: int
    total: int
    headlines_read: int
    reports: tuple[tuple[str, EarningsReport], ...] = ()
    archived: bool = False
    replay: bool = False
