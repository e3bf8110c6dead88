"""What stands around a name and makes it another's: a first name, a state, a number, a longer name, a subject."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stackwatch.analysis.first_names import FIRST_NAMES
from stackwatch.analysis.hangul import is_hangul, particle_agrees

NUMBER = "@number"  # in ``unless``: a number right before the name
THE = "@the"  # "the" before a name that describes no word behind it: "up the Amazon"
LONGER_NAME = "@longer_name"  # another capital word beside it, in a title whose other words are small
ALONE = "@alone"  # in ``context``: no capital word right behind the name
COMPANY = "@company"  # in ``context``: another company that a title names for sure
_STATES = frozenset(
    "Ala. Ariz. Ark. Calif. Colo. Conn. Del. Fla. Ga. Ill. Ind. Kan. Ky. La. Mass. Md. Mich. Minn. Miss. Mo. Mont. N.C. "
    "N.D. N.H. N.J. N.M. N.Y. Neb. Nev. Okla. Ont. Ore. Pa. R.I. S.C. S.D. Tenn. Va. Vt. W.Va. Wash. Wis. Wyo.".split()
)
# Right behind a company's name in a title whose other words are small, as part of it or of what it has.
_COMPANY_WORDS = frozenset(
    "ag ai ceo cfo chair chairman chief co coo corp corporation cto energy group holding holdings inc industries "
    "international labs limited ltd networks nv plc power president sa se services stock shares systems tech "
    "technologies technology q1 q2 q3 q4 and".split()
)
# Words of five letters and more that a title of capitals may write small.
_MINOR = frozenset("about above after against among around before behind below beyond despite during under until".split())
_SMALL_WORD = re.compile(r"(?<![\w'\u2019-])[a-z]{5,}")
_COUNT = re.compile(r"(?:^|[^\w.,])(?:\d[\d.,]*|one|two|three|five|ten)[ -]?$")
_COUNT_LETTERS = 10
_WORD = re.compile(r"[a-z0-9]+|[\uac00-\ud7a3]+")
_STEM = 5  # syllables of the longest Korean word of a class
_GLOSS = 3  # letters up to which a ticker behind a Korean word is what that is called
_GAPS = 2  # words between those that an abbreviation stands for
_SMALL = frozenset("after and as at between by during for from in is near of on or said that to told was were when where who with".split())
_QUOTES = "\"'\u2018\u2019\u201c\u201d([,.:;!?)]"


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The signs, beside words anywhere, that a name is a namesake's.

    ``behind`` and ``before`` are the words right beside it, ``subjects`` whole words anywhere.
    """

    behind: frozenset[str]
    before: frozenset[str]
    subjects: frozenset[str]
    number: bool
    the: bool
    longer: bool

    def stand(self, text: str, lowered: str, start: int, end: int) -> bool:
        """Whether one of them stands around the name at ``start`` to ``end``."""
        if self.behind and _next_word(lowered, end).rstrip(_QUOTES) in self.behind:
            return True
        if self.before and _word_before(lowered, start) in self.before:
            return True
        if self.number and _COUNT.search(lowered, max(0, start - _COUNT_LETTERS), start):
            return True
        if self.the and _word_before(lowered, start) == "the" and _ends_a_phrase(lowered, end):
            return True
        if self.longer and _in_longer_name(text, start, end):
            return True
        return bool(self.subjects) and not self.subjects.isdisjoint(words_of(lowered))


def namesakes_of(unless: Sequence[str]) -> tuple["Namesakes | None", tuple[str, ...]]:
    """Return the signs among ``unless`` and its other words: ``^mayor``, ``rapper^``, ``=pitcher``, a sign."""
    signs = tuple(word for word in unless if word[0] in "^=" or word[-1] == "^" or word in (NUMBER, THE, LONGER_NAME))
    if not signs:
        return None, tuple(unless)
    return _signs(signs), tuple(word for word in unless if word not in signs)


@lru_cache(maxsize=1_024)  # many names have the same
def _signs(signs: tuple[str, ...]) -> Namesakes:
    lowered = [sign.lower() for sign in signs]
    return Namesakes(
        behind=frozenset(sign[1:].strip() for sign in lowered if sign[0] == "^"),
        before=frozenset(sign[:-1].strip() for sign in lowered if sign[-1] == "^"),
        subjects=frozenset(sign[1:] for sign in lowered if sign[0] == "="),
        number=NUMBER in signs,
        the=THE in signs,
        longer=LONGER_NAME in signs,
    )


def is_of_somebody_else(text: str, start: int, end: int) -> bool:
    """Whether a first name stands before a name, or a state behind it: Matthew Modine; Snowflake, Ariz."""
    if start and _word_before(text, start).lower() in FIRST_NAMES:
        return True
    return text.startswith(", ", end) and text[end + 2 :].partition(" ")[0].rstrip(",:;") in _STATES


def is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether a ticker in brackets is short for the words before it: "customer relationship management (CRM)"."""
    if not start or text[start - 1] != "(" or text[end : end + 1] not in (")", "s"):
        return False
    before = text[: start - 1].rstrip()
    if len(before) > 1 and is_hangul(before[-1]):
        return is_hangul(before[-2]) and end - start <= _GLOSS
    wanted = list(text[start:end].lower())
    for place, word in enumerate(reversed(re.findall(r"[A-Za-z]+", before)[-len(wanted) - _GAPS :])):
        if wanted and wanted[-1] in word[0].lower() + "".join(filter(str.isupper, word[1:])).lower():
            wanted.pop()
        elif place == 0:
            return False
    return not wanted


def _ends_a_phrase(lowered: str, end: int) -> bool:
    """Whether a name describes no word behind it: "the Amazon by boat", not "the Amazon deal"."""
    behind = _next_word(lowered, end)
    return behind in _SMALL or (not behind and lowered[end : end + 1] not in ("-", "'", "\u2019", "("))


def stands_alone(text: str, end: int) -> bool:
    """Whether no capital word stands right behind a name: "Claude got its soul", not "Claude Monet"."""
    return not _next_word(text, end).strip(_QUOTES)[:1].isupper()


def _in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether another word of a name stands beside this one: Lambda Legal, Talen Horton-Tucker."""
    behind = _next_word(text, end).strip(_QUOTES)
    longer = behind[:1].isupper() and behind.lower() not in _COMPANY_WORDS
    return longer and any(word not in _MINOR for word in _SMALL_WORD.findall(text))


def _next_word(text: str, end: int) -> str:
    """Return the word behind a name, without what ends it; nothing where another sign follows."""
    return text[end + 1 :].partition(" ")[0] if text.startswith(" ", end) else ""


def _word_before(text: str, start: int) -> str:
    """Return the word before a name; nothing where another sign stands between."""
    if start < 2 or text[start - 1] != " ":  # noqa: PLR2004 - a letter and a space
        return ""
    return text[text.rfind(" ", 0, start - 1) + 1 : start - 1].lstrip(_QUOTES)


@lru_cache(maxsize=16)
def words_of(lowered: str) -> frozenset[str]:
    """Return the words of a title, English ones in the singular, too, Korean ones without their particles."""
    words: set[str] = set()
    for word in _WORD.findall(lowered):
        words.add(word)
        if word.isascii():
            words.add(word.removesuffix("s"))
        else:
            stems = range(2, min(len(word), _STEM + 1))
            words.update(word[:n] for n in stems if particle_agrees(word[n - 1], word[n:]))
    return frozenset(words)
