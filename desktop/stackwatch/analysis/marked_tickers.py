"""Tickers that a title marks as such: $NVDA, (NVDA), (NASDAQ: NVDA), NASDAQ: NVDA, NVDA stock."""

import re
from typing import NamedTuple

_EXCHANGES = ("NASDAQ", "Nasdaq", "NYSE", "KRX", "TSE", "TYO", "TWSE", "LSE")
_TICKER_LIST = re.compile(r"\((?:[A-Z]{1,5}, ?)+(?:and )?[A-Z]{1,5}\)")  # "(NVDA, MU)"
_MARKED = re.compile(
    r"\$(?P<cash>[A-Za-z]{1,5}(?:\.[A-Za-z]{1,2})?)(?![A-Za-z0-9_])"
    r"|\((?:(?P<before>[A-Za-z][A-Za-z .]{1,11})\s?:\s?)?(?P<paren>[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?)\)"
    rf"|(?<![A-Za-z])(?P<at>{'|'.join(_EXCHANGES)})\s?:\s?(?P<listed>[A-Z0-9]{{1,6}}(?:\.[A-Z]{{1,2}})?)"
    r"(?![A-Za-z0-9_])"
    r"|(?<![A-Za-z0-9_.&-])(?P<stock>[A-Z]{2,5}) (?:stock|shares)\b"
)


class MarkedTicker(NamedTuple):
    """A ticker with its span; ``sure`` where the mark leaves no doubt that it is one.

    ``exchange`` is what the title says of where it is listed, as it is written there.
    """

    ticker: str
    start: int
    end: int
    sure: bool = False
    exchange: str = ""


def may_be_marked(text: str) -> bool:
    """Whether it is worth looking for marked tickers."""
    if "$" in text or "(" in text or " stock" in text or " shares" in text:
        return True
    return ":" in text and any(mark in text for mark in _EXCHANGES)


def marked_tickers(text: str) -> list[MarkedTicker]:
    """Return the marked tickers of a text."""
    found = []
    for match in _MARKED.finditer(text):
        kind = match.lastgroup or ""
        exchange = match["before"] or match["at"] or ""
        sure = kind not in {"paren", "stock"} or bool(exchange)
        found.append(MarkedTicker(match[kind], match.start(kind), match.end(kind), sure, exchange))
    for several in _TICKER_LIST.finditer(text):
        words = re.finditer(r"[A-Z]+", several.group())
        found += [MarkedTicker(w[0], several.start() + w.start(), several.start() + w.end()) for w in words]
    return found
