"""The basket beyond its markets and the tone of the news, over time."""

from collections.abc import Collection
from datetime import date, timedelta

import numpy as np
import pytest
from tests.unit.factories import OPEN, bars, headline, reading, story

from stackwatch.analysis.barometer import basket_days, stories_about, tone_bars
from stackwatch.analysis.moves.market_model import Closes, fit_before
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.barometer import Barometer, ToneBar
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import ChartRange

LAST = date(2025, 7, 22)
SESSIONS = 220
RNG = np.random.default_rng(3)
MARKET = RNG.normal(0.0, 0.01, SESSIONS)


def share(beta: float, seed: int) -> Closes:
    own = np.random.default_rng(seed).normal(0.0, 0.02, SESSIONS)
    return Closes.of(bars(beta * MARKET + own, LAST))


BENCHMARK = Closes.of(bars(MARKET, LAST))
MEMBERS = {"A": (share(1.0, 1), BENCHMARK), "B": (share(1.4, 2), BENCHMARK), "C": (share(0.7, 4), BENCHMARK)}
FIRST = LAST - timedelta(days=30)


def everybody(_day: date) -> Collection[str]:
    return ("A", "B", "C")


def test_that_a_day_is_the_equal_weight_mean_of_abnormal_returns_and_days_add_up() -> None:
    days, counted, _ = basket_days(MEMBERS, everybody, FIRST, LAST)
    assert (len(days), counted) == (31, ("A", "B", "C"))
    wanted = []
    for closes, market in MEMBERS.values():
        fitted, _ = fit_before(closes, market, LAST)
        assert fitted is not None
        moved = closes.values[-1] / closes.values[-2] - 1.0
        wanted.append(fitted.abnormal(moved, float(MARKET[-1])) * 100.0)
    assert days[-1].abnormal_pct == pytest.approx(sum(wanted) / 3, abs=1e-9)
    assert days[-1].cumulative_pct == pytest.approx(sum(day.abnormal_pct for day in days))
    assert {day.names for day in days} == {3}


def test_that_a_name_counts_only_while_its_link_is_known() -> None:
    since = LAST - timedelta(days=10)
    days, _, _ = basket_days(MEMBERS, lambda day: ("A", "B") if day >= since else ("A",), FIRST, LAST)
    assert {day.day >= since: day.names for day in days} == {False: 1, True: 2}
    nobody, counted, short = basket_days(MEMBERS, lambda day: (), FIRST, LAST)
    assert (nobody, counted, short) == ((), (), ())


def test_that_a_session_of_one_exchange_alone_does_not_stand_for_all() -> None:
    closes, market = MEMBERS["A"]
    short = {name: (Closes(c.days[:-5], c.values[:-5]), m) for name, (c, m) in MEMBERS.items() if name != "A"}
    days, _, _ = basket_days({"A": (closes, market), **short}, everybody, FIRST, LAST)
    assert days[-1].day == LAST - timedelta(days=5)


def test_that_what_one_name_did_while_the_others_rested_is_in_the_next_session() -> None:
    rested = [SESSIONS - 12, SESSIONS - 11]

    def resting(closes: Closes) -> Closes:
        return Closes(np.delete(closes.days, rested), np.delete(closes.values, rested))

    others = {name: (resting(MEMBERS[name][0]), resting(BENCHMARK)) for name in "BC"}
    days, _, _ = basket_days({"A": MEMBERS["A"], **others}, everybody, FIRST, LAST)
    after = LAST - timedelta(days=10)
    assert {(after - day.day).days for day in days}.isdisjoint({1, 2})
    assert {day.names for day in days} == {3}
    single = [basket_days({name: pair}, everybody, FIRST, LAST)[0] for name, pair in others.items()]
    single.append(basket_days({"A": MEMBERS["A"]}, everybody, FIRST, LAST)[0])
    assert days[-1].cumulative_pct == pytest.approx(sum(each[-1].cumulative_pct for each in single) / 3)


def test_that_a_name_with_a_short_history_is_left_out() -> None:
    closes, market = MEMBERS["C"]
    young = Closes(closes.days[-50:], closes.values[-50:])
    days, counted, short = basket_days({"A": MEMBERS["A"], "C": (young, market)}, everybody, FIRST, LAST)
    assert (counted, short) == (("A",), ("C",))
    assert {day.names for day in days} == {1}


def test_that_names_listed_later_or_gone_cost_no_session() -> None:
    def part(name: str, sessions: slice) -> tuple[Closes, Closes]:
        closes, market = MEMBERS[name]
        return Closes(closes.days[sessions], closes.values[sessions]), market

    listed = {"A": MEMBERS["A"], **{name: part(name, slice(140, None)) for name in "BC"}}
    days, counted, _ = basket_days(listed, everybody, FIRST, LAST)
    assert (len(days), counted) == (31, ("A", "B", "C"))
    assert {day.names for day in days} == {1, 3}
    gone = {"A": MEMBERS["A"], **{name: part(name, slice(None, -25)) for name in "BC"}}
    days, _, _ = basket_days(gone, everybody, FIRST, LAST)
    assert [day.names for day in days] == [3] * 6 + [1] * 25
    assert days[-1].day == LAST


def test_that_good_and_bad_stories_are_counted_by_day_and_by_week_and_talk_about_prices_is_left_out() -> None:
    good, bad = reading("openai", tone=1), reading("openai", tone=-1)
    told = [
        story("a", good, OPEN),
        story("b", bad, OPEN + timedelta(hours=1)),
        story("c", bad, OPEN - timedelta(days=4)),
        story("g", reading("openai", tone=0), OPEN),
        story("d", reading("openai", tone=-1, theme=StoryTheme.PRICE_TALK, event=False), OPEN),
        story("e", reading("NVDA", tone=-1), OPEN),
        story("f", good, OPEN - timedelta(days=50)),
    ]
    by_day = tone_bars("openai", told, FIRST, LAST)
    friday = LAST - timedelta(days=4)
    assert by_day == (ToneBar(friday, friday, 0, 1, 0), ToneBar(LAST, LAST, 1, 1, 1))
    monday = LAST - timedelta(days=LAST.weekday())
    for first in (LAST - timedelta(days=90), LAST - timedelta(days=88)):  # weeks stay as the span goes on
        older, before, week = tone_bars("openai", told, first, LAST)
        assert (older.good, older.stories) == (1, 1)
        assert before == ToneBar(monday - timedelta(days=7), monday - timedelta(days=1), 0, 1, 0)
        assert week == ToneBar(monday, monday + timedelta(days=6), 1, 1, 1)


def test_that_a_story_of_an_evening_in_new_york_counts_for_that_day() -> None:
    evening = story("a", reading("openai", tone=1), OPEN.replace(hour=23) + timedelta(hours=2))
    assert tone_bars("openai", [evening], FIRST, LAST) == (ToneBar(LAST, LAST, 1, 0, 0),)


def test_that_archived_copies_are_one_story(reader: Reader) -> None:
    title = "OpenAI raises $6 billion in new funding"
    told = [headline(title, OPEN + timedelta(hours=n), f"P{n}") for n in range(4)]
    other = headline("Nvidia wins record order", OPEN)
    (only,) = stories_about("openai", [*told, other], reader)
    assert only.copies == 4


def test_that_a_barometer_says_what_was_told_on_a_day_and_its_mean_tone() -> None:
    week = ToneBar(LAST - timedelta(days=1), LAST + timedelta(days=5), 3, 1, 4)
    made = Barometer(entity_id="openai", span=ChartRange.MONTH_6, first=FIRST, last=LAST, tones=(week,))
    assert (made.told_on(LAST), made.told_on(FIRST)) == (week, None)
    assert (made.stories, made.tone) == (8, 0.25)
