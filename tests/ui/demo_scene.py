"""The documented day of the demo as the real core tells it, recorded once to be told to windows."""

import time
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from stackwatch.app import DEFAULT_EPISODE, Options, World, find_replay, load_world
from stackwatch.domain.events import BarsLoaded, ClockTicked, Event, QuotesChanged
from stackwatch.domain.quote import ChartRange, QuoteState
from stackwatch.domain.watchlist import Language
from stackwatch.engine_run import EngineRun
from stackwatch.storage.locations import user_folders
from stackwatch.ui.bridge import Mailbox

_SPEED, _SECONDS = 8_000.0, 30.0  # faster, hours go by between two looks at the rules
SPAN = ChartRange.MONTH_6


@dataclass(frozen=True, slots=True)
class DemoDay:
    """The shipped lists, and what a window hears that looks at NVDA's day when it is over."""

    world: World
    events: tuple[Event, ...]


def live_through_the_demo(folder: Path, language: Language) -> DemoDay:
    """Run the demo without a window, as fast as it goes."""
    options = Options(folders=user_folders(folder), language=language)
    world = load_world(options.folders)
    engine_run = EngineRun(options, world, find_replay(DEFAULT_EPISODE), _SPEED)
    heard: SimpleQueue[Event] = SimpleQueue()
    engine_run.start(heard.put)
    engine_run.runtime.select("NVDA")
    engine_run.runtime.request_bars("NVDA", SPAN)
    engine_run.runtime.watch_rules(shown=True)
    told: list[Event] = []
    end = time.monotonic() + _SECONDS
    while not (_is_closed(told) and any(isinstance(event, BarsLoaded) for event in told)):
        try:
            told.append(heard.get(timeout=max(end - time.monotonic(), 0.0)))
        except Empty:
            raise AssertionError("the demo did not end") from None
    assert engine_run.stop()
    mailbox = Mailbox()
    for event in told:
        mailbox.put(event)
    return DemoDay(world, mailbox.contents())


def _is_closed(told: list[Event]) -> bool:
    """Whether the replay ended and its last prices were told."""
    over = any(isinstance(event, ClockTicked) and event.finished for event in told[-3:])
    quotes = (quote for event in told if isinstance(event, QuotesChanged) for quote in event.quotes)
    last = {quote.symbol: quote.state for quote in quotes}
    return over and last.get("NVDA") is QuoteState.CLOSED
