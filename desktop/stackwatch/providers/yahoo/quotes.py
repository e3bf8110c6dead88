"""Last prices, many symbols in one request."""

from collections import Counter
from collections.abc import Mapping, Sequence

from stackwatch.domain.budget import SYMBOLS_PER_REQUEST
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.quote import Quote
from stackwatch.engine.ports import Clock, QuoteBatch, RejectedValue
from stackwatch.providers.web.fields import child, items
from stackwatch.providers.yahoo.parse_quote import parse_quote
from stackwatch.providers.yahoo.session import QUERY, GuardedSession


class YahooQuotes:
    """QuoteSource over Yahoo's quote endpoint. Prices stay in the quoted currency (``GBp`` is pence)."""

    def __init__(self, session: GuardedSession, clock: Clock, expected_currency: Mapping[str, str]) -> None:
        """Fall back to ``expected_currency`` (by symbol) where Yahoo names none."""
        self._session = session
        self._clock = clock
        self._expected_currency = expected_currency

    def quotes(self, symbols: Sequence[str]) -> QuoteBatch:
        """Fetch quotes; what is refused or missing is ``rejected``; raise ProviderError when nothing is left.

        An unknown symbol asked for alone is rejected, too: that is an answer.
        """
        wanted = tuple(dict.fromkeys(symbols))
        quotes: list[Quote] = []
        rejected: list[RejectedValue] = []
        failures: list[ProviderError] = []
        chunks = [wanted[i : i + SYMBOLS_PER_REQUEST] for i in range(0, len(wanted), SYMBOLS_PER_REQUEST)]
        for chunk in chunks:
            try:
                if failures and failures[-1].rate_limited:  # who asks for fewer requests gets no more
                    raise failures[-1]
                answer = self._fetch(chunk)
            except ProviderError as error:
                failures.append(error)
                rejected += [RejectedValue(symbol, str(error)) for symbol in chunk]
                continue
            results = [self._judge(answer, symbol) for symbol in chunk]
            quotes += [r for r in results if isinstance(r, Quote)]
            rejected += [r for r in results if isinstance(r, RejectedValue)]
        if failures and len(failures) == len(chunks):
            raise failures[0]
        if not quotes and len(rejected) > 1:
            reason, times = Counter(r.reason for r in rejected).most_common(1)[0]
            raise ProviderError(f"quote: none of {len(rejected)} is sound ({times} times: {reason})")
        return QuoteBatch(tuple(quotes), tuple(rejected))

    def _judge(self, answer: dict[str, object], symbol: str) -> Quote | RejectedValue:
        """Check what the answer holds for one symbol."""
        if symbol not in answer:
            return RejectedValue(symbol, "missing from the answer", missing=True)
        if answer[symbol] is None:
            return RejectedValue(symbol, "came twice, and differently")
        return parse_quote(answer[symbol], symbol, self._expected_currency.get(symbol), self._clock.now())

    def _fetch(self, symbols: tuple[str, ...]) -> dict[str, object]:
        """Return the raw objects of one request by symbol; None for a symbol that came with two faces."""
        parsed = self._session.get_json(
            "quote", f"{QUERY}/v7/finance/quote", {"symbols": ",".join(symbols), "formatted": "false"}
        )
        found = items(child(parsed, "quoteResponse", "result"))
        if found is None:
            raise ProviderError("quote: the answer has no quotes in it")
        if not found and len(symbols) > 1:
            raise ProviderError("quote: the answer is empty")
        answer: dict[str, object] = {}
        for raw in found:
            symbol = child(raw, "symbol")
            if isinstance(symbol, str):
                answer[symbol] = raw if answer.get(symbol, raw) == raw else None
        return answer
