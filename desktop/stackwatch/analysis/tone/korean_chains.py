"""Korean words bound into chains, which are read from first to last, since the head comes last.

"공급 중단 우려 해소" is supply, stopped, feared, resolved: good. A direction turns round what stands before
it, a good or bad word at the end decides, and the chain is one signal. A particle that says "because of" or
"after", a finite verb and a mark end a chain.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwatch.analysis.tone.korean_words import korean_words
from stackwatch.analysis.tone.tone_words import Found, Words
from stackwatch.analysis.words.hangul import final_consonant, is_hangul
from stackwatch.analysis.words.word_lists import Span

_NIEUN = 4
_TAIL = (  # inside a chain a word may carry particles, endings of nouns, "that did"
    "이|가|은|는|을|를|도|의|만|까지|마저|폭|세|률|율|액|량|감|론|설|전|형|한|된|할|될|하는|되는|했던|"
    "됐던|지|지는|하지|되지|성|치|권|용|비|분|들|적|화|난|시|인|받는|없는"
)
_FILLER = (  # words that may stand between two of a chain
    r"\d[\d.,]*(?:[조억만천]\d[\d.,]*)*\S{0,4}|대폭|소폭|크게|모두|전면|전격|일부|대거|잇단|확|뚝|또|추가|다시|결국|공식|사실상|"
    r"최종|조기|지속|계속|거의|꾸준히|빠르게|급격히|점차|점점|갈수록|한층|더욱|이미|장기화|폭|가능성|조짐|"
    r"움직임|규모|대부분|완전히|절반|절반으로|반으로|소식|기간|더|단계적|연내|전망|끝|체제|잔고|"
    r"(?:한|두|석|넉) ?달 새|일주일 새|보름 새|\d+[년일] 새"
)
_BOUND = re.compile(rf"(?:{_TAIL}){{0,2}}[\"'\u201d\u2019)]?(?:\s(?:{_FILLER}))*\s?[\"'\u201c\u2018(]?")
# Between what is told and who denies it: "공급 지연 보도는 사실무근".
_DENIED = re.compile(
    rf"(?:{_TAIL}){{0,2}}[\"'\u201d\u2019)]? ?(?:관련 )?(?:보도|소문|루머|주장)(?:는|은|를|을|가|이|에|도)?"
    rf"(?:\s(?:{_FILLER}|즉각|강력|전면))*[,\u2026.]* ?[\"'\u201c\u2018(]?"
)
_CANNOT = re.compile(r"(?:^|[\s\"'\u201c\u2018])(못|안) $")
_DID_NOT = re.compile(r"\S{0,3}지(?:는|도|를)? (못|않|말)| ?(안|못) ?(?:한|해|했|하|된|돼|됐|되)")
_NO_REASON = re.compile(r"(?:[할한될] |하는 )?(?: ?(?P<why>이유|필요)| ?(?:계획|생각|의사))[가는이도은]? ?없")
# What a verb ends in that goes on to the next one: "떨어져 하락" is one fall told twice.
_GOES_ON = frozenset("려져여어아워라쳐켜춰겨혀며")
_NO_VERBS = ("우려", "배려")
_BY_HOW_MUCH = ("로 ", "으로 ")  # "적자 두 배로 늘어" is one rise
# Measures: behind what is bad they say how bad, "적자 역대급", "공매도 1위", "손실 3조 넘어서".
_MEASURES = re.compile(
    r"[12]위|최다|최고치|최고|역대급|신기록|역대|사상|\d배|[두세네] 배|갑절|곱절|육박|최대"
)
_DEEDS = (Words.ACTIVITY, Words.AIM)
_TURNS = (Words.RISING, Words.FALLING)
_ALONE = {  # the sign and weight of a chain of one word
    Words.GOOD: (1, 2),
    Words.BAD: (-1, 2),
    Words.RISING: (1, 2),
    Words.FALLING: (-1, 2),
    Words.ACTIVITY: (1, 1),
    Words.AIM: (1, 1),
    Words.BAD_OBJECT: (-1, 0),
    Words.NEUTRAL: (0, 0),
}
# A settlement for money: "소송 15억달러에 합의".
_PAID = re.compile(r"\d[\d.,]*(?:억|조|만)\s?(?:원|달러|유로|弗)?(?:에|으로)? ?$")
_NOUNS = ("중단", "지연")  # turns that look like "that did" and are not
OWN_DEED = re.compile("강화|확대|향상|확장|증대")  # a rise that a company brings about itself
_DENIALS = ("부인", "반박", "사실")
_CARRIES_OUT = ("의결", "승인", "허가", "인가", "찬성", "만장일치")  # good for what is good, bad for a fine
_REACHES = ("돌파", "넘", "육박", "달성", "웃돌", "상회", "뛰어넘")
# Falls that are good of a mere object alone: "원가 급락", but no "실적 쇼크 급락".
_PLUNGES = re.compile("급락|폭락|추락|곤두박질|급전직하")
_BULLET = re.compile(r"[▲▼](?!\d)")  # "▲엔비디아": a sign of a list, no direction


@dataclass(frozen=True, slots=True)
class Chain:
    """Words bound together: their span, sign, and weight: 2 by itself, 1 weak, 0 only as an object."""

    span: Span
    sign: int
    weight: int
    last: Words


def korean_chains(title: str, found: Found) -> Sequence[Chain]:
    """Return the chains of a title in order, turned by what negates them."""
    chains: list[Chain] = []
    for kind, span in korean_words(title, found):
        if kind in _TURNS and _BULLET.match(title, span[0]):
            continue
        before = chains[-1] if chains and _binds(title, chains[-1], kind, span[0]) else None
        chain = _compose(title, before, kind, span)
        if chain is None:
            continue
        if before is not None and chain.span[0] == before.span[0]:
            chains.pop()
        chains.append(chain)
    return [_with_negation(title, chain) for chain in chains]


def _binds(title: str, before: Chain, kind: Words, start: int) -> bool:
    """Whether what stands between a chain and a word leaves them in one chain."""
    end = before.span[1]
    told_twice = (
        kind in (*_TURNS, *_DEEDS) and before.sign < 0 and title[end - 1] in _GOES_ON and title[end] == " "
    )
    if told_twice and not title.endswith(_NO_VERBS, 0, end):
        return False
    if kind is Words.NEGATION and title.startswith(_DENIALS, start) and _DENIED.fullmatch(title, end, start):
        return True
    if kind is Words.RISING and before.last is Words.RISING and title[end:start] in _BY_HOW_MUCH:
        return True
    return _BOUND.fullmatch(title, end, start) is not None


def _compose(title: str, before: Chain | None, kind: Words, span: Span) -> Chain | None:
    """Return the chain that ends in a word, None when the word says nothing here."""
    if kind is Words.GOOD and title.startswith("합의", span[0]) and _PAID.search(title[: span[0]]):
        return Chain(span, 0, 0, Words.NEUTRAL)
    if before is None:
        return None if kind is Words.NEGATION else Chain(span, *_ALONE[kind], kind)
    whole = (before.span[0], span[1])
    if title[before.span[1] - 1] == "못":  # whatever cannot be done
        return Chain(whole, -1, 2, Words.BAD)
    if kind in _DEEDS and (before.weight or before.last is Words.BAD_OBJECT):
        keeps = kind is Words.AIM or not before.weight
        return replace(before, span=whole, last=before.last if keeps else kind)
    if kind is Words.BAD_OBJECT and before.last in (Words.BAD, Words.BAD_OBJECT):  # "배상 부담 덜어"
        return replace(before, span=whole, last=kind)
    turned = before.last in _TURNS and _describes(title, before.span[1], span[0])
    if kind in (*_DEEDS, Words.NEUTRAL) or (kind is Words.BAD_OBJECT and not turned):
        return Chain(span, *_ALONE[kind], kind)
    if kind is Words.NEGATION:
        denied = title.startswith(_DENIALS, span[0])  # the denial of something good is nothing
        sign = max(-before.sign, 0) if denied else -before.sign
        return Chain(whole, sign, max(before.weight, 2 if before.sign < 0 else 1), kind)
    if _adds_nothing(title, before, kind, span[0]):
        return replace(before, span=whole, last=before.last if before.last is Words.AIM else kind)
    return Chain(whole, _sign(title, before, kind, span[0], turned=turned), 2, kind)


def _adds_nothing(title: str, before: Chain, kind: Words, start: int) -> bool:
    """Whether a word only carries out or draws out what stands before it: "과징금 의결", "호황 장기화"."""
    if before.sign > 0:
        activity = kind is Words.RISING and before.weight == 1 and OWN_DEED.match(title, start) is not None
        return activity or title.startswith("장기화", start)
    return kind is Words.GOOD and before.sign < 0 < before.weight and title.startswith(_CARRIES_OUT, start)


def _sign(title: str, before: Chain, kind: Words, start: int, *, turned: bool) -> int:
    """Return the sign of a chain that a good or bad word or a direction closes."""
    if before.last is Words.BAD_OBJECT and _PLUNGES.match(title, start):
        return 1
    if kind is Words.GOOD and before.sign < 0 and _measures(title, before.span[1], start):
        return -1
    sign = _ALONE[kind][0]
    if (kind in _TURNS and before.sign < 0) or (turned and before.last is Words.FALLING):
        return -sign
    return sign


def _measures(title: str, end: int, start: int) -> bool:
    """Whether a good word only says how much there is of what stands before it."""
    counted = any(map(str.isdigit, title[end:start])) and title.startswith(_REACHES, start)
    return counted or _MEASURES.match(title, start) is not None


def _describes(title: str, end: int, start: int) -> bool:
    """Whether a turn describes the word behind it: "줄어든 적자", "늘린 투자"."""
    if title[end:start] != " " and not title[end:start].endswith("는 "):
        return False
    last = title[start - 2]
    if title.endswith(_NOUNS, 0, end):
        return False
    return is_hangul(last) and (last == "는" or final_consonant(last) == _NIEUN)


def _with_negation(title: str, chain: Chain) -> Chain:
    """Return a chain turned by "not" or "cannot": the opposite, and bad whatever cannot be done."""
    start, end = chain.span
    if title.endswith("너무 ", 0, start) and chain.last in _TURNS:  # "너무 올랐다", "너무 빠졌나"
        return replace(chain, sign=min(-chain.sign, 0))
    if (reason := _NO_REASON.match(title, end)) is not None:  # "매도할 이유 없다", "감원 계획 없다"
        return replace(chain, sign=1 if chain.sign < 0 else -1 if reason["why"] else 0)
    said = _CANNOT.search(title[max(0, start - 4) : start]) or _DID_NOT.match(title, end)
    if said is None or not chain.weight:
        return chain
    word = next(filter(None, said.groups()))
    return replace(chain, sign=-chain.sign if word in ("안", "않") else -1, weight=2)
