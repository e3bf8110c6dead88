"""Good or bad for whom: direction x object, negation, what a title sets aside, and who loses by it.

A word of the lists is a signal. Signals of the part of a title that is about an entity are added up; a rising
cost is bad, a falling loss is good, and what stands behind "despite" does not count. What English and Korean
tell in other ways is their ``grammar``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackwatch.analysis.tone.grammar import Grammar, grammar_of
from stackwatch.analysis.tone.price_talk import share_went
from stackwatch.analysis.tone.title_parts import parts_of, subjects, tells_alone
from stackwatch.analysis.tone.tone_roles import Roles
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, inside, meet, says
from stackwatch.analysis.tone.wares import NO_NEWS, MarketNews
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# "opens it to AI rivals": those others, and no verb.
_ARE_RIVALS = re.compile(
    r"[Rr]ivals(?:$|[,.;:'\u2019]| (?:in|on|over|as|for|with|to|and|after|by|from|at|are|were|have)\b)"
)
# Between a name and a threat: behind it somebody else acts, the name loses instead of taking, or its own
# figures do it.
_NO_THREAT = re.compile(
    r"; | (?:[Aa]s|[Aa]fter|[Aa]mid|[Ww]hen|[Ww]hile) |\b(?:loses?|losing|lost|cedes?|ceded|"
    r"jump\w*|leav\w+|left|defect\w*|depart\w*|flee\w*|flock\w*|quit\w*|switch\w*) "
    r"|\b(?:forecasts?|outlook|guidance|results|earnings|warning|margins?|spending|capex|debt|loss(?:es)?) "
)


@dataclass(frozen=True, slots=True)
class Tones:
    """The tone (-1, 0, 1) of each entity of a title, and whether the primary takes from others."""

    of: Mapping[str, int]
    overall: int
    threat: bool = False


def read_tones(
    title: str,
    lowered: str,
    mentions: Sequence[Mention],
    primary: str | None,
    found: Found,
    market: MarketNews = NO_NEWS,
) -> Tones:
    """Return the tones of a title from the words ``found`` in it and what it says of the ``market`` of wares.

    ``lowered`` is its lower case.
    """
    grammar = grammar_of(title)
    signals: Sequence[Signal] = grammar.signals(title, lowered, found)
    names = tuple(dict.fromkeys(mention.entity_id for mention in mentions))
    if signals and names and grammar.only_describes(title, mentions):
        return Tones(dict.fromkeys(names, 0), 0)
    signals, begin = grammar.of_names(title, mentions, found, signals)
    priced = bool(signals) or "%" in lowered or "주가" in lowered
    went = grammar.went(lowered, mentions, begin) if priced else {}
    lowered = " " * begin + lowered[begin:]
    share, others = share_went(title, lowered, grammar.sharing(mentions))
    if others:
        signals = [signal for signal in signals if not any(meet(signal.span, other) for other in others)]
    if says(Words.CHARITY, found):
        signals = [s for s in signals if s.sign < 0] if Words.BAD in found else []
    balance = _Balance(grammar, says(Words.ROUTINE, found))
    threat = _threat(title, mentions, primary, found)
    if threat is not None:  # "sparks a rout" is bad for others
        signals = [s for s in signals if s.span == threat or not inside(s.span, threat)]
    meant = market.heard(primary, signals) if primary else signals
    overall = went.get(primary or "", 0) or share or balance(meant)
    if not names:
        return Tones({}, overall)
    roles = grammar.roles(title, lowered, mentions, found)
    news = _News.of(grammar, title, mentions, primary, signals, roles)
    tones = {}
    for name in names:
        heard = market.heard(name, news.heard(name))
        if heard is signals and not news.parts:
            tones[name] = overall
        else:
            tones[name] = went.get(name, 0) or (0 if news.parts else share) or balance(heard)
    if threat is not None and overall >= 0:
        tones |= {name: _threatened(name, tone, threat[0], mentions, primary) for name, tone in tones.items()}
    if news.parts:
        tones |= dict.fromkeys(grammar.described(title, mentions, primary), 0)
    tones |= grammar.beaten(title, mentions, found)
    return Tones(tones, tones.get(primary or "", overall), threat is not None)


@dataclass(frozen=True, slots=True)
class _Balance:
    """The balance of signals; weak ones count where there are no others, and not in a routine notice."""

    grammar: Grammar
    routine: bool

    def __call__(self, signals: Sequence[Signal]) -> int:
        strong = [signal.sign for signal in signals if not signal.weak]
        if not strong:
            return 0 if self.routine or not signals else signals[-1].sign
        total = sum(strong) or self.grammar.decisive(strong)
        return (total > 0) - (total < 0)


@dataclass(frozen=True, slots=True)
class _News:
    """Whose news the signals of a title are; of several ``parts`` ``about`` is whom each one's names.

    A ``directed`` signal is the news of certain names alone.
    """

    title: str
    mentions: Sequence[Mention]
    primary: str | None
    signals: Sequence[Signal]
    parts: tuple[Span, ...]
    about: Sequence[set[str]]
    directed: Mapping[Signal, set[str]]
    roles: Roles

    @classmethod
    def of(
        cls,
        grammar: Grammar,
        title: str,
        mentions: Sequence[Mention],
        primary: str | None,
        signals: Sequence[Signal],
        roles: Roles,
    ) -> "_News":
        """Find the parts of a title."""
        several = any(mention.entity_id != mentions[0].entity_id for mention in mentions)
        parts = parts_of(title, mentions) if several else ()
        about = [subjects(signal, mentions, parts) for signal in signals] if len(parts) > 1 else ()
        directed = grammar.directed(title, mentions, signals)
        return cls(title, mentions, primary, signals, parts, about, directed, roles)

    def heard(self, name: str) -> Sequence[Signal]:
        """Return the signals of a name's parts, else all; none where a part says something else of it."""
        every = self.signals
        if self.directed:
            every = [s for s in every if s not in self.directed or name in self.directed[s]]
        own = [
            signal
            for signal, named in zip(self.signals, self.about, strict=False)
            if (not named or name in named) and (not self.directed or signal in every)
        ]
        alone = name != self.primary and not own and tells_alone(self.title, name, self.mentions, self.parts)
        return self.roles.heard(name, [] if alone else own or every)


def _threatened(name: str, tone: int, threat: int, mentions: Sequence[Mention], primary: str | None) -> int:
    """Return the tone of a name where the primary takes from others: bad for those named behind it."""
    start = min(mention.start for mention in mentions if mention.entity_id == name)
    if start > threat:
        return -1
    return max(tone, 1) if name == primary else tone


def _threat(title: str, mentions: Sequence[Mention], primary: str | None, found: Found) -> Span | None:
    """Return the words by which the primary takes from others, None without them."""
    threats = found.get(Words.THREAT)
    if threats is None:
        return None
    ends = [mention.end for mention in mentions if mention.entity_id == primary]
    # "shakes up its leadership", "users flee to rivals", "outlook spooks the market"
    idle = (*found.get(Words.NEUTRAL, ()), *found.get(Words.BAD, ()))
    for span in threats:
        before = [end for end in ends if end <= span[0]]
        if not before or any(inside(span, other) and span != other for other in idle):
            continue
        if _ARE_RIVALS.match(title, span[0]):
            continue
        if not _NO_THREAT.search(title, before[-1], span[0]):
            return span
    return None
