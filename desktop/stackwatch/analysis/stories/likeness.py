"""Which titles may tell the same, by what is quickly asked: comparing their words takes ten times as long.

Two titles whose names or key numbers contradict tell two stories; brokers count as names. So do one that
confirms and one that does not: what was denied counts again from then on. Of the others ``token_set_ratio``
is at least 80 only where, with S the length of the words they share, D how many letters one has that the
other lacks, both ways, and L and M their lengths,

- the shared words are two thirds of one of them: ``3 S >= 2 min(L, M)``, or
- few letters make the rest of both the same: ``5 D <= L + M``.

Words and letters are counted in bits. Where bits cannot tell two of them apart they count as the same: no
title that is alike is missed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from zlib import crc32

from stackwatch.analysis.stories.timeline import in_order
from stackwatch.analysis.words.hangul import has_hangul

SIMILAR = 80.0  # both bounds follow from it
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# How often an agency has told it by then is none: UPDATE 2-, (3rd LD), (2보).
_AGENCY = re.compile(r"\b(?:update|wrapup|refile) \d+-|\b\d(?:st|nd|rd|th) ld\b|\b\d보\b", re.IGNORECASE)
# Q1 and 1분기 are numbers already.
_SPELT = re.compile(r"\b(first|second|third|fourth)[- ](?:quarter|half)\b|(상|하)반기", re.IGNORECASE)
_SPELT_OUT = {"first": 1.0, "second": 2.0, "third": 3.0, "fourth": 4.0, "상": 1.0, "하": 2.0}
_CONFIRM = "confirms confirmed admits admitted acknowledges acknowledged"
_CONFIRMING = frozenset(_CONFIRM.split())
_CONFIRMS = re.compile(
    r"공식 (?:확인|인정)|사실로 (?:확인|드러|밝혀)|(?:인정|시인)(?:[했하,\u2026]|\s|$)"
    r"|부인에도?[\s,\u2026.]|부인을? ?(?:재)?반박"
)
# What a title comes behind: "stands by report after denial".
_DENIAL = frozenset(("denial", "denials", "denying"))
_BEHIND = frozenset(("after", "despite", "following", "amid", "stands"))
_BROKER = re.compile(
    r"\b(?:goldman|morgan stanley|j\.?p\.? ?morgan|bofa|bank of america|barclays|deutsche bank|jefferies"
    r"|citi(?=group\b|\b)|ubs\b|hsbc\b|bernstein|wedbush|evercore|keybanc|mizuho|piper|wells fargo"
    r"|raymond james|oppenheimer|stifel|needham|cantor|nomura|macquarie|truist|melius|(?:td )?cowen)"
    r"|골드만|모[간건] ?스탠리|jp ?모[간건]|씨티|바클레이|노무라|맥쿼리|번스타인|제프리스|[^\W_]+(?=증권)",
    re.IGNORECASE,
)
# Words without one of which a title names no broker in English, and spells no quarter or half out.
_BROKERS = (
    "goldman stanley morgan jpmorgan bofa america barclays deutsche jefferies citi citigroup ubs hsbc "
    "bernstein wedbush evercore keybanc mizuho piper fargo raymond oppenheimer stifel needham cantor nomura "
    "macquarie truist melius cowen"
)
_BOFA = "bank of america"
_BROKER_WORDS = frozenset(_BROKERS.split())
_SPELT_WORDS = frozenset(("quarter", "half"))
_KINDS = 37  # of letters: English ones and all digits but 0 have one of their own
_MOST = 15  # letters of one kind that are counted
_MOST_KNOWN = 16_384  # titles of which numbers and brokers are kept
_PLACES = 512  # where the bits of a word may begin


class Signature:
    """What is quickly asked of a title."""

    __slots__ = ("confirms", "length", "letters", "lost", "names", "numbers", "ordered", "words")

    def __init__(self, title: str, names: Iterable[str]) -> None:
        """Take a title and the ids of those it names; ``ordered`` has its words in order."""
        self.names = names_in(title, names)
        self.numbers = numbers_in(title)
        self.ordered = in_order(title)
        words = dict.fromkeys(self.ordered.split())
        self.confirms = (
            not _CONFIRMING.isdisjoint(words)
            or (not _DENIAL.isdisjoint(words) and not _BEHIND.isdisjoint(words))
            or (has_hangul(title) and _CONFIRMS.search(title) is not None)
        )
        text = " ".join(words)
        self.length = len(text)
        self.letters = self.words = 0
        for letter, count in Counter(text.replace(" ", "")).items():
            self.letters |= ((1 << min(count, _MOST)) - 1) << ord(letter) % _KINDS * _MOST
        for word in words:  # a bit for each letter, and for the space behind, in the same place in every run
            place = crc32(word.encode(errors="surrogatepass")) % _PLACES
            self.words |= ((2 << len(word)) - 1) << place
        self.lost = len(text) + 1 - self.words.bit_count()  # by words that begin within another one's bits

    def may_match(self, other: "Signature") -> bool:
        """Whether two titles do not contradict each other and may be alike; False only where they are not."""
        if not agree(self.names, other.names) or not agree(self.numbers, other.numbers):
            return False
        if self.confirms is not other.confirms:
            return False
        one, two = self.length, other.length
        if 5 * (self.letters ^ other.letters).bit_count() <= one + two:
            return True
        shared = (self.words & other.words).bit_count() + self.lost
        return 3 * shared >= 2 * min(one, two)


@lru_cache(maxsize=_MOST_KNOWN)
def numbers_in(title: str) -> frozenset[float]:
    """Return the key numbers of a title, those of quarters and halves also where they are spelt out."""
    plain = _AGENCY.sub(" ", title) if _NUMBER.search(title) else title
    numbers = [float(each.replace(",", "")) for each in _NUMBER.findall(plain)]
    if not has_hangul(title) and _SPELT_WORDS.isdisjoint(in_order(title).split()):
        return frozenset(numbers)
    spelt = [_SPELT_OUT[(english or korean).lower()] for english, korean in _SPELT.findall(title)]
    return frozenset(numbers + spelt)


def names_in(title: str, names: Iterable[str]) -> frozenset[str]:
    """Return the ids of those a title names, and its brokers, each in one spelling."""
    return _brokers_in(title).union(names)


@lru_cache(maxsize=_MOST_KNOWN)
def _brokers_in(title: str) -> frozenset[str]:
    if not has_hangul(title) and _BROKER_WORDS.isdisjoint(in_order(title).split()):
        return frozenset()
    brokers = {match.group().lower() for match in _BROKER.finditer(title)}
    return frozenset(
        "bofa" if name == "bank of america" else re.sub("[. ]|td ", "", name) for name in brokers
    )


def agree(one: AbstractSet[object], other: AbstractSet[object]) -> bool:
    """Whether one of two titles says nothing of a kind that the other does not; else each tells its own."""
    return one <= other or other <= one
