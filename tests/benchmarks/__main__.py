"""Run benchmarks and print a table.

``python -m tests.benchmarks [NAME...] [--runs N] [--json] [--write]``, without NAME the program's own;
``peers`` are those that measure it beside what a user would pick instead.
"""

import argparse
import importlib
import json
import os
import statistics
import sys
from pathlib import Path
from types import ModuleType

from tests.benchmarks import peers_setting
from tests.benchmarks.machine import describe
from tests.benchmarks.report import PAGE, Figures, page, renewed, section
from tests.benchmarks.setting import python

NAMES = (
    "first_paint", "memory", "idle", "ticks", "watchlist", "chart", "link", "headlines", "explain", "refresh",
    "engine", "rules", "previews", "anomalies", "watch_once", "replay", "growth",
)  # fmt: skip
PEERS = ("peers_start", "peers_idle", "peers_ticks", "peers_work")  # some five minutes a run
LEAST_RUNS = 5


def main() -> int:
    """Run each benchmark several times, every run in a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    known = f"of {', '.join(NAMES)}; or peers: {', '.join(PEERS)}"
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{known}; default: all that are no peers")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help=f"at least {LEAST_RUNS}, the default")
    parser.add_argument("--json", action="store_true", help="print a JSON object a benchmark")
    parser.add_argument("--write", action="store_true", help="make that of docs/benchmarks.md anew")
    parser.add_argument("--peers-folder", type=Path, help="where the peers are installed (default: a cache)")
    parser.add_argument("--one", metavar="NAME", help=argparse.SUPPRESS)  # a run, in its own process
    chosen = parser.parse_args()
    if chosen.one:
        tell(json.dumps(load(chosen.one).run()))
        return 0
    if chosen.runs < LEAST_RUNS or not {*chosen.names} <= {*NAMES, *PEERS, "peers"}:
        parser.error(f"names are {known}; runs at least {LEAST_RUNS}")
    names = names_of(chosen.names)
    if chosen.peers_folder:
        os.environ[peers_setting.FOLDER] = str(chosen.peers_folder.absolute())
    if {*names} & {*PEERS}:
        try:
            peers_setting.make()
        except peers_setting.NoPeersError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    machine = describe()
    if not chosen.json:
        tell(", ".join(f"{key} {value}" for key, value in machine.items()) + f"; {chosen.runs} runs each")
    measured = {}
    for name in names:
        module, figures = load(name), measure(name, chosen.runs)
        measured[name] = (module, figures)
        row = {"benchmark": name, "runs": chosen.runs, "machine": machine, "figures": figures}
        tell(json.dumps(row) if chosen.json else section(name, module, figures))
    if chosen.write:
        write = page if chosen.names in ([], ["peers"]) else renewed
        PAGE.write_text(write(machine, chosen.runs, measured, PAGE.read_text("utf-8")), encoding="utf-8")
    return 0


def names_of(asked: list[str]) -> list[str]:
    """Return the benchmarks that are asked for."""
    return [one for name in asked for one in (PEERS if name == "peers" else (name,))] or [*NAMES]


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


if __name__ == "__main__":
    sys.exit(main())
