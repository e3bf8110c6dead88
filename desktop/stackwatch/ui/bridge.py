"""The one crossing from the core thread into Qt."""

from threading import Lock

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    ArmedChanged,
    ArmedRowsChanged,
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
    HistorySummary,
    NoisePreviewed,
    PricesHeard,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    RulesChanged,
    RulesStored,
    StoriesChanged,
    SubstanceLoaded,
    UnknownSymbols,
)
from stackwatch.domain.move import Move, Rollup
from stackwatch.domain.news import Story
from stackwatch.domain.quote import ChartRange, Quote

DRAIN_MS = 33


class Mailbox:
    """Waiting events: the newest of everything that has a newest, and every alert in order.

    Not safe for use by several threads; the bridge holds the lock.
    """

    def __init__(self) -> None:
        self._clock: ClockTicked | None = None
        self._heard: PricesHeard | None = None
        self._rates: RatesChanged | None = None
        self._unknown: UnknownSymbols | None = None
        self._armed: ArmedChanged | None = None
        self._rules: RulesChanged | None = None
        self._rows: ArmedRowsChanged | None = None
        self._preview: NoisePreviewed | None = None
        self._rules_stored: list[RulesStored] = []
        self._health: dict[str, HealthChanged] = {}
        self._quotes: dict[str, Quote] = {}
        self._moves: dict[str, Move] = {}
        self._rollups: dict[str, Rollup] = {}
        self._history: dict[str, HistorySummary] = {}
        self._stories: dict[str, Story] = {}
        self._counts: dict[str, int] = {}
        self._dropped: set[str] = set()
        self._budget: BudgetChanged | None = None
        self._bars: dict[tuple[str, ChartRange], BarsLoaded] = {}
        self._grown: dict[tuple[str, ChartRange], BarGrown] = {}
        self._comparison: ComparisonLoaded | None = None
        self._barometers: dict[tuple[str, ChartRange], BarometerLoaded] = {}
        self._substance: dict[str, SubstanceLoaded] = {}
        self._explanations: dict[str, ExplanationChanged] = {}
        self._alerts: list[AlertRaised | AlertUpdated | AlertsLoaded | AwayDigest] = []

    def put(self, event: Event) -> None:  # noqa: C901, PLR0912 - one flat case per kind of event
        """Add an event, replacing older ones that it makes useless."""
        match event:
            case QuotesChanged():
                self._quotes.update((quote.symbol, quote) for quote in event.quotes)
                self._moves.update((move.symbol, move) for move in event.moves)
            case AlertRaised() | AlertUpdated() | AlertsLoaded() | AwayDigest():
                self._alerts.append(event)
            case RollupsChanged():
                self._rollups.update((rollup.id, rollup) for rollup in event.rollups)
            case ClockTicked():
                self._clock = event
            case PricesHeard():
                self._heard = event
            case RatesChanged():
                self._rates = event
            case UnknownSymbols():
                self._unknown = event
            case StoriesChanged():
                self._dropped.difference_update(story.id for story in event.stories)
                self._dropped |= event.dropped
                self._stories.update((story.id, story) for story in event.stories)
                self._counts.update(event.counts)
            case HistoryChanged():
                self._history.update((summary.symbol, summary) for summary in event.summaries)
            case BarsLoaded():
                self._bars[event.symbol, event.chart_range] = event
                self._grown.pop((event.symbol, event.chart_range), None)
            case BarGrown():
                self._grown[event.symbol, event.chart_range] = event
            case ComparisonLoaded():
                self._comparison = event
            case BarometerLoaded(barometer=loaded):
                self._barometers[loaded.entity_id, loaded.span] = event
            case SubstanceLoaded():
                self._substance[event.symbol] = event
            case ExplanationChanged():
                self._explanations[event.symbol] = event
            case ArmedChanged():
                self._armed = event
            case RulesChanged():
                self._rules = event
            case RulesStored():
                self._rules_stored.append(event)
            case ArmedRowsChanged():
                self._rows = event
            case NoisePreviewed():
                self._preview = event
            case BudgetChanged():
                self._budget = event
            case HealthChanged():
                self._health[event.health.source] = event

    def contents(self) -> tuple[Event, ...]:
        """Return everything: time and health first, then values, reasons, and alerts last."""
        events: list[Event] = []
        newest = (self._clock, self._heard, self._rates, self._unknown)
        events.extend(event for event in newest if event is not None)
        events.extend(self._health.values())
        if self._budget is not None:
            events.append(self._budget)
        if self._history:
            events.append(HistoryChanged(tuple(self._history.values())))
        if self._quotes or self._moves:
            events.append(QuotesChanged(tuple(self._quotes.values()), tuple(self._moves.values())))
        if self._rollups:
            events.append(RollupsChanged(tuple(self._rollups.values())))
        if self._stories or self._counts or self._dropped:
            stories = tuple(s for s in self._stories.values() if s.id not in self._dropped)
            counts, dropped = tuple(self._counts.items()), frozenset(self._dropped)
            events.append(StoriesChanged(stories, counts, dropped))
        events.extend(
            event for event in (self._armed, self._rules, self._rows, self._preview) if event is not None
        )
        events.extend(self._rules_stored)
        events.extend(self._bars.values())
        events.extend(self._grown.values())
        if self._comparison is not None:
            events.append(self._comparison)
        events.extend(self._barometers.values())
        events.extend(self._substance.values())
        events.extend(self._explanations.values())
        events.extend(self._alerts)
        return tuple(events)


class Bridge(QObject):
    """Carries events from any thread to the GUI thread, at most thirty times a second.

    ``events`` is emitted on the GUI thread with a tuple of Event. Without events no timer runs.
    """

    events = Signal(tuple)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._mailbox = Mailbox()
        self._waiting = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(DRAIN_MS)
        self._timer.timeout.connect(self.drain)
        self._woken.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

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
            batch, self._mailbox = self._mailbox.contents(), Mailbox()
            self._waiting = False
        if batch:
            self.events.emit(batch)

    def close(self) -> None:
        """Accept nothing more: the window is going away."""
        with self._lock:
            self._closed = True
            self._mailbox = Mailbox()
        self._timer.stop()
