"""Whose answer it is: two symbols' data swapped show in the names that come with them."""

import re
from collections.abc import Mapping

from stackwatch.domain.quote import Quote
from stackwatch.domain.watchlist import Instrument

_EMPTY_WORDS = frozenset({"the", "inc", "corp", "corporation", "company", "co", "ltd", "limited", "group",
                          "holdings", "plc", "ag", "sa", "se", "nv", "kk", "of", "and"})  # fmt: skip


class NameCheck:
    """Compares the name in an answer with those of the instruments.

    It refuses only what bears another instrument's whole name and no word of its own: a company that was
    renamed passes, and so does a swap of two that share a word.
    """

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        self._own = {symbol: _words(i.names.en) | {symbol.casefold()} for symbol, i in instruments.items()}
        self._whole = {symbol: _words(i.names.en) for symbol, i in instruments.items()}
        self._judged: dict[tuple[str, str], str | None] = {}

    def refusal(self, quote: Quote) -> str | None:
        """Return why an answer is somebody else's; None when nothing says so."""
        if quote.name is None or quote.symbol not in self._own:
            return None
        key = (quote.symbol, quote.name)
        if key not in self._judged:
            if len(self._judged) > 4 * len(self._own):  # a provider that makes names up
                self._judged.clear()
            self._judged[key] = self._judge(quote.symbol, quote.name)
        return self._judged[key]

    def _judge(self, symbol: str, name: str) -> str | None:
        told = _words(name)
        if told & self._own[symbol]:
            return None
        for other, whole in self._whole.items():
            if whole and whole <= told:
                return f"it bears the name of {other}"
        return None


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold())) - _EMPTY_WORDS
