"""What must stand around a spelling that needs care, and what makes it a namesake."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stackwatch.analysis.namesakes import (
    describes_nothing,
    in_longer_name,
    is_counted,
    next_word,
    stems_of,
    word_before,
)
from stackwatch.analysis.title_words import TitleWords
from stackwatch.domain.watchlist import Alias, AliasPolicy

# Signs among the words of ``unless``.
_NUMBER = "@number"  # a number right before the name
_THE = "@the"  # "the" before a name that describes no word behind it: "up the Amazon"
_LONGER_NAME = "@longer_name"  # another capital word right behind it, in a title whose other words are small
# Signs among those of ``context``.
_ALONE = "@alone"  # no capital word right behind the name
_COMPANY = "@company"  # another company that the title names
_SIGNS = frozenset((_NUMBER, _THE, _LONGER_NAME, _ALONE, _COMPANY))
_APOSTROPHES = "'\u2019"


class Title:
    """A title whose words are looked for when a name in it first needs care."""

    __slots__ = ("_found", "_words", "lowered", "text")

    def __init__(self, text: str, lowered: str, words: TitleWords) -> None:
        """Remember a title, as it is written and in lower case."""
        self.text = text
        self.lowered = lowered
        self._words = words
        self._found: Sequence[tuple[int, int, int]] | None = None

    def words(self, start: int = 0, end: int = 0) -> int:
        """Return the bits of its words but for those that touch the name at ``start`` to ``end``."""
        if self._found is None:
            self._found = self._words.found(self.lowered)
        mask = 0
        for bit, begin, last in self._found:
            if last <= start or begin >= end:
                mask |= bit
        return mask


@dataclass(frozen=True, slots=True)
class Care:
    """What counts around a spelling: words as bits, those right ``behind`` and ``before`` it, and signs.

    ``context`` is None where none is needed.
    """

    leads: frozenset[str]
    context: int | None
    context_behind: frozenset[str]
    alone: bool
    company: bool
    unless: int
    behind: frozenset[str]
    before: frozenset[str]
    number: bool
    the: bool
    longer: bool

    def is_namesake(self, title: Title, start: int, end: int) -> bool:
        """Whether something around the name makes it somebody else's."""
        text, lowered = title.text, title.lowered
        if self.leads and not _is_led_to(self.leads, text, start):
            return True
        if self.behind and _is_among(next_word(lowered, end), self.behind):
            return True
        if self.before and word_before(lowered, start) in self.before:
            return True
        if self.number and is_counted(lowered, start):
            return True
        if self.the and word_before(lowered, start) == "the" and describes_nothing(lowered, end):
            return True
        if self.longer and in_longer_name(text, end):
            return True
        return bool(self.unless) and bool(self.unless & title.words())

    def has_context(self, title: Title, start: int, end: int) -> bool:
        """Whether what must stand around the name does, but for another company."""
        if self.context is None or self.context & title.words(start, end):
            return True
        if self.context_behind and _is_among(next_word(title.lowered, end), self.context_behind):
            return True
        return self.alone and not next_word(title.text, end)[:1].isupper()


def care_of(alias: Alias, words: TitleWords) -> Care | None:
    """Return the care that a spelling needs; ``words`` know those of ``words_of``."""
    needs = alias.policy is AliasPolicy.CONTEXT
    if not (needs or alias.leads or alias.unless):
        return None
    context = alias.context if needs else ()
    return Care(
        leads=frozenset(alias.leads),
        context=words.mask(_plain(context)) if needs else None,
        context_behind=_beside(context)[0],
        alone=_ALONE in context,
        company=_COMPANY in context,
        unless=words.mask(_plain(alias.unless)),
        behind=_beside(alias.unless)[0],
        before=_beside(alias.unless)[1],
        number=_NUMBER in alias.unless,
        the=_THE in alias.unless,
        longer=_LONGER_NAME in alias.unless,
    )


def words_of(alias: Alias) -> Iterator[str]:
    """Yield the words that a title is searched for because of a spelling."""
    yield from _plain(alias.unless)
    if alias.policy is AliasPolicy.CONTEXT:
        yield from _plain(alias.context)


def _plain(words: Sequence[str]) -> Iterator[str]:
    return (word for word in words if not (word in _SIGNS or word.startswith("^") or word.endswith("^")))


@lru_cache(maxsize=1_024)  # many names have the same
def _beside(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words right behind a name (^mayor) and right before it (rapper^)."""
    behind = frozenset(word[1:].strip().lower() for word in words if word.startswith("^"))
    return behind, frozenset(word[:-1].strip().lower() for word in words if word.endswith("^"))


def _is_among(word: str, words: frozenset[str]) -> bool:
    """Whether a word is one of some, in the plural or with a particle, too."""
    return word in words or (bool(word) and not words.isdisjoint(stems_of(word)))


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
