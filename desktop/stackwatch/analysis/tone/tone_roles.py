"""Whose news a title tells, by where a name stands: it describes another, is outdone, acts, is acted upon."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackwatch.analysis.names.main_name import ONCE, ONLY_DESCRIBES
from stackwatch.analysis.tone.acts_on_names import done_to_names, forbidden_to_others
from stackwatch.analysis.tone.english_tone import negated
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, meet
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# A name that only describes another one, or is only compared with it.
_DESCRIBES = re.compile(
    r"['\u2019]?s?[ -](?:(?:(?:AI|U\.S\.|US|EU|UK|Chinese|China|European|Korean|Asian|Japanese|German|"
    r"local|domestic|smaller|bigger|"
    r"chip|cloud|EV|phone|smartphone|memory|software|search|online|retail) ){0,2}(?:rivals?|competitors?)|"
    r"backed|funded|owned|challengers?|supplier|investor|"
    r"partners?(?! (?:with|to|on|clash\w*|bicker\w*|feud\w*|f[ae]ll out|fight\w*|disagree\w*|split\w*|"
    r"at odds)\b)|"
    r"alum\w*|veterans?|like|linked|analysts?|economists?|strategists?|"
    r"(?:driver|worker|user|fan)\b(?! (?:data|base|growth|count|numbers?|fees?|privacy))|"
    r"co-?founder(?!.*\b(?:arrest|charge|indict|accus|convict|fraud|smuggl|quit|leav|"
    r"depart|resign|exit|step)))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:former |ex-|than |vs\.? |outperform\w* |rival |like |unlike |forget |not |next |by )$",
    re.IGNORECASE,
)
_BESIDE_LETTERS = 16  # that its longest word has
# Before who gives the money of whom a title is about: "Wayve raises $1.2 billion from Microsoft, Nvidia".
_GIVEN_BY = re.compile(
    r"\b(?:rais|secur|land|borrow|receiv|bag|clos)\w* [^,;:]*[$\u20ac\u00a3]\d[^,;:]* from "
    r"(?:[^\s,;:]+(?: [^\s,;:]+){0,2}, |[^\s,;:]+ and )*$",
    re.IGNORECASE,
)
# "Waymo rival Tesla wins permit" is about Tesla.
_IS_RIVAL = re.compile(r"\b(?!(?:To|Could|May|Can|Will|Would|And|With|A|The|Its)\b)[A-Z][\w&.'-]* rival $")
# Right before a name: somebody else does better than it, or goes against it.
_BEATEN = re.compile(
    r"\w (?P<verb>beat(?:s|ing)?|over(?:takes?|taking|took|taken)|out(?:sells?|selling|sold)|topples?|"
    r"unseats?|surpass(?:es|ed|ing)?|dethron(?:es?|ed|ing)|eclips(?:es|ed)|leapfrogs?|outpac(?:es?|ed|ing)|"
    r"undercuts?|tops|crush(?:es|ed|ing)|trounc(?:es|ed|ing)|outshin(?:es|ing)|outshone|edg(?:es|ed|"
    r"ing)(?: out)?|pips|bests|upstages|outranks|one-ups|(?:pull|mov|edg|rac)(?:e?s|ed) ahead of|"
    r"takes (?:the )?lead over|"
    r"(?:to |could |may )?challeng(?:es?|ing)|to (?:compete with|rival|take on)|rivall?ing|"
    r"tak(?:es|ing) on) (?:the )?$",
    re.IGNORECASE,
)
_BEATEN_LETTERS = 24
_OBJECT = re.compile(r" (?:the |chip ?maker |giant )?$", re.IGNORECASE)  # between a verb and the name
# Between who buys or sells and whose shares: "buys 2% of", "sells its entire", "buys stake in".
_TRADED = re.compile(
    r" (?:[^\s,;:]+ ){0,4}?(?P<of>(?:stock|shares|stake) (?:in|of) (?:the )?)?(?:chip ?maker )?",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?:['\u2019]s?)? (?:stock|shares|stake|position|holdings?)\b", re.IGNORECASE)
# Other verbs are of trade only where no more than a number stands between: "adds 2,000 Nvidia shares",
# no "rate cut lifts Nvidia stock", "adds to worries on Nvidia stock".
_TRADES = re.compile(r"bu(?:y|ys|ying)$|bought$|s(?:ell|ells|elling|old)$|dump|unload|offload", re.IGNORECASE)
_AMOUNT = re.compile(
    r" (?:(?:its|his|her|their|the|a|an|more|new|another|some|all|half|entire|whole|remaining|big|small|"
    r"large|huge|stock|shares?|stake|position|holdings?|bet|of|in|worth|million|billion|mn|bn|"
    r"[$\u20ac\u00a3]?\d[\d.,]*(?:%|[mbk]|mn|bn)?)[ -]){0,7}",
    re.IGNORECASE,
)
_NO_TRADE = re.compile(
    r"(?:['\u2019]s?)? (?:stock|shares?) (?:plans?|picks?|splits?|awards?|options|offering|price|target|"
    r"rating|outlook|lower|higher|up|down)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:pre-?(?:set|arranged)|10b5|planned sale)", re.IGNORECASE
)  # a boss's, long before
_DUMPS = ("dump", "unload", "offload", "Dump", "Unload", "Offload")
_BLAMES = ("blam", "Blam")
# Behind "sues": whom, and for what; what somebody goes to court over may be its own news.
_CHARGE = re.compile(r"(?:(?! (?:over|to|as|while|amid|and|but) )[^,;:|\u2026])*")
# Who wins or loses against the name behind it.
_CONTEST = re.compile(
    r"\b(?P<verb>(?P<won>win|wins|won|beats?|prevails?|victory)|loses?|lost|defeat)\b[^,;:]* against $",
    re.IGNORECASE,
)
# Before whom goods are bought from: "Apple to buy chips from Intel", but a business or a stake is sold.
_BOUGHT_FROM = re.compile(
    r"\b(?P<verb>buy(?:s|ing)?|bought|(?:to |will )(?:purchase|order|source)|purchas(?:ed|ing)|"
    r"sourc(?:es|ed|ing)) (?!(?:[^\s,;:|]+ )*(?:business|unit|division|arm|stake|shares|stock|company|firm|"
    r"startup|start-up|assets|debt|bonds|rights|patents) )(?:[^,;:|\u2026]|,(?=\d))+ from "
    r"(?:the |chip ?maker )?$",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(
    r"\b(?:stop|halt|end|avoid|ceas|quit|bar|ban|block|forbid|restrict|limit|cut)\w* (?:[^\s,;:]+ ){0,3}$",
    re.IGNORECASE,
)  # before that buying
# Between a name and what it does to others: its own people, and nobody who only has to do with it.
_ACTS = re.compile(
    r"(?:['\u2019]s?)?(?:,? "
    r"(?!(?i:owner|user|customer|shareholder|investor|worker|employee|driver|rival|critic|supplier|partner|"
    r"passenger|family|engineer|insider|union)\b)(?:(?i:ceo|boss|chief)|[A-Z][\w.'\u2019-]*(?<!s))){0,4}"
    r"(?: (?i:also|again|now|reportedly))? "
)


def describes(title: str, mentions: Sequence[Mention]) -> bool:
    """Whether the only names describe another: "Nvidia-backed firm", "ex-Meta chief"; or give it money."""
    return all(
        _DESCRIBES.match(title, mention.end)
        or _is_beside(title, mention.start)
        or (" from " in title.lower() and _GIVEN_BY.search(title, 0, mention.start))
        for mention in mentions
    )


def only_describing(title: str, mentions: Sequence[Mention], primary: str | None) -> list[str]:
    """Return those of several names that only describe another: "OpenAI rival Anthropic"."""
    return [
        mention.entity_id
        for mention in mentions
        if mention.entity_id != primary
        and (title.startswith(ONLY_DESCRIBES, mention.end) or title.endswith(ONCE, 0, mention.start))
    ]


def _is_beside(title: str, start: int) -> bool:
    if not start or _BESIDE.search(title, max(0, start - _BESIDE_LETTERS), start) is None:
        return False
    return _IS_RIVAL.search(title, 0, start) is None


def beaten(title: str, mentions: Sequence[Mention], found: Found) -> dict[str, int]:
    """Return the tone of whom somebody else outdoes: "BYD overtakes Tesla"; 0 where that is denied."""
    beaten = {}
    for mention in mentions:
        if not mention.start:
            continue
        verb = _BEATEN.search(title, max(0, mention.start - _BEATEN_LETTERS), mention.start)
        if verb is not None:
            beaten[mention.entity_id] = 0 if negated(title, verb.span("verb"), found) else -1
    return beaten


@dataclass(frozen=True, slots=True)
class Roles:
    """What is done to a name is its news alone (``done``); what it does to others is not (``does``)."""

    done: Mapping[str, Sequence[Signal]]
    does: Mapping[str, Sequence[Span]]

    def heard(self, name: str, signals: Sequence[Signal]) -> Sequence[Signal]:
        """Return the signals that are news of ``name``."""
        if self is NO_ROLES:
            return signals
        done, does = self.done.get(name, ()), self.does.get(name, ())
        if not done and not does:
            return signals
        told = (*does, *(signal.span for signal in done))
        kept = [signal for signal in signals if not any(meet(signal.span, span) for span in told)]
        return sorted((*kept, *done), key=lambda signal: signal.span)


NO_ROLES = Roles({}, {})
_DONE = (
    (Words.DONE_FOR, 1),
    (Words.DONE_TO, -1),
    (Words.TOLD, -1),
    (Words.BOUGHT, 1),
    (Words.SOLD, -1),
)
_ROLE_WORDS = frozenset((*(kind for kind, _ in _DONE), Words.AGAINST))


def read_roles(title: str, lowered: str, mentions: Sequence[Mention], found: Found) -> Roles:
    """Return who is acted upon, right behind the verb, and who acts against others, before it.

    ``lowered`` is the part of the title that says something of them, in lower case and in its place.
    """
    done: dict[str, list[Signal]] = {}
    does: dict[str, list[Span]] = {}
    if not _ROLE_WORDS.isdisjoint(found):
        _read_verbs(title, mentions, found, done, does)
    for mention in mentions if "gainst " in title else ():
        contest = _CONTEST.search(title, 0, mention.start)
        if contest is not None:
            sign = -1 if contest["won"] else 1
            done.setdefault(mention.entity_id, []).append(Signal(contest.span("verb"), sign))
            does.setdefault(mention.entity_id, []).append(contest.span("verb"))
    for seller, signal in _orders(title, mentions, found) if " from " in title else ():
        done.setdefault(seller, []).append(signal)
    for name, signal in done_to_names(lowered, mentions, found):
        done.setdefault(name, []).append(signal)
    for name, span in forbidden_to_others(lowered, mentions):
        does.setdefault(name, []).append(span)
    return Roles(done, does) if done or does else NO_ROLES


def _read_verbs(
    title: str,
    mentions: Sequence[Mention],
    found: Found,
    done: dict[str, list[Signal]],
    does: dict[str, list[Span]],
) -> None:
    """Add what the verbs of the lists do to a name, and what a name does with them."""
    for kind, sign in _DONE:
        for span in found.get(kind, ()):
            joined = title.endswith("-", 0, span[0])  # "scandal-hit Facebook" is not hit now
            name = None if joined else _behind(title, mentions, span, kind)
            if name is not None:
                turned = -sign if negated(title, span, found) else sign
                for same in (mention for mention in mentions if mention.start == name.start):
                    done.setdefault(same.entity_id, []).append(Signal(span, turned))
                seller = _before(mentions, span) if title.startswith(_DUMPS, span[0]) else None
                if seller is not None:  # for whom it is no bad news
                    does.setdefault(seller.entity_id, []).append(span)
    for span in found.get(Words.AGAINST, ()):
        before = _before(mentions, span)
        if before is not None and _ACTS.fullmatch(title, before.end, span[0]):
            does.setdefault(before.entity_id, []).append(_charge(title, span))


def _orders(title: str, mentions: Sequence[Mention], found: Found) -> Iterator[tuple[str, Signal]]:
    """Yield from whom goods are bought, or no longer are."""
    for mention in mentions:
        order = _BOUGHT_FROM.search(title, 0, mention.start)
        if order is not None:
            verb = order.span("verb")
            lost = negated(title, verb, found) or _NO_LONGER.search(title, 0, verb[0])
            yield mention.entity_id, Signal(verb, -1 if lost else 1)


def _charge(title: str, verb: Span) -> Span:
    """Return a charge with its verb: the news of others, but what one blames them for stays one's own."""
    charge = None if title.startswith(_BLAMES, verb[0]) else _CHARGE.match(title, verb[1])
    return verb if charge is None else (verb[0], charge.end())


def _before(mentions: Sequence[Mention], span: Span) -> Mention | None:
    """Return the last name before a word."""
    return next((m for m in reversed(mentions) if m.end < span[0]), None)


def _behind(title: str, mentions: Sequence[Mention], verb: Span, kind: Words) -> Mention | None:
    """Return the name that a verb has as its object, as these verbs have it."""
    name = next((m for m in mentions if m.start > verb[1]), None)
    if name is None:
        return None
    if kind in (Words.BOUGHT, Words.SOLD):
        between = _TRADED.fullmatch(title, verb[1], name.start)
        share = between is not None and (between["of"] or _SHARE.match(title, name.end))
        planned = kind is Words.SOLD and _PLANNED.search(title) is not None
        if not _TRADES.match(title[slice(*verb)]):
            share = (
                _AMOUNT.fullmatch(title, verb[1], name.start)
                and not _NO_TRADE.match(title, name.end)
                and share
            )
        return name if share and not planned else None
    if _OBJECT.fullmatch(title, verb[1], name.start) is None:
        return None
    return None if kind is Words.TOLD and not title.startswith(" to ", name.end) else name
