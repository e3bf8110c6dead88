"""Charts: minute bars kept and used again, today's bars grown from prices."""

import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.support.fakes import WeekdayCalendars
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.app import build_calendars
from stackwatch.domain.comparison import Against, Comparison
from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.events import BarGrown, BarsLoaded, ComparisonLoaded, Event
from stackwatch.domain.market import TradingSession
from stackwatch.domain.quote import ChartRange, DailyBar, MinuteBar, Session
from stackwatch.domain.words.wording import zone_of
from stackwatch.engine.core import FetchPool
from stackwatch.engine.engine import Engine
from stackwatch.engine.fetching import Fetching
from stackwatch.engine.ports import History, QuoteBatch, Tick
from stackwatch.engine.services.bar_loading import BarLoading
from stackwatch.storage.locations import user_folders
from stackwatch.ui.chart.chart_items import BarSeries, with_grown

OPEN = TUESDAY.replace(hour=13, minute=30)


def minute_bars(count: int, minutes: int = 1, price: float = 99.0) -> tuple[MinuteBar, ...]:
    step = timedelta(minutes=minutes)
    return tuple(MinuteBar(OPEN + n * step, price, price + 1, price - 1, price, 500) for n in range(count))


def chart_rig(folder: Path) -> Rig:
    rig = build_rig(folder)
    rig.market.minute_bars = {("NVDA", 1): minute_bars(90), ("NVDA", 5): minute_bars(6, 15)}
    rig.market.set("NVDA", 99.0, open=98.0, day_high=100.0, day_low=97.0, volume=1_000_000)
    rig.refresh()
    return rig


def shown(rig: Rig) -> BarsLoaded:
    loaded = rig.of(BarsLoaded)[-1]
    assert isinstance(loaded, BarsLoaded)
    return loaded


def tick(rig: Rig, price: float, volume: int, session: Session = Session.REGULAR) -> None:
    rig.clock.advance(seconds=10)
    rig.engine.take_ticks([Tick("NVDA", price, rig.clock.now(), session, volume)])


def test_that_minute_bars_are_kept_and_shown_at_once_the_next_time(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(rig).bars == minute_bars(90)
    assert shown(rig).sessions[-1].stretches == ((OPEN, OPEN + timedelta(hours=6.5)),)
    again = build_rig(tmp_path, store=rig.store)
    again.market.no_history = {"NVDA"}
    again.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(again).bars == minute_bars(90)
    assert again.market.minutes_asked == [("NVDA", 1)]


def test_that_bars_of_another_session_are_not_todays(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    rig.clock.advance(days=1)
    rig.market.no_history = {"NVDA"}
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(rig).bars == ()
    assert shown(rig).fault == "chart: status 404 for NVDA"
    rig.market.no_history = set()
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(rig).fault == ""


def test_that_a_providers_newer_bars_join_the_stored_ones(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    rig.clock.advance(minutes=5)
    newer = tuple(replace(bar, close=99.5) for bar in minute_bars(95)[85:])
    rig.market.minute_bars["NVDA", 1] = newer
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(rig).bars == (*minute_bars(85), *newer)


def test_that_a_closed_market_is_not_asked_twice(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.clock.advance(hours=12)  # behind the close and the trading after it
    for _ in range(3):
        rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
        rig.clock.advance(minutes=20)
    assert rig.market.minutes_asked == [("NVDA", 1)]
    rig.clock.advance(hours=16)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert len(rig.market.minutes_asked) == 2


def test_that_the_open_chart_moves_with_ticks_and_without_a_request(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    asked = len(rig.market.minutes_asked)
    tick(rig, 99.2, 1_000_100)
    tick(rig, 99.4, 1_000_300)
    tick(rig, 99.1, 1_000_350)
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    assert (grown.symbol, grown.chart_range) == ("NVDA", ChartRange.DAY_1)
    assert grown.bars == (minute_bars(90)[-1], MinuteBar(TUESDAY, 99.2, 99.4, 99.1, 99.1, 250))
    assert len(rig.market.minutes_asked) == asked


def test_that_a_refresh_without_a_stream_grows_the_chart_too(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_5)
    rig.clock.advance(seconds=15)
    rig.market.set("NVDA", 99.6, volume=1_000_500)
    rig.refresh()
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    assert grown.bars[-1] == MinuteBar(TUESDAY, 99.6, 99.6, 99.6, 99.6, 0)


def test_that_a_chart_of_days_grows_its_last_bar(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    tick(rig, 101.0, 1_000_900)
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    assert grown.bars == (DailyBar(TUESDAY.date(), 98.0, 101.0, 97.0, 101.0, 1_000_900),)


class ThisYearOnly(WeekdayCalendars):
    """Calendars that do not know the next year, as some do not until its last weeks."""

    def sessions(self, calendar: str, start: date, end: date) -> tuple[TradingSession, ...]:
        if end.year > TUESDAY.year:
            raise ProviderError(f"calendars: {calendar} is not known for {end.year}")
        return super().sessions(calendar, start, end)


def test_that_a_year_that_is_not_known_yet_hides_no_session_of_this_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, now=TUESDAY.replace(month=12, day=30), calendars=ThisYearOnly())
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    assert rig.engine.daily.sessions("NVDA", date(TUESDAY.year, 12, 1))[-1].day == rig.clock.now().date()


def days_until(last: date, count: int = 30) -> tuple[DailyBar, ...]:
    days = (last - timedelta(days=n) for n in range(count))
    return tuple(DailyBar(day, 99.0, 100.0, 98.0, 99.5, 1_000) for day in sorted(days) if day.weekday() < 5)


def test_that_a_chart_of_days_left_open_knows_when_the_sessions_of_the_days_to_come_end(
    tmp_path: Path,
) -> None:
    rig = chart_rig(tmp_path)
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_6)
    rig.clock.advance(days=1)
    rig.market.set("NVDA", 101.0, previous=99.0, open=100.0, volume=500)
    rig.refresh()
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    bars = with_grown(shown(rig).bars, grown.bars)
    series = BarSeries.of(bars, ChartRange.MONTH_6, "America/New_York", shown(rig).sessions)
    evening = OPEN + timedelta(hours=9)
    assert [series.place_of(evening - timedelta(hours=4)), series.place_of(evening)] == [
        len(bars) - 2,
        len(bars) - 1,
    ]


@pytest.mark.parametrize("split", [False, True])
def test_that_a_chart_of_days_left_open_keeps_its_span_and_follows_a_split(
    tmp_path: Path, *, split: bool
) -> None:
    """Three days on, it begins three days later, with the bars that its provider tells by then."""
    rig = chart_rig(tmp_path)
    rig.market.history["NVDA"] = history(TUESDAY)
    rig.runtime.request_bars("NVDA", ChartRange.MONTH_1)
    begun = shown(rig).bars[0]
    assert isinstance(begun, DailyBar)
    rig.clock.time += timedelta(days=3)
    told = history(rig.clock.time)
    if split:
        told = tuple(
            replace(b, open=b.open / 10, high=b.high / 10, low=b.low / 10, close=b.close / 10) for b in told
        )
    rig.market.history["NVDA"] = told
    rig.runtime.bars.fetch_all(rig.engine)
    days = shown(rig).bars
    first = rig.clock.time.date() - ChartRange.MONTH_1.length
    stored = [bar for bar in told if bar.day >= first]
    assert list(days[: len(stored)]) == stored
    assert stored[0].day > begun.day


@pytest.mark.parametrize(
    ("symbol", "zone", "told", "day"),
    [
        pytest.param("NVDA", "America/New_York", "2025-11-28 12:59", "2025-11-28", id="half day"),
        pytest.param("NVDA", "America/New_York", "2025-11-28 13:30", "2025-12-01", id="after a half day"),
        pytest.param("NVDA", "America/New_York", "2025-11-26 16:30", "2025-11-28", id="before a holiday"),
        pytest.param("NVDA", "Asia/Seoul", "2025-10-31 04:59", "2025-10-30", id="summer time"),
        pytest.param("NVDA", "Asia/Seoul", "2025-11-04 05:59", "2025-11-03", id="winter time"),
        pytest.param("000660.KS", "Asia/Seoul", "2025-11-12 15:40", "2025-11-13", id="Seoul"),
        pytest.param("000660.KS", "Asia/Seoul", "2025-11-13 16:20", "2025-11-13", id="exam day"),
        pytest.param("8035.T", "Asia/Tokyo", "2024-10-31 15:10", "2024-11-01", id="Tokyo before 2024-11-05"),
        pytest.param("8035.T", "Asia/Tokyo", "2025-10-31 15:10", "2025-10-31", id="Tokyo since"),
        pytest.param("2330.TW", "Asia/Taipei", "2025-10-29 13:40", "2025-10-30", id="Taipei"),
        pytest.param("SU.PA", "Europe/Paris", "2025-12-24 14:30", "2025-12-29", id="Christmas Eve"),
    ],
)
def test_that_news_belongs_to_the_session_that_its_exchange_still_has(
    tmp_path: Path, symbol: str, zone: str, told: str, day: str
) -> None:
    moment = datetime.fromisoformat(told).replace(tzinfo=ZoneInfo(zone))
    now = datetime.combine(date.fromisoformat(day) + timedelta(days=4), time(12), UTC)
    rig = build_rig(tmp_path, now=now, calendars=build_calendars(user_folders(tmp_path)))
    traded = {s.day for s in rig.engine.daily.sessions(symbol, now.date() - timedelta(days=30))}
    rig.market.history[symbol] = tuple(bar for bar in days_until(now.date()) if bar.day in traded)
    rig.runtime.request_bars(symbol, ChartRange.MONTH_1)
    home = zone_of(symbol, rig.engine.parts.ecosystem)
    series = BarSeries.of(shown(rig).bars, ChartRange.MONTH_1, home, shown(rig).sessions)
    place = series.place_of(moment)
    assert place is not None
    assert series.local(place).date() == date.fromisoformat(day)


def test_that_prices_outside_regular_hours_grow_bars_that_are_marked_and_no_day(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    rig.clock.advance(hours=5.5)  # half an hour after the close
    after_close, told = rig.clock.now(), len(rig.of(BarGrown))
    tick(rig, 98.2, 0, Session.POST)
    tick(rig, 98.6, 0, Session.POST)
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    assert grown.bars[-1] == MinuteBar(after_close, 98.2, 98.6, 98.2, 98.6, 0)
    drawn = BarSeries.of((*shown(rig).bars, grown.bars[-1]), ChartRange.DAY_1, "UTC", shown(rig).sessions)
    assert drawn.extended() == ((90, 90),)
    for span in (ChartRange.DAY_5, ChartRange.MONTH_6):  # they show regular hours only
        rig.runtime.request_bars("NVDA", span)
        told = len(rig.of(BarGrown))
        tick(rig, 97.0, 0, Session.POST)
        assert len(rig.of(BarGrown)) == told


def test_that_a_chart_opened_before_the_open_knows_the_regular_hours_once_they_begin(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, now=OPEN - timedelta(minutes=30))
    rig.market.set("NVDA", 99.0, session=Session.PRE, extended_price=98.0, extended_as_of=rig.clock.now())
    rig.refresh()
    rig.market.minute_bars = {("NVDA", 1): ()}
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    tick(rig, 98.1, 0, Session.PRE)
    rig.clock.advance(minutes=31)
    tick(rig, 98.5, 1_000)
    assert shown(rig).sessions[-1].open == OPEN
    drawn = BarSeries.of(shown(rig).bars, ChartRange.DAY_1, "UTC", shown(rig).sessions)
    assert (len(drawn.bars), drawn.extended()) == (2, ((0, 0),))


def test_that_a_chart_left_open_overnight_begins_anew_with_the_session(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    rig.clock.advance(days=1)
    rig.market.set("NVDA", 101.0, previous=99.0, volume=500)
    rig.refresh()
    start = TUESDAY + timedelta(days=1)
    assert not set(shown(rig).bars) & set(minute_bars(90))
    tick(rig, 101.5, 600)
    grown = rig.of(BarGrown)[-1]
    assert isinstance(grown, BarGrown)
    assert grown.bars == (MinuteBar(start, 101.0, 101.5, 101.0, 101.5, 100),)


@pytest.mark.parametrize("span", [ChartRange.DAY_1, ChartRange.MONTH_1])
def test_that_bars_that_did_not_come_are_asked_for_again_ever_later_while_their_chart_is_open(
    tmp_path: Path, span: ChartRange
) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.bars.want(())
    rig.market.history["NVDA"] = history(rig.clock.now())
    rig.market.no_history = {"NVDA"}
    rig.runtime.request_bars("NVDA", span)
    assert len(shown(rig).bars) <= 1

    def asked(minutes: float) -> int:
        before = len(rig.market.minutes_asked) + len(rig.market.history_asked)
        for _ in range(round(minutes * 20)):
            rig.clock.advance(seconds=3)
            rig.runtime.fill_history(rig.engine)
        return len(rig.market.minutes_asked) + len(rig.market.history_asked) - before

    assert [asked(0.4), asked(0.1), asked(0.9), asked(0.1), asked(1.9), asked(0.1)] == [0, 1, 0, 1, 0, 1]
    rig.market.no_history = set()
    assert asked(4) == 1
    assert len(shown(rig).bars) > 15
    assert asked(20) == 0
    rig.market.no_history = {"AMD"}
    rig.runtime.request_bars("AMD", span)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_5)
    rig.market.minutes_asked.clear()
    assert asked(20) == 0, "nobody looks at it any more"


def test_that_a_replayed_chart_grows_by_every_minute_that_passed_and_keeps_nothing(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    events: list[Event] = []
    engine = Engine(replace(rig.engine.parts, replay=True), events.append)
    rig.market.minute_bars["NVDA", 1] = minute_bars(3)
    engine.take_quotes(QuoteBatch((rig.market.set("NVDA", 99.0),)))
    rig.runtime.bars.load_chart(engine, "NVDA", ChartRange.DAY_1)
    rig.market.minute_bars["NVDA", 1] = minute_bars(8)
    rig.clock.advance(seconds=1)
    engine.take_quotes(QuoteBatch((rig.market.set("NVDA", 99.5),)))
    rig.clock.advance(seconds=1)
    engine.take_quotes(QuoteBatch((rig.market.set("NVDA", 99.6),)))
    (grown,) = [event for event in events if isinstance(event, BarGrown)]
    assert grown.bars == minute_bars(8)[2:]
    assert rig.store.bars.load_minutes("NVDA", 1, OPEN) == ()


def test_that_only_the_open_chart_grows_and_only_with_regular_prices(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    tick(rig, 99.3, 1_000_100, session=Session.POST)
    assert rig.of(BarGrown) == []
    rig.runtime.request_bars("AMD", ChartRange.DAY_1)
    tick(rig, 99.3, 1_000_100)
    assert rig.of(BarGrown) == []


def test_that_a_full_disk_does_not_take_the_chart_away(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    pages = rig.store.file._connection.execute("PRAGMA page_count").fetchone()[0]
    rig.store.file._connection.execute(f"PRAGMA max_page_count = {pages}")
    rig.market.minute_bars["NVDA", 1] = minute_bars(90) * 20
    rig.runtime.request_bars("NVDA", ChartRange.DAY_1)
    assert shown(rig).bars


def test_that_a_chart_of_days_shows_an_answer_that_a_full_disk_did_not_take(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    days = rig.market.history["NVDA"] = history(TUESDAY, sessions=1000)
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    known = shown(rig).bars
    pages = rig.store.file._connection.execute("PRAGMA page_count").fetchone()[0]
    rig.store.file._connection.execute(f"PRAGMA max_page_count = {pages}")
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_5)
    assert len(shown(rig).bars) == len(days) + 1  # and today's
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    assert shown(rig).bars == known
    held = [day for day in days if day.day >= rig.engine.histories.start]
    assert rig.engine.market.closes["NVDA"].days.size == len(held)


def test_that_a_full_disk_takes_no_history_from_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = chart_rig(tmp_path)
    days = history(TUESDAY, sessions=300)
    rig.market.history["NVDA"] = days[:-4]
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    held = rig.engine.market.closes["NVDA"].days.size

    def full(*_: object) -> None:
        raise StoreError("the store cannot be written (database or disk is full)")

    monkeypatch.setattr(rig.store.bars, "keep_history", full)
    rig.market.history["NVDA"] = days
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    assert rig.market.history_asked[-1][1] > days[-20].day  # for a few days only
    assert rig.engine.market.closes["NVDA"].days.size == held + 4
    assert shown(rig).bars[-5:-1] == days[-4:]


def compared(rig: Rig) -> Comparison:
    loaded = rig.of(ComparisonLoaded)[-1]
    assert isinstance(loaded, ComparisonLoaded)
    return loaded.comparison


def test_that_a_share_is_compared_with_its_benchmark_and_a_layer_on_one_scale(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.store.bars.save_daily("NVDA", history(TUESDAY, sessions=260))
    rig.store.bars.save_daily("QQQ", history(TUESDAY, seed=2, sessions=260))
    layer = next(layer.id for layer in rig.engine.parts.watchlist.layers if "NVDA" in layer.symbols)
    rig.runtime.compare("NVDA", ChartRange.MONTH_6, Against(("QQQ", layer, "AMD")))
    made = compared(rig)
    assert [line.id for line in made.lines] == ["NVDA", "QQQ", layer]
    assert made.missing == ("AMD",)
    assert {line.times[0] for line in made.lines} == {made.lines[0].times[0]}
    assert [line.values[0] for line in made.lines] == [0.0, 0.0, 0.0]
    bars = rig.store.bars.load_daily("NVDA", made.lines[0].times[0].date())
    assert made.lines[0].values[len(bars) - 1] == pytest.approx((bars[-1].close / bars[0].close - 1) * 100)
    assert made.lines[0].base == pytest.approx(bars[0].close)
    assert made.lines[2].base is None  # a layer is of many prices


def test_that_the_line_of_a_private_company_knows_each_link_from_its_day_on(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    tied = [link.target for link in rig.engine.graph.linked("stargate", TUESDAY.date())]
    for seed, symbol in enumerate(("NVDA", *(name for name in tied if name != "NVDA"))):
        rig.store.bars.save_daily(symbol, history(TUESDAY, seed=seed, sessions=700))
    rig.runtime.compare("NVDA", ChartRange.YEAR_5, Against(("stargate",)))
    line = compared(rig).lines[1]
    known = min(link.since for link in rig.engine.graph.links_of("stargate"))
    bars = rig.store.bars.load_daily("NVDA", known - timedelta(days=200))
    assert bars[0].day < known  # prices are there before anything was linked
    assert line.id == "stargate"
    assert line.times[0].date() == min(bar.day for bar in bars if bar.day >= known)


def test_that_the_market_is_taken_out_with_its_usual_range(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.store.bars.save_daily("NVDA", history(TUESDAY, sessions=260))
    rig.store.bars.save_daily("QQQ", history(TUESDAY, seed=2, sessions=260))
    rig.runtime.compare("NVDA", ChartRange.MONTH_1, Against(adjusted=True))
    made = compared(rig)
    assert [line.id for line in made.lines] == ["NVDA"]
    assert len(made.usual) == len(made.lines[0].values) > 15
    assert list(made.usual) == sorted(made.usual)


def test_that_minutes_of_other_names_are_fetched_and_a_group_has_none(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.market.minute_bars |= {("QQQ", 1): minute_bars(90, price=400.0)}
    rig.runtime.compare("NVDA", ChartRange.DAY_1, Against(("QQQ", "accelerators")))
    made = compared(rig)
    assert [line.id for line in made.lines] == ["NVDA", "QQQ"]
    assert made.missing == ("accelerators",)
    assert ("accelerators", 1) not in rig.market.minutes_asked


def test_that_over_one_day_names_are_compared_since_the_close_before_as_in_the_list(tmp_path: Path) -> None:
    rig = chart_rig(tmp_path)
    rig.market.minute_bars |= {
        ("QQQ", 1): minute_bars(90, price=404.0),
        ("AMD", 1): minute_bars(90, price=80.0),
    }
    rig.market.set("QQQ", 404.0, 400.0)
    rig.refresh()
    rig.runtime.compare("NVDA", ChartRange.DAY_1, Against(("QQQ", "AMD")))
    ends = {line.id: line.values[-1] for line in compared(rig).lines}
    assert ends == pytest.approx({"NVDA": -1.0, "QQQ": 1.0, "AMD": 0.0})  # of AMD no close is known
    assert ends["NVDA"] == pytest.approx(rig.engine.market.moves["NVDA"].move_pct)
    assert [line.base for line in compared(rig).lines] == [100.0, 400.0, 80.0]
    rig.market.minute_bars[("NVDA", 5)] = minute_bars(6, 15)
    rig.runtime.compare("NVDA", ChartRange.DAY_5, Against(("QQQ",)))
    assert compared(rig).lines[0].values[-1] == 0.0


def test_that_before_the_open_names_are_compared_since_the_last_close(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, now=TUESDAY - timedelta(hours=3))  # 8:00 in New York
    rig.market.set("AMD", 80.0, as_of=TUESDAY - timedelta(hours=19), session=Session.PRE)
    early = [replace(bar, start=bar.start - timedelta(hours=3)) for bar in minute_bars(5, price=84.0)]
    rig.market.minute_bars[("AMD", 1)] = tuple(early)
    rig.refresh()
    rig.runtime.compare("AMD", ChartRange.DAY_1, Against(("NVDA",)))
    assert compared(rig).lines[0].values[-1] == pytest.approx(5.0)


class QueueingCore:
    """A core whose tasks wait until the test runs them."""

    def __init__(self) -> None:
        self.tasks: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def post(self, task: Callable[[], None]) -> None:
        self.tasks.put(task)


def test_that_a_chart_waits_behind_no_history_of_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, core, release = build_rig(tmp_path), QueueingCore(), threading.Event()
    days = rig.market.history["NVDA"] = history(TUESDAY)
    fetch = rig.market.daily_history

    def slow(symbol: str, start: date) -> History:
        if symbol != "NVDA":
            release.wait(timeout=30)
        return fetch(symbol, start)

    monkeypatch.setattr(rig.market, "daily_history", slow)
    pool = FetchPool(core)
    bars = BarLoading(Fetching(pool))
    bars.want(symbol for symbol in rig.engine.symbols if symbol != "NVDA")
    for _ in range(6):
        bars.fetch_some(rig.engine)
    bars.load_chart(rig.engine, "NVDA", ChartRange.MONTH_6)
    core.tasks.get(timeout=5)()
    assert shown(rig).bars[-1] == days[-1]
    release.set()
    pool.close()
