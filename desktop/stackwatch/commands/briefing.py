"""``stackwatch export briefing``: a day as Markdown, HTML or PDF."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from stackwatch.app import (
    DEFAULT_EPISODE,
    Options,
    World,
    find_replay,
    load_world,
    open_store,
    replay_parts,
)
from stackwatch.commands.days import day_given
from stackwatch.commands.live import at_work
from stackwatch.commands.output import say
from stackwatch.commands.past_engine import (
    at_once,
    documented_days,
    documented_id,
    last_to_close,
    play_through,
    stored_day,
    unheard,
)
from stackwatch.domain.briefing import Briefing
from stackwatch.domain.errors import BadInputError, NothingFetchedError
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.briefing_words import BriefingPage, BriefingWriter
from stackwatch.engine.engine import Engine
from stackwatch.engine.services.briefings import brief
from stackwatch.providers.replay.clock import SteppedClock
from stackwatch.storage.briefing_file import write_briefing
from stackwatch.system.clock import SystemClock

_PDF = ".pdf"
_KNOWN = (".html", ".htm", ".md", _PDF)


def export_briefing(options: Options, file: Path, *, on: str | None, demo: str | None) -> int:
    """Write the briefing of today, of a past day or of a documented day played to its end."""
    if on is not None and demo is not None:
        raise BadInputError("--on and --demo: expected one of them")
    if file.suffix.lower() not in _KNOWN:
        raise BadInputError(f"{file}: expected a name that ends in .html, .md or .pdf")
    world = load_world(options.folders, options.watchlist)
    briefing = _of_demo(options, world, demo) if demo is not None else _of(options, world, on)
    if briefing is None:
        if on is None:
            raise NothingFetchedError(
                f"no price of any name of the list is known for today; {documented_days()}"
            )
        raise BadInputError(f"no price of any name of the list is known for {on}; {documented_days()}")
    writer = BriefingWriter(world.ecosystem, world.watchlist, options.language or Language.ENGLISH)
    _write(file, writer.page(briefing))
    say(f"The briefing of {briefing.day.isoformat()} was written to {file}", options.language)
    return 0


def _of(options: Options, world: World, on: str | None) -> Briefing | None:
    if on is None:
        with _today(options, world) as engine:
            return brief(engine)
    day = day_given("--on", on)
    if (measure := last_to_close(options, world, day)) is not None:
        with stored_day(options, world, measure, day, whole=True) as stored:
            if stored is not None and (made := brief(stored, archived=True)) is not None:
                return made
    documented = documented_id(day)
    return None if documented is None else _of_demo(options, world, documented)


def _of_demo(options: Options, world: World, name: str) -> Briefing | None:
    """Play a documented day to its end, rules included, in a folder of its own."""
    episode = find_replay(name or DEFAULT_EPISODE)
    clock = SteppedClock(episode.starts)
    with tempfile.TemporaryDirectory(prefix="stackwatch-") as folder:
        apart = replace(options, folders=replace(options.folders, data=Path(folder)))
        with closing(open_store(apart.folders, clock, replay=True)) as store:
            engine = Engine(replay_parts(world, apart, episode, store, clock), unheard)
            runtime = at_once(engine)
            play_through(runtime, engine, clock, episode.ends)
            return brief(engine)


@contextmanager
def _today(options: Options, world: World) -> Iterator[Engine]:
    """Give an engine that has asked its sources once; no rule is evaluated, since nobody would hear of it."""
    with at_work(options, replace(world, rules=()), SystemClock()) as parts:
        engine = Engine(parts, unheard)
        runtime = at_once(engine)
        runtime.refresh_once(engine)
        yield engine


def _write(file: Path, page: BriefingPage) -> None:
    if file.suffix.lower() != _PDF:
        write_briefing(file, page)
        return
    try:
        from stackwatch.ui.briefing_pdf import print_alone  # only a PDF needs Qt
    except ImportError as fault:
        raise BadInputError(f"Qt cannot be loaded for a PDF ({fault}); .html and .md need none") from fault
    print_alone(file, page)
