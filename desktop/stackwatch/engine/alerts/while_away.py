"""What no rule was there to see: sessions that ended, and levels that were passed, while nobody looked."""

from collections.abc import Callable, Iterator
from datetime import datetime

from stackwatch.analysis.rules.rule_machine import strength
from stackwatch.domain.alert import SnoozeScope, newest_groups
from stackwatch.domain.armed import PassedLevel
from stackwatch.domain.move import Explanation, Move, is_unusual
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.rule import Direction, Phase, Rule, RuleKey, RuleKind, severity_of
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.delivery import Delivery
from stackwatch.engine.alerts.mutes import rises
from stackwatch.engine.alerts.rule_inputs import RuleInputs
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.prices.corporate_actions import suspected_split
from stackwatch.engine.prices.market_data import MarketData


class WhileAway:
    """Compares prices before and after. Owned by the core thread.

    No rule is evaluated while its market is shut, and one that waits for a price begins on either side of it
    after a gap; so neither fires for what is found here.
    """

    def __init__(
        self,
        *,
        market: MarketData,
        inputs: RuleInputs,
        explainer: Explainer,
        delivery: Delivery,
        shown: Callable[[], Watchlist],
    ) -> None:
        """Look at the symbols of the list that is ``shown``."""
        self._market, self._inputs, self._explainer = market, inputs, explainer
        self._delivery, self._shown = delivery, shown
        self._short: dict[tuple[str, int, str], float] = {}  # prices that had not passed their level

    def leave(self) -> None:
        """Remember which prices had not passed their level, before newer ones are taken in."""
        levels = self._levels()
        self._short = {
            _key(rule, symbol): price for rule, symbol, price in levels if not _passes(rule, price)
        }

    def moves(self, since: datetime, until: datetime, now: datetime) -> tuple[Explanation, ...]:
        """Return the unusual moves of sessions that ended in between and no alert tells, largest first."""
        # A story, or a level that an ordinary morning passed, says nothing of how the day ended.
        unusual = (alert for alert in self._delivery.alerts if is_unusual(alert.sar))
        told = {(alert.subject, alert.session_key, rises(alert)) for alert in unusual}
        snoozes = [(alert, s) for alert in self._delivery.snoozed for s in alert.snoozes if s.until > now]
        names = {snooze.about for _, snooze in snoozes}
        causes = {alert.group for alert, snooze in snoozes if snooze.scope is SnoozeScope.CAUSE}
        watchlist, found = self._shown(), []
        layers = watchlist.layer_of
        for symbol in watchlist.symbols:
            move, quote = self._market.moves.get(symbol), self._market.quotes.get(symbol)
            if move is None or quote is None or not self._counts(move):
                continue
            if symbol in names or causes & _groups(move, layers[symbol], watchlist.id):
                continue
            if quote.as_of <= since:  # a price that was known, or did not come
                continue
            session = self._inputs.days.session(symbol, move.session_date)
            if session is None or session.close > until:
                continue
            if (symbol, move.session_date.isoformat(), move.move_pct > 0) in told:
                continue
            if (explanation := self._explainer.explain_now(symbol)) is not None:
                found.append(explanation)
        return tuple(sorted(found, key=lambda each: -abs(each.move.sar or 0.0)))

    def _counts(self, move: Move) -> bool:
        """Whether a move is unusual, and as severe as what pops up."""
        return move.unusual and severity_of(move.sar or 0.0) >= self._delivery.mutes.least

    def passed(self, until: datetime, now: datetime) -> tuple[PassedLevel, ...]:
        """Return the levels that were not passed at the last look, are now, and have not fired since."""
        fired = {(alert.rule_id, alert.subject) for alert in self._delivery.alerts if alert.fired_at >= until}
        found = []
        for rule, symbol, price in self._levels():
            before = self._short.get(_key(rule, symbol))
            if before is None or not _passes(rule, price) or (rule.id, symbol) in fired:
                continue
            if suspected_split(price, before) is None and not self._is_silent(rule, symbol, now):
                currency = self._market.quotes[symbol].currency
                found.append(PassedLevel(rule.id, symbol, rule.threshold, rule.direction, price, currency))
        return tuple(found)

    def _is_silent(self, rule: Rule, symbol: str, now: datetime) -> bool:
        """Whether what the rule would have told of a share may not pop up."""
        move, alerts = self._market.moves.get(symbol), self._delivery.alerts
        severity = max(rule.severity, severity_of(0.0 if move is None else move.sar or 0.0))
        if not rule.popup or severity < self._delivery.mutes.least:
            return True
        group = newest_groups(alerts).get((rule.id, symbol))
        ends = (each.until for alert in alerts for each in alert.snoozes_about(rule.id, symbol, group))
        return any(end is not None and end > now for end in (rule.snoozed_until, *ends))

    def _levels(self) -> Iterator[tuple[Rule, str, float]]:
        """Yield the rules that wait for a price alone, whom each watches, and what is paid."""
        alerting = self._inputs.alerting
        over = {state.key for state in alerting.states if state.phase is Phase.EXPIRED}
        for rule in alerting.in_force:
            if rule.kind is not RuleKind.PRICE_LEVEL or rule.conditions:
                continue
            for symbol in alerting.subjects(rule):
                if _key(rule, symbol) in over:  # it fired the one time that it is for
                    continue
                price = alerting.see(rule, symbol).value
                price = alerting.at_close(rule, symbol) if price is None else price
                if price is not None:
                    yield rule, symbol, price


def _groups(move: Move, layer: str, list_id: str) -> set[str]:
    """Return the groups whose popup would tell of a move."""
    way = Direction.UP if move.move_pct > 0 else Direction.DOWN
    ids = {GroupKind.SYMBOL: move.symbol, GroupKind.LAYER: layer, GroupKind.LIST: list_id}
    return {str(PopupGroup(kind, each, way)) for kind, each in ids.items()}


def _key(rule: Rule, symbol: str) -> RuleKey:
    return rule.id, rule.version, symbol


def _passes(rule: Rule, price: float) -> bool:
    return strength(rule, price) >= 1.0
