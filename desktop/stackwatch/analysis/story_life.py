"""Which later story updates, denies or corrects which earlier one.

Two titles are on one matter when they name the same entity and share half of the words that are left without
names and empty words; a denial that says nothing besides must name two entities of the report. Between
Korean and English, which share few words, two of three must agree: the theme, two names, a number or Latin
word.
"""

import re
from datetime import timedelta

from stackwatch.analysis.hangul import has_hangul, is_hangul
from stackwatch.domain.news import Life, Story, Theme, Turn

FOLLOWED = timedelta(days=7)
_SHARED_WORDS = 0.5
_UPDATE_WORDS = 0.6
_TWO = 2
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)?")
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_LEAST, _MOST = 3, 6  # letters of a stem
_SYLLABLES = 2
_EMPTY_WORDS = """
    the and for that this with from its has have had are was were will not but out over after about into
    denies denied deny denial refutes disputes dismisses rejects baseless unfounded false wrong untrue
    inaccurate
    report reports reporting reportedly says said story rumor rumour claims correction clarifies retracts
    bloomberg reuters news tech stock stocks shares today market
    부인 사실 반박 오보 낭설 해명 일축 보도 정정 바로 공식 강력 즉각 관련"""


def stems(story: Story) -> frozenset[str]:
    """Return the words of a story's title that say what it is about, cut to their stems, names left out."""
    title = list(story.lead.title)
    for mention in story.reading.mentions:
        title[mention.start : mention.end] = " " * (mention.end - mention.start)
    return _stems("".join(title)) - _EMPTY


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for token in _TOKEN.findall(text.lower()) if (stem := _stem(token)))


def _stem(token: str) -> str:
    """Return what stays of a word in all its forms, nothing for one that says nothing."""
    if token[0].isdigit():
        return token
    if is_hangul(token[0]):
        return token[:_SYLLABLES] if len(token) >= _SYLLABLES else ""
    if len(token) < _LEAST:
        return ""
    short = _ENDING.sub("", token)
    return (short if len(short) >= _LEAST else token)[:_MOST]


_EMPTY = _stems(_EMPTY_WORDS)


def turn_of(
    later: Story, earlier: Story, words: frozenset[str], earlier_words: frozenset[str]
) -> Turn | None:
    """Return what ``later`` makes of ``earlier``, None on another matter; ``words`` are their stems."""
    if not timedelta(0) <= later.lead.published - earlier.lead.published <= FOLLOWED:
        return None
    kind = later.reading.life
    if kind is Life.REPORTED:
        if not _takes_further(later, earlier, words, earlier_words):
            return None
        kind = Life.UPDATED
    elif not _speaks_of(later, earlier, words, earlier_words):
        return None
    return Turn(
        kind=kind,
        at=later.lead.published,
        story_id=later.id,
        publisher=later.lead.publisher,
        title=later.lead.title,
        speaker=later.reading.speaker,
    )


def _takes_further(
    later: Story, earlier: Story, words: frozenset[str], earlier_words: frozenset[str]
) -> bool:
    """Whether a report goes on about the same matter: the same primary and a phrase of two words."""
    if (
        not (later.reading.event and earlier.reading.event)
        or later.reading.primary != earlier.reading.primary
    ):
        return False
    return len(words & earlier_words) >= _TWO and _share(words, earlier_words) >= _UPDATE_WORDS


def _speaks_of(later: Story, earlier: Story, words: frozenset[str], earlier_words: frozenset[str]) -> bool:
    """Whether a denial or correction is about a report."""
    named = frozenset(later.entities)
    both = named & frozenset(earlier.entities)
    if _is_korean(later) is not _is_korean(earlier):
        theme = later.reading.theme
        alike = theme is earlier.reading.theme and theme is not Theme.OTHER
        return bool(both) and alike + (len(both) >= _TWO) + bool(words & earlier_words) >= _TWO
    if not words:
        return len(both) >= _TWO and both == named
    least = 1 if len(words) == 1 or len(both) >= _TWO else _TWO
    return (
        bool(both) and len(words & earlier_words) >= least and _share(words, earlier_words) >= _SHARED_WORDS
    )


def _is_korean(story: Story) -> bool:
    return has_hangul(story.lead.title)


def _share(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / max(min(len(words), len(others)), 1)
