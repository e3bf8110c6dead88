"""Lays figures out as Markdown, and writes the page of the documentation."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from tests.benchmarks.goals import GOALS, Goal

Figures = dict[str, dict[str, float]]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
_HEAD = """# Benchmarks

```
python -m tests.benchmarks [NAME...] [--runs N] [--json] [--write]
```

run from the top of the repository with the environment's Python (`.venv/bin/python`). `--write` makes this
page anew, with NAMEs only their sections; below each stands when it was measured. Every run is a process of
its own; no test asserts a time. The local server of `tests/wire` stands in for Yahoo and the feeds. Goals,
floors and peers of the first part were set and measured on another machine with 2 cores: compare ratios, and
times only by the yardstick, two million steps of plain Python, which took 76 ms where the goals were set.
What the figures rest on, what was tried, and why a goal is missed: [performance.md](performance.md).
"""
_PEERS_HEAD = """
## Beside its peers

```
python -m tests.benchmarks peers [--runs N] [--json] [--write] [--peers-folder PATH]
```

measures the program and what a user would pick instead in turns, in the same run, on the same machine; starts
and calls are tried once before they are measured. The peers (`tests/benchmarks/peers`, a short program each)
have an environment of their own, which is made from PyPI when it is first needed (some 2 GB). They are no
part of a run without names: they take five minutes a run. Candles as one QPicture stand in `chart` above.
"""


def page(
    machine: Mapping[str, str], runs: int, measured: Mapping[str, tuple[ModuleType, Figures]], before: str
) -> str:
    """Return the whole page: the part that was measured, and the other one as it was ``before``."""
    title = _PEERS_HEAD.split("```", 1)[0]
    own, _, peers = before.partition(title)
    part = _part(machine, runs, measured)
    if any(name.startswith("peers") for name in measured):
        return own + _PEERS_HEAD + part
    return _HEAD + part + (title + peers if peers else "")


def renewed(
    machine: Mapping[str, str], runs: int, measured: Mapping[str, tuple[ModuleType, Figures]], before: str
) -> str:
    """Return the page with what was measured made anew, with its day; the rest is as it was ``before``.

    Raises ValueError where the page has no such section yet.
    """
    for name, (module, figures) in measured.items():
        begin = before.index(f"\n**{name}**: ")
        ends = [at for mark in ("\n\n**", "\n\n## ") if (at := before.find(mark, begin + 1)) >= 0]
        end = min(ends, default=len(before) - 1)  # the last line's end stays
        anew = f"{section(name, module, figures)}\n\n{_measured(machine, runs)}"
        before = before[:begin] + anew + before[end:]
    return before


def _measured(machine: Mapping[str, str], runs: int) -> str:
    day = datetime.now(UTC).date().isoformat()
    words = ", ".join(f"{key} {value}" for key, value in machine.items())
    return f"Measured on {day}: {words}; {runs} runs each."


def _part(machine: Mapping[str, str], runs: int, measured: Mapping[str, tuple[ModuleType, Figures]]) -> str:
    said = _measured(machine, runs)
    tables = (section(name, module, figures) for name, (module, figures) in measured.items())
    return "".join(f"{table}\n\n{said}\n" for table in tables)


def section(name: str, module: ModuleType, figures: Figures) -> str:
    """Lay one benchmark's figures out, with its goals where it has any."""
    goals = GOALS.get(name, {})
    columns = ["Figure", "Median", "Least", "Most"] + (["Goal", "Floor and peers"] if goals else [])
    lines = ["", f"**{name}**: {module.DESCRIPTION}", "", _row(columns), "|" + "---|" * len(columns)]
    for key, values in figures.items():
        goal = goals.get(key, Goal("", ""))
        cells = [key, *(figure(values[part]) for part in ("median", "min", "max"))]
        lines.append(_row([*cells, *(goal if goals else ())]))
    return "\n".join(lines)


def figure(value: float) -> str:
    """Write a figure with three digits that mean something."""
    if value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _row(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
