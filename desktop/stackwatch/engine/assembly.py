"""The parts of an engine, made of what it is given, in the order in which they need each other."""

from collections.abc import Callable

from stackwatch.analysis.why.attribution import Attribution
from stackwatch.analysis.why.exposure_graph import ExposureGraph
from stackwatch.domain.events import Event
from stackwatch.engine.alerts.alert_actions import AlertActions
from stackwatch.engine.alerts.alert_builder import AlertBuilder
from stackwatch.engine.alerts.alert_service import AlertService
from stackwatch.engine.alerts.armed_rules import ArmedRules
from stackwatch.engine.alerts.day_sessions import DaySessions
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.digest_collector import DigestCollector
from stackwatch.engine.alerts.rule_inputs import RuleInputs
from stackwatch.engine.alerts.while_away import WhileAway
from stackwatch.engine.bars.charts import Charts
from stackwatch.engine.bars.daily_bars import DailyBars
from stackwatch.engine.bars.histories import Histories
from stackwatch.engine.data_settings import DataSettings
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.news.explanation_log import ExplanationLog
from stackwatch.engine.news.explanation_service import ExplanationService
from stackwatch.engine.news.newsroom import Newsroom
from stackwatch.engine.news.onsets import Onsets
from stackwatch.engine.parts import EngineParts
from stackwatch.engine.prices.feed_watch import FeedWatch
from stackwatch.engine.prices.fx_rates import FxRates
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.other_boards import OtherBoards
from stackwatch.engine.prices.rollups import Rollups
from stackwatch.engine.source_health import SourceHealth
from stackwatch.engine.store_writer import StoreWriter

Publish = Callable[[Event], None]


class Assembly:
    """Everything that an engine works with. Owned by the core thread."""

    def __init__(self, parts: EngineParts, publish: Publish) -> None:
        self.parts = parts
        self.tell = publish
        self.health = SourceHealth(parts.clock, publish)
        self.writer = StoreWriter(parts.store, self.health)
        self._take_prices()
        self._take_news()
        self._watch_rules()

    def _take_prices(self) -> None:
        """Make what knows prices and their history."""
        parts = self.parts
        self.graph = ExposureGraph(parts.ecosystem.exposures)
        self.hours = MarketHours(parts.ecosystem, parts.calendars)
        self.market = MarketData(parts.ecosystem, parts.clock, None if parts.replay else self.hours)
        rates = FxRates(parts.ecosystem, parts.watchlist.symbols, parts.settings.home_currency)
        boards = OtherBoards(self.market.book, parts.ecosystem, parts.clock, self.tell)
        self.feed = FeedWatch(self.market.book, rates, boards, parts.clock, self.tell, self.health)
        self.daily = DailyBars(parts.ecosystem, parts.store.bars, parts.calendars, parts.clock)
        self.histories = Histories(self.daily, parts.store.bars, self.market, self.writer, parts.clock)
        self.rollups = Rollups(parts.watchlist, parts.ecosystem, self.graph, self.market)
        self.charts = Charts(
            store=parts.store.bars,
            market=self.market,
            daily=self.daily,
            clock=parts.clock,
            publish=self.tell,
            replay=parts.bars if parts.replay else None,
        )

    def _take_news(self) -> None:
        """Make what knows headlines, and says why something moved."""
        parts = self.parts
        self.data_settings = DataSettings(parts.settings, parts.news, parts.make_news, parts.meter)
        self.newsroom = Newsroom(parts.reader, parts.store.news, parts.clock, parts.settings.blocked_sources)
        self.onsets = Onsets(parts.store.knowledge, self.writer, parts.clock)
        self._log = ExplanationLog(parts.store.knowledge, self.writer, parts.clock, self.newsroom.is_blocked)
        self.explainer = Explainer(
            ecosystem=parts.ecosystem,
            market=self.market,
            newsroom=self.newsroom,
            attribution=Attribution(self.graph, parts.tiers),
            calendars=parts.calendars,
            clock=parts.clock,
            onsets=self.onsets,
            history=self.histories.long_closes,
            judged=self._log.judged,
        )

    def _watch_rules(self) -> None:
        """Make the rules with what they see, and what becomes of their firings."""
        parts = self.parts
        self.rule_inputs = RuleInputs(
            rules=parts.rules,
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            market=self.market,
            rollups=self.rollups,
            explainer=self.explainer,
            newsroom=self.newsroom,
            calendars=parts.calendars,
            store=parts.store,
            clock=parts.clock,
        )
        self.alerting = self.rule_inputs.alerting
        self.explanation_service = ExplanationService(
            explainer=self.explainer,
            log=self._log,
            market=self.market,
            deviation_over=self.rule_inputs.days.deviation_over,
            base_rates=not parts.replay,  # a replay's history is made up
            publish=self.tell,
        )
        self.delivery = self._make_delivery()
        away = WhileAway(
            market=self.market,
            inputs=self.rule_inputs,
            explainer=self.explainer,
            delivery=self.delivery,
            shown=lambda: self.parts.watchlist,
        )
        self.digests = DigestCollector(self.delivery, away)
        self.armed_rules = ArmedRules(self.alerting, self.delivery, parts.clock, self.tell)
        self.alerts = AlertService(
            inputs=self.rule_inputs,
            delivery=self.delivery,
            digests=self.digests,
            armed_rules=self.armed_rules,
            explanation_service=self.explanation_service,
            publish=self.tell,
        )
        self.alert_actions = AlertActions(self.delivery, parts.clock, self.tell)

    def _make_delivery(self) -> Delivery:
        """Make what turns firings into alerts."""
        parts = self.parts
        builder = AlertBuilder(
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            market=self.market,
            rollups=self.rollups,
            explainer=self.explainer,
            sessions=DaySessions(parts.ecosystem, self.rollups, self.hours),
            clock=parts.clock,
            new_id=parts.new_id,
            replay=parts.replay,
        )
        return Delivery(
            builder=builder,
            ecosystem=parts.ecosystem,
            watchlist=parts.watchlist,
            # A replay begins anew: what an earlier one said must not mute it. What another program records
            # is not changed behind its back.
            known=parts.store.alerts.load() if parts.recording and not parts.replay else (),
            writer=self.writer,
            clock=parts.clock,
            replay=parts.replay,
            settings=parts.settings,
            presenting=parts.presenting,
        )
