"""What conditions see of layers, baskets, peers and news."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from stackwatch.analysis.rules.rule_machine import strength
from stackwatch.analysis.rules.story_filter import begins, came, counted
from stackwatch.domain.market import Region, program_day
from stackwatch.domain.move import Move, Rollup, StoryMatch
from stackwatch.domain.news import Story
from stackwatch.domain.quote import Quote
from stackwatch.domain.rule import (
    NEWS_KINDS,
    SHOCK_MEMBERS,
    Condition,
    Direction,
    Rule,
    RuleKind,
    SessionScope,
    SubjectKind,
)
from stackwatch.domain.watchlist import Watchlist
from stackwatch.engine.alerts.readings import seen_move, unusable
from stackwatch.engine.news.explainer import Explainer
from stackwatch.engine.news.newsroom import Newsroom
from stackwatch.engine.ports import Clock
from stackwatch.engine.prices.market_data import MarketData
from stackwatch.engine.prices.rollups import Rollups

SHOCK_BREADTH = 0.6
STILL_SAR = 1.0  # a share within it has not moved with its peers
AFTER_ONSET = timedelta(hours=2)  # a story that came later does not belong to the move


@dataclass(frozen=True, slots=True)
class ConditionReading:
    """What a condition sees: a value and how far it is on its way, or the reason for neither.

    A value that was ``touched`` held only between two looks. ``news_day`` is the day on which the newest of
    the reports came that make a condition about news hold.
    """

    value: float | None
    way: float = 0.0
    reason: str | None = None
    match: StoryMatch | None = None
    touched: bool = False
    news_day: date | None = None


class GroupReadings:
    """Reads groups and news for conditions. Owned by the core thread."""

    def __init__(
        self,
        *,
        watchlist: Watchlist,
        market: MarketData,
        rollups: Rollups,
        explainer: Explainer,
        newsroom: Newsroom,
        clock: Clock,
    ) -> None:
        self._market = market
        self._rollups = rollups
        self._explainer = explainer
        self._newsroom = newsroom
        self._clock = clock
        self._layers = watchlist.layer_of

    def follow(self, watchlist: Watchlist) -> None:
        """Know the layers of another list from now on."""
        self._layers = watchlist.layer_of

    def members(self, group_id: str) -> tuple[str, ...]:
        """Return the symbols of a layer, or those tied to a private entity today."""
        return self._rollups.members(group_id, program_day(self._clock.now()))

    def group_of(self, rule: Rule, subject: str) -> str | None:
        """Return the group whose move matters: the subject, the rule's private entity, or its layer."""
        if rule.subject_kind is SubjectKind.PRIVATE and rule.subject != "*":
            return rule.subject
        return self._layers.get(subject, subject)

    def day(self, rule: Rule, subject: str) -> date:
        """Return the trading day of a group's newest usable member, today for news.

        Of a rule that looks at a share out of hours it is that of its newest price.
        """
        if rule.news_only:
            return program_day(self._clock.now())
        quote = self._market.quotes.get(subject)
        if quote is not None and rule.sessions is not SessionScope.REGULAR:
            return self._market.book.trading_day(quote)
        return self._group_day(rule, self.group_of(rule, subject) or subject)[0]

    def session_key(self, subject: str, day: date) -> str:
        """Name a group's session: of one day Asia, Europe and New York have one each."""
        region = self._rollups.region(subject)
        return day.isoformat() if region is Region.AMERICA else f"{day} {region.capitalize()}"

    def read(self, condition: Condition, rule: Rule, subject: str) -> ConditionReading:
        """Return what a condition about a group or about news sees for a subject of a rule."""
        if condition.kind in NEWS_KINDS:
            return self._news(condition, rule, subject)
        group = condition.about or self.group_of(rule, subject)
        if group is None or (rollup := self._rollups.current.get(group)) is None:
            return ConditionReading(None, reason="no prices yet")
        reason = self._group_day(rule, group)[1]
        if reason is not None:
            return ConditionReading(None, reason=reason)
        if condition.kind is RuleKind.LAYER_MOVE:
            return self._layer(condition, rollup)
        if condition.kind is RuleKind.PEER_DIVERGENCE:
            return self._divergence(condition, rule, subject, rollup)
        return self._shock(condition, rule, subject, rollup)

    def at_close(self, rule: Rule, subject: str) -> float | None:
        """Return what a rule about a group saw at the last regular price."""
        rollup = self._rollups.current.get(subject)
        if rollup is None:
            return None
        return rollup.sar if rule.kind is RuleKind.LAYER_MOVE else rollup.move_pct

    def tied(self, condition: Condition, rule: Rule, move: Move, value: float) -> ConditionReading:
        """Read a move that needs a story: without a matching one it is not on its way at all."""
        way = strength(condition, value)
        if way < 1.0 - rule.hysteresis:
            return ConditionReading(value)
        match = self._explainer.tied_story(move)
        return ConditionReading(value, way if match is not None else 0.0, match=match)

    def _layer(self, condition: Condition, rollup: Rollup) -> ConditionReading:
        if rollup.sar is None:
            return ConditionReading(None, reason="too few members with history")
        wide = self._rollups.moves_as_one(rollup)
        return ConditionReading(rollup.sar, strength(condition, rollup.sar) if wide else 0.0)

    def _divergence(self, condition: Condition, rule: Rule, symbol: str, rollup: Rollup) -> ConditionReading:
        """Read how far a share's peers moved while it stood still; in its night it follows nobody."""
        reason = _not_regular(rule, self._market.quotes.get(symbol))
        if reason is not None:
            return ConditionReading(None, reason=reason)
        move = self._market.moves.get(symbol)
        if rollup.sar is None or move is None or move.sar is None:
            return ConditionReading(None, reason="too few members with history")
        followed = move.sar * rollup.sar > 0 and abs(move.sar) >= STILL_SAR
        return ConditionReading(rollup.sar, 0.0 if followed else strength(condition, rollup.sar))

    def _shock(self, condition: Condition, rule: Rule, subject: str, rollup: Rollup) -> ConditionReading:
        """Read a basket: its move counts when the entity is in the news and most of it moved that way."""
        if rollup.move_pct is None:
            return ConditionReading(None, reason="no linked prices")
        value = rollup.move_pct
        averaged = self._rollups.averaged(rollup.id)
        same_way = sum(round(move.move_pct, 2) * value > 0 for move in averaged)
        broad = same_way >= max(SHOCK_MEMBERS, SHOCK_BREADTH * len(averaged))
        way = strength(condition, value)
        if not broad or way < 1.0 - rule.hysteresis:
            return ConditionReading(value)
        newest = max(averaged, key=lambda move: self._market.quotes[move.symbol].as_of)
        stories = self._explainer.entity_stories(rollup.id, newest)
        told = next((s for s in stories if s.reading.tone == (-1 if value < 0 else 1)), None)
        if told is None:
            return ConditionReading(value)
        match = _awaited(told, rollup.id, score=0.0)  # one that fits the move of a name in it is better
        return ConditionReading(value, way, match=match if subject == rollup.id else None)

    def _news(self, condition: Condition, rule: Rule, subject: str) -> ConditionReading:
        about = condition.about or subject
        since, until = self._news_span(condition, rule, subject)
        near = self._newsroom.about((about,), begins(condition, since))
        found = came(condition, near, about, since, until)
        value = float(counted(condition, found, since, until))
        newest = max(found, key=lambda story: story.lead.published, default=None)
        match = _awaited(newest, about) if newest is not None and rule.news_only else None
        way = strength(condition, value)
        came_at = max((_newest_report(condition, story, until) for story in found), default=until)
        return ConditionReading(
            value, way, match=match, news_day=program_day(came_at) if way >= 1.0 else None
        )

    def _news_span(self, condition: Condition, rule: Rule, subject: str) -> tuple[datetime, datetime]:
        """Return when news counts: in the last minutes, or around a move it is joined to."""
        now = self._clock.now()
        move = seen_move(self._market, rule.sessions, subject)
        if condition.kind is RuleKind.STORY and not rule.news_only and move is not None:
            window = self._explainer.window(move)
            return window.earliest, min(now, window.onset + AFTER_ONSET)
        return now - timedelta(minutes=condition.news_minutes), now

    def _group_day(self, rule: Rule, group_id: str) -> tuple[date, str | None]:
        """Return the trading day of a group's newest member and why it cannot be judged, if so."""
        quotes = [q for s in self.members(group_id) if (q := self._market.quotes.get(s)) is not None]
        if not quotes:
            return program_day(self._clock.now()), "no prices yet"
        usable = [q for q in quotes if _not_regular(rule, q) is None]
        newest = max(usable or quotes, key=lambda quote: quote.as_of)
        return self._market.session_date(newest), None if usable else _not_regular(rule, newest)


def _not_regular(rule: Rule, quote: Quote | None) -> str | None:
    """Return why a rule may not look at a group's quote now: out of hours it moves by no regular price."""
    return unusable(rule.sessions, quote) or unusable(SessionScope.REGULAR, quote)


def _newest_report(condition: Condition, story: Story, until: datetime) -> datetime:
    """Return when a story was heard of, for a burst when its newest report until a time was published."""
    if condition.kind is RuleKind.STORY:
        return story.lead.received
    known = (copy.published for copy in story.reports if copy.published <= until)
    return story.last_published if story.last_published <= until else max(known)


def _awaited(story: Story, about: str, *, score: float = 1.0) -> StoryMatch:
    """Return the story that a rule waits for: no move is held against it."""
    return StoryMatch(
        story=story,
        score=score,
        path=(about,),
        relations=(),
        lead_minutes=0.0,
        tone=story.reading.tone_for(about),
        opposes=False,
        price_talk=False,
    )


def way_of(condition: Condition, value: float) -> Direction:
    """Return which way a firing went."""
    if condition.direction is Direction.EITHER:
        return Direction.UP if value > 0 else Direction.DOWN
    return condition.direction
