"""Which stories a rule's condition is about, by themes, plain words and tone, and how many there were.

Words are never patterns.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from stackwatch.analysis.stories.story_book import SPAN
from stackwatch.domain.lists.own_private import folded
from stackwatch.domain.news import Story
from stackwatch.domain.rule import Condition, Direction, RuleKind

_WANTED_TONE = {Direction.UP: 1, Direction.DOWN: -1}


def wanted(condition: Condition, story: Story, about: str) -> bool:
    """Whether a story about an entity has one of a condition's themes and words, and its tone."""
    if condition.themes and story.reading.theme not in condition.themes:
        return False
    tone = _WANTED_TONE.get(condition.direction)
    if tone is not None and story.reading.tone_for(about) != tone:
        return False
    return not condition.words or _words(condition.words).search(folded(story.lead.title)) is not None


def came(
    condition: Condition, stories: Iterable[Story], about: str, since: datetime, until: datetime
) -> list[Story]:
    """Return the wanted stories that came in (since, until]; for a burst those of which any report did.

    ``stories`` are those about the entity, for a burst from ``begins`` on.
    """
    burst = _is_burst(condition)
    near = (s for s in stories if s.lead.published <= until and (burst or s.lead.published > since))
    found = [story for story in near if wanted(condition, story, about)]
    return [story for story in found if story.copies_since(since, until)] if burst else found


def arrivals(condition: Condition, stories: Iterable[Story], about: str) -> list[datetime]:
    """Return when the wanted of some stories came, for a burst their reports, oldest first."""
    found = [story for story in stories if wanted(condition, story, about)]
    if not _is_burst(condition):
        return sorted(story.lead.published for story in found)
    return sorted(time for story in found for time in _report_times(story))


def _report_times(story: Story) -> list[datetime]:
    """Return the times of a story's reports as ``Story.copies_since`` counts them."""
    known = [copy.published for copy in story.reports]
    others = story.copies - len(known)
    return known + [known[-1]] * (others - 1) + [story.last_published] if others else known


def begins(condition: Condition, since: datetime) -> datetime:
    """Return when the oldest story came that counts from a time on: for a burst its copies do."""
    return since - SPAN if _is_burst(condition) else since


def counted(condition: Condition, stories: Iterable[Story], since: datetime, until: datetime) -> int:
    """Return how many stories there were, for a burst how many headlines in (since, until]."""
    return sum(story.copies_since(since, until) if _is_burst(condition) else 1 for story in stories)


def _is_burst(condition: Condition) -> bool:
    return condition.kind is RuleKind.NEWS_BURST


@lru_cache(maxsize=256)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of plain words; a Latin one may not touch a letter or digit."""
    parts = []
    for word in words:
        escaped = re.escape(folded(word))
        before = r"(?<![a-z0-9])" if escaped[:1].isascii() else ""
        after = r"(?![a-z0-9])" if escaped[-1:].isascii() else ""
        parts.append(f"{before}{escaped}{after}")
    return re.compile("|".join(parts))
