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
page anew. Every run is a process of its own; no test asserts a time. The local server of `tests/wire`
stands in for Yahoo and the feeds. Goals, floors and peers were set and measured on another machine with 2
cores: compare ratios, and times only by the yardstick, two million steps of plain Python, which took 76 ms
where the goals were set. What the figures rest on, what was tried, and why a goal is missed:
[performance.md](performance.md).
"""


def page(machine: Mapping[str, str], runs: int, measured: Mapping[str, tuple[ModuleType, Figures]]) -> str:
    """Return the whole page."""
    day = datetime.now(UTC).date().isoformat()
    words = ", ".join(f"{key} {value}" for key, value in machine.items())
    parts = [_HEAD, f"Measured on {day}: {words}; {runs} runs each."]
    parts += [section(name, module, figures) for name, (module, figures) in measured.items()]
    return "\n".join(parts) + "\n"


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
