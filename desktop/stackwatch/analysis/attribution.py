"""Which stories fit a move, how well, and what may honestly be said about its cause.

The score of a story is ``E T (0.4 + 0.6 N) C A Q`` (docs/methods.md, "News to move"): whom it names and by
which path, when it came, whether it is new, whether it reports an event, whether its tone agrees, and who
says so.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rapidfuzz import fuzz, utils

from stackwatch.analysis.exposure_graph import ExposureGraph, Path
from stackwatch.domain.move import Explanation, LinkedMove, Move, StoryMatch, Verdict
from stackwatch.domain.news import Story, Theme

LINK_SCORE = 0.35  # combined score from which a move is said to be tied to a story
SHOWN_SCORE = 0.10
_BODY_HALF = 0.7
_NO_EVENT = 0.45
_PRICE_TALK = 0.3
_NEUTRAL, _OPPOSES = 0.55, 0.25
_BEST = 3
_FEED_LAG, _REPORT_WINDOW, _DECAY_AFTER, _DECAY_BEFORE = 15.0, 120.0, 45.0, 240.0
_TIER_WEIGHT = {1: 1.0, 2: 0.8, 3: 0.6}
_MARKET_SHARE = 0.7
_MARKET_MOVE = 0.5
_MOVED_SAR, _MOVED_PCT = 1.0, 1.0
_NOVELTY_SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a move happened: the close before, the open, its onset and now (aware UTC)."""

    previous_close: datetime
    opened: datetime
    onset: datetime
    now: datetime

    @property
    def earliest(self) -> datetime:
        """The oldest story that may be tied to the move: a day back, or the close before."""
        return min(self.onset - timedelta(hours=24), self.previous_close)


class Attribution:
    """Scores stories against moves with one exposure graph and one table of publisher tiers."""

    def __init__(self, graph: ExposureGraph, tiers: Mapping[str, int]) -> None:
        """Use ``graph`` for paths; ``tiers`` gives a publisher's standing, 1 best to 3 unknown."""
        self._graph = graph
        self._tiers = {name.casefold(): tier for name, tier in tiers.items()}

    def matches(self, move: Move, window: Window, stories: Sequence[Story]) -> tuple[StoryMatch, ...]:
        """Return the stories that may be shown for a move, best first, price talk last.

        None is later than ``window.now``.
        """
        known = [story for story in stories if window.earliest <= story.lead.published <= window.now]
        found = []
        for story in known:
            route = self._route(story, move.symbol, move.session_date)
            if route is not None:
                found.append(self._match(story, route, move, window, stories))
        shown = [match for match in found if match.score >= SHOWN_SCORE or match.opposes or match.reported]
        return tuple(
            sorted(shown, key=lambda match: (match.price_talk, -match.score, match.story.lead.published))
        )

    def explain(
        self,
        move: Move,
        window: Window,
        stories: Sequence[Story],
        moves: Mapping[str, Move],
        *,
        layer_wide: bool,
    ) -> Explanation:
        """Return verdict, stories and linked names of a move; "unexplained" is a normal answer."""
        matches = self.matches(move, window, stories)
        agreeing = [match for match in matches if not match.opposes and not match.price_talk]
        score = combined_score(agreeing)
        cause = agreeing[0].path[0] if agreeing and score >= LINK_SCORE else None
        return Explanation(
            move=move,
            verdict=_verdict(move, linked=cause is not None, layer_wide=layer_wide),
            matches=matches,
            linked=self.linked_moves(cause, move, moves) if cause else (),
            cause=cause,
            headlines_read=sum(
                s.copies for s in stories if window.earliest <= s.lead.published <= window.now
            ),
        )

    def linked_moves(self, cause: str, move: Move, moves: Mapping[str, Move]) -> tuple[LinkedMove, ...]:
        """Return the names tied to a cause on the move's day, and whether each moved as well."""
        rows = []
        for link in self._graph.linked(cause, move.session_date):
            other = moves.get(link.target)
            rows.append(
                LinkedMove(
                    id=link.target,
                    relation=link.relation.value,
                    move_pct=other.move_pct if other else None,
                    sar=other.sar if other else None,
                    moved=other is not None and _moved(other),
                )
            )
        return tuple(sorted(rows, key=lambda row: row.move_pct if row.move_pct is not None else math.inf))

    def _route(self, story: Story, symbol: str, day: date) -> tuple[Path, float] | None:
        """Return the best path from a story's entities to a symbol, and its entity weight E.

        A title that tells the share's own price and names somebody else besides is about that somebody: the
        press gives it as the reason.
        """
        talk = story.reading.theme is Theme.PRICE_TALK
        best: tuple[tuple[bool, float, bool], Path] | None = None
        for mention in story.reading.mentions:
            path = self._graph.path(mention.entity_id, symbol, day)
            if path is None:
                continue
            primary = mention.entity_id == story.reading.primary
            early = primary or mention.start < len(story.lead.title) / 2
            weight = path.weight * (1.0 if early else _BODY_HALF)
            # Of two equal ways the one from whom the story is about.
            rank = (talk and len(path.nodes) > 1, weight, primary)
            if best is None or rank > best[0]:
                best = (rank, path)
        return None if best is None else (best[1], best[0][1])

    def _match(
        self, story: Story, route: tuple[Path, float], move: Move, window: Window, stories: Sequence[Story]
    ) -> StoryMatch:
        path, entity = route
        price_talk = story.reading.theme is Theme.PRICE_TALK
        tone = path.tone_at_end(story.reading.tone)
        direction = (move.move_pct > 0) - (move.move_pct < 0)
        opposes = tone * direction < 0
        agreement = _OPPOSES if opposes else (1.0 if tone * direction > 0 else _NEUTRAL)
        certainty = 1.0 if story.reading.event else _NO_EVENT
        score = (
            entity
            * timing(story.lead.published, window)
            * (0.4 + 0.6 * _novelty(story, stories))
            * (min(certainty, _PRICE_TALK) if price_talk else certainty)
            * agreement
            * self._quality(story)
        )
        return StoryMatch(
            story=story,
            score=round(score, 4),
            path=path.nodes,
            relations=tuple(link.relation.value for link in path.links),
            lead_minutes=(window.onset - story.lead.published).total_seconds() / 60.0,
            tone=tone,
            opposes=opposes,
            price_talk=price_talk,
        )

    def _quality(self, story: Story) -> float:
        tier = min((self._tiers.get(name.casefold(), 3) for name in story.publishers), default=3)
        return min(_TIER_WEIGHT[tier] + 0.1 * math.log(max(len(story.publishers), 1)), 1.0)


def timing(published: datetime, window: Window) -> float:
    """Return how well a time fits a move: 1 overnight and around the onset, fading either way."""
    if window.previous_close < published <= window.opened:
        return 1.0
    tau = (published - window.onset).total_seconds() / 60.0
    if tau <= 0:
        if published <= window.previous_close:  # the hours the market was shut do not count
            tau = (published - window.previous_close).total_seconds() / 60.0
        return math.exp(tau / _DECAY_BEFORE)
    if tau <= _FEED_LAG:
        return 1.0
    if tau <= _REPORT_WINDOW:
        return math.exp(-(tau - _FEED_LAG) / _DECAY_AFTER)
    return 0.0


def combined_score(matches: Sequence[StoryMatch]) -> float:
    """Return S = 1 - prod(1 - 0.85 s) over the best three stories."""
    rest = 1.0
    for match in sorted(matches, key=lambda match: -match.score)[:_BEST]:
        rest *= 1.0 - 0.85 * min(match.score, 1.0)
    return 1.0 - rest


def _novelty(story: Story, stories: Sequence[Story]) -> float:
    """Return 1 for a title unlike any earlier one on its entity in 30 days, 0 for a copy."""
    entity = story.reading.primary
    since = story.lead.published - _NOVELTY_SPAN
    similar = max(
        (
            fuzz.token_sort_ratio(story.lead.title, other.lead.title, processor=utils.default_process)
            for other in stories
            if other.id != story.id
            and since <= other.lead.published < story.lead.published
            and entity in other.entities
        ),
        default=0.0,
    )
    return 1.0 - max(0.0, (similar - 50.0) / 50.0)


def _verdict(move: Move, *, linked: bool, layer_wide: bool) -> Verdict:
    if move.sar is None or move.abnormal_pct is None:
        return Verdict.INSUFFICIENT_DATA
    expected = move.move_pct - move.abnormal_pct
    by_market = abs(move.move_pct) >= _MARKET_MOVE and expected / move.move_pct >= _MARKET_SHARE
    if by_market and abs(move.sar) < 1.0:
        return Verdict.MARKET_WIDE
    if linked:
        return Verdict.NEWS
    return Verdict.LAYER_WIDE if layer_wide else Verdict.UNEXPLAINED


def _moved(move: Move) -> bool:
    return abs(move.sar) >= _MOVED_SAR if move.sar is not None else abs(move.move_pct) >= _MOVED_PCT
