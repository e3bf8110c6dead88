"""Korean tone: what of a title's chains of words is news, and good or bad.

Good words are no news where a clause ends in doubt ("까"), where they are wished for, and where they only say
what a company sets about: that is news with a figure that tells how much.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from stackwatch.analysis.tone.korean_chains import OWN_DEED, Chain, korean_chains
from stackwatch.analysis.tone.korean_clauses import unsettled_union, wished
from stackwatch.analysis.tone.tone_words import Found, Signal, Words, says
from stackwatch.analysis.words.word_lists import Span

_VERB_ENDING = 4  # characters between a word and "but": 실패했|지만
# Said of what stands before it, though a mark parts them: "유상증자…상장 이래 최대", "피해…3만명으로 늘어".
_SUPERLATIVE = re.compile(
    r"(?:[가-힣]+ ?(?:이래|만에) ?)?(?:사상|역대|창사 이래|상장 이래|최대|최고|역대급)[^,\u2026]{0,8}$"
    r"|(?:[가-힣]{0,2} )?\d[\d.,]*[만억조]?(?:명|건|곳|개|대|원|%|배|년|개월)?"
    r"(?:으?로|까지|나) ?[늘증불급확][^,\u2026]{0,8}$"
)
_DOUBT = re.compile(
    r"(?:까|[인는은]가|[되있하없오잃접]나|여부\S{0,2}|[을할될]지|언제쯤?|해야|하라|"
    r"[은는] (?:어디|누구|무엇|얼마))[\"'\u201d\u2019]?(?: 주목)?(?=$|[\u2026\[(]|\.\.| [\[(])"
)
# "상장 검토 중이나 확정된 바 없다": what is good is not decided.
_UNDECIDED = re.compile(
    r"(?:확정|결정|정해|논의)(?:된|한|진)? ?(?:바|것|사항|내용)(?:은|는|이|도)? ?(?:전혀 )?없"
)
_CLAUSE = re.compile(r"[,;|\u2026]|\.\.")
# Money put into somebody else, and not into a plant or a country: "스타트업에 300억 투자".
_INTO = re.compile(r"(?P<whom>[^\s,\u2026]+)에 (?:[^\s,\u2026]*\d\S* |최대 |총 |후속 |추가 |직접 |지분 )*$")
_PLACE = re.compile(
    r"(?:공장|팹|라인|센터|단지|시설|인프라|클러스터|캠퍼스|허브|법인|사업|분야|확충|공정|증설|개발|연구|"
    r"美|미국|국내|한국|日|일본|中|중국|유럽|인도|베트남|대만|사우디|영국|독일|프랑스|텍사스|애리조나|인디애나|"
    r"용인|평택|청주|이천|구미|광주|호남|AI|로봇|반도체|HBM|D램|파운드리|배터리)$"
)
# How much of it there is: "3조", "20%", "2GW", and no "2나노".
_SIZE = re.compile(
    r"\d[\d.,]*\s?(?:[천만억조]|%|배|GW|MW|기가와트|메가와트|달러|원|弗)|(?:추가|대규모) ?투자"
)
# What grows here is no plan, but what has come of it: "매출 확대", "파운드리 투자 확대".
_RESULT = re.compile(
    r"(?:매출|수요|이익|순익|영업익|실적|점유율|수주|배당|환원|마진|수익성?|지분|가입자|이용자|판매|수율|물량|모멘텀|용량|"
    r"캐파|생산능력|공장|팹|라인|데이터센터|AI ?인프라|터빈|HBM|파운드리|원전|SMR|변압기|패키징|입지|결정력|"
    r"우위|리드|자회사|법인)[을를이가도]? ?(?:더 |적극 |대폭 )?$"
)
_RESULT_NEAR = 12  # letters before the verb
_FOR_LESS = re.compile(r"(?:낮추|줄이|높이)는$")  # what a new thing does: "비용 낮추는 라우터 공개"
# A fall that is only the reason to buy: "급락에 비중 확대 기회".
_DIP = re.compile(
    r"(?:급락|하락|폭락|조정|약세|낙폭|빠[졌진]|떨어[지진졌])[가-힣]{0,2}[에은는이]"
    r"[\"\u201d\u2019]? ?[\"\u201c\u2018]?"
    r"(?=[^\u2026]{0,12}(?:기회|매수(?!세)|비중 ?확대|줍줍|저가))"
)
# Bad news that the price holds already: "악재 대부분 주가에 반영".
_PRICED_IN = re.compile(
    r"악재[^,\u2026]{0,18}반영|(?:우려|리스크|충격|부진)[^,\u2026]{0,8}(?:기반영|선반영|이미 반영|"
    r"주가에 [^,\u2026]{0,6}반영)"
)


def korean_signals(title: str, found: Found) -> list[Signal]:
    """Return what a Korean title says that is good or bad, in its order."""
    chains = korean_chains(title, found)
    if not chains:
        return []
    aside = [*_set_aside(title, chains, found), *(dip.span() for dip in _DIP.finditer(title))]
    aside += (held.span() for held in _PRICED_IN.finditer(title))
    doubted = [_clause_before(title, doubt.end()) for doubt in _DOUBT.finditer(title)]
    doubted += [(0, undecided.start()) for undecided in _UNDECIDED.finditer(title)]
    chains = _worst_ever(title, chains)
    chains = [chain for chain in chains if not _invests_in_another(title, chain)]
    meant = [chain for chain in chains if _only_meant(title, chain)]
    if meant and (_SIZE.search(title) is None or says(Words.DEED, found) or says(Words.ROUTINE, found)):
        chains = [chain for chain in chains if chain not in meant]
    heard = [
        Signal(chain.span, chain.sign, weak=chain.weight == 1)
        for chain in chains
        if chain.weight and chain.sign and not _lies_in(chain.span, aside)
        if chain.sign < 0 or not (_lies_in(chain.span, doubted) or wished(title, chain.span))
    ]
    return [signal for signal in heard if signal.sign < 0] if unsettled_union(title) else heard


def _set_aside(title: str, chains: Sequence[Chain], found: Found) -> Sequence[Span]:
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


def _invests_in_another(title: str, chain: Chain) -> bool:
    """Whether a chain is money that a name puts into another company: neither good nor bad for it."""
    if chain.weight != 1 or not title.startswith("투자", chain.span[0]):
        return False
    into = _INTO.search(title[: chain.span[0]])
    return into is not None and _PLACE.search(into["whom"]) is None


def _worst_ever(title: str, chains: Sequence[Chain]) -> list[Chain]:
    """Return chains whose last clause, if it is nothing but a superlative, says how bad the one before is."""
    if len(chains) < 2 or chains[-2].sign >= 0 or chains[-1].last is not Words.RISING:  # noqa: PLR2004
        return list(chains)
    start = _clause_before(title, chains[-1].span[0] + 1)[0]
    last = chains[-1]
    bare = start > chains[-2].span[1] and _SUPERLATIVE.match(title, start) is not None
    return [*chains[:-1], replace(last, sign=-1)] if bare else list(chains)


def _only_meant(title: str, chain: Chain) -> bool:
    """Whether a chain says what a company sets about or a new thing is for, and not what has come of it."""
    if chain.sign <= 0:
        return False
    start, end = chain.span
    own = chain.last is Words.AIM or (chain.last is not Words.GOOD and OWN_DEED.match(title, start, end))
    if not own and _FOR_LESS.search(title, start, end) is None:
        return False
    return _RESULT.search(title, max(0, start - _RESULT_NEAR), start) is None


def _lies_in(span: Span, outers: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in outers)
