"""Splits and dividends on a running engine: told and taken into account, or the change withheld."""

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.rig import TUESDAY, Rig, build_rig, history

from stackwatch.domain.quote import CorporateActions, Dividend, Quote, QuoteState, Session, Split
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.action_words import today_words
from stackwatch.engine.prices.corporate_actions import suspected_split

TODAY = TUESDAY.date()


def announced(factor: float, day: date = TODAY) -> CorporateActions:
    return CorporateActions(splits=(Split(day, factor),))


def rig_with(folder: Path, actions: CorporateActions, price: float, previous: float) -> Rig:
    rig = build_rig(folder, ())
    rig.engine.market.book.set_actions("NVDA", actions)
    rig.market.set("NVDA", price, previous)
    rig.refresh()
    return rig


def nvda(rig: Rig) -> Quote:
    return rig.engine.market.quotes["NVDA"]


@pytest.mark.parametrize("factor", [2.0, 4.0, 10.0, 12.0, 0.1, 1.5])
def test_that_an_announced_split_divides_a_previous_close_the_provider_left(
    tmp_path: Path, factor: float
) -> None:
    rig = rig_with(tmp_path, announced(factor), 100.0 / factor * 1.02, 100.0)
    assert nvda(rig).state is QuoteState.LIVE
    assert nvda(rig).previous_close == pytest.approx(100.0 / factor)
    assert rig.engine.market.moves["NVDA"].move_pct == pytest.approx(2.0)
    assert nvda(rig).split == factor


@pytest.mark.parametrize("factor", [2.0, 10.0, 0.1, 1.1])
def test_that_a_split_the_provider_took_in_is_not_taken_in_twice(tmp_path: Path, factor: float) -> None:
    rig = rig_with(tmp_path, announced(factor), 98.0, 100.0)
    assert (nvda(rig).previous_close, nvda(rig).state) == (100.0, QuoteState.LIVE)
    assert today_words(nvda(rig), Language.ENGLISH)[0].endswith("split today")


@pytest.mark.parametrize("actions", [CorporateActions(), announced(4.0, TODAY - timedelta(days=1))])
def test_that_a_jump_without_a_split_of_that_day_is_withheld_with_its_factor(
    tmp_path: Path, actions: CorporateActions
) -> None:
    rig = rig_with(tmp_path, actions, 25.2, 100.0)
    assert (nvda(rig).state, nvda(rig).split) == (QuoteState.WITHHELD, 4.0)
    assert "NVDA" not in rig.engine.market.moves
    assert today_words(nvda(rig), Language.ENGLISH) == ()


@pytest.mark.parametrize("factor", [2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 40, 50])
def test_that_every_usual_split_is_recognised_and_so_is_its_reverse(factor: int) -> None:
    assert suspected_split(101.0 / factor, 100.0) == factor
    assert suspected_split(101.0 * factor, 100.0) == pytest.approx(1.0 / factor)


@pytest.mark.parametrize(("own", "factor"), [(3.5, 4.0), (-3.5, 4.0), (4.5, None), (-4.5, None)])
def test_that_a_share_may_have_moved_four_percent_itself_beside_a_split(
    own: float, factor: float | None
) -> None:
    assert suspected_split(25.0 * math.exp(own / 100.0), 100.0) == factor


def test_that_a_jump_of_another_size_than_announced_stays_withheld(tmp_path: Path) -> None:
    assert nvda(rig_with(tmp_path, announced(2.0), 10.1, 100.0)).state is QuoteState.WITHHELD


@pytest.mark.parametrize(("price", "previous"), [(20.53, 30.79), (95.7, 64.06)])  # SMCI, NBIS
def test_that_a_move_of_a_third_or_a_half_is_no_split_unless_announced(
    tmp_path: Path, price: float, previous: float
) -> None:
    rig = rig_with(tmp_path, CorporateActions(), price, previous)
    assert nvda(rig).state is QuoteState.LIVE
    assert rig.engine.market.moves["NVDA"].move_pct == pytest.approx((price / previous - 1.0) * 100.0)


@pytest.mark.parametrize(
    ("opened", "low", "high", "state"),
    [
        (80.0, 49.0, 82.0, QuoteState.LIVE),  # it fell by half since
        (51.5, 49.0, 53.0, QuoteState.WITHHELD),
        (99.0, 98.0, 101.0, QuoteState.WITHHELD),  # a range from before the split
        (99.0, 49.0, 52.0, QuoteState.WITHHELD),  # an open from before the split
        (None, 49.0, 82.0, QuoteState.WITHHELD),
    ],
)
def test_that_a_share_that_fell_by_half_since_its_open_was_not_split(
    tmp_path: Path, opened: float | None, low: float, high: float, state: QuoteState
) -> None:
    rig = build_rig(tmp_path, ())
    rig.market.set("NVDA", 50.0, 100.0, open=opened, day_low=low, day_high=high)
    rig.refresh()
    assert nvda(rig).state is state


def test_that_a_withheld_change_is_told_when_the_split_is_learnt(tmp_path: Path) -> None:
    rig = rig_with(tmp_path, CorporateActions(), 25.5, 100.0)
    assert nvda(rig).state is QuoteState.WITHHELD
    rig.engine.market.book.set_actions("NVDA", announced(4.0))
    rig.engine.tick()
    assert (nvda(rig).state, nvda(rig).previous_close) == (QuoteState.LIVE, 25.0)
    assert rig.engine.market.moves["NVDA"].move_pct == pytest.approx(2.0)
    rig.clock.advance(seconds=30)
    rig.market.set("NVDA", 25.6, 25.0)  # now the provider has it too
    rig.refresh()
    assert nvda(rig).previous_close == 25.0


def test_that_a_small_split_is_told_by_the_history(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    rig.engine.take_histories({"NVDA": history(TUESDAY, seed=3)})  # ends at 100
    rig.engine.market.book.set_actions("NVDA", announced(1.1))
    rig.market.set("NVDA", 101.0, 110.0)
    rig.refresh()
    assert nvda(rig).previous_close == pytest.approx(100.0)
    rig.market.set("NVDA", 101.0, 100.0)  # now the provider has it too
    rig.refresh()
    assert nvda(rig).previous_close == 100.0


@pytest.mark.parametrize("previous", [100.0, 25.0])
def test_that_a_history_from_before_the_split_refuses_neither_close(tmp_path: Path, previous: float) -> None:
    rig = build_rig(tmp_path, ())
    rig.engine.take_histories({"NVDA": history(TUESDAY, seed=3)})
    rig.engine.market.book.set_actions("NVDA", announced(4.0))
    rig.market.set("NVDA", 25.5, previous)
    rig.refresh()
    assert nvda(rig).previous_close == 25.0


@pytest.mark.parametrize("previous", [100.0, 25.0])
def test_that_the_history_is_asked_again_on_the_morning_of_a_split_nobody_knew_of(
    tmp_path: Path, previous: float
) -> None:
    evening = TUESDAY - timedelta(hours=14)  # the sessions up to Monday are over, and stored
    rig = build_rig(tmp_path, (), evening)
    rig.market.history["NVDA"] = history(TUESDAY, seed=3)
    rig.market.set("NVDA", 100.0, 99.0, as_of=evening - timedelta(hours=5), state=QuoteState.CLOSED)
    rig.refresh()
    rig.runtime.bars.want(("NVDA",))
    rig.runtime.fill_history(rig.engine)
    rig.runtime.stop_histories()  # the years behind are there, too
    rig.clock.time = TUESDAY
    rig.market.history["NVDA"] = tuple(
        replace(b, open=b.open / 4, high=b.high / 4, low=b.low / 4, close=b.close / 4)
        for b in history(TUESDAY, seed=3)
    )
    rig.market.actions["NVDA"] = announced(4.0)
    for _ in range(3):
        rig.clock.advance(seconds=60)
        rig.market.set("NVDA", 25.5, previous)
        rig.refresh()
        rig.runtime.fill_history(rig.engine)
        rig.engine.tick()
    assert (nvda(rig).price, nvda(rig).previous_close, nvda(rig).state) == (25.5, 25.0, QuoteState.LIVE)
    assert rig.engine.market.closes["NVDA"].values[-1] == pytest.approx(25.0)
    asked = len(rig.market.history_asked)
    for _ in range(5):
        rig.runtime.fill_history(rig.engine)
    assert len(rig.market.history_asked) == asked  # the doubt is over


def test_that_a_doubt_the_history_does_not_end_is_not_asked_about_all_day(tmp_path: Path) -> None:
    rig = rig_with(tmp_path, CorporateActions(), 25.5, 100.0)
    rig.runtime.bars.want(())
    for _ in range(60):
        rig.clock.advance(seconds=60)
        rig.market.set("NVDA", 25.5, 100.0)
        rig.refresh()
        rig.runtime.fill_history(rig.engine)
    assert 3 <= len([s for s, _ in rig.market.history_asked if s == "NVDA"]) <= 5


def test_that_a_price_before_the_open_of_a_split_is_no_crash(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (), TUESDAY - timedelta(hours=3))
    rig.market.set(
        "NVDA",
        100.0,
        as_of=TUESDAY - timedelta(hours=19),
        session=Session.PRE,
        extended_price=25.1,
        extended_as_of=rig.clock.now(),
    )
    rig.refresh()
    assert nvda(rig).extended_price is None


def test_that_a_dividend_is_told_on_its_day_and_not_on_the_next(tmp_path: Path) -> None:
    gone = CorporateActions(dividends=(Dividend(TODAY, 0.01),))
    rig = rig_with(tmp_path, gone, 99.0, 100.0)
    assert today_words(nvda(rig), Language.ENGLISH) == ("ex-dividend 0.01 today",)
    assert today_words(nvda(rig), Language.KOREAN) == ("오늘 배당락 0.01",)
    rig.clock.advance(days=1)
    rig.engine.tick()
    assert today_words(nvda(rig), Language.ENGLISH) == ()
