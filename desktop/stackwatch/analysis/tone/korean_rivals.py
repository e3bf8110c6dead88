"""Who else a Korean title is about: who heads it, who outdoes whom, and whose shares are sold."""

import re
from collections.abc import Sequence

from stackwatch.analysis.tone.tone_words import Found, Words, inside, meet
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# "[특징주] 에이피티씨, SK하이닉스와 공급계약 체결": who heads a title, in one word before a comma or as a
# kind of company: "한국 공급업체, SK하이닉스 테스터 수주", "플랜티넷 자회사 플랜티엠, ...".
_HEAD = re.compile(
    r"(?:\s*(?:\[[^\]]*\]|\([^)]*\)))*\s*[\"\u201c'\u2018]?"
    r"(?:(?:美|中|日|미국|중국|일본|호주|대만|유럽|독일|영국|인도) )?(?!(?:목표|적정|현재|글로벌|국내) )"
    r"(?:[^\s,.\u2026]{1,12} (?P<kind>자회사|계열사|협력사|(?:전문|협력|공급|장비)?(?:업체|기업)|제조사|"
    r"소속사|운용사|스타트업|관련주|장비주|부품주|소부장주?|테마주|수혜주) ?)?"
    r"(?P<name>(?(kind)(?:[^\s,.\u2026]{2,14})?|[^\s,.\u2026\"\u201c\u201d'\u2018\u2019]{2,24}))"
    r"(?:, | 주가[는가도]? )"
)
# Behind a name that somebody else does better than: "테슬라 앞지른 中 전기차", "엔비디아를 제치고".
_OUTDONE = re.compile(
    r"['\u2019]?(?:·[가-힣A-Za-z]+)?[을를도]? ?(?:앞지[르른]|앞질|제[치친쳐쳤]|"
    r"(?:(?:또|결국|마침내|다시|처음) )?추월(?!당)|넘어[선섰]|꺾[고은어었]|누[르른]|눌[러렀]|따돌[리린려렸]|"
    r"밀어[내낸냈]|뺨[치친]|뒤?쫓는|정조준|넘[보본봐]|(?:턱밑 ?|바짝 ?)?(?:맹?추격|위협|겨냥)"
    r"(?!에|으로|전|론|적| ?매수|[한해]? ?(?:[^ ]+ ){0,2}ETF)|"
    r"(?:[^\s,\u2026]*[^\s,\u2026은는이가] ){1,2}(?:위협(?!에|론)|뒤흔[드든들])|"
    r"대신 [^\u2026]{1,20}(?:쓴다|써|쓰[기나는]|택[한했해하]|채택|선택|도입|사용|갈아[타탄탔]))"
)
# Behind a share that is bought or sold: "삼성전자 팔고 네이버 샀다".
_SOLD = re.compile(
    r"['\u2019]?[을를]? ?(?:팔고(?! ?나)|팔았(?!더)|털었|팔아치|내다 ?[판팔]|"
    r"던[지진졌](?! ?(?:승부|화두|메시지|질문|출사표|도전장)))"
)
# What is in a fund does not tell whether that rises: "엔비디아 담은 ETF 급락".
_BOUGHT = re.compile(
    r"['\u2019]?[을를]? ?(?:샀다(?!가)|사들[이인였]|담았|담[은는](?! ?(?:[^ ]+ ){0,2}(?:ETF|펀드|상품))|"
    r"쓸어 ?담|주웠|줍줍|매집)"
)
# Behind a name whose own request is turned down: "xAI 가처분 기각".
_TURNED_DOWN = re.compile(
    r"['\u2019]?(?:의|측)? ?(?:가처분|이의|항소|상고|재심|집행정지)(?: ?신청| ?요청)? ?(?:기각|각하)(?!에)"
)
# Behind a name that only describes somebody else: "삼전 닮은 CXMT", "엔비디아 잡을 AMD".
_DESCRIBES = re.compile(
    r"['\u2019]?[을를에과와]? ?(?:닮은|꿈꾸는|맞[설선서]|잡[을는]|넘을|대항할|출신 (?!.*퇴사)|납품하는|"
    r"공급하는|키즈)"
)
# Behind one that does better than somebody else: "구글에 밀린 챗GPT", "하이닉스에 왕좌 내준 삼성".
_OUTDOES = re.compile(
    r"(?:에|에게|한테) (?:[가-힣A-Z0-9]+ ){0,2}(?:밀[려리린렸]|뒤[져진졌처쳐]|추월당|따라잡[히힌혔]|"
    r"내[준줬주]|무릎|덜미|빼앗[기긴겼]|뺏[기긴겼])"
)
_SUBJECT = re.compile(
    r"[은는이가도] |에(?:게)? (?=[^,\u2026]*(?:주문|발주|러브콜))|[을를]? ?(?=[^,\u2026]*(?:선정|낙점|"
    r"낙찰|지목)$)"
)
_OPENS_CLAUSE = re.compile(r"(?:\u2026|\.\.\.?) ?$")  # a name that begins a clause of its own


def past_another(title: str, mentions: Sequence[Mention], found: Found) -> int:
    """Return from where good words may be a name's: another company that heads a title has those before.

    "에이피티씨, SK하이닉스와 공급계약 체결" is no good news of SK하이닉스: the other one has it. Another
    company is one word before a comma: no name, no word of a list, no onlooker.
    """
    head = _HEAD.match(title)
    if head is None or any(mention.start < head.end() for mention in mentions):
        return 0
    if not head["kind"] and _is_word(head.span("name"), found):
        return 0
    own = (
        m.start for m in mentions if _SUBJECT.match(title, m.end) or _OPENS_CLAUSE.search(title, 0, m.start)
    )
    return min(own, default=len(title))


def _is_word(name: Span, found: Found) -> bool:
    """Whether a word of the lists stands where a name would be, and is no part of a neutral one."""
    idle = found.get(Words.NEUTRAL, ())
    words = [span for kind, spans in found.items() if kind is not Words.NEUTRAL for span in spans]
    return any(
        meet(span, name) and not any(inside(span, other) and span != other for other in idle)
        for span in words
    )


def outdone(title: str, mentions: Sequence[Mention]) -> dict[str, int]:
    """Return the tone of whom somebody else outdoes or sells, and of who outdoes or is bought.

    Neither has who only describes another one.
    """
    tones: dict[str, int] = {}
    for mention in mentions:
        # "오픈AI 매출, 챗GPT 넘어섰다" is about one name, "테슬라 모델 Y 꺾었다" has it in two words
        if any(other.entity_id == mention.entity_id and other.end < mention.start - 1 for other in mentions):
            continue
        if _OUTDOES.match(title, mention.end) or _BOUGHT.match(title, mention.end):
            tones[mention.entity_id] = 1
        elif _DESCRIBES.match(title, mention.end):
            tones.setdefault(mention.entity_id, 0)
        elif _TURNED_DOWN.match(title, mention.end) or _is_outdone(title, mention, mentions):
            tones[mention.entity_id] = -1
    return tones


def _is_outdone(title: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether somebody else outdoes or sells a name, with no other name between."""
    behind = _OUTDONE.match(title, mention.end) or _SOLD.match(title, mention.end)
    if behind is None:
        return False
    return not any(mention.end < other.start < behind.end() for other in mentions)
