"""Whom a title is mainly about, among those it names."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from stackwatch.analysis.words.hangul import is_hangul
from stackwatch.domain.news import Mention

# "OpenAI's Stargate", "OpenAI's $500bn Stargate", "오픈AI의 스타게이트"
_AMOUNT = r"[$\u20ac\u00a3]?\d[\d.,]*(?:[ -]?(?i:billion|trillion|million|bn|tn|GW|MW))? "
_LEADS_ON = re.compile(rf"(?:['\u2019]s |의 )(?:{_AMOUNT})?(?:[^\s,;:]{{1,16}} )?")
# "Broadcom's OpenAI deal" is about Broadcom.
_OF_BOTH = re.compile(
    r" (?i:deal|contract|order|pact|partnership|agreement|investment|stake|bet|exposure|business|tie-up|loan|"
    r"lawsuit|acquisition|takeover|purchase|feud|talks|dependence|reliance|problem|gamble|alliance|venture)\b"
)
_JOINED = re.compile(r",? and |, | & |[/\u00b7+]|[와과] ")  # still the same subject
_OWNED = re.compile(r" [^,;:\u2026\u00b7]{0,15}")
# A Korean clause that describes what follows: "메타 제안을 거절한 퓨리오사AI" is about FuriosaAI.
_DESCRIBES = re.compile(
    r"[^,;:\u2026\u00b7\"\u201c\u201d]*\s\S*"
    r"(?:[한된던]|[하되있없받짓맡파쓰내사보밟맺찾놓막잡]는|만드는|이끄는|키우는|꿈꾸는|노리는|늘리는|올리는|맞서는|밀리는|"
    r"[인품받맺잡찾얻놓넣쏟뽑]은|따낸|넘긴|만난|올라탄|키운|세운|바꾼|벗어난|이긴|숨긴|꺼낸|보낸|나선|제친|뺨친|꺾은|누른|앞지른|맞선|앞선|뛰어든|만든|거머쥔|밀린|내준|뒤처진|뒤진|빼앗긴|뺏긴)\s"
)
# "딥시크 새 모델에 엔비디아 2%대 하락" is about the one that moved.
_BECAUSE_OF = re.compile(r"[^,;:\u2026\u00b7\"\u201c\u201d]*[에로] ")
# "브로드컴은 쓰는데… 삼성전자, 지지부진" is about the one that differs.
_UNLIKE = re.compile(r"[은는도] [^,;:\u2026\u00b7\"\u201c\u201d]*(?:[는은인]데|지만)(?:[,\u2026]|\.\.)\s?")
_MOVED = re.compile(
    r"[은는이가도]?,? (?:주가 |장중 |시간외 |또 |\d+거래일 연속 )*(?:\d[\d.]*%대? ?)?"
    r"(?:급락|급등|하락|상승|약세|강세|반등|폭락|폭등|신고가|신저가)"
)
# Right behind a name that only says where something comes from or goes, or who was first: "엔비디아발 훈풍",
# "TSMC향 매출", "소프트뱅크에 이어 인텔도".
_FROM = re.compile(r"(?:발|향|發|向|에 밀리는|에 맞서는|(?:에|도)? 이어서?)(?:\s|[,\u2026]|\.\.)")
# Between a name and the next, which it only describes: "엔비디아 대항마 AMD".
_KNOWN_AS = re.compile(r"(?:의)? ?(?:라이벌|대항마|경쟁사|맞수|협력사|고객사|공급사|투자사|최대주주) ")
# Before a name: what it is known for or says, in marks that begin a Korean title: "'오픈AI 라이벌' 앤스로픽".
_KNOWN_FOR = re.compile(
    r"(?:\[[^\]]*\] ?)?[\"'\u2018\u201c][^\"'\u2018\u2019\u201c\u201d]*[\"'\u2019\u201d] "
    r"(?:[美日中英獨臺] ?|미국 |일본 |중국 )?"
)
# English: behind a name that describes the next one, before one who left, and a clause before the main one.
_KNOWN_BY = "rival supplier partner challenger competitor investor customer whale veteran"
_TIED_TO = "backed owned linked funded"
ONLY_DESCRIBES = tuple(
    f"{mark}{form} "
    for mark, words in ((" ", _KNOWN_BY), ("-", _TIED_TO))
    for word in words.split()
    for form in (word, word.capitalize())
)
ONCE = ("Former ", "former ", "Ex-", "ex-")
_BEFORE_MAIN = ("As ", "While ", "After ", "Amid ", "Despite ", "Unlike ", "With ", "Following ", "Before ")


def main_name(title: str, mentions: Sequence[Mention], projects: frozenset[str]) -> str | None:
    """Return whom the title is mainly about: the first named, or what the first one's 's leads to.

    "OpenAI's Stargate is slow" is about Stargate; "SoftBank and OpenAI's Stargate" too. Korean leaves the
    possessive out: a project named in the same clause right after its owners is the one it is about. A name
    that only describes the next one gives way to it, and those of a clause before the main one do.
    """
    # Of several that one spelling names the first stands for all: nothing is between them.
    mentions = [m for i, m in enumerate(mentions) if not i or m.start != mentions[i - 1].start]
    # Of names of one company side by side the last leads on: "구글 TPU", "Huang says Nvidia's".
    beside = zip_longest(mentions, mentions[1:])
    mentions = [m for m, after in beside if after is None or after.entity_id != m.entity_id]
    if len(mentions) <= 1:
        return mentions[0].entity_id if mentions else None
    if _gives_way(title, mentions[0], mentions[1]):
        return main_name(title, mentions[1:], projects)
    if title.startswith(_BEFORE_MAIN) and (main := _of_main_clause(title, mentions)):
        mentions = main
    korean = not title.isascii()
    for current, following in pairwise(mentions):
        between = title[current.end : following.start]
        if korean and _BECAUSE_OF.fullmatch(between) and _MOVED.match(title, following.end):
            return following.entity_id
        project = following.entity_id in projects
        if _LEADS_ON.fullmatch(between) and (project or not _OF_BOTH.match(title, following.end)):
            return following.entity_id
        owned = project and is_hangul(following.text[0])
        if (owned and _OWNED.fullmatch(between)) or (korean and _DESCRIBES.fullmatch(between)):
            return following.entity_id
        if korean and _UNLIKE.fullmatch(between):
            return following.entity_id
        comma = between == ", " and is_hangul(current.text[0])  # behind whom a Korean title is about
        if comma or not _JOINED.fullmatch(between):
            break
    return mentions[0].entity_id


def _gives_way(title: str, first: Mention, second: Mention) -> bool:
    """Whether a name only describes the next one, or says where something comes from."""
    if title.startswith(ONLY_DESCRIBES, first.end) or title.endswith(ONCE, 0, first.start):
        return True
    if title.isascii():
        return False
    return (
        _FROM.match(title, first.end) is not None
        or _KNOWN_AS.fullmatch(title, first.end, second.start) is not None
        or _KNOWN_FOR.fullmatch(title, 0, second.start) is not None
    )


def _of_main_clause(title: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names behind the first comma, in a title that begins with a lesser clause."""
    comma = title.find(", ")
    return [mention for mention in mentions if mention.start > comma > mentions[0].start]
