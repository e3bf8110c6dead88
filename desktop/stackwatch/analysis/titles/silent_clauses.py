"""Clauses of a title that say nothing of anybody: those that ask, and those of features."""

import re
from collections.abc import Sequence

from stackwatch.analysis.words.hangul import has_hangul
from stackwatch.analysis.words.word_lists import Span

_CLAUSE = re.compile(
    r"""[!?:;]["'\u201d\u2019]?\s+|\.["'\u201d\u2019]?\s+(?=\W*[A-Z0-9])|\s+[\u2013\u2014-]+\s+"""
    r"|, (?=(?:[Ww]hat|[Hh]ere|[Hh]ow|[Ss]hould|[Ii]s|[Cc]an|[Ww]ill)\b)"
    r"| (?=(?:[Aa]s|[Ww]hile|[Aa]mid) )|(?<=%) (?=(?:[Oo]n|[Aa]fter|[Ff]ollowing) )"
    r"| (?=Has The [^?]{1,40}\?$)"  # a question put behind the news without a stop
)
_LOOKS_AHEAD = 50  # letters that ``_CLAUSE`` looks at behind a cut
_OPENS_QUESTION = re.compile(
    r"(?:Is|Are|Does|Do|Did|Can|Should|Will|Has|What|What's|Where|Which|If)\b", re.IGNORECASE
)
# What takes for granted what it asks for.
_TAKEN = re.compile(
    r"why |what(?:['\u2019]s| is| was)? (?:makes? (?=.* an? )|behind |sent |drove |sank |"
    r"(?:driv|fuel|propell|boost|lift|power|drag|weigh|pull|sink)\w* )"
)
# What asks in passing: "debate whether the rally has legs", "checking if deal will boost clout".
_WHETHER = re.compile(
    r" (?:whether|(?:check|see|test|stud|ask|examin|prob|review|wonder|decid|consider|weigh|assess|"
    r"investigat)\w* if)"
    r" [^,;:\u2026]*"
)
# How Korean titles ask without a mark, or promise to tell why.
_KOREAN_ASKS = re.compile(
    r"(?:까|[인는은]가|[가-힣]{2}는|어디|뭐길래|무엇|이유|까닭)[\"'\u201d\u2019]?\s*(?:\[[^\]]*\]?)?$"
)
_COLUMN = re.compile(r"\s*\[[^\[\]]*\]?\s*$")  # whose column a Korean piece is of: "[홍길동의 눈]"
_WHY = re.compile(r"[ ,'\"\u2019\u201d]왜\?[\"'\u201d\u2019]?\s*(?:\[[^\]]*\]?)?$")
_ASKS = re.compile(r"""\?["'\u201d\u2019]?\s*(?:\[[^\]]*\]?|\([^)]*\)?)?$""")


def silence(title: str, lowered: str, features: Sequence[Span]) -> tuple[list[Span], bool]:
    """Return the parts of a title that say nothing of anybody, and whether it only asks."""
    question = "?" in title and _ASKS.search(title.rstrip()) is not None
    said = max(title.rfind("\u2026"), title.rfind("..")) if question else 0
    silent: list[Span] = []
    why = _WHY.search(title) if question else None  # takes for granted what it asks for
    if said > 0:  # but for what it says first
        silent, question = [(said if why is None else why.start(), len(title))], False
    elif question and has_hangul(title):
        silent = [(0 if why is None else why.start(), len(title))]
    elif "?" in title or features or _OPENS_QUESTION.match(title):
        silent = _silent(title, features)
    if "[" in title and has_hangul(title) and (column := _COLUMN.search(title, 1)) is not None:
        silent.append(column.span())
    if " whether " in lowered or " if " in lowered:
        silent += (match.span() for match in _WHETHER.finditer(lowered))
    return silent, question


def _silent(title: str, features: Sequence[Span]) -> list[Span]:
    """Return the clauses of a title that say nothing of anybody.

    Those that ask, and all from the first on with a word of features.
    """
    first = features[0][0] if features else len(title)
    found = _CLAUSE.finditer(title, 0, first + _LOOKS_AHEAD)
    cuts = [0, *(match.end() for match in found if match.end() <= first)]
    clauses = zip(cuts, [*cuts[1:], len(title)], strict=True)
    return [(start, end) for start, end in clauses if end > first or _asks(title[start:end])]


def _asks(clause: str) -> bool:
    """Whether a clause asks, also without its mark; one that asks why takes what it asks for granted."""
    asks = clause.rstrip("\"')\u201d\u2019 ").endswith("?") or _OPENS_QUESTION.match(clause) is not None
    return asks and _TAKEN.match(clause.lower()) is None


def asks_in_korean(title: str) -> bool:
    """Whether a Korean title ends as one that asks, or that promises reasons, with no mark of a question."""
    return has_hangul(title) and _KOREAN_ASKS.search(title) is not None
