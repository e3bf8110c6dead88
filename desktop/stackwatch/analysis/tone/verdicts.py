"""What a piece of opinion says of a share: to buy or to sell it, cheap or dear, only begun or over."""

from collections.abc import Iterator, Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.tone.tone_words import Signal
from stackwatch.domain.news import Mention


def _any(lines: str) -> str:
    """Return an expression for one of several, written over several lines."""
    return "(?:" + "".join(line.strip() for line in lines.splitlines()) + ")"


_NEAR = 64  # letters before a name that are read
_HEAD_LETTERS = 120  # of praise before the one share that it is of
_ITS = r"(?: \([^)]*\))?(?:'s)?(?: (?:stock|shares|inc\.?|corp\.?))*(?: \([^)]*\))?"
_ADVERBS = _any(r"""
    (?:still|now|finally|simply|just|also|really|already|once again|again|far|way|like|starting to look|
    probably|quite|so|very|too|pretty|a lot|much|\w+ly)[ ]""")
_KINDS = _any(r"""
    (?:(?!(?:negative|weak|bad|risky|terrible|poor|no|not|worse|never|in|of|to|and|or|for|on|at|as)\b)
    [a-z0-9&'-]+ ){0,4}?""")  # "a strong long-term AI"
# What a share is, or a head says of it behind a colon.
_GOOD = _any(
    r"(?:a|an|the|my|our|one of (?:the|my)|among the) "
    + _KINDS
    + r"""(?:buy|bargains?|steal|winners?|gifts?|gem|compounder|compounding machine|no-brainer|
    must-(?:own|have|buy)(?: [a-z]+)?|top pick|picks?|keeper|powerhouse|juggernaut|cash machine|
    golden opportunity|opportunity|entry point|fair price)s?\b(?! or\b)|
    (?:a|an|the|my|one of (?:the|my)|among the) (?:[a-z]+ ){0,2}?(?:strong|top|top-ranked|great|best|
    safest|incredible|solid|superb|excellent|wonderful|perfect|ideal|favou?rite|ultimate|undervalued|
    underrated|underappreciated|overlooked|cheap|promising|compelling|attractive|smart|quality|premier|
    elite)[ ]"""
    + _KINDS
    + r"""(?:stocks?|shares?|investments?|plays?|bets?|choice|company|name|business)\b(?! or\b)|
    (?:dirt[ -]cheap|undervalued|underrated|underappreciated|underestimated|under-?owned|overlooked|
    misunderstood|mispriced|oversold|inexpensive|irresistible|compelling|buyable|
    attractive(?:ly (?:priced|valued))?|cheap(?! for a)(?:er than (?:you|it|they|many|most|peers))?)\b|
    valuation (?:is |looks |remains |still )*(?:reasonable|attractive|compelling|cheap|undemanding)\b|
    reasonable valuation\b|worth (?:it|the|buying|owning|holding|every|more|a (?:look|buy|bet|premium))\b|
    on sale\b|built to last\b|hard to beat\b|here to stay\b|the real deal\b|
    (?:only )?(?:just )?(?:getting started|beginning|warming up)\b|
    ready to (?:rebound|soar|run|rally|break ?out|bounce|surge|fly|take off|shine|roar)\b|
    (?:far|a long way) from (?:over|done|finished)\b|in (?:great|good|excellent) shape\b|
    too (?:cheap|good) to (?:ignore|pass|miss|resist)\b"""
)
_BAD = _any(
    r"(?:a|an|the) "
    + _KINDS
    + r"""(?:value trap|trap|falling knife|house of cards|disaster|gamble|sell|avoid|
    melting ice cube|bubble|mess|risky bet|dud|laggard|loser)\b(?! or\b)|
    (?:overvalued|overhyped|overrated|overpriced|overextended|overbought|overheated|uninvestable|
    unattractive|stretched|frothy|dead money|doomed|broken|risky|pricey|expensive)\b(?!,? but)|
    (?:expensive|hot|risky|rich|pricey|dear|crowded|speculative|good) to (?:buy|own|handle|touch|hold|
    chase|be true|justify)\b|priced (?:for|beyond|past|way beyond) perfection\b|
    valuation (?:is |looks |remains |seems |too )*(?:stretched|rich|demanding|excessive|extreme|
    unjustified|absurd|insane|hard to justify)\b|cheap for a reason\b|
    ahead of (?:itself|reality|fundamentals)\b|running (?:out of|on fumes)\b|past its (?:peak|prime)\b|
    not out of the woods\b|out of (?:favou?r|steam|ideas)\b|(?:on|skating on) thin ice\b|
    in (?:big |deep )?trouble\b|no (?:bargain|steal|buy|safe|margin of safety)\b|
    the risks? (?:is|are)n't worth\b"""
)
_GOOD_HEAD = _any(r"""
    buy(?:ing)?(?: (?:the|this|that) (?:dip|pullback|weakness|fear|drop|sell-?off|panic|crash|decline))?
    (?= now(?!, pay)|,? before| ahead| on| at| here| again| into| below|$|[.,;!])|
    (?:it's )?time to (?:buy|load|back up|add|get in|be greedy|double down|accumulate)\b|
    upgrad(?:e|ed|ing) (?:it )?to (?:a )?(?:strong |['\"\u2018\u201c])?buy\b|
    don't (?:panic|worry|sell|miss|sleep|overlook|underestimate|bet against|give up|count)\b|
    (?:the )?(?:market|(?:wall )?street|mr\. market) (?:is|has it|got it|gets it|'s) (?:all |dead |badly )?
    (?:wrong|mistaken|missing|underestimating|overreacting)\b|
    (?:the )?market (?:has )?(?:overreact(?:s|ed|ion)|underestimat\w+)\b|
    (?:the )?(?:sell-?off|drop|dip|pullback|fears?|panic|reaction|decline|pessimism|crash|punishment)[ ]
    (?:is|are|was|looks?|seems?) (?:overdone|overblown|excessive|unwarranted|unjustified|exaggerated|
    misplaced|a gift)\b|
    (?:why )?[\"'\u2018\u201c]?(?:i|we)(?:'m|'re| am| are|'d|'ll| would(?! not)| will(?! not)| just)?
    (?: still| really| absolutely)* (?:buy(?:ing)?|bought|loading up|doubling down|adding|bullish|all in|
    own|love|like)\b(?= (?:it|more|some|the (?:stock|shares|dip))\b|$|[.,;:!'\"\u201d])|
    the king is back\b|margin of safety\b|a? ?long-term winner\b|growth at a (?:reasonable|
    discount)""")
_BAD_HEAD = _any(r"""
    (?:stay|keep) away\b|steer clear\b|(?:it's )?time to (?:sell|trim|exit|get out|take|bail|worry|run|
    cash)\b|
    take (?:the |your |some )?(?:profits|money)\b|(?:sell|avoid|dump|trim|short)(?:ing)?
    (?= now|,? before| ahead| on| at| here| into| the| this|$|[.,;!])|
    don't (?:buy|chase|be fooled|trust|fall|touch|get greedy|believe)\b|caution\b|beware\b|buyer beware\b|
    downgrad(?:e|ed|ing)\b|more (?:pain|downside|trouble)\b|no upside\b|limited upside\b|poor risk\b|
    [\"'\u2018\u201c]?(?:i|we)(?:'m|'re| am| are) (?:still )?(?:out|selling|not buying|staying|steering|done|
    bearish|avoiding|worried|waiting|passing)\b|
    [\"'\u2018\u201c]?(?:i|we) (?:wouldn't|would not|won't|don't|can't) (?:buy|own|touch|like|recommend|
    trust)\b|
    better entry|(?:the )?(?:party|story|growth story|honeymoon|easy money|run|ride) (?:is|may be) over\b|
    (?:all |much )?(?:the )?(?:upside|good news|optimism|growth) (?:is |looks |seems )?(?:already |fully |
    mostly )?
    priced[ -]in\b|(?:the )?expectations (?:are|have gotten|have run|got) (?:too|ahead|way)\b|
    (?:growth|profits?|upside) (?:is |are )?nowhere\b|(?:a )?value trap\b|dead money\b|
    (?:a )?falling knife\b""")
_HEAD = LatePattern(
    rf": ?(?:(?:{_ADVERBS})*(?P<denied>(?:not|no longer) (?!out of the woods))?"
    rf"(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))|(?P<good_too>{_GOOD_HEAD})|{_BAD_HEAD})"
)
_IS = LatePattern(
    r" (?:is|are|looks?|seems?|remains?|appears?|was)(?P<denied>n't| not| no longer)? "
    rf"(?:{_ADVERBS})*(?:(?P<not>not|no longer) (?!out of the woods))?(?:(?P<good>{_GOOD})|{_BAD})"
)
_IS_WORDS = frozenset(
    "is are look looks seem seems remain remains appear appears was isn't aren't wasn't".split()  # noqa: SIM905
)
# What goes on, good or bad, of which a piece says that it has only begun; and what else a name does.
_DOES = LatePattern(
    r" (?:(?:ai|growth|turnaround|bull) )?(?:(?P<good>"
    + _any(r"""
    story|boom|rally|run|dominance|growth|comeback|recovery|reign|momentum|turnaround|expansion|ascent|rise|
    rebound|upside|bull (?:case|run|market)|supercycle|golden age|ride|journey|opportunity|revolution""")
    + ")|"
    + _any(r"""
    troubles?|problems?|woes|pain|slump|sell-?off|decline|slide|losses|nightmare|crisis|headaches?|misery|
    fall|drop|downturn|struggles?|worries|battle|challenges|downfall""")
    + r") (?:is|are) (?:only )?(?:just )?(?:getting started|beginning|warming up|"
    r"(?:far|a long way|nowhere near) (?:from )?(?:over|done|finished))\b"
    r"| (?P<good_too>"
    + _any(r"""
    deserves? (?:its|a|the|more|better|your|some) |belongs? (?:in|on) (?:your|every|any) |
    (?:bears?|sceptics|skeptics|doubters|haters|critics) (?:are|have it|got it|is) (?:all |dead )?
    (?:wrong|mistaken|losing)|has (?:plenty of|lots of|more|much more|significant|huge|massive|considerable|
    ample) (?:upside|fuel|gas|room)|gets to \$\d""")
    + ")| "
    + _any(r"""
    bulls? (?:should|must|need to|are|may) (?:be )?(?:worr\w+|wrong|mistaken|nervous|beware|losing)|
    has (?:run too|come too|gone too|further to fall|limited upside|little upside|no upside|gotten ahead|
    peaked)""")
)
_DOES_WORDS = frozenset(
    """ai growth turnaround bull story boom rally run dominance comeback recovery reign momentum
    expansion ascent rise rebound upside supercycle golden ride journey opportunity revolution
    trouble troubles problem problems woes pain slump sell-off selloff decline slide losses
    nightmare crisis headache headaches misery fall drop downturn struggle struggles worries
    battle challenges downfall deserve deserves belong belongs bear bears sceptics skeptics
    doubters haters critics has gets bulls""".split()  # noqa: SIM905
)
_SHARE_WORDS = frozenset("stock shares inc inc. corp corp. stock: shares: inc: corp:".split())  # noqa: SIM905
# Before a name that is all that is left of the clause.
_BEFORE = LatePattern(
    r"(?:^|[^a-z])(?:(?P<good>"
    + _any(r"""
    (?:don't|do not|never) (?:sleep on|overlook|ignore|miss(?: out on)?|underestimate|count out|bet against|
    give up on|write off|sell|panic about)|
    (?:i(?:'m| am)|we(?:'re| are)) (?:still |just )?(?:buying|loading up on|bullish on|betting (?:big )?on|
    adding|
    keeping|sticking with|doubling down on)(?: more)?|
    (?:i|we) (?:just |recently )?(?:bought|added)(?: more)?|
    (?:i|we)(?:'d| would|'ll) (?:still )?(?:buy|own)(?: more)?|
    (?:wall (?:street|st)|analysts?|investors?|hedge funds?|congress|billionaires?|insiders?|cramer|
    institutions?|traders?|funds|he|she|bulls|experts|pros|retail) (?:still |just |really |can't stop )?
    (?:loves?|adores?|likes?|loving|can't get enough of|(?:is|are) (?:still )?(?:in love with|crazy about|
    excited about|flocking to|piling into))|
    (?:bets?|betting|wagers?) big on|bull of the day:|bargain hunting:|time to (?:buy|own|add)|
    (?:is|are|got) (?:all |dead )?(?:wrong|mistaken) (?:about|on)""")
    + ")|(?P<bad>"
    + _any(r"""
    (?:not|n't|no|wrong|bad|worst) (?:yet )?(?:the |a )?(?:right |best |good |great |ideal )?time to (?:buy|
    own|add)|
    (?:don't|do not|never) (?:chase|buy(?: the dip in)?|trust|fall for|be fooled by|touch|get greedy with)|
    (?:i(?:'m| am)|we(?:'re| are)) (?:still |just |now )?(?:not buying|selling|avoiding|dumping|done with|
    bearish on|shorting|worried about|passing on|staying away from|steering clear of)|
    (?:i|we) (?:just |recently |finally )?(?:sold|dumped)(?: all)?(?: my| our)?|
    (?:i|we|he|she|cramer) (?:still )?(?:wouldn't|would not|won't|don't|doesn't|can't) (?:buy|own|touch|like|
    recommend|trust)|(?:buy|own|pick|choose|take|buying|prefer) (?:over|instead of)|
    forget(?: about)?|bear of the day:|time to (?:sell|dump|ditch|exit)|
    (?:sour(?:s|ed|ing)? on|turn(?:s|ed|ing)? against|(?:gave|giv(?:e|es|en|ing)) up on|
    (?:lost|los(?:e|es|ing)) (?:faith|patience|confidence|interest) (?:in|with))""")
    + ")) ?(?:the |my )?$"
)
# The words it ends in, so that it is tried behind no other.
_BEFORE_WORDS = frozenset(
    """on overlook ignore miss underestimate out against off sell about buying adding keeping with more bought
    added buy own love loves adore adores like likes loving of to into day: hunting: add in chase trust for by
    touch avoiding dumping shorting from sold dumped all my our recommend over forget dump ditch exit
    the""".split()  # noqa: SIM905
)
_ONLY_NAME = LatePattern(
    rf"{_ITS}(?:$|[.,;:!?\u2026'\"\u201d]| "
    + _any(r"""
    now|here|right|before|after|ahead|today|yet|again|this|until|instead|with|for|in 2|as|on|at|anymore|
    despite|
    because|like|and|even|hand|into|when|just|too""")
    + r"\b)"
)
# One share named behind its praise: "1 AI stock to buy hand over fist: Nvidia".
_ONE = LatePattern(
    r"(?:the |this |here's |why )?(?:1|one|only one|the one|only|my|our|top|no\. 1|number one|best|single) "
    r"[^:]*\b(?:(?P<good>buy|own|favou?rite|love|pick|bullish|best|bought|load)|(?P<bad>sell|avoid|dump|short|"
    r"overvalued|worst))\b[^:]*(?:: |it would be |it'd be |it is )$"
    r"|if i could (?:only )?(?:own|buy|hold) [^:]* be $"
)
_BOTH = LatePattern(r"\b(?:buy|own)\b.*\b(?:sell|avoid|dump)\b|\b(?:sell|avoid|dump)\b.*\b(?:buy|own)\b")
_ITS_SHARE = LatePattern(_ITS)


def verdicts(lowered: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Signal]]:
    """Yield what a title in lower case advises on a name, or calls its share: good (1) or bad (-1)."""
    if "\u2019" in lowered:
        lowered = lowered.replace("\u2019", "'")
    for name in mentions:
        told = _behind(lowered, name.end) or (_before(lowered, name) if name.start else None)
        if told is not None:
            yield name.entity_id, told


def _behind(lowered: str, start: int) -> Signal | None:
    """Return what is said behind a name: in a head, by what it is, or by what it or its story does."""
    end, word = start, _word(lowered, start)
    if word in _SHARE_WORDS or lowered.startswith((" (", "'s"), start):
        its = _ITS_SHARE.match(lowered, start)
        end = start if its is None else its.end()
        word = _word(lowered, end)
    if lowered.startswith(":", end):
        said = _HEAD.match(lowered, end)
    elif word in _IS_WORDS:
        said = _IS.match(lowered, end)
    else:
        said = _DOES.match(lowered, end) if word in _DOES_WORDS else None
    if said is None:
        return None
    groups = said.groupdict()
    good = groups["good"] is not None or groups.get("good_too") is not None
    denied = groups.get("denied") is not None or groups.get("not") is not None
    return Signal((start, said.end()), 1 if good != denied else -1)


def _word(lowered: str, end: int) -> str:
    """Return the word behind a place, if another follows it."""
    return lowered[end + 1 : lowered.find(" ", end + 1)] if lowered.startswith(" ", end) else ""


def _before(lowered: str, name: Mention) -> Signal | None:
    """Return what is said before a name that ends its clause."""
    word = lowered[max(0, name.start - 16) : name.start].rsplit(None, 1)[-1:]
    near = bool(word) and word[0] in _BEFORE_WORDS
    one = name.start <= _HEAD_LETTERS and lowered.endswith((": ", " be ", " is "), 0, name.start)
    if not (near or one) or _ONLY_NAME.match(lowered, name.end) is None:
        return None
    said = _BEFORE.search(lowered, max(0, name.start - _NEAR), name.start) if near else None
    if said is None and one:
        said = _ONE.search(lowered, 0, name.start)
        if said is None or said.start() or _BOTH.search(lowered, 0, name.start):
            return None
    return None if said is None else Signal((said.start(), name.start), -1 if said["bad"] else 1)
