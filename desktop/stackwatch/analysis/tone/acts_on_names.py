"""What others do to a name in classes of words: threaten it, take from it, refuse it, recommend its share.

Lists hold verbs that have the name right behind them; these have more between, or need what follows.
"""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.tone.tone_words import Found, Signal, Words
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_NEAR = 72  # letters before a name that are read
# What may harm whom the same clause names behind it: "outbreak may disrupt Apple's production".
_HARMS = LatePattern(
    r"\b(?:may|might|could|would|will|can|set to|likely to|threat(?:ens?|ening)? to|risks?|expected to)"
    r"(?: (?:further|also|still|soon|badly|seriously|severely|yet))? (?P<verb>disrupt|hurt|harm|derail|dent|"
    r"squeeze|undermine|cripple|jeopardi[sz]e|damage|weaken|hamper|hinder|hobble|crimp|dampen|hit|weigh on|"
    r"drag on|eat into|erode|spoil|scupper|sink|stall|choke|pinch|punish|penali[sz]e|burden)"
    r"(?: (?!(?:as|after|but|while|amid|and|if|when|says?|said)\b)[^\s,;:|\u2026]+){0,4}"
    r"(?: (?:and|or|like|including|plus)|, plus)? $",
    " may ", " might ", " could ", " would ", " will ", " can ", "set to ", "likely to ", "threat", "risk",
    "expected to ",
)  # fmt: skip
# Who takes from whom: "Huawei snatched market share from Apple".
_TAKES_FROM = LatePattern(
    r"\b(?P<verb>(?:tak|steal|win|grab|snatch|gain|seiz|captur|wrest|claw|poach|lur|divert|nab)"
    r"(?:e?s|ed|ing|e)?|took|stole|won) (?:[^\s,;:|\u2026]+ ){0,3}?(?:share|customers?|users?|business|sales|"
    r"drivers|riders|viewers|advertisers|buyers|orders|clients|lead|crown|title|top spot|talent|staff|"
    r"employees|workers|engineers|researchers|executives?|shoppers|subscribers) (?:away )?from (?:the )?$",
    " from ",
)
# Before "against" and the name.
_AGAINST = LatePattern(
    r"\b(?P<what>actions?|cases?|complaints?|charges?|crusade|onslaught|campaign|rulings?|verdict|moves?|"
    r"claims?|allegations?|sanctions?|votes?|voted|appeal|order|judge?ment|warning|evidence|proceedings?|"
    r"petition|measures|steps|rules?|decision|offensive|war|duties|tariffs?)"
    r"(?: [^\s,;:|\u2026]+){0,2} against (?:the )?$",
    " against ",
)
_DECIDED = (Words.GOOD, Words.BAD, Words.NEGATION, Words.ENDING, Words.CLEARING, Words.AGAINST)
# What one who trades does with a share, where nothing but the share or a reason follows the name.
_RECOMMENDS = LatePattern(
    r"\b(?:(?P<good>reasons? (?:investors )?(?:to|should) (?:buy|own)|(?:should|would|i'd|we'd|to|must|"
    r"can) own|"
    r"(?:time|day|chance) to buy|(?:bless|approv|endors)\w* (?:a )?(?:[a-z]+ ){0,2}position in|buy call on|"
    r"(?:buy|buys|bought)(?: (?:more|the dip in|some))?|adds to|scoops up|snaps up|bullish on|"
    r"upbeat (?:on|about)|recommends?|doubl(?:e|es|ing|ed) down on|load(?:s|ing)? up on)"
    r"|(?P<bad>avoid(?:s|ing)?|steer(?:s|ing)? clear of|stay(?:s|ing)? away from|bearish on|wary of|"
    r"(?:(?:sell|dump|ditch|short)(?:s|ing|es)?|sold)(?: (?:some|all|more|out of))?|get(?:s|ting)? out of|"
    r"bet(?:s|ting)? against|bail(?:s|ing)? on|giv(?:e|es|ing) up on)) $",
    "buy", "bought", " own ", "sell", "sold", "short", "position in", "adds to", "scoops", "snaps", "bullish",
    "bearish", "upbeat", "recommend", "down on", "load",
    "avoid", "clear of", "away from", "wary", "dump", "ditch",
    "out of", "against", "bail", "up on",
)  # fmt: skip
_NEVER = LatePattern(r"\b(?:never|not|n't|before you|if you|cannot) $", "never", "not", "n't", " you ")
_ONLY_SHARE = LatePattern(
    r"(?: \([^)]*\))?(?:$|[,;:.!\u2026]| (?:now|here|right|before|after|ahead|on|at|in|as|amid|despite|today|"
    r"this|again|going|until|instead|over|for \$)\b)"
)
# What a name forbids others, in its shops and on its pages: "Google to ban political ads".
_POLICES = LatePattern(
    r"(?: \([^)]*\))?(?: (?:has|is|will|to|would|may|could|also|now|plans to|vows to|moves to|begins to|"
    r"says it will|said to))* (?P<verb>(?:ban|bar|block|restrict|prohibit|limit|curb|outlaw|cracks? down on|"
    r"penali[sz]e|punish|suspend)(?:s|es|d|ed|ned|red|ning|ring|ing)?)"
    r" (?!(?:from|by|in|at|to)\b)(?!(?:[^\s,;:|\u2026]+ ){0,2}(?:its|dividends?|guidance|forecasts?|outlook|"
    r"buybacks?|work|plans?|projects?|construction|services?|sales|output|production|shipments|exports?|hiring|"
    r"spending|deliveries|orders|operations|costs?|supply|investment|losses|damage)\b)\w",
    " ban", " bar", " block", " restrict", " prohibit", " limit", " curb", " outlaw", " crack", " penali",
    " punish", " suspend",
)  # fmt: skip
_SUES = LatePattern(
    r"(?: (?:has|to|will))? (?P<verb>(?:fil|bring|launch|lodg|rais)(?:e?s|ed|e)?) (?:[^\s,;:|\u2026]+ ){0,3}?"
    r"(?:lawsuits?|suits?|complaints?|cases?|charges) against\b",
    " against ",
)
_CLAUSE_END = re.compile(r"[,;:|\u2026]| (?:as|but|while|after|amid) ")
# What a name is made to pay more for: "right to hike prices for Amazon".
_COSTS_MORE = LatePattern(
    r"\b(?P<verb>(?:hik|rais|increas|doubl|tripl|lift)(?:e?s|e|ed|ing)?) (?:[^\s,;:|\u2026]+ ){0,2}?"
    r"(?:prices|rates|fees|tariffs|duties|tax(?:es)?|costs|charges|rents) (?:for|on) (?:the )?$",
    " for ", " on ",
)  # fmt: skip
# What a name does to a whole market or index, behind it.
_MOVES_MARKET = LatePattern(
    r"(?: \([^)]*\))?(?: (?:shares|stock))? (?:(?P<bad>(?:weighs?|drags?)(?= on\b|$|[,;:]| (?:wall|the|"
    r"s&p|nasdaq|"
    r"dow|index|indexes|market|markets|stocks|futures|down|lower))|sends? [^,;:]{2,30} (?:lower|down|"
    r"tumbling|"
    r"sliding|reeling|falling|plunging|sinking))|(?P<good>(?:lifts?|boosts?|powers?|leads?|pushes?|drives?|"
    r"sends?) (?:the )?(?:wall (?:street|st)|s&p|nasdaq|dow|index|indexes|market|markets|stocks|futures)\b))",
    "weigh", "drag", "send", "wall st", "s&p", "nasdaq", " dow", " index", " market", "stocks", "futures",
)  # fmt: skip
# What a court or an office refuses a name.
_REFUSED = LatePattern(
    r"\b(?P<verb>(?:rejects?|rejected|dismiss(?:es|ed)|denies|denied|spurns?|rebuffs?|turns? down|refuses?|"
    r"overrules?|throws? out)) (?:the )?$",
    "reject", "dismiss", "denie", "spurn", "rebuff", "down ", "refuse", "overrule", "out ",
)  # fmt: skip
_ITS_PLEA = LatePattern(
    r"(?:'s)? (?:[^\s,;:]+ ){0,2}?(?:appeals?|bids?|requests?|motions?|claims?|accusations?|arguments?|"
    r"challenges?|offers?|pleas?|petitions?|complaints?|attempts?|efforts?|relief|objections?)\b"
)


def done_to_names(lowered: str, mentions: Sequence[Mention], found: Found) -> Iterator[tuple[str, Signal]]:
    """Yield what others do to the names of a title in lower case: good or bad for these alone."""
    before = [
        pattern
        for pattern in (_TAKES_FROM, _COSTS_MORE, _REFUSED, _AGAINST, _RECOMMENDS)
        if pattern.may_be_in(lowered)
    ]
    harms, moves = _HARMS.may_be_in(lowered), _MOVES_MARKET.may_be_in(lowered)
    if not (before or harms or moves):
        return
    for place, name in enumerate(mentions):
        begin = max(0, name.start - _NEAR)
        if harms and not place and (harm := _HARMS.search(lowered, begin, name.start)):
            yield name.entity_id, Signal(harm.span("verb"), -1)
        if moves and (moved := _MOVES_MARKET.match(lowered, name.end)):
            yield name.entity_id, _side(moved)
        for pattern in before:
            told = pattern.search(lowered, begin, name.start)
            signal = None if told is None else _meant(lowered, mentions, name, pattern, told, found)
            if signal is not None:
                yield name.entity_id, signal


def _meant(
    lowered: str,
    mentions: Sequence[Mention],
    name: Mention,
    pattern: LatePattern,
    told: re.Match[str],
    found: Found,
) -> Signal | None:
    """Return what words before a name mean for it, None where they are about something else."""
    if pattern in (_TAKES_FROM, _COSTS_MORE):
        return Signal(told.span("verb"), -1)
    if pattern is _REFUSED:
        plea = _ITS_PLEA.match(lowered, name.end)
        return None if plea is None else Signal((told.start("verb"), name.end), -1)
    if pattern is _AGAINST:
        return None if any(kind in found for kind in _DECIDED) else Signal(told.span("what"), -1)
    itself = any(other.entity_id == name.entity_id and other.start < name.start for other in mentions)
    if itself or _ONLY_SHARE.match(lowered, name.end) is None:
        return None
    advice = _side(told)
    never = advice.sign > 0 and _NEVER.search(lowered, 0, advice.span[0]) is not None
    return Signal(advice.span, -1) if never else advice


def _side(told: re.Match[str]) -> Signal:
    return Signal(told.span("bad"), -1) if told["bad"] else Signal(told.span("good"), 1)


def forbidden_to_others(lowered: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Span]]:
    """Yield what a name forbids others, or sues them for, up to the end of the clause: no news of its own."""
    for pattern in (_POLICES, _SUES):
        for mention in mentions if pattern.may_be_in(lowered) else ():
            acts = pattern.match(lowered, mention.end)
            if acts is not None:
                end = _CLAUSE_END.search(lowered, acts.end())
                yield mention.entity_id, (acts.start("verb"), len(lowered) if end is None else end.start())
