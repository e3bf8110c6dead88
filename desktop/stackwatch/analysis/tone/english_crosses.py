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
_CLAUSE_ENDS = re.compile(r"[,;:|\u2026] | (?:but|while) ")


def crossed(lowered: str) -> Iterator[tuple[Span, int]]:
    """Yield what a title in lower case says by two classes of words, good (1) or bad (-1)."""
    if "clos" in lowered or "shut" in lowered:
        yield from ((match.span(), -1) for match in _CLOSES.finditer(lowered))
    if "pa" in lowered:
        yield from ((match.span(), -1) for match in _PAYS_FOR.finditer(lowered))
    if " buy" in lowered:
        yield from ((match.span(), 1) for match in _CHANCE.finditer(lowered))
    if "record " in lowered:
        yield from ((match.span(), 1) for match in _RECORD.finditer(lowered))


def without_impact(lowered: str) -> Sequence[Span]:
    """Return the clauses of a title in lower case that say that something does no harm, or is a chance to buy."""
    clauses = []
    for match in (*_NO_IMPACT.finditer(lowered), *_CHANCE.finditer(lowered)):
        start = max((end.end() for end in _CLAUSE_ENDS.finditer(lowered, 0, match.start())), default=0)
        ends = _CLAUSE_ENDS.search(lowered, match.end())
        clauses.append((start, len(lowered) if ends is None else ends.start()))
    return clauses
