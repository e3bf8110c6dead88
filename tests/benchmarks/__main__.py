"""Run benchmarks and print a table: ``python -m tests.benchmarks [NAME...] [--runs N] [--json]``."""

import argparse
import importlib
import json
import statistics
import sys
from types import ModuleType

from tests.benchmarks.machine import describe
from tests.benchmarks.setting import python

NAMES = (
    "first_paint", "idle", "ticks", "watchlist", "chart", "link", "headlines", "explain", "engine", "rules",
    "anomalies", "watch_once", "replay", "growth",
)  # fmt: skip
LEAST_RUNS = 5
Figures = dict[str, dict[str, float]]


def main() -> int:
    """Run each benchmark several times, every run in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; default: all")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help=f"at least {LEAST_RUNS}, the default")
    parser.add_argument("--json", action="store_true", help="print a JSON object a benchmark")
    parser.add_argument("--one", metavar="NAME", help=argparse.SUPPRESS)  # a run, in its own process
    chosen = parser.parse_args()
    if chosen.one:
        tell(json.dumps(load(chosen.one).run()))
        return 0
    unknown = [name for name in chosen.names if name not in NAMES]
    if unknown or chosen.runs < LEAST_RUNS:
        parser.error(f"names are of {', '.join(NAMES)}; runs at least {LEAST_RUNS}")
    machine = describe()
    if not chosen.json:
        tell(", ".join(f"{key} {value}" for key, value in machine.items()) + f"; {chosen.runs} runs each")
    for name in chosen.names or NAMES:
        figures = measure(name, chosen.runs)
        row = {"benchmark": name, "runs": chosen.runs, "machine": machine, "figures": figures}
        tell(json.dumps(row) if chosen.json else as_text(name, figures))
    return 0


def tell(text: str) -> None:
    """Print one result as soon as it is there."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def load(name: str) -> ModuleType:
    """Import a benchmark's module."""
    return importlib.import_module(f"tests.benchmarks.bench_{name}")


def measure(name: str, runs: int) -> Figures:
    """Return median, least and most of every figure of a benchmark."""
    rows = []
    for number in range(runs):
        sys.stderr.write(f"{name}: run {number + 1} of {runs}\n")
        printed, _ = python("-m", "tests.benchmarks", "--one", name, timeout=600)
        rows.append(json.loads(printed))
    return {key: summary([row[key] for row in rows]) for key in rows[0]}


def summary(values: list[float]) -> dict[str, float]:
    """Return what is printed of several runs."""
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def as_text(name: str, figures: Figures) -> str:
    """Lay one benchmark's figures out as Markdown."""
    lines = ["", f"**{name}**: {load(name).DESCRIPTION}", ""]
    lines += ["| Figure | Median | Least | Most |", "|---|---|---|---|"]
    for key, row in figures.items():
        cells = " | ".join(figure(row[part]) for part in ("median", "min", "max"))
        lines.append(f"| {key} | {cells} |")
    return "\n".join(lines)


def figure(value: float) -> str:
    """Write a figure with three digits that mean something."""
    if value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
