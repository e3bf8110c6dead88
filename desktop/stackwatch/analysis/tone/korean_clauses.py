"""Whose news a clause of a Korean title is, and what it only wishes for.

"…코스닥은 급락" is no news of the company before it, "압박 커지는 삼성" is the news of who is named behind
it, and "수율 개선 위해" or "협력 강화 필요" tell nothing that has happened.
"""

import re
from collections.abc import Sequence

from stackwatch.analysis.words.hangul import final_consonant, is_hangul
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_NIEUN, _RIEUL = 4, 8  # as final consonants of what describes the noun behind it: 커진, 커질
_PARTS = re.compile(r"\u2026|\.\.+|; | [\u2014\u2013|] ")
# What good words are only wished, planned or done for.
_WISHED = re.compile(
    r"(?:[을를이가은는도의로]|에|하는|한|할|[하되]기|돼야|되도록|하려|시키기)?['\"\u2019\u201d]? ?"
    r"(?:위해|위한|위하|목적|차원|총력(?!전)|안간힘|경쟁(?!력|사|우위|률|업체)|필요|과제|숙제|관건|촉구|당부|"
    r"요청(?! ?(?:받|쇄도))|요구(?! ?(?:받|쇄도))|모색|고심|고민|저울질|타진|시급|절실|절박|검토|논의|협의|"
    r"조건|변수|여부|노[려리린]|노력|방안|주문[했하]|아쉬|중요(?!한 고객)|살 ?길|답(?=$|[\"'\u2019\u201d])|"
    r"목표(?!가|주가| ?(?:달성|초과|상향|넘|웃돌|조기))|"
    r"(?:매년 |먼저 |다시 )?(?:받아|얻어|따내|거쳐|통과해)야)"
)
_TALKS = re.compile("논의|협의|협상")
_ORDERS = re.compile("계약|수주|공급|납품|발주")
# Who heads a clause instead of the company: a market, or another company whose price it tells.
_MARKET = (
    r"코스피|코스닥|나스닥|다우(?:지수)?|(?:뉴욕|국내|아시아|美) ?증시|증시|환율|원[·/]?달러|비트코인|"
    r"(?:국제)?유가"
)
_COMPANY = (
    r"[^\s,\u2026'\"]*(?:증권|證|전기|이노텍|화학|생명|화재|건설|중공업|제약|바이오|에너지솔루션|엔솔|디스플레이|"
    r"물산|모비스|관련주|장비주|소부장|협력사|부품주|그룹주)(?:[·,/\-] ?[^\s,\u2026'\"]{2,12})*"
)
_PRICED = (
    r"(?:(?:장 초반|장중|연이틀|이틀째|사흘째|연일|동반|나란히|일제히|연속|또|덩달아|주가|\d[\d.]*%대?) ?)*"
    r"['\"\u2018\u201c]?(?:상한가|급등|급락|강세|약세|들썩|껑충|날[개았]|훨훨|잭팟|폭등|폭락|신고가|[↑↓])"
)
_OTHERS = re.compile(
    rf"[\s'\"\u2018\u201c]*(?:(?:{_MARKET})(?:[은는이가도,]|엔|에선)?[ ,]|"
    rf"{_COMPANY}[은는이가도]?,? ?{_PRICED})"
)
# Unions speak for themselves: what they start or want is good for the company only once it is settled.
_UNION = re.compile(r"노조|노동조합|총파업|파업")
_SETTLED = re.compile(
    r"타결|합의|봉합|해소|철회|취소|종료|일단락|극적|피했|피해 ?갔|면했|넘겨|넘겼|가결|무분규|멈[춰췄]|"
    r"보류|유보|해제|부인|않|없이|안 해|안 한"
)
# What a name does to others at the end of a clause, nothing for itself: it sues them, or presses them.
_SUES = re.compile(
    r"(?:소송|심판)?(?:을|를)?(?: 추가)? ?(?:제기(?!당|돼|됐|에)|제소(?!당|에)|고소(?!당|에)|고발(?!당|에))"
)
_PRESSES = re.compile(r"(?:압박|견제|비판|비난|저격)(?:나서|나선|했|한다|해)?(?=$|[\u2026\"'\u201d\u2019])")
_SUBJECT = re.compile(r"(?:[은는이가도]|,) ")
# Who is supplied, and has no good news of it: "삼성전자에 특수가스 공급 늘어".
_CUSTOMER = re.compile("(?:에|에게|향) ")
_SUPPLY = re.compile("공급|납품")
_SPEAKS = re.compile(r"(?:[은는이가]|,) | ?[\"\u201c]")  # behind who heads a clause
_OBJECT_NEAR = 14  # letters between whom it presses and the verb
_JOINS = re.compile(r"[·,/ ]+|[와과] ")


def of_others(title: str, mentions: Sequence[Mention]) -> list[Span]:
    """Return the clauses that name nobody known and speak of a market or another company."""
    cuts = [0, *(match.end() for match in _PARTS.finditer(title))]
    parts = zip(cuts, [*cuts[1:], len(title)], strict=True) if len(cuts) > 1 else ()
    return [
        (start, end)
        for start, end in parts
        if _OTHERS.match(title, start, end) and not any(start <= m.start < end for m in mentions)
    ]


def wished(title: str, span: Span) -> bool:
    """Whether what is good is only wished for, weighed or worked for; talks about an order are good news."""
    said = _WISHED.match(title, span[1])
    return said is not None and not (_TALKS.search(said[0]) and _ORDERS.search(title, *span))


def unsettled_union(title: str) -> bool:
    """Whether a title tells what a union wants, and not that it is settled."""
    return _UNION.search(title) is not None and _SETTLED.search(title) is None


def directed_at(title: str, span: Span, mentions: Sequence[Mention]) -> set[str]:
    """Return whose news a word alone is, a set of "" where that is no name; empty where it is anybody's."""
    return (
        _done_to(title, span, mentions)
        or _described(title, span[1], mentions)
        or _headed(title, span, mentions)
    )


def _headed(title: str, span: Span, mentions: Sequence[Mention]) -> set[str]:
    """Return whom the later clause names in which a word stands, if one of them is its subject."""
    start = _begin(title, span[0])
    if not start:
        return set()
    following = _PARTS.search(title, span[1])
    end = following.start() if following else len(title)
    named = [mention for mention in mentions if start <= mention.start < end]
    if not named or named[0].start - start > 1 or not _SPEAKS.match(title, named[0].end):
        return set()
    return {mention.entity_id for mention in named}


def _done_to(title: str, span: Span, mentions: Sequence[Mention]) -> set[str]:
    """Return whom the name that heads a clause sues or presses."""
    supplied = _SUPPLY.match(title, span[0])
    sued = _SUES.match(title, span[0]) or _SUES.match(title, span[1])
    pressed = _PRESSES.match(title, span[0])
    if not (supplied or sued or pressed):
        return set()
    start = _begin(title, span[0])
    inside = [mention for mention in mentions if start <= mention.start < span[0]]
    if not inside:
        return set()
    customer = next((m for m in reversed(inside) if _CUSTOMER.match(title, m.end)), None)
    if supplied and customer is not None:
        return {mention.entity_id for mention in mentions} - {customer.entity_id} or {""}
    if not _SUBJECT.match(title, inside[0].end):
        return set()
    others = {mention.entity_id for mention in inside[1:]} - {inside[0].entity_id}
    if sued:
        return others or {""}
    near = others and span[0] - inside[-1].end <= _OBJECT_NEAR
    return others if near and pressed else set()


def _begin(title: str, place: int) -> int:
    """Return where the part of a title begins in which a place lies."""
    return max((match.end() for match in _PARTS.finditer(title, 0, place)), default=0)


def _described(title: str, end: int, mentions: Sequence[Mention]) -> set[str]:
    """Return whom the words up to ``end`` describe, if anybody: "압박 커지는 삼성·SK"."""
    if mentions[-1].start <= end:
        return set()
    while end < len(title) and is_hangul(title[end]):
        end += 1
    last = title[end - 1]
    if not is_hangul(last) or final_consonant(last) not in (_NIEUN, _RIEUL) or title[end : end + 1] != " ":
        return set()
    named: set[str] = set()
    end += 1
    for mention in mentions:
        if mention.start >= end and (
            mention.start == end or (named and _JOINS.fullmatch(title, end, mention.start))
        ):
            named.add(mention.entity_id)
            end = mention.end
    return named
