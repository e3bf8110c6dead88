"""The one crossing from the core thread into Qt."""

import time
from itertools import islice
from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    AwayDigest,
    BarGrown,
    BarometerLoaded,
    BarsLoaded,
    BudgetChanged,
    ClockTicked,
    ComparisonLoaded,
    Event,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    PricesHeard,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    RulesStored,
    StoriesChanged,
    SubstanceLoaded,
)
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven, SymbolsRefused, UnknownSymbols
from stackwatch.domain.list_events import BoardsFound, ListRefused, WatchlistChanged
from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.news import Story
from stackwatch.domain.quote import HistorySummary, Quote, VolumeSoFar

DRAIN_MS = 33
GATHER_MS = 5  # what the core tells in one go comes in one go
MOST_STORIES = 500  # at once; a start may tell tens of thousands
_FIRST = (
    WatchlistChanged,
    ClockTicked,
    PricesHeard,
    RatesChanged,
    UnknownSymbols,
    SymbolsRefused,
    HealthChanged,
    BudgetChanged,
)


class Mailbox:
    """Waiting events: the newest of everything that has a newest, and every alert in order.

    Not safe for use by several threads; the bridge holds the lock.
    """

    def __init__(self) -> None:
        self._quotes: dict[str, Quote] = {}
        self._moves: dict[str, Move] = {}
        self._volumes: dict[str, VolumeSoFar] = {}
        self._rollups: dict[str, Rollup] = {}
        self._history: dict[str, HistorySummary] = {}
        self._stories: dict[str, Story] = {}
        self._counts: dict[str, int] = {}
        self._dropped: set[str] = set()
        self._newest: dict[object, Event] = {}
        self._each: list[Event] = []

    def put(self, event: Event) -> None:
        """Add an event, replacing older ones that it makes useless."""
        match event:
            case QuotesChanged():
                self._quotes |= {quote.symbol: quote for quote in event.quotes}
                self._moves |= {move.symbol: move for move in event.moves}
                self._volumes |= {volume.symbol: volume for volume in event.volumes}
            case RollupsChanged():
                self._rollups.update((rollup.id, rollup) for rollup in event.rollups)
            case HistoryChanged():
                self._history.update((summary.symbol, summary) for summary in event.summaries)
            case StoriesChanged():
                self._dropped.difference_update(story.id for story in event.stories)
                self._dropped |= event.dropped
                self._stories.update((story.id, story) for story in event.stories)
                for story_id in event.dropped:
                    self._stories.pop(story_id, None)
                self._counts.update(event.counts)
            case AlertRaised() | AlertUpdated() | AlertsLoaded() | AwayDigest() | RulesStored():
                self._each.append(event)
            case BoardsFound() | ListRefused() | NoticeGiven() | NoticeEnded():  # of several files, perhaps
                self._each.append(event)
            case BarsLoaded():  # what had grown is in them
                self._newest.pop((BarGrown, event.symbol, event.chart_range), None)
                self._newest[_key(event)] = event
            case _:
                self._newest[_key(event)] = event

    def contents(self) -> tuple[Event, ...]:
        """Return everything: time and health first, then values, reasons, and alerts last.

        Of many stories those told last come first, the others are left to ``rest``.
        """
        events: list[Event] = [event for event in self._newest.values() if isinstance(event, _FIRST)]
        if self._history:
            events.append(HistoryChanged(tuple(self._history.values())))
        if self._quotes or self._moves or self._volumes:
            quotes, moves = tuple(self._quotes.values()), tuple(self._moves.values())
            events.append(QuotesChanged(quotes, moves, tuple(self._volumes.values())))
        if self._rollups:
            events.append(RollupsChanged(tuple(self._rollups.values())))
        if self._stories or self._counts or self._dropped:
            stories = tuple(islice(reversed(self._stories.values()), MOST_STORIES))[::-1]
            counts, dropped = tuple(self._counts.items()), frozenset(self._dropped)
            events.append(StoriesChanged(stories, counts, dropped))
        events.extend(event for event in self._newest.values() if not isinstance(event, _FIRST))
        events.extend(self._each)
        return tuple(events)

    def rest(self) -> "Mailbox":
        """Return a mailbox with what ``contents`` leaves out."""
        left = Mailbox()
        left._stories = dict(islice(self._stories.items(), max(len(self._stories) - MOST_STORIES, 0)))
        return left

    @property
    def has_stories(self) -> bool:
        """Whether stories wait."""
        return bool(self._stories)


def _key(event: Event) -> object:
    """Return what an event is the newest of: its kind, and whom or what it is about."""
    match event:
        case BarsLoaded() | BarGrown():
            return (type(event), event.symbol, event.chart_range)
        case BarometerLoaded(barometer=loaded):
            return (type(event), loaded.entity_id, loaded.span)
        case ComparisonLoaded(comparison=made):  # an answer to an older wish may come behind a newer one's
            return (type(event), made.symbol, made.span, made.against)
        case SubstanceLoaded() | ExplanationChanged():
            return (type(event), event.symbol)
        case HealthChanged():
            return (type(event), event.health.source)
        case _:
            return type(event)


class Bridge(QObject):
    """Carries events from any thread to the GUI thread, at once after a rest, at most thirty times a second.

    ``events`` is emitted on the GUI thread with a tuple of Event. Without events no timer runs.
    """

    events = Signal(tuple)
    _woken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._mailbox = Mailbox()
        self._waiting = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.drain)
        self._woken.connect(self._wake, Qt.ConnectionType.QueuedConnection)
        self._drained = 0.0  # when, in seconds of the monotonic clock

    def post(self, event: Event) -> None:
        """Leave an event for the GUI thread; returns at once and never raises after close."""
        with self._lock:
            if self._closed:
                return
            self._mailbox.put(event)
            if not self._waiting:
                self._waiting = True
                self._woken.emit()  # under the lock, so that close cannot come between

    def drain(self) -> None:
        """Emit what waits now; the GUI thread's timer calls it."""
        with self._lock:
            batch, self._mailbox = self._mailbox.contents(), self._mailbox.rest()
            self._waiting = more = self._mailbox.has_stories
        if batch:
            self.events.emit(batch)
        self._drained = time.monotonic()  # after the work: a window that is behind still has its rest
        if more and not self._closed:
            self._wake()

    def _wake(self) -> None:
        rest = DRAIN_MS - round((time.monotonic() - self._drained) * 1000)
        self._timer.start(max(rest, GATHER_MS))

    def close(self) -> None:
        """Accept nothing more: the window is going away."""
        with self._lock:
            self._closed = True
            self._mailbox = Mailbox()
        self._timer.stop()
