"""Sleep, set clocks and lost networks: one catch-up, no storm, and nothing fires for what was not watched."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.fakes import FakeMarket, FakeScheduler
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.events import BarsLoaded
from stackwatch.domain.health import HealthState
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import Story
from stackwatch.domain.quote import ChartRange, MinuteBar, QuoteState
from stackwatch.domain.rule import Direction, Frequency, Rule, RuleKind, SubjectKind
from stackwatch.engine.runtime import LIVE, Runtime

LEVEL = Rule(
    id="level",
    name_en="level",
    name_ko="level",
    kind=RuleKind.PRICE_LEVEL,
    subject_kind=SubjectKind.SYMBOL,
    subject="NVDA",
    direction=Direction.UP,
    threshold=105.0,
    frequency=Frequency.EVERY_REARM,
    cooldown_minutes=30,
)
MOVE = replace(LEVEL, id="move", kind=RuleKind.PERCENT_MOVE, direction=Direction.EITHER, threshold=3.0)


class Night:
    """A running program whose clocks a test moves; both go on unless it sleeps."""

    def __init__(self, folder: Path, *rules: Rule, ahead: timedelta = timedelta(0)) -> None:
        self.rig: Rig = build_rig(folder, rules, TUESDAY + ahead)
        self.steady = 0.0
        self.runtime: Runtime = self.rig.runtime
        self.runtime.catch_up._watch._monotonic = lambda: self.steady
        self.scheduler = FakeScheduler()
        self.runtime.schedule(self.scheduler, LIVE)
        self.market: FakeMarket = self.rig.market
        self.price(100.0)
        self.jobs()

    def price(self, price: float) -> None:
        self.market.set("NVDA", price)
        self.market.set("QQQ", 100.0)

    def jobs(self, order: Sequence[str] = ("clock", "quotes", "news", "history")) -> None:
        for name in order:
            self.scheduler.jobs[name]()

    def wait(self, seconds: float) -> None:
        self.rig.clock.advance(seconds=seconds)
        self.steady += seconds


@pytest.mark.parametrize(
    "order", [("clock", "quotes", "news"), ("news", "quotes", "clock"), ("quotes", "clock")]
)
def test_that_waking_asks_once_and_fires_no_level_crossed_meanwhile(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    night = Night(tmp_path, LEVEL)
    asked, read = len(night.market.asked), night.market.news_asked
    night.rig.clock.advance(minutes=90)  # asleep: the steady clock stands still
    night.price(106.0)
    night.jobs(order)
    assert (len(night.market.asked) - asked, night.market.news_asked - read) == (1, 1)
    assert night.rig.raised() == []
    for price in (104.0, 106.0):
        night.wait(15)
        night.price(price)
        night.jobs(("quotes",))
    assert [raised.alert.rule_id for raised in night.rig.raised()] == ["level"]  # this one was watched


@pytest.mark.parametrize("asleep", [True, False])
def test_that_the_open_chart_has_what_was_traded_while_asleep_or_without_a_connection(
    tmp_path: Path, *, asleep: bool
) -> None:
    night = Night(tmp_path)
    start = night.rig.clock.now() - timedelta(minutes=30)
    bars = [MinuteBar(start + timedelta(minutes=n), 100, 101, 99, 100, 5) for n in range(121)]
    night.market.minute_bars["NVDA", 1] = tuple(bars[:30])
    night.runtime.request_bars("NVDA", ChartRange.DAY_1)
    night.market.minute_bars["NVDA", 1] = tuple(bars)
    if asleep:
        night.rig.clock.advance(minutes=90)
    else:
        night.market.fault = ProviderError("quote: no connection", offline=True)
        for _ in range(90):
            night.wait(60)
            night.jobs()
        night.market.fault = None
        night.wait(600)
    night.price(100.5)
    night.jobs()
    night.jobs(("clock",))
    loaded = night.rig.of(BarsLoaded)[-1]
    assert isinstance(loaded, BarsLoaded)
    assert set(bars[1:120]) <= set(loaded.bars)


def test_that_the_chart_stays_as_it_is_where_a_single_answer_failed(tmp_path: Path) -> None:
    night = Night(tmp_path)
    night.runtime.request_bars("NVDA", ChartRange.DAY_1)
    asked = len(night.market.minutes_asked)
    night.market.fault = ProviderError("quote: no answer within 10 s", offline=True)
    night.wait(15)
    night.jobs()
    night.market.fault = None
    night.wait(45)
    night.price(100.5)
    night.jobs()
    night.jobs(("clock",))
    assert night.runtime.quotes.healthy
    assert len(night.market.minutes_asked) == asked


def test_that_a_move_made_while_asleep_is_recorded_without_a_popup(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.rig.clock.advance(minutes=30)
    night.price(95.0)
    night.jobs()
    (raised,) = night.rig.raised()
    assert not raised.popup


def test_that_a_move_made_while_awake_pops_up(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.wait(15)
    night.price(95.0)
    night.jobs()
    (raised,) = night.rig.raised()
    assert raised.popup


def test_that_a_clock_set_back_freezes_nothing(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.wait(15)
    night.price(95.0)
    night.jobs()
    assert len(night.rig.raised()) == 1
    night.rig.clock.time -= timedelta(days=1)
    night.steady += 15
    before, read = len(night.market.asked), night.market.news_asked
    night.jobs()
    assert (len(night.market.asked) - before, night.market.news_asked - read) == (1, 1)
    states = night.rig.engine.alerting.states
    assert all(s.since <= night.rig.clock.now() for s in states)
    night.wait(15)
    night.jobs()
    assert len(night.market.asked) - before == 2


@pytest.mark.parametrize("days", [40, 400, 25_000])
def test_that_what_a_start_with_a_clock_ahead_took_for_too_old_is_there_once_it_is_set_right(
    tmp_path: Path, days: int
) -> None:
    before = Night(tmp_path)
    before.market.report("Nvidia cuts its outlook", key="early", minutes_ago=2 * 1440)
    before.market.history["NVDA"] = history(TUESDAY)
    before.wait(600)
    before.jobs()
    before.runtime.bars.fetch_all(before.rig.engine)
    night = Night(tmp_path, ahead=timedelta(days=days))
    assert night.rig.engine.newsroom.stories == ()
    night.rig.clock.time -= timedelta(days=days)
    night.wait(120)
    night.jobs()
    shown = {story.id for event in night.rig.events for story in getattr(event, "stories", ())}
    assert shown == {"early"}
    assert night.rig.engine.market.closes["NVDA"].days.size == 140


def test_that_stories_that_cannot_be_read_when_a_clock_is_set_right_are_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Night(tmp_path)
    before.market.report("Nvidia cuts its outlook", key="early", minutes_ago=2 * 1440)
    before.wait(600)
    before.jobs()
    night = Night(tmp_path, ahead=timedelta(days=40))

    def shown() -> set[str]:
        return {story.id for event in night.rig.events for story in getattr(event, "stories", ())}

    def refuse(_since: object) -> tuple[Story, ...]:
        raise StoreError("the disk cannot be read")

    monkeypatch.setattr(night.rig.engine.newsroom._store, "load_stories", refuse)
    night.rig.clock.time -= timedelta(days=40)
    night.wait(120)
    night.jobs(("clock",))
    health = night.rig.engine.health.of("store")
    assert health is not None
    assert health.state is HealthState.FAILED
    assert shown() == set()
    monkeypatch.undo()
    night.wait(15)
    night.jobs(("clock",))
    assert shown() == {"early"}


def test_that_what_waits_for_others_does_not_wait_for_a_clock_set_back(tmp_path: Path) -> None:
    night = Night(tmp_path, replace(MOVE, subject_kind=SubjectKind.WATCHLIST, subject="*"))
    night.wait(15)
    night.price(95.0)
    night.jobs()
    assert night.rig.raised() == []
    night.rig.clock.time -= timedelta(hours=9)
    night.steady += 15
    night.jobs()
    for _ in range(3):
        night.wait(15)
        night.jobs(("clock",))
    assert [raised.popup for raised in night.rig.raised()] == [True]


def test_that_a_failure_while_the_clock_goes_back_does_not_wait_for_tomorrow(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.market.fault = ProviderError("quote: no connection", offline=True)
    night.wait(15)
    night.jobs()
    night.rig.clock.time -= timedelta(days=1)
    night.steady += 15
    night.market.fault = None
    night.market.set("NVDA", 100.0)
    before = len(night.market.asked)
    night.jobs()
    assert len(night.market.asked) - before == 1


@pytest.mark.parametrize("hours_known", [True, False])
def test_that_a_price_ahead_of_a_clock_set_back_is_not_called_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, hours_known: bool
) -> None:
    night = Night(tmp_path, MOVE)
    night.wait(15)
    night.price(100.0)
    night.jobs()
    assert night.rig.engine.market.quotes["NVDA"].state is QuoteState.LIVE
    if not hours_known:
        monkeypatch.setattr(night.rig.engine.hours, "begun", lambda *_: None)
    night.rig.clock.time -= timedelta(minutes=40)
    night.steady += 15
    night.jobs()
    assert night.rig.engine.market.quotes["NVDA"].state is QuoteState.STALE
    night.rig.clock.time += timedelta(minutes=40)
    night.steady += 15
    night.price(95.0)
    night.jobs()
    assert night.rig.engine.market.quotes["NVDA"].state is QuoteState.LIVE


def test_that_the_weeks_to_come_are_learnt_twice_a_day(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    asked: list[date] = []
    sessions = night.rig.engine.parts.calendars.sessions

    def noted(calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        asked.append(end)
        return sessions(calendar, start, end)

    night.rig.engine.hours._calendars.sessions = noted  # type: ignore[method-assign]
    night.wait(40 * 86_400)
    night.scheduler.jobs["calendars"]()
    assert max(asked) - night.rig.clock.now().date() > timedelta(days=45)
    assert night.scheduler.seconds["calendars"] <= 86_400


def test_that_headlines_are_asked_for_when_quotes_come_back(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.market.fault = ProviderError("quote: no connection", offline=True)
    night.wait(15)
    night.jobs()
    night.market.fault = None
    night.wait(31)
    night.price(100.0)
    night.jobs(("quotes",))
    read = night.market.news_asked
    night.jobs(("clock", "clock"))
    assert night.market.news_asked - read == 1


def test_that_an_answer_of_one_source_ends_the_wait_of_another(tmp_path: Path) -> None:
    night = Night(tmp_path, MOVE)
    night.market.fault = ProviderError("quote: no connection", offline=True)
    for _ in range(12):  # the pause between tries of quotes has grown to minutes
        night.wait(55)
        night.jobs(("clock", "quotes", "news"))
    night.runtime.news.fetch(night.rig.engine)
    night.market.fault = None
    night.wait(15)
    night.price(100.0)
    night.jobs(("quotes",))
    before = len(night.market.asked)
    night.runtime.news.fetch(night.rig.engine)
    night.jobs(("clock",))
    assert len(night.market.asked) - before == 1
