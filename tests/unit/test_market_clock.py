"""Phases of the markets from the calendars that ship, corrected by the shipped table."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stackwatch.app import build_calendars, load_world
from stackwatch.domain.market import MarketClock
from stackwatch.domain.quote import Session
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.storage.locations import user_folders

ZONES = {
    "XNYS": "America/New_York",
    "XKRX": "Asia/Seoul",
    "XTKS": "Asia/Tokyo",
    "XHKG": "Asia/Hong_Kong",
    "XETR": "Europe/Berlin",
    "XLON": "Europe/London",
}


@cache
def hours() -> MarketHours:
    folders = user_folders(Path("nowhere"))
    world = load_world(folders)
    hours = MarketHours(world.ecosystem, build_calendars(folders))
    hours.follow(world.watchlist.symbols)
    return hours


def clock(code: str, local: str) -> MarketClock:
    """Return the clock of an exchange at its local time."""
    return hours().clock(
        code, datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONES[code])).astimezone(UTC)
    )


def until(code: str, local: str) -> str:
    """Return when a market changes next, in its local time."""
    change = clock(code, local).next_change
    assert change is not None
    return f"{change.astimezone(ZoneInfo(ZONES[code])):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("code", "local", "phase", "change"),
    [
        ("XTKS", "2026-03-10 08:59", Session.CLOSED, "2026-03-10 09:00"),
        ("XTKS", "2026-03-10 09:00", Session.REGULAR, "2026-03-10 11:30"),
        ("XTKS", "2026-03-10 11:30", Session.BREAK, "2026-03-10 12:30"),
        ("XTKS", "2026-03-10 12:29", Session.BREAK, "2026-03-10 12:30"),
        ("XTKS", "2026-03-10 12:30", Session.REGULAR, "2026-03-10 15:30"),
        ("XTKS", "2026-03-10 15:30", Session.CLOSED, "2026-03-11 09:00"),
        ("XTKS", "2024-11-01 15:00", Session.CLOSED, "2024-11-05 09:00"),  # before the longer day
        ("XHKG", "2026-03-10 12:00", Session.BREAK, "2026-03-10 13:00"),
        ("XHKG", "2026-02-16 12:00", Session.CLOSED, "2026-02-20 09:30"),  # half day before the new year
        ("XNYS", "2026-03-10 04:00", Session.PRE, "2026-03-10 09:30"),
        ("XNYS", "2026-03-10 16:00", Session.POST, "2026-03-10 20:00"),
        ("XNYS", "2026-03-10 22:00", Session.CLOSED, "2026-03-11 09:30"),
        ("XNYS", "2026-11-27 12:59", Session.REGULAR, "2026-11-27 13:00"),  # half day after Thanksgiving
        ("XNYS", "2026-11-27 13:00", Session.POST, "2026-11-27 17:00"),
        ("XNYS", "2026-11-26 12:00", Session.CLOSED, "2026-11-27 09:30"),
        ("XKRX", "2023-11-16 09:30", Session.CLOSED, "2023-11-16 10:00"),
        ("XKRX", "2024-11-14 16:29", Session.REGULAR, "2024-11-14 16:30"),
        ("XKRX", "2026-01-02 09:30", Session.CLOSED, "2026-01-02 10:00"),  # first day of the year
        ("XKRX", "2025-06-03 10:00", Session.CLOSED, "2025-06-04 09:00"),  # presidential election
        ("XKRX", "2025-11-13 09:30", Session.CLOSED, "2025-11-13 10:00"),  # exam day
        ("XKRX", "2025-11-13 16:00", Session.REGULAR, "2025-11-13 16:30"),
        ("XKRX", "2025-11-14 09:30", Session.REGULAR, "2025-11-14 15:30"),
        ("XKRX", "2026-11-19 09:30", Session.CLOSED, "2026-11-19 10:00"),
        ("XKRX", "2026-11-19 16:29", Session.REGULAR, "2026-11-19 16:30"),
        ("XKRX", "2026-06-03 10:00", Session.CLOSED, "2026-06-04 09:00"),  # local elections
        ("XKRX", "2026-07-17 10:00", Session.CLOSED, "2026-07-20 09:00"),  # Constitution Day
        ("XLON", "2026-12-24 12:29", Session.REGULAR, "2026-12-24 12:30"),
    ],
)
def test_that_every_market_keeps_its_own_hours(code: str, local: str, phase: Session, change: str) -> None:
    assert (clock(code, local).phase, until(code, local)) == (phase, change)


def test_that_a_break_counts_down_to_the_afternoon() -> None:
    lunch = clock("XTKS", "2026-03-10 11:58")
    assert lunch.next_opens
    assert lunch.next_change == lunch.next_opening == datetime(2026, 3, 10, 3, 30, tzinfo=UTC)


def test_that_an_open_market_knows_when_it_opens_again() -> None:
    for local in (
        "2026-03-13 11:00",
        "2026-03-13 17:00",
        "2026-03-14 12:00",
    ):  # Friday, its evening, Saturday
        assert clock("XNYS", local).next_opening == datetime(2026, 3, 16, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "before", "after", "opens"),
    [
        ("XNYS", date(2026, 3, 6), date(2026, 3, 9), (14.5, 13.5)),
        ("XNYS", date(2026, 10, 30), date(2026, 11, 2), (13.5, 14.5)),
        ("XETR", date(2026, 3, 27), date(2026, 3, 30), (8.0, 7.0)),
        ("XLON", date(2026, 10, 23), date(2026, 10, 26), (7.0, 8.0)),
        ("XTKS", date(2026, 3, 27), date(2026, 3, 30), (0.0, 0.0)),
    ],
)
def test_that_daylight_saving_moves_the_open_in_utc_and_nothing_else(
    code: str, before: date, after: date, opens: tuple[float, float]
) -> None:
    for day, hour in zip((before, after), opens, strict=True):
        session = hours().begun(code, datetime(day.year, day.month, day.day, 23, tzinfo=UTC))
        assert session is not None
        assert session.day == day
        assert session.open.hour + session.open.minute / 60 == hour


def test_that_stretches_never_overlap_and_phases_follow_each_other() -> None:
    moment, end = datetime(2026, 2, 9, tzinfo=UTC), datetime(2026, 2, 23, tzinfo=UTC)
    phases: dict[str, list[Session]] = {code: [] for code in ("XTKS", "XHKG")}
    while moment < end:
        for code, seen in phases.items():
            now = hours().clock(code, moment).phase
            if not seen or seen[-1] is not now:
                seen.append(now)
        moment += timedelta(minutes=10)
    for seen in phases.values():
        assert (Session.BREAK, Session.CLOSED) not in set(pairwise(seen))
        assert set(seen) == {Session.CLOSED, Session.REGULAR, Session.BREAK}


def test_that_a_feed_runs_on_until_the_delayed_close_has_come() -> None:
    def runs(local: str) -> bool:
        return hours().any_feed_runs(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Seoul")))

    assert runs("2026-03-10 15:50")  # Seoul and Tokyo are shut, their last trades arrive
    assert not runs("2026-03-10 16:00")  # Taipei closed at 14:30 here, Frankfurt opens at 17:00
    assert runs("2026-03-10 17:00")


def test_that_an_exchange_nobody_knows_has_no_hours() -> None:
    assert hours().begun("XXXX", datetime(2026, 3, 10, tzinfo=UTC)) is None
    assert hours().clock("XXXX", datetime(2026, 3, 10, tzinfo=UTC)).phase is Session.CLOSED
