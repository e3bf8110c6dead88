"""The benchmarks can be started and say what they measure; no figure is asserted."""

import json

import pytest
from tests.benchmarks.__main__ import NAMES, load, main, summary
from tests.benchmarks.bench_link import run as run_link
from tests.benchmarks.goals import GOALS
from tests.benchmarks.report import page, section


@pytest.mark.parametrize("name", NAMES)
def test_that_every_benchmark_says_what_it_measures_and_can_be_run(name: str) -> None:
    module = load(name)
    assert module.DESCRIPTION
    assert callable(module.run)


def test_that_a_run_gives_finite_figures() -> None:
    figures = run_link()
    assert figures["reading_per_s"] > 0
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_that_the_table_shows_median_least_and_most() -> None:
    figures = {"reading_per_s": summary([3.0, 1.0, 2.0])}
    assert "| reading_per_s | 2 | 1 | 3 | | |" in section("link", load("link"), figures)
    assert "| reading_per_s | 2 | 1 | 3 | | |" in page({"cores": "2"}, 5, {"link": (load("link"), figures)})


def test_that_goals_are_set_for_benchmarks_there_are() -> None:
    assert GOALS.keys() <= set(NAMES)


def test_that_an_unknown_benchmark_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "speed"])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == 2
