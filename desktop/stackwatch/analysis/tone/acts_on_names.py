"""What others do to a name in classes of words: threaten it, take from it, go against it, recommend its share.

Lists hold verbs that have the name right behind them; these have more between, or need what follows.
"""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.tone.tone_words import Found, Signal, Words
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_NEAR = 72  # letters before a name that are read
# What may harm whom the same clause names behind it: "outbreak may disrupt Apple's production".
_HARMS = re.compile(
    r"\b(?:may|might|could|would|will|can|set to|likely to|threat(?:ens?|ening)? to|risks?|expected to)"
    r"(?: (?:further|also|still|soon|badly|seriously|severely|yet))? (?P<verb>disrupt|hurt|harm|derail|dent|squeeze|"
    r"undermine|cripple|jeopardi[sz]e|damage|weaken|hamper|hinder|hobble|crimp|dampen|hit|weigh on|drag on|"
    r"eat into|erode|spoil|scupper|sink|stall|choke|pinch|punish|penali[sz]e|burden)"
    r"(?: (?!(?:as|after|but|while|amid|and|if|when|says?|said)\b)[^\s,;:|\u2026]+){0,4}"
    r"(?: (?:and|or|like|including|plus)|, plus)? $"
)
# Who takes from whom: "Huawei snatched market share from Apple".
_TAKES_FROM = re.compile(
    r"\b(?P<verb>(?:tak|steal|win|grab|snatch|gain|seiz|captur|wrest|claw|poach|lur|divert|nab)(?:e?s|ed|ing|e)?|"
    r"took|stole|won) (?:[^\s,;:|\u2026]+ ){0,3}?(?:share|customers?|users?|business|sales|drivers|riders|"
    r"viewers|advertisers|buyers|orders|clients|lead|crown|title|top spot|talent|staff|employees|workers|"
    r"engineers|researchers|executives?|shoppers|subscribers) (?:away )?from (?:the )?$"
)
# A noun or verb of strife before "against" and the name.
_AGAINST = re.compile(
    r"\b(?P<what>actions?|cases?|complaints?|charges?|crusade|onslaught|campaign|rulings?|verdict|moves?|"
    r"claims?|allegations?|sanctions?|votes?|voted|appeal|order|judge?ment|warning|evidence|proceedings?|"
    r"petition|measures|steps|rules?|decision|offensive|war|duties|tariffs?)"
    r"(?: [^\s,;:|\u2026]+){0,2} against (?:the )?$"
)
_DECIDED = (Words.GOOD, Words.BAD, Words.NEGATION, Words.ENDING, Words.CLEARING, Words.AGAINST)
# What one who trades does with a share, where nothing but the share or a reason follows the name.
_RECOMMENDS = re.compile(
    r"\b(?:(?P<verb>reasons? (?:investors )?(?:to|should) (?:buy|own)|(?:should|would|i'd|we'd|to|must|can) own|"
    r"(?:time|day|chance) to buy|(?:bless|approv|endors)\w* (?:a )?(?:[a-z]+ ){0,2}position in|buy call on|"
    r"(?:buy|buys|bought)(?: (?:more|the dip in|some))?|adds to|scoops up|snaps up|bullish on|upbeat (?:on|about)|recommends?|load(?:s|ing)? up on|"
    r"(?:my|his|her|our|their) favou?rite is)"
    r"|(?P<bad>avoid(?:s|ing)?|steer(?:s|ing)? clear of|stay(?:s|ing)? away from|bearish on|wary of|"
    r"(?:sell|dump|ditch|short)(?:s|ing|es)?|sold(?: (?:some|all|more|out of))?|get(?:s|ting)? out of|"
    r"bet(?:s|ting)? against|bail(?:s|ing)? on|giv(?:e|es|ing) up on)) $"
)
_NEVER = re.compile(r"\b(?:never|not|n't|before you|if you|cannot) $")
_ONLY_SHARE = re.compile(
    r"(?:'s)?(?: \([^)]*\))?(?: (?:stock|shares))?(?:$|[,;:.!\u2026]| (?:now|here|right|before|after|ahead|"
    r"on|at|in|as|amid|despite|today|this|again|going|until|instead|over|for \$|stock|shares)\b)"
)
# What a name forbids others, in its shops and on its pages: "Google to ban political ads".
_POLICES = re.compile(
    r"(?: \([^)]*\))?(?: (?:has|is|will|to|would|may|could|also|now|plans to|vows to|moves to|begins to|says it will|"
    r"said to))* (?P<verb>(?:ban|bar|block|restrict|prohibit|limit|curb|outlaw|cracks? down on|crackdown on|penali[sz]e|punish)"
    r"(?:s|es|d|ed|ned|red|ning|ring|ing)?)"
    r" (?!(?:its|sales|output|production|shipments|exports?|hiring|spending|deliveries|orders|operations|costs?|"
    r"supply|investment|losses|damage|from|by|in|at|to)\b)\w"
)

# What a name does to a whole market or index, behind it.
_MOVES_MARKET = re.compile(
    r"(?: \([^)]*\))?(?: (?:shares|stock))? (?:(?P<down>(?:weighs?|drags?)(?= on\b|$|[,;:]| (?:wall|the|s&p|nasdaq|dow|index|"
    r"indexes|market|markets|stocks|futures|down|lower))|sends? [^,;:]{2,30} (?:lower|down|tumbling|sliding|reeling|falling|"
    r"plunging|sinking))|(?P<up>(?:lifts?|boosts?|powers?|leads?|pushes?|drives?|sends?) (?:the )?(?:wall (?:street|st)|s&p|nasdaq|"
    r"dow|index|indexes|market|markets|stocks|futures)\b(?: [^\s,;:]+){0,2}(?: (?:higher|up|gains?|to (?:a )?(?:new )?record)|$|[,;:])?))"
)
# What a court or an office refuses a name.
_REFUSED = re.compile(
    r"\b(?P<verb>(?:rejects?|rejected|dismiss(?:es|ed)|denies|denied|spurns?|rebuffs?|turns? down|refuses?|overrules?|throws? out)) "
    r"(?:the )?$"
)
_ITS_PLEA = re.compile(
    r"(?:'s)? (?:[^\s,;:]+ ){0,2}?(?:appeals?|bids?|requests?|motions?|claims?|accusations?|arguments?|challenges?|offers?|pleas?|"
    r"petitions?|complaints?|attempts?|efforts?|relief|objections?)\b"
)


def done_to_names(lowered: str, mentions: Sequence[Mention], found: Found) -> Iterator[tuple[str, Signal]]:
    """Yield what others do to the names of a title in lower case: good or bad for these alone."""
    first = mentions[0].start if mentions else 0
    for mention in mentions:
        moves = _MOVES_MARKET.match(lowered, mention.end)
        if moves is not None:
            way = "down" if moves["down"] else "up"
            yield mention.entity_id, Signal(moves.span(way), -1 if way == "down" else 1)
        if not mention.start:
            continue
        begin = max(0, mention.start - _NEAR)
        harm = _HARMS.search(lowered, begin, mention.start) if mention.start == first else None
        for told in (harm, _TAKES_FROM.search(lowered, begin, mention.start)):
            if told is not None:
                yield mention.entity_id, Signal(told.span("verb"), -1)
        refused = _REFUSED.search(lowered, begin, mention.start)
        if refused is not None and _ITS_PLEA.match(lowered, mention.end):
            yield mention.entity_id, Signal((refused.start("verb"), mention.end), -1)
        if not any(kind in found for kind in _DECIDED):
            against = _AGAINST.search(lowered, begin, mention.start)
            if against is not None:
                yield mention.entity_id, Signal(against.span("what"), -1)
        advice = _RECOMMENDS.search(lowered, begin, mention.start)
        if advice is not None and _ONLY_SHARE.match(lowered, mention.end):
            kind = "bad" if advice["bad"] else "verb"
            sign = -1 if advice["bad"] or _NEVER.search(lowered, 0, advice.start(kind)) else 1
            yield mention.entity_id, Signal(advice.span(kind), sign)


def forbidden_to_others(lowered: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Span]]:
    """Yield the verbs by which a name forbids others something: no bad news of its own."""
    for mention in mentions:
        polices = _POLICES.match(lowered, mention.end)
        if polices is not None:
            yield mention.entity_id, polices.span("verb")
