"""Tickers that the provider does not know on their board, looked for on the others of the exchange."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

from stackwatch.domain.events import Event
from stackwatch.domain.list_events import BoardsFound
from stackwatch.domain.quote import Quote
from stackwatch.domain.venues import other_boards, own_instrument
from stackwatch.domain.watchlist import Ecosystem, Instrument
from stackwatch.engine.ports import Clock, QuoteBatch
from stackwatch.engine.prices.quote_book import QuoteBook

_log = logging.getLogger(__name__)

_TRADES = timedelta(days=7)  # within which a board was traded on that is offered: others keep old prices


class OtherBoards:
    """Finds shares of Seoul on the board that they are listed on. Owned by the core thread.

    A number alone, as lists of other programs have it, does not say its board, and companies change theirs.
    A symbol that had a price, or ships with the program, is looked for once it counts as unknown, another at
    once; each once a run.
    """

    def __init__(
        self, book: QuoteBook, ecosystem: Ecosystem, clock: Clock, publish: Callable[[Event], None]
    ) -> None:
        self._book, self._ecosystem = book, ecosystem
        self._clock, self._publish = clock, publish
        self._asked: dict[str, str] = {}  # by what it may be called, who is looked for
        self._done: set[str] = set()

    @property
    def symbols(self) -> tuple[str, ...]:
        """What to ask prices for beside the list's."""
        return tuple(self._asked)

    def look_for(self, missing: Iterable[str]) -> None:
        """Look for symbols that an answer left out, with the next one."""
        instruments = self._ecosystem.instruments
        for symbol in missing:
            if symbol in self._done or symbol not in instruments:
                continue
            known = symbol in self._book.quotes or instruments[symbol].layer
            if known and symbol not in self._book.missing.unknown:
                continue
            self._done.add(symbol)
            self._asked |= {other: symbol for other in other_boards(symbol) if other not in instruments}

    def take_out(self, batch: QuoteBatch) -> QuoteBatch:
        """Take what was looked for out of an answer, and tell what was found."""
        if not self._asked:
            return batch
        answered = {*(quote.symbol for quote in batch.quotes), *(each.symbol for each in batch.rejected)}
        traded = (quote for quote in batch.quotes if self._clock.now() - quote.as_of < _TRADES)
        found = tuple(self._found(quote) for quote in traded if quote.symbol in self._asked)
        if found:
            self._publish(BoardsFound(found))
        kept = QuoteBatch(
            tuple(quote for quote in batch.quotes if quote.symbol not in self._asked),
            tuple(each for each in batch.rejected if each.symbol not in self._asked),
        )
        self._asked = {other: lost for other, lost in self._asked.items() if other not in answered}
        return kept

    def _found(self, quote: Quote) -> tuple[str, Instrument]:
        lost = self._asked[quote.symbol]
        found = own_instrument(quote.symbol, quote.name or quote.symbol)
        assert found is not None  # its board is a known one
        _log.info("the provider does not know %s, but %s", lost, quote.symbol)
        names = self._ecosystem.instruments[lost].names  # as a list came with, else the symbol
        return lost, found if names.en == lost else replace(found, names=names)
