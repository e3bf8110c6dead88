"""From a firing, or several of one cause, to an alert in words: members, stories, severity, group."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

from stackwatch.domain.alert import Alert, Member
from stackwatch.domain.market import program_day
from stackwatch.domain.move import Explanation, Move, Rollup, StoryMatch, Verdict
from stackwatch.domain.popup_group import GroupKind, PopupGroup
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import (
    GROUP_KINDS,
    OUT_OF_HOURS_KINDS,
    Direction,
    RuleKind,
    SessionScope,
    Severity,
    severity_of,
)
from stackwatch.domain.values import changed
from stackwatch.domain.watchlist import Ecosystem, Language, Watchlist
from stackwatch.domain.words import alert_words
from stackwatch.domain.words.same_report import first_told
from stackwatch.engine.alerts.alerting import Firing
from stackwatch.engine.alerts.day_sessions import DaySessions
from stackwatch.engine.alerts.group_readings import way_of
from stackwatch.engine.alerts.popup_groups import group_of
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.market_clock import MarketHours
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.rollups import Rollups


class AlertBuilder:
    """Words alerts with what the other services know now. Owned by the core thread."""

    def __init__(  # noqa: PLR0913 - one keyword per collaborator
        self,
        *,
        ecosystem: Ecosystem,
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explainer: Explainer,
        sessions: DaySessions,
        clock: Clock,
        new_id: Callable[[], str],
        replay: bool,
    ) -> None:
        self._ecosystem = ecosystem
        self._market = market
        self._rollups = rollups
        self.sessions = sessions
        self._explainer = explainer
        self._clock = clock
        self._new_id = new_id
        self._replay = replay
        self.follow(watchlist)

    def follow(self, watchlist: Watchlist) -> None:
        """Word alerts about another list from now on."""
        self._watchlist = watchlist
        self._layers = watchlist.layer_of
        self.sessions.follow(watchlist)

    def alert(self, firing: Firing) -> Alert:
        """Return the alert of a firing."""
        rule, hours = firing.rule, self._hours(firing)
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
            group=str(PopupGroup(GroupKind.SYMBOL, firing.subject, way_of(rule, firing.fire.value))),
            fired_at=firing.at,
            session_key=self._session_day(firing, hours).isoformat(),
            met=firing.met,
            sound=rule.sound,
            replay=self._replay,
            hours=hours,
            region=self.sessions.region(firing),
        )
        told = self.told(plain, firing.match)
        if rule.news_only and firing.match is not None:
            told = changed(told, match=firing.match)
        group = group_of(
            rule,
            firing.subject,
            firing.fire.value,
            met={met.condition.kind for met in firing.met},
            cause=None if told.match is None else told.match.path[0],
            layer=self._layers.get(firing.subject),
        )
        severity = rule.severity if rule.kind in GROUP_KINDS else _severity(rule.severity, told)
        return self.worded(changed(told, severity=severity, group=str(group)))

    def of_group(self, group: PopupGroup, leader: Alert, alerts: Sequence[Alert]) -> Alert:
        """Return the record of one popup for several alerts; their own records stay beside it."""
        record = changed(
            leader,
            id=self._new_id(),
            subject=group.id,
            group=str(group),
            suppressed_by=None,
            met=(),
            move_pct=None,
            abnormal_pct=None,
            sar=None,
            members=(),
            untied=None,
        )
        return self.regrouped(record, alerts)

    def regrouped(self, record: Alert, alerts: Sequence[Alert]) -> Alert:
        """Return a popup's record with what its alerts, and the names in it, have become."""
        told = self.told(record, record.match, alerts)
        match = told.match or next((a.match for a in alerts if a.match is not None), None)
        return self.worded(
            changed(
                told,
                match=match,
                untied=told.untied if match is None else None,
                severity=max((record.severity, *(alert.severity for alert in alerts))),
                folded=tuple(dict.fromkeys((*record.folded, *(a.id for a in alerts if a.id != record.id)))),
            )
        )

    def worded(self, alert: Alert) -> Alert:
        """Return an alert with its English sentence."""
        return changed(alert, message=alert_words.alert_sentence(alert, self._ecosystem, Language.ENGLISH))

    def told(
        self,
        alert: Alert,
        match: StoryMatch | None,
        alerts: Sequence[Alert] = (),
    ) -> Alert:
        """Return an alert, or a popup of ``alerts``, with its members, and verdict and stories as of now.

        A record says what was when it fired: the figures that it has stay, a name that joins it brings
        those of its own alert, and only what no alert has is as it is now.
        """
        known = _as_fired(alert, alerts)
        if alert.subject in self._ecosystem.instruments:
            return self._told_share(alert, match, known)
        way = alert.popup_group.way
        linked = way is None or alert.subject in self._ecosystem.private
        names = (symbol for symbol in self.names_in(alert.subject) if symbol not in known)
        others = (symbol for symbol in names if self._is_of(symbol, alert, anywhere=linked))
        whole = (*known.values(), *self._members(others, alert))
        falling = way is Direction.DOWN or alert.value < 0
        fired = {member.symbol for each in alerts for member in each.members}
        if any(met.condition.kind is RuleKind.LAYER_MOVE for met in alert.met):  # for what each did by itself
            fired.update(member.symbol for member in whole)
        members = whole if linked else _one_way(whole, fired, way)
        ordered = tuple(sorted(members, key=lambda m: m.move_pct if falling else -m.move_pct))
        found, opposing = self._group_stories(alert, ordered, match or alert.match)
        whole_moves = alert.subject in self._rollups.current
        verdict = Verdict.NEWS if found else (Verdict.LAYER_WIDE if whole_moves else Verdict.UNEXPLAINED)
        told = changed(alert, verdict=verdict, match=found or match, opposing=opposing)
        if ordered:
            told = changed(told, members=ordered, linked_total=len(whole))
        if alert.move_pct is not None or alert.hours is not Session.REGULAR:
            return told
        if (rollup := self._rollup(alert)) is None:
            return told
        return changed(
            told,
            move_pct=_rounded(rollup.move_pct),
            abnormal_pct=_rounded(rollup.abnormal_pct),
            sar=_rounded(rollup.sar),
        )

    def judged(self, alert: Alert) -> Alert | None:
        """Return an alert that could not be judged when it fired with its figures, None while nobody can.

        It keeps the move it fired on; how much of that is usual is what it is now.
        """
        if alert.subject not in self._ecosystem.instruments or alert.hours is not Session.REGULAR:
            return None
        move = self._market.moves.get(alert.subject)
        if alert.move_pct is None or move is None or move.session_date.isoformat() != alert.session_key:
            return None
        if move.abnormal_pct is None or not move.sar:
            return None
        abnormal = alert.move_pct - (move.move_pct - move.abnormal_pct)
        sar = round(move.sar * abnormal / move.abnormal_pct, 4)
        abnormal = round(abnormal, 4)
        members = tuple(
            changed(m, abnormal_pct=abnormal, sar=sar) if m.symbol == alert.subject else m
            for m in alert.members
        )
        explanation = self._explainer.explain(alert.subject)
        match = alert.match or _first(explanation.reason if explanation else None, explanation)
        told = changed(
            alert,
            abnormal_pct=abnormal,
            sar=sar,
            members=members,
            verdict=explanation.verdict if explanation else alert.verdict,
            match=match,
            untied=_untied(match, explanation),
        )
        return self.worded(changed(told, severity=_severity(alert.severity, told)))

    def has_turned(self, alert: Alert) -> bool:
        """Whether its subject has gone the other way since it fired, the market's part left out if known."""
        listed = alert.subject in self._ecosystem.instruments
        now = self._move(alert.subject, alert) if listed else self._rollup(alert)
        return now is not None and _turned(now, alert)

    def names_in(self, subject: str) -> tuple[str, ...]:
        """Return the listed names that an alert about a group is about."""
        if subject == self._watchlist.id:
            return self._watchlist.symbols
        return self._rollups.members(subject, program_day(self._clock.now()))

    def _told_share(self, alert: Alert, match: StoryMatch | None, known: Mapping[str, Member]) -> Alert:
        explanation = self._explanation(alert.subject, alert)
        told = alert
        own = () if alert.members else self._members((alert.subject,), alert)
        for figures in own:  # none, or its own
            told = changed(
                alert,
                move_pct=figures.move_pct,
                abnormal_pct=figures.abnormal_pct,
                sar=figures.sar,
                members=own,
            )
        listed = {member.symbol for member in told.members}
        members = (*told.members, *(member for symbol, member in known.items() if symbol not in listed))
        linked = len(explanation.linked) if explanation else 0
        match = _first(match or (explanation.reason if explanation else None), explanation)
        return changed(
            told,
            members=members,
            linked_total=max(linked, len(members)) if known else linked,
            verdict=explanation.verdict if explanation else Verdict.INSUFFICIENT_DATA,
            match=match,
            opposing=_first(explanation.opposing, explanation) if explanation else None,
            untied=_untied(match, explanation),
        )

    def _group_stories(
        self, alert: Alert, members: Sequence[Member], awaited: StoryMatch | None
    ) -> tuple[StoryMatch | None, StoryMatch | None]:
        """Return the best story that one of the group's strongest movers is tied to, and the best against it.

        Not of one that has turned since it joined: its story is of another move than the group's. For the
        whole list nothing opposes but beside such a tie. None opposes that is ``awaited``.
        """
        subject = alert.subject
        told = [
            explanation
            for member in members[:4]
            if (explanation := self._explanation(member.symbol, alert)) is not None
            and not _turned(explanation.move, member)
        ]
        tied = [explanation for explanation in told if explanation.cause is not None]
        if subject == self._watchlist.id:
            told = tied

        def about(match: StoryMatch) -> bool:
            return subject not in self._ecosystem.private or subject in match.story.entities

        found = (_first(explanation.reason, explanation) for explanation in tied)
        agreeing = max((m for m in found if m and about(m)), key=lambda m: m.score, default=None)
        told_by = agreeing or awaited
        reason = None if told_by is None else told_by.story.id  # good for some of them, bad for others
        against = (_first(m, e) for e in told for m in e.against)
        others = (m for m in against if m and about(m) and m.story.id != reason)
        return agreeing, max(others, key=lambda m: m.score, default=None)

    def _hours(self, firing: Firing) -> Session:
        """Return of which hours the price is that a rule fired for."""
        conditions = (met.condition.kind for met in firing.met)
        if firing.rule.sessions is SessionScope.REGULAR or OUT_OF_HOURS_KINDS.isdisjoint(conditions):
            return Session.REGULAR
        move = self._market.out_of_hours(firing.subject)
        return Session.REGULAR if move is None else move.hours

    def _session_day(self, firing: Firing, hours: Session) -> date:
        """Return the session of the move that an alert tells: news behind a close comes beside the day's."""
        quote, rule = self._market.quotes.get(firing.subject), firing.rule
        goes_on = rule.news_only or rule.sessions is SessionScope.REGULAR or hours is not Session.REGULAR
        return firing.session_day if quote is None or goes_on else self._market.session_date(quote)

    def _move(self, symbol: str, alert: Alert) -> Move | None:
        """Return how a share moves by the measure of an alert: one out of hours goes on at the open.

        Where only sessions are quoted none is of those hours, though one may be of the same date.
        """
        regular = self._market.moves.get(symbol)
        if alert.hours is Session.REGULAR:
            return regular
        if not MarketHours.has_extended(self._ecosystem.instruments[symbol].calendar):
            return None
        moves = (self._market.out_of_hours(symbol, last=True), regular)
        return next((m for m in moves if m and m.session_date.isoformat() == alert.session_key), None)

    def _is_of(self, symbol: str, alert: Alert, *, anywhere: bool) -> bool:
        """Whether a share moved in the session of an alert, or ``anywhere`` on its day.

        What it did before its market rested, or on the evening before elsewhere, is told by nobody as news.
        """
        if (move := self._move(symbol, alert)) is None:
            return False
        day = move.session_date.isoformat()
        if alert.tells_news:  # on a day of New York's, on whose evening Asia's next session begins
            return day >= alert.session_key
        return day == alert.session_key and (anywhere or self.sessions.has(alert.region, symbol))

    def _rollup(self, alert: Alert) -> Rollup | None:
        """Return what the group of an alert does now, None where that is of another session."""
        names = (move.symbol for move in self._rollups.averaged(alert.subject))
        is_of = any(self._is_of(symbol, alert, anywhere=False) for symbol in names)
        return self._rollups.current.get(alert.subject) if is_of else None

    def _explanation(self, symbol: str, alert: Alert) -> Explanation | None:
        move = self._move(symbol, alert)
        return None if move is None else self._explainer.explain_move(move)

    def _members(self, symbols: Iterable[str], alert: Alert) -> tuple[Member, ...]:
        return tuple(
            Member(
                symbol=move.symbol,
                move_pct=round(move.move_pct, 4),
                abnormal_pct=_rounded(move.abnormal_pct),
                sar=_rounded(move.sar),
            )
            for symbol in symbols
            if (move := self._move(symbol, alert)) is not None
        )


def _turned(now: Move | Rollup, then: Alert | Member) -> bool:
    """Whether what is told of has gone the other way since, the market's part left out if known."""
    if now.move_pct is None or then.move_pct is None:
        return False
    if now.abnormal_pct is not None and then.abnormal_pct is not None:
        return now.abnormal_pct * then.abnormal_pct < 0
    return now.move_pct * then.move_pct < 0


def _first(match: StoryMatch | None, explanation: Explanation | None) -> StoryMatch | None:
    """Return a story of an explanation as told by whoever had it first: that stays the same."""
    return match if match is None or explanation is None else first_told(match, explanation.matches)


def _untied(match: StoryMatch | None, explanation: Explanation | None) -> StoryMatch | None:
    """Return the news of a share itself that is no reason, where its alert names no story."""
    shown = explanation.shown if match is None and explanation is not None else None
    return shown if shown is not None and len(shown.path) == 1 else None


def _as_fired(record: Alert, alerts: Sequence[Alert]) -> dict[str, Member]:
    """Return the names of a popup's alerts: each as it first fired, else as the record has it."""
    own = {m.symbol: m for each in reversed(alerts) for m in each.members if m.symbol == each.subject}
    return {member.symbol: member for each in (*alerts, record) for member in each.members} | own


def _one_way(members: Sequence[Member], fired: Collection[str], way: Direction | None) -> Sequence[Member]:
    """Return the members that went the way of a group; all where none did.

    By their prices, and those that ``fired`` against their market alone too; where these are most, all by
    what they did against it.
    """
    sign = 1 if way is Direction.UP else -1
    by_model = [m for m in members if (m.abnormal_pct or 0.0) * sign > 0]
    by_price = [m for m in members if m.move_pct * sign > 0 or (m.symbol in fired and m in by_model)]
    about = [m for m in members if m.symbol in fired] or members
    against = all(
        sum(m.move_pct * sign < 0 for m in some) > sum(m.move_pct * sign > 0 for m in some)
        for some in (about, by_model)
    )
    return (by_model if against else by_price) or members


def _severity(least: Severity, alert: Alert) -> Severity:
    """Raise a share's severity with its SAR."""
    sar = alert.members[0].sar if alert.members else None
    return least if sar is None else max(least, severity_of(sar))


def _rounded(value: float | None) -> float | None:
    """Keep four decimals: enough to round once more for the eye, and JSON stays short."""
    return None if value is None else round(value, 4)
