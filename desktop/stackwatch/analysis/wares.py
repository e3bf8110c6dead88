"""Who sells what is scarce or dear: a memory shortage is good for Micron, and bad for Apple.

A shortage of a ware, or a higher price of it, is good for those who make it and bad for all others; a glut,
a lower price and the end of a shortage are bad for the makers and nothing to others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stackwatch.analysis.english_tone import negated
from stackwatch.analysis.hangul import has_hangul
from stackwatch.analysis.tone_words import Found, Signal, Words, meet
from stackwatch.analysis.word_lists import Span

# Between a ware and its shortage or price, and between these and a verb: a few words, and no new clause.
_ENGLISH = r"(?:(?!(?:as|after|amid|while|but|and|despite|on|by|to) )[\w'\u2019.%$-]+ )"
_KOREAN = r"[^\s,;:|\u2026\"\u201c\u201d]{0,4} ?(?:[^\s,;:|\u2026\"\u201c\u201d]+ ){0,2}"
_BEFORE = re.compile(rf"[- ](?:{_ENGLISH}){{0,3}}")  # "memory chip supply shortage"
_OF = re.compile(rf" (?:of|in|for) (?:{_ENGLISH}){{0,3}}")  # "shortage of server memory"
_NEAR = re.compile(rf" (?:{_ENGLISH}){{0,4}}")
_NEAR_KOREAN = re.compile(_KOREAN)
# What else may be short in the trade: "chip talent shortage", "반도체 인력 부족".
_ELSE = re.compile(
    r"labou?r|worker|talent|staff|skill|engineer|water|cash|trust|인력|인재|일손|자금|현금|재원|역량|경험|용수"
)
# What may stand before a shortage that is of no other ware: "as shortage worsens", "the supply crunch".
_BARE = re.compile(
    r"(?:^|[,;:\u2026\"'] ?|\b(?:as|amid|on|the|a|an|by|chip|supply|severe|acute|global|worsening|deepening|"
    r"prolonged|persistent|industry|sees|expects|current|ongoing) )$"
)
_BARE_KOREAN = re.compile("공급|품귀|쇼티지|수급난")
_CLAUSE = re.compile(r"[,;|\u2026] ?| (?:as|after|amid|while|but) ")
# Of a shortage these only say that it is there; for the makers they are no bad news.
_REPORTS = re.compile(
    r"warn|worsen|deepen|fear|concern|worr|cris|risk|problem|alarm|shortage|sever|intensif|face"
    r"|경고|우려|심화|악화|비상|위기|장기화|부족|심각"
)
# A part of a maker's business that buys the ware.
_BUYS = re.compile(
    r"\b(?:phones?|smartphones?|mobile|handsets?|tvs?|devices|galaxy)\b|폰|갤럭시|가전|모바일|완제품"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # a key, looked up by identity
class Ware:
    """What a market is made in: the ``words`` for it, and the entities that sell it."""

    words: tuple[str, ...]
    makers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A ware that gets scarcer or dearer (1), or the opposite (-1), and the words that say so."""

    span: Span
    sign: int
    makers: frozenset[str]
    price: bool


@dataclass(frozen=True, slots=True)
class MarketNews:
    """What a title says of the markets of wares."""

    lowered: str
    turns: Sequence[_Turn]

    def heard(self, name: str, signals: Sequence[Signal]) -> Sequence[Signal]:
        """Return the signals of a title as they are meant for ``name``."""
        for turn in self.turns:
            if name in turn.makers:
                signals = [s for s in signals if not self._only_reports(s, turn)]
                signals = sorted([*signals, Signal(turn.span, turn.sign)], key=lambda signal: signal.span)
                continue
            if turn.price:
                signals = [s for s in signals if not meet(s.span, turn.span)]
            if turn.sign > 0:
                signals = [*signals, Signal(turn.span, -1, weak=True)]
        return signals

    def _only_reports(self, signal: Signal, turn: _Turn) -> bool:
        """Whether a signal is of the turn itself, or of its clause and only says that there is one."""
        if meet(signal.span, turn.span):
            return True
        first, last = sorted((signal.span, turn.span))
        apart = _CLAUSE.search(self.lowered, first[1], last[0]) is not None
        return not apart and signal.sign < 0 and _REPORTS.match(self.lowered, signal.span[0]) is not None


NO_NEWS = MarketNews("", ())


def market_news(lowered: str, found: Found, wares: Mapping[Ware, Sequence[Span]]) -> MarketNews:
    """Return what a title in lower case says of the markets of the ``wares`` named in it."""
    said = [kind for kind in (Words.SCARCE, Words.AMPLE, Words.PRICE) if kind in found]
    if not said or not wares or _BUYS.search(lowered):
        return NO_NEWS
    korean = has_hangul(lowered)
    turns: list[_Turn] = []
    for ware, spans in wares.items():
        for kind in said:
            for word in found[kind]:
                near = _named(lowered, spans, word, korean=korean, bare=kind is Words.SCARCE)
                if near is not None:
                    turns += _turn(lowered, found, ware, kind, near, korean=korean)
    return MarketNews(lowered, turns) if turns else NO_NEWS


def _named(lowered: str, spans: Sequence[Span], word: Span, *, korean: bool, bare: bool) -> Span | None:
    """Return a shortage or price with the ware it is of, None where it is of something else."""
    before = _NEAR_KOREAN if korean else _BEFORE
    for span in reversed(spans):
        follows = span[1] <= word[0] and before.fullmatch(lowered, span[1], word[0])
        if meet(span, word) or (follows and not _ELSE.search(lowered, span[1], word[0])):
            return min(span[0], word[0]), max(span[1], word[1])
        if not korean and word[1] <= span[0] and _OF.fullmatch(lowered, word[1], span[0]):
            return word[0], span[1]
    if not bare:
        return None
    said = _BARE_KOREAN.match(lowered, *word) if korean else _BARE.search(lowered, 0, word[0])
    return None if said is None else word


def _turn(
    lowered: str, found: Found, ware: Ware, kind: Words, said: Span, *, korean: bool
) -> Iterator[_Turn]:
    """Yield which way a market turns: a shortage is there unless it ends, a price has to be said to move."""
    rising = [(span, 1) for span in found.get(Words.RISING, ())]
    ends = (Words.FALLING, Words.NEGATION) if korean else (Words.FALLING, Words.ENDING, Words.CLEARING)
    falling = [(span, -1) for end in ends for span in found.get(end, ())]
    near = _NEAR_KOREAN if korean else _NEAR
    moves = [
        (span, -sign if not korean and negated(lowered, span, found) else sign)
        for span, sign in sorted([*rising, *falling])
        if meet(span, said)
        or (said[1] <= span[0] and near.fullmatch(lowered, said[1], span[0]))
        or (not korean and span[1] <= said[0] and near.fullmatch(lowered, span[1], said[0]))
    ]
    if kind is Words.PRICE:
        for span, sign in moves[:1]:
            yield _Turn(_around(said, span), sign, ware.makers, price=True)
        return
    over = next((move for move in moves if move[1] < 0), None)
    sign = 1 if kind is Words.SCARCE else -1
    if over is None:
        yield _Turn(said, sign, ware.makers, price=False)
    else:
        yield _Turn(_around(said, over[0]), -sign, ware.makers, price=False)


def _around(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])
