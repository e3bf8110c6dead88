"""What English says by a class of verbs or adjectives with a class of things, whatever stands between."""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.words.word_lists import Span

_WORD = r"[^\s,;:|\u2026]+ "
# Premises, and what a company runs; "closes deal for unit" and "closes at a high in plant" are none.
_CLOSES = re.compile(
    r"\b(?:(?:re-?)?clos(?:e|es|ed|ing)|shut(?:s|ting)?|shutter(?:s|ed|ing)?)(?: down)? "
    r"(?:(?!(?:deals?|acquisitions?|sale|purchase|round|takeover|buyout|gap|on|in|at|near|above|below|up|down|higher|"
    r"lower|after|as|with|to|for|of|out|from|by|and|loop|funding|transaction|merger)\b)"
    + _WORD
    + r"){0,4}?(?:stores?|shops?|offices?|warehouses?|plants?|factor(?:y|ies)|facilit(?:y|ies)|fabs?|mines?|"
    r"branches|sites?|campus(?:es)?|restaurants?|showrooms?|labs?|operations|outlets|locations|studios?|smelters?|"
    r"refiner(?:y|ies)|reactors?|depots?|gigafactory|mills?|hubs?|cent(?:er|re)s?)\b"
)
# "Record fourth-quarter copper production".
_RECORD = re.compile(
    r"\brecord (?:(?!(?:to|in|at|on|of|for|the|and|or|low|lows|is|was|as|after|amid|despite|from|by|with|drop|fall|"
    r"decline|slump|plunge|loss|losses|fines?|penalty|debt|outflows?|layoffs|cut|cuts|label|deal|short|job|weak|"
    r"slow|declines|worst)\b)[a-z0-9&'-]+ ){0,3}?"
    r"(?:revenues?|sales|profits?|profitability|earnings|incomes?|margins?|ebitda?|results|orders|bookings|backlogs?|"
    r"deliver(?:y|ies)|shipments|output|production|volumes?|exports|cash flows?|growth|quarter|demand|subscribers|"
    r"users|inflows|dividends?|turnover|registrations|traffic|viewership|downloads)\b"
)
_NO_IMPACT = re.compile(
    r"\b(?:no|little|limited|minimal|negligible|hardly any|not (?:much|any)|n't (?:see|seen?|expect|have|had) (?:any|much)?|"
    r"without) ?(?:[a-z]+ ){0,2}(?:impact|effect|disruption|fallout|exposure|hit|damage)\b"
    r"|\b(?:impact|effect|disruption|fallout|exposure|damage) (?:[^\s,;:|\u2026]+ ){0,5}?"
    r"(?:is|are|was|were|be|remains?|stays?) (?:limited|minimal|small|negligible|contained)\b"
    r"|\bback (?:up|online|in service)\b[^,;:]* (?:outage|disruption|glitch)"
)
# What is bad for those who bet against a share.
_SHORTS_LOSE = re.compile(
    r"\b(?:loss(?:es)?|pain|burn\w*|squeez\w*|costs?|blow|loses?|lost|hurts?|punish\w*) (?:[^\s,;:|\u2026]+ ){0,4}?"
    r"(?:short[- ]?sellers?|shorts|short bets)\b"
    r"|\b(?:short[- ]?sellers?|shorts) (?:[^\s,;:|\u2026]+ ){0,4}?(?:los(?:e|es|ing|s|ses)|lost|burned|squeezed|in the red|"
    r"suffer|pain|cover)\b"
)
# Who is outdone, or looked into, by another.
_DONE_BY = re.compile(
    r"\b(?:overtaken|eclipsed|outpaced|outsold|outperformed|surpassed|dethroned|outshone|outclassed|beaten|toppled|leapfrogged|"
    r"unseated|outdone|overshadowed|examined|investigated|probed|scrutini[sz]ed|challenged|contested|opposed|rejected|"
    r"questioned|raided) by\b"
)
_FINED = re.compile(
    r"(?:[$\u20ac\u00a3]\S+|\b(?:multi-?billion|multi-?million|billion|million|record|hefty|huge)(?:-(?:dollar|euro))?) "
    r"(?:[^\s,;:|\u2026]+ ){0,3}?(?:fines?|penalt(?:y|ies))\b"
)
# What is paid for a wrong, or late; dividends are none.
_PAYS_FOR = re.compile(
    r"\bpa(?:y|ys|id|ying) (?:(?!(?:no|off|less|out|dividends?|for)\b)"
    + _WORD
    + r"){0,5}?(?:fines?|penalt(?:y|ies)|damages|back[- ]taxes|compensation|restitution)\b"
)
# A fall that is called a chance.
_CHANCE = re.compile(
    r"\b(?:is|are|was|were|as|offers?|presents?|creates?|makes?) (?:for )?(?:a |an |the )?(?:[a-z-]+ ){0,2}"
    r"(?:buying opportunit(?:y|ies)|(?:chance|reason|opportunity) to buy)\b"
)
# What only describes whom a title is about: "struggling Tesla speeds up production".
_DESCRIBED = re.compile(
    r"\b(?:troubled|struggling|embattled|beleaguered|ailing|floundering|besieged|cash-strapped|debt-(?:laden|ridden)|"
    r"(?:scandal|virus|crisis|pandemic)-(?:hit|plagued|ridden)|loss-making) (?=[a-z])"
)
_CLAUSE_ENDS = re.compile(r"[,;:|\u2026] | (?:but|while) ")


def crossed(lowered: str) -> Iterator[tuple[Span, int]]:
    """Yield what a title in lower case says by two classes of words, good (1) or bad (-1)."""
    if "clos" in lowered or "shut" in lowered:
        yield from ((match.span(), -1) for match in _CLOSES.finditer(lowered))
    if "pa" in lowered:
        yield from ((match.span(), -1) for match in _PAYS_FOR.finditer(lowered))
    if " buy" in lowered:
        yield from ((match.span(), 1) for match in _CHANCE.finditer(lowered))
    if "short" in lowered:
        yield from ((match.span(), 1) for match in _SHORTS_LOSE.finditer(lowered))
    if " by" in lowered:
        yield from ((match.span(), -1) for match in _DONE_BY.finditer(lowered))
    if " fine" in lowered or " penalt" in lowered:
        yield from ((match.span(), -1) for match in _FINED.finditer(lowered))
    if "record " in lowered:
        yield from ((match.span(), 1) for match in _RECORD.finditer(lowered))


def is_only_described(lowered: str, span: Span) -> bool:
    """Whether a word of a title in lower case stands in what only describes a name behind it."""
    described = _DESCRIBED.match(lowered, span[0])
    return described is not None and span[1] <= described.end()


def without_impact(lowered: str) -> Sequence[Span]:
    """Return the clauses of a title in lower case that say that something does no harm, or is a chance to buy."""
    clauses = []
    for match in (
        *_NO_IMPACT.finditer(lowered),
        *_CHANCE.finditer(lowered),
        *_SHORTS_LOSE.finditer(lowered),
    ):
        start = max((end.end() for end in _CLAUSE_ENDS.finditer(lowered, 0, match.start())), default=0)
        ends = _CLAUSE_ENDS.search(lowered, match.end())
        clauses.append((start, len(lowered) if ends is None else ends.start()))
    return clauses
