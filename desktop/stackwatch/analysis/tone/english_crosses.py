"""What English says by a class of verbs or adjectives with a class of things, whatever stands between."""

import re
from collections.abc import Iterator, Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.tone.tone_words import Found, Words
from stackwatch.analysis.words.word_lists import Span

_WORD = r"[^\s,;:|\u2026]+ "
_SIGNS = (
    # Premises that are closed; "closes deal for plant" and "closes at a high" are none.
    (
        LatePattern(
            r"\b(?:(?:re-?)?clos(?:e|es|ed|ing)|shut(?:s|ting)?|shutter(?:s|ed|ing)?)(?: down)? "
            r"(?:(?!(?:deals?|acquisitions?|sale|purchase|round|takeover|buyout|gap|on|in|at|near|above|"
            r"below|up|"
            r"down|higher|lower|after|as|with|to|for|of|out|from|by|and|loop|funding|transaction|merger)\b)"
            + _WORD
            + r"){0,4}?(?:stores?|shops?|offices?|warehouses?|plants?|factor(?:y|ies)|facilit(?:y|ies)|"
            r"fabs?|mines?|"
            r"branches|sites?|campus(?:es)?|restaurants?|showrooms?|labs?|operations|outlets|locations|"
            r"studios?|"
            r"smelters?|refiner(?:y|ies)|reactors?|depots?|gigafactory|mills?|hubs?|cent(?:er|re)s?)\b",
            "clos",
            "shut",
        ),
        -1,
    ),
    # "Record fourth-quarter copper production".
    (
        LatePattern(
            r"\brecord (?:(?!(?:to|in|at|on|of|for|the|and|or|lows?|is|was|as|after|amid|despite|from|by|"
            r"with|drop|"
            r"fall|declines?|slump|plunge|loss|losses|fines?|penalty|debt|outflows?|layoffs|cuts?|label|"
            r"deal|short|"
            r"job|weak|slow|worst)\b)[a-z0-9&'-]+ ){0,3}?"
            r"(?:revenues?|sales|profits?|profitability|earnings|incomes?|margins?|ebitda?|results|"
            r"orders|bookings|"
            r"backlogs?|deliver(?:y|ies)|shipments|output|production|volumes?|exports|cash flows?|growth|"
            r"quarter|"
            r"demand|subscribers|users|inflows|dividends?|turnover|registrations|traffic|viewership|"
            r"downloads)\b",
            "record ",
        ),
        1,
    ),
    # By how many a company grows: "to add over 145 branches".
    (
        LatePattern(
            r"\b(?:add|open|build)(?:s|ing)? (?:(?:up to|over|about|around|nearly|almost|more than|at least|"
            r"another|some|as many as) )*\d[\d,.]* "
            rf"(?:{_WORD}){{0,3}}?(?:stores|shops|branches|locations|restaurants|outlets|showrooms|routes|"
            r"lines|plants|factories|data cent(?:er|re)s|charging stations)\b",
            " add",
            " open",
            " build",
        ),
        1,
    ),
    # What is paid for a wrong, or late.
    (
        LatePattern(
            r"\bpa(?:y|ys|id|ying) (?:(?!(?:no|off|less|out|dividends?|for)\b)"
            + _WORD
            + r"){0,5}?(?:fines?|penalt(?:y|ies)|damages|back[- ]taxes|compensation|restitution)\b",
            "fine",
            "penalt",
            "damages",
            "taxes",
            "compensation",
            "restitution",
        ),
        -1,
    ),
    (
        LatePattern(
            r"(?:[$\u20ac\u00a3]\S+|\b(?:multi-?billion|multi-?million|billion|million|record|hefty|huge)"
            rf"(?:-(?:dollar|euro))?) (?:{_WORD}){{0,5}}?(?:fines?|penalt(?:y|ies))\b",
            " fine",
            " penalt",
        ),
        -1,
    ),
    # What is written off against results: "to record $370 million in charges".
    (
        LatePattern(
            r"\b(?:record|book|post|take)(?:s|ed|"
            rf"ing)? (?:{_WORD}){{0,3}}?[$\u20ac\u00a3]\S+ (?:{_WORD}){{0,4}}?charges?\b",
            "charge",
        ),
        -1,
    ),
    # Who is outdone, or looked into, by another.
    (
        LatePattern(
            r"\b(?:overtaken|eclipsed|outpaced|outsold|outperformed|surpassed|dethroned|outshone|"
            r"outclassed|beaten|"
            r"toppled|leapfrogged|unseated|outdone|overshadowed|examined|investigated|probed|scrutini[sz]ed|"
            r"challenged|contested|opposed|rejected|questioned|raided) by\b",
            "ed by",
            "en by",
            "ne by",
            "old by",
        ),
        -1,
    ),
)
# A fall that is called a chance, and what is bad for those who bet on one: good, and nothing else is said.
_GOOD_CLAUSES = (
    LatePattern(
        r"\b(?:is|are|was|were|as|offers?|presents?|creates?|makes?) (?:for )?(?:a |an |"
        r"the )?(?:[a-z-]+ ){0,2}"
        r"(?:buying opportunit(?:y|ies)|(?:chance|reason|opportunity) to buy)\b",
        " buy",
    ),
    LatePattern(
        rf"\b(?:loss(?:es)?|pain|burn\w*|squeez\w*|costs?|blow|loses?|lost|hurts?|"
        rf"punish\w*) (?:{_WORD}){{0,4}}?"
        r"(?:short[- ]?sellers?|shorts|short bets)\b"
        rf"|\b(?:short[- ]?sellers?|shorts) (?:{_WORD}){{0,4}}?(?:los(?:e|es|ing|s|ses)|lost|burned|squeezed|"
        r"in the red|suffer|pain|cover)\b",
        "short",
    ),
)
_HARMLESS_CLAUSES = (
    LatePattern(
        r"\b(?:no|little|limited|minimal|negligible|hardly any|not (?:much|any)|"
        r"n't (?:see|seen?|expect|have|had) (?:any|much)?|without) ?(?:[a-z]+ ){0,2}"
        r"(?:impact|effect|disruption|fallout|exposure|hit|damage)\b"
        rf"|\b(?:impact|effect|disruption|fallout|exposure|damage) (?:{_WORD}){{0,5}}?"
        r"(?:is|are|was|were|be|remains?|stays?) (?:limited|minimal|small|negligible|contained)\b",
        "impact",
        "effect",
        "disruption",
        "fallout",
        "exposure",
        " hit",
        "damage",
    ),
    LatePattern(
        r"\b(?:firms|businesses|companies|workers|people|victims|sellers|merchants|media|communities|"
        r"families|shops|"
        r"restaurants|countries|areas) (?:hit|hurt|affected|harmed|devastated|impacted) by\b",
        " by",
    ),
    LatePattern(r"\bback (?:up|online|in service)\b[^,;:]* (?:outage|disruption|glitch)", "back "),
)
# What only describes whom a title is about: "struggling Tesla speeds up production".
_DESCRIBED = LatePattern(
    r"\b(?:troubled|struggling|embattled|beleaguered|ailing|floundering|besieged|cash-strapped|"
    r"debt-(?:laden|ridden)|(?:scandal|virus|crisis|pandemic)-(?:hit|plagued|ridden)|loss-making) (?=[a-z])"
)
_ARTICLES = ("", "a", "its", "the")
_CLAUSE_ENDS = re.compile(r"[,;:|\u2026] | (?:but|while) ")


def crossed(lowered: str, found: Found) -> Iterator[tuple[Span, int]]:
    """Yield what a title in lower case says by two classes of words, good (1) or bad (-1).

    A bad thing is good where the word before it ends it: "scraps record $854 million fine".
    """
    for pattern, sign in _SIGNS:
        for match in pattern.finditer(lowered):
            ending = _ending(lowered, match.start(), found) if sign < 0 else None
            yield match.span() if ending is None else (ending, match.end()), sign if ending is None else 1
    for pattern in _GOOD_CLAUSES:
        yield from ((match.span(), 1) for match in pattern.finditer(lowered))


def _ending(lowered: str, start: int, found: Found) -> int | None:
    """Return where the word begins that ends what begins at ``start``, None without one right before it."""
    ends = (*found.get(Words.ENDING, ()), *found.get(Words.CLEARING, ()))
    near = (first for first, end in ends if end <= start and lowered[end:start].strip() in _ARTICLES)
    return next(near, None)


def is_only_described(lowered: str, span: Span) -> bool:
    """Whether a word of a title in lower case stands in what only describes a name behind it."""
    described = _DESCRIBED.match(lowered, span[0])
    return described is not None and span[1] <= described.end()


def harmless_clauses(lowered: str) -> Sequence[Span]:
    """Return the clauses of a title in lower case that say that something does no harm, or is a chance."""
    clauses = []
    for pattern in (*_HARMLESS_CLAUSES, *_GOOD_CLAUSES):
        for match in pattern.finditer(lowered):
            start = max((end.end() for end in _CLAUSE_ENDS.finditer(lowered, 0, match.start())), default=0)
            ends = _CLAUSE_ENDS.search(lowered, match.end())
            clauses.append((start, len(lowered) if ends is None else ends.start()))
    return clauses
