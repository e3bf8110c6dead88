"""Which of several reports say the same: the one in the user's language is quoted, alerts are of the first.

Titles in two languages share no words. They say the same where entities, theme and tone are the same within
half a day, and an amount is, or at least two entities are and no amounts contradict (docs/methods.md).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from stackwatch.domain.move import StoryMatch
from stackwatch.domain.news import Story, StoryTheme
from stackwatch.domain.watchlist import Language

_SPAN = timedelta(hours=12)
_UNTOLD = (StoryTheme.OTHER, StoryTheme.PRICE_TALK)  # themes under which anything stands
_HANGUL = re.compile("[가-힣]")
_AMOUNT = re.compile(
    r"(?<![A-Za-z\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<thousand>천)?\s*"
    r"(?P<unit>%|퍼센트|percent|조|억|trillion|billion|million|[tb]n\b|[TBM]\b|[GM]W\b)",
    re.IGNORECASE,
)
_TIMES = {
    "조": 1e12,
    "trillion": 1e12,
    "tn": 1e12,
    "t": 1e12,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "억": 1e8,
    "million": 1e6,
    "m": 1e6,
}
_RATES = {"%": "%", "퍼센트": "%", "percent": "%", "gw": "gw", "mw": "mw"}


def amounts(title: str) -> frozenset[tuple[float, str]]:
    """Return the sums, shares and powers a title names, whichever language it is in; ``1조2000억`` is one."""
    found: list[tuple[float, str]] = []
    end = -1
    for match in _AMOUNT.finditer(title):
        number = float(match["number"].replace(",", "")) * (1000.0 if match["thousand"] else 1.0)
        unit = match["unit"].lower()
        size = number * _TIMES.get(unit, 1.0)
        if unit == "억" and match.start() == end:
            size += found.pop()[0]
        found.append((float(f"{size:.6g}"), _RATES.get(unit, "")))
        end = match.end()
    return frozenset(found)


def say_same(one: Story, other: Story) -> bool:
    """Whether two stories report one fact; where that cannot be told they do not."""
    first, second = one.reading, other.reading
    if first.theme in _UNTOLD or abs(one.lead.published - other.lead.published) > _SPAN:
        return False
    if (first.primary, first.theme, first.tone, first.life, frozenset(first.entities)) != (
        second.primary, second.theme, second.tone, second.life, frozenset(second.entities),
    ):  # fmt: skip
        return False
    mine, theirs = amounts(one.lead.title), amounts(other.lead.title)
    if mine and theirs:
        return not mine.isdisjoint(theirs)
    return len(set(first.entities)) > 1


def quoted(match: StoryMatch, matches: Sequence[StoryMatch], language: Language) -> StoryMatch:
    """Return the nearest match that says the same in a language, the match itself where none does."""
    if _speaks(match.story, language):
        return match
    same = [other for other in _alike(match, matches) if _speaks(other.story, language)]
    when = match.story.lead.published
    return min(same, key=lambda other: abs(other.story.lead.published - when), default=match)


def first_told(match: StoryMatch, matches: Sequence[StoryMatch]) -> StoryMatch:
    """Return the match of whoever told first, in either language, what one says.

    A report that comes once a share moves is timelier than the one that moved it.
    """
    korean = _speaks(match.story, Language.KOREAN)
    same = [other for other in _alike(match, matches) if _speaks(other.story, Language.KOREAN) is not korean]
    first = min((match, *same), key=lambda each: each.story.lead.published)
    return replace(first, coincidence=match.coincidence)


def _alike(match: StoryMatch, matches: Sequence[StoryMatch]) -> list[StoryMatch]:
    """Return the matches that say the same as one, by the same way to the share."""
    return [
        other
        for other in matches
        if (other.path, other.opposes) == (match.path, match.opposes) and say_same(match.story, other.story)
    ]


def _speaks(story: Story, language: Language) -> bool:
    return (_HANGUL.search(story.lead.title) is not None) is (language is Language.KOREAN)
