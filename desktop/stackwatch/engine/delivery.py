"""From a firing to an alert: worded, grouped by cause, muted where it only repeats, stored, then shown."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from stackwatch.domain import wording
from stackwatch.domain.alert import Alert, AlertState, Member
from stackwatch.domain.events import AlertRaised, AlertUpdated
from stackwatch.domain.move import Explanation, Rollup, StoryMatch, Verdict
from stackwatch.domain.rule import RuleKind, Severity
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.engine.alerting import Firing, direction_word
from stackwatch.engine.explanations import Explanations
from stackwatch.engine.keeper import Keeper
from stackwatch.engine.market_data import MarketData
from stackwatch.engine.ports import Clock, Store
from stackwatch.engine.rollups import Rollups

ALREADY_TRUE = "already true when first seen"
SAME_CAUSE = "shown with its cause"
LAYER_WIDE = "part of a layer-wide move"
SAME_MOVE = "said by another rule"
REPEATS = frozenset({SAME_CAUSE, LAYER_WIDE, SAME_MOVE})  # reasons that only say it was said already
SNOOZED = "snoozed"
BREAKER = "rule fired 15 times in 3 minutes"
_BREAKER_FIRES, _BREAKER_SPAN = 15, timedelta(minutes=3)
_ALERT_SAR, _SEVERE_SAR = 3.0, 4.5


class Delivery:
    """Turns firings into stored alerts and says which of them may pop up. Owned by the core thread."""

    def __init__(  # noqa: PLR0913 - it words what the other services know
        self,
        *,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explanations: Explanations,
        store: Store,
        keeper: Keeper,
        clock: Clock,
        new_id: Callable[[], str],
        replay: bool,
    ) -> None:
        self._ecosystem = ecosystem
        self._market = market
        self._rollups = rollups
        self._explanations = explanations
        self._keeper = keeper
        self._clock = clock
        self._new_id = new_id
        self._replay = replay
        self._layers = {symbol: layer.id for layer in watchlist.layers for symbol in layer.symbols}
        # A replay begins anew: what an earlier one said must not mute it.
        known = () if replay else store.load_alerts()
        self._alerts: dict[str, Alert] = {alert.id: alert for alert in known}
        self._fires: dict[str, deque[datetime]] = {}
        self._held: list[str] = []  # not on the disk yet, and so not told

    def begin_anew(self) -> None:
        """Forget how often rules fired: the clock may have been set."""
        self._fires.clear()

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Every alert kept, newest first."""
        told = (alert for alert in self._alerts.values() if alert.id not in self._held)
        return tuple(sorted(told, key=lambda a: (a.fired_at, a.id), reverse=True))

    def fired_today(self) -> frozenset[str]:
        """Return the subjects that fired within the last 24 hours."""
        since = self._clock.now() - timedelta(hours=24)
        return frozenset(alert.subject for alert in self._alerts.values() if alert.fired_at >= since)

    def deliver(self, firings: Sequence[Firing], rollups: Mapping[str, Rollup]) -> tuple[AlertRaised, ...]:
        """Store an alert for each firing and return what to tell the interface.

        Firings of one evaluation are taken causes first, so that a single share's notice finds its cause.
        What the disk does not take is held back until it does.
        """
        raised = []
        for firing in sorted(firings, key=_importance):
            alert = self._alert(firing, rollups)
            alert = replace(alert, suppressed_by=self._muted(alert, firing))
            self._alerts[alert.id] = alert
            if self._keeper.save_alert(alert, (firing.state,)):
                raised.append(AlertRaised(alert, popup=alert.suppressed_by is None))
            else:
                self._held.append(alert.id)
        return tuple(raised)

    def release(self) -> tuple[AlertRaised, ...]:
        """Return what to tell of alerts that were held back and are on the disk now."""
        ready = [self._alerts[key] for key in self._held if not self._keeper.waits(key)]
        self._held = [key for key in self._held if self._keeper.waits(key)]
        return tuple(AlertRaised(alert, popup=alert.suppressed_by is None) for alert in ready)

    def note_shown(self, alert_id: str) -> AlertUpdated | None:
        """Record that an alert's popup was on screen."""
        alert = self._alerts.get(alert_id)
        if alert is None or alert.shown_at is not None:
            return None
        return self._keep(replace(alert, shown_at=self._clock.now()))

    def mark_seen(self, alert_id: str) -> AlertUpdated | None:
        """Mark an alert as seen."""
        alert = self._alerts.get(alert_id)
        if alert is None:
            return None
        return self._keep(replace(alert, state=AlertState.SEEN, snoozed_until=None))

    def snooze(self, alert_id: str, until: datetime) -> AlertUpdated | None:
        """Silence an alert's group until a time."""
        alert = self._alerts.get(alert_id)
        if alert is None:
            return None
        return self._keep(replace(alert, state=AlertState.SNOOZED, snoozed_until=until))

    def wake(self) -> tuple[AlertUpdated, ...]:
        """Make alerts new again whose snooze is over."""
        now = self._clock.now()
        over = [a for a in self._alerts.values() if a.snoozed_until is not None and a.snoozed_until <= now]
        return tuple(self._keep(replace(a, state=AlertState.NEW, snoozed_until=None)) for a in over)

    def refresh(self, rollups: Mapping[str, Rollup]) -> tuple[AlertUpdated, ...]:
        """Give today's unread alerts the better story that has come since; figures stay those of the fire."""
        updates = []
        since = self._clock.now() - timedelta(hours=12)
        for alert in list(self._alerts.values()):
            if alert.state is AlertState.SEEN or alert.fired_at < since or alert.id in self._held:
                continue
            fresh = self._told(alert, None, rollups)
            better = fresh.match is not None and (
                alert.match is None or fresh.match.score > alert.match.score
            )
            match = fresh.match if better else alert.match
            if (match, fresh.opposing) == (alert.match, alert.opposing):
                continue
            told = replace(alert, match=match, opposing=fresh.opposing, verdict=fresh.verdict)
            message = wording.alert_sentence(told, self._ecosystem, Language.ENGLISH)
            updates.append(self._keep(replace(told, message=message)))
        return tuple(updates)

    def _keep(self, alert: Alert) -> AlertUpdated:
        self._alerts[alert.id] = alert
        self._keeper.save_alert(alert)
        return AlertUpdated(alert)

    def _alert(self, firing: Firing, rollups: Mapping[str, Rollup]) -> Alert:
        rule = firing.rule
        plain = Alert(
            id=self._new_id(),
            rule_id=rule.id,
            rule_version=rule.version,
            rule_name_en=rule.name_en,
            rule_name_ko=rule.name_ko,
            subject=firing.subject,
            severity=rule.severity,
            value=firing.fire.value,
            message="",
            group=f"symbol:{firing.subject}:{direction_word(rule, firing.fire.value)}",
            fired_at=self._clock.now(),
            session_key=firing.session_day.isoformat(),
            replay=self._replay,
        )
        told = self._told(plain, firing.match, rollups)
        layer = self._layers.get(firing.subject)
        told = replace(
            told, severity=_severity(rule.severity, told, rule.kind), group=_group(told, firing, layer)
        )
        return replace(told, message=wording.alert_sentence(told, self._ecosystem, Language.ENGLISH))

    def _told(self, alert: Alert, match: StoryMatch | None, rollups: Mapping[str, Rollup]) -> Alert:
        """Return an alert with its members, verdict and stories as they are known now."""
        if alert.subject in self._ecosystem.instruments:
            explanation = self._explanations.explain(alert.subject)
            own = self._members((alert.subject,))
            return replace(
                alert,
                move_pct=own[0].move_pct if own else None,
                abnormal_pct=own[0].abnormal_pct if own else None,
                sar=own[0].sar if own else None,
                members=own,
                linked_total=len(explanation.linked) if explanation else 0,
                verdict=explanation.verdict if explanation else Verdict.INSUFFICIENT_DATA,
                match=match or _cause_of(explanation),
                opposing=explanation.opposing if explanation else None,
            )
        members = self._members(self._rollups.members(alert.subject, self._clock.now().date()))
        falling = alert.value < 0
        ordered = tuple(sorted(members, key=lambda m: m.move_pct if falling else -m.move_pct))
        match, opposing = self._group_stories(alert.subject, ordered)
        rollup = rollups.get(alert.subject)
        verdict = Verdict.NEWS if match else (Verdict.LAYER_WIDE if rollup else Verdict.UNEXPLAINED)
        return replace(
            alert,
            move_pct=_rounded(rollup.move_pct if rollup else None),
            abnormal_pct=_rounded(rollup.abnormal_pct if rollup else None),
            sar=_rounded(rollup.sar if rollup else None),
            members=ordered,
            linked_total=len(ordered),
            verdict=verdict,
            match=match,
            opposing=opposing,
        )

    def _group_stories(
        self, subject: str, members: Sequence[Member]
    ) -> tuple[StoryMatch | None, StoryMatch | None]:
        """Return the best story for the group's strongest movers, and the best that points the other way."""
        found = [
            match
            for member in members[:4]
            if (explanation := self._explanations.explain(member.symbol)) is not None
            for match in explanation.matches
            if subject not in self._ecosystem.private or subject in match.story.entities
        ]
        agreeing = max(
            (m for m in found if not m.opposes and not m.price_talk), key=lambda m: m.score, default=None
        )
        opposing = max((m for m in found if m.opposes), key=lambda m: m.score, default=None)
        return agreeing, opposing

    def _members(self, symbols: Sequence[str]) -> tuple[Member, ...]:
        return tuple(
            Member(
                symbol=move.symbol,
                move_pct=round(move.move_pct, 4),
                abnormal_pct=_rounded(move.abnormal_pct),
                sar=_rounded(move.sar),
            )
            for symbol in symbols
            if (move := self._market.moves.get(symbol)) is not None
        )

    def _muted(self, alert: Alert, firing: Firing) -> str | None:
        """Return the named reason for not popping an alert up, None when it may."""
        broken = self._broken(alert.rule_id)
        today = [
            other
            for other in self._alerts.values()
            if other.session_key == alert.session_key and other.replay == alert.replay
        ]
        if any(
            o.group == alert.group and o.snoozed_until and o.snoozed_until > alert.fired_at for o in today
        ):
            return SNOOZED
        same = [o for o in today if o.group == alert.group and o.suppressed_by is None]
        if any(o.severity >= alert.severity for o in same):
            return SAME_CAUSE
        sign = alert.value > 0
        for other in today:
            inside = any(member.symbol == alert.subject for member in other.members)
            if not inside or (other.value > 0) != sign or other.suppressed_by is not None:
                continue
            if other.rule_id == "layer-wide" and alert.severity is Severity.NOTICE:
                return LAYER_WIDE
            if other.subject == alert.subject and other.severity >= alert.severity and not firing.fire.level:
                return SAME_MOVE
        if broken:
            return BREAKER
        return ALREADY_TRUE if firing.fire.already_true else None

    def _broken(self, rule_id: str) -> bool:
        """Whether a rule fired 15 times in 3 minutes, this fire included."""
        now = self._clock.now()
        fires = self._fires.setdefault(rule_id, deque())
        fires.append(now)
        while fires and now - fires[0] > _BREAKER_SPAN:
            fires.popleft()
        return len(fires) > _BREAKER_FIRES


def _importance(firing: Firing) -> tuple[int, int, str]:
    """Order groups first, then shares with a story, then the rest."""
    order = {RuleKind.LAYER_MOVE: 0, RuleKind.ENTITY_SHOCK: 1, RuleKind.TIED_MOVE: 2}
    return (order.get(firing.rule.kind, 3), -int(firing.rule.severity), firing.subject)


def _cause_of(explanation: Explanation | None) -> StoryMatch | None:
    if explanation is None or explanation.cause is None:
        return None
    return explanation.best


def _group(alert: Alert, firing: Firing, layer: str | None) -> str:
    """Return what an alert is grouped by: the entity behind it, else its layer and direction."""
    if firing.rule.kind is RuleKind.ENTITY_SHOCK:
        return f"cause:{alert.subject}"
    if alert.match is not None:
        return f"cause:{alert.match.path[0]}"
    layer = alert.subject if firing.rule.kind is RuleKind.LAYER_MOVE else layer
    return alert.group if layer is None else f"layer:{layer}:{direction_word(firing.rule, alert.value)}"


def _severity(least: Severity, alert: Alert, kind: RuleKind) -> Severity:
    """Raise a share's severity with its SAR: alert at 3, severe at 4.5."""
    if (
        kind in (RuleKind.LAYER_MOVE, RuleKind.ENTITY_SHOCK)
        or not alert.members
        or alert.members[0].sar is None
    ):
        return least
    size = abs(alert.members[0].sar)
    reached = (
        Severity.SEVERE if size >= _SEVERE_SAR else Severity.ALERT if size >= _ALERT_SAR else Severity.NOTICE
    )
    return max(least, reached)


def _rounded(value: float | None) -> float | None:
    """Keep four decimals: enough to round once more for the eye, and JSON stays short."""
    return None if value is None else round(value, 4)
