"""Daily bars: filled in where something is missing, replaced when they were adjusted, never mixed."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import BarsLoaded, HistoryChanged, HistoryProgress
from stackwatch.domain.quote import ChartRange, CorporateActions, DailyBar, Dividend, Split
from stackwatch.engine.bars.daily_bars import MAX_TRIES, readjusted
from stackwatch.engine.bars.history_queue import HistoryQueue
from stackwatch.engine.ports import History

ALL = 1400  # sessions: more than five years
LONG = history(TUESDAY + timedelta(days=30), seed=3, sessions=ALL + 40)


def years(rig: Rig, symbol: str = "NVDA", sessions: int = ALL) -> tuple[DailyBar, ...]:
    rig.market.history[symbol] = before(rig)[-sessions:]
    return rig.market.history[symbol]


def before(rig: Rig) -> tuple[DailyBar, ...]:
    """Return the sessions of one long history that are over."""
    return tuple(bar for bar in LONG if bar.day < rig.clock.now().date())


def load(rig: Rig) -> list[tuple[str, date]]:
    """Fill the history of the day; return what NVDA's provider was asked for."""
    before = len(rig.market.history_asked)
    rig.runtime.bars.fetch_all(rig.engine)
    return [asked for asked in rig.market.history_asked[before:] if asked[0] == "NVDA"]


def scaled(bars: tuple[DailyBar, ...], factor: float) -> tuple[DailyBar, ...]:
    return tuple(
        replace(b, open=b.open * factor, high=b.high * factor, low=b.low * factor, close=b.close * factor)
        for b in bars
    )


def deep(rig: Rig, calls: int = 8) -> None:
    """Let the slow queue reach NVDA."""
    rig.runtime.bars.want(("NVDA",))
    for _ in range(calls):
        rig.runtime.bars.fetch_some(rig.engine)


def test_that_a_start_asks_for_what_the_model_needs_and_a_restart_for_nothing(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig)
    assert load(rig) == [("NVDA", rig.engine.histories.start)]
    assert load(rig) == []
    again = build_rig(tmp_path, store=rig.store)
    years(again)
    assert load(again) == []
    assert again.engine.market.closes["NVDA"].days.size > 250


def test_that_a_new_day_asks_only_for_the_last_sessions(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig)
    load(rig)
    rig.clock.advance(days=1)
    bars = years(rig)
    ((_, since),) = load(rig)
    overlap = [bar for bar in bars if since <= bar.day < TUESDAY.date()]
    assert 5 <= len(overlap) <= 8
    assert rig.store.bars.load_daily("NVDA", TUESDAY.date())[-1].day == bars[-1].day


def test_that_five_years_come_behind_and_the_model_holds_no_more_than_it_needs(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    load(rig)
    told = len(rig.of(HistoryChanged))
    held = rig.engine.market.closes["NVDA"].days.size
    deep(rig)
    since = rig.engine.daily.kept_from
    assert rig.market.history_asked[-1] == ("NVDA", since)
    assert rig.store.bars.load_daily("NVDA", date.min) == tuple(bar for bar in bars if bar.day >= since)
    assert rig.engine.market.closes["NVDA"].days.size == held
    assert len(rig.of(HistoryChanged)) == told
    asked = len(rig.market.history_asked)
    rig.runtime.request_bars("NVDA", ChartRange.YEAR_5)
    assert len(rig.market.history_asked) == asked
    (loaded,) = rig.of(BarsLoaded)
    assert isinstance(loaded, BarsLoaded)
    assert len(loaded.bars) > 1250


def test_that_no_history_is_asked_for_once_the_user_stopped_it_for_the_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig)
    rig.runtime.bars.want(("NVDA",))
    rig.runtime.stop_histories()  # before the first was asked for
    for _ in range(8):
        rig.runtime.bars.fetch_some(rig.engine)
    assert rig.market.history_asked == []
    rig.clock.advance(days=1)
    rig.runtime.bars.fetch_some(rig.engine)
    assert rig.market.history_asked


def test_that_a_single_refresh_takes_the_histories_of_what_moved_and_their_benchmarks_alone(
    tmp_path: Path,
) -> None:
    rig = build_rig(tmp_path, ())
    for symbol in rig.engine.symbols:
        rig.market.set(symbol, 100.0)
    rig.market.set("NVDA", 94.0)
    rig.market.set("ORCL", 105.0)
    rig.runtime.refresh_once(rig.engine)
    benchmarks = {rig.engine.parts.ecosystem.instruments[symbol].benchmark for symbol in ("NVDA", "ORCL")}
    assert {symbol for symbol, _ in rig.market.history_asked} == {"NVDA", "ORCL", *benchmarks}


def test_that_a_history_that_fails_is_asked_for_three_times_a_day_by_each_who_wants_it(
    tmp_path: Path,
) -> None:
    """The market model asks, and behind it what keeps years for charts."""
    rig = build_rig(tmp_path, ())
    rig.market.no_history = {"NVDA"}
    rig.runtime.bars.want(("NVDA",))
    for day in (1, 2):
        for _ in range(40):
            rig.runtime.bars.fetch_some(rig.engine)
        assert len(rig.market.history_asked) == day * 2 * MAX_TRIES
        rig.clock.advance(days=1)


@pytest.mark.parametrize("fault", [{"rate_limited": True}, {"offline": True}])
def test_that_a_provider_that_cannot_be_asked_is_left_alone_and_no_days_tries_are_spent(
    tmp_path: Path, fault: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig = build_rig(tmp_path, ())
    symbols = rig.engine.symbols[:8]
    for seed, symbol in enumerate(symbols):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
    answer, refused = rig.market.daily_history, []

    def refuse(symbol: str, _start: date) -> History:
        refused.append(symbol)
        raise ProviderError("chart: no", **fault)

    monkeypatch.setattr(rig.market, "daily_history", refuse)
    rig.runtime.bars.want(symbols)
    tries = 0
    for _ in range(1200):  # an hour
        rig.clock.advance(seconds=3)
        before = len(refused)
        rig.runtime.bars.fetch_some(rig.engine)
        tries += len(refused) > before
    assert tries == 10  # after 30 s, 1 min, 2, 4 and 8 min, then every 10 min
    assert len(refused) == tries * (1 if "rate_limited" in fault else 4)
    monkeypatch.setattr(rig.market, "daily_history", answer)
    for _ in range(210):
        rig.clock.advance(seconds=3)
        rig.runtime.bars.fetch_some(rig.engine)
    assert all(symbol in rig.engine.market.closes for symbol in symbols)


def test_that_a_provider_without_any_history_is_not_asked_for_one_after_the_other(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    symbols = rig.engine.symbols[:12]
    rig.market.no_history = set(symbols)
    rig.runtime.bars.want(symbols)
    for _ in range(60):  # three minutes
        rig.clock.advance(seconds=3)
        rig.runtime.bars.fetch_some(rig.engine)
    assert len(rig.market.history_asked) == 3 * 4


def test_that_an_answer_that_fails_after_the_user_stopped_brings_nothing_back() -> None:
    queue, today = HistoryQueue(("NVDA", "AMD", "INTC")), TUESDAY.date()
    assert queue.next(2, today, lambda _: False) == ("NVDA", "AMD")
    queue.stop(today)
    queue.failed("NVDA")
    queue.put_back("AMD")
    assert queue.next(2, today, lambda _: False) == ()
    assert queue.next(2, today + timedelta(days=1), lambda _: False) == ("NVDA", "AMD")


def test_that_a_clock_set_back_leaves_histories_waiting_no_longer(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.no_history = {"NVDA", "AMD"}
    rig.runtime.bars.want(("NVDA", "AMD"))
    rig.runtime.bars.fetch_some(rig.engine)
    rig.clock.advance(hours=-3)
    rig.runtime.bars.fetch_some(rig.engine)
    assert len(rig.market.history_asked) == 4


def test_that_the_first_load_tells_how_far_it_is_and_a_later_start_tells_nothing(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    symbols = rig.engine.symbols[:10]
    for seed, symbol in enumerate(symbols):
        rig.market.history[symbol] = history(TUESDAY, seed=seed)
    rig.runtime.bars.want(symbols)
    for _ in range(4):
        rig.runtime.bars.fetch_some(rig.engine)
    assert rig.of(HistoryProgress) == [HistoryProgress(done, 10) for done in (4, 8, 9, 10)]
    model, deep = rig.engine.histories.start, rig.engine.daily.kept_from
    assert [since for _, since in rig.market.history_asked] == [model] * 10 + [deep]  # years come behind
    again = build_rig(tmp_path, (), store=rig.store)
    again.runtime.bars.want(symbols)
    for _ in range(4):
        again.runtime.bars.fetch_some(again.engine)
    assert again.of(HistoryProgress) == []


def test_that_the_years_come_slowly(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    symbols = ("NVDA", "AMD", "INTC", "QQQ")
    for symbol in symbols:
        years(rig, symbol)
    rig.runtime.bars.want(symbols)
    for _ in range(12):
        rig.runtime.bars.fetch_some(rig.engine)
    assert len(rig.market.history_asked) <= 4 + 12 / 4


@pytest.mark.parametrize("factor", [0.1, 0.5, 10.0, 1 / 1.05])
def test_that_a_history_adjusted_since_is_fetched_whole_and_never_mixed(
    tmp_path: Path, factor: float
) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    load(rig)
    deep(rig)
    rig.clock.advance(days=1)
    rig.market.history["NVDA"] = scaled(before(rig), factor)
    rig.market.actions["NVDA"] = CorporateActions((Split(TUESDAY.date(), 1 / factor),))
    rig.runtime.bars.want(("NVDA",))
    short, whole = load(rig)
    assert short[1] > bars[-10].day
    assert whole[1] <= rig.engine.daily.kept_from
    stored = rig.store.bars.load_daily("NVDA", date.min)
    assert stored == tuple(bar for bar in rig.market.history["NVDA"] if bar.day >= whole[1])
    assert all(0.8 < b.close / a.close < 1.25 for a, b in pairwise(stored))
    assert rig.engine.daily.actions("NVDA").splits == (Split(TUESDAY.date(), 1 / factor),)


def test_that_a_whole_history_that_does_not_come_leaves_the_old_one(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    load(rig)
    before = rig.store.bars.load_daily("NVDA", date.min)
    rig.clock.advance(days=1)
    good = rig.market.daily_history

    def only_short(symbol: str, start: date) -> object:
        if start < bars[-20].day:
            raise ProviderError("chart: status 500")
        rig.market.history[symbol] = scaled(bars, 0.1)
        return good(symbol, start)

    rig.market.daily_history = only_short  # type: ignore[method-assign, assignment]
    load(rig)
    assert rig.store.bars.load_daily("NVDA", date.min) == before


def test_that_one_corrected_close_is_taken_over_and_is_no_adjustment(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig)
    load(rig)
    rig.clock.advance(days=1)
    bars = list(years(rig))
    bars[-3] = replace(bars[-3], close=bars[-3].close * 1.01, high=bars[-3].high * 1.01)
    rig.market.history["NVDA"] = tuple(bars)
    assert len(load(rig)) == 1
    assert bars[-3] in rig.store.bars.load_daily("NVDA", date.min)


def test_that_a_gap_is_fetched_again_and_given_up_after_three_answers_without_it(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    hole = bars[-60]
    rig.market.history["NVDA"] = tuple(bar for bar in bars if bar is not hole)
    load(rig)
    for _ in range(MAX_TRIES - 1):
        rig.runtime.bars.want(("NVDA",))
        ((_, since),) = load(rig)
        assert timedelta(days=7) <= hole.day - since <= timedelta(days=14)
    rig.runtime.bars.want(("NVDA",))
    assert load(rig) == []
    assert rig.store.bars.holes("NVDA", MAX_TRIES) == {hole.day}


def test_that_what_is_asked_for_begins_before_the_earliest_of_several_gaps(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    gaps = {bars[-80].day, bars[-30].day}
    rig.market.history["NVDA"] = tuple(bar for bar in bars if bar.day not in gaps)
    load(rig)
    rig.market.history["NVDA"] = bars
    rig.runtime.bars.want(("NVDA",))
    ((_, since),) = load(rig)
    assert bars[-90].day < since < min(gaps)
    assert gaps <= {bar.day for bar in rig.store.bars.load_daily("NVDA", date.min)}


def test_that_a_gap_is_filled_when_the_provider_has_it_again(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    bars = years(rig)
    rig.market.history["NVDA"] = bars[:-60] + bars[-55:]
    load(rig)
    rig.market.history["NVDA"] = bars
    rig.runtime.bars.want(("NVDA",))
    assert len(load(rig)) == 1
    rig.runtime.bars.want(("NVDA",))
    assert load(rig) == []
    assert rig.store.bars.load_daily("NVDA", date.min)[-60:] == bars[-60:]


def test_that_the_days_before_a_listing_are_no_gap(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig, sessions=30)
    load(rig)
    rig.runtime.bars.want(("NVDA",))
    assert load(rig) == []
    assert rig.store.bars.holes("NVDA", 1) == frozenset()


def test_that_actions_survive_a_restart_and_join(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    years(rig)
    first, second = Dividend(date(2025, 12, 1), 0.01), Dividend(date(2026, 3, 2), 0.02)
    rig.market.actions["NVDA"] = CorporateActions((), (first,))
    load(rig)
    again = build_rig(tmp_path, store=rig.store)
    assert again.engine.daily.actions("NVDA").dividends == (first,)
    again.clock.advance(days=1)
    years(again)
    again.market.actions["NVDA"] = CorporateActions((), (second,))
    load(again)
    assert again.engine.daily.actions("NVDA").dividends == (first, second)
    again.runtime.request_bars("NVDA", ChartRange.YEAR_1)
    loaded = again.of(BarsLoaded)[-1]
    assert isinstance(loaded, BarsLoaded)
    assert loaded.actions.dividends == (first, second)


@given(st.floats(0.01, 100).filter(lambda f: abs(f - 1) > 0.005), st.integers(1, 12))
def test_that_a_constant_factor_is_always_seen_and_noise_never(factor: float, days: int) -> None:
    bars = history(TUESDAY, seed=5, sessions=20)[-days:]
    assert readjusted(bars, scaled(bars, factor))
    assert not readjusted(bars, bars)
    assert not readjusted(bars, scaled(bars, 1.001))
    assert not readjusted((), bars)
