"""Korean tone: the head comes last, so that words bound into one chain are read from first to last.

"공급 중단 우려 해소" is supply, stopped, feared, resolved: good. A direction turns round what stands before
it, a good or bad word at the end decides, and the chain is one signal. A particle that says "because of" or
"after", a finite verb and a mark end a chain. Good words are no news where a clause ends in doubt ("까").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from stackwatch.analysis.tone.tone_words import Found, Signal, Words
from stackwatch.analysis.words.hangul import final_consonant, is_hangul
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_NIEUN = 4
_VERB_ENDING = 4  # characters between a word and "but": 실패했|지만
_TAIL = (  # inside a chain a word may carry particles, endings of nouns, "that did"
    "이|가|은|는|을|를|도|의|만|까지|마저|폭|세|률|율|액|량|감|론|설|전|형|한|된|할|될|하는|되는|했던|됐던|지|지는|하지|"
    "되지|성|치|권|용|비|분|들|적|화|난|시|인|받는|없는"
)
_FILLER = (  # words that may stand between two of a chain
    r"\d[\d.,]*\S{0,4}|대폭|소폭|크게|모두|전면|전격|일부|대거|잇단|확|뚝|또|추가|다시|결국|공식|사실상|최종|조기|지속|계속|"
    "거의|꾸준히|빠르게|급격히|점차|점점|갈수록|한층|더욱|이미|장기화|폭|가능성|조짐|움직임|규모|대부분|완전히|절반|절반으로|반으로|소식|기간|더|단계적|연내|전망|끝|체제"
)
_BOUND = re.compile(rf"(?:{_TAIL}){{0,2}}[\"'\u201d\u2019)]?(?:\s(?:{_FILLER}))*\s?[\"'\u201c\u2018(]?")
_CANNOT = re.compile(r"(?:^|[\s\"'\u201c\u2018])(?P<word>못|안) $")
_DID_NOT = re.compile(r"\S{0,3}지(?:는|도|를)? (?P<word>못|않|말)")
_DOUBT = re.compile(
    r"(?:까|[인는은]가|[되있하없오잃접]나|여부\S{0,2}|[을할될]지|해야|하라)"
    r"[\"'\u201d\u2019]?(?: 주목)?(?=$|[\u2026\[(]|\.\.| [\[(])"
)
# "상장 검토 중이나 확정된 바 없다": what is good is not decided.
_UNDECIDED = re.compile(
    r"(?:확정|결정|정해|논의)(?:된|한|진)? ?(?:바|것|사항|내용)(?:은|는|이|도)? ?(?:전혀 )?없"
)
# "[특징주] 에이피티씨, SK하이닉스와 공급계약 체결": who heads a title, in one word before a comma or as a
# kind of company: "한국 공급업체, SK하이닉스 테스터 수주", "플랜티넷 자회사 플랜티엠, ...".
_HEAD = re.compile(
    r"(?:\s*(?:\[[^\]]*\]|\([^)]*\)))*\s*[\"\u201c'\u2018]?"
    r"(?:[^\s,.\u2026]{1,12} (?P<kind>자회사|계열사|협력사|(?:전문|협력|공급|장비)?(?:업체|기업)|제조사|"
    r"스타트업) ?)?"
    r"(?P<name>(?(kind)(?:[^\s,.\u2026]{2,14})?|[^\s,.\u2026\u00b7\"\u201c\u201d'\u2018\u2019]{2,14})), "
)
# Behind a name that somebody else does better than: "테슬라 앞지른 中 전기차", "엔비디아를 제치고".
_OUTDONE = re.compile(
    r"['\u2019]?(?:·[가-힣A-Za-z]+)?[을를도]? ?(?:앞지[르른]|앞질|제[치친쳤]|추월(?!당)|넘어[선섰]|"
    r"꺾[고은었]|누[르른]|눌렀|따돌[리린렸]|밀어[내낸냈]|뺨[치친]|뒤?쫓는|"
    r"(?:맹?추격|위협|겨냥)(?!에|으로|전|론|적| ?매수|[한해]? ?(?:[^ ]+ ){0,2}ETF))"
)
# Behind a share that is bought or sold: "삼성전자 팔고 네이버 샀다".
_SOLD = re.compile(
    r"['\u2019]?[을를]? ?(?:팔고(?! ?나)|팔았(?!더)|팔아치|내다 ?[판팔]|"
    r"던[지진졌](?! ?(?:승부|화두|메시지|질문|출사표|도전장)))"
)
# What is in a fund does not tell whether that rises: "엔비디아 담은 ETF 급락".
_BOUGHT = re.compile(
    r"['\u2019]?[을를]? ?(?:샀다(?!가)|사들[이인였]|담았|담[은는](?! ?(?:[^ ]+ ){0,2}(?:ETF|펀드|상품))|"
    r"쓸어 ?담|주웠|줍줍|매집)"
)
# Behind one that does better than somebody else: "구글에 밀린 챗GPT", "하이닉스에 왕좌 내준 삼성".
_OUTDOES = re.compile(
    r"(?:에|에게|한테) (?:[가-힣A-Z0-9]+ ){0,2}(?:밀[려리린렸]|뒤[져진졌처쳐]|추월당|따라잡[히힌혔]|"
    r"내[준줬주]|무릎|덜미|빼앗[기긴겼]|뺏[기긴겼])"
)
_SUBJECT = re.compile(r"[은는이가도] |에(?:게)? (?=[^,\u2026]*(?:주문|발주|러브콜))")
_CLAUSE = re.compile(r"[,;|\u2026]|\.\.")
_TURNS = (Words.RISING, Words.FALLING)
_KINDS = (Words.GOOD, Words.BAD, Words.ACTIVITY, *_TURNS, Words.BAD_OBJECT, Words.NEGATION, Words.NEUTRAL)
_ALONE = {  # the sign and weight of a chain of one word
    Words.GOOD: (1, 2),
    Words.BAD: (-1, 2),
    Words.RISING: (1, 2),
    Words.FALLING: (-1, 2),
    Words.ACTIVITY: (1, 1),
    Words.BAD_OBJECT: (-1, 0),
    Words.NEUTRAL: (0, 0),
}
_NOUNS = ("중단", "지연")  # turns that look like "that did" and are not
_DENIALS = ("부인", "반박", "사실")
_CARRIES_OUT = ("의결", "승인", "허가", "인가", "찬성", "만장일치")  # good for what is good, bad for a fine
_BULLET = re.compile(r"[▲▼](?!\d)")  # "▲엔비디아": a sign of a list, no direction


@dataclass(frozen=True, slots=True)
class _Chain:
    """Words bound together: their span, sign, and weight: 2 by itself, 1 weak, 0 only as an object."""

    span: Span
    sign: int
    weight: int
    last: Words


def korean_signals(title: str, found: Found) -> list[Signal]:
    """Return what a Korean title says that is good or bad, in its order."""
    chains: list[_Chain] = []
    for kind, span in _kept(found):
        if kind in _TURNS and _BULLET.match(title, span[0]):
            continue
        before = chains[-1] if chains and _binds(title, chains[-1].span[1], span[0]) else None
        chain = _compose(title, before, kind, span)
        if chain is None:
            continue
        if before is not None and chain.span[0] == before.span[0]:
            chains.pop()
        chains.append(chain)
    aside = _set_aside(title, chains, found)
    doubted = [_clause_before(title, doubt.end()) for doubt in _DOUBT.finditer(title)]
    doubted += [(0, undecided.start()) for undecided in _UNDECIDED.finditer(title)]
    return [
        Signal(chain.span, chain.sign, weak=chain.weight == 1)
        for chain in (_with_negation(title, chain) for chain in chains)
        if chain.weight and chain.sign and not _lies_in(chain.span, aside)
        if chain.sign < 0 or not _lies_in(chain.span, doubted)
    ]


def past_another(title: str, mentions: Sequence[Mention], found: Found) -> int:
    """Return from where good words may be a name's: another company that heads a title has those before.

    "에이피티씨, SK하이닉스와 공급계약 체결" is no good news of SK하이닉스: the other one has it. Another
    company is one word before a comma: no name, no word of a list, no onlooker.
    """
    head = _HEAD.match(title)
    if head is None or any(mention.start < head.end() for mention in mentions):
        return 0
    idle = found.get(Words.NEUTRAL, ())
    words = [span for kind, spans in found.items() if kind is not Words.NEUTRAL for span in spans]
    words = [span for span in words if not any(first <= span[0] and span[1] <= last for first, last in idle)]
    if not head["kind"] and any(
        start < head.end("name") and head.start("name") < end for start, end in words
    ):
        return 0
    own = (mention.start for mention in mentions if _SUBJECT.match(title, mention.end))
    return min(own, default=len(title))


def outdone(title: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """Return the tone of whom somebody else outdoes or sells, and of who outdoes or is bought."""
    tones = {}
    for mention in mentions:
        if _OUTDOES.match(title, mention.end) or _BOUGHT.match(title, mention.end):
            tones[mention.entity_id] = 1
        elif _OUTDONE.match(title, mention.end) or _SOLD.match(title, mention.end):
            tones[mention.entity_id] = -1
    return tones


def _kept(found: Found) -> list[tuple[Words, Span]]:
    """Return the words in order; where they overlap the longest counts."""
    words = [(kind, span) for kind in _KINDS for span in found.get(kind, ())]
    words.sort(key=lambda word: word[1][0] - word[1][1])
    kept: list[tuple[Words, Span]] = []
    for kind, span in words:
        if all(span[1] <= other[0] or other[1] <= span[0] for _, other in kept):
            kept.append((kind, span))
    return sorted(kept, key=lambda word: word[1])


def _binds(title: str, end: int, start: int) -> bool:
    """Whether what stands between two words leaves them in one chain."""
    return _BOUND.fullmatch(title, end, start) is not None


def _compose(title: str, before: _Chain | None, kind: Words, span: Span) -> _Chain | None:
    """Return the chain that ends in a word, None when the word says nothing here."""
    if before is None:
        return None if kind is Words.NEGATION else _Chain(span, *_ALONE[kind], kind)
    whole = (before.span[0], span[1])
    if title[before.span[1] - 1] == "못":  # whatever cannot be done
        return _Chain(whole, -1, 2, Words.BAD)
    if kind is Words.ACTIVITY and before.weight:
        return replace(before, span=whole, last=kind)
    turned = before.last in _TURNS and _describes(title, before.span[1], span[0])
    if kind in (Words.ACTIVITY, Words.NEUTRAL) or (kind is Words.BAD_OBJECT and not turned):
        return _Chain(span, *_ALONE[kind], kind)
    if kind is Words.NEGATION:
        denied = title.startswith(_DENIALS, span[0])  # the denial of something good is nothing
        sign = max(-before.sign, 0) if denied else -before.sign
        return _Chain(whole, sign, max(before.weight, 2 if before.sign < 0 else 1), kind)
    if kind is Words.GOOD and before.sign < 0 < before.weight and title.startswith(_CARRIES_OUT, span[0]):
        return replace(before, span=whole)
    sign = _ALONE[kind][0]
    if (kind in _TURNS and before.sign < 0) or (turned and before.last is Words.FALLING):
        sign = -sign
    return _Chain(whole, sign, 2, kind)


def _describes(title: str, end: int, start: int) -> bool:
    """Whether a turn describes the word behind it: "줄어든 적자", "늘린 투자"."""
    if title[end:start] != " " and not title[end:start].endswith("는 "):
        return False
    last = title[start - 2]
    if title.endswith(_NOUNS, 0, end):
        return False
    return is_hangul(last) and (last == "는" or final_consonant(last) == _NIEUN)


def _with_negation(title: str, chain: _Chain) -> _Chain:
    """Return a chain turned by "not" or "cannot": the opposite, and bad whatever cannot be done."""
    start, end = chain.span
    said = _CANNOT.search(title[max(0, start - 4) : start]) or _DID_NOT.match(title, end)
    if said is None or not chain.weight:
        return chain
    return replace(chain, sign=-chain.sign if said["word"] in ("안", "않") else -1, weight=2)


def _set_aside(title: str, chains: Sequence[_Chain], found: Found) -> Sequence[Span]:
    """Return what stands before a "despite" or "but" that takes up what was said."""
    return [
        _clause_before(title, start + 1)
        for start, _ in found.get(Words.DESPITE, ())
        if any(0 <= start - chain.span[1] <= _VERB_ENDING for chain in chains)
    ]


def _clause_before(title: str, end: int) -> Span:
    """Return the clause that is over at ``end``: it begins behind the last mark."""
    marks = [mark.end() for mark in _CLAUSE.finditer(title, 0, end - 1)]
    return (marks[-1] if marks else 0, end)


def _lies_in(span: Span, outers: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in outers)
