"""Kill the program at random moments of a day: ``python -m tests.evaluation.kills [N] [WORKERS] [--write]``.

After every kill the store must pass SQLite's check. At the end of each day the alerts in it must be those of
a day without kills (by rule and subject), none lost, none recorded or put on screen twice. ``--write`` puts
the figures into docs/evaluation.md.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.evaluation.kills_life import GROUP, STEP, Day
from tests.evaluation.page import ask, put, table

from stackwatch.storage.sqlite.store import SqliteStore

Key = tuple[str, str]


@dataclass
class Tally:
    """What came of some kills."""

    kills: int = 0
    days: int = 0
    lives: int = 0
    shown: int = 0
    alerts: int = 0
    damaged: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    escalations: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    shown_twice: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """How much is not as it should be."""
        return len(self.damaged) + len(self.lost) + len(self.repeated) + len(self.shown_twice)

    def add(self, other: "Tally") -> None:
        """Take in another tally."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


class Life:
    """A forked child living a day, and what it said before it died."""

    def __init__(self, day: Day, store_file: Path, since: datetime) -> None:
        self.said: list[str] = []
        self._reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reader)
            status = 1
            try:
                day.live(store_file, since, lambda text: os.write(writer, text.encode() + b"\n"))
                status = 0
            finally:
                os._exit(status)
        os.close(writer)

    def end(self, seconds: float) -> bool:
        """Let it live for so long, then kill it; returns whether it was killed. A crash is raised."""
        time.sleep(seconds)  # the moment of death is the point of it
        os.kill(self.pid, signal.SIGKILL)
        with os.fdopen(self._reader, "rb") as pipe:
            self.said = pipe.read().decode().splitlines()
        _, status = os.waitpid(self.pid, 0)
        killed = os.WIFSIGNALED(status)
        if not killed and os.WEXITSTATUS(status) != 0:
            raise RuntimeError(f"a life ended with {os.WEXITSTATUS(status)} after {self.said[-3:]}")
        return killed


def undisturbed(day: Day, folder: Path) -> Counter[Key]:
    """Return the alerts of a day without kills."""
    said: list[str] = []
    day.live(folder / "undisturbed.sqlite3", day.starts, said.append)
    return Counter(key for line in said if line.startswith("A ") and (key := _key(line))[0] != GROUP)


def killed_day(
    day: Day, store_file: Path, draw: random.Random, expected: Counter[Key], longest: float, most: int
) -> Tally:
    """Live one day with up to ``most`` kills in it, each after ``longest`` seconds at the latest.

    It is compared with a day without kills.
    """
    tally = Tally(days=1)
    since, popped = day.starts, Counter[str]()
    while True:
        life = Life(day, store_file, since)
        last = tally.kills >= most
        killed = _live_out(life) if last else life.end(draw.uniform(0.0, longest))
        tally.lives += 1
        tally.kills += killed
        verdict = _integrity(store_file)
        if verdict != "ok":
            tally.damaged.append(verdict)
        popped.update(line[2:] for line in life.said if line.startswith("P "))
        tally.shown += sum(line.startswith("S ") for line in life.said)
        done = [line for line in life.said if line.startswith("T ")]
        since = datetime.fromisoformat(done[-1][2:]) + STEP if done else since
        if life.said and life.said[-1] == "E":
            break
    _compare(tally, store_file, since, popped, expected)
    return tally


def _live_out(life: Life) -> bool:
    """Let a life end by itself."""
    with os.fdopen(life._reader, "rb") as pipe:
        life.said = pipe.read().decode().splitlines()
    _, status = os.waitpid(life.pid, 0)
    if status != 0:
        raise RuntimeError(f"a life ended with {status} after {life.said[-3:]}")
    return False


def _compare(
    tally: Tally, store_file: Path, now: datetime, popped: Counter[str], expected: Counter[Key]
) -> None:
    """Count what was lost, recorded twice or put on screen twice."""
    with closing(SqliteStore(store_file, now)) as store:
        alerts = store.alerts.load(100_000)
    found = Counter((alert.rule_id, alert.subject) for alert in alerts if not alert.folded)
    stored = {(alert.rule_id, alert.subject) for alert in alerts}  # also one that others were shown with
    tally.alerts += len(alerts)
    tally.lost += [f"{rule} {subject}" for rule, subject in expected.keys() - stored]
    tally.escalations += [f"{rule} {subject}" for rule, subject in expected - found]
    tally.repeated += [f"{rule} {subject}" for rule, subject in (found - expected)]
    screens = Counter(key for what in popped.elements() if (key := _key(f"P {what}"))[0] != GROUP)
    tally.shown_twice += [what for what, times in popped.items() if times > 1]
    tally.shown_twice += [f"{rule} {subject}" for rule, subject in (screens - expected)]
    known = {alert.id for alert in alerts}
    tally.lost += [f"shown but not stored: {what}" for what in popped if what.split()[0] not in known]


def _key(line: str) -> Key:
    _, _, rule, subject, _ = line.split()
    return rule, subject


def _integrity(store_file: Path) -> str:
    if not store_file.exists():
        return "ok"
    with closing(sqlite3.connect(store_file)) as connection:
        return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])


def run(kills: int, seed: int, folder: Path) -> Tally:
    """Kill so many times; every day begins with an empty store."""
    day, draw = Day(folder), random.Random(seed)  # noqa: S311 - a repeatable run
    began = time.monotonic()
    expected = undisturbed(day, folder)
    longest = (time.monotonic() - began) / 2  # half a day, at the speed of this machine as it is now
    total = Tally()
    while total.kills < kills:
        store_file = folder / f"day-{total.days}.sqlite3"
        total.add(killed_day(day, store_file, draw, expected, longest, kills - total.kills))
    return total


def _workers(kills: int, workers: int) -> Iterator[Tally]:
    """Share the kills among processes of their own."""
    share = -(-kills // workers)
    command = [sys.executable, "-m", "tests.evaluation.kills", "--worker", str(share)]
    started = [
        subprocess.Popen([*command, str(seed)], stdout=subprocess.PIPE, text=True) for seed in range(workers)
    ]
    for process in started:
        output, _ = process.communicate()
        if process.returncode:
            raise RuntimeError(f"a worker ended with {process.returncode}")
        yield Tally(**json.loads(output))


def main() -> int:
    """Print the figures; the exit code says whether anything was lost, repeated or damaged."""
    if "--worker" in sys.argv:
        kills, seed = (int(word) for word in sys.argv[-2:])
        with tempfile.TemporaryDirectory() as folder:
            sys.stdout.write(json.dumps(vars(run(kills, seed, Path(folder)))))
        return 0
    parser = ask("kills", __doc__)
    parser.add_argument("kills", nargs="?", type=int, metavar="N", default=1000)
    parser.add_argument("workers", nargs="?", type=int, metavar="WORKERS", default=2)
    given = parser.parse_args()
    total = Tally()
    for tally in _workers(given.kills, given.workers):
        total.add(tally)
    sums = _sums(total)
    sys.stdout.writelines(f"{line}\n" for line in sums)
    for what in (total.damaged, total.lost, total.escalations, total.repeated, total.shown_twice):
        sys.stdout.writelines(f"{one}\n" for one in what[:5])
    if given.write:
        put("kills", sums)
    return min(total.bad, 1)


def _sums(total: Tally) -> list[str]:
    figures = (
        ("kills", total.kills),
        ("lives, of days", f"{total.lives:,} of {total.days:,}"),
        ("alerts recorded", f"{total.alerts:,}"),
        ("put on screen", f"{total.shown:,}"),
        ("integrity check failed", len(total.damaged)),
        ("alerts lost", len(total.lost)),
        ("recorded twice", len(total.repeated)),
        ("shown twice", len(total.shown_twice)),
        ("recorded, but not said again when it grew", len(total.escalations)),
    )
    return table(("What", "Count"), figures)


if __name__ == "__main__":
    sys.exit(main())
