from datetime import date, timedelta

import numpy as np
import pytest

from stackwatch.analysis.moves.comparison import adjusted, at_common_start, group_relative, relative
from stackwatch.analysis.moves.market_model import Closes, fit_before

START = date(2025, 1, 1)


def closes(values: list[float], start: date = START) -> Closes:
    days = np.arange(start.toordinal(), start.toordinal() + len(values), dtype=np.int64)
    return Closes(days, np.array(values, dtype=np.float64))


def test_that_a_line_begins_at_zero_on_the_first_day_of_the_span() -> None:
    days, values = relative(closes([90.0, 100.0, 110.0, 99.0]), START + timedelta(days=1))
    assert days.tolist() == [START.toordinal() + n for n in (1, 2, 3)]
    assert values.tolist() == pytest.approx([0.0, 10.0, -1.0])


def test_that_a_group_is_the_mean_of_its_members_rebalanced_daily() -> None:
    members = {"A": closes([100.0, 110.0, 110.0]), "B": closes([10.0, 10.0, 9.0])}
    _, values = group_relative(members, START)
    assert values.tolist() == pytest.approx([0.0, 5.0, (1.05 * 0.95 - 1.0) * 100.0])


def test_that_a_day_most_of_a_group_did_not_trade_is_left_out() -> None:
    members = {name: closes([100.0, 101.0]) for name in "ABC"}
    members["D"] = closes([50.0, 50.0, 80.0])
    days, values = group_relative(members, START)
    assert days.size == 2
    assert values[-1] == pytest.approx(0.75)


def test_that_what_few_of_a_group_did_while_the_others_rested_is_not_lost() -> None:
    rested = closes([100.0, 100.0, 0.0, 100.0])
    rested = Closes(np.delete(rested.days, 2), np.delete(rested.values, 2))
    members = {"A": closes([100.0, 100.0, 130.0, 130.0]), "B": rested, "C": rested}
    days, values = group_relative(members, START)
    assert days.tolist() == [START.toordinal() + n for n in (0, 1, 3)]
    assert values.tolist() == pytest.approx([0.0, 0.0, 10.0])


def test_that_a_name_counts_in_a_group_only_while_it_belongs_to_it() -> None:
    members = {"A": closes([100.0, 110.0, 121.0, 121.0]), "B": closes([10.0, 20.0, 40.0, 50.0])}
    both, one = frozenset("AB"), frozenset("A")
    belong = {START + timedelta(days=n): who for n, who in enumerate((frozenset[str](), one, one, both))}
    days, values = group_relative(members, START, belong)
    assert days.tolist() == [START.toordinal() + n for n in (1, 2, 3)]
    assert values.tolist() == pytest.approx([0.0, 10.0, (1.10 * 1.125 - 1.0) * 100.0])


def test_that_no_line_begins_behind_a_day_that_it_rested_on() -> None:
    new_york, seoul = closes([100.0, 110.0, 121.0], START + timedelta(days=1)), closes([10.0] * 4)
    seoul = Closes(np.delete(seoul.days, 1), np.array([10.0, 20.0, 20.0]))  # rests on New York's first day
    (days, first), (_, second) = at_common_start([relative(new_york, START), relative(seoul, START)])
    assert days[0] == START.toordinal() + 2
    assert first.tolist() == pytest.approx([0.0, 10.0])
    assert second.tolist() == pytest.approx([0.0, 0.0])


def test_that_lines_without_a_common_day_stay_as_they_are() -> None:
    early, late = closes([100.0, 110.0]), closes([5.0, 6.0], START + timedelta(days=5))
    lines = [relative(early, START), relative(late, START)]
    assert at_common_start(lines) == lines


def test_that_lines_begin_together_where_one_has_a_shorter_history() -> None:
    long, short = closes([100.0, 120.0, 150.0]), closes([10.0, 11.0], START + timedelta(days=1))
    moved = at_common_start([relative(long, START), relative(short, START)])
    assert [line[1].tolist() for line in moved] == [pytest.approx([0.0, 25.0]), pytest.approx([0.0, 10.0])]


def test_that_the_market_is_taken_out_with_each_days_own_model() -> None:
    draw = np.random.default_rng(7)
    market_returns = draw.normal(0.0, 0.01, 200)
    share_returns = 0.0002 + 1.5 * market_returns + draw.normal(0.0, 0.02, 200)
    market = closes((100.0 * np.cumprod(np.concatenate(([1.0], 1.0 + market_returns)))).tolist())
    share = closes((50.0 * np.cumprod(np.concatenate(([1.0], 1.0 + share_returns)))).tolist())
    first = START + timedelta(days=180)
    days, total, usual = adjusted(share, market, first)
    expected, errors = [], []
    for ordinal in days.tolist():
        day = date.fromordinal(ordinal)
        fitted, _ = fit_before(share, market, day)
        assert fitted is not None
        place = ordinal - START.toordinal() - 1
        expected.append(fitted.abnormal(float(share_returns[place]), float(market_returns[place])) * 100.0)
        errors.append(fitted.prediction_sd(float(market_returns[place])) * 100.0)
    assert total.tolist() == pytest.approx(np.cumsum(expected).tolist())
    assert usual.tolist() == pytest.approx((2.0 * np.sqrt(np.cumsum(np.square(errors)))).tolist())


def test_that_nothing_comes_of_no_closes() -> None:
    nothing = closes([])
    assert relative(nothing, START)[0].size == 0
    assert group_relative({}, START)[0].size == 0
    assert at_common_start([]) == []
