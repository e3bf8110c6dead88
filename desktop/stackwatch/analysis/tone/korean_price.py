"""Which way a Korean title says a share went: "삼성전자 주가 3% 내려", "삼성SDI 오르고 삼성SDS 밀려".

What the price did settles what the rest of a title is worth, as in English. It is said behind the name, or
behind the names it is listed with, or by "주가" with nobody else's name before it.
"""

import re
from collections.abc import Sequence

from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# What may stand between a name and what its price did.
_BETWEEN = (
    r"(?:(?:\d[\d.,만천 ]*원[. ]*|전일 ?대비|\d[\d.,]*(?:%|퍼센트)(?:대|까지|나|이상)?|약 |"
    r"\d+(?:거래)?일(?: 연속|째|간|만에)?|\d+년 만에|(?:이틀|사흘|나흘|닷새)(?:째| 연속| 만에)|"
    r"하루 만에|하루에|장중|장 ?(?:초반|막판|마감)|초반|막판|마감|개장 ?[전후]|"
    r"시간 ?외(?:에서|서)?(?: ?거래(?:에서|서)?)?|(?:프리마켓|애프터마켓|정규장)(?:에서|서)?|"
    r"한때|연일|연속|동반|나란히|일제히|줄줄이|모두|다|또|다시|또다시|오히려|외려|되레|그래도|소폭|대폭|약간|크게|급|더|계속|결국|"
    r"사상|역대|후|뒤|도|(?:외국인|기관) 매[수도]에|"
    r"(?:[^\s,\u2026]+ )?[^\s,\u2026]+(?:에|으로|[\u2019'\"]로|덕|탓) )[ ,]*){0,6}"
)
_UP = (
    r"오르(?!막|락내리락)|오른(?!쪽)|올라|올랐|오름|뛰[고어었며자]|뛴|껑충|치솟|솟구|날[개았]|날아|튀어|"
    r"들썩|훨훨|쑥|반등|급반등|상승|급등|폭등|강세|랠리|불기둥|고공행진|상한가|신고가|최고가|사상 최고|회복|↑"
)
_DOWN = (
    r"내리(?!막)|내린|내려|내렸|내림|하락|급락|폭락|약세|떨어지?|떨어졌|밀려|밀린|밀렸|밀리|빠져|빠진|빠졌|"
    r"추락|추풍낙엽|곤두박질|고꾸라|미끄|미끌|털썩|휘청|비틀|비실|부진|뚝|주르륵|와르르|박살|반토막|반 토막|"
    r"하한가|신저가|흘러내|반락|뒷걸음|주춤|내리막|꺾|무너|파란불|급전직하|주저앉|찬바람|급브레이크|↓"
)
# What is only awaited, explained, over, or the reason of something else: "상승 여력", "하락 우려", "급락에".
_NOT_TOLD = (
    r"(?!['\"\u2019\u201d]?(?:세|폭)?(?:에|할|률|폭|분|시|도|[은는이가을를도의]? ?(?:여력|기대|전망|예상|"
    r"우려|가능성|요인|이유|배경|조건|때|경우|시점|확률|베팅|대비|논란|잠재력|동력|촉매|신호|시동|하나|하면|"
    r"탄력|제한|피로|부담|타이밍|기회|딛고|멈[추춘췄]|끝|저가|(?:, ?)?(?:적극 |지금이 )?매수|"
    r"탈피|탈출|벗어|방어|막[아으기]|진정|만회)))"
)
_WENT = rf"['\"\u2018\u201c]?(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_NOT_TOLD}"
# A price with a sign: "주가 -0.79%", "(+9.49%)", "삼성전자도 2.03%↓".
_SIGNED = (
    r"(?:\d+일 )?\(?(?:(?P<plus>\+)|(?P<minus>[-\u2212\u2013]))\d[\d.]*%"
    r"|\(?\d[\d.]*%대? ?(?:(?P<rose>[\u2191\u25b2])|(?P<fell>[\u2193\u25bc]))"
)
_BEHIND = re.compile(
    r"(?:\([\da-zA-Z.]+\))?:?우?[bB]?[은는이가도의만]?,? ?['\"\u2018\u201c]?"
    rf"(?:주가[가는도]?(?:\(\d+\))?,? ?)?{_BETWEEN}(?:{_WENT}|{_SIGNED})"
)
_SHARE = re.compile(
    r"(?<!목표)(?<!목표 )(?<!적정)(?<!적정 )주가[가는도]?,? ?['\"\u2018\u201c]?"
    rf"{_BETWEEN}(?:{_WENT}|{_SIGNED})"
)
_BECAUSE = re.compile("에 ")
_OF_PRICES = re.compile("강세|약세|급등|급락|폭등|폭락|[상하]한가")  # said of shares, named or not
_LISTED = re.compile(r"[ \u00b7,/ㆍ]+|[와과] |, ")
_WORD = re.compile(r"[^\s,.\u2026\"'\u2018\u201c\u00b7\]\[()]*$")
# Before "주가" another company's name: at the head of a clause, in capitals, or by how such names end; a
# particle, a time and a trade are none.
_NO_NAME = re.compile(
    r"(?:(?<!전)자|에|에도|에서|로|은|는|이|도|며|고|해|속|서|후|뒤|전|지만|인데|외|\d일|당일|발표일|"
    r"장중|초반|막판|마감|한때|이틀째|연일|동반|오늘|이달|지난달|내달|이번 ?주|지난주|주간|월간|"
    r"\d(?:월|년|개월|주)|올해|작년|지난해|내년|연초|연말|새해|반기|분기|최근|실적|상장|자사|적정|목표|현|업종|대형주|그룹|"
    r"계열사|국내|글로벌|반도체|메모리|ai|AI|기술|빅테크|^)$"
)
_NAME = re.compile(
    r"(?:(?<!전)자|에|에도|에서|로|은|는|이|도|며|고|해|속|서|후|뒤|전|지만|인데|장중|초반|막판|오늘|"
    r"올해|연초|자사|당일|발표일|"
    r"외|\d일|실적|마감|한때|이틀째|연일|동반|반기|분기|최근|상장|이달|지난달|내달|이번 ?주|지난주|작년|"
    r"지난해|내년|"
    r"\d(?:월|년|개월|주)|연말|새해|주간|월간|반도체|메모리|ai|AI|기술|빅테크|적정|목표|현|업종|대형주|그룹|"
    r"계열사|국내|글로벌|^)$"
)
_NAME = re.compile(
    r"[A-Za-z]{2}|(?:전자|전기|물산|생명|증권|화학|중공업|바이오|제약|건설|은행|홀딩스|텍|테크|엔솔|시스템|"
    r"모비스|관련주|장비주)$"
)
_HEAD = re.compile(r"(?:^|[\]\u2026] ?|\.\.+ ?)$")


def price_went(title: str, mentions: Sequence[Mention], name: str, begin: int = 0) -> int:
    """Return which way the share of ``name`` went, 0 where a title does not say so.

    Another company heads a title whose news of the names has a ``begin``: "주가" is that one's.
    """
    if "주가" not in title and "%" not in title and _OF_PRICES.search(title) is None:
        return 0
    for place, mention in enumerate(mentions):
        if mention.entity_id != name:
            continue
        end = mention.end
        aside = mention.start < begin
        went = _told(title, end, aside=aside)
        for following in mentions[place + 1 :]:
            if went or _LISTED.fullmatch(title, end, following.start) is None:
                break
            end = following.end
            went = _told(title, end, aside=aside)
        if went:
            return went
    return 0 if begin else _share(title, mentions, name)


def of_price(title: str, span: Span) -> bool:
    """Whether what is said at a place is only said of shares."""
    return _OF_PRICES.search(title, *span) is not None


def shares_of_others(title: str, mentions: Sequence[Mention]) -> list[Span]:
    """Return where a title tells the price of a share that is nobody's it names: "GM 주가 급등"."""
    others: list[Span] = []
    if "주가" not in title:
        return others
    for went in _SHARE.finditer(title):
        name = _another(title, went.start(), mentions)
        if name is not None:
            others.append((name[0], went.end()))
    return others


def _told(title: str, end: int, *, aside: bool) -> int:
    """Return what is said right behind a name that its price did, where a title speaks of prices.

    One named ``aside`` has not what another's did because of it: "예스티, 삼성전자 수주에 강세".
    """
    behind = _BEHIND.match(title, end)
    if behind is None or (aside and _BECAUSE.search(behind.group())):
        return 0
    of_prices = "%" in behind.group() or "주가" in title[: behind.end()] or _OF_PRICES.search(behind.group())
    return _way(behind) if of_prices else 0


def _share(title: str, mentions: Sequence[Mention], name: str) -> int:
    """Return what "주가" is said to have done, where it is the share of the only name of a title."""
    if any(mention.entity_id != name for mention in mentions):
        return 0
    told = [went for went in _SHARE.finditer(title) if _another(title, went.start(), mentions) is None]
    went = next((went for went in told if "%" in went.group()), told[0] if told else None)
    return 0 if went is None else _way(went)


def _another(title: str, end: int, mentions: Sequence[Mention]) -> Span | None:
    """Return the name of another company that stands before "주가"."""
    word = _WORD.search(title[:end].rstrip())
    if word is None or _NO_NAME.search(word[0]):
        return None
    if any(mention.start < end and word.start() < mention.end for mention in mentions):
        return None
    named = _NAME.search(word[0]) or _HEAD.search(title, 0, word.start())
    return None if named is None else word.span()


def _way(went: re.Match[str]) -> int:
    return 1 if went["up"] or went["plus"] or went["rose"] else -1
