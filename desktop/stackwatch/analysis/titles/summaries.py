"""Titles that tell several things in a row under one head: "Tech stocks today: Oracle up, Adobe down"."""

import re
from collections.abc import Sequence

from stackwatch.analysis.tone.late_patterns import LatePattern
from stackwatch.analysis.words.word_lists import Span
from stackwatch.domain.news import Mention

_HEAD = LatePattern(
    r"(?:(?:(?:tech|chip|ai|us|u\.s\.|asian?|european?|dow jones|wall street|ftse 100|nasdaq|kospi|top|big|"
    r"midday|morning|evening|closing|daily|weekly|business|market|earnings|stock) )*"
    r"(?:stocks?|stories|news|headlines|futures|markets?|earnings|movers|ftse 100)"
    r"(?: (?:today|live|now|roundup|round-up|wrap|recap|brief|briefing|update|updates|summary|of the day))*"
    r"(?:, [a-z]+\.? \d{1,2})?"
    r"|(?:morning|evening|midday|news|market|business|tech|daily) "
    r"(?:brief|briefing|bid|call|wrap|roundup|digest|report|squawk)"
    r"|roundup|briefing|before the bell|after the bell|what's news|day ahead|in brief): "
)
_CUT = re.compile(r"; |, (?:and |plus )?(?=[A-Z0-9])|\. (?=[A-Z])")
_WORDS = 3  # of one that stands alone; "Dow, S&P 500, Nasdaq rally" is one


def told_beside(title: str, lowered: str, mentions: Sequence[Mention]) -> Sequence[Span]:
    """Return the items of a summary beside the one that has all the names of the title; none elsewhere."""
    if not mentions or ": " not in lowered or (head := _HEAD.match(lowered, 0)) is None:
        return ()
    begin, items = head.end(), []
    for cut in _CUT.finditer(title, head.end()):
        if len(title[begin : cut.start()].split()) >= _WORDS:
            items.append((begin, cut.start()))
            begin = cut.end()
    items.append((begin, len(title)))
    first, last = mentions[0].start, mentions[-1].end
    if not any(start <= first and last <= end for start, end in items):
        return ()
    return [item for item in items if not item[0] <= first < item[1]]
