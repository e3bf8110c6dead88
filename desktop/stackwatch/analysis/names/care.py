"""What must stand around a spelling that needs care, and what makes it a namesake."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from stackwatch.analysis.names.namesakes import (
    begins_a_word,
    describes_nothing,
    in_longer_name,
    is_counted,
    next_word,
    stems_of,
    word_before,
)
from stackwatch.analysis.names.title_words import Hit, TitleWords, is_in
from stackwatch.domain.watchlist import Alias, AliasPolicy

# Signs among the words of ``unless``.
_NUMBER = "@number"  # a number right before the name
_THE = "@the"  # "the" before a name that describes no word behind it: "up the Amazon"
_LONGER_NAME = "@longer_name"  # another capital word right behind it, in a title whose other words are small
_PREFIX = "@prefix"  # a hyphen behind the name and a word that does not say what it does: "Meta-analysis"
# Signs among those of ``context``.
_ALONE = "@alone"  # no capital word right behind the name
_COMPANY = "@company"  # another company that the title names
_SIGNS = frozenset((_NUMBER, _THE, _LONGER_NAME, _PREFIX, _ALONE, _COMPANY))
_Sets = tuple[frozenset[str], ...]  # the words of a spelling's own, and those of classes, which many share
_APOSTROPHES = "'\u2019"
_LATIN = re.compile("[a-z0-9]+")
_TO_SPACES = "".join(sign if sign.isalnum() else " " for sign in map(chr, range(128)))


class Lexicon(NamedTuple):
    """The words around all spellings: those that make one a namesake, and those that one may need."""

    unless: TitleWords
    context: TitleWords


class Title:
    """A title in which a name needs care, and its words in lower case (``tokens``)."""

    __slots__ = ("_hits", "_unless", "_words", "lowered", "text", "tokens")

    def __init__(self, text: str, lowered: str, words: Lexicon) -> None:
        """Remember a title, as it is written and in lower case."""
        self.text = text
        self.lowered = lowered
        self._words = words
        ascii_only = lowered.isascii()
        self.tokens = lowered.translate(_TO_SPACES).split() if ascii_only else _LATIN.findall(lowered)
        self._unless: list[int] | None = None
        self._hits: Sequence[Hit] | None = None

    def has_one(self, unless: bytes) -> bool:
        """Whether one of some words that make a namesake stands in it."""
        if self._unless is None:
            self._unless = self._words.unless.standing(self.lowered)
        return any(is_in(unless, number) for number in self._unless)

    def has_beside(self, context: bytes, name: tuple[int, int]) -> bool:
        """Whether one of some words stands beside a name, which may hold it, too."""
        if self._hits is None:
            self._hits = self._words.context.hits(self.lowered)
        return self._words.context.is_among(context, self._hits, self.lowered, name)


@dataclass(frozen=True, slots=True)
class Care:
    """What counts around a spelling: words as bits, those right ``behind`` and ``before`` it, and signs.

    ``context`` is None where none is needed. ``subjects`` are whole English words.
    """

    leads: frozenset[str]
    context: bytes | None
    context_subjects: _Sets
    context_behind: _Sets
    alone: bool
    company: bool
    unless: "_Phrases | None"
    subjects: _Sets
    behind: _Sets
    before: _Sets
    number: bool
    the: bool
    longer: bool
    prefix: bool

    def is_namesake(self, title: Title, start: int, end: int) -> bool:
        """Whether something around the name makes it somebody else's."""
        text, lowered = title.text, title.lowered
        if self.leads and not _is_led_to(self.leads, text, start):
            return True
        if self.subjects and _has_any(self.subjects, title.tokens):
            return True
        if self.unless is not None and self.unless.stand_in(title):
            return True
        if self.behind and _is_among(next_word(lowered, end), self.behind):
            return True
        if start and self.before and _is_one(word_before(lowered, start), self.before):
            return True
        if self.number and is_counted(lowered, start):
            return True
        if self.the and word_before(lowered, start) == "the" and describes_nothing(lowered, end):
            return True
        if self.prefix and begins_a_word(text, end):
            return True
        return self.longer and in_longer_name(text, end)

    def has_context(self, title: Title, start: int, end: int) -> bool:
        """Whether what must stand around the name does, but for another company."""
        if self.context is None or (self.context_subjects and _has_any(self.context_subjects, title.tokens)):
            return True
        if self.context and title.has_beside(self.context, (start, end)):
            return True
        if self.context_behind and _is_among(next_word(title.lowered, end), self.context_behind):
            return True
        return self.alone and not next_word(title.text, end)[:1].isupper()


def lexicon_of(aliases: Iterable[Alias]) -> Lexicon:
    """Gather the words around some spellings."""
    unless: dict[str, None] = {}
    context: dict[str, None] = {}
    for alias in aliases:
        for words in _unless(alias):
            unless.update(words.phrases)
        for words in _context(alias):
            context.update(words.phrases)
    return Lexicon(TitleWords(unless), TitleWords(context))


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What makes a namesake and is no English word: a title is searched for it only where it may stand.

    Where one of ``prompts`` is among its words, or some ``letters`` stand in it, or where it is ``korean``.
    """

    mask: bytes
    prompts: frozenset[str]
    letters: tuple[str, ...]
    korean: bool

    def stand_in(self, title: Title) -> bool:
        """Whether one of them stands in a title."""
        lowered = title.lowered
        if (self.korean and not lowered.isascii()) or not self.prompts.isdisjoint(title.tokens):
            return title.has_one(self.mask)
        for letters in self.letters:
            if letters in lowered:
                return title.has_one(self.mask)
        return False


def _prompted(phrases: Sequence[str], name: str, words: TitleWords) -> _Phrases | None:
    if not phrases:
        return None
    own = {*name.lower().translate(_TO_SPACES).split()}
    prompts: set[str] = set()
    letters: list[str] = []
    for phrase in filter(str.isascii, phrases):
        first = [part for part in phrase.lower().translate(_TO_SPACES).split()[:-1] if part not in own]
        if first:
            prompts.add(first[0])
        else:
            letters.append(phrase.rstrip("*").lower())
    return _Phrases(
        words.mask(phrases), frozenset(prompts), tuple(letters), not all(map(str.isascii, phrases))
    )


def care_of(alias: Alias, words: Lexicon) -> Care | None:
    """Return the care that a spelling needs; ``words`` hold those around it."""
    needs = alias.policy is AliasPolicy.CONTEXT
    context, unless = _context(alias), _unless(alias)
    if not (needs or alias.leads or unless):
        return None
    needed, signs = _signs(context), _signs(unless)
    return Care(
        leads=frozenset(alias.leads),
        context=words.context.mask(_phrases(context)) if needs else None,
        context_subjects=tuple(some.subjects for some in context if some.subjects),
        context_behind=tuple(some.behind for some in context if some.behind),
        alone=_ALONE in needed,
        company=_COMPANY in needed,
        unless=_prompted(_phrases(unless), alias.text, words.unless),
        subjects=tuple(some.subjects for some in unless if some.subjects),
        behind=tuple(some.behind for some in unless if some.behind),
        before=tuple(some.before for some in unless if some.before),
        number=_NUMBER in signs,
        the=_THE in signs,
        longer=_LONGER_NAME in signs,
        prefix=_PREFIX in signs,
    )


class _Words(NamedTuple):
    """The words of ``context`` or ``unless`` by how they count; ``subjects`` are whole English ones."""

    phrases: dict[str, None]
    subjects: frozenset[str]
    behind: frozenset[str]
    before: frozenset[str]
    signs: frozenset[str]


def _context(alias: Alias) -> list[_Words]:
    """Return what a spelling needs one of: its own words, then those of classes; itself is none."""
    if alias.policy is not AliasPolicy.CONTEXT:
        return []
    found = []
    itself = f"={alias.text}"
    for words in (alias.context, *alias.context_classes):
        others = words
        if itself in words and itself.isascii():
            others = tuple(word for word in words if word != itself)
        found.append(_sorted_out(others, whole=False))
    return found


def _unless(alias: Alias) -> list[_Words]:
    """Return what makes a spelling a namesake: its own words, then those of classes."""
    own = (alias.unless,) if alias.unless else ()
    return [_sorted_out(words, whole=True) for words in (*own, *alias.unless_classes)]


def _phrases(some: Sequence[_Words]) -> list[str]:
    return [phrase for words in some for phrase in words.phrases]


def _signs(some: Sequence[_Words]) -> frozenset[str]:
    return frozenset().union(*(words.signs for words in some))


@lru_cache(maxsize=4_096)  # those of a class are asked for by many spellings
def _sorted_out(words: tuple[str, ...], *, whole: bool) -> _Words:
    """Sort words out; a single English one is a ``whole`` one, or else the beginning of one."""
    phrases: dict[str, None] = {}
    subjects: list[str] = []
    behind: list[str] = []
    before: list[str] = []
    signs: list[str] = []
    for word in words:
        if word[0] == "^":
            behind.append(_plain(word[1:]))
        elif word[-1] == "^":
            before.append(_plain(word[:-1]))
        elif word.isascii() and (word[0] == "=" or (whole and word.isalnum())):
            plain = _plain(word)
            subjects += (plain, f"{plain}s")
        elif word in _SIGNS:
            signs.append(word)
        else:
            phrases[word] = None
    return _Words(phrases, frozenset(subjects), frozenset(behind), frozenset(before), frozenset(signs))


def _plain(word: str) -> str:
    return word.removeprefix("=").strip().lower()


def _has_any(sets: _Sets, tokens: Sequence[str]) -> bool:
    """Whether one of a title's words is in one of the sets."""
    for words in sets:  # noqa: SIM110 - faster, and often asked
        if not words.isdisjoint(tokens):
            return True
    return False


def _is_one(word: str, sets: _Sets) -> bool:
    for words in sets:  # noqa: SIM110 - faster, and often asked
        if word in words:
            return True
    return False


def _is_among(word: str, sets: _Sets) -> bool:
    """Whether a word is one of some, in the plural or with a particle, too."""
    if _is_one(word, sets):
        return True
    if word.isascii() and word.isalpha():
        return word[-1] == "s" and _is_one(word[:-1], sets)
    return bool(word) and _has_any(sets, tuple(stems_of(word)))


def _is_led_to(leads: Collection[str], text: str, start: int) -> bool:
    """Whether a name that is a word, too, stands as a name: "Sues Arm", not "Retail Arm".

    It begins a title or a clause, or follows a word in small letters or one of ``leads``.
    """
    words = text[:start].split()
    if not words or text[start - 1] != " ":
        return True
    before = words[-1]
    if before[-1] in _APOSTROPHES:
        return False  # "General Dynamics' Arm"
    return not before[-1].isalnum() or not before[0].isupper() or before.lower() in leads
