"""The story that an alert names: what became of it, and whether another one is better."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from stackwatch.analysis.why.attribution import DENIED_WEIGHT
from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Story


def better(match: StoryMatch | None, fresh: StoryMatch | None, now: datetime) -> StoryMatch | None:
    """Return the better of an alert's story and a fresh one, as the card tells them.

    One that was not denied, then a report before what the press says of the price, then by score.
    """
    if match is None or fresh is None:
        return match or fresh
    return min(match, fresh, key=lambda each: (each.story.denied_by(now), each.price_talk, -each.score))


def renewed(match: StoryMatch | None, newest: Mapping[str, Story]) -> StoryMatch | None:
    """Return a match with what became of its story since; a denied one counts less."""
    story = None if match is None else newest.get(match.story.id)
    if match is None or story is None or story.turns == match.story.turns:
        return match
    ever = story.turns[-1].at
    weight = DENIED_WEIGHT if story.denied_by(ever) and not match.story.denied_by(ever) else 1.0
    return replace(match, story=story, score=round(match.score * weight, 4))


def without_chance(match: StoryMatch | None, fresh: StoryMatch | None, now: datetime) -> StoryMatch | None:
    """Return a denied match that the move is not tied to any more without how likely it is coincidence."""
    if match is None or not match.story.denied_by(now):
        return match
    tied = fresh is not None and fresh.story.id == match.story.id
    return match if tied else replace(match, coincidence=None)
