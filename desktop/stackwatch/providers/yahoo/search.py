"""Finding symbols by name."""

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.venues import SymbolHit
from stackwatch.domain.words.format import plain
from stackwatch.providers.web.fields import child, items, text
from stackwatch.providers.yahoo.session import QUERY, GuardedSession

_KINDS = frozenset({"EQUITY", "ETF", "INDEX"})
_HITS = 12


class YahooSearch:
    """Looks up symbols; nothing is cached."""

    def __init__(self, session: GuardedSession) -> None:
        """Ask through ``session``."""
        self._session = session

    def search(self, query: str) -> tuple[SymbolHit, ...]:
        """Return what Yahoo lists under a name or symbol, best first; raise ProviderError on failure."""
        wanted = plain(query, 80)
        if not wanted:
            return ()
        params = {
            "q": wanted,
            "quotesCount": str(_HITS),
            "newsCount": "0",
            "listsCount": "0",
            "quotesQueryId": "tss_match_phrase_query",
            "enableFuzzyQuery": "false",
        }
        answer = self._session.get_json("search", f"{QUERY}/v1/finance/search", params)
        found = items(child(answer, "quotes"))
        if found is None:
            raise ProviderError("search: the answer has no list in it")
        hits = (_hit(raw) for raw in found[:_HITS])
        return tuple(hit for hit in hits if hit)


def _hit(raw: object) -> SymbolHit | None:
    """Check one untrusted entry."""
    symbol, kind = text(child(raw, "symbol")), text(child(raw, "quoteType"))
    if symbol is None or kind not in _KINDS or plain(symbol, 30) != symbol:
        return None
    name = text(child(raw, "longname")) or text(child(raw, "shortname")) or symbol
    exchange = text(child(raw, "exchDisp")) or text(child(raw, "exchange")) or ""
    return SymbolHit(symbol=symbol, name=plain(name, 120), exchange=plain(exchange, 40))
