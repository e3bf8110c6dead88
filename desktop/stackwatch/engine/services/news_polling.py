"""Whose headlines are fetched when: the selected share, the movers, then the rest in turn."""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from stackwatch.domain.budget import FEED_SECONDS, MOVERS, NEWS_SECONDS, TURNS, need
from stackwatch.domain.errors import ProviderError
from stackwatch.domain.market import program_day
from stackwatch.domain.news import Headline
from stackwatch.engine.daemon_pool import DaemonPool, outcome
from stackwatch.engine.fetching import Fetching, asked_wait, expect, state_of
from stackwatch.engine.ports import NewsSource
from stackwatch.engine.prices.watched_names import ruled_names

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_AT_ONCE = 4
_FEEDS_AT_ONCE = 2  # half of the pool: feeds that hang must not hold prices back
_FEED_EVERY = timedelta(seconds=FEED_SECONDS)
_CLOSED_EVERY = timedelta(minutes=5)
_HOUR = 3600
_MOVED = 1.0  # percent from which a share's news is asked for as that of a mover


class NewsPolling:
    """Fetches headlines within the provider's budget. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._turn: deque[str] = deque()
        self._feeds_due = self._shares_due = datetime.min.replace(tzinfo=UTC)
        self._feeds: deque[NewsSource] = deque()  # that wait for another one's answer
        self._feeds_asked: list[NewsSource] = []
        self._silent: set[str] = set()
        self._answered = False

    def take_turns(self, engine: "Engine") -> None:
        """Begin a round of the listed names, and those of rules, that are neither selected nor moving."""
        known, day = engine.parts.ecosystem.instruments, program_day(engine.parts.clock.now())
        names = ruled_names(engine.alerting.in_force, engine.graph, day)
        ruled = (symbol for symbol in names if symbol in known)
        self._turn = deque(dict.fromkeys((*engine.parts.watchlist.symbols, *ruled)))

    def fetch(self, engine: "Engine") -> None:
        """Fetch general feeds, and the headlines of the selected share, the movers, then the rest in turn."""
        self._fetch_shares(engine, self._symbols(engine))
        self.fetch_feeds(engine, engine.data_settings.news)

    def fetch_due(self, engine: "Engine") -> None:
        """Fetch the headlines of shares each time, now and then while every market is shut.

        Those of the general feeds are fetched every ten minutes.
        """
        now = engine.parts.clock.now()
        if engine.parts.replay or _is_over(self._feeds_due, now, _FEED_EVERY):
            self._feeds_due, self._shares_due = now + _FEED_EVERY, now + _CLOSED_EVERY
            self.fetch(engine)
        elif engine.any_market_open or _is_over(self._shares_due, now, _CLOSED_EVERY):
            self._shares_due = now + _CLOSED_EVERY
            self._fetch_shares(engine, self._symbols(engine))

    def fetch_selected(self, engine: "Engine", symbol: str) -> None:
        """Fetch the headlines of a share at once."""
        self._fetch_shares(engine, (symbol,))

    def fetch_feeds(self, engine: "Engine", sources: Iterable[NewsSource]) -> None:
        """Fetch the general feeds among ``sources``, a few at a time."""
        waiting = (*self._feeds, *self._feeds_asked)
        self._feeds += [s for s in sources if not s.per_symbol and s not in waiting]
        self._next_feeds(engine)

    def _next_feeds(self, engine: "Engine") -> None:
        while self._feeds and len(self._feeds_asked) < _FEEDS_AT_ONCE:
            source = self._feeds.popleft()
            if source in engine.data_settings.news:  # else it was switched off meanwhile
                self._feeds_asked.append(source)
                self.fetch_from(engine, source, ())

    def _answered_by(self, engine: "Engine", source: NewsSource) -> None:
        if source in self._feeds_asked:
            self._feeds_asked.remove(source)
        self._next_feeds(engine)

    def _next_try(self, engine: "Engine", source: NewsSource, error: Exception) -> datetime:
        """Return when a source that failed is asked again, never before the wait that it asked for."""
        now = engine.parts.clock.now()
        turn = self._feeds_due
        if source.per_symbol:
            turn = now + timedelta(seconds=NEWS_SECONDS) if engine.any_market_open else self._shares_due
        return max(turn, now + asked_wait(error))

    def answered_again(self) -> bool:
        """Whether a source that could not be reached answered since this was last asked."""
        answered, self._answered = self._answered, False
        return answered

    @staticmethod
    def fetch_and_wait(engine: "Engine", symbols: Sequence[str]) -> None:
        """Fetch general feeds and the headlines of ``symbols``, and wait for them."""
        sources = [source for source in engine.data_settings.news if symbols or not source.per_symbol]
        with closing(DaemonPool(_AT_ONCE)) as pool:
            waiting = {
                source.name: pool.submit(partial(source.headlines, symbols if source.per_symbol else ()))
                for source in sources
            }
        for name, answer in waiting.items():
            try:
                headlines = outcome(answer)
            except ProviderError as fault:
                engine.health.note(name, state_of(fault), str(fault))
            else:
                engine.take_headlines(headlines, name)

    def fetch_from(self, engine: "Engine", source: NewsSource, symbols: Sequence[str]) -> None:
        """Fetch the headlines of one source."""

        def done(headlines: tuple[Headline, ...]) -> None:
            self._answered = self._answered or source.name in self._silent
            self._silent.discard(source.name)
            self._answered_by(engine, source)
            if source in engine.data_settings.news:
                engine.take_headlines(headlines, source.name)

        def failed(error: Exception) -> None:
            self._answered_by(engine, source)
            expect(error)
            _log.warning("%s: %s", source.name, error)
            if isinstance(error, ProviderError) and error.offline:
                self._silent.add(source.name)
            engine.health.note(
                source.name, state_of(error), str(error), self._next_try(engine, source, error)
            )

        key = f"news {id(source)} {','.join(symbols)}"
        self._fetching.start(key, lambda: source.headlines(symbols), done, failed)

    def _fetch_shares(self, engine: "Engine", symbols: Sequence[str]) -> None:
        for source in engine.data_settings.news:
            if source.per_symbol:
                self.fetch_from(engine, source, symbols)

    def _symbols(self, engine: "Engine") -> tuple[str, ...]:
        chosen: dict[str, None] = {}
        if engine.explanation_service.selected in engine.parts.ecosystem.instruments:
            chosen[str(engine.explanation_service.selected)] = None
        most, turns = self._room(engine)
        for symbol in movers(engine, most):
            chosen[symbol] = None
        for _ in range(min(turns, len(self._turn))):
            symbol = self._turn.popleft()
            self._turn.append(symbol)
            chosen[symbol] = None
        return tuple(chosen)

    @staticmethod
    def _room(engine: "Engine") -> tuple[int, int]:
        """Return how many movers and how many others a round may ask for beside the selected share."""
        if engine.parts.replay:
            return MOVERS, TURNS
        feeds = sum(not source.per_symbol for source in engine.data_settings.news)
        allowed = engine.data_settings.settings.requests_per_hour
        streaming = engine.parts.stream is not None
        asked = need(len(engine.quoted_symbols), feeds, allowed, streaming=streaming).news
        room = asked * NEWS_SECONDS // _HOUR - 1
        turns = max(min(TURNS, room // 3), 1)
        return max(min(MOVERS, room - turns), 0), turns


def movers(engine: "Engine", most: int) -> tuple[str, ...]:
    """Return the listed symbols that moved most, largest first, whose news is worth fetching now."""
    moves = [m for s in engine.parts.watchlist.symbols if (m := engine.market.moves.get(s)) is not None]
    ordered = sorted(moves, key=lambda move: abs(move.move_pct), reverse=True)
    return tuple(move.symbol for move in ordered[:most] if abs(move.move_pct) >= _MOVED)


def _is_over(due: datetime, now: datetime, longest: timedelta) -> bool:
    """Whether a wait is over; one that lies further ahead was set by another clock."""
    return not timedelta(0) < due - now <= longest
