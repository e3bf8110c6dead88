"""How many requests an hour the program sends, needs and may send."""

from dataclasses import dataclass
from math import ceil

SYMBOLS_PER_REQUEST = 50  # more than 99 fail
POLL_SECONDS, CHECK_SECONDS = 15, 60  # without and beside the price stream
NEWS_SECONDS, FEED_SECONDS = 60, 600
SELECTED, MOVERS, TURNS = 1, 8, 4  # whose headlines a round asks for: at least the selected share's
_HOUR = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestNeed:
    """The most requests an hour that a list asks for while its markets trade."""

    quotes: int
    news: int
    feeds: int
    history: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.quotes + self.news + self.feeds + self.history


def need(symbols: int, feeds: int, allowed: int, *, streaming: bool) -> RequestNeed:
    """Return what ``symbols`` names and ``feeds`` feeds need; headlines take no more than quotes leave."""
    quotes = ceil(symbols / SYMBOLS_PER_REQUEST) * (_HOUR // (CHECK_SECONDS if streaming else POLL_SECONDS))
    read = feeds * (_HOUR // FEED_SECONDS)
    left = allowed - quotes - read - symbols
    rounds = _HOUR // NEWS_SECONDS
    each = min(max(left // rounds, SELECTED), SELECTED + MOVERS + TURNS, max(symbols, SELECTED))
    return RequestNeed(quotes=quotes, news=each * rounds, feeds=read, history=symbols)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Requests an hour: sent in the last one by endpoint (most first), needed, and allowed."""

    sent: tuple[tuple[str, int], ...]
    polling: RequestNeed
    streaming: RequestNeed
    allowed: int
    symbols: int

    @property
    def sent_total(self) -> int:
        """Every request of the last hour."""
        return sum(count for _, count in self.sent)

    @property
    def warning(self) -> str | None:
        """Say that the list needs more than is allowed; None while it does not."""
        if self.polling.total <= self.allowed:
            return None
        names, allowed = f"{self.symbols:,}", f"{self.allowed:,}"
        if self.streaming.total <= self.allowed:
            return (
                f"This list of {names} names needs {self.polling.total:,} requests an hour while the "
                f"price stream is down; {allowed} are allowed. Prices may then come late."
            )
        return (
            f"This list of {names} names needs {self.streaming.total:,} requests an hour even with the "
            f"price stream; {allowed} are allowed. Prices may come late: shorten the list or allow more."
        )


def budget(symbols: int, feeds: int, allowed: int, sent: dict[str, int]) -> Budget:
    """Return the budget of a list."""
    return Budget(
        sent=tuple(sent.items()),
        polling=need(symbols, feeds, allowed, streaming=False),
        streaming=need(symbols, feeds, allowed, streaming=True),
        allowed=allowed,
        symbols=symbols,
    )
