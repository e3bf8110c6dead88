"""How English says who does what to whom: the verb comes early, and each part has its own subject."""

import re
from collections.abc import Mapping, Sequence

from stackwatch.analysis.tone.english_tone import english_signals
from stackwatch.analysis.tone.price_talk import name_went
from stackwatch.analysis.tone.title_parts import CLAUSE_WORDS, PART
from stackwatch.analysis.tone.tone_roles import Roles, beaten, describes, only_describing, read_roles
from stackwatch.analysis.tone.tone_words import Found, Signal
from stackwatch.domain.news import Mention

_TOLD = re.compile(r", [^,;:]* (?:tells|told|warns|warned|urges|asks) $")  # "risk fines, EU tells Meta"


class EnglishGrammar:
    """Implements ``Grammar``."""

    def signals(self, title: str, lowered: str, found: Found) -> list[Signal]:
        """Return the good and bad words of a title, turned by what negates them."""
        return english_signals(title, lowered, found)

    def only_describes(self, title: str, mentions: Sequence[Mention]) -> bool:
        """Whether a title has its names only to describe somebody else: "Nvidia-backed"."""
        return describes(title, mentions)

    def described(self, title: str, mentions: Sequence[Mention], primary: str | None) -> Sequence[str]:
        """Return the names of a title that only describe another."""
        return only_describing(title, mentions, primary)

    def of_names(
        self, title: str, mentions: Sequence[Mention], found: Found, signals: Sequence[Signal]
    ) -> tuple[Sequence[Signal], int]:
        """Return the signals of the part that names the only name, and where that begins."""
        del found
        if not mentions or not signals:
            return signals, 0
        begin = _own_part(title, mentions)
        return [signal for signal in signals if begin <= signal.span[0]], begin

    def sharing(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return the names beside which the price of another share is told from theirs."""
        return mentions

    def went(self, lowered: str, mentions: Sequence[Mention], begin: int) -> Mapping[str, int]:
        """Return which way a title says that each of its names went; what it says of them has a ``begin``."""
        lowered = " " * begin + lowered[begin:]
        names = dict.fromkeys(mention.entity_id for mention in mentions)
        return {name: name_went(lowered, mentions, name) for name in names}

    def decisive(self, signals: Sequence[int]) -> int:
        """Return the sign of the verb, which comes first."""
        return signals[0]

    def directed(
        self, title: str, mentions: Sequence[Mention], signals: Sequence[Signal]
    ) -> Mapping[Signal, set[str]]:
        """Return nothing: roles tell whose news a word is."""
        del title, mentions, signals
        return {}

    def roles(self, title: str, lowered: str, mentions: Sequence[Mention], found: Found) -> Roles:
        """Return what names do to each other, and others to them."""
        return read_roles(title, lowered, mentions, found)

    def beaten(self, title: str, mentions: Sequence[Mention], found: Found) -> Mapping[str, int]:
        """Return the tones of names of which one does better than another."""
        return beaten(title, mentions, found)


def _own_part(title: str, mentions: Sequence[Mention]) -> int:
    """Return where the part begins that names the only name of a title: "Tech stocks rally, Oracle falls"."""
    first = mentions[0].start
    if not first:
        return 0
    if mentions[0].end == len(title) and _TOLD.search(title, 0, first):
        return 0
    starts = [match.end() for match in PART.finditer(title, 0, first)]
    starts = [start for start in starts if start <= first and len(title[:start].split()) >= CLAUSE_WORDS]
    return starts[-1] if starts else 0
