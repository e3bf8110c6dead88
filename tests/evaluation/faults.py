"""The fault matrix: ``python -m tests.evaluation.faults [--write]`` prints every cell, fails on a bad one.

A cell strikes one call with one fault, once with nothing known and once with good values known. It is good
when no value reaches an event, the store or a rule that the world does not hold, the call ends in a named
state, what was known is still known, and the first refresh after the fault is right again. ``--write`` puts
the sums into docs/evaluation.md.
"""

import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.evaluation import faults_catalogue, faults_other, faults_stream
from tests.evaluation.faults_bench import CHARTED, Bench
from tests.evaluation.faults_catalogue import CALLS, Case
from tests.evaluation.page import ask, put, table
from tests.wire.fixtures import forget_yfinance
from tests.wire.server import YahooServer, environment

from stackwatch.domain.events import Event

CASES = (*faults_catalogue.CASES, *faults_other.CASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What came of one fault on one call; ``bad`` is empty when it is as it should be."""

    call: str
    fault: str
    known: bool
    end: str
    bad: tuple[str, ...]
    seconds: float


def strike(bench: Bench, case: Case, call: str, *, known: bool) -> Cell:
    """Let a fault strike a call, then heal it; ``known`` first lets good values in."""
    started = time.monotonic()
    bad: list[str] = []
    if case.login:
        bench.new_session()
    bench.begin_anew()
    if known:
        bad += _refresh(bench, call, "before")
    bench.next_minute()
    before, since = dict(bench.engine.market.quotes), len(bench.events)
    history = {symbol: closes.days.size for symbol, closes in bench.engine.market.closes.items()}
    with bench.struck_by(case, call):
        end = bench.call(call)
    if end.partition(":")[0] not in case.ends:
        bad.append(f"ended {end!r}, not {'/'.join(sorted(case.ends))}")
    bad += bench.untruths(since)[:3]
    bad += [f"{symbol} was lost" for symbol in before if symbol not in bench.engine.market.quotes]
    for symbol, days in history.items():
        if bench.engine.market.closes[symbol].days.size < days:
            bad.append(f"closes of {symbol} were lost")
    bad += _refresh(bench, call, "after")
    seconds = time.monotonic() - started
    return Cell(call=call, fault=case.name, known=known, end=end, bad=tuple(bad), seconds=seconds)


def _refresh(bench: Bench, call: str, when: str) -> list[str]:
    """Make the call without a fault and say what is not as the world holds it."""
    bench.next_minute()
    since = len(bench.events)
    end = bench.call(call)
    bad = [] if end == "ok" else [f"{when} the fault: {end}"]
    bad += [f"{when} the fault: {words}" for words in bench.untruths(since)[:3]]
    if call == "quote":
        quotes = bench.engine.market.quotes
        wrong = [s for s in bench.engine.symbols if not bench.truth.right_now(quotes.get(s), s)]
        bad += [f"{when} the fault: {symbol} is not up to date" for symbol in wrong[:2]]
        alerts = {alert.subject for alert in bench.engine.delivery.alerts}
        bad += [] if alerts == {"INTC"} else [f"{when} the fault: alerts of {sorted(alerts)}"]
    elif call == "chart":
        sizes = [bench.engine.market.closes[s].days.size for s in CHARTED if s in bench.engine.market.closes]
        bad += [] if len(sizes) == len(CHARTED) and min(sizes) > 150 else [f"{when} the fault: {sizes} bars"]
    elif call in ("news", "feed") and not bench.knows_the_newest_headline():
        bad.append(f"{when} the fault: the newest headline is missing")
    return bad


@contextmanager
def benches(heard: Callable[[Event], None] = lambda _event: None) -> Iterator[Bench]:
    """Run a server, lead this process to it, and build a bench on it; ``heard`` gets every event, too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "wire").mkdir()
        with YahooServer(folder / "wire") as server:
            variables = environment(server)
            before = {key: os.environ.get(key) for key in variables}
            os.environ.update(variables)
            bench = Bench(folder, server, heard)
            try:
                yield bench
            finally:
                bench.close()
                forget_yfinance()
                for key, value in before.items():
                    if value is None:
                        os.environ.pop(key, None)  # Windows knows one name in any case
                    else:
                        os.environ[key] = value


def matrix(bench: Bench, cases: Iterable[Case] = CASES, calls: Iterable[str] = CALLS) -> Iterator[Cell]:
    """Yield every cell."""
    for call in calls:
        for case in cases:
            if call in case.calls:
                for known in (False,) if case.login else (False, True):
                    yield strike(bench, case, call, known=known)


def main() -> int:
    """Print the matrix; the exit code counts its bad cells."""
    parser = ask("faults", __doc__)
    parser.add_argument("wanted", nargs="*", metavar="FAULT", help="part of a fault's name; default: all")
    given = parser.parse_args()
    wanted = given.wanted
    logging.disable(logging.CRITICAL)
    started = time.monotonic()
    cells: list[Cell] = []
    with benches() as bench:
        every = matrix(bench) if not wanted else matrix(bench, _named(wanted))
        for cell in every:
            cells.append(cell)
            _print(cell)
        if not wanted:
            for cell in map(_stream_cell, faults_stream.matrix(bench)):
                cells.append(cell)
                _print(cell)
    sums = _sums(cells)
    sys.stdout.writelines(f"{line}\n" for line in sums)
    sys.stdout.write(f"{time.monotonic() - started:.0f} s\n")
    if given.write and not wanted:
        put("faults", sums)
    return min(sum(bool(cell.bad) for cell in cells), 100)


def _sums(cells: list[Cell]) -> list[str]:
    """Return how many cells of each call ended how, and how many are bad."""
    ends = sorted({_end(cell) for cell in cells})
    rows = []
    for call in dict.fromkeys(cell.call for cell in cells):
        own = [cell for cell in cells if cell.call == call]
        rows.append(_sum(call, own, ends))
    return table(("Call", "Faults", "Cells", *ends, "Bad"), [*rows, _sum("all", cells, ends)])


def _sum(name: str, cells: list[Cell], ends: list[str]) -> list[object]:
    count = Counter(map(_end, cells))
    bad = sum(bool(cell.bad) for cell in cells)
    return [name, len({cell.fault for cell in cells}), len(cells), *(count[end] for end in ends), bad]


def _end(cell: Cell) -> str:
    return cell.end.partition(":")[0]


def _named(words: list[str]) -> list[Case]:
    return [case for case in CASES if any(word in case.name for word in words)]


def _stream_cell(result: tuple[str, str, tuple[str, ...], float]) -> Cell:
    name, end, bad, seconds = result
    return Cell(call="stream", fault=name, known=True, end=end, bad=bad, seconds=seconds)


def _print(cell: Cell) -> None:
    mark = "BAD" if cell.bad else "ok"
    known = "known" if cell.known else "new"
    sys.stdout.write(f"{mark:4}{cell.call:7}{known:6}{cell.seconds:5.2f} s  {cell.fault:44}{cell.end[:70]}\n")
    for words in cell.bad:
        sys.stdout.write(f"        {words[:150]}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
