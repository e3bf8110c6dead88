"""What is asked of the grammar of a language to tell good from bad, and which one a title is read by."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from stackwatch.analysis.tone.english_grammar import EnglishGrammar
from stackwatch.analysis.tone.tone_roles import Roles
from stackwatch.analysis.tone.tone_words import Found, Signal
from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.domain.news import Mention


class Grammar(Protocol):
    """How one language says who does what to whom."""

    def signals(self, title: str, lowered: str, found: Found) -> list[Signal]:
        """Return the good and bad words of a title, turned by what negates them."""

    def only_describes(self, title: str, mentions: Sequence[Mention]) -> bool:
        """Whether a title has its names only to describe somebody else."""

    def described(self, title: str, mentions: Sequence[Mention], primary: str | None) -> Sequence[str]:
        """Return the names of a title that only describe another."""

    def of_names(
        self, title: str, mentions: Sequence[Mention], found: Found, signals: Sequence[Signal]
    ) -> tuple[Sequence[Signal], int]:
        """Return the signals that may be news of a title's names, and where what it says of them begins."""

    def sharing(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return the names beside which the price of another share is told from theirs."""

    def went(self, lowered: str, mentions: Sequence[Mention], begin: int) -> Mapping[str, int]:
        """Return which way a title says that each of its names went; what it says of them has a ``begin``."""

    def decisive(self, signals: Sequence[int]) -> int:
        """Return the sign that counts where good and bad cancel out."""

    def directed(
        self, title: str, mentions: Sequence[Mention], signals: Sequence[Signal]
    ) -> Mapping[Signal, set[str]]:
        """Return the signals that are the news of certain names alone, with these."""

    def roles(self, title: str, lowered: str, mentions: Sequence[Mention], found: Found) -> Roles:
        """Return what names do to each other, and others to them."""

    def beaten(self, title: str, mentions: Sequence[Mention], found: Found) -> Mapping[str, int]:
        """Return the tones of names of which one does better than another."""


_ENGLISH = EnglishGrammar()


def grammar_of(title: str) -> Grammar:
    """Return the grammar that a title is read by: one Korean letter makes it Korean."""
    if not has_hangul(title):
        return _ENGLISH
    from stackwatch.analysis.tone.korean_grammar import KOREAN  # an archive may hold no Korean title

    return KOREAN
