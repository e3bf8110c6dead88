from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.wire.server import Fault, YahooServer
from tests.wire.world import Json, World

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import CorporateActions, Dividend, Split
from stackwatch.providers.yahoo.bars import YahooBars
from stackwatch.providers.yahoo.session import GuardedSession

OPEN_HOURS = datetime(2026, 1, 14, 15, 0, tzinfo=UTC)  # a Wednesday, 10:00 in New York
START = date(2025, 12, 1)


class Clock:
    def __init__(self) -> None:
        self.moment = OPEN_HOURS

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bars(
    yahoo_server: YahooServer, yahoo_env: dict[str, str], clock: Clock, tmp_path: Path
) -> Iterator[YahooBars]:
    del yahoo_env
    yahoo_server.world = World(clock=clock.now)
    session = GuardedSession(tmp_path / "cache")
    yield YahooBars(session, clock)
    session.close()


def editing(change: Callable[[Any], None]) -> Fault:
    """Change the only result of a chart answer."""

    def edit(payload: Json) -> object:
        change(payload["chart"]["result"][0])
        return payload

    return Fault(edit=edit)


def test_that_daily_bars_come_in_one_request_oldest_first(yahoo_server: YahooServer, bars: YahooBars) -> None:
    found = bars.daily_history("NVDA", START).bars
    days = [bar.day for bar in found]
    assert days == sorted(set(days))
    assert days[0] == START
    assert found[-1].close == yahoo_server.world.listing("NVDA").previous_close
    assert all(bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high for bar in found)
    assert yahoo_server.counts["chart"] == 1


def test_that_a_session_still_open_is_no_closed_bar(
    yahoo_server: YahooServer, bars: YahooBars, clock: Clock
) -> None:
    assert bars.daily_history("NVDA", START).bars[-1].day == date(2026, 1, 13)
    clock.moment = datetime(2026, 1, 14, 21, 5, tzinfo=UTC)
    yahoo_server.world.move("NVDA", 2.0, state="POST", age=timedelta(minutes=5))

    def add_today(result: Any) -> None:  # noqa: ANN401 - raw JSON
        listing = yahoo_server.world.listing("NVDA")
        result["timestamp"].append(int(datetime(2026, 1, 14, 14, 30, tzinfo=UTC).timestamp()))
        for name, column in result["indicators"]["quote"][0].items():
            column.append(1000 if name == "volume" else listing.price)

    yahoo_server.fail("chart", editing(add_today))
    today = bars.daily_history("NVDA", START).bars[-1]
    assert (today.day, today.close) == (date(2026, 1, 14), yahoo_server.world.listing("NVDA").price)
    clock.moment = datetime(2026, 1, 14, 20, 55, tzinfo=UTC)
    assert bars.daily_history("NVDA", START).bars[-1].day == date(2026, 1, 13)


def test_that_a_delayed_exchange_closes_when_its_last_trade_is_in(
    yahoo_server: YahooServer, bars: YahooBars, clock: Clock
) -> None:
    clock.moment = datetime(2026, 1, 14, 6, 35, tzinfo=UTC)  # 15:35 in Seoul, closed since 15:30

    def add_today(result: Any) -> None:  # noqa: ANN401 - raw JSON
        result["timestamp"].append(int(datetime(2026, 1, 14, 0, 0, tzinfo=UTC).timestamp()))
        for column in result["indicators"]["quote"][0].values():
            column.append(70_000)

    yahoo_server.fail("chart", editing(add_today))
    yahoo_server.world.move("005930.KS", 1.0, state="POSTPOST", age=timedelta(minutes=20))
    assert bars.daily_history("005930.KS", START).bars[-1].day == date(2026, 1, 13)
    yahoo_server.world.move("005930.KS", 1.0, state="POSTPOST", age=timedelta(minutes=5))
    assert bars.daily_history("005930.KS", START).bars[-1].day == date(2026, 1, 14)


def test_that_bad_rows_are_dropped_and_good_ones_kept(yahoo_server: YahooServer, bars: YahooBars) -> None:
    good = [bar.day for bar in bars.daily_history("NVDA", START).bars]

    def spoil(result: Any) -> None:  # noqa: ANN401 - raw JSON
        table, times = result["indicators"]["quote"][0], result["timestamp"]
        at = next(n for n, t in enumerate(times) if datetime.fromtimestamp(t, UTC).date() == good[0])
        table["close"][at + 1] = None
        table["open"][at + 2] = float("nan")
        table["low"][at + 3] = 0
        table["high"][at + 4] = "12"
        table["low"][at + 5], table["high"][at + 5] = 9.0, 8.0
        times[at + 7] = times[at + 6]
        times[at + 8] = times[at + 6] - 86_400
        times[at + 9] = None
        table["volume"][at + 10] = None

    yahoo_server.fail("chart", editing(spoil))
    found = bars.daily_history("NVDA", START).bars
    kept = [day for n, day in enumerate(good) if n not in {1, 2, 3, 4, 5, 7, 8, 9}]
    assert [bar.day for bar in found] == kept
    assert found[[bar.day for bar in found].index(good[10])].volume == 0


def test_that_bars_from_the_future_are_dropped(yahoo_server: YahooServer, bars: YahooBars) -> None:
    def ahead(result: Any) -> None:  # noqa: ANN401 - raw JSON
        result["timestamp"][-1] = int((OPEN_HOURS + timedelta(days=1)).timestamp())

    yahoo_server.fail("chart", editing(ahead))
    assert bars.daily_history("NVDA", START).bars[-1].day == date(2026, 1, 13)
    assert all(bar.start <= OPEN_HOURS for bar in bars.minutes("NVDA", 1))


def test_that_no_session_in_the_span_is_not_a_failure(
    yahoo_server: YahooServer, bars: YahooBars, clock: Clock
) -> None:
    yahoo_server.world.move("NVDA", 1.0, state="CLOSED")
    assert bars.daily_history("NVDA", clock.moment.date()).bars == ()


def test_that_intraday_bars_are_minutes_for_a_day_and_quarter_hours_for_five(bars: YahooBars) -> None:
    day, week = bars.minutes("NVDA", 1), bars.minutes("NVDA", 5)
    assert {b.start - a.start for a, b in pairwise(day)} == {timedelta(minutes=1)}
    assert len({bar.start.date() for bar in week}) == 5
    assert week[1].start - week[0].start == timedelta(minutes=15)
    assert week[0].start.tzinfo is UTC
    with pytest.raises(ProviderError):
        bars.minutes("NVDA", 0)


def set_meta(name: str, value: object) -> Fault:
    return editing(lambda result: result["meta"].__setitem__(name, value))


@pytest.mark.parametrize(
    "fault",
    [
        set_meta("symbol", "AMD"),
        set_meta("dataGranularity", "1mo"),
        set_meta("exchangeTimezoneName", "Mars/Olympus"),
        set_meta("exchangeTimezoneName", "../../etc/passwd"),
        editing(lambda result: result["indicators"]["quote"][0]["close"].pop()),
        editing(lambda result: result["timestamp"].reverse()),
        set_meta("regularMarketPrice", 1e6),
        editing(lambda result: result["indicators"].__setitem__("quote", [])),
        editing(lambda result: result.__setitem__("timestamp", "never")),
        Fault(body=b'{"chart": {"result": null, "error": {"code": "x"}}}'),
        Fault(body=b"<html>"),
        Fault(truncate=True),
        Fault(status=500, body=b""),
    ],
)
def test_that_history_of_doubtful_shape_is_a_failure(
    yahoo_server: YahooServer, bars: YahooBars, fault: Fault
) -> None:
    yahoo_server.fail("chart", fault)
    with pytest.raises(ProviderError, match=r"^chart: "):
        bars.daily_history("NVDA", START)


def test_that_a_delisted_symbol_costs_one_request_and_no_new_cookie(
    yahoo_server: YahooServer, bars: YahooBars
) -> None:
    yahoo_server.world.unknown.add("GONE")
    with pytest.raises(
        ProviderError, match=r"answered 404 Not Found \(No data found, symbol may be delisted\)"
    ):
        bars.daily_history("GONE", START)
    assert yahoo_server.counts == {"cookie": 1, "crumb": 1, "chart": 1}


def test_that_missing_trading_hours_leave_today_out(yahoo_server: YahooServer, bars: YahooBars) -> None:
    yahoo_server.fail("chart", set_meta("currentTradingPeriod", None))
    assert bars.daily_history("NVDA", START).bars[-1].day == date(2026, 1, 13)


def test_that_an_index_name_is_quoted_in_the_address(bars: YahooBars) -> None:
    assert bars.daily_history("^GSPC", START).bars


def columns(result: Any) -> list[list[Any]]:  # noqa: ANN401 - raw JSON
    return [result["timestamp"], *result["indicators"]["quote"][0].values()]


def test_that_a_history_cut_short_or_not_adjusted_is_a_failure(
    yahoo_server: YahooServer, bars: YahooBars, clock: Clock
) -> None:
    long_ago = clock.moment.date() - timedelta(days=300)
    assert len(bars.daily_history("NVDA", long_ago).bars) > 150

    def cut(result: Any) -> None:  # noqa: ANN401 - raw JSON
        for column in columns(result):
            del column[:-3]

    def unadjusted(result: Any) -> None:  # noqa: ANN401 - raw JSON
        for name in ("open", "high", "low", "close"):
            column = result["indicators"]["quote"][0][name]
            column[:50] = [value * 10 for value in column[:50]]

    yahoo_server.fail("chart", editing(cut))
    with pytest.raises(ProviderError, match="begins only on"):
        bars.daily_history("NVDA", long_ago)
    yahoo_server.fail("chart", editing(unadjusted))
    with pytest.raises(ProviderError, match="jumps on"):
        bars.daily_history("NVDA", long_ago)


def test_that_a_close_outside_its_days_range_is_dropped(yahoo_server: YahooServer, bars: YahooBars) -> None:
    good = bars.daily_history("NVDA", START).bars

    def spoil(result: Any) -> None:  # noqa: ANN401 - raw JSON
        result["indicators"]["quote"][0]["close"][-3] *= 1.5

    yahoo_server.fail("chart", editing(spoil))
    assert len(bars.daily_history("NVDA", START).bars) == len(good) - 1


def stamp(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 14, 30, tzinfo=UTC).timestamp())


def test_that_splits_and_dividends_come_with_the_bars(yahoo_server: YahooServer, bars: YahooBars) -> None:
    split, reverse, paid = stamp(2025, 12, 10), stamp(2026, 1, 5), stamp(2025, 12, 4)
    events = {
        "splits": {
            str(reverse): {"date": reverse, "numerator": 1, "denominator": 10, "splitRatio": "1:10"},
            str(split): {"date": split, "numerator": 10.0, "denominator": 1.0, "splitRatio": "10:1"},
        },
        "dividends": {str(paid): {"amount": 0.01, "date": paid}},
        "capitalGains": {"0": {"amount": 1}},
    }
    yahoo_server.fail("chart", editing(lambda result: result.__setitem__("events", events)))
    actions = bars.daily_history("NVDA", START).actions
    assert actions.splits == (Split(date(2025, 12, 10), 10.0), Split(date(2026, 1, 5), 0.1))
    assert actions.dividends == (Dividend(date(2025, 12, 4), 0.01),)


DAY = stamp(2025, 12, 10)


@pytest.mark.parametrize(
    "events",
    [
        None,
        [],
        "none",
        {"splits": [], "dividends": "x"},
        {"splits": {"1": None}, "dividends": {"1": 3}},
        {"splits": {"1": {"date": DAY, "numerator": 0, "denominator": 1}}},
        {"splits": {"1": {"date": DAY, "numerator": 2, "denominator": 2}}},
        {"splits": {"1": {"date": DAY, "numerator": 1e9, "denominator": 1}}},
        {"splits": {"1": {"date": DAY, "numerator": float("inf"), "denominator": 1}}},
        {"splits": {"1": {"date": DAY, "numerator": "2", "denominator": "1"}}},
        {"splits": {"1": {"date": stamp(2025, 11, 3), "numerator": 2, "denominator": 1}}},
        {"splits": {"1": {"date": stamp(2026, 2, 3), "numerator": 2, "denominator": 1}}},
        {"dividends": {"1": {"date": DAY, "amount": -0.1}}},
        {"dividends": {"1": {"date": DAY, "amount": float("nan")}}},
        {"dividends": {"1": {"date": None, "amount": 0.1}}},
        {"dividends": {"1": {"date": stamp(2026, 2, 3), "amount": 0.1}}},
    ],
)
def test_that_a_doubtful_action_is_left_out_and_costs_no_bar(
    yahoo_server: YahooServer, bars: YahooBars, events: object
) -> None:
    good = bars.daily_history("NVDA", START)
    yahoo_server.fail("chart", editing(lambda result: result.__setitem__("events", events)))
    assert bars.daily_history("NVDA", START) == good
    assert good.actions == CorporateActions()


def test_that_the_running_minute_is_one_bar_on_the_minute(yahoo_server: YahooServer, bars: YahooBars) -> None:
    before = bars.minutes("NVDA", 1)

    def add_last_trade(result: Any) -> None:  # noqa: ANN401 - raw JSON
        close = result["indicators"]["quote"][0]["close"][-1]
        result["timestamp"].append(result["timestamp"][-1] + 23)
        for name, column in result["indicators"]["quote"][0].items():
            column.append(7 if name == "volume" else close * 1.001)

    yahoo_server.fail("chart", editing(add_last_trade))
    *same, last = bars.minutes("NVDA", 1)
    assert tuple(same) == before[:-1]
    assert (last.start, last.open, last.low) == (before[-1].start, before[-1].open, before[-1].low)
    assert last.close == pytest.approx(before[-1].close * 1.001)
    assert last.volume == before[-1].volume + 7
