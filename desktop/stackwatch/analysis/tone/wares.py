"""Who sells what is scarce or dear: a memory shortage is good for Micron, and bad for Apple.

A shortage of a ware, or a higher price of it, is good for those who make it and bad for all others; a glut,
a lower price and the end of a shortage are bad for the makers and nothing to others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from stackwatch.analysis.tone.english_tone import in_false_report, negated
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, inside, meet
from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# Between a ware and its shortage or price, and between these and a verb: a few words, and no new clause.
_ENGLISH = r"(?:(?!(?:as|after|amid|while|but|and|despite|on|by|to) )[\w'\u2019.%$-]+ )"
_KOREAN = r"[^\s,;:|\u2026\"\u201c\u201d]{0,4} ?(?:[^\s,;:|\u2026\"\u201c\u201d]+ ){0,2}"
_BEFORE = re.compile(rf"[- ](?:{_ENGLISH}){{0,3}}")  # "memory chip supply shortage"
_OF = re.compile(rf" (?:of|in|for) (?:{_ENGLISH}){{0,3}}")  # "shortage of server memory"
_NEAR = re.compile(rf" (?:{_ENGLISH}){{0,4}}")
_NEAR_KOREAN = re.compile(_KOREAN)
_ENDS_KOREAN = re.compile(r"(?!에|으?로|탓)" + _KOREAN)  # "부족 완화", but no "부족에 출하 감소"
# What else may be short in the trade, or have a price: "chip talent shortage", "chip stock price".
_ELSE = re.compile(
    r"labou?r|worker|doctor|nurse|teacher|driver|housing|talent|staff|skill|engineer|water|cash|trust|"
    r"helium|neon|material|power|energy|"
    r"electricity|demand (?=shortage)|stocks?\b|shares?\b|target|model|business|division|"
    r"인력|인재|일손|자금|현금|재원|역량|경험|용수|헬륨|네온|소재|전력|전기|부지|투자|예산|"
    r"수요[가는도]? ?(?=부족)|주식|목표|^주 "
)
# Behind a word of the trade that is no ware: "shortage of engineers for chip plants".
_TRADE = re.compile(
    r"[ -](?:stocks?|shares?|names|(?:chip)?makers?|firms?|companies|plants?|fabs?|factor(?:y|ies)|"
    r"workers?|engineers?)\b"
)
_OF_ELSE = re.compile(r" of (?![\d$])")  # behind what stands beside the trade: "chip makers face shortage of"
# Behind a price that is none of a ware.
_NO_PRICE = re.compile(
    r"[ -](?:targets?|wars?|caps?|objectives?|fix\w*|deals?|agreements?|to[ -]|competiti\w+)\b"
    r"|름|진 |싼| ?(?:경쟁|전쟁|목표)"
)
# Behind a verb that has nothing of its own: "shortage eases", but no "shortage delays data centers".
_SAYS_ALL = re.compile(
    r"['\u2019\u201d\"]?(?:$|[,;:.!\u2026]| [\u2014\u2013-] | (?:\d|[a-z]+ly\b|(?:by|in|as|after|for|on|amid|"
    r"over|at|until|through|from|and|but|again|soon|sooner|faster|today|this|next|somewhat|further|"
    r"before|with|"
    r"now|says?|said)\b))"
)
# Behind a shortage that there is no more, or never was.
_IS_OVER = re.compile(
    r"(?: (?:fears?|worries|concerns|talk))?(?: (?:is|are|was|were))?(?: (?:now|nearly|almost))? "
    r"(?:over|overblown|exaggerated|overstated|behind us)\b|[가는은도]? ?(?:끝|종료|기우|해소|풀[리려렸])"
)
# Between who sells more dearly or cheaply and the verb: "Broadcom to raise chip prices".
_SELLS = re.compile(r"(?: \([^)]*\))?(?: (?:to|will|plans|again|reportedly|is|said|set))* ")
# Who buys and does without harm: "memory shortage won't affect iPhone supply".
_SPARED = re.compile(
    r"(?:\bnot|n't|\bnever) (?:be )?(?:affect|hurt|hit|impact)|\bno (?:impact|effect)\b"
    r"|\bimmune to\b|\bunaffected\b|영향 ?(?:없|미미|안 ?받)|타격 ?없"
)
_SELLS_KOREAN = re.compile(r"(?:[은는이가도]|,) (?:(?!\S+(?:에|탓) )[^\s,\u2026]+ ){0,2}")
# A price that somebody moves, and no reason of something else: "가격 인상에 마진 압박".
_MOVED_KOREAN = re.compile(
    r"(?:인[상하]|올[리려린렸]|높[이여인였]|낮[추춰췄]|내[리려린렸])(?!에|으로|로|탓|소식|여파|압박|우려)"
)
# Behind a turn that is denied: "HBM 가격 인하 보도 반박".
_DENIED_KOREAN = re.compile(
    r"[가-힣]{0,3}[\"'\u201d\u2019]? ?(?:관련 )?(?:(?:보도|소문|루머|주장|전망)[가-힣]? ?)?"
    r"(?:즉각 |강력 |전면 )?(?:부인|반박|사실 ?무근|사실 ?아니)"
)
_LONGEST = 400  # letters of a title that are read: all words are held against all others
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
    r"|경고|우려|심화|악화|비상|위기|장기화|부족|심각|최악"
)
# A part of a maker's business that buys the ware.
_BUYS = re.compile(
    r"\b(?:phones?|smartphones?|mobile(?! dram)|handsets?|tvs?|(?<!micro )devices|galaxy)\b"
    r"|폰|갤럭시|가전|모바일(?! d램)|완제품"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # a key, looked up by identity
class Ware:
    """What a market is made in: the ``words`` for it, and the entities that sell it."""

    words: tuple[str, ...]
    makers: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A ware that gets scarcer or dearer (1), or the opposite (-1), and the words that say so.

    A price may be ``moved`` by somebody: "raises memory prices".
    """

    span: Span
    sign: int
    makers: frozenset[str] = frozenset()
    price: bool = False
    moved: bool = False


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
            spared = _SPARED.search(self.lowered) is not None
            if turn.price or spared:
                signals = [s for s in signals if not meet(s.span, turn.span)]
            if turn.sign > 0 and not spared:
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


def market_news(
    lowered: str, found: Found, wares: Mapping[Ware, Sequence[Span]], mentions: Sequence[Mention] = ()
) -> MarketNews:
    """Return what a title in lower case says of the markets of the ``wares`` named in it.

    Who is said to raise or cut the price of a ware sells it, too.
    """
    said = [kind for kind in (Words.SCARCE, Words.AMPLE, Words.PRICE) if kind in found]
    if not said or not wares or _BUYS.search(lowered):
        return NO_NEWS
    lowered = lowered[:_LONGEST]
    found = {kind: _near_begin(spans) for kind, spans in found.items()}
    korean = has_hangul(lowered)
    named = [span for spans in wares.values() for span in _near_begin(spans)]
    # A "chip" in an "AI chip" is no other ware.
    whole = {
        ware: [s for s in _near_begin(spans) if not any(inside(s, other) and s != other for other in named)]
        for ware, spans in wares.items()
    }
    turns: list[_Turn] = []
    for kind in said:
        for word in found[kind]:
            short = _of_wares(lowered, whole, word, kind, korean=korean)
            turns += _turns(lowered, found, short, kind, word, korean=korean)
    turns = [turn for turn in map(partial(_as_denied, lowered), turns) if turn.sign]
    sold = [replace(turn, makers=turn.makers.union(_sellers(lowered, turn, mentions))) for turn in turns]
    return MarketNews(lowered, sold) if sold else NO_NEWS


def _as_denied(lowered: str, turn: _Turn) -> _Turn:
    """Return what is left of a turn: of a bad one that is denied the opposite, of a good one nothing."""
    if _DENIED_KOREAN.match(lowered, turn.span[1]) is None and not in_false_report(lowered, turn.span):
        return turn
    return replace(turn, sign=max(-turn.sign, 0))


def _near_begin(spans: Sequence[Span]) -> Sequence[Span]:
    return [span for span in spans if span[1] <= _LONGEST]


def _sellers(lowered: str, turn: _Turn, mentions: Sequence[Mention]) -> Iterator[str]:
    """Yield who is said to raise or cut a price: the name right before the verb."""
    sells = _SELLS_KOREAN if has_hangul(lowered) else _SELLS
    for mention in mentions if turn.moved else ():
        if mention.end < turn.span[0] and sells.fullmatch(lowered, mention.end, turn.span[0]):
            yield mention.entity_id


def _of_wares(
    lowered: str, wares: Mapping[Ware, Sequence[Span]], word: Span, kind: Words, *, korean: bool
) -> Mapping[Ware, Span]:
    """Return the wares that a shortage or price is of, each with the words that say so."""
    of_else = kind is not Words.PRICE and _OF_ELSE.match(lowered, word[1]) is not None
    if kind is Words.PRICE and _NO_PRICE.match(lowered, word[1]):
        return {}
    named = {
        ware: said
        for ware, spans in wares.items()
        if (said := _named(lowered, spans, word, of_else=of_else, korean=korean)) is not None
    }
    if named or kind is not Words.SCARCE or of_else:
        return named
    bare = _BARE_KOREAN.match(lowered, *word) if korean else _BARE.search(lowered, 0, word[0])
    return {} if bare is None or _ELSE.search(lowered, *word) else dict.fromkeys(wares, word)


def _named(lowered: str, spans: Sequence[Span], word: Span, *, of_else: bool, korean: bool) -> Span | None:
    """Return a shortage or price with the ware it is of, None where it is of something else."""
    before = _NEAR_KOREAN if korean else _BEFORE
    for span in reversed(spans):
        follows = not of_else and span[1] <= word[0] and before.fullmatch(lowered, span[1], word[0])
        if meet(span, word) or (follows and not _ELSE.search(lowered, span[1], word[1])):
            return min(span[0], word[0]), max(span[1], word[1])
        if not korean and word[1] <= span[0] and _is_of(lowered, word, span):
            return word[0], span[1]
    return None


def _is_of(lowered: str, word: Span, ware: Span) -> bool:
    """Whether a shortage or price is of the ware behind it: "shortage of chips", no "engineers for chips"."""
    of = _OF.fullmatch(lowered, word[1], ware[0])
    if of is None or _TRADE.match(lowered, ware[1]) or _ELSE.search(lowered, word[1], ware[0]):
        return False
    return _ELSE.search(lowered[: word[0]].rstrip().rpartition(" ")[2]) is None


def _turns(
    lowered: str, found: Found, wares: Mapping[Ware, Span], kind: Words, word: Span, *, korean: bool
) -> list[_Turn]:
    """Return which way markets turn; what is said of several wares at once is said of all their makers."""
    turns: dict[int, _Turn] = {}
    for ware, said in wares.items():
        turn = _turn(lowered, found, kind, word, said, korean=korean)
        if turn is not None:
            known = turns.get(turn.sign, turn)
            turns[turn.sign] = replace(known, makers=known.makers | ware.makers)
    return list(turns.values())


def _turn(lowered: str, found: Found, kind: Words, word: Span, said: Span, *, korean: bool) -> _Turn | None:
    """Return which way a market turns: a shortage is there unless it ends, a price has to be said to move."""
    moves = _moves(lowered, found, kind, said, korean=korean)
    if kind is Words.PRICE:
        if not moves:
            return None
        span, sign = moves[0]
        moved = span[1] <= word[0]
        if korean:
            moved = any(_MOVED_KOREAN.search(lowered, *_near(move)) for move, _ in moves)
        return _Turn(_around(said, span), sign, price=True, moved=moved)
    sign = 1 if kind is Words.SCARCE else -1
    over = next((span for span, turn in moves if turn < 0), None)
    if over is None and lowered.startswith(" of ", word[1]) and lowered.endswith("no ", 0, word[0]):
        return None  # "no shortage of" is said of plenty, of whatever it is
    if over is None and not moves:
        over = _gone(lowered, found, word, korean=korean)
    return _Turn(said, sign) if over is None else _Turn(_around(said, over), -sign)


def _moves(lowered: str, found: Found, kind: Words, said: Span, *, korean: bool) -> list[tuple[Span, int]]:
    """Return what is said to rise (1) or fall (-1) beside a shortage or price, in the order of the title.

    What a shortage does to others is none of it.
    """
    ends = (Words.FALLING, Words.NEGATION) if korean else (Words.FALLING, Words.ENDING, Words.CLEARING)
    signs = {Words.RISING: 1, **dict.fromkeys(ends, -1)}
    price = kind is Words.PRICE
    near = _NEAR if not korean else _NEAR_KOREAN if price else _ENDS_KOREAN
    moves = []
    for move, sign in signs.items():
        whole = not korean and sign < 0 and not (price and move is Words.FALLING)
        for span in found.get(move, ()):
            behind = said[1] <= span[0] and near.fullmatch(lowered, said[1], span[0])
            if behind and whole and not _SAYS_ALL.match(lowered, span[1]):
                continue
            before = not korean and span[1] <= said[0] and near.fullmatch(lowered, span[1], said[0])
            if behind or before or meet(span, said):
                moves.append((span, -sign if not korean and negated(lowered, span, found) else sign))
    return sorted(moves)


def _gone(lowered: str, found: Found, word: Span, *, korean: bool) -> Span | None:
    """Return the words by which a shortage or glut is over, or is denied."""
    over = _IS_OVER.match(lowered, word[1])
    if over is not None:
        return over.span()
    return word if not korean and negated(lowered, word, found) else None


def _near(span: Span) -> Span:
    """Return a span and the few letters behind it that may turn it into a reason."""
    return span[0], span[1] + 2


def _around(one: Span, other: Span) -> Span:
    return min(one[0], other[0]), max(one[1], other[1])
