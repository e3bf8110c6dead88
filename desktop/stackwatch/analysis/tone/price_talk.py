"""What a title says of the price itself: which way a share went, or a name, said right behind it."""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

# What a price does, in verbs that take no object.
_ROSE = (
    "rises?|rose|jump(?:s|ed)?|surge[sd]?|soar(?:s|ed)?|rall(?:y|ies|ied)|climb(?:s|ed)?|pop(?:s|ped)?|"
    "leap(?:s|t|ed)?|rockets?|spikes?|spiked|rebound(?:s|ed)?|bounce[sd]?|ascend(?:s|ed)?|"
    "edge[sd]? higher|inch(?:es|ed)? up"
)
_FELL = (
    "falls?|fell|slides?|slid|sinks?|sank|tumble[sd]?|slip(?:s|ped)?|plunge[sd]?|slump(?:s|ed)?|dip(?:s|ped)?|"
    "tank(?:s|ed)?|plummet(?:s|ed)?|dives?|dived|edge[sd]? lower"
)
_UP_BY, _DOWN_BY = r"\+\d[\d.]*%", r"[-\u2212]\d[\d.]*%"  # "Roku -5.1% after ..."
# What the share did settles what the rest of a title is worth: "profit up; stock down".
_SHARE_WENT = re.compile(
    r"\b(?:stocks?|shares?) (?:(?:is|are|was|were|just|still|also|now|keeps?|moves?|moving|trades?|trading|"
    r"ticks?|opens?|closes?|ends?|\d[\d.]*%|\w+ly) )*"
    rf"(?:(?P<up>up|higher|gains?|gained|{_ROSE}|(?:ris|gain|jump|soar|surg|climb|bounc)ing)|"
    rf"down|lower|drop(?:s|ped)?|declines?|cracks?|sheds?|crash(?:es|ed|ing)?|lags?|stalls?|{_FELL}|"
    r"(?:fall|dropp|sink|tumbl|plung|plummet)ing)\b(?! (?:ends|fizzles|fades|stalls|falters|cools|loses|"
    r"runs out))"
    rf"|\b(?:stocks?|shares?) (?:(?P<by>{_UP_BY}|ahead \d)|{_DOWN_BY}|off \d)"
)
# What a name did itself, said right behind it: "Oracle surges as markets weigh risks".
_ALONE = (  # what else might take an object
    r"(?=$|[,;:]| (?:\d|on|as|after|amid|by|since|following|today|this|again|despite|sharply|while))"
)
# What is said of a share is no news of the company: "Nvidia stock is stuck", "Tesla stock eked out a gain".
_SHARE_IS = re.compile(
    r"(?:['\u2019]s?)?(?: \([^)]*\))? (?:stock|shares) (?:is|are|was|were|has|have|looks?|could|can|may|"
    r"might|will|gets?|got|faces?|needs?|seems?|eke[sd]?|keeps?|remains?|still|just|finally|never|barely)\b"
    r"(?! (?:(?:also|now|be|been|being|to|soon) )*"  # what is done with shares is news
    r"(?:delist|list|sold|sell|offer|suspend|halt|split|add|remov|includ|join|issu|buy|bought|pledg|seiz|debut))"
)
# A value that the market gives is a price: "Nvidia sheds $600 billion in market cap".
_VALUE = (
    r" (?:[^\s,;:]+ ){0,6}(?:(?:market|in|record|billion|trillion|bn|tn) value\b|"
    r"(?:market|stock market) (?:value|cap)|market capitali[sz]ation)"
)
# Behind a noun of what a price did: "Nvidia rally fizzles".
_NO_MORE = (
    r" (?:fizzle|fade|stall|falter|cool|evaporate|unravel|sputter|reverse|end|ease|slow|deepen|continue|"
    r"lose|run|hit|look|extend|pause)s\b| (?:fizzl|fad|stall|falter|cool|end|los|runn)ing\b"
    r"| (?:ended|stalled|faded|is|may|could|in (?:doubt|jeopardy|danger)|at risk)\b"
)
_NAME_WENT = re.compile(
    r"(?:['\u2019]s?(?= stock| shares?))?"
    r"(?: \([^)]*\)| (?:inc\.?|corp\.?|corporation|plc|holdings|group|technolog(?:y|ies)))*"
    r"(?: stock| shares?)?(?: (?:is|are|just))? "
    rf"(?:(?P<up>{_ROSE}|(?:advances|up|gain(?:s|ed)?){_ALONE}|(?:add(?:s|ed)?|gain(?:s|ed)?){_VALUE})|"
    rf"{_FELL}|(?:down|drop(?:s|ped)?){_ALONE}|"
    rf"(?:loses?|lost|sheds?|wipes? out|wiped out|erase[sd]?){_VALUE})"
    rf"\b(?! (?:behind|short|through|deeper|into|to|past)|{_NO_MORE})"
    rf"|(?: \([^)]*\))? (?:(?P<by>{_UP_BY})|{_DOWN_BY})"
)
# Before a name that something else moves, whatever that is: "Rate cut lifts Nvidia stock", "boosts Apple".
_MOVES = re.compile(
    r"\b(?:(?P<up>(?:lift|boost|buoy|power)s?|props? up)|(?:sink|hammer|knock|dent|hurt|hit|slam|drag)s?|"
    r"weighs? on) $"
)
_MOVES_LETTERS = 12
_MOVED = re.compile(  # behind it: its shares, or nothing more
    r"(?:['\u2019]s?)? (?:stock|shares)\b"
    r"(?! (?:price )?(?:target|forecast|offering|sale|buyback|split|repurchase))"
    r"|$|[,;:.!\u2026]| (?:as|after|amid|while|but) "
)
_KOREAN_HOURS = r"(?:시간 ?외|애프터 ?마켓|프리 ?마켓|장 ?마감 ?후|(?:개장|장) ?전)(?: ?거래)?(?:에서|서)?"
_KOREAN_WENT = re.compile(
    rf"(?:\([a-z0-9.]{{1,9}}\))?(?:[은는이가도])?,? ?(?:등 ?)?(?:주가 ?)?(?:{_KOREAN_HOURS} )?"
    r"(?:장중 ?|동반 ?|나란히 ?|일제히 ?|줄줄이 ?)?"
    r"(?:\d+(?:\.\d+)?%대? ?)?"
    r"(?:급락|급등|폭락|폭등|하락|상승|약세|강세)"
    rf"|(?:[은는이가도])?,? ?(?:주가 ?|장중 ?|{_KOREAN_HOURS} ?)?\d+(?:\.\d+)?%대? ?[\u2191\u2193]"
    r"|의? ?주가(?! ?(?:조작|상승 ?여력|\d[\d,.]*만? ?원(?:까지| 상향| 제시)))"
    r"|(?:의|,)? ?(?:시가총액|시총)[^,\u2026]{0,16}?(?:감소|증발|급감|날아|돌파|증가|급증|불어)"
)
# What it did for a reason that comes first: "관세 우려에 이틀째 급락".
_KOREAN_REACTS = re.compile(
    r"(?:에|에도|에서|로|속) "
    rf"(?:(?:주가|장중|이틀째|사흘째|나흘째|연일|일제히|동반|나란히|또|장 초반|{_KOREAN_HOURS}) )*"
    r"(?:\d[\d.]*%대? ?)?"
    r"(?:미끄러|(?:급락|급등|폭락|폭등|하락|상승|약세|강세|반등|반락)"
    r"(?:$|[^\s가-힣]| ?(?:마감|출발|중)|[해했]))"
)
_LISTED = re.compile(r",? and |, | & ")  # "Synopsys, Cadence shares sink"
# Names, not clauses, up to a last one with "and": "Synopsys, Cadence and Altair stocks sink".
_TICKER = r"(?: \([^)]{1,16}\))?"
_ONE_LISTED = rf"[A-Z0-9][\w.'\u2019-]*(?: [A-Z0-9][\w.'\u2019-]*){{0,2}}{_TICKER}"
_LISTED_WITH = re.compile(rf"{_TICKER}(?:(?:, | and | & ){_ONE_LISTED})*(?:,? and |,? & ){_ONE_LISTED} ")
# By how much a price went: "shares fall 4% after", not "despite 73% jump in revenue".
_SIZE = r"(\d{1,3}(?:\.\d{1,2})?) ?%"
_TOLD_SIZE = re.compile(
    rf"(?:\b(?:{_ROSE}|{_FELL}|up|down|higher|lower|gain(?:s|ed)?|drop(?:s|ped)?|loses?|"
    r"lost|sheds?|adds?|advances?|decline[sd]?|crash(?:es|ed)?|\w+ing)"
    r"(?: (?:by|as much as|more than|up to|over|almost|about|around|some|another|close to|\w+ly))*"
    rf" |(?<![\w%])[-+\u2212]){_SIZE}"
    rf"|(?<![\d,.]){_SIZE}(?: (?:higher|lower)\b|"
    r" ?(?:대|가량|나|이상|넘게|안팎|내외)? ?(?:급락|급등|폭락|폭등|추락|하락|상승|약세|강세|빠|뛰|"
    r"올[라랐]|오[르른]|내[려렸린]|떨어|밀[려렸린]|[\u2191\u2193]))"
)
# What else goes by percent: "as revenue rises 12%".
_OTHER_FIGURE = re.compile(
    r"\b(?:revenues?|sales|profits?|incomes?|(?<!post-)(?<!after )earnings|eps|margins?|orders?|bookings|"
    r"backlogs?|shipments?|exports?|output|demand|prices|spending|capex|dividends?)"
    r"(?: (?:is|are|was|were))? $"
    r"|(?:매출액?|이익|순익|이익률|수출액?|수주|출하량?|판매량?|생산량?|점유율|비중)[이은는도]? $"
)
# Prices made while the exchange is shut.
_OUT_OF_HOURS = re.compile(
    r"\b(?:after|extended)[- ]hours\b|\b(?:extended|late|overnight|after-?market) (?:trad(?:ing|e)|session)\b"
    r"|\b(?:pre|post)-?market\b|시간 ?외|애프터 ?마켓|프리 ?마켓|(?:개장|장) ?전 ?거래"
    r"|장 ?마감 ?후(?![^,\u2026]{0,12}(?:발표|공개|공시))"
)
_OBJECT = re.compile(r"\b(?:on|of|from|by|with) $")  # before a name whose "gains" are no verb
_CLAUSES = re.compile(
    r"[;:,.] | -- | [\u2013\u2014|] |\u2026|$"
    r"| (?:as|but|yet|and|while|though) (?=(?:its |the )?(?:shares?|stock) )"
)
_PARTS = re.compile(r"; |$")  # of a summary: "Top stories: ...; ..."
_GOES_ON = re.compile(r"(?:its?|it's|the company|the firm)\b")  # "Micron stock jumps. It's planning ..."
_KOREAN_CLAUSES = re.compile(r"\u2026|\.\.|; |$")  # a comma stands behind whom a title is about
# Behind it, in the same clause, stands what a title puts a price down to, but for what is only awaited.
_PUT_DOWN = re.compile(r" (?:after|on|as|following|over|due to|because of|amid) ")
_PUT_DOWN_ENDS = re.compile(r"[;:|(\u2026]|, |\. | -- | [\u2013\u2014] |\b(?:despite|but|even)\b")
_BLAMED = re.compile(
    r"\. (?:blame|thank|credit|it['\u2019]s all about) "
)  # "Corning is falling. Blame Broadcom."
# Behind a name that only says what somebody has to do with it: "Tesla billionaire buys Nvidia".
_HAS_TO_DO = re.compile(
    r"(?:['\u2019]s)?[ -](?:(?:billionaire|bull|bear|whale|investor|holder|shareholder|owner|analyst|"
    r"engineer|alum\w*|veteran|rival|challenger|supplier|customer|partner|user|fan)s?|backed|funded|owned|linked)\b"
    r"(?! (?:base|growth|count|numbers?|deal|demand|orders?|spending|concerns?|day|event|meeting|conference))"
)
_WHOSE = re.compile(r"\b(?:with|by|from|at|of|for|to|in|around)(?: the)? $")
_KOREAN_FOR = re.compile(r"(?:에|에도|로|탓에|속) ")  # "스타게이트 우려에 엔비디아·브로드컴 동반 하락"
_KOREAN_FOR_LAST = re.compile(
    r"(?:\u2026|\.\.|, ?).*(?:에|로|여파|탓|보도|소식|우려|충격)$"
)  # "엔비디아 급락, 오픈AI 난항 보도에"
_KOREAN_HEAD = re.compile(r"(?:\[[^\]]*\] ?)?")  # before whom a title is about: "[특징주] "
_KOREAN_TOGETHER = re.compile(r" ?[\u00b7/] ?|[와과] ")
_KOREAN_SUBJECT = re.compile(r"(?:\([a-z0-9.]{1,9}\))?(?:[은는이가도],? |, ?)")
_KOREAN_JOINS = re.compile(r"[\s·,/와과]*")
# A head that names whose news it is: "DeepSeek shock: Nvidia loses record value".
_HEADED = re.compile(
    r"(?:['\u2019]s)? (?:shock|fallout|fears?|jitters|panic|scare|worries|doubts|effect|hopes)"
    r" ?[:\u2013\u2014-] "
)
_AWAITED = re.compile(r"\b(?:looms?|awaits?|ahead|nears?|upcoming|preview|before|due(?=$|;))\b")
_CLAUSE_END = re.compile(r"[.,;:?!|\u2026]\s| [\u2013\u2014-] |\b(?:but|yet|and|as|while|after|despite)\b")
_ITS = (
    "",
    "the",
    "its",
    "why",
    "why the",
    "company",
    "today",
    "now",
    "but",
)  # before a share of the name's own


def price_told(lowered: str, mentions: Sequence[Mention]) -> list[Span]:
    """Return where a title in lower case tells what a price did: a share's, or that of a name before it."""
    told: list[Span] = []
    if "stock" in lowered or "share" in lowered:
        told += (went.span() for went in _SHARE_WENT.finditer(lowered))
    if mentions:
        told += (reacts.span() for reacts in _KOREAN_REACTS.finditer(lowered))
    for mention in mentions:
        went = (
            _NAME_WENT.match(lowered, mention.end)
            or _KOREAN_WENT.match(lowered, mention.end)
            or _SHARE_IS.match(lowered, mention.end)
        )
        if went is not None and not _OBJECT.search(lowered, 0, mention.start):
            told.append((mention.start, went.end()))
    return told


def told_size(lowered: str) -> float | None:
    """Return by how many percent a title says that a price went, None where it does not."""
    told = (m for m in _TOLD_SIZE.finditer(lowered) if not _OTHER_FIGURE.search(lowered[: m.start()]))
    found = next(told, None)
    return None if found is None else float(found[1] or found[2])


def is_out_of_hours(lowered: str) -> bool:
    """Whether a title speaks of a price that was made while the exchange was shut."""
    return _OUT_OF_HOURS.search(lowered) is not None


def news_beside(lowered: str, mentions: Sequence[Mention], name: str | None, told: Sequence[Span]) -> Span:
    """Return the first clause on ``name`` that tells no price, of a title that does; empty without one."""
    start = 0
    for end in (_KOREAN_CLAUSES if has_hangul(lowered) else _CLAUSES).finditer(lowered):
        priced = any(start <= span[0] < end.start() for span in told)
        named = any(m.entity_id == name and start <= m.start < end.start() for m in mentions)
        if not priced and (named or _GOES_ON.match(lowered, start)):
            return start, end.start()
        start = end.end()
    return 0, 0


def news_among(lowered: str, start: int, mentions: Sequence[Mention], name: str | None) -> Span | None:
    """Return the part of a summary that begins with ``name`` and tells no price, None without one.

    What stands behind its head is told in parts between semicolons: "Top stories: ...; ...".
    """
    if "; " not in lowered[start:]:
        return None
    told = price_told(lowered, mentions)
    for end in _PARTS.finditer(lowered, start):
        begins = any(m.entity_id == name and m.start == start for m in mentions)
        priced = any(start <= span[0] < end.start() for span in told)
        if begins and not priced and not _AWAITED.search(lowered, start, end.start()):
            return start, end.start()
        start = end.end()
    return None


def put_down_to(lowered: str, mentions: Sequence[Mention], name: str | None) -> Span | None:
    """Return the part of a title that says what the price of ``name`` is put down to, None without one."""
    reacts = _KOREAN_REACTS.search(lowered)
    if reacts is not None:
        return _korean_reason(lowered, mentions, reacts)
    for went in _went(lowered, mentions, name):
        ends = _PUT_DOWN_ENDS.search(lowered, went.end())
        clause = (went.end(), len(lowered) if ends is None else ends.start())
        found = _PUT_DOWN.search(lowered, *clause)
        if found is not None and not _AWAITED.search(lowered, *clause):
            return found.end(), clause[1]
    return None


def put_down_beside(lowered: str, mentions: Sequence[Mention], told: Sequence[Span]) -> Span | None:
    """Return the part of a title that says what the first of the prices it tells are put down to."""
    if not told:
        return None
    if has_hangul(lowered):
        return _korean_beside(lowered, mentions, told[0])
    found = _PUT_DOWN.search(lowered, told[0][1] - 1) or _BLAMED.search(lowered, told[0][1] - 1)
    if found is None:
        return None
    ends = _PUT_DOWN_ENDS.search(lowered, found.end())
    part = (found.end(), len(lowered) if ends is None else ends.start())
    return None if _AWAITED.search(lowered, *part) else part


def _korean_reason(lowered: str, mentions: Sequence[Mention], reacts: re.Match[str]) -> Span:
    """Return what a Korean price reacts to: what stands between it and those whom the title is about."""
    end = 0
    for mention in mentions:
        joined = _KOREAN_TOGETHER if end else _KOREAN_HEAD
        if joined.fullmatch(lowered, end, mention.start) is None:
            break
        end = mention.end
    subject = _KOREAN_SUBJECT.match(lowered, end) if end else None
    return (0 if subject is None else subject.end()), reacts.start()


def is_only_reason(lowered: str, mentions: Sequence[Mention], name: str) -> bool:
    """Whether a title names ``name`` only in what it puts the price of another name down to."""
    if (reacts := _KOREAN_REACTS.search(lowered)) is not None:
        start, end = _korean_reason(lowered, mentions, reacts)
        return start > 0 and all(start <= m.start < end for m in mentions if m.entity_id == name)
    begins = {mention.start for mention in mentions if mention.entity_id != name}
    told = [span for span in price_told(lowered, mentions) if span[0] in begins]
    part = put_down_beside(lowered, mentions, told)
    if part is None or name_went(lowered, mentions, name):
        return False
    return all(part[0] <= m.start < part[1] for m in mentions if m.entity_id == name)


def _korean_beside(lowered: str, mentions: Sequence[Mention], told: Span) -> Span | None:
    """Return what stands before the names whose price is told, or behind that as the last thing said."""
    last = _KOREAN_FOR_LAST.match(lowered, told[1])
    if last is not None:
        return last.span()
    for reason in _KOREAN_FOR.finditer(lowered, 0, told[0]):
        between = lowered[reason.end() : told[0]]
        for mention in mentions:
            between = between.replace(mention.text.lower(), "")
        if _KOREAN_JOINS.fullmatch(between):
            return 0, reason.start()
    return None


def first_other(
    lowered: str, mentions: Sequence[Mention], name: str | None, part: Span
) -> tuple[str, Span] | None:
    """Return the first entity but ``name`` in a part of a title, and what stands before it there.

    None without one, and where only its price is told: "as Nvidia slips". Nothing stands before it where it
    is said whose news that is: "deal with Meta", "doubts at OpenAI".
    """
    others = (m for m in mentions if m.entity_id != name and part[0] <= m.start < part[1])
    other = min(others, key=lambda mention: mention.start, default=None)
    if other is None or _NAME_WENT.match(lowered, other.end) is not None:
        return None
    whose = _WHOSE.search(lowered, part[0], other.start) is not None
    return other.entity_id, (part[0], part[0] if whose else other.start)


def only_has_to_do(lowered: str, mentions: Sequence[Mention], name: str | None, part: Span) -> bool:
    """Whether a part of a title is news of one whom the first entity but ``name`` in it only describes."""
    others = (m for m in mentions if m.entity_id != name and part[0] <= m.start < part[1])
    other = min(others, key=lambda mention: mention.start, default=None)
    return other is not None and _HAS_TO_DO.match(lowered, other.end) is not None


def headed_by(lowered: str, mentions: Sequence[Mention]) -> str | None:
    """Return whose news a title names in its head as the reason of what it tells, None without a head."""
    first = min(mentions, key=lambda mention: mention.start, default=None)
    return None if first is None or _HEADED.match(lowered, first.end) is None else first.entity_id


def share_went(title: str, lowered: str, mentions: Sequence[Mention]) -> tuple[int, list[Span]]:
    """Return which way a title says that the share went, 0 where it does not, and where others' shares go.

    ``lowered`` is the part of it that speaks of the names, in lower case and in its place.
    A share that stands in a clause without a name and has another owner is not meant: "Nvidia slips. Chip
    stocks are rallying."
    """
    others: list[Span] = []
    if "stock" not in lowered and "share" not in lowered:
        return 0, others
    for went in _SHARE_WENT.finditer(lowered):
        start = max((end.end() for end in _CLAUSE_END.finditer(lowered, 0, went.start())), default=0)
        owner = lowered[start : went.start()].strip()
        named = any(start <= mention.start < went.start() for mention in mentions)
        # the nearest name alone: all of a long line with each of many shares would take seconds
        nearest = max((mention.end for mention in mentions if mention.end <= went.start()), default=None)
        if nearest is not None and not named:
            named = _LISTED_WITH.fullmatch(title, nearest, went.start()) is not None
        if not mentions or named or owner in _ITS:
            return _way(went), others
        others.append(went.span())
    return 0, others


def name_went(lowered: str, mentions: Sequence[Mention], name: str) -> int:
    """Return which way ``name`` went, 0 where the title does not say so beside it or behind its list."""
    went = next(_went(lowered, mentions, name), None)
    return _moved(lowered, mentions, name) if went is None else _way(went)


def _moved(lowered: str, mentions: Sequence[Mention], name: str) -> int:
    """Return which way something else moves ``name`` or its shares, 0 where nothing is said to."""
    for mention in mentions:
        if mention.entity_id == name and _MOVED.match(lowered, mention.end):
            moves = _MOVES.search(lowered, max(0, mention.start - _MOVES_LETTERS), mention.start)
            if moves is not None:
                return 1 if moves["up"] else -1
    return 0


def _went(lowered: str, mentions: Sequence[Mention], name: str | None) -> Iterator[re.Match[str]]:
    """Yield what is said that ``name`` did itself: right behind it, or behind the names it is listed with."""
    for place, mention in enumerate(mentions):
        if mention.entity_id != name:
            continue
        end = mention.end
        went = _NAME_WENT.match(lowered, end)
        for following in mentions[place + 1 :]:
            if went is not None or _LISTED.fullmatch(lowered, end, following.start) is None:
                break
            end = following.end
            went = _NAME_WENT.match(lowered, end)
        if went is not None:
            yield went


def _way(went: re.Match[str]) -> int:
    """Return which way a share or a name went, by a verb or by a signed percent."""
    return 1 if went["up"] or went["by"] else -1
