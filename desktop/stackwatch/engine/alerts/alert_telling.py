"""From a firing, or several of one cause, to an alert in words: members, stories, severity, group."""

from collections.abc import Callable, Mapping, Sequence

from stackwatch.domain import alert_words
from stackwatch.domain.alert import Alert, Member
from stackwatch.domain.move import Rollup, StoryMatch, Verdict
from stackwatch.domain.rule import RuleKind, Severity
from stackwatch.domain.values import changed
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.alerts.group_readings import direction_word
from stackwatch.engine.news.explanations import Explanations
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.rollups import Rollups

_ALERT_SAR, _SEVERE_SAR = 3.0, 4.5
_GROUP_KINDS = (RuleKind.LAYER_MOVE, RuleKind.ENTITY_SHOCK)


class AlertTelling:
    """Words alerts with what the other services know now. Owned by the core thread."""

    def __init__(  # noqa: PLR0913 - one keyword per collaborator
        self,
        *,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explanations: Explanations,
        clock: Clock,
        new_id: Callable[[], str],
        replay: bool,
    ) -> None:
        self._ecosystem = ecosystem
        self._market = market
        self._rollups = rollups
        self._explanations = explanations
        self._clock = clock
        self._new_id = new_id
        self._replay = replay
        self.follow(watchlist)

    def follow(self, watchlist: Watchlist) -> None:
        """Word alerts about another list from now on."""
        self._watchlist = watchlist
        self._layers = watchlist.layer_of

    def alert(self, firing: Firing, rollups: Mapping[str, Rollup]) -> Alert:
        """Return the alert of a firing."""
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
            fired_at=firing.at,
            session_key=firing.session_day.isoformat(),
            sound=rule.sound,
            replay=self._replay,
        )
        told = self.told(plain, firing.match, rollups)
        layer = self._layers.get(firing.subject)
        told = changed(
            told, severity=_severity(rule.severity, told, rule.kind), group=_group(told, firing, layer)
        )
        return self.worded(told)

    def of_group(
        self, subject: str, leader: Alert, alerts: Sequence[Alert], rollups: Mapping[str, Rollup]
    ) -> Alert:
        """Return the record of one popup for several alerts; their own records stay beside it."""
        record = changed(leader, id=self._new_id(), subject=subject, state=leader.state, suppressed_by=None)
        nothing = changed(record, move_pct=None, abnormal_pct=None, sar=None, members=())
        return self.regrouped(nothing, alerts, rollups)

    def regrouped(self, record: Alert, alerts: Sequence[Alert], rollups: Mapping[str, Rollup]) -> Alert:
        """Return a popup's record with what its alerts, and the names in it, have become."""
        told = self.told(record, record.match, rollups)
        listed = {member.symbol for member in told.members}
        others = {m.symbol: m for alert in alerts for m in alert.members if m.symbol not in listed}
        members = (*told.members, *(self._members(tuple(others)) or others.values()))
        return self.worded(
            changed(
                told,
                members=members,
                linked_total=max(told.linked_total, len(members)),
                match=told.match or next((a.match for a in alerts if a.match is not None), None),
                severity=max((record.severity, *(alert.severity for alert in alerts))),
                folded=tuple(dict.fromkeys((*record.folded, *(a.id for a in alerts if a.id != record.id)))),
            )
        )

    def worded(self, alert: Alert) -> Alert:
        """Return an alert with its English sentence."""
        return changed(alert, message=alert_words.alert_sentence(alert, self._ecosystem, Language.ENGLISH))

    def told(self, alert: Alert, match: StoryMatch | None, rollups: Mapping[str, Rollup]) -> Alert:
        """Return an alert with its members, verdict and stories as they are known now.

        Figures that are no longer known, of what left the list, stay as they were.
        """
        if alert.subject in self._ecosystem.instruments:
            return self._told_share(alert, match)
        members = self._members(self.names_in(alert.subject))
        falling = alert.group.endswith(":down") or alert.value < 0
        ordered = tuple(sorted(members, key=lambda m: m.move_pct if falling else -m.move_pct))
        match, opposing = self._group_stories(alert.subject, ordered)
        rollup = rollups.get(alert.subject)
        verdict = Verdict.NEWS if match else (Verdict.LAYER_WIDE if rollup else Verdict.UNEXPLAINED)
        told = changed(alert, verdict=verdict, match=match, opposing=opposing)
        if ordered:
            told = changed(told, members=ordered, linked_total=len(ordered))
        if rollup is None:
            return told
        return changed(
            told,
            move_pct=_rounded(rollup.move_pct),
            abnormal_pct=_rounded(rollup.abnormal_pct),
            sar=_rounded(rollup.sar),
        )

    def names_in(self, subject: str) -> tuple[str, ...]:
        """Return the listed names that an alert about a group is about."""
        if subject == self._watchlist.id:
            return self._watchlist.symbols
        return self._rollups.members(subject, self._clock.now().date())

    def _told_share(self, alert: Alert, match: StoryMatch | None) -> Alert:
        explanation = self._explanations.explain(alert.subject)
        own = next(iter(self._members((alert.subject,))), None)
        told = alert
        if own is not None:
            told = changed(
                alert, move_pct=own.move_pct, abnormal_pct=own.abnormal_pct, sar=own.sar, members=(own,)
            )
        return changed(
            told,
            linked_total=len(explanation.linked) if explanation else 0,
            verdict=explanation.verdict if explanation else Verdict.INSUFFICIENT_DATA,
            match=match or (explanation.told if explanation else None),
            opposing=explanation.opposing if explanation else None,
        )

    def _group_stories(
        self, subject: str, members: Sequence[Member]
    ) -> tuple[StoryMatch | None, StoryMatch | None]:
        """Return the best story for the group's strongest movers, and the best that points the other way.

        For the whole list only a story that a move is tied to counts.
        """
        told = [e for m in members[:4] if (e := self._explanations.explain(m.symbol)) is not None]
        if subject == self._watchlist.id:
            told = [explanation for explanation in told if explanation.cause is not None]
        found = [
            match
            for explanation in told
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
    if kind in _GROUP_KINDS or not alert.members or alert.members[0].sar is None:
        return least
    size = abs(alert.members[0].sar)
    reached = (
        Severity.SEVERE if size >= _SEVERE_SAR else Severity.ALERT if size >= _ALERT_SAR else Severity.NOTICE
    )
    return max(least, reached)


def _rounded(value: float | None) -> float | None:
    """Keep four decimals: enough to round once more for the eye, and JSON stays short."""
    return None if value is None else round(value, 4)
