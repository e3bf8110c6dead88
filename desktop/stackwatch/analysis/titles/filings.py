"""Titles made of what funds report of their holdings: thousands a quarter, and no news of the company."""

import re
from collections.abc import Sequence

from stackwatch.analysis.words.word_lists import Span

_HELD = "(?:shares|stake|stock|position|holdings?|investment)"
_CHANGED = "(?:sold|bought|purchased|acquired|raised|reduced|lowered|trimmed|cut|increased|decreased|added)"
_CHANGES = (
    "(?:grows|raises|reduces|trims|lowers|increases|decreases|cuts|boosts|lifts|sells|buys|acquires|purchases|"
    "makes|invests|has|takes|opens|adds|shaves)"
)
_AMOUNT = r"\$[\d.,]+(?: ?(?:thousand|million))?"
_TELLS = re.compile(
    rf"\b{_HELD}(?: (?:in|of) .{{1,60}}?)? (?:is |are )?{_CHANGED} by (?=[a-z])"  # "Shares Sold by Sun LLC"
    rf"|\b{_CHANGES} (?:new )?\d[\d,]* (?:new )?shares (?:of|in) "  # "Sells 2,834 Shares of"
    r"|\bis [^,;:]{3,60}'s? (?:\d+(?:st|nd|rd|th) )?largest (?:position|holding)\b"
    rf"|\b{_CHANGES} (?:new |stock )?(?:{_AMOUNT} )?(?:new |stock )?{_HELD} (?:in|of) "
    rf"|\b{_CHANGES} {_AMOUNT} in "
    r"|^fund update\b"
)
# A fund is named, or the share by its ticker, as in titles that a machine makes.
_FUND = re.compile(
    r"\b(?:llc|l\.p|lp|llp|advis[eo]rs?|advisory|wealth|(?:asset|capital|investment) management)\b"
    r"|\$[a-z]{1,5}\b"
)


def filings(lowered: str) -> Sequence[Span]:
    """Return where a title in lower case tells what a fund holds."""
    if not (
        "share" in lowered
        or "stake" in lowered
        or "position" in lowered
        or "hold" in lowered
        or "inves" in lowered
    ):
        return ()
    return [match.span() for match in _TELLS.finditer(lowered)] if _FUND.search(lowered) is not None else ()
