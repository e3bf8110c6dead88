"""Days that are not like others, through a running engine: weekends slept through, holidays, leap days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.integration.test_earlier_market import SEOUL
from tests.integration.test_waking import MOVE, Night
from tests.support.rig import Rig, build_rig, history

from stackwatch.app import build_calendars
from stackwatch.domain.events import BriefingMade
from stackwatch.domain.move import Move
from stackwatch.domain.quote import ChartRange, DailyBar, QuoteState, Session
from stackwatch.engine.ports import Calendars
from stackwatch.storage.locations import user_folders


@pytest.fixture
def calendars(tmp_path: Path) -> Calendars:
    return build_calendars(user_folders(tmp_path))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def move_of(rig: Rig, symbol: str) -> Move:
    return rig.engine.market.moves[symbol]


class Weekend(Night):
    """A program that saw New York close on Friday the 13th of March after a fall, and slept until Monday."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, MOVE)
        self.rig.clock.time = at("2026-03-13T19:30")
        self.steady += 3 * 86_400
        self.jobs()
        self.wait(15)
        self.price(95.0)
        self.jobs()
        assert len(self.rig.raised()) == 1
        self.wait(1785)
        self.friday = [
            replace(quote, as_of=at("2026-03-13T20:00"), session=Session.CLOSED, state=QuoteState.CLOSED)
            for quote in self.market.prices.values()
        ]
        self.market.prices = {quote.symbol: quote for quote in self.friday}
        self.jobs()
        self.rig.clock.time = at("2026-03-16T15:00")  # asleep: the steady clock stood still

    def monday(self, price: float) -> None:
        self.market.set("NVDA", price, 95.0)
        self.market.set("QQQ", 100.0)


def test_that_after_a_weekend_asleep_what_was_said_on_friday_is_not_said_again(tmp_path: Path) -> None:
    night = Weekend(tmp_path)
    night.jobs()  # the provider still tells Friday's close
    assert len(night.rig.raised()) == 1
    assert move_of(night.rig, "NVDA").session_date == date(2026, 3, 13)
    night.wait(15)
    night.monday(95.5)
    night.jobs()
    assert len(night.rig.raised()) == 1
    move = move_of(night.rig, "NVDA")
    assert (move.session_date, move.move_pct) == (date(2026, 3, 16), pytest.approx(100 * 0.5 / 95))


def test_that_after_a_weekend_asleep_mondays_own_fall_is_told_once(tmp_path: Path) -> None:
    night = Weekend(tmp_path)
    night.monday(95.5)
    night.jobs()
    for price in (91.0, 91.0, 90.9):
        night.wait(15)
        night.monday(price)
        night.jobs()
    sessions = [(raised.alert.session_key, raised.popup) for raised in night.rig.raised()]
    assert len(sessions) == 2
    assert sessions[0][0] != sessions[1][0]
    assert sessions[1][1]


def test_that_the_news_of_a_weekend_asleep_is_taken_in_at_waking(tmp_path: Path) -> None:
    night = Weekend(tmp_path)
    night.market.report("Nvidia signs a contract with OpenAI", minutes_ago=60 * 40, key="saturday")
    night.monday(95.5)
    night.jobs()
    assert [story.id for story in night.rig.engine.newsroom.stories] == ["saturday"]


def test_that_a_clock_set_back_by_hours_says_no_alert_twice(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.wait(15)
    night.price(95.0)
    night.jobs()
    night.rig.clock.time -= timedelta(hours=3)
    for _ in range(4):
        night.steady += 15
        night.rig.clock.advance(seconds=15)
        night.price(95.0)
        night.jobs()
    night.rig.clock.time += timedelta(hours=3)  # and right again
    for _ in range(4):
        night.wait(15)
        night.price(95.0)
        night.jobs()
    assert len({raised.alert.id for raised in night.rig.raised()}) == 1
    assert night.rig.engine.market.quotes["NVDA"].state is QuoteState.LIVE


def bars(days: list[date], closes: np.ndarray) -> tuple[DailyBar, ...]:
    rows = zip(days, closes.tolist(), strict=True)
    return tuple(DailyBar(day, close, close, close, close, 1_000) for day, close in rows)


def test_that_seoul_after_lunar_new_year_is_held_against_all_that_new_york_traded_meanwhile(
    tmp_path: Path, calendars: Calendars
) -> None:
    """Seoul rests from Monday the 16th to Wednesday the 18th, New York on Monday only."""
    reopened = date(2026, 2, 19)
    before = reopened - timedelta(days=300)
    seoul = [s.day for s in calendars.sessions("XKRX", before, reopened - timedelta(days=1))]
    york = [s.day for s in calendars.sessions("XNYS", before, reopened - timedelta(days=1))]
    assert (seoul[-1], york[-3:]) == (
        date(2026, 2, 13),
        [date(2026, 2, 13), date(2026, 2, 17), date(2026, 2, 18)],
    )
    rng = np.random.default_rng(4)
    share = 100.0 * np.cumprod(1.0 + rng.normal(0.0, 0.01, len(seoul)))
    market = 500.0 * np.cumprod(1.0 + rng.normal(0.0, 0.01, len(york)))
    (tmp_path / "instruments.toml").write_text(SEOUL, encoding="utf-8")
    rig = build_rig(tmp_path, (), at("2026-02-19T02:00"), calendars=calendars)
    symbol, benchmark = "000660.KS", "QQQ"
    rig.engine.take_histories({symbol: bars(seoul, share), benchmark: bars(york, market)})
    evening = at("2026-02-18T21:00")
    rig.market.set(
        benchmark,
        float(market[-1]),
        float(market[-2]),
        as_of=evening,
        session=Session.CLOSED,
        state=QuoteState.CLOSED,
    )
    rig.market.set(symbol, float(share[-1]) * 0.94, float(share[-1]), currency="KRW")
    rig.refresh()
    move = move_of(rig, symbol)
    assert (move.session_date, move.benchmark_date) == (reopened, date(2026, 2, 18))
    assert move.benchmark_sessions == 3
    assert move.benchmark_move_pct == pytest.approx(100 * (market[-1] / market[-4] - 1))
    assert move.sar is not None


def test_that_after_a_half_day_nothing_is_late_and_the_next_session_is_measured_from_its_close(
    tmp_path: Path, calendars: Calendars
) -> None:
    rig = build_rig(tmp_path, (MOVE,), at("2026-11-27T17:50"), calendars=calendars)  # 12:50 in New York
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 101.0)
    rig.refresh()
    assert rig.engine.market.quotes["NVDA"].state is QuoteState.LIVE
    rig.clock.time = at("2026-11-27T18:00")
    for symbol in ("NVDA", "QQQ"):
        rig.market.set(symbol, 101.0, session=Session.POST)
    rig.refresh()
    rig.clock.time = at("2026-11-27T22:30")  # a usual day had just closed
    rig.engine.tick()
    assert rig.engine.market.quotes["NVDA"].state is QuoteState.CLOSED
    assert not rig.engine.any_market_open
    rig.clock.time = at("2026-11-30T15:00")
    rig.market.set("NVDA", 101.5, 101.0)
    rig.refresh()
    assert move_of(rig, "NVDA").move_pct == pytest.approx(100 * 0.5 / 101)
    assert rig.raised() == []


def test_that_a_leap_day_is_a_session_like_others(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (MOVE,), at("2028-02-29T15:00"))
    for symbol, price in (("NVDA", 95.0), ("QQQ", 100.0)):
        rig.market.history[symbol] = history(rig.clock.time, seed=len(symbol))
        rig.market.set(symbol, price)
    rig.runtime.bars.fetch_all(rig.engine)
    rig.refresh()
    (raised,) = rig.raised()
    move = move_of(rig, "NVDA")
    assert move.session_date == date(2028, 2, 29)
    assert move.sar is not None
    assert str(move.session_date) in raised.alert.session_key
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    rig.runtime.request_briefing()
    (made,) = rig.of(BriefingMade)
    assert isinstance(made, BriefingMade)
    assert made.briefing.day == date(2028, 2, 29)


def test_that_while_only_new_york_has_summer_time_it_opens_an_hour_nearer_to_london(
    tmp_path: Path, calendars: Calendars
) -> None:
    rig = build_rig(tmp_path, (), calendars=calendars)

    def phases(moment: str) -> tuple[Session, Session]:
        hours = rig.engine.hours
        return hours.clock("XNYS", at(moment)).phase, hours.clock("XLON", at(moment)).phase

    assert phases("2026-03-06T14:00") == (Session.PRE, Session.REGULAR)
    assert phases("2026-03-10T14:00") == (Session.REGULAR, Session.REGULAR)
    assert phases("2026-03-27T16:00") == (Session.REGULAR, Session.REGULAR)
    assert phases("2026-03-30T16:00") == (Session.REGULAR, Session.CLOSED)


LONDON = """version = 1
[[instrument]]
symbol = "RR.L"
name = { en = "Rolls-Royce", ko = "롤스로이스" }
exchange = "London"
currency = "GBp"
timezone = "Europe/London"
calendar = "XLON"
benchmark = "^STOXX50E"
"""
LIST = """version = 1
id = "mine"
name = {{ en = "Mine", ko = "내 목록" }}
[[layer]]
id = "grid"
name = {{ en = "Grid", ko = "전력망" }}
symbols = [{symbols}]
"""
CONTINENT = ("SU.PA", "LR.PA", "PRY.MI")


def on_a_holiday_of_london(folder: Path, *names: str) -> Rig:
    """Live through a Monday on which the continent trades, with a list of ``names`` that all fell."""
    folder.mkdir()
    (folder / "instruments.toml").write_text(LONDON, encoding="utf-8")
    symbols = ", ".join(f'"{name}"' for name in names)
    (folder / "watchlist.toml").write_text(LIST.format(symbols=symbols), encoding="utf-8")
    monday, friday = at("2026-05-25T10:00"), at("2026-05-22T15:30")
    calendars = build_calendars(user_folders(folder))
    rig = build_rig(folder, (), now=monday, calendars=calendars)
    days = {name: history(friday, seed=seed) for seed, name in enumerate(("RR.L", *CONTINENT), 1)}
    index = (*history(friday, seed=0), DailyBar(friday.date(), 100.0, 100.0, 99.0, 99.0, 1))
    rig.engine.take_histories(days | {"^STOXX50E": index})
    rig.market.set(
        "RR.L", 80.0, currency="GBp", as_of=friday, session=Session.CLOSED, state=QuoteState.CLOSED
    )
    for name in CONTINENT:
        rig.market.set(name, 98.0, currency="EUR")
    rig.market.set("^STOXX50E", 99.0, 99.0, currency="EUR")
    rig.refresh()
    return rig


def test_that_on_a_holiday_of_london_its_share_keeps_its_figures_and_is_in_no_sar_of_the_day(
    tmp_path: Path,
) -> None:
    rig = on_a_holiday_of_london(tmp_path / "with", "RR.L", *CONTINENT)
    move = move_of(rig, "RR.L")
    assert (move.session_date, move.reason) == (date(2026, 5, 22), None)
    assert move.benchmark_move_pct == pytest.approx(-1.0)
    assert move.sar is not None
    without = on_a_holiday_of_london(tmp_path / "without", *CONTINENT)
    told, alone = (each.engine.rollups.current["grid"] for each in (rig, without))
    assert told.sar == pytest.approx(alone.sar)
    assert (told.move_pct, told.averaged, told.down) == (pytest.approx(-2.0), 3, 3)
