"""The benchmarks can be started and say what they measure; no figure is asserted."""

import ast
import json
import os
import re
import sys
from pathlib import Path

import pytest
from tests.benchmarks.__main__ import NAMES, PEERS, load, main, summary
from tests.benchmarks.bench_link import run as run_link
from tests.benchmarks.goals import GOALS
from tests.benchmarks.peers_setting import FOLDER, PROGRAMS, REQUIREMENTS
from tests.benchmarks.report import page, renewed, section

PINNED = re.compile(r"^([\w-]+)==[\w.]+(?:  # .+)?$")


@pytest.mark.parametrize("name", [*NAMES, *PEERS])
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
    whole = page({"cores": "2"}, 5, {"link": (load("link"), figures)}, "")
    assert "| reading_per_s | 2 | 1 | 3 | | |" in whole


def test_that_the_peers_and_the_rest_are_written_without_touching_each_other() -> None:
    own = {"link": (load("link"), {"reading_per_s": summary([3.0])})}
    peers = {"peers_idle": (load("peers_idle"), {"own_wakeups_per_s": summary([4.0])})}
    first = page({"cores": "2"}, 5, own, "")
    both = page({"cores": "4"}, 6, peers, first)
    assert both.startswith(first)
    assert "| own_wakeups_per_s | 4 | 4 | 4 |" in both
    assert page({"cores": "2"}, 5, own, both) == both
    assert page({"cores": "4"}, 6, peers, both) == both


def test_that_a_benchmark_run_by_name_changes_its_own_section_alone() -> None:
    old, new = ({"figure": {"median": n, "min": n, "max": n}} for n in (1.5, 2.5))
    own = {name: (load(name), old) for name in ("link", "rules")}
    whole = page(
        {"cores": "2"}, 5, {"peers_work": (load("peers_work"), old)}, page({"cores": "2"}, 5, own, "")
    )
    for name in ("link", "rules", "peers_work"):
        now = renewed({"cores": "4"}, 6, {name: (load(name), new)}, whole)
        assert (now.count("2.5"), now.count("1.5"), now.count("cores 4; 6 runs")) == (3, 6, 1)
        assert now.index(f"**{name}**") < now.index("2.5") < now.index("cores 4")
        assert renewed({"cores": "4"}, 6, {name: (load(name), new)}, now) == now


def test_that_goals_are_set_for_benchmarks_there_are() -> None:
    assert GOALS.keys() <= {*NAMES, *PEERS}


def test_that_an_unknown_benchmark_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["benchmarks", "speed"])
    with pytest.raises(SystemExit) as refused:
        main()
    assert refused.value.code == 2


def test_that_whatever_a_peer_imports_is_pinned() -> None:
    lines = [line for line in REQUIREMENTS.read_text("utf-8").splitlines() if not line.startswith("#")]
    pinned = {match[1].lower().replace("-", "_") for line in lines if (match := PINNED.match(line))}
    assert len(pinned) == len(lines)
    imported = {name for program in PROGRAMS.glob("*.py") for name in imports_of(program)}
    assert {"vnpy", "finplot", "mplfinance", "lightweight_charts", "backtesting", "vectorbt"} <= imported
    assert imported <= pinned


def imports_of(program: Path) -> set[str]:
    """Return the packages, in lower case, that are neither Python's own nor the benchmarks'."""
    names = []
    for node in ast.walk(ast.parse(program.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(str(node.module))
    first = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    return {name.lower() for name in first if name != "tests"}


@pytest.mark.parametrize("reason", ["no network", "no folder"])
def test_that_without_its_peers_nothing_is_measured_and_a_line_says_why(
    reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("NO_INDEX", "1"), ("FIND_LINKS", str(tmp_path)), ("CONFIG_FILE", os.devnull)):
        monkeypatch.setenv(f"PIP_{name}", value)
    place = tmp_path / "peers"
    if reason == "no folder":
        place.write_text("a file", "utf-8")
    monkeypatch.setenv(FOLDER, "set by the option")
    monkeypatch.setattr("sys.argv", ["benchmarks", "peers", "--peers-folder", str(place)])
    assert main() == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    said = printed.err.splitlines()[-1]
    assert said.startswith(f"the peers cannot be measured: no environment could be made in {place}: ")
    assert ("vnpy" if reason == "no network" else str(place)) in said.rpartition("made in")[2]
