"""The lists that tone is read from, and what is found of them in a title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from stackwatch.analysis.words.word_lists import Span


class Words(Enum):
    """The lists tone is read from."""

    GOOD = auto()
    BAD = auto()
    ACTIVITY = auto()
    DEED = auto()
    PRAISE = auto()
    ROUTINE = auto()
    CHARITY = auto()
    AIM = auto()
    NEGATION = auto()
    RISING = auto()
    FALLING = auto()
    BAD_OBJECT = auto()
    ENDING = auto()
    BURDEN = auto()
    CLEARING = auto()
    THREAT = auto()
    DONE_FOR = auto()
    DONE_TO = auto()
    TOLD = auto()
    BOUGHT = auto()
    SOLD = auto()
    AGAINST = auto()
    DESPITE = auto()
    NEUTRAL = auto()
    ONLOOKER = auto()
    SCARCE = auto()
    AMPLE = auto()
    PRICE = auto()

    __hash__ = object.__hash__  # looked up for every title


Found = Mapping[Words, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Signal:
    """Where a title says something good (1) or bad (-1); a weak one counts only where no other does."""

    span: Span
    sign: int
    weak: bool = False


def meet(one: Span, other: Span) -> bool:
    """Whether two spans overlap."""
    return one[0] < other[1] and other[0] < one[1]


def inside(span: Span, outer: Span) -> bool:
    """Whether a span lies in another one."""
    return outer[0] <= span[0] and span[1] <= outer[1]


def says(kind: Words, found: Found) -> bool:
    """Whether a title has a word of a list that is no part of a neutral one: 포토 in 포토닉스."""
    idle = found.get(Words.NEUTRAL, ())
    return any(not any(inside(span, other) for other in idle) for span in found.get(kind, ()))
