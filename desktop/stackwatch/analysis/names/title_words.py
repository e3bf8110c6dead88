"""The words around names that tell whom they name: those of all spellings, found in one pass over a title."""

import unicodedata
from collections.abc import Iterable, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.words.hangul import hangul_run, is_hangul, particle_agrees
from stackwatch.analysis.words.word_lists import lower

_WORD_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_SHORT = 3  # letters up to which a word must stand alone
Hit = tuple[int, int, int]  # the number of a word, and where it starts and ends


_ANYWHERE, _BEGINS, _ENDS, _KOREAN = range(
    4
)  # how a word stands: how a Latin one begins; and ends; a Korean whole one


class TitleWords:
    """Words under a bit each; many names have the same around them.

    A Latin word begins a word; a short or capital one ends it, too. One with "=" before it is a whole word.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Build one automaton of the ``words``."""
        self._numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
        made = [_made_ready(word) for word in self._numbers]
        self._kinds = bytes(kind for _, kind in made)
        self._scanner = AhoCorasick([text for text, _ in made], matchkind=MatchKind.Standard)

    def mask(self, words: Iterable[str]) -> bytes:
        """Return the bits of some of the words together; nothing of none."""
        numbers = [self._numbers[word] for word in words]
        mask = bytearray(max(numbers, default=-8) // 8 + 1)
        for number in numbers:
            mask[number >> 3] |= 1 << (number & 7)
        return bytes(mask)

    def standing(self, lowered: str) -> list[int]:
        """Return the numbers of the words that stand in a lower-case title."""
        hits = self.hits(lowered)
        return [number for number, start, end in hits if self._stands(number, lowered, start, end)]

    def hits(self, lowered: str) -> Sequence[Hit]:
        """Return where the letters of words stand in a lower-case title, be their edges as they may."""
        hits: Sequence[Hit] = self._scanner.find_matches_as_indexes(lowered, overlapping=True)
        return hits

    def is_among(self, mask: bytes, hits: Sequence[Hit], lowered: str, name: tuple[int, int]) -> bool:
        """Whether one of the words of a mask is among ``hits`` and touches no letter of a name."""
        begin, last = name
        for number, start, end in hits:
            beside = end <= begin or start >= last
            if beside and is_in(mask, number) and self._stands(number, lowered, start, end):
                return True
        return False

    def _stands(self, number: int, lowered: str, start: int, end: int) -> bool:
        """Whether the edges of a match are those of its word."""
        kind = self._kinds[number]
        if kind == _ANYWHERE:
            return True
        if kind == _KOREAN:
            return _is_whole(lowered, start, end)
        if start and lowered[start - 1] in _WORD_LETTERS:
            return False
        return kind == _BEGINS or _is_over(lowered, end)


def is_in(mask: bytes, number: int) -> bool:
    """Whether a mask has the bit of a word."""
    place = number >> 3
    return place < len(mask) and mask[place] >> (number & 7) & 1 == 1


def _made_ready(word: str) -> tuple[str, int]:
    """Return a word in lower case, and how it must stand."""
    whole = word[0] == "="
    word = unicodedata.normalize("NFKC", word.strip().removeprefix("=").removesuffix("*"))
    if is_hangul(word[0]):
        return lower(word), _KOREAN if whole else _ANYWHERE
    if not (word[0].isascii() and word[0].isalnum()):
        return lower(word), _ANYWHERE
    ends = whole or len(word) <= _SHORT or (word.isascii() and word.isupper())
    return lower(word), _ENDS if ends else _BEGINS


def _is_whole(lowered: str, start: int, end: int) -> bool:
    """Whether a Korean word stands by itself, or with a particle."""
    if start and is_hangul(lowered[start - 1]):
        return False
    return particle_agrees(lowered[end - 1], hangul_run(lowered, end))


def _is_over(lowered: str, end: int) -> bool:
    """Whether a word, its plural or its number (HBM4) is over at ``end``."""
    after = lowered[end : end + 2]
    if not after or after[0] not in _WORD_LETTERS or after[0].isdigit():
        return True
    return after[0] == "s" and after[1:] not in _WORD_LETTERS
