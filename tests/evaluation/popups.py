"""Print the popups of the documented days: when, with which words.

    python -m tests.evaluation.popups [DAY...] [--write]

With ``--write`` the golden files that the tests compare with are written anew: read what changed in them.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from stackwatch.app import Options, find_replay, load_world, open_store, replay_parts
from stackwatch.domain.alert import Alert
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.engine.core import InlineCore, InlinePool
from stackwatch.engine.engine import Engine
from stackwatch.engine.runtime import Runtime
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.episode_file import list_episodes
from stackwatch.storage.locations import shipped, user_folders

GOLDEN = Path(__file__).parents[1] / "golden" / "popups"
ZONE = ZoneInfo("America/New_York")
STEP = timedelta(minutes=5)


def days() -> Sequence[str]:
    """Return the names of the documented days."""
    return list_episodes(shipped("watchlists") / "episodes")


def popups_of(name: str, folder: Path, step: timedelta = STEP) -> list[Alert]:
    """Replay a documented day with the rules that ship; returns its popups in their order."""
    folders = user_folders(folder)
    world = load_world(folders)
    episode = find_replay(name)
    clock = SteppedClock(episode.starts)
    store = open_store(folders, clock, replay=True)
    raised: list[AlertRaised] = []

    def hear(event: Event) -> None:
        if isinstance(event, AlertRaised) and event.popup:
            raised.append(event)

    engine = Engine(replay_parts(world, Options(folders=folders), episode, store, clock), hear)
    runtime = Runtime(core := InlineCore(), InlinePool(core))
    runtime.attach(engine)
    runtime.bars.fetch_all(engine)
    while clock.now() < episode.ends:
        runtime.quotes.fetch(engine)
        runtime.news.fetch(engine)
        engine.tick()
        clock.advance(step)
    engine.alerts.tell_all()
    store.close()
    return [event.alert for event in raised]


def as_text(popups: Sequence[Alert]) -> str:
    """Write popups one a line: time in New York, severity, rule, group, words."""
    lines = [
        f"{alert.fired_at.astimezone(ZONE):%a %H:%M}  {alert.severity.word:<6}  {alert.rule_id}  "
        f"{alert.group}\n    {alert.message}\n"
        for alert in popups
    ]
    return "".join(lines)


def contradictions(popups: Sequence[Alert]) -> list[str]:
    """Name what no day may have: two popups of one cause and severity, a name told up and down at once."""
    found = []
    groups = [(alert.group, alert.session_key, alert.severity) for alert in popups]
    found += [f"{group} twice" for group in sorted({g[0] for g in groups if groups.count(g) > 1})]
    for alert in popups:
        way = alert.popup_group.way
        moved = alert.move_pct
        if moved is not None and (way, moved > 0) in (("up", False), ("down", True)):
            found.append(f"{alert.group} moved {moved:+.2f}")
        if alert.match is not None and alert.match.opposes:
            found.append(f"{alert.group} has a reason that points the other way")
    return found


def main() -> None:
    """Print the days, or write their golden files."""
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation.popups", description=__doc__)
    parser.add_argument("days", nargs="*", metavar="DAY", help=f"of {', '.join(days())}; default: all")
    parser.add_argument("--write", action="store_true", help="write the golden files")
    given = parser.parse_args()
    for name in given.days or days():
        with tempfile.TemporaryDirectory() as folder:
            popups = popups_of(name, Path(folder))
        sys.stdout.write(f"{name}: {len(popups)} popups\n{as_text(popups)}")
        for fault in contradictions(popups):
            sys.stdout.write(f"  CONTRADICTION: {fault}\n")
        if given.write:
            GOLDEN.mkdir(parents=True, exist_ok=True)
            (GOLDEN / f"{name}.txt").write_text(as_text(popups), encoding="utf-8")


if __name__ == "__main__":
    main()
