"""The words around names that tell whom they name: those of all spellings, found in one pass over a title."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from stackwatch.analysis.hangul import hangul_run, is_hangul, particle_agrees
from stackwatch.analysis.word_lists import lower

_WORD_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_SHORT = 3  # letters up to which a word must stand alone
Found = tuple[int, int, int]  # the bit of a word, and where it starts and ends


@dataclass(frozen=True, slots=True)
class _Word:
    """A word in lower case; a Latin one ``begins`` a word, a short or capital one, or a ``whole`` one, ends it, too."""

    text: str
    begins: bool
    ends: bool

    def stands_at(self, lowered: str, start: int, end: int) -> bool:
        """Whether the edges of a match are those of the word."""
        if not self.begins:
            return True
        if is_hangul(self.text[0]):
            if start and is_hangul(lowered[start - 1]):
                return False
            return particle_agrees(self.text[-1], hangul_run(lowered, end))
        if start and lowered[start - 1] in _WORD_LETTERS:
            return False
        return not self.ends or _is_over(lowered, end)


class TitleWords:
    """Words under a bit each; many names have the same around them."""

    def __init__(self, words: Iterable[str]) -> None:
        """Build one automaton of ``words``; one with "=" before it counts only as a whole word."""
        self._bits = {word: 1 << number for number, word in enumerate(dict.fromkeys(words))}
        self._words = [_word(word) for word in self._bits]
        self._scanner = AhoCorasick([word.text for word in self._words], matchkind=MatchKind.Standard)

    def mask(self, words: Iterable[str]) -> int:
        """Return the bits of some of the words together."""
        mask = 0
        for word in words:
            mask |= self._bits[word]
        return mask

    def found(self, lowered: str) -> Sequence[Found]:
        """Return the words that stand in a lower-case title."""
        hits = self._scanner.find_matches_as_indexes(lowered, overlapping=True)
        words = self._words
        return [(1 << n, start, end) for n, start, end in hits if words[n].stands_at(lowered, start, end)]


def _word(word: str) -> _Word:
    whole = word[0] == "="
    word = unicodedata.normalize("NFKC", word.strip().removeprefix("="))
    begins = word[0].isascii() and word[0].isalnum()
    ends = whole or len(word) <= _SHORT or (word.isascii() and word.isupper())
    return _Word(lower(word), begins=begins or whole, ends=ends)


def _is_over(lowered: str, end: int) -> bool:
    """Whether a word, its plural or its number (HBM4) is over at ``end``."""
    after = lowered[end : end + 2]
    if not after or after[0] not in _WORD_LETTERS or after[0].isdigit():
        return True
    return after[0] == "s" and after[1:] not in _WORD_LETTERS
