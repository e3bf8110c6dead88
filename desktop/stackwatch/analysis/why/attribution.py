"""Which stories fit a move, how well, and what may honestly be said about its cause.

The score of a story is ``E T (0.4 + 0.6 N) C A Q`` (docs/methods.md, "From news to a move"): whom it names
and by which path, when it came, whether it is new, whether it reports an event, whether its tone agrees, and
who says so.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from stackwatch.analysis.stories.press import Press
from stackwatch.analysis.why.coincidence import DECOYS, LINKED_BELOW, coincidence
from stackwatch.analysis.why.exposure_graph import ExposureGraph, Path
from stackwatch.analysis.why.move_window import Window, lead, talk_timing, timely_share, timing
from stackwatch.analysis.why.reasons import (
    agreeing_news,
    best_report,
    is_outdone,
    late_report,
    reports,
    speaking,
    with_talk,
)
from stackwatch.analysis.why.verdicts import asks_for_reason, verdict_of
from stackwatch.domain.move import (
    OPPOSES,
    REPORTED_SCORE,
    SHOWN_SCORE,
    Explanation,
    ExplanationRecord,
    LinkedMove,
    Move,
    StoryMatch,
    Verdict,
    has_moved,
)
from stackwatch.domain.news import Reading, Story, StoryTheme
from stackwatch.domain.quote import Session
from stackwatch.domain.values import changed

_BODY_HALF = 0.7
_NO_EVENT = 0.45
_PRICE_TALK = 0.3
_NEUTRAL = 0.55
DENIED_WEIGHT = 0.3  # what a story still counts once it was denied
_BEST = 3
_TIER_WEIGHT = {1: 1.0, 2: 0.8, 3: 0.6}
_AS_FAR = 0.5  # share of the size a title names from which a session may have been meant
_OFF_TOPIC = 0.5  # a story whose theme is not what flows along an edge


@dataclass(slots=True)
class _Weighed:
    """What a story says of a move while it stays as it is."""

    story: Story
    publishers: tuple[str, ...]  # by then
    denied: bool
    novelty: float | None = None  # where it was asked for
    match: StoryMatch | None = None  # where it is worth showing
    _chance: tuple[float, Sequence[float], StoryMatch] | None = None

    def holds(self, story: Story, window: Window, press: Press) -> bool:
        """Whether nothing has become of the story since."""
        return (
            self.story is story
            and self.publishers == story.publishers_by(window.now)
            and self.denied == story.denied_by(window.now)
            and (self.novelty is None or self.novelty == press.novelty(story))
        )

    def told(
        self, match: StoryMatch, weights: Mapping[str, float], window: Window, decoys: Sequence[float]
    ) -> StoryMatch:
        """Return the match with how likely it is coincidence, worked out again where that rests on others."""
        if match.price_talk:
            return match
        weight = weights[match.path[0]]
        if self._chance is None or self._chance[0] != weight or self._chance[1] is not decoys:
            told = changed(match, coincidence=_chance((match,), weights, window, decoys))
            self._chance = (weight, decoys, told)
        return self._chance[2]


class Attribution:
    """Scores stories against moves with one exposure graph and one table of publisher tiers."""

    def __init__(self, graph: ExposureGraph, tiers: Mapping[str, int]) -> None:
        """Use ``graph`` for paths; ``tiers`` gives a publisher's standing, 1 best to 3 unknown."""
        self._graph = graph
        self._tiers = {name.casefold(): tier for name, tier in tiers.items()}
        self._weighed: dict[tuple[str, Session], tuple[object, dict[str, _Weighed]]] = {}  # of newest moves

    def reaching(self, symbol: str, day: date) -> AbstractSet[str]:
        """Return the entities whose news reach a symbol on a day."""
        return self._graph.reaching(symbol, day)

    def agreeing(self, move: Move, window: Window, press: Press) -> tuple[StoryMatch, ...]:
        """Return the stories that point the way a move went, best first, price talk last.

        None is later than ``window.now``. How likely each is coincidence is not told yet.
        """
        paths = self._graph.paths_to(move.symbol, move.session_date)
        near = press.concerning(paths.keys(), window.earliest, window.now)
        weighed = (self._weigh(story, paths, move, window, press, opposing=False).match for story in near)
        return _in_order([match for match in weighed if match is not None])

    def strength(self, matches: Sequence[StoryMatch], window: Window, press: Press) -> float:
        """Return how strongly matches speak together: S of the best three that agree with the move.

        Each counts less the more often its entity is in the news anyway: a cause that has a report every day
        explains no day in particular.
        """
        return _strength(matches, _weights(matches, window, press))

    def decoys(self, move: Move, windows: Sequence[Window], press: Press) -> tuple[float, ...]:
        """Return the strengths the same share's news of other sessions would have had for this move.

        Sessions before the first story count for nothing.
        """
        begins = press.begins
        known = [window for window in windows if begins is not None and begins <= window.earliest]
        return tuple(
            self.strength(speaking(self.agreeing(move, window, press)), window, press) for window in known
        )

    def explain(
        self,
        move: Move,
        window: Window,
        press: Press,
        moves: Mapping[str, Move],
        *,
        decoys: Callable[[], Sequence[float]] = tuple,
        layer_wide: bool = False,
        before: Explanation | ExplanationRecord | None = None,
    ) -> Explanation:
        """Return verdict, stories and linked names of a move; "unexplained" is a normal answer.

        ``decoys`` are asked for only where there are stories to hold against them. ``before`` is what
        was told last of a session that still runs.
        """
        weighed = self._weigh_again(move, window, press).values()
        plain = [(each, each.match) for each in weighed if each.match is not None]
        others = decoys() if plain else ()
        weights = _weights([match for _, match in plain], window, press)
        matches = _in_order([each.told(match, weights, window, others) for each, match in plain])
        best = best_report(matches, window)
        chance = _chance(speaking(matches), weights, window, others) if agreeing_news(matches) else 1.0
        told = best is not None and before is not None and best.path[0] == before.cause
        linked = best is not None and chance < LINKED_BELOW and asks_for_reason(move, told=told)
        linked = linked and not is_outdone(best, matches, weights, window.previous_close)
        cause = best.path[0] if best is not None and linked else None
        said = None if before is None else before.verdict
        verdict = verdict_of(move, linked=linked, layer_wide=layer_wide, before=said)
        return Explanation(
            move=move,
            verdict=verdict,
            matches=_best_first(matches, best),
            linked=self.linked_moves(cause, move, moves) if cause else (),
            cause=cause,
            headlines_read=headlines_read(window, press),
            coincidence=chance if linked else None,
            late=late_report(move, window, press) if verdict is Verdict.UNEXPLAINED else None,
        )

    def could_tie(self, matches: Sequence[StoryMatch], window: Window, press: Press) -> bool:
        """Whether matches would tie a move if no news of another session were as strong."""
        if not reports(matches):
            return False
        said = speaking(matches)
        weights = _weights(said, window, press)
        return _chance(said, weights, window, (0.0,) * DECOYS) < LINKED_BELOW

    def linked_moves(self, cause: str, move: Move, moves: Mapping[str, Move]) -> tuple[LinkedMove, ...]:
        """Return the other names tied to a cause on the move's day, and whether each moved as well."""
        rows = []
        for link in self._graph.linked(cause, move.session_date):
            if link.target == move.symbol:
                continue
            other = moves.get(link.target)
            rows.append(
                LinkedMove(
                    id=link.target,
                    relation=link.relation.value,
                    move_pct=other.move_pct if other else None,
                    sar=other.sar if other else None,
                    moved=other is not None and has_moved(other.move_pct, other.sar),
                )
            )
        return tuple(sorted(rows, key=lambda row: row.move_pct if row.move_pct is not None else math.inf))

    def _weigh_again(self, move: Move, window: Window, press: Press) -> dict[str, _Weighed]:
        """Weigh the stories that are new or changed since a symbol's move was last explained, keep the rest.

        How far the price has gone by now is no part of a match, only which way; once the session closed talk
        about the price is held against it.
        """
        over = window.closed is not None and window.now > window.closed
        basis = (move.session_date, _direction(move), window.start, move.move_pct if over else None)
        before = self._weighed.get((move.symbol, move.hours))
        known = before[1] if before and before[0] == basis else {}
        weighed = {}
        paths = self._graph.paths_to(move.symbol, move.session_date)
        for story in press.concerning(paths.keys(), window.earliest, window.now):
            each = known.get(story.id)
            if each is None or not each.holds(story, window, press):
                each = self._weigh(story, paths, move, window, press, opposing=True)
            weighed[story.id] = each
        self._weighed[move.symbol, move.hours] = (basis, weighed)
        return weighed

    def _weigh(
        self,
        story: Story,
        paths: Mapping[str, Path],
        move: Move,
        window: Window,
        press: Press,
        *,
        opposing: bool,
    ) -> _Weighed:
        """Return how a story on one of ``paths`` fits a move; without a match where it is not worth showing.

        One that points the other way is worth it where ``opposing`` ones are asked for, unless the session
        was over when it came. A denied story is shown where it would be without its denial.
        """
        weighed = _Weighed(story, story.publishers_by(window.now), story.denied_by(window.now))
        path, entity = _route(story, paths)
        price_talk = story.reading.theme is StoryTheme.PRICE_TALK
        if price_talk and _is_of_another(story, move.symbol):
            return weighed
        tone = _tone_for_share(story, path)
        agreement = tone * _direction(move)
        opposes = agreement < 0
        if opposes and not (opposing and window.holds(story.lead.published)):
            return weighed
        as_new = entity * _fit(story, path, move, window, agreement) * self._quality(weighed.publishers)
        least = 0.0 if opposes else REPORTED_SCORE if price_talk else SHOWN_SCORE
        if as_new < least:
            return weighed  # whatever its novelty, for which it is compared with every title before it
        weighed.novelty = press.novelty(story)
        score = as_new * (0.4 + 0.6 * weighed.novelty)
        if round(score, 4) < least:
            return weighed
        minutes, known = lead(story.lead.published, window)
        weighed.match = StoryMatch(
            story=story,
            score=round(score * (DENIED_WEIGHT if weighed.denied else 1.0), 4),
            path=path.nodes,
            relations=tuple(link.relation.value for link in path.links),
            lead_minutes=minutes,
            lead=known,
            tone=tone,
            opposes=opposes,
            price_talk=price_talk,
        )
        return weighed

    def _quality(self, publishers: Sequence[str]) -> float:
        tier = min([self._tiers.get(name.casefold(), 3) for name in publishers], default=3)
        return min(_TIER_WEIGHT[tier] + 0.1 * math.log(max(len(publishers), 1)), 1.0)


def _route(story: Story, paths: Mapping[str, Path]) -> tuple[Path, float]:
    """Return the best path from a story's entities, and its entity weight E.

    A title that puts the share's price down to somebody else is about that somebody, and names the share.
    """
    reading, half = story.reading, len(story.lead.title) / 2
    ways = []
    for mention in reading.mentions:
        path = paths.get(mention.entity_id)
        if path is not None:
            primary = mention.entity_id == reading.primary
            weight = path.weight * (1.0 if primary or mention.start < half else _BODY_HALF)
            # Of two equal ways the one from whom the story is about.
            ways.append(((mention.entity_id == reading.reason_of, weight, primary), path))
    rank, path = max(ways, key=itemgetter(0))
    return path, 1.0 if rank[0] and path.nodes[-1] in reading.entities else rank[1]


def _tone_for_share(story: Story, path: Path) -> int:
    """Return what a story means for the share at the end of its path; of its price a title says it itself."""
    reading, start, share = story.reading, path.nodes[0], path.nodes[-1]
    if reading.theme is StoryTheme.PRICE_TALK and share in story.entities:
        return reading.tone_for(share)
    return path.tone_at_end(reading.tone_for(start), threat=reading.threat and start == reading.primary)


def _is_of_another(story: Story, symbol: str) -> bool:
    """Whether a title tells what another share did, and names this one only in the reason for that."""
    return symbol in story.reading.only_reasons


def _fit(story: Story, path: Path, move: Move, window: Window, agreement: int) -> float:
    """Return how well a story fits a move by theme and time, as an event, and in its tone."""
    reading = story.reading
    if reading.theme is StoryTheme.PRICE_TALK:
        before, this = _may_tell_of(story, move.before_pct, move), _may_tell_of(story, move.move_pct, move)
        at = talk_timing(story.lead.published, window, of_before=before, of_later=not this)
        certain = _PRICE_TALK * at
    else:
        certain = (1.0 if reading.event else _NO_EVENT) * timing(story.lead.published, window)
    agrees = OPPOSES if agreement < 0 else 1.0 if agreement else _NEUTRAL
    return _on_topic(path, reading) * certain * agrees


def _may_tell_of(story: Story, session_pct: float | None, move: Move) -> bool:
    """Whether talk about a price may be about a session: that went as the move did, and about as far as told.

    It may where nobody knows how a session went.
    """
    if story.reading.out_of_hours:
        return False
    if session_pct is None:
        return True
    went, size = session_pct * _direction(move), story.reading.told_pct
    return went > 0 if size is None else went >= size * _AS_FAR


def _direction(move: Move) -> int:
    return (move.move_pct > 0) - (move.move_pct < 0)


def _in_order(matches: Sequence[StoryMatch]) -> tuple[StoryMatch, ...]:
    return tuple(
        sorted(matches, key=lambda match: (match.price_talk, -match.score, match.story.lead.published))
    )


def _weights(matches: Sequence[StoryMatch], window: Window, press: Press) -> dict[str, float]:
    """Return what a match counts by the entity it is about: the less, the more often that is in the news."""
    since = window.earliest
    return {
        entity: math.exp(-press.per_session(entity, since)) for entity in {match.path[0] for match in matches}
    }


def _strength(matches: Sequence[StoryMatch], weights: Mapping[str, float]) -> float:
    return combined_score([match.score * weights[match.path[0]] for match in matches])


def _chance(
    matches: Sequence[StoryMatch], weights: Mapping[str, float], window: Window, decoys: Sequence[float]
) -> float:
    """Return how likely it is that matches are coincidence: all of them, or those that are as timely as one.

    How timely a match is counts for itself and for what came as close, and for nothing that came further off.
    """
    shares = {m.story.id: timely_share(m.story.lead.published, window) for m in matches if not m.price_talk}
    chances = []
    for share in set(shares.values()):
        near = [m for m in matches if shares.get(m.story.id, math.inf) <= share]
        chances.append(coincidence(_strength(with_talk(near, matches), weights), decoys, share))
    return min(chances)


def combined_score(scores: Sequence[float]) -> float:
    """Return S = 1 - prod(1 - 0.85 s) over the best three scores."""
    rest = 1.0
    for score in sorted(scores, reverse=True)[:_BEST]:
        rest *= 1.0 - 0.85 * min(score, 1.0)
    return 1.0 - rest


def _on_topic(path: Path, reading: Reading) -> float:
    """Return 1 where a story is about what flows along its path, less where it is about something else."""
    price_talk = reading.theme is StoryTheme.PRICE_TALK
    return 1.0 if price_talk or reading.threat or path.carries(reading.theme) else _OFF_TOPIC


def _best_first(matches: Sequence[StoryMatch], best: StoryMatch | None) -> tuple[StoryMatch, ...]:
    """Put the match that is least likely coincidence in front: it is the one that is told."""
    if best is None:
        return tuple(matches)
    return (best, *(match for match in matches if match is not best))


def headlines_read(window: Window, press: Press) -> int:
    """Return how many headlines were read for the reason of a move."""
    return sum(story.copies_by(window.now) for story in press.between(window.earliest, window.now))
