"""The course of a trading day, from a share's own minutes where there are enough."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.unit.factories import move, reading, story

from stackwatch.analysis.moves.intraday import (
    USUAL,
    course_of,
    day_share,
    fraction_of,
    full_days,
    sar_so_far,
    trading_minutes,
    usual_volume,
)
from stackwatch.analysis.rules.story_filter import arrivals, wanted
from stackwatch.domain.market import TradingSession
from stackwatch.domain.news import StoryTheme
from stackwatch.domain.quote import MinuteBar
from stackwatch.domain.rule import Condition, Direction, RuleKind


def session(number: int, hours: float = 6.5, pause: tuple[float, float] | None = None) -> TradingSession:
    day = date(2026, 1, 1) + timedelta(days=number)
    opened = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)
    rest = (None, None) if pause is None else tuple(opened + timedelta(hours=h) for h in pause)
    return TradingSession(day, opened, opened + timedelta(hours=hours), *rest)


def bars(of: TradingSession, *, size: int = 100) -> list[MinuteBar]:
    """The first hour moves 1 % a bar and trades double, the rest of the day 0.5 % and single."""
    made = []
    for n in range(int(trading_minutes(of) / 15)):
        early = n < 4
        close = 101.0 if early else 100.5
        start = of.open + timedelta(minutes=15 * n)
        made.append(MinuteBar(start, 100.0, close, 100.0, close, size * (2 if early else 1)))
    return made


def test_that_usual_curves_rise_from_nothing_to_everything() -> None:
    shares = [USUAL.variance_share(n / 100) for n in range(101)]
    volumes = [USUAL.volume_by(n / 100, 1000.0) for n in range(101)]
    assert shares == sorted(shares)
    assert volumes == sorted(volumes)
    assert (shares[0], shares[-1], volumes[-1]) == (0.0, 1.0, 1000.0)
    assert day_share(USUAL, 0.0) == pytest.approx(0.5)
    assert day_share(USUAL, 1.0) == pytest.approx(1.0)


def test_that_a_usual_day_is_the_median_of_the_last_twenty_with_trades() -> None:
    assert usual_volume([100.0] * 9) is None
    assert usual_volume([100.0] * 9 + [0.0] * 11) is None
    assert usual_volume([100.0] * 9 + [0.0, 300.0]) == 100.0
    assert usual_volume([9_000.0] * 30 + [100.0] * 9 + [300.0] * 11) == 300.0
    assert usual_volume([9_000.0] * 30 + [100.0] * 10 + [300.0] * 10) == 200.0
    assert usual_volume([100.0] * 19 + [1e9]) == 100.0  # one wild day does not change what is usual


def test_that_own_minutes_replace_the_usual_curves_once_there_are_ten_full_days() -> None:
    days = [session(n) for n in range(12)]
    every = [bar for day in days for bar in bars(day)]
    assert course_of(every[: 26 * 9], 15, days) is None
    course = course_of(every, 15, days)
    assert course is not None
    assert course.volume_by(4 / 26, 0.0) == pytest.approx(800.0)
    assert course.volume_by(1.0, 0.0) == pytest.approx(800.0 + 2200.0)
    hour = 4 * 0.00995033**2
    assert course.variance_share(4 / 26) == pytest.approx(hour / (hour + 22 * 0.00498754**2), rel=1e-3)


@pytest.mark.parametrize(("minutes", "hours"), [(15, 6.5), (1, 6.5), (15, 5.5), (1, 5.5)])
def test_that_every_bar_counts_at_its_own_time(minutes: int, hours: float) -> None:
    days = [session(n, hours) for n in range(10)]
    count = round(hours * 60 / minutes)
    every = [
        MinuteBar(day.open + timedelta(minutes=minutes * n), 100.0, 101.0, 100.0, 101.0, n + 1)
        for day in days
        for n in range(count)
    ]
    course = course_of(every, minutes, days)
    assert course is not None
    assert course.volume_median is not None
    assert course.volume_median.tolist() == [n * (n + 1) / 2 for n in range(count + 1)]
    assert course.variance.tolist() == pytest.approx([n / count for n in range(count + 1)])


def test_that_half_days_and_days_with_holes_do_not_count() -> None:
    days = [session(n, 3.5 if n % 2 else 6.5) for n in range(24)]
    every = [bar for day in days for bar in bars(day, size=10_000 if day.day.day % 2 else 100)]
    course = course_of(every, 15, days)
    assert days[1] not in full_days(days)
    assert days[0] in full_days(days)
    assert course is not None
    assert course.fractions.size == 27
    holes = [bar for n, bar in enumerate(bars(days[0])) if n % 3]
    assert course_of(holes, 15, days) is None


def test_that_days_as_long_as_the_newest_count_where_an_exchange_changed_its_hours() -> None:
    days = [session(n, 6.5) for n in range(3)] + [session(n, 6.25) for n in range(3, 14)]
    course = course_of([bar for day in days for bar in bars(day)], 15, days)
    assert course is not None
    assert course.fractions.size == 26


def test_that_days_without_trades_or_without_a_move_have_no_course() -> None:
    days = [session(n) for n in range(12)]
    idle = [bar for day in days for bar in bars(day, size=0)]
    still = [replace(bar, close=bar.open) for day in days for bar in bars(day)]
    assert course_of(idle, 15, days) is None
    assert course_of(still, 15, days) is None


def test_that_a_lunch_break_is_no_trading_time() -> None:
    day = session(0, 6.0, (2.5, 3.5))
    moments = [day.open + timedelta(hours=h) for h in (0, 2.5, 3.0, 3.5, 6.0, 9.0)]
    assert [fraction_of(day, moment.timestamp()) for moment in moments] == [0.0, 0.5, 0.5, 0.5, 1.0, 1.0]


@pytest.mark.parametrize(
    ("words", "title", "found"),
    [
        (("AI",), "OpenAI said so", False),
        (("ai",), "An AI boom", True),
        (("지연",), "스타게이트 지연되나", True),
        (("(a+)+$",), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", False),
        (("4.5 GW",), "Oracle adds 4.5  \uff27\uff37", True),
        (("world's largest",), "Stargate, the world\u2019s largest site", True),
    ],
)
def test_that_words_are_plain_and_whole(words: tuple[str, ...], title: str, *, found: bool) -> None:
    condition = Condition(kind=RuleKind.STORY, words=words)
    assert wanted(condition, story(title, reading("openai")), "openai") is found


def test_that_theme_and_tone_must_fit_too() -> None:
    told = story("x", reading("openai", tone=-1, theme=StoryTheme.FUNDING))
    for themes, direction, found in (
        ((StoryTheme.FUNDING, StoryTheme.LEGAL), Direction.EITHER, True),
        ((StoryTheme.LEGAL,), Direction.EITHER, False),
        ((), Direction.DOWN, True),
        ((), Direction.UP, False),
    ):
        condition = Condition(kind=RuleKind.STORY, themes=themes, direction=direction)
        assert wanted(condition, told, "openai") is found


def test_that_the_times_of_a_burst_are_those_that_a_story_counts_its_reports_by() -> None:
    burst = Condition(kind=RuleKind.NEWS_BURST)
    told = story("x", reading("openai"))
    at = [told.lead.published + timedelta(minutes=n) for n in (0, 5, 9, 40)]
    copies = tuple(replace(told.reports[0], published=each) for each in at[:3])
    many = replace(told, told=copies, copies=6, last_published=at[3])  # of three only the last time is known
    times = arrivals(burst, [many], "openai")
    assert times == sorted(times)
    for since in (at[0] - timedelta(minutes=1), *at):
        assert sum(since < time <= at[3] for time in times) == many.copies_since(since, at[3])
    assert arrivals(Condition(kind=RuleKind.STORY), [many], "openai") == at[:1]


def test_that_a_move_inside_a_session_is_held_against_the_deviation_so_far() -> None:
    judged = replace(move(pct=-2.0), beta=1.5, resid_sd=0.02, benchmark_move_pct=-0.4, alpha=0.001)
    morning = day_share(USUAL, 1 / 13)
    assert morning == pytest.approx((0.25 + 0.75 * 0.17) ** 0.5)
    assert sar_so_far(judged, morning) == pytest.approx((-0.02 + 1.5 * 0.004) / (0.02 * morning))
    assert sar_so_far(judged, 1.0) == pytest.approx(-0.7)
    assert sar_so_far(move(sar=None), morning) is None
    assert sar_so_far(replace(judged, benchmark_move_pct=None), morning) is None
