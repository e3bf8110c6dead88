"""The larger parts of an engine, made of those that it has already, in the order in which it makes them."""

from typing import TYPE_CHECKING

from stackwatch.analysis.why.attribution import Attribution
from stackwatch.engine.alerts.alert_builder import AlertBuilder
from stackwatch.engine.alerts.day_sessions import DaySessions
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.digest_collector import DigestCollector
from stackwatch.engine.alerts.rule_inputs import RuleInputs
from stackwatch.engine.alerts.while_away import WhileAway
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.news.explanation_log import ExplanationLog
from stackwatch.engine.news.explanation_service import ExplanationService

if TYPE_CHECKING:  # it is what calls these
    from stackwatch.engine.engine import Engine


def make_explainer(engine: "Engine", log: ExplanationLog) -> Explainer:
    """Make what says why something moved."""
    parts = engine.parts
    return Explainer(
        ecosystem=parts.ecosystem,
        market=engine.market,
        newsroom=engine.newsroom,
        attribution=Attribution(engine.graph, parts.tiers),
        calendars=parts.calendars,
        clock=parts.clock,
        onsets=engine.onsets,
        history=engine.histories.long_closes,
        judged=log.judged,
    )


def make_rule_inputs(engine: "Engine") -> RuleInputs:
    """Make the rules, and what they see."""
    parts = engine.parts
    return RuleInputs(
        rules=parts.rules,
        ecosystem=parts.ecosystem,
        watchlist=parts.watchlist,
        market=engine.market,
        rollups=engine.rollups,
        explainer=engine.explainer,
        newsroom=engine.newsroom,
        calendars=parts.calendars,
        store=parts.store,
        clock=parts.clock,
    )


def make_explanation_service(engine: "Engine", log: ExplanationLog) -> ExplanationService:
    """Make what tells and keeps explanations."""
    return ExplanationService(
        explainer=engine.explainer,
        log=log,
        market=engine.market,
        deviation_over=engine.rule_inputs.days.deviation_over,
        base_rates=not engine.parts.replay,  # a replay's history is made up
        publish=engine.tell,
    )


def make_delivery(engine: "Engine") -> Delivery:
    """Make what turns firings into alerts."""
    parts = engine.parts
    builder = AlertBuilder(
        ecosystem=parts.ecosystem,
        watchlist=parts.watchlist,
        market=engine.market,
        rollups=engine.rollups,
        explainer=engine.explainer,
        sessions=DaySessions(parts.ecosystem, engine.rollups, engine.hours),
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
        writer=engine.writer,
        clock=parts.clock,
        replay=parts.replay,
        settings=parts.settings,
        presenting=parts.presenting,
    )


def make_digests(engine: "Engine") -> DigestCollector:
    """Make what tells of the time in which nobody looked."""
    away = WhileAway(
        market=engine.market,
        inputs=engine.rule_inputs,
        explainer=engine.explainer,
        delivery=engine.delivery,
        shown=lambda: engine.parts.watchlist,
    )
    return DigestCollector(engine.delivery, away)
