"""Companies' statements: from the store at once, from the provider at most once a week."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.errors import ProviderError, StoreError
from stackwatch.domain.events import SubstanceLoaded
from stackwatch.domain.substance import Statements
from stackwatch.engine.fetching import Fetching, expect, state_of

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

GOOD_FOR = timedelta(days=7)
_AGAIN_AFTER = timedelta(hours=1)  # a failure
_PEERS = 15  # of a layer, asked for with a share
SOURCE = "statements"


class SubstanceService:
    """Answers requests for substance. Runs on the core thread; one company is asked for at a time."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._queue: list[str] = []
        self._wanted: tuple[str, ...] = ()
        self._symbol = ""
        self._failed: dict[str, datetime] = {}
        self._known: dict[str, Statements] = {}

    def answer(self, engine: "Engine", symbol: str) -> None:
        """Answer with SubstanceLoaded for a share and its layer, and again as newer statements arrive.

        Only the newest request is followed up: what an earlier one still waited for is not asked.
        """
        self._symbol = symbol
        self._wanted = _layer(engine, symbol)
        try:
            stored = engine.parts.store.knowledge.load_statements(self._wanted)
        except StoreError as fault:
            engine.writer.failed(fault)
            stored = ()
        self._known |= {one.symbol: one for one in stored}
        self._queue = [name for name in self._wanted if self._is_due(engine, name)]
        self._tell(engine)
        self._ask_next(engine)

    def _is_due(self, engine: "Engine", symbol: str) -> bool:
        now = engine.parts.clock.now()
        known, failed = self._known.get(symbol), self._failed.get(symbol)
        if failed is not None and timedelta(0) <= now - failed < _AGAIN_AFTER:
            return False
        return known is None or not timedelta(0) <= now - known.fetched < GOOD_FOR

    def _ask_next(self, engine: "Engine") -> None:
        source = engine.parts.statements
        if source is None or not self._queue:
            return
        symbol = self._queue[0]

        def done(statements: Statements) -> None:
            self._drop(symbol)
            if statements.has_figures or not self._has_figures(symbol):
                self._keep(engine, statements)
            else:  # nobody's statements are withdrawn: the source answered without them
                _log.warning("statements of %s: an empty answer; what is known stays", symbol)
                self._failed[symbol] = engine.parts.clock.now()
            self._tell(engine)
            self._ask_next(engine)

        def failed(error: Exception) -> None:
            expect(error)
            _log.warning("statements of %s: %s", symbol, error)
            self._drop(symbol)
            self._failed[symbol] = engine.parts.clock.now()
            if isinstance(error, ProviderError) and (error.rate_limited or error.offline):
                self._queue = []  # the others would fare no better
                engine.health.note(SOURCE, state_of(error), str(error))
            self._tell(engine)
            self._ask_next(engine)

        self._fetching.start("statements", lambda: source.statements(symbol), done, failed)

    def _has_figures(self, symbol: str) -> bool:
        return symbol in self._known and self._known[symbol].has_figures

    def _keep(self, engine: "Engine", statements: Statements) -> None:
        self._known[statements.symbol] = statements
        try:
            engine.parts.store.knowledge.save_statements(statements)
        except StoreError as fault:  # it is shown all the same
            engine.writer.failed(fault)

    def _drop(self, symbol: str) -> None:
        self._queue = [name for name in self._queue if name != symbol]

    def _tell(self, engine: "Engine") -> None:
        from stackwatch.analysis.substance import substance  # only when somebody looks

        made = tuple(substance(self._known[s]) for s in self._wanted if s in self._known)
        offered = engine.parts.statements is not None
        asked = frozenset(self._queue) if offered else frozenset[str]()
        # Nobody has said that those not asked any more, after a refusal, have none.
        failed = frozenset(self._wanted) - self._known.keys() - asked if offered else frozenset[str]()
        engine.tell(
            SubstanceLoaded(
                symbol=self._symbol,
                layer=self._wanted,
                companies=made,
                waiting=asked,
                failed=failed,
                offered=offered,
            )
        )


def _layer(engine: "Engine", symbol: str) -> tuple[str, ...]:
    """Return a share and, behind it, the others of its layer."""
    layers = (layer.symbols for layer in engine.parts.watchlist.layers if symbol in layer.symbols)
    others = (name for name in next(layers, ()) if name != symbol)
    return (symbol, *list(others)[:_PEERS])
