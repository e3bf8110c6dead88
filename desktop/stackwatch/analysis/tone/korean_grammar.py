"""How Korean says who does what to whom: the head comes last, and a particle says whose news a clause is."""

from collections.abc import Mapping, Sequence

from stackwatch.analysis.tone.korean_clauses import directed_at, of_others
from stackwatch.analysis.tone.korean_price import of_price, price_went, shares_of_others
from stackwatch.analysis.tone.korean_rivals import outdone, past_another
from stackwatch.analysis.tone.korean_tone import korean_signals
from stackwatch.analysis.tone.tone_roles import NO_ROLES, Roles
from stackwatch.analysis.tone.tone_words import Found, Signal, meet
from stackwatch.domain.news import Mention


class KoreanGrammar:
    """Implements ``Grammar``."""

    def signals(self, title: str, lowered: str, found: Found) -> list[Signal]:
        """Return the chains of good and bad words of a title, turned by what negates them."""
        del lowered
        return korean_signals(title, found)

    def only_describes(self, title: str, mentions: Sequence[Mention]) -> bool:
        """Return that it does not: particles tell."""
        del title, mentions
        return False

    def described(self, title: str, mentions: Sequence[Mention], primary: str | None) -> Sequence[str]:
        """Return nobody: particles tell."""
        del title, mentions, primary
        return ()

    def of_names(
        self, title: str, mentions: Sequence[Mention], found: Found, signals: Sequence[Signal]
    ) -> tuple[Sequence[Signal], int]:
        """Return the signals outside the clauses of others, and where what is said of another ends."""
        if not mentions:
            return signals, 0
        begin = past_another(title, mentions, found)
        elsewhere = [*of_others(title, mentions), *shares_of_others(title, mentions)]
        own = [
            signal
            for signal in signals
            if (begin <= signal.span[0] or (signal.sign < 0 and not of_price(title, signal.span)))
            and not any(meet(signal.span, part) for part in elsewhere)
        ]
        return own, begin

    def sharing(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Return nobody: shares of others are left out before."""
        del mentions
        return ()

    def went(self, lowered: str, mentions: Sequence[Mention], begin: int) -> Mapping[str, int]:
        """Return which way a title says that each of its names went; what it says of them has a ``begin``."""
        names = dict.fromkeys(mention.entity_id for mention in mentions)
        return {name: price_went(lowered, mentions, name, begin) for name in names}

    def decisive(self, signals: Sequence[int]) -> int:
        """Return the sign of the head, which comes last."""
        return signals[-1]

    def directed(
        self, title: str, mentions: Sequence[Mention], signals: Sequence[Signal]
    ) -> Mapping[Signal, set[str]]:
        """Return the signals that are the news of certain names alone, with these."""
        told = {signal: directed_at(title, signal.span, mentions) for signal in signals}
        return {signal: names for signal, names in told.items() if names}

    def roles(self, title: str, lowered: str, mentions: Sequence[Mention], found: Found) -> Roles:
        """Return none: signals are directed instead."""
        del title, lowered, mentions, found
        return NO_ROLES

    def beaten(self, title: str, mentions: Sequence[Mention], found: Found) -> Mapping[str, int]:
        """Return the tones of names of which one does better than another."""
        del found
        return outdone(title, mentions)


KOREAN = KoreanGrammar()
