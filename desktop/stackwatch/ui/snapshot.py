"""What the panels know: the newest value of everything the core has told them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.alert import Alert
from stackwatch.domain.armed import PriceLevel
from stackwatch.domain.barometer import Barometer
from stackwatch.domain.currency import FxRate
from stackwatch.domain.events import (
    AlertRaised,
    AlertsLoaded,
    AlertUpdated,
    ArmedChanged,
    BarometerLoaded,
    ClockTicked,
    Event,
    ExplanationChanged,
    HealthChanged,
    HistoryChanged,
    QuotesChanged,
    RatesChanged,
    RollupsChanged,
    StoriesChanged,
    SubstanceLoaded,
)
from stackwatch.domain.fault_events import SymbolsRefused
from stackwatch.domain.health import HealthState
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.market import MarketClock, program_day
from stackwatch.domain.move import Explanation, Move, Rollup
from stackwatch.domain.news import Story
from stackwatch.domain.quote import ChartRange, HistorySummary, Quote, Refusal, VolumeSoFar
from stackwatch.domain.watchlist import BilingualName, Ecosystem, Exposure, Layer, links_held

MARKET = ("^GSPC", "SPY")  # whichever the watchlist holds stands for the broad market


class Snapshot:
    """The newest values by symbol, entity or id. Lives on the GUI thread."""

    def __init__(self, ecosystem: Ecosystem, layers: Sequence[Layer] = ()) -> None:
        self.ecosystem = ecosystem
        self._layers = tuple(layers)
        self.quotes: dict[str, Quote] = {}
        self.rates: dict[str, FxRate] = {}
        self.refusals: tuple[Refusal, ...] = ()
        self.moves: dict[str, Move] = {}
        self.volumes: dict[str, VolumeSoFar] = {}
        self.rollups: dict[str, Rollup] = {}
        self.history: dict[str, HistorySummary] = {}
        self.stories: dict[str, Story] = {}
        self._about: dict[str, dict[str, Story]] = {}  # by entity
        self.explanations: dict[str, Explanation] = {}
        self.alerts: dict[str, Alert] = {}
        self.levels: tuple[PriceLevel, ...] = ()
        self.barometers: dict[tuple[str, ChartRange], Barometer] = {}
        self.substance: dict[str, SubstanceLoaded] = {}
        self.markets: tuple[MarketClock, ...] = ()
        self.replay = False
        self.alerts_wait = False  # for the store, which takes none now: they are told once it does
        self._now: datetime | None = None

    @property
    def now(self) -> datetime:
        """The program's time, aware UTC."""
        return self._now or datetime.now(UTC)

    def apply(self, event: Event) -> None:  # noqa: C901, PLR0912 - one flat case per kind of event
        """Take in one event of the core."""
        match event:
            case QuotesChanged(quotes=quotes, moves=moves, volumes=volumes):
                self.quotes |= {quote.symbol: quote for quote in quotes}
                self.moves |= {move.symbol: move for move in moves}
                self.volumes |= {volume.symbol: volume for volume in volumes}
            case WatchlistChanged(watchlist=watchlist):
                self._layers = watchlist.layers
            case RatesChanged(rates=rates):
                self.rates = {rate.currency: rate for rate in rates}
            case SymbolsRefused(refusals=refusals):
                self.refusals = refusals
            case RollupsChanged(rollups=rollups):
                self.rollups.update((rollup.id, rollup) for rollup in rollups)
            case HistoryChanged(summaries=summaries):
                self.history.update((summary.symbol, summary) for summary in summaries)
            case StoriesChanged(stories=stories, dropped=dropped):
                self._drop(dropped)
                self._put(stories)
                if dropped:
                    kept = self.explanations.items()
                    self.explanations = {key: told for key, told in kept if not _rests_on(told, dropped)}
            case ArmedChanged(levels=levels):
                self.levels = levels
            case ExplanationChanged(symbol=symbol, explanation=explanation):
                self.explanations[symbol] = explanation
            case AlertsLoaded(alerts=alerts):
                self.alerts = {alert.id: alert for alert in alerts}
            case AlertRaised(alert=alert) | AlertUpdated(alert=alert):
                self.alerts[alert.id] = alert
            case BarometerLoaded(barometer=loaded):
                self.barometers[loaded.entity_id, loaded.span] = loaded
            case SubstanceLoaded(symbol=symbol):
                self.substance[symbol] = event
            case HealthChanged(health=health) if health.source == "store":
                self.alerts_wait = health.state is HealthState.FAILED
            case ClockTicked(now=now, markets=markets, replay=replay):
                self._now, self.markets, self.replay = now, markets, replay

    def _put(self, stories: Sequence[Story]) -> None:
        self._drop(story.id for story in stories)
        for story in stories:
            self.stories[story.id] = story
            for entity in story.entities:
                self._about.setdefault(entity, {})[story.id] = story

    def _drop(self, story_ids: Iterable[str]) -> None:
        for story_id in story_ids:
            if (story := self.stories.pop(story_id, None)) is not None:
                for entity in story.entities:
                    del self._about[entity][story_id]

    def links_of(self, entity_id: str) -> tuple[Exposure, ...]:
        """Return the exposures that begin or end at an entity, oldest first."""
        links = (e for e in self.ecosystem.exposures if entity_id in (e.source, e.target))
        return tuple(sorted(links, key=lambda e: (e.since, e.source, e.target)))

    def knows(self, entity_id: str) -> bool:
        """Whether an id is that of an instrument or private entity."""
        return entity_id in self.ecosystem.instruments or entity_id in self.ecosystem.private

    def concerned_by(self, entity_id: str) -> frozenset[str]:
        """Return the ids whose figures are shown with an entity: itself, its links, its market."""
        links = self.links_of(entity_id)
        instrument = self.ecosystem.instruments.get(entity_id)
        market = {instrument.benchmark} if instrument else set()
        return frozenset(
            {entity_id, *MARKET, *market, *(e.source for e in links), *(e.target for e in links)}
        )

    def linked_symbols(self, entity_id: str) -> tuple[str, ...]:
        """Return the listed names in the basket of an entity today, those tied longest first."""
        graph = ExposureGraph([link for link in self.links_of(entity_id) if link.source == entity_id])
        tied = (link.target for link in graph.linked(entity_id, program_day(self.now)))
        return tuple(target for target in tied if target in self.ecosystem.instruments)

    def layer_names(self, layer_id: str) -> BilingualName | None:
        """Return the names of a layer of the list, None for one that it does not have."""
        return next((layer.names for layer in self._layers if layer.id == layer_id), None)

    def groups_of(self, entity_id: str) -> tuple[str, ...]:
        """Return the ids of an entity's layers, and of the private entities it is tied to today."""
        layers = [layer.id for layer in self._layers if entity_id in layer.symbols]
        held = links_held(self.links_of(entity_id), program_day(self.now))
        ends = [end for link in held for end in (link.source, link.target)]
        return tuple(dict.fromkeys((*layers, *(o for o in ends if o in self.ecosystem.private))))

    def stories_of(self, entity_id: str) -> tuple[Story, ...]:
        """Return the stories that name an entity or are tied to its move, newest first."""
        explanation = self.explanations.get(entity_id)
        found = dict(self._about.get(entity_id, {}))
        if explanation is not None:
            found.update((m.story.id, m.story) for m in explanation.matches if m.story.id not in self.stories)
            tied = (m.story.id for m in explanation.matches)
            found.update((story_id, self.stories[story_id]) for story_id in tied if story_id in self.stories)
        return tuple(sorted(found.values(), key=lambda s: s.lead.published, reverse=True))

    def alerts_of(self, entity_id: str) -> tuple[Alert, ...]:
        """Return the alerts about an entity or with it as a member, newest first."""
        found = (alert for alert in self.alerts.values() if alert.concerns(entity_id))
        return tuple(sorted(found, key=lambda a: a.fired_at, reverse=True))


def _rests_on(explanation: Explanation, gone: frozenset[str]) -> bool:
    """Whether a reason names a story that left; another is told when its share is looked at."""
    return any(match.story.id in gone for match in explanation.matches)


def is_about(
    event: QuotesChanged | RollupsChanged | HistoryChanged | RatesChanged | SymbolsRefused,
    concerned: frozenset[str],
) -> bool:
    """Whether new figures are about some ids; rates and refusals may be about any."""
    match event:
        case QuotesChanged(quotes=quotes, moves=moves, volumes=volumes):
            told = (quotes, moves, volumes)
            return any(value.symbol in concerned for values in told for value in values)
        case RollupsChanged(rollups=rollups):
            return any(rollup.id in concerned for rollup in rollups)
        case HistoryChanged(summaries=summaries):
            return any(summary.symbol in concerned for summary in summaries)
        case RatesChanged() | SymbolsRefused():
            return True
