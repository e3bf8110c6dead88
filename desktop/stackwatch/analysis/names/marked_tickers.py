"""Tickers that a title marks as such: $NVDA, (NVDA), (NASDAQ: NVDA), NASDAQ: NVDA, NVDA stock."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_EXCHANGES = ("NASDAQ", "Nasdaq", "NYSE", "KRX", "TSE", "TYO", "TWSE", "LSE")
_LONGEST = 5  # letters of a ticker before "stock"
_TICKER_LIST = re.compile(r"\((?:[A-Z]{1,5}, ?)+(?:and )?[A-Z]{1,5}\)")  # "(NVDA, MU)"
_MARKED = re.compile(
    r"\$(?P<cash>[A-Za-z]{1,5}(?:\.[A-Za-z]{1,2})?)(?![A-Za-z0-9_])"
    r"|\((?:(?P<before>[A-Za-z][A-Za-z .]{1,11})\s?:\s?)?(?P<paren>[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?)\)"
    r"(?![A-Za-z])"  # Moody's "(P)Baa3" is a rating
    rf"|(?<![A-Za-z])(?P<at>{'|'.join(_EXCHANGES)})\s?:\s?(?P<listed>[A-Z0-9]{{1,6}}(?:\.[A-Z]{{1,2}})?)"
    r"(?![A-Za-z0-9_])"
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
    return _has_sign(text) or " stock" in text or " shares" in text


def _has_sign(text: str) -> bool:
    return "$" in text or "(" in text or (":" in text and any(mark in text for mark in _EXCHANGES))


def marked_tickers(text: str) -> Sequence[MarkedTicker]:
    """Return the marked tickers of a text."""
    found = list(_before_shares(text)) if " stock" in text or " shares" in text else []
    if not _has_sign(text):
        return found
    for match in _MARKED.finditer(text):
        kind = match.lastgroup or ""
        exchange = match["before"] or match["at"] or ""
        sure = kind != "paren" or bool(exchange)
        found.append(MarkedTicker(match[kind], match.start(kind), match.end(kind), sure, exchange))
    for several in _TICKER_LIST.finditer(text):
        words = re.finditer(r"[A-Z]+", several.group())
        found += [MarkedTicker(w[0], several.start() + w.start(), several.start() + w.end()) for w in words]
    return found


def _before_shares(text: str) -> Iterator[MarkedTicker]:
    """Yield the words of capitals before "stock" and "shares"."""
    for shares in (" stock", " shares"):
        at = text.find(shares)
        while at > 0:
            if text[at - 1].isupper() and not text[at + len(shares) : at + len(shares) + 1].isalnum():
                word = text[max(at - _LONGEST - 1, 0) : at].rpartition(" ")[2]
                if 1 < len(word) <= _LONGEST and word.isascii() and word.isalpha() and word.isupper():
                    yield MarkedTicker(word, at - len(word), at)
            at = text.find(shares, at + 1)
