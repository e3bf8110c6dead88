"""Find the words of many lists in one pass over a title."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.words.english_verbs import verb_forms as english_forms
from stackwatch.analysis.words.hangul import is_hangul
from stackwatch.analysis.words.korean_verbs import is_verb, verb_forms

Key = TypeVar("Key")
Span = tuple[int, int]

_REST_OF_WORD = r"(?:[\w'\u2019-]|(?<=\d)[.,](?=\d))*"  # 3,000 and 1.5 are one word
_SHORT_VERB = _SHORT_WORD = 2  # one syllable and 다; two syllables
_PREFIXES = frozenset("가고급대돈또매무미반배부불비빚순술신역연재저전줄첫초총최칩폰")
# Surrogates, which the automaton cannot take, and the spaces that do not break.
_SPACES = re.compile("[\ud800-\udfff\u00a0\u2007\u2009\u202f]")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the ``list`` with this number: found by its literal beginning, completed by ``rest``.

    A ``korean`` one stands anywhere, a ``short`` one at the beginning of a word, a ``first`` one of the
    title.
    """

    list: int
    korean: bool
    short: bool
    first: bool
    rest: str | None  # an expression, made ready when it is first needed: that takes long


class WordLists(Generic[Key]):
    """Word lists, each under a key.

    A word stands alone: no letter, digit or underscore touches it. ``*`` stands for the rest of a word, a
    leading ``^`` for the beginning of the title; ``launch~`` is a verb that stands for its forms.
    Korean words match as stems, wherever they stand, those of one syllable at the beginning of a word; a verb
    in its dictionary form (늘다) stands for its forms. Case does not count.
    """

    def __init__(self, lists: Mapping[Key, Iterable[str]]) -> None:
        """Build one automaton of the words' literal beginnings."""
        words: dict[str, list[_Word]] = {}
        for number, texts in enumerate(lists.values()):
            for text in dict.fromkeys(texts):
                beginnings, word = _word(number, text)
                for beginning in beginnings:
                    words.setdefault(beginning, []).append(word)
        self._keys = tuple(lists)
        self._words = [(not some[0].korean, tuple(some)) for some in words.values()]
        self._scanner = AhoCorasick(list(words), matchkind=MatchKind.Standard)

    def find(self, lowered: str) -> dict[Key, list[Span]]:
        """Return per list the spans of its words in a lower-case title, in order, longest first, disjoint."""
        found: dict[int, list[Span]] = {}
        length = len(lowered)
        for index, start, end in self._scanner.find_matches_as_indexes(lowered, overlapping=True):
            latin, words = self._words[index]
            if latin and start and _touches(lowered[start - 1]):
                continue
            for word in words:
                last = _end(word, lowered, start, end)
                if last is not None and (word.korean or last == length or not _touches(lowered[last])):
                    found.setdefault(word.list, []).append((start, last))
        return {
            self._keys[number]: spans if len(spans) == 1 else disjoint(spans)
            for number, spans in found.items()
        }


def _word(number: int, text: str) -> tuple[Iterable[str], _Word]:
    """Return the literal beginnings of a list's word, and what completes each."""
    foreign = not text.isascii()
    if foreign and is_verb(text):
        return dict.fromkeys(verb_forms(text)), _same(number, True, len(text) == _SHORT_VERB, False, None)
    beginning, star, rest = text.lower().removeprefix("^").partition("*")
    pattern = _REST_OF_WORD if star else None
    if rest:
        pattern = _REST_OF_WORD + re.escape(rest).replace(r"\*", _REST_OF_WORD)
    beginnings = english_forms(beginning) if "~" in beginning else (beginning,)
    short = foreign and len(text) == 1 and is_hangul(text)
    return beginnings, _same(number, foreign, short, text.startswith("^"), pattern)


_same = cache(_Word)  # most words of a list differ in their letters alone


@cache
def _ready(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


def _end(word: _Word, lowered: str, start: int, end: int) -> int | None:
    """Return where a word that begins at ``start`` ends, None when it cannot begin or go on there."""
    if start and (word.first or (word.korean and not _may_begin(word, lowered, start, end))):
        return None
    if word.rest is not None:
        rest = _ready(word.rest).match(lowered, end)
        if rest is None:
            return None
        end = rest.end()
    return end


def _may_begin(word: _Word, lowered: str, start: int, end: int) -> bool:
    """Whether a Korean word may stand behind what stands before it.

    Behind one syllable a word of two would mostly be part of another one: 의문 (doubt) in 창의문화.
    """
    before = lowered[start - 1]
    if not is_hangul(before):
        return not (lowered[start].isdigit() and (before.isdigit() or before in ".,"))  # "1.5배" is no "5배"
    if word.short:
        return False
    alone = start == 1 or not is_hangul(lowered[start - 2])
    return not alone or end - start != _SHORT_WORD or before in _PREFIXES


def _touches(character: str) -> bool:
    """Whether a character continues a word; a Korean particle or noun does not."""
    return (character.isalnum() or character == "_") and not "\uac00" <= character <= "\ud7a3"


def disjoint(spans: list[Span]) -> list[Span]:
    """Return the leftmost, among those the longest, spans that do not overlap."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def lower(text: str) -> str:
    """Return ``text`` in lower case and with straight apostrophes; offsets stay."""
    if text.isascii():
        return text.lower()
    text = _SPACES.sub(" ", text).replace("\u2019", "'")
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # such as \u0130
