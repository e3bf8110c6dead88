"""Which stories a rule's condition is about: themes, plain words and tone. Words are never patterns."""

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from stackwatch.domain.news import Story
from stackwatch.domain.own_private import folded
from stackwatch.domain.rule import Condition, Direction

_WANTED_TONE = {Direction.UP: 1, Direction.DOWN: -1}


def wanted(condition: Condition, story: Story, about: str) -> bool:
    """Whether a story about an entity has one of a condition's themes and words, and its tone."""
    if condition.themes and story.reading.theme not in condition.themes:
        return False
    tone = _WANTED_TONE.get(condition.direction)
    if tone is not None and story.reading.tone_for(about) != tone:
        return False
    return not condition.words or _words(condition.words).search(folded(story.lead.title)) is not None


def counted(stories: Iterable[Story], by: datetime, *, copies: bool) -> int:
    """Return how many stories, or headlines with their copies, there were by a time."""
    return sum(story.copies_by(by) if copies else 1 for story in stories)


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
