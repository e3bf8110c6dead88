"""Good or bad for whom: direction x object, negation, what a title sets aside, and who loses by it.

A word of the lists is a signal. Signals of the part of a title that is about an entity are added up; a rising
cost is bad, a falling loss is good, and what stands behind "despite" does not count. How Korean words are
bound to one another is in ``korean_tone``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stackwatch.analysis.tone.english_tone import english_signals
from stackwatch.analysis.tone.korean_clauses import directed_at, of_others
from stackwatch.analysis.tone.korean_price import of_price, price_went, shares_of_others
from stackwatch.analysis.tone.korean_rivals import outdone, past_another
from stackwatch.analysis.tone.korean_tone import korean_signals
from stackwatch.analysis.tone.price_talk import name_went, share_went
from stackwatch.analysis.tone.tone_roles import (
    NO_ROLES,
    Roles,
    beaten,
    describes,
    only_describing,
    read_roles,
)
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, inside, meet, says
from stackwatch.analysis.tone.wares import NO_NEWS, MarketNews
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_HANGUL = re.compile("[가-힣]")
_PART = re.compile(
    r"; |: |\. (?=[A-Z])|[\u2026|]| [\u2014\u2013-] "
    r"|(?:, | )(?:[Ww]hile|[Bb]ut|[Aa]s|[Aa]fter|[Aa]mid|[Aa]nd) |, "
)
_TOLD = re.compile(r", [^,;:]* (?:tells|told|warns|warned|urges|asks) $")  # "risk fines, EU tells Meta"
_CLAUSE_WORDS = 3  # that a part of its own has at least
# "opens it to AI rivals": those others, and no verb.
_ARE_RIVALS = re.compile(
    r"[Rr]ivals(?:$|[,.;:'\u2019]| (?:in|on|over|as|for|with|to|and|after|by|from|at|are|were|have)\b)"
)
_BETWEEN_NAMES = re.compile(r", and |, | and | & ")
# Behind the last name of a list that ends a part: "into Microsoft and Apple, a sign".
_ENDS_LIST = re.compile(r"(?:['\u2019]s)?(?:$|[,;:|.\u2026\u2014\u2013]| [\u2014\u2013|-] | and )")
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
    korean = not title.isascii() and _HANGUL.search(title) is not None
    signals: Sequence[Signal]
    signals = korean_signals(title, found) if korean else english_signals(title, lowered, found)
    names = tuple(dict.fromkeys(mention.entity_id for mention in mentions))
    if signals and names and not korean and describes(title, mentions):
        return Tones(dict.fromkeys(names, 0), 0)
    signals, begin = _of_names(title, mentions, found, signals, korean=korean)
    priced = bool(signals) or "%" in lowered or "주가" in lowered
    went = _went(lowered, mentions, korean=korean, begin=begin) if priced else {}
    lowered = " " * begin + lowered[begin:]
    share, others = share_went(title, lowered, () if korean else mentions)
    if others:
        signals = [signal for signal in signals if not any(meet(signal.span, other) for other in others)]
    if says(Words.CHARITY, found):
        signals = [s for s in signals if s.sign < 0] if Words.BAD in found else []
    balance = _Balance(korean, says(Words.ROUTINE, found))
    threat = _threat(title, mentions, primary, found)
    if threat is not None:  # "sparks a rout" is bad for others
        signals = [s for s in signals if s.span == threat or not inside(s.span, threat)]
    meant = market.heard(primary, signals) if primary else signals
    overall = went.get(primary or "", 0) or share or balance(meant)
    if not names:
        return Tones({}, overall)
    news = _News.of(title, mentions, primary, signals, found, korean=korean)
    tones = {}
    for name in names:
        heard = market.heard(name, news.heard(name))
        if heard is signals and not news.parts:
            tones[name] = overall
        else:
            tones[name] = went.get(name, 0) or (0 if news.parts else share) or balance(heard)
    if threat is not None and overall >= 0:
        tones |= {name: _threatened(name, tone, threat[0], mentions, primary) for name, tone in tones.items()}
    if news.parts and not korean:
        tones |= dict.fromkeys(only_describing(title, mentions, primary), 0)
    tones |= outdone(title, mentions) if korean else beaten(title, mentions, found)
    return Tones(tones, tones.get(primary or "", overall), threat is not None)


def _went(lowered: str, mentions: Sequence[Mention], *, korean: bool, begin: int) -> Mapping[str, int]:
    """Return which way a title says that each of its names went; what is said of them has a ``begin``."""
    names = dict.fromkeys(mention.entity_id for mention in mentions)
    if korean:
        return {name: price_went(lowered, mentions, name, begin) for name in names}
    lowered = " " * begin + lowered[begin:]
    return {name: name_went(lowered, mentions, name) for name in names}


def _of_names(
    title: str, mentions: Sequence[Mention], found: Found, signals: Sequence[Signal], *, korean: bool
) -> tuple[Sequence[Signal], int]:
    """Return the signals that may be news of a title's names, and where what it says of them begins."""
    if not mentions or not (signals or korean):
        return signals, 0
    if not korean:
        begin = _own_part(title, mentions)
        return [signal for signal in signals if begin <= signal.span[0]], begin
    begin = past_another(title, mentions, found)
    elsewhere = [*of_others(title, mentions), *shares_of_others(title, mentions)]
    own = [
        signal
        for signal in signals
        if (begin <= signal.span[0] or (signal.sign < 0 and not of_price(title, signal.span)))
        and not any(meet(signal.span, part) for part in elsewhere)
    ]
    return own, begin


@dataclass(frozen=True, slots=True)
class _Balance:
    """The balance of signals; of two that cancel out the verb's counts: first, in Korean last.

    Weak ones count where there are no others, and not in a routine notice.
    """

    korean: bool
    routine: bool

    def __call__(self, signals: Sequence[Signal]) -> int:
        strong = [signal.sign for signal in signals if not signal.weak]
        if not strong:
            return 0 if self.routine or not signals else signals[-1].sign
        total = sum(strong) or strong[-1 if self.korean else 0]
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
        title: str,
        mentions: Sequence[Mention],
        primary: str | None,
        signals: Sequence[Signal],
        found: Found,
        *,
        korean: bool,
    ) -> "_News":
        """Find the parts of a title and what names do to each other."""
        several = any(mention.entity_id != mentions[0].entity_id for mention in mentions)
        parts = _parts(title, mentions) if several else ()
        about = [_subjects(signal, mentions, parts) for signal in signals] if len(parts) > 1 else ()
        directed = _directed(title, mentions, signals) if korean else {}
        roles = NO_ROLES if korean else read_roles(title, mentions, found)
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
        alone = name != self.primary and not own and _tells_alone(self.title, name, self.mentions, self.parts)
        return self.roles.heard(name, [] if alone else own or every)


def _directed(
    title: str, mentions: Sequence[Mention], signals: Sequence[Signal]
) -> Mapping[Signal, set[str]]:
    """Return the signals of a Korean title that are the news of certain names alone, with these."""
    told = {signal: directed_at(title, signal.span, mentions) for signal in signals}
    return {signal: names for signal, names in told.items() if names}


def _threatened(name: str, tone: int, threat: int, mentions: Sequence[Mention], primary: str | None) -> int:
    """Return the tone of a name where the primary takes from others: bad for those named behind it."""
    start = min(mention.start for mention in mentions if mention.entity_id == name)
    if start > threat:
        return -1
    return max(tone, 1) if name == primary else tone


def _own_part(title: str, mentions: Sequence[Mention]) -> int:
    """Return where the part begins that names the only name of a title: "Tech stocks rally, Oracle falls"."""
    first = mentions[0].start
    if not first:
        return 0
    if mentions[0].end == len(title) and _TOLD.search(title, 0, first):
        return 0
    starts = [match.end() for match in _PART.finditer(title, 0, first)]
    starts = [start for start in starts if start <= first and len(title[:start].split()) >= _CLAUSE_WORDS]
    return starts[-1] if starts else 0


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


def _parts(title: str, mentions: Sequence[Mention]) -> tuple[Span, ...]:
    """Return the parts of a title, cut where a part would begin that names somebody."""
    cuts = [0]
    for match in _PART.finditer(title):
        light = match.group().strip(" ,").lower() in ("", "and")  # a list of names is no new part
        follows = any(
            0 <= mention.start - match.end() <= (1 if light else len(title)) for mention in mentions
        )
        clause = not light or (
            _has_verb_between(title, cuts[-1], match.start())
            and not _only_listed(title, match.end(), mentions)
        )
        if follows and clause:
            cuts.append(match.end())
    return tuple(zip(cuts, [*cuts[1:], len(title)], strict=True))


def _only_listed(title: str, start: int, mentions: Sequence[Mention]) -> bool:
    """Whether a part would begin with the last names of a list, of which nothing more is said."""
    end = start
    for mention in mentions:
        if mention.start >= end and (end == start or _BETWEEN_NAMES.fullmatch(title, end, mention.start)):
            end = mention.end
    return _ENDS_LIST.match(title, end) is not None


def _has_verb_between(title: str, start: int, end: int) -> bool:
    """Whether a part says something of its name: it has at least two words."""
    return len(title[start:end].split()) > 1


def _tells_alone(title: str, name: str, mentions: Sequence[Mention], parts: Sequence[Span]) -> bool:
    """Whether a part names nobody else and says something: signals elsewhere are the news of others."""
    for part in parts:
        named = _named_in(part, mentions)
        if name in named:
            return named == {name} and len(title[slice(*part)].split()) >= _CLAUSE_WORDS
    return False


def _subjects(signal: Signal, mentions: Sequence[Mention], parts: Sequence[Span]) -> set[str]:
    """Return whom the part names in which a signal stands."""
    return _named_in(next(part for part in parts if part[0] <= signal.span[0] < part[1]), mentions)


def _named_in(part: Span, mentions: Sequence[Mention]) -> set[str]:
    start, end = part
    return {mention.entity_id for mention in mentions if start <= mention.start < end}
