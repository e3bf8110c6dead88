"""What the core tells of names and files that give nothing, and that they do again."""

from dataclasses import dataclass
from datetime import datetime

from stackwatch.domain.quote import Refusal


@dataclass(frozen=True, slots=True)
class UnknownSymbols:
    """Every symbol that the provider left out for long, and since when: it may be renamed or delisted."""

    since: tuple[tuple[str, datetime], ...]


@dataclass(frozen=True, slots=True)
class SymbolsRefused:
    """Every symbol of which the source gave no usable price, or no history, when it was asked last."""

    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """What is to be said of a file of the user's until ``NoticeEnded`` takes the same words back."""

    text: str


@dataclass(frozen=True, slots=True)
class NoticeEnded:
    """What was said of a file of the user's, word for word, and holds no longer."""

    text: str
