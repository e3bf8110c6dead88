"""Which later story updates, denies or corrects which earlier one.

Two titles are on one matter when they name the same entity and share half of the words that are left without
names and empty words; a denial that says nothing besides must name two entities of the report. What each
says of somebody whom the other does not name are two matters. Between Korean and English, which share few
words, two of three must agree: the theme, two names, a number or Latin word.
"""

import re
from collections.abc import Set as AbstractSet
from datetime import timedelta
from functools import lru_cache

from stackwatch.analysis.stories.likeness import agree, names_in
from stackwatch.analysis.words.hangul import has_hangul, is_hangul
from stackwatch.domain.news import Life, Story, StoryTheme, StoryTurn

FOLLOWED = timedelta(days=7)
_SHARED_WORDS = 0.5
_UPDATE_WORDS = 0.6
_TWO = 2
_TOKEN = re.compile(r"[^\W_]+(?:\.\d+)?")
_ENDING = re.compile(r"(?:ing|ed|es|s|e)$")
_LEAST, _MOST = 3, 6  # letters of a stem
_SYLLABLES = 2
_MOST_KNOWN = 16_384  # words whose stems are kept
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


@lru_cache(maxsize=_MOST_KNOWN)
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


def turn_by(later: Story) -> StoryTurn:
    """Return what a story is to the earlier ones it speaks of."""
    life = later.reading.life
    return StoryTurn(
        kind=Life.UPDATED if life is Life.REPORTED else life,
        at=later.lead.published,
        story_id=later.id,
        publisher=later.lead.publisher,
        title=later.lead.title,
        speaker=later.reading.speaker,
    )


def speaks_of(later: Story, earlier: Story, words: frozenset[str], earlier_words: frozenset[str]) -> bool:
    """Whether ``later`` goes on about the matter of ``earlier``, or denies or corrects it; with their stems.

    Two reports are events on the same primary: they need no more in common than a phrase of two words.
    """
    shared = len(words & earlier_words)
    if later.reading.life is Life.REPORTED:
        if shared < _TWO or shared / min(len(words), len(earlier_words)) < _UPDATE_WORDS:
            return False
        return agree(_names(later), _names(earlier))
    named = frozenset(later.entities)
    if _is_others(later, earlier, named):
        return False
    both = named & frozenset(earlier.entities)
    if _is_korean(later) is not _is_korean(earlier):
        theme = later.reading.theme
        alike = theme is earlier.reading.theme and theme is not StoryTheme.OTHER
        return bool(both) and alike + (len(both) >= _TWO) + bool(shared) >= _TWO
    if not words:
        return len(both) >= _TWO and both == named
    enough = 1 if len(words) == 1 or len(both) >= _TWO else _TWO
    least = min(len(words), len(earlier_words))
    return bool(both) and shared >= enough and shared / least >= _SHARED_WORDS


def _is_others(later: Story, earlier: Story, named: AbstractSet[str]) -> bool:
    """Whether a denial speaks of others than a report does: it names others, or they only share a partner.

    Who denies need not be in the report. Where they are not, whom it is about must be in the denial.
    """
    speaker, told = later.reading.speaker, frozenset(earlier.entities)
    spoken_of = named - {speaker}
    if not (spoken_of <= told or told <= named):
        return True
    return speaker is not None and speaker not in told and earlier.reading.primary not in named


def _names(story: Story) -> frozenset[str]:
    return names_in(story.lead.title, story.entities)


def _is_korean(story: Story) -> bool:
    return has_hangul(story.lead.title)
