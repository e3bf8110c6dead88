"""When moves began: the first price half a percent or more away, and the last one before it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from stackwatch.domain.errors import StoreError
from stackwatch.domain.move import Move, Onset
from stackwatch.domain.quote import Quote, Session
from stackwatch.engine.ports import Clock
from stackwatch.engine.store_ports import KnowledgeStore
from stackwatch.engine.store_writer import StoreWriter

_ONSET_PCT = 0.5
_LOADED = timedelta(days=5)  # a long weekend, over which the last session is still shown


class Onsets:
    """The beginnings of moves, which outlive the program. Owned by the core thread.

    What was watched stays: a later look at the same move knows only that it had begun by then.
    """

    def __init__(self, store: KnowledgeStore, writer: StoreWriter, clock: Clock) -> None:
        self._store = store
        self._writer = writer
        now = clock.now()
        known = store.load_onsets((now - _LOADED).date())
        self._onsets = {(o.symbol, o.session_date): o for o in known if o.at <= now}
        self._calm: dict[tuple[str, date], datetime] = {}  # the last price of a session that had not moved

    def note(self, moves: Sequence[Move], quotes: Mapping[str, Quote]) -> None:
        """Look at new prices, and keep which moves began with them."""
        begun: list[Onset] = []
        for move in moves:
            key = (move.symbol, move.session_date)
            if key in self._onsets:
                continue
            quote = quotes[move.symbol]
            if quote.session is not Session.REGULAR:
                continue
            if abs(move.move_pct) < _ONSET_PCT:
                self._calm[key] = quote.as_of
                continue
            self._onsets[key] = Onset(*key, at=quote.as_of, after=self._calm.pop(key, None))
            begun.append(self._onsets[key])
        if begun:
            self._keep(begun)

    def _keep(self, begun: Sequence[Onset]) -> None:
        try:
            self._store.save_onsets(begun)
        except StoreError as fault:  # it is known until the program ends
            self._writer.failed(fault)

    def of(self, symbol: str, day: date) -> Onset | None:
        """Return the beginning of a session's move, None while there is none or nobody looked."""
        return self._onsets.get((symbol, day))

    def watched(self, symbol: str, day: date) -> bool:
        """Whether anybody looked at a session's prices while it ran."""
        return (symbol, day) in self._onsets or (symbol, day) in self._calm
