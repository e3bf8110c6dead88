"""What a piece of opinion says of a share: to buy or to sell it, cheap or dear, only begun or over."""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.tone.tone_words import Signal
from stackwatch.domain.news import Mention

_NEAR = 64  # letters before a name that are read
_ITS = r"(?: \([^)]*\))?(?:['\u2019]s)?(?: (?:stock|shares|inc\.?|corp\.?))*(?: \([^)]*\))?"
_ADVERBS = (
    r"(?:still|now|finally|simply|just|also|really|already|once again|again|far|way|like|starting to look|"
    r"probably|quite|so|very|too|pretty|a lot|much|\w+ly) "
)
_KINDS = (  # "a strong long-term AI"
    r"(?:(?!(?:negative|weak|bad|risky|terrible|poor|no|not|worse|never|in|of|to|and|or|for|on|at|as)\b)"
    r"[a-z0-9&'-]+ ){0,4}?"
)
# What a share is, or a head says of it behind a colon.
_GOOD = (
    rf"(?:(?:a|an|the|my|our|one of (?:the|my)|among the) {_KINDS}"
    r"(?:buy|bargains?|steal|winners?|gifts?|gem|compounder|compounding machine|no-brainer|"
    r"must-(?:own|have|buy)(?: [a-z]+)?|top pick|picks?|keeper|powerhouse|juggernaut|cash machine|"
    r"golden opportunity|opportunity|entry point|fair price)s?\b(?! or\b)"
    r"|(?:a|an|the|my|one of (?:the|my)|among the) (?:[a-z]+ ){0,2}?(?:strong|top|top-ranked|great|best|"
    r"safest|"
    r"incredible|solid|superb|excellent|wonderful|perfect|ideal|favou?rite|ultimate|undervalued|underrated|"
    r"underappreciated|overlooked|cheap|promising|compelling|attractive|smart|quality|premier|elite) "
    rf"{_KINDS}(?:stocks?|shares?|investments?|plays?|bets?|choice|company|name|business)\b(?! or\b)"
    r"|(?:dirt[ -]cheap|undervalued|underrated|underappreciated|underestimated|under-?owned|overlooked|"
    r"misunderstood|mispriced|oversold|inexpensive|irresistible|compelling|buyable|"
    r"attractive(?:ly (?:priced|valued))?|cheap(?:er than (?:you|it|they|many|most|peers))?)\b"
    r"|valuation (?:is |looks |remains |still )*(?:reasonable|attractive|compelling|cheap|undemanding)\b"
    r"|reasonable valuation\b|worth (?:it|the|buying|owning|holding|every|more|a (?:look|buy|bet|premium))\b"
    r"|on sale\b|for sale at a discount\b|built to last\b|hard to beat\b|here to stay\b|the real deal\b"
    r"|(?:only )?(?:just )?(?:getting started|beginning|warming up)\b"
    r"|ready to (?:rebound|soar|run|rally|break ?out|bounce|surge|fly|take off|shine|roar)\b"
    r"|(?:far|a long way) from (?:over|done|finished)\b|in (?:great|good|excellent) shape\b"
    r"|too (?:cheap|good) to (?:ignore|pass|miss|resist)\b)"
)
_BAD = (
    rf"(?:(?:a|an|the) {_KINDS}(?:value trap|trap|falling knife|house of cards|disaster|gamble|sell|avoid|"
    r"melting ice cube|bubble|mess|risky bet|dud|laggard|loser)\b(?! or\b)"
    r"|(?:overvalued|overhyped|overrated|overpriced|overextended|overbought|overheated|uninvestable|"
    r"unattractive|stretched|frothy|dead money|doomed|broken|risky|pricey|expensive)\b(?!,? but)"
    r"|(?:expensive|hot|risky|rich|pricey|dear|crowded|speculative|good) to (?:buy|own|handle|touch|hold|"
    r"chase|be true|justify)\b|priced (?:for|beyond|past|way beyond) perfection\b"
    r"|valuation (?:is |looks |remains |seems |too )*(?:stretched|rich|demanding|excessive|extreme|"
    r"unjustified|absurd|insane|hard to justify)\b"
    r"|(?:ahead of (?:itself|reality|fundamentals))\b|running (?:out of|on fumes)\b|past its (?:peak|prime)\b"
    r"|not out of the woods\b|out of (?:favou?r|steam|ideas)\b|(?:on|skating on) thin ice\b|in (?:big |"
    r"deep )?trouble\b"
    r"|no (?:bargain|steal|buy|safe|margin of safety)\b|the risks? (?:is|are)n['\u2019]t worth\b)"
)
_GOOD_HEAD = (
    r"(?:buy(?:ing)?(?: (?:the|this|that) (?:dip|pullback|weakness|fear|drop|sell-?off|panic|crash|decline))?"
    r"(?= now|,? before| ahead| on| at| here| again| into| below|$|[.,;!])"
    r"|(?:it['\u2019]s )?time to (?:buy|load|back up|add|get in|be greedy|double down|accumulate)\b"
    r"|upgrad(?:e|ed|ing) (?:it )?to (?:a )?(?:strong |['\"\u2018\u201c])?buy\b"
    r"|don['\u2019]t (?:panic|worry|sell|miss|sleep|overlook|underestimate|bet against|give up|count)\b"
    r"|(?:the )?(?:market|(?:wall )?street|mr\. market) (?:is|has it|got it|gets it|'s) (?:all |dead |"
    r"badly )?"
    r"(?:wrong|mistaken|missing|underestimating|overreacting)\b"
    r"|(?:the )?market (?:has )?(?:overreact(?:s|ed|ion)|underestimat\w+)\b"
    r"|(?:the )?(?:sell-?off|drop|dip|pullback|fears?|panic|reaction|decline|pessimism|crash|punishment) "
    r"(?:is|are|was|looks?|seems?) (?:overdone|overblown|excessive|unwarranted|unjustified|exaggerated|"
    r"misplaced|a gift)\b"
    r"|[\"'\u2018\u201c]?(?:i|we)(?:['\u2019]m|['\u2019]re| am| are|['\u2019]d|['\u2019]ll| would(?! not)|"
    r" will(?! not)| just)?"
    r" (?:still |really |absolutely )*(?:buy(?:ing)?|bought|loading up|doubling down|adding|bullish|all in|"
    r"own|love|like)\b(?= (?:it|more|some|the (?:stock|shares|dip))\b|$|[.,;:!'\"\u2019\u201d])"
    r"|the king is back\b|margin of safety\b|a? ?long-term winner\b|growth at a (?:reasonable|discount))"
)
_BAD_HEAD = (
    r"(?:(?:stay|keep) away\b|steer clear\b|(?:it['\u2019]s )?time to (?:sell|trim|exit|get out|take|bail|"
    r"worry|run|"
    r"cash)\b|take (?:the |your |some )?(?:profits|money)\b|(?:sell|avoid|dump|trim|short)(?:ing)?"
    r"(?= now|,? before| ahead| on| at| here| into| the| this|$|[.,;!])"
    r"|don['\u2019]t (?:buy|chase|be fooled|trust|fall|touch|get greedy|believe)\b|caution\b|beware\b|"
    r"buyer beware\b"
    r"|downgrad(?:e|ed|ing)\b|more (?:pain|downside|trouble)\b|no upside\b|limited upside\b|poor risk\b"
    r"|[\"'\u2018\u201c]?(?:i|we)(?:['\u2019]m|['\u2019]re| am| are) (?:still )?(?:out|selling|not buying|"
    r"staying|steering|done|"
    r"bearish|avoiding|worried|waiting|passing)\b"
    r"|[\"'\u2018\u201c]?(?:i|we) (?:wouldn['\u2019]t|would not|won['\u2019]t|don['\u2019]t|can['\u2019]t) "
    r"(?:buy|own|touch|like|recommend|trust)\b"
    r"|better entry|(?:the )?(?:party|story|growth story|honeymoon|easy money|run|ride) (?:is|may be) over\b"
    r"|(?:all |much )?(?:the )?(?:upside|good news|optimism|growth) (?:is |looks |seems )?(?:already |fully |"
    r"mostly )?priced[ -]in\b|(?:the )?expectations (?:are|have gotten|have run|got) (?:too|ahead|way)\b"
    r"|(?:growth|profits?|upside) (?:is |are )?nowhere\b|(?:a )?value trap\b|dead money\b|"
    r"(?:a )?falling knife\b)"
)
# What goes on, good or bad, of which a piece says that it has only begun.
_RUNS = (
    r"(?:story|boom|rally|run|dominance|growth|comeback|recovery|reign|momentum|turnaround|expansion|ascent|"
    r"rise|"
    r"rebound|upside|bull (?:case|run|market)|supercycle|golden age|ride|journey|opportunity|revolution)"
)
_AILS = (
    r"(?:troubles?|problems?|woes|pain|slump|sell-?off|decline|slide|losses|nightmare|crisis|headaches?|"
    r"misery|"
    r"fall|drop|downturn|struggles?|worries|battle|challenges|downfall)"
)
_BEHIND = re.compile(
    rf"{_ITS}(?: (?:is|are|looks?|seems?|remains?|appears?|was)"
    rf"(?P<not>n['\u2019]t| not| no longer)?(?: (?=\w)(?:{_ADVERBS})*)|: ?(?P<head>)(?:{_ADVERBS})*)"
    rf"(?P<denied>(?:not|no longer) (?!out of the woods))?(?:(?P<good>{_GOOD})|(?P<bad>{_BAD}))"
    rf"|{_ITS}: ?(?:(?P<good_head>{_GOOD_HEAD})|(?P<bad_head>{_BAD_HEAD}))"
    rf"|{_ITS} (?:(?:ai|growth|turnaround|bull) )?(?:(?P<good_runs>{_RUNS})|(?P<bad_runs>{_AILS})) (?:is|"
    rf"are) (?:only )?"
    r"(?:just )?(?:getting started|beginning|warming up|(?:far|a long way|nowhere near) (?:from )?(?:over|"
    r"done|finished))\b"
    rf"|{_ITS} (?P<good_does>(?:deserves? (?:its|a|the|more|better|your|some)|belongs? (?:in|on) (?:your|"
    rf"every|any)|"
    r"(?:bears?|sceptics|skeptics|doubters|haters|critics) (?:are|have it|got it|is) (?:all |"
    r"dead )?(?:wrong|mistaken|losing)|"
    r"has (?:plenty of|lots of|more|much more|significant|huge|massive|considerable|ample) (?:upside|fuel|"
    r"gas)|"
    r"gets to \$\d))"
    rf"|{_ITS} (?P<bad_does>(?:bulls? (?:should|must|need to|are|may) (?:be )?(?:worr\w+|wrong|mistaken|"
    rf"nervous|"
    r"beware|losing)|has (?:run too|come too|gone too|further to fall|limited upside|little upside|no upside|"
    r"gotten ahead|peaked)))"
)
_MIGHT_BE = (
    ": ", " is ", " are ", " look", " seem", " remain", "isn", "aren", " appear", " was ", " deserve",
    " belong", " bears ", " bulls ", " has ", " gets to",
)  # fmt: skip
# Before a name that is all that is left of the clause.
_WHO = (
    r"(?:wall (?:street|st)|analysts?|investors?|hedge funds?|congress|billionaires?|insiders?|cramer|"
    r"institutions?|traders?|funds|he|she|bulls|experts|pros|retail)"
)
_BEFORE = LatePattern(
    r"(?:^|[^a-z])(?:(?P<good>(?:don['\u2019]t|do not|never) (?:sleep on|overlook|ignore|miss(?: out on)?|"
    r"underestimate|count out|bet against|give up on|write off|sell|panic about)"
    r"|(?:i(?:['\u2019]m| am)|we(?:['\u2019]re| are)) (?:still |just )?(?:buying|loading up on|bullish on|"
    r"betting (?:big )?on|"
    r"adding|keeping|sticking with|doubling down on)(?: more)?"
    r"|(?:i|we) (?:just |recently )?(?:bought|added)(?: more)?|(?:i|we)(?:['\u2019]d| would|"
    r"['\u2019]ll) (?:still )?"
    r"(?:buy|own)(?: more)?"
    rf"|{_WHO} (?:still |just |really |can['\u2019]t stop )?(?:loves?|adores?|likes?|loving|"
    r"can['\u2019]t get enough of|(?:is|are) (?:still )?(?:in love with|crazy about|excited about|"
    r"flocking to|"
    r"piling into))"
    r"|(?:bets?|betting|wagers?) big on|bull of the day:|(?:is|are|got) (?:all |dead )?(?:wrong|"
    r"mistaken) (?:about|on)|"
    r"bargain hunting:|time to (?:buy|own|add))"
    r"|(?P<bad>(?:not|n['\u2019]t|no|wrong|bad|worst) (?:yet )?(?:the |a )?(?:right |best |good |great |"
    r"ideal )?time to "
    r"(?:buy|own|add)|(?:don['\u2019]t|do not|never) (?:chase|buy(?: the dip in)?|trust|fall for|"
    r"be fooled by|touch|"
    r"get greedy with)"
    r"|(?:i(?:['\u2019]m| am)|we(?:['\u2019]re| are)) (?:still |just |now )?(?:not buying|selling|avoiding|"
    r"dumping|done with|"
    r"bearish on|shorting|worried about|passing on|staying away from|steering clear of)"
    r"|(?:i|we) (?:just |recently |finally )?(?:sold|dumped)(?: all)?(?: my| our)?"
    r"|(?:i|we|he|she|cramer) (?:still )?(?:wouldn['\u2019]t|would not|won['\u2019]t|don['\u2019]t|"
    r"doesn['\u2019]t|can['\u2019]t) "
    r"(?:buy|own|touch|like|recommend|trust)"
    r"|(?:better|safer|smarter|cheaper) (?:[a-z]+ ){0,3}?(?:buys?|stocks?|bets?|picks?|investments?|choice|"
    r"option|alternatives?) than"
    r"|(?:buy|own|pick|choose|take|buying|prefer) (?:over|instead of)|forget (?:about )?|bear of the day:|"
    r"better than|"
    r"(?:sour(?:s|ed|ing)? on|turn(?:s|ed|ing)? against|(?:gave|giv(?:e|es|en|ing)) up on|"
    r"(?:lost|los(?:e|es|ing)) (?:faith|patience|confidence|interest) (?:in|with))"
    r"|time to (?:sell|dump|ditch|exit))) ?(?:the |my )?$",
    "n't ", "n\u2019t ", " not ", "never ", "i'm ", "i\u2019m ", "i am ", "we're ", "bought ", "added ",
    "i'd ", "we'd ", "i\u2019d ", "i would", "we would", "sold ", " love", " like", "adore", "enough of",
    "crazy about", "in love", "excited", "flocking", "piling", "big on", "of the day", "wrong ", "mistaken",
    "hunting", "time to", "better ", "safer", "smarter", "cheaper ", " over ", "instead of", "forget", "sour",
    "against ", "up on", " faith", "patience", "confidence", "interest",
)  # fmt: skip
_ONLY_NAME = re.compile(
    rf"{_ITS}(?:$|[.,;:!?\u2026'\"\u2019\u201d]| (?:now|here|right|before|after|ahead|today|yet|again|this|"
    rf"until|"
    r"instead|with|for|in 2|as|on|at|anymore|despite|because|like|and|even|hand|into|when|just|too)\b)"
)
# One share named behind its praise: "1 AI stock to buy hand over fist: Nvidia".
_ONE = LatePattern(
    r"^(?:the |this |here's |why )?(?:1|one|only one|the one|only|my|our|top|no\. 1|number one|best|single|"
    r"if i could) [^:]*\b(?:(?P<good>buy|own|favou?rite|love|pick|bullish|best|bought|load)|(?P<bad>sell|"
    r"avoid|dump|"
    r"short|overvalued|worst))\b[^:]*(?:: |it would be |it['\u2019]d be |it is )$|"
    r"^if i could (?:only )?(?P<buys>own|buy|hold)[^:]* be $",
    ": ", "would be ",
)  # fmt: skip
_BOTH = re.compile(r"\b(?:buy|own)\b.*\b(?:sell|avoid|dump)\b|\b(?:sell|avoid|dump)\b.*\b(?:buy|own)\b")


def verdicts(lowered: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Signal]]:
    """Yield what a title in lower case advises on a name, or calls its share: good (1) or bad (-1)."""
    behind = any(hint in lowered for hint in _MIGHT_BE)
    before, one = _BEFORE.may_be_in(lowered), _ONE.may_be_in(lowered)
    if not (behind or before or one):
        return
    for name in mentions:
        told = _told(lowered, name, behind=behind, before=before, one=one)
        if told is not None:
            yield name.entity_id, told


def _told(lowered: str, name: Mention, *, behind: bool, before: bool, one: bool) -> Signal | None:
    if behind and (said := _BEHIND.match(lowered, name.end)) is not None:
        good = any(said[group] is not None for group in ("good", "good_head", "good_does", "good_runs"))
        denied = said["not"] is not None or said["denied"] is not None
        return Signal((name.end, said.end()), 1 if good != denied else -1)
    if not name.start or _ONLY_NAME.match(lowered, name.end) is None:
        return None
    said = _BEFORE.search(lowered, max(0, name.start - _NEAR), name.start) if before else None
    if said is None and one and _ONLY_NAME.match(lowered, name.end):
        said = _ONE.search(lowered, 0, name.start)
        if said is not None and _BOTH.search(said.group()):
            return None
    return None if said is None else Signal((said.start(), name.start), -1 if said["bad"] else 1)
